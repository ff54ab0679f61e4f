import type { RequestParts } from '../../../src/gateway/identity/http-signature.js';
import { type SigningRequest, signRequest } from '../../../src/gateway/identity/http-signature.js';
import type { PublicKeyRecord, Signer } from '../../../src/kernel/signature.js';
import { createSigner, generateKeyPair, type SuiteName } from '../../../src/kernel/suites.js';

export const NOW = 1_800_000_000_000;
export const OWNER = 'ALFAKZK0';

/** Bytes that differ by `seed` and never by run. */
export const fixedBytes =
  (seed: number) =>
  (count: number): Uint8Array =>
    new Uint8Array(count).fill(seed);

export function keyOf(suite: SuiteName, seed = 7): { signer: Signer; record: PublicKeyRecord } {
  const pair = generateKeyPair(suite, fixedBytes(seed));
  const keyId = `alfa-${suite}-${seed}`;
  return {
    signer: createSigner(keyId, suite, pair.secretKey),
    record: { keyId, owner: OWNER, suite, publicKey: pair.publicKey, validFrom: 0, validTo: null },
  };
}

export const REQUEST: RequestParts = {
  method: 'POST',
  path: '/v1/messages',
  query: '?wait=5',
  headers: { 'content-type': 'application/xml', 'otkel-quote-id': 'q-1', 'otkel-note': 'n', accept: '*/*' },
  body: Buffer.from('<Document/>'),
};

/** The request with the header fields that sign it. */
export function signed(signer: Signer, change: Partial<SigningRequest> = {}): RequestParts {
  const request = { ...REQUEST, signer, now: NOW, nonce: 'nonce-0000000001', lifeSeconds: 60, ...change };
  const { method, path, query, body } = request;
  return { method, path, query, body, headers: { ...request.headers, ...signRequest(request) } };
}
