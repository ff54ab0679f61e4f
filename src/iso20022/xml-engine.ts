/**
 * The only file that knows XML libraries. libxml2 parses, validates and canonicalises; fast-xml-parser reads the
 * canonical text, with every conversion off. What it reads is the canonical form of the very nodes that were validated.
 */
import { XMLParser } from 'fast-xml-parser';
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement, XmlError, type XmlNode, XsdValidator } from 'libxml2-wasm';
import * as engineInternals from 'libxml2-wasm/lib/libxml2.mjs';
import { invariant } from '../kernel/result.js';
import { type CatalogueMessage, catalogueMessage, ISO_NAMESPACE } from './catalogue/catalogue.js';
import { generateXsd } from './xsd.js';

/** An element of a parsed document. It lives as long as the document it came from. */
export type EngineElement = XmlElement;
/** A parsed document. The caller must dispose it. */
export type EngineDocument = XmlDocument;

export interface SchemaError {
  readonly line: number | null;
  /** libxml2's own node path, unique in the document. */
  readonly nodePath: string;
  readonly message: string;
}

/** What fast-xml-parser answers: text, or an object of `#`, `@attribute` and children (several: an array). */
export type RawNode = string | { readonly [name: string]: RawNode | readonly RawNode[] };

/**
 * Nothing is fetched. Bytes are UTF-8 whatever they say, as the gate made sure. Names are those of XML 1.0's first four
 * editions: what XML Schema 1.0 builds on, and what Xerces reads.
 */
const PARSE_OPTION =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_OLD10 |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_BIG_LINES;

const MESSAGE_LENGTH_MAX = 500;

/** Errors reported of one document. What is beyond is as refused, and one line says that there is more. */
export const ERRORS_MAX = 500;

interface ErrorStruct {
  message(pointer: number): string;
  level(pointer: number): number;
  line(pointer: number): number;
  col(pointer: number): number;
  node(pointer: number): number;
}

/**
 * The engine's own collector asks libxml2 for the path of every node in error, which costs the number of siblings
 * before it: the square of the message for one that is wrong throughout. This one stops asking at `ERRORS_MAX`.
 */
const limitErrors = (): void => {
  const { addFunction, error, XmlErrorStruct, xmlGetNodePath } = engineInternals as unknown as {
    addFunction(collect: (index: number, pointer: number) => void, signature: string): number;
    error: typeof engineInternals.error;
    XmlErrorStruct: ErrorStruct;
    xmlGetNodePath(node: number): string | null;
  };
  error.errorCollector = addFunction((index, pointer) => {
    const collected = error.storage.get(index);
    if (collected.length > ERRORS_MAX) return;
    const full = collected.length === ERRORS_MAX;
    collected.push({
      message: full ? `more than ${ERRORS_MAX} errors: the others are not listed` : XmlErrorStruct.message(pointer),
      level: XmlErrorStruct.level(pointer),
      line: full ? 0 : XmlErrorStruct.line(pointer),
      col: XmlErrorStruct.col(pointer),
      xpath: full ? undefined : (xmlGetNodePath(XmlErrorStruct.node(pointer)) ?? undefined),
    });
  }, 'vii');
};
limitErrors();

const clean = (message: string, namespace: string): string =>
  message.replaceAll(`{${namespace}}`, '').trim().slice(0, MESSAGE_LENGTH_MAX);

interface EngineErrorDetail {
  readonly message: string;
  readonly line: number;
  readonly xpath?: string;
}

const detailsOf = (error: unknown): readonly EngineErrorDetail[] => {
  if (error instanceof Error && 'details' in error && Array.isArray(error.details) && error.details.length > 0)
    return error.details as readonly EngineErrorDetail[];
  throw error;
};

const schemaErrors = (error: unknown, namespace: string): SchemaError[] =>
  detailsOf(error).map(({ message, line, xpath }) => ({
    line: line > 0 ? line : null,
    nodePath: xpath ?? '',
    message: clean(message, namespace),
  }));

