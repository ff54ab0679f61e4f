/** Payments of the gateway: the log of the protocol, final statuses, and which copy works on what. */
import type pg from 'pg';
import type { Difference } from '../iso20022/translation/difference.js';
import type { ErrorCode } from '../kernel/errors.js';
import type { Bic, LedgerCode, Uetr } from '../kernel/ids.js';
import { packedColumns } from '../kernel/packed.js';
import { type MessageKey, messageKey } from './message-store.pg.js';
import type { PaymentFacts, PaymentRecord, PaymentState, TransactionStatus } from './payment.js';

export interface PaymentRow {
  sender: string;
  msg_id: string;
  tx_index: number;
  uetr: string;
  owns_uetr: boolean;
  state: PaymentState;
  status: TransactionStatus;
  reason: ErrorCode | null;
  detail: string | null;
  facts: PaymentFacts;
  differences: Difference[];
  terms: Buffer | null;
  destination: Buffer | null;
  accepted_at: bigint;
  decided_at: bigint | null;
  closed_at: bigint | null;
  doubted_at: bigint | null;
  waiting_for: LedgerCode[] | null;
}

const time = (value: bigint | null): number | null => (value === null ? null : Number(value));

export const toPayment = (row: PaymentRow): PaymentRecord => ({
  sender: row.sender as Bic,
  msgId: row.msg_id,
  index: row.tx_index,
  uetr: row.uetr as Uetr,
  ownsUetr: row.owns_uetr,
  state: row.state,
  status: row.status,
  reason: row.reason,
  detail: row.detail,
  facts: row.facts,
  differences: row.differences,
  terms: row.terms,
  destination: row.destination,
  acceptedAt: Number(row.accepted_at),
  decidedAt: time(row.decided_at),
  closedAt: time(row.closed_at),
  doubt: row.doubted_at === null ? null : { since: Number(row.doubted_at), waitingFor: row.waiting_for ?? [] },
});

/** The server's time in milliseconds since 1970. */
export const DATABASE_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
const PAYMENT_COLUMNS =
  'sender, msg_id, tx_index, uetr, owns_uetr, state, status, reason, detail, facts, differences, terms, destination, ' +
  'accepted_at, decided_at, closed_at, doubted_at, waiting_for';
export const PAYMENT_COLUMNS_OF_P = PAYMENT_COLUMNS.replace(/\w+/g, 'p.$&');

/**
 * Inserts payments; answers the UETRs that were claimed. A UETR that belongs to another payment is not inserted.
 * Rows with `ownsUetr` false are always inserted. They go in sorted by UETR, the first of equal ones first.
 */
export async function insertPayments(
  client: pg.PoolClient,
  payments: readonly PaymentRecord[],
  claimedBy: string,
): Promise<Set<string>> {
  // Texts with many quotes travel as bytes: as elements of a text array each quote would be escaped and read again.
  const documents = packedColumns(
    payments.map((p) => p.terms),
    payments.map((p) => p.destination),
    payments.map((p) => Buffer.from(JSON.stringify(p.facts))),
    payments.map((p) => Buffer.from(JSON.stringify(p.differences))),
  );
  const { rows } = await client.query<{ uetr: string; owns_uetr: boolean }>({
    name: 'insert-payments',
    text: `INSERT INTO payment (sender, msg_id, tx_index, uetr, owns_uetr, claimed_by, state, status, reason, detail,
                                creditor_agent, provider, facts, differences, terms, destination, accepted_at, closed_at)
           SELECT sender, msg_id, tx_index, uetr, owns_uetr, $1, state, status, reason, detail,
                  creditor_agent, provider,
                  convert_from(substring($13::bytea FROM facts_at FOR facts_length), 'UTF8')::json,
                  convert_from(substring($13::bytea FROM differences_at FOR differences_length), 'UTF8')::json,
                  substring($13::bytea FROM terms_at FOR terms_length),
                  substring($13::bytea FROM destination_at FOR destination_length), accepted_at, closed_at
             FROM unnest($2::text[], $3::text[], $4::integer[], $5::text[], $6::boolean[], $7::text[], $8::text[],
                         $9::text[], $10::text[], $11::text[], $12::text[], $14::integer[], $15::integer[],
                         $16::integer[], $17::integer[], $18::integer[], $19::integer[], $20::integer[], $21::integer[],
                         $22::bigint[], $23::bigint[]) WITH ORDINALITY
                  AS n (sender, msg_id, tx_index, uetr, owns_uetr, state, status, reason, detail, creditor_agent,
                        provider, terms_at, terms_length, destination_at, destination_length, facts_at, facts_length,
                        differences_at, differences_length, accepted_at, closed_at, place)
            ORDER BY uetr, place
           ON CONFLICT (uetr) WHERE owns_uetr DO NOTHING
           RETURNING uetr, owns_uetr`,
    values: [
      claimedBy,
      payments.map((p) => p.sender),
      payments.map((p) => p.msgId),
      payments.map((p) => p.index),
      payments.map((p) => p.uetr),
      payments.map((p) => p.ownsUetr),
      payments.map((p) => p.state),
      payments.map((p) => p.status),
      payments.map((p) => p.reason),
      payments.map((p) => p.detail),
      payments.map((p) => p.facts.creditorAgent),
      payments.map((p) => p.facts.provider),
      documents.bytes,
      ...documents.places,
      payments.map((p) => p.acceptedAt),
      payments.map((p) => p.closedAt),
    ],
  });
  return new Set(rows.filter((row) => row.owns_uetr).map((row) => row.uetr));
}

