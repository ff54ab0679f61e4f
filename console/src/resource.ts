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
