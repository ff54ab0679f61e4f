import type { Timers } from './clock.js';

/** What was asked did not answer in time; whether it was done is not known. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** The answer of `asked`, or {@link TimeLimitError} after `limitMs`; an answer that comes later is dropped. */
export function within<T>(timers: Timers, limitMs: number, asked: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = timers.after(limitMs, () => reject(new TimeLimitError(`no answer within ${limitMs} ms`)));
    asked.then(resolve, reject).finally(cancel);
  });
}
