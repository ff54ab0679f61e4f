/**
 * Where the parts of a picture stand: boxes in layers from left to right, so that every link leads to the right. Pure, and
 * the same for the same input. A box is in the layer behind the last of those that lead to it; one that nothing leads to
 * stands just before the first that it leads to. Within a layer boxes are ordered so that few links cross, and stand as near
 * to their neighbours as the others let them.
 */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** The upper left corner of a box. */
export interface Place extends Point, Box {
  readonly layer: number;
}
export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  /** Of a link, from the right side of its first box to the left side of its second one. */
  readonly ways: ReadonlyMap<string, readonly Point[]>;
  /** Boxes of each layer from top to bottom. */
  readonly layers: readonly (readonly string[])[];
  readonly width: number;
  readonly height: number;
}

const LAYER_GAP = 44;
const ROW_GAP = 14;
/** What a link that passes a layer takes of its height. */
const PASSAGE = 10;
/** A link that passes more layers than this goes straight. */
const PASSAGES_MAX = 12;
const SWEEPS = 4;

interface Spot extends Box {
  readonly layer: number;
  readonly before: Spot[];
  readonly after: Spot[];
  /** In its layer, of the order that is tried now. */
  rank: number;
  /** Of its middle. */
  y: number;
}

/** Layers by id. Links that lead round in a circle, which money can't, count only once. */
function layersOf(boxes: readonly Box[], links: readonly Link[]): Map<string, number> {
  const after = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  const open = new Map<string, number>(boxes.map(({ id }) => [id, 0]));
  for (const { from, to } of links) {
    after.get(from)?.push(to);
    open.set(to, (open.get(to) ?? 0) + 1);
  }
  const layers = new Map<string, number>(boxes.map(({ id }) => [id, 0]));
  const sources = boxes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  const ready = [...sources];
  // The list grows while it is gone through.
  for (const id of ready)
    for (const to of after.get(id) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(id) ?? 0) + 1));
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) ready.push(to);
    }
  for (const id of sources) {
    const next = (after.get(id) ?? []).map((to) => layers.get(to) ?? 1);
    if (next.length > 0) layers.set(id, Math.max(0, Math.min(...next) - 1));
  }
  return layers;
}

const mean = (spots: readonly Spot[], of: (spot: Spot) => number): number =>
  spots.reduce((sum, spot) => sum + of(spot), 0) / spots.length;

/** Orders each layer by where its neighbours are, from left to right and back. */
function order(layers: Spot[][]): void {
  const rank = (layer: Spot[]) => {
    layer.forEach((spot, i) => {
      spot.rank = i;
    });
  };
  layers.forEach(rank);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const near = (spot: Spot) => (isForward ? spot.before : spot.after);
      const moved = layer
        .filter((spot) => near(spot).length > 0)
        .map((spot) => ({ spot, wish: mean(near(spot), ({ rank }) => rank) }))
        .sort((a, b) => a.wish - b.wish || a.spot.rank - b.spot.rank);
      // What has no neighbour on that side stays where it is among the others.
      let next = 0;
      const sorted = layer.map((spot) => (near(spot).length > 0 ? (moved[next++]?.spot ?? spot) : spot));
      layer.splice(0, layer.length, ...sorted);
      rank(layer);
    }
  }
}

/**
 * Puts the spots of a layer as near to their wishes as their order and the gaps allow: the least squares of an isotonic
 * regression, by pooling neighbours that are in each other's way.
 */
function settle(layer: readonly Spot[], wishOf: (spot: Spot) => number): void {
  const pools: { wish: number; count: number; readonly first: number }[] = [];
  const offsets: number[] = [];
  layer.forEach((spot, i) => {
    const above = layer[i - 1];
    offsets.push(above ? (offsets[i - 1] ?? 0) + (above.height + spot.height) / 2 + ROW_GAP : 0);
    pools.push({ wish: wishOf(spot) - (offsets[i] ?? 0), count: 1, first: i });
    for (;;) {
      const [upper, lower] = [pools.at(-2), pools.at(-1)];
      if (!upper || !lower || upper.wish <= lower.wish) break;
      upper.wish = (upper.wish * upper.count + lower.wish * lower.count) / (upper.count + lower.count);
      upper.count += lower.count;
      pools.pop();
    }
  });
  for (const { wish, count, first } of pools)
    for (let i = first; i < first + count; i++) {
      const spot = layer[i];
      if (spot) spot.y = wish + (offsets[i] ?? 0);
    }
}

/** Links of each box on one side, spread over its height in the order of where they lead. */
function portsOf(
  links: readonly Link[],
  end: 'from' | 'to',
  spots: ReadonlyMap<string, Spot>,
  lead: Map<string, Spot>,
) {
  const byBox = new Map<string, Link[]>();
  for (const link of links) {
    const own = byBox.get(link[end]) ?? [];
    own.push(link);
    byBox.set(link[end], own);
  }
  const ports = new Map<string, number>();
  for (const [id, own] of byBox) {
    const spot = spots.get(id);
    if (!spot) continue;
    own.sort((a, b) => (lead.get(a.id)?.y ?? 0) - (lead.get(b.id)?.y ?? 0));
    own.forEach((link, i) => {
      ports.set(link.id, spot.y - spot.height / 2 + (spot.height * (i + 1)) / (own.length + 1));
    });
  }
  return ports;
}

