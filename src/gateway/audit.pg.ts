/** The gateway's rows as its audit wants them, on the snapshot of a client. */
import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import type { Report } from '../kernel/finding.js';
import type { Bic, QuoteId } from '../kernel/ids.js';
import type { Sorted } from '../kernel/merge-sorted.js';
import type { PublicKeyRecord } from '../kernel/signature.js';
import type { SuiteName } from '../kernel/suites.js';
import { cursorPages } from '../ledger/cursor.pg.js';
import { findPositions, positionsOfTrades, TRADE_COLUMNS, type TradeRow, toTrade } from '../pvp/position-store.pg.js';
import { noPosition, positionName } from '../pvp/positions.js';
import type { AuditedMessage, BoundQuote, GatewayRows, Notice } from './audit.js';
import { PAYMENT_COLUMNS_OF_P, type PaymentRow, toPayment } from './payment-store.pg.js';

/** Final reports are found by their reference, which `finalReportId` makes of the message's key. */
const FINAL_REPORT_ID = `'F' || left(encode(sha256(convert_to(m.sender || chr(10) || m.msg_id, 'UTF8')), 'hex'), 32)`;

/** What the gateway has of payments, by UETR. */
export interface GatewaySources {
  readonly payments: Sorted<string, GatewayRows['payments'][number]>;
  readonly quotes: Sorted<string, BoundQuote>;
  readonly notices: Sorted<string, Notice>;
}

export function gatewaySources(client: ClientBase): GatewaySources {
  return {
    payments: { pages: paymentPages(client), keyOf: (payment) => payment.uetr },
    quotes: { pages: quotePages(client), keyOf: (quote) => quote.boundUetr },
    notices: { pages: noticePages(client), keyOf: (notice) => notice.uetr },
  };
}

/** Only the keys are sorted by the server: the rows are wide and have an index of their own. */
async function* paymentPages(client: ClientBase) {
  const query = 'SELECT uetr FROM payment WHERE owns_uetr ORDER BY uetr COLLATE "C"';
  for await (const page of cursorPages<{ uetr: string }>(client, 'audit_payments', query)) {
    const { rows } = await client.query<PaymentRow & { body_hash: Buffer | null }>({
      name: 'audit-payments',
      text: `SELECT ${PAYMENT_COLUMNS_OF_P}, m.body_hash FROM payment p
               LEFT JOIN message m ON m.sender = p.sender AND m.msg_id = p.msg_id
              WHERE p.owns_uetr AND p.uetr = ANY($1::text[]) ORDER BY p.uetr COLLATE "C"`,
      values: [page.map(({ uetr }) => uetr)],
    });
    yield rows.map((row) => ({ ...toPayment(row), bodyHash: row.body_hash }));
  }
}

async function* quotePages(client: ClientBase) {
  const query = `SELECT q.quote, q.signature, q.bound_uetr, q.quote_id AS id, t.* FROM fx_quote q
    LEFT JOIN (SELECT ${TRADE_COLUMNS} FROM fx_trade) t ON t.quote_id = q.quote_id
    WHERE q.bound_uetr IS NOT NULL ORDER BY q.bound_uetr`;
  for await (const page of cursorPages(client, 'audit_quotes', query))
    yield page.map(
      (row): BoundQuote => ({
        quoteId: row.id as QuoteId,
        boundUetr: row.bound_uetr,
        bytes: row.quote,
        signature: row.signature,
        booked: row.quote_id === null ? null : toTrade(row as TradeRow),
      }),
    );
}

async function* noticePages(client: ClientBase) {
  const query = `SELECT uetr, recipient, msg_id, body IS NOT NULL AS has_body FROM inbox
    WHERE uetr IS NOT NULL AND message_id NOT LIKE 'pacs.002.%' ORDER BY uetr COLLATE "C"`;
  for await (const page of cursorPages(client, 'audit_notices', query))
    yield page.map(
      (row): Notice => ({ uetr: row.uetr, recipient: row.recipient, msgId: row.msg_id, hasBody: row.has_body }),
    );
}

/** Rows that are nobody's: messages in inboxes that tell of no payment and no message, trades of no bound quote. */
const STRAYS = `
  SELECT 'NOTICE_FALSE' AS code, 'inbox' AS place, i.recipient || ' ' || i.msg_id AS key FROM inbox i
   WHERE CASE WHEN i.message_id LIKE 'pacs.002.%' THEN NOT EXISTS (
           SELECT 1 FROM message m WHERE m.sender = i.recipient AND i.msg_id = ${FINAL_REPORT_ID}) ELSE i.uetr IS NULL END
  UNION ALL
  SELECT 'TRADE_FALSE', 'fx_trade', t.quote_id::text FROM fx_trade t
   WHERE NOT EXISTS (SELECT 1 FROM fx_quote q WHERE q.quote_id = t.quote_id AND q.bound_uetr IS NOT NULL)`;

