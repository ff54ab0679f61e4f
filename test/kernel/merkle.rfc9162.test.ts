import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/kernel/hash.js';
import { merkleLeaf, merkleTree, verifyMerklePath } from '../../src/kernel/merkle.js';

const leaves = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${i}`));

/** RFC 9162 section 2.1.1, written as the recursion of the text. */
function referenceRoot(list: readonly Uint8Array[]): Buffer {
  if (list.length === 1) return merkleLeaf(list[0]!);
  let split = 1;
  while (split * 2 < list.length) split *= 2;
  return sha256(Uint8Array.of(1), referenceRoot(list.slice(0, split)), referenceRoot(list.slice(split)));
}

describe('Merkle tree', () => {
  it.each(Array.from({ length: 33 }, (_, i) => i + 1))('of %i leaves has the root of the recursive definition', (n) => {
    expect(merkleTree(leaves(n)).root).toEqual(referenceRoot(leaves(n)));
  });

  it('has the root of the published test data', () => {
    // Inputs and root of the reference tests of Certificate Transparency, RFC 6962.
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const root = Buffer.from(merkleTree(inputs.map((hex) => Buffer.from(hex, 'hex'))).root);
    expect(root.toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('proves each leaf, and only at its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (count, pick) => {
        const list = leaves(count);
        const index = pick % count;
        const tree = merkleTree(list);
        const path = tree.path(index);
        const verify = (leaf: Uint8Array, at: number, of: number, p: readonly Uint8Array[]) =>
          verifyMerklePath(tree.root, leaf, at, of, p);
        expect(verify(list[index]!, index, count, path)).toBe(true);
        expect(verify(Buffer.from('other'), index, count, path)).toBe(false);
        if (count > 1) expect(verify(list[index]!, (index + 1) % count, count, path)).toBe(false);
        expect(verify(list[index]!, index, count, [...path, tree.root])).toBe(false);
        expect(verify(list[index]!, count, count, path)).toBe(false);
        expect(verify(list[index]!, -1, count, path)).toBe(false);
      }),
    );
  });
});
