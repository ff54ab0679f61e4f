/** What a run found, in numbers that show also when nothing was really compared. */
import type { Disagreement, Pair } from './judge.js';

export interface Tally {
  documents: number;
  accepted: number;
  refused: number;
}
/** A disagreement, as it is printed. */
export interface Found extends Disagreement {
  readonly schema: string;
  /** The kind of mutant, or the file of a sample. */
  readonly of: string;
  /** The smallest document that shows it. */
  readonly xml: string;
}
export interface Report {
  schemas: number;
  /** Schemas whose definitions, read from both texts, are the same one by one. */
  sameDefinitions: number;
  /** Headers and documents out of the sample messages. */
  samples: number;
  mutants: number;
  /** Element particles of the schemas, and those that an accepted document held. */
  elements: number;
  elementsReached: number;
  /** By who was compared with whom, and the verdict of the first. */
  readonly pairs: Readonly<Record<Pair, Tally>>;
  readonly kinds: Record<string, Tally>;
  /** Known differences, by the row that explains them. */
  readonly explained: Record<string, number>;
  readonly found: Found[];
}

const tally = (): Tally => ({ documents: 0, accepted: 0, refused: 0 });

export const emptyReport = (): Report => ({
  schemas: 0,
  sameDefinitions: 0,
  samples: 0,
  mutants: 0,
  elements: 0,
  elementsReached: 0,
  pairs: { 'official-ours': tally(), 'official-reader': tally(), 'reader-codec': tally(), 'xerces-libxml2': tally() },
  kinds: {},
  explained: {},
  found: [],
});

export const count = (to: Tally, accepted: boolean): void => {
  to.documents += 1;
  if (accepted) to.accepted += 1;
  else to.refused += 1;
};

export const addTo = (counts: Record<string, number>, key: string, more: number): void => {
  counts[key] = (counts[key] ?? 0) + more;
};

const addTally = (to: Tally, from: Tally): void => {
  to.documents += from.documents;
  to.accepted += from.accepted;
  to.refused += from.refused;
};

const COUNTS = ['schemas', 'sameDefinitions', 'samples', 'mutants', 'elements', 'elementsReached'] as const;

/** One report of several runs. */
export const mergeReports = (reports: readonly Report[]): Report => {
  const sum = emptyReport();
  for (const report of reports) {
    for (const name of COUNTS) sum[name] += report[name];
    for (const pair of Object.keys(report.pairs) as Pair[]) addTally(sum.pairs[pair], report.pairs[pair]);
    for (const [kind, more] of Object.entries(report.kinds)) {
      sum.kinds[kind] ??= tally();
      addTally(sum.kinds[kind], more);
    }
    for (const [row, times] of Object.entries(report.explained)) addTo(sum.explained, row, times);
    sum.found.push(...report.found);
  }
  return sum;
};
