import type { QuoteRule } from '../iso20022/conditions.js';
import type { PaymentInstruction } from '../iso20022/instruction.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { bearerOf } from '../pvp/charge.js';
import type { PaymentQuoteRequest } from '../pvp/desk.js';
import { checkQuoteIsNotWorse, checkUnnamedCharge, type Price, type QuotedMessage } from '../pvp/quote.js';

/** What an instruction says of amounts and rate, for `checkQuoteAgainstMessage`; `settlementAmountMinor` is its own. */
export function quotedMessage(instruction: PaymentInstruction, settlementAmountMinor: bigint): QuotedMessage {
  const { settlementAmount, instructedAmount, agreedRate, exchangeRate, chargeBearer } = instruction;
  const instructed = instructedAmount && parseAmount(instructedAmount.text, instructedAmount.currency);
  return {
    settlementAmountMinor,
    currency: settlementAmount.currency,
    exchangeRate,
    chargeBearer,
    agreedRate: agreedRate?.rate ?? null,
    unitCurrency: agreedRate?.unitCurrency ?? null,
    quotedCurrency: agreedRate?.quotedCurrency ?? null,
    instructedAmount: instructed?.ok ? instructed.value : null,
  };
}

/** What an instruction says of its charge, to be asked with the offer for a payment that names no quote. */
export function chargeRequest({
  settlementAmount: { currency },
  instructedAmount,
  chargeBearer,
  conditions,
}: PaymentInstruction): Required<Pick<PaymentQuoteRequest, 'chargeBearer' | 'instructedMinor' | 'isMarked'>> {
  const instructed = instructedAmount && parseAmount(instructedAmount.text, instructedAmount.currency);
  const isOfSource = instructed?.ok === true && instructed.value.currency === currency;
  return {
    chargeBearer: bearerOf(chargeBearer),
    instructedMinor: isOfSource ? instructed.value.minor : null,
    isMarked: conditions.debtorMark !== null,
  };
}

/** Why an offer is not for marked money: its mark names who may be paid, and an operator is not among them. Null where it is. */
export const chargedMark = ({ conditions }: PaymentInstruction, { charge }: Price): Refusal | null =>
  charge && conditions.debtorMark ? refusal('MARK_FORBIDS', 'nothing is charged of marked money: name no quote') : null;

type Least = Extract<QuoteRule, { rule: 'renew' }>['least'];

/**
 * Whether a quote that was taken when the event was confirmed is one that the payer takes: it gives the payee no less than
 * was stated, or, where nothing was, is no worse than the stated rates. Errors: `RATE_WORSE`, `QUOTE_MISMATCH`, `CHARGE_BEARER`,
 * `CHARGE_AMOUNT`.
 */
export function checkRenewed(price: Price, message: QuotedMessage, least: Least): Result<true, Refusal> {
  if (least === null) {
    const fits = checkQuoteIsNotWorse(price, message);
    return fits.ok ? ok(true) : fits;
  }
  const { targetCurrency, targetAmountMinor } = price;
  const stated = parseAmount(least.text, least.currency);
  if (!stated.ok || least.currency !== targetCurrency)
    return err(refusal('QUOTE_MISMATCH', `the least amount is not one of ${targetCurrency}`));
  const charged = checkUnnamedCharge(price, message);
  if (!charged.ok) return charged;
  if (targetAmountMinor >= stated.value.minor) return ok(true);
  const given = formatMinor(targetAmountMinor, targetCurrency);
  return err(refusal('RATE_WORSE', `the payee would get ${targetCurrency} ${given}, not ${least.text}`));
}
