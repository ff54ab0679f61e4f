/**
 * Reads one header or document: checks it against its plan and builds its tree, in one pass over the text. It answers
 * null, which says nothing about the message, as soon as it meets anything out of the plain.
 */
import type { XmlElement, XmlNode } from '../types.js';
import type { AttributePlan, Edge, ElementPlan, GroupPlan, State, TextPlan } from './plan.js';
import {
  AMPERSAND,
  APOSTROPHE,
  ASCII_END,
  BRACKET,
  codePointCount,
  EQUALS,
  GREATER,
  isContinuation,
  isNonCharacter,
  isSpace,
  LESS,
  LINE_FEED,
  QUOTE,
  RETURN,
  resolveText,
  SLASH,
  type Source,
  SPACE,
  skipSpace,
  TAB,
} from './text.js';
import type { ValueCheck } from './values.js';

/** Where reading stands. `prefix` is that of every element of the part, with its colon, or empty. */
export interface Cursor {
  readonly source: Source;
  readonly bytes: Buffer;
  readonly text: string;
  readonly prefix: string;
  at: number;
}

type MutableElement = Record<string, XmlNode | XmlNode[]>;

/** How a start tag ends. */
const DECLINED = 0;
const OPEN = 1;
const EMPTY = 2;
type TagEnd = typeof DECLINED | typeof OPEN | typeof EMPTY;

/** Reads from the end of an element's name in its start tag to behind the element. */
function readElement(cursor: Cursor, plan: ElementPlan, nameFrom: number): XmlNode | null {
  const nameTo = cursor.at;
  switch (plan.kind) {
    case 'simple':
      return readValue(cursor, plan.check, nameFrom, nameTo);
    case 'group': {
      const end = endStartTag(cursor);
      if (end === OPEN) return readGroupContent(cursor, plan, nameFrom, nameTo);
      return end === EMPTY && plan.start.final ? {} : null;
    }
    case 'text':
      return readText(cursor, plan, nameFrom, nameTo);
    case 'declined':
      return null;
  }
}

/**
 * Reads the content and the end tag of an element whose start tag ends at the cursor. From `nameFrom` to `nameTo` stands
 * its name with its prefix, which the end tag must repeat.
 */
export function readGroupContent(
  cursor: Cursor,
  { start }: GroupPlan,
  nameFrom: number,
  nameTo: number,
): XmlElement | null {
  const { source, bytes, text, prefix } = cursor;
  const element: MutableElement = {};
  let state = start;
  for (;;) {
    const open = skipSpace(source, cursor.at);
    if (bytes[open] !== LESS) return null;
    if (bytes[open + 1] === SLASH) {
      cursor.at = open;
      return state.final && passEndTag(cursor, nameFrom, nameTo) ? element : null;
    }
    if (prefix !== '' && !text.startsWith(prefix, open + 1)) return null;
    const from = open + 1 + prefix.length;
    const edge = edgeAt(bytes, from, state);
    if (edge === null) return null;
    const { name } = edge;
    cursor.at = from + name.length;
    const child = readElement(cursor, edge.plan, open + 1);
    if (child === null) return null;
    if (!edge.many) element[name] = child;
    else {
      const known = element[name] as XmlNode[] | undefined;
      if (known === undefined) element[name] = [child];
      else known.push(child);
    }
    state = edge.next;
  }
}

function edgeAt(bytes: Buffer, from: number, { edges }: State): Edge | null {
  const initial = bytes[from];
  for (let i = 0; i < edges.length; i += 1) {
    const edge = edges[i]!;
    if (edge.nameBytes[0] === initial && isNameAt(bytes, from, edge.nameBytes)) return edge;
  }
  return null;
}

/** True when the whole name at `from` is `name`. */
function isNameAt(bytes: Buffer, from: number, name: Buffer): boolean {
  const { length } = name;
  for (let i = 1; i < length; i += 1) if (bytes[from + i] !== name[i]) return false;
  const after = bytes[from + length]!;
  return after === GREATER || after === SLASH || isSpace(after);
}

/** Reads the rest of a start tag without attributes. */
function endStartTag(cursor: Cursor): TagEnd {
  const { bytes } = cursor;
  let { at } = cursor;
  while (isSpace(bytes[at]!)) at += 1;
  const code = bytes[at];
  if (code === GREATER) {
    cursor.at = at + 1;
    return OPEN;
  }
  if (code !== SLASH || bytes[at + 1] !== GREATER) return DECLINED;
  cursor.at = at + 2;
  return EMPTY;
}

