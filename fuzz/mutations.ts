/** Ways to change a message: by bytes, and by the elements that can be seen in them. Texts are bytes, as Latin-1. */
import { pick, type Random } from './random.js';

// biome-ignore format: a table
const TOKENS = [
  '<![CDATA[', ']]>', '<!--', '-->', '<a/>', '</a>', '<a>', '/>', '&amp;', '&lt;', '&#65;', '&#x416;', '&#13;', '&#0;',
  '&#xD800;', '&x;', '&', '<?x?>', '<?xml version="1.0"?>', '<!DOCTYPE a [<!ENTITY x "y">]>', ' xmlns=""',
  ' xmlns:n="urn:n"', ' n:a="1"', ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"', ' Ccy="KZT"',
  ' xml:space="preserve"', ' encoding="UTF-16"', '\r', '\r\n', '\t', ' ', '\0', '\x01', '\x7f', '\xc2\x85', '\xe2\x80\xae',
  '\xef\xbb\xbf', '\xef\xbf\xbf', '\xed\xa0\x80', '\xc0\xaf', '\xf0\x9f\x98\x80', '\xd2\x9a', '"', "'", '=', ']]', '--',
  '2026-02-30', '24:00:00', '+14:00', '9'.repeat(19), '-0.00', '1e5', 'A'.repeat(36), 'Document', 'AppHdr', 'Envlp',
];

const ELEMENT = /<([^\s<>/!?]+)(?:[^<>]*)>/g;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** An element drawn from the text, from `<` to after its end tag: the nearest end tag of its name, which will do. */
const anElement = (random: Random, text: string): Span | null => {
  const found = [...text.matchAll(ELEMENT)];
  if (found.length === 0) return null;
  const { 0: tag, 1: name = '', index: start } = pick(random, found);
  if (tag.endsWith('/>')) return { start, end: start + tag.length, name };
  const close = text.indexOf(`</${name}`, start + tag.length);
  const end = close < 0 ? start + tag.length : text.indexOf('>', close) + 1 || text.length;
  return { start, end, name };
};

const splice = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

type Mutation = (random: Random, text: string, other: string) => string;

const aRange = (random: Random, text: string): [number, number] => {
  const from = random(text.length + 1);
  return [from, Math.min(text.length, from + 1 + random(pick(random, [2, 8, 64, 512])))];
};

const BYTES: readonly Mutation[] = [
  (random, text) => {
    const at = random(text.length + 1);
    return splice(text, at, at + 1, String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << random(8))));
  },
  (random, text) => splice(text, ...aRange(random, text), ''),
  (random, text) => {
    const [from, to] = aRange(random, text);
    return splice(text, to, to, text.slice(from, to).repeat(1 + random(4)));
  },
  (random, text) => {
    const at = random(text.length + 1);
    return splice(text, at, at + random(3), pick(random, TOKENS));
  },
  (random, text) => {
    const at = random(text.length + 1);
    return splice(text, at, at, String.fromCharCode(random(256)));
  },
  (random, text, other) => {
    const [from, to] = aRange(random, other);
    return splice(text, ...aRange(random, text), other.slice(from, to));
  },
  (random, text, other) => text.slice(0, random(text.length + 1)) + other.slice(random(other.length + 1)),
];

const asReference = (random: Random, one: string): string => {
  const code = one.charCodeAt(0);
  return code > 0x7f || code < 0x20 ? one : pick(random, [`&#${code};`, `&#x${code.toString(16)};`]);
};

/** Applies `change` to a stretch of text between two tags. */
const inText =
  (change: (random: Random, content: string) => string): Mutation =>
  (random, text) => {
    const found = [...text.matchAll(/>([^<>]+)</g)];
    if (found.length === 0) return text;
    const { 1: content = '', index } = pick(random, found);
    return splice(text, index + 1, index + 1 + content.length, change(random, content));
  };

const ELEMENTS: readonly Mutation[] = [
  (random, text) => {
    const span = anElement(random, text);
    return span === null ? text : splice(text, span.start, span.end, '');
  },
  (random, text) => {
    const span = anElement(random, text);
    return span === null
      ? text
      : splice(text, span.end, span.end, text.slice(span.start, span.end).repeat(1 + random(3)));
  },
  (random, text) => {
    const span = anElement(random, text);
    const to = anElement(random, text);
    return span === null || to === null ? text : splice(text, to.start, to.start, text.slice(span.start, span.end));
  },
  (random, text, other) => {
    const span = anElement(random, text);
    const by = anElement(random, other);
    return span === null || by === null ? text : splice(text, span.start, span.end, other.slice(by.start, by.end));
  },
  (random, text) => {
    const span = anElement(random, text);
    const by = anElement(random, text);
    return span === null || by === null ? text : text.replaceAll(`<${span.name}>`, `<${by.name}>`);
  },
  (random, text) => {
    const span = anElement(random, text);
    return span === null
      ? text
      : splice(text, span.start, span.start, pick(random, ['<!-- x -->', ' \r\n', '\t', 'x']));
  },
  (random, text) => {
    const span = anElement(random, text);
    if (span === null) return text;
    const at = span.start + 1 + span.name.length;
    return splice(text, at, at, pick(random, [' xmlns="urn:x"', ' Ccy="CNY"', " a='1'", ' ', '\n']));
  },
  (random, text) => {
    const prefix = pick(random, ['n', 'ns2']);
    return text.replace(/<(\/?)(?=[A-Za-z])/g, `<$1${prefix}:`).replaceAll(' xmlns=', ` xmlns:${prefix}=`);
  },
  inText((random, content) => pick(random, TOKENS) + content),
  inText((random, content) => content + pick(random, [' ', '\n', '0', 'x', content])),
  inText((random) => pick(random, ['', ' ', '0', 'x', 'true', 'KZT', ...TOKENS])),
  inText((random, content) => content.slice(0, random(content.length + 1))),
  inText((_, content) => `<![CDATA[${content}]]>`),
  inText((random, content) => {
    const at = random(content.length);
    return splice(content, at, at + 1, asReference(random, content[at]!));
  }),
  inText((random, content) => splice(content, random(content.length + 1), content.length, `<!-- -->${content}`)),
];

/** The message changed one to four times; `other` is where a piece may come from. Never longer than `bytesMax`. */
export const mutate = (random: Random, message: Buffer, other: Buffer, bytesMax: number): Buffer => {
  let text = message.toString('latin1');
  const source = other.toString('latin1');
  for (let i = 1 + random(4); i > 0; i -= 1)
    text = pick(random, random(3) === 0 ? BYTES : ELEMENTS)(random, text, source);
  return Buffer.from(text.slice(0, bytesMax), 'latin1');
};
