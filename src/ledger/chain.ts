import { equalBytes } from '../kernel/hash.js';
import { merklePathRoot, merkleTreeOfHashes } from '../kernel/merkle.js';
import { invariant } from '../kernel/result.js';
import type { SuiteName } from '../kernel/suites.js';
import { headerHash } from './canonical.js';
import type { BlockHeader, LedgerIdentity, SignedBlock } from './model.js';

/** The chain of blocks: making a header, proving a transaction's place, verifying it all offline. */

export const NO_HASH: Uint8Array = new Uint8Array(32);

/** Answers whether `signature` over `message` is good under the key; the signature suites provide it. */
export type VerifySignature = (
  suite: SuiteName,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

export interface NotaryKey {
  readonly suite: SuiteName;
  readonly publicKey: Uint8Array;
}

export type ChainFault = 'SEQUENCE' | 'PREVIOUS_HASH' | 'HEADER_HASH' | 'EPOCH' | 'SIGNATURE';

/**
 * The first fault in consecutive blocks, or null. `anchor` is the block before the first one, or null when the
 * blocks start at sequence 1. Nothing but the blocks and the notary's key is needed.
 */
export function verifyChain(
  ledger: LedgerIdentity,
  blocks: readonly SignedBlock[],
  key: NotaryKey,
  verify: VerifySignature,
  anchor: SignedBlock | null = null,
): { readonly sequence: bigint; readonly fault: ChainFault } | null {
  let sequence = anchor?.header.sequence ?? 0n;
  let hash = anchor?.hash ?? NO_HASH;
  let epoch = anchor?.header.epoch ?? 0n;
  for (const block of blocks) {
    const { header } = block;
    const fault = (name: ChainFault) => ({ sequence: header.sequence, fault: name });
    if (header.sequence !== sequence + 1n) return fault('SEQUENCE');
    if (!equalBytes(header.previousHash, hash)) return fault('PREVIOUS_HASH');
    if (!equalBytes(headerHash(ledger, header), block.hash)) return fault('HEADER_HASH');
    if (header.epoch < epoch) return fault('EPOCH');
    if (!verify(key.suite, key.publicKey, block.hash, block.signature)) return fault('SIGNATURE');
    ({ sequence, epoch } = header);
    hash = block.hash;
  }
  return null;
}

/** Proof that a transaction stands in a block: its Merkle path (RFC 9162) to the root in the header. */
export interface InclusionProof {
  readonly position: number;
  readonly transactionCount: number;
  readonly path: readonly Uint8Array[];
}

export function inclusionProof(transactionIds: readonly Uint8Array[], position: number): InclusionProof {
  invariant(position < transactionIds.length, 'a transaction stands in its block');
  return { position, transactionCount: transactionIds.length, path: merkleTreeOfHashes(transactionIds).path(position) };
}

export const verifyInclusion = (header: BlockHeader, transactionId: Uint8Array, proof: InclusionProof): boolean =>
  proof.transactionCount === header.transactionCount &&
  equalBytes(
    merklePathRoot(transactionId, proof.position, proof.transactionCount, proof.path) ?? new Uint8Array(0),
    header.merkleRoot,
  );
