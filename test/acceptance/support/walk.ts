import type { XmlElement, XmlNode } from '../../../src/iso20022/types.js';

/** Told of one element of a message tree: its local name, its node, and its XPath, which is made only if asked for. */
export type Visit = (name: string, node: XmlNode, path: () => string) => void;

/**
 * Visits every element below `element` in the order of its keys, depth first. In paths repeated children carry their
 * 1-based position (`CdtTrfTxInf[2]`). Attributes, text and wildcard content are not visited.
 */
export function walk(element: XmlElement, path: () => string, visit: Visit): void {
  for (const name in element) {
    const value = element[name];
    if (value === undefined || name.startsWith('@') || name.startsWith('#')) continue;
    if (!Array.isArray(value)) {
      step(name, value as XmlNode, () => `${path()}/${name}`, visit);
      continue;
    }
    for (const [position, node] of (value as readonly XmlNode[]).entries())
      step(name, node, () => `${path()}/${name}[${position + 1}]`, visit);
  }
}

function step(name: string, node: XmlNode, path: () => string, visit: Visit): void {
  visit(name, node, path);
  if (typeof node !== 'string') walk(node, path, visit);
}
