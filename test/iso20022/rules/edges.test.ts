import { describe, expect, test } from 'vitest';
import type { CharacterSet, RuleContext } from '../../../src/iso20022/rules/rule.js';
import { changed, FULL_CONTEXT, GOOD, type Good, goodText, violations } from './support.js';

type Change = readonly (readonly [from: string | RegExp, to: string])[];

/** The rules that a good message breaks after a change, without the advice about test BICs. */
const broken = (good: Good, change: Change, context: RuleContext = FULL_CONTEXT): string[] => {
  const found = violations(changed(goodText(good), change), GOOD[good][1], context);
  return [...new Set(found.map(({ ruleId }) => ruleId).filter((id) => id !== 'agent.bic-live'))];
};

const settle = (currency: string, amount: string): Change => [
  [/<IntrBkSttlmAmt Ccy="KZT">[^<]*/, `<IntrBkSttlmAmt Ccy="${currency}">${amount}`],
  [/<InstdAmt.*<\/InstdAmt>/, ''],
];

describe('amounts', () => {
  test.each([
    ['KZT', '1.23', []],
    ['KZT', '1.230', []],
    ['KZT', '+1.23', []],
    ['KZT', '1.234', ['amount.decimals']],
    ['JPY', '100', []],
    ['JPY', '100.00', []],
    ['JPY', '100.5', ['amount.decimals']],
    ['KWD', '1.234', []],
    ['KWD', '1.2341', ['amount.decimals']],
    ['ISK', '0.1', ['amount.decimals']],
    ['XAU', '1', ['amount.currency-exists']],
    ['XXX', '1', ['amount.currency-exists']],
    ['XTS', '1', ['amount.currency-exists']],
    ['XDR', '1', ['amount.currency-exists']],
    ['DEM', '1', ['amount.currency-exists']],
    ['KZT', '0.000', ['amount.zero']],
    ['KZT', '9999999999999999.99', []],
    ['JPY', '999999999999999999', []],
    ['KWD', '999999999999999.999', []],
    ['KZT', '10000000000000000', ['amount.too-large']],
  ])('%s %s: %j', (currency, amount, rules) => {
    expect(broken('base', settle(currency, amount), {})).toEqual(rules);
  });

  test('sums are exact decimals, whatever the number of digits', () => {
    const amounts = ['0.1', '0.2', '0.30'];
    const parts = amounts.map((amount): Change[number] => [/(<IntrBkSttlmAmt Ccy="KZT">)\d{3,}[^<]*/, `$1${amount}`]);
    const sums = (sum: string): Change => [
      ...parts,
      [/<InstdAmt.*<\/InstdAmt>/g, ''],
      [
        /(<\/NbOfTxs>)[\s\S]*?(<SttlmInf>)/,
        `$1<CtrlSum>${sum}</CtrlSum><TtlIntrBkSttlmAmt Ccy="KZT">0.6</TtlIntrBkSttlmAmt>$2`,
      ],
    ];
    expect(broken('batch', sums('0.6'))).toEqual([]);
    expect(broken('batch', sums('0.60000000000000000'))).toEqual([]);
    expect(broken('batch', sums('0.60000000000000001'))).toEqual(['total.control-sum']);
  });

  test.each([
    ['SHAR', '500.00', '1250500.00', []],
    ['CRED', '0.00', '1250000.00', []],
    ['CRED', '500.00', '1250000.00', ['charges.sum']],
    ['DEBT', '500.00', '1249500.00', []],
    ['DEBT', '500.00', '1250000.00', []],
    ['DEBT', '500.00', '1249499.99', ['charges.sum']],
    ['DEBT', '500.00', '1250000.01', ['charges.sum']],
  ])('%s with charges of %s and %s instructed: %j', (bearer, charges, instructed, rules) => {
    const change: Change = [
      ['<ChrgBr>SHAR', `<ChrgBr>${bearer}`],
      ['<Amt Ccy="KZT">500.00', `<Amt Ccy="KZT">${charges}`],
      ['<InstdAmt Ccy="KZT">1250500.00', `<InstdAmt Ccy="KZT">${instructed}`],
    ];
    expect(broken('cbpr', change)).toEqual(rules);
  });

  test('charges in another currency can not be added up', () => {
    expect(broken('cbpr', [['<Amt Ccy="KZT">500.00', '<Amt Ccy="USD">1.00']])).toEqual([]);
  });
});

