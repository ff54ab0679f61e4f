/**
 * The FX desk: current rates, and firm quotes signed by the provider. Requests that gather while a batch is in flight
 * share one reading of rates, one signature and one SQL transaction.
 */
import { createBatcher, QueueFullError } from '../kernel/batcher.js';
import type { Clock, Randomness } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode, type QuoteId, type WalletId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { compareRates, convert, type FixedSide, parseRate } from './conversion.js';
import type { CurrencyPair, DeskStore, PairRate, RateKey, StoredQuote } from './desk-store.js';
import { encodeQuote, type Quote, quoteHash, type SignedQuote } from './quote.js';
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
  readonly quoteSigner: QuoteSigner;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'>;
  readonly pairs: readonly DeskPair[];
  /** How long a quote may be used. */
  readonly quoteLifeMs?: number;
  readonly batchMax?: number;
  readonly queueMax?: number;
}

export interface Desk {
  /** Errors: `PAIR_NOT_TRADED`, `RATE_INVALID`. `by` names the key that asked. */
  setRate(pair: CurrencyPair, rate: string, by: string): Promise<Result<PairRate, Refusal>>;
  /** Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`. */
  currentRate(pair: CurrencyPair): Promise<Result<PairRate, Refusal>>;
  /** The current rates of all pairs that have one, in the order of the pairs. */
  currentRates(): Promise<readonly PairRate[]>;
  /**
   * A stored firm quote. Errors: `PAIR_NOT_TRADED`, `RATE_MISSING`, `AMOUNT_ZERO`, `AMOUNT_TOO_LARGE`, `QUEUE_FULL`.
   */
  quote(request: QuoteRequest): Promise<Result<SignedQuote, Refusal>>;
  /** A quote of this requester; null when there is none or it is somebody else's. */
  findQuote(quoteId: QuoteId, requesterBic: Bic): Promise<StoredQuote | null>;
  /**
   * Firm quotes at the current rates for payments that name none, one outcome per request, one signature for all.
   * They are not stored: the acceptance of the payments inserts them bound, in its own transaction. Errors: as
   * `quote`, `RATE_WORSE`, and `RULE_BROKEN` when `XchgRate` is no positive rate.
   */
  quoteForPayments(requests: readonly PaymentQuoteRequest[]): Promise<readonly Result<SignedQuote, Refusal>[]>;
  /** {@link Desk.quoteForPayments} for one. */
  quoteForPayment(request: PaymentQuoteRequest): Promise<Result<SignedQuote, Refusal>>;
  /** Resolves when no quote is being made. */
  idle(): Promise<void>;
  readonly counts: { readonly batches: number; readonly items: number };
}

const QUOTE_LIFE_MS = 600_000;

