import { afterAll, describe } from 'vitest';
import { ledgerMigrations } from '../../../src/ledger/migrations/index.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import { createPgStore } from '../../../src/ledger/store.pg.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';
import { w } from '../support.js';

/** The same tests on both stores. `fresh` answers an empty store. */
export function onBothStores(name: string, tests: (fresh: () => Promise<LedgerStore>) => void): void {
  describe(`${name}, in memory`, () => tests(async () => createMemoryStore()));
  describe(`${name}, on PostgreSQL`, () => {
    const databases: TestDatabase[] = [];
    afterAll(async () => {
      for (const database of databases) await database.drop();
    });
    tests(async () => {
      const database = await testDatabase(ledgerMigrations);
      databases.push(database);
      return createPgStore(database.pool);
    });
  });
}

/** Marked money of a wallet as `mark@level amount`, in order. */
export async function marked(store: LedgerStore, walletId: string): Promise<string[]> {
  const rows = await store.pocketsOf(w(walletId), null, 100);
  return rows.map(({ markId, markLevel, amountMinor }) => `${markId}@${markLevel} ${amountMinor}`);
}
