import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { messageHash, sha256 } from '../../src/kernel/hash.js';

test('the hash of a message is SHA-256, at the first look and at every other', () => {
  const message = Buffer.from('<Document/>');
  const expected = createHash('sha256').update(message).digest();
  expect(sha256(message)).toEqual(expected);
  expect([messageHash(message), messageHash(message), messageHash(Buffer.from(message))]).toEqual([
    expected,
    expected,
    expected,
  ]);
  expect(messageHash(message.subarray(1))).toEqual(sha256(message.subarray(1)));
});
