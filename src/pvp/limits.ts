/**
 * Limits of banks and providers, and the liquidity that firm quotes reserve, pure. A quote counts on counters: of its
 * bank, of its provider, of the wallet that it promises money of. A counter may have a most, by a limit of the desk or by
 * what the wallet has; a quote that would go beyond one isn't given. What a quote counted is taken back when it lapses or
 * its payment is rejected.
 *
 * Of a wallet `promised` sums up all that was ever promised and not taken back, `settled` what of it was paid. `covered` is
 * what the wallet had when its ledger was last asked, and had paid by then. So promised ≤ covered means that the wallet can
 * pay every promise: what it paid since is in both, and settling changes neither.
 */
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode, type WalletId } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Quote } from './quote.js';

export const LIMIT_SCOPES = ['bank', 'provider'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

/** What a limit bounds, and whether it is an amount of a currency or a count. */
export const LIMIT_MEASURES = {
  openQuotes: { isAmount: false, scopes: ['bank', 'provider'], code: 'OPEN_QUOTES_LIMIT' },
  paymentAmount: { isAmount: true, scopes: ['bank', 'provider'], code: 'PAYMENT_LIMIT' },
  dayAmount: { isAmount: true, scopes: ['bank', 'provider'], code: 'DAY_LIMIT' },
  netPosition: { isAmount: true, scopes: ['provider'], code: 'POSITION_LIMIT' },
  lapsedQuotes: { isAmount: false, scopes: ['bank'], code: 'CONDUCT_LIMIT' },
  abortedPayments: { isAmount: false, scopes: ['bank'], code: 'CONDUCT_LIMIT' },
} as const satisfies Record<string, { isAmount: boolean; scopes: readonly LimitScope[]; code: ErrorCode }>;
export type LimitMeasure = keyof typeof LIMIT_MEASURES;

/** One limit: `most` is minor units of `currency`, or a count, which has none. */
export interface Limit {
  readonly scope: LimitScope;
  /** Null: for each that has no limit of its own. */
  readonly bic: Bic | null;
  readonly measure: LimitMeasure;
  readonly currency: string | null;
  readonly most: bigint;
}

/** A counter's name. `name` is a BIC, or `LEDGER/wallet`; a day (`YYYY-MM-DD`) or currency that it has not is ''. */
export interface CounterKey {
  readonly scope: LimitScope | 'wallet';
  readonly name: string;
  readonly day: string;
  readonly measure: Exclude<LimitMeasure, 'paymentAmount'> | 'promised' | 'settled' | 'covered';
  readonly currency: string;
}

/** Minor units, or a count. */
export interface Counter extends CounterKey {
  readonly amount: bigint;
}

/** What changes a counter. */
export interface Movement extends CounterKey {
  readonly delta: bigint;
}

/** What a quote counts. With `most` the counter must not be beyond it afterwards, in the direction of the movement. */
export interface Charge extends Movement {
  readonly most: bigint | null;
  /** What is said where it would be. */
  readonly why: Refusal;
}

/** What counts of a quote, known before it is made. */
export type Trade = Pick<
  Quote,
  | ('requesterBic' | 'providerBic' | 'sourceCurrency' | 'targetCurrency' | 'sourceAmountMinor' | 'targetAmountMinor')
  | ('targetLedger' | 'targetProviderWallet' | 'issuedAt')
>;

/** The day of a currency's ledger, `YYYY-MM-DD`. */
export type DayOf = (currency: string, at: number) => string;

export const walletName = (ledger: LedgerCode, wallet: WalletId): string => `${ledger}/${wallet}`;

const walletOf = ({ targetLedger, targetProviderWallet }: Pick<Trade, 'targetLedger' | 'targetProviderWallet'>) =>
  walletName(targetLedger, targetProviderWallet);

/**
 * What a quote counts: of a bank what it gives, of a provider what that gives. A quote that is made for a payment is bound
 * at once, and never among the open ones.
 */
export function movementsOf(trade: Trade, isOpen: boolean, dayOf: DayOf): Movement[] {
  const { sourceCurrency, targetCurrency, sourceAmountMinor, targetAmountMinor, issuedAt } = trade;
  const [bank, provider] = [bicKey(trade.requesterBic), bicKey(trade.providerBic)];
  const [given, paid] = [dayOf(sourceCurrency, issuedAt), dayOf(targetCurrency, issuedAt)];
  return [
    ...(isOpen ? openMovements(trade, 1n) : []),
    movement('bank', bank, given, 'dayAmount', sourceCurrency, sourceAmountMinor),
    movement('provider', provider, paid, 'dayAmount', targetCurrency, targetAmountMinor),
    movement('provider', provider, '', 'netPosition', sourceCurrency, sourceAmountMinor),
    movement('provider', provider, '', 'netPosition', targetCurrency, -targetAmountMinor),
    movement('wallet', walletOf(trade), '', 'promised', targetCurrency, targetAmountMinor),
  ];
}

/** All in one shape: they are made for every payment and every offer that it may have. */
const movement = (
  scope: Movement['scope'],
  name: string,
  day: string,
  measure: Movement['measure'],
  currency: string,
  delta: bigint,
): Movement => ({ scope, name, day, measure, currency, delta });

const openMovements = ({ requesterBic, providerBic }: Trade, delta: bigint): Movement[] => [
  movement('bank', bicKey(requesterBic), '', 'openQuotes', '', delta),
  movement('provider', bicKey(providerBic), '', 'openQuotes', '', delta),
];

const takenBack = (movements: readonly Movement[]): Movement[] =>
  movements.map((one) => ({ ...one, delta: -one.delta }));

/** What changes when a quote that was asked for is bound to its payment. */
export const boundMovements = (quote: Trade): Movement[] => openMovements(quote, -1n);

/** What changes when a quote's time is up and no payment used it: all that it counted, and one more for its bank. */
export function lapsedMovements(quote: Quote, dayOf: DayOf): Movement[] {
  const lapsed = movement(
    'bank',
    bicKey(quote.requesterBic),
    dayOf(quote.sourceCurrency, quote.validUntil),
    'lapsedQuotes',
    '',
    1n,
  );
  return [...takenBack(movementsOf(quote, true, dayOf)), lapsed];
}

/** How the payment of a quote ended. */
export interface EndedQuote {
  readonly quote: Quote;
  readonly isSettled: boolean;
  /** When the payment was aborted after a provider's money had been held, of its first quote: that moment. */
  readonly abortedAt: number | null;
}

/** What changes when the payment of a quote has ended. */
export function endedMovements({ quote, isSettled, abortedAt }: EndedQuote, dayOf: DayOf): Movement[] {
  const { requesterBic, sourceCurrency, targetCurrency: currency, targetAmountMinor: delta } = quote;
  if (isSettled) return [movement('wallet', walletOf(quote), '', 'settled', currency, delta)];
  const back = takenBack(movementsOf(quote, false, dayOf));
  if (abortedAt === null) return back;
  const day = dayOf(sourceCurrency, abortedAt);
  return [...back, movement('bank', bicKey(requesterBic), day, 'abortedPayments', '', 1n)];
}

/** One movement a counter, in the one order in which everybody locks counters; those that change nothing are left out. */
export function summed(movements: readonly Movement[]): Movement[] {
  const sums = new Map<string, Movement>();
  for (const one of movements) {
    const key = keyOf(one);
    const known = sums.get(key);
    sums.set(key, known ? { ...known, delta: known.delta + one.delta } : one);
  }
  return [...sums]
    .filter(([, { delta }]) => delta !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

/** As {@link summed}, of charges: a counter has one most. */
export function summedCharges(charges: readonly Charge[]): Charge[] {
  const byKey = new Map(charges.map((charge) => [keyOf(charge), charge]));
  return summed(charges).map((sum) => ({ ...byKey.get(keyOf(sum))!, delta: sum.delta }));
}

/** Counters of open quotes sort first: who binds quotes changes those, and only then charges for others. */
export const keyOf = ({ scope, name, day, measure, currency }: CounterKey): string =>
  `${measure === 'openQuotes' ? 0 : 1} ${scope} ${name} ${day} ${measure} ${currency}`;

/** What holds at one moment: the limits that stand, and the counters by {@link keyOf}. */
export interface Room {
  readonly limits: readonly Limit[];
  readonly counters: ReadonlyMap<string, bigint>;
  readonly dayOf: DayOf;
}

/**
 * What these trades of one offer would count, each its own charges, with the most of each counter. Errors: `PAYMENT_LIMIT`, `CONDUCT_LIMIT`,
 * and `LIQUIDITY_INSUFFICIENT` where what a wallet has isn't known.
 */
export function chargesOf(room: Room, trades: readonly Trade[], isOpen: boolean): Result<Charge[][], Refusal> {
  const charges: Charge[][] = [];
  for (const trade of trades) {
    const refused = refusedAtOnce(room, trade, isOpen);
    if (refused) return err(refused);
    const covered = room.counters.get(coveredKey(walletOf(trade), trade.targetCurrency));
    const short = refusal('LIQUIDITY_INSUFFICIENT', `provider ${trade.providerBic}`);
    if (covered === undefined) return err(short);
    charges.push(
      movementsOf(trade, isOpen, room.dayOf).map((counted) => {
        const { scope, name, currency } = counted;
        if (scope === 'wallet') return { most: covered, why: short, ...counted };
        const measure = counted.measure as LimitMeasure;
        const most = mostOf(room.limits, { scope, name, measure, currency });
        return { most, why: beyond(measure, scope, name), ...counted };
      }),
    );
  }
  return ok(charges);
}

/** Of the counter that says what a wallet, `LEDGER/wallet`, has covered. */
export const coveredKey = (wallet: string, currency: string): string =>
  keyOf({ scope: 'wallet', name: wallet, day: '', measure: 'covered', currency });

/** Of a bank that asks for itself the name says nothing. */
const beyond = (measure: LimitMeasure, scope: LimitScope, name: string): Refusal =>
  refusal(LIMIT_MEASURES[measure].code, scope === 'bank' ? `${measure} of the bank` : `provider ${name}`);

/** What needs no counter of its own: the amount, and how the bank has behaved today. */
function refusedAtOnce({ limits, counters, dayOf }: Room, trade: Trade, isOpen: boolean): Refusal | null {
  const { sourceCurrency, targetCurrency, sourceAmountMinor, targetAmountMinor } = trade;
  const [bank, provider] = [bicKey(trade.requesterBic), bicKey(trade.providerBic)];
  const exceeds = (scope: LimitScope, name: string, currency: string, amount: bigint): Refusal | null => {
    const most = mostOf(limits, { scope, name, measure: 'paymentAmount', currency });
    return most !== null && amount > most ? beyond('paymentAmount', scope, name) : null;
  };
  const refused =
    exceeds('bank', bank, sourceCurrency, sourceAmountMinor) ??
    exceeds('provider', provider, targetCurrency, targetAmountMinor);
  if (refused) return refused;
  const day = dayOf(sourceCurrency, trade.issuedAt);
  for (const measure of isOpen ? (['lapsedQuotes', 'abortedPayments'] as const) : (['abortedPayments'] as const)) {
    const most = mostOf(limits, { scope: 'bank', name: bank, measure, currency: '' });
    const count = counters.get(keyOf({ scope: 'bank', name: bank, day, measure, currency: '' })) ?? 0n;
    if (most !== null && count >= most) return beyond(measure, 'bank', bank);
  }
  return null;
}

interface LimitQuestion {
  readonly scope: LimitScope;
  readonly name: string;
  readonly measure: LimitMeasure;
  readonly currency: string;
}

/** The own limit, else the one for everybody; null where there is none. */
export function mostOf(limits: readonly Limit[], { scope, name, measure, currency }: LimitQuestion): bigint | null {
  const found = limits.filter(
    (limit) => limit.scope === scope && limit.measure === measure && (limit.currency ?? '') === currency,
  );
  const own = found.find(({ bic }) => bic !== null && bicKey(bic) === name);
  return (own ?? found.find(({ bic }) => bic === null))?.most ?? null;
}

/** Why these charges don't fit these counters: that of the first that doesn't; null where all do. */
export function misfit(counters: ReadonlyMap<string, bigint>, charges: readonly Charge[]): Refusal | null {
  const keys = charges.map(keyOf);
  // Nearly always each is of another counter, and all fit.
  const isPlain = new Set(keys).size === keys.length;
  if (isPlain && charges.every((charge, i) => charge.delta === 0n || fits(counters.get(keys[i]!), charge))) return null;
  return summedCharges(charges).find((charge) => !fits(counters.get(keyOf(charge)), charge))?.why ?? null;
}

/** A position that is beyond its limit may still come back. */
function fits(amount: bigint | undefined, { delta, most }: Charge): boolean {
  if (most === null) return true;
  const after = (amount ?? 0n) + delta;
  return (delta > 0n ? after : -after) <= most;
}

/** Counts movements. */
export function count(counters: Map<string, bigint>, movements: readonly Movement[]): void {
  for (const one of movements) {
    const key = keyOf(one);
    counters.set(key, (counters.get(key) ?? 0n) + one.delta);
  }
}

/** Counts what fits, one offer's charges after the other's, each wholly or not at all; one outcome an offer. */
export function countWhatFits(
  counters: Map<string, bigint>,
  offers: readonly (readonly Charge[])[],
): (Refusal | null)[] {
  return offers.map((charges) => {
    const why = misfit(counters, charges);
    if (why === null) count(counters, charges);
    return why;
  });
}

/** A limit that can be used as it is. Errors: `LIMIT_INVALID`, the detail says what is wrong. */
export function checkLimit(limit: Limit): Result<Limit, Refusal> {
  const { isAmount, scopes } = LIMIT_MEASURES[limit.measure];
  const invalid = (detail: string) => err(refusal('LIMIT_INVALID', detail));
  if (!(scopes as readonly LimitScope[]).includes(limit.scope))
    return invalid(`${limit.measure} is no limit of a ${limit.scope}`);
  if (isAmount !== (limit.currency !== null))
    return invalid(`${limit.measure} is ${isAmount ? 'an amount of a currency' : 'a count'}`);
  return ok(limit);
}
