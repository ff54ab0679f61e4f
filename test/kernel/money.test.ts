import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, formatMinor, parseAmount } from '../../src/kernel/money.js';

describe('parseAmount', () => {
  it.each([
    ['12.34', 'KZT', 1234n],
    ['12', 'KZT', 1200n],
    ['12.3', 'KZT', 1230n],
    ['12.3400', 'KZT', 1234n],
    ['0.01', 'CNY', 1n],
    ['.5', 'CNY', 50n],
    ['5.', 'CNY', 500n],
    ['+5', 'CNY', 500n],
    ['0', 'CNY', 0n],
    ['150', 'JPY', 150n],
    ['150.00', 'JPY', 150n],
    ['1.234', 'KWD', 1234n],
    ['9999999999999999.99', 'KZT', 999_999_999_999_999_999n],
  ])('reads %s %s exactly', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, value: { minor, currency } });
  });

  it.each([
    ['12.345', 'KZT', 'TOO_MANY_DECIMALS'],
    ['1.5', 'JPY', 'TOO_MANY_DECIMALS'],
    ['1.2345', 'KWD', 'TOO_MANY_DECIMALS'],
    ['1', 'XYZ', 'UNKNOWN_CURRENCY'],
    ['1', 'XAU', 'UNKNOWN_CURRENCY'],
    ['', 'KZT', 'NOT_A_DECIMAL'],
    ['.', 'KZT', 'NOT_A_DECIMAL'],
    ['-1', 'KZT', 'NOT_A_DECIMAL'],
    ['1e3', 'KZT', 'NOT_A_DECIMAL'],
    ['1,5', 'KZT', 'NOT_A_DECIMAL'],
    [' 1', 'KZT', 'NOT_A_DECIMAL'],
    ['1'.repeat(41), 'KZT', 'NOT_A_DECIMAL'],
    ['10000000000000000', 'KZT', 'TOO_LARGE'],
  ])('refuses %s %s as %s', (text, currency, error) => {
    expect(parseAmount(text, currency)).toEqual({ ok: false, error });
  });

  it('reads back what formatMinor writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n - 1n), fc.constantFrom('KZT', 'CNY', 'JPY', 'KWD'), (minor, currency) => {
        expect(parseAmount(formatMinor(minor, currency), currency)).toEqual({ ok: true, value: { minor, currency } });
      }),
    );
  });
});

it.each([
  [-5n, 'KZT', '-0.05'],
  [5n, 'KWD', '0.005'],
  [5n, 'JPY', '5'],
])('formatMinor writes %s minor units of %s as %s', (minor, currency, text) => {
  expect(formatMinor(minor, currency)).toBe(text);
});

it('knows the exponents of ISO 4217', () => {
  expect(['KZT', 'CNY', 'JPY', 'KWD', 'XAU'].map(currencyExponent)).toEqual([2, 2, 0, 3, undefined]);
});
