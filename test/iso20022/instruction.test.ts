import { describe, expect, test } from 'vitest';
import { instantOf } from '../../src/iso20022/datetime.js';
import { isCountry, isIban, isLei } from '../../src/iso20022/identifiers.js';
import { readInstructions } from '../../src/iso20022/instruction.js';
import { readStatusRequest } from '../../src/iso20022/status-request.js';
import { sha256 } from '../../src/kernel/hash.js';
import { uuidFromBytes } from '../../src/kernel/ids.js';
import { checked, fixture, fixtureText, QUOTE_ID } from './support/messages.js';

describe('payment instructions', () => {
  test('a .08 with everything the corridor needs', () => {
    expect(readInstructions(fixture('pacs.008.001.08/customer-with-quote-mark.xml'))).toEqual([
      {
        index: 0,
        uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0002',
        uetrGiven: true,
        msgId: 'ALTN-MSG-20261123-0002',
        creDtTm: '2026-11-23T10:15:30.125+05:00',
        instrId: 'ALTN-000002',
        endToEndId: 'INV-LM-2026-000002',
        txId: 'ALTN20261123000002',
        instructingAgent: 'ALTNKZ20',
        instructedAgent: 'OTKLKZ20',
        debtorAgent: 'ALTNKZ20',
        creditorAgent: 'LONGCN20',
        intermediaryAgents: [],
        debtorAccount: 'KZ419010001000000001',
        creditorAccount: '6222020000000000001',
        settlementAmount: { text: '1250000.00', currency: 'KZT' },
        instructedAmount: { text: '1250000.00', currency: 'KZT' },
        exchangeRate: null,
        agreedRate: null,
        quoteIds: [QUOTE_ID],
        quoteId: QUOTE_ID,
        settlementMethod: 'CLRG',
        settlementDate: '2026-11-23',
        expiresAt: null,
        acceptanceAt: null,
        chargeBearer: 'SHAR',
        priority: 'NORM',
        conditions: { event: null, debtorMark: null, creditorMark: null },
        conditionFault: null,
      },
    ]);
  });

  test('a .13 with an agreed rate, acceptance and expiry', () => {
    const [one] = readInstructions(fixture('pacs.008.001.13/customer-with-agreed-rate.xml'));
    expect(one).toMatchObject({
      agreedRate: { quoteId: QUOTE_ID, rate: '0.0153', unitCurrency: 'KZT', quotedCurrency: 'CNY' },
      quoteId: QUOTE_ID,
      exchangeRate: '0.0153',
      acceptanceAt: Date.parse('2026-11-23T10:15:28+05:00'),
      expiresAt: Date.parse('2026-11-23T10:45:28+05:00'),
    });
  });

  test('the earlier of two expiries counts', () => {
    const xml = fixtureText('pacs.008.001.13/customer-with-agreed-rate.xml').replace(
      '<NbOfTxs>',
      '<XpryDtTm>2026-11-23T05:30:00Z</XpryDtTm><NbOfTxs>',
    );
    expect(readInstructions(checked(xml))[0]?.expiresAt).toBe(Date.parse('2026-11-23T05:30:00Z'));
  });

  test('a missing UETR is derived from the bytes and the position', () => {
    const message = fixture('pacs.008.001.08/without-uetr.xml');
    const [one] = readInstructions(message);
    expect(one?.uetrGiven).toBe(false);
    expect(one?.uetr).toBe(uuidFromBytes(sha256('otkel/uetr/v1', message.rawHash, '0')));
    const other = checked(`${fixtureText('pacs.008.001.08/without-uetr.xml')}\n`);
    expect(readInstructions(other)[0]?.uetr).not.toBe(one?.uetr);
  });

  test('group values stand in where a transaction has none of its own', () => {
    const xml = fixtureText('pacs.008.001.08/batch-of-three.xml')
      .replace(/ *<InstgAgt>[\s\S]*?<\/InstgAgt>\n/g, '')
      .replace(/ *<IntrBkSttlmDt>.*\n/g, '')
      .replace('<SttlmInf>', '<IntrBkSttlmDt>2026-11-24</IntrBkSttlmDt><SttlmInf>')
      .replace('</GrpHdr>', '<InstgAgt><FinInstnId><BICFI>DALAKZ20</BICFI></FinInstnId></InstgAgt></GrpHdr>');
    const read = readInstructions(checked(xml));
    expect(read.map(({ index, settlementDate }) => [index, settlementDate])).toEqual([
      [0, '2026-11-24'],
      [1, '2026-11-24'],
      [2, '2026-11-24'],
    ]);
    expect(new Set(read.map(({ instructingAgent }) => instructingAgent))).toEqual(new Set(['DALAKZ20']));
  });

  test('intermediary agents without BIC keep a comparable name', () => {
    const agents =
      '<IntrmyAgt1><FinInstnId><ClrSysMmbId><MmbId>123</MmbId></ClrSysMmbId></FinInstnId></IntrmyAgt1>' +
      '<IntrmyAgt2><FinInstnId><Nm>Some Bank</Nm></FinInstnId></IntrmyAgt2>';
    const xml = fixtureText('pacs.008.001.08/customer-kzt-to-cny.xml').replace('<Dbtr>', `${agents}<Dbtr>`);
    expect(readInstructions(checked(xml))[0]?.intermediaryAgents).toEqual(['123', 'Some Bank']);
  });
});

