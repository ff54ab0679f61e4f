/**
 * The FX desk: current rates, and firm quotes signed by the provider. Requests that gather while a batch is in flight
 * share one reading of rates, one signature and one SQL transaction.
 */
import { createBatcher, QueueFullError } from '../kernel/batcher.js';
import type { Clock, Randomness } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode, type QuoteId, type WalletId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { compareRates, convert, crossRate, type FixedSide, parseRate, type Rate } from './conversion.js';
import type { CurrencyPair, DeskStore, PairRate, RateKey, StoredQuote } from './desk-store.js';
import { encodeQuote, type Offer, offerOf, type Quote, quoteHash, type SignedQuote } from './quote.js';
import type { QuoteSigner } from './quote-signature.js';

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
  /** The fixed amount, minor units of its own currency. */
  readonly amountMinor: bigint;
}

/** A payment that names no quote. */
export interface PaymentQuoteRequest extends CurrencyPair {
  readonly requesterBic: Bic;
  /** `IntrBkSttlmAmt`, minor units of the source currency. */
  readonly settlementAmountMinor: bigint;
  /** `XchgRate` as the message has it: the worst rate that the payer takes. */
  readonly exchangeRate: string | null;
}

export interface DeskOptions {
  readonly store: DeskStore;
  /** The signer of a provider's quotes. */
  readonly quoteSigner: (provider: Bic) => QuoteSigner;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'>;
  /** What requesters may trade. Rates are set for the pairs of the routes. */
  readonly routes: readonly DeskRoute[];
  /** How long a quote may be used. */
  readonly quoteLifeMs?: number;
  readonly batchMax?: number;
  readonly queueMax?: number;
}

export interface Desk {
  /** Errors: `PAIR_NOT_TRADED`, `RATE_INVALID`. `by` names the key that asked. */
  setRate(pair: CurrencyPair, rate: string, by: string): Promise<Result<PairRate, Refusal>>;
  /** Of a trade in several steps: the cross rate, with the first step's provider. Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`. */
  currentRate(pair: CurrencyPair): Promise<Result<PairRate, Refusal>>;
  /** The current rates of all pairs that have one, in the order of the routes; then the cross rates. */
  currentRates(): Promise<readonly PairRate[]>;
  /**
   * A stored firm offer. Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`, `AMOUNT_ZERO`, `AMOUNT_TOO_LARGE`, `QUEUE_FULL`.
   */
  quote(request: QuoteRequest): Promise<Result<Offer, Refusal>>;
  /** An offer of this requester; null when there is none or it is somebody else's. */
  findOffer(quoteId: QuoteId, requesterBic: Bic): Promise<StoredOffer | null>;
  /**
   * Firm offers at the current rates for payments that name none, one outcome per request, one signature for all.
   * They are not stored: the acceptance of the payments inserts them bound, in its own transaction. Errors: as
   * `quote`, `RATE_WORSE`, and `RULE_BROKEN` when `XchgRate` is no positive rate.
   */
  quoteForPayments(requests: readonly PaymentQuoteRequest[]): Promise<readonly Result<Offer, Refusal>[]>;
  /** {@link Desk.quoteForPayments} for one. */
  quoteForPayment(request: PaymentQuoteRequest): Promise<Result<Offer, Refusal>>;
  /** Resolves when no quote is being made. */
  idle(): Promise<void>;
  readonly counts: { readonly batches: number; readonly items: number };
}

/** An offer and the one payment that uses it; null while it is open. */
export interface StoredOffer extends Pick<StoredQuote, 'boundUetr'> {
  readonly offer: Offer;
}

const QUOTE_LIFE_MS = 600_000;

