/**
 * Group commit: while one batch is in flight the next gathers. There is no timer, so a lone item never waits.
 * Queue and batch are bounded: a full queue answers by rejecting with {@link QueueFullError}.
 */
export interface Batcher<I, O> {
  submit(item: I): Promise<O>;
  /** Resolves when nothing is queued or in flight. */
  idle(): Promise<void>;
  /** Batches and their items since the start, and items that wait for theirs now. */
  readonly counts: BatchCounts;
}

export interface BatchCounts {
  readonly batches: number;
  readonly items: number;
  readonly queued: number;
}

export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (reason: unknown) => void;
}

export interface BatcherOptions {
  readonly batchMax: number;
  readonly queueMax: number;
}

/**
 * `flush` gets 1..batchMax items and answers one outcome per item, in order. If it throws, every item of that
 * batch is rejected with the same error and the next batch goes on.
 */
export function createBatcher<I, O>(
  flush: (items: readonly I[]) => Promise<readonly O[]>,
  options: BatcherOptions,
): Batcher<I, O> {
  const queue: Waiting<I, O>[] = [];
  const counts = {
    batches: 0,
    items: 0,
    get queued() {
      return queue.length;
    },
  };
  let running = false;
  let idleWaiters: (() => void)[] = [];

  const run = async (): Promise<void> => {
    running = true;
    // One turn of the microtask queue lets callers of the same tick join the first batch.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, options.batchMax);
      counts.batches += 1;
      counts.items += batch.length;
      try {
        const outcomes = await flush(batch.map((waiting) => waiting.item));
        if (outcomes.length !== batch.length) throw new Error('a batch answers one outcome per item');
        batch.forEach((waiting, i) => {
          waiting.resolve(outcomes[i] as O);
        });
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    running = false;
    for (const wake of idleWaiters) wake();
    idleWaiters = [];
  };

  return {
    counts,
    submit: (item) =>
      new Promise<O>((resolve, reject) => {
        if (queue.length >= options.queueMax) {
          reject(new QueueFullError('the queue is full'));
          return;
        }
        queue.push({ item, resolve, reject });
        if (!running) void run();
      }),
    idle: () => (running ? new Promise<void>((resolve) => idleWaiters.push(resolve)) : Promise.resolve()),
  };
}
