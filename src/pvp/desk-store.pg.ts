import type pg from 'pg';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { QuoteId, Uetr } from '../kernel/ids.js';
import { invariant, type Result } from '../kernel/result.js';
import type { Tariff } from './charge.js';
import {
  type CounterFound,
  chargeColumns,
  countMovements,
  countOfQuotes,
  type LimitFound,
  openCounters,
  readCounters,
  toCounter,
  toLimit,
} from './counter-store.pg.js';
import {
  type BindItem,
  type Binding,
  byOffer,
  type DeskStore,
  decideBindings,
  type NewRate,
  type StoredQuote,
} from './desk-store.js';
import { type Halt, LIFTS_NEEDED } from './halts.js';
import { boundMovements, countWhatFits, type DayOf, type EndedQuote, endedMovements, keyOf } from './limits.js';
import type { AwaitedWallet } from './liquidity-queue.js';
import { findPositions } from './position-store.pg.js';
import { type Contest, decodeQuote, providerResidue, quoteHash, type SignedQuote } from './quote.js';
import type { StoredRate } from './rates.js';

type MarketRow =
  | { what: 'rate'; found: StoredRate }
  | { what: 'halt'; found: Halt }
  | { what: 'limit'; found: LimitFound }
  | { what: 'counter'; found: CounterFound }
  | { what: 'awaited'; found: AwaitedWallet }
  | { what: 'tariff'; found: Tariff };

interface QuoteRow {
  quote_id: string;
  quote: Buffer;
  signature: Buffer;
  bound_uetr: string | null;
  bound_at: bigint | string | null;
  contest: Contest | null;
  lapsed_at: bigint | string | null;
  charged: boolean;
}

const QUOTE_COLUMNS = 'quote_id, quote, signature, bound_uetr, bound_at, contest, lapsed_at, charged';

const toQuote = (row: QuoteRow): StoredQuote => ({
  signed: {
    quote: decodeQuote(row.quote),
    bytes: row.quote,
    hash: quoteHash(row.quote),
    signature: row.signature,
    ...(row.contest && { contest: row.contest }),
  },
  boundUetr: row.bound_uetr as Uetr | null,
  boundAt: row.bound_at === null ? null : Number(row.bound_at),
  isLapsed: row.lapsed_at !== null,
});

