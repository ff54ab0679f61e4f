import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Monotonic, Randomness, Timers } from '../../kernel/clock.js';

/** The machine's wall clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The machine's monotonic clock. */
export const systemMonotonic: Monotonic = { elapsedMs: () => performance.now() };

/** Real timers. A pending one doesn't keep the process alive: the server's sockets do. */
export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The operating system's secure generator. */
export const systemRandomness: Randomness = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  uuid: () => randomUUID(),
};

/** Waits `delayMs` of real time and, unlike {@link systemTimers}, keeps the process alive meanwhile. */
export const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

/** Resolves when every promise that can run has run, before anything else of this process does. */
export const afterPromises = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Resolves when everything else of this process that waits had its turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
