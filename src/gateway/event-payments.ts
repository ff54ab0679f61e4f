/**
 * Payments that wait for an event. Their rows are stored first; then their money is held on the payer's ledger; when the
 * ledger says that the event is confirmed, terms are formed and stored, and the payment goes on as any other. Every step is
 * idempotent and asked of the ledger again after a crash, by this copy or by another one: {@link EventPayments.look} does
 * whatever the ledger's word leaves to do.
 */
import { groupBy } from '../kernel/collections.js';
import { ERRORS, type Refusal, refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, Uetr } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { claimEventPayments, endEventPayment, eventPayments, markWaiting } from './event-payment.pg.js';
import type { EventPort, EventReport } from './event-port.js';
import type { RoutedTransaction } from './judgement.js';
import { formLate, keptOffer, type LateTermsOptions, type OfferOfNow, sourceOf, storeLate } from './late-terms.js';
import { AUTHORISATION_AGE_MAX_MS } from './leg-check.js';
import type { PaymentRecord } from './payment.js';
import { chargeRequest, checkRenewed, quotedMessage } from './quoted-message.js';
import type { Settlement } from './settlement.js';

export interface EventPaymentsOptions extends LateTermsOptions {
  readonly events: ReadonlyMap<LedgerCode, EventPort>;
  readonly settlement: Pick<Settlement, 'goOn' | 'refuse' | 'doubtStored'>;
  /** Told of a payment that goes on being looked after. */
  readonly onFailure: (uetr: Uetr, error: unknown) => void;
}

export interface EventPayments {
  /** Has the money of payments that were just accepted held. Never rejects: what is not done now is done later. */
  begin(records: readonly PaymentRecord[]): Promise<void>;
  /** Looks after a page of this copy's payments, from where the last one ended. */
  look(): Promise<void>;
}

/** Payments of one look: each costs its ledger two reads by key. */
const PAGE = 500;

/** No ledger holds on an older signature, though its clock be slow by an hour. */
const HOLD_ARRIVES_MS = AUTHORISATION_AGE_MAX_MS + 3_600_000;

export function createEventPayments(options: EventPaymentsOptions): EventPayments {
  const { pool, instanceId } = options;
  let after = '';
  const lookAt = async (records: readonly PaymentRecord[]): Promise<void> => {
    const byLedger = groupBy(records, ({ facts }) => facts.event?.ledger);
    await Promise.all(
      [...byLedger].map(async ([ledger, some]) => {
        const port = ledger && options.events.get(ledger);
        invariant(port, 'a payment waits for an event of a ledger that is reachable');
        const reports = await port.eventReports(some.map(questionOf));
        for (const [i, record] of some.entries())
          await act(options, port, record, reports[i]!).catch((error: unknown) => {
            // What was stored before it broke off may be driven by nobody.
            options.settlement.doubtStored();
            options.onFailure(record.uetr, error);
          });
      }),
    );
  };
  return {
    begin: (records) =>
      lookAt(records).catch((error: unknown) => {
        for (const { uetr } of records) options.onFailure(uetr, error);
      }),
    async look() {
      await claimEventPayments(pool, instanceId, PAGE);
      const page = await eventPayments(pool, instanceId, after, PAGE);
      after = page.length < PAGE ? '' : (page.at(-1)?.uetr ?? '');
      if (page.length > 0) await lookAt(page);
    },
  };
}

const eventOf = ({ facts }: PaymentRecord) => {
  invariant(facts.event, 'a payment that waits has its event');
  return facts.event;
};
const questionOf = (record: PaymentRecord) => ({ uetr: record.uetr, eventId: eventOf(record).eventId });

/** Does what the ledger's word leaves to do for one payment. */
async function act(
  options: EventPaymentsOptions,
  port: EventPort,
  record: PaymentRecord,
  report: EventReport,
): Promise<void> {
  if (record.state !== 'WAITING') return lookAfter(options, port, record, report);
  switch (report.phase) {
    case 'none':
      return hold(options, port, record);
    case 'held':
      return record.status === 'PDNG'
        ? undefined
        : markWaiting(options.pool, shownAs(record, report), waitingSince(report));
    case 'confirmed':
    case 'passedOn':
      return confirmed(options, port, record);
    default:
      return options.settlement.refuse(record, report.refusal ?? refusal('EVENT_EXPIRED'));
  }
}

