/** Limits and the counters that they bound, in the gateway's database. Counters are locked in the order of `summed`. */
import type pg from 'pg';
import type { Bic } from '../kernel/ids.js';
import {
  type Charge,
  type Counter,
  type CounterKey,
  type DayOf,
  keyOf,
  type Limit,
  lapsedMovements,
  type Movement,
  summed,
  summedCharges,
} from './limits.js';
import { decodeQuote } from './quote.js';

export interface LimitFound extends Omit<Limit, 'most' | 'bic' | 'currency'> {
  readonly bic: string;
  readonly currency: string;
  readonly most: string;
}

/** A limit as the market reading has it. */
export const toLimit = ({ bic, currency, most, scope, measure }: LimitFound): Limit => ({
  scope,
  measure,
  bic: bic === '' ? null : (bic as Bic),
  currency: currency === '' ? null : currency,
  most: BigInt(most),
});

export interface CounterFound extends CounterKey {
  readonly amount: string;
}

export const toCounter = ({ scope, name, day, measure, currency, amount }: CounterFound): Counter => ({
  scope,
  name,
  day,
  measure,
  currency,
  amount: BigInt(amount),
});

const columnsOf = (keys: readonly CounterKey[]) => [
  keys.map(({ scope }) => scope),
  keys.map(({ name }) => name),
  keys.map(({ day }) => day),
  keys.map(({ measure }) => measure),
  keys.map(({ currency }) => currency),
];

/** Charges as columns, each counter once, in the order of locks: with what is added, and the most that it may come to. */
export function chargeColumns(charges: readonly Charge[]): readonly (readonly unknown[])[] {
  const sums = summedCharges(charges);
  return [...columnsOf(sums), sums.map(({ delta }) => delta), sums.map(({ most }) => most)];
}

/** Makes counters that are not there yet, at zero. Outside of any transaction, so that nobody waits for one with them. */
export async function openCounters(pool: pg.Pool, keys: readonly CounterKey[]): Promise<void> {
  await pool.query({
    name: 'fx-open-counters',
    text: `INSERT INTO fx_counter (scope, name, day, measure, currency, amount)
           SELECT scope, name, day, measure, currency, 0
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
                  AS g (scope, name, day, measure, currency, place) ORDER BY place
           ON CONFLICT DO NOTHING`,
    values: columnsOf(inOrder(keys)),
  });
}

/** Each key once, in the order of locks. */
const inOrder = (keys: readonly CounterKey[]): CounterKey[] =>
  [...new Map(keys.map((key) => [keyOf(key), key]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);

/** What these counters stand at; one that was never counted on is not among them. */
export async function readCounters(
  client: pg.Pool | pg.PoolClient,
  keys: readonly CounterKey[],
): Promise<readonly Counter[]> {
  const { rows } = await client.query<CounterFound>({
    name: 'fx-read-counters',
    text: `SELECT c.scope, c.name, c.day, c.measure, c.currency, c.amount::text AS amount
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                  AS g (scope, name, day, measure, currency)
             JOIN fx_counter c USING (scope, name, day, measure, currency)`,
    values: columnsOf(keys),
  });
  return rows.map(toCounter);
}

/** Counts movements that nothing bounds, inside the caller's transaction or alone. One statement, or none. */
export async function countMovements(client: pg.Pool | pg.PoolClient, movements: readonly Movement[]): Promise<void> {
  const sums = summed(movements);
  if (sums.length === 0) return;
  await client.query({
    name: 'fx-count',
    text: `INSERT INTO fx_counter AS c (scope, name, day, measure, currency, amount)
           SELECT scope, name, day, measure, currency, delta
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[]) WITH ORDINALITY
                  AS g (scope, name, day, measure, currency, delta, place) ORDER BY place
           ON CONFLICT (scope, name, day, measure, currency) DO UPDATE SET amount = c.amount + excluded.amount`,
    values: [...columnsOf(sums), sums.map(({ delta }) => delta)],
  });
}

/** As {@link countMovements}, of each quote's movements, of those quotes alone that count. */
export async function countOfQuotes(
  client: pg.PoolClient,
  movements: readonly (Movement & { readonly quoteId: string })[],
): Promise<void> {
  if (movements.length === 0) return;
  const placeOf = new Map(inOrder(movements).map((key, i) => [keyOf(key), i]));
  await client.query({
    name: 'fx-count-of-quotes',
    text: `INSERT INTO fx_counter AS c (scope, name, day, measure, currency, amount)
           SELECT scope, name, day, measure, currency, sum(delta)
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::uuid[], $8::int[])
                  AS g (scope, name, day, measure, currency, delta, quote_id, place)
             JOIN fx_quote q USING (quote_id)
            WHERE q.charged
            GROUP BY scope, name, day, measure, currency ORDER BY min(place)
           ON CONFLICT (scope, name, day, measure, currency) DO UPDATE SET amount = c.amount + excluded.amount`,
    values: [
      ...columnsOf(movements),
      movements.map(({ delta }) => delta),
      movements.map(({ quoteId }) => quoteId),
      movements.map((movement) => placeOf.get(keyOf(movement))),
    ],
  });
}

/** Sets what wallets have covered, in place of what they had. */
export async function setCovered(pool: pg.Pool, covered: readonly Counter[]): Promise<void> {
  const rows = inOrder(covered);
  const amounts = new Map(covered.map((counter) => [keyOf(counter), counter.amount]));
  await pool.query({
    name: 'fx-set-covered',
    text: `INSERT INTO fx_counter (scope, name, day, measure, currency, amount)
           SELECT scope, name, day, measure, currency, amount
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[]) WITH ORDINALITY
                  AS g (scope, name, day, measure, currency, amount, place) ORDER BY place
           ON CONFLICT (scope, name, day, measure, currency) DO UPDATE SET amount = excluded.amount`,
    values: [...columnsOf(rows), rows.map((key) => amounts.get(keyOf(key)))],
  });
}

/** Whether the time of any open quote is up: what asks often need not begin a transaction for nothing. */
export async function isAnyOver(pool: pg.Pool, now: number): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'fx-any-quote-over',
    text: 'SELECT 1 FROM fx_quote WHERE bound_uetr IS NULL AND lapsed_at IS NULL AND valid_until <= $1 LIMIT 1',
    values: [now],
  });
  return rows.length > 0;
}

/** `ReserveStore.lapseQuotes` inside the caller's transaction. Quotes that are just being bound are left alone. */
export async function lapseQuotes(client: pg.PoolClient, now: number, limit: number, dayOf: DayOf): Promise<number> {
  const { rows } = await client.query<{ quote_id: string; quote: Buffer; charged: boolean }>({
    name: 'fx-quotes-over',
    text: `SELECT quote_id, quote, charged FROM fx_quote
            WHERE bound_uetr IS NULL AND lapsed_at IS NULL AND valid_until <= $1
            ORDER BY valid_until LIMIT $2 FOR UPDATE SKIP LOCKED`,
    values: [now, limit],
  });
  if (rows.length === 0) return 0;
  await client.query({
    name: 'fx-lapse-quotes',
    text: 'UPDATE fx_quote SET lapsed_at = $2 WHERE quote_id = ANY($1::uuid[])',
    values: [rows.map((row) => row.quote_id), now],
  });
  const charged = rows.filter((row) => row.charged);
  await countMovements(
    client,
    charged.flatMap((row) => lapsedMovements(decodeQuote(row.quote), dayOf)),
  );
  return rows.length;
}
