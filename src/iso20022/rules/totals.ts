import { Big } from 'big.js';
import { amountOf } from '../instruction.js';
import { child, text } from '../tree.js';
import { HEADER_PATH, type Rule, type RuleBreach, type RuleScope, transactionPath } from './rule.js';

/** Counts, sums and identifiers that the message must agree with itself about. */
export const TOTAL_RULES: readonly Rule[] = [
  {
    id: 'total.count',
    xpath: '//GrpHdr/NbOfTxs',
    demands: 'the number of transactions is the number of CdtTrfTxInf',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'AM19',
    source: 'ISO 20022 definition of NumberOfTransactions',
    check: ({ root, transactions }) =>
      Number(text(root, 'GrpHdr', 'NbOfTxs')) === transactions.length
        ? []
        : group('NbOfTxs', `the message holds ${transactions.length} transactions`),
  },
  {
    id: 'total.control-sum',
    xpath: '//GrpHdr/CtrlSum',
    demands: 'the control sum is the sum of the settlement amounts, irrespective of currency',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'AM10',
    source: 'ISO 20022 definition of ControlSum',
    check: (scope) => {
      const stated = text(scope.root, 'GrpHdr', 'CtrlSum');
      return stated === undefined || decimal(stated).eq(sum(scope))
        ? []
        : group('CtrlSum', 'the control sum is not the sum of the settlement amounts');
    },
  },
  {
    id: 'total.settlement-amount',
    xpath: '//GrpHdr/TtlIntrBkSttlmAmt',
    demands: 'the total is the sum of the settlement amounts',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'AM10',
    source: 'ISO 20022 rule TotalInterbankSettlementAmountAndSum',
    check: (scope) => {
      const total = amountOf(child(scope.root, 'GrpHdr'), 'TtlIntrBkSttlmAmt');
      return total === null || decimal(total.text).eq(sum(scope))
        ? []
        : group('TtlIntrBkSttlmAmt', 'the total is not the sum of the settlement amounts');
    },
  },
  {
    id: 'total.currency',
    xpath: '//GrpHdr/TtlIntrBkSttlmAmt/@Ccy',
    demands: 'every settlement amount has the currency of the total',
    severity: 'error',
    code: 'CURRENCY_WRONG',
    source: 'ISO 20022 rule TotalInterbankSettlementAmount: one currency',
    check: ({ root, instructions }) => {
      const total = amountOf(child(root, 'GrpHdr'), 'TtlIntrBkSttlmAmt');
      return total === null || instructions.every((one) => one.settlementAmount.currency === total.currency)
        ? []
        : group('TtlIntrBkSttlmAmt/@Ccy', 'a settlement amount has another currency than the total');
    },
  },
  {
    id: 'identity.uetr-once',
    xpath: '//CdtTrfTxInf/PmtId/UETR',
    demands: 'no two transactions of a message share a UETR',
    severity: 'error',
    code: 'UETR_DUPLICATE',
    source: 'ISO 20022 definition of UETR: unique end to end',
    check: repeatedUetrs,
  },
];

const group = (name: string, message: string): RuleBreach[] => [
  { path: `${HEADER_PATH}/${name}`, index: null, message },
];

// The XSD has judged the text; xs:decimal allows a leading plus, which big.js does not read.
const decimal = (text: string): Big => new Big(text.trim().replace(/^\+/, ''));

const sum = ({ instructions }: RuleScope): Big =>
  instructions.reduce((total, one) => total.plus(decimal(one.settlementAmount.text)), new Big(0));

function repeatedUetrs({ instructions }: RuleScope): RuleBreach[] {
  const first = new Map<string, number>();
  return instructions.flatMap(({ uetr, index }) => {
    const earlier = first.get(uetr);
    if (earlier === undefined) first.set(uetr, index);
    const message = `transaction ${(earlier ?? 0) + 1} has the same UETR`;
    return earlier === undefined ? [] : [{ path: `${transactionPath(index)}/PmtId/UETR`, index, message }];
  });
}
