import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord } from '../kernel/signature.js';
import { verifySignature } from '../kernel/suites.js';
import type { VerifySignature } from '../ledger/chain.js';
import {
  type Applied,
  type Attestation,
  type MessageType,
  type Receipt,
  readApplied,
  readReceipt,
  readVote,
  rootOfMade,
  signedRoot,
  type Vote,
} from './attestation.js';
import { createKnownTrees } from './known-trees.js';
import type { PvpTerms } from './terms.js';

/** A key of a jurisdiction; `owner` is the ledger code. A ledger key never votes and a co-signer never receipts. */
export interface PvpKeyRecord extends PublicKeyRecord {
  /** `confirmer` is the oracle of the domestic ledger, which has no part in payments between ledgers. */
  readonly role: 'ledger' | 'cosigner' | 'confirmer';
}

/** The keys that a party trusts, by key id. */
export interface KeyRegister {
  key(keyId: string): PvpKeyRecord | undefined;
}

/** A statement whose signature, key, role and time were checked, with its proof. */
export interface Verified<T> {
  readonly value: T;
  readonly attestation: Attestation;
}

/** Checks statements. A refusal is `KEY_UNKNOWN` (unknown, of another role or owner, not valid then) or `CERTIFICATE_INVALID`. */
export interface Verifier {
  receipt(attestation: Attestation): Result<Verified<Receipt>, Refusal>;
  vote(attestation: Attestation): Result<Verified<Vote>, Refusal>;
  applied(attestation: Attestation): Result<Verified<Applied>, Refusal>;
  /** Whether the register has this key as a co-signer's of this ledger, valid from `from` to `until` (milliseconds). */
  isCoSigner(keyId: string | undefined, ledger: LedgerCode, from: number, until: number): boolean;
  /** Public-key operations done so far: one per batch whose statements were shown. */
  readonly counts: { publicKeyOperations: number };
}

/**
 * Verification of attestations. A batch costs one public-key operation; of a batch that was signed in this process the
 * root is known, of any other it takes about two hashes a statement ({@link createKnownTrees}, at most `cacheMax`).
 *
 * The key must be valid at the time that the statement names: a certificate stays good after its keys expired, or one
 * leg could settle and the other not.
 */
export function createVerifier(
  keys: KeyRegister,
  cacheMax = 256,
  isSignature: VerifySignature = verifySignature,
): Verifier {
  const trees = createKnownTrees(cacheMax);
  // A batch that was signed in this process shares one signature object, and a statement is shown several times as the
  // same object: nobody changes either.
  const signedHere = new WeakMap<Uint8Array, SignedRoot>();
  const believed = new WeakMap<Attestation, { key: PvpKeyRecord; verified: Result<Verified<unknown>, never> }>();
  const counts = { publicKeyOperations: 0 };

  const isRootSigned = ({ type, count, signature }: Attestation, key: PvpKeyRecord, root: Uint8Array): boolean => {
    counts.publicKeyOperations += 1;
    return isSignature(key.suite, key.publicKey, signedRoot(type, count, root), signature);
  };
  const isSigned = (item: Attestation, key: PvpKeyRecord): boolean => {
    const { type, count, signature } = item;
    const root = rootOfMade(item);
    if (root) {
      const known = signedHere.get(signature);
      // The key's own bytes count: a key replaced under its id must not inherit what the old one signed.
      const isKnown =
        known?.root === root &&
        known.type === type &&
        known.count === count &&
        known.key.suite === key.suite &&
        equalBytes(known.key.publicKey, key.publicKey);
      if (isKnown) return true;
      if (!isRootSigned(item, key, root)) return false;
      signedHere.set(signature, { key, type, count, root });
      return true;
    }
    const signedBy = Buffer.from(key.publicKey).toString('latin1');
    const name = `${type}|${signedBy}|${count}|${Buffer.from(signature).toString('latin1')}`;
    return trees.accepts(name, item, (found) => isRootSigned(item, key, found));
  };

  const check = <T extends { ledger: LedgerCode }>(
    type: MessageType,
    role: PvpKeyRecord['role'],
    item: Attestation,
    read: (leaf: Uint8Array) => Result<T, Refusal>,
    at: (value: T) => number,
  ): Result<Verified<T>, Refusal> => {
    if (item.type !== type) return err(refusal('CERTIFICATE_INVALID', type));
    const key = keys.key(item.keyId);
    const known = believed.get(item);
    // The statement's type alone decides how it was read, and with the same record its owner and time fit as before.
    if (known && known.key === key) return known.verified as Result<Verified<T>, never>;
    const value = readOnce(item, read);
    if (!value.ok) return value;
    if (key?.role !== role || key.owner !== value.value.ledger || !keyIsValidAt(key, at(value.value))) {
      return err(refusal('KEY_UNKNOWN', item.keyId));
    }
    if (!isSigned(item, key)) return err(refusal('CERTIFICATE_INVALID', type));
    const verified = ok({ value: value.value, attestation: item });
    believed.set(item, { key, verified });
    return verified;
  };

  return {
    counts,
    isCoSigner: (keyId, ledger, from, until) => {
      const key = keyId === undefined ? undefined : keys.key(keyId);
      return key?.role === 'cosigner' && key.owner === ledger && [from, until].every((at) => keyIsValidAt(key, at));
    },
    receipt: (item) => check('receipt', 'ledger', item, readReceipt, (receipt) => receipt.heldAt),
    vote: (item) => check('vote', 'cosigner', item, readVote, (vote) => vote.decidedAt),
    applied: (item) => check('applied', 'ledger', item, readApplied, (applied) => applied.endedAt),
  };
}

