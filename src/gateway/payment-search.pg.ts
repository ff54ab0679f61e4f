/** The list of payments. Every page is bounded by the rows it looks at, however few of them it is asked for. */
import type pg from 'pg';
import type { ListedPayment, PaymentPage, PaymentPlace, PaymentScope, PaymentSearch } from './payment-search.js';
import { type PaymentRow, toPayment } from './payment-store.pg.js';

/** Rows of each index that one page looks at where a condition has none of its own. */
const LOOKED_AT_MAX = 5_000;
/** Later than every payment: where a list begins. */
const NEWEST: PaymentPlace = { acceptedAt: Number.MAX_SAFE_INTEGER, sender: '', msgId: '', index: 0 };

const PLACE = 'accepted_at, sender, msg_id, tx_index';
const COLUMNS =
  `${PLACE}, uetr, owns_uetr, state, status, reason, detail, facts, creditor_agent, provider, decided_at, ` +
  'closed_at, doubted_at, waiting_for';
/** An index leads to the time; the few payments of one millisecond are sorted. */
const ORDER = 'ORDER BY accepted_at DESC, sender DESC, msg_id DESC, tx_index DESC';

const rows = (condition: string): string =>
  `(SELECT ${COLUMNS} FROM payment
     WHERE ${condition} AND accepted_at <= $1::bigint
       AND (${PLACE}) < ($1::bigint, $2::text, $3::text, $4::integer) ${ORDER} LIMIT $5)`;
const merged = (...conditions: readonly string[]): string =>
  `(SELECT * FROM (${conditions.map(rows).join(' UNION ALL ')}) AS several ${ORDER} LIMIT $5)`;

/** Where a page looks, each by an index; `$6` is what is looked for. A BIC may be stored with its main branch. */
const SOURCES = {
  all: rows('$6::text IS NULL'),
  bank: merged(
    'sender = $6::text',
    'creditor_agent = $6::text AND sender <> $6::text',
    "creditor_agent = $6::text || 'XXX' AND sender <> $6::text",
  ),
  uetr: merged('uetr = $6::text AND owns_uetr', 'uetr = $6::text AND NOT owns_uetr'),
  message: rows('msg_id = $6::text AND sender = ANY (ARRAY(SELECT bic FROM participant))'),
} as const;

const isParty = (parameter: string): string =>
  `(${parameter}::text IS NULL OR sender = ${parameter} OR
    creditor_agent IN (${parameter}, ${parameter} || 'XXX') OR facts->>'debtorAgent' IN (${parameter}, ${parameter} || 'XXX'))`;
/** What a leg takes of its payer: of the first one the charge too. */
const GIVEN = `((leg->>'amountMinor')::numeric + CASE WHEN leg->>'ledger' = facts->'legs'->0->>'ledger'
    THEN coalesce((facts->'charge'->>'amountMinor')::numeric, 0) ELSE 0 END)`;
const FILTER = `
  ${isParty('$7')} AND ${isParty('$8')}
  AND ($9::text IS NULL OR provider = $9
       OR EXISTS (SELECT FROM json_array_elements(facts->'steps') AS step WHERE step->>'provider' = $9))
  AND ($10::text[] IS NULL OR status = ANY ($10))
  AND ($11::text IS NULL
       OR EXISTS (SELECT FROM json_array_elements(facts->'legs') AS leg
                   WHERE leg->>'currency' = $11
                     AND ($12::numeric IS NULL OR ${GIVEN} >= $12)
                     AND ($13::numeric IS NULL OR ${GIVEN} <= $13)))`;

interface Looking {
  readonly source: keyof typeof SOURCES;
  readonly value: string | null;
  /** Whether every row that is found there is wanted. */
  readonly isExact: boolean;
}

function lookingFor({ uetr, msgId, bank, statuses, currency }: PaymentSearch, scope: PaymentScope): Looking {
  if (uetr !== null) return { source: 'uetr', value: uetr, isExact: false };
  if (msgId !== null) return { source: 'message', value: msgId, isExact: false };
  const isFiltered = statuses !== null || currency !== null;
  if (scope.kind === 'bank') return { source: 'bank', value: scope.bic, isExact: !isFiltered && bank === null };
  if (bank !== null) return { source: 'bank', value: bank, isExact: false };
  return { source: 'all', value: null, isExact: !isFiltered && scope.kind === 'all' };
}

const placeOf = ({ acceptedAt, sender, msgId, index }: PaymentPlace): PaymentPlace => ({
  acceptedAt,
  sender,
  msgId,
  index,
});

/** A page of the payments in `scope` that satisfy the search, newest first. */
export async function searchPayments(pool: pg.Pool, search: PaymentSearch, scope: PaymentScope): Promise<PaymentPage> {
  const { after, limit, statuses, currency, minorMin, minorMax } = search;
  const { source, value, isExact } = lookingFor(search, scope);
  const from = after ?? NEWEST;
  const lookedAt = isExact ? limit + 1 : LOOKED_AT_MAX;
  const begin = [from.acceptedAt, from.sender, from.msgId, from.index, lookedAt, value];
  const own = (kind: PaymentScope['kind']) => (scope.kind !== 'all' && scope.kind === kind ? scope.bic : null);
  const found = await pool.query<PaymentRow>({
    name: `search-payments-${source}`,
    text: `SELECT * FROM ${SOURCES[source]} AS looked_at WHERE ${FILTER} ${ORDER} LIMIT $14`,
    values: [
      ...begin,
      ...[own('bank'), search.bank, own('provider'), statuses, currency],
      ...[minorMin?.toString() ?? null, minorMax?.toString() ?? null, limit + 1],
    ],
  });
  const payments = found.rows.slice(0, limit).map((row): ListedPayment => toPayment(row));
  const last = payments.at(-1);
  if (found.rows.length > limit && last) return { payments, next: placeOf(last) };
  if (isExact) return { payments, next: null };
  const end = await pool.query<PaymentRow>({
    name: `search-payments-end-${source}`,
    text: `SELECT ${PLACE} FROM ${SOURCES[source]} AS looked_at ${ORDER} OFFSET $5::bigint - 1`,
    values: begin,
  });
  return { payments, next: end.rows[0] ? placeOf(toPayment(end.rows[0])) : null };
}
