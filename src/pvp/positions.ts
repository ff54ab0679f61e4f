/**
 * What trading brought a provider, currency by currency: pure and exact, in whole minor units. A trade of two currencies
 * moves a position in each, valued in the other one, at its average cost. What a part of a position cost is rounded to a
 * minor unit, half to even, where that part is closed; the rest keeps the remainder, so that nothing is lost: at any moment
 * what was realised is what came in of the other currency, less what went out, plus what the open position cost.
 */
import BigDefault, { type Big } from 'big.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { currencyExponent } from '../kernel/money.js';
import { type Rate, roundedRate } from './conversion.js';
import { providerResidue, type Quote } from './quote.js';

/** What a settled quote moved between its provider and the others, minor units. */
export interface Trade extends Pick<Quote, 'quoteId' | 'providerBic' | 'sourceCurrency' | 'targetCurrency'> {
  /** The provider got it. */
  readonly sourceMinor: bigint;
  /** The provider gave it. */
  readonly targetMinor: bigint;
  /** What rounding brought the provider, of one of the two currencies: a signed decimal of minor units. */
  readonly residueCurrency: string;
  readonly residueGain: string;
}

/** A provider's position in a currency that came of trades against one other currency. */
export interface PositionKey {
  readonly providerBic: Bic;
  readonly currency: string;
  readonly against: string;
}

/** Minor units of `currency`, or of `against` where it says so. */
export interface Position extends PositionKey {
  /** Everything got less everything given: negative where the provider gave more. */
  readonly positionMinor: bigint;
  /** Of `against`: what the open position cost; negative is what a short one brought. */
  readonly costMinor: bigint;
  /** Of `against`: the result of what was closed. */
  readonly realisedMinor: bigint;
  /** What rounding brought, a signed decimal. */
  readonly residue: string;
  readonly tradeCount: number;
}

const Exact = BigDefault();
Exact.DP = 40;
Exact.RM = BigDefault.roundHalfEven;

/** The movement that a quote promises. */
export function tradeOf(quote: Quote): Trade {
  const { quoteId, sourceCurrency, targetCurrency, sourceAmountMinor, targetAmountMinor } = quote;
  const residue = providerResidue(quote);
  return {
    quoteId,
    providerBic: bicKey(quote.providerBic),
    sourceCurrency,
    targetCurrency,
    sourceMinor: sourceAmountMinor,
    targetMinor: targetAmountMinor,
    residueCurrency: residue.currency,
    residueGain: plain(new Exact(residue.gain)),
  };
}

/** Plain notation, and no negative zero. */
const plain = (value: Big): string => (value.eq(0) ? '0' : value.toFixed());

/** Nothing was traded yet. */
export const noPosition = (key: PositionKey): Position => ({
  ...key,
  positionMinor: 0n,
  costMinor: 0n,
  realisedMinor: 0n,
  residue: '0',
  tradeCount: 0,
});

export const positionName = ({ providerBic, currency, against }: PositionKey): string =>
  `${providerBic} ${currency} ${against}`;

/** The two positions that a trade moves. */
export const positionsOf = ({ providerBic, sourceCurrency, targetCurrency }: Trade): PositionKey[] => [
  { providerBic, currency: sourceCurrency, against: targetCurrency },
  { providerBic, currency: targetCurrency, against: sourceCurrency },
];

/** One of its positions after a trade. */
export function afterTrade(position: Position, trade: Trade): Position {
  const isSource = position.currency === trade.sourceCurrency;
  const [moved, other] = isSource ? [trade.sourceMinor, -trade.targetMinor] : [-trade.targetMinor, trade.sourceMinor];
  const residue =
    trade.residueCurrency === position.currency
      ? plain(new Exact(position.residue).plus(trade.residueGain))
      : position.residue;
  return { ...position, ...moveBy(position, moved, other), residue, tradeCount: position.tradeCount + 1 };
}

/** `moved` of the position's currency came in for `other`, which has the other sign. */
function moveBy(
  { positionMinor, costMinor, realisedMinor }: Position,
  moved: bigint,
  other: bigint,
): Pick<Position, 'positionMinor' | 'costMinor' | 'realisedMinor'> {
  const after = positionMinor + moved;
  if (positionMinor === 0n || positionMinor > 0n === moved > 0n)
    return { positionMinor: after, costMinor: costMinor - other, realisedMinor };
  if (size(moved) <= size(positionMinor)) {
    const closed = dividedHalfEven(costMinor * size(moved), size(positionMinor));
    return { positionMinor: after, costMinor: costMinor - closed, realisedMinor: realisedMinor + other - closed };
  }
  // It closes all of the position, and what is left of it opens one on the other side.
  const closing = dividedHalfEven(other * size(positionMinor), size(moved));
  return { positionMinor: after, costMinor: closing - other, realisedMinor: realisedMinor + closing - costMinor };
}

/** The positions that change, after trades in this order. */
export function afterTrades(
  trades: readonly Trade[],
  find: (key: PositionKey) => Position | undefined,
): ReadonlyMap<string, Position> {
  const changed = new Map<string, Position>();
  for (const trade of trades)
    for (const key of positionsOf(trade)) {
      const name = positionName(key);
      changed.set(name, afterTrade(changed.get(name) ?? find(key) ?? noPosition(key), trade));
    }
  return changed;
}

/** What a unit of the open position cost on average, of `against`; null where none is open, or it is no rate. */
export function averageRate({ positionMinor, costMinor, currency, against }: Position): Rate | null {
  if (positionMinor === 0n) return null;
  const cost = new Exact(costMinor.toString()).div(powerOf(against));
  return roundedRate(cost.div(new Exact(positionMinor.toString()).div(powerOf(currency))), 'nearest');
}

/** What closing the position at this rate would bring besides, minor units of `against`, rounded half to even. */
export function unrealisedMinor({ positionMinor, costMinor, currency, against }: Position, rate: Rate): bigint {
  const worth = new Exact(positionMinor.toString()).times(rate).times(powerOf(against)).div(powerOf(currency));
  return BigInt(worth.round(0, BigDefault.roundHalfEven).toFixed()) - costMinor;
}

const powerOf = (currency: string): Big => new Exact(10).pow(currencyExponent(currency) ?? 0);

const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** The quotient as a whole number, half to even; the divisor is positive. */
function dividedHalfEven(value: bigint, divisor: bigint): bigint {
  const whole = size(value) / divisor;
  const twice = 2n * (size(value) % divisor);
  const up = twice > divisor || (twice === divisor && whole % 2n === 1n);
  const rounded = up ? whole + 1n : whole;
  return value < 0n ? -rounded : rounded;
}
