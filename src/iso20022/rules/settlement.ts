import { dayOf, instantOf } from '../datetime.js';
import { text } from '../tree.js';
import { HEADER_PATH, perTransaction, type Rule, type RuleBreach, type RuleScope, transactionPath } from './rule.js';

const ACCEPTED_METHODS = new Set(['CLRG', 'INDA', 'INGA']);

/** How and when the source leg settles. */
export const SETTLEMENT_RULES: readonly Rule[] = [
  {
    id: 'settlement.method',
    xpath: '//GrpHdr/SttlmInf/SttlmMtd',
    demands: 'the settlement method is CLRG, INDA or INGA',
    severity: 'error',
    code: 'SETTLEMENT_METHOD_REFUSED',
    source: 'corridor: a cover payment (COVE) has no place where the payment itself settles',
    check: ({ root }) => {
      const method = text(root, 'GrpHdr', 'SttlmInf', 'SttlmMtd') ?? '';
      const message = `the settlement method ${method} is not accepted`;
      return ACCEPTED_METHODS.has(method) ? [] : [{ path: `${HEADER_PATH}/SttlmInf/SttlmMtd`, index: null, message }];
    },
  },
  {
    id: 'settlement.date-past',
    xpath: '//IntrBkSttlmDt',
    demands: 'the settlement date is not before today in the source ledger',
    severity: 'error',
    code: 'SETTLEMENT_DATE_PAST',
    source: 'ExternalStatusReason1Code DT01',
    check: perTransaction(({ settlementDate }, { context }) =>
      settlementDate !== null && dayOf(settlementDate) < context.localDate
        ? { at: 'IntrBkSttlmDt', message: `the settlement date is before ${context.localDate}` }
        : null,
    ),
  },
  {
    id: 'settlement.date-future',
    xpath: '//IntrBkSttlmDt',
    demands: 'the settlement date is not after today in the source ledger',
    severity: 'error',
    code: 'SETTLEMENT_DATE_FUTURE',
    source: 'ExternalStatusReason1Code DT04',
    check: perTransaction(({ settlementDate }, { context }) =>
      settlementDate !== null && dayOf(settlementDate) > context.localDate
        ? { at: 'IntrBkSttlmDt', message: `the settlement date is after ${context.localDate}` }
        : null,
    ),
  },
  {
    id: 'settlement.expired',
    xpath: '//GrpHdr/XpryDtTm | //CdtTrfTxInf/AddtlDtTm/XpryDtTm',
    demands: 'the message is received before it expires',
    severity: 'error',
    code: 'MESSAGE_EXPIRED',
    source: 'pacs.008.001.13 ExpiryDateTime',
    check: expiredTransactions,
  },
];

function expiredTransactions({ root, instructions, context }: RuleScope): RuleBreach[] {
  const message = 'the message expired before it was received';
  const groupAt = instantOf(text(root, 'GrpHdr', 'XpryDtTm'));
  if (groupAt !== null && groupAt <= context.now) return [{ path: `${HEADER_PATH}/XpryDtTm`, index: null, message }];
  return instructions
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= context.now)
    .map(({ index }) => ({ path: `${transactionPath(index)}/AddtlDtTm/XpryDtTm`, index, message }));
}
