/**
 * `npm run bench:iso`: what a pacs.008 costs on its way in and out, by stage and size, beside libxml2's own C program on
 * the same files. With `--leak N`: memory while N messages go through.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueMessage } from '../src/iso20022/catalogue/catalogue.js';
import { BATCH_LIMITS, passGate } from '../src/iso20022/gate.js';
import { readInstructions } from '../src/iso20022/instruction.js';
import { createMessageReader } from '../src/iso20022/reader.js';
import { checkRules } from '../src/iso20022/rules/check.js';
import { type TranslationOrder, translateCreditTransfer } from '../src/iso20022/translate.js';
import type { CheckedMessage, XmlElement } from '../src/iso20022/types.js';
import { writeEnvelope } from '../src/iso20022/writer.js';
import { parseXml, schemaOf } from '../src/iso20022/xml-engine.js';
import { generateXsd } from '../src/iso20022/xsd.js';
import { sizedMessage } from './support/messages.js';
import { temporaryFolder } from './support/server.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, leak: { type: 'string', default: '0' } },
});
const rounds = Number(values.rounds);
const leakCount = Number(values.leak);
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(leakCount) && leakCount >= 0)) {
  process.stderr.write('--rounds is a whole number from 1, --leak from 0\n');
  process.exit(2);
}

const ID = 'pacs.008.001.08';
/** What one round of one stage takes at least, so that a clock tick or a pause counts little. */
const ROUND_MS = 150;
const XMLLINT_TIMES = 100;
/** Messages of one task of the event loop in the memory run. */
const TASK_MESSAGES = 20;
const SIZES = [
  { name: '2 KB', bytes: 2_000, transactions: 1 },
  { name: '4 KB', bytes: 4_000, transactions: 1 },
  { name: '8 KB', bytes: 8_000, transactions: 1 },
  { name: '1 MB', bytes: 1_000_000, transactions: 500 },
];

const order: Omit<TranslationOrder, 'uetr'> = {
  targetMessageId: 'pacs.008.001.13',
  withHeader: true,
  msgId: 'C0123456789ABCDEF0123456789ABCDEF',
  creDtTm: '2026-11-22T10:00:00.000Z',
  instructingAgent: 'FXPRKZ20',
  instructedAgent: 'RVRBCN20',
  sourceInstructingAgent: 'ALTNKZ20',
  amountText: '13.90',
  currency: 'CNY',
  rate: '0.0139',
  quoteId: '3f0c6a52-7c1e-4f0a-9a37-2f5d3c8b1e64',
  providerBic: 'FXPRKZ20',
  sourceCurrency: 'KZT',
  settlementDate: '2026-11-22',
  clearingSystem: 'CNDCB',
};

const must = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string; detail?: string } }): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
};

const fast = createMessageReader({ limits: BATCH_LIMITS });
const slow = createMessageReader({ limits: BATCH_LIMITS, codec: false });
const schema = schemaOf(catalogueMessage(ID)!);

function parseAndValidate(bytes: Buffer): void {
  const parsed = parseXml(bytes);
  if (!('dispose' in parsed)) throw new Error('the message is not well-formed');
  if (schema.validate(parsed).length > 0) throw new Error('the message is not valid');
  parsed.dispose();
}

interface Prepared {
  readonly bytes: Buffer;
  readonly message: CheckedMessage;
  readonly translated: readonly XmlElement[];
}

const translateAll = (message: CheckedMessage) =>
  readInstructions(message).map(({ index, uetr }) => must(translateCreditTransfer(message, index, { ...order, uetr })));

/** Stages of the way in and out. `translate` writes its message too; `write` alone shows how much of it that is. */
const STAGES: Readonly<Record<string, (prepared: Prepared) => unknown>> = {
  gate: ({ bytes }) => passGate(bytes, BATCH_LIMITS),
  parseAndValidate: ({ bytes }) => parseAndValidate(bytes),
  read: ({ bytes }) => must(fast.read(bytes)),
  readWithoutCodec: ({ bytes }) => must(slow.read(bytes)),
  rules: ({ message }) => checkRules(message),
  translate: ({ message }) => translateAll(message),
  write: ({ translated }) => translated.map((root) => writeEnvelope(null, order.targetMessageId, root)),
};

