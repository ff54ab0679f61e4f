import type { PaymentInstruction } from '../iso20022/instruction.js';
import { parseAmount } from '../kernel/money.js';
import type { QuotedMessage } from '../pvp/quote.js';

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
