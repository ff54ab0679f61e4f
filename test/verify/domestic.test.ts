import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingLine } from '../../src/kernel/finding.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { ledgerFindings } from '../ledger/audited.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { makeDomesticLedger } from './domestic-ledger.js';
import { DOMESTIC_FORGED, DOMESTIC_ROWS } from './domestic-tampering.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(ledgerMigrations);
  await makeDomesticLedger(createPgStore(database.pool));
});
afterAll(() => database.drop());

/** Codes that the audit tells of after something was done to the ledger, which is taken back. */
async function codesAfter(tamper: (client: PoolClient) => Promise<unknown>): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await tamper(client);
    return [...new Set((await ledgerFindings(client)).map(({ code }) => code))].sort();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('the audit of a domestic ledger', () => {
  it('finds nothing wrong where nothing is', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      expect((await ledgerFindings(client)).map(findingLine)).toEqual([]);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it.each(DOMESTIC_ROWS)('tells when %s', async (_what, sql, codes) => {
    const found = await codesAfter(async (client) => {
      const { rowCount } = await client.query(sql);
      expect(rowCount).toBeGreaterThan(0);
    });
    expect(found).toEqual(codes);
  });

  it.each(DOMESTIC_FORGED)(
    'tells of a block that ledger, notary and oracle forged together: %s',
    async (_what, forge, codes) => {
      expect(await codesAfter(forge)).toEqual(codes);
    },
  );
});
