import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { createSigner, generateKeyPair, isPublicKey, verifySignature } from '../../src/kernel/suites.js';

type Ecdsa = 'p256' | 'secp256k1';

interface Vector {
  readonly suite: Ecdsa;
  readonly secretKey: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const file = new URL('../../fixtures/vectors/rfc6979.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] };

const CURVES = { p256, secp256k1 };
const scalar = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const encode = (value: bigint): Buffer => hex(value.toString(16).padStart(64, '0'));
const isHigh = (suite: Ecdsa, signature: Uint8Array): boolean =>
  scalar(signature.subarray(32)) > CURVES[suite].Point.Fn.ORDER >> 1n;
const flipS = (suite: Ecdsa, signature: Uint8Array): Buffer =>
  Buffer.concat([signature.subarray(0, 32), encode(CURVES[suite].Point.Fn.ORDER - scalar(signature.subarray(32)))]);

describe('RFC 6979 vectors, with the low one of the two values of s', () => {
  test.each(vectors)('$suite $message', ({ suite, secretKey, publicKey, message, signature: text }) => {
    const signature = isHigh(suite, hex(text)) ? flipS(suite, hex(text)) : hex(text);
    const bytes = Buffer.from(message);
    expect(Buffer.from(createSigner('k', suite, hex(secretKey)).publicKey).toString('hex')).toBe(publicKey);
    expect(Buffer.from(CURVES[suite].sign(bytes, hex(secretKey))).toString('hex')).toBe(signature.toString('hex'));
    expect(verifySignature(suite, hex(publicKey), bytes, signature)).toBe(true);
    expect(verifySignature(suite, hex(publicKey), bytes, flipS(suite, signature))).toBe(false);
    expect(verifySignature(suite, hex(publicKey), Buffer.from(`${message}.`), signature)).toBe(false);
  });
});

describe.each(['p256', 'secp256k1'] as const)('%s', (suite) => {
  const { secretKey, publicKey } = generateKeyPair(suite, (count) => randomBytes(count));
  const message = Buffer.from('pay 100');
  const order = CURVES[suite].Point.Fn.ORDER;
  const uncompressed = CURVES[suite].Point.fromBytes(publicKey).toBytes(false);
  const offCurve = (): Buffer => {
    for (let x = 1n; ; x++) {
      const candidate = Buffer.concat([hex('02'), encode(x)]);
      if (!CURVES[suite].utils.isValidPublicKey(candidate, true)) return candidate;
    }
  };

  test('signatures of the signer always have low s', () => {
    const signer = createSigner('k', suite, secretKey);
    const signatures = Array.from({ length: 32 }, () => signer.sign(message));
    expect(signatures.filter((signature) => isHigh(suite, signature))).toEqual([]);
    expect(signatures.every((signature) => verifySignature(suite, publicKey, message, signature))).toBe(true);
  });

  test.each([
    ['identity', hex('00')],
    ['identity, padded', Buffer.alloc(33)],
    ['uncompressed', Buffer.from(uncompressed)],
    ['no prefix', Buffer.from(publicKey).subarray(1)],
    ['wrong prefix', Buffer.concat([hex('05'), Buffer.from(publicKey).subarray(1)])],
    ['off the curve', offCurve()],
    ['x is the field prime or more', Buffer.concat([hex('02'), Buffer.alloc(32, 0xff)])],
    ['nothing', Buffer.alloc(0)],
  ])('key refused: %s', (_name, key) => {
    expect(isPublicKey(suite, key)).toBe(false);
    expect(verifySignature(suite, key, message, createSigner('k', suite, secretKey).sign(message))).toBe(false);
  });

  test.each([
    ['r = 0', 0n, 1n],
    ['s = 0', 1n, 0n],
    ['r = n', order, 1n],
    ['s = n', 1n, order],
    ['both all ones', (1n << 256n) - 1n, (1n << 256n) - 1n],
  ])('signature refused: %s', (_name, r, s) => {
    expect(verifySignature(suite, publicKey, message, Buffer.concat([encode(r), encode(s)]))).toBe(false);
  });

  test.each([
    ['0', 0n],
    ['n', order],
  ])('secret %s is refused', (_name, value) => {
    expect(() => createSigner('k', suite, encode(value))).toThrow(/is not a/);
  });

  test('a secret that is no scalar is drawn again', () => {
    const draws = [Buffer.alloc(32), encode(order), encode(5n)];
    expect(scalar(generateKeyPair(suite, () => draws.shift()!).secretKey)).toBe(5n);
  });

  test('a source of random bytes that never gives a scalar is a broken invariant', () => {
    expect(() => generateKeyPair(suite, () => Buffer.alloc(32))).toThrow(/invariant/);
  });
});
