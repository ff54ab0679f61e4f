import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { inTransaction as runTransaction } from '../../src/gateway/platform/transaction.pg.js';
import type { Rate } from '../../src/pvp/conversion.js';
import type { RateKey } from '../../src/pvp/desk-store.js';
import { bindQuotes, createPgDeskStore } from '../../src/pvp/desk-store.pg.js';
import { flatCard } from '../../src/pvp/rates.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { BANK, CNY_KZT, KZT_CNY, PROVIDER, quoteId, storedSample, T0, uetr } from './desk-fixture.js';
import { describeDeskStore, type StoreUnderTest } from './desk-store.contract.js';
import { emptied } from './desk-store-of.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'));
});
afterAll(() => database.drop());

const inTransaction = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  runTransaction(database.pool, work);

const emptyStore = (): Promise<StoreUnderTest> => emptied(database.pool);

/** Resolves when a session of this database waits for a lock; every question is a round trip to the server. */
async function untilOneWaits(): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

/** The migration that made cards of rates. */
const CARDS = 2001;

describe('desk store in PostgreSQL', () => {
  describeDeskStore(emptyStore);

  test('rates of before there were cards: each stays, for its direction', async () => {
    const all = migrationsOf('gateway');
    const cards = all.findIndex(({ id }) => id === CARDS);
    const [before, later] = [all.slice(0, cards), all.slice(cards)];
    const old = await testDatabase(before);
    try {
      await old.pool.query(
        `INSERT INTO fx_rate (provider_bic, source_currency, target_currency, rate, set_at, set_by)
         VALUES ($1, 'KZT', 'CNY', 0.0134, 1, 'd'), ($1, 'CNY', 'KZT', 73, 2, 'd'), ($1, 'KZT', 'CNY', 0.0135, 3, 'e')`,
        [PROVIDER],
      );
      for (const { sql } of later) await old.pool.query(sql);
      const store = createPgDeskStore(old.pool);
      const { rates, halts } = await store.market([PROVIDER], T0);
      expect(halts).toEqual([]);
      const one = (pair: RateKey, rate: string, setAt: number, setBy: string) => ({
        card: flatCard(pair, rate as Rate, setAt),
        ...{ asOf: setAt, setAt, setBy, approvedBy: null, sequence: expect.any(Number) },
      });
      expect([...rates].sort((a, b) => a.sequence - b.sequence)).toEqual([
        one(CNY_KZT, '73', 2, 'd'),
        one(KZT_CNY, '0.0135', 3, 'e'),
      ]);
    } finally {
      await old.drop();
    }
  });

  test('a binding that is rolled back leaves the quote open', async () => {
    const store = await emptyStore();
    await store.insertQuotes([storedSample()]);
    const failing = inTransaction(async (client) => {
      const item = { quoteIds: [quoteId(1)], uetr: uetr(1), requesterBic: BANK, now: T0 };
      expect((await bindQuotes(client, [item]))[0]?.ok).toBe(true);
      throw new Error('the acceptance failed');
    });
    await expect(failing).rejects.toThrow('the acceptance failed');
    expect((await store.findQuote(quoteId(1)))?.boundUetr).toBeNull();
  });

  test('an acceptance waits for another that names the same quote, and then finds it used', async () => {
    const store = await emptyStore();
    await store.insertQuotes([storedSample()]);
    const item = { quoteIds: [quoteId(1)], requesterBic: BANK, now: T0 };
    let second: ReturnType<StoreUnderTest['bindQuotes']> | undefined;
    const first = await inTransaction(async (client) => {
      const outcome = await bindQuotes(client, [{ ...item, uetr: uetr(1) }]);
      second = store.bindQuotes([{ ...item, uetr: uetr(2) }]);
      await untilOneWaits();
      return outcome;
    });
    expect(first[0]?.ok).toBe(true);
    expect(await second).toEqual([{ ok: false, error: { code: 'QUOTE_USED' } }]);
    expect((await store.findQuote(quoteId(1)))?.boundUetr).toBe(uetr(1));
  });

  test('quotes are locked in the order of their ids, whatever order they are stored and named in', async () => {
    const store = await emptyStore();
    await store.insertQuotes([storedSample({ quoteId: quoteId(2) }), storedSample({ quoteId: quoteId(1) })]);
    const item = { requesterBic: BANK, now: T0 };
    const second = await inTransaction(async (client) => {
      await bindQuotes(client, [{ ...item, quoteIds: [quoteId(2)], uetr: uetr(2) }]);
      const waiting = store.bindQuotes([2, 1].map((n) => ({ ...item, quoteIds: [quoteId(n)], uetr: uetr(10 + n) })));
      await untilOneWaits();
      // It waits for the second quote and holds the first already.
      const free = await client.query('SELECT quote_id FROM fx_quote WHERE quote_id = $1 FOR UPDATE SKIP LOCKED', [
        quoteId(1),
      ]);
      expect(free.rows).toEqual([]);
      return { waiting };
    });
    expect((await second.waiting).map((outcome) => outcome.ok)).toEqual([false, true]);
  });

  test('racing acceptances that name the same quotes in opposite orders: one payment a quote, no deadlock', async () => {
    const store = await emptyStore();
    const ids = Array.from({ length: 20 }, (_, i) => quoteId(i + 1));
    await store.insertQuotes(ids.map((id) => storedSample({ quoteId: id })));
    const racers = Array.from({ length: 6 }, (_, racer) => {
      const items = ids.map((id, i) => ({ quoteIds: [id], uetr: uetr(racer * 100 + i), requesterBic: BANK, now: T0 }));
      return store.bindQuotes(racer % 2 === 0 ? items : items.reverse());
    });
    const outcomes = (await Promise.all(racers)).flat();
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(ids.length);
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]));
    expect(new Set(refused)).toEqual(new Set(['QUOTE_USED']));
  });
});
