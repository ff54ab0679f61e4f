/**
 * The report of a translation: one row for every element of the source message that the destination has otherwise, or not
 * at all, and for every one that it has anew. What is in no row is in the destination as it was.
 */

/**
 * `changed` the destination leg has its own value, or the same fact in another form; `moved` the same value elsewhere;
 * `added` only the destination has it; `cut` only the source has it; `shortened` the end is missing; `transliterated` in
 * Latin letters.
 */
export type DifferenceKind = 'changed' | 'moved' | 'added' | 'cut' | 'shortened' | 'transliterated';

/** `from` and `to` are XPaths in the source and in the destination; the values are texts, or JSON of an element. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

const LOSSES: ReadonlySet<DifferenceKind> = new Set(['cut', 'shortened', 'transliterated']);

/** True for a row of something that the destination can't know: nothing is lost where no row is one. */
export const isLoss = (difference: Difference): boolean => LOSSES.has(difference.kind);

const shown = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/**
 * Rows in the order in which they come about. A path that begins with `/` is final; any other is below the transaction,
 * where it may be moved again by a later row: {@link finished} settles both ends.
 */
export interface Differences {
  readonly rows: readonly Difference[];
  /** The value at one place is replaced; no row when it stays, `cut` and `added` when there is only one. */
  replaced(path: string, before: unknown, after: unknown): void;
  /** As `replaced` for a value of the source leg's own, which is nobody's loss when it goes. */
  ownValue(path: string, before: unknown, after: unknown): void;
  moved(from: string, to: string, before: unknown, after?: unknown): void;
  cut(path: string, before: unknown): void;
  add(row: Difference): void;
}

/** An empty report. */
export function createDifferences(): Differences {
  const rows: Difference[] = [];
  const put = (gone: DifferenceKind, path: string, before: unknown, after: unknown): void => {
    const was = shown(before);
    const is = shown(after);
    if (was === is) return;
    if (was === null) rows.push({ kind: 'added', from: null, to: path, before: null, after: is });
    else
      rows.push({
        kind: is === null ? gone : 'changed',
        from: path,
        to: is === null ? null : path,
        before: was,
        after: is,
      });
  };
  return {
    rows,
    replaced: (path, before, after) => put('cut', path, before, after),
    ownValue: (path, before, after) => put('changed', path, before, after),
    moved: (from, to, before, after = before) =>
      rows.push({ kind: 'moved', from, to, before: shown(before), after: shown(after) }),
    cut: (path, before) => rows.push({ kind: 'cut', from: path, to: null, before: shown(before), after: null }),
    add: (row) => rows.push(row),
  };
}

const isBelow = (path: string, holder: string): boolean =>
  path.startsWith(holder) && (path.length === holder.length || path[holder.length] === '/');

/** `path` after everything at or below `from` has gone to `to`. */
const carried = (path: string, from: string | null, to: string | null): string =>
  from !== null && to !== null && isBelow(path, from) ? to + path.slice(from.length) : path;

/**
 * The rows with whole XPaths: `from` as the source had it and `to` as the destination has it, however often the element
 * was moved. `source` and `destination` are the paths of the transaction in either.
 */
export function finished(rows: readonly Difference[], source: string, destination: string): Difference[] {
  const moves = rows.flatMap((row, at) => (row.kind === 'moved' ? [{ at, row }] : []));
  const done = new Set<string>();
  return rows.flatMap((row, at) => {
    let { from, to } = row;
    for (let i = moves.length - 1; i >= 0; i -= 1) {
      const move = moves[i]!;
      if (move.at < at && from !== null) from = carried(from, move.row.to, move.row.from);
    }
    for (const move of moves) if (move.at > at && to !== null) to = carried(to, move.row.from, move.row.to);
    const { kind, before, after } = row;
    const settled = { kind, from: whole(from, source), to: whole(to, destination), before, after };
    if (kind !== 'moved') return [settled];
    if (isOfTheLeg(rows, row, at)) return [];
    // An element that was moved twice has two rows, which now say the same.
    const key = `${settled.from} ${settled.to}`;
    if (done.has(key)) return [];
    done.add(key);
    return [settled];
  });
}

/** True for the move of a value that an earlier row has put there: the source had none to move. */
const isOfTheLeg = (rows: readonly Difference[], { from }: Difference, at: number): boolean =>
  rows.some(
    (row, i) =>
      i < at &&
      (row.kind === 'added' || row.kind === 'changed') &&
      row.to !== null &&
      from !== null &&
      isBelow(from, row.to),
  );

const whole = (path: string | null, transaction: string): string | null =>
  path === null || path.startsWith('/') ? path : `${transaction}/${path}`;
