/**
 * Money of a jurisdiction that waits for an event before it goes into a payment: the port by which the gateway has it held,
 * looks after it, and has it given back, and what the jurisdiction does. Money is held on the payer's bank's signature
 * over the message alone; a gateway can give it back to its payer, and nothing else.
 */
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import type { Uetr } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type EventState, type EventTerms, holdOfEvent, stateOf, termsOf } from '../ledger/domestic/event.js';
import type { Entry } from '../ledger/model.js';
import type { LedgerReads } from '../ledger/reads.js';
import type { Hold, Ledger } from '../ledger/types.js';
import { createPayerCheck, type LegCheckOptions, type PayerCheck } from './leg-check.js';

export interface EventQuestion {
  readonly uetr: Uetr;
  readonly eventId: string;
}

/** The message that asks for the hold, and its bank's signature over it. */
export interface EventHold extends EventQuestion {
  readonly documentBytes: Uint8Array;
  readonly record: Uint8Array;
}

export interface EventReturn extends EventQuestion {
  readonly reason: ErrorCode;
}

/** Where the money of a payment is. `none`: nothing is, or ever was, held for it. */
export interface EventReport {
  readonly phase: 'none' | Exclude<EventState['phase'], 'registered' | 'settled'>;
  /** Why the money is not held, or not held any more; null while it is. */
  readonly refusal: Refusal | null;
  readonly providerIds: readonly string[];
  /** Milliseconds; null where there is no such event. */
  readonly expiresAt: number | null;
  /** Milliseconds: since when the money waits; null where none does. */
  readonly heldAt: number | null;
}

/** Each method takes a batch and answers one report per item, in order; it rejects when the outcome is unknown. */
export interface EventPort {
  /** Holds the payment's amount under its event, once: repeated, it answers what became of it. */
  holdForEvents(items: readonly EventHold[]): Promise<EventReport[]>;
  eventReports(items: readonly EventQuestion[]): Promise<EventReport[]>;
  /** Gives back what no leg has taken over; what has ended stays as it is. */
  returnFromEvents(items: readonly EventReturn[]): Promise<EventReport[]>;
}

export interface EventPortOptions extends LegCheckOptions {
  readonly ledger: LegCheckOptions['ledger'] & Pick<Ledger, 'submit' | 'holds'>;
  readonly reads: Pick<LedgerReads, 'entries'>;
}

export function createEventPort(options: EventPortOptions): EventPort {
  const { ledger } = options;
  const reportsOf = async (items: readonly EventQuestion[]): Promise<EventReport[]> => {
    const entries = await entriesOf(options, items);
    const holds = await ledger.holds(items.map(({ eventId }) => holdOfEvent(eventId)));
    return items.map(({ uetr, eventId }) => reportOf(uetr, entries.get(eventId), holds.get(holdOfEvent(eventId))));
  };
  const after = async <I extends EventQuestion>(
    items: readonly I[],
    act: (item: I, entry: Entry | undefined) => Promise<Refusal | null>,
  ): Promise<EventReport[]> => {
    const entries = await entriesOf(options, items);
    const refusals = await Promise.all(items.map((item) => act(item, entries.get(item.eventId))));
    const reports = await reportsOf(items);
    return reports.map((report, i) =>
      report.phase === 'none' ? { ...report, refusal: refusals[i] ?? report.refusal } : report,
    );
  };
  return {
    eventReports: reportsOf,
    holdForEvents: (items) => {
      const payer = createPayerCheck(options);
      return after(items, (item, entry) => hold(options, payer, item, entry));
    },
    returnFromEvents: (items) => after(items, (item, entry) => giveBack(options, item, entry)),
  };
}

async function entriesOf({ reads }: EventPortOptions, items: readonly EventQuestion[]): Promise<Map<string, Entry>> {
  const ids = [...new Set(items.map(({ eventId }) => eventId))];
  const entries = await reads.entries(ids.map((entryId) => ({ kind: 'event', entryId })));
  return new Map(entries.map((entry) => [entry.entryId, entry]));
}

async function hold(
  { ledger }: EventPortOptions,
  payer: PayerCheck,
  { uetr, eventId, documentBytes, record }: EventHold,
  entry: Entry | undefined,
): Promise<Refusal | null> {
  const proved = await payer(uetr, documentBytes, record);
  if (!proved.ok) return proved.error;
  if (proved.value.instruction.conditions.event?.eventId !== eventId)
    return refusal('AUTHORISATION_INVALID', 'the event is not the one in the document');
  if (!entry) return refusal('EVENT_UNKNOWN', eventId);
  const terms = termsOf(entry);
  const fits = checkPayment(terms, proved.value);
  if (!fits.ok) return fits.error;
  const payment = { uetr, messageHash: proved.value.messageHash };
  const outcome = await ledger.submit({ kind: 'holdForEvent', terms, payment });
  return outcome.ok ? null : { code: outcome.error.code, detail: outcome.error.detail ?? eventId };
}

type Proved = Extract<Awaited<ReturnType<PayerCheck>>, { ok: true }>['value'];

/** The event is registered for the wallet, the amount and the money of the payment. */
function checkPayment(terms: EventTerms, { wallet, instruction }: Proved): Result<true, Refusal> {
  const { settlementAmount, conditions } = instruction;
  const amount = parseAmount(settlementAmount.text, settlementAmount.currency);
  const mismatch = (what: string) => err(refusal('EVENT_MISMATCH', `${terms.eventId} is not of this ${what}`));
  if (terms.debitWallet !== wallet.walletId) return mismatch('payer');
  if (!amount.ok || amount.value.minor !== terms.amountMinor) return mismatch('amount');
  const { markId = null, markLevel = null } = conditions.debtorMark ?? {};
  return markId === terms.markId && markLevel === terms.markLevel ? ok(true) : mismatch('money');
}

async function giveBack(
  { ledger }: EventPortOptions,
  { uetr, reason }: EventReturn,
  entry: Entry | undefined,
): Promise<Refusal | null> {
  const payment = entry && stateOf(entry).payment;
  if (!entry || payment?.uetr !== uetr) return refusal('EVENT_USED');
  const outcome = await ledger.submit({ kind: 'returnPayment', terms: termsOf(entry), payment, reason });
  return outcome.ok ? null : outcome.error;
}

function reportOf(uetr: Uetr, entry: Entry | undefined, held: Hold | undefined): EventReport {
  if (!entry)
    return { phase: 'none', refusal: refusal('EVENT_UNKNOWN'), providerIds: [], expiresAt: null, heldAt: null };
  const { eventId, providerIds, expiresAt } = termsOf(entry);
  const now = stateOf(entry);
  const { phase } = now;
  if (!held || now.payment?.uetr !== uetr || phase === 'registered' || phase === 'settled') {
    const why = now.payment && now.payment.uetr !== uetr ? 'EVENT_USED' : 'EVENT_STATE';
    return { phase: 'none', refusal: refusal(why, eventId), providerIds, expiresAt, heldAt: null };
  }
  const reasons = now.decided.flatMap(({ reason }) => reason ?? []);
  const isBack = held.state === 'RELEASED' && held.reason !== null;
  const why = isBack ? refusal(held.reason, [eventId, ...reasons].join(': ')) : null;
  return { phase, refusal: why, providerIds, expiresAt, heldAt: held.heldAt };
}
