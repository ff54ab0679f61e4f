/** The list of quotes. Every page is bounded by the rows it looks at, however few of them it is asked for. */
import type pg from 'pg';
import { ByteWriter } from '../kernel/bytes.js';
import type { Bic, Uetr } from '../kernel/ids.js';
import { decodeQuote } from '../pvp/quote.js';
import type { TransactionStatus } from './payment.js';
import type { ListedQuote, QuotePage, QuoteScope, QuoteSearch } from './quote-search.js';

/** Rows that one page looks at where a condition has no index of its own. */
const LOOKED_AT_MAX = 5_000;
/** Greater than every sequence: where a list begins. */
const NEWEST = '9223372036854775807';

const SOURCES = {
  all: `(SELECT * FROM fx_quote WHERE sequence < $1::bigint AND $3::uuid[] IS NULL ORDER BY sequence DESC LIMIT $2)`,
  ids: `(SELECT * FROM fx_quote WHERE quote_id = ANY ($3::uuid[]) AND sequence < $1::bigint
          ORDER BY sequence DESC LIMIT $2)`,
  payments: `(SELECT q.* FROM payment p
               CROSS JOIN LATERAL (SELECT p.facts->>'quoteId' AS id
                                    UNION SELECT step->>'quoteId' FROM json_array_elements(p.facts->'steps') AS step) has
                JOIN fx_quote q ON q.quote_id = has.id::uuid
               WHERE p.uetr = ANY ($3::text[]) AND p.owns_uetr AND q.sequence < $1::bigint
               ORDER BY q.sequence DESC LIMIT $2)`,
} as const;

// The canonical bytes have the requester in one place, and both currencies one after the other.
const FILTER = `
  ($4::text[] IS NULL OR provider_bic = ANY ($4))
  AND ($5::text[] IS NULL OR provider_bic = ANY ($5))
  AND ($6::bytea[] IS NULL
       OR EXISTS (SELECT FROM unnest($6) AS one WHERE substring(quote FROM $7::int FOR octet_length(one)) = one))
  AND ($8::bytea[] IS NULL
       OR EXISTS (SELECT FROM unnest($8) AS one WHERE substring(quote FROM $7 FOR octet_length(one)) = one))
  AND ($9::bytea IS NULL OR position($9 IN quote) > 0)
  AND ($10::text[] IS NULL
       OR CASE WHEN bound_uetr IS NOT NULL THEN 'used' WHEN valid_until > $11::bigint THEN 'open' ELSE 'lapsed' END
          = ANY ($10))
  AND ($13::uuid[] IS NULL OR bound_uetr = ANY ($13))`;

/** Where the requester begins in canonical bytes: after the version, of one digit, and the id. From 1, as SQL counts. */
const REQUESTER_AT = new ByteWriter().integer(1).text('0'.repeat(36)).finish().length + 1;

/** A party with its main branch or without. */
const namesOf = (bic: Bic): string[] => (bic.length === 8 ? [bic, `${bic}XXX`] : [bic]);
const bytesOf = (bic: Bic): Buffer[] => namesOf(bic).map((name) => new ByteWriter().text(name).finish());

interface QuoteRow {
  sequence: bigint | string;
  quote: Buffer;
  bound_uetr: string | null;
  bound_at: bigint | string | null;
  payment_status: TransactionStatus | null;
}

const toListed = (row: QuoteRow): ListedQuote => ({
  sequence: String(row.sequence),
  quote: decodeQuote(row.quote),
  boundUetr: row.bound_uetr as Uetr | null,
  boundAt: row.bound_at === null ? null : Number(row.bound_at),
  paymentStatus: row.payment_status,
});

/** A page of the quotes in `scope` that satisfy the search, newest first; `now` decides which are open. */
export async function searchQuotes(
  pool: pg.Pool,
  search: QuoteSearch,
  scope: QuoteScope,
  now: number,
): Promise<QuotePage> {
  const { quoteIds, uetrs, provider, bank, pair, states, limit } = search;
  const source = quoteIds !== null ? 'ids' : uetrs !== null ? 'payments' : 'all';
  const isExact = scope.kind === 'all' && [quoteIds, uetrs, provider, bank, pair, states].every((one) => one === null);
  const begin = [search.before ?? NEWEST, isExact ? limit + 1 : LOOKED_AT_MAX, quoteIds ?? uetrs];
  const found = await pool.query<QuoteRow>({
    name: `search-quotes-${source}`,
    text: `SELECT q.sequence, q.quote, q.bound_uetr, q.bound_at, p.status AS payment_status
             FROM (SELECT * FROM ${SOURCES[source]} AS looked_at WHERE ${FILTER} ORDER BY sequence DESC LIMIT $12) q
             LEFT JOIN payment p ON p.uetr = q.bound_uetr::text AND p.owns_uetr
            ORDER BY q.sequence DESC`,
    values: [
      ...begin,
      scope.kind === 'provider' ? namesOf(scope.bic) : null,
      provider === null ? null : namesOf(provider),
      scope.kind === 'bank' ? bytesOf(scope.bic) : null,
      REQUESTER_AT,
      bank === null ? null : bytesOf(bank),
      pair === null ? null : new ByteWriter().text(pair.sourceCurrency).text(pair.targetCurrency).finish(),
      ...[states, now, limit + 1, uetrs],
    ],
  });
  const quotes = found.rows.slice(0, limit).map(toListed);
  if (found.rows.length > limit) return { quotes, next: quotes.at(-1)?.sequence ?? null };
  if (isExact) return { quotes, next: null };
  const end = await pool.query<{ sequence: bigint | string }>({
    name: `search-quotes-end-${source}`,
    text: `SELECT sequence FROM ${SOURCES[source]} AS looked_at ORDER BY sequence DESC OFFSET $2::bigint - 1`,
    values: begin,
  });
  return { quotes, next: end.rows[0] ? String(end.rows[0].sequence) : null };
}
