/** Finds header and document in the plain text of a message, bare or in an envelope, and has them read. */
import type { CatalogueMessage } from '../catalogue/catalogue.js';
import type { CheckedDocument, XmlElement } from '../types.js';
import { type Cursor, readGroupContent } from './element.js';
import { planOfNamespace } from './plan.js';
import { GREATER, hasOnlyXmlCharacters, LESS, resolveText, SLASH, type Source, skipSpace } from './text.js';

/** What was found so far. `parent` is the number of the wrapper that holds a part. */
interface Found {
  header: CheckedDocument | null;
  headerParent: number;
  document: CheckedDocument | null;
  documentParent: number;
  wrappers: number;
  elements: number;
}

/** A start tag. `prefix` carries its colon or is empty; `attributes` are as written. */
interface Tag {
  readonly prefix: string;
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly empty: boolean;
  /** Where its name, with prefix, begins. */
  readonly nameFrom: number;
  readonly end: number;
}

const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';
const OPENING = new RegExp(`<(?:(${NAME}):)?(${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`[ \\t\\r\\n]+((?:${NAME}:)?${NAME})=(?:"([^"<&]*)"|'([^'<&]*)')`, 'y');
const CLOSING = /[ \t\r\n]*(\/?)>/y;

/** The tag at `at`; null when it is not plain, or says something twice. */
const readTag = (text: string, at: number): Tag | null => {
  OPENING.lastIndex = at;
  const name = OPENING.exec(text);
  if (name === null) return null;
  let end = OPENING.lastIndex;
  const attributes = new Map<string, string>();
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const match = ATTRIBUTE.exec(text);
    if (match === null) break;
    const [, key, double, single] = match;
    if (attributes.has(key!)) return null;
    attributes.set(key!, double ?? single!);
    end = ATTRIBUTE.lastIndex;
  }
  CLOSING.lastIndex = end;
  const closing = CLOSING.exec(text);
  if (closing === null) return null;
  const prefix = name[1] === undefined ? '' : `${name[1]}:`;
  return { prefix, local: name[2]!, attributes, empty: closing[1] === '/', nameFrom: at + 1, end: CLOSING.lastIndex };
};