/** The desk over its store, clock and the provider's signer. All pairs are those of one signer's provider or hub. */
export function createDesk(options: DeskOptions): Desk {
  const { store, clock, pairs } = options;

  const quoteBatch = async (requests: readonly QuoteRequest[]): Promise<Result<SignedQuote, Refusal>[]> => {
    const quotes = await signedQuotes(options, requests);
    const made = quotes.flatMap((quote) => (quote.ok ? [quote.value] : []));
    if (made.length > 0) await store.insertQuotes(made);
    return quotes;
  };
  const batcher = createBatcher(quoteBatch, {
    batchMax: options.batchMax ?? 128,
    queueMax: options.queueMax ?? 10_000,
  });
  const quoteForPayments: Desk['quoteForPayments'] = (requests) =>
    signedQuotes(
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
      const traded = findPair(pairs, pair);
      if (!traded) return err(refusal('PAIR_NOT_TRADED'));
      const parsed = parseRate(rate);
      if (!parsed.ok) return parsed;
      const set: PairRate = { ...rateKey(traded), rate: parsed.value, setAt: clock.now(), setBy: by };
      await store.addRate(set);
      return ok(set);
    },
    async currentRate(pair) {
      const traded = findPair(pairs, pair);
      if (!traded) return err(refusal('PAIR_NOT_TRADED'));
      const [rate] = await store.currentRates([rateKey(traded)]);
      return rate ? ok(rate) : err(refusal('RATE_MISSING'));
    },
    async currentRates() {
      const rates = await ratesOf(store, pairs);
      return pairs.flatMap((pair) => rates.get(rateName(pair)) ?? []);
    },
    async quote(request) {
      try {
        return await batcher.submit(request);
      } catch (error) {
        if (error instanceof QueueFullError) return err(refusal('QUEUE_FULL'));
        throw error;
      }
    },
    async findQuote(quoteId, requesterBic) {
      const stored = await store.findQuote(quoteId);
      return stored && bicKey(stored.signed.quote.requesterBic) === bicKey(requesterBic) ? stored : null;
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

/** One reading of the rates and one signature for all requests that can be served. */
async function signedQuotes(
  options: DeskOptions,
  requests: readonly RatedRequest[],
): Promise<Result<SignedQuote, Refusal>[]> {
  const traded = requests.map((request) => findPair(options.pairs, request));
  const rates = await ratesOf(options.store, [...new Set(traded.filter((pair) => pair !== undefined))]);
  const issuedAt = options.clock.now();
  const validUntil = issuedAt + (options.quoteLifeMs ?? QUOTE_LIFE_MS);
  const quotes = requests.map((request, i) => {
    const pair = traded[i];
    if (!pair) return err(refusal('PAIR_NOT_TRADED'));
    const rate = rates.get(rateName(pair));
    if (!rate) return err(refusal('RATE_MISSING'));
    const quoteId = options.random.uuid() as QuoteId;
    return formQuote(request, pair, rate, { quoteId, issuedAt, validUntil });
  });
  return sign(options.quoteSigner, quotes);
}

function formQuote(
  request: RatedRequest,
  pair: DeskPair,
  { rate }: PairRate,
  issue: Pick<Quote, 'quoteId' | 'issuedAt' | 'validUntil'>,
): Result<Quote, Refusal> {
  const acceptable = checkWorstRate(request.worstRate ?? null, rate);
  if (!acceptable.ok) return acceptable;
  const { sourceCurrency, targetCurrency, fixedSide, amountMinor } = request;
  const converted = convert({ sourceCurrency, targetCurrency, rate, fixedSide, amountMinor });
  if (!converted.ok) return converted;
  return ok({
    ...issue,
    ...converted.value,
    requesterBic: request.requesterBic,
    providerBic: pair.providerBic,
    sourceCurrency,
    targetCurrency,
    rate,
    fixedSide,
    sourceLedger: pair.sourceLedger,
    targetLedger: pair.targetLedger,
    sourceProviderWallet: pair.sourceProviderWallet,
    targetProviderWallet: pair.targetProviderWallet,
  });
}

/** More target per source is better for the payer, so a worse rate is a lower one. */
function checkWorstRate(worstRate: string | null, rate: PairRate['rate']): Result<void, Refusal> {
  if (worstRate === null) return ok(undefined);
  const worst = parseRate(worstRate);
  if (!worst.ok) return err(refusal('RULE_BROKEN', 'XchgRate is not a positive rate'));
  return compareRates(rate, worst.value) < 0 ? err(refusal('RATE_WORSE')) : ok(undefined);
}

async function sign(
  signer: QuoteSigner,
  quotes: readonly Result<Quote, Refusal>[],
): Promise<Result<SignedQuote, Refusal>[]> {
  const encoded = quotes.flatMap((outcome) => {
    if (!outcome.ok) return [];
    const bytes = encodeQuote(outcome.value);
    return [{ quote: outcome.value, bytes, hash: quoteHash(bytes) }];
  });
  const signatures = encoded.length > 0 ? await signer.sign(encoded.map((quote) => quote.hash)) : [];
  invariant(signatures.length === encoded.length, 'the provider signs every quote of a batch');
  const signed = encoded.map((quote, i) => ({ ...quote, signature: signatures[i]! })).values();
  return quotes.map((outcome) => (outcome.ok ? ok(signed.next().value!) : outcome));
}

const findPair = (pairs: readonly DeskPair[], wanted: CurrencyPair): DeskPair | undefined =>
  pairs.find((pair) => pair.sourceCurrency === wanted.sourceCurrency && pair.targetCurrency === wanted.targetCurrency);

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