/** The desk over its store, clock and the providers' signers. */
export function createDesk(options: DeskOptions): Desk {
  const { store, clock, routes } = options;
  const pairs = [...new Map(routes.flat().map((pair) => [rateName(pair), pair])).values()];

  const quoteBatch = async (requests: readonly QuoteRequest[]): Promise<Result<Offer, Refusal>[]> => {
    const offers = await signedOffers(options, requests);
    const made = offers.flatMap((offer) => (offer.ok ? offer.value.quotes : []));
    if (made.length > 0) await store.insertQuotes(made);
    return offers;
  };
  const batcher = createBatcher(quoteBatch, {
    batchMax: options.batchMax ?? 128,
    queueMax: options.queueMax ?? 10_000,
  });
  const quoteForPayments: Desk['quoteForPayments'] = (requests) =>
    signedOffers(
      options,
      requests.map((request) => ({
        ...request,
        fixedSide: 'source' as const,
        amountMinor: request.settlementAmountMinor,
        worstRate: request.exchangeRate,
      })),
    );

  return {
    counts: batcher.counts,
    idle: () => batcher.idle(),
    async setRate(pair, rate, by) {
      const traded = pairs.find((one) => isFor(pair, [one]));
      if (!traded) return err(refusal('PAIR_NOT_TRADED'));
      const parsed = parseRate(rate);
      if (!parsed.ok) return parsed;
      const set: PairRate = { ...rateKey(traded), rate: parsed.value, setAt: clock.now(), setBy: by };
      await store.addRate(set);
      return ok(set);
    },
    async currentRate(pair) {
      const route = [...routes, ...pairs.map((one) => [one])].find((one) => isFor(pair, one));
      if (!route) return err(refusal('PAIR_NOT_TRADED'));
      return rateOf(route, await ratesOf(store, route));
    },
    async currentRates() {
      const rates = await ratesOf(store, pairs);
      const shown = [...pairs.map((pair) => [pair]), ...routes.filter((route) => route.length > 1)];
      return shown.flatMap((route) => {
        const rate = rateOf(route, rates);
        return rate.ok ? [rate.value] : [];
      });
    },
    async quote(request) {
      try {
        return await batcher.submit(request);
      } catch (error) {
        if (error instanceof QueueFullError) return err(refusal('QUEUE_FULL'));
        throw error;
      }
    },
    async findOffer(quoteId, requesterBic) {
      const found: StoredQuote[] = [];
      for (let next: QuoteId | undefined = quoteId; next !== undefined; ) {
        const stored = await store.findQuote(next);
        if (!stored || bicKey(stored.signed.quote.requesterBic) !== bicKey(requesterBic)) return null;
        found.push(stored);
        next = stored.signed.quote.onwardQuoteId;
      }
      const offer = offerOf(found.map(({ signed }) => signed));
      return offer && { offer, boundUetr: found[0]?.boundUetr ?? null };
    },
    quoteForPayments,
    async quoteForPayment(request) {
      const [outcome] = await quoteForPayments([request]);
      invariant(outcome, 'a request has an outcome');
      return outcome;
    },
  };
}

interface RatedRequest extends QuoteRequest {
  readonly worstRate?: string | null;
}

/** One reading of the rates and one signature of each provider for all requests that can be served. */
async function signedOffers(
  options: DeskOptions,
  requests: readonly RatedRequest[],
): Promise<Result<Offer, Refusal>[]> {
  const wanted = requests.map((request) => options.routes.find((route) => isFor(request, route)));
  const rates = await ratesOf(options.store, [...new Set(wanted.flatMap((route) => route ?? []))]);
  const issuedAt = options.clock.now();
  const validUntil = issuedAt + (options.quoteLifeMs ?? QUOTE_LIFE_MS);
  const formed = requests.map((request, i) => {
    const route = wanted[i];
    if (!route) return err(refusal('PAIR_NOT_TRADED'));
    const rate = rateOf(route, rates);
    if (!rate.ok) return rate;
    const acceptable = checkWorstRate(request.worstRate ?? null, rate.value.rate);
    if (!acceptable.ok) return acceptable;
    const quoteIds = route.map(() => options.random.uuid() as QuoteId);
    return formQuotes(request, route, rates, { quoteIds, issuedAt, validUntil });
  });
  return sign(options.quoteSigner, formed);
}

