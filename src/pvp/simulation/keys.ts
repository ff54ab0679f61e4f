import { equalBytes, sha256 } from '../../kernel/hash.js';
import type { Signer } from '../../kernel/signature.js';
import type { VerifySignature } from '../../ledger/chain.js';

/**
 * Signatures that cost one hash, so that a simulation spends its time on the protocol. They are as good as real ones
 * towards parties that only ever sign with keys of their own; none of the simulation's parties forges.
 */
const signatureOf = (publicKey: Uint8Array, message: Uint8Array): Buffer => sha256(publicKey, message);

export function createSimulatedSigner(keyId: string): Signer {
  const publicKey = sha256('simulated key ', keyId);
  return { keyId, suite: 'ed25519', publicKey, sign: (message) => signatureOf(publicKey, message) };
}

export const verifySimulated: VerifySignature = (_suite, publicKey, message, signature) =>
  equalBytes(signatureOf(publicKey, message), signature);
