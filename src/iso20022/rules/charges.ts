import { Big } from 'big.js';
import { amountOf } from '../instruction.js';
import { children, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { ADVISED, CREDIT_TRANSFER, errorIn, type Fault, perTransaction, type Rule } from './rule.js';

/** Who bears the charges (`ChrgBr`) and what the amounts then say. */
export const CHARGE_RULES: readonly Rule[] = [
  {
    id: 'charges.borne-by-creditor',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/ChrgsInf',
    demands: 'where the creditor bears the charges (CRED) they are stated, even if zero',
    severity: { 'cbpr-plus': 'error', 'hvps-plus': 'warning' },
    code: 'RULE_BROKEN',
    iso: 'BE19',
    source: 'CBPR+: with CRED at least one ChrgsInf',
    check: perTransaction((tx) =>
      text(tx, 'ChrgBr') === 'CRED' && children(tx, 'ChrgsInf').length === 0
        ? { at: 'ChrgsInf', message: 'the creditor bears charges that are not stated' }
        : null,
    ),
  },
  {
    id: 'charges.service-level',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/ChrgBr',
    demands: 'the bearer of the charges is DEBT, CRED or SHAR, not SLEV',
    severity: errorIn('cbpr-plus'),
    code: 'RULE_BROKEN',
    iso: 'BE19',
    source: 'CBPR+: SLEV is for communities with rules of their own',
    check: perTransaction((tx) =>
      text(tx, 'ChrgBr') === 'SLEV' ? { at: 'ChrgBr', message: 'SLEV is not used' } : null,
    ),
  },
  {
    id: 'charges.instructed-amount',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf[ChrgsInf]/InstdAmt',
    demands: 'where charges are stated the instructed amount is stated',
    severity: ADVISED,
    code: 'RULE_BROKEN',
    iso: 'AM12',
    source: 'ISO 20022 rule ChargesInformationAndInstructedAmount',
    check: perTransaction((tx) =>
      children(tx, 'ChrgsInf').length > 0 && amountOf(tx, 'InstdAmt') === null
        ? { at: 'InstdAmt', message: 'charges are stated but no instructed amount' }
        : null,
    ),
  },
  {
    id: 'charges.sum',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/IntrBkSttlmAmt',
    demands:
      'in one currency the settlement amount is the instructed amount less the charges (SHAR, CRED), or with at most the charges added (DEBT)',
    severity: { base: 'warning', 'cbpr-plus': 'warning', nexus: 'error', 'hvps-plus': 'warning' },
    code: 'RULE_BROKEN',
    iso: 'AM09',
    source: 'ISO 20022 definitions of InstdAmt and ChrgsInf; Nexus: IntrBkSttlmAmt is InstdAmt less the fee',
    check: perTransaction(amountsDisagree),
  },
];

function amountsDisagree(tx: XmlElement): Fault | null {
  const settled = amountOf(tx, 'IntrBkSttlmAmt');
  const instructed = amountOf(tx, 'InstdAmt');
  if (!settled || !instructed || settled.currency !== instructed.currency) return null;
  const charges = children(tx, 'ChrgsInf').map((one) => amountOf(one, 'Amt'));
  // The same text twice and no charges: nothing to add up.
  if (charges.length === 0 && settled.text === instructed.text) return null;
  if (charges.some((amount) => amount?.currency !== settled.currency)) return null;
  const sum = charges.reduce((total, amount) => total.plus(decimal(amount?.text ?? '0')), new Big(0));
  const difference = decimal(settled.text).minus(decimal(instructed.text));
  const agrees = text(tx, 'ChrgBr') === 'DEBT' ? difference.gte(0) && difference.lte(sum) : difference.plus(sum).eq(0);
  return agrees ? null : { at: 'IntrBkSttlmAmt', message: 'settlement amount, instructed amount and charges disagree' };
}

const decimal = (text: string): Big => new Big(text.replace(/^\+/, ''));
