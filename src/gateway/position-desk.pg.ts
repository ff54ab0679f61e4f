/** Low-water marks of providers' funds, and their trades page by page, in the gateway's database. */
import type pg from 'pg';
import type { Bic, Uetr } from '../kernel/ids.js';
import { TRADE_COLUMNS, type TradeRow, toTrade } from '../pvp/position-store.pg.js';
import type { Trade } from '../pvp/positions.js';

/** A provider's funds in a currency are low below this, minor units; `setBy` is the id of the officer's key. */
export interface LowWater {
  readonly provider: Bic;
  readonly currency: string;
  readonly lowMinor: bigint;
  readonly setBy: string;
  readonly setAt: number;
}

/** Sets the mark, or takes it away where it is null. */
export async function setLowWater(
  pool: pg.Pool,
  { provider, currency, lowMinor, setBy, setAt }: Omit<LowWater, 'lowMinor'> & { readonly lowMinor: bigint | null },
): Promise<void> {
  if (lowMinor === null)
    await pool.query({
      name: 'fx-no-low-water',
      text: 'DELETE FROM fx_low_water WHERE provider_bic = $1 AND currency = $2',
      values: [provider, currency],
    });
  else
    await pool.query({
      name: 'fx-set-low-water',
      text: `INSERT INTO fx_low_water (provider_bic, currency, low_minor, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (provider_bic, currency) DO UPDATE
                SET low_minor = excluded.low_minor, set_by = excluded.set_by, set_at = excluded.set_at`,
      values: [provider, currency, lowMinor, setBy, setAt],
    });
}

interface LowWaterRow {
  provider_bic: string;
  currency: string;
  low_minor: string;
  set_by: string;
  set_at: bigint | string;
}

export async function lowWaterMarks(pool: pg.Pool): Promise<LowWater[]> {
  const { rows } = await pool.query<LowWaterRow>({
    name: 'fx-low-water',
    text: `SELECT provider_bic, currency, low_minor::text, set_by, set_at FROM fx_low_water
            ORDER BY provider_bic, currency`,
  });
  return rows.map((row) => ({
    provider: row.provider_bic as Bic,
    currency: row.currency,
    lowMinor: BigInt(row.low_minor),
    setBy: row.set_by,
    setAt: Number(row.set_at),
  }));
}

/** A trade as it is booked, with the signed bytes of its quote and the payment that it settled. */
export interface BookedTrade extends Trade {
  readonly sequence: string;
  readonly bookedAt: number;
  readonly quote: Buffer | null;
  readonly uetr: Uetr | null;
}

interface BookedRow extends TradeRow {
  sequence: string;
  booked_at: bigint | string;
  quote: Buffer | null;
  bound_uetr: string | null;
}

/** The trades of a provider, the newest first; `before` is the sequence where the page before ended. */
export async function tradesOf(
  pool: pg.Pool,
  provider: Bic,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<BookedTrade[]> {
  const { rows } = await pool.query<BookedRow>({
    name: 'fx-trades-of',
    text: `SELECT t.*, q.quote, q.bound_uetr
             FROM (SELECT ${TRADE_COLUMNS}, sequence::text, booked_at FROM fx_trade
                    WHERE provider_bic = $1 AND ($2::bigint IS NULL OR fx_trade.sequence < $2)
                    ORDER BY fx_trade.sequence DESC LIMIT $3) t
             LEFT JOIN fx_quote q ON q.quote_id = t.quote_id ORDER BY t.sequence::bigint DESC`,
    values: [provider, before, limit],
  });
  return rows.map((row) => ({
    ...toTrade(row),
    sequence: row.sequence,
    bookedAt: Number(row.booked_at),
    quote: row.quote,
    uetr: row.bound_uetr as Uetr | null,
  }));
}
