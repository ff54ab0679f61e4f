/** Where in a message an XPath is: asked only when something is wrong there, so that reading need not keep lines. */
import { withParts } from './reader.js';
import { type EngineElement, elementsOf } from './xml-engine.js';

const STEP = /^([^[]+)(?:\[(\d+)\])?$/;

/** An element and its children by name, listed once, so that many paths cost no more than the document. */
interface Entry {
  readonly element: EngineElement;
  children: ReadonlyMap<string, readonly Entry[]> | null;
}

const entryOf = (element: EngineElement): Entry => ({ element, children: null });

function childrenOf(entry: Entry): ReadonlyMap<string, readonly Entry[]> {
  if (entry.children !== null) return entry.children;
  const children = new Map<string, Entry[]>();
  for (const element of elementsOf(entry.element)) {
    const { name } = element;
    const list = children.get(name);
    if (list === undefined) children.set(name, [entryOf(element)]);
    else list.push(entryOf(element));
  }
  entry.children = children;
  return children;
}

function lineBelow(part: Entry, steps: readonly string[]): number {
  let at = part;
  for (const step of steps) {
    const [, name = '', position = '1'] = STEP.exec(step) ?? [];
    const next = childrenOf(at).get(name)?.[Number(position) - 1];
    if (next === undefined) break;
    at = next;
  }
  return at.element.line;
}

/**
 * The 1-based line of each XPath in a message that its reader accepted: `/Document/…` or `/AppHdr/…`, in whatever
 * envelope. An attribute has the line of its element; what is not there has the line of the nearest element above that
 * is. Null when the bytes are no message or have no such part.
 */
export function linesOf(bytes: Uint8Array, paths: readonly string[]): (number | null)[] {
  const lines = withParts(bytes, ({ header, document }) => {
    const parts = new Map([header, document].flatMap((part) => (part ? [[part.name, entryOf(part)] as const] : [])));
    return paths.map((path) => {
      const [, name = '', ...steps] = path.split('/');
      const part = parts.get(name);
      return part === undefined ? null : lineBelow(part, steps);
    });
  });
  return lines ?? paths.map(() => null);
}

/** The findings with the line of each, as `linesOf` finds it. */
export function withLines<F extends { readonly path: string }>(
  bytes: Uint8Array,
  findings: readonly F[],
): (F & { readonly line: number | null })[] {
  if (findings.length === 0) return [];
  const lines = linesOf(
    bytes,
    findings.map(({ path }) => path),
  );
  return findings.map((finding, i) => ({ ...finding, line: lines[i] ?? null }));
}
