/** Officers' orders about halts, in the gateway's database and in each co-signer's. */
import type pg from 'pg';
import type { LedgerCode } from '../kernel/ids.js';
import type { HaltAction, HaltOrder, HaltScope } from '../pvp/halts.js';

interface OrderRow {
  halt_id: string;
  action: HaltAction;
  key_id: string;
  scope: HaltScope | null;
  name: string | null;
  reason: string;
  body: Buffer;
  authorisation: Buffer;
  ordered_at: bigint | string;
}

const COLUMNS = 'halt_id, action, key_id, scope, name, reason, body, authorisation, ordered_at';

const toOrder = (row: OrderRow): HaltOrder => ({
  haltId: row.halt_id,
  action: row.action,
  keyId: row.key_id,
  reason: row.reason,
  target: row.scope !== null && row.name !== null ? { scope: row.scope, name: row.name } : null,
  body: row.body,
  authorisation: row.authorisation,
  orderedAt: Number(row.ordered_at),
});

/** Keeps an order unless its officer gave it before, or the halt was set already. */
export async function keepOrder(pool: pg.Pool, order: HaltOrder): Promise<void> {
  await pool.query({
    name: 'fx-keep-halt-order',
    text: `INSERT INTO fx_halt_order (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    values: [
      ...[order.haltId, order.action, order.keyId, order.target?.scope ?? null, order.target?.name ?? null],
      ...[order.reason, order.body, order.authorisation, order.orderedAt],
    ],
  });
}

/** All orders, or those of one halt, in the order in which they came. */
export async function haltOrders(pool: pg.Pool, haltId: string | null = null): Promise<HaltOrder[]> {
  const { rows } = await pool.query<OrderRow>({
    name: 'fx-halt-orders',
    text: `SELECT ${COLUMNS} FROM fx_halt_order WHERE $1::uuid IS NULL OR halt_id = $1 ORDER BY position`,
    values: [haltId],
  });
  return rows.map(toOrder);
}

/** An order of the gateway's database that not all of these ledgers have. */
export interface UndeliveredOrder {
  readonly order: HaltOrder;
  readonly deliveredTo: readonly LedgerCode[];
}

export async function undelivered(pool: pg.Pool, ledgers: readonly LedgerCode[]): Promise<UndeliveredOrder[]> {
  const { rows } = await pool.query<OrderRow & { delivered_to: LedgerCode[] }>({
    name: 'fx-halt-undelivered',
    text: `SELECT ${COLUMNS}, delivered_to FROM fx_halt_order WHERE NOT delivered_to @> $1::text[] ORDER BY position`,
    values: [ledgers],
  });
  return rows.map((row) => ({ order: toOrder(row), deliveredTo: row.delivered_to }));
}

type OrderKey = Pick<HaltOrder, 'haltId' | 'action' | 'keyId'>;

/** Notes that a ledger's jurisdiction has these orders. */
export async function markDelivered(pool: pg.Pool, ledger: LedgerCode, orders: readonly OrderKey[]): Promise<void> {
  await pool.query({
    name: 'fx-halt-delivered',
    text: `UPDATE fx_halt_order o SET delivered_to = array_append(o.delivered_to, $1)
             FROM unnest($2::uuid[], $3::text[], $4::text[]) AS d (halt_id, action, key_id)
            WHERE o.halt_id = d.halt_id AND o.action = d.action AND o.key_id = d.key_id
              AND NOT o.delivered_to @> ARRAY[$1::text]`,
    values: [ledger, orders.map((o) => o.haltId), orders.map((o) => o.action), orders.map((o) => o.keyId)],
  });
}
