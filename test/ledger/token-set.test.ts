import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/kernel/hash.js';
import { tokenIdOf } from '../../src/ledger/canonical.js';
import { createTokenSet } from '../../src/ledger/token-set.js';

/** Ids that want the same place in the same table, but for their outputs' indexes. */
const crowded = (transaction: number, index: number): Uint8Array => {
  const id = tokenIdOf(new Uint8Array(32), index);
  id[15] = transaction;
  return id;
};
const name = (id: Uint8Array): string => Buffer.from(id).toString('hex');

describe('set of token ids', () => {
  it('does what a set of texts does, however crowded its places are', () => {
    const step = fc.record({
      id: fc.tuple(fc.nat(6), fc.nat(6)).map(([transaction, index]) => crowded(transaction, index)),
      adds: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const [set, model] = [createTokenSet(), new Set<string>()];
        for (const { id, adds } of steps) {
          if (adds) {
            set.add(id);
            model.add(name(id));
          } else expect(set.delete(id)).toBe(model.delete(name(id)));
        }
        for (const { id } of steps) expect(set.has(id)).toBe(model.has(name(id)));
      }),
    );
  });

  it('keeps every id while it grows', () => {
    const set = createTokenSet();
    const ids = Array.from({ length: 20_000 }, (_, i) => tokenIdOf(sha256(`${i >> 1}`), i & 1));
    for (const id of ids) set.add(id);
    expect(ids.every((id) => set.has(id))).toBe(true);
    for (const id of ids.slice(5_000)) set.delete(id);
    expect(ids.map((id) => set.has(id)).lastIndexOf(true)).toBe(4_999);
    expect(ids.slice(0, 5_000).every((id) => set.has(id))).toBe(true);
  });

  it('tells ids apart that differ in one bit of what it keeps', () => {
    const id = tokenIdOf(sha256('one'), 5);
    const set = createTokenSet();
    set.add(id);
    const kept = [...Array.from({ length: 16 }, (_, at) => at), 32, 33, 34, 35];
    const others = kept.flatMap((at) => Array.from({ length: 8 }, (_, bit) => id.with(at, id[at]! ^ (1 << bit))));
    expect(others.some((other) => set.has(other))).toBe(false);
  });
});
