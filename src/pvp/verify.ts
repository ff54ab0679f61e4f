import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import { merkleRootOf } from '../kernel/merkle.js';
import { err, ok, type Result } from '../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord } from '../kernel/signature.js';
import { verifySignature } from '../kernel/suites.js';
import {
  type Applied,
  type Attestation,
  type MessageType,
  type Receipt,
  readApplied,
  readReceipt,
  readVote,
  signedRoot,
  type Vote,
} from './attestation.js';
import type { PvpTerms } from './terms.js';

/** A key of a jurisdiction; `owner` is the ledger code. A ledger key never votes and a co-signer never receipts. */
export interface PvpKeyRecord extends PublicKeyRecord {
  readonly role: 'ledger' | 'cosigner';
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
  /** Public-key operations done so far: one per batch whose statements were shown. */
  readonly counts: { publicKeyOperations: number };
}

/**
 * Verification of attestations. The outcome for a signed root is kept (least recently used first out, at most
 * `cacheMax`), so that a batch costs one public-key operation however many of its statements are shown.
 *
 * The key must be valid at the time that the statement names: a certificate stays good after its keys expired, or one
 * leg could settle and the other not.
 */
export function createVerifier(keys: KeyRegister, cacheMax = 4_096): Verifier {
  const roots = new Map<string, boolean>();
  const counts = { publicKeyOperations: 0 };

  const rootIsSigned = (item: Attestation, root: Buffer, key: PvpKeyRecord): boolean => {
    const signature = Buffer.from(item.signature).toString('latin1');
    const id = `${item.type}|${item.keyId}|${item.count}|${root.toString('latin1')}|${signature}`;
    const known = roots.get(id);
    if (known !== undefined) {
      roots.delete(id);
      roots.set(id, known);
      return known;
    }
    counts.publicKeyOperations += 1;
    const message = signedRoot(item.type, item.count, root);
    const good = verifySignature(key.suite, key.publicKey, message, item.signature);
    roots.set(id, good);
    if (roots.size > cacheMax) roots.delete(roots.keys().next().value as string);
    return good;
  };

  const check = <T extends { ledger: LedgerCode }>(
    type: MessageType,
    role: PvpKeyRecord['role'],
    item: Attestation,
    read: (leaf: Uint8Array) => Result<T, Refusal>,
    at: (value: T) => number,
  ): Result<Verified<T>, Refusal> => {
    if (item.type !== type) return err(refusal('CERTIFICATE_INVALID', type));
    const value = read(item.leaf);
    if (!value.ok) return value;
    const key = keys.key(item.keyId);
    if (key?.role !== role || key.owner !== value.value.ledger || !keyIsValidAt(key, at(value.value))) {
      return err(refusal('KEY_UNKNOWN', item.keyId));
    }
    const root = merkleRootOf(item.leaf, item.index, item.count, item.path);
    if (root === null || !rootIsSigned(item, root, key)) return err(refusal('CERTIFICATE_INVALID', type));
    return ok({ value: value.value, attestation: item });
  };

  return {
    counts,
    receipt: (item) => check('receipt', 'ledger', item, readReceipt, (receipt) => receipt.heldAt),
    vote: (item) => check('vote', 'cosigner', item, readVote, (vote) => vote.decidedAt),
    applied: (item) => check('applied', 'ledger', item, readApplied, (applied) => applied.endedAt),
  };
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

/** Whose vote an attestation says it is, unchecked; null when it is no vote. */
export function readVoter(attestation: Attestation): LedgerCode | null {
  const vote = attestation.type === 'vote' ? readVote(attestation.leaf) : null;
  return vote?.ok ? vote.value.ledger : null;
}
