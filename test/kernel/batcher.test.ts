import { describe, expect, it } from 'vitest';
import { createBatcher, QueueFullError } from '../../src/kernel/batcher.js';

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('batcher', () => {
  it('lets a lone item go at once and gathers the rest behind it', async () => {
    const first = gate();
    const sizes: number[] = [];
    const batcher = createBatcher<number, number>(
      async (items) => {
        sizes.push(items.length);
        if (sizes.length === 1) await first.opened;
        return items.map((item) => item * 2);
      },
      { batchMax: 10, queueMax: 100 },
    );
    const one = batcher.submit(1);
    await Promise.resolve();
    await Promise.resolve();
    const rest = Array.from({ length: 25 }, (_, i) => batcher.submit(i + 2));
    expect(batcher.counts).toEqual({ batches: 1, items: 1, queued: 25 });
    first.open();
    expect(await one).toBe(2);
    expect(await Promise.all(rest)).toEqual(Array.from({ length: 25 }, (_, i) => (i + 2) * 2));
    expect(sizes).toEqual([1, 10, 10, 5]);
    expect(batcher.counts).toEqual({ batches: 4, items: 26, queued: 0 });
  });

  it('rejects the items of a failed batch and goes on', async () => {
    let runs = 0;
    const batcher = createBatcher<string, string>(
      async (items) => {
        runs += 1;
        if (runs === 1) throw new Error('disk full');
        return items;
      },
      { batchMax: 1, queueMax: 10 },
    );
    const results = await Promise.allSettled([batcher.submit('a'), batcher.submit('b')]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
  });

  it('rejects at once when the queue is full', async () => {
    const first = gate();
    const batcher = createBatcher<number, number>(
      async (items) => {
        await first.opened;
        return items;
      },
      { batchMax: 1, queueMax: 2 },
    );
    const accepted = [batcher.submit(1), batcher.submit(2)];
    await expect(batcher.submit(3)).rejects.toBeInstanceOf(QueueFullError);
    first.open();
    await Promise.all(accepted);
  });

  it('is idle only when nothing is queued or in flight', async () => {
    const first = gate();
    const batcher = createBatcher<number, number>(
      async (items) => {
        await first.opened;
        return items;
      },
      { batchMax: 5, queueMax: 5 },
    );
    const events: string[] = [];
    const done = batcher.submit(1).then(() => events.push('done'));
    const idle = batcher.idle().then(() => events.push('idle'));
    first.open();
    await Promise.all([done, idle]);
    expect(events).toEqual(['done', 'idle']);
    await batcher.idle();
  });

  it('refuses a flush that loses an answer', async () => {
    const batcher = createBatcher<number, number>(async () => [], { batchMax: 5, queueMax: 5 });
    await expect(batcher.submit(1)).rejects.toThrow('one outcome per item');
  });
});