/** One quote a pair of the route: each is converted and rounded once, from the fixed side on. */
function formQuotes(
  request: RatedRequest,
  route: DeskRoute,
  rates: ReadonlyMap<string, PairRate>,
  issue: Pick<Quote, 'issuedAt' | 'validUntil'> & { readonly quoteIds: readonly QuoteId[] },
): Result<readonly Quote[], Refusal> {
  const { requesterBic, fixedSide } = request;
  const { quoteIds, issuedAt, validUntil } = issue;
  const quotes = new Array<Quote>(route.length);
  let { amountMinor } = request;
  const steps = fixedSide === 'source' ? [...route.keys()] : [...route.keys()].reverse();
  for (const i of steps) {
    const pair = route[i]!;
    const { sourceCurrency, targetCurrency } = pair;
    const { rate } = rates.get(rateName(pair))!;
    const converted = convert({ sourceCurrency, targetCurrency, rate, fixedSide, amountMinor });
    if (!converted.ok) return converted;
    const onwardQuoteId = quoteIds[i + 1];
    quotes[i] = {
      ...{ quoteId: quoteIds[i]!, requesterBic, providerBic: pair.providerBic },
      ...{ sourceCurrency, targetCurrency, rate, fixedSide, ...converted.value, issuedAt, validUntil },
      ...{ sourceLedger: pair.sourceLedger, targetLedger: pair.targetLedger },
      ...{ sourceProviderWallet: pair.sourceProviderWallet, targetProviderWallet: pair.targetProviderWallet },
      ...(onwardQuoteId && { onwardQuoteId }),
    };
    amountMinor = fixedSide === 'source' ? converted.value.targetAmountMinor : converted.value.sourceAmountMinor;
  }
  return ok(quotes);
}

/** More target per source is better for the payer, so a worse rate is a lower one. */
function checkWorstRate(worstRate: string | null, rate: Rate): Result<void, Refusal> {
  if (worstRate === null) return ok(undefined);
  const worst = parseRate(worstRate);
  if (!worst.ok) return err(refusal('RULE_BROKEN', 'XchgRate is not a positive rate'));
  return compareRates(rate, worst.value) < 0 ? err(refusal('RATE_WORSE')) : ok(undefined);
}

async function sign(
  signerOf: DeskOptions['quoteSigner'],
  formed: readonly Result<readonly Quote[], Refusal>[],
): Promise<Result<Offer, Refusal>[]> {
  const encoded = formed.flatMap((outcome) => {
    if (!outcome.ok) return [];
    return outcome.value.map((quote) => {
      const bytes = encodeQuote(quote);
      return { quote, bytes, hash: quoteHash(bytes) };
    });
  });
  const signed = new Map<QuoteId, SignedQuote>();
  for (const [provider, quotes] of groupBy(encoded, ({ quote }) => quote.providerBic)) {
    const signatures = await signerOf(provider).sign(quotes.map(({ hash }) => hash));
    invariant(signatures.length === quotes.length, 'the provider signs every quote of a batch');
    quotes.forEach((quote, i) => {
      signed.set(quote.quote.quoteId, { ...quote, signature: signatures[i]! });
    });
  }
  return formed.map((outcome) => {
    if (!outcome.ok) return outcome;
    const offer = offerOf(outcome.value.map(({ quoteId }) => signed.get(quoteId)!));
    invariant(offer, 'the quotes of a route follow upon each other');
    return ok(offer);
  });
}

const isFor = (wanted: CurrencyPair, route: DeskRoute): boolean =>
  route[0]?.sourceCurrency === wanted.sourceCurrency && route.at(-1)?.targetCurrency === wanted.targetCurrency;

/** The rate of a route: its pair's own, or the cross rate of several. Errors: `RATE_MISSING`. */
function rateOf(route: DeskRoute, rates: ReadonlyMap<string, PairRate>): Result<PairRate, Refusal> {
  const found = route.flatMap((pair) => rates.get(rateName(pair)) ?? []);
  const [first, ...others] = found;
  if (!first || found.length < route.length) return err(refusal('RATE_MISSING'));
  if (others.length === 0) return ok(first);
  const rate = crossRate(found.map((one) => one.rate));
  if (rate === null) return err(refusal('RATE_MISSING', 'the cross rate is not one of at most 11 digits'));
  const newest = found.reduce((a, b) => (b.setAt > a.setAt ? b : a));
  return ok({ ...newest, ...rateKey(first), targetCurrency: route.at(-1)!.targetCurrency, rate });
}

const rateKey = ({ providerBic, sourceCurrency, targetCurrency }: RateKey): RateKey => ({
  providerBic,
  sourceCurrency,
  targetCurrency,
});

const rateName = (key: RateKey): string => `${key.providerBic} ${key.sourceCurrency}-${key.targetCurrency}`;

async function ratesOf(store: DeskStore, keys: readonly RateKey[]): Promise<Map<string, PairRate>> {
  const rates = keys.length > 0 ? await store.currentRates(keys.map(rateKey)) : [];
  return new Map(rates.map((rate) => [rateName(rate), rate]));
}
