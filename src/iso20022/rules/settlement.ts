import { dayOf, instantOf } from '../datetime.js';
import { text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { acceptanceTime } from './places.js';
import {
  ADVISED,
  ALWAYS,
  CREDIT_TRANSFER,
  EVERY_MESSAGE,
  errorIn,
  perGroup,
  perTransaction,
  type Rule,
  type RuleBreach,
  type RuleScope,
  SETTLED,
  TRANSFERS,
  transactionPath,
} from './rule.js';

const ACCEPTED_METHODS = new Set(['CLRG', 'INDA', 'INGA']);
const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

const methodOf = (groupHeader: XmlElement | undefined): string => text(groupHeader, 'SttlmInf', 'SttlmMtd') ?? '';
const METHOD = 'SttlmInf/SttlmMtd';

/** How the source leg settles. */
const METHOD_RULES: readonly Rule[] = [
  {
    id: 'settlement.method',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//GrpHdr/SttlmInf/SttlmMtd',
    demands: 'the settlement method is CLRG, INDA or INGA',
    severity: ALWAYS,
    code: 'SETTLEMENT_METHOD_REFUSED',
    source: 'corridor: a cover payment (COVE) has no place where the payment itself settles',
    check: perGroup(({ groupHeader }) => {
      const method = methodOf(groupHeader);
      return ACCEPTED_METHODS.has(method)
        ? null
        : { at: METHOD, message: `the settlement method ${method} is not accepted` };
    }),
  },
  {
    id: 'settlement.method-correspondent',
    appliesTo: TRANSFERS,
    xpath: '//GrpHdr/SttlmInf/SttlmMtd',
    demands: 'the settlement method is not CLRG: correspondents settle on accounts',
    severity: errorIn('cbpr-plus'),
    code: 'SETTLEMENT_METHOD_REFUSED',
    source: 'CBPR+: SttlmMtd INDA, INGA or COVE',
    check: perGroup(({ groupHeader }) =>
      methodOf(groupHeader) === 'CLRG' ? { at: METHOD, message: 'CLRG is not used between correspondents' } : null,
    ),
  },
  {
    id: 'settlement.method-clearing',
    appliesTo: TRANSFERS,
    xpath: '//GrpHdr/SttlmInf/SttlmMtd',
    demands: 'the settlement method is CLRG',
    severity: errorIn('nexus', 'hvps-plus'),
    code: 'SETTLEMENT_METHOD_REFUSED',
    source: 'Nexus and HVPS+: payments settle in a clearing system',
    check: perGroup(({ groupHeader }) =>
      methodOf(groupHeader) === 'CLRG'
        ? null
        : { at: METHOD, message: 'the payment does not settle in a clearing system' },
    ),
  },
  {
    id: 'settlement.clearing-system',
    appliesTo: TRANSFERS,
    xpath: '//GrpHdr/SttlmInf/ClrSys',
    demands: 'the clearing system is named',
    severity: errorIn('nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'Nexus: SttlmInf/ClrSys is mandatory',
    check: perGroup(({ groupHeader }) =>
      (text(groupHeader, 'SttlmInf', 'ClrSys', 'Cd') ?? text(groupHeader, 'SttlmInf', 'ClrSys', 'Prtry'))
        ? null
        : { at: 'SttlmInf/ClrSys', message: 'the clearing system is not named' },
    ),
  },
];

/** When it settles. */
const DATE_RULES: readonly Rule[] = [
  {
    id: 'settlement.one-date',
    appliesTo: SETTLED,
    xpath: '//GrpHdr/IntrBkSttlmDt | //IntrBkSttlmDt',
    demands: 'the settlement date of the group is the one of its transactions',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'DT01',
    source: 'ISO 20022 rule GroupHeaderInterbankSettlementDate: in the group or in the transactions',
    check: perTransaction((tx, { groupHeader }) => {
      const group = text(groupHeader, 'IntrBkSttlmDt');
      const own = text(tx, 'IntrBkSttlmDt');
      return group === undefined || own === undefined || dayOf(group) === dayOf(own)
        ? null
        : { at: 'IntrBkSttlmDt', message: 'the group has another settlement date' };
    }),
  },
  {
    id: 'settlement.date-given',
    appliesTo: SETTLED,
    xpath: '//IntrBkSttlmDt',
    demands: 'the settlement date is stated',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'DT01',
    source: 'CBPR+, Nexus and HVPS+: IntrBkSttlmDt is mandatory',
    check: perTransaction((tx, scope) =>
      settlementDate(tx, scope) === undefined ? { at: 'IntrBkSttlmDt', message: 'there is no settlement date' } : null,
    ),
  },
  {
    id: 'settlement.date-past',
    appliesTo: SETTLED,
    xpath: '//IntrBkSttlmDt',
    demands: 'the settlement date is not before today in the source ledger',
    severity: ALWAYS,
    needs: 'localDate',
    code: 'SETTLEMENT_DATE_PAST',
    source: 'ExternalStatusReason1Code DT01',
    check: perTransaction((tx, scope) => {
      const { localDate } = scope.context;
      const date = settlementDate(tx, scope);
      return date !== undefined && localDate !== undefined && dayOf(date) < localDate
        ? { at: 'IntrBkSttlmDt', message: `the settlement date is before ${localDate}` }
        : null;
    }),
  },
  {
    id: 'settlement.date-future',
    appliesTo: SETTLED,
    xpath: '//IntrBkSttlmDt',
    demands: 'the settlement date is not after today in the source ledger',
    severity: ALWAYS,
    needs: 'localDate',
    code: 'SETTLEMENT_DATE_FUTURE',
    source: 'ExternalStatusReason1Code DT04',
    check: perTransaction((tx, scope) => {
      const { localDate } = scope.context;
      const date = settlementDate(tx, scope);
      return date !== undefined && localDate !== undefined && dayOf(date) > localDate
        ? { at: 'IntrBkSttlmDt', message: `the settlement date is after ${localDate}` }
        : null;
    }),
  },
  {
    id: 'settlement.expired',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//GrpHdr/XpryDtTm | //CdtTrfTxInf/AddtlDtTm/XpryDtTm',
    demands: 'the message is received before it expires',
    severity: ALWAYS,
    needs: 'now',
    code: 'MESSAGE_EXPIRED',
    source: 'pacs.008.001.13 ExpiryDateTime',
    check: { on: 'message', check: expiredTransactions },
  },
];

/** Instants and days. */
const TIME_RULES: readonly Rule[] = [
  {
    id: 'time.offset',
    appliesTo: EVERY_MESSAGE,
    xpath: '//element(*, ISODateTime)',
    demands: 'a time carries its offset from UTC',
    severity: ADVISED,
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CPMI harmonised data requirements: times with UTC offset; CBPR+',
    check: {
      on: 'value',
      types: /^ISODateTime$/,
      check: (value) => (OFFSET.test(value.trim()) ? null : 'the time has no offset from UTC'),
    },
  },
  {
    id: 'time.day-without-offset',
    appliesTo: EVERY_MESSAGE,
    xpath: '//element(*, ISODate)',
    demands: 'a day is a day, without an offset from UTC',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+ and HVPS+: ISODate as YYYY-MM-DD',
    check: {
      on: 'value',
      types: /^ISODate$/,
      check: (value) => (value.trim().length > 10 ? 'the day has an offset from UTC' : null),
    },
  },
  {
    id: 'time.created',
    appliesTo: EVERY_MESSAGE,
    xpath: '//GrpHdr/CreDtTm | //Assgnmt/CreDtTm',
    demands: 'the message was not created more than a day after it was received',
    severity: ADVISED,
    needs: 'now',
    code: 'RULE_BROKEN',
    iso: 'DT02',
    source: 'ExternalStatusReason1Code DT02',
    check: {
      on: 'value',
      types: /^ISO(?:Normalised)?DateTime$/,
      names: new Set(['CreDtTm', 'CreDt']),
      check: (value, _type, { now }) => {
        const at = now === undefined ? null : instantOf(value);
        return at !== null && now !== undefined && at > now + DAY_MS ? 'the message is from the future' : null;
      },
    },
  },
  {
    id: 'time.accepted',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/AccptncDtTm | //CdtTrfTxInf/AddtlDtTm/AccptncDtTm',
    demands: 'it is stated when the debtor agent accepted the payment',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'Nexus: AccptncDtTm is mandatory, timeouts are counted from it',
    check: perTransaction((tx) =>
      acceptanceTime(tx) === undefined ? { at: 'AccptncDtTm', message: 'there is no acceptance time' } : null,
    ),
  },
];

/** How and when the source leg settles, and how times are written. */
export const SETTLEMENT_RULES: readonly Rule[] = [...METHOD_RULES, ...DATE_RULES, ...TIME_RULES];

const settlementDate = (transaction: XmlElement, { groupHeader }: RuleScope): string | undefined =>
  text(transaction, 'IntrBkSttlmDt') ?? text(groupHeader, 'IntrBkSttlmDt');

function expiredTransactions({ groupHeader, groupPath, instructions, context }: RuleScope): RuleBreach[] {
  const { now } = context;
  if (now === undefined) return [];
  const message = 'the message expired before it was received';
  const groupAt = instantOf(text(groupHeader, 'XpryDtTm'));
  if (groupAt !== null && groupAt <= now) return [{ path: `${groupPath}/XpryDtTm`, index: null, message }];
  return instructions
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)
    .map(({ index }) => ({ path: `${transactionPath(index)}/AddtlDtTm/XpryDtTm`, index, message }));
}
