/** The judge of bytes: gate, well-formedness, envelope, schema, then reading into plain data. */
import type { ErrorCode } from '../kernel/errors.js';
import { messageHash } from '../kernel/hash.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import type { CatalogueMessage, TypeDefinition } from './catalogue/catalogue.js';
import { readPlain } from './codec/codec.js';
import { BATCH_LIMITS, type GateLimits, type GateRefusal, MESSAGE_LIMITS, passGate } from './gate.js';
import { nodePathsOf } from './node-paths.js';
import type {
  CheckedDocument,
  CheckedMessage,
  Finding,
  MessageId,
  MessageReader,
  ReadRefusal,
  XmlElement,
  XmlNode,
} from './types.js';
import {
  decodeWithParser,
  type EngineDocument,
  type EngineElement,
  elementsOf,
  messageOfNamespace,
  parseXml,
  type RawNode,
  readCanonical,
  resolveReferences,
  type SchemaError,
  schemaOf,
} from './xml-engine.js';

const ENVELOPE_ELEMENTS_MAX = 64;
const IDENTIFIER_LENGTH_MAX = 35;

interface Parts {
  readonly header: EngineElement | null;
  readonly document: EngineElement;
}

const finding = (ruleId: string, path: string, line: number | null, message: string): Finding => ({
  ruleId,
  path,
  line,
  message,
});

const RELATIVE_NAMESPACE = finding('XML-NAMESPACE', '/', null, 'a namespace is a relative URI');

const refuse = (
  code: ErrorCode,
  findings: readonly Finding[],
  known: { readonly messageId?: MessageId | null; readonly businessMessageId?: string | null } = {},
): { readonly ok: false; readonly error: ReadRefusal } => {
  const detail = findings[0]?.message;
  return err({
    code,
    ...(detail !== undefined && { detail }),
    findings,
    messageId: known.messageId ?? null,
    businessMessageId: known.businessMessageId ?? null,
  });
};

const refuseGate = ({ code, ruleId, line, message }: GateRefusal) =>
  refuse(code, [finding(ruleId, '/', line, message)]);

const envelope = (message: string) => refuse('ENVELOPE_INVALID', [finding('ENVELOPE', '/', null, message)]);

/** Finds the header and the document: a bare `Document`, or one `AppHdr` and one `Document` side by side in wrappers. */
const findParts = (root: EngineElement): Result<Parts, ReadRefusal> => {
  if (root.name === 'Document') return ok({ header: null, document: root });
  if (root.name === 'AppHdr') return envelope('a header without a document');
  const headers: EngineElement[] = [];
  const documents: EngineElement[] = [];
  const wrappers = [root];
  let count = 1;
  for (const wrapper of wrappers) {
    for (const element of elementsOf(wrapper)) {
      count += 1;
      if (count > ENVELOPE_ELEMENTS_MAX) return envelope('the envelope holds too many elements');
      if (element.name === 'AppHdr') headers.push(element);
      else if (element.name === 'Document') documents.push(element);
      else wrappers.push(element);
    }
  }
  const [header] = headers;
  const [document] = documents;
  if (header === undefined || document === undefined || headers.length > 1 || documents.length > 1)
    return envelope(`the envelope holds ${headers.length} AppHdr and ${documents.length} Document, not one of each`);
  const parent = header.parent;
  if (parent === null || document.parent?.isSameNode(parent) !== true)
    return envelope('AppHdr and Document are not children of the same element');
  return ok({ header, document });
};

/**
 * What `use` makes of header and document, and of the bytes after the gate; null when the bytes are no message. The
 * elements live only so long.
 */
export const withParts = <T>(bytes: Uint8Array, use: (parts: Parts, gated: Buffer) => T): T | null => {
  const gate = passGate(bytes, BATCH_LIMITS);
  const parsed = gate.ok ? parseXml(gate.value) : null;
  if (!gate.ok || parsed === null || !('dispose' in parsed)) return null;
  try {
    const parts = findParts(parsed.root);
    return parts.ok ? use(parts.value, gate.value) : null;
  } finally {
    parsed.dispose();
  }
};

