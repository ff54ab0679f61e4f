/**
 * Signature suites: Ed25519 (RFC 8032) and ECDSA with SHA-256 over P-256 and secp256k1 (FIPS 186-5, SEC 2).
 *
 * Public keys are decoded and judged by @noble/curves, once per key; signing and verifying then run in OpenSSL
 * (`node:crypto`). Both are held to the stricter reading, so that no two implementations can differ about a signature:
 * Ed25519 keys and R lie in the prime-order subgroup and are canonical, S < L; ECDSA has low s and keys are
 * compressed points on the curve.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { invariant } from './result.js';
import type { Signer, SuiteName } from './signature.js';

export { isSuite, SUITES, type SuiteName } from './signature.js';

export interface KeyPair {
  readonly suite: SuiteName;
  /** 32 bytes of secret: an RFC 8032 seed or a scalar. */
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

interface Suite {
  /** DER in front of the raw key: SubjectPublicKeyInfo (RFC 5480, RFC 8410) and PKCS #8. */
  readonly spkiPrefix: Buffer;
  readonly pkcs8Prefix: Buffer;
  readonly isSecretKey: (secretKey: Uint8Array) => boolean;
  readonly derivePublicKey: (secretKey: Uint8Array) => Uint8Array;
  /** Throws when the key is not acceptable; answers the key bytes that follow the SPKI prefix. */
  readonly acceptPublicKey: (publicKey: Uint8Array) => Uint8Array;
  readonly sign: (message: Uint8Array, key: KeyObject) => Uint8Array;
  readonly verify: (message: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;
  /** The one accepted form of a 64-byte signature that may have another. */
  readonly normalise: (signature: Uint8Array) => Uint8Array;
}

const SECRET_LENGTH = 32;
const SIGNATURE_LENGTH = 64;

const ED25519_SMALL_ORDER = new Set(ED25519_TORSION_SUBGROUP);

const ed25519Suite: Suite = {
  spkiPrefix: Buffer.from('302a300506032b6570032100', 'hex'),
  pkcs8Prefix: Buffer.from('302e020100300506032b657004220420', 'hex'),
  isSecretKey: (secretKey) => secretKey.length === SECRET_LENGTH,
  derivePublicKey: (secretKey) => ed25519.getPublicKey(secretKey),
  acceptPublicKey: (publicKey) => {
    const point = ed25519.Point.fromBytes(publicKey, false);
    // A key with a torsion part makes cofactored and cofactorless verifiers disagree; a small-order one signs anything.
    if (point.isSmallOrder() || !point.isTorsionFree()) throw new Error('the key is outside the prime-order subgroup');
    return publicKey;
  },
  sign: (message, key) => sign(null, message, key),
  // OpenSSL compares the encoding of S·B − k·A with R, so a non-canonical R or one with torsion can't pass.
  verify: (message, key, signature) =>
    !ED25519_SMALL_ORDER.has(Buffer.from(signature.subarray(0, 32)).toString('hex')) &&
    verify(null, message, key, signature),
  normalise: (signature) => signature,
};

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes32 = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

function ecdsaSuite(curve: typeof p256 | typeof secp256k1, spkiPrefix: string, pkcs8Prefix: string): Suite {
  const order = curve.Point.Fn.ORDER;
  const halfOrder = toBytes32(order >> 1n);
  const isLow = (s: Uint8Array): boolean => Buffer.compare(s, halfOrder) <= 0;
  // (r, s) and (r, n − s) are both valid ECDSA; only the low one is accepted, so that a signature has one form.
  const normalise = (signature: Uint8Array): Uint8Array => {
    const s = toBigInt(signature.subarray(32));
    if (isLow(signature.subarray(32)) || s >= order) return signature;
    return Buffer.concat([signature.subarray(0, 32), toBytes32(order - s)]);
  };
  return {
    spkiPrefix: Buffer.from(spkiPrefix, 'hex'),
    pkcs8Prefix: Buffer.from(pkcs8Prefix, 'hex'),
    isSecretKey: (secretKey) => secretKey.length === SECRET_LENGTH && curve.utils.isValidSecretKey(secretKey),
    derivePublicKey: (secretKey) => curve.getPublicKey(secretKey, true),
    acceptPublicKey: (publicKey) => {
      if (publicKey.length !== 33) throw new Error('the key is not a compressed point');
      return curve.Point.fromBytes(publicKey).toBytes(false);
    },
    sign: (message, key) => normalise(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })),
    normalise,
    verify: (message, key, signature) =>
      isLow(signature.subarray(32)) && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature),
  };
}

