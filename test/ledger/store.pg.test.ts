import { afterAll } from 'vitest';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { ledgerContract } from './contract.js';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
});

ledgerContract('PostgreSQL', async () => {
  const database = await testDatabase(ledgerMigrations);
  databases.push(database);
  return createPgStore(database.pool);
});
