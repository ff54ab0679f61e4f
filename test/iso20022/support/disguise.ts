/** The same tree in other words: prefixes, quotes, CDATA, references, comments, white space, as the draw has it. */

import type { Random } from '../../../fuzz/random.js';
import { catalogueMessage, type TypeDefinition } from '../../../src/iso20022/catalogue/catalogue.js';
import type { CheckedDocument, XmlElement, XmlNode } from '../../../src/iso20022/types.js';

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;
const BLANKS = ['', '', ' ', '\n', '\t', '\r\n', '\r', ' \n  '];
const COMMENTS = ['<!---->', '<!-- <Ref>9</Ref> ]]> &x; -->', '<!--é\n-->', '<!-- - -->'];
const blank = (random: Random): string => pick(random, BLANKS);

/** White space and comments, as they may stand between elements. */
const between = (random: Random): string => {
  let text = blank(random);
  while (random(8) === 0) text += pick(random, COMMENTS) + blank(random);
  return text;
};

const reference = (random: Random, character: string): string => {
  const code = character.codePointAt(0)!;
  const zeros = '0'.repeat(random(3));
  const hex = code.toString(16);
  return pick(random, [`&#${zeros}${code};`, `&#x${zeros}${hex};`, `&#x${hex.toUpperCase()};`]);
};
const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** One character of a text; `kept` are those that a parser would change or take for markup if they stood as they are. */
const character = (random: Random, one: string, kept: string): string => {
  if (random(8) === 0) return reference(random, one);
  if (!kept.includes(one)) return one;
  return NAMED[one] ?? reference(random, one);
};

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const textContent = (random: Random, text: string): string => {
  const characters = [...text];
  let out = '';
  while (characters.length > 0) {
    const part = characters.splice(0, 1 + random(12));
    const plain = part.map((one) => character(random, one, '&<>\r')).join('');
    // A carriage return in CDATA would be read as a line feed.
    out += random(5) === 0 && !part.includes('\r') ? cdata(part.join('')) : plain;
    if (random(10) === 0) out += pick(random, [...COMMENTS, '<![CDATA[]]>']);
  }
  return out;
};

const attribute = (random: Random, [name, value]: readonly [string, string]): string => {
  const quote = pick(random, ['"', "'"]);
  const text = [...value].map((one) => character(random, one, `&<\r\n\t${quote}`)).join('');
  return `${pick(random, [' ', '\n', ' \r\n\t'])}${name}${blank(random)}=${blank(random)}${quote}${text}${quote}`;
};

const shuffled = <T>(random: Random, list: readonly T[]): T[] => {
  const left = [...list];
  return list.map(() => left.splice(random(left.length), 1)[0]!);
};

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Writes elements of one namespace; `prefix` is the one in force, empty for the default. */
const createWriter = (random: Random, namespace: string) => {
  const names = ['n', 'ns2', 'Document', 'xmlx', 'é'];

  const element = (name: string, prefix: string | null, attributes: [string, string][], content: Content): string => {
    const fresh = prefix === null || random(12) === 0;
    const own = fresh ? pick(random, ['', ...names]) : prefix;
    const declared: [string, string][] = fresh ? [[own === '' ? 'xmlns' : `xmlns:${own}`, namespace]] : [];
    if (random(20) === 0) declared.push(['xmlns:i', XSI], ['i:schemaLocation', 'urn:x file:///nowhere']);
    if (random(20) === 0) declared.push(['xmlns:unused', 'urn:unused']);
    const tag = own === '' ? name : `${own}:${name}`;
    const list = shuffled(random, [...attributes, ...declared]).map((one) => attribute(random, one));
    const inside = content(own);
    if (inside === '' && random(2) === 0) return `<${tag}${list.join('')}${blank(random)}/>`;
    return `<${tag}${list.join('')}${blank(random)}>${inside}</${tag}${blank(random)}>`;
  };
  type Content = (prefix: string) => string;

  const group = (node: XmlElement, type: TypeDefinition & { kind: 'group' }, prefix: string): string => {
    if (type.hasAny) return between(random) + (node['#any'] as string) + between(random);
    let out = between(random);
    for (const use of type.elements.values()) {
      const value = node[use.name];
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? (value as readonly XmlNode[]) : [value as XmlNode])
        out += write(one, use.type, use.name, prefix) + between(random);
    }
    return out;
  };

  const write = (node: XmlNode, type: TypeDefinition, name: string, prefix: string | null): string => {
    if (type.kind === 'group') return element(name, prefix, [], (own) => group(node as XmlElement, type, own));
    if (typeof node === 'string') return element(name, prefix, [], () => textContent(random, node));
    const attributes = Object.entries(node).filter(([key]) => key.startsWith('@'));
    const pairs = attributes.map(([key, value]): [string, string] => [key.slice(1), value as string]);
    return element(name, prefix, pairs, () => textContent(random, node['#'] as string));
  };
  return write;
};

const disguisedPart = (random: Random, { messageId, root }: CheckedDocument): string => {
  const message = catalogueMessage(messageId)!;
  const tree = message.bodyName === null ? root : { [message.bodyName]: root };
  return createWriter(random, message.namespace)(tree, message.rootType, message.root, null);
};

const DECLARATIONS = ['', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='no' ?>"];

/** The bytes of the message, bare or in an envelope, in a random lexical form; the trees stay what they are. */
export const disguise = (random: Random, header: CheckedDocument | null, document: CheckedDocument): Buffer => {
  const parts = [...(header === null ? [] : [header]), document];
  const written = shuffled(random, parts).map((part) => disguisedPart(random, part));
  const body = header === null ? written[0]! : `<E>${between(random)}${written.join(between(random))}</E>`;
  const declaration = pick(random, DECLARATIONS);
  const mark = random(4) === 0 ? '\ufeff' : '';
  return Buffer.from(`${mark}${declaration}${between(random)}${body}${between(random)}`);
};
