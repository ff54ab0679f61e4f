/**
 * Currency conversion, pure and exact. A rate is target units per one source unit. With a fixed source amount (fixed
 * send) target = round(source × rate); with a fixed target amount (fixed receive) source = round(target ÷ rate). The
 * rounding happens here and nowhere else, once, half to even: on a tie half-up would always favour the same side (the
 * payee in fixed send, the provider in fixed receive), half-even favours neither the payer nor the provider.
 */
import BigDefault, { type Big } from 'big.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { Brand } from '../kernel/ids.js';
import { currencyExponent } from '../kernel/money.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';

/** A positive decimal in canonical form: at most 11 digits, 10 of them decimals, no superfluous zeros. */
export type Rate = Brand<string, 'Rate'>;

/** Which amount the requester fixed; the other one is computed and rounded. */
export type FixedSide = 'source' | 'target';

/** Decimals of a residue that has no finite decimal form (fixed receive); in fixed send a residue is exact. */
const RESIDUE_SCALE = 20;

export interface ConversionInput {
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  readonly rate: Rate;
  readonly fixedSide: FixedSide;
  /** The fixed amount, in minor units of its own currency. */
  readonly amountMinor: bigint;
}

/** Both amounts in minor units of their currencies. */
export interface Conversion {
  readonly sourceAmountMinor: bigint;
  readonly targetAmountMinor: bigint;
  /** Exact minus rounded, a signed decimal in minor units of the computed side; its magnitude is at most 0.5. */
  readonly residue: string;
}

const MINOR_LIMIT = 10n ** 18n;
const RATE_DIGITS_MAX = 11;
const RATE_DECIMALS_MAX = 10;
const RATE_LEXICAL = /^\+?(\d{0,20})(?:\.(\d{0,20}))?$/;

/** Own constructors, because the settings of a Big constructor are shared by everything made with it. */
const exactBig = (decimals: number) => {
  const Exact = BigDefault();
  Exact.DP = decimals;
  Exact.RM = BigDefault.roundHalfEven;
  return Exact;
};
const ToInteger = exactBig(0);
const ToResidue = exactBig(RESIDUE_SCALE);

/**
 * Reads a rate (ISO 20022 `BaseOneRate`: totalDigits 11, fractionDigits 10, and above zero) and answers its canonical
 * form. Zeros that change nothing are accepted, as XML Schema does. Errors: `RATE_INVALID`.
 */
export function parseRate(text: string): Result<Rate, Refusal> {
  const match = text.length <= 32 ? RATE_LEXICAL.exec(text) : null;
  const whole = (match?.[1] ?? '').replace(/^0+/, '');
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || whole + fraction === '') return err(refusal('RATE_INVALID'));
  if (fraction.length > RATE_DECIMALS_MAX || whole.length + fraction.length > RATE_DIGITS_MAX)
    return err(refusal('RATE_INVALID'));
  return ok(`${whole || '0'}${fraction && `.${fraction}`}` as Rate);
}

/**
 * The rate of a conversion in several steps: the product of their rates, rounded down to a rate, so that it never
 * promises more than they give. Null when there is none: below the least rate or above the greatest. For showing and
 * comparing only: amounts are converted step by step.
 */
export function crossRate(rates: readonly Rate[]): Rate | null {
  const product = rates.reduce((cross, rate) => cross.times(rate), new ToInteger(1));
  return roundedRate(product, 'down');
}

const MODES = { down: BigDefault.roundDown, up: BigDefault.roundUp, nearest: BigDefault.roundHalfEven } as const;

/** A positive number as a rate, rounded to its 11 digits and 10 decimals; null below the least or above the greatest. */
export function roundedRate(value: Big, direction: 'down' | 'up' | 'nearest'): Rate | null {
  const wholeDigits = Math.max(value.e + 1, 0);
  if (wholeDigits > RATE_DIGITS_MAX) return null;
  const decimals = Math.min(RATE_DECIMALS_MAX, RATE_DIGITS_MAX - wholeDigits);
  const rate = parseRate(value.round(decimals, MODES[direction]).toFixed());
  return rate.ok ? rate.value : null;
}

/** Negative, zero or positive as the first rate is lower than, equal to or higher than the second. */
export const compareRates = (a: Rate, b: Rate): number => new ToInteger(a).cmp(b);

/**
 * Converts the fixed amount into the other currency. Errors: `AMOUNT_ZERO` when the amount is not positive or the
 * other one rounds to zero, `AMOUNT_TOO_LARGE` when either has more than 18 digits, `PAIR_NOT_TRADED` when a currency
 * is none of ISO 4217.
 */
export function convert(input: ConversionInput): Result<Conversion, Refusal> {
  const { amountMinor, rate, fixedSide } = input;
  const sourceExponent = currencyExponent(input.sourceCurrency);
  const targetExponent = currencyExponent(input.targetCurrency);
  if (sourceExponent === undefined || targetExponent === undefined) return err(refusal('PAIR_NOT_TRADED'));
  if (amountMinor <= 0n) return err(refusal('AMOUNT_ZERO'));
  if (amountMinor >= MINOR_LIMIT) return err(refusal('AMOUNT_TOO_LARGE'));

  const minorRate = new ToInteger(rate).times(`1e${targetExponent - sourceExponent}`);
  invariant(minorRate.gt(0), 'a rate is positive');
  const fixed = new ToInteger(amountMinor.toString());
  const computed = fixedSide === 'source' ? roundedProduct(fixed, minorRate) : roundedQuotient(fixed, minorRate);
  const computedMinor = BigInt(computed.rounded.toFixed());
  if (computedMinor === 0n) return err(refusal('AMOUNT_ZERO', 'the converted amount rounds to zero'));
  if (computedMinor >= MINOR_LIMIT) return err(refusal('AMOUNT_TOO_LARGE', 'the converted amount is above 18 digits'));
  return ok({
    sourceAmountMinor: fixedSide === 'source' ? amountMinor : computedMinor,
    targetAmountMinor: fixedSide === 'source' ? computedMinor : amountMinor,
    residue: decimal(computed.residue),
  });
}

interface Rounded {
  readonly rounded: Big;
  readonly residue: Big;
}

function roundedProduct(fixed: Big, minorRate: Big): Rounded {
  const exact = fixed.times(minorRate);
  const rounded = exact.round(0, BigDefault.roundHalfEven);
  return { rounded, residue: exact.minus(rounded) };
}

function roundedQuotient(fixed: Big, minorRate: Big): Rounded {
  // One division straight to whole minor units: dividing to more decimals first would round twice.
  const rounded = fixed.div(minorRate);
  const remainder = new ToResidue(fixed.minus(rounded.times(minorRate)));
  return { rounded, residue: remainder.div(minorRate) };
}

/** Plain notation, and no negative zero. */
const decimal = (value: Big): string => (value.eq(0) ? '0' : value.toFixed());