/** The desk's store over the gateway's database. */
export function createPgDeskStore(pool: pg.Pool): DeskStore {
  return {
    addRates: (rates) => insertRates(pool, rates),
    async market(providers, now, asked = { banks: [], providers: [], wallets: [], days: [] }) {
      const { rows } = await pool.query<MarketRow>({
        name: 'fx-market',
        // A halt's orders are few, ever.
        text: `SELECT 'rate' AS what, json_build_object('sequence', r.sequence, 'card', r.card, 'asOf', r.as_of,
                      'setAt', r.set_at, 'setBy', r.set_by, 'approvedBy', r.approved_by) AS found
                 FROM fx_rate_pair p
                CROSS JOIN LATERAL (
                  SELECT * FROM fx_rate_card c
                   WHERE c.provider_bic = p.provider_bic AND c.unit_currency = p.unit_currency
                     AND c.quoted_currency = p.quoted_currency AND c.valid_from <= $2::bigint
                   ORDER BY c.sequence DESC LIMIT 1) r
                WHERE p.provider_bic = ANY($1::text[])
               UNION ALL
               SELECT 'halt', json_build_object('haltId', s.halt_id, 'scope', s.scope, 'name', s.name,
                      'reason', s.reason, 'setBy', s.key_id, 'setAt', s.ordered_at, 'liftedBy', lifts.keys)
                 FROM fx_halt_order s
                CROSS JOIN LATERAL (
                  SELECT coalesce(json_agg(l.key_id ORDER BY l.position), '[]') AS keys FROM fx_halt_order l
                   WHERE l.halt_id = s.halt_id AND l.action = 'lift') lifts
                WHERE s.action = 'set' AND json_array_length(lifts.keys) < $3::int
               UNION ALL
               SELECT 'limit', json_build_object('scope', scope, 'bic', bic, 'measure', measure, 'currency', currency,
                      'most', most::text)
                 FROM fx_limit
                WHERE (scope = 'bank' AND bic = ANY($4::text[] || ''::text))
                   OR (scope = 'provider' AND bic = ANY($7::text[] || ''::text))
               UNION ALL
               SELECT 'counter', json_build_object('scope', scope, 'name', name, 'day', day, 'measure', measure,
                      'currency', currency, 'amount', amount::text)
                 FROM fx_counter
                WHERE day = ANY($6::text[] || ''::text)
                  AND ((scope = 'bank' AND name = ANY($4::text[])) OR (scope = 'provider' AND name = ANY($7::text[]))
                    OR (scope = 'wallet' AND name = ANY($5::text[])))
               UNION ALL
               SELECT 'awaited', json_build_object('wallet', w.wallet, 'priority', min(q.priority))
                 FROM fx_queue q CROSS JOIN LATERAL unnest(q.wallets) AS w (wallet) GROUP BY w.wallet
               UNION ALL
               SELECT 'tariff', t.tariff FROM fx_tariff t WHERE t.bank = ANY($4::text[] || ''::text)`,
        values: [providers, now, LIFTS_NEEDED, asked.banks, asked.wallets, asked.days, asked.providers],
      });
      return {
        rates: rows.flatMap((row) => (row.what === 'rate' ? [row.found] : [])),
        halts: rows.flatMap((row) => (row.what === 'halt' ? [row.found] : [])),
        limits: rows.flatMap((row) => (row.what === 'limit' ? [toLimit(row.found)] : [])),
        counters: rows.flatMap((row) => (row.what === 'counter' ? [toCounter(row.found)] : [])),
        awaited: rows.flatMap((row) => (row.what === 'awaited' ? [row.found] : [])),
        tariffs: rows.flatMap((row) => (row.what === 'tariff' ? [row.found] : [])),
      };
    },
    openCounters: (keys) => openCounters(pool, keys),
    insertQuotes: (quotes) =>
      insertOffers(
        pool,
        quotes,
        quotes.map(() => null),
      ),
    async findQuote(quoteId) {
      const { rows } = await pool.query<QuoteRow>({
        name: 'fx-find-quote',
        text: `SELECT ${QUOTE_COLUMNS} FROM fx_quote WHERE quote_id = $1`,
        values: [quoteId],
      });
      return rows[0] ? toQuote(rows[0]) : null;
    },
    positions: (provider = null) => findPositions(pool, provider),
  };
}

/** {@link DeskStore.addRates} through a pool or inside the caller's transaction, one statement. */
export async function insertRates(client: pg.Pool | pg.PoolClient, rates: readonly NewRate[]): Promise<void> {
  if (rates.length === 0) return;
  const cards = rates.map(({ card }) => card);
  await client.query({
    name: 'fx-add-rates',
    text: `WITH given AS (
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
               $8::text[], $9::json[]) WITH ORDINALITY AS g (provider_bic, unit_currency, quoted_currency, valid_from,
               as_of, set_at, set_by, approved_by, card, place)),
           pairs AS (
             INSERT INTO fx_rate_pair SELECT DISTINCT provider_bic, unit_currency, quoted_currency FROM given
             ON CONFLICT DO NOTHING)
           INSERT INTO fx_rate_card (provider_bic, unit_currency, quoted_currency, valid_from, as_of, set_at, set_by,
                                     approved_by, card)
           SELECT provider_bic, unit_currency, quoted_currency, valid_from, as_of, set_at, set_by, approved_by, card
             FROM given ORDER BY place`,
    values: [
      cards.map(({ providerBic }) => providerBic),
      cards.map(({ unitCurrency }) => unitCurrency),
      cards.map(({ quotedCurrency }) => quotedCurrency),
      cards.map(({ validFrom }) => validFrom),
      rates.map(({ asOf }) => asOf),
      rates.map(({ setAt }) => setAt),
      rates.map(({ setBy }) => setBy),
      rates.map(({ approvedBy }) => approvedBy),
      cards.map((card) => JSON.stringify(card)),
    ],
  });
}

