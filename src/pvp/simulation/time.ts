import type { Clock, Monotonic, Timers } from '../../kernel/clock.js';
import type { Random } from './random.js';

/**
 * Virtual time: everything that happens is an event at a moment, and events of one moment come in a seeded order.
 * Between two events all promises run as far as they can without a further event.
 */
export interface VirtualTime {
  /** Milliseconds since the start, with fractions. */
  now(): number;
  /** The answer takes the event back. */
  after(delayMs: number, run: () => void): () => void;
  /** Runs events until the moment, or until `isDone` says so (asked before each event); answers whether it did. */
  runTo(moment: number, isDone?: () => boolean): Promise<boolean>;
  readonly counts: { events: number };
}

/** Lets every promise that can run do so: the process entry gives a turn of the real event loop. */
export type Turn = () => Promise<void>;

interface Event {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export function createVirtualTime(random: Random, turn: Turn): VirtualTime {
  const heap: Event[] = [];
  const counts = { events: 0 };
  let now = 0;

  const push = (event: Event): void => {
    let at = heap.length;
    for (; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  };
  const pop = (): Event => {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  };

  return {
    counts,
    now: () => now,
    after(delayMs, run) {
      const event: Event = { at: now + Math.max(0, delayMs), order: random.next(), run };
      push(event);
      return () => {
        event.run = null;
      };
    },
    async runTo(moment, isDone = () => false) {
      await turn();
      for (;;) {
        if (isDone()) return true;
        const next = heap[0];
        if (!next || next.at > moment) break;
        const { run, at } = pop();
        if (run === null) continue;
        now = at;
        counts.events += 1;
        run();
        await turn();
      }
      now = Math.max(now, moment);
      return isDone();
    },
  };
}

/** One run of a process, from its start to its crash. What is left of a run that is over reaches nobody any more. */
export interface Life {
  isOver: boolean;
}

/** A machine's clock: it drifts and is set wrong. Its timers and its monotonic clock run at the drift's speed and don't see steps. */
export interface MachineClock extends Clock {
  /** Parts of real time by which it runs too fast. */
  drift(rate: number): void;
  step(byMs: number): void;
  /** Right again. */
  correct(): void;
  timers(life: Life): Timers;
  readonly monotonic: Monotonic;
}

export function createMachineClock(time: VirtualTime, startsAt: number): MachineClock {
  let rate = 0;
  let since = 0;
  let gained = 0;
  let stepped = 0;
  const elapsedMs = (): number => time.now() + gained + (time.now() - since) * rate;
  const drift = (next: number): void => {
    gained += (time.now() - since) * rate;
    since = time.now();
    rate = next;
  };
  return {
    now: () => Math.floor(startsAt + elapsedMs() + stepped),
    monotonic: { elapsedMs },
    drift,
    step(byMs) {
      stepped += byMs;
    },
    correct() {
      drift(0);
      stepped = -gained;
    },
    timers: (life) => ({
      after: (delayMs, run) =>
        time.after(delayMs / (1 + rate), () => {
          if (!life.isOver) run();
        }),
    }),
  };
}
