import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { inTransaction as runTransaction } from '../../src/gateway/platform/transaction.pg.js';
import { insertBoundQuotes } from '../../src/pvp/desk-store.pg.js';
import { positionMigration } from '../../src/pvp/migrations/positions.js';
import { bookTrades, findPositions, positionsOfTrades, takeUpTrades } from '../../src/pvp/position-store.pg.js';
import { positionName, tradeOf } from '../../src/pvp/positions.js';
import type { Quote } from '../../src/pvp/quote.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { OTHER_PROVIDER, PROVIDER, quoteId, storedSample, T0, uetr } from './desk-fixture.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'));
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('TRUNCATE fx_quote, fx_trade, fx_position');
});

const inTransaction = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  runTransaction(database.pool, work);

/** Quotes of payments, in the store. */
async function bound(changes: readonly Partial<Quote>[]): Promise<Quote[]> {
  const samples = changes.map((change, i) => storedSample({ quoteId: quoteId(i + 1), ...change }));
  await inTransaction((client) =>
    insertBoundQuotes(
      client,
      samples,
      samples.map((_, i) => uetr(i)),
    ),
  );
  return samples.map(({ quote }) => quote);
}

const kztToCny = (n: number): Partial<Quote> => ({ sourceAmountMinor: BigInt(n) * 74n, targetAmountMinor: BigInt(n) });
const cnyToKzt = (n: number): Partial<Quote> => ({
  ...{ sourceCurrency: 'CNY', targetCurrency: 'KZT' },
  ...{ sourceAmountMinor: BigInt(n), targetAmountMinor: BigInt(n) * 73n },
});

/** What the audit would find: positions that are not what the trades come to, in their order. */
const differences = () =>
  inTransaction(async (client) => {
    const due = await positionsOfTrades(client);
    const stored = await findPositions(client);
    expect(stored).toHaveLength(due.size);
    return stored.filter((one) => JSON.stringify(text(one)) !== JSON.stringify(text(due.get(positionName(one)))));
  });
const text = (value: unknown) => JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v)));
const tradeCount = async () => (await database.pool.query('SELECT count(*)::int AS n FROM fx_trade')).rows[0].n;

