import { invariant } from './result.js';

/** Rows in pages, in ascending order of their keys; a key may occur several times. */
export interface Sorted<K, T> {
  readonly pages: AsyncIterable<readonly T[]>;
  readonly keyOf: (row: T) => K;
}

/** The rows of every source under one key. */
export type Merged<K, S> = { readonly key: K; readonly rows: { readonly [N in keyof S]: S[N][] } };

interface Cursor {
  readonly source: Sorted<string | bigint, unknown>;
  readonly iterator: AsyncIterator<readonly unknown[]>;
  page: readonly unknown[];
  at: number;
  over: boolean;
}

/**
 * Walks several sorted sources side by side: one answer per key that any of them has, in ascending order, with the rows
 * of each source. It keeps a page of each and the rows of one key. Strings compare by code unit, as PostgreSQL's
 * collation "C" does for ASCII.
 */
export async function* mergeSorted<K extends string | bigint, S extends object>(
  sources: { readonly [N in keyof S]: Sorted<K, S[N]> },
): AsyncGenerator<Merged<K, S>> {
  const names = Object.keys(sources);
  const cursors = names.map((name): Cursor => {
    const source = (sources as Record<string, unknown>)[name] as Cursor['source'];
    return { source, iterator: source.pages[Symbol.asyncIterator](), page: [], at: 0, over: false };
  });
  try {
    for (const cursor of cursors) await fill(cursor);
    for (;;) {
      const key = leastKey(cursors);
      if (key === null) return;
      const rows: Record<string, unknown[]> = {};
      for (const [i, name] of names.entries()) rows[name] = await take(cursors[i]!, key);
      yield { key: key as K, rows: rows as Merged<K, S>['rows'] };
    }
  } finally {
    for (const { iterator } of cursors) await iterator.return?.();
  }
}

async function fill(cursor: Cursor): Promise<void> {
  while (!cursor.over && cursor.at >= cursor.page.length) {
    const next = await cursor.iterator.next();
    if (next.done) cursor.over = true;
    else Object.assign(cursor, { page: next.value, at: 0 });
  }
}

const keyAt = ({ source, page, at }: Cursor): string | bigint => source.keyOf(page[at]);

function leastKey(cursors: readonly Cursor[]): string | bigint | null {
  let least: string | bigint | null = null;
  for (const cursor of cursors) {
    if (cursor.over) continue;
    const key = keyAt(cursor);
    if (least === null || key < least) least = key;
  }
  return least;
}

async function take(cursor: Cursor, key: string | bigint): Promise<unknown[]> {
  const taken: unknown[] = [];
  while (!cursor.over && keyAt(cursor) === key) {
    taken.push(cursor.page[cursor.at]);
    cursor.at += 1;
    await fill(cursor);
  }
  invariant(cursor.over || keyAt(cursor) > key, 'a source that is merged is sorted');
  return taken;
}
