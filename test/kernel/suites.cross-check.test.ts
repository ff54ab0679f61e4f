import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSigner, generateKeyPair, SUITES, type SuiteName, verifySignature } from '../../src/kernel/suites.js';

/** The other implementation, strict as ours is. */
const NOBLE: Record<SuiteName, { sign: typeof p256.sign; verify: typeof p256.verify }> = {
  ed25519: {
    sign: (message, secretKey) => ed25519.sign(message, secretKey),
    verify: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey, { zip215: false }),
  },
  p256,
  secp256k1,
};

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const keySeed = bytes(32).filter((seed) => seed.some((byte) => byte !== 0) && seed[0] !== 0xff);
const texts = fc.uint8Array({ maxLength: 300 });
const flip = (value: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(value);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = copy[at]! ^ (1 << (bit % 8));
  return copy;
};

describe.each(SUITES)('%s: OpenSSL and noble-curves agree', (suite) => {
  test('either verifies what the other signs', () => {
    fc.assert(
      fc.property(keySeed, texts, (seed, message) => {
        const pair = generateKeyPair(suite, () => seed);
        const ours = createSigner('k', suite, pair.secretKey).sign(message);
        const theirs = NOBLE[suite].sign(message, pair.secretKey);
        expect(NOBLE[suite].verify(ours, message, pair.publicKey)).toBe(true);
        expect(verifySignature(suite, pair.publicKey, message, theirs)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('both refuse a signature, message or key with one bit flipped', () => {
    fc.assert(
      fc.property(keySeed, texts, fc.nat(), fc.constantFrom('signature', 'message', 'key'), (seed, text, bit, part) => {
        const pair = generateKeyPair(suite, () => seed);
        const message = Uint8Array.from([...text, 1]);
        const signature = createSigner('k', suite, pair.secretKey).sign(message);
        const given = {
          signature: part === 'signature' ? flip(signature, bit) : signature,
          message: part === 'message' ? flip(message, bit) : message,
          key: part === 'key' ? flip(pair.publicKey, bit) : pair.publicKey,
        };
        expect(verifySignature(suite, given.key, given.message, given.signature)).toBe(false);
        let nobleAccepts = false;
        try {
          nobleAccepts = NOBLE[suite].verify(given.signature, given.message, given.key);
        } catch {
          // A key or signature it can't decode.
        }
        expect(nobleAccepts).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('nothing makes verification throw', () => {
    const anything = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(anything, anything, fc.oneof(anything, bytes(64)), (key, message, signature) => {
        expect(verifySignature(suite, key, message, signature)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
