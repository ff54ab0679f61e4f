/** Waiting with a bound. */
import { pause } from '../crash-load.js';

const POLL_MS = 40;

/** Polls until it is true or the time is over; answers which. */
export async function until(isTrue: () => Promise<boolean>, maxMs: number): Promise<boolean> {
  for (const end = performance.now() + maxMs; performance.now() < end; await pause(POLL_MS)) {
    if (await isTrue()) return true;
  }
  return isTrue();
}

/** The promise's value; rejects when it takes longer. */
export async function within<T>(promise: Promise<T>, maxMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come`)), maxMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
