/** One document before every judge in this process: the official schema, ours, and our readers. */
import { isDeepStrictEqual } from 'node:util';
import { readPlain } from '../src/iso20022/codec/codec.js';
import { BATCH_LIMITS, passGate } from '../src/iso20022/gate.js';
import { createMessageReader } from '../src/iso20022/reader.js';
import type { CheckedMessage, ReadRefusal } from '../src/iso20022/types.js';
import {
  type CompiledSchema,
  compileXsd,
  type EngineDocument,
  parseXml,
  type SchemaError,
} from '../src/iso20022/xml-engine.js';
import type { Result } from '../src/kernel/result.js';
import { type Element, isElement, readingCheck } from './document.js';
import { READER_DIFFERENCES } from './known-differences.js';
import type { SchemaModel } from './schema-model.js';

/** Who is compared with whom. */
export type Pair = 'official-ours' | 'official-reader' | 'reader-codec' | 'xerces-libxml2';

export interface Disagreement {
  readonly pair: Pair;
  readonly detail: string;
}
export interface Judgement {
  /** What the official schema says under libxml2. */
  readonly accepted: boolean;
  /** Whether the codec took the document. */
  readonly taken: boolean;
  /** The name of the known difference that was met. */
  readonly explained: string | null;
  readonly disagreement: Disagreement | null;
}
/** The texts of both schemas. */
export interface SchemaTexts {
  readonly official: string;
  readonly ours: string;
}
export interface SchemaJudge {
  readonly model: SchemaModel;
  readonly texts: SchemaTexts;
  /** Judges a bare `Document` or `AppHdr`. With its tree, what is read is compared with what it says. */
  judge(xml: string, tree?: Element): Judgement;
}

// Facets are a set (XML Schema 1.0 part 2, 4.3). Which of several broken ones is named, their order in the file decides.
const FACET = /\[facet '\w+'\].*/s;

const errorsOf = (schema: CompiledSchema, document: EngineDocument): string =>
  schema
    .validate(document)
    .map(
      ({ line, nodePath, message }: SchemaError) => `${line} ${nodePath} ${message.replace(FACET, 'breaks a facet')}`,
    )
    .join('\n');

