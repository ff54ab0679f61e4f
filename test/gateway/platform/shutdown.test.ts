import { describe, expect, it } from 'vitest';
import { createShutdown } from '../../../src/gateway/platform/shutdown.js';

describe('shutdown', () => {
  it('stops in reverse order, once, past failures and past what never ends', async () => {
    const order: string[] = [];
    const reports: string[] = [];
    const shutdown = createShutdown({ eachMaxMs: 50, report: (name, reason) => reports.push(`${name}: ${reason}`) });
    shutdown.onStop('database', async () => {
      order.push('database');
    });
    shutdown.onStop('pool', () => {
      order.push('pool');
      throw new Error('lost');
    });
    shutdown.onStop('worker', () => {
      order.push('worker');
      return new Promise<void>(() => undefined);
    });
    shutdown.onStop('listener', () => {
      order.push('listener');
    });
    const [failed] = await Promise.all([shutdown.stop(), shutdown.stop()]);
    expect(order).toEqual(['listener', 'worker', 'pool', 'database']);
    expect(failed).toEqual(['worker', 'pool']);
    expect(reports).toEqual(['worker: Error: did not end within 50 ms', 'pool: Error: lost']);
  });
});