const waitingSince = ({ heldAt }: EventReport): number => {
  invariant(heldAt !== null, 'held money has its time');
  return heldAt;
};

/** What the parties are shown of the event. */
const shownAs = (record: PaymentRecord, { providerIds, expiresAt }: EventReport): PaymentRecord => ({
  ...record,
  facts: { ...record.facts, event: { ...eventOf(record), providerIds, expiresAt } },
});

async function hold(options: EventPaymentsOptions, port: EventPort, record: PaymentRecord): Promise<void> {
  const { body, authorisation } = await sourceOf(options, record);
  const [report] = await port.holdForEvents([{ ...questionOf(record), documentBytes: body, record: authorisation }]);
  invariant(report, 'a hold is answered');
  if (report.phase !== 'none') return act(options, port, record, report);
  const why = report.refusal ?? refusal('EVENT_STATE');
  // A ledger that has no room, or no oracle, now: it is asked again.
  if (ERRORS[why.code].retry !== 'same-key') await options.settlement.refuse(record, why);
}

/**
 * A payment that is decided, or about to be: what the legs of a refused one have not taken over goes back. Those of any
 * other will take it, though their ledger may have lost for now that they did.
 */
async function lookAfter(
  { pool, clock }: EventPaymentsOptions,
  port: EventPort,
  record: PaymentRecord,
  { phase }: EventReport,
): Promise<void> {
  const isHeld = phase === 'held' || phase === 'confirmed';
  const isRefused = record.status === 'RJCT';
  if (isHeld && !isRefused) return;
  // A request to hold that nobody heard of again may still come to the ledger.
  if (phase === 'none' && isRefused && clock.now() < record.acceptedAt + HOLD_ARRIVES_MS) return;
  if (isHeld) await port.returnFromEvents([{ ...questionOf(record), reason: record.reason ?? 'CANCELLED' }]);
  await endEventPayment(pool, record.uetr);
}

/** The event happened: the payment goes on by terms of now, or its money goes back with the reason why it can't. */
async function confirmed(options: EventPaymentsOptions, port: EventPort, record: PaymentRecord): Promise<void> {
  const formed = await formLate(options, record, offerOfNow(options, record));
  const going = formed.ok ? await storeLate(options, record, formed.value) : formed;
  if (going.ok) {
    if (going.value) await options.settlement.goOn([going.value]);
    return;
  }
  const { error } = going;
  const [report] = await port.returnFromEvents([{ ...questionOf(record), reason: error.code }]);
  // A leg may have taken the money over meanwhile: then the payment is decided by its legs.
  if (report?.phase === 'returned') await options.settlement.refuse(record, error);
}

/** The quote that was named, where its life allows, or a new one, where the payer says so. */
const offerOfNow =
  (options: EventPaymentsOptions, record: PaymentRecord) =>
  async (judged: RoutedTransaction, now: number): Promise<Result<OfferOfNow, Refusal>> => {
    const { quoteId } = eventOf(record);
    const kept = await keptOffer(options, judged, quoteId, record.sender, now);
    return kept.ok ? kept : renewedOffer(options, judged, record.sender, kept.error);
  };

/** A firm quote at the rate of now, if the payer takes it; else why the one that it named can't be kept. */
async function renewedOffer(
  { acceptance }: EventPaymentsOptions,
  { instruction, amountMinor, route: { corridor } }: RoutedTransaction,
  requesterBic: Bic,
  why: Refusal,
): Promise<Result<OfferOfNow, Refusal>> {
  const quote = instruction.conditions.event?.quote;
  if (quote?.rule !== 'renew') return err(why);
  const { currency } = (await acceptance.judgement()).jurisdiction(corridor.destination);
  const [renewed] = await acceptance.desk.quoteForPayments([
    {
      requesterBic,
      sourceCurrency: instruction.settlementAmount.currency,
      targetCurrency: currency,
      settlementAmountMinor: amountMinor,
      exchangeRate: quote.least ? null : instruction.exchangeRate,
      ...chargeRequest(instruction),
      // It has waited long enough.
      queue: { priority: instruction.priority, isQueued: true },
    },
  ]);
  invariant(renewed, 'a request for a quote is answered');
  if (!renewed.ok) return renewed;
  const fits = checkRenewed(renewed.value, quotedMessage(instruction, amountMinor), quote.least);
  return fits.ok ? ok({ offer: renewed.value, isNew: true }) : fits;
}
