/**
 * Turns the node paths of the schema engine (`/` then `*[2]` for each step in a default namespace) into XPaths by name. Children are
 * listed once a parent, so that many errors cost no more than the document.
 */
import { type EngineElement, elementsOf } from './xml-engine.js';

interface Entry {
  readonly element: EngineElement;
  readonly path: string;
  /** By the engine's step without position: `*`, `name` or `prefix:name`. */
  steps: ReadonlyMap<string, readonly Entry[]> | null;
}

const qualifiedName = (element: EngineElement): string => {
  const prefix = element.namespacePrefix;
  return prefix === '' ? element.name : `${prefix}:${element.name}`;
};

const push = (steps: Map<string, Entry[]>, key: string, entry: Entry): void => {
  const list = steps.get(key);
  if (list === undefined) steps.set(key, [entry]);
  else list.push(entry);
};

const expand = (entry: Entry): ReadonlyMap<string, readonly Entry[]> => {
  if (entry.steps !== null) return entry.steps;
  const children = elementsOf(entry.element);
  const total = new Map<string, number>();
  const names = children.map((child) => child.name);
  for (const name of names) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const steps = new Map<string, Entry[]>();
  for (const [i, element] of children.entries()) {
    const name = names[i]!;
    const position = (seen.get(name) ?? 0) + 1;
    seen.set(name, position);
    const step = total.get(name) === 1 ? name : `${name}[${position}]`;
    const child: Entry = { element, path: `${entry.path}/${step}`, steps: null };
    push(steps, '*', child);
    push(steps, qualifiedName(element), child);
  }
  entry.steps = steps;
  return steps;
};

const STEP = /^([^[]+)(?:\[(\d+)\])?$/;

/** Answers a function from the engine's node path to an XPath such as `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]`. */
export const nodePathsOf = (root: EngineElement): ((nodePath: string) => string) => {
  const top: Entry = { element: root, path: `/${root.name}`, steps: null };
  return (nodePath) => {
    let entry = top;
    for (const step of nodePath.split('/').slice(2)) {
      if (step.startsWith('@')) return `${entry.path}/${step}`;
      const match = STEP.exec(step);
      const found = expand(entry).get(match?.[1] ?? '')?.[Number(match?.[2] ?? 1) - 1];
      if (found === undefined) return entry.path;
      entry = found;
    }
    return entry.path;
  };
};
