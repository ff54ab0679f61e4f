import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { type ErrorCode, refusal } from '../../kernel/errors.js';
import type { Bic, Uetr } from '../../kernel/ids.js';
import { type AmountError, formatMinor, parseAmount } from '../../kernel/money.js';
import { invariant } from '../../kernel/result.js';
import { bearerOf, type ChargeBearer } from '../../pvp/charge.js';
import type { FixedSide } from '../../pvp/conversion.js';
import type { Desk, QuoteRequest, StoredOffer } from '../../pvp/desk.js';
import { type Offer, type Price, quoteIdOf, type SignedQuote } from '../../pvp/quote.js';
import { decodeQuoteSignature } from '../../pvp/quote-signature.js';
import { callerOf } from '../identity/authenticator.js';
import { stringMembers } from '../json-body.js';
import { HttpProblem } from '../problem.js';

/** A firm quote as the API shows it. Amounts are decimals of their currencies, bytes are base64. */
export interface QuoteView {
  readonly quoteId: string;
  readonly sourceCurrency: string;
  /** All that the payer gives: what `IntrBkSttlmAmt` is to be. */
  readonly sourceAmount: string;
  readonly targetCurrency: string;
  readonly targetAmount: string;
  readonly rate: string;
  /** What of it is charged, to which wallet, and who bears it; null where nothing is. */
  readonly charge: { readonly amount: string; readonly bearer: ChargeBearer; readonly wallet: string } | null;
  readonly fixedSide: FixedSide;
  readonly provider: Bic;
  readonly issuedAt: string;
  readonly validUntil: string;
  /** The payment that the quote is bound to; null while it is open. */
  readonly uetr: Uetr | null;
  /** Canonical bytes of the quote, and the provider's signature over them; of several the first one's. */
  readonly quote: string;
  readonly signature: string;
  readonly keyId: string;
  /** The quotes of the further steps, each named by the one before it; empty where one provider converts. */
  readonly onward: readonly StepView[];
}

export type StepView = Omit<QuoteView, 'charge' | 'fixedSide' | 'issuedAt' | 'uetr' | 'onward'>;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const priceView = (price: Price) => ({
  sourceCurrency: price.sourceCurrency,
  sourceAmount: formatMinor(price.sourceAmountMinor, price.sourceCurrency),
  targetCurrency: price.targetCurrency,
  targetAmount: formatMinor(price.targetAmountMinor, price.targetCurrency),
  rate: price.rate,
});

const chargeView = ({ charge, sourceCurrency }: Price): QuoteView['charge'] =>
  charge
    ? { amount: formatMinor(charge.amountMinor, sourceCurrency), bearer: charge.bearer, wallet: charge.walletId }
    : null;

const stepView = ({ quote, bytes, signature }: SignedQuote): StepView => ({
  quoteId: quote.quoteId,
  ...priceView(quote),
  provider: quote.providerBic,
  validUntil: isoTime(quote.validUntil),
  quote: base64(bytes),
  signature: base64(signature),
  keyId: decodeQuoteSignature(signature).keyId,
});

function offerView(offer: Offer, uetr: Uetr | null): QuoteView {
  const [first, ...onward] = offer.quotes.map(stepView);
  invariant(first, 'an offer has a quote');
  return {
    ...first,
    ...priceView(offer),
    charge: chargeView(offer),
    fixedSide: offer.fixedSide,
    issuedAt: isoTime(offer.issuedAt),
    validUntil: isoTime(offer.validUntil),
    uetr,
    onward,
  };
}

/** The record of best execution: the offer that was given, and those that were not, with what kept each back. */
const contestView = ({ offer, boundUetr }: StoredOffer) => ({
  quoteId: offer.quoteId,
  requester: offer.requesterBic,
  fixedSide: offer.fixedSide,
  issuedAt: isoTime(offer.issuedAt),
  uetr: boundUetr,
  won: {
    providers: offer.quotes.map(({ quote }) => quote.providerBic),
    ...priceView(offer),
    charge: chargeView(offer),
  },
  lost: (offer.quotes[0]?.contest ?? []).map(({ providers, reason, detail, rate, ...amounts }) => ({
    providers,
    reason,
    detail,
    rate,
    sourceAmount: amountView(amounts.sourceAmountMinor, offer.sourceCurrency),
    targetAmount: amountView(amounts.targetAmountMinor, offer.targetCurrency),
  })),
});

