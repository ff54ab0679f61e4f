/**
 * Which of several offers a requester gets, pure: the one of which the payee gets most, or, where that is fixed, the
 * payer gives least. Of equal ones the corridor's order decides. The others are kept with the reason why they lost.
 */
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, QuoteId, WalletId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { AMOUNT_MINOR_LIMIT } from '../ledger/amount.js';
import { type ChargeBearer, chargedMinor, type QuoteCharge, splitSource, type Tariff } from './charge.js';
import { compareRates, crossRate, type FixedSide, type Rate } from './conversion.js';
import type { CurrencyPair, RateKey } from './desk-store.js';
import { type Halt, haltOf } from './halts.js';
import type { Trade } from './limits.js';
import type { LosingOffer, Quote } from './quote.js';
import { type ProviderPrice, providerPrice, type RateBook, type StoredRate, shownRate } from './rates.js';

/** Who trades a pair, in one direction, and with which wallets. */
export interface DeskPair extends RateKey {
  readonly sourceLedger: LedgerCode;
  readonly targetLedger: LedgerCode;
  /** The provider's wallet that is credited on the source ledger. */
  readonly sourceProviderWallet: WalletId;
  /** The provider's wallet that is debited on the target ledger. */
  readonly targetProviderWallet: WalletId;
}

/** The pairs of a trade, in leg order: one, or more through vehicle currencies, each with a provider of its own. */
export type DeskRoute = readonly DeskPair[];

export interface QuoteRequest extends CurrencyPair {
  readonly requesterBic: Bic;
  readonly fixedSide: FixedSide;
  /** The fixed amount, minor units of its own currency. A fixed source amount has its charge on top of it, or in it. */
  readonly amountMinor: bigint;
  /** Who bears what is charged; `creditor` unless said. */
  readonly chargeBearer?: ChargeBearer;
  /** Of a payment without a quote, which gives the amount in all: see {@link splitSource}. */
  readonly instructedMinor?: bigint | null;
}

/** A route with what it comes to: a price a pair, and the whole. */
export interface PricedRoute {
  readonly route: DeskRoute;
  readonly prices: readonly ProviderPrice[];
  readonly rate: Rate;
  /** All that the payer gives: what the first provider gets, and the charge. */
  readonly sourceAmountMinor: bigint;
  readonly targetAmountMinor: bigint;
  readonly charge: QuoteCharge | null;
}

/** Why a route that has a price makes no offer all the same; null: it may. */
export type JudgeRoute = (priced: PricedRoute) => Refusal | null;

export interface BestOffer {
  readonly best: PricedRoute;
  readonly lost: readonly LosingOffer[];
}

/** What a halt is asked about. */
const tradeOf = (route: DeskRoute) => ({
  ledgers: route.flatMap(({ sourceLedger, targetLedger }, i) =>
    i === 0 ? [sourceLedger, targetLedger] : targetLedger,
  ),
  currencies: route.flatMap((pair, i) => (i === 0 ? [pair.sourceCurrency, pair.targetCurrency] : pair.targetCurrency)),
  providers: providersOf(route),
});

const providersOf = (route: DeskRoute): Bic[] => route.map(({ providerBic }) => providerBic);

/**
 * The best of the routes, which are in the corridor's order, among those that `judge` lets make an offer. Errors, where none
 * comes to an offer: `PAIR_NOT_TRADED` without a route, else that of {@link refusalOf}.
 */
export function bestOffer(
  book: RateBook,
  halts: readonly Halt[],
  routes: readonly DeskRoute[],
  request: QuoteRequest,
  judge: JudgeRoute = () => null,
  tariff: Tariff | null = null,
): Result<BestOffer, Refusal> {
  if (routes.length === 0) return err(refusal('PAIR_NOT_TRADED'));
  const judged = routes.map((route) => {
    const outcome = priceRoute(book, halts, route, request, tariff);
    return { route, outcome, why: outcome.ok ? judge(outcome.value) : outcome.error };
  });
  let best: PricedRoute | null = null;
  for (const { outcome, why } of judged)
    if (outcome.ok && why === null && (best === null || comparePriced(outcome.value, best, request.fixedSide) > 0))
      best = outcome.value;
  if (best === null) return err(refusalOf(judged.flatMap(({ why }) => why ?? [])));
  const won = best;
  const lost = judged.flatMap(({ route, outcome, why }): LosingOffer[] => {
    if (!outcome.ok) return [unable(route, outcome.error)];
    if (why !== null) return [{ ...unable(route, why), ...shownPrice(outcome.value) }];
    return outcome.value === won ? [] : [beaten(outcome.value, won, request.fixedSide)];
  });
  return ok({ best, lost });
}

