import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSigner, SUITES, verifySignature } from '../../src/kernel/suites.js';

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at % copy.length]! ^= 1 << (at % 8);
  return copy;
};

describe.each(SUITES)('%s: a signature that was found good', (suite) => {
  const signer = createSigner('k', suite, new Uint8Array(32).fill(7));
  const other = createSigner('o', suite, new Uint8Array(32).fill(8));

  test('is good again, and nothing near it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(10_000), (message, at) => {
        const signature = signer.sign(message);
        const verify = (key: Uint8Array, text: Uint8Array, signed: Uint8Array) =>
          verifySignature(suite, key, text, signed);
        for (let times = 0; times < 2; times += 1) expect(verify(signer.publicKey, message, signature)).toBe(true);
        expect(verify(signer.publicKey, flipped(message, at), signature)).toBe(false);
        expect(verify(signer.publicKey, message, flipped(signature, at))).toBe(false);
        expect(verify(other.publicKey, message, signature)).toBe(false);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test('is not good for a message that changed in its own buffer since', () => {
    const message = Buffer.from('pay 100');
    const signature = signer.sign(message);
    expect(verifySignature(suite, signer.publicKey, message, signature)).toBe(true);
    message.write('999', 4);
    expect(verifySignature(suite, signer.publicKey, message, signature)).toBe(false);
  });
});