describe('days and times', () => {
  const on = (localDate: string): RuleContext => ({ ...FULL_CONTEXT, localDate });
  test.each([
    ['2028-02-29', '2028-02-29', []],
    ['2028-02-29', '2028-03-01', ['settlement.date-past']],
    ['2028-03-01', '2028-02-29', ['settlement.date-future']],
    ['2027-01-01', '2026-12-31', ['settlement.date-future']],
    ['2026-11-23Z', '2026-11-23', []],
    ['2026-11-23-14:00', '2026-11-23', []],
    ['2026-11-23+14:00', '2026-11-24', ['settlement.date-past']],
  ])('settlement on %s, today %s: %j', (date, today, rules) => {
    expect(broken('base', [['<IntrBkSttlmDt>2026-11-23', `<IntrBkSttlmDt>${date}`]], on(today))).toEqual(rules);
  });

  test.each([
    ['2026-11-24T10:20:00+05:00', []],
    ['2026-11-24T10:20:00.001+05:00', ['time.created']],
    ['2026-11-24T19:20:00+14:00', []],
    ['2026-11-23T19:20:00-10:00', []],
    ['2026-11-24T24:00:00Z', ['time.created']],
    ['2026-11-23T10:15:30', ['time.offset']],
    ['2026-11-23T10:15:30Z', []],
    ['2024-02-29T23:59:59-03:30', []],
  ])('created at %s: %j', (at, rules) => {
    expect(broken('base', [[/(<CreDtTm>)[^<]*/, `$1${at}`]])).toEqual(rules);
  });

  test.each(['2026-02-29', '2100-02-29', '2026-11-31', '2026-13-01'])('%s is no day for the schema already', (day) => {
    expect(() => broken('base', [['<IntrBkSttlmDt>2026-11-23', `<IntrBkSttlmDt>${day}`]])).toThrow();
  });
});

