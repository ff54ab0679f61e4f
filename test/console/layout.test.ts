/** The picture of a tree: where its parts stand, and how one walks from one to another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf, joined, tokenBox } from '../../console/src/tree/graph.js';
import { type Layout, type Link, layOut, stepFrom } from '../../console/src/tree/layout.js';

const box = (id: string, height = 40) => ({ id, width: 100, height });
const link = (from: string, to: string) => ({ id: `${from}>${to}`, from, to });
const placeOf = (layout: Layout, id: string) => {
  const place = layout.places.get(id);
  if (!place) throw new Error(`${id} has no place`);
  return place;
};
const layersOf = (layout: Layout) => layout.layers.map((layer) => [...layer].sort());

/** Pairs of links between two neighbouring layers that cross. */
function crossings(layout: Layout, links: readonly Link[]): number {
  const ends = links.map(({ from, to }) => [placeOf(layout, from), placeOf(layout, to)] as const);
  return ends.filter(([a, b], i) =>
    ends.slice(i + 1).some(([c, d]) => a.layer === c.layer && b.layer === d.layer && (a.y - c.y) * (b.y - d.y) < 0),
  ).length;
}

describe('places', () => {
  it('of a chain are one behind the other, on one line', () => {
    const layout = layOut(
      ['a', 'b', 'c'].map((id) => box(id)),
      [link('a', 'b'), link('b', 'c')],
    );
    expect(layout.layers).toEqual([['a'], ['b'], ['c']]);
    expect(['a', 'b', 'c'].map((id) => [placeOf(layout, id).x, placeOf(layout, id).y])).toEqual([
      [0, 0],
      [144, 0],
      [288, 0],
    ]);
    expect([layout.width, layout.height]).toEqual([388, 40]);
    expect(layout.ways.get('a>b')).toEqual([
      { x: 100, y: 20 },
      { x: 144, y: 20 },
    ]);
  });

  it('are behind the last of those that lead there; what nothing leads to stands just before where it leads', () => {
    const boxes = ['a', 'b', 'c', 'd', 'late'].map((id) => box(id));
    const links = [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'd'), link('late', 'd')];
    expect(layersOf(layOut(boxes, links))).toEqual([['a'], ['b'], ['c', 'late'], ['d']]);
  });

  it('of two chains that come mixed up let no link cross', () => {
    const links = [
      ...[link('a1', 'b2'), link('a2', 'b1'), link('b1', 'c2')],
      ...[link('b2', 'c1'), link('c1', 'd1'), link('c2', 'd2')],
    ];
    const boxes = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1', 'd2'].map((id) => box(id));
    expect(crossings(layOut(boxes, links), links)).toBe(0);
  });

  it('are found for nothing, for one box, and for links that go nowhere or in a circle', () => {
    expect(layOut([], [])).toMatchObject({ width: 0, height: 0, layers: [] });
    expect(layOut([box('a')], [link('a', 'a'), link('a', 'nobody')])).toMatchObject({ width: 100, height: 40 });
    const circle = layOut([box('a'), box('b')], [link('a', 'b'), link('b', 'a')]);
    expect(circle.places.size).toBe(2);
  });

  const graphs = fc.integer({ min: 1, max: 40 }).chain((count) =>
    fc.record({
      boxes: fc.array(fc.integer({ min: 10, max: 80 }), { minLength: count, maxLength: count }),
      pairs: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 80 }),
    }),
  );

  it('lead to the right, keep their distance, and are the same again', () => {
    fc.assert(
      fc.property(graphs, ({ boxes: heights, pairs }) => {
        const boxes = heights.map((height, i) => box(`${i}`, height));
        const links = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b], i) => ({ id: `${i}`, from: `${Math.min(a, b)}`, to: `${Math.max(a, b)}` }));
        const layout = layOut(boxes, links);
        expect([...layout.places.keys()].sort()).toEqual(boxes.map(({ id }) => id).sort());
        for (const { id, from, to } of links) {
          const [a, b] = [placeOf(layout, from), placeOf(layout, to)];
          expect(a.layer).toBeLessThan(b.layer);
          const way = layout.ways.get(id) ?? [];
          expect(way.every(({ x }, i) => i === 0 || x >= (way[i - 1]?.x ?? 0))).toBe(true);
          const [first, last] = [way[0], way.at(-1)];
          expect([first?.x, last?.x]).toEqual([a.x + a.width, b.x]);
          expect(first?.y).toBeGreaterThan(a.y);
          expect(first?.y).toBeLessThan(a.y + a.height);
          expect(last?.y).toBeGreaterThan(b.y);
          expect(last?.y).toBeLessThan(b.y + b.height);
        }
        for (const layer of layout.layers)
          for (const [i, id] of layer.entries()) {
            const [above, here] = [layer[i - 1], placeOf(layout, id)];
            expect(here.y).toBeGreaterThanOrEqual(-1e-6);
            expect(here.y + here.height).toBeLessThanOrEqual(layout.height + 1e-6);
            if (above !== undefined) {
              const upper = placeOf(layout, above);
              expect(here.y - (upper.y + upper.height)).toBeGreaterThanOrEqual(14 - 1e-6);
            }
          }
        expect(layOut(boxes, links)).toEqual(layout);
      }),
      { numRuns: 60 },
    );
  });

  it('are found for thousands of boxes', () => {
    const boxes = Array.from({ length: 6_000 }, (_, i) => box(`${i}`));
    const links = boxes.slice(1).map(({ id }, i) => link(`${Math.floor(i / 3)}`, id));
    expect(layOut(boxes, links).places.size).toBe(6_000);
    const [few, fewLinks] = [boxes.slice(0, 200), links.slice(0, 199)];
    expect(crossings(layOut(few, fewLinks), fewLinks)).toBe(0);
  });
});

