import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bicCountryExists,
  isCountry,
  isCreditorReference,
  isIban,
  isLei,
  isTestBic,
} from '../../src/iso20022/identifiers.js';

/** ISO/IEC 7064 MOD 97-10 by the book: letters to numbers, one big integer. */
const remainder = (text: string): bigint =>
  BigInt([...text].map((one) => String(Number.parseInt(one, 36))).join('')) % 97n;
const checkDigits = (body: string, prefix: string): string =>
  String(98n - remainder(`${body}${prefix}00`)).padStart(2, '0');

const alphanumeric = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), minLength: min, maxLength: max });

/** `text` with the character at a place replaced by another of its kind. */
const spoiled = (text: string, place: number): string => {
  const at = place % text.length;
  const one = text[at] ?? '';
  const other = /\d/.test(one)
    ? String((Number(one) + 1) % 10)
    : one === 'Z'
      ? 'A'
      : String.fromCharCode(one.charCodeAt(0) + 1);
  return text.slice(0, at) + other + text.slice(at + 1);
};

describe('IBAN (ISO 13616)', () => {
  test.each([
    'KZ86125KZT5004100100',
    'GB29NWBK60161331926819',
    'DE89370400440532013000',
    'MT84MALT011000012345MTLCAST001S',
    'NO9386011117947',
    'RU0204452560040702810412345678901',
  ])('accepts %s of the registry', (iban) => expect(isIban(iban)).toBe(true));

  test.each([
    ['check digits', 'KZ87125KZT5004100100'],
    ['one too short for its country', 'DE8937040044053201300'],
    ['one too long for its country', 'DE893704004405320130000'],
    ['a country that is none', 'QQ51125KZT5004100100'],
    ['letters before the check digits', 'D189370400440532013000'],
    ['spaces', 'DE89 3704 0044 0532 0130 00'],
    ['nothing', ''],
  ])('refuses %s', (_what, iban) => expect(isIban(iban)).toBe(false));

  test('a country without a registered IBAN is judged by check digits only', () => {
    expect(isIban(`CN${checkDigits('12345678', 'CN')}12345678`)).toBe(true);
    expect(isIban('CN0012345678')).toBe(false);
  });

  test('of any country: right check digits hold, one character changed does not', () => {
    const lengths = { KZ: 20, DE: 22, GB: 22, MT: 31, NO: 15, BR: 29, XK: 20, LC: 32 };
    const countries = fc.constantFrom(...Object.entries(lengths));
    fc.assert(
      fc.property(countries, alphanumeric(30, 30), fc.nat(), ([country, length], text, place) => {
        const body = text.slice(0, length - 4);
        const iban = `${country}${checkDigits(body, country)}${body}`;
        expect(isIban(iban)).toBe(true);
        expect(isIban(iban.slice(0, 4) + spoiled(body, place))).toBe(false);
        expect(isIban(`${iban}0`)).toBe(false);
      }),
    );
  });
});

describe('LEI (ISO 17442)', () => {
  test.each(['529900T8BM49AURSDO55', '7ZW8QJWVPR4P1J1KQY45'])('accepts %s', (lei) => expect(isLei(lei)).toBe(true));
  test.each(['529900T8BM49AURSDO56', '529900T8BM49AURSDO5', '529900t8bm49aursdo55', 'AAAAAAAAAA8888888811'])(
    'refuses %s',
    (lei) => expect(isLei(lei)).toBe(false),
  );
  test('right check digits hold, one character changed does not', () => {
    fc.assert(
      fc.property(alphanumeric(18, 18), fc.nat(), (body, place) => {
        const lei = `${body}${checkDigits(body, '')}`;
        expect(isLei(lei)).toBe(true);
        expect(isLei(spoiled(lei, place))).toBe(false);
      }),
    );
  });
});

describe('creditor reference (ISO 11649)', () => {
  test.each(['RF18539007547034', 'RF18000000000539007547034', 'RF471234567890'])('accepts %s', (reference) =>
    expect(isCreditorReference(reference)).toBe(true),
  );
  test.each(['RF19539007547034', 'RF18', 'RF18 5390 0754 7034', '18539007547034', `RF18${'0'.repeat(22)}`])(
    'refuses %s',
    (reference) => expect(isCreditorReference(reference)).toBe(false),
  );
  test('right check digits hold, one character changed does not', () => {
    fc.assert(
      fc.property(alphanumeric(1, 21), fc.nat(), (body, place) => {
        const digits = checkDigits(body, 'RF');
        expect(isCreditorReference(`RF${digits}${body}`)).toBe(true);
        expect(isCreditorReference(`RF${digits}${body.toLowerCase()}`)).toBe(true);
        expect(isCreditorReference(`RF${digits}${spoiled(body, place)}`)).toBe(false);
      }),
    );
  });
});

describe('BIC (ISO 9362) and country (ISO 3166-1)', () => {
  test.each([
    ['ALTNKZ20', true, true],
    ['DEUTDEFF500', true, false],
    ['KASBXK2P', true, false],
    ['ALTNQQ20', false, true],
  ])('%s: country exists %s, test %s', (bic, exists, isTest) => {
    expect(bicCountryExists(bic)).toBe(exists);
    expect(isTestBic(bic)).toBe(isTest);
  });
  test('the countries are those that the Unicode data names, without groups and reserved codes', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const known = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code) !== undefined);
    const notCountries = new Set(
      'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH NT QO QU RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(' '),
    );
    const expected = known.filter((code) => !notCountries.has(code));
    expect(expected.filter((code) => !isCountry(code))).toEqual([]);
    expect(
      letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => isCountry(code) && !expected.includes(code)),
    ).toEqual([]);
  });
});
