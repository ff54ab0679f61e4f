/** Inbound messages, their refusals, and how many of their transactions are still open. */
import type pg from 'pg';
import type { ErrorCode } from '../kernel/errors.js';
import type { Bic } from '../kernel/ids.js';
import { packedColumns } from '../kernel/packed.js';
import type { MessageRecord } from './payment.js';

/** Identity of an inbound message: MsgId is unique per sender. */
export interface MessageKey {
  readonly sender: Bic;
  readonly msgId: string;
}
export const messageKey = (key: MessageKey): string => `${key.sender}\n${key.msgId}`;

/** Which of these messages are known, with the hash of the body that was accepted. */
export async function knownMessages(
  client: pg.Pool | pg.PoolClient,
  keys: readonly MessageKey[],
): Promise<Map<string, Buffer>> {
  const { rows } = await client.query<{ sender: string; msg_id: string; body_hash: Buffer }>({
    name: 'known-messages',
    text: `SELECT m.sender, m.msg_id, m.body_hash
             FROM unnest($1::text[], $2::text[]) AS k (sender, msg_id)
             JOIN message m ON m.sender = k.sender AND m.msg_id = k.msg_id`,
    values: [keys.map((key) => key.sender), keys.map((key) => key.msgId)],
  });
  return new Map(rows.map((row) => [messageKey({ sender: row.sender as Bic, msgId: row.msg_id }), row.body_hash]));
}

/**
 * Inserts messages; answers the keys that are new. A key that is there already is left as it is. Rows go in sorted, so
 * that two copies of the gateway with the same messages wait for each other instead of deadlocking.
 */
export async function insertMessages(
  client: pg.PoolClient,
  messages: readonly (MessageRecord & { readonly openCount: number })[],
): Promise<Set<string>> {
  const documents = packedColumns(
    messages.map((m) => m.body),
    messages.map((m) => m.authorisation),
    messages.map((m) => m.bodyHash),
  );
  const { rows } = await client.query<{ sender: string; msg_id: string }>({
    name: 'insert-messages',
    text: `INSERT INTO message (sender, msg_id, message_id, body_hash, body, authorisation, received_at, open_count)
           SELECT sender, msg_id, message_id, substring($4::bytea FROM hash_at FOR hash_length),
                  substring($4::bytea FROM body_at FOR body_length),
                  substring($4::bytea FROM authorisation_at FOR authorisation_length), received_at, open_count
             FROM unnest($1::text[], $2::text[], $3::text[], $5::integer[], $6::integer[], $7::integer[], $8::integer[],
                         $9::integer[], $10::integer[], $11::bigint[], $12::integer[])
                  AS n (sender, msg_id, message_id, body_at, body_length, authorisation_at, authorisation_length,
                        hash_at, hash_length, received_at, open_count)
            ORDER BY sender, msg_id
           ON CONFLICT (sender, msg_id) DO NOTHING
           RETURNING sender, msg_id`,
    values: [
      messages.map((m) => m.sender),
      messages.map((m) => m.msgId),
      messages.map((m) => m.messageId),
      documents.bytes,
      ...documents.places,
      messages.map((m) => m.receivedAt),
      messages.map((m) => m.openCount),
    ],
  });
  return new Set(rows.map((row) => messageKey({ sender: row.sender as Bic, msgId: row.msg_id })));
}

/** Lowers the count of open transactions of messages; answers the keys whose last one ended now. */
export async function endTransactions(
  client: pg.PoolClient,
  ended: readonly (MessageKey & { readonly count: number })[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ sender: string; msg_id: string }>({
    name: 'end-transactions',
    text: `UPDATE message m SET open_count = m.open_count - e.ended
             FROM unnest($1::text[], $2::text[], $3::integer[]) AS e (sender, msg_id, ended)
            WHERE m.sender = e.sender AND m.msg_id = e.msg_id
           RETURNING m.sender, m.msg_id, m.open_count`,
    values: [ended.map((e) => e.sender), ended.map((e) => e.msgId), ended.map((e) => e.count)],
  });
  return new Set(
    (rows as { sender: string; msg_id: string; open_count: number }[])
      .filter((row) => row.open_count === 0)
      .map((row) => messageKey({ sender: row.sender as Bic, msgId: row.msg_id })),
  );
}

/** Bodies and authorisations of messages, by {@link messageKey}. */
export async function messageSources(
  pool: pg.Pool,
  keys: readonly MessageKey[],
): Promise<Map<string, { readonly body: Buffer; readonly authorisation: Buffer; readonly transactionCount: number }>> {
  const { rows } = await pool.query<{
    sender: string;
    msg_id: string;
    body: Buffer;
    authorisation: Buffer;
    transactions: number;
  }>({
    name: 'message-sources',
    text: `SELECT m.sender, m.msg_id, m.body, m.authorisation,
                  (SELECT count(*)::integer FROM payment p WHERE p.sender = m.sender AND p.msg_id = m.msg_id) AS transactions
             FROM unnest($1::text[], $2::text[]) AS k (sender, msg_id)
             JOIN message m ON m.sender = k.sender AND m.msg_id = k.msg_id`,
    values: [keys.map((key) => key.sender), keys.map((key) => key.msgId)],
  });
  return new Map(
    rows.map((row) => [
      messageKey({ sender: row.sender as Bic, msgId: row.msg_id }),
      { body: row.body, authorisation: row.authorisation, transactionCount: row.transactions },
    ]),
  );
}

/** A refused message that could not become payments: a record, not its content. */
export async function recordRefusal(
  pool: pg.Pool,
  entry: { sender: string; code: ErrorCode; bodyHash: Buffer; receivedAt: number },
): Promise<void> {
  await pool.query({
    name: 'record-refusal',
    text: 'INSERT INTO refused_message (sender, code, body_hash, received_at) VALUES ($1, $2, $3, $4)',
    values: [entry.sender, entry.code, entry.bodyHash, entry.receivedAt],
  });
}
