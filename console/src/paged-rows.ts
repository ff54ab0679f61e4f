/** A list as it grows at both ends: older pages as they are scrolled to, newer rows as they come. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.js';
import { type Change, onChange } from './live.js';

export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

export type Again<T> = ReadonlyMap<string, T | null>;

/** Where rows come from, newest first. */
export interface RowSource<T> {
  page(limit: number, after: string | null, signal: AbortSignal): Promise<Page<T>>;
  keyOf(row: T): string;
  /** Whether a change says that there may be newer rows, or that some are others now. */
  isTouched(change: Change): boolean;
  /**
   * Of these rows those that the changes touched, as they are now, by key; null for one that is wanted no more. Without an
   * answer they are too many, and the list begins anew.
   */
  again(changes: readonly Change[], rows: readonly T[], signal: AbortSignal): Promise<Again<T> | null>;
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
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Rows<T> | null> {
  const { keyOf } = source;
  const known = new Set(before.rows.map(keyOf));
  const newest = await newestOf(source, known, signal);
  if (newest === null) return null;
  const fresh = new Map(newest.map((row) => [keyOf(row), row]));
  const old = before.rows.filter((row) => !fresh.has(keyOf(row)));
  const now = await source.again(changes, old, signal);
  if (now === null) return null;
  const kept = before.rows.flatMap((row) => {
    const key = keyOf(row);
    const found = fresh.get(key) ?? now.get(key);
    return found === null ? [] : [found ?? row];
  });
  return { ...before, rows: [...newest.filter((row) => !known.has(keyOf(row))), ...kept] };
}

/** The payments that changes told of. */
export const uetrsOf = (changes: readonly Change[]): ReadonlySet<string> =>
  new Set(changes.flatMap((change) => (change.topic === 'payments' ? change.uetrs : [])));

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
    let changes: Change[] = [];
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
        const asked = changes;
        changes = [];
        const before = current.current;
        return (before.isRead && (await renewed(source, before, asked, signal))) || first();
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
      if (!source.isTouched(change)) return;
      changes.push(change);
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
