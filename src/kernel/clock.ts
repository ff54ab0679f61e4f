/** Wall-clock time as milliseconds since 1970-01-01T00:00:00Z. Only the process entry owns a real one. */
export interface Clock {
  now(): number;
}

/** Milliseconds since some moment, on a clock that nobody sets and that never goes back. */
export interface Monotonic {
  elapsedMs(): number;
}

/** Waits and timers, so that a simulation can own time. `after` calls `run` once; the answer cancels it. */
export interface Timers {
  after(delayMs: number, run: () => void): () => void;
}

/** Source of unpredictable bytes and of UUIDv4 identifiers. */
export interface Randomness {
  bytes(count: number): Uint8Array;
  uuid(): string;
}

export const isoTime = (at: number): string => new Date(at).toISOString();