/** Reads, at the cursor, the end tag that repeats the name in the start tag. */
function passEndTag(cursor: Cursor, nameFrom: number, nameTo: number): boolean {
  const { bytes } = cursor;
  let at = cursor.at + 2;
  for (let i = nameFrom; i < nameTo; i += 1) {
    if (bytes[at] !== bytes[i]) return false;
    at += 1;
  }
  if (bytes[at] !== GREATER) return false;
  cursor.at = at + 1;
  return true;
}

/** Reads the end of the start tag, text that `check` must take, and the end tag. */
function readValue(cursor: Cursor, check: ValueCheck, nameFrom: number, nameTo: number): string | null {
  const tag = endStartTag(cursor);
  if (tag !== OPEN) return tag === EMPTY && check('', 0) ? '' : null;
  const { bytes } = cursor;
  const start = cursor.at;
  let continued = 0;
  let ascii = true;
  let literal = true;
  let end = start;
  for (; ; end += 1) {
    const code = bytes[end]!;
    if (code > GREATER) {
      if (code < ASCII_END) continue;
      ascii = false;
      if (isContinuation(code)) continued += 1;
      else if (code === 0xef && isNonCharacter(bytes, end)) return null;
    } else if (code === LESS) break;
    else if (code === AMPERSAND || code === RETURN) literal = false;
    else if (code === GREATER) {
      if (bytes[end - 1] === BRACKET && bytes[end - 2] === BRACKET) return null;
    } else if (code < SPACE && code !== TAB && code !== LINE_FEED) return null;
  }
  if (bytes[end + 1] !== SLASH) return null;
  let value: string | null = ascii ? cursor.text.slice(start, end) : bytes.toString('utf8', start, end);
  let count = end - start - continued;
  if (!literal) {
    value = resolveText(value);
    if (value === null) return null;
    count = codePointCount(value);
  }
  cursor.at = end;
  return check(value, count) && passEndTag(cursor, nameFrom, nameTo) ? value : null;
}

function readText(
  cursor: Cursor,
  { check, attributes }: TextPlan,
  nameFrom: number,
  nameTo: number,
): XmlElement | null {
  const values = readAttributes(cursor, attributes);
  if (values === null) return null;
  const value = readValue(cursor, check, nameFrom, nameTo);
  if (value === null) return null;
  const element: MutableElement = { '#': value };
  for (let i = 0; i < attributes.length; i += 1) {
    const found = values[i];
    if (found !== undefined) element[attributes[i]!.key] = found;
    else if (attributes[i]!.required) return null;
  }
  return element;
}

/** The values of the attributes at the cursor, in the order of the plan; null when there is another one, or one twice. */
function readAttributes(cursor: Cursor, attributes: readonly AttributePlan[]): readonly (string | undefined)[] | null {
  const { bytes, text } = cursor;
  const values: (string | undefined)[] = [];
  for (;;) {
    let at = cursor.at;
    while (isSpace(bytes[at]!)) at += 1;
    const code = bytes[at]!;
    if (code === GREATER || code === SLASH) return values;
    if (at === cursor.at) return null;
    const index = attributes.findIndex(
      (use) => text.startsWith(use.name, at) && bytes[at + use.name.length] === EQUALS,
    );
    const use = attributes[index];
    if (use === undefined || values[index] !== undefined) return null;
    at += use.name.length + 1;
    const quote = bytes[at]!;
    if (quote !== QUOTE && quote !== APOSTROPHE) return null;
    const end = endOfPlainValue(bytes, at + 1, quote);
    if (end < 0) return null;
    const value = text.slice(at + 1, end);
    if (!use.check(value, value.length)) return null;
    values[index] = value;
    cursor.at = end + 1;
  }
}

/** The offset of the closing quote of an attribute value of printable ASCII without references; -1 for another value. */
function endOfPlainValue(bytes: Buffer, from: number, quote: number): number {
  for (let at = from; ; at += 1) {
    const code = bytes[at]!;
    if (code === quote) return at;
    if (!(code >= SPACE && code < 0x7f) || code === LESS || code === AMPERSAND) return -1;
  }
}
