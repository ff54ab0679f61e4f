import { expect, test } from 'vitest';
import { oncePerObject } from '../../src/kernel/once.js';

test('is computed once for an object, and again for an equal one', () => {
  let count = 0;
  const length = oncePerObject((bytes: Uint8Array) => {
    count += 1;
    return { length: bytes.length };
  });
  const bytes = Buffer.from('abc');
  expect(length(bytes)).toBe(length(bytes));
  expect(count).toBe(1);
  expect(length(Buffer.from('abc'))).toEqual({ length: 3 });
  expect(count).toBe(2);
});

test('what throws is tried again', () => {
  let count = 0;
  const refuse = oncePerObject((_bytes: Uint8Array): object => {
    count += 1;
    throw new RangeError('no');
  });
  const bytes = Buffer.alloc(1);
  expect(() => refuse(bytes)).toThrow('no');
  expect(() => refuse(bytes)).toThrow('no');
  expect(count).toBe(2);
});
