import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import { createSigner, generateKeyPair, isPublicKey, verifySignature } from '../../src/kernel/suites.js';

interface Vector {
  readonly name: string;
  readonly secretKey: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const file = new URL('../../fixtures/vectors/rfc8032.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] };

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const toLittleEndian = (value: bigint): Buffer => hex(value.toString(16).padStart(64, '0')).reverse();
const fromLittleEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const challenge = (r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint =>
  fromLittleEndian(createHash('sha512').update(r).update(key).update(message).digest()) % L;

/** OpenSSL without our checks: shows which attacks they, and not it, stop. */
const opensslAccepts = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const key = Buffer.concat([hex('302a300506032b6570032100'), publicKey]);
  return verify(null, message, createPublicKey({ key, format: 'der', type: 'spki' }), signature);
};

const message = Buffer.from('pay 100');
const identity = hex(`01${'00'.repeat(31)}`);

describe('RFC 8032, 7.1', () => {
  test.each(vectors)('$name', ({ secretKey, publicKey, message: text, signature }) => {
    const signer = createSigner('k', 'ed25519', hex(secretKey));
    expect(Buffer.from(signer.publicKey).toString('hex')).toBe(publicKey);
    expect(Buffer.from(signer.sign(hex(text))).toString('hex')).toBe(signature);
    expect(verifySignature('ed25519', hex(publicKey), hex(text), hex(signature))).toBe(true);
    expect(ed25519.verify(hex(signature), hex(text), hex(publicKey), { zip215: false })).toBe(true);
  });
});

describe('strict verification', () => {
  const secretKey = generateKeyPair('ed25519', (count) => randomBytes(count)).secretKey;
  const { scalar, pointBytes, point } = ed25519.utils.getExtendedPublicKey(secretKey);

  test.each(ED25519_TORSION_SUBGROUP)('small-order key %s is refused', (encoded) => {
    const key = hex(encoded);
    const r = 77n;
    const signature = Buffer.concat([Point.BASE.multiply(r).toBytes(), toLittleEndian(r)]);
    expect(isPublicKey('ed25519', key)).toBe(false);
    expect(verifySignature('ed25519', key, message, signature)).toBe(false);
  });

  test('without the check, the small-order key 1 signs every message', () => {
    const signature = Buffer.concat([Point.BASE.multiply(77n).toBytes(), toLittleEndian(77n)]);
    expect(opensslAccepts(identity, message, signature)).toBe(true);
    expect(opensslAccepts(identity, Buffer.from('pay 999'), signature)).toBe(true);
  });

  test.each(ED25519_TORSION_SUBGROUP)('small-order R %s is refused', (encoded) => {
    const r = hex(encoded);
    const s = (challenge(r, pointBytes, message) * scalar) % L;
    expect(verifySignature('ed25519', pointBytes, message, Buffer.concat([r, toLittleEndian(s)]))).toBe(false);
  });

  test('without the check, R = 1 passes', () => {
    const s = (challenge(identity, pointBytes, message) * scalar) % L;
    expect(opensslAccepts(pointBytes, message, Buffer.concat([identity, toLittleEndian(s)]))).toBe(true);
  });

  test.each(ED25519_TORSION_SUBGROUP.filter((encoded) => !hex(encoded).equals(identity)))(
    'a key or an R with the torsion part %s is refused',
    (encoded) => {
      const torsion = Point.fromHex(encoded);
      expect(isPublicKey('ed25519', point.add(torsion).toBytes())).toBe(false);
      const r = Point.BASE.multiply(77n).add(torsion).toBytes();
      const s = (77n + challenge(r, pointBytes, message) * scalar) % L;
      const signature = Buffer.concat([r, toLittleEndian(s)]);
      // A cofactored verifier accepts it: the two readings of the RFC differ here.
      expect(ed25519.verify(signature, message, pointBytes, { zip215: true })).toBe(true);
      expect(verifySignature('ed25519', pointBytes, message, signature)).toBe(false);
    },
  );

  test('S + L is refused', () => {
    const signature = Buffer.from(createSigner('k', 'ed25519', secretKey).sign(message));
    expect(verifySignature('ed25519', pointBytes, message, signature)).toBe(true);
    const s = fromLittleEndian(signature.subarray(32)) + L;
    const malleable = Buffer.concat([signature.subarray(0, 32), toLittleEndian(s)]);
    expect(verifySignature('ed25519', pointBytes, message, malleable)).toBe(false);
  });

  test.each([
    ['y = p', `ed${'ff'.repeat(30)}7f`],
    ['y = p + 1', `ee${'ff'.repeat(30)}7f`],
    ['x = 0 with its sign bit', `01${'00'.repeat(30)}80`],
    ['not on the curve', `02${'00'.repeat(31)}`],
    ['31 bytes', '11'.repeat(31)],
    ['33 bytes', '11'.repeat(33)],
    ['nothing', ''],
  ])('a key with %s is refused', (_name, encoded) => {
    expect(isPublicKey('ed25519', hex(encoded))).toBe(false);
    expect(verifySignature('ed25519', hex(encoded), message, Buffer.alloc(64, 1))).toBe(false);
  });

  test.each([0, 63, 65, 128])('a signature of %d bytes is refused', (length) => {
    expect(verifySignature('ed25519', pointBytes, message, Buffer.alloc(length, 1))).toBe(false);
  });
});
