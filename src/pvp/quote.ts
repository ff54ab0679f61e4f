/**
 * A firm FX quote: its canonical bytes, its hash, and the check of a message that uses it. The quote is the provider's
 * consent: it binds requester, both provider wallets, both amounts and the last moment of use, and a jurisdiction
 * holds the provider's money on nothing else.
 */

import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import { sha256 } from '../kernel/hash.js';
import {
  type Bic,
  bicKey,
  isBic,
  isUuidV4,
  isWalletId,
  type LedgerCode,
  type QuoteId,
  type WalletId,
} from '../kernel/ids.js';
import { oncePerObject } from '../kernel/once.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { checkBearer, checkGiven, type QuoteCharge, readCharge, writeCharge } from './charge.js';
import { compareRates, crossRate, type FixedSide, parseRate, type Rate } from './conversion.js';
import type { Charge } from './limits.js';

/** Amounts are minor units of their currencies, times are milliseconds since 1970. */
export interface Quote {
  readonly quoteId: QuoteId;
  readonly requesterBic: Bic;
  readonly providerBic: Bic;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  /** Target units per one source unit. */
  readonly rate: Rate;
  readonly fixedSide: FixedSide;
  readonly sourceAmountMinor: bigint;
  readonly targetAmountMinor: bigint;
  readonly sourceLedger: LedgerCode;
  readonly targetLedger: LedgerCode;
  /** The provider's wallet that is credited on the source ledger. */
  readonly sourceProviderWallet: WalletId;
  /** The provider's wallet that is debited on the target ledger. */
  readonly targetProviderWallet: WalletId;
  /** Exact minus rounded, in minor units of the computed side (the one that was not fixed). */
  readonly residue: string;
  readonly issuedAt: number;
  /** The quote may be used strictly before this moment. */
  readonly validUntil: number;
  /** Where it is one step of several: the quote that takes what this one gives, without which it can't be used. */
  readonly onwardQuoteId?: QuoteId;
  /** What the payer gives besides the source amount, to the operator; absent where nothing is charged. */
  readonly charge?: QuoteCharge;
}

/** A quote with its canonical bytes and the provider's signature, which verifies offline on its own. */
export interface SignedQuote {
  readonly quote: Quote;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
  /** Of an offer's first quote: what it was chosen against. The desk's own record, which nobody signs. */
  readonly contest?: Contest;
  /** What it counts on, until it is stored: the desk's own as well. None where nothing counts. */
  readonly charges?: readonly Charge[];
}

/** An offer that was not given, as it was judged. Amounts and rate are null where it came to none. */
export interface LosingOffer {
  readonly providers: readonly Bic[];
  /** `EQUAL`: as good, but of a provider that the corridor names later. Otherwise why there was no offer. */
  readonly reason: 'WORSE' | 'EQUAL' | ErrorCode;
  readonly detail: string | null;
  readonly rate: Rate | null;
  /** Minor units, decimal. */
  readonly sourceAmountMinor: string | null;
  readonly targetAmountMinor: string | null;
}

/** The offers that lost, in the order of the corridor. */
export type Contest = readonly LosingOffer[];

/** What a payer compares with its message: all that it gives, what the payee gets, and the rate between that and what is converted. */
export interface Price
  extends Pick<Quote, 'sourceCurrency' | 'targetCurrency' | 'rate' | 'targetAmountMinor' | 'charge'> {
  /** What is converted, and the charge. */
  readonly sourceAmountMinor: bigint;
}

/**
 * What a payer is offered: one quote, or one for each step through vehicle currencies. It has the id of its first
 * quote, which names the next one, and may be used as long as each of them may.
 */
export interface Offer
  extends Price,
    Pick<Quote, 'quoteId' | 'requesterBic' | 'fixedSide' | 'issuedAt' | 'validUntil'> {
  /** In leg order. */
  readonly quotes: readonly SignedQuote[];
}

