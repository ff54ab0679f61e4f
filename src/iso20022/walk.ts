import type { XmlElement, XmlNode } from './types.js';

/** One element of a message tree: its XPath, its local name and its node. */
export interface Visit {
  readonly path: string;
  readonly name: string;
  readonly node: XmlNode;
}

/**
 * Every element below `element` in the order of its keys, depth first. Repeated children carry their 1-based position
 * (`CdtTrfTxInf[2]`). Attributes, text and wildcard content are not visited.
 */
export function* walk(element: XmlElement, path: string): Generator<Visit> {
  for (const [name, value] of Object.entries(element)) {
    if (value === undefined || name.startsWith('@') || name.startsWith('#')) continue;
    const many = Array.isArray(value);
    const nodes = (many ? value : [value]) as readonly XmlNode[];
    for (const [position, node] of nodes.entries()) {
      const here = many ? `${path}/${name}[${position + 1}]` : `${path}/${name}`;
      yield { path: here, name, node };
      if (typeof node !== 'string') yield* walk(node, here);
    }
  }
}
