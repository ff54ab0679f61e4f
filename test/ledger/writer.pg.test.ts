import { afterEach, describe, expect, it } from 'vitest';
import { createPool } from '../../src/gateway/platform/pool.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import type { StoredView } from '../../src/ledger/model.js';
import { CommitOutcomeUnknownError, type LedgerStore } from '../../src/ledger/store.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { codes, done, issue, money, open, openLedger, place, settle, transfer, w } from './support.js';

const emptyView = (): StoredView => ({
  ...{ wallets: new Map(), soleWallets: new Map(), awaited: new Set(), accounts: new Map() },
  ...{ references: new Map(), holds: new Map(), heldTokens: new Map(), pockets: new Map(), entries: new Map() },
});

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

  it.each([
    ['a token that it spends', 'UPDATE token SET spent_in = 1, spent_at = 0 WHERE held', settle('p1')],
    ['a hold that it ends', `UPDATE hold SET state = 'RELEASED', ended_in = 1, ended_by = 0`, settle('p1')],
    ['a wallet that it changes', `UPDATE wallet SET wallet_id = 'x' WHERE wallet_id = 'b'`, settle('p1')],
    ['a reference that it takes', `UPDATE hold SET condition_ref = 'p2'`, place('p2', 'a', 'b', 1n)],
  ])('writes nothing of a block when somebody else changed %s', async (_what, change, command) => {
    database = await testDatabase(ledgerMigrations);
    const store = createPgStore(database.pool);
    // What the writer read before the change is what it believes: the store must not.
    const believing: LedgerStore = { ...store, loadView: async () => emptyView() };
    const ledger = await openLedger(believing);
    await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await done(ledger, place('p1', 'a', 'b', 60n));
    const before = await database.pool.query('SELECT sequence FROM ledger_head');
    await database.pool.query(change);
    await expect(ledger.submit(command)).rejects.toThrow(/invariant broken|hold_pkey/);
    const counts = `SELECT (SELECT sequence FROM ledger_head) AS sequence,
      (SELECT count(*) FROM block WHERE sequence > $1) AS blocks,
      (SELECT count(*) FROM ledger_transaction WHERE block_sequence > $1) AS transactions,
      (SELECT count(*) FROM token WHERE made_in > $1 OR spent_in > $1) AS tokens`;
    const { sequence } = before.rows[0];
    expect((await database.pool.query(counts, [sequence])).rows).toEqual([
      { sequence, blocks: 0n, transactions: 0n, tokens: 0n },
    ]);
  });

  it('does not know the outcome of a block whose connection was ended', async () => {
    database = await testDatabase(ledgerMigrations);
    const ledger = await openLedger(createPgStore(database.pool));
    await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    const other = await database.pool.connect();
    await other.query('BEGIN');
    await other.query('SELECT * FROM ledger_head FOR UPDATE');
    const failure = expect(ledger.submit(transfer('t1', 'a', 'b', 10n))).rejects.toThrow(CommitOutcomeUnknownError);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await database.pool.query(end)).rowCount === 0);
    await failure;
    await other.query('ROLLBACK');
    other.release();
    await done(ledger, transfer('t1', 'a', 'b', 10n));
    expect(await money(ledger, 'b')).toBe('10/0');
  });

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
