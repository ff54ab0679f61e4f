import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { emptied } from './desk-store-of.js';
import { ask, deskOver, play, step } from './reserve-steps.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'), 12);
});
afterAll(() => database.drop());

test('in PostgreSQL too, no more is promised than there is, and in the end nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) =>
      play(await emptied(database.pool), steps),
    ),
    { numRuns: 12 },
  );
});

test('many desks at once for too little: as many get a quote as there is money for', async () => {
  const store = await emptied(database.pool);
  const wallets = new Map([
    ['cn-provider', 1_000n],
    ['cn-second', 0n],
  ]);
  const desks = [];
  for (let i = 0; i < 6; i += 1) desks.push(await deskOver(store, wallets, { uuid: randomUUID }));
  const made = await Promise.all(desks.flatMap(({ desk }) => [desk.quote(ask(10_000n)), desk.quote(ask(10_000n))]));
  const refused = made.flatMap((offer) => (offer.ok ? [] : [offer.error.code]));
  expect(refused).toEqual(Array.from({ length: 7 }, () => 'LIQUIDITY_INSUFFICIENT'));
  expect(await desks[0]!.reserved('cn-provider')).toBe(1_000n);
});
