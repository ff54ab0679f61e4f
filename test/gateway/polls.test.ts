import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventPayments } from '../../src/gateway/event-payment.pg.js';
import { gatewayMigrations } from '../../src/gateway/migrations/index.js';
import { claimAbandoned, renewLease } from '../../src/gateway/payment-store.pg.js';
import { queuedPayments } from '../../src/gateway/queued-payment.pg.js';
import { queueMigration } from '../../src/pvp/migrations/queue.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

const PAYMENTS = 3_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase([...gatewayMigrations, queueMigration]);
  // Nothing is analysed: a planner that knows no table must not read all of one either.
  await database.pool.query(
    `INSERT INTO payment (sender, msg_id, tx_index, uetr, owns_uetr, claimed_by, state, status, facts, differences,
                          accepted_at, closed_at)
     SELECT 'AAAAKZ20', 'M' || n, 0, gen_random_uuid()::text, true, 'dead', 'CLOSED', 'ACCC', '{}', '[]', n, n
       FROM generate_series(1, $1) AS n`,
    [PAYMENTS],
  );
  await database.pool.query(`INSERT INTO gateway_instance (instance_id, lease_until) VALUES ('dead', 0)`);
  await renewLease(database.pool, 'own', 60_000);
});
afterAll(() => database.drop());

it.each([
  ['the queue for liquidity', (pool: pg.Pool) => queuedPayments(pool)],
  ['payments of dead copies', (pool: pg.Pool) => claimAbandoned(pool, 'own', 500)],
  ['payments that wait for events', (pool: pg.Pool) => eventPayments(pool, 'own', '', 500)],
])('a look for %s reads no payment that has ended', async (_, look) => {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    expect(await look(client as unknown as pg.Pool)).toEqual([]);
    const { rows } = await client.query(
      `SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read
         FROM pg_stat_xact_user_tables WHERE relname = 'payment'`,
    );
    expect(rows).toEqual([{ read: 0 }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
