import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/gateway/platform/embedded-postgres.js';
import { dropTestDatabases } from './postgres.js';

/**
 * One PostgreSQL server for the whole run: the embedded one in a temporary folder, or, when `DATABASE_URL_TEST` names
 * a server (PostgreSQL 15 or later, a role that may create databases), that one. Tests reach it through `postgres.ts`.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const prefix = `otkel_test_${randomBytes(4).toString('hex')}_`;
  process.env.OTKEL_TEST_PG_PREFIX = prefix;
  const own = process.env.DATABASE_URL_TEST;
  if (own !== undefined && own !== '') {
    process.env.OTKEL_TEST_PG = own;
    return () => dropTestDatabases(own, prefix);
  }
  const folder = mkdtempSync(join(tmpdir(), 'otkel-test-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Nothing of a test run must survive the machine's power loss; crash tests start servers of their own.
  const settings = { fsync: 'off', full_page_writes: 'off', max_wal_size: '512MB', shared_buffers: '128MB' };
  try {
    const server = await startEmbeddedPostgres({ folder, settings });
    process.env.OTKEL_TEST_PG = server.url('postgres');
    return async () => {
      try {
        await server.stop();
      } finally {
        remove();
      }
    };
  } catch (error) {
    remove();
    throw error;
  }
}
