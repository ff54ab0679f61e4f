import type { QuoteRule } from '../iso20022/conditions.js';
import type { PaymentInstruction } from '../iso20022/instruction.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { checkQuoteIsNotWorse, type Price, type QuotedMessage } from '../pvp/quote.js';

/** What an instruction says of amounts and rate, for `checkQuoteAgainstMessage`; `settlementAmountMinor` is its own. */
export function quotedMessage(instruction: PaymentInstruction, settlementAmountMinor: bigint): QuotedMessage {
  const { settlementAmount, instructedAmount, agreedRate, exchangeRate } = instruction;
  const instructed = instructedAmount && parseAmount(instructedAmount.text, instructedAmount.currency);
  return {
    settlementAmountMinor,
    currency: settlementAmount.currency,
    exchangeRate,
    agreedRate: agreedRate?.rate ?? null,
    unitCurrency: agreedRate?.unitCurrency ?? null,
    quotedCurrency: agreedRate?.quotedCurrency ?? null,
    instructedAmount: instructed?.ok ? instructed.value : null,
  };
}

type Least = Extract<QuoteRule, { rule: 'renew' }>['least'];

/**
 * Whether a quote that was taken when the event was confirmed is one that the payer takes: it gives the payee no less than
 * was stated, or, where nothing was, is no worse than the stated rates. Errors: `RATE_WORSE`, `QUOTE_MISMATCH`.
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
  if (targetAmountMinor >= stated.value.minor) return ok(true);
  const given = formatMinor(targetAmountMinor, targetCurrency);
  return err(refusal('RATE_WORSE', `the payee would get ${targetCurrency} ${given}, not ${least.text}`));
}