/**
 * The price of quotes in a row: each names the next one, gives what that takes, and is for the same requester; only the
 * first may have a charge. The rate is their {@link crossRate}. Null when they are no such row, or it has no rate.
 */
export function priceOf(quotes: readonly Quote[]): Price | null {
  const [first] = quotes;
  const last = quotes.at(-1);
  if (!first || !last || !quotes.every((quote, i) => isFollowedBy(quote, quotes[i + 1]))) return null;
  if (first === last && first.charge === undefined) return first;
  const rate = first === last ? first.rate : crossRate(quotes.map((quote) => quote.rate));
  if (rate === null) return null;
  const { sourceCurrency, charge } = first;
  const { targetCurrency, targetAmountMinor } = last;
  const sourceAmountMinor = first.sourceAmountMinor + (charge?.amountMinor ?? 0n);
  return { sourceCurrency, targetCurrency, rate, sourceAmountMinor, targetAmountMinor, ...(charge && { charge }) };
}

const isFollowedBy = (quote: Quote, next: Quote | undefined): boolean =>
  quote.onwardQuoteId === next?.quoteId &&
  (next === undefined ||
    (next.charge === undefined &&
      quote.targetLedger === next.sourceLedger &&
      quote.targetCurrency === next.sourceCurrency &&
      quote.targetAmountMinor === next.sourceAmountMinor &&
      bicKey(quote.requesterBic) === bicKey(next.requesterBic)));

/** The offer that these quotes make; null when they make none. */
export function offerOf(quotes: readonly SignedQuote[]): Offer | null {
  const price = priceOf(quotes.map(({ quote }) => quote));
  if (!price) return null;
  const first = quotes[0]?.quote;
  invariant(first, 'an offer has a quote');
  const { sourceCurrency, targetCurrency, rate, sourceAmountMinor, targetAmountMinor, charge } = price;
  const { quoteId, requesterBic, fixedSide, issuedAt } = first;
  return {
    quoteId,
    requesterBic,
    fixedSide,
    issuedAt,
    quotes,
    sourceCurrency,
    targetCurrency,
    rate,
    sourceAmountMinor,
    targetAmountMinor,
    validUntil: Math.min(...quotes.map(({ quote }) => quote.validUntil)),
    ...(charge && { charge }),
  };
}

const ALONE_VERSION = 1;
/** Of a quote that names the one to go on with. */
const ONWARD_VERSION = 2;
/** Of both kinds where something is charged, which stands at the end. */
const CHARGED_VERSION = 3;
const CHARGED_ONWARD_VERSION = 4;
const HASH_DOMAIN = 'otkel/fx/quote/v1';

/** The canonical bytes of a quote: fields in the order of {@link Quote}, preceded by the version. */
export function encodeQuote(quote: Quote): Buffer {
  const { onwardQuoteId, charge } = quote;
  const [alone, onward] = charge ? [CHARGED_VERSION, CHARGED_ONWARD_VERSION] : [ALONE_VERSION, ONWARD_VERSION];
  const writer = new ByteWriter()
    .integer(onwardQuoteId === undefined ? alone : onward)
    .text(quote.quoteId)
    .text(quote.requesterBic)
    .text(quote.providerBic)
    .text(quote.sourceCurrency)
    .text(quote.targetCurrency)
    .text(quote.rate)
    .text(quote.fixedSide)
    .integer(quote.sourceAmountMinor)
    .integer(quote.targetAmountMinor)
    .text(quote.sourceLedger)
    .text(quote.targetLedger)
    .text(quote.sourceProviderWallet)
    .text(quote.targetProviderWallet)
    .text(quote.residue)
    .integer(quote.issuedAt)
    .integer(quote.validUntil);
  if (onwardQuoteId !== undefined) writer.text(onwardQuoteId);
  if (charge) writeCharge(writer, charge);
  return writer.finish();
}

/**
 * Reads canonical bytes back; throws `RangeError` on anything that {@link encodeQuote} would not have written. A quote
 * that passes through several hands of this process is read once a buffer, and nobody changes it.
 */
