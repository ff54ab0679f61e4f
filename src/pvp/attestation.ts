import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { ERRORS, type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import { merkleTree } from '../kernel/merkle.js';
import { oncePerObject } from '../kernel/once.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Signer } from '../kernel/signature.js';
import { joinPath, splitPath } from './known-trees.js';

/**
 * Signed statements of a jurisdiction. A batch of statements of one type forms one Merkle tree whose root is signed
 * once; each statement travels with its own path and verifies offline, alone.
 */
export type MessageType = 'receipt' | 'vote' | 'applied';

/** RECEIPT: funds are reserved for exactly these terms. Signed by the ledger's key. */
export interface Receipt {
  readonly ledger: LedgerCode;
  readonly pvpId: Uetr;
  readonly termsHash: Uint8Array;
  readonly holdId: string;
  readonly heldAt: number;
}

export type Decision = 'COMMIT' | 'ABORT';

/**
 * VOTE: irrevocable, one per pvpId and co-signer. An ABORT counts for the pvpId whatever terms it names (none, when
 * the terms were never seen). Signed by the co-signer's key.
 */
export interface Vote {
  readonly ledger: LedgerCode;
  readonly pvpId: Uetr;
  /** 32 bytes; empty only in an ABORT. */
  readonly termsHash: Uint8Array;
  readonly decision: Decision;
  readonly reason: ErrorCode | null;
  /** Milliseconds: when the vote was journalled. */
  readonly decidedAt: number;
  /** SHA-256 over the receipts that the co-signer was shown, in leg order; empty in an ABORT. */
  readonly receiptsHash: Uint8Array;
}

/** APPLIED: the leg ended. Signed by the ledger's key. */
export interface Applied {
  readonly ledger: LedgerCode;
  readonly pvpId: Uetr;
  readonly termsHash: Uint8Array;
  readonly state: 'SETTLED' | 'RELEASED';
  /** Journal position of the transaction that ended the leg. */
  readonly blockSequence: bigint;
  readonly endedAt: number;
}

/** One statement with its proof: the leaf, its place in the batch's tree, and the signed root's key and signature. */
export interface Attestation {
  readonly type: MessageType;
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
  readonly keyId: string;
  readonly signature: Uint8Array;
}

const REASON = /^[A-Z][A-Z0-9_]{0,63}$/;

const domain = (type: MessageType): string => `otkel/pvp/${type}/v1`;

export const receiptLeaf = (receipt: Receipt): Buffer =>
  new ByteWriter()
    .text(domain('receipt'))
    .text(receipt.ledger)
    .text(receipt.pvpId)
    .bytes(receipt.termsHash)
    .text(receipt.holdId)
    .integer(receipt.heldAt)
    .finish();

export const voteLeaf = (vote: Vote): Buffer =>
  new ByteWriter()
    .text(domain('vote'))
    .text(vote.ledger)
    .text(vote.pvpId)
    .bytes(vote.termsHash)
    .text(vote.decision)
    .text(vote.reason ?? '')
    .integer(vote.decidedAt)
    .bytes(vote.receiptsHash)
    .finish();

export const appliedLeaf = (applied: Applied): Buffer =>
  new ByteWriter()
    .text(domain('applied'))
    .text(applied.ledger)
    .text(applied.pvpId)
    .bytes(applied.termsHash)
    .text(applied.state)
    .integer(applied.blockSequence)
    .integer(applied.endedAt)
    .finish();

/** What the batch's key signs: the domain of the type, the number of leaves, and the root. */
export const signedRoot = (type: MessageType, count: number, root: Uint8Array): Buffer =>
  new ByteWriter().text(domain(type)).integer(count).bytes(root).finish();

/** Signs a batch of leaves of one type with one signature. Answers one attestation per leaf, in order. */
export function attest(type: MessageType, leaves: readonly Uint8Array[], signer: Signer): Attestation[] {
  if (leaves.length === 0) return [];
  const tree = merkleTree(leaves);
  const { root } = tree;
  const signature = signer.sign(signedRoot(type, leaves.length, root));
  const { keyId } = signer;
  return leaves.map((leaf, index) => {
    const item = { type, leaf, index, count: leaves.length, path: tree.path(index), keyId, signature };
    made.set(item, root);
    return item;
  });
}

const made = new WeakMap<Attestation, Uint8Array>();

/**
 * The root that the path of an attestation leads to, where {@link attest} made this very object in this process (it
 * built the tree); undefined for any other, whose path must be climbed. Says nothing about the signature.
 */
export const rootOfMade = (item: Attestation): Uint8Array | undefined => made.get(item);

const malformed = (type: MessageType): { ok: false; error: Refusal } => err(refusal('CERTIFICATE_INVALID', type));

function readLeaf<T>(
  type: MessageType,
  leaf: Uint8Array,
  read: (reader: ByteReader, head: { ledger: LedgerCode; pvpId: Uetr; termsHash: Buffer }) => T | null,
): Result<T, Refusal> {
  try {
    const reader = new ByteReader(leaf);
    if (reader.text() !== domain(type)) return malformed(type);
    const head = { ledger: reader.text() as LedgerCode, pvpId: reader.text() as Uetr, termsHash: reader.bytes() };
    const value = read(reader, head);
    reader.end();
    return value === null ? malformed(type) : ok(value);
  } catch (error) {
    if (error instanceof RangeError) return malformed(type);
    throw error;
  }
}

/** Reads a leaf without checking any signature. */
export const readReceipt = (leaf: Uint8Array): Result<Receipt, Refusal> =>
  readLeaf('receipt', leaf, (reader, head) => {
    const receipt = { holdId: reader.text(), heldAt: reader.integer(), ...head };
    return head.termsHash.length === 32 ? receipt : null;
  });

/**
 * Reads a leaf without checking any signature. A COMMIT without terms, or an ABORT without a reason, is malformed. A reason
 * that is not known here comes from a newer version of a peer: its ABORT counts all the same, or a leg would wait for ever.
 */
export const readVote = (leaf: Uint8Array): Result<Vote, Refusal> =>
  readLeaf('vote', leaf, (reader, head) => {
    const decision = reader.text();
    const reason = reader.text();
    const vote = { decidedAt: reader.integer(), receiptsHash: reader.bytes(), ...head };
    if (decision === 'COMMIT') {
      const whole = reason === '' && head.termsHash.length === 32 && vote.receiptsHash.length === 32;
      return whole ? { decision, reason: null, ...vote } : null;
    }
    if (decision !== 'ABORT' || !REASON.test(reason)) return null;
    const known = Object.hasOwn(ERRORS, reason) ? (reason as ErrorCode) : 'PEER_ABORTED';
    return { decision, reason: known, ...vote };
  });

/** Reads a leaf without checking any signature. */
export const readApplied = (leaf: Uint8Array): Result<Applied, Refusal> =>
  readLeaf('applied', leaf, (reader, head) => {
    const state = reader.text();
    const applied = { blockSequence: reader.bigint(), endedAt: reader.integer(), ...head };
    return state === 'SETTLED' || state === 'RELEASED' ? { state, ...applied } : null;
  });

/** Each is written once: the same statements go into journals and ledger rows. */
const attestationBytes = oncePerObject(
  (item: Attestation): Uint8Array =>
    new ByteWriter()
      .text(item.type)
      .bytes(item.leaf)
      .integer(item.index)
      .integer(item.count)
      .bytes(joinPath(item.path))
      .text(item.keyId)
      .bytes(item.signature)
      .finish(),
);

function readAttestation(bytes: Uint8Array): Attestation {
  const reader = new ByteReader(bytes);
  const type = reader.text();
  if (type !== 'receipt' && type !== 'vote' && type !== 'applied') throw new RangeError('attestation type is unknown');
  const item = {
    type,
    leaf: reader.bytes(),
    index: reader.integer(),
    count: reader.integer(),
    path: splitPath(reader.bytes()),
    keyId: reader.text(),
    signature: reader.bytes(),
  } as const;
  reader.end();
  return item;
}

/** Canonical bytes of a list of attestations: a certificate, the receipts of a journal entry, evidence. */
export function encodeAttestations(items: readonly Attestation[]): Buffer {
  if (items.length === 0) return Buffer.alloc(0);
  const bytes = new ByteWriter().list(items, (writer, item) => writer.bytes(attestationBytes(item))).finish();
  decoded.set(bytes, items);
  return bytes;
}

/**
 * Reads {@link encodeAttestations}; `RangeError` on anything else. Empty bytes are an empty list. The same bytes are
 * looked at many times on a payment's way: the same buffer answers the same objects, and nobody changes either.
 */
export function decodeAttestations(bytes: Uint8Array): readonly Attestation[] {
  if (bytes.length === 0) return [];
  const known = decoded.get(bytes);
  if (known) return known;
  const reader = new ByteReader(bytes);
  const items = reader.list((inner) => readAttestation(inner.bytes()), ITEMS_MAX);
  reader.end();
  decoded.set(bytes, items);
  return items;
}
const ITEMS_MAX = 1_000;
const decoded = new WeakMap<Uint8Array, readonly Attestation[]>();
