import { describe, expect, test } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import type { PublicKeyRecord, Signer } from '../../src/kernel/signature.js';
import { createSigner } from '../../src/kernel/suites.js';
import { createKnownTrees, type KnownTrees } from '../../src/pvp/known-trees.js';
import { encodeQuote, quoteHash } from '../../src/pvp/quote.js';
import {
  createLocalQuoteSigner,
  decodeQuoteSignature,
  encodeQuoteSignature,
  verifyQuote,
  verifyQuoteSignature,
} from '../../src/pvp/quote-signature.js';
import { providerKey, providerSigner, quoteId, sampleQuote, T0 } from './desk-fixture.js';

const lookupOf =
  (...keys: PublicKeyRecord[]) =>
  (keyId: string) =>
    keys.find((key) => key.keyId === keyId);
const lookup = lookupOf(providerKey);
const batch = (count: number) =>
  Array.from({ length: count }, (_, i) => encodeQuote(sampleQuote({ quoteId: quoteId(i) })));
const signBatch = async (bytes: readonly Uint8Array[], signer: Signer = providerSigner) =>
  (await createLocalQuoteSigner(signer).sign(bytes.map(quoteHash))) as Uint8Array[];

describe('a batch', () => {
  test.each([1, 2, 3, 7, 64])('of %i quotes: one use of the key, and each verifies alone', async (count) => {
    let uses = 0;
    const sign: Signer['sign'] = (message) => {
      uses += 1;
      return providerSigner.sign(message);
    };
    const counting: Signer = { ...providerSigner, sign };
    const bytes = batch(count);
    const signatures = await signBatch(bytes, counting);
    expect(uses).toBe(1);
    expect(signatures).toHaveLength(count);
    signatures.forEach((signature, i) => {
      expect(verifyQuoteSignature(quoteHash(bytes[i]!), signature, lookup, T0)).toEqual({
        ok: true,
        value: providerKey,
      });
    });
  });

  test('of none signs nothing', async () => {
    expect(await signBatch([])).toEqual([]);
  });

  test('in every suite', async () => {
    for (const suite of ['ed25519', 'p256', 'secp256k1'] as const) {
      const signer = createSigner('k', suite, Buffer.alloc(32, 9));
      const key = { ...providerKey, keyId: 'k', suite, publicKey: signer.publicKey };
      const [bytes] = batch(1);
      const [signature] = await signBatch([bytes!], signer);
      expect(verifyQuoteSignature(quoteHash(bytes!), signature!, lookupOf(key), T0).ok).toBe(true);
    }
  });
});

describe('verifyQuoteSignature refuses', () => {
  const refused = (detail: string) => ({ ok: false, error: { code: 'QUOTE_SIGNATURE_INVALID', detail } });
  const KEY = 'the key is not registered or not valid now';

  test('another quote, another place, a cut or strange path, a changed signature', async () => {
    const bytes = batch(5);
    const signatures = await signBatch(bytes);
    const hash = quoteHash(bytes[1]!);
    const parts = decodeQuoteSignature(signatures[1]!);
    const changed = Buffer.from(parts.rootSignature);
    changed[5]! ^= 1;
    const bad = [
      signatures[0]!,
      encodeQuoteSignature({ ...parts, index: 0 }),
      encodeQuoteSignature({ ...parts, index: 5 }),
      encodeQuoteSignature({ ...parts, index: -1 }),
      encodeQuoteSignature({ ...parts, count: 8 }),
      encodeQuoteSignature({ ...parts, path: parts.path.slice(1) }),
      encodeQuoteSignature({ ...parts, path: [...parts.path, Buffer.alloc(32)] }),
      encodeQuoteSignature({ ...parts, rootSignature: changed }),
      encodeQuoteSignature({ ...parts, rootSignature: Buffer.alloc(0) }),
    ];
    expect(verifyQuoteSignature(hash, signatures[1]!, lookup, T0).ok).toBe(true);
    for (const signature of bad) {
      expect(verifyQuoteSignature(hash, signature, lookup, T0)).toMatchObject({
        error: { code: 'QUOTE_SIGNATURE_INVALID' },
      });
    }
  });

  test('malformed bytes', async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    const malformed = refused('the signature is malformed');
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(100), signature!.subarray(1), signature!.subarray(0, -1)]) {
      expect(verifyQuoteSignature(quoteHash(bytes!), wrong, lookup, T0)).toEqual(malformed);
    }
    const parts = decodeQuoteSignature(signature!);
    const long = encodeQuoteSignature({ ...parts, path: Array.from({ length: 33 }, () => Buffer.alloc(32)) });
    expect(verifyQuoteSignature(quoteHash(bytes!), long, lookup, T0)).toEqual(malformed);
  });

  test('an unknown key, a key before and after its validity, also when its root is remembered', async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    const roots = createKnownTrees();
    const verify = (keys: typeof lookup, at: number) =>
      verifyQuoteSignature(quoteHash(bytes!), signature!, keys, at, roots);
    expect(verify(lookup, T0).ok).toBe(true);
    expect(verify(lookupOf(), T0)).toEqual(refused(KEY));
    expect(verify(lookup, providerKey.validFrom - 1)).toEqual(refused(KEY));
    expect(verify(lookup, providerKey.validTo!)).toEqual(refused(KEY));
  });

  test('what an earlier key of the same id signed, although its root is remembered', async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    const roots = createKnownTrees();
    expect(verifyQuoteSignature(quoteHash(bytes!), signature!, lookup, T0, roots).ok).toBe(true);
    const { publicKey } = createSigner('x', 'ed25519', Buffer.alloc(32, 8));
    const replaced = lookupOf({ ...providerKey, publicKey });
    expect(verifyQuoteSignature(quoteHash(bytes!), signature!, replaced, T0, roots)).toEqual(
      refused('the signature does not verify'),
    );
  });
});

