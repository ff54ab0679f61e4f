import type { Timers } from '../kernel/clock.js';

export interface Repeating {
  start(): void;
  /** Resolves when the round under way has ended; there will be no other. */
  stop(): Promise<void>;
}

/** Does something again and again, one round at a time, until stopped. */
export function repeating(
  { timers, onFailure }: { readonly timers: Timers; readonly onFailure: (what: string, error: unknown) => void },
  everyMs: number,
  act: () => Promise<unknown>,
): Repeating {
  let stopped = false;
  let cancel = () => {};
  let round: Promise<void> = Promise.resolve();
  const schedule = () => {
    if (stopped) return;
    cancel = timers.after(everyMs, () => {
      round = act()
        .catch((error: unknown) => onFailure('upkeep', error))
        .then(schedule);
    });
  };
  return {
    start: schedule,
    stop: async () => {
      stopped = true;
      cancel();
      await round;
    },
  };
}