describe('agents and parties', () => {
  const clearing = (code: string) =>
    `<IntrmyAgt1><FinInstnId><ClrSysMmbId><ClrSysId><Cd>${code}</Cd></ClrSysId><MmbId>1</MmbId></ClrSysMmbId></FinInstnId></IntrmyAgt1><Dbtr>`;

  test('a clearing member id alone is enough where all agents are in one country', () => {
    expect(broken('hvps', [['<Dbtr>', clearing('CNAPS')]])).toEqual(['agent.name-and-address']);
    const german: Change = [
      [/KZ20<\/BICFI>/g, 'DE20</BICFI>'],
      [/LONGCN20/, 'LONGDE20'],
      ['<Dbtr>', clearing('DEBLZ')],
    ];
    expect(broken('hvps', german, {})).toEqual([]);
  });

  test('branches are the same institution', () => {
    expect(broken('cbpr', [['<BICFI>ALTNKZ20<', '<BICFI>ALTNKZ20XXX<']])).toEqual([]);
    expect(broken('cbpr', [['<BICFI>ALTNKZ20<', '<BICFI>ALTNKZ20ALA<']])).toEqual([]);
  });

  const creditor = /(<Cdtr>[\s\S]*?<PstlAdr>)[\s\S]*?(<\/PstlAdr>)/;
  test.each([
    ['structured', '<StrtNm>Road</StrtNm><TwnNm>Shanghai</TwnNm><Ctry>CN</Ctry>', []],
    ['town and country only', '<TwnNm>Shanghai</TwnNm><Ctry>CN</Ctry>', []],
    ['hybrid', '<TwnNm>Shanghai</TwnNm><Ctry>CN</Ctry><AdrLine>1 Road</AdrLine><AdrLine>Pudong</AdrLine>', []],
    [
      'structured and lines',
      '<StrtNm>Road</StrtNm><TwnNm>Shanghai</TwnNm><Ctry>CN</Ctry><AdrLine>Gate 2</AdrLine>',
      [],
    ],
    ['lines only', '<AdrLine>1 Road</AdrLine><AdrLine>Shanghai</AdrLine>', ['address.town-and-country']],
    ['a country and lines', '<Ctry>CN</Ctry><AdrLine>1 Road</AdrLine>', ['address.town-and-country']],
    [
      'three lines',
      '<TwnNm>Shanghai</TwnNm><Ctry>CN</Ctry><AdrLine>a</AdrLine><AdrLine>b</AdrLine><AdrLine>c</AdrLine>',
      ['address.lines'],
    ],
    ['nothing', '', ['address.town-and-country']],
  ])('address: %s', (_name, address, rules) => {
    for (const good of ['cbpr', 'hvps', 'nexus'] as const)
      expect(broken(good, [[creditor, `$1${address}$2`]]), good).toEqual(rules);
  });

  test('a party with a BIC needs no name', () => {
    const named = /(<Dbtr>\s*)<Nm>.*<\/Nm>\s*<PstlAdr>[\s\S]*?<\/PstlAdr>/;
    expect(broken('cbpr', [[named, '$1<Id><OrgId><AnyBIC>ALTNKZ20</AnyBIC></OrgId></Id>']])).toEqual([]);
  });
});

describe('characters', () => {
  test.each<[CharacterSet, string, boolean]>([
    ['latin', 'Société Générale, Zürich; Łódź; Nguyễn — 5 €', true],
    ['latin', 'Алтын', false],
    ['latin', '长城银行', false],
    ['latin', 'Bank 😀', false],
    ['latin', 'Ωmega', false],
    ['swift', 'ACME (Almaty), 1/2: A-B? {x} [y] #1 "z" a@b', true],
    ['swift', 'Zürich', false],
    ['swift', '5 €', false],
  ])('%s takes %s: %s', (characters, name, isTaken) => {
    const found = broken('hvps', [[/(<Dbtr>\s*<Nm>)[^<]*/, `$1${name}`]], { characters });
    expect(found).toEqual(isTaken ? [] : ['characters.corridor']);
  });

  test.each([
    ['/A', ['reference.slashes']],
    ['A/', ['reference.slashes']],
    ['A//B', ['reference.slashes']],
    ['A/B', []],
    ['A:B', []],
    ['A#B', ['reference.characters']],
    ["A'B+C,D.E?F(G)", []],
  ])('reference %s: %j', (reference, rules) => {
    expect(broken('hvps', [[/(<EndToEndId>)[^<]*/, `$1${reference}`]])).toEqual(rules);
  });
});

describe('references', () => {
  test.each([
    ['SCOR', 'RF18539007547034', []],
    ['SCOR', 'RF18 5390 0754 7034', []],
    ['SCOR', 'RF18539007547035', ['reference.creditor-reference']],
    ['SCOR', 'INV-7', []],
    ['SCOR', 'RFQ-2026-7', []],
    ['PUOR', 'RF18539007547035', []],
  ])('creditor reference %s %s: %j', (type, reference, rules) => {
    const change: Change = [
      ['<Cd>SCOR<', `<Cd>${type}<`],
      ['RF18539007547034', reference],
    ];
    expect(broken('chain', change)).toEqual(rules);
  });

  test('a return of a whole group need not repeat its transactions', () => {
    const whole: Change = [
      [/<TxInf>[\s\S]*<\/TxInf>/, ''],
      ['<NbOfTxs>1', '<NbOfTxs>7'],
    ];
    expect(broken('return', whole)).toEqual([]);
  });
});
