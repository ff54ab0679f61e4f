/** A message judged as a bank's test desk wants it: what it is, what its schema says, which usage rules it breaks. */
import type { ErrorCode } from '../kernel/errors.js';
import { invariant } from '../kernel/result.js';
import { BATCH_LIMITS } from './gate.js';
import { withLines } from './lines.js';
import { createMessageReader, withParts } from './reader.js';
import { checkRules, type Violation } from './rules/check.js';
import type { RuleProfile } from './rules/rule.js';
import type { SchemaValidator } from './schema-validator.js';
import type { Finding, MessageId } from './types.js';
import { type EngineElement, messageOfNamespace, readCanonical } from './xml-engine.js';
import { generateXsd } from './xsd.js';

/** `refused`: the gate, well-formedness or the envelope, so that no schema was asked. */
export type SchemaVerdict = 'valid' | 'invalid' | 'unknown-message' | 'refused';

export interface ValidationReport {
  /** The document's message definition, as far as it was recognised. */
  readonly message: MessageId | null;
  readonly header: MessageId | null;
  readonly xsd: SchemaVerdict;
  readonly errors: readonly Finding[];
  /** Usage rules that a schema-valid message breaks; those that need to know a corridor are not among them. */
  readonly violations: readonly (Violation & { readonly line: number | null })[];
}

export interface ValidationOptions {
  readonly profile: RuleProfile;
  /** Gives the verdict on the schemas; null is the message reader's own. */
  readonly engine: SchemaValidator | null;
}

const UNKNOWN: ReadonlySet<ErrorCode> = new Set(['NAMESPACE_UNKNOWN', 'MESSAGE_UNSUPPORTED']);

const verdictOf = (code: ErrorCode): SchemaVerdict => {
  if (code === 'SCHEMA_INVALID') return 'invalid';
  return UNKNOWN.has(code) ? 'unknown-message' : 'refused';
};

const reader = createMessageReader({ limits: BATCH_LIMITS });

/**
 * Judges one message. `engine` is asked only about documents that passed the gate, are well-formed and in a known
 * envelope.
 */
export async function validateMessage(
  bytes: Uint8Array,
  { profile, engine }: ValidationOptions,
): Promise<ValidationReport> {
  const read = reader.read(bytes);
  const own = read.ok ? 'valid' : verdictOf(read.error.code);
  const isJudged = own === 'valid' || own === 'invalid';
  const errors = engine !== null && isJudged ? await errorsBy(engine, bytes) : read.ok ? [] : read.error.findings;
  return {
    message: read.ok ? read.value.document.messageId : read.error.messageId,
    header: read.ok ? (read.value.header?.messageId ?? null) : null,
    xsd: isJudged ? (errors.length === 0 ? 'valid' : 'invalid') : own,
    errors,
    violations: read.ok ? withLines(bytes, checkRules(read.value, { profiles: [profile] })) : [],
  };
}

async function errorsBy(engine: SchemaValidator, bytes: Uint8Array): Promise<Finding[]> {
  const judged = await Promise.all(partsOf(bytes).map((part) => engine.validate(part.xsd, part.bytes)));
  return judged.flat();
}

/** Header and document, each as a text of its own with its schema. In an envelope the lines count from the part's own first. */
function partsOf(bytes: Uint8Array): { readonly xsd: string; readonly bytes: Uint8Array }[] {
  const parts = withParts(bytes, ({ header, document }, gated) => {
    if (header === null) return [{ xsd: schemaTextOf(document), bytes: gated }];
    return [header, document].map((part) => ({ xsd: schemaTextOf(part), bytes: canonicalBytes(part) }));
  });
  invariant(parts, 'what was judged against a schema has its parts');
  return parts;
}

const messageOf = (part: EngineElement) => {
  const message = messageOfNamespace(part.namespaceUri);
  invariant(typeof message !== 'string', 'what was judged against a schema is in the catalogue');
  return message;
};

const schemaTextOf = (part: EngineElement): string => generateXsd(messageOf(part).id);

function canonicalBytes(part: EngineElement): Buffer {
  const text = readCanonical(part, messageOf(part), { decode: (canonical) => canonical, mayHoldWildcards: false });
  invariant(typeof text === 'string', 'a part has a canonical form');
  return Buffer.from(text);
}
