import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import { merkleLeaf, merkleNode, merkleRootOf } from '../kernel/merkle.js';
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
  /** Whether the register has this key as a co-signer's of this ledger, valid from `from` to `until` (milliseconds). */
  isCoSigner(keyId: string | undefined, ledger: LedgerCode, from: number, until: number): boolean;
  /** Public-key operations done so far: one per batch whose statements were shown. */
  readonly counts: { publicKeyOperations: number };
}

/**
 * Verification of attestations. What was found about a batch is kept (oldest batch first out, at most `cacheMax`
 * batches): its signed root, and the nodes of its tree that were shown, so that a batch costs one public-key
 * operation and about two hashes a statement however many of its statements are shown.
 *
 * The key must be valid at the time that the statement names: a certificate stays good after its keys expired, or one
 * leg could settle and the other not.
 */
export function createVerifier(keys: KeyRegister, cacheMax = 256): Verifier {
  const batches = new Map<string, KnownBatch>();
  // A statement is shown several times as the same object, which nobody changes: it is judged once per key record.
  const believed = new WeakMap<Attestation, PvpKeyRecord>();
  const counts = { publicKeyOperations: 0 };

  const isSigned = (item: Attestation, key: PvpKeyRecord): boolean => {
    // The key's own bytes are part of the name: a key replaced under its id must not inherit what the old one signed.
    const signedBy = Buffer.from(key.publicKey).toString('latin1');
    const id = `${item.type}|${signedBy}|${item.count}|${Buffer.from(item.signature).toString('latin1')}`;
    const known = batches.get(id);
    if (known && isInTree(known, item)) return true;
    const root = merkleRootOf(item.leaf, item.index, item.count, item.path);
    if (root === null) return false;
    if (known && equalBytes(known.root, root)) {
      learn(known, item);
      return true;
    }
    counts.publicKeyOperations += 1;
    const message = signedRoot(item.type, item.count, root);
    if (!verifySignature(key.suite, key.publicKey, message, item.signature)) return false;
    const batch: KnownBatch = { root, nodes: new Map() };
    learn(batch, item);
    batches.set(id, batch);
    if (batches.size > cacheMax) batches.delete(batches.keys().next().value as string);
    return true;
  };

  const check = <T extends { ledger: LedgerCode }>(
    type: MessageType,
    role: PvpKeyRecord['role'],
    item: Attestation,
    read: (leaf: Uint8Array) => Result<T, Refusal>,
    at: (value: T) => number,
  ): Result<Verified<T>, Refusal> => {
    if (item.type !== type) return err(refusal('CERTIFICATE_INVALID', type));
    const value = readOnce(item, read);
    if (!value.ok) return value;
    const key = keys.key(item.keyId);
    if (key?.role !== role || key.owner !== value.value.ledger || !keyIsValidAt(key, at(value.value))) {
      return err(refusal('KEY_UNKNOWN', item.keyId));
    }
    if (believed.get(item) !== key) {
      if (!isSigned(item, key)) return err(refusal('CERTIFICATE_INVALID', type));
      believed.set(item, key);
    }
    return ok({ value: value.value, attestation: item });
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

/** Nodes of a tree whose root is signed, by level and place. */
interface KnownBatch {
  readonly root: Uint8Array;
  readonly nodes: Map<number, Uint8Array>;
}

const place = (level: number, at: number): number => level * 2 ** 32 + at;

/**
 * Whether the leaf hangs under a known node and the rest of its path is what the tree has there. The rest is compared
 * too: what is kept as evidence must verify on its own, elsewhere.
 */
function isInTree(batch: KnownBatch, item: Attestation): boolean {
  if (!(Number.isSafeInteger(item.index) && item.index >= 0 && item.index < item.count)) return false;
  const climbed: [number, Uint8Array][] = [];
  let hash: Uint8Array | null = merkleLeaf(item.leaf);
  let at = item.index;
  let last = item.count - 1;
  let used = 0;
  for (let level = 0; ; level += 1) {
    const known = hash === null ? null : batch.nodes.get(place(level, at));
    if (hash !== null && known) {
      if (!equalBytes(known, hash)) return false;
      hash = null;
    } else if (hash !== null) climbed.push([place(level, at), hash]);
    if (last === 0) break;
    const isRight = at % 2 === 1;
    if (isRight || at < last) {
      const sibling = item.path[used++];
      if (sibling?.length !== 32) return false;
      const there = place(level, isRight ? at - 1 : at + 1);
      if (hash !== null) {
        climbed.push([there, sibling]);
        hash = isRight ? merkleNode(sibling, hash) : merkleNode(hash, sibling);
      } else {
        const expected = batch.nodes.get(there);
        if (!expected || !equalBytes(expected, sibling)) return false;
      }
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (hash !== null || used !== item.path.length) return false;
  for (const [where, node] of climbed) batch.nodes.set(where, node);
  return true;
}

/** Keeps the nodes that lead from a checked leaf to the root, and their siblings. */
function learn(batch: KnownBatch, item: Attestation): void {
  let hash: Uint8Array = merkleLeaf(item.leaf);
  let at = item.index;
  let last = item.count - 1;
  let used = 0;
  for (let level = 0; ; level += 1) {
    batch.nodes.set(place(level, at), hash);
    if (last === 0) return;
    const isRight = at % 2 === 1;
    const sibling = isRight || at < last ? item.path[used++] : undefined;
    if (sibling) {
      batch.nodes.set(place(level, isRight ? at - 1 : at + 1), sibling);
      hash = isRight ? merkleNode(sibling, hash) : merkleNode(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
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
  const vote = attestation.type === 'vote' ? readOnce(attestation, readVote) : null;
  return vote?.ok ? vote.value.ledger : null;
}
