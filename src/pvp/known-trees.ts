import { equalBytes } from '../kernel/hash.js';
import { merkleLeaf, merkleNode, merkleRootOf } from '../kernel/merkle.js';

/** A leaf, its place in a tree, and the siblings on its way to the root (RFC 9162 section 2.1). */
export interface Proof {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

const HASH_LENGTH = 32;
const PATH_MAX = 32;
/** Nodes kept of one tree: all of a batch of ours. Of a wider one, which only an outsider signs, the first that were shown. */
const NODES_MAX = 4_096;

/** A path as one field of canonical bytes. */
export const joinPath = (path: readonly Uint8Array[]): Buffer => Buffer.concat(path);

/** Reads {@link joinPath}; throws `RangeError` when it is not whole hashes, or more than a tree can need. */
export function splitPath(bytes: Buffer): Buffer[] {
  const count = bytes.length / HASH_LENGTH;
  if (!Number.isInteger(count) || count > PATH_MAX) throw new RangeError('the path is not one of a tree');
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
}

/**
 * Trees whose root is signed. The nodes that were shown are kept, so that a tree costs one public-key operation and
 * about two hashes a leaf however many of its leaves are shown.
 */
export interface KnownTrees {
  /**
   * Whether the proof leads to a root that is signed. `isSigned` is asked once a tree. `name` names all else that its
   * answer depends on: the key's own bytes (a key replaced under its id must not inherit what the old one signed), the
   * count, the signature.
   */
  accepts(name: string, proof: Proof, isSigned: (root: Uint8Array) => boolean): boolean;
  /** Nodes that are kept now, of all trees. */
  nodeCount(): number;
}

/** Remembers at most `treesMax` trees, the oldest is forgotten first. */
export function createKnownTrees(treesMax = 256): KnownTrees {
  const trees = new Map<string, KnownTree>();
  return {
    accepts(name, proof, isSigned) {
      // Nodes are numbered for 2^32 leaves, and what is accepted is journalled and must be read back.
      if (proof.path.length > PATH_MAX) return false;
      const known = trees.get(name);
      if (known && isInTree(known, proof)) return true;
      const root = merkleRootOf(proof.leaf, proof.index, proof.count, proof.path);
      if (root === null) return false;
      if (known && equalBytes(known.root, root)) {
        learn(known, proof);
        return true;
      }
      if (!isSigned(root)) return false;
      const tree: KnownTree = { root, nodes: new Map() };
      learn(tree, proof);
      trees.set(name, tree);
      if (trees.size > treesMax) trees.delete(trees.keys().next().value as string);
      return true;
    },
    nodeCount: () => [...trees.values()].reduce((count, tree) => count + tree.nodes.size, 0),
  };
}

/** Nodes of a tree whose root is signed, by level and place. */
interface KnownTree {
  readonly root: Uint8Array;
  readonly nodes: Map<number, Uint8Array>;
}

function keep(tree: KnownTree, where: number, node: Uint8Array): void {
  if (tree.nodes.size < NODES_MAX) tree.nodes.set(where, node);
}

const place = (level: number, at: number): number => level * 2 ** 32 + at;

/**
 * Whether the leaf hangs under a known node and the rest of its path is what the tree has there. The rest is compared
 * too: what is kept as evidence must verify on its own, elsewhere.
 */
function isInTree(tree: KnownTree, proof: Proof): boolean {
  if (!(Number.isSafeInteger(proof.index) && proof.index >= 0 && proof.index < proof.count)) return false;
  const climbed: [number, Uint8Array][] = [];
  let hash: Uint8Array | null = merkleLeaf(proof.leaf);
  let at = proof.index;
  let last = proof.count - 1;
  let used = 0;
  for (let level = 0; ; level += 1) {
    const known = hash === null ? null : tree.nodes.get(place(level, at));
    if (hash !== null && known) {
      if (!equalBytes(known, hash)) return false;
      hash = null;
    } else if (hash !== null) climbed.push([place(level, at), hash]);
    if (last === 0) break;
    const isRight = at % 2 === 1;
    if (isRight || at < last) {
      const sibling = proof.path[used++];
      if (sibling?.length !== HASH_LENGTH) return false;
      const there = place(level, isRight ? at - 1 : at + 1);
      if (hash !== null) {
        climbed.push([there, sibling]);
        hash = isRight ? merkleNode(sibling, hash) : merkleNode(hash, sibling);
      } else {
        const expected = tree.nodes.get(there);
        if (!expected || !equalBytes(expected, sibling)) return false;
      }
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (hash !== null || used !== proof.path.length) return false;
  for (const [where, node] of climbed) keep(tree, where, node);
  return true;
}

/** Keeps the nodes that lead from a checked leaf to the root, and their siblings. */
function learn(tree: KnownTree, proof: Proof): void {
  let hash: Uint8Array = merkleLeaf(proof.leaf);
  let at = proof.index;
  let last = proof.count - 1;
  let used = 0;
  for (let level = 0; ; level += 1) {
    keep(tree, place(level, at), hash);
    if (last === 0) return;
    const isRight = at % 2 === 1;
    const sibling = isRight || at < last ? proof.path[used++] : undefined;
    if (sibling) {
      keep(tree, place(level, isRight ? at - 1 : at + 1), sibling);
      hash = isRight ? merkleNode(sibling, hash) : merkleNode(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
}
