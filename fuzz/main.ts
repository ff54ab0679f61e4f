/**
 * `npm run fuzz -- [--seconds 60 | --runs N] [--seed 1] [--folder .fuzz]`: changes messages at random, guided by the
 * coverage of src/iso20022, and judges the reader's answers. The folder keeps the corpus and the finds; the next run goes
 * on from there. Exit code 1 when there is a find. Last line: `{runs, corpus, blocks, finds}`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Find, type FuzzResult, fuzz, INPUT_BYTES_MAX } from './fuzz.js';
import { seedsOf } from './seeds.js';

interface Order {
  readonly seconds: number;
  readonly runs: number;
  readonly seed: number;
  readonly folder: string;
}

/** What both threads see: how many inputs were begun, the length of the last one, and its bytes. */
const HEADER_BYTES = 8;
const HANG_MS = 10_000;

const fileOf = (folder: string, name: string, bytes: Buffer): void => {
  mkdirSync(join(folder, name), { recursive: true });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  writeFileSync(join(folder, name, `${hash}.xml`), bytes);
};

const keepFind = (folder: string, { fault, bytes }: Find): void => {
  fileOf(folder, 'finds', bytes);
  console.log(`find: ${fault}\n${bytes.toString('utf8')}\n`);
};

const work = ({ order, shared }: { order: Order; shared: SharedArrayBuffer }): void => {
  const counters = new Int32Array(shared, 0, 2);
  const input = new Uint8Array(shared, HEADER_BYTES);
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folders = [join(root, 'fixtures'), join(root, '../shared/iso20022/samples'), join(order.folder, 'corpus')];
  const until = performance.now() + order.seconds * 1000;
  const result = fuzz({
    seeds: seedsOf(folders, INPUT_BYTES_MAX),
    seed: order.seed,
    goesOn: (runs) => runs < order.runs && performance.now() < until,
    onInput: (bytes) => {
      input.set(bytes);
      counters[1] = bytes.length;
      Atomics.add(counters, 0, 1);
    },
    onKept: (bytes) => fileOf(order.folder, 'corpus', bytes),
    onFind: (find) => keepFind(order.folder, find),
  });
  parentPort?.postMessage(result);
};

const print = ({ runs, corpus, blocks }: Omit<FuzzResult, 'finds'>, finds: number): void => {
  console.log(JSON.stringify({ runs, corpus, blocks, finds }));
  process.exitCode = finds === 0 ? 0 : 1;
};

/** Runs the loop in a thread of its own and looks on: an input that is not answered in ten seconds is a find. */
const watch = (order: Order): void => {
  const shared = new SharedArrayBuffer(HEADER_BYTES + INPUT_BYTES_MAX);
  const counters = new Int32Array(shared, 0, 2);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { order, shared } });
  let seen = -1;
  const timer = setInterval(() => {
    const now = Atomics.load(counters, 0);
    if (now === seen && now > 0) {
      const bytes = Buffer.from(new Uint8Array(shared, HEADER_BYTES, counters[1])).subarray();
      keepFind(order.folder, { fault: 'no answer in ten seconds', bytes });
      clearInterval(timer);
      void worker.terminate();
      print({ runs: now, corpus: 0, blocks: 0 }, 1);
    }
    seen = now;
  }, HANG_MS);
  worker.on('message', (result: FuzzResult) => {
    clearInterval(timer);
    print(result, result.finds.length);
  });
  worker.on('error', (error) => {
    clearInterval(timer);
    const bytes = Buffer.from(new Uint8Array(shared, HEADER_BYTES, counters[1]));
    keepFind(order.folder, { fault: `the thread died: ${error.message}`, bytes });
    print({ runs: counters[0]!, corpus: 0, blocks: 0 }, 1);
  });
};

const orderOf = (): Order => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      folder: { type: 'string', default: '.fuzz' },
    },
  });
  const runs = values.runs === undefined ? Number.POSITIVE_INFINITY : Number(values.runs);
  const seconds = Number(values.seconds ?? (values.runs === undefined ? 60 : Number.POSITIVE_INFINITY));
  if (!existsSync(values.folder)) mkdirSync(values.folder, { recursive: true });
  return { seconds, runs, seed: Number(values.seed), folder: values.folder };
};

if (isMainThread) watch(orderOf());
else work(workerData as Parameters<typeof work>[0]);
