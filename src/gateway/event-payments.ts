/**
 * Payments that wait for an event. Their rows are stored first; then their money is held on the payer's ledger; when the
 * ledger says that the event is confirmed, terms are formed and stored, and the payment goes on as any other. Every step is
 * idempotent and asked of the ledger again after a crash, by this copy or by another one: {@link EventPayments.look} does
 * whatever the ledger's word leaves to do.
 */
import type pg from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Clock } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { ERRORS, type Refusal, refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, Uetr } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { bindQuotes, insertBoundQuotes } from '../pvp/desk-store.pg.js';
import { checkQuoteAgainstMessage, type Offer } from '../pvp/quote.js';
import { DEFAULT_TIMES } from '../pvp/terms.js';
import type { AcceptanceOptions } from './acceptance.js';
import { claimEventPayments, endEventPayment, eventPayments, goOn, markWaiting } from './event-payment.pg.js';
import type { EventPort, EventReport } from './event-port.js';
import { judgeCreditTransfer, type RoutedTransaction } from './judgement.js';
import { AUTHORISATION_AGE_MAX_MS } from './leg-check.js';
import { messageKey, messageSources } from './message-store.pg.js';
import { namedOffer } from './offers.js';
import type { PaymentRecord } from './payment.js';
import { inTransaction } from './platform/transaction.pg.js';
import { checkRenewed, quotedMessage } from './quoted-message.js';
import type { Settlement } from './settlement.js';
import { type FormedTerms, formTerms } from './terms-of-payment.js';

