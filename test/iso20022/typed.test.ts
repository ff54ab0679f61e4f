import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import {
  type AccountIdentification4Choice,
  type ActiveCurrencyAndAmount,
  bodyOf,
  type ChargeBearerType1Code,
  type Max35Text,
  type MessageBodies,
  type MessageBody,
  type Pacs002V10,
  type Pacs008V08,
  type PaymentIdentification7,
  type SimpleTypeName,
  simpleValue,
  writeMessage,
} from '../../src/iso20022/typed.js';
import type { XmlElement } from '../../src/iso20022/types.js';
import { generateTypes } from '../../src/iso20022/typescript.js';
import { fixture, officialErrors } from './support/messages.js';

const FILE = fileURLToPath(new URL('../../src/iso20022/catalogue/message-types.ts', import.meta.url));

const value = <Name extends SimpleTypeName>(name: Name, text: string) => {
  const result = simpleValue(name, text);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};
const max35 = (text: string): Max35Text => value('Max35Text', text);

test('the committed types are those of the catalogue', () => {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, generateTypes());
  expect(readFileSync(FILE, 'utf8')).toBe(generateTypes());
});

describe('the type of a message', () => {
  const header = { MsgId: max35('M1'), CreDtTm: value('ISODateTime', '2026-11-23T10:20:00+05:00') };

  test('a document written by it is valid', () => {
    const report: Pacs002V10 = {
      GrpHdr: header,
      TxInfAndSts: [
        {
          OrgnlUETR: value('UUIDv4Identifier', 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001'),
          TxSts: value('ExternalPaymentTransactionStatus1Code', 'RJCT'),
          StsRsnInf: [{ Rsn: { Cd: value('ExternalStatusReason1Code', 'AC01') }, AddtlInf: [] }],
        },
      ],
    };
    const text = writeMessage('pacs.002.001.10', report);
    expect(text).toContain('<Rsn><Cd>AC01</Cd></Rsn>');
    expect(officialErrors('pacs.002.001.10', text)).toEqual([]);
  });

  test('a checked document is read by it', () => {
    const { document } = fixture('pacs.008.001.08/customer-kzt-to-cny.xml');
    const body = bodyOf(document, 'pacs.008.001.08');
    expectTypeOf(body).toEqualTypeOf<Pacs008V08 | null>();
    expectTypeOf(body!.CdtTrfTxInf[0]!.ChrgBr).toEqualTypeOf<ChargeBearerType1Code>();
    expect(body?.CdtTrfTxInf[0]?.IntrBkSttlmAmt['@Ccy']).toBe('KZT');
    expect(bodyOf(document, 'pacs.008.001.13')).toBeNull();
  });

  test('every message of the catalogue has one', () => {
    expectTypeOf<keyof MessageBodies>().toEqualTypeOf<(typeof CATALOGUE_MESSAGE_IDS)[number]>();
    expectTypeOf<MessageBody<'pacs.008.001.08'>>().toEqualTypeOf<Pacs008V08>();
    expectTypeOf<MessageBody<'camt.053.001.13'>>().toExtend<XmlElement>();
    expectTypeOf<Pacs008V08>().toExtend<XmlElement>();
  });
});

/** Each mistake stands behind `@ts-expect-error`: the type check fails where one is let pass. */
describe('the type check refuses', () => {
  const iban = value('IBAN2007Identifier', 'KZ86125KZT5004100100');
  const other = { Id: value('Max34Text', 'W-1') };
  const id = max35('A1');

  test('an element that the message does not have', () => {
    // @ts-expect-error there is no Nope
    const identification: PaymentIdentification7 = { EndToEndId: id, Nope: id };
    expect(identification).toHaveProperty('Nope');
  });

  test('a choice taken twice, and one not taken', () => {
    const [one, another]: AccountIdentification4Choice[] = [{ IBAN: iban }, { Othr: other }];
    // @ts-expect-error either IBAN or Othr
    const both: AccountIdentification4Choice = { IBAN: iban, Othr: other };
    // @ts-expect-error neither IBAN nor Othr
    const none: AccountIdentification4Choice = {};
    expect([one, another, both, none].map((choice) => Object.keys(choice ?? {}).length)).toEqual([1, 1, 2, 0]);
  });

  test('a mandatory element that is missing', () => {
    // @ts-expect-error EndToEndId is missing
    const identification: PaymentIdentification7 = { InstrId: id };
    expect(identification).not.toHaveProperty('EndToEndId');
  });

  test('text that nobody looked at, and text of another type', () => {
    // @ts-expect-error a string is no Max35Text
    const plain: Max35Text = 'A1';
    // @ts-expect-error a Max34Text is no Max35Text
    const wrong: Max35Text = other.Id;
    expect([plain, wrong]).toEqual(['A1', 'W-1']);
  });

  test('a code that the list does not have', () => {
    const bearer: ChargeBearerType1Code = 'SHAR';
    // @ts-expect-error no such code
    const nobody: ChargeBearerType1Code = 'NONE';
    expect([bearer, nobody]).toEqual(['SHAR', 'NONE']);
  });

  test('one element where many are meant, and an amount without its currency', () => {
    // @ts-expect-error TxInfAndSts is a list
    const report: Partial<Pacs002V10> = { TxInfAndSts: {} };
    // @ts-expect-error the currency is missing
    const amount: ActiveCurrencyAndAmount = { '#': value('ActiveCurrencyAndAmount_SimpleType', '1.00') };
    expect([report, amount]).toHaveLength(2);
  });

  test('the content of another version', () => {
    expectTypeOf<Pacs008V08>().not.toExtend<MessageBody<'pacs.008.001.13'>>();
  });
});

describe('simpleValue', () => {
  test.each<[SimpleTypeName, string]>([
    ['Max35Text', 'Қазақ & <中> ]]>'],
    ['Max35Text', ' \r\n\t'],
    ['LEIIdentifier', '5493001KJTIIGC8Y1R12'],
    ['ISODate', '2024-02-29'],
    ['ActiveCurrencyAndAmount_SimpleType', '0.00001'],
  ])('%s takes %j', (name, text) => {
    expect(simpleValue(name, text)).toEqual({ ok: true, value: text });
  });

  test.each<[SimpleTypeName, string, string]>([
    ['Max35Text', '', 'minimum'],
    ['Max35Text', 'x'.repeat(36), '35'],
    ['LEIIdentifier', '5493001KJTIIGC8Y1RXX', 'pattern'],
    ['ISODate', '2023-02-29', 'not a valid value'],
    ['ActiveCurrencyAndAmount_SimpleType', '0.000001', 'fraction'],
    ['ActiveCurrencyAndAmount_SimpleType', '-1', 'minimum'],
    ['Max35Text', 'a\u0000b', ''],
  ])('%s refuses %j', (name, text, detail) => {
    const result = simpleValue(name, text);
    expect(result).toMatchObject({ ok: false, error: { code: 'SCHEMA_INVALID' } });
    expect(result.ok ? '' : result.error.detail).toContain(detail);
  });

  test('throws for a name that there is not', () => {
    expect(() => simpleValue('Nope' as SimpleTypeName, 'x')).toThrow('no simple type Nope');
  });
});
