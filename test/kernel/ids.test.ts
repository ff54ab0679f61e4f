import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bicKey, isBic, isUuidV4, isWalletId, uuidFromBytes } from '../../src/kernel/ids.js';

it.each([
  ['8d3b7d2e-5c1a-4b6f-9a2e-0f1e2d3c4b5a', true],
  ['8D3B7D2E-5C1A-4B6F-9A2E-0F1E2D3C4B5A', false],
  ['8d3b7d2e-5c1a-1b6f-9a2e-0f1e2d3c4b5a', false],
  ['8d3b7d2e-5c1a-4b6f-7a2e-0f1e2d3c4b5a', false],
  ['8d3b7d2e5c1a4b6f9a2e0f1e2d3c4b5a', false],
])('isUuidV4(%s) is %s', (text, expected) => {
  expect(isUuidV4(text)).toBe(expected);
});

it.each([
  ['ALTNKZ20', true],
  ['ALTNKZ20XXX', true],
  ['ALTNKZ2', false],
  ['altnkz20', false],
  ['ALTN1Z20', false],
  ['ALTNKZ20XX', false],
])('isBic(%s) is %s', (text, expected) => {
  expect(isBic(text)).toBe(expected);
});

it('bicKey folds only the head office branch', () => {
  expect([bicKey('ALTNKZ20XXX'), bicKey('ALTNKZ20'), bicKey('ALTNKZ20ABC')]).toEqual([
    'ALTNKZ20',
    'ALTNKZ20',
    'ALTNKZ20ABC',
  ]);
});

it('isWalletId bounds length and characters', () => {
  expect(['kz-w-1', '', 'a b', 'x'.repeat(65)].map(isWalletId)).toEqual([true, false, false, false]);
});

it('uuidFromBytes answers UUIDv4 text for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), (bytes) => {
      expect(isUuidV4(uuidFromBytes(bytes))).toBe(true);
    }),
  );
});
