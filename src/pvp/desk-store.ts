/** What the desk keeps: rates, halts, quotes and their bindings, positions. The port and its pure rules. */
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type QuoteId, type Uetr } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Tariff } from './charge.js';
import type { Rate } from './conversion.js';
import type { Halt } from './halts.js';
import type { Counter, CounterKey, DayOf, EndedQuote, Limit } from './limits.js';
import type { AwaitedWallet } from './liquidity-queue.js';
import type { Position } from './positions.js';
import type { Quote, SignedQuote } from './quote.js';
import type { StoredRate } from './rates.js';

/** A direction of trade: the payer's currency and the payee's. */
export interface CurrencyPair {
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
}

/** Whose rate for which pair. */
export interface RateKey extends CurrencyPair {
  readonly providerBic: Bic;
}

/** The rate of a direction as it is shown: for the least amounts. `setBy` is the id of the key that asked for it. */
export interface PairRate extends RateKey {
  readonly rate: Rate;
  readonly setAt: number;
  readonly setBy: string;
}

/** A rate before it has its place in the history. */
export type NewRate = Omit<StoredRate, 'sequence'>;

/** What quotes are made of at one moment. */
export interface Market {
  /** The card that stands of each provider and pair, valid or over. */
  readonly rates: readonly StoredRate[];
  /** Those that stand. */
  readonly halts: readonly Halt[];
  /** Those that stand, of who was asked about, and of everybody. */
  readonly limits: readonly Limit[];
  /** Those that were asked about and have been counted on. */
  readonly counters: readonly Counter[];
  /** Wallets that payments wait for. */
  readonly awaited: readonly AwaitedWallet[];
  /** Those that stand, of the banks that were asked about, and of all. */
  readonly tariffs: readonly Tariff[];
}

/** Whose limits and counters are read with the market: by `bicKey`, wallets as `LEDGER/wallet`, on these days. */
export interface CountersAsked {
  readonly banks: readonly Bic[];
  readonly providers: readonly Bic[];
  readonly wallets: readonly string[];
  readonly days: readonly string[];
}

export interface StoredQuote {
  readonly signed: SignedQuote;
  /** The one payment that uses the quote; null while it is open. */
  readonly boundUetr: Uetr | null;
  readonly boundAt: number | null;
  /** Whether it was found to have ended unused: then nothing binds it any more. */
  readonly isLapsed: boolean;
}

/** A payment and the quotes that it uses. `now` is the moment of acceptance. */
export interface BindItem {
  readonly quoteIds: readonly QuoteId[];
  readonly uetr: Uetr;
  readonly requesterBic: Bic;
  readonly now: number;
}

/** The desk's own reads and writes; each call is one SQL transaction. */
export interface DeskStore {
  /** Adds cards to the history, in this order; a later one stands in the place of an earlier one of its pair. */
  addRates(rates: readonly NewRate[]): Promise<void>;
  /** What these providers ask at `now`, all halts that stand, limits, counters and tariffs, in one reading. */
  market(providers: readonly Bic[], now: number, asked?: CountersAsked): Promise<Market>;
  /** Makes counters that are not there yet, at zero: quotes are charged to counters that are there. */
  openCounters(keys: readonly CounterKey[]): Promise<void>;
  /**
   * Stores quotes and counts their charges. One outcome a quote: null, or why its offer, the quotes that follow upon each
   * other, is not stored: counters have moved since its charges were looked at.
   */
  insertQuotes(quotes: readonly SignedQuote[]): Promise<readonly (Refusal | null)[]>;
  findQuote(quoteId: QuoteId): Promise<StoredQuote | null>;
  /** What the trades of one provider, or of all, come to, in the order of provider, currency, against. */
  positions(provider?: Bic | null): Promise<readonly Position[]>;
}

