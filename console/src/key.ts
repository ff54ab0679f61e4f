/** A key file as `otkel keygen` writes it, and signatures with it. The secret stays in this page's memory. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { isSuite, type SuiteName } from '../../src/kernel/signature.js';

export interface Key {
  readonly keyId: string;
  readonly suite: SuiteName;
  readonly owner: string;
  /** Signs text that is ASCII; answers base64. */
  sign(text: string): string;
}

/** Why a file is no key: the message catalogue has a text for each. */
export type KeyFault = 'notJson' | 'publicHalf' | 'notAKey';

const SIGN: Readonly<Record<SuiteName, (message: Uint8Array, secret: Uint8Array) => Uint8Array>> = {
  ed25519: (message, secret) => ed25519.sign(message, secret),
  p256: (message, secret) => p256.sign(message, secret, { lowS: true }),
  secp256k1: (message, secret) => secp256k1.sign(message, secret, { lowS: true }),
};
const PUBLIC: Readonly<Record<SuiteName, (secret: Uint8Array) => Uint8Array>> = {
  ed25519: (secret) => ed25519.getPublicKey(secret),
  p256: (secret) => p256.getPublicKey(secret, true),
  secp256k1: (secret) => secp256k1.getPublicKey(secret, true),
};

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

export const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

/** `Content-Digest` of a body, SHA-256 (RFC 9530). */
export const contentDigest = (body: Uint8Array): string => `sha-256=:${base64(sha256(body))}:`;

/** Reads a key file; answers what is wrong with it. */
export function readKey(text: string): Key | KeyFault {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return 'notJson';
  }
  if (typeof fields !== 'object' || fields === null) return 'notJson';
  const { keyId, suite, owner, secretKey, publicKey } = fields as Record<string, unknown>;
  if (typeof keyId !== 'string' || typeof owner !== 'string' || typeof suite !== 'string' || !isSuite(suite))
    return 'notAKey';
  if (secretKey === undefined) return 'publicHalf';
  if (typeof secretKey !== 'string' || typeof publicKey !== 'string') return 'notAKey';
  try {
    const secret = bytesOfBase64(secretKey);
    if (base64(PUBLIC[suite](secret)) !== base64(bytesOfBase64(publicKey))) return 'notAKey';
    const encoder = new TextEncoder();
    return { keyId, suite, owner, sign: (message) => base64(SIGN[suite](encoder.encode(message), secret)) };
  } catch {
    return 'notAKey';
  }
}
