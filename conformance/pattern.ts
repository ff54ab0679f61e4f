/** Strings of an XSD pattern and strings just outside it. Knows the constructs that the schemas of ISO 20022 use. */
import { invariant } from '../src/kernel/result.js';

type Ranges = readonly (readonly [number, number])[];
type Node =
  | { readonly kind: 'class'; readonly ranges: Ranges }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

const single = (character: string): Node => ({
  kind: 'class',
  ranges: [[character.charCodeAt(0), character.charCodeAt(0)]],
});

/** Repetitions without an end are tried up to here. */
const UNBOUNDED = 40;

const parse = (pattern: string): Node => {
  let at = 0;
  const characterClass = (): Node => {
    const ranges: [number, number][] = [];
    const member = (): number => {
      if (pattern[at] === '\\') at += 1;
      at += 1;
      return pattern.charCodeAt(at - 1);
    };
    invariant(pattern[at] !== '^', 'no class is negated');
    while (pattern[at] !== ']') {
      invariant(at < pattern.length, 'a class is closed');
      const from = member();
      if (pattern[at] === '-' && pattern[at + 1] !== ']') {
        at += 1;
        ranges.push([from, member()]);
      } else ranges.push([from, from]);
    }
    at += 1;
    return { kind: 'class', ranges };
  };
  const atom = (): Node => {
    const character = pattern[at]!;
    at += 1;
    if (character === '[') return characterClass();
    if (character === '.') return { kind: 'class', ranges: [[0x20, 0x7e]] };
    if (character === '\\') {
      at += 1;
      invariant(!/\w/.test(pattern[at - 1]!), 'no class escape');
      return single(pattern[at - 1]!);
    }
    if (character !== '(') return single(character);
    const inside = choice();
    at += 1;
    return inside;
  };
  const repeated = (part: Node): Node => {
    const match = /^(?:\{(\d+)(?:(,)(\d*))?\}|[*+?])/.exec(pattern.slice(at));
    if (match === null) return part;
    at += match[0].length;
    if (match[0] === '*') return { kind: 'repeat', part, min: 0, max: UNBOUNDED };
    if (match[0] === '+') return { kind: 'repeat', part, min: 1, max: UNBOUNDED };
    if (match[0] === '?') return { kind: 'repeat', part, min: 0, max: 1 };
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : Number(match[3] || UNBOUNDED);
    return { kind: 'repeat', part, min, max };
  };
  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(repeated(atom()));
    return { kind: 'sequence', parts };
  };
  const choice = (): Node => {
    const parts = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      parts.push(sequence());
    }
    return { kind: 'choice', parts };
  };
  const whole = choice();
  invariant(at === pattern.length, 'the pattern is read to its end');
  return whole;
};

/** How many times a repetition is taken: its least, its most, one fewer or one more than allowed. */
type Extent = 'least' | 'most' | 'fewer' | 'more';

const write = (node: Node, extent: Extent, pick: (ranges: Ranges) => string, branch: number): string => {
  if (node.kind === 'class') return pick(node.ranges);
  if (node.kind === 'sequence') return node.parts.map((part) => write(part, extent, pick, branch)).join('');
  if (node.kind === 'choice') return write(node.parts[branch % node.parts.length]!, extent, pick, branch);
  const count = { least: node.min, most: node.max, fewer: Math.max(0, node.min - 1), more: node.max + 1 }[extent];
  return Array.from({ length: count }, () => write(node.part, extent, pick, branch)).join('');
};

const first: (ranges: Ranges) => string = (ranges) => String.fromCharCode(ranges[0]![0]);
const last: (ranges: Ranges) => string = (ranges) => String.fromCharCode(ranges.at(-1)![1]);

const classesOf = (node: Node): readonly Ranges[] => {
  if (node.kind === 'class') return [node.ranges];
  return node.kind === 'repeat' ? classesOf(node.part) : node.parts.flatMap(classesOf);
};

const branchCount = (node: Node): number => {
  if (node.kind === 'class') return 1;
  if (node.kind === 'repeat') return branchCount(node.part);
  return Math.max(node.kind === 'choice' ? node.parts.length : 1, ...node.parts.map(branchCount));
};

/** The characters just before and after each range of a class. */
const neighbours = (ranges: Ranges): string[] =>
  ranges.flatMap(([from, to]) => [from - 1, to + 1]).map((code) => String.fromCharCode(code));

export interface PatternStrings {
  /** Matches, one at least. */
  readonly inside: readonly string[];
  /** One step away from a match; some still match. */
  readonly beside: readonly string[];
}

/** Strings at the edges of a pattern. */
export const stringsOfPattern = (pattern: string): PatternStrings => {
  const tree = parse(pattern);
  const branches = Array.from({ length: branchCount(tree) }, (_, i) => i);
  const inside = branches.flatMap((branch) => [
    write(tree, 'least', first, branch),
    write(tree, 'most', last, branch),
    write(tree, 'least', last, branch),
    write(tree, 'most', first, branch),
  ]);
  const beside = branches.flatMap((branch) => [write(tree, 'fewer', first, branch), write(tree, 'more', last, branch)]);
  const classes = classesOf(tree);
  for (const [i, ranges] of classes.entries()) {
    for (const outside of neighbours(ranges)) {
      for (const extent of ['least', 'most'] as const) {
        // The wrong character stands wherever this very class does.
        beside.push(write(tree, extent, (own) => (own === classes[i] ? outside : first(own)), 0));
      }
    }
  }
  return { inside: [...new Set(inside)], beside: [...new Set(beside)] };
};
