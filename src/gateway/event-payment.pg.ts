/** Payments that wait for an event, as rows: which copy of the gateway looks after them, and how they go on. */
import type pg from 'pg';
import type { Uetr } from '../kernel/ids.js';
import type { PaymentRecord } from './payment.js';
import { DATABASE_MS, PAYMENT_COLUMNS_OF_P, type PaymentRow, toPayment } from './payment-store.pg.js';

/** Stores, with the payments themselves, that this copy looks after their events. */
export async function insertEventPayments(
  client: pg.PoolClient,
  uetrs: readonly Uetr[],
  claimedBy: string,
): Promise<void> {
  await client.query({
    name: 'insert-event-payments',
    text: `INSERT INTO event_payment (uetr, claimed_by) SELECT uetr, $2 FROM unnest($1::text[]) AS n (uetr)`,
    values: [uetrs, claimedBy],
  });
}

/** What this copy looks after, by UETR after `afterUetr`; ended payments too, whose money may still be held. */
export async function eventPayments(
  pool: pg.Pool,
  instanceId: string,
  afterUetr: string,
  limit: number,
): Promise<PaymentRecord[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'event-payments',
    text: `SELECT ${PAYMENT_COLUMNS_OF_P} FROM event_payment e JOIN payment p ON p.uetr = e.uetr AND p.owns_uetr
            WHERE e.claimed_by = $1 AND e.uetr > $2 ORDER BY e.uetr LIMIT $3`,
    values: [instanceId, afterUetr, limit],
  });
  return rows.map(toPayment);
}

/** Takes over what copies whose lease ended looked after. */
export async function claimEventPayments(pool: pg.Pool, instanceId: string, limit: number): Promise<void> {
  await pool.query({
    name: 'claim-event-payments',
    text: `UPDATE event_payment e SET claimed_by = $1
             FROM (SELECT o.uetr FROM event_payment o JOIN gateway_instance g ON g.instance_id = o.claimed_by
                    WHERE g.lease_until < ${DATABASE_MS} AND o.claimed_by <> $1
                    ORDER BY o.uetr LIMIT $2 FOR UPDATE OF o SKIP LOCKED) AS a
            WHERE e.uetr = a.uetr`,
    values: [instanceId, limit],
  });
}

/** The money is held: the bank hears PDNG, with what it waits for. Idempotent. */
export async function markWaiting(pool: pg.Pool, { uetr, facts }: PaymentRecord, since: number): Promise<void> {
  await pool.query({
    name: 'mark-waiting',
    text: `UPDATE payment SET status = 'PDNG', doubted_at = $3, waiting_for = ARRAY[$4::text], facts = $2::json
            WHERE uetr = $1 AND owns_uetr AND state = 'WAITING' AND status = 'ACTC'`,
    values: [uetr, JSON.stringify(facts), since, facts.event?.ledger],
  });
}

/** A payment that waited has its terms: it goes on, and stands in no queue. False when it does already. */
export async function goOn(client: pg.PoolClient, payment: PaymentRecord, claimedBy: string): Promise<boolean> {
  const { uetr, facts, differences, terms, destination } = payment;
  const { rowCount } = await client.query({
    name: 'payment-goes-on',
    text: `WITH gone AS (DELETE FROM fx_queue WHERE uetr = $1)
           UPDATE payment SET state = 'PREPARING', status = 'ACTC', doubted_at = NULL, waiting_for = NULL, claimed_by = $7,
                              terms = $2, destination = $3, facts = $4::json, differences = $5::json, provider = $6
            WHERE uetr = $1 AND owns_uetr AND state = 'WAITING'`,
    values: [uetr, terms, destination, JSON.stringify(facts), JSON.stringify(differences), facts.provider, claimedBy],
  });
  return rowCount === 1;
}

/** Whether the payment waits still; it goes nowhere else before this transaction ends, which takes it out of the queue. */
export async function stillWaits(client: pg.PoolClient, uetr: Uetr): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'still-waits',
    text: `WITH gone AS (DELETE FROM fx_queue WHERE uetr = $1)
           SELECT 1 FROM payment WHERE uetr = $1 AND owns_uetr AND state = 'WAITING' FOR UPDATE`,
    values: [uetr],
  });
  return rowCount === 1;
}

/** Nothing is left to look after: a leg has the money, or its payer. */
export async function endEventPayment(pool: pg.Pool, uetr: Uetr): Promise<void> {
  await pool.query({ name: 'end-event-payment', text: 'DELETE FROM event_payment WHERE uetr = $1', values: [uetr] });
}
