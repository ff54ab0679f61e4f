import { equalBytes, sha256 } from './hash.js';
import { invariant } from './result.js';

/**
 * Merkle trees as in RFC 9162 section 2.1: leaf hash H(0x00 || leaf), node hash H(0x01 || left || right), split at
 * the largest power of two below the size. Hashes are SHA-256, 32 bytes.
 */
const LEAF = Uint8Array.of(0);
const HASH_BYTES = 32;
/** `0x01 || left || right`, filled in anew for each node. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

export const merkleLeaf = (leaf: Uint8Array): Buffer => sha256(LEAF, leaf);

export function merkleNode(left: Uint8Array, right: Uint8Array): Buffer {
  invariant(left.length === HASH_BYTES && right.length === HASH_BYTES, 'a node has two hashes');
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

export interface MerkleTree {
  readonly root: Uint8Array;
  /** Sibling hashes from the leaf at `index` up to the root. */
  path(index: number): Uint8Array[];
}

/** Builds the tree over at least one leaf. A tree of n leaves costs 2n - 1 hashes, once. */
export const merkleTree = (leaves: readonly Uint8Array[]): MerkleTree => merkleTreeOfHashes(leaves.map(merkleLeaf));

/** The same tree where the leaf hashes are known already: n - 1 hashes. */
export function merkleTreeOfHashes(leafHashes: readonly Uint8Array[]): MerkleTree {
  invariant(leafHashes.length > 0, 'a Merkle tree has a leaf');
  // Pairing level by level and promoting an odd last node gives the RFC 9162 tree.
  const levels: (readonly Uint8Array[])[] = [leafHashes];
  for (let level = levels[0]!; level.length > 1; ) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      next.push(right ? merkleNode(level[i]!, right) : level[i]!);
    }
    levels.push(next);
    level = next;
  }
  return {
    root: levels.at(-1)![0]!,
    path(index) {
      invariant(index >= 0 && index < leafHashes.length, 'Merkle leaf index is in range');
      const path: Uint8Array[] = [];
      for (let at = index, i = 0; i < levels.length - 1; i++, at >>= 1) {
        const sibling = levels[i]![at ^ 1];
        if (sibling) path.push(sibling);
      }
      return path;
    },
  };
}

/** The root that this leaf and path lead to, or `null` when the path doesn't fit the position. */
export const merkleRootOf = (
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | null => merklePathRoot(merkleLeaf(leaf), index, count, path);

/** The same from the hash of the leaf. */
export function merklePathRoot(
  leafHash: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count)) return null;
  let hash = leafHash;
  let at = index;
  let last = count - 1;
  let used = 0;
  while (last > 0) {
    if (at % 2 === 1 || at < last) {
      const sibling = path[used++];
      if (sibling?.length !== 32) return null;
      hash = at % 2 === 1 ? merkleNode(sibling, hash) : merkleNode(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length ? hash : null;
}

export const verifyMerklePath = (
  root: Uint8Array,
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): boolean => {
  const found = merkleRootOf(leaf, index, count, path);
  return found !== null && equalBytes(found, root);
};
