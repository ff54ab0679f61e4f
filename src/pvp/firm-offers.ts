/**
 * Firm offers for a batch of requests: one reading of rates, halts, limits and counters, the best offer of each request
 * among those that there is room for, one signature of each winning provider. A provider whose signer does not answer loses
 * to the next best; what counters stand at is judged here and decided where the quotes are stored.
 */
import type { Clock, Randomness } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type QuoteId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import {
  bestOffer,
  comparePriced,
  type DeskRoute,
  type PricedRoute,
  type QuoteRequest,
  quotesOf,
  tradesOf,
} from './best-offer.js';
import { type Tariff, tariffFor } from './charge.js';
import { compareRates, parseRate, type Rate } from './conversion.js';
import type { CountersAsked, CurrencyPair, DeskStore, Market } from './desk-store.js';
import { type Charge, chargesOf, count, type DayOf, keyOf, misfit, type Room, walletName } from './limits.js';
import { isBehind, type QueuePlace } from './liquidity-queue.js';
import { type Contest, encodeQuote, type Offer, offerOf, type Quote, quoteHash, type SignedQuote } from './quote.js';
import type { QuoteSigner } from './quote-signature.js';
import { rateBook } from './rates.js';

/** What holds for one pair, milliseconds. */
export interface PairRules {
  /** How long a quote may be used. */
  readonly quoteLifeMs: number;
  /** How old a rate may be that a quote is made of. */
  readonly rateAgeMaxMs: number;
}

/** What quotes count on. */
export interface Counting {
  readonly dayOf: DayOf;
  /** Looks again what these wallets (`LEDGER/wallet`) have, and what of it is promised to quotes that nobody can use. */
  refresh(wallets: readonly string[]): Promise<void>;
}

export interface FirmOffersOptions {
  readonly store: Pick<DeskStore, 'market' | 'openCounters'>;
  readonly quoteSigner: (provider: Bic) => QuoteSigner;
  readonly onUnsigned?: (provider: Bic, error: unknown) => void;
  readonly counting?: Counting;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'>;
  readonly routes: readonly DeskRoute[];
  readonly rulesFor: (pair: CurrencyPair) => PairRules;
}

export interface RatedRequest extends QuoteRequest {
  readonly worstRate?: string | null;
  /** Nothing is charged of marked money. */
  readonly isMarked?: boolean;
  readonly queue?: QueuePlace;
}

/** Whether a route is one between these currencies. */
export const isFor = (wanted: CurrencyPair, route: DeskRoute): boolean =>
  route[0]?.sourceCurrency === wanted.sourceCurrency && route.at(-1)?.targetCurrency === wanted.targetCurrency;

interface FormedOffer {
  readonly quotes: readonly Quote[];
  readonly contest: Contest;
  /** Of each quote; null where nothing counts. */
  readonly charges: readonly (readonly Charge[])[] | null;
}

/**
 * One outcome a request, in order; the offers are not stored. `isOpen`: they will stand until payments name them. A round
 * more for each provider whose signer does not answer.
 */
export async function firmOffers(
  options: FirmOffersOptions,
  requests: readonly RatedRequest[],
  isOpen: boolean,
): Promise<Result<Offer, Refusal>[]> {
  const outcomes = new Array<Result<Offer, Refusal>>(requests.length);
  const unsigned = new Set<Bic>();
  const taken: Charge[] = [];
  for (let open = [...requests.keys()]; open.length > 0; ) {
    const of = open.map((i) => requests[i]!);
    const formed = await formOffers(options, of, { isOpen, unsigned, taken });
    const before = unsigned.size;
    const signed = await sign(options, formed, unsigned);
    open.forEach((i, n) => {
      const outcome = signed[n];
      if (!outcome) return;
      outcomes[i] = outcome;
      if (outcome.ok) taken.push(...outcome.value.quotes.flatMap(({ charges }) => charges ?? []));
    });
    open = open.filter((_, n) => signed[n] === null);
    invariant(
      open.length === 0 || unsigned.size > before,
      'an offer without a signature has a provider that gave none',
    );
  }
  return outcomes;
}

interface Forming {
  readonly isOpen: boolean;
  /** Providers whose signers did not answer. */
  readonly unsigned: ReadonlySet<Bic>;
  /** Charges of offers of this batch that are made already. */
  readonly taken: readonly Charge[];
}