const amountView = (minor: string | null, currency: string): string | null =>
  minor === null ? null : formatMinor(BigInt(minor), currency);

const AMOUNT_REFUSALS: Record<AmountError, ErrorCode> = {
  NOT_A_DECIMAL: 'BAD_REQUEST',
  TOO_MANY_DECIMALS: 'AMOUNT_DECIMALS',
  UNKNOWN_CURRENCY: 'PAIR_NOT_TRADED',
  TOO_LARGE: 'AMOUNT_TOO_LARGE',
};

/** `ChrgBr` of the payment that will name the quote. */
const CHARGE_BEARERS: readonly string[] = ['DEBT', 'CRED', 'SHAR', 'SLEV'];
const MEMBERS = ['sourceCurrency', 'targetCurrency', 'amount', 'fixedSide'] as const;

function quoteRequest(
  members: Record<(typeof MEMBERS)[number], string> & Partial<Record<'chargeBearer', string>>,
  requesterBic: Bic,
): QuoteRequest {
  const { sourceCurrency, targetCurrency, amount, fixedSide, chargeBearer = 'SHAR' } = members;
  if (!CHARGE_BEARERS.includes(chargeBearer))
    throw new HttpProblem(refusal('BAD_REQUEST', `chargeBearer is none of ${CHARGE_BEARERS.join(', ')}`));
  if (fixedSide !== 'source' && fixedSide !== 'target') {
    throw new HttpProblem(refusal('BAD_REQUEST', 'fixedSide is neither source nor target'));
  }
  const parsed = parseAmount(amount, fixedSide === 'source' ? sourceCurrency : targetCurrency);
  if (!parsed.ok) throw new HttpProblem(refusal(AMOUNT_REFUSALS[parsed.error], 'amount'));
  const charged = { amountMinor: parsed.value.minor, chargeBearer: bearerOf(chargeBearer) };
  return { requesterBic, sourceCurrency, targetCurrency, fixedSide, ...charged };
}

/** Firm quotes for banks, each bank's own; and for who looks after the desk what each was chosen against. */
export function createFxQuotesRouter(desk: Pick<Desk, 'quote' | 'findOffer' | 'findAnyOffer'>): Router {
  const router = Router();

  router.post('/v1/fx/quotes', async (request, response) => {
    const { participant } = callerOf(response);
    if (participant.role !== 'bank') throw new HttpProblem(refusal('FORBIDDEN'));
    const offer = await desk.quote(quoteRequest(stringMembers(request, MEMBERS, ['chargeBearer']), participant.bic));
    if (!offer.ok) throw new HttpProblem(offer.error);
    const view = offerView(offer.value, null);
    response.status(201).location(`/v1/fx/quotes/${view.quoteId}`).json(view);
  });

  router.get('/v1/fx/quotes/:id', async (request, response) => {
    const quoteId = quoteIdOf(request.params.id);
    const stored = quoteId && (await desk.findOffer(quoteId, callerOf(response).participant.bic));
    if (!stored) throw new HttpProblem(refusal('NOT_FOUND'));
    response.json(offerView(stored.offer, stored.boundUetr));
  });

  router.get('/v1/fx/quotes/:id/offers', async (request, response) => {
    const { role } = callerOf(response).participant;
    if (role !== 'desk' && role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
    const quoteId = quoteIdOf(request.params.id);
    const stored = quoteId && (await desk.findAnyOffer(quoteId));
    if (!stored) throw new HttpProblem(refusal('NOT_FOUND'));
    response.json(contestView(stored));
  });

  return router;
}
