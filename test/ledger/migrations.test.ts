/** What a ledger of before finds in its tables after an upgrade. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/gateway/platform/migrate.pg.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase(ledgerMigrations.slice(0, 1));
});
afterEach(() => database.drop());

/** Transactions of two blocks: what each issued, null for another kind, and how many tokens it made. */
const BLOCKS: readonly (readonly (readonly [issued: number | null, tokens: number])[])[] = [
  [
    [null, 0],
    [70, 2],
    [null, 0],
    [null, 1],
    [30, 1],
  ],
  [
    [null, 3],
    [null, 1],
  ],
];

it('2: the supply of each block, and where the tokens of each transaction begin', async () => {
  const { pool } = database;
  for (const [b, transactions] of BLOCKS.entries()) {
    const block = b + 1;
    await pool.query("INSERT INTO block VALUES ($1, '\\x00', '\\x00', 0, $2, 1, '\\x00', '\\x00')", [
      block,
      transactions.length,
    ]);
    let madeAt = 0;
    for (const [position, [issued, tokens]] of transactions.entries()) {
      const id = Buffer.alloc(32, 16 * block + position);
      await pool.query(
        `INSERT INTO ledger_transaction (block_sequence, position, posted, transaction_id, kind, amount_minor, body)
         VALUES ($1, $2, true, $3, $4, $5, '\\x00')`,
        [block, position, id, issued === null ? 'transfer' : 'issue', issued ?? 5],
      );
      for (let index = 0; index < tokens; index += 1)
        await pool.query(
          `INSERT INTO token (made_in, made_at, amount_minor, held, token_id, wallet_id)
           VALUES ($1, $2, 1, false, $3::bytea || int4send($4), 'w')`,
          [block, madeAt++, id, index],
        );
    }
  }
  await migrate(pool, ledgerMigrations);
  const blocks = await pool.query('SELECT issued_minor, redeemed_minor FROM block ORDER BY sequence');
  expect(blocks.rows).toEqual([
    { issued_minor: 100n, redeemed_minor: 0n },
    { issued_minor: 100n, redeemed_minor: 0n },
  ]);
  const transactions = await pool.query('SELECT made_from FROM ledger_transaction ORDER BY block_sequence, position');
  expect(transactions.rows.map((row) => row.made_from)).toEqual([0, 0, 2, 2, 3, 0, 3]);
});
