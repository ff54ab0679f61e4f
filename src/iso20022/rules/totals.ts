import { Big } from 'big.js';
import { amountOf } from '../instruction.js';
import { text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { firstOf, SETTLEMENT_AMOUNTS, TOTAL_AMOUNTS } from './places.js';
import { ALWAYS, errorIn, perGroup, type Rule, type RuleBreach, type RuleScope, SETTLED, TRANSFERS } from './rule.js';

/** Counts, sums and identifiers that the message must agree with itself about. */
export const TOTAL_RULES: readonly Rule[] = [
  {
    id: 'total.count',
    appliesTo: [...SETTLED, 'camt.056'],
    xpath: '//GrpHdr/NbOfTxs | //CtrlData/NbOfTxs',
    demands: 'the number of transactions is the number of those in the message',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'AM19',
    source: 'ISO 20022 definition of NumberOfTransactions',
    check: perGroup(({ groupHeader, transactions }) => {
      const stated = text(groupHeader, 'NbOfTxs');
      // A return or cancellation of a whole group counts transactions that it need not repeat.
      if (stated === undefined || transactions.length === 0 || Number(stated) === transactions.length) return null;
      return { at: 'NbOfTxs', message: `the message holds ${transactions.length} transactions` };
    }),
  },
  {
    id: 'total.one',
    appliesTo: SETTLED,
    xpath: '//GrpHdr/NbOfTxs',
    demands: 'the message holds one transaction',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'AM19',
    source: 'CBPR+, Nexus and HVPS+: one transaction a message',
    check: perGroup(({ transactions }) =>
      transactions.length > 1
        ? { at: 'NbOfTxs', message: `the message holds ${transactions.length} transactions` }
        : null,
    ),
  },
  {
    id: 'total.control-sum',
    appliesTo: SETTLED,
    xpath: '//GrpHdr/CtrlSum',
    demands: 'the control sum is the sum of the settlement amounts, irrespective of currency',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'AM10',
    source: 'ISO 20022 definition of ControlSum',
    check: perGroup((scope) => {
      const stated = text(scope.groupHeader, 'CtrlSum');
      return stated === undefined || isSum(stated, scope)
        ? null
        : { at: 'CtrlSum', message: 'the control sum is not the sum of the settlement amounts' };
    }),
  },
  {
    id: 'total.settlement-amount',
    appliesTo: SETTLED,
    xpath: '//GrpHdr/TtlIntrBkSttlmAmt | //GrpHdr/TtlRtrdIntrBkSttlmAmt',
    demands: 'the total is the sum of the settlement amounts',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'AM10',
    source: 'ISO 20022 rule TotalInterbankSettlementAmountAndSum',
    check: perGroup((scope) => {
      const total = totalOf(scope);
      return total === null || isSum(total.text, scope)
        ? null
        : { at: total.name, message: 'the total is not the sum of the settlement amounts' };
    }),
  },
  {
    id: 'total.currency',
    appliesTo: SETTLED,
    xpath: '//GrpHdr/TtlIntrBkSttlmAmt/@Ccy | //GrpHdr/TtlRtrdIntrBkSttlmAmt/@Ccy',
    demands: 'every settlement amount has the currency of the total',
    severity: ALWAYS,
    code: 'CURRENCY_WRONG',
    source: 'ISO 20022 rule TotalInterbankSettlementAmount: one currency',
    check: perGroup((scope) => {
      const total = totalOf(scope);
      return total === null || scope.transactions.every(({ element }) => settledIn(element, total.currency))
        ? null
        : { at: `${total.name}/@Ccy`, message: 'a settlement amount has another currency than the total' };
    }),
  },
  {
    id: 'identity.uetr-once',
    appliesTo: TRANSFERS,
    xpath: '//CdtTrfTxInf/PmtId/UETR',
    demands: 'no two transactions of a message share a UETR',
    severity: ALWAYS,
    code: 'UETR_DUPLICATE',
    source: 'ISO 20022 definition of UETR: unique end to end',
    check: { on: 'message', check: repeatedUetrs },
  },
];

// The XSD has judged the text; xs:decimal allows a leading plus, which big.js does not read.
const decimal = (text: string): Big => new Big(text.trim().replace(/^\+/, ''));

const settlementAmount = (transaction: XmlElement) => {
  const name = firstOf(transaction, SETTLEMENT_AMOUNTS);
  return name === undefined ? null : amountOf(transaction, name);
};

const settledIn = (transaction: XmlElement, currency: string): boolean =>
  (settlementAmount(transaction)?.currency ?? currency) === currency;

/** True when there is nothing to add up: a return of a whole group need not repeat its transactions. */
function isSum(stated: string, { transactions }: RuleScope): boolean {
  if (transactions.length === 0) return true;
  const sum = transactions.reduce(
    (total, { element }) => total.plus(decimal(settlementAmount(element)?.text ?? '0')),
    new Big(0),
  );
  return decimal(stated).eq(sum);
}

function totalOf({ groupHeader }: RuleScope): { name: string; text: string; currency: string } | null {
  const name = firstOf(groupHeader, TOTAL_AMOUNTS);
  const amount = name === undefined ? null : amountOf(groupHeader, name);
  return name === undefined || amount === null ? null : { name, ...amount };
}

function repeatedUetrs({ transactions }: RuleScope): RuleBreach[] {
  if (transactions.length < 2) return [];
  const first = new Map<string, number>();
  return transactions.flatMap(({ element, path, index }, position) => {
    const uetr = text(element, 'PmtId', 'UETR');
    if (uetr === undefined) return [];
    const earlier = first.get(uetr);
    if (earlier === undefined) first.set(uetr, position);
    const message = `transaction ${(earlier ?? 0) + 1} has the same UETR`;
    return earlier === undefined ? [] : [{ path: `${path}/PmtId/UETR`, index, message }];
  });
}
