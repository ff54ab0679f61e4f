import { equalBytes } from '../kernel/hash.js';
import { type DecodedTransaction, decodeTransaction, headerHash, transactionIdOf } from './canonical.js';
import { type NotaryKey, type VerifySignature, verifyInclusion } from './chain.js';
import type { LedgerIdentity, SignedBlock } from './model.js';

/** A transaction with what proves that it stands in a signed block, and the bytes that it commits to by their hash. */
export interface TransactionProof {
  readonly block: SignedBlock;
  readonly body: Uint8Array;
  readonly position: number;
  /** RFC 9162 path to the block's Merkle root. */
  readonly path: readonly Uint8Array[];
  readonly data: Uint8Array;
  readonly evidence: Uint8Array;
}

/** How a hold came and went. A tombstone was placed and ended by one transaction. */
export interface HoldProof {
  readonly placed: TransactionProof;
  readonly ended: TransactionProof | null;
}

/** The transaction, when it stands in this block of this ledger and one of the keys signed the block; else null. */
export function provenTransaction(
  ledger: LedgerIdentity,
  proof: TransactionProof,
  keys: readonly NotaryKey[],
  verify: VerifySignature,
): DecodedTransaction | null {
  const { block, body, position, path } = proof;
  const { header, hash, signature } = block;
  const isSigned =
    equalBytes(headerHash(ledger, header), hash) &&
    keys.some((key) => verify(key.suite, key.publicKey, hash, signature));
  const inclusion = { position, transactionCount: header.transactionCount, path };
  if (!isSigned || !verifyInclusion(header, transactionIdOf(body), inclusion)) return null;
  const transaction = decodeTransaction(body);
  const isHere =
    transaction.ledger.code === ledger.code &&
    transaction.ledger.currency === ledger.currency &&
    transaction.blockSequence === header.sequence &&
    transaction.position === position;
  return isHere ? transaction : null;
}