/** What happens to quotes inside somebody else's transaction: acceptance and settlement of payments. */
export interface QuoteBinding {
  /**
   * Binds each item's quotes to its payment, all or none; one outcome per item, in order. Errors: `QUOTE_UNKNOWN`,
   * `QUOTE_NOT_YOURS`, `QUOTE_USED`, `QUOTE_EXPIRED`. Binding again to the same UETR answers the same quotes, also
   * after they expired; of two items that name one quote the first wins.
   */
  bindQuotes(items: readonly BindItem[]): Promise<readonly Result<readonly SignedQuote[], Refusal>[]>;
  /**
   * Stores quotes that were made for payments, already bound; `uetrs` are theirs, in the same order. Outcomes as of
   * {@link DeskStore.insertQuotes}.
   */
  insertBoundQuotes(quotes: readonly SignedQuote[], uetrs: readonly Uetr[]): Promise<readonly (Refusal | null)[]>;
  /** Counts what the ends of payments change, once a payment: the caller knows that they had not ended before. */
  endQuotes(ended: readonly EndedQuote[], dayOf: DayOf): Promise<void>;
  /** Books what settled quotes moved, each at most once; an open or unknown quote books nothing. */
  bookTrades(quotes: readonly Quote[], now: number): Promise<void>;
}

/** Quotes that nobody used, and what wallets have. */
export interface ReserveStore {
  /** Ends up to `limit` open quotes whose time is up, and takes back what they counted; answers how many. */
  lapseQuotes(now: number, limit: number, dayOf: DayOf): Promise<number>;
  /** What these counters stand at; one that was never counted on is not among them. */
  counters(keys: readonly CounterKey[]): Promise<readonly Counter[]>;
  /** Sets what wallets have covered, in place of what they had. */
  setCovered(covered: readonly Counter[]): Promise<void>;
}

/** Quotes, in the order of their offers' legs, by offer: each but the last of an offer names the next one. */
export function byOffer<T extends { readonly quote: Quote }>(quotes: readonly T[]): T[][] {
  const offers: T[][] = [];
  let isOnward = false;
  for (const quote of quotes) {
    if (isOnward) offers.at(-1)?.push(quote);
    else offers.push([quote]);
    isOnward = quote.quote.onwardQuoteId !== undefined;
  }
  return offers;
}

export interface BindDecision {
  readonly outcomes: readonly Result<readonly SignedQuote[], Refusal>[];
  /** The bindings that are new and must be stored. */
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly quoteId: QuoteId;
  readonly uetr: Uetr;
  readonly now: number;
}

/** Decides a batch of bindings over what is stored now. The caller holds the quotes' locks. */
export function decideBindings(
  items: readonly BindItem[],
  find: (quoteId: QuoteId) => StoredQuote | undefined,
): BindDecision {
  const boundHere = new Map<QuoteId, Uetr>();
  const bindings: Binding[] = [];
  const boundTo = (quoteId: QuoteId) => boundHere.get(quoteId) ?? find(quoteId)?.boundUetr ?? null;
  const outcomes = items.map((item): Result<readonly SignedQuote[], Refusal> => {
    const quotes: SignedQuote[] = [];
    for (const quoteId of item.quoteIds) {
      const outcome = decideBinding(item, find(quoteId), boundTo(quoteId));
      if (!outcome.ok) return outcome;
      quotes.push(outcome.value);
    }
    const { uetr, now } = item;
    for (const quoteId of item.quoteIds.filter((id) => boundTo(id) === null)) {
      boundHere.set(quoteId, uetr);
      bindings.push({ quoteId, uetr, now });
    }
    return ok(quotes);
  });
  return { outcomes, bindings };
}

function decideBinding(
  item: BindItem,
  stored: StoredQuote | undefined,
  bound: Uetr | null,
): Result<SignedQuote, Refusal> {
  if (stored === undefined) return err(refusal('QUOTE_UNKNOWN'));
  const { quote } = stored.signed;
  if (bicKey(quote.requesterBic) !== bicKey(item.requesterBic)) return err(refusal('QUOTE_NOT_YOURS'));
  if (bound === item.uetr) return ok(stored.signed);
  if (bound !== null) return err(refusal('QUOTE_USED'));
  if (stored.isLapsed) return err(refusal('QUOTE_EXPIRED'));
  if (item.now >= quote.validUntil) return err(refusal('QUOTE_EXPIRED'));
  return ok(stored.signed);
}
