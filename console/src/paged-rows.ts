/** A list as it grows at both ends: older pages as they are scrolled to, newer rows as they come. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.js';
import { type Change, onChange } from './live.js';

export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/** Where rows come from, newest first. */
export interface RowSource<T> {
  page(limit: number, after: string | null, signal: AbortSignal): Promise<Page<T>>;
  keyOf(row: T): string;
  /** Which rows a change may have changed, beside that newer ones may be there; null: it has nothing to do with the list. */
  changedBy(change: Change): ((row: T) => boolean) | null;
  /** These rows as they are now, by key; null for one that is wanted no more. */
  again(rows: readonly T[], signal: AbortSignal): Promise<ReadonlyMap<string, T | null>>;
  /** More changed rows than this are not asked for one by one: the list begins anew. */
  readonly againMax: number;
}

const FIRST_COUNT = 200;
const MORE_COUNT = 500;
const NEWEST_COUNT = 100;
const NEWEST_PAGES_MAX = 10;
const PAUSE_MS = 700;

interface Rows<T> extends Page<T> {
  readonly isRead: boolean;
}

/** Rows newer than the list, and those of its rows that are in the newest pages; null when too many came. */
async function newestOf<T>(source: RowSource<T>, known: ReadonlySet<string>, signal: AbortSignal) {
  const found: T[] = [];
  let after: string | null = null;
  for (let i = 0; i < NEWEST_PAGES_MAX; i++) {
    const page: Page<T> = await source.page(NEWEST_COUNT, after, signal);
    found.push(...page.rows);
    if (page.next === null || page.rows.some((row) => known.has(source.keyOf(row)))) return found;
    after = page.next;
  }
  return null;
}

/** The list before with what is new and what changed; null when it must begin anew. */
async function renewed<T>(
  source: RowSource<T>,
  before: Rows<T>,
  isChanged: (row: T) => boolean,
  signal: AbortSignal,
): Promise<Rows<T> | null> {
  const { keyOf } = source;
  const known = new Set(before.rows.map(keyOf));
  const newest = await newestOf(source, known, signal);
  if (newest === null) return null;
  const fresh = new Map(newest.map((row) => [keyOf(row), row]));
  const old = before.rows.filter((row) => !fresh.has(keyOf(row)) && isChanged(row));
  if (old.length > source.againMax) return null;
  const now = old.length === 0 ? new Map<string, T | null>() : await source.again(old, signal);
  const kept = before.rows.flatMap((row) => {
    const key = keyOf(row);
    const found = fresh.get(key) ?? now.get(key);
    return found === null ? [] : [found ?? row];
  });
  return { ...before, rows: [...newest.filter((row) => !known.has(keyOf(row))), ...kept] };
}

/** The list of a source; `inputs` are what the source is made of, and another list when they change. */
export function usePagedRows<T>(source: RowSource<T>, inputs: readonly unknown[]) {
  const [rows, setRows] = useState<Rows<T>>({ rows: [], next: null, isRead: false });
  const [error, setError] = useState<ApiError | null>(null);
  const current = useRef(rows);
  const more = useRef<() => void>(() => {});
  const restart = useRef<() => void>(() => {});

  useEffect(() => {
    const aborter = new AbortController();
    const { signal } = aborter;
    let isReading = false;
    let isMoreWanted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let changed: ((row: T) => boolean)[] = [];
    const put = (next: Rows<T>) => {
      if (signal.aborted) return;
      current.current = next;
      setRows(next);
    };
    /** One reading at a time; what fails is shown and leaves what was there. */
    const reading = async (read: () => Promise<Rows<T>>) => {
      if (isReading || signal.aborted) return;
      isReading = true;
      try {
        put(await read());
        if (!signal.aborted) setError(null);
      } catch (failed) {
        if (!signal.aborted)
          setError(failed instanceof ApiError ? failed : new ApiError('PAGE', 0, String(failed), 'later'));
      }
      isReading = false;
      if (isMoreWanted) more.current();
    };
    const first = async (): Promise<Rows<T>> => ({ ...(await source.page(FIRST_COUNT, null, signal)), isRead: true });
    const refresh = () =>
      reading(async () => {
        const asked = changed;
        changed = [];
        const before = current.current;
        const isChanged = (row: T) => asked.some((is) => is(row));
        return (before.isRead && (await renewed(source, before, isChanged, signal))) || first();
      });
    more.current = () => {
      const { next, rows: before } = current.current;
      isMoreWanted = isReading;
      if (next === null || isReading) return;
      void reading(async () => {
        const page = await source.page(MORE_COUNT, next, signal);
        return { rows: [...before, ...page.rows], next: page.next, isRead: true };
      });
    };
    restart.current = () => void reading(first);
    put({ rows: [], next: null, isRead: false });
    restart.current();
    const stop = onChange((change) => {
      const isChanged = source.changedBy(change);
      if (isChanged === null) return;
      changed.push(isChanged);
      timer ??= setTimeout(() => {
        timer = undefined;
        void refresh();
      }, PAUSE_MS);
    });
    return () => {
      aborter.abort();
      clearTimeout(timer);
      stop();
    };
  }, inputs);

  return {
    ...rows,
    error,
    more: useCallback(() => more.current(), []),
    retry: useCallback(() => restart.current(), []),
  };
}
