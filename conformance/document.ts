/** Documents as trees that know both how they are spelt and what a reader must read. */
import { XmlElement, XmlText } from 'libxml2-wasm';
import type { EngineElement } from '../src/iso20022/xml-engine.js';
import type { ElementParticle, GroupParticle, Particle, SchemaModel } from './schema-model.js';
import { elementsWithin, typeOf } from './schema-model.js';

/** Anything that is no element of the message: text, a comment, the content of a wildcard. */
export interface Spelt {
  /** As in the bytes. */
  readonly raw: string;
  /** The text that it stands for; null for markup that is read as no text. */
  readonly text: string | null;
}
export interface Attribute {
  readonly raw: string;
  /** Name and value where a reader must read it; absent for those of XML Schema's own and for namespaces. */
  readonly read?: { readonly name: string; readonly value: string };
}
export interface Element {
  /** As in the tag: a prefix belongs to it. */
  readonly tag: string;
  readonly attributes: readonly Attribute[];
  readonly kids: readonly Kid[];
  /** What of the schema it is an instance of; absent for elements that it does not have. */
  readonly use?: ElementParticle;
}
export type Kid = Element | Spelt;

export const isElement = (kid: Kid): kid is Element => 'tag' in kid;

/** Text in the spelling of a serialiser. */
export const text = (value: string): Spelt => ({ raw: escapeText(value), text: value });
export const markup = (raw: string): Spelt => ({ raw, text: null });
export const attribute = (name: string, value: string): Attribute => ({
  raw: `${name}="${escapeText(value).replaceAll('"', '&quot;')}"`,
  read: { name, value },
});
/** An attribute that no reader reads: a namespace, or one of XML Schema's own. */
export const unread = (raw: string): Attribute => ({ raw });

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const escapeText = (value: string): string => value.replace(/[&<>\r\n\t]/g, (found) => REFERENCES[found]!);

export const print = (kid: Kid): string => {
  if (!isElement(kid)) return kid.raw;
  let tag = kid.tag;
  for (const { raw } of kid.attributes) tag += ` ${raw}`;
  if (kid.kids.length === 0) return `<${tag}/>`;
  let inside = '';
  for (const child of kid.kids) inside += print(child);
  return `<${tag}>${inside}</${kid.tag}>`;
};

/** The tree of a parsed element. Comments are left out. */
export const treeOf = (element: EngineElement): Element => {
  const kids: Kid[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) kids.push(treeOf(node));
    else if (node instanceof XmlText && node.content.trim() !== '') kids.push(text(node.content));
  }
  const named = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}:${name}`);
  const declared = Object.entries(element.nsDeclarations).map(([prefix, uri]) =>
    attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri),
  );
  const own = element.attrs.map(({ prefix, name, value }) => attribute(named(prefix, name), value));
  return { tag: named(element.prefix, element.name), attributes: [...declared, ...own], kids };
};

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1);

const textOf = (element: Element): string =>
  element.kids.map((kid) => (isElement(kid) ? '' : (kid.text ?? ''))).join('');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an element may come more than once, by its particle and the groups around it. */
const repeats = (model: SchemaModel): ((use: ElementParticle) => boolean) => {
  const many = new Set<ElementParticle>();
  for (const type of model.types.values()) {
    if (type.kind !== 'group') continue;
    const walk = (part: typeof type.group, repeated: boolean): void => {
      for (const child of part.parts) {
        if (child.kind === 'any') continue;
        const more = repeated || part.max > 1 || child.max > 1;
        if (child.kind !== 'element') walk(child, more);
        else if (more) many.add(child);
      }
    };
    walk(type.group, false);
    const uses = elementsWithin(type.group);
    for (const use of uses) if (uses.some((other) => other !== use && other.name === use.name)) many.add(use);
  }
  return (use) => many.has(use);
};

const holdsAny = (part: Particle): boolean =>
  part.kind === 'any' || (part.kind !== 'element' && part.parts.some(holdsAny));

/** Says where a reading is not what the document says, for documents that the schema accepts; null when all is well. */
export type ReadingCheck = (element: Element, reading: unknown) => string | null;

/** Compares readings with documents, by the official schema: names, order of repeated elements, text, attributes, lists. */
export const readingCheck = (model: SchemaModel): ReadingCheck => {
  const isMany = repeats(model);
  const compare = (element: Element, typeName: string, reading: unknown, path: string): string | null => {
    const type = typeOf(model, typeName);
    if (type.kind === 'simple') return reading === textOf(element) ? null : `${path} reads ${JSON.stringify(reading)}`;
    if (!isRecord(reading)) return `${path} is no object`;
    if (type.kind === 'text') return compareText(element, reading, path);
    if (holdsAny(type.group))
      return typeof reading['#any'] === 'string' && Object.keys(reading).length === 1 ? null : `${path} is no wildcard`;
    return compareGroup(element, type.group, reading, path);
  };
  const compareText = (element: Element, reading: Readonly<Record<string, unknown>>, path: string): string | null => {
    const expected = new Map([['#', textOf(element)]]);
    for (const { read } of element.attributes) if (read) expected.set(`@${read.name}`, read.value);
    const same = [...expected].every(([name, value]) => reading[name] === value);
    return same && Object.keys(reading).length === expected.size ? null : `${path} reads ${JSON.stringify(reading)}`;
  };
  const compareGroup = (
    element: Element,
    group: GroupParticle,
    reading: Readonly<Record<string, unknown>>,
    path: string,
  ): string | null => {
    const expected = new Map<string, Element[]>();
    for (const kid of element.kids) {
      if (!isElement(kid)) continue;
      const name = localName(kid.tag);
      const list = expected.get(name);
      if (list) list.push(kid);
      else expected.set(name, [kid]);
    }
    const names = Object.keys(reading);
    if (names.length !== expected.size) return `${path} reads ${names.join(' ')}`;
    for (const [name, kids] of expected) {
      const value = reading[name];
      const use = elementsWithin(group).find((candidate) => candidate.name === name);
      if (use === undefined) return `${path}/${name} is of no type`;
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (Array.isArray(value) !== isMany(use) || list.length !== kids.length) return `${path}/${name} is another list`;
      for (const [i, kid] of kids.entries()) {
        const found = compare(kid, use.type, list[i], `${path}/${name}`);
        if (found !== null) return found;
      }
    }
    return null;
  };
  return (element, reading) => compare(element, model.root.type, reading, localName(element.tag));
};
