/** Payments that are accepted and wait: which may, and how they are stored with their messages. */
import type pg from 'pg';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import { walletName } from '../pvp/limits.js';
import type { Waiting } from './conditions-of-payment.js';
import { type CorridorConfig, routesOf } from './config.js';
import { insertEventPayments } from './event-payment.pg.js';
import type { RoutedTransaction } from './judgement.js';
import { type PaymentRecord, refusedRecord } from './payment.js';
import { refusePayments } from './payment-store.pg.js';
import { insertQueued } from './queued-payment.pg.js';
import { chargeRequest } from './quoted-message.js';

/**
 * A payment for which nobody makes an offer now: it waits for liquidity where that is what is missing and its corridor lets
 * its bank's payments wait. Errors: why there is no offer.
 */
export function queuedOne(
  { instruction, amountMinor, route: { corridor } }: RoutedTransaction,
  sender: Bic,
  why: Refusal,
  now: number,
): Result<Waiting, Refusal> {
  const { queue, source, destination } = corridor;
  const isOfBank = queue?.banks?.some((bank) => bicKey(bank) === bicKey(sender)) ?? true;
  if (why.code !== 'LIQUIDITY_INSUFFICIENT' || !queue || !isOfBank) return err(why);
  const { priority, exchangeRate, expiresAt } = instruction;
  const { instructedMinor, ...charge } = chargeRequest(instruction);
  const last = now + queue.waitMs;
  const expires = expiresAt !== null && expiresAt < last;
  return ok({
    waits: {
      queue: {
        priority,
        since: now,
        until: expires ? expiresAt : last,
        source,
        destination,
        endsBy: expires ? 'MESSAGE_EXPIRED' : 'QUEUE_EXPIRED',
        amountMinor: amountMinor.toString(),
        exchangeRate,
        ...charge,
        instructedMinor: instructedMinor?.toString() ?? null,
      },
    },
  });
}

/** What a payment of a corridor may be paid from. */
const walletsOf = (corridor: CorridorConfig): string[] => [
  ...new Set(routesOf(corridor).flatMap((route) => route.map((step) => walletName(step.target, step.targetWallet)))),
];

/** Notes who waits for what, inside the transaction that stores them; one that finds no place in the queue is refused. */
export async function storeWaiting(
  client: pg.PoolClient,
  records: PaymentRecord[],
  setUp: { readonly instanceId: string; readonly queueMax: number; readonly corridors: readonly CorridorConfig[] },
  now: number,
): Promise<void> {
  const waiting = records.filter(({ state }) => state === 'WAITING');
  const forEvents = waiting.flatMap(({ uetr, facts }) => (facts.event ? [uetr] : []));
  if (forEvents.length > 0) await insertEventPayments(client, forEvents, setUp.instanceId);
  const rows = waiting.flatMap(({ uetr, facts: { queue } }) => {
    const corridor = setUp.corridors.find(
      ({ source, destination }) => source === queue?.source && destination === queue.destination,
    );
    return queue && corridor ? [{ uetr, priority: queue.priority, wallets: walletsOf(corridor) }] : [];
  });
  if (rows.length === 0) return;
  const queued = await insertQueued(client, rows, setUp.queueMax);
  const why = refusal('LIQUIDITY_INSUFFICIENT', 'and as many payments wait for liquidity as may');
  const turnedAway = new Set(rows.flatMap(({ uetr }) => (queued.has(uetr) ? [] : uetr)));
  records.forEach((record, i) => {
    if (record.ownsUetr && turnedAway.has(record.uetr)) records[i] = refusedRecord(record, why, now, true);
  });
  const refusals = [...turnedAway].map((uetr) => ({ uetr, reason: why.code, detail: why.detail ?? null, at: now }));
  if (refusals.length > 0) await refusePayments(client, refusals);
}
