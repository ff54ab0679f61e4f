import type { XmlElement, XmlNode } from './types.js';

type Value = XmlNode | readonly XmlNode[] | undefined;

const isElement = (value: Value): value is XmlElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const first = (value: Value): XmlNode | undefined => (Array.isArray(value) ? value[0] : (value as XmlNode | undefined));

const walk = (element: XmlElement | undefined, path: readonly string[]): XmlNode | undefined => {
  let node: XmlNode | undefined = element;
  for (const name of path) {
    if (!isElement(node)) return undefined;
    node = first(node[name]);
  }
  return node;
};

const textOf = (node: XmlNode | undefined): string | undefined => {
  if (typeof node === 'string') return node;
  const own = node?.['#'];
  return typeof own === 'string' ? own : undefined;
};

const listOf = (value: Value): readonly XmlNode[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as XmlNode];
};

/** The text at `path` below `element`, taking the first of a repeated element; undefined when there is none. */
export const text = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  textOf(walk(element, path));

/** The element (not text-only) at `path` below `element`, taking the first of a repeated element. */
export const child = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => {
  const node = walk(element, path);
  return isElement(node) ? node : undefined;
};

/** All children called `name` that are elements, in document order; empty when there is none. */
export const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  listOf(element?.[name]).filter(isElement);

/** The text of all children called `name`, in document order; empty when there is none. */
export const texts = (element: XmlElement | undefined, name: string): readonly string[] =>
  listOf(element?.[name])
    .map(textOf)
    .filter((value) => value !== undefined);
