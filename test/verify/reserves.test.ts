/** What the audit says of counters that are not what the quotes come to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditReserves } from '../../src/gateway/audit-reserves.pg.js';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import type { Finding } from '../../src/kernel/finding.js';
import { onSnapshot } from '../../src/ledger/cursor.pg.js';
import { type Charge, movementsOf } from '../../src/pvp/limits.js';
import type { Quote, SignedQuote } from '../../src/pvp/quote.js';
import { BANK, PROVIDER, quoteId, storedSample, T0 } from '../pvp/desk-fixture.js';
import { emptied } from '../pvp/desk-store-of.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'));
});
afterAll(() => database.drop());

const dayOf = () => '2026-01-15';
function charged(changes: Partial<Quote>): SignedQuote {
  const signed = storedSample(changes);
  const charges = movementsOf(signed.quote, true, dayOf).map(
    (movement): Charge => ({ ...movement, most: null, why: { code: 'LIQUIDITY_INSUFFICIENT' } }),
  );
  return { ...signed, charges };
}
async function findings(): Promise<string[]> {
  const found: Finding[] = [];
  await onSnapshot(database.pool, (client) => auditReserves(client, (finding) => found.push(finding)));
  return found.map(({ code, table, key, detail }) => `${code} ${table} ${key}: ${detail}`);
}
const tamper = (sql: string) => database.pool.query(sql);

/** Two quotes that stand and one that lapsed. */
async function scene(): Promise<void> {
  const store = await emptied(database.pool);
  const quotes = [
    charged({ targetAmountMinor: 100n }),
    charged({ quoteId: quoteId(2), targetAmountMinor: 20n }),
    charged({ quoteId: quoteId(3), targetAmountMinor: 3n, validUntil: T0 }),
  ];
  await store.openCounters(quotes.flatMap(({ charges }) => charges ?? []));
  await store.insertQuotes([...quotes, storedSample({ quoteId: quoteId(4) })]);
  await store.lapseQuotes(T0, 10, dayOf);
}

const WALLET = 'wallet CN/cn-provider  promised CNY';
it.each<[string, string, string[]]>([
  ['nothing', 'SELECT 1', []],
  [
    'more promised',
    `UPDATE fx_counter SET amount = amount + 1 WHERE measure = 'promised'`,
    [`RESERVE_FALSE fx_counter ${WALLET}: 121 is counted, and quotes come to 120`],
  ],
  [
    'settled what was not',
    `INSERT INTO fx_counter VALUES ('wallet', 'CN/cn-provider', '', 'settled', 'CNY', 7)`,
    [`RESERVE_FALSE fx_counter ${WALLET}: 113 is counted, and quotes come to 120`],
  ],
  [
    'a quote less',
    `DELETE FROM fx_quote WHERE quote_id = '${quoteId(2)}'`,
    [
      `RESERVE_FALSE fx_counter bank ${BANK}  openQuotes: 2 is counted, and quotes come to 1`,
      `RESERVE_FALSE fx_counter provider ${PROVIDER}  openQuotes: 2 is counted, and quotes come to 1`,
      `RESERVE_FALSE fx_counter ${WALLET}: 120 is counted, and quotes come to 100`,
    ],
  ],
  [
    'a lapse undone',
    'UPDATE fx_quote SET lapsed_at = NULL',
    [
      `RESERVE_FALSE fx_counter bank ${BANK}  openQuotes: 2 is counted, and quotes come to 3`,
      `RESERVE_FALSE fx_counter provider ${PROVIDER}  openQuotes: 2 is counted, and quotes come to 3`,
      `RESERVE_FALSE fx_counter ${WALLET}: 120 is counted, and quotes come to 123`,
    ],
  ],
  [
    'a quote that nobody can read',
    `UPDATE fx_quote SET quote = 'x' WHERE lapsed_at IS NOT NULL; UPDATE fx_quote SET quote = 'x' WHERE quote_id = '${quoteId(1)}'`,
    [
      `RESERVE_FALSE fx_quote ${quoteId(1)}: it can not be read`,
      `RESERVE_FALSE fx_counter bank ${BANK}  openQuotes: 2 is counted, and quotes come to 1`,
      `RESERVE_FALSE fx_counter provider ${PROVIDER}  openQuotes: 2 is counted, and quotes come to 1`,
      `RESERVE_FALSE fx_counter ${WALLET}: 120 is counted, and quotes come to 20`,
    ],
  ],
])('%s', async (_, sql, expected) => {
  await scene();
  await tamper(sql);
  expect((await findings()).sort()).toEqual([...expected].sort());
});
