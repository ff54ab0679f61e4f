import { describe, expect, test } from 'vitest';
import { readInstructions } from '../../../src/iso20022/instruction.js';
import { intermediaryContradicts, senderIsInstructingAgent } from '../../../src/iso20022/rules/agents.js';
import { checkRules, type Violation } from '../../../src/iso20022/rules/check.js';
import { CONTEXT, checked, fixture, fixtureNames, fixtureText } from '../support/messages.js';

const violationsOf = (path: string): Violation[] => {
  const message = fixture(path);
  const found = checkRules(message, { instructions: readInstructions(message), context: CONTEXT });
  return found.filter(({ severity }) => severity === 'error');
};
const summary = ({ ruleId, code, iso, index, path }: Violation) => [ruleId, code, iso, index, path];

const HEADER = '/Document/FIToFICstmrCdtTrf/GrpHdr';
const TX = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]';
const TX2 = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]';

type Row = [rule: string, code: string, iso: string, index: number | null, path: string];

/** Every refused fixture, with every violation that it must have. */
const TABLE: Record<string, Row[]> = {
  'pacs.008.001.08/refused/settlement-method-cove.xml': [
    ['settlement.method', 'SETTLEMENT_METHOD_REFUSED', 'NARR', null, `${HEADER}/SttlmInf/SttlmMtd`],
  ],
  'pacs.008.001.08/refused/amount-zero.xml': [['amount.zero', 'AMOUNT_ZERO', 'AM01', 0, `${TX}/IntrBkSttlmAmt`]],
  'pacs.008.001.08/refused/amount-decimals.xml': [
    ['amount.decimals', 'AMOUNT_DECIMALS', 'AM12', 0, `${TX}/IntrBkSttlmAmt`],
    ['amount.decimals', 'AMOUNT_DECIMALS', 'AM12', 0, `${TX}/InstdAmt`],
  ],
  'pacs.008.001.08/refused/amount-too-large.xml': [
    ['amount.too-large', 'AMOUNT_TOO_LARGE', 'AM02', 0, `${TX}/IntrBkSttlmAmt`],
  ],
  'pacs.008.001.08/refused/currency-of-another-leg.xml': [
    ['amount.source-currency', 'CURRENCY_WRONG', 'AM03', 0, `${TX}/IntrBkSttlmAmt/@Ccy`],
  ],
  'pacs.008.001.08/refused/currency-unknown.xml': [
    ['amount.currency-exists', 'CURRENCY_WRONG', 'AM03', 0, `${TX}/IntrBkSttlmAmt/@Ccy`],
    ['amount.currency-exists', 'CURRENCY_WRONG', 'AM03', 0, `${TX}/InstdAmt/@Ccy`],
    ['amount.source-currency', 'CURRENCY_WRONG', 'AM03', 0, `${TX}/IntrBkSttlmAmt/@Ccy`],
  ],
  'pacs.008.001.08/refused/rate-zero.xml': [['rate.positive', 'QUOTE_MISMATCH', 'AB04', 0, `${TX}/XchgRate`]],
  'pacs.008.001.08/refused/settlement-date-past.xml': [
    ['settlement.date-past', 'SETTLEMENT_DATE_PAST', 'DT01', 0, `${TX}/IntrBkSttlmDt`],
  ],
  'pacs.008.001.08/refused/settlement-date-future.xml': [
    ['settlement.date-future', 'SETTLEMENT_DATE_FUTURE', 'DT04', 0, `${TX}/IntrBkSttlmDt`],
  ],
  'pacs.008.001.13/refused/message-expired.xml': [
    ['settlement.expired', 'MESSAGE_EXPIRED', 'TM01', null, `${HEADER}/XpryDtTm`],
  ],
  'pacs.008.001.08/refused/debtor-agent-without-bic.xml': [
    ['agent.debtor-agent', 'AGENT_UNKNOWN', 'RC03', 0, `${TX}/DbtrAgt/FinInstnId/BICFI`],
  ],
  'pacs.008.001.08/refused/creditor-agent-without-bic.xml': [
    ['agent.creditor-agent', 'CREDITOR_AGENT_UNKNOWN', 'RC04', 0, `${TX}/CdtrAgt/FinInstnId/BICFI`],
  ],
  'pacs.008.001.08/refused/instructing-agent-without-bic.xml': [
    ['agent.instructing-agent', 'AGENT_UNKNOWN', 'AGNT', 0, `${TX}/InstgAgt/FinInstnId`],
  ],
  'pacs.008.001.08/refused/instructed-agent-foreign.xml': [
    ['agent.instructed-agent', 'AGENT_UNKNOWN', 'AGNT', 0, `${TX}/InstdAgt/FinInstnId/BICFI`],
  ],
  'pacs.008.001.08/refused/bic-country-unknown.xml': [
    ['agent.bic-country', 'RULE_BROKEN', 'RC01', 0, `${TX}/CdtrAgt/FinInstnId/BICFI`],
  ],
  'pacs.008.001.08/refused/iban-check-digits.xml': [
    ['account.iban', 'RULE_BROKEN', 'AC01', 0, `${TX}/DbtrAcct/Id/IBAN`],
  ],
  'pacs.008.001.08/refused/lei-check-digits.xml': [['party.lei', 'RULE_BROKEN', 'CH16', 0, `${TX}/Cdtr/Id/OrgId/LEI`]],
  'pacs.008.001.08/refused/country-unknown.xml': [
    ['party.country', 'RULE_BROKEN', 'BE09', 0, `${TX}/Cdtr/PstlAdr/Ctry`],
  ],
  'pacs.008.001.08/refused/count-of-transactions.xml': [
    ['total.count', 'RULE_BROKEN', 'AM19', null, `${HEADER}/NbOfTxs`],
  ],
  'pacs.008.001.08/refused/control-sum.xml': [['total.control-sum', 'RULE_BROKEN', 'AM10', null, `${HEADER}/CtrlSum`]],
  'pacs.008.001.08/refused/total-amount.xml': [
    ['total.settlement-amount', 'RULE_BROKEN', 'AM10', null, `${HEADER}/TtlIntrBkSttlmAmt`],
  ],
  'pacs.008.001.08/refused/total-of-another-currency.xml': [
    ['total.currency', 'CURRENCY_WRONG', 'AM03', null, `${HEADER}/TtlIntrBkSttlmAmt/@Ccy`],
  ],
  'pacs.008.001.08/refused/uetr-twice.xml': [['identity.uetr-once', 'UETR_DUPLICATE', 'AM05', 1, `${TX2}/PmtId/UETR`]],
  'pacs.008.001.08/refused/two-quotes.xml': [['quote.one', 'QUOTE_MISMATCH', 'AB04', 0, `${TX}/RmtInf/Strd`]],
  'pacs.008.001.08/refused/quote-not-a-uuid.xml': [['quote.uuid', 'QUOTE_UNKNOWN', 'AB04', 0, `${TX}/RmtInf/Strd`]],
  'pacs.008.001.13/refused/agreed-rate-other-unit.xml': [
    ['quote.unit-currency', 'QUOTE_MISMATCH', 'AB04', 0, `${TX}/AgrdRate/UnitCcy`],
    ['quote.quoted-currency', 'QUOTE_MISMATCH', 'AB04', 0, `${TX}/AgrdRate/QtdCcy`],
  ],
  'pacs.008.001.08/refused/header-names-another-message.xml': [
    ['header.definition', 'RULE_BROKEN', 'CH16', null, '/AppHdr/MsgDefIdr'],
  ],
  'pacs.008.001.08/refused/header-from-another-bank.xml': [
    ['header.sender', 'AGENT_UNKNOWN', 'AGNT', null, '/AppHdr/Fr'],
  ],
};