const firstDifference = (left: string, right: string): string => {
  const [a, b] = [left.split('\n'), right.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const i = at < 0 ? a.length : at;
  return `official: ${a[i] ?? 'accepts'} | ours: ${b[i] ?? 'accepts'}`;
};

type Reading = Result<CheckedMessage, ReadRefusal>;
/** What the readers say, and where that is not what it should be. */
interface ReaderVerdict {
  readonly reading: Reading;
  readonly explained: string | null;
  readonly disagreement: Disagreement | null;
}

const slow = createMessageReader({ limits: BATCH_LIMITS, codec: false });

/** Whether the readers agree with the schema and each other. */
const judgeReaders = (bytes: Buffer, accepted: boolean): ReaderVerdict => {
  const reading = slow.read(bytes);
  const differ = (detail: string): ReaderVerdict => ({
    reading,
    explained: null,
    disagreement: { pair: 'official-reader', detail },
  });
  const gate = passGate(bytes, BATCH_LIMITS);
  if (reading.ok === (accepted && gate.ok)) return { reading, explained: null, disagreement: null };
  const rule = reading.ok ? undefined : reading.error.findings[0]?.ruleId;
  if (rule !== undefined && Object.hasOwn(READER_DIFFERENCES, rule))
    return { ...differ(rule), explained: rule, disagreement: null };
  const said = reading.ok ? 'accepts' : `${reading.error.code} ${reading.error.detail ?? ''}`;
  return differ(
    `the schema ${accepted ? 'accepts' : 'refuses'}, the gate ${gate.ok ? 'passes' : 'refuses'}, the reader: ${said}`,
  );
};

const judgeCodec = (bytes: Buffer, reading: Reading): { taken: boolean; disagreement: Disagreement | null } => {
  const gate = passGate(bytes, BATCH_LIMITS);
  const plain = gate.ok ? readPlain(gate.value) : null;
  if (plain === null) return { taken: false, disagreement: null };
  const differ = (detail: string) => ({ taken: true, disagreement: { pair: 'reader-codec', detail } as const });
  if (!reading.ok) return differ(`the codec accepts what the reader refuses: ${reading.error.detail}`);
  const { header, document } = reading.value;
  if (!isDeepStrictEqual(plain, { header, document })) return differ('the codec reads another tree');
  return { taken: true, disagreement: null };
};

/** The root as the schema has it, made from what the reader gives. */
const rootOf = ({ header, document }: CheckedMessage, isHeader: boolean, tree: Element): unknown => {
  if (isHeader) return header?.root;
  const body = tree.kids.find(isElement)?.tag ?? '';
  return { [body.slice(body.indexOf(':') + 1)]: document.root };
};

const judgeSchemas = (official: CompiledSchema, ours: CompiledSchema, bytes: Buffer) => {
  const parsed = parseXml(bytes);
  if (!('dispose' in parsed)) return { accepted: false, disagreement: null };
  try {
    const expected = errorsOf(official, parsed);
    const found = errorsOf(ours, parsed);
    const disagreement: Disagreement | null =
      expected === found ? null : { pair: 'official-ours', detail: firstDifference(expected, found) };
    return { accepted: expected === '', disagreement };
  } finally {
    parsed.dispose();
  }
};

/** The judge of one schema. `companion` is a valid bare document: a reader takes no header alone. */
export const createJudge = (model: SchemaModel, texts: SchemaTexts, companion: string): SchemaJudge => {
  const official = compileXsd(texts.official, model.namespace);
  const ours = compileXsd(texts.ours, model.namespace);
  const isHeader = model.root.name === 'AppHdr';
  const sameReading = readingCheck(model);

  const judge = (xml: string, tree?: Element): Judgement => {
    const { accepted, disagreement } = judgeSchemas(official, ours, Buffer.from(xml));
    const stop = { accepted, taken: false, explained: null };
    if (disagreement !== null) return { ...stop, disagreement };
    const bytes = Buffer.from(isHeader ? `<Envelope>${xml.replace(DECLARATION, '')}${companion}</Envelope>` : xml);
    const { reading, explained, disagreement: wrong } = judgeReaders(bytes, accepted);
    if (wrong !== null) return { ...stop, disagreement: wrong };
    if (reading.ok && tree !== undefined) {
      const detail = sameReading(tree, rootOf(reading.value, isHeader, tree));
      if (detail !== null) return { ...stop, disagreement: { pair: 'official-reader', detail } };
    }
    return { accepted, explained, ...judgeCodec(bytes, reading) };
  };
  return { model, texts, judge };
};

/** An XML declaration, which only a whole document may have. */
export const DECLARATION = /^\ufeff?<\?xml\s[^?]*\?>/;

/** The smallest document below `tree` that still shows a disagreement of the pair. */
export const shrink = (tree: Element, stillDisagrees: (smaller: Element) => boolean): Element => {
  let smallest = tree;
  let attempts = 0;
  for (;;) {
    const next = smallerThan(smallest).find((candidate) => {
      attempts += 1;
      return attempts < ATTEMPTS_MAX && stillDisagrees(candidate);
    });
    if (next === undefined) return smallest;
    smallest = next;
  }
};

const ATTEMPTS_MAX = 2_000;

/** The documents one deletion away, those of whole subtrees near the root first. */
const smallerThan = (element: Element): Element[] => {
  const without = element.kids.map((_, i): Element => ({ ...element, kids: element.kids.toSpliced(i, 1) }));
  const fewer = element.attributes.map(
    (_, i): Element => ({ ...element, attributes: element.attributes.toSpliced(i, 1) }),
  );
  const inside = element.kids.flatMap((kid, i) =>
    isElement(kid) ? smallerThan(kid).map((smaller) => ({ ...element, kids: element.kids.with(i, smaller) })) : [],
  );
  return [...without, ...fewer, ...inside];
};