export const decodeQuote = oncePerObject((bytes: Uint8Array): Quote => {
  const reader = new ByteReader(bytes);
  const version = reader.integer();
  if (version < ALONE_VERSION || version > CHARGED_ONWARD_VERSION)
    throw new RangeError('the quote is of another version');
  const isOnward = version === ONWARD_VERSION || version === CHARGED_ONWARD_VERSION;
  const quote: Quote = {
    quoteId: checked(reader.text(), isUuidV4, 'quoteId') as QuoteId,
    requesterBic: checked(reader.text(), isBic, 'requesterBic') as Bic,
    providerBic: checked(reader.text(), isBic, 'providerBic') as Bic,
    sourceCurrency: checked(reader.text(), isCurrency, 'sourceCurrency'),
    targetCurrency: checked(reader.text(), isCurrency, 'targetCurrency'),
    rate: checked(reader.text(), isCanonicalRate, 'rate') as Rate,
    fixedSide: checked(reader.text(), isFixedSide, 'fixedSide') as FixedSide,
    sourceAmountMinor: positive(reader.bigint()),
    targetAmountMinor: positive(reader.bigint()),
    sourceLedger: checked(reader.text(), isLedger, 'sourceLedger') as LedgerCode,
    targetLedger: checked(reader.text(), isLedger, 'targetLedger') as LedgerCode,
    sourceProviderWallet: checked(reader.text(), isWalletId, 'sourceProviderWallet') as WalletId,
    targetProviderWallet: checked(reader.text(), isWalletId, 'targetProviderWallet') as WalletId,
    residue: checked(reader.text(), isResidue, 'residue'),
    issuedAt: reader.integer(),
    validUntil: reader.integer(),
    ...(isOnward && { onwardQuoteId: checked(reader.text(), isUuidV4, 'onwardQuoteId') as QuoteId }),
    ...(version >= CHARGED_VERSION && { charge: readCharge(reader) }),
  };
  reader.end();
  return quote;
});

/** SHA-256 of the domain and the canonical bytes, 32 bytes: the identity of a quote in terms and signatures. */
export const quoteHash = oncePerObject((quoteBytes: Uint8Array): Buffer => sha256(HASH_DOMAIN, quoteBytes));

/** A requested or named quote id in canonical form, or `null` when it is no UUIDv4. */
export function quoteIdOf(text: string): QuoteId | null {
  const id = text.toLowerCase();
  return isUuidV4(id) ? (id as QuoteId) : null;
}

/** What a pacs.008 transaction says about amount and rate. Rates are the text of the message. */
export interface QuotedMessage {
  /** `IntrBkSttlmAmt`, minor units. */
  readonly settlementAmountMinor: bigint;
  readonly currency: string;
  /** `XchgRate`. */
  readonly exchangeRate: string | null;
  /** `AgrdRate/PreAgrdXchgRate`, and the currencies beside it. */
  readonly agreedRate: string | null;
  readonly unitCurrency?: string | null;
  readonly quotedCurrency?: string | null;
  /** `InstdAmt`; it is compared only in the target currency (in the source currency it may hold charges). */
  readonly instructedAmount?: { readonly minor: bigint; readonly currency: string } | null;
  /** `ChrgBr`. */
  readonly chargeBearer: string;
}

