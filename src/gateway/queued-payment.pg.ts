/** Payments that wait for liquidity, as rows: any copy of the gateway may take the next one. */
import type pg from 'pg';
import type { Uetr } from '../kernel/ids.js';
import type { QueuePriority } from '../pvp/liquidity-queue.js';
import type { PaymentRecord } from './payment.js';
import { PAYMENT_COLUMNS_OF_P, type PaymentRow, toPayment } from './payment-store.pg.js';

export interface QueueRow {
  readonly uetr: Uetr;
  readonly priority: QueuePriority;
  /** That it may be paid from, as the desk's counters name them. */
  readonly wallets: readonly string[];
}

/** Of the lock under which the queue grows: a number of its own among transaction locks of this database. */
const GROWS = 2005;

/**
 * Stores payments as queued, in their order, as long as the queue has no more than `countMax`; answers those that found a
 * place. Who adds to the queue does it alone until its transaction ends, so that two copies can't both take the last place.
 */
export async function insertQueued(
  client: pg.PoolClient,
  rows: readonly QueueRow[],
  countMax: number,
): Promise<Set<string>> {
  await client.query({ name: 'queue-grows', text: 'SELECT pg_advisory_xact_lock($1)', values: [GROWS] });
  const { rows: inserted } = await client.query<{ uetr: string }>({
    name: 'insert-queued',
    text: `INSERT INTO fx_queue (uetr, priority, wallets)
           SELECT n.uetr, n.priority, string_to_array(n.wallets, ' ')
             FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n (uetr, priority, wallets, place)
            ORDER BY n.place LIMIT greatest(0, $4::bigint - (SELECT count(*) FROM fx_queue))
           RETURNING uetr`,
    values: [
      rows.map(({ uetr }) => uetr),
      rows.map(({ priority }) => priority),
      rows.map(({ wallets }) => wallets.join(' ')),
      countMax,
    ],
  });
  return new Set(inserted.map(({ uetr }) => uetr));
}

/**
 * The queue, in no order. Each of its rows looks for its payment: it is asked for all the time and is nearly always empty,
 * which the planner would not believe and read all payments instead.
 */
export async function queuedPayments(pool: pg.Pool): Promise<PaymentRecord[]> {
  const { rows } = await pool.query<PaymentRow>({
    name: 'queued-payments',
    text: `SELECT ${PAYMENT_COLUMNS_OF_P} FROM fx_queue q
            CROSS JOIN LATERAL (SELECT * FROM payment WHERE uetr = q.uetr AND owns_uetr LIMIT 1) AS p
            WHERE p.state = 'WAITING'`,
  });
  return rows.map(toPayment);
}