describe('known trees', () => {
  const publicKeyOperations = () => {
    const roots = createKnownTrees();
    let count = 0;
    const counting: KnownTrees = {
      ...roots,
      accepts: (name, proof, isSigned) =>
        roots.accepts(name, proof, (root) => {
          count += 1;
          return isSigned(root);
        }),
    };
    return { counting, count: () => count };
  };

  test('a batch costs one public-key operation', async () => {
    const bytes = batch(16);
    const signatures = await signBatch(bytes);
    const { counting, count } = publicKeyOperations();
    bytes.forEach((quote, i) => {
      expect(verifyQuoteSignature(quoteHash(quote), signatures[i]!, lookup, T0, counting).ok).toBe(true);
    });
    expect(count()).toBe(1);
  });

  test('a root that failed is not remembered', async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    const parts = decodeQuoteSignature(signature!);
    const forged = encodeQuoteSignature({ ...parts, rootSignature: Buffer.alloc(64, 1) });
    const roots = createKnownTrees();
    for (let i = 0; i < 2; i++) {
      expect(verifyQuoteSignature(quoteHash(bytes!), forged, lookup, T0, roots).ok).toBe(false);
    }
  });

  test('the oldest is forgotten above the bound', () => {
    const trees = createKnownTrees(2);
    const proof = { leaf: Buffer.from('leaf'), index: 0, count: 1, path: [] };
    const isAsked = (name: string) => {
      let asked = false;
      trees.accepts(name, proof, () => {
        asked = true;
        return true;
      });
      return asked;
    };
    expect(['a', 'b', 'b', 'c', 'b', 'a'].map(isAsked)).toEqual([true, true, false, true, false, true]);
  });
});

describe('verifyQuote', () => {
  test("answers the quote that the provider's key signed", async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    expect(verifyQuote(bytes!, signature!, lookup, T0)).toEqual({
      ok: true,
      value: sampleQuote({ quoteId: quoteId(0) }),
    });
  });

  test("refuses a key of somebody else than the quote's provider, and bytes that are no quote", async () => {
    const [bytes] = batch(1);
    const [signature] = await signBatch([bytes!]);
    const notProvider = lookupOf({ ...providerKey, owner: 'BANKKZ20' as Bic });
    expect(verifyQuote(bytes!, signature!, notProvider, T0)).toEqual({
      ok: false,
      error: { code: 'QUOTE_SIGNATURE_INVALID', detail: 'the key is not the key of the provider' },
    });
    const noQuote = Buffer.from('no quote');
    const [over] = await signBatch([noQuote]);
    expect(verifyQuote(noQuote, over!, lookup, T0)).toEqual({
      ok: false,
      error: { code: 'QUOTE_SIGNATURE_INVALID', detail: 'the quote is malformed' },
    });
  });
});