/** Whether a message says what the quote or offer that it uses says. Errors: `QUOTE_MISMATCH`, its detail names the element. */
export function checkQuoteAgainstMessage(quote: Price, message: QuotedMessage): Result<void, Refusal> {
  const differs = (element: string) => err(refusal('QUOTE_MISMATCH', `${element} differs from the quote`));
  if (message.currency !== quote.sourceCurrency) return differs('the currency of IntrBkSttlmAmt');
  if (message.settlementAmountMinor !== quote.sourceAmountMinor) return differs('IntrBkSttlmAmt');
  if (!sameRate(message.exchangeRate, quote.rate)) return differs('XchgRate');
  if (!sameRate(message.agreedRate, quote.rate)) return differs('AgrdRate/PreAgrdXchgRate');
  if ((message.unitCurrency ?? quote.sourceCurrency) !== quote.sourceCurrency) return differs('AgrdRate/UnitCcy');
  if ((message.quotedCurrency ?? quote.targetCurrency) !== quote.targetCurrency) return differs('AgrdRate/QtdCcy');
  const instructed = message.instructedAmount;
  if (instructed?.currency === quote.targetCurrency && instructed.minor !== quote.targetAmountMinor) {
    return differs('InstdAmt');
  }
  return quote.charge ? checkBearer(quote.charge, message.chargeBearer) : ok(undefined);
}

/**
 * Whether a quote or offer that the payer did not name is as good for it as every rate that its message states: those are the
 * worst that it takes. Its charge must be one that the message says how to bear. Errors: `RATE_WORSE`; `QUOTE_MISMATCH` when a
 * rate is none, or of other currencies; `CHARGE_BEARER`, `CHARGE_AMOUNT`.
 */
export function checkQuoteIsNotWorse(quote: Price, message: QuotedMessage): Result<void, Refusal> {
  for (const text of [message.exchangeRate, message.agreedRate]) {
    if (text === null) continue;
    const worst = parseRate(text);
    if (!worst.ok) return err(refusal('QUOTE_MISMATCH', 'a stated rate is not a positive rate'));
    if (compareRates(quote.rate, worst.value) < 0) return err(refusal('RATE_WORSE'));
  }
  const isOfPair =
    (message.unitCurrency ?? quote.sourceCurrency) === quote.sourceCurrency &&
    (message.quotedCurrency ?? quote.targetCurrency) === quote.targetCurrency;
  if (!isOfPair) return err(refusal('QUOTE_MISMATCH', 'AgrdRate is of other currencies'));
  return checkUnnamedCharge(quote, message);
}

/** Whether what an offer that the payer did not name charges is what its message provides for. Errors: `CHARGE_BEARER`, `CHARGE_AMOUNT`. */
export function checkUnnamedCharge(
  { charge, sourceAmountMinor }: Price,
  message: QuotedMessage,
): Result<void, Refusal> {
  if (!charge) return ok(undefined);
  const borne = checkBearer(charge, message.chargeBearer);
  return borne.ok ? checkGiven(charge, sourceAmountMinor, message) : borne;
}

/** Which currency the residue is in, and what the provider gained by the rounding (negative: lost). */
export function providerResidue(quote: Quote): { readonly currency: string; readonly gain: string } {
  // A target rounded down is paid by the provider, a source rounded down is received by it.
  if (quote.fixedSide === 'source') return { currency: quote.targetCurrency, gain: quote.residue };
  return { currency: quote.sourceCurrency, gain: negated(quote.residue) };
}

const negated = (decimal: string): string => {
  if (decimal === '0') return decimal;
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
};

function sameRate(text: string | null, rate: Rate): boolean {
  if (text === null) return true;
  const parsed = parseRate(text);
  return parsed.ok && compareRates(parsed.value, rate) === 0;
}

function checked(text: string, accepts: (text: string) => boolean, field: string): string {
  if (!accepts(text)) throw new RangeError(`the quote's ${field} is malformed`);
  return text;
}

function positive(minor: bigint): bigint {
  if (minor <= 0n) throw new RangeError("the quote's amount is not positive");
  return minor;
}

const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);
const isLedger = (text: string): boolean => /^[A-Z]{2,8}$/.test(text);
const isFixedSide = (text: string): boolean => text === 'source' || text === 'target';
const isResidue = (text: string): boolean => /^(?:0|-?0\.\d{1,20})$/.test(text);
const isCanonicalRate = (text: string): boolean => {
  const parsed = parseRate(text);
  return parsed.ok && parsed.value === text;
};
