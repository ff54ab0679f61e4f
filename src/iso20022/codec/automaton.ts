/** Content models as deterministic automata: one state for each place where a child element may stand (Glushkov). */
import type { ElementParticle, GroupParticle, Particle } from '../catalogue/notation.js';

/** A state: whether the content may end here, and which elements may follow, each with the number of its state. */
export interface ContentState {
  readonly final: boolean;
  readonly next: readonly { readonly name: string; readonly state: number }[];
}

/** Copies of one particle at most: a model with a larger count is left to the schema engine. */
const COPIES_MAX = 64;

/** Positions of a part of the model that may come first and last in it, and whether it may be empty. */
interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const EMPTY: Fragment = { nullable: true, first: [], last: [] };

interface Positions {
  /** The name of the element at each position; the first position is the start and has none. */
  readonly names: string[];
  readonly follow: Set<number>[];
}

const link = (positions: Positions, from: readonly number[], to: readonly number[]): void => {
  for (const position of from) for (const next of to) positions.follow[position]!.add(next);
};

const inSequence = (positions: Positions, a: Fragment, b: Fragment): Fragment => {
  link(positions, a.last, b.first);
  return {
    nullable: a.nullable && b.nullable,
    first: a.nullable ? [...a.first, ...b.first] : a.first,
    last: b.nullable ? [...a.last, ...b.last] : b.last,
  };
};

const element = (positions: Positions, { name }: ElementParticle): Fragment => {
  const position = positions.names.push(name) - 1;
  positions.follow.push(new Set());
  return { nullable: false, first: [position], last: [position] };
};

const group = (positions: Positions, { kind, parts }: GroupParticle): Fragment | null => {
  let whole: Fragment | null = null;
  for (const part of parts) {
    const next = repeated(positions, part);
    if (next === null) return null;
    if (whole === null) whole = next;
    else if (kind === 'sequence') whole = inSequence(positions, whole, next);
    else
      whole = {
        nullable: whole.nullable || next.nullable,
        first: [...whole.first, ...next.first],
        last: [...whole.last, ...next.last],
      };
  }
  return whole;
};

const once = (positions: Positions, part: Particle): Fragment | null => {
  if (part.kind === 'any') return null;
  return part.kind === 'element' ? element(positions, part) : group(positions, part);
};

/** `a{2,4}` is `a a (a (a)?)?`: a copy for each occurrence, so that no state has two ways to go with one name. */
const repeated = (positions: Positions, part: Particle): Fragment | null => {
  const { min, max } = part;
  const unbounded = max === Number.POSITIVE_INFINITY;
  const copies = unbounded ? Math.max(min, 1) : max;
  if (copies > COPIES_MAX) return null;
  let whole = EMPTY;
  for (let copy = copies; copy >= 1; copy -= 1) {
    const one = once(positions, part);
    if (one === null) return null;
    if (unbounded && copy === copies) link(positions, one.last, one.first);
    whole = inSequence(positions, one, whole);
    if (copy > min) whole = { ...whole, nullable: true };
  }
  return whole;
};

/** The automaton of a content model, its start first; null for one with a wildcard, or that does not decide by the name alone. */
export const compileContent = (model: GroupParticle): readonly ContentState[] | null => {
  const positions: Positions = { names: [''], follow: [new Set()] };
  const whole = repeated(positions, model);
  if (whole === null) return null;
  link(positions, [0], whole.first);
  const last = new Set(whole.last);
  const states = positions.follow.map((follow, position) => ({
    final: position === 0 ? whole.nullable : last.has(position),
    next: [...follow].map((state) => ({ name: positions.names[state]!, state })),
  }));
  const decides = states.every(({ next }) => new Set(next.map(({ name }) => name)).size === next.length);
  return decides ? states : null;
};