/** Microseconds per call, in one round. */
function time(run: () => unknown): number {
  const startedAt = performance.now();
  let count = 0;
  do {
    run();
    count += 1;
  } while (performance.now() - startedAt < ROUND_MS);
  return ((performance.now() - startedAt) * 1000) / count;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Microseconds for libxml2's C program to parse and validate the file once; null where it isn't installed. */
function xmllint(xsd: string, file: string): number | null {
  const args = ['--noout', '--repeat', '--timing', '--schema', xsd, file];
  const { stderr, error } = spawnSync('xmllint', args, { encoding: 'utf8', maxBuffer: 1 << 24 });
  const found = error ? undefined : new RegExp(`${XMLLINT_TIMES} iterations took (\\d+) ms`).exec(stderr)?.[1];
  return found === undefined ? null : (Number(found) * 1000) / XMLLINT_TIMES;
}

/** Every stage and libxml2's program in turn, round after round, so that all of them meet the same machine. */
function measure(folder: string, { name, bytes, transactions }: (typeof SIZES)[number]) {
  const body = sizedMessage(bytes, transactions);
  const message = must(fast.read(body));
  const prepared: Prepared = { bytes: body, message, translated: translateAll(message).map(({ root }) => root) };
  const file = join(folder, 'message.xml');
  const xsd = join(folder, 'schema.xsd');
  writeFileSync(file, body);
  writeFileSync(xsd, generateXsd(ID));
  const found = new Map<string, number[]>(Object.keys(STAGES).map((stage) => [stage, []]));
  const native: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const theirs = xmllint(xsd, file);
    if (theirs !== null && round > 0) native.push(theirs);
    for (const [stage, run] of Object.entries(STAGES)) {
      const micros = time(() => run(prepared));
      // The first round warms up.
      if (round > 0) found.get(stage)?.push(micros);
    }
  }
  const micros = Object.fromEntries([...found].map(([stage, all]) => [stage, Math.round(median(all))]));
  const path = (micros.read ?? 0) + (micros.rules ?? 0) + (micros.translate ?? 0);
  const libxml2 = native.length > 0 ? median(native) : null;
  return {
    size: name,
    bytes: body.length,
    transactions,
    messagesPerSecond: Math.round(1_000_000 / path),
    micros,
    inAndOut: path,
    inAndOutWithoutCodec: path - (micros.read ?? 0) + (micros.readWithoutCodec ?? 0),
    xmllint: libxml2,
    ratio: libxml2 && Number((path / libxml2).toFixed(2)),
  };
}

/** Memory at ten points while `count` messages go in and out: a third plain, a third with a fault, a third for libxml2. */
async function leak(
  count: number,
): Promise<readonly { readonly messages: number; readonly rss: number; readonly heap: number }[]> {
  const bodies = Array.from({ length: 100 }, () => sizedMessage(4_000, 1));
  const faulty = bodies.map((body) => Buffer.from(body.toString('utf8').replace('<ChrgBr>SHAR', '<ChrgBr>NONE')));
  const unusual = bodies.map((body) => Buffer.from(body.toString('utf8').replace('<MsgId>', '<MsgId><![CDATA[]]>')));
  const kinds = [bodies, faulty, unusual];
  const points: { messages: number; rss: number; heap: number }[] = [];
  const megabytes = (value: number) => Math.round(value / 2 ** 20);
  for (let i = 1; i <= count; i += 1) {
    // As a server would: what a task has looked at through a weak reference lives until the task ends (ECMA-262, 9.10).
    if (i % TASK_MESSAGES === 0) await new Promise((resolve) => setImmediate(resolve));
    const read = fast.read(kinds[i % 3]?.[i % 100] ?? Buffer.alloc(0));
    if (read.ok) {
      checkRules(read.value);
      translateAll(read.value);
    }
    if (i % Math.ceil(count / 10) === 0) {
      const { rss, heapUsed } = process.memoryUsage();
      points.push({ messages: i, rss: megabytes(rss), heap: megabytes(heapUsed) });
      process.stderr.write(`${JSON.stringify(points.at(-1))}\n`);
    }
  }
  return points;
}

const folder = temporaryFolder('iso');
try {
  const sizes = SIZES.map((size) => {
    const row = measure(folder.path, size);
    process.stderr.write(`${JSON.stringify(row)}\n`);
    return row;
  });
  const memory = leakCount > 0 ? await leak(leakCount) : undefined;
  process.stdout.write(`${JSON.stringify({ sizes, ...(memory && { memoryMegabytes: memory }) })}\n`);
} finally {
  folder.remove();
}
