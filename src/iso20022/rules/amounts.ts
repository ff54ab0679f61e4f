import { currencyExponent, parseAmount } from '../../kernel/money.js';
import { amountOf, type StatedAmount } from '../instruction.js';
import { text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { firstOf, SETTLEMENT_AMOUNTS } from './places.js';
import {
  ADVISED,
  ALWAYS,
  CREDIT_TRANSFER,
  EVERY_MESSAGE,
  errorIn,
  type MessageCheck,
  perTransaction,
  type Rule,
  type RuleBreach,
  SETTLED,
} from './rule.js';

const AMOUNTS = /CurrencyAndAmount$/;

const isZero = (amount: StatedAmount): boolean => /^[+-]?[0.]+$/.test(amount.text);

/** Currencies, decimals and the size of the amounts of the payment, and its rate. */
export const AMOUNT_RULES: readonly Rule[] = [
  {
    id: 'amount.currency-exists',
    appliesTo: EVERY_MESSAGE,
    xpath: '//@Ccy',
    demands: 'the currency is an active national currency of ISO 4217 (no metal, fund, test or historic code)',
    severity: ALWAYS,
    code: 'CURRENCY_WRONG',
    source: 'ISO 4217; ActiveCurrencyCode of ISO 20022; CBPR+: no commodity currencies',
    check: {
      on: 'amount',
      types: AMOUNTS,
      check: ({ currency }) =>
        currencyExponent(currency) === undefined
          ? { at: '@Ccy', message: `${currency} is not an active currency` }
          : null,
    },
  },
  {
    id: 'amount.decimals',
    appliesTo: EVERY_MESSAGE,
    xpath: '//*[@Ccy]',
    demands: 'the amount has no more decimals than its currency; trailing zeros do not count',
    severity: ALWAYS,
    code: 'AMOUNT_DECIMALS',
    source: 'ISO 4217 minor units; ISO 20022 rule CurrencyAmount',
    check: {
      on: 'amount',
      types: AMOUNTS,
      check: ({ text: value, currency }) => {
        const decimals = currencyExponent(currency);
        return decimals !== undefined && decimalsOf(value) > decimals
          ? { message: `${currency} has ${decimals} decimals` }
          : null;
      },
    },
  },
  {
    id: 'amount.too-large',
    appliesTo: SETTLED,
    xpath: '//IntrBkSttlmAmt | //RtrdIntrBkSttlmAmt',
    demands: 'the settlement amount is below 10^18 minor units',
    severity: ALWAYS,
    code: 'AMOUNT_TOO_LARGE',
    source: 'ledger: amounts are 64-bit minor units',
    check: ofSettlementAmount((amount) => {
      const parsed = parseAmount(amount.text, amount.currency);
      return !parsed.ok && parsed.error === 'TOO_LARGE' ? 'the amount is larger than a ledger can hold' : null;
    }),
  },
  {
    id: 'amount.zero',
    appliesTo: SETTLED,
    xpath: '//IntrBkSttlmAmt | //RtrdIntrBkSttlmAmt',
    demands: 'the settlement amount is above zero',
    severity: ALWAYS,
    code: 'AMOUNT_ZERO',
    source: 'ExternalStatusReason1Code AM01',
    check: ofSettlementAmount((amount) => (isZero(amount) ? 'the settlement amount is zero' : null)),
  },
  {
    id: 'amount.source-currency',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/IntrBkSttlmAmt/@Ccy',
    demands: 'the settlement currency is the currency of the source leg',
    severity: ALWAYS,
    needs: 'sourceCurrency',
    code: 'CURRENCY_WRONG',
    source: 'corridor: IntrBkSttlmAmt of the incoming message is in the source currency',
    check: perTransaction((tx, { context: { sourceCurrency } }) => {
      const currency = amountOf(tx, 'IntrBkSttlmAmt')?.currency;
      return currency !== sourceCurrency
        ? { at: 'IntrBkSttlmAmt/@Ccy', message: `the source leg settles in ${sourceCurrency}, not ${currency}` }
        : null;
    }),
  },
  {
    id: 'amount.instructed-given',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/InstdAmt',
    demands: 'the instructed amount is stated',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'AM12',
    source: 'Nexus: InstdAmt is mandatory',
    check: perTransaction((tx) =>
      amountOf(tx, 'InstdAmt') === null ? { at: 'InstdAmt', message: 'there is no instructed amount' } : null,
    ),
  },
  {
    id: 'rate.positive',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/XchgRate | //CdtTrfTxInf/AgrdRate/PreAgrdXchgRate',
    demands: 'a stated rate is above zero',
    severity: ALWAYS,
    code: 'QUOTE_MISMATCH',
    source: 'ISO 20022 BaseOneRate',
    check: {
      on: 'message',
      check: ({ transactions }) => transactions.flatMap(({ element, path, index }) => badRates(element, path, index)),
    },
  },
  {
    id: 'rate.given',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/XchgRate',
    demands: 'a rate is stated where the instructed amount is of another currency than the settlement amount',
    severity: ADVISED,
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'ISO 20022 rule InstructedAmountAndExchangeRate1',
    check: perTransaction((tx) =>
      currenciesDiffer(tx) === true && text(tx, 'XchgRate') === undefined
        ? { at: 'XchgRate', message: 'there is no rate between the instructed and the settlement currency' }
        : null,
    ),
  },
  {
    id: 'rate.idle',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/XchgRate',
    demands: 'no rate is stated where the instructed amount is of the settlement currency',
    // A payer of this corridor may state the rate of the other leg here, so that it is no more than a warning.
    severity: { 'cbpr-plus': 'warning', 'hvps-plus': 'warning' },
    code: 'RULE_BROKEN',
    iso: 'CH17',
    source: 'ISO 20022 rule InstructedAmountAndExchangeRate2',
    check: perTransaction((tx) =>
      currenciesDiffer(tx) === false && text(tx, 'XchgRate') !== undefined
        ? { at: 'XchgRate', message: 'a rate stands beside amounts of one currency' }
        : null,
    ),
  },
];

/** Decimals that count: trailing zeros change nothing. */
function decimalsOf(value: string): number {
  const point = value.indexOf('.');
  if (point < 0) return 0;
  let end = value.length;
  while (value.charCodeAt(end - 1) === 48) end -= 1;
  return end - point - 1;
}

function ofSettlementAmount(wrong: (amount: StatedAmount) => string | null): MessageCheck {
  return perTransaction((tx) => {
    const name = firstOf(tx, SETTLEMENT_AMOUNTS);
    const amount = name === undefined ? null : amountOf(tx, name);
    const message = amount && wrong(amount);
    return name !== undefined && message ? { at: name, message } : null;
  });
}

/** Whether instructed and settlement amount are of different currencies; null when one is not there. */
function currenciesDiffer(tx: XmlElement): boolean | null {
  const settled = amountOf(tx, 'IntrBkSttlmAmt');
  const instructed = amountOf(tx, 'InstdAmt');
  return settled && instructed ? settled.currency !== instructed.currency : null;
}

function badRates(tx: XmlElement, path: string, index: number | null): RuleBreach[] {
  return [['XchgRate'], ['AgrdRate', 'PreAgrdXchgRate']].flatMap((names) => {
    const rate = text(tx, ...names);
    if (rate === undefined || Number(rate) > 0) return [];
    return [{ path: `${path}/${names.join('/')}`, index, message: 'the rate is not above zero' }];
  });
}
