/** The loop: draw a message of the corpus, change it, judge it; keep it when it showed a block or a way not seen yet. */
import { memoryUsage } from 'node:process';
import { diag } from 'libxml2-wasm';
import { type Coverage, watchCoverage } from './coverage.js';
import { mutate } from './mutations.js';
import { judge as judgeReader } from './oracles.js';
import { type Random, seeded } from './random.js';

/** Longer inputs cost time and show nothing new. */
export const INPUT_BYTES_MAX = 32 * 1024;
const CORPUS_MAX = 20_000;
const GROWTH_BYTES_MAX = 256 * 1024 * 1024;

export interface Find {
  readonly fault: string;
  readonly bytes: Buffer;
}

export interface FuzzOptions {
  readonly seeds: readonly Buffer[];
  readonly seed: number;
  /** Default: the oracles. */
  readonly judge?: typeof judgeReader;
  /** Asked before each input, with the runs so far. */
  readonly goesOn: (runs: number) => boolean;
  /** Told of each input before it is judged. */
  readonly onInput?: (bytes: Buffer) => void;
  /** Told of each input that is kept. */
  readonly onKept?: (bytes: Buffer) => void;
  /** Told of the first input of each fault, made small. */
  readonly onFind?: (find: Find) => void;
}

export interface FuzzResult {
  readonly runs: number;
  readonly corpus: number;
  readonly blocks: number;
  readonly finds: readonly Find[];
}

const CUTS_MAX = 3_000;

/** Cuts pieces out of the input as long as the fault stays the same. */
const minimise = ({ fault, bytes }: Find, judge: typeof judgeReader): Find => {
  let small = bytes;
  let cuts = 0;
  for (let size = bytes.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < small.length && cuts < CUTS_MAX; cuts += 1) {
      const shorter = Buffer.concat([small.subarray(0, at), small.subarray(at + size)]);
      if (judge(shorter).fault === fault) small = shorter;
      else at += size;
    }
  return { fault, bytes: small };
};

/** What the engine still holds though every message was let go. */
const leak = (before: number): string | null => {
  // Compiled schemas are meant to stay.
  const held = Object.keys(diag.report()).filter((kind) => kind !== 'XsdValidator');
  if (held.length > 0) return `the engine still holds ${held.join(', ')}`;
  const { external } = memoryUsage();
  return external - before > GROWTH_BYTES_MAX ? 'the heap of the engine grew' : null;
};

const createCorpus = (random: Random, onKept: (bytes: Buffer) => void) => {
  const corpus: Buffer[] = [];
  return {
    size: () => corpus.length,
    keep: (bytes: Buffer): void => {
      if (corpus.length >= CORPUS_MAX) return;
      corpus.push(bytes);
      onKept(bytes);
    },
    /** Half of the draws are from the youngest quarter: what led to something new leads further. */
    draw: (): Buffer => {
      const young = random(2) === 0 ? corpus.length >> 2 : 0;
      return corpus[corpus.length - 1 - random(young || corpus.length)]!;
    },
  };
};

/** Runs until `goesOn` says no. The same seeds, seed and number of runs give the same inputs. */
export const fuzz = (options: FuzzOptions): FuzzResult => {
  const { seeds, seed, judge = judgeReader, goesOn, onInput, onKept = () => {}, onFind = () => {} } = options;
  const random = seeded(seed);
  const corpus = createCorpus(random, onKept);
  const finds = new Map<string, Find>();
  const ways = new Set<string>();
  const coverage: Coverage = watchCoverage('/src/iso20022/');
  let runs = 0;

  const note = (fault: string | null, bytes: Buffer): void => {
    if (fault === null || finds.has(fault)) return;
    const find = minimise({ fault, bytes }, judge);
    finds.set(fault, find);
    onFind(find);
  };
  /** True when the input showed something new. */
  const run = (bytes: Buffer): boolean => {
    onInput?.(bytes);
    const { fault, way } = judge(bytes);
    runs += 1;
    note(fault, bytes);
    const known = ways.has(way);
    ways.add(way);
    return coverage.newBlocks() > 0 || !known;
  };

  diag.configure({ enabled: true });
  try {
    for (const bytes of seeds) {
      run(bytes);
      corpus.keep(bytes);
    }
    const before = memoryUsage().external;
    while (goesOn(runs)) {
      const bytes = mutate(random, corpus.draw(), corpus.draw(), INPUT_BYTES_MAX);
      if (run(bytes)) corpus.keep(bytes);
      note(leak(before), bytes);
    }
    return { runs, corpus: corpus.size(), blocks: coverage.total(), finds: [...finds.values()] };
  } finally {
    diag.configure({ enabled: false });
    coverage.stop();
  }
};
