import { describe, expect, it } from 'vitest';
import { equalBytes, sha256 } from '../../src/kernel/hash.js';
import { merkleLeaf, merkleNode, merkleRootOf } from '../../src/kernel/merkle.js';
import { createKnownTrees, joinPath, type Proof, splitPath } from '../../src/pvp/known-trees.js';

const SMUGGLED = Buffer.from('another statement');

/** The first leaf of a tree of more leaves than a path can lead to; its uncle is the hash of another leaf. */
function wideTree(): { proof: Proof; root: Uint8Array; smuggled: Proof } {
  const leaf = Buffer.from('a statement');
  const count = 2 ** 32 + 2;
  const path = Array.from({ length: 33 }, (_, level) => (level === 1 ? merkleLeaf(SMUGGLED) : sha256(`node ${level}`)));
  const climbed: Uint8Array[] = [merkleLeaf(leaf)];
  for (const sibling of path) climbed.push(merkleNode(climbed.at(-1)!, sibling));
  // Level 0, place 2^32 + 1 has the number of level 1, place 1.
  const smuggled = { leaf: SMUGGLED, index: 2 ** 32 + 1, count, path: [climbed[1]!, climbed[32]!] };
  return { proof: { leaf, index: 0, count, path }, root: climbed[33]!, smuggled };
}

describe('a tree of which leaves were shown', () => {
  it('accepts no proof that a journal could not read back', () => {
    const { proof, root } = wideTree();
    expect(merkleRootOf(proof.leaf, proof.index, proof.count, proof.path)).toEqual(root);
    expect(() => splitPath(joinPath(proof.path))).toThrow(RangeError);
    expect(createKnownTrees().accepts('t', proof, () => true)).toBe(false);
  });

  it('accepts no leaf whose place has the number of a node of another level', () => {
    const { proof, root, smuggled } = wideTree();
    const trees = createKnownTrees();
    const isSigned = (found: Uint8Array) => equalBytes(found, root);
    trees.accepts('t', proof, isSigned);
    expect(merkleRootOf(smuggled.leaf, smuggled.index, smuggled.count, smuggled.path)).not.toEqual(root);
    expect(trees.accepts('t', smuggled, isSigned)).toBe(false);
  });
});

describe('a tree as wide as its signer says', () => {
  it('takes no more memory than a batch of ours, however many of its leaves are shown', () => {
    // A full tree of 2^20 leaves whose leaves are equal: a level's nodes are one hash.
    const leaf = Buffer.from('a quote');
    const path: Uint8Array[] = [merkleLeaf(leaf)];
    for (let level = 1; level < 20; level += 1) path.push(merkleNode(path.at(-1)!, path.at(-1)!));
    const trees = createKnownTrees();
    let asked = 0;
    const isSigned = () => {
      asked += 1;
      return true;
    };
    for (let i = 0; i < 2_000; i += 1) {
      const proof = { leaf, index: i * 512, count: 2 ** 20, path };
      expect(trees.accepts('t', proof, isSigned)).toBe(true);
    }
    expect(trees.accepts('t', { leaf: SMUGGLED, index: 1, count: 2 ** 20, path }, () => false)).toBe(false);
    expect(asked).toBe(1);
    expect(trees.nodeCount()).toBeLessThanOrEqual(4_096);
  });
});