/** Turns payments of this transaction into refusals (their quote could not be bound). */
export async function refusePayments(
  client: pg.PoolClient,
  refusals: readonly { uetr: Uetr; reason: ErrorCode; detail: string | null; at: number }[],
): Promise<void> {
  await client.query({
    name: 'refuse-payments',
    text: `UPDATE payment p SET state = 'CLOSED', status = 'RJCT', reason = r.reason, detail = r.detail,
                                closed_at = r.at, terms = NULL, destination = NULL
             FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS r (uetr, reason, detail, at)
            WHERE p.uetr = r.uetr AND p.owns_uetr`,
    values: [
      refusals.map((r) => r.uetr),
      refusals.map((r) => r.reason),
      refusals.map((r) => r.detail),
      refusals.map((r) => r.at),
    ],
  });
}

/** Stores decisions that are not applied yet (gateway log DECIDED). The certificates are with the ledgers. Idempotent. */
export async function markDecided(
  client: pg.Pool | pg.PoolClient,
  items: readonly { readonly uetr: string; readonly decidedAt: number }[],
): Promise<void> {
  await client.query({
    name: 'mark-decided',
    text: `UPDATE payment p SET state = 'DECIDED', decided_at = d.decided_at
             FROM unnest($1::text[], $2::bigint[]) AS d (uetr, decided_at)
            WHERE p.uetr = d.uetr AND p.owns_uetr AND p.state = 'PREPARING'`,
    values: [items.map((i) => i.uetr), items.map((i) => i.decidedAt)],
  });
}

/** A final status, with the row's state: an ABORT is final for the sender before every leg has applied it. */
export interface FinalStatus {
  readonly uetr: Uetr;
  readonly state: 'DECIDED' | 'CLOSED';
  readonly status: TransactionStatus;
  readonly reason: ErrorCode | null;
  readonly detail: string | null;
  readonly decidedAt: number;
  readonly at: number;
}

/** Gives payments their final status, once; answers the UETRs that had none until now. */
export async function finalise(client: pg.PoolClient, items: readonly FinalStatus[]): Promise<Set<string>> {
  const { rows } = await client.query<{ uetr: string }>({
    name: 'finalise',
    text: `UPDATE payment p SET state = f.state, status = f.status, reason = f.reason, detail = f.detail,
                                decided_at = f.decided_at, closed_at = f.at
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
                  AS f (uetr, state, status, reason, detail, decided_at, at)
            WHERE p.uetr = f.uetr AND p.owns_uetr AND p.closed_at IS NULL
           RETURNING p.uetr`,
    values: [
      items.map((i) => i.uetr),
      items.map((i) => i.state),
      items.map((i) => i.status),
      items.map((i) => i.reason),
      items.map((i) => i.detail),
      items.map((i) => i.decidedAt),
      items.map((i) => i.at),
    ],
  });
  return new Set(rows.map((row) => row.uetr));
}

/** Every leg has applied the decision: nothing is left to do for these payments. */
export async function closePayments(client: pg.PoolClient, uetrs: readonly string[]): Promise<void> {
  await client.query({
    name: 'close-payments',
    text: `UPDATE payment SET state = 'CLOSED'
            WHERE owns_uetr AND uetr = ANY ($1::text[]) AND closed_at IS NOT NULL AND state <> 'CLOSED'`,
    values: [uetrs],
  });
}

/** The payment can't be decided or delivered for now (PDNG), because these do not answer. The first time counts. */
export async function markPending(
  pool: pg.Pool,
  uetr: string,
  waitingFor: readonly LedgerCode[],
  now: number,
): Promise<void> {
  await pool.query({
    name: 'mark-pending',
    text: `UPDATE payment SET status = 'PDNG', doubted_at = coalesce(doubted_at, $3), waiting_for = $2::text[]
            WHERE uetr = $1 AND owns_uetr
              AND (status = 'ACTC' OR (status = 'PDNG' AND waiting_for IS DISTINCT FROM $2::text[]))`,
    values: [uetr, waitingFor, now],
  });
}

/** Payments in doubt, the oldest doubt first. */
export async function pendingPayments(pool: pg.Pool, limit: number): Promise<PaymentRecord[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'pending-payments',
    text: `SELECT ${PAYMENT_COLUMNS} FROM payment
            WHERE state <> 'CLOSED' AND state <> 'WAITING' AND owns_uetr AND status = 'PDNG' ORDER BY doubted_at, uetr LIMIT $1`,
    values: [limit],
  });
  return rows.map(toPayment);
}

