/** Which offer a payment uses: the one that it names, or a firm one at the current rates. */
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type QuoteId } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Desk, PaymentQuoteRequest } from '../pvp/desk.js';
import type { StoredQuote } from '../pvp/desk-store.js';
import { type Offer, offerOf, type SignedQuote } from '../pvp/quote.js';
import type { JudgementContext, PostedCreditTransfer, RoutedTransaction } from './judgement.js';
import { chargeRequest } from './quoted-message.js';

export interface OfferSources {
  readonly desk: Pick<Desk, 'quoteForPayments'>;
  /** Those of these ids, and those that they name to go on with. */
  readonly findQuotes: (quoteIds: readonly QuoteId[]) => Promise<ReadonlyMap<QuoteId, StoredQuote>>;
}

/** A transaction that found its route, in the message that it came in. */
export interface QuotedTransaction {
  readonly draft: { readonly posted: PostedCreditTransfer };
  readonly judged: RoutedTransaction;
}

/**
 * The named offer, or a firm one at the providers' current rates, or null where the rate is that of a day to come; one
 * outcome per transaction, in order. Errors: those of
 * {@link Desk.quoteForPayments}, `QUOTE_UNKNOWN`, `QUOTE_NOT_YOURS`, `QUOTE_MISMATCH`.
 */
export async function offersFor(
  options: OfferSources,
  context: JudgementContext,
  routed: readonly QuotedTransaction[],
): Promise<Result<Offer | null, Refusal>[]> {
  const unnamed: PaymentQuoteRequest[] = routed.flatMap(({ draft, judged }) =>
    judged.quoteId === null && judged.instruction.conditions.event === null
      ? [
          {
            requesterBic: draft.posted.sender,
            sourceCurrency: judged.instruction.settlementAmount.currency,
            targetCurrency: context.jurisdiction(judged.route.corridor.destination).currency,
            settlementAmountMinor: judged.amountMinor,
            exchangeRate: judged.instruction.exchangeRate,
            queue: { priority: judged.instruction.priority, isQueued: false },
            ...chargeRequest(judged.instruction),
          },
        ]
      : [],
  );
  const made = (unnamed.length > 0 ? await options.desk.quoteForPayments(unnamed) : []).values();
  const stored = await options.findQuotes(routed.flatMap(({ judged }) => judged.quoteId ?? []));
  return routed.map(({ draft, judged }) => {
    if (judged.quoteId !== null) return namedOffer(stored, judged.quoteId, draft.posted.sender);
    return judged.instruction.conditions.event ? ok(null) : (made.next().value as Result<Offer, Refusal>);
  });
}

export function namedOffer(
  stored: ReadonlyMap<QuoteId, StoredQuote>,
  quoteId: QuoteId,
  sender: Bic,
): Result<Offer, Refusal> {
  const quotes: SignedQuote[] = [];
  for (let next: QuoteId | undefined = quoteId; next !== undefined; next = quotes.at(-1)?.quote.onwardQuoteId) {
    const found = stored.get(next);
    if (!found) return err(refusal('QUOTE_UNKNOWN'));
    if (bicKey(found.signed.quote.requesterBic) !== bicKey(sender)) return err(refusal('QUOTE_NOT_YOURS'));
    quotes.push(found.signed);
  }
  const offer = offerOf(quotes);
  return offer ? ok(offer) : err(refusal('QUOTE_MISMATCH', 'the quotes do not follow upon each other'));
}
