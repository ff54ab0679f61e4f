import type { ClientBase } from 'pg';
import type { Uetr } from '../kernel/ids.js';
import { cursorPages } from './cursor.pg.js';
import { holdOfEvent, stateOf } from './domestic/event.js';
import { toEntry } from './entries.pg.js';

const HELD = `SELECT entry.* FROM hold JOIN entry ON entry.kind = 'event' AND hold.condition_ref = '${holdOfEvent('')}' || entry.entry_id
  WHERE hold.state = 'HELD' AND hold.condition_kind = 'event'`;

/** Money that is held for an event and then a payment, in pages; on the snapshot of the client. */
export async function* heldForPayments(
  client: ClientBase,
): AsyncGenerator<{ readonly eventId: string; readonly uetr: Uetr }[]> {
  for await (const page of cursorPages(client, 'held_for_payments', HELD))
    yield page.map(toEntry).flatMap((entry) => {
      const { payment } = stateOf(entry);
      return payment ? [{ eventId: entry.entryId, uetr: payment.uetr }] : [];
    });
}

/** Of these events, when what was held for them ended; milliseconds. */
export async function endedHolds(client: ClientBase, eventIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await client.query({
    name: 'ended-event-holds',
    text: 'SELECT condition_ref, ended_at FROM hold WHERE condition_ref = ANY ($1::text[]) AND ended_at IS NOT NULL',
    values: [eventIds.map(holdOfEvent)],
  });
  return new Map(rows.map((row) => [row.condition_ref.slice(holdOfEvent('').length), Number(row.ended_at)]));
}
