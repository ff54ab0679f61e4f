import { expect, it } from 'vitest';
import { mergeSorted } from '../../src/kernel/merge-sorted.js';

interface Row {
  readonly id: string;
  readonly value: number;
}

async function* pagesOf(...pages: readonly (readonly Row[])[]) {
  yield* pages;
}
const row = (id: string, value: number): Row => ({ id, value });
const source = (...pages: readonly (readonly Row[])[]) => ({ pages: pagesOf(...pages), keyOf: ({ id }: Row) => id });

it('walks sources side by side: every key once, ascending, with the rows of each source', async () => {
  const sources = {
    left: source([row('a', 1), row('b', 2)], [], [row('b', 3), row('d', 4)]),
    right: source([row('b', 5)], [row('c', 6)]),
    none: source(),
  };
  const seen = [];
  for await (const { key, rows } of mergeSorted<string, { left: Row; right: Row; none: Row }>(sources))
    seen.push([key, rows.left.map(({ value }) => value), rows.right.map(({ value }) => value), rows.none.length]);
  expect(seen).toEqual([
    ['a', [1], [], 0],
    ['b', [2, 3], [5], 0],
    ['c', [], [6], 0],
    ['d', [4], [], 0],
  ]);
});

it('does not go on over a source that is not sorted', async () => {
  const walk = async () => {
    const all = [];
    for await (const item of mergeSorted<string, { one: Row }>({ one: source([row('b', 1), row('a', 2)]) }))
      all.push(item);
    return all;
  };
  await expect(walk()).rejects.toThrow('sorted');
});
