/** What is asked of the list of quotes, and what it shows of one. */
import { isoTime } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, isBic, isUuidV4, type QuoteId, type Uetr } from '../kernel/ids.js';
import { formatMinor } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { CurrencyPair } from '../pvp/desk-store.js';
import type { Quote } from '../pvp/quote.js';
import type { TransactionStatus } from './payment.js';

/** Whose quotes: all; those that a provider gave; those that a bank asked for. */
export type QuoteScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'provider'; readonly bic: Bic }
  | { readonly kind: 'bank'; readonly bic: Bic };

/** `open`: it may be used; `used`: a payment has it; `lapsed`: its time went by. */
export const QUOTE_STATES = ['open', 'used', 'lapsed'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];

export const QUOTES_MAX = 500;
const QUOTES_DEFAULT = 100;
const IDS_MAX = 100;

/** Every condition that is not null must hold. */
export interface QuoteSearch {
  readonly quoteIds: readonly QuoteId[] | null;
  /** Those that these payments have. */
  readonly uetrs: readonly Uetr[] | null;
  readonly provider: Bic | null;
  readonly bank: Bic | null;
  readonly pair: CurrencyPair | null;
  readonly states: readonly QuoteState[] | null;
  /** The sequence of the last quote that was looked at; the list goes on with older ones. */
  readonly before: string | null;
  readonly limit: number;
}

/** A quote, and the payment that has it. */
export interface ListedQuote {
  readonly sequence: string;
  readonly quote: Quote;
  readonly boundUetr: Uetr | null;
  readonly boundAt: number | null;
  readonly paymentStatus: TransactionStatus | null;
}

/** A page, newest first. It may have fewer quotes than asked for, or none, and yet be followed by another. */
export interface QuotePage {
  readonly quotes: readonly ListedQuote[];
  readonly next: string | null;
}

const PARAMETERS = ['quoteId', 'uetr', 'provider', 'bank', 'pair', 'status', 'after', 'limit'];
const PAIR = /^([A-Z]{3})-([A-Z]{3})$/;
const SEQUENCE = /^\d{1,18}$/;

const isState = (text: string): text is QuoteState => QUOTE_STATES.some((state) => state === text);

/** Reads the query of a request for quotes; what is not known here is `BAD_REQUEST`. */
export function readQuoteSearch(query: Readonly<Record<string, unknown>>): Result<QuoteSearch, Refusal> {
  const refuse = (detail: string) => err(refusal('BAD_REQUEST', detail));
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!PARAMETERS.includes(name)) return refuse('the query has a parameter not known here');
    if (typeof value !== 'string') return refuse(`${name} is given more than once`);
    given.set(name, value);
  }
  const [quoteIds, uetrs] = ['quoteId', 'uetr'].map((name) => given.get(name)?.toLowerCase().split(',') ?? null);
  for (const ids of [quoteIds, uetrs])
    if (ids && (ids.length > IDS_MAX || !ids.every(isUuidV4)))
      return refuse(`quoteId and uetr are 1 to ${IDS_MAX} UUIDv4, with commas between them`);
  const [provider, bank] = ['provider', 'bank'].map((name) => given.get(name) ?? null);
  if (provider != null && !isBic(provider)) return refuse('provider is not a BIC');
  if (bank != null && !isBic(bank)) return refuse('bank is not a BIC');
  const pair = given.has('pair') ? PAIR.exec(given.get('pair') ?? '') : undefined;
  if (pair === null) return refuse('pair is written like KZT-CNY');
  const states = given.get('status')?.split(',') ?? null;
  if (states !== null && !states.every(isState)) return refuse(`status is of ${QUOTE_STATES.join(', ')}`);
  const limit = given.get('limit') ?? String(QUOTES_DEFAULT);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > QUOTES_MAX) return refuse(`limit is 1 to ${QUOTES_MAX}`);
  const before = given.get('after') ?? null;
  if (before !== null && !SEQUENCE.test(before)) return refuse('after is not `next` of a page');
  return ok({
    quoteIds: (quoteIds ?? null) as readonly QuoteId[] | null,
    uetrs: (uetrs ?? null) as readonly Uetr[] | null,
    provider: provider == null ? null : bicKey(provider),
    bank: bank == null ? null : bicKey(bank),
    pair: pair ? { sourceCurrency: pair[1]!, targetCurrency: pair[2]! } : null,
    states: states as readonly QuoteState[] | null,
    before,
    limit: Number(limit),
  });
}

const stateOf = ({ quote, boundUetr }: ListedQuote, now: number): QuoteState => {
  if (boundUetr !== null) return 'used';
  return now < quote.validUntil ? 'open' : 'lapsed';
};

/** A quote in a list. Of an offer in several steps each is one, and names the next. */
export const listedQuoteView = (listed: ListedQuote, now: number) => {
  const { quote, boundUetr, boundAt, paymentStatus } = listed;
  return {
    quoteId: quote.quoteId,
    status: stateOf(listed, now),
    bank: quote.requesterBic,
    provider: quote.providerBic,
    source: { amount: formatMinor(quote.sourceAmountMinor, quote.sourceCurrency), currency: quote.sourceCurrency },
    target: { amount: formatMinor(quote.targetAmountMinor, quote.targetCurrency), currency: quote.targetCurrency },
    charge: quote.charge
      ? { amount: formatMinor(quote.charge.amountMinor, quote.sourceCurrency), currency: quote.sourceCurrency }
      : null,
    rate: quote.rate,
    fixedSide: quote.fixedSide,
    onwardQuoteId: quote.onwardQuoteId ?? null,
    issuedAt: isoTime(quote.issuedAt),
    validUntil: isoTime(quote.validUntil),
    usedAt: boundAt === null ? null : isoTime(boundAt),
    uetr: boundUetr,
    paymentStatus,
  };
};