/**
 * Stored quotes by id, and those that they name to go on with: one statement for each step of the longest offer. An
 * unknown one is not among them.
 */
export async function findQuotes(pool: pg.Pool, quoteIds: readonly QuoteId[]): Promise<Map<QuoteId, StoredQuote>> {
  const found = new Map<QuoteId, StoredQuote>();
  for (let wanted = quoteIds; wanted.length > 0; ) {
    const stored = await quotesOf(pool, wanted);
    for (const one of stored) found.set(one.signed.quote.quoteId, one);
    wanted = stored.flatMap(({ signed }) => signed.quote.onwardQuoteId ?? []).filter((quoteId) => !found.has(quoteId));
  }
  return found;
}

async function quotesOf(pool: pg.Pool, quoteIds: readonly QuoteId[]): Promise<StoredQuote[]> {
  const { rows } = await pool.query<QuoteRow>({
    name: 'fx-find-quotes',
    text: `SELECT ${QUOTE_COLUMNS} FROM fx_quote WHERE quote_id = ANY($1::uuid[])`,
    values: [quoteIds],
  });
  return rows.map(toQuote);
}

/**
 * {@link QuoteBinding.bindQuotes} inside the caller's transaction. The quotes are locked in the order of their ids, so
 * that two acceptances that name the same quotes wait for each other instead of deadlocking; the rule itself is
 * {@link decideBindings}. Two statements a batch, one when nothing is newly bound.
 */
export async function bindQuotes(
  client: pg.PoolClient,
  items: readonly BindItem[],
): Promise<readonly Result<readonly SignedQuote[], Refusal>[]> {
  if (items.length === 0) return [];
  const { rows } = await client.query<QuoteRow>({
    name: 'fx-lock-quotes',
    text: `SELECT ${QUOTE_COLUMNS} FROM fx_quote
            WHERE quote_id = ANY($1::uuid[]) ORDER BY quote_id FOR UPDATE`,
    values: [items.flatMap((item) => item.quoteIds)],
  });
  const stored = new Map(rows.map((row) => [row.quote_id, toQuote(row)]));
  const { outcomes, bindings } = decideBindings(items, (quoteId) => stored.get(quoteId));
  if (bindings.length > 0) await storeBindings(client, bindings);
  const bound = new Set<string>(bindings.map(({ quoteId }) => quoteId));
  const charged = rows.filter((row) => row.charged && bound.has(row.quote_id));
  await countMovements(
    client,
    charged.flatMap((row) => boundMovements(decodeQuote(row.quote))),
  );
  return outcomes;
}

async function storeBindings(client: pg.PoolClient, bindings: readonly Binding[]): Promise<void> {
  const { rowCount } = await client.query({
    name: 'fx-bind-quotes',
    text: `UPDATE fx_quote q SET bound_uetr = b.uetr, bound_at = b.bound_at
             FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS b (quote_id, uetr, bound_at)
            WHERE q.quote_id = b.quote_id AND q.bound_uetr IS NULL`,
    values: [bindings.map((b) => b.quoteId), bindings.map((b) => b.uetr), bindings.map((b) => b.now)],
  });
  invariant(rowCount === bindings.length, 'a locked open quote can be bound');
}

/** {@link QuoteBinding.insertBoundQuotes} inside the caller's transaction, one statement. */
export async function insertBoundQuotes(
  client: pg.PoolClient,
  quotes: readonly SignedQuote[],
  uetrs: readonly Uetr[],
): Promise<readonly (Refusal | null)[]> {
  invariant(quotes.length === uetrs.length, 'a bound quote has its UETR');
  return quotes.length > 0 ? insertOffers(client, quotes, uetrs) : [];
}

/** {@link QuoteBinding.endQuotes} inside the caller's transaction, one statement. */
export const endQuotes = (client: pg.PoolClient, ended: readonly EndedQuote[], dayOf: DayOf): Promise<void> =>
  countOfQuotes(
    client,
    ended.flatMap((one) => {
      const { quoteId } = one.quote;
      return endedMovements(one, dayOf).map((movement) => ({ quoteId, ...movement }));
    }),
  );

interface NewQuote {
  readonly signed: SignedQuote;
  readonly quote: SignedQuote['quote'];
  readonly uetr: Uetr | null;
}

