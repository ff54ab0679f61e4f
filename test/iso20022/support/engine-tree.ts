/**
 * What the schema engine saw, walked node by node through libxml2's own tree: no canonical form, no second parser. It is
 * the witness against which the reader's answer is held.
 */
import { XmlElement as Element, XmlCData, XmlText } from 'libxml2-wasm';
import { catalogueMessage, type TypeDefinition } from '../../../src/iso20022/catalogue/catalogue.js';
import type { CheckedMessage, XmlElement, XmlNode } from '../../../src/iso20022/types.js';
import {
  decodeWithParser,
  type EngineDocument,
  type EngineElement,
  elementsOf,
  parseXml,
  type RawNode,
  readCanonical,
  resolveReferences,
} from '../../../src/iso20022/xml-engine.js';

/** An element of any namespace: `{namespace}name`, its attributes by name, its content without comments. */
export interface Infoset {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (string | Infoset)[];
}

/** A checked tree in which each wildcard's canonical text is replaced by what it means. */
export type Seen = string | { readonly [name: string]: Seen | readonly (Seen | Infoset)[] };

const nameOf = ({ name, namespaceUri }: { readonly name: string; readonly namespaceUri: string }): string =>
  `{${namespaceUri}}${name}`;

const infosetOf = (element: EngineElement): Infoset => {
  const content: (string | Infoset)[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    const last = content.at(-1);
    if (node instanceof Element) content.push(infosetOf(node));
    else if (node instanceof XmlText || node instanceof XmlCData) {
      if (typeof last === 'string') content[content.length - 1] = last + node.content;
      else content.push(node.content);
    }
  }
  const attributes = Object.fromEntries(element.attrs.map((attribute) => [nameOf(attribute), attribute.value]));
  return { name: nameOf(element), attributes, content };
};

const textOf = (element: EngineElement): string => infosetOf(element).content.join('');

/** The element as its type says, from the engine's nodes alone. */
const seen = (element: EngineElement, type: TypeDefinition): Seen => {
  if (type.kind === 'simple') return textOf(element);
  const tree: Record<string, Seen | Seen[] | Infoset[]> = {};
  if (type.kind === 'text') {
    const { attributes, content } = infosetOf(element);
    tree['#'] = content.join('');
    for (const { name } of type.attributes)
      if (attributes[`{}${name}`] !== undefined) tree[`@${name}`] = attributes[`{}${name}`]!;
    return tree as Seen;
  }
  if (type.hasAny) return { '#any': elementsOf(element).map(infosetOf) };
  for (const child of elementsOf(element)) {
    const use = type.elements.get(child.name)!;
    const value = seen(child, use.type);
    const known = tree[child.name];
    if (!use.many) tree[child.name] = value;
    else if (Array.isArray(known)) known.push(value as never);
    else tree[child.name] = [value];
  }
  return tree as Seen;
};

/** All elements of the document called `name` whose parents are no message's: the header or document of an envelope. */
const find = (element: EngineElement, name: string): EngineElement | undefined => {
  if (element.name === name) return element;
  if (element.name === 'Document' || element.name === 'AppHdr') return undefined;
  for (const child of elementsOf(element)) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
};

const partSeen = (document: EngineDocument, name: 'AppHdr' | 'Document'): Seen | null => {
  const element = find(document.root, name);
  if (element === undefined) return null;
  const message = catalogueMessage(element.namespaceUri.split(':').at(-1)!)!;
  const tree = seen(element, message.rootType);
  return message.bodyName === null ? tree : ((tree as Record<string, Seen>)[message.bodyName] ?? null);
};

export interface SeenMessage {
  readonly header: Seen | null;
  readonly document: Seen | null;
}

const parsed = <T>(bytes: Uint8Array, use: (document: EngineDocument) => T): T => {
  const document = parseXml(bytes);
  if (!('dispose' in document)) throw new Error(`not well-formed: ${document[0]?.message}`);
  try {
    return use(document);
  } finally {
    document.dispose();
  }
};

/** What the engine saw of a message that the reader accepted. */
export const seenByEngine = (bytes: Uint8Array): SeenMessage =>
  parsed(bytes, (document) => ({
    header: partSeen(document, 'AppHdr'),
    document: partSeen(document, 'Document'),
  }));

const meaning = (node: XmlNode | readonly XmlNode[]): Seen | Seen[] => {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map((one: XmlNode) => meaning(one) as Seen);
  const tree: Record<string, Seen | readonly (Seen | Infoset)[]> = {};
  for (const [name, value] of Object.entries(node as XmlElement)) {
    if (value === undefined) continue;
    tree[name] =
      name === '#any'
        ? parsed(Buffer.from(`<any>${value as string}</any>`), ({ root }) => elementsOf(root).map(infosetOf))
        : meaning(value);
  }
  return tree as Seen;
};

/** The reader's answer in the same terms. */
export const seenByReader = ({ header, document }: Omit<CheckedMessage, 'rawHash'>): SeenMessage => ({
  header: header && (meaning(header.root) as Seen),
  document: meaning(document.root) as Seen,
});

type Raw = string | { [name: string]: Raw | Raw[] };

const add = (into: { [name: string]: Raw | Raw[] }, name: string, value: Raw): void => {
  const known = into[name];
  if (known === undefined) into[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else into[name] = [known, value];
};

const local = (name: string): string => name.slice(name.indexOf('}') + 1);

const rawOf = ({ attributes, content }: Infoset): Raw => {
  const elements = content.filter((one) => typeof one !== 'string');
  const own = Object.entries(attributes).map(([name, value]): [string, string] => [`@${local(name)}`, value]);
  if (elements.length === 0) {
    const text = content.join('');
    return own.length === 0 ? text : { '#': text, ...Object.fromEntries(own) };
  }
  const raw: { [name: string]: Raw | Raw[] } = {};
  for (const one of elements) add(raw, local(one.name), rawOf(one));
  return { ...raw, ...Object.fromEntries(own) };
};

const resolved = (raw: RawNode): Raw => {
  if (typeof raw === 'string') return resolveReferences(raw);
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => resolved(one as RawNode)) : resolved(value as RawNode),
    ]),
  );
};

/** Any document by local names, from the engine's nodes. */
export const rawByEngine = (bytes: Uint8Array): Raw => parsed(bytes, ({ root }) => rawOf(infosetOf(root)));

/** Any document by local names, through canonical text and the second parser. */
export const rawByReader = (bytes: Uint8Array): Raw =>
  parsed(bytes, ({ root }) => {
    const message = catalogueMessage('admi.002.001.01')!;
    const raw = readCanonical(root, message, { decode: decodeWithParser, mayHoldWildcards: false });
    if (raw === null) throw new Error('no canonical form');
    return resolved(raw);
  });