/** The transactions of messages, in message order; no more than `countMax` of them unless it is null. */
export async function paymentsOfMessages(
  client: pg.Pool | pg.PoolClient,
  keys: readonly MessageKey[],
  countMax: number | null = null,
): Promise<Map<string, PaymentRecord[]>> {
  const { rows } = await client.query<PaymentRow>({
    // A limit that may be null would be planned for as if it were there.
    name: countMax === null ? 'payments-of-messages' : 'payments-of-messages-at-most',
    text: `SELECT ${PAYMENT_COLUMNS_OF_P}
             FROM unnest($1::text[], $2::text[]) AS k (sender, msg_id)
             JOIN payment p ON p.sender = k.sender AND p.msg_id = k.msg_id
            ORDER BY p.sender, p.msg_id, p.tx_index ${countMax === null ? '' : 'LIMIT $3'}`,
    values: [keys.map((key) => key.sender), keys.map((key) => key.msgId), ...(countMax === null ? [] : [countMax])],
  });
  const found = new Map<string, PaymentRecord[]>();
  for (const row of rows) {
    const payment = toPayment(row);
    const list = found.get(messageKey(payment));
    if (list) list.push(payment);
    else found.set(messageKey(payment), [payment]);
  }
  return found;
}

/** The payment that a UETR belongs to; where it belongs to none, the newest refusal that the caller was given for it. */
export async function paymentByUetr(pool: pg.Pool, uetr: string, caller: Bic): Promise<PaymentRecord | null> {
  const owner = await pool.query<PaymentRow>({
    name: 'payment-by-uetr',
    text: `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE uetr = $1 AND owns_uetr`,
    values: [uetr],
  });
  if (owner.rows[0]) return toPayment(owner.rows[0]);
  const refused = await pool.query<PaymentRow>({
    name: 'refused-payment-by-uetr',
    text: `SELECT ${PAYMENT_COLUMNS} FROM payment
            WHERE uetr = $1 AND NOT owns_uetr AND sender = $2 ORDER BY accepted_at DESC LIMIT 1`,
    values: [uetr, caller],
  });
  return refused.rows[0] ? toPayment(refused.rows[0]) : null;
}

/** MsgId by UETR of a sender's payments; one that is unknown, or somebody else's, is not among them. */
export async function msgIdsByUetr(pool: pg.Pool, sender: Bic, uetrs: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ uetr: string; msg_id: string }>({
    name: 'msg-ids-by-uetr',
    text: `SELECT uetr, msg_id FROM payment WHERE uetr = ANY ($1::text[]) AND owns_uetr AND sender = $2`,
    values: [uetrs, sender],
  });
  return new Map(rows.map((row) => [row.uetr, row.msg_id]));
}

/** This instance's open payments after `afterUetr`, by UETR: what a restart has to finish. */
export async function openPayments(
  pool: pg.Pool,
  instanceId: string,
  afterUetr: string,
  limit: number,
): Promise<PaymentRecord[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'open-payments',
    text: `SELECT ${PAYMENT_COLUMNS} FROM payment
            WHERE state <> 'CLOSED' AND state <> 'WAITING' AND claimed_by = $1 AND uetr > $2 ORDER BY uetr LIMIT $3`,
    values: [instanceId, afterUetr, limit],
  });
  return rows.map(toPayment);
}

/**
 * Keeps this instance alive for `leaseMs`; another copy may take over its work afterwards. Leases go by the database's
 * clock, since copies are on machines whose clocks may be set wrong.
 */
export async function renewLease(pool: pg.Pool, instanceId: string, leaseMs: number): Promise<void> {
  await pool.query({
    name: 'renew-lease',
    text: `INSERT INTO gateway_instance (instance_id, lease_until) VALUES ($1, ${DATABASE_MS} + $2::bigint)
           ON CONFLICT (instance_id) DO UPDATE SET lease_until = excluded.lease_until`,
    values: [instanceId, leaseMs],
  });
}

/** Takes over open payments of instances whose lease ended, and answers up to `limit` of them, of each the first by UETR. */
export async function claimAbandoned(pool: pg.Pool, instanceId: string, limit: number): Promise<PaymentRecord[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'claim-abandoned',
    text: `UPDATE payment p SET claimed_by = $1
             FROM (SELECT o.* FROM gateway_instance g CROSS JOIN LATERAL
                    (SELECT sender, msg_id, tx_index FROM payment
                      WHERE claimed_by = g.instance_id AND state <> 'CLOSED' AND state <> 'WAITING'
                      ORDER BY uetr LIMIT $2 FOR UPDATE SKIP LOCKED) AS o
                    WHERE g.lease_until < ${DATABASE_MS} AND g.instance_id <> $1 LIMIT $2) AS a
            WHERE p.sender = a.sender AND p.msg_id = a.msg_id AND p.tx_index = a.tx_index
           RETURNING ${PAYMENT_COLUMNS_OF_P}`,
    values: [instanceId, limit],
  });
  return rows.map(toPayment);
}