/** Parses bytes that passed the gate. Answers the document, or why it is not well-formed. */
export const parseXml = (bytes: Uint8Array): EngineDocument | readonly SchemaError[] => {
  try {
    return XmlDocument.fromBuffer(bytes, { option: PARSE_OPTION });
  } catch (error) {
    return schemaErrors(error, '');
  }
};

/** A compiled schema; `validate` answers every error, none when the element satisfies the schema. */
export interface CompiledSchema {
  validate(target: EngineDocument | EngineElement): readonly SchemaError[];
}

/** Compiles the text of a schema. Throws when it is no schema. */
export const compileXsd = (xsd: string | Uint8Array, namespace: string): CompiledSchema => {
  const source = typeof xsd === 'string' ? XmlDocument.fromString(xsd) : XmlDocument.fromBuffer(xsd);
  try {
    const validator = XsdValidator.fromDoc(source);
    return {
      validate: (target) => {
        try {
          if (target instanceof XmlDocument) validator.validate(target);
          else validator.validate(target);
          return [];
        } catch (error) {
          return schemaErrors(error, namespace);
        }
      },
    };
  } finally {
    source.dispose();
  }
};

const compiled = new Map<string, CompiledSchema>();

/** Our schema of the message, compiled once in a process. */
export const schemaOf = (message: CatalogueMessage): CompiledSchema => {
  const known = compiled.get(message.id);
  if (known !== undefined) return known;
  const schema = compileXsd(generateXsd(message.id), message.namespace);
  compiled.set(message.id, schema);
  return schema;
};

/** The child elements, in order. */
export const elementsOf = (parent: EngineElement): EngineElement[] => {
  const found: EngineElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
};

const isHolder = (element: EngineElement, message: CatalogueMessage): boolean =>
  message.anyHolders.has(element.name) && element.namespaceUri === message.namespace;

/** Holders of a wildcard below `root` that are not themselves inside the content of one. */
const outermostHolders = (root: EngineElement, message: CatalogueMessage): EngineElement[] => {
  const names = [...message.anyHolders].map((name) => `self::m:${name}`).join(' or ');
  const candidates = root.find(`descendant::*[${names}]`, { m: message.namespace });
  return candidates.filter((node): node is EngineElement => {
    if (!(node instanceof XmlElement)) return false;
    let up = node.parent;
    while (up !== null && !up.isSameNode(root)) {
      if (isHolder(up, message)) return false;
      up = up.parent;
    }
    return true;
  });
};

const childNodes = (element: EngineElement): XmlNode[] => {
  const nodes: XmlNode[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) nodes.push(node);
  return nodes;
};

/** A character that no document can hold: it parts the contents of several holders in one canonical text. */
const SEPARATOR = '\u0001';

/** Canonical text of a whole document; null when it can not be: a namespace in it is a relative URI (Canonical XML 1.0, 1.3). */
const canonical = (document: EngineDocument, nodeSet?: Set<XmlNode>): string | null => {
  try {
    return document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, ...(nodeSet && { nodeSet }) });
  } catch (error) {
    if (error instanceof XmlError) return null;
    throw error;
  }
};

/**
 * Puts the canonical text of each wildcard's content in its place, so that no reader can take it for structure; false when there is none.
 * One canonicalisation for all of them: one each would cost the square of their number.
 */
const textualiseWildcards = (document: EngineDocument, message: CatalogueMessage): boolean => {
  const holders = outermostHolders(document.root, message);
  if (holders.length === 0) return true;
  const content = holders.map((holder) => {
    // Text beside the elements is white space; left there, the separator would be merged into it.
    for (const node of childNodes(holder)) if (!(node instanceof XmlElement)) node.remove();
    const inside = elementsOf(holder);
    return { holder, inside, separator: holder.addText(SEPARATOR) };
  });
  const visible = new Set<XmlNode>(content.flatMap(({ inside, separator }) => [...inside, separator]));
  const texts = canonical(document, visible)?.split(SEPARATOR);
  if (texts === undefined) return false;
  for (const [i, { holder, separator, inside }] of content.entries()) {
    for (const node of inside) node.remove();
    separator.remove();
    holder.addText(texts[i] ?? '');
  }
  return true;
};

