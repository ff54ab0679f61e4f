import { Big } from 'big.js';
import { amountOf } from '../instruction.js';
import { child, children, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { ADVISED, ALWAYS, errorIn, perTransaction, type Rule } from './rule.js';

/** Messages about an earlier payment: return (pacs.004), cancellation request (camt.056), status request (pacs.028). */
const ABOUT_A_PAYMENT = ['pacs.004', 'camt.056', 'pacs.028'] as const;
const REFERENCES = ['OrgnlUETR', 'OrgnlTxId', 'OrgnlEndToEndId', 'OrgnlInstrId'] as const;

/** Messages about an earlier payment name it, and say why. */
export const RETURN_RULES: readonly Rule[] = [
  {
    id: 'original.named',
    appliesTo: ABOUT_A_PAYMENT,
    xpath: '//TxInf/OrgnlUETR | //TxInf/OrgnlTxId | //TxInf/OrgnlEndToEndId | //TxInf/OrgnlInstrId',
    demands: 'the original payment is named by one of its references',
    severity: ADVISED,
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'ISO 20022: what the original transaction is found by',
    check: perTransaction((tx) =>
      REFERENCES.some((name) => tx[name] !== undefined)
        ? null
        : { at: 'OrgnlUETR', message: 'the original payment is not named' },
    ),
  },
  {
    id: 'original.uetr-given',
    appliesTo: ABOUT_A_PAYMENT,
    xpath: '//TxInf/OrgnlUETR',
    demands: 'the original payment is named by its UETR',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'CBPR+, Nexus and HVPS+: OrgnlUETR is mandatory',
    check: perTransaction((tx) =>
      tx.OrgnlUETR === undefined ? { at: 'OrgnlUETR', message: 'there is no UETR of the original payment' } : null,
    ),
  },
  {
    id: 'return.amount',
    appliesTo: ['pacs.004'],
    xpath: '//TxInf/RtrdIntrBkSttlmAmt',
    demands: 'no more is returned than was settled, in one currency',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'AM09',
    source: 'ISO 20022 definitions of RtrdIntrBkSttlmAmt and OrgnlIntrBkSttlmAmt',
    check: perTransaction((tx) => {
      const returned = amountOf(tx, 'RtrdIntrBkSttlmAmt');
      const original = amountOf(tx, 'OrgnlIntrBkSttlmAmt');
      if (!returned || !original || returned.currency !== original.currency) return null;
      return decimal(returned.text).gt(decimal(original.text))
        ? { at: 'RtrdIntrBkSttlmAmt', message: 'more is returned than was settled' }
        : null;
    }),
  },
  {
    id: 'return.reason-given',
    appliesTo: ['pacs.004'],
    xpath: '//TxInf/RtrRsnInf/Rsn',
    demands: 'a return says why',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'MS03',
    source: 'CBPR+ and HVPS+: the return reason is mandatory',
    check: perTransaction((tx) =>
      hasReason(tx, 'RtrRsnInf') ? null : { at: 'RtrRsnInf/Rsn', message: 'there is no reason for the return' },
    ),
  },
  {
    id: 'cancellation.reason-given',
    appliesTo: ['camt.056'],
    xpath: '//TxInf/CxlRsnInf/Rsn',
    demands: 'a cancellation request says why',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'MS03',
    source: 'CBPR+, Nexus and HVPS+: the cancellation reason is mandatory',
    check: perTransaction((tx) =>
      hasReason(tx, 'CxlRsnInf') ? null : { at: 'CxlRsnInf/Rsn', message: 'there is no reason for the cancellation' },
    ),
  },
];

const hasReason = (tx: XmlElement, name: 'RtrRsnInf' | 'CxlRsnInf'): boolean =>
  children(tx, name).some((one) => {
    const reason = child(one, 'Rsn');
    return text(reason, 'Cd') !== undefined || text(reason, 'Prtry') !== undefined;
  });

const decimal = (value: string): Big => new Big(value.replace(/^\+/, ''));
