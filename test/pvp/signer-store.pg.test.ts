import { afterEach } from 'vitest';
import { signerMigrations } from '../../src/pvp/migrations/index.js';
import { createPgSignerStore } from '../../src/pvp/signer-store.pg.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { signerStoreContract } from './signer-store.contract.js';

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.drop();
});

signerStoreContract('PostgreSQL', async () => {
  const database = await testDatabase(signerMigrations);
  opened.push(database);
  return createPgSignerStore(database.pool);
});
