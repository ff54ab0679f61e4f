import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ConversionInput,
  compareRates,
  convert,
  crossRate,
  parseRate,
  type Rate,
} from '../../src/pvp/conversion.js';

const rateOf = (text: string): Rate => {
  const parsed = parseRate(text);
  if (!parsed.ok) throw new Error(`${text} is no rate`);
  return parsed.value;
};

describe('parseRate: BaseOneRate above zero, in canonical form', () => {
  test.each([
    ['0.0135', '0.0135'],
    ['1', '1'],
    ['1.0000', '1'],
    ['+010.50', '10.5'],
    ['.5', '0.5'],
    ['7.', '7'],
    ['0.0000000001', '0.0000000001'],
    ['12345678901', '12345678901'],
    ['1.2345678901', '1.2345678901'],
    ['100000', '100000'],
  ])('%s is %s', (text, canonical) => {
    expect(parseRate(text)).toEqual({ ok: true, value: canonical });
  });

  test.each([
    '',
    '.',
    '0',
    '0.000',
    '-1',
    '1e3',
    '1,5',
    ' 1',
    'NaN',
    '123456789012',
    '12.3456789012',
    '0.00000000001',
    `1.${'0'.repeat(40)}`,
  ])('%s is refused', (text) => {
    expect(parseRate(text)).toEqual({ ok: false, error: { code: 'RATE_INVALID' } });
  });

  test('a rate of a million digits is refused before it is computed with', () => {
    expect(parseRate('1'.repeat(1_000_000)).ok).toBe(false);
  });

  test('rates compare as numbers, not as text', () => {
    expect(compareRates(rateOf('9.5'), rateOf('10'))).toBeLessThan(0);
    expect(compareRates(rateOf('1.50'), rateOf('1.5'))).toBe(0);
    expect(compareRates(rateOf('0.02'), rateOf('0.0135'))).toBeGreaterThan(0);
  });
});