/**
 * Each pair is converted and rounded once, from the fixed side on. What is charged is charged before, in the source
 * currency. Errors: of the rates, halts and charges, and no cross rate.
 */
export function priceRoute(
  book: RateBook,
  halts: readonly Halt[],
  route: DeskRoute,
  request: QuoteRequest,
  tariff: Tariff | null,
): Result<PricedRoute, Refusal> {
  const { requesterBic, fixedSide, amountMinor, sourceCurrency, chargeBearer: bearer = 'creditor' } = request;
  const halted = halts.length === 0 ? null : haltOf(halts, tradeOf(route));
  if (halted) return err(halted);
  const isSplit = tariff !== null && fixedSide === 'source';
  const split = isSplit ? splitSource(tariff, sourceCurrency, request) : null;
  if (split && !split.ok) return split;
  const prices = new Array<ProviderPrice>(route.length);
  let amount = split?.value.convertedMinor ?? amountMinor;
  const steps = fixedSide === 'source' ? [...route.keys()] : [...route.keys()].reverse();
  for (const i of steps) {
    const price = providerPrice(book, { requesterBic, fixedSide, amountMinor: amount, ...route[i]! });
    if (!price.ok) return price;
    prices[i] = price.value;
    amount = fixedSide === 'source' ? price.value.targetAmountMinor : price.value.sourceAmountMinor;
  }
  const [first, last] = [prices[0], prices.at(-1)];
  invariant(first && last, 'a route has a pair');
  const rate = prices.length === 1 ? first.rate : crossRate(prices.map((price) => price.rate));
  if (rate === null) return err(refusal('RATE_MISSING', 'the cross rate is not one of at most 11 digits'));
  const charged = tariff
    ? (split?.value.chargeMinor ?? chargedMinor(tariff, sourceCurrency, first.sourceAmountMinor))
    : 0n;
  const sourceAmountMinor = first.sourceAmountMinor + charged;
  if (sourceAmountMinor >= AMOUNT_MINOR_LIMIT) return err(refusal('AMOUNT_TOO_LARGE', 'the amount with its charge'));
  const charge = tariff && charged > 0n ? { bearer, amountMinor: charged, walletId: tariff.walletId } : null;
  return ok({ route, prices, rate, sourceAmountMinor, targetAmountMinor: last.targetAmountMinor, charge });
}

/** Positive when the first is better for the requester. */
export function comparePriced(a: PricedRoute, b: PricedRoute, fixedSide: FixedSide): number {
  const gain =
    fixedSide === 'source' ? a.targetAmountMinor - b.targetAmountMinor : b.sourceAmountMinor - a.sourceAmountMinor;
  return gain > 0n ? 1 : gain < 0n ? -1 : 0;
}

/**
 * Of all that failed the one that tells most: lack of money passes soonest, and a provider without a rate hides no other's
 * reason.
 */
export function refusalOf(errors: readonly Refusal[]): Refusal {
  const short = errors.find(({ code }) => code === 'LIQUIDITY_INSUFFICIENT');
  return short ?? errors.find(({ code }) => code !== 'RATE_MISSING') ?? errors[0] ?? refusal('RATE_MISSING');
}

const unable = (route: DeskRoute, { code, detail }: Refusal): LosingOffer => ({
  providers: providersOf(route),
  reason: code satisfies ErrorCode,
  detail: detail ?? null,
  rate: null,
  sourceAmountMinor: null,
  targetAmountMinor: null,
});

const beaten = (offer: PricedRoute, best: PricedRoute, fixedSide: FixedSide): LosingOffer => ({
  providers: providersOf(offer.route),
  reason: comparePriced(offer, best, fixedSide) === 0 ? 'EQUAL' : 'WORSE',
  detail: null,
  ...shownPrice(offer),
});

