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

const shapeError: (path: string, expected: string) => never = (path, expected) => {
  throw new Error(`invariant broken: ${path} is not ${expected}`);
};

const writeText = (out: string[], node: XmlNode, type: TextType, { name, close }: ElementUse): void => {
  if (!isElement(node)) shapeError(name, 'text with attributes');
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
  if (typeof text !== 'string') shapeError(`${name}/#`, 'text');
  out.push(`<${name}${attributes}>`, escapeText(text), close);
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
const writeGroup = (out: string[], node: XmlNode, type: GroupType, name: string): void => {
  if (!isElement(node)) shapeError(name, 'an element');
  if (type.hasAny) {
    const content = node['#any'];
    if (typeof content !== 'string') shapeError(`${name}/#any`, 'canonical text');
    out.push(content);
    return;
  }
  for (const use of usesOf(node, type, name)) {
    const value = node[use.name];
    if (use.many !== Array.isArray(value))
      shapeError(`${name}/${use.name}`, use.many ? 'an array' : 'a single element');
    if (!use.many) writeNode(out, value as XmlNode, use);
    else for (const one of value as readonly XmlNode[]) writeNode(out, one, use);
  }
};

const writeNode = (out: string[], node: XmlNode, use: ElementUse): void => {
  const { type, name, open, close } = use;
  if (type.kind === 'text') writeText(out, node, type, use);
  else if (type.kind === 'group') {
    out.push(open);
    writeGroup(out, node, type, name);
    out.push(close);
  } else {
    if (typeof node !== 'string') shapeError(name, 'text');
    out.push(open, escapeText(node), close);
  }
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
  // Pieces that are joined once: a text that grows with every node would leave as much garbage as it has nodes.
  const pieces: string[] = [];
  writeGroup(pieces, root, message.bodyType, message.bodyName ?? message.root);
  const content = pieces.join('');
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