const FOLDERS = ['pacs.008.001.08', 'pacs.008.001.13'];

describe('usage rules: base', () => {
  test.each(Object.keys(TABLE))('refuses %s', (path) => {
    expect(violationsOf(path).map(summary)).toEqual(TABLE[path]);
  });

  test.each(FOLDERS.flatMap((folder) => fixtureNames(folder).map((name) => `${folder}/${name}`)))(
    'accepts %s',
    (path) => {
      expect(violationsOf(path)).toEqual([]);
    },
  );

  test('every refused fixture is in the table', () => {
    const refused = FOLDERS.flatMap((one) => fixtureNames(`${one}/refused`).map((name) => `${one}/refused/${name}`));
    expect(Object.keys(TABLE).sort()).toEqual(refused.sort());
  });

  test('all violations are reported at once', () => {
    const broken = fixtureText('pacs.008.001.08/customer-kzt-to-cny.xml')
      .replace('<SttlmMtd>CLRG', '<SttlmMtd>COVE')
      .replace('<Ctry>KZ', '<Ctry>QQ')
      .replace('KZ419010001000000001', 'KZ429010001000000001')
      .replace('<NbOfTxs>1', '<NbOfTxs>7');
    const message = checked(broken);
    const found = checkRules(message, { instructions: readInstructions(message), context: CONTEXT }).map(
      ({ ruleId }) => ruleId,
    );
    expect(found).toEqual(['total.count', 'settlement.method', 'account.iban', 'party.country']);
  });

  test('a date with an offset, a missing date and a branch BIC are accepted', () => {
    const text = fixtureText('pacs.008.001.08/customer-kzt-to-cny.xml')
      .replace('<IntrBkSttlmDt>2026-11-23<', '<IntrBkSttlmDt>2026-11-23+05:00<')
      .replace('>OTKLKZ20<', '>OTKLKZ20XXX<');
    for (const xml of [text, text.replace(/<IntrBkSttlmDt>.*<\/IntrBkSttlmDt>/, '')]) {
      const message = checked(xml);
      expect(checkRules(message, { instructions: readInstructions(message), context: CONTEXT })).toEqual([]);
    }
  });
});

describe('agents', () => {
  const allowed = ['OTKLKZ20', 'OTKOKZ20'];
  test.each([
    [[], false],
    [['OTKLKZ20'], false],
    [['OTKLKZ20XXX', 'OTKOKZ20'], false],
    [['OTKLKZ20', 'DALAKZ20'], true],
    [['OTKLKZ20ALA'], true],
    [['Otkel Provider'], true],
    [[''], true],
  ])('intermediary agents %j contradict: %s', (intermediaryAgents, expected) => {
    expect(intermediaryContradicts({ intermediaryAgents }, allowed)).toBe(expected);
  });
  test('the sender is the instructing agent, or the message names none', () => {
    expect(senderIsInstructingAgent({ instructingAgent: 'ALTNKZ20XXX' }, 'ALTNKZ20')).toBe(true);
    expect(senderIsInstructingAgent({ instructingAgent: null }, 'ALTNKZ20')).toBe(true);
    expect(senderIsInstructingAgent({ instructingAgent: 'DALAKZ20' }, 'ALTNKZ20')).toBe(false);
  });
});
