/** One thing that an audit found wrong, and where. */
export interface Finding {
  /** Stable: what is wrong, for people and scripts to look up. */
  readonly code: string;
  /** `gateway`, `ledger-kz`, `signer-kz`, …; `evidence` for a bundle. */
  readonly database: string;
  readonly table: string;
  /** Key of the row, or what it is about. */
  readonly key: string;
  /** Sequence of the block, where one is concerned. */
  readonly block?: bigint;
  /** In words, without private data. */
  readonly detail: string;
  /**
   * Milliseconds, for something that is merely not over yet: since when. It is wrong in an installation at rest, and in
   * one that works only when it is old.
   */
  readonly openSince?: number;
}

export type Report = (finding: Finding) => void;

/** One line: code, place, words. */
export const findingLine = ({ code, database, table, key, block, detail }: Finding): string =>
  `${code} ${database} ${table} ${key}${block === undefined ? '' : ` block ${block}`}: ${detail}`;