const SUITE: Readonly<Record<SuiteName, Suite>> = {
  ed25519: ed25519Suite,
  p256: ecdsaSuite(
    p256,
    '3059301306072a8648ce3d020106082a8648ce3d030107034200',
    '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  ),
  secp256k1: ecdsaSuite(
    secp256k1,
    '3056301006072a8648ce3d020106052b8104000a034200',
    '303e020100301006072a8648ce3d020106052b8104000a042730250201010420',
  ),
};

/** A new key pair; `random` answers `count` unpredictable bytes. */
export function generateKeyPair(suite: SuiteName, random: (count: number) => Uint8Array): KeyPair {
  const { isSecretKey, derivePublicKey } = SUITE[suite];
  let secretKey = random(SECRET_LENGTH);
  // Scalars of 0 or >= n turn up once in 2^32 draws (p256) or less; a source that goes on doing so is broken.
  for (let draw = 1; !isSecretKey(secretKey); draw++) {
    invariant(draw < 16, 'the source of random bytes answers secret keys');
    secretKey = random(SECRET_LENGTH);
  }
  return { suite, secretKey, publicKey: derivePublicKey(secretKey) };
}

/** A signer over a secret in memory. Throws when the secret is not a key of the suite. */
export function createSigner(keyId: string, suite: SuiteName, secretKey: Uint8Array): Signer {
  const { isSecretKey, derivePublicKey, pkcs8Prefix, sign: signMessage } = SUITE[suite];
  if (!isSecretKey(secretKey)) throw new Error(`the secret of ${keyId} is not a ${suite} key`);
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secretKey]), format: 'der', type: 'pkcs8' });
  return { keyId, suite, publicKey: derivePublicKey(secretKey), sign: (message) => signMessage(message, key) };
}

const CACHED_KEYS_MAX = 4096;
/** Least recently used first. `null` remembers a refused key. */
const keyCache = new Map<string, KeyObject | null>();

function importPublicKey(suite: SuiteName, publicKey: Uint8Array): KeyObject | null {
  const { acceptPublicKey, spkiPrefix } = SUITE[suite];
  try {
    const raw = acceptPublicKey(publicKey);
    return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function publicKeyObject(suite: SuiteName, publicKey: Uint8Array): KeyObject | null {
  if (publicKey.length > 33) return null;
  const name = suite + Buffer.from(publicKey).toString('latin1');
  let key = keyCache.get(name);
  if (key === undefined) key = importPublicKey(suite, publicKey);
  else keyCache.delete(name);
  keyCache.set(name, key);
  if (keyCache.size > CACHED_KEYS_MAX) keyCache.delete(keyCache.keys().next().value as string);
  return key;
}

/** True for a public key this suite accepts: right length, canonical, on the curve, of prime order. */
export const isPublicKey = (suite: SuiteName, publicKey: Uint8Array): boolean =>
  publicKeyObject(suite, publicKey) !== null;

/**
 * The form of a signature that {@link verifySignature} accepts: ECDSA signers elsewhere answer high s half of the time.
 * For signatures of outsiders, where they come in; one that we or a co-signer made is never changed.
 */
export const normaliseSignature = (suite: SuiteName, signature: Uint8Array): Uint8Array =>
  signature.length === SIGNATURE_LENGTH ? SUITE[suite].normalise(signature) : signature;

interface GoodSignature {
  readonly suite: SuiteName;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
}

const REMEMBERED_MAX = 1024;
/**
 * The last signatures that were found good, oldest first. Whether one is good never changes, and in one process several
 * parties look at the same one: the gateway and each jurisdiction. Copies, so that nobody's buffer can change them.
 */
const remembered = new Map<string, GoodSignature>();

function remember(name: string, { suite, publicKey, message }: GoodSignature): void {
  remembered.set(name, { suite, publicKey: Buffer.from(publicKey), message: Buffer.from(message) });
  if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value as string);
}

const isSame = (a: GoodSignature, b: GoodSignature): boolean =>
  a.suite === b.suite && Buffer.compare(a.publicKey, b.publicKey) === 0 && Buffer.compare(a.message, b.message) === 0;

/** False for anything that is not a strictly valid signature by an acceptable key; never throws. */
export function verifySignature(
  suite: SuiteName,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  const name = Buffer.from(signature.buffer, signature.byteOffset, SIGNATURE_LENGTH).toString('latin1');
  const claimed = { suite, publicKey, message };
  const known = remembered.get(name);
  if (known !== undefined && isSame(known, claimed)) return true;
  const key = publicKeyObject(suite, publicKey);
  if (key === null) return false;
  try {
    const isGood = SUITE[suite].verify(message, key, signature);
    if (isGood) remember(name, claimed);
    return isGood;
  } catch {
    return false;
  }
}