/** What a signature was found good for. */
interface SignedRoot {
  readonly key: PvpKeyRecord;
  readonly type: MessageType;
  readonly count: number;
  readonly root: Uint8Array;
}

const leaves = new WeakMap<Attestation, unknown>();

/** What the leaf says, read once per statement: a pure function of bytes that nobody changes. */
function readOnce<T>(item: Attestation, read: (leaf: Uint8Array) => Result<T, Refusal>): Result<T, Refusal> {
  // The type was compared before, and it alone decides how a leaf is read.
  const known = leaves.get(item) as Result<T, Refusal> | undefined;
  if (known) return known;
  const value = read(item.leaf);
  leaves.set(item, value);
  return value;
}

/** SHA-256 over the receipt leaves in leg order: what a COMMIT says it has seen. */
export const receiptsHash = (leaves: readonly Uint8Array[]): Buffer => sha256('otkel/pvp/receipts/v1', ...leaves);

/**
 * The certificate in leg order, or `null`: one COMMIT from every jurisdiction, all for this one terms hash, each by
 * the co-signer key that the terms name. `votes` are verified already.
 */
export function certificateOf(
  terms: PvpTerms,
  termsHash: Uint8Array,
  votes: readonly Verified<Vote>[],
): Verified<Vote>[] | null {
  const certificate: Verified<Vote>[] = [];
  for (const [i, leg] of terms.legs.entries()) {
    const vote = votes.find((item) => isCommitOf(item, leg.ledger, terms.coSignerKeyIds[i], termsHash));
    if (!vote) return null;
    certificate.push(vote);
  }
  return certificate;
}

/** A COMMIT of this ledger, by this key, for exactly these terms. */
export const isCommitOf = (
  item: Verified<Vote>,
  ledger: LedgerCode,
  keyId: string | undefined,
  termsHash: Uint8Array,
): boolean =>
  item.value.decision === 'COMMIT' &&
  item.value.ledger === ledger &&
  item.attestation.keyId === keyId &&
  equalBytes(item.value.termsHash, termsHash);

/** What a vote says, unchecked; null when the attestation is none. */
export function voteOf(attestation: Attestation): Vote | null {
  const vote = attestation.type === 'vote' ? readOnce(attestation, readVote) : null;
  return vote?.ok ? vote.value : null;
}

/** Whose vote an attestation says it is, unchecked; null when it is no vote. */
export const readVoter = (attestation: Attestation): LedgerCode | null => voteOf(attestation)?.ledger ?? null;
