/**
 * The operator's charge for a payment, pure and exact: a tariff makes it of the payer's amount, rounded once, in the source
 * currency; a quote carries it under its provider's signature; the payer's leg holds it with the price. It is never more than
 * the payer's message says: `IntrBkSttlmAmt` is all that leaves the payer's wallet, price and charge.
 */
import BigDefault from 'big.js';
import type { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, isWalletId, type WalletId } from '../kernel/ids.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { LegCharge } from '../ledger/types.js';

/**
 * `debtor`: it comes on top of the amount that the payer names (`ChrgBr` DEBT); `creditor`: it is taken out of that amount,
 * and the payee gets less (CRED, SHAR and SLEV).
 */
export type ChargeBearer = 'debtor' | 'creditor';

export const bearerOf = (chrgBr: string): ChargeBearer => (chrgBr === 'DEBT' ? 'debtor' : 'creditor');

/** What a payment is charged: minor units of the source currency, to a wallet of the source ledger. */
export interface QuoteCharge extends LegCharge {
  readonly bearer: ChargeBearer;
}

/** How an amount makes a charge. Amounts are decimals of the source currency. */
export interface ChargeRule {
  readonly fixed: string;
  /** Of the amount, in basis points, besides. */
  readonly proportionalBps: string;
  /** Bounds of both together; null or absent where there is none. */
  readonly least?: string | null;
  readonly most?: string | null;
}

/** What payments of a corridor are charged, of one bank or of those that have no tariff of their own. */
export interface Tariff extends Required<ChargeRule> {
  /** Like `KZ-CN`. */
  readonly corridor: string;
  /** Null: of every bank without one of its own. */
  readonly bank: Bic | null;
  /** Where charges go, on the source ledger. */
  readonly walletId: WalletId;
}

const BPS_LEXICAL = /^\d{1,4}(?:\.\d{1,4})?$/;
const BPS_WHOLE = 10_000;

const ToInteger = BigDefault();
ToInteger.DP = 0;
ToInteger.RM = BigDefault.roundHalfEven;

/** Whether a rule can be used as it is. Errors: `TARIFF_INVALID`, the detail says what is wrong. */
export function checkRule<T extends ChargeRule>(rule: T, currency: string): Result<T, Refusal> {
  const { fixed, proportionalBps, least = null, most = null } = rule;
  for (const [name, text] of Object.entries({ fixed, least, most }))
    if (text !== null && !parseAmount(text, currency).ok)
      return err(refusal('TARIFF_INVALID', `${name} is no amount of ${currency}`));
  if (!BPS_LEXICAL.test(proportionalBps))
    return err(refusal('TARIFF_INVALID', `proportionalBps is no number of basis points below ${BPS_WHOLE}`));
  const isOrdered = least === null || most === null || minorOf(least, currency) <= minorOf(most, currency);
  return isOrdered ? ok(rule) : err(refusal('TARIFF_INVALID', 'least is above most'));
}

/** The tariff of a bank in a corridor: its own, else that of all; null where there is none. */
export function tariffFor(tariffs: readonly Tariff[], corridor: string, bank: Bic): Tariff | null {
  const ofCorridor = tariffs.filter((tariff) => tariff.corridor === corridor);
  const own = ofCorridor.find((tariff) => tariff.bank !== null && bicKey(tariff.bank) === bicKey(bank));
  return own ?? ofCorridor.find((tariff) => tariff.bank === null) ?? null;
}