/** Others may take what was free in between, each time; then the caller may ask again. */
const ROUNDS_MAX = 5;

/**
 * {@link DeskStore.insertQuotes}: one statement where everything fits, and two more each time that it doesn't. In a
 * transaction it is decided after the second, for the first has locked the counters.
 */
async function insertOffers(
  client: pg.Pool | pg.PoolClient,
  quotes: readonly SignedQuote[],
  uetrs: readonly (Uetr | null)[],
): Promise<(Refusal | null)[]> {
  const offers = byOffer(quotes.map((signed, i) => ({ signed, quote: signed.quote, uetr: uetrs[i] ?? null })));
  const outcomes: (Refusal | null)[] = offers.map(() => null);
  const perQuote = () => offers.flatMap((offer, i) => offer.map(() => outcomes[i] ?? null));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const open = [...offers.keys()].filter((i) => outcomes[i] === null);
    const going = open.flatMap((i) => offers[i]!);
    if (going.length === 0 || (await insertCharged(client, going))) return perQuote();
    const charges = open.map((i) => offers[i]!.flatMap(({ signed }) => signed.charges ?? []));
    const stand = await readCounters(client, charges.flat());
    const fits = countWhatFits(new Map(stand.map((counter) => [keyOf(counter), counter.amount])), charges);
    open.forEach((i, n) => {
      outcomes[i] = fits[n] ?? null;
    });
  }
  return perQuote().map((outcome) => outcome ?? refusal('UNAVAILABLE', 'too many quotes at once'));
}

/** Stores all of these quotes and counts their charges, or does neither, where a counter would be beyond its most. */
async function insertCharged(client: pg.Pool | pg.PoolClient, quotes: readonly NewQuote[]): Promise<boolean> {
  const residues = quotes.map(({ quote }) => providerResidue(quote));
  const charges = chargeColumns(quotes.flatMap(({ signed }) => signed.charges ?? []));
  const { rowCount } = await client.query({
    name: 'fx-insert-quotes',
    text: `WITH locked AS MATERIALIZED (
             SELECT c.scope, c.name, c.day, c.measure, c.currency, c.amount, g.delta, g.most
               FROM unnest($12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::numeric[],
                           $18::numeric[]) WITH ORDINALITY AS g (scope, name, day, measure, currency, delta, most, place)
               JOIN fx_counter c USING (scope, name, day, measure, currency)
              ORDER BY g.place FOR UPDATE OF c),
           fits AS (
             SELECT count(*) = cardinality($12::text[])
                    AND coalesce(bool_and(most IS NULL OR sign(delta) * (amount + delta) <= most), true) AS ok
               FROM locked),
           counted AS (
             UPDATE fx_counter c SET amount = l.amount + l.delta FROM locked l, fits
              WHERE fits.ok AND c.scope = l.scope AND c.name = l.name AND c.day = l.day AND c.measure = l.measure
                AND c.currency = l.currency)
           INSERT INTO fx_quote (quote_id, provider_bic, quote, signature, valid_until, residue_currency,
                                 residue_gain, bound_uetr, bound_at, contest, charged)
           SELECT q.* FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::bigint[], $6::text[],
                                  $7::numeric[], $8::uuid[], $9::bigint[], $10::json[], $11::boolean[]) AS q, fits
            WHERE fits.ok`,
    values: [
      quotes.map(({ quote }) => quote.quoteId),
      quotes.map(({ quote }) => quote.providerBic),
      quotes.map(({ signed }) => signed.bytes),
      quotes.map(({ signed }) => signed.signature),
      quotes.map(({ quote }) => quote.validUntil),
      residues.map((residue) => residue.currency),
      residues.map((residue) => residue.gain),
      quotes.map(({ uetr }) => uetr),
      quotes.map(({ quote, uetr }) => (uetr === null ? null : quote.issuedAt)),
      quotes.map(({ signed }) => (signed.contest ? JSON.stringify(signed.contest) : null)),
      quotes.map(({ signed }) => signed.charges !== undefined),
      ...charges,
    ],
  });
  return rowCount === quotes.length;
}