describe('crossRate: the product, rounded down to a rate', () => {
  test.each([
    [['0.0135'], '0.0135'],
    [['0.00193', '7.1167'], '0.013735231'],
    [['0.0000012345', '0.9876'], '0.0000012191'],
    [['3', '0.3333333333'], '0.9999999999'],
    [['123456.7', '1.00001'], '123457.93456'],
    [['99999999999', '1'], '99999999999'],
    [['12345678901', '0.1'], '1234567890.1'],
    [['2', '3', '0.5'], '3'],
    [['0.00001', '0.00001'], '0.0000000001'],
    [['0.00001', '0.000009'], null],
    [['99999999999', '1.1'], null],
  ])('%j → %s', (rates, cross) => {
    expect(crossRate(rates.map(rateOf))).toBe(cross);
  });

  test('it never promises more, and less by no more than its last digit', () => {
    const rate = fc
      .record({ digits: fc.bigInt(1n, 10n ** 11n - 1n), decimals: fc.integer({ min: 0, max: 10 }) })
      .map(({ digits, decimals }) => {
        const text = digits.toString().padStart(decimals + 1, '0');
        return rateOf(decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`);
      });
    /** In units of 10^-30, so that a product of three rates is whole. */
    const scaled = (text: string, digits: number): bigint => {
      const [whole = '', fraction = ''] = text.split('.');
      return BigInt(whole + fraction.padEnd(digits, '0'));
    };
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 3 }), (rates) => {
        const product = rates.reduce((all, one) => all * scaled(one, 10), 10n ** BigInt(10 * (3 - rates.length)));
        const cross = crossRate(rates);
        if (cross === null) {
          expect(product < 10n ** 20n || product >= 10n ** 41n).toBe(true);
          return;
        }
        expect(parseRate(cross)).toEqual({ ok: true, value: cross });
        const whole = cross.split('.')[0]?.replace(/^0$/, '') ?? '';
        const step = 10n ** BigInt(30 - Math.min(10, 11 - whole.length));
        expect(scaled(cross, 30) <= product && product < scaled(cross, 30) + step).toBe(true);
      }),
    );
  });
});

describe('convert: table', () => {
  test.each([
    // fixed side, source, target, rate, fixed amount, source minor, target minor, residue
    ['source', 'KZT', 'CNY', '0.0135', 10_000_00n, 10_000_00n, 135_00n, '0'],
    ['source', 'KZT', 'CNY', '0.0135', 123_45n, 123_45n, 1_67n, '-0.3425'],
    ['target', 'KZT', 'CNY', '0.0135', 135_00n, 10_000_00n, 135_00n, '0'],
    ['target', 'KZT', 'CNY', '0.0135', 1_00n, 74_07n, 1_00n, '0.40740740740740740741'],
    ['source', 'JPY', 'KZT', '3.1', 1n, 1n, 3_10n, '0'],
    ['source', 'KZT', 'JPY', '0.3225', 1_000_00n, 1_000_00n, 322n, '0.5'],
    ['source', 'KZT', 'JPY', '0.3235', 1_000_00n, 1_000_00n, 324n, '-0.5'],
    ['target', 'KZT', 'JPY', '0.3', 1n, 3_33n, 1n, '0.33333333333333333333'],
    ['source', 'KWD', 'CNY', '23.4567', 1n, 1n, 2n, '0.34567'],
    ['source', 'CNY', 'KWD', '0.0425', 1_00n, 1_00n, 42n, '0.5'],
    ['target', 'JPY', 'KWD', '0.002', 1_000n, 500n, 1_000n, '0'],
    ['source', 'KWD', 'JPY', '490.5', 1_000n, 1_000n, 490n, '0.5'],
  ] as const)(
    '%s %s→%s at %s of %s',
    (fixedSide, sourceCurrency, targetCurrency, rate, amountMinor, source, target, residue) => {
      expect(convert({ fixedSide, sourceCurrency, targetCurrency, rate: rateOf(rate), amountMinor })).toEqual({
        ok: true,
        value: { sourceAmountMinor: source, targetAmountMinor: target, residue },
      });
    },
  );

  test.each([
    ['source', 'KZT', 'CNY', '0.0135', 0n, 'AMOUNT_ZERO'],
    ['source', 'KZT', 'CNY', '0.0135', -1n, 'AMOUNT_ZERO'],
    ['source', 'KZT', 'CNY', '0.0135', 37n, 'AMOUNT_ZERO'],
    ['source', 'KZT', 'CNY', '0.5', 1n, 'AMOUNT_ZERO'],
    ['target', 'KZT', 'CNY', '10', 1n, 'AMOUNT_ZERO'],
    ['source', 'KZT', 'CNY', '1', 10n ** 18n, 'AMOUNT_TOO_LARGE'],
    ['source', 'KZT', 'CNY', '10', 10n ** 17n, 'AMOUNT_TOO_LARGE'],
    ['source', 'JPY', 'KWD', '1', 10n ** 15n, 'AMOUNT_TOO_LARGE'],
    ['target', 'KZT', 'CNY', '0.0000000001', 10n ** 8n, 'AMOUNT_TOO_LARGE'],
    ['source', 'XXX', 'CNY', '1', 1n, 'PAIR_NOT_TRADED'],
    ['source', 'CNY', 'ABC', '1', 1n, 'PAIR_NOT_TRADED'],
  ] as const)('%s %s→%s at %s of %s is %s', (fixedSide, sourceCurrency, targetCurrency, rate, amountMinor, code) => {
    const converted = convert({ fixedSide, sourceCurrency, targetCurrency, rate: rateOf(rate), amountMinor });
    expect(converted).toMatchObject({ ok: false, error: { code } });
  });

  test('the greatest amounts of 18 digits are converted', () => {
    const amountMinor = 10n ** 18n - 1n;
    const input = { sourceCurrency: 'KZT', targetCurrency: 'CNY', rate: rateOf('1'), amountMinor } as const;
    for (const fixedSide of ['source', 'target'] as const) {
      expect(convert({ ...input, fixedSide })).toEqual({
        ok: true,
        value: { sourceAmountMinor: amountMinor, targetAmountMinor: amountMinor, residue: '0' },
      });
    }
  });
});

describe('convert: against rational arithmetic on bigint', () => {
  const EXPONENTS = { JPY: 0, KZT: 2, CNY: 2, KWD: 3 } as const;
  const currency = fc.constantFrom<keyof typeof EXPONENTS>('JPY', 'KZT', 'CNY', 'KWD');
  const rate = fc
    .record({ digits: fc.bigInt(1n, 10n ** 11n - 1n), decimals: fc.integer({ min: 0, max: 10 }) })
    .map(({ digits, decimals }) => {
      const text = digits.toString().padStart(decimals + 1, '0');
      return rateOf(decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`);
    });
  const amountMinor = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, 10n ** 18n - 1n));
  const inputs = fc.record({
    sourceCurrency: currency,
    targetCurrency: currency,
    rate,
    fixedSide: fc.constantFrom('source' as const, 'target' as const),
    amountMinor,
  });

  /** numerator / denominator, the exact computed side in minor units. */
  const exactly = (input: ConversionInput): { numerator: bigint; denominator: bigint } => {
    const [whole = '', fraction = ''] = input.rate.split('.');
    const source = EXPONENTS[input.sourceCurrency as keyof typeof EXPONENTS];
    const target = EXPONENTS[input.targetCurrency as keyof typeof EXPONENTS];
    const up = BigInt(whole + fraction) * 10n ** BigInt(target);
    const down = 10n ** BigInt(fraction.length) * 10n ** BigInt(source);
    return input.fixedSide === 'source'
      ? { numerator: input.amountMinor * up, denominator: down }
      : { numerator: input.amountMinor * down, denominator: up };
  };
  const halfEven = (numerator: bigint, denominator: bigint): bigint => {
    const floor = numerator / denominator;
    const twice = 2n * (numerator - floor * denominator);
    if (twice === denominator) return floor + (floor % 2n);
    return twice > denominator ? floor + 1n : floor;
  };
  const scaled = (decimal: string): bigint => {
    const negative = decimal.startsWith('-');
    const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
    const value = BigInt(whole + fraction.padEnd(20, '0'));
    return negative ? -value : value;
  };

  test('the computed side is the exact quotient rounded once, half to even; the residue is what was cut', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { numerator, denominator } = exactly(input);
        const expected = halfEven(numerator, denominator);
        const converted = convert(input);
        if (!converted.ok) {
          expect(expected === 0n || expected >= 10n ** 18n).toBe(true);
          expect(converted.error.code).toBe(expected === 0n ? 'AMOUNT_ZERO' : 'AMOUNT_TOO_LARGE');
          return;
        }
        const { sourceAmountMinor, targetAmountMinor, residue } = converted.value;
        const [fixed, computed] =
          input.fixedSide === 'source'
            ? [sourceAmountMinor, targetAmountMinor]
            : [targetAmountMinor, sourceAmountMinor];
        expect(fixed).toBe(input.amountMinor);
        expect(computed).toBe(expected);
        const exactResidue = (numerator - expected * denominator) * 10n ** 20n;
        const residueError = scaled(residue) * denominator - exactResidue;
        expect(2n * (residueError < 0n ? -residueError : residueError)).toBeLessThanOrEqual(denominator);
        if (input.fixedSide === 'source') expect(residueError).toBe(0n);
        expect(scaled(residue) <= 5n * 10n ** 19n && scaled(residue) >= -5n * 10n ** 19n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('both directions agree: what a target costs, sent, delivers that target up to the rounding of one source unit', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const there = convert({ ...input, fixedSide: 'target' });
        if (!there.ok) return;
        const back = convert({ ...input, fixedSide: 'source', amountMinor: there.value.sourceAmountMinor });
        const { numerator, denominator } = exactly({ ...input, fixedSide: 'source', amountMinor: 1n });
        // Half a source unit is worth numerator / 2 denominator target units; the second rounding adds half a unit.
        const allowed = numerator / (2n * denominator) + 1n;
        if (!back.ok && back.error.code === 'AMOUNT_TOO_LARGE') return;
        const difference = (back.ok ? back.value.targetAmountMinor : 0n) - input.amountMinor;
        expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 500 },
    );
  });
});