/** What an amount is charged: fixed and proportional part, rounded once, half to even, then brought within the bounds. Minor units. */
export function chargedMinor(rule: ChargeRule, currency: string, amountMinor: bigint): bigint {
  const fixed = new ToInteger(minorOf(rule.fixed, currency).toString());
  const part = new ToInteger(amountMinor.toString()).times(rule.proportionalBps).times('1e-4');
  const rounded = BigInt(fixed.plus(part).round(0, BigDefault.roundHalfEven).toFixed());
  const { least = null, most = null } = rule;
  const raised = least === null ? rounded : max(rounded, minorOf(least, currency));
  return most === null ? raised : min(raised, minorOf(most, currency));
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function minorOf(amount: string, currency: string): bigint {
  const parsed = parseAmount(amount, currency);
  if (!parsed.ok) throw new RangeError('a stored tariff has amounts of its currency');
  return parsed.value.minor;
}

/** The one encoding of a quote's charge. */
export const writeCharge = (writer: ByteWriter, { bearer, amountMinor, walletId }: QuoteCharge): ByteWriter =>
  writer.text(bearer).integer(amountMinor).text(walletId);

/** Reads what {@link writeCharge} wrote; throws `RangeError` on anything else. */
export function readCharge(reader: ByteReader): QuoteCharge {
  const [bearer, amountMinor, walletId] = [reader.text(), reader.bigint(), reader.text()];
  if (bearer !== 'debtor' && bearer !== 'creditor') throw new RangeError('a charge is borne by debtor or creditor');
  if (amountMinor <= 0n || !isWalletId(walletId)) throw new RangeError('a charge has an amount and a wallet');
  return { bearer, amountMinor, walletId };
}

/** An amount of the source currency that is asked for, and who bears its charge. */
export interface ChargedRequest {
  readonly amountMinor: bigint;
  readonly chargeBearer?: ChargeBearer;
  /** Of a payment without a quote, which gives `amountMinor` in all: its `InstdAmt` in the source currency, null where it has none. */
  readonly instructedMinor?: bigint | null;
}

/**
 * What of a fixed source amount is converted, and its charge, minor units. Errors: `AMOUNT_ZERO` where the charge leaves nothing;
 * `CHARGE_AMOUNT` where the payer of a payment bears it and does not say of which amount.
 */
export function splitSource(
  tariff: Tariff,
  currency: string,
  { amountMinor, chargeBearer = 'creditor', instructedMinor }: ChargedRequest,
): Result<{ readonly convertedMinor: bigint; readonly chargeMinor: bigint }, Refusal> {
  const named = chargeBearer === 'debtor' && instructedMinor !== undefined ? instructedMinor : amountMinor;
  const chargeMinor = chargedMinor(tariff, currency, named ?? amountMinor);
  if (chargeMinor === 0n) return ok({ convertedMinor: amountMinor, chargeMinor });
  if (named === null)
    return err(refusal('CHARGE_AMOUNT', `with ChrgBr DEBT name a quote or state InstdAmt in ${currency}`));
  const convertedMinor = chargeBearer === 'debtor' ? named : named - chargeMinor;
  return convertedMinor > 0n
    ? ok({ convertedMinor, chargeMinor })
    : err(refusal('AMOUNT_ZERO', `the charge is ${formatMinor(chargeMinor, currency)}`));
}

/** Whether who bears the charge is who the message says (`ChrgBr`). Errors: `CHARGE_BEARER`. */
export function checkBearer({ bearer }: QuoteCharge, chrgBr: string): Result<void, Refusal> {
  if (bearer === bearerOf(chrgBr)) return ok(undefined);
  return err(refusal('CHARGE_BEARER', `ChrgBr is ${chrgBr}, and of the quote the ${bearer} bears it`));
}

/** What a payment that names no quote gives, and of which amount it bears the charge. */
export interface GivenAmounts {
  readonly settlementAmountMinor: bigint;
  readonly currency: string;
  readonly instructedAmount?: { readonly minor: bigint; readonly currency: string } | null;
}

/**
 * Whether a payment that names no quote gives what is converted with its charge, and, where it bears that itself, has its
 * `InstdAmt` converted whole. Errors: `CHARGE_AMOUNT`.
 */
export function checkGiven(
  { bearer, amountMinor }: QuoteCharge,
  totalMinor: bigint,
  { settlementAmountMinor, currency, instructedAmount }: GivenAmounts,
): Result<void, Refusal> {
  const isWhole =
    bearer === 'creditor' ||
    (instructedAmount?.currency === currency && instructedAmount.minor === totalMinor - amountMinor);
  if (settlementAmountMinor === totalMinor && isWhole) return ok(undefined);
  const [total, part] = [formatMinor(totalMinor, currency), formatMinor(amountMinor, currency)];
  return err(refusal('CHARGE_AMOUNT', `IntrBkSttlmAmt is to be ${total}, with the charge of ${part}`));
}