async function formOffers(
  options: FirmOffersOptions,
  requests: readonly RatedRequest[],
  forming: Forming,
): Promise<Result<FormedOffer, Refusal>[]> {
  const { counting, store } = options;
  const wanted = requests.map((request) => options.routes.filter((route) => isFor(request, route)));
  const issuedAt = options.clock.now();
  const asked = askedFor(counting, requests, wanted.flat(), issuedAt);
  const providers = [...new Set(wanted.flat(2).map(({ providerBic }) => providerBic))];
  // Nothing is read for requests that nobody trades.
  if (providers.length === 0) return requests.map(() => err(refusal('PAIR_NOT_TRADED')));
  const attempt = async () => {
    const market = await store.market(providers, issuedAt, asked);
    return { market, ...formAll(options, market, { requests, wanted, issuedAt, ...forming }) };
  };
  let made = await attempt();
  if (made.isShort && counting) {
    // What is remembered of the wallets may be old: nobody is refused by it.
    await counting.refresh(asked.wallets);
    made = await attempt();
  }
  const charges = made.formed.flatMap((offer) => (offer.ok ? (offer.value.charges ?? []) : [])).flat();
  const known = new Set(made.market.counters.map(keyOf));
  const fresh = charges.filter((charge) => !known.has(keyOf(charge)));
  if (fresh.length > 0) await store.openCounters(fresh);
  return made.formed;
}

/** What a request by these routes is charged by; null for nothing. They are of one corridor. */
export function tariffOf(
  { tariffs }: Pick<Market, 'tariffs'>,
  [route]: readonly DeskRoute[],
  { requesterBic, isMarked = false }: RatedRequest,
): Tariff | null {
  const [source, destination] = [route?.[0]?.sourceLedger, route?.at(-1)?.targetLedger];
  return isMarked ? null : tariffFor(tariffs, `${source}-${destination}`, requesterBic);
}

/** The limits, counters and tariffs that offers to these requests by these routes are judged and charged by. */
export function askedFor(
  counting: Counting | undefined,
  requests: readonly RatedRequest[],
  routes: readonly DeskRoute[],
  now: number,
): CountersAsked {
  const pairs = routes.flat();
  const currencies = new Set(pairs.flatMap(({ sourceCurrency, targetCurrency }) => [sourceCurrency, targetCurrency]));
  return {
    banks: [...new Set(requests.map(({ requesterBic }) => bicKey(requesterBic)))],
    providers: [...new Set(pairs.map(({ providerBic }) => bicKey(providerBic)))],
    wallets: [...new Set(pairs.map((pair) => walletName(pair.targetLedger, pair.targetProviderWallet)))],
    days: counting ? [...new Set([...currencies].map((currency) => counting.dayOf(currency, now)))] : [],
  };
}

interface Batch extends Forming {
  readonly requests: readonly RatedRequest[];
  readonly wanted: readonly (readonly DeskRoute[])[];
  readonly issuedAt: number;
}

