/** Trades of providers and the positions that they come to, in the gateway's database. */
import BigDefault from 'big.js';
import type pg from 'pg';
import type { Bic, QuoteId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { cursorPages } from '../ledger/cursor.pg.js';
import {
  afterTrades,
  type Position,
  type PositionKey,
  positionName,
  positionsOf,
  type Trade,
  tradeOf,
} from './positions.js';
import type { Quote } from './quote.js';

export interface PositionRow {
  provider_bic: string;
  currency: string;
  against: string;
  position_minor: string;
  cost_minor: string;
  realised_minor: string;
  residue: string;
  trade_count: string;
}

const COLUMNS = `provider_bic, currency, against, position_minor::text, cost_minor::text, realised_minor::text,
  residue::text, trade_count::text`;

/** A position's columns, with numbers as text. */
export const toPosition = (row: PositionRow): Position => ({
  providerBic: row.provider_bic as Bic,
  currency: row.currency,
  against: row.against,
  positionMinor: BigInt(row.position_minor),
  costMinor: BigInt(row.cost_minor),
  realisedMinor: BigInt(row.realised_minor),
  residue: plainDecimal(row.residue),
  tradeCount: Number(row.trade_count),
});

export interface TradeRow {
  quote_id: string;
  provider_bic: string;
  source_currency: string;
  source_minor: string;
  target_currency: string;
  target_minor: string;
  residue_currency: string;
  residue_gain: string;
}

export const TRADE_COLUMNS = `quote_id, provider_bic, source_currency, source_minor::text, target_currency,
  target_minor::text, residue_currency, residue_gain::text`;

/** A trade's columns, with numbers as text. */
export const toTrade = (row: TradeRow): Trade => ({
  quoteId: row.quote_id as QuoteId,
  providerBic: row.provider_bic as Bic,
  sourceCurrency: row.source_currency,
  sourceMinor: BigInt(row.source_minor),
  targetCurrency: row.target_currency,
  targetMinor: BigInt(row.target_minor),
  residueCurrency: row.residue_currency,
  residueGain: plainDecimal(row.residue_gain),
});

/** A number as PostgreSQL prints it, without the zeros of its scale. */
const plainDecimal = (numeric: string): string => new BigDefault(numeric).toFixed();

/**
 * {@link QuoteBinding.bookTrades} inside the caller's transaction, two statements a batch. The positions' rows are locked in
 * the order of their keys, so that two batches wait for each other instead of deadlocking; from then on to the end of the
 * transaction a provider's trades are booked by nobody else, and in one order.
 */
export async function bookTrades(client: pg.PoolClient, quotes: readonly Quote[], now: number): Promise<void> {
  if (quotes.length === 0) return;
  const asked = quotes.map(tradeOf);
  const { positions, due } = await lockPositions(client, asked.flatMap(positionsOf), asked);
  const trades = asked.filter(({ quoteId }) => due.delete(quoteId));
  if (trades.length === 0) return;
  const changed = afterTrades(trades, (key) => positions.get(positionName(key)));
  await storeTrades(client, trades, [...changed.values()], now);
}

/**
 * Where there are trades and no positions, which is so after an installation was brought to this schema: makes the
 * positions of the trades, inside the caller's transaction.
 */
export async function takeUpTrades(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query({
    name: 'fx-trades-alone',
    text: 'SELECT 1 FROM fx_trade WHERE NOT EXISTS (SELECT 1 FROM fx_position) LIMIT 1',
  });
  if (rows.length === 0) return;
  const made = [...(await positionsOfTrades(client)).values()];
  const { positions } = await lockPositions(client, made, []);
  if ([...positions.values()].every(({ tradeCount }) => tradeCount === 0)) await storeTrades(client, [], made, 0);
}

/** What all trades come to, by {@link positionName}, from nothing. */
export async function positionsOfTrades(client: pg.ClientBase): Promise<ReadonlyMap<string, Position>> {
  const positions = new Map<string, Position>();
  const trades = `SELECT ${TRADE_COLUMNS} FROM fx_trade ORDER BY provider_bic, sequence`;
  for await (const page of cursorPages<TradeRow>(client, 'fx_trades', trades))
    for (const [name, position] of afterTrades(page.map(toTrade), (key) => positions.get(positionName(key))))
      positions.set(name, position);
  return positions;
}

interface Locked {
  readonly positions: ReadonlyMap<string, Position>;
  /** Of the quotes those that a payment has and that are not booked. */
  readonly due: Set<string>;
}

async function lockPositions(
  client: pg.PoolClient,
  wanted: readonly PositionKey[],
  trades: readonly Trade[],
): Promise<Locked> {
  const keys = [...new Map(wanted.map((key) => [positionName(key), key])).values()];
  const { rows } = await client.query<PositionRow & { quote_id: string | null }>({
    name: 'fx-lock-positions',
    text: `WITH locked AS (
             INSERT INTO fx_position (provider_bic, currency, against)
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS k (provider_bic, currency, against) ORDER BY 1, 2, 3
             ON CONFLICT (provider_bic, currency, against) DO UPDATE SET trade_count = fx_position.trade_count
             RETURNING *)
           SELECT NULL::text AS quote_id, ${COLUMNS} FROM locked
           UNION ALL
           SELECT q.quote_id::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM fx_quote q
            WHERE q.quote_id = ANY($4::uuid[]) AND q.bound_uetr IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM fx_trade t WHERE t.quote_id = q.quote_id)`,
    values: [
      keys.map(({ providerBic }) => providerBic),
      keys.map(({ currency }) => currency),
      keys.map(({ against }) => against),
      trades.map(({ quoteId }) => quoteId),
    ],
  });
  const positions = rows.flatMap((row) => (row.quote_id === null ? [toPosition(row)] : []));
  return {
    positions: new Map(positions.map((position) => [positionName(position), position])),
    due: new Set(rows.flatMap(({ quote_id }) => quote_id ?? [])),
  };
}

async function storeTrades(
  client: pg.PoolClient,
  trades: readonly Trade[],
  changed: readonly Position[],
  now: number,
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'fx-book-trades',
    text: `WITH booked AS (
             INSERT INTO fx_trade (quote_id, provider_bic, source_currency, source_minor, target_currency, target_minor,
                                   residue_currency, residue_gain, booked_at)
             SELECT quote_id, provider_bic, source_currency, source_minor, target_currency, target_minor,
                    residue_currency, residue_gain, $9::bigint
               FROM unnest($1::uuid[], $2::text[], $3::text[], $4::numeric[], $5::text[], $6::numeric[], $7::text[],
                           $8::numeric[]) WITH ORDINALITY AS t (quote_id, provider_bic, source_currency, source_minor,
                    target_currency, target_minor, residue_currency, residue_gain, place) ORDER BY place)
           UPDATE fx_position p SET position_minor = n.position_minor, cost_minor = n.cost_minor,
                  realised_minor = n.realised_minor, residue = n.residue, trade_count = n.trade_count
             FROM unnest($10::text[], $11::text[], $12::text[], $13::numeric[], $14::numeric[], $15::numeric[],
                         $16::numeric[], $17::bigint[]) AS n (provider_bic, currency, against, position_minor, cost_minor,
                  realised_minor, residue, trade_count)
            WHERE p.provider_bic = n.provider_bic AND p.currency = n.currency AND p.against = n.against`,
    values: [
      trades.map(({ quoteId }) => quoteId),
      trades.map(({ providerBic }) => providerBic),
      trades.map(({ sourceCurrency }) => sourceCurrency),
      trades.map(({ sourceMinor }) => sourceMinor),
      trades.map(({ targetCurrency }) => targetCurrency),
      trades.map(({ targetMinor }) => targetMinor),
      trades.map(({ residueCurrency }) => residueCurrency),
      trades.map(({ residueGain }) => residueGain),
      now,
      changed.map(({ providerBic }) => providerBic),
      changed.map(({ currency }) => currency),
      changed.map(({ against }) => against),
      changed.map(({ positionMinor }) => positionMinor),
      changed.map(({ costMinor }) => costMinor),
      changed.map(({ realisedMinor }) => realisedMinor),
      changed.map(({ residue }) => residue),
      changed.map(({ tradeCount }) => tradeCount),
    ],
  });
  invariant(rowCount === changed.length, 'a locked position is there');
}

/** Every position, or one provider's, in the order of their keys. */
export async function findPositions(
  client: pg.Pool | pg.ClientBase,
  provider: PositionKey['providerBic'] | null = null,
): Promise<Position[]> {
  const { rows } = await client.query<PositionRow>({
    name: 'fx-positions',
    text: `SELECT ${COLUMNS} FROM fx_position WHERE $1::text IS NULL OR provider_bic = $1
            ORDER BY provider_bic, currency, against`,
    values: [provider],
  });
  return rows.map(toPosition);
}
