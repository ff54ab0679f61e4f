/** Rates that are imported, and the history of all, in the gateway's database. */
import type pg from 'pg';
import type { Bic } from '../kernel/ids.js';
import type { CurrencyPair, NewRate } from '../pvp/desk-store.js';
import { insertRates } from '../pvp/desk-store.pg.js';
import type { StoredRate } from '../pvp/rates.js';
import { inTransaction } from './platform/transaction.pg.js';

/** A batch of rates under an id of its sender's. */
export interface RateImport {
  readonly caller: Bic;
  readonly importId: string;
  readonly contentHash: Uint8Array;
  readonly importedAt: number;
}

/** Adds a batch once: answers when it was imported, or null when the id was used for other content. */
export function importOnce(
  pool: pg.Pool,
  { caller, importId, contentHash, importedAt }: RateImport,
  rates: readonly NewRate[],
): Promise<number | null> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'fx-import-once',
      text: `INSERT INTO fx_rate_import (caller, import_id, content_hash, imported_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING`,
      values: [caller, importId, contentHash, importedAt],
    });
    if (rowCount === 1) {
      await insertRates(client, rates);
      return importedAt;
    }
    return importedBefore(client, { caller, importId, contentHash });
  });
}

/** When this batch was imported; null when it was not, `other` content of the id included. */
export async function importedBefore(
  client: pg.Pool | pg.PoolClient,
  { caller, importId, contentHash }: Omit<RateImport, 'importedAt'>,
): Promise<number | null> {
  const { rows } = await client.query<{ imported_at: bigint | string }>({
    name: 'fx-imported-before',
    text: 'SELECT imported_at FROM fx_rate_import WHERE caller = $1 AND import_id = $2 AND content_hash = $3',
    values: [caller, importId, contentHash],
  });
  return rows[0] ? Number(rows[0].imported_at) : null;
}

interface HistoryRow {
  found: StoredRate;
}

/** The cards of a pair, whichever way round, the newest first; `before` is the sequence where the page before ended. */
export async function rateHistory(
  pool: pg.Pool,
  { sourceCurrency, targetCurrency }: CurrencyPair,
  {
    provider,
    before,
    limit,
  }: { readonly provider: Bic | null; readonly before: string | null; readonly limit: number },
): Promise<StoredRate[]> {
  const { rows } = await pool.query<HistoryRow>({
    name: 'fx-rate-history',
    text: `SELECT json_build_object('sequence', sequence, 'card', card, 'asOf', as_of, 'setAt', set_at, 'setBy', set_by,
                  'approvedBy', approved_by) AS found
             FROM fx_rate_card
            WHERE least(unit_currency, quoted_currency) = least($1::text, $2::text)
              AND greatest(unit_currency, quoted_currency) = greatest($1::text, $2::text)
              AND ($3::text IS NULL OR provider_bic = $3) AND ($4::bigint IS NULL OR sequence < $4)
            ORDER BY sequence DESC LIMIT $5`,
    values: [sourceCurrency, targetCurrency, provider, before, limit],
  });
  return rows.map(({ found }) => found);
}
