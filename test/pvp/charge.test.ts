import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/kernel/bytes.js';
import type { Bic, WalletId } from '../../src/kernel/ids.js';
import {
  bearerOf,
  chargedMinor,
  checkRule,
  type QuoteCharge,
  readCharge,
  splitSource,
  type Tariff,
  tariffFor,
  writeCharge,
} from '../../src/pvp/charge.js';
import type { Rate } from '../../src/pvp/conversion.js';
import { checkQuoteAgainstMessage, checkQuoteIsNotWorse, type Price } from '../../src/pvp/quote.js';

const WALLET = 'KZ-FEE' as WalletId;
const tariff = (changes: Partial<Tariff> = {}): Tariff => ({
  ...{ corridor: 'KZ-CN', bank: null, walletId: WALLET, fixed: '0', proportionalBps: '0', least: null, most: null },
  ...changes,
});

describe('what an amount is charged', () => {
  test.each<[string, Partial<Tariff>, string, bigint, bigint]>([
    ['nothing', {}, 'KZT', 1_000_000n, 0n],
    ['a fixed part', { fixed: '200.00' }, 'KZT', 1n, 20_000n],
    ['basis points', { proportionalBps: '15' }, 'KZT', 125_000_000n, 187_500n],
    ['basis points with decimals', { proportionalBps: '0.25' }, 'KZT', 125_000_000n, 3_125n],
    ['both', { fixed: '200.00', proportionalBps: '10' }, 'KZT', 125_000_000n, 145_000n],
    ['half a minor unit down to even', { proportionalBps: '1' }, 'KZT', 25_000n, 2n],
    ['half a minor unit up to even', { proportionalBps: '1' }, 'KZT', 15_000n, 2n],
    ['less than half', { proportionalBps: '1' }, 'KZT', 4_999n, 0n],
    ['the least', { proportionalBps: '10', least: '500.00' }, 'KZT', 1_000_000n, 50_000n],
    ['the most', { proportionalBps: '10', most: '25000.00' }, 'KZT', 10_000_000_000n, 2_500_000n],
    ['least of nothing', { least: '500.00' }, 'KZT', 1n, 50_000n],
    ['a currency without decimals', { fixed: '5', proportionalBps: '10' }, 'JPY', 1_500n, 6n],
    ['a currency with three', { fixed: '0.005', proportionalBps: '10' }, 'KWD', 1_500n, 6n],
  ])('%s', (_, changes, currency, amountMinor, charge) => {
    expect(chargedMinor(tariff(changes), currency, amountMinor)).toBe(charge);
  });

  const decimal = (max: number) =>
    fc.integer({ min: 0, max }).map((minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`);
  const anyTariff = fc
    .record({
      fixed: decimal(1_000_000),
      proportionalBps: fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 9_999 })),
      bounds: fc.option(fc.tuple(decimal(1_000_000), decimal(1_000_000))),
    })
    .map(({ fixed, proportionalBps: [whole, part], bounds }) => {
      const [least = null, most = null] = bounds ? [...bounds].sort((a, b) => Number(a) - Number(b)) : [];
      return tariff({ fixed, proportionalBps: `${whole}.${String(part).padStart(4, '0')}`, least, most });
    });
  const minorOf = (text: string): bigint => BigInt(text.replace('.', ''));

  it('is rounded once, half to even, before its bounds: as exact fractions say', () => {
    fc.assert(
      fc.property(anyTariff, fc.bigInt(1n, 10n ** 17n), (some, amountMinor) => {
        const scale = 10n ** 8n;
        const exact = minorOf(some.fixed) * scale + amountMinor * minorOf(some.proportionalBps);
        const [floor, twice] = [exact / scale, 2n * (exact % scale)];
        const rounded = twice > scale || (twice === scale && floor % 2n === 1n) ? floor + 1n : floor;
        const raised = some.least !== null && rounded < minorOf(some.least) ? minorOf(some.least) : rounded;
        const due = some.most !== null && raised > minorOf(some.most) ? minorOf(some.most) : raised;
        expect(checkRule(some, 'KZT').ok).toBe(true);
        expect(chargedMinor(some, 'KZT', amountMinor)).toBe(due);
      }),
    );
  });

  it('the payer’s amount is what is converted and the charge, whoever bears it', () => {
    fc.assert(
      fc.property(anyTariff, fc.bigInt(1n, 10n ** 15n), fc.boolean(), (some, amountMinor, isDebtors) => {
        const chargeBearer = isDebtors ? 'debtor' : 'creditor';
        const split = splitSource(some, 'KZT', { amountMinor, chargeBearer });
        const charge = chargedMinor(some, 'KZT', amountMinor);
        if (!split.ok) {
          expect({ code: split.error.code, isDebtors, tooMuch: charge >= amountMinor }).toEqual({
            ...{ code: 'AMOUNT_ZERO', isDebtors: false, tooMuch: true },
          });
          return;
        }
        const { convertedMinor, chargeMinor } = split.value;
        expect(chargeMinor).toBe(charge);
        expect(convertedMinor).toBe(isDebtors ? amountMinor : amountMinor - charge);
      }),
    );
  });
});

describe('a payment that names no quote', () => {
  const some = tariff({ fixed: '5.00' });
  test.each<[string, Parameters<typeof splitSource>[2], unknown]>([
    ['has the charge in what it gives', { amountMinor: 10_000n }, { convertedMinor: 9_500n, chargeMinor: 500n }],
    [
      'whose payer bears the charge has its instructed amount converted',
      { amountMinor: 10_500n, chargeBearer: 'debtor', instructedMinor: 10_000n },
      { convertedMinor: 10_000n, chargeMinor: 500n },
    ],
    [
      'whose payer bears the charge says of which amount',
      { amountMinor: 10_500n, chargeBearer: 'debtor', instructedMinor: null },
      'CHARGE_AMOUNT',
    ],
    ['does not go into the charge alone', { amountMinor: 500n }, 'AMOUNT_ZERO'],
  ])('%s', (_, request, expected) => {
    const split = splitSource(some, 'KZT', request);
    expect(split.ok ? split.value : split.error.code).toEqual(expected);
  });

  test('that is charged nothing is as it was, whatever it states', () => {
    const request = { amountMinor: 10_500n, chargeBearer: 'debtor', instructedMinor: null } as const;
    const free = { ok: true, value: { convertedMinor: 10_500n, chargeMinor: 0n } };
    expect(splitSource(tariff(), 'KZT', request)).toEqual(free);
    expect(splitSource(tariff(), 'KZT', { ...request, instructedMinor: 10_000n })).toEqual(free);
  });
});

test('a bank’s own tariff comes before that of all, whichever way its BIC is written', () => {
  const [all, own] = [tariff(), tariff({ bank: 'ALTNKZ20' as Bic, fixed: '1' })];
  const other = tariff({ corridor: 'CN-KZ', fixed: '2' });
  const tariffs = [all, own, other];
  expect(tariffFor(tariffs, 'KZ-CN', 'ALTNKZ20XXX' as Bic)).toBe(own);
  expect(tariffFor(tariffs, 'KZ-CN', 'DALAKZ20' as Bic)).toBe(all);
  expect(tariffFor(tariffs, 'KZ-US', 'DALAKZ20' as Bic)).toBeNull();
  expect(tariffFor([own], 'KZ-CN', 'DALAKZ20' as Bic)).toBeNull();
});

test.each<[Partial<Tariff>, string]>([
  [{ fixed: '1.005' }, 'fixed is no amount of KZT'],
  [{ fixed: '-1' }, 'fixed is no amount of KZT'],
  [{ least: 'x' }, 'least is no amount of KZT'],
  [{ most: '1e3' }, 'most is no amount of KZT'],
  [{ proportionalBps: '10000' }, 'proportionalBps is no number of basis points below 10000'],
  [{ proportionalBps: '-1' }, 'proportionalBps is no number of basis points below 10000'],
  [{ proportionalBps: '0.00001' }, 'proportionalBps is no number of basis points below 10000'],
  [{ least: '2', most: '1.99' }, 'least is above most'],
])('the tariff %j is refused', (changes, detail) => {
  expect(checkRule(tariff(changes), 'KZT')).toEqual({ ok: false, error: { code: 'TARIFF_INVALID', detail } });
});

describe('canonical bytes of a charge', () => {
  const charge: QuoteCharge = { bearer: 'debtor', amountMinor: 50_000n, walletId: WALLET };
  const bytes = (changes: object = {}) => writeCharge(new ByteWriter(), { ...charge, ...changes }).finish();

  it('read back', () => expect(readCharge(new ByteReader(bytes()))).toEqual(charge));

  it.each([{ bearer: 'nobody' }, { amountMinor: 0n }, { amountMinor: -1n }, { walletId: 'a b' }])(
    '%o is none',
    (some) => {
      expect(() => readCharge(new ByteReader(bytes(some)))).toThrow(RangeError);
    },
  );
});

describe('a message and the charge of the offer that it uses', () => {
  const price = (charge: QuoteCharge): Price => ({
    ...{ sourceCurrency: 'KZT', targetCurrency: 'CNY', rate: '0.0135' as Rate, targetAmountMinor: 135n },
    ...{ sourceAmountMinor: 10_500n, charge },
  });
  const charge = (bearer: QuoteCharge['bearer']): QuoteCharge => ({ bearer, amountMinor: 500n, walletId: WALLET });
  const message = (chargeBearer: string, changes: object = {}) => ({
    ...{ settlementAmountMinor: 10_500n, currency: 'KZT', exchangeRate: null, agreedRate: null, chargeBearer },
    ...changes,
  });
  const instructed = (minor: bigint, currency = 'KZT') => ({ instructedAmount: { minor, currency } });

  test.each([
    ['DEBT', 'debtor'],
    ['CRED', 'creditor'],
    ['SHAR', 'creditor'],
    ['SLEV', 'creditor'],
  ] as const)('ChrgBr %s: the %s bears it', (chrgBr, bearer) => {
    expect(bearerOf(chrgBr)).toBe(bearer);
    const other = bearer === 'debtor' ? 'creditor' : 'debtor';
    expect(checkQuoteAgainstMessage(price(charge(bearer)), message(chrgBr))).toEqual({ ok: true, value: undefined });
    for (const check of [checkQuoteAgainstMessage, checkQuoteIsNotWorse])
      expect(check(price(charge(other)), message(chrgBr))).toMatchObject({ error: { code: 'CHARGE_BEARER' } });
  });

  test.each<[string, string, object, string | null]>([
    ['all that it gives, charge and all', 'SHAR', {}, null],
    ['less', 'SHAR', { settlementAmountMinor: 10_499n }, 'CHARGE_AMOUNT'],
    ['more', 'CRED', { settlementAmountMinor: 10_501n }, 'CHARGE_AMOUNT'],
    ['its instructed amount and the charge', 'DEBT', instructed(10_000n), null],
    ['no instructed amount', 'DEBT', {}, 'CHARGE_AMOUNT'],
    ['an instructed amount of the other currency', 'DEBT', instructed(10_000n, 'CNY'), 'CHARGE_AMOUNT'],
    ['another instructed amount', 'DEBT', instructed(10_001n), 'CHARGE_AMOUNT'],
  ])('that names no quote and states %s', (_, chrgBr, changes, code) => {
    const bearer = bearerOf(chrgBr);
    const checked = checkQuoteIsNotWorse(price(charge(bearer)), message(chrgBr, changes));
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });

  test('that names the quote gives its amount and charge', () => {
    const without = message('SHAR', { settlementAmountMinor: 10_000n });
    expect(checkQuoteAgainstMessage(price(charge('creditor')), without)).toMatchObject({
      error: { code: 'QUOTE_MISMATCH', detail: 'IntrBkSttlmAmt differs from the quote' },
    });
  });
});