export function layOut(boxes: readonly Box[], given: readonly Link[]): Layout {
  const known = new Set(boxes.map(({ id }) => id));
  const links = given.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to);
  const layerOf = layersOf(boxes, links);
  const layers: Spot[][] = Array.from(
    { length: Math.max(0, ...layerOf.values()) + (boxes.length > 0 ? 1 : 0) },
    () => [],
  );
  const put = (box: Box, layer: number): Spot => {
    const spot: Spot = { ...box, layer, before: [], after: [], rank: 0, y: 0 };
    layers[layer]?.push(spot);
    return spot;
  };
  const spots = new Map(boxes.map((box) => [box.id, put(box, layerOf.get(box.id) ?? 0)]));
  const passages = new Map<string, Spot[]>();
  const [firstOf, lastOf] = [new Map<string, Spot>(), new Map<string, Spot>()];
  for (const { id, from, to } of links) {
    const [start, end] = [spots.get(from), spots.get(to)];
    if (!start || !end || end.layer <= start.layer) continue;
    const passed = end.layer - start.layer - 1;
    const between = Array.from({ length: passed > PASSAGES_MAX ? 0 : passed }, (_, i) =>
      put({ id: `${id} ${i}`, width: 0, height: PASSAGE }, start.layer + 1 + i),
    );
    const way = [start, ...between, end];
    way.forEach((spot, i) => {
      const next = way[i + 1];
      if (!next) return;
      spot.after.push(next);
      next.before.push(spot);
    });
    passages.set(id, between);
    firstOf.set(id, way[1] ?? end);
    lastOf.set(id, way.at(-2) ?? start);
  }
  order(layers);
  const near = (spot: Spot, side: readonly Spot[]) => (side.length > 0 ? mean(side, ({ y }) => y) : spot.y);
  for (const layer of layers) settle(layer, (spot) => near(spot, spot.before));
  for (const layer of [...layers].reverse()) settle(layer, (spot) => near(spot, spot.after));
  for (const layer of layers) settle(layer, (spot) => near(spot, [...spot.before, ...spot.after]));

  const top = Math.min(0, ...layers.flat().map((spot) => spot.y - spot.height / 2));
  for (const spot of layers.flat()) spot.y -= top;
  const widths = layers.map((layer) => Math.max(0, ...layer.map(({ width }) => width)));
  const lefts: number[] = [];
  for (const i of widths.keys()) lefts.push(i === 0 ? 0 : (lefts[i - 1] ?? 0) + (widths[i - 1] ?? 0) + LAYER_GAP);
  const places = new Map<string, Place>(
    [...spots].map(([id, { width, height, layer, y }]) => [
      id,
      { id, width, height, layer, x: lefts[layer] ?? 0, y: y - height / 2 },
    ]),
  );
  const [outs, ins] = [portsOf(links, 'from', spots, firstOf), portsOf(links, 'to', spots, lastOf)];
  const ways = new Map<string, readonly Point[]>();
  for (const { id, from, to } of links) {
    const [start, end] = [places.get(from), places.get(to)];
    if (!start || !end) continue;
    const between = (passages.get(id) ?? []).flatMap(({ layer, y }) => [
      { x: lefts[layer] ?? 0, y },
      { x: (lefts[layer] ?? 0) + (widths[layer] ?? 0), y },
    ]);
    ways.set(id, [
      { x: start.x + start.width, y: outs.get(id) ?? start.y },
      ...between,
      { x: end.x, y: ins.get(id) ?? end.y },
    ]);
  }
  return {
    places,
    ways,
    layers: layers.map((layer) => layer.flatMap(({ id }) => (spots.has(id) ? [id] : []))),
    width: (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0),
    height: Math.max(0, ...layers.flat().map((spot) => spot.y + spot.height / 2)),
  };
}

export type Step = 'left' | 'right' | 'up' | 'down';

/** The box that a step leads to: along a link to the nearest one, or to the next one in the layer; null at an end. */
export function stepFrom(layout: Layout, links: readonly Link[], id: string, step: Step): string | null {
  const place = layout.places.get(id);
  if (!place) return null;
  if (step === 'up' || step === 'down') {
    const layer = layout.layers[place.layer] ?? [];
    return layer[layer.indexOf(id) + (step === 'up' ? -1 : 1)] ?? null;
  }
  const [own, other] = step === 'left' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const middle = ({ y, height }: Place) => y + height / 2;
  const found = links
    .flatMap((link) => (link[own] === id ? (layout.places.get(link[other]) ?? []) : []))
    .sort((a, b) => Math.abs(middle(a) - middle(place)) - Math.abs(middle(b) - middle(place)) || a.y - b.y);
  return found[0]?.id ?? null;
}