const shownPrice = ({ rate, sourceAmountMinor, targetAmountMinor }: PricedRoute) => ({
  rate,
  sourceAmountMinor: sourceAmountMinor.toString(),
  targetAmountMinor: targetAmountMinor.toString(),
});

/** What counts of a priced route, step by step in leg order. */
export const tradesOf = (
  { route, prices }: PricedRoute,
  { requesterBic }: Pick<QuoteRequest, 'requesterBic'>,
  issuedAt: number,
): Trade[] =>
  route.map((pair, i) => ({
    requesterBic,
    providerBic: pair.providerBic,
    sourceCurrency: pair.sourceCurrency,
    targetCurrency: pair.targetCurrency,
    sourceAmountMinor: prices[i]!.sourceAmountMinor,
    targetAmountMinor: prices[i]!.targetAmountMinor,
    targetLedger: pair.targetLedger,
    targetProviderWallet: pair.targetProviderWallet,
    issuedAt,
  }));

/** The quotes of a priced route, in leg order; each but the last names the next one. */
export function quotesOf(
  { route, prices, charge }: PricedRoute,
  { requesterBic, fixedSide }: Pick<QuoteRequest, 'requesterBic' | 'fixedSide'>,
  issue: Pick<Quote, 'issuedAt' | 'validUntil'> & { readonly quoteIds: readonly QuoteId[] },
): Quote[] {
  const { quoteIds, issuedAt, validUntil } = issue;
  return route.map((pair, i) => {
    const { sourceCurrency, targetCurrency, providerBic } = pair;
    const onwardQuoteId = quoteIds[i + 1];
    return {
      quoteId: quoteIds[i]!,
      requesterBic,
      providerBic,
      sourceCurrency,
      targetCurrency,
      fixedSide,
      issuedAt,
      validUntil,
      sourceLedger: pair.sourceLedger,
      targetLedger: pair.targetLedger,
      sourceProviderWallet: pair.sourceProviderWallet,
      targetProviderWallet: pair.targetProviderWallet,
      ...prices[i]!,
      ...(onwardQuoteId && { onwardQuoteId }),
      ...(i === 0 && charge && { charge }),
    };
  });
}

/** A rate that is shown: of one pair, or the cross rate of several, with the newest of their cards. */
export interface ShownRate extends RateKey {
  readonly rate: Rate;
  readonly newest: StoredRate;
}

/** The best rate of the routes for the least amounts. Errors: as {@link bestOffer}. */
export function bestShown(
  book: RateBook,
  halts: readonly Halt[],
  routes: readonly DeskRoute[],
  requesterBic: Bic,
): Result<ShownRate, Refusal> {
  if (routes.length === 0) return err(refusal('PAIR_NOT_TRADED'));
  const shown = routes.map((route): Result<ShownRate, Refusal> => {
    const halted = haltOf(halts, tradeOf(route));
    if (halted) return err(halted);
    const rates: (StoredRate & { readonly rate: Rate })[] = [];
    for (const pair of route) {
      const found = shownRate(book, { ...pair, requesterBic });
      if (!found.ok) return found;
      rates.push(found.value);
    }
    const rate = rates.length === 1 ? rates[0]!.rate : crossRate(rates.map((one) => one.rate));
    if (rate === null) return err(refusal('RATE_MISSING', 'the cross rate is not one of at most 11 digits'));
    const newest = rates.reduce((a, b) => (b.sequence > a.sequence ? b : a));
    const [first, last] = [route[0]!, route.at(-1)!];
    const { providerBic, sourceCurrency } = first;
    return ok({ providerBic, sourceCurrency, targetCurrency: last.targetCurrency, rate, newest });
  });
  const found = shown.flatMap((one) => (one.ok ? [one.value] : []));
  const [first, ...others] = found;
  if (!first) return err(refusalOf(shown.flatMap((one) => (one.ok ? [] : [one.error]))));
  return ok(others.reduce((best, one) => (compareRates(one.rate, best.rate) > 0 ? one : best), first));
}
