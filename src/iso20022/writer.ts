/**
 * Writes trees in the shape of types.ts as XML: elements in the order of the catalogue, every character escaped that a
 * parser would change. It trusts no tree: an element the catalogue does not know, or a value of the wrong shape, is a
 * broken invariant. Facets are not checked here; the schema does that.
 */
import { invariant } from '../kernel/result.js';
import {
  type CatalogueMessage,
  catalogueMessage,
  type ElementUse,
  type GroupType,
  type TextType,
  type TypeDefinition,
} from './catalogue/catalogue.js';
import type { CheckedDocument, MessageId, XmlElement, XmlNode } from './types.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

const escapeText = (text: string): string =>
  /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (c) => ESCAPES[c]!) : text;
const escapeAttribute = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (c) => ESCAPES[c]!);

const isElement = (node: XmlNode | readonly XmlNode[] | undefined): node is XmlElement =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const shapeError = (path: string, expected: string): never => {
  throw new Error(`invariant broken: ${path} is not ${expected}`);
};

const writeText = (node: XmlNode, type: TextType, name: string): string => {
  if (!isElement(node)) return shapeError(name, 'text with attributes');
  let attributes = '';
  for (const use of type.attributes) {
    const value = node[`@${use.name}`];
    if (typeof value === 'string') attributes += ` ${use.name}="${escapeAttribute(value)}"`;
    else if (use.required || value !== undefined) shapeError(`${name}/@${use.name}`, 'text');
  }
  for (const key in node) {
    const known = key === '#' || type.attributes.some((use) => key === `@${use.name}`);
    if (!known && node[key] !== undefined) shapeError(`${name}/${key}`, 'in the catalogue');
  }
  const text = node['#'];
  return typeof text === 'string'
    ? `<${name}${attributes}>${escapeText(text)}</${name}>`
    : shapeError(`${name}/#`, 'text');
};

/** The elements that a node has, in the order of the catalogue. */
const usesOf = (node: XmlElement, type: GroupType, name: string): readonly ElementUse[] => {
  const uses: ElementUse[] = [];
  let last = -1;
  let isSorted = true;
  for (const key in node) {
    if (node[key] === undefined) continue;
    const use = type.elements.get(key) ?? shapeError(`${name}/${key}`, 'in the catalogue');
    isSorted &&= use.position > last;
    last = use.position;
    uses.push(use);
  }
  return isSorted ? uses : uses.sort((one, other) => one.position - other.position);
};

/** `name` is that of the element itself: with the child's it makes the path of an error. */
const writeGroup = (node: XmlNode, type: GroupType, name: string): string => {
  if (!isElement(node)) return shapeError(name, 'an element');
  if (type.hasAny) {
    const content = node['#any'];
    return typeof content === 'string' ? content : shapeError(`${name}/#any`, 'canonical text');
  }
  let text = '';
  for (const use of usesOf(node, type, name)) {
    const value = node[use.name];
    if (use.many !== Array.isArray(value))
      shapeError(`${name}/${use.name}`, use.many ? 'an array' : 'a single element');
    if (!use.many) text += writeNode(value as XmlNode, use.type, use.name);
    else for (const one of value as readonly XmlNode[]) text += writeNode(one, use.type, use.name);
  }
  return text;
};

const writeNode = (node: XmlNode, type: TypeDefinition, name: string): string => {
  if (type.kind === 'text') return writeText(node, type, name);
  if (type.kind === 'group') return `<${name}>${writeGroup(node, type, name)}</${name}>`;
  return typeof node === 'string' ? `<${name}>${escapeText(node)}</${name}>` : shapeError(name, 'text');
};

const messageOf = (id: MessageId): CatalogueMessage => {
  const message = catalogueMessage(id);
  invariant(message !== undefined, `the catalogue has no message ${id}`);
  return message;
};

/**
 * Writes `Document` (or, for head.001, `AppHdr`) around `root`, the content that a `CheckedDocument` holds, without XML
 * declaration. Elements of one name that the schema lets repeat inside a repeated choice are written together.
 */
export const writeDocument = (messageId: MessageId, root: XmlElement): string => {
  const message = messageOf(messageId);
  const content = writeGroup(root, message.bodyType, message.bodyName ?? message.root);
  const body = message.bodyName === null ? content : `<${message.bodyName}>${content}</${message.bodyName}>`;
  return `<${message.root} xmlns="${message.namespace}">${body}</${message.root}>`;
};

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The bytes of a message: with a header, `AppHdr` and `Document` side by side in `Envelope`; else the bare `Document`. */
export const writeEnvelope = (header: CheckedDocument | null, messageId: MessageId, root: XmlElement): Uint8Array => {
  const document = writeDocument(messageId, root);
  if (header === null) return Buffer.from(DECLARATION + document, 'utf8');
  const head = writeDocument(header.messageId, header.root);
  return Buffer.from(`${DECLARATION}<Envelope>${head}${document}</Envelope>`, 'utf8');
};