describe('status request', () => {
  test('transactions name their message themselves or through the only group', () => {
    expect(readStatusRequest(fixture('pacs.028.001.03/status-of-two.xml'))).toEqual({
      msgId: 'ALTN-SRQ-0001',
      creDtTm: '2026-11-23T11:00:00+05:00',
      instructingAgent: 'ALTNKZ20',
      instructedAgent: null,
      queries: [
        {
          requestId: 'SRQ-1',
          msgId: 'ALTN-MSG-20261123-0004',
          messageNameId: 'pacs.008.001.08',
          uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0004',
          instrId: 'ALTN-000004',
          endToEndId: 'INV-LM-2026-000004',
          txId: null,
        },
        {
          requestId: 'SRQ-2',
          msgId: 'ALTN-MSG-20261123-0001',
          messageNameId: 'pacs.008.001.08',
          uetr: null,
          instrId: null,
          endToEndId: null,
          txId: 'ALTN20261123000001',
        },
      ],
    });
  });
  test('a group without transactions asks for the whole message', () => {
    const { queries } = readStatusRequest(fixture('pacs.028.001.03/status-of-message.xml'));
    expect(queries).toMatchObject([{ msgId: 'ALTN-MSG-20261123-0004', uetr: null, endToEndId: null }]);
  });
});

describe('identifiers and instants', () => {
  test.each([
    ['KZ419010001000000001', true],
    ['CH9300762011623852957', true],
    ['FR1420041010050500013M02606', true],
    ['KZ409010001000000001', false],
    ['ZZ419010001000000001', false],
    ['KZ41', false],
  ])('ISO 13616: %s %s', (iban, expected) => expect(isIban(iban)).toBe(expected));
  test.each([
    ['254900FGHIJKLMNO9A47', true],
    ['969500QRSTUVWXYZAB37', true],
    ['AAAAAAAAAA8888888811', false],
    ['254900FGHIJKLMNO9A4', false],
  ])('ISO 17442: %s %s', (lei, expected) => expect(isLei(lei)).toBe(expected));
  test('ISO 3166-1', () =>
    expect(['KZ', 'CN', 'XK', 'ZZ', 'UK', 'kz'].map(isCountry)).toEqual([true, true, true, false, false, false]));
  test.each([
    ['2026-11-23T10:15:30+05:00', '2026-11-23T05:15:30.000Z'],
    ['2026-11-23T10:15:30.1255-03:30', '2026-11-23T13:45:30.125Z'],
    ['2026-11-23T10:15:30', '2026-11-23T10:15:30.000Z'],
    ['2026-11-23T24:00:00Z', '2026-11-24T00:00:00.000Z'],
  ])('xs:dateTime %s', (text, expected) => expect(new Date(instantOf(text) as number).toISOString()).toBe(expected));
  test('no instant', () =>
    expect([instantOf(''), instantOf('2026-11-23'), instantOf(null)]).toEqual([null, null, null]));
});