/** Namespaces that are certainly absolute URIs. The two that XML itself owns may not be declared. */
const NAMESPACE = /^(?:urn:[A-Za-z0-9:._-]+|https?:\/\/[A-Za-z0-9._/-]+#?)$/;
const OWNED = ['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'];
const isPlainNamespace = (value: string): boolean => NAMESPACE.test(value) && !OWNED.includes(value);

/** The prefix that an attribute declares (empty: the default namespace); undefined when it declares none. */
const declaredBy = (name: string): string | undefined => {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice(6) : undefined;
};

const isReserved = (prefix: string): boolean => /^xml/i.test(prefix);

const declaresPlainly = (name: string, value: string): boolean => {
  const declared = declaredBy(name);
  return declared !== undefined && !isReserved(declared) && isPlainNamespace(value);
};

/** A relative namespace, as of `SWIFTNetBusinessEnvelope`, harms an envelope alone: header and document declare their own. */
const RELATIVE = /^[A-Za-z][A-Za-z0-9]*$/;

const SCHEMA_LOCATION = 'xsi:schemaLocation';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Prefixes in scope inside a wrapper; null when its tag is not plain. Outside of header and document nothing is validated. */
const scopeOf = (
  { prefix, attributes }: Tag,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | null => {
  const scope = new Map(outer);
  for (const [name, value] of attributes) {
    const declared = declaredBy(name);
    if (declared === undefined) {
      if (name.includes(':') ? name !== SCHEMA_LOCATION : isReserved(name)) return null;
      if (!hasOnlyXmlCharacters(value)) return null;
    } else if (declaresPlainly(name, value) || (declared === '' && RELATIVE.test(value))) scope.set(declared, value);
    else return null;
  }
  if (attributes.has(SCHEMA_LOCATION) && scope.get('xsi') !== INSTANCE) return null;
  return prefix === '' || scope.has(prefix.slice(0, -1)) ? scope : null;
};

/** A schema location is a hint that the schema engine does not follow (XML Schema part 1, 4.3.2). */
const isPlainHint = (attributes: Tag['attributes'], value: string): boolean =>
  attributes.get('xmlns:xsi') === INSTANCE && /^[ -~]*$/.test(value);

const bodyOf = (message: CatalogueMessage, root: XmlElement): XmlElement =>
  message.bodyName === null ? root : (root[message.bodyName] as XmlElement);

/** Reads the header or document whose tag is `tag`; answers it and the offset behind it. */
const readPart = (source: Source, tag: Tag): readonly [CheckedDocument, number] | null => {
  const { prefix, local, attributes, empty, nameFrom, end } = tag;
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
  const plan = planOfNamespace(attributes.get(declaration) ?? '');
  if (plan === undefined || plan.root.kind !== 'group' || plan.message.root !== local || empty) return null;
  for (const [name, value] of attributes)
    if (name === SCHEMA_LOCATION ? !isPlainHint(attributes, value) : !declaresPlainly(name, value)) return null;
  const cursor: Cursor = { source, bytes: source.bytes, text: source.text, prefix, at: end };
  const root = readGroupContent(cursor, plan.root, nameFrom, nameFrom + prefix.length + local.length);
  if (root === null) return null;
  return [{ messageId: plan.message.id, root: bodyOf(plan.message, root) }, cursor.at];
};

/** The reader of messages refuses an envelope with more. */
const ELEMENTS_MAX = 64;

/** Reads one child of a wrapper, the part or wrapper at `at`; answers the offset behind it, or -1. */
const readChild = (
  source: Source,
  at: number,
  parent: number,
  scope: ReadonlyMap<string, string>,
  found: Found,
): number => {
  const tag = readTag(source.text, at);
  found.elements += 1;
  if (tag === null || found.elements > ELEMENTS_MAX) return -1;
  const isHeader = tag.local === 'AppHdr';
  if (!isHeader && tag.local !== 'Document') return readWrapper(source, tag, scope, found);
  const part = (isHeader ? found.header : found.document) === null ? readPart(source, tag) : null;
  if (part === null) return -1;
  if (isHeader) {
    found.header = part[0];
    found.headerParent = parent;
  } else {
    found.document = part[0];
    found.documentParent = parent;
  }
  return part[1];
};

/** Reads a wrapper from behind its tag; answers the offset behind it, or -1. What it says besides the parts is dropped. */
const readWrapper = (source: Source, tag: Tag, outer: ReadonlyMap<string, string>, found: Found): number => {
  const { text } = source;
  const scope = scopeOf(tag, outer);
  if (scope === null) return -1;
  if (tag.empty) return tag.end;
  const own = found.wrappers;
  found.wrappers += 1;
  let at = tag.end;
  for (;;) {
    const open = skipSpace(source, at);
    if (text.charCodeAt(open) !== LESS) {
      const end = text.indexOf('<', open);
      if (end < 0 || !isPlainText(text.slice(open, end))) return -1;
      at = end;
    } else if (text.charCodeAt(open + 1) === SLASH) {
      const closing = `${tag.prefix}${tag.local}`;
      const end = open + 2 + closing.length;
      return text.startsWith(closing, open + 2) && text.charCodeAt(end) === GREATER ? end + 1 : -1;
    } else {
      at = readChild(source, open, own, scope, found);
      if (at < 0) return -1;
    }
  }
};

const isPlainText = (text: string): boolean =>
  resolveText(text) !== null && !text.includes(']]>') && hasOnlyXmlCharacters(text);

const DECLARATION =
  /^<\?xml[ \t\r\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding=(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:[ \t\r\n]+standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const DECLARATION_LENGTH_MAX = 120;
/** The bytes of U+FEFF. */
const MARK = '\u00ef\u00bb\u00bf';

/** Where the root begins: behind byte order mark, XML declaration, white space and comments. */
const startOf = (source: Source): number => {
  const { text } = source;
  const start = text.startsWith(MARK) ? MARK.length : 0;
  if (!text.startsWith('<?', start)) return skipSpace(source, start);
  const declaration = DECLARATION.exec(text.slice(start, start + DECLARATION_LENGTH_MAX));
  return declaration === null ? -1 : skipSpace(source, start + declaration[0].length);
};

/** Header and document as `CheckedMessage` has them. */
export interface PlainMessage {
  readonly header: CheckedDocument | null;
  readonly document: CheckedDocument;
}

/** Header and document of the message, of which there must be nothing else but wrappers; null when it is not plain. */
export const readSource = (source: Source): PlainMessage | null => {
  const { text } = source;
  const start = startOf(source);
  const tag = start < 0 ? null : readTag(text, start);
  if (tag === null || tag.local === 'AppHdr') return null;
  if (tag.local === 'Document') {
    const part = readPart(source, tag);
    return part !== null && skipSpace(source, part[1]) === text.length ? { header: null, document: part[0] } : null;
  }
  const found: Found = { header: null, headerParent: 0, document: null, documentParent: 0, wrappers: 0, elements: 1 };
  const end = readWrapper(source, tag, new Map(), found);
  const { header, document } = found;
  if (end < 0 || skipSpace(source, end) !== text.length || header === null || document === null) return null;
  return found.headerParent === found.documentParent ? { header, document } : null;
};