describe('a walk', () => {
  const links = [link('a', 'b'), link('a', 'c'), link('a', 'd'), link('c', 'e')];
  const layout = layOut(
    ['a', 'b', 'c', 'd', 'e'].map((id) => box(id)),
    links,
  );
  const step = (id: string, to: 'left' | 'right' | 'up' | 'down') => stepFrom(layout, links, id, to);

  it('goes along links to the nearest box, and up and down between boxes of a layer', () => {
    const layer = layout.layers[1] ?? [];
    expect(step('a', 'right')).toBe(layer[1]);
    expect(layer.map((id) => step(id, 'left'))).toEqual(['a', 'a', 'a']);
    expect(step(layer[0] ?? '', 'down')).toBe(layer[1]);
    expect(step(layer[2] ?? '', 'up')).toBe(layer[1]);
    expect(step('c', 'right')).toBe('e');
  });

  it('ends where there is no link and no box', () => {
    expect([step('a', 'left'), step('a', 'up'), step('a', 'down'), step('e', 'right')]).toEqual([
      ...[null, null, null, null],
    ]);
    expect(step('nobody', 'right')).toBeNull();
  });
});

describe('the graph of pages', () => {
  const node = (transactionId: string) => ({ transactionId });
  const edge = (tokenId: string, from: string, to: string | null) => ({ tokenId, from, to });

  it('has transactions that moved money, what is unspent, and what other pages have', () => {
    const edges = [
      ...[edge('t1', 'mark', 'spend'), edge('t2', 'spend', null)],
      ...[edge('t3', 'spend', 'later'), edge('t4', 'earlier', 'spend')],
    ];
    const graph = graphOf([node('rule'), node('mark'), node('spend')], edges);
    expect([...graph.parts].map(([id, { kind }]) => [id, kind])).toEqual([
      ['mark', 'transaction'],
      ['spend', 'transaction'],
      [tokenBox('t2'), 'token'],
      ['beyond later', 'beyond'],
      ['beyond earlier', 'beyond'],
    ]);
    expect(graph.registered).toEqual([node('rule')]);
    expect(graph.links.map(({ from, to }) => [from, to])).toEqual([
      ['mark', 'spend'],
      ['spend', tokenBox('t2')],
      ['spend', 'beyond later'],
      ['beyond earlier', 'spend'],
    ]);
    expect(graph.boxes.map(({ id }) => id)).toEqual([...graph.parts.keys()]);
  });

  it('takes of a token that comes again what is said last', () => {
    const idOf = ({ tokenId }: { tokenId: string }) => tokenId;
    const pages = joined([edge('t1', 'a', null), edge('t2', 'a', null)], [edge('t1', 'a', 'b')], idOf);
    expect(pages).toEqual([edge('t1', 'a', 'b'), edge('t2', 'a', null)]);
  });
});
