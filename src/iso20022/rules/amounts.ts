import { currencyExponent, parseAmount } from '../../kernel/money.js';
import { amountOf, type StatedAmount } from '../instruction.js';
import { children, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { HEADER_PATH, perTransaction, type Rule, type RuleBreach, type RuleScope, transactionPath } from './rule.js';

interface PlacedAmount {
  readonly path: string;
  readonly index: number | null;
  readonly amount: StatedAmount;
}

/** The amounts that the payment itself moves or states; those inside remittance are the customers' own business. */
function* statedAmounts({ root, transactions }: RuleScope): Generator<PlacedAmount> {
  const header = root.GrpHdr as XmlElement | undefined;
  const total = amountOf(header, 'TtlIntrBkSttlmAmt');
  if (total) yield { path: `${HEADER_PATH}/TtlIntrBkSttlmAmt`, index: null, amount: total };
  for (const [index, tx] of transactions.entries()) {
    for (const name of ['IntrBkSttlmAmt', 'InstdAmt']) {
      const amount = amountOf(tx, name);
      if (amount) yield { path: `${transactionPath(index)}/${name}`, index, amount };
    }
    for (const [position, charges] of children(tx, 'ChrgsInf').entries()) {
      const amount = amountOf(charges, 'Amt');
      if (amount) yield { path: `${transactionPath(index)}/ChrgsInf[${position + 1}]/Amt`, index, amount };
    }
  }
}

function* amountsThat(scope: RuleScope, breach: (amount: StatedAmount) => string | null): Generator<RuleBreach> {
  for (const { path, index, amount } of statedAmounts(scope)) {
    const message = breach(amount);
    if (message) yield { path, index, message };
  }
}

const isZero = (amount: StatedAmount): boolean => /^[+-]?[0.]+$/.test(amount.text.trim());

/** Currencies, decimals and the size of the amounts of the payment. */
export const AMOUNT_RULES: readonly Rule[] = [
  {
    id: 'amount.currency-exists',
    xpath: '//IntrBkSttlmAmt/@Ccy | //InstdAmt/@Ccy | //ChrgsInf/Amt/@Ccy | //TtlIntrBkSttlmAmt/@Ccy',
    demands: 'the currency is an active national currency of ISO 4217',
    severity: 'error',
    code: 'CURRENCY_WRONG',
    source: 'ISO 4217; ActiveCurrencyCode of ISO 20022',
    check: (scope) =>
      amountsThat(scope, ({ currency }) =>
        currencyExponent(currency) === undefined ? `${currency} is not an active currency` : null,
      ),
  },
  {
    id: 'amount.decimals',
    xpath: '//IntrBkSttlmAmt | //InstdAmt | //ChrgsInf/Amt | //TtlIntrBkSttlmAmt',
    demands: 'the amount has no more decimals than its currency; trailing zeros do not count',
    severity: 'error',
    code: 'AMOUNT_DECIMALS',
    source: 'ISO 4217 minor units; ISO 20022 rule CurrencyAmount',
    check: (scope) =>
      amountsThat(scope, ({ text: value, currency }) => {
        const parsed = parseAmount(value.trim(), currency);
        return !parsed.ok && parsed.error === 'TOO_MANY_DECIMALS'
          ? `${currency} has ${currencyExponent(currency)} decimals`
          : null;
      }),
  },
  {
    id: 'amount.too-large',
    xpath: '//CdtTrfTxInf/IntrBkSttlmAmt',
    demands: 'the settlement amount is below 10^18 minor units',
    severity: 'error',
    code: 'AMOUNT_TOO_LARGE',
    source: 'ledger: amounts are 64-bit minor units',
    check: perTransaction(({ settlementAmount }) => {
      const parsed = parseAmount(settlementAmount.text.trim(), settlementAmount.currency);
      return !parsed.ok && parsed.error === 'TOO_LARGE'
        ? { at: 'IntrBkSttlmAmt', message: 'the amount is larger than a ledger can hold' }
        : null;
    }),
  },
  {
    id: 'amount.zero',
    xpath: '//CdtTrfTxInf/IntrBkSttlmAmt',
    demands: 'the settlement amount is above zero',
    severity: 'error',
    code: 'AMOUNT_ZERO',
    source: 'ExternalStatusReason1Code AM01',
    check: perTransaction(({ settlementAmount }) =>
      isZero(settlementAmount) ? { at: 'IntrBkSttlmAmt', message: 'the settlement amount is zero' } : null,
    ),
  },
  {
    id: 'amount.source-currency',
    xpath: '//CdtTrfTxInf/IntrBkSttlmAmt/@Ccy',
    demands: 'the settlement currency is the currency of the source leg',
    severity: 'error',
    code: 'CURRENCY_WRONG',
    source: 'corridor: IntrBkSttlmAmt of the incoming message is in the source currency',
    check: perTransaction(({ settlementAmount: { currency } }, { context }) =>
      currency !== context.sourceCurrency
        ? { at: 'IntrBkSttlmAmt/@Ccy', message: `the source leg settles in ${context.sourceCurrency}, not ${currency}` }
        : null,
    ),
  },
  {
    id: 'rate.positive',
    xpath: '//CdtTrfTxInf/XchgRate | //CdtTrfTxInf/AgrdRate/PreAgrdXchgRate',
    demands: 'a stated rate is above zero',
    severity: 'error',
    code: 'QUOTE_MISMATCH',
    source: 'ISO 20022 BaseOneRate',
    check: (scope) => scope.transactions.flatMap((tx, index) => [...badRates(tx, index)]),
  },
];

function* badRates(tx: XmlElement, index: number): Generator<RuleBreach> {
  for (const path of [['XchgRate'], ['AgrdRate', 'PreAgrdXchgRate']]) {
    const rate = text(tx, ...path);
    if (rate !== undefined && !(Number(rate) > 0)) {
      yield { path: `${transactionPath(index)}/${path.join('/')}`, index, message: 'the rate is not above zero' };
    }
  }
}