const messageOf = (element: EngineElement): Result<CatalogueMessage, ReadRefusal> => {
  const message = messageOfNamespace(element.namespaceUri);
  if (typeof message !== 'string') return ok(message);
  const text = message === 'NAMESPACE_UNKNOWN' ? 'is in no ISO 20022 namespace' : 'is of a message that is not handled';
  const shown = element.namespaceUri.slice(0, 100);
  const id = message === 'MESSAGE_UNSUPPORTED' ? element.namespaceUri.split(':').at(-1)! : null;
  return refuse(
    message,
    [finding('NAMESPACE', `/${element.name}`, element.line, `${element.name} ${text}: '${shown}'`)],
    { messageId: element.name === 'Document' ? id : null },
  );
};

const descend = (element: EngineElement | null, names: readonly string[]): string | null => {
  let at = element;
  for (const name of names) at = (at && elementsOf(at).find((child) => name === '*' || child.name === name)) ?? null;
  const content = at?.content ?? '';
  return content !== '' && content.length <= IDENTIFIER_LENGTH_MAX ? content : null;
};

/** The identification that an admi.002 can name: the header's, else that of the group header. */
const businessMessageId = ({ header, document }: Parts): string | null =>
  descend(header, ['BizMsgIdr']) ?? descend(document, ['*', 'GrpHdr', 'MsgId']);

/** Text of an element that may carry attributes of no meaning here, such as `xsi:schemaLocation`. */
const textOf = (node: RawNode): string => {
  const raw = typeof node === 'string' ? node : (node['#'] ?? '');
  invariant(typeof raw === 'string', 'text is one string');
  return resolveReferences(raw);
};

const build = (node: RawNode, type: TypeDefinition): XmlNode => {
  if (type.kind === 'simple') return textOf(node);
  if (type.kind === 'text') {
    const element: Record<string, XmlNode> = { '#': textOf(node) };
    for (const { name } of type.attributes) {
      const value = typeof node === 'string' ? undefined : node[`@${name}`];
      if (typeof value === 'string') element[`@${name}`] = resolveReferences(value);
    }
    return element;
  }
  if (type.hasAny) return { '#any': textOf(node) };
  return buildGroup(node, type);
};

const buildGroup = (node: RawNode, type: TypeDefinition & { readonly kind: 'group' }): XmlElement => {
  const element: Record<string, XmlNode | readonly XmlNode[]> = {};
  if (typeof node === 'string') return element;
  for (const key in node) {
    const code = key.charCodeAt(0);
    if (code === 0x23 || code === 0x40) continue;
    const use = type.elements.get(key);
    invariant(use !== undefined, `${type.name} has no element ${key}`);
    const value = node[key]!;
    const many = Array.isArray(value) ? (value as readonly RawNode[]) : [value as RawNode];
    if (use.many) element[key] = many.map((one) => build(one, use.type));
    else {
      invariant(many.length === 1, `${key} occurs once in ${type.name}`);
      element[key] = build(many[0]!, use.type);
    }
  }
  return element;
};

/** Reads a validated element into plain data; null when it has no canonical form. */
const readChecked = (element: EngineElement, message: CatalogueMessage, bytes: Buffer): CheckedDocument | null => {
  // A name holds no references, so a name that is nowhere in the bytes is no element's.
  const mayHoldWildcards = [...message.anyHolders].some((name) => bytes.includes(name));
  const raw = readCanonical(element, message, { decode: decodeWithParser, mayHoldWildcards });
  if (raw === null) return null;
  const root = buildGroup(raw, message.rootType);
  if (message.bodyName === null) return { messageId: message.id, root };
  const body = root[message.bodyName];
  invariant(typeof body === 'object' && !Array.isArray(body), `${message.id} holds ${message.bodyName}`);
  return { messageId: message.id, root: body as XmlElement };
};

const findingsOf = (root: EngineElement, errors: readonly SchemaError[]): Finding[] => {
  const pathOf = nodePathsOf(root);
  return errors.map(({ line, nodePath, message }) => finding('XSD', pathOf(nodePath), line, message));
};

interface Source {
  /** Of the message, after the gate. */
  readonly bytes: Buffer;
  readonly rawHash: () => Buffer;
}