describe('trades and positions', () => {
  test('what is rolled back is not booked', async () => {
    const quotes = await bound([kztToCny(100)]);
    const failing = inTransaction(async (client) => {
      await bookTrades(client, quotes, T0);
      throw new Error('the settlement failed');
    });
    await expect(failing).rejects.toThrow('the settlement failed');
    expect([await tradeCount(), await findPositions(database.pool)]).toEqual([0, []]);
    await inTransaction((client) => bookTrades(client, quotes, T0));
    expect(await tradeCount()).toBe(1);
  });

  test('two copies that book the same quote: once, and the positions are those of one', async () => {
    const quotes = await bound([kztToCny(100), cnyToKzt(40)]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, (_, i) =>
        inTransaction((client) => bookTrades(client, i % 2 ? quotes : [...quotes].reverse(), T0)),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await tradeCount()).toBe(2);
    expect(await differences()).toEqual([]);
    // Whoever was refused tries again, and finds that it is done.
    await inTransaction((client) => bookTrades(client, quotes, T0));
    expect(await tradeCount()).toBe(2);
  });

  test('copies that book at once, in crossed orders: every trade once, in one order a provider, no deadlock', async () => {
    const changes = Array.from({ length: 60 }, (_, i) => ({
      ...(i % 3 === 0 ? cnyToKzt(i + 1) : kztToCny(i + 1)),
      providerBic: i % 2 === 0 ? PROVIDER : OTHER_PROVIDER,
    }));
    const quotes = await bound(changes);
    const batches = Array.from({ length: 12 }, (_, i) => quotes.slice(i * 5, i * 5 + 5));
    await Promise.all(
      batches.map((batch, i) =>
        inTransaction((client) => bookTrades(client, i % 2 ? batch : [...batch].reverse(), T0)),
      ),
    );
    expect(await tradeCount()).toBe(60);
    expect(await differences()).toEqual([]);
    const positions = await findPositions(database.pool);
    const moved = (currency: string) =>
      quotes.reduce((sum, quote) => {
        const { sourceCurrency, sourceMinor, targetCurrency, targetMinor } = tradeOf(quote);
        return (
          sum + (sourceCurrency === currency ? sourceMinor : 0n) - (targetCurrency === currency ? targetMinor : 0n)
        );
      }, 0n);
    for (const currency of ['CNY', 'KZT'])
      expect(
        positions.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.positionMinor, 0n),
      ).toBe(moved(currency));
  });

  test('of any quotes, in any batches, repeated at will: the sum of what is booked is the sum of the quotes', async () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 17n });
    const oneQuote = fc.record({
      ...{ sourceAmountMinor: amounts, targetAmountMinor: amounts },
      providerBic: fc.constantFrom(PROVIDER, OTHER_PROVIDER),
      pair: fc.constantFrom<[string, string]>(['KZT', 'CNY'], ['CNY', 'KZT'], ['KZT', 'USD'], ['USD', 'CNY']),
      residue: fc.constantFrom('0', '0.25', '-0.40740740740740740741'),
      fixedSide: fc.constantFrom('source' as const, 'target' as const),
    });
    const plan = fc.record({
      quotes: fc.array(oneQuote, { minLength: 1, maxLength: 12 }),
      batches: fc.array(fc.array(fc.nat(11), { maxLength: 6 }), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ quotes, batches }) => {
        await database.pool.query('TRUNCATE fx_quote, fx_trade, fx_position');
        const made = await bound(
          quotes.map(({ pair, ...quote }) => ({ ...quote, sourceCurrency: pair[0], targetCurrency: pair[1] })),
        );
        const named = batches.map((batch) => batch.flatMap((i) => made[i] ?? []));
        for (const batch of named) await inTransaction((client) => bookTrades(client, batch, T0));
        const booked = [...new Map(named.flat().map((quote) => [quote.quoteId, quote])).values()];
        expect(await tradeCount()).toBe(booked.length);
        expect(await differences()).toEqual([]);
        const positions = await findPositions(database.pool);
        for (const provider of [PROVIDER, OTHER_PROVIDER])
          for (const currency of ['CNY', 'KZT', 'USD']) {
            const own = booked.filter(({ providerBic }) => providerBic === provider);
            const due = own.reduce(
              (sum, quote) =>
                sum +
                (quote.sourceCurrency === currency ? quote.sourceAmountMinor : 0n) -
                (quote.targetCurrency === currency ? quote.targetAmountMinor : 0n),
              0n,
            );
            const found = positions.filter((one) => one.providerBic === provider && one.currency === currency);
            expect(found.reduce((sum, one) => sum + one.positionMinor, 0n)).toBe(due);
          }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an installation that settled payments before there were positions', () => {
  test('each is booked by its legs, and the positions are made of them once', async () => {
    const before = migrationsOf('gateway').filter(({ id }) => id < positionMigration.id);
    const old = await testDatabase(before);
    try {
      const insert = (n: number, status: string, facts: object, closedAt: number | null) =>
        old.pool.query(
          `INSERT INTO payment (sender, msg_id, tx_index, uetr, owns_uetr, state, status, facts, differences, accepted_at, closed_at)
           VALUES ('S', $1, 0, $2, true, 'CLOSED', $3, $4, '[]', 1, $5)`,
          [`M${n}`, uetr(n), status, facts, closedAt],
        );
      const quote = (n: number, provider: string, payment: number, currency: string, gain: string) =>
        old.pool.query(
          `INSERT INTO fx_quote (quote_id, provider_bic, quote, signature, valid_until, residue_currency, residue_gain,
             bound_uetr, bound_at) VALUES ($1, $2, '', '', 1, $3, $4, $5, 1)`,
          [quoteId(n), provider, currency, gain, uetr(payment)],
        );
      const leg = (amountMinor: string, currency: string) => ({ amountMinor, currency });
      await quote(1, `${PROVIDER}XXX`, 1, 'CNY', '0');
      await insert(1, 'ACCC', { quoteId: quoteId(1), legs: [leg('7410', 'KZT'), leg('100', 'CNY')] }, 20);
      // Through USD: a provider a step.
      await quote(2, PROVIDER, 2, 'USD', '-0.25');
      await quote(3, OTHER_PROVIDER, 2, 'CNY', '0.5');
      await insert(
        2,
        'ACSC',
        {
          ...{ quoteId: quoteId(2), steps: [{ quoteId: quoteId(2) }, { quoteId: quoteId(3) }] },
          legs: [leg('1000', 'KZT'), leg('2', 'USD'), leg('14', 'CNY')],
        },
        10,
      );
      await quote(4, PROVIDER, 3, 'CNY', '0');
      await insert(3, 'RJCT', { quoteId: quoteId(4), legs: [leg('1', 'KZT'), leg('1', 'CNY')] }, 5);
      await old.pool.query(
        'INSERT INTO fx_residue SELECT quote_id, provider_bic, residue_currency, residue_gain, 1 FROM fx_quote',
      );
      for (const { id, sql } of migrationsOf('gateway')) if (id >= positionMigration.id) await old.pool.query(sql);
      const booked = await old.pool.query(
        'SELECT quote_id, source_minor, target_minor, booked_at FROM fx_trade ORDER BY sequence',
      );
      expect(booked.rows.map((row) => Object.values(row).map(String))).toEqual([
        [quoteId(2), '1000', '2', '10'],
        [quoteId(3), '2', '14', '10'],
        [quoteId(1), '7410', '100', '20'],
      ]);
      for (let i = 0; i < 2; i += 1) await runTransaction(old.pool, takeUpTrades);
      const positions = await findPositions(old.pool);
      expect(
        positions.map((one) => [one.providerBic, one.currency, one.against, one.positionMinor, one.residue]),
      ).toEqual([
        [OTHER_PROVIDER, 'CNY', 'USD', -14n, '0.5'],
        [OTHER_PROVIDER, 'USD', 'CNY', 2n, '0'],
        [PROVIDER, 'CNY', 'KZT', -100n, '0'],
        [PROVIDER, 'KZT', 'CNY', 7410n, '0'],
        [PROVIDER, 'KZT', 'USD', 1000n, '0'],
        [PROVIDER, 'USD', 'KZT', -2n, '-0.25'],
      ]);
    } finally {
      await old.drop();
    }
  });
});
