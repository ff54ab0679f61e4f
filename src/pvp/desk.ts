/**
 * The FX desk: what a pair costs now, and firm quotes of the best provider, signed by it. Requests that gather while a
 * batch is in flight share one reading of rates and halts, one signature a provider and one SQL transaction.
 */
import { createBatcher, QueueFullError } from '../kernel/batcher.js';
import type { Clock, Randomness } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type QuoteId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { bestShown, type DeskPair, type DeskRoute, type QuoteRequest, type ShownRate } from './best-offer.js';
import type { ChargeBearer } from './charge.js';
import { parseRate } from './conversion.js';
import type { CurrencyPair, DeskStore, Market, PairRate, RateKey, StoredQuote } from './desk-store.js';
import { type Counting, firmOffers, isFor, type PairRules, type RatedRequest } from './firm-offers.js';
import type { QueuePlace } from './liquidity-queue.js';
import { type Prospects, prospectsOf } from './prospects.js';
import { type Offer, offerOf, type Quote } from './quote.js';
import type { QuoteSigner } from './quote-signature.js';
import { flatCard, type RateCard, rateBook } from './rates.js';

export type { DeskPair, DeskRoute, QuoteRequest } from './best-offer.js';
export type { Counting, PairRules } from './firm-offers.js';

/** A payment that names no quote. */
export interface PaymentQuoteRequest extends CurrencyPair {
  readonly requesterBic: Bic;
  /** `IntrBkSttlmAmt`, minor units of the source currency. */
  readonly settlementAmountMinor: bigint;
  /** `XchgRate` as the message has it: the worst rate that the payer takes. */
  readonly exchangeRate: string | null;
  /** Its place among payments that wait for liquidity: which of them come before it. */
  readonly queue?: QueuePlace;
  /** Who bears what is charged; `creditor` unless said. */
  readonly chargeBearer?: ChargeBearer;
  /** `InstdAmt` in the source currency, minor units; null where it is not stated so. */
  readonly instructedMinor?: bigint | null;
  /** Marked money pays nobody that its mark does not name: it is not charged. */
  readonly isMarked?: boolean;
}

export interface DeskOptions {
  readonly store: DeskStore;
  /** The signer of a provider's quotes. One that rejects loses to the next best provider. */
  readonly quoteSigner: (provider: Bic) => QuoteSigner;
  /** Told of a provider whose signer rejected. */
  readonly onUnsigned?: (provider: Bic, error: unknown) => void;
  /** Limits and reserved liquidity; without it quotes count nothing and nothing bounds them. */
  readonly counting?: Counting;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'>;
  /** What requesters may trade: for one pair all its routes, the one that wins a tie first. */
  readonly routes: readonly DeskRoute[];
  /** Of the pairs, by `SOURCE-TARGET`, that have rules of their own; the two below are for the others. */
  readonly rules?: ReadonlyMap<string, PairRules>;
  readonly quoteLifeMs?: number;
  readonly rateAgeMaxMs?: number;
  readonly batchMax?: number;
  readonly queueMax?: number;
}