const reader = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreAttributes: false,
  processEntities: false,
  removeNSPrefix: true,
  attributeNamePrefix: '@',
  textNodeName: '#',
  jPath: false,
  // The parser's own list of nodes: its object form costs half as much again, and this one is made to measure.
  preserveOrder: true,
});

const REFERENCES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x9;': '\t',
  '&#xA;': '\n',
  '&#xD;': '\r',
};

/** Resolves the references that canonical XML may hold (Canonical XML 1.0, 2.3), and there are no others. */
export const resolveReferences = (text: string): string =>
  text.includes('&') ? text.replace(/&(?:amp|lt|gt|quot|#x9|#xA|#xD);/g, (found) => REFERENCES[found]!) : text;

/** Reads canonical XML of one element. */
export type CanonicalDecoder = (text: string) => RawNode;

/** The decoder that reads with fast-xml-parser. */
export const decodeWithParser: CanonicalDecoder = (text) => {
  const [root] = reader.parse(text) as readonly OrderedNode[];
  invariant(root !== undefined, 'canonical text has a root');
  return nodeOf(root, nameOf(root));
};

/** An element as the parser lists it: its children under its name, its attributes under `:@`; or a text, under `#`. */
interface OrderedNode {
  readonly [name: string]: readonly OrderedNode[] | Readonly<Record<string, string>> | string | undefined;
}

function nameOf(node: OrderedNode): string {
  for (const name in node) if (name !== ':@') return name;
  throw new Error('invariant broken: a node has a name');
}

function nodeOf(element: OrderedNode, name: string): RawNode {
  const attributes = element[':@'] as Readonly<Record<string, string>> | undefined;
  let content = '';
  let node: Record<string, RawNode | RawNode[]> | undefined;
  for (const child of element[name] as readonly OrderedNode[]) {
    const childName = nameOf(child);
    if (childName === '#') content += child['#'] as string;
    else {
      node ??= {};
      const value = nodeOf(child, childName);
      const known = node[childName];
      if (known === undefined) node[childName] = value;
      else if (Array.isArray(known)) known.push(value);
      else node[childName] = [known as RawNode, value];
    }
  }
  if (node) return { ...node, ...attributes } as RawNode;
  return attributes ? { '#': content, ...attributes } : content;
}

export interface CanonicalOptions {
  readonly decode: CanonicalDecoder;
  /** False only when no element of the message can be the holder of a wildcard. */
  readonly mayHoldWildcards: boolean;
}

/**
 * Reads a validated element; null when it has no canonical form. References in the answer are unresolved. The element
 * is consumed: it is moved into a document of its own, where the envelope's namespaces and nodes are not in the way.
 */
export const readCanonical = (
  element: EngineElement,
  message: CatalogueMessage,
  options: CanonicalOptions,
): RawNode | null => {
  if (element.parent === null) return readRoot(element.doc, message, options);
  // The moved nodes still point at namespaces of the envelope, so its document must outlive this one: it does.
  const own = XmlDocument.create();
  try {
    own.root = element;
    return readRoot(own, message, options);
  } finally {
    own.dispose();
  }
};

const readRoot = (document: EngineDocument, message: CatalogueMessage, options: CanonicalOptions): RawNode | null => {
  if (options.mayHoldWildcards && !textualiseWildcards(document, message)) return null;
  const text = canonical(document);
  return text === null ? null : options.decode(text);
};

/** The catalogue's message whose namespace this is; why not, otherwise. */
export const messageOfNamespace = (
  namespace: string,
): CatalogueMessage | 'NAMESPACE_UNKNOWN' | 'MESSAGE_UNSUPPORTED' => {
  if (!namespace.startsWith(ISO_NAMESPACE)) return 'NAMESPACE_UNKNOWN';
  const id = namespace.slice(ISO_NAMESPACE.length);
  if (!/^[a-z]{4}\.\d{3}\.\d{3}\.\d{2}$/.test(id)) return 'NAMESPACE_UNKNOWN';
  return catalogueMessage(id) ?? 'MESSAGE_UNSUPPORTED';
};
