import type { KeyObject } from 'node:crypto';
import type { Signer } from './signature.js';

/** Signature suites of co-signers, ledgers, providers and callers. Parameters and encodings: see {@link Signer}. */
export const SUITES = ['ed25519', 'p256', 'secp256k1'] as const;
export type SuiteName = (typeof SUITES)[number];
export const isSuite = (text: string): text is SuiteName => (SUITES as readonly string[]).includes(text);

export interface KeyPair {
  readonly suite: SuiteName;
  /** 32 bytes of secret: an RFC 8032 seed or a scalar. */
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export declare function generateKeyPair(suite: SuiteName, random: (count: number) => Uint8Array): KeyPair;
export declare function createSigner(keyId: string, suite: SuiteName, secretKey: Uint8Array): Signer;
/** False for anything that is not a strictly valid signature by an acceptable key; never throws. */
export declare function verifySignature(
  suite: SuiteName,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean;
export type KeyObjectCache = Map<string, KeyObject>;