export interface Desk {
  /**
   * Sets one rate for one direction and any amount, of the provider or else of the first that trades the pair. Errors:
   * `PAIR_NOT_TRADED`, `RATE_INVALID`. `by` names the key that asked.
   */
  setRate(pair: CurrencyPair & Partial<RateKey>, rate: string, by: string): Promise<Result<PairRate, Refusal>>;
  /** Sets what providers ask from now on; `by` names the key that asked. */
  setCards(cards: readonly Omit<RateCard, 'validFrom'>[], by: string): Promise<void>;
  /**
   * The best provider's rate for the least amounts, to this bank or to any. Of a trade in several steps: the cross rate,
   * with the first step's provider. Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`, `RATE_STALE`, `TRADING_HALTED`.
   */
  currentRate(pair: CurrencyPair, requesterBic?: Bic): Promise<Result<PairRate, Refusal>>;
  /** The current rates of all pairs that have one, in the order of the routes; then the cross rates. */
  currentRates(requesterBic?: Bic): Promise<readonly PairRate[]>;
  /**
   * A stored firm offer. Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`, `RATE_STALE`, `TRADING_HALTED`, `PROVIDER_LIMIT`,
   * `AMOUNT_ZERO`, `AMOUNT_TOO_LARGE`, `PROVIDER_UNAVAILABLE`, `LIQUIDITY_INSUFFICIENT`, `OPEN_QUOTES_LIMIT`,
   * `PAYMENT_LIMIT`, `DAY_LIMIT`, `POSITION_LIMIT`, `CONDUCT_LIMIT`, `QUEUE_FULL`.
   */
  quote(request: QuoteRequest): Promise<Result<Offer, Refusal>>;
  /** An offer of this requester; null when there is none or it is somebody else's. */
  findOffer(quoteId: QuoteId, requesterBic: Bic): Promise<StoredOffer | null>;
  /** Anybody's offer, for who looks after the desk: what it was chosen against is with its first quote. */
  findAnyOffer(quoteId: QuoteId): Promise<StoredOffer | null>;
  /**
   * Firm offers at the current rates for payments that name none, one outcome per request, one signature for all.
   * They are not stored: the acceptance of the payments inserts them bound, in its own transaction. Errors: as
   * `quote`, `RATE_WORSE`, `CHARGE_AMOUNT`, and `RULE_BROKEN` when `XchgRate` is no positive rate.
   */
  quoteForPayments(requests: readonly PaymentQuoteRequest[]): Promise<readonly Result<Offer, Refusal>[]>;
  /** What payments would be offered if there were money, and what money there is: for those that wait for it. */
  prospects(requests: readonly PaymentQuoteRequest[]): Promise<Prospects>;
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
/** A rate of yesterday is none. */
export const RATE_AGE_MAX_MS = 86_400_000;

/** The desk over its store, clock and the providers' signers. */
export function createDesk(options: DeskOptions): Desk {
  const { store, clock, routes } = options;
  const pairs = [...new Map(routes.flat().map((pair) => [rateName(pair), pair])).values()];
  const routesOf = (pair: CurrencyPair): readonly DeskRoute[] => routes.filter((route) => isFor(pair, route));
  const rulesFor = rulesOf(options);
  const making = { ...options, rulesFor };
  const shownOf = (market: Market, pair: CurrencyPair, of: readonly DeskRoute[], requesterBic = NOBODY) => {
    const book = rateBook(market.rates, clock.now(), rulesFor(pair).rateAgeMaxMs);
    const shown = bestShown(book, market.halts, of, requesterBic);
    return shown.ok ? ok(pairRate(shown.value)) : shown;
  };
  const find = async (quoteId: QuoteId, isShown: (quote: Quote) => boolean): Promise<StoredOffer | null> => {
    const found: StoredQuote[] = [];
    for (let next: QuoteId | undefined = quoteId; next !== undefined; ) {
      const stored = await store.findQuote(next);
      if (!stored || !isShown(stored.signed.quote)) return null;
      found.push(stored);
      next = stored.signed.quote.onwardQuoteId;
    }
    const offer = offerOf(found.map(({ signed }) => signed));
    return offer && { offer, boundUetr: found[0]?.boundUetr ?? null };
  };

  const quoteBatch = async (requests: readonly QuoteRequest[]): Promise<Result<Offer, Refusal>[]> => {
    const outcomes = new Array<Result<Offer, Refusal>>(requests.length);
    let open = [...requests.keys()];
    for (let round = 1; open.length > 0; round += 1) {
      const made = await firmOffers(
        making,
        open.map((i) => requests[i]!),
        true,
      );
      const lost = await storeOffers(store, made);
      open.forEach((i, n) => {
        outcomes[i] = made[n]!;
      });
      // Somebody else took what they would have counted on: by what is left now.
      open = round < ROUNDS_MAX ? lost.map((n) => open[n]!) : [];
    }
    return outcomes;
  };
  const batcher = createBatcher(quoteBatch, {
    batchMax: options.batchMax ?? 128,
    queueMax: options.queueMax ?? 10_000,
  });
  const quoteForPayments: Desk['quoteForPayments'] = (requests) =>
    firmOffers(making, requests.map(ratedRequest), false);

  return {
    counts: batcher.counts,
    idle: () => batcher.idle(),
    async setRate(pair, rate, by) {
      const { providerBic } = pair;
      const traded = pairs.find((one) => isFor(pair, [one]) && (!providerBic || one.providerBic === providerBic));
      if (!traded) return err(refusal('PAIR_NOT_TRADED'));
      const parsed = parseRate(rate);
      if (!parsed.ok) return parsed;
      const now = clock.now();
      const card = flatCard(traded, parsed.value, now);
      await store.addRates([{ card, asOf: now, setAt: now, setBy: by, approvedBy: null }]);
      return ok({ ...rateKey(traded), rate: parsed.value, setAt: now, setBy: by });
    },
    async setCards(cards, by) {
      const now = clock.now();
      const set = { asOf: now, setAt: now, setBy: by, approvedBy: null };
      await store.addRates(cards.map((card) => ({ card: { ...card, validFrom: now }, ...set })));
    },
    async currentRate(pair, requesterBic) {
      const own = routesOf(pair);
      const of = own.length > 0 ? own : pairs.filter((one) => isFor(pair, [one])).map((one) => [one]);
      return shownOf(await marketOf(store, of, clock.now()), pair, of, requesterBic);
    },
    async currentRates(requesterBic) {
      const market = await marketOf(store, routes, clock.now());
      const steps = pairs.map((pair) => [pair]);
      const shown = [...steps, ...routes.filter((route) => route.length > 1)];
      const byPair = groupBy(shown, (route) =>
        pairName({ ...route[0]!, targetCurrency: route.at(-1)!.targetCurrency }),
      );
      return [...byPair.values()].flatMap((of) => {
        const [first, last] = [of[0]![0]!, of[0]!.at(-1)!];
        const rate = shownOf(market, { ...first, targetCurrency: last.targetCurrency }, of, requesterBic);
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
    findOffer: (quoteId, requesterBic) => find(quoteId, (quote) => bicKey(quote.requesterBic) === bicKey(requesterBic)),
    findAnyOffer: (quoteId) => find(quoteId, () => true),
    quoteForPayments,
    prospects: (requests) => prospectsOf(making, requests.map(ratedRequest)),
    async quoteForPayment(request) {
      const [outcome] = await quoteForPayments([request]);
      invariant(outcome, 'a request has an outcome');
      return outcome;
    },
  };
}

const ratedRequest = (request: PaymentQuoteRequest): RatedRequest => ({
  fixedSide: 'source',
  amountMinor: request.settlementAmountMinor,
  worstRate: request.exchangeRate,
  ...request,
  instructedMinor: request.instructedMinor ?? null,
});

/** How often quotes are made anew whose counters moved meanwhile. */
const ROUNDS_MAX = 3;

/** Stores what was made; answers the places of the offers that could not be, with their refusals in their places. */
async function storeOffers(store: DeskStore, outcomes: Result<Offer, Refusal>[]): Promise<number[]> {
  const made = outcomes.flatMap((outcome, i) => (outcome.ok ? [{ i, quotes: outcome.value.quotes }] : []));
  const quotes = made.flatMap((offer) => offer.quotes);
  const stored = quotes.length > 0 ? await store.insertQuotes(quotes) : [];
  let place = 0;
  return made.flatMap(({ i, quotes: { length } }) => {
    const why = stored[place] ?? null;
    place += length;
    if (why === null) return [];
    outcomes[i] = err(why);
    return [i];
  });
}

/** Asked for no bank in particular: no tier names it. */
const NOBODY = '' as Bic;

const rulesOf =
  ({ rules, quoteLifeMs = QUOTE_LIFE_MS, rateAgeMaxMs = RATE_AGE_MAX_MS }: DeskOptions) =>
  (pair: CurrencyPair): PairRules =>
    rules?.get(pairName(pair)) ?? { quoteLifeMs, rateAgeMaxMs };

const pairRate = ({ newest: { setAt, setBy }, rate, ...key }: ShownRate): PairRate => ({
  ...rateKey(key),
  rate,
  setAt,
  setBy,
});

const rateKey = ({ providerBic, sourceCurrency, targetCurrency }: RateKey): RateKey => ({
  providerBic,
  sourceCurrency,
  targetCurrency,
});

const pairName = ({ sourceCurrency, targetCurrency }: CurrencyPair): string => `${sourceCurrency}-${targetCurrency}`;

const rateName = (key: RateKey): string => `${key.providerBic} ${pairName(key)}`;

/** Nothing is read for requests that nobody trades. */
async function marketOf(store: DeskStore, routes: readonly DeskRoute[], now: number): Promise<Market> {
  const providers = [...new Set(routes.flat().map(({ providerBic }: DeskPair) => providerBic))];
  return providers.length > 0
    ? store.market(providers, now)
    : { rates: [], halts: [], tariffs: [], limits: [], counters: [], awaited: [] };
}
