/** How one element moves between neighbouring versions of a message, and the walk that applies such moves to a tree. */
import type { XmlElement, XmlNode } from '../types.js';
import type { Differences } from './difference.js';

/** The children of one element, to be changed in place. */
export type Fields = Record<string, XmlNode | readonly XmlNode[] | undefined>;

/** Changes `fields`, the children of the element at `path` (empty for the transaction itself), and reports it. */
export type Reshape = (fields: Fields, path: string, differences: Differences) => void;

/** A move in both directions. `holders` are the names of the elements that hold what moves. */
export interface Move {
  readonly holders: readonly string[];
  readonly up: Reshape;
  readonly down: Reshape;
}

/** The path of a child. */
export const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** `older` is called `newer` from the next version on. */
export const renamed = (holders: readonly string[], older: string, newer: string): Move => ({
  holders,
  up: rename(older, newer),
  down: rename(newer, older),
});

const rename =
  (from: string, to: string): Reshape =>
  (fields, path, differences) => {
    const value = fields[from];
    if (value === undefined) return;
    fields[from] = undefined;
    fields[to] = value;
    differences.moved(below(path, from), below(path, to), value);
  };

/** The text `name` is a choice from the next version on, where it stands as `choice`; back, any choice is the text. */
export const chosen = (holders: readonly string[], name: string, choice: string, back: readonly string[]): Move => ({
  holders,
  up: (fields, path, differences) => {
    const value = fields[name];
    if (typeof value !== 'string') return;
    fields[name] = { [choice]: value };
    differences.moved(below(path, name), below(path, `${name}/${choice}`), value);
  },
  down: (fields, path, differences) => {
    const value = fields[name];
    if (typeof value !== 'object' || Array.isArray(value)) return;
    const taken = back.find((option) => typeof (value as XmlElement)[option] === 'string');
    if (taken === undefined) return;
    fields[name] = (value as XmlElement)[taken];
    differences.moved(below(path, `${name}/${taken}`), below(path, name), fields[name]);
  },
});

type Reshapes = ReadonlyMap<string, readonly Reshape[]>;

/** The reshapes of one direction by the name of their holder. */
export function byHolder(moves: readonly Move[], direction: 'up' | 'down'): Reshapes {
  const found = new Map<string, Reshape[]>();
  for (const move of moves)
    for (const holder of move.holders) found.set(holder, [...(found.get(holder) ?? []), move[direction]]);
  return found;
}

/** `element`, called `name`, with every reshape applied to it and to all below; the children first. */
export function reshape(
  element: XmlElement,
  name: string,
  path: string,
  reshapes: Reshapes,
  differences: Differences,
): XmlElement {
  let fields: Fields | null = null;
  for (const key in element) {
    const value = element[key];
    if (typeof value !== 'object') continue;
    const at = below(path, key);
    const after = Array.isArray(value)
      ? reshapeAll(value as readonly XmlNode[], key, at, reshapes, differences)
      : reshape(value as XmlElement, key, at, reshapes, differences);
    if (after === value) continue;
    fields ??= { ...element };
    fields[key] = after;
  }
  const own = reshapes.get(name);
  if (own === undefined) return fields ?? element;
  fields ??= { ...element };
  for (const apply of own) apply(fields, path, differences);
  return fields;
}

function reshapeAll(
  nodes: readonly XmlNode[],
  name: string,
  path: string,
  reshapes: Reshapes,
  differences: Differences,
): readonly XmlNode[] {
  let isSame = true;
  const after = nodes.map((node, position) => {
    if (typeof node === 'string') return node;
    const one = reshape(node, name, `${path}[${position + 1}]`, reshapes, differences);
    isSame &&= one === node;
    return one;
  });
  return isSame ? nodes : after;
}