export interface EventPaymentsOptions {
  readonly pool: pg.Pool;
  readonly instanceId: string;
  readonly clock: Clock;
  readonly reader: MessageReader;
  readonly events: ReadonlyMap<LedgerCode, EventPort>;
  readonly acceptance: Pick<AcceptanceOptions, 'judgement' | 'terms' | 'resolveWallets' | 'findQuotes' | 'desk'>;
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

interface Confirmed {
  readonly formed: FormedTerms;
  readonly isOfferNew: boolean;
}

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

async function sourceOf({ pool }: EventPaymentsOptions, record: PaymentRecord) {
  const source = (await messageSources(pool, [record])).get(messageKey(record));
  invariant(source, 'a payment has its message');
  return source;
}

/** The event happened: the payment goes on by terms of now, or its money goes back with the reason why it can't. */
async function confirmed(options: EventPaymentsOptions, port: EventPort, record: PaymentRecord): Promise<void> {
  const formed = await formNow(options, record);
  const going = formed.ok ? await store(options, record, formed.value) : formed;
  if (going.ok) {
    if (going.value) await options.settlement.goOn([going.value]);
    return;
  }
  const { error } = going;
  const [report] = await port.returnFromEvents([{ ...questionOf(record), reason: error.code }]);
  // A leg may have taken the money over meanwhile: then the payment is decided by its legs.
  if (report?.phase === 'returned') await options.settlement.refuse(record, error);
}

/** Terms of now; with the quote that was named, where its life allows, or a new one, where the payer says so. */
async function formNow(options: EventPaymentsOptions, record: PaymentRecord): Promise<Result<Confirmed, Refusal>> {
  const { acceptance, clock, reader } = options;
  const { body, authorisation } = await sourceOf(options, record);
  const read = reader.read(body);
  invariant(read.ok, 'an accepted message can be read');
  const event = eventOf(record);
  const { sender, acceptedAt: receivedAt } = record;
  const posted = { sender, message: read.value, body, authorisation, receivedAt, headerQuoteId: null };
  const context = await acceptance.judgement();
  const judged = judgeCreditTransfer(posted, context)[record.index];
  invariant(judged, 'a payment is a transaction of its message');
  if (judged.kind === 'refused') return err(judged.refusal);
  const { route } = judged;
  const [[debit], [credit]] = await Promise.all([
    acceptance.resolveWallets(route.debit.ledger, [{ ...route.debit, side: 'debit' }]),
    acceptance.resolveWallets(route.credit.ledger, [{ ...route.credit, side: 'credit' }]),
  ]);
  invariant(debit && credit, 'every question about a wallet is answered');
  if (!debit.ok) return debit;
  if (!credit.ok) return credit;
  const now = clock.now();
  const kept = await keptOffer(options, judged, event.quoteId, sender, now);
  const offer = kept.ok ? kept : await renewedOffer(options, judged, sender, kept.error);
  if (!offer.ok) return offer;
  const formed = formTerms(acceptance.terms, {
    ...{ posted, instruction: judged.instruction, corridor: route.corridor, creditorAgent: route.credit.agent },
    ...{ debit: debit.value, credit: credit.value, offer: offer.value, formedAt: now, turnAt: now },
    destinationDate: context.localDate(route.corridor.destination, now),
  });
  return formed.ok ? ok({ formed: formed.value, isOfferNew: !kept.ok }) : formed;
}

/** The quote that the payer named, while it may still be used. */
async function keptOffer(
  { acceptance }: EventPaymentsOptions,
  { instruction, amountMinor }: RoutedTransaction,
  quoteId: Offer['quoteId'] | null,
  sender: Bic,
  now: number,
): Promise<Result<Offer, Refusal>> {
  if (quoteId === null) return err(refusal('QUOTE_EXPIRED'));
  const stored = await acceptance.findQuotes([quoteId]);
  const offer = namedOffer(stored, quoteId, sender);
  if (!offer.ok) return offer;
  const bound = stored.get(quoteId)?.boundUetr ?? null;
  if (bound !== null && bound !== instruction.uetr) return err(refusal('QUOTE_USED'));
  // As long as it takes to hold and to vote.
  const { quoteMarginMs } = DEFAULT_TIMES;
  if (offer.value.validUntil - quoteMarginMs <= now + acceptance.terms.times.voteMs)
    return err(refusal('QUOTE_EXPIRED'));
  const fits = checkQuoteAgainstMessage(offer.value, quotedMessage(instruction, amountMinor));
  return fits.ok ? offer : fits;
}

/** A firm quote at the rate of now, if the payer takes it; else why the one that it named can't be kept. */
async function renewedOffer(
  { acceptance }: EventPaymentsOptions,
  { instruction, amountMinor, route: { corridor } }: RoutedTransaction,
  requesterBic: Bic,
  why: Refusal,
): Promise<Result<Offer, Refusal>> {
  const quote = instruction.conditions.event?.quote;
  if (quote?.rule !== 'renew') return err(why);
  const { currency } = (await acceptance.judgement()).jurisdiction(corridor.destination);
  const [renewed] = await acceptance.desk.quoteForPayments([
    {
      ...{ requesterBic, sourceCurrency: instruction.settlementAmount.currency, targetCurrency: currency },
      ...{ settlementAmountMinor: amountMinor, exchangeRate: quote.least ? null : instruction.exchangeRate },
    },
  ]);
  invariant(renewed, 'a request for a quote is answered');
  if (!renewed.ok) return renewed;
  const fits = checkRenewed(renewed.value, quotedMessage(instruction, amountMinor), quote.least);
  return fits.ok ? renewed : fits;
}

/** Stores the terms and binds the quote, in one transaction; null where the payment goes on already. */
async function store(
  { pool, instanceId, clock }: EventPaymentsOptions,
  record: PaymentRecord,
  { formed, isOfferNew }: Confirmed,
): Promise<Result<PaymentRecord | null, Refusal>> {
  const { facts, differences, terms, destination, offer } = formed;
  const going: PaymentRecord = {
    ...{ ...record, state: 'PREPARING', status: 'ACTC', differences, terms, destination },
    facts: { ...record.facts, ...facts },
  };
  const { uetr, sender } = record;
  return inTransaction(pool, async (client): Promise<Result<PaymentRecord | null, Refusal>> => {
    if (isOfferNew) {
      if (!(await goOn(client, going, instanceId))) return ok(null);
      const quotes = offer.quotes.map(({ quote }) => quote);
      await insertBoundQuotes(
        client,
        offer.quotes,
        quotes.map(() => uetr),
      );
      return ok(going);
    }
    const quoteIds = offer.quotes.map(({ quote }) => quote.quoteId);
    const [bound] = await bindQuotes(client, [{ quoteIds, uetr, requesterBic: sender, now: clock.now() }]);
    invariant(bound, 'a binding is answered');
    if (!bound.ok) return bound;
    return ok((await goOn(client, going, instanceId)) ? going : null);
  });
}
