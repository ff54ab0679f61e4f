import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { inTransaction } from '../../src/gateway/platform/transaction.pg.js';
import { insertQueued, type QueueRow } from '../../src/gateway/queued-payment.pg.js';
import type { Uetr } from '../../src/kernel/ids.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'));
  pool = database.pool;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await pool.query('DELETE FROM fx_queue');
});

const rows = (count: number): QueueRow[] =>
  Array.from({ length: count }, () => ({
    uetr: randomUUID() as Uetr,
    priority: 'NORM',
    wallets: ['CN/CN-FX-PROVIDER', 'CN/CN-FX-SILKCN20'],
  }));
const add = (given: readonly QueueRow[], countMax: number) =>
  inTransaction(pool, (client) => insertQueued(client, given, countMax));
const stored = async () => (await pool.query('SELECT uetr, priority, wallets FROM fx_queue')).rows;

it('takes as many as there are places, in their order', async () => {
  const given = rows(4);
  expect(await add(given.slice(0, 1), 3)).toEqual(new Set([given[0]!.uetr]));
  expect(await add(given.slice(1), 3)).toEqual(new Set([given[1]!.uetr, given[2]!.uetr]));
  expect(await add(rows(1), 3)).toEqual(new Set());
  expect(await stored()).toEqual(expect.arrayContaining(given.slice(0, 3)));
});

it('gives the last place to one of two copies', async () => {
  const [one, other] = [rows(1), rows(1)];
  let second: Promise<Set<string>> = Promise.resolve(new Set());
  const first = await inTransaction(pool, async (client) => {
    const taken = await insertQueued(client, one, 1);
    second = add(other, 1);
    // Until the first is durable the second knows nothing of it, and waits.
    const isWaiting = 'SELECT FROM pg_locks WHERE NOT granted AND locktype = $1';
    while ((await pool.query(isWaiting, ['advisory'])).rowCount === 0);
    return taken;
  });
  expect([first.size, (await second).size, (await stored()).length]).toEqual([1, 0, 1]);
});
