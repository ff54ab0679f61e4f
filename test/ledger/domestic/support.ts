import { afterAll, afterEach, describe } from 'vitest';
import { ledgerMigrations } from '../../../src/ledger/migrations/index.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import { createPgStore } from '../../../src/ledger/store.pg.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';
import { expectAudited } from '../audited.js';
import { w } from '../support.js';

/**
 * The same tests on both stores. `fresh` answers an empty store, in place of the one that it answered before. On PostgreSQL
 * the whole ledger is audited from its blocks after each test.
 */
export function onBothStores(name: string, tests: (fresh: () => Promise<LedgerStore>) => void): void {
  describe(`${name}, in memory`, () => tests(async () => createMemoryStore()));
  describe(`${name}, on PostgreSQL`, () => {
    let database: TestDatabase | null = null;
    afterEach(async () => {
      if (database) await expectAudited(database.pool);
    });
    afterAll(() => database?.drop());
    tests(async () => {
      if (database) await emptied(database);
      else database = await testDatabase(ledgerMigrations);
      return createPgStore(database.pool);
    });
  });
}

async function emptied({ pool }: TestDatabase): Promise<void> {
  const names = "SELECT string_agg(format('%I', tablename), ', ') AS names FROM pg_tables WHERE schemaname = 'public'";
  const { rows } = await pool.query(`${names} AND tablename NOT LIKE '%migration%'`);
  await pool.query(`TRUNCATE ${rows[0].names}`);
}

/** Marked money of a wallet as `mark@level amount`, in order. */
export async function marked(store: LedgerStore, walletId: string): Promise<string[]> {
  const rows = await store.pocketsOf(w(walletId), null, 100);
  return rows.map(({ markId, markLevel, amountMinor }) => `${markId}@${markLevel} ${amountMinor}`);
}
