/** Messages that wait for participants. */
import type pg from 'pg';
import type { Bic, Uetr } from '../kernel/ids.js';
import { packed } from '../kernel/packed.js';
import type { InboxItem, OnwardItem, StoredInboxItem } from './payment.js';

const NO_BYTES = Buffer.alloc(0);

/** Puts messages into inboxes. An onward message is not stored twice: it is read from its payment. */
export async function deliver(
  client: pg.PoolClient,
  items: readonly (InboxItem | OnwardItem)[],
  createdAt: number,
): Promise<void> {
  if (items.length === 0) return;
  const bodies = packed(items.map((i) => i.body ?? NO_BYTES));
  await client.query({
    name: 'deliver',
    text: `INSERT INTO inbox (recipient, message_id, msg_id, uetr, body, created_at)
           SELECT i.recipient, i.message_id, i.msg_id, i.uetr,
                  CASE WHEN i.body_length > 0 THEN substring($5::bytea FROM i.body_at FOR i.body_length) END, $8
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::integer[], $7::integer[])
                  AS i (recipient, message_id, msg_id, uetr, body_at, body_length)`,
    values: [
      items.map((i) => i.recipient),
      items.map((i) => i.messageId),
      items.map((i) => i.msgId),
      items.map((i) => i.uetr),
      bodies.bytes,
      bodies.starts,
      bodies.lengths,
      createdAt,
    ],
  });
}

interface InboxRow {
  recipient: string;
  position: bigint;
  message_id: string;
  msg_id: string;
  uetr: string | null;
  body: Buffer;
  created_at: bigint;
  acknowledged_at: bigint | null;
}
const toInboxItem = (row: InboxRow): StoredInboxItem => ({
  recipient: row.recipient as Bic,
  position: row.position,
  messageId: row.message_id,
  msgId: row.msg_id,
  uetr: row.uetr as Uetr | null,
  body: row.body,
  createdAt: Number(row.created_at),
  acknowledgedAt: row.acknowledged_at === null ? null : Number(row.acknowledged_at),
});

const INBOX_ITEMS = `
  SELECT i.recipient, i.position, i.message_id, i.msg_id, i.uetr, coalesce(i.body, p.destination) AS body, i.created_at,
         i.acknowledged_at
    FROM inbox i LEFT JOIN payment p ON i.body IS NULL AND p.uetr = i.uetr AND p.owns_uetr`;

/** Unacknowledged items of a recipient after a position, oldest first. */
export async function waitingItems(
  pool: pg.Pool,
  recipient: string,
  after: bigint,
  limit: number,
): Promise<StoredInboxItem[]> {
  const { rows } = await pool.query<InboxRow>({
    name: 'waiting-items',
    text: `${INBOX_ITEMS}
            WHERE i.recipient = $1 AND i.position > $2 AND i.acknowledged_at IS NULL ORDER BY i.position LIMIT $3`,
    values: [recipient, after.toString(), limit],
  });
  return rows.map(toInboxItem);
}

export async function inboxItem(pool: pg.Pool, recipient: string, position: bigint): Promise<StoredInboxItem | null> {
  const { rows } = await pool.query<InboxRow>({
    name: 'inbox-item',
    text: `${INBOX_ITEMS}
            WHERE i.recipient = $1 AND i.position = $2`,
    values: [recipient, position.toString()],
  });
  return rows[0] ? toInboxItem(rows[0]) : null;
}

/** The last message with this reference in a recipient's inbox; null when there is none. It looks through the inbox. */
export async function latestBody(pool: pg.Pool, recipient: string, msgId: string): Promise<Buffer | null> {
  const { rows } = await pool.query<{ body: Buffer }>({
    name: 'inbox-by-reference',
    text: `SELECT body FROM inbox WHERE recipient = $1 AND msg_id = $2 AND body IS NOT NULL
            ORDER BY position DESC LIMIT 1`,
    values: [recipient, msgId],
  });
  return rows[0]?.body ?? null;
}

/** Acknowledges an item; repeating it changes nothing. False when there is no such item. */
export async function acknowledge(pool: pg.Pool, recipient: string, position: bigint, at: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'acknowledge',
    text: `UPDATE inbox SET acknowledged_at = coalesce(acknowledged_at, $3) WHERE recipient = $1 AND position = $2`,
    values: [recipient, position.toString(), at],
  });
  return rowCount === 1;
}
