/** Money that waits for an event on a ledger, against the payments of the gateway that wait for it; and the queue. */
import type { ClientBase, QueryResultRow } from 'pg';
import type { Report } from '../kernel/finding.js';
import type { LedgerCode } from '../kernel/ids.js';
import { endedHolds, heldForPayments } from '../ledger/audit-held.pg.js';
import { cursorPages } from '../ledger/cursor.pg.js';

export interface AuditedLedger {
  readonly code: LedgerCode;
  readonly client: ClientBase;
}

/** Tells of held money whose payment is over, or not there, and of payments that wait for nothing, or without anybody. */
export async function auditWaiting(
  gateway: ClientBase,
  ledgers: readonly AuditedLedger[],
  report: Report,
): Promise<void> {
  const held = new Set<string>();
  for (const { code, client } of ledgers)
    for await (const page of heldForPayments(client)) {
      for (const { eventId, uetr } of page) held.add(nameOf(code, eventId, uetr));
      await auditHeld(gateway, code, page, report);
    }
  const { rows: queued } = await gateway.query(`
    SELECT q.uetr FROM fx_queue q
     WHERE NOT EXISTS (SELECT FROM payment p WHERE p.uetr = q.uetr AND p.owns_uetr AND p.state = 'WAITING')`);
  for (const { uetr } of queued)
    report({ ...open(uetr), table: 'fx_queue', detail: 'it stands in the queue for liquidity and does not wait' });
  for await (const page of cursorPages(gateway, 'audit_waiting', WAITING)) {
    for (const { uetr, is_looked_after, until } of page)
      if (!is_looked_after) report({ ...waits(uetr), detail: 'it waits and nobody looks after it' });
      else if (until !== null) report({ ...open(uetr), openSince: Number(until), detail: 'it waits for liquidity' });
    for (const { code, client } of ledgers) {
      const mine = page.filter((row) => row.status === 'PDNG' && row.ledger === code);
      const missing = mine.filter((row) => !held.has(nameOf(code, row.event_id, row.uetr)));
      await auditMissing(client, code, missing, report);
    }
  }
}

const nameOf = (...parts: readonly string[]): string => parts.join(' ');
const waits = (key: string) => ({ code: 'EVENT_MONEY', database: 'gateway', table: 'payment', key });

const open = (key: string) => ({ ...waits(key), code: 'PAYMENT_OPEN' });

const WAITING = `
  SELECT p.uetr, p.status, p.doubted_at, p.facts->'event'->>'ledger' AS ledger,
         p.facts->'event'->>'eventId' AS event_id, p.facts->'queue'->>'until' AS until,
         CASE WHEN p.facts->'queue' IS NULL THEN e.uetr ELSE q.uetr END IS NOT NULL AS is_looked_after
    FROM payment p LEFT JOIN event_payment e USING (uetr) LEFT JOIN fx_queue q USING (uetr)
   WHERE p.state = 'WAITING' AND p.owns_uetr`;

/** Somebody gives it back, or a leg takes it: in flight for a moment after its payment has ended. */
async function auditHeld(
  gateway: ClientBase,
  code: LedgerCode,
  held: readonly { readonly eventId: string; readonly uetr: string }[],
  report: Report,
): Promise<void> {
  const { rows } = await gateway.query({
    name: 'audit-event-payments',
    text: `SELECT p.uetr, p.closed_at, e.uetr IS NOT NULL AS is_looked_after
             FROM payment p LEFT JOIN event_payment e USING (uetr) WHERE p.owns_uetr AND p.uetr = ANY ($1::text[])`,
    values: [held.map(({ uetr }) => uetr)],
  });
  const payments = new Map(rows.map((row) => [row.uetr as string, row]));
  for (const { eventId, uetr } of held) {
    const payment = payments.get(uetr);
    if (payment && (payment.is_looked_after || payment.closed_at === null)) continue;
    report({
      code: 'EVENT_MONEY',
      database: `ledger-${code.toLowerCase()}`,
      table: 'hold',
      key: eventId,
      detail: `it is held for ${uetr}, ${payment ? 'which has ended' : 'which the gateway has not'}`,
      ...(payment && { openSince: Number(payment.closed_at) }),
    });
  }
}

/** The bank is told soon after the money has come back. */
async function auditMissing(
  ledger: ClientBase,
  code: LedgerCode,
  missing: readonly QueryResultRow[],
  report: Report,
): Promise<void> {
  if (missing.length === 0) return;
  const ended = await endedHolds(
    ledger,
    missing.map((row) => row.event_id),
  );
  for (const { uetr, event_id, doubted_at } of missing)
    report({
      ...waits(uetr),
      openSince: ended.get(event_id) ?? Number(doubted_at),
      detail: `it waits for ${event_id} and ${code} holds nothing for it`,
    });
}