/** Tells of rows that belong to nothing that is audited by itself. */
export async function auditStrays(client: ClientBase, report: Report): Promise<void> {
  for await (const page of cursorPages(client, 'audit_strays', STRAYS))
    for (const { code, place, key } of page)
      report({
        code,
        database: 'gateway',
        table: place,
        key,
        detail: 'it belongs to no payment and no message',
      });
}

/** Tells of positions that are not what the trades come to, in their order. */
export async function auditPositions(client: ClientBase, report: Report): Promise<void> {
  const due = new Map(await positionsOfTrades(client));
  const tell = (key: string, detail: string) =>
    report({ code: 'POSITION_FALSE', database: 'gateway', table: 'fx_position', key, detail });
  for (const stored of await findPositions(client)) {
    const name = positionName(stored);
    if (!isDeepStrictEqual(stored, due.get(name) ?? noPosition(stored)))
      tell(name, 'it is not what the trades of its provider come to');
    due.delete(name);
  }
  for (const name of due.keys()) tell(name, 'there are trades and no position');
}

const MESSAGES = `
  SELECT m.*, r.positions FROM message m LEFT JOIN (
    SELECT recipient, msg_id, array_agg(position) AS positions FROM inbox
     WHERE message_id LIKE 'pacs.002.%' GROUP BY recipient, msg_id) r
    ON r.recipient = m.sender
   AND r.msg_id = ${FINAL_REPORT_ID}`;

/** Every message with its payments and final reports, in pages. */
export async function* auditedMessages(client: ClientBase): AsyncGenerator<AuditedMessage[]> {
  for await (const page of cursorPages(client, 'audit_messages', MESSAGES)) {
    const keys = [page.map((row) => row.sender as string), page.map((row) => row.msg_id as string)];
    const { rows: payments } = await client.query({
      name: 'audit-message-payments',
      text: `SELECT p.sender, p.msg_id, p.status, p.closed_at FROM unnest($1::text[], $2::text[]) AS k (sender, msg_id)
               JOIN payment p ON p.sender = k.sender AND p.msg_id = k.msg_id ORDER BY p.tx_index`,
      values: keys,
    });
    const places = page.flatMap((row) =>
      ((row.positions ?? []) as (bigint | string)[]).map(
        (position) => [row.sender as string, String(position)] as const,
      ),
    );
    const { rows: reports } = await client.query({
      name: 'audit-reports',
      text: `SELECT i.recipient, i.position, i.body FROM unnest($1::text[], $2::bigint[]) AS k (recipient, position)
               JOIN inbox i ON i.recipient = k.recipient AND i.position = k.position`,
      values: [places.map(([recipient]) => recipient), places.map(([, position]) => position)],
    });
    const bodies = new Map(reports.map((row) => [`${row.recipient} ${row.position}`, row.body as Buffer]));
    const ofMessage = new Map<string, AuditedMessage['payments'][number][]>();
    for (const row of payments) {
      const key = `${row.sender}\n${row.msg_id}`;
      const own = ofMessage.get(key) ?? [];
      own.push({ status: row.status, closedAt: row.closed_at === null ? null : Number(row.closed_at) });
      ofMessage.set(key, own);
    }
    yield page.map(
      (row): AuditedMessage => ({
        sender: row.sender as Bic,
        msgId: row.msg_id,
        bodyHash: row.body_hash,
        body: row.body,
        authorisation: row.authorisation,
        openCount: row.open_count,
        payments: ofMessage.get(`${row.sender}\n${row.msg_id}`) ?? [],
        reports: ((row.positions ?? []) as (bigint | string)[]).map(
          (position) => bodies.get(`${row.sender} ${position}`) ?? Buffer.alloc(0),
        ),
      }),
    );
  }
}

/** Keys of participants, as the gateway's register has them. */
export async function participantKeys(client: ClientBase): Promise<Map<string, PublicKeyRecord>> {
  const { rows } = await client.query('SELECT * FROM participant_key');
  return new Map(
    rows.map((row) => [
      row.key_id as string,
      {
        keyId: row.key_id,
        owner: row.owner,
        suite: row.suite as SuiteName,
        publicKey: row.public_key,
        validFrom: Number(row.valid_from),
        validTo: row.valid_to === null ? null : Number(row.valid_to),
      },
    ]),
  );
}
