/** Copies of the gateway that promise, bind and give back one wallet's money, in every order of their statements. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { inTransaction } from '../../src/gateway/platform/transaction.pg.js';
import type { QuoteId, Uetr } from '../../src/kernel/ids.js';
import { bindQuotes, insertBoundQuotes } from '../../src/pvp/desk-store.pg.js';
import { type Charge, type CounterKey, movementsOf } from '../../src/pvp/limits.js';
import type { SignedQuote } from '../../src/pvp/quote.js';
import { BANK, PROVIDER, storedSample, T0 } from '../pvp/desk-fixture.js';
import { deskStoreOf, emptied } from '../pvp/desk-store-of.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { everyOrder, type Session } from './stepper.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'), 12);
});
afterAll(() => database.drop());

const dayOf = () => '2026-01-15';
const OVER = T0 + 600_000;

/** A quote that promises 60 of a wallet that has 100. */
function sample(isOpen: boolean, targetAmountMinor = 60n, validUntil = OVER): SignedQuote {
  const signed = storedSample({ quoteId: randomUUID() as QuoteId, targetAmountMinor, validUntil });
  const charges = movementsOf(signed.quote, isOpen, dayOf).map(
    (movement): Charge => ({
      ...{ ...movement, most: movement.scope === 'wallet' ? 100n : null },
      why: { code: 'LIQUIDITY_INSUFFICIENT' },
    }),
  );
  return { ...signed, charges };
}
const fresh = async (...quotes: SignedQuote[]): Promise<void> => {
  const store = await emptied(database.pool);
  await store.openCounters(quotes.flatMap(({ charges }) => charges ?? []));
};
const amountOf = async (key: Partial<CounterKey>): Promise<bigint> => {
  const wallet = { scope: 'wallet', name: 'CN/cn-provider', day: '', measure: 'promised', currency: 'CNY' } as const;
  return (await deskStoreOf(database.pool).counters([{ ...wallet, ...key }]))[0]?.amount ?? 0n;
};
const openOf = (scope: 'bank' | 'provider') =>
  amountOf({ scope, name: scope === 'bank' ? BANK : PROVIDER, measure: 'openQuotes', currency: '' });

const quoted =
  (...quotes: SignedQuote[]): Session<string> =>
  async (pool) =>
    (await deskStoreOf(pool).insertQuotes(quotes)).map((why) => why?.code ?? 'stored').join();
const paid =
  (...quotes: SignedQuote[]): Session<string> =>
  (pool) =>
    inTransaction(pool, async (client) =>
      (
        await insertBoundQuotes(
          client,
          quotes,
          quotes.map(() => randomUUID() as Uetr),
        )
      )
        .map((why) => why?.code ?? 'stored')
        .join(),
    );
const lapsing: Session<string> = async (pool) => `${await deskStoreOf(pool).lapseQuotes(OVER, 10, dayOf)} lapsed`;
const bind = (client: pg.PoolClient, { quote }: SignedQuote) =>
  bindQuotes(client, [
    { quoteIds: [quote.quoteId], uetr: randomUUID() as Uetr, requesterBic: BANK, now: quote.validUntil - 1 },
  ]);
const binding =
  (signed: SignedQuote): Session<string> =>
  (pool) =>
    inTransaction(pool, async (client) => {
      const [outcome] = await bind(client, signed);
      return outcome?.ok ? 'bound' : (outcome?.error.code ?? '');
    });
const told = (outcomes: readonly PromiseSettledResult<string>[]): string[] =>
  outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });

describe('two copies that promise money of one wallet', () => {
  it.each([
    ['open quotes', true, true],
    ['payments without a quote', false, false],
    ['one of each', true, false],
  ])('%s: one has it, the other is told, and nothing beside', async (_, first, second) => {
    const { schedules } = await everyOrder(database.pool, 2, async () => {
      const quotes = [sample(first), sample(second)] as const;
      await fresh(...quotes);
      return {
        sessions: [first ? quoted(quotes[0]) : paid(quotes[0]), second ? quoted(quotes[1]) : paid(quotes[1])],
        async check(outcomes) {
          expect(told(outcomes).sort()).toEqual(['LIQUIDITY_INSUFFICIENT', 'stored']);
          expect(await amountOf({})).toBe(60n);
          const { rows } = await database.pool.query('SELECT 1 FROM fx_quote');
          expect(rows).toHaveLength(1);
        },
      };
    });
    expect(schedules).toBeGreaterThan(1);
  });

  it('batches crosswise, open quotes beside payments that bind and make others: no deadlock, exact sums', async () => {
    const { schedules } = await everyOrder(database.pool, 2, async () => {
      const [open, other, made] = [sample(true, 10n), sample(true, 20n), sample(false, 30n)];
      const further = sample(true, 40n);
      await fresh(open, other, made, further);
      await deskStoreOf(database.pool).insertQuotes([open, other]);
      const accepting: Session<string> = (pool) =>
        inTransaction(pool, async (client) => {
          await bind(client, open);
          return (await insertBoundQuotes(client, [made], [randomUUID() as Uetr]))[0]?.code ?? 'stored';
        });
      return {
        sessions: [accepting, quoted(further)],
        async check(outcomes) {
          expect(told(outcomes)).toEqual(['stored', 'stored']);
          expect([await amountOf({}), await openOf('bank'), await openOf('provider')]).toEqual([100n, 2n, 2n]);
        },
      };
    });
    expect(schedules).toBeGreaterThan(1);
  });
});

describe('a quote whose time is up', () => {
  it('is bound by one copy or lapses at the other, and its money is given back once, or not', async () => {
    const { schedules } = await everyOrder(database.pool, 2, async () => {
      const quote = sample(true);
      await fresh(quote);
      await deskStoreOf(database.pool).insertQuotes([quote]);
      return {
        sessions: [binding(quote), lapsing],
        async check(outcomes) {
          const [bound, lapsed] = told(outcomes);
          expect([`${bound} ${lapsed}`]).toEqual([bound === 'bound' ? 'bound 0 lapsed' : 'QUOTE_EXPIRED 1 lapsed']);
          const isBound = bound === 'bound';
          expect([await amountOf({}), await openOf('bank')]).toEqual([isBound ? 60n : 0n, 0n]);
          const day = { scope: 'bank', name: BANK, day: dayOf(), measure: 'lapsedQuotes', currency: '' } as const;
          expect(await amountOf(day)).toBe(isBound ? 0n : 1n);
        },
      };
    });
    expect(schedules).toBeGreaterThan(1);
  });

  it('lapses once at two copies that look at the same time, and makes room for a third', async () => {
    const { schedules } = await everyOrder(database.pool, 1, async () => {
      const [old, next] = [sample(true), sample(true, 60n, OVER + 1)];
      await fresh(old, next);
      await deskStoreOf(database.pool).insertQuotes([old]);
      return {
        sessions: [lapsing, lapsing, quoted(next)],
        async check(outcomes) {
          const [one, two, outcome] = told(outcomes);
          expect([one, two].sort()).toEqual(['0 lapsed', '1 lapsed']);
          expect(['stored', 'LIQUIDITY_INSUFFICIENT']).toContain(outcome);
          expect(await amountOf({})).toBe(outcome === 'stored' ? 60n : 0n);
        },
      };
    });
    expect(schedules).toBeGreaterThan(1);
  });
});
