/**
 * Terms of payments that waited: formed by the set-up, the wallets and the offers of now, and stored with their quotes, so
 * that the payment goes on as any other. Whichever copy of the gateway comes first does it; the others find it done.
 */
import type pg from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Clock } from '../kernel/clock.js';
import { type Refusal, RefusalError, refusal } from '../kernel/errors.js';
import type { Bic, QuoteId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { bindQuotes, insertBoundQuotes } from '../pvp/desk-store.pg.js';
import { checkQuoteAgainstMessage, type Offer } from '../pvp/quote.js';
import { DEFAULT_TIMES } from '../pvp/terms.js';
import type { AcceptanceOptions } from './acceptance.js';
import { goOn } from './event-payment.pg.js';
import { judgeCreditTransfer, type RoutedTransaction } from './judgement.js';
import { messageKey, messageSources } from './message-store.pg.js';
import { namedOffer } from './offers.js';
import type { PaymentRecord } from './payment.js';
import { inTransaction } from './platform/transaction.pg.js';
import { quotedMessage } from './quoted-message.js';
import { type FormedTerms, formTerms } from './terms-of-payment.js';

export interface LateTermsOptions {
  readonly pool: pg.Pool;
  readonly instanceId: string;
  readonly clock: Clock;
  readonly reader: MessageReader;
  readonly acceptance: Pick<AcceptanceOptions, 'judgement' | 'terms' | 'resolveWallets' | 'findQuotes' | 'desk'>;
}

/** An offer that a payment goes on with, and whether it was made for it: then nobody has stored it. */
export interface OfferOfNow {
  readonly offer: Offer;
  readonly isNew: boolean;
}

export interface LateTerms {
  readonly formed: FormedTerms;
  readonly isOfferNew: boolean;
}

/** The message of a payment as it came, with the proof of who sent it. */
export async function sourceOf({ pool }: Pick<LateTermsOptions, 'pool'>, record: PaymentRecord) {
  const source = (await messageSources(pool, [record])).get(messageKey(record));
  invariant(source, 'a payment has its message');
  return source;
}

/** Terms of now, with the offer that `offerOf` finds. Errors: its own, and those of acceptance. */
export async function formLate(
  options: LateTermsOptions,
  record: PaymentRecord,
  offerOf: (judged: RoutedTransaction, now: number) => Promise<Result<OfferOfNow, Refusal>>,
): Promise<Result<LateTerms, Refusal>> {
  const { acceptance, clock, reader } = options;
  const { body, authorisation } = await sourceOf(options, record);
  const read = reader.read(body);
  invariant(read.ok, 'an accepted message can be read');
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
  const found = await offerOf(judged, now);
  if (!found.ok) return found;
  const { offer, isNew } = found.value;
  const formed = formTerms(acceptance.terms, {
    posted,
    instruction: judged.instruction,
    corridor: route.corridor,
    creditorAgent: route.credit.agent,
    debit: debit.value,
    credit: credit.value,
    offer,
    formedAt: now,
    turnAt: now,
    destinationDate: context.localDate(route.corridor.destination, now),
  });
  return formed.ok ? ok({ formed: formed.value, isOfferNew: isNew }) : formed;
}

/** The quote that the payer named, while it may still be used. Errors: those of a named quote. */
export async function keptOffer(
  { acceptance }: LateTermsOptions,
  { instruction, amountMinor }: RoutedTransaction,
  quoteId: QuoteId | null,
  sender: Bic,
  now: number,
): Promise<Result<OfferOfNow, Refusal>> {
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
  return fits.ok ? ok({ offer: offer.value, isNew: false }) : fits;
}

/** Stores the terms and binds the quotes, in one transaction; null where the payment goes on already. Errors: of the quotes. */
export async function storeLate(
  { pool, instanceId, clock }: LateTermsOptions,
  record: PaymentRecord,
  { formed, isOfferNew }: LateTerms,
): Promise<Result<PaymentRecord | null, Refusal>> {
  const { facts, differences, terms, destination, offer } = formed;
  const going: PaymentRecord = {
    ...record,
    state: 'PREPARING',
    status: 'ACTC',
    differences,
    terms,
    destination,
    facts: { ...record.facts, ...facts },
  };
  const { uetr, sender } = record;
  const stored = inTransaction(pool, async (client): Promise<Result<PaymentRecord | null, Refusal>> => {
    if (isOfferNew) {
      if (!(await goOn(client, going, instanceId))) return ok(null);
      const quotes = offer.quotes.map(({ quote }) => quote);
      const outcomes = await insertBoundQuotes(
        client,
        offer.quotes,
        quotes.map(() => uetr),
      );
      const why = outcomes.find((outcome) => outcome !== null);
      // The payment must not go on without its quotes.
      if (why) throw new RefusalError(why);
      return ok(going);
    }
    const quoteIds = offer.quotes.map(({ quote }) => quote.quoteId);
    const [bound] = await bindQuotes(client, [{ quoteIds, uetr, requesterBic: sender, now: clock.now() }]);
    invariant(bound, 'a binding is answered');
    if (!bound.ok) return bound;
    return ok((await goOn(client, going, instanceId)) ? going : null);
  });
  return stored.catch((error: unknown) => {
    if (error instanceof RefusalError) return err(error.refusal);
    throw error;
  });
}
