/** What a page reads from the gateway, and reads again when it changes. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.js';
import { type Change, onChange } from './live.js';

export interface Resource<T> {
  readonly data: T | null;
  /** Of the last reading; what was read before stays. */
  readonly error: ApiError | null;
  readonly isLoading: boolean;
  reload(): void;
}

/** Changes come in bursts; what is shown is read again at most this often. */
const PAUSE_MS = 700;

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('PAGE', 0, String(error), 'later');

/**
 * Reads now, when `inputs` change (what was there is forgotten), and again after a change that `touches` says it touches.
 * One reading at a time.
 */
export function useResource<T>(
  load: (signal: AbortSignal) => Promise<T>,
  inputs: readonly unknown[],
  touches: (change: Change) => boolean = (change) => change.topic === 'everything',
): Resource<T> {
  const [state, setState] = useState<Omit<Resource<T>, 'reload'>>({ data: null, error: null, isLoading: true });
  const reloadNow = useRef<() => void>(() => {});
  const latest = useRef({ load, touches });
  latest.current = { load, touches };
  useEffect(() => {
    const aborter = new AbortController();
    let isReading = false;
    let isDue = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      if (isReading) {
        isDue = true;
        return;
      }
      isReading = true;
      isDue = false;
      setState((before) => ({ ...before, isLoading: true }));
      try {
        const data = await latest.current.load(aborter.signal);
        if (!aborter.signal.aborted) setState({ data, error: null, isLoading: false });
      } catch (error) {
        if (!aborter.signal.aborted) setState((before) => ({ ...before, error: asApiError(error), isLoading: false }));
      }
      timer = setTimeout(() => {
        isReading = false;
        if (isDue) void read();
      }, PAUSE_MS);
    };
    reloadNow.current = () => void read();
    setState({ data: null, error: null, isLoading: true });
    void read();
    const stop = onChange((change) => {
      if (latest.current.touches(change)) void read();
    });
    return () => {
      aborter.abort();
      clearTimeout(timer);
      stop();
    };
  }, inputs);
  return { ...state, reload: useCallback(() => reloadNow.current(), []) };
}

export interface Pages<T> extends Resource<{ readonly rows: readonly T[]; readonly next: string | null }> {
  readonly rows: readonly T[];
  readonly next: string | null;
  /** No page more is read: what is looked for is found by another way. */
  readonly isFull: boolean;
  /** Reads one page more. */
  more(): void;
}

/** Pages of one list: all of them are read again after a change. */
const PAGES_MAX = 20;

/** A list that is read page by page. It starts anew where its component does: give that a `key`. */
export function usePages<T>(
  readPage: (after: string | null, signal: AbortSignal) => Promise<{ rows: readonly T[]; next: string | null }>,
  inputs: readonly unknown[],
  touches?: (change: Change) => boolean,
): Pages<T> {
  const count = useRef(1);
  const resource = useResource(
    async (signal) => {
      const rows: T[] = [];
      let next: string | null = null;
      for (let i = 0; i < count.current; i++) {
        const page = await readPage(next, signal);
        rows.push(...page.rows);
        next = page.next;
        if (next === null) break;
      }
      return { rows, next };
    },
    inputs,
    touches,
  );
  const more = useCallback(() => {
    count.current = Math.min(PAGES_MAX, count.current + 1);
    resource.reload();
  }, [resource.reload]);
  const { rows = [], next = null } = resource.data ?? {};
  return { ...resource, rows, next, isFull: count.current >= PAGES_MAX, more };
}