/** The offers one after the other: what one takes the next one has not. `isShort`: a better one lacked money. */
function formAll(
  options: FirmOffersOptions,
  market: Market,
  { requests, wanted, issuedAt, isOpen, unsigned, taken }: Batch,
): { readonly formed: Result<FormedOffer, Refusal>[]; readonly isShort: boolean } {
  const { counting, rulesFor } = options;
  const book = rateBook(market.rates, issuedAt, 0);
  const counters = new Map(market.counters.map((counter) => [keyOf(counter), counter.amount]));
  count(counters, taken);
  const room: Room | null = counting ? { limits: market.limits, counters, dayOf: counting.dayOf } : null;
  let isShort = false;
  const formed = requests.map((request, i): Result<FormedOffer, Refusal> => {
    const { quoteLifeMs, rateAgeMaxMs: ageMaxMs } = rulesFor(request);
    const short: PricedRoute[] = [];
    const judged = new Map<PricedRoute, readonly Charge[][]>();
    const judge = (priced: PricedRoute): Refusal | null => {
      const silent = priced.route.find(({ providerBic }) => unsigned.has(providerBic));
      if (silent) return refusal('PROVIDER_UNAVAILABLE', `provider ${silent.providerBic}`);
      const wallets = priced.route.map((pair) => walletName(pair.targetLedger, pair.targetProviderWallet));
      if (isBehind(market.awaited, wallets, request.queue))
        return refusal('LIQUIDITY_INSUFFICIENT', 'payments that come before it wait for liquidity');
      const charges = room && chargesOf(room, tradesOf(priced, request, issuedAt), isOpen);
      if (charges?.ok) judged.set(priced, charges.value);
      const why = charges === null ? null : charges.ok ? misfit(counters, charges.value.flat()) : charges.error;
      if (why?.code === 'LIQUIDITY_INSUFFICIENT') short.push(priced);
      return why;
    };
    const found = bestOffer(
      { find: book.find, now: book.now, ageMaxMs },
      market.halts,
      wanted[i]!,
      request,
      judge,
      tariffOf(market, wanted[i]!, request),
    );
    isShort ||= short.some((one) => !found.ok || comparePriced(one, found.value.best, request.fixedSide) > 0);
    if (!found.ok) return found;
    const { best, lost } = found.value;
    const isTaken = (rate: Rate) => checkWorstRate(request.worstRate ?? null, rate);
    const acceptable = isTaken(best.rate);
    if (!acceptable.ok) {
      // An offer that the payer would have taken lacked nothing but money.
      const missed = lost.find(
        ({ reason, rate }) => reason === 'LIQUIDITY_INSUFFICIENT' && rate !== null && isTaken(rate).ok,
      );
      return missed ? err(refusal('LIQUIDITY_INSUFFICIENT', missed.detail ?? undefined)) : acceptable;
    }
    const issue = { quoteIds: idsFor(best, options), issuedAt, validUntil: issuedAt + quoteLifeMs };
    const charges = judged.get(best) ?? null;
    invariant(room === null || charges !== null, 'the best offer was judged');
    count(counters, charges?.flat() ?? []);
    return ok({ quotes: quotesOf(best, request, issue), contest: lost, charges });
  });
  return { formed, isShort };
}

const idsFor = ({ route }: PricedRoute, { random }: Pick<FirmOffersOptions, 'random'>): QuoteId[] =>
  route.map(() => random.uuid() as QuoteId);

/** More target per source is better for the payer, so a worse rate is a lower one. Errors: `RATE_WORSE`, `RULE_BROKEN`. */
export function checkWorstRate(worstRate: string | null, rate: Rate): Result<void, Refusal> {
  if (worstRate === null) return ok(undefined);
  const worst = parseRate(worstRate);
  if (!worst.ok) return err(refusal('RULE_BROKEN', 'XchgRate is not a positive rate'));
  return compareRates(rate, worst.value) < 0 ? err(refusal('RATE_WORSE')) : ok(undefined);
}

/** Null for an offer one of whose providers did not sign: it is among the `unsigned` then. */
async function sign(
  { quoteSigner, onUnsigned }: FirmOffersOptions,
  formed: readonly Result<FormedOffer, Refusal>[],
  unsigned: Set<Bic>,
): Promise<(Result<Offer, Refusal> | null)[]> {
  const encoded = formed.flatMap((outcome) => {
    if (!outcome.ok) return [];
    const { quotes, contest, charges } = outcome.value;
    return quotes.map((quote, i) => {
      const bytes = encodeQuote(quote);
      const isRecorded = i === 0 && contest.length > 0;
      return {
        quote,
        bytes,
        hash: quoteHash(bytes),
        ...(isRecorded && { contest }),
        ...(charges && { charges: charges[i]! }),
      };
    });
  });
  const signed = new Map<QuoteId, SignedQuote>();
  const byProvider = [...groupBy(encoded, ({ quote }) => quote.providerBic)];
  await Promise.all(
    byProvider.map(async ([provider, quotes]) => {
      try {
        const signatures = await quoteSigner(provider).sign(quotes.map(({ hash }) => hash));
        invariant(signatures.length === quotes.length, 'the provider signs every quote of a batch');
        quotes.forEach((quote, i) => {
          signed.set(quote.quote.quoteId, { signature: signatures[i]!, ...quote });
        });
      } catch (error) {
        unsigned.add(provider);
        onUnsigned?.(provider, error);
      }
    }),
  );
  return formed.map((outcome) => {
    if (!outcome.ok) return outcome;
    const quotes = outcome.value.quotes.flatMap(({ quoteId }) => signed.get(quoteId) ?? []);
    if (quotes.length < outcome.value.quotes.length) return null;
    const offer = offerOf(quotes);
    invariant(offer, 'the quotes of a route follow upon each other');
    return ok(offer);
  });
}