/** Judges header and document against the schemas of their own namespaces and reads them. */
const readParts = (
  parsed: EngineDocument,
  parts: Parts,
  { bytes, rawHash }: Source,
): Result<CheckedMessage, ReadRefusal> => {
  const { header, document } = parts;
  // Read only for a refusal, and before the elements are consumed.
  const named = () => ({ businessMessageId: businessMessageId(parts) });
  const message = messageOf(document);
  if (!message.ok) return err({ ...message.error, ...named() });
  const headerMessage = header === null ? ok(null) : messageOf(header);
  const known = { messageId: message.value.id };
  if (!headerMessage.ok) return err({ ...headerMessage.error, ...known, ...named() });
  const headerErrors =
    header === null || headerMessage.value === null ? [] : schemaOf(headerMessage.value).validate(header);
  const errors = [...headerErrors, ...schemaOf(message.value).validate(header === null ? parsed : document)];
  if (errors.length > 0) return refuse('SCHEMA_INVALID', findingsOf(parsed.root, errors), { ...known, ...named() });
  const checkedHeader =
    header === null || headerMessage.value === null ? undefined : readChecked(header, headerMessage.value, bytes);
  const checkedDocument = readChecked(document, message.value, bytes);
  if (checkedHeader === null || checkedDocument === null) return refuse('NOT_WELL_FORMED', [RELATIVE_NAMESPACE], known);
  return ok({ header: checkedHeader ?? null, document: checkedDocument, rawHash: rawHash() });
};

const read = (
  message: Uint8Array,
  knownHash: Buffer | undefined,
  { limits = MESSAGE_LIMITS, codec = true }: MessageReaderOptions,
): Result<CheckedMessage, ReadRefusal> => {
  const gate = passGate(message, limits);
  if (!gate.ok) return refuseGate(gate.error);
  const bytes = gate.value;
  const rawHash = () => knownHash ?? messageHash(message);
  const plain = codec ? readPlain(bytes) : null;
  if (plain !== null) return ok({ header: plain.header, document: plain.document, rawHash: rawHash() });
  const parsed = parseXml(bytes);
  if (!('dispose' in parsed)) {
    return refuse(
      'NOT_WELL_FORMED',
      parsed.map((error) => finding('XML', '/', error.line, error.message)),
    );
  }
  try {
    const parts = findParts(parsed.root);
    return parts.ok ? readParts(parsed, parts.value, { bytes, rawHash }) : parts;
  } finally {
    parsed.dispose();
  }
};

export interface MessageReaderOptions {
  /** Defaults to the limits of one message; `BATCH_LIMITS` for batches. */
  readonly limits?: GateLimits;
  /** False: libxml2 judges every message, also the plain ones that the codec could read. Default true. */
  readonly codec?: boolean;
}

/**
 * A reader that judges by our own schemas. Plain messages are checked and read by the codec; libxml2 judges all others,
 * and whatever is refused is refused by it or by the gate.
 */
export const createMessageReader = (options: MessageReaderOptions = {}): MessageReader => ({
  read: (bytes, rawHash) => read(bytes, rawHash, options),
});

/** What a caching reader keeps at most; `bytesMax` counts the messages, whose readings are some ten times larger. */
export interface CacheLimits {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

const LONG_BYTES_MIN = 64 * 1024;

/**
 * Keeps the answers of the last distinct messages within `limits`, by SHA-256 of their bytes. Sound because a reader is
 * a pure function of the bytes and its answers are not changed by anybody. A short message is read again once, by whom it
 * is shown to; its answer, ten times its size, is not kept after that. A long one is shown with each of its transactions.
 */
export const createCachingReader = (reader: MessageReader, { entriesMax, bytesMax }: CacheLimits): MessageReader => {
  const kept = new Map<string, { readonly answer: ReturnType<MessageReader['read']>; readonly size: number }>();
  let total = 0;
  const forget = (key: string): void => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    read: (bytes, knownHash) => {
      const rawHash = knownHash ?? messageHash(bytes);
      const key = rawHash.toString('latin1');
      const answer = kept.get(key)?.answer ?? reader.read(bytes, rawHash);
      const isSpent = kept.has(key) && bytes.length < LONG_BYTES_MIN;
      // A Map keeps insertion order, so putting an entry back makes it the youngest.
      forget(key);
      if (isSpent) return answer;
      kept.set(key, { answer, size: bytes.length });
      total += bytes.length;
      while (kept.size > entriesMax || total > bytesMax) forget(kept.keys().next().value!);
      return answer;
    },
  };
};
