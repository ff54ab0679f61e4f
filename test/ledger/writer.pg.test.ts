import { afterEach, describe, expect, it } from 'vitest';
import { createPool } from '../../src/gateway/platform/pool.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { CommitOutcomeUnknownError, type LedgerStore } from '../../src/ledger/store.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { codes, done, issue, money, open, openLedger, place, settle, transfer, w } from './support.js';

describe('ledger writer on PostgreSQL', () => {
  let database: TestDatabase;
  afterEach(() => database.drop());

  it('pays from a wallet of 100,000 small tokens and reads eight of them', async () => {
    database = await testDatabase(ledgerMigrations);
    const store = createPgStore(database.pool);
    const first = await openLedger(store);
    await codes(first, [open('a'), open('b'), issue('i1', 'b', 100_000n)]);
    // One issue split in place: the sums of wallet and supply stay what they were.
    await database.pool.query(`
      WITH gone AS (DELETE FROM token RETURNING made_in, token_id)
      INSERT INTO token (made_in, made_at, token_id, held, wallet_id, amount_minor)
      SELECT made_in, n, substring(token_id FOR 32) || int4send(n), false, 'b', 1
      FROM gone, generate_series(0, 99999) AS n`);
    await database.pool.query(`UPDATE wallet SET token_count = 100000 WHERE wallet_id = 'b'`);
    await database.pool.query('ANALYZE token');
    const ledger = await openLedger(store);
    await done(ledger, transfer('t1', 'b', 'a', 5n));
    expect(ledger.counts.tokensLoaded).toBeLessThanOrEqual(8);
    await done(ledger, place('p1', 'b', 'a', 3000n));
    expect(ledger.counts.tokensLoaded).toBeLessThanOrEqual(8 + 4200);
    await done(ledger, settle('p1'));
    await done(ledger, { kind: 'consolidate', walletId: w('b'), inputCountMax: 500 });
    expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['3005/0', '96995/0']);
    expect(await store.sums()).toMatchObject({ walletMismatchCount: 0, unspentMinor: 100_000n });
  });

  it('reads and writes a block of a hundred holds in three statements, and their end in one', async () => {
    database = await testDatabase(ledgerMigrations);
    const pool = createPool(database.url, { max: 1 });
    try {
      const ledger = await openLedger(createPgStore(pool));
      await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100_000n)]);
      const client = await pool.connect();
      let statements = 0;
      const query = client.query.bind(client);
      client.query = ((...args: Parameters<typeof query>) => {
        statements += 1;
        return query(...args);
      }) as typeof client.query;
      client.release();
      const refs = Array.from({ length: 100 }, (_, i) => `p${i}`);
      const results = await codes(
        ledger,
        refs.map((ref) => place(ref, 'a', 'b', 10n)),
      );
      expect(new Set(results)).toEqual(new Set(['ok']));
      expect(statements).toBe(3);
      statements = 0;
      await codes(
        ledger,
        refs.map((ref) => settle(ref)),
      );
      expect(statements).toBe(1);
      expect(await money(ledger, 'b')).toBe('1000/0');
    } finally {
      await pool.end();
    }
  });

  it.each([true, false])(
    'reads the head again after a commit of unknown outcome (committed: %s)',
    async (committed) => {
      database = await testDatabase(ledgerMigrations);
      const real = createPgStore(database.pool);
      let lost = false;
      const store: LedgerStore = {
        ...real,
        commitBlock: async (commit) => {
          if (!lost) return real.commitBlock(commit);
          lost = false;
          if (committed) await real.commitBlock(commit);
          throw new CommitOutcomeUnknownError('the outcome of the commit is unknown');
        },
      };
      const ledger = await openLedger(store);
      await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
      lost = true;
      await expect(ledger.submit(transfer('t1', 'a', 'b', 60n))).rejects.toThrow(CommitOutcomeUnknownError);
      await done(ledger, transfer('t1', 'a', 'b', 60n));
      await done(ledger, transfer('t2', 'a', 'b', 1n));
      expect(await money(ledger, 'b')).toBe('61/0');
    },
  );

  it('rolls a failed block back whole and goes on', async () => {
    database = await testDatabase(ledgerMigrations);
    const ledger = await openLedger(createPgStore(database.pool));
    await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await database.pool.query('ALTER TABLE token ADD CONSTRAINT broken CHECK (amount_minor <> 61)');
    await expect(ledger.submit(transfer('t1', 'a', 'b', 61n))).rejects.toThrow(/broken/);
    expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['100/0', '0/0']);
    await done(ledger, transfer('t1', 'a', 'b', 60n));
    expect(await money(ledger, 'b')).toBe('60/0');
  });
});
