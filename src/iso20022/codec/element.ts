/**
 * Reads one header or document: checks it against its plan and builds its tree, in one pass over the text. It answers
 * null, which says nothing about the message, as soon as it meets anything out of the plain.
 */
import type { XmlElement, XmlNode } from '../types.js';
import type { AttributePlan, Edge, ElementPlan, GroupPlan, State, TextPlan } from './plan.js';
import {
  AMPERSAND,
  APOSTROPHE,
  BRACKET,
  codePointCount,
  EQUALS,
  GREATER,
  isSpace,
  LESS,
  LINE_FEED,
  QUOTE,
  RETURN,
  resolveText,
  SLASH,
  SPACE,
  skipSpace,
  TAB,
} from './text.js';
import type { ValueCheck } from './values.js';

/** Where reading stands. `prefix` is that of every element of the part, with its colon, or empty. */
export interface Cursor {
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
export function readElement(cursor: Cursor, plan: ElementPlan, name: string): XmlNode | null {
  switch (plan.kind) {
    case 'simple':
      return readValue(cursor, plan.check, name, endStartTag(cursor));
    case 'group':
      return readGroup(cursor, plan, name);
    case 'text':
      return readText(cursor, plan, name);
    case 'declined':
      return null;
  }
}

/** As `readElement`, for an element whose start tag ends at the cursor and has been read. */
export function readGroupContent(cursor: Cursor, { start }: GroupPlan, name: string): XmlElement | null {
  const { text, prefix } = cursor;
  const element: MutableElement = {};
  let state = start;
  for (;;) {
    const open = skipSpace(text, cursor.at);
    if (text.charCodeAt(open) !== LESS) return null;
    if (text.charCodeAt(open + 1) === SLASH) {
      cursor.at = open;
      return state.final && passEndTag(cursor, name) ? element : null;
    }
    if (prefix !== '' && !text.startsWith(prefix, open + 1)) return null;
    const from = open + 1 + prefix.length;
    const edge = edgeAt(text, from, state);
    if (edge === null) return null;
    cursor.at = from + edge.name.length;
    const child = readElement(cursor, edge.plan, edge.name);
    if (child === null) return null;
    if (!edge.many) element[edge.name] = child;
    else {
      const known = element[edge.name] as XmlNode[] | undefined;
      if (known === undefined) element[edge.name] = [child];
      else known.push(child);
    }
    state = edge.next;
  }
}

function readGroup(cursor: Cursor, plan: GroupPlan, name: string): XmlElement | null {
  const end = endStartTag(cursor);
  if (end === OPEN) return readGroupContent(cursor, plan, name);
  return end === EMPTY && plan.start.final ? {} : null;
}

function edgeAt(text: string, from: number, { edges }: State): Edge | null {
  const initial = text.charCodeAt(from);
  for (let i = 0; i < edges.length; i += 1) {
    const edge = edges[i]!;
    if (edge.initial === initial && isNameAt(text, from, edge.name)) return edge;
  }
  return null;
}

/** True when the whole name at `from` is `name`. */
function isNameAt(text: string, from: number, name: string): boolean {
  const { length } = name;
  for (let i = 1; i < length; i += 1) if (text.charCodeAt(from + i) !== name.charCodeAt(i)) return false;
  const after = text.charCodeAt(from + length);
  return after === GREATER || after === SLASH || isSpace(after);
}

/** Reads the rest of a start tag without attributes. */
function endStartTag(cursor: Cursor): TagEnd {
  const { text } = cursor;
  let { at } = cursor;
  while (isSpace(text.charCodeAt(at))) at += 1;
  const code = text.charCodeAt(at);
  if (code === GREATER) {
    cursor.at = at + 1;
    return OPEN;
  }
  if (code !== SLASH || text.charCodeAt(at + 1) !== GREATER) return DECLINED;
  cursor.at = at + 2;
  return EMPTY;
}

/** Reads `</name>` at the cursor. */
function passEndTag(cursor: Cursor, name: string): boolean {
  const { text, prefix } = cursor;
  let at = cursor.at + 2;
  if (prefix !== '') {
    if (!text.startsWith(prefix, at)) return false;
    at += prefix.length;
  }
  for (let i = 0; i < name.length; i += 1) if (text.charCodeAt(at + i) !== name.charCodeAt(i)) return false;
  at += name.length;
  if (text.charCodeAt(at) !== GREATER) return false;
  cursor.at = at + 1;
  return true;
}

/** Reads text that `check` must take, and the end tag. */
function readValue(cursor: Cursor, check: ValueCheck, name: string, tag: TagEnd): string | null {
  if (tag !== OPEN) return tag === EMPTY && check('', 0) ? '' : null;
  const { text } = cursor;
  const start = cursor.at;
  const { length } = text;
  let pairs = 0;
  let literal = true;
  let end = start;
  for (; end < length; end += 1) {
    const code = text.charCodeAt(end);
    if (code > GREATER) {
      // Beyond U+D7FF: the first halves of pairs, and the two characters that XML does not allow.
      if (code >= 0xd800) {
        if (code <= 0xdbff) pairs += 1;
        else if (code >= 0xfffe) return null;
      }
    } else if (code === LESS) break;
    else if (code === AMPERSAND || code === RETURN) literal = false;
    else if (code === GREATER) {
      if (text.charCodeAt(end - 1) === BRACKET && text.charCodeAt(end - 2) === BRACKET) return null;
    } else if (code < SPACE && code !== TAB && code !== LINE_FEED) return null;
  }
  if (text.charCodeAt(end + 1) !== SLASH) return null;
  let value: string | null = text.slice(start, end);
  let count = end - start - pairs;
  if (!literal) {
    value = resolveText(value);
    if (value === null) return null;
    count = codePointCount(value);
  }
  cursor.at = end;
  return check(value, count) && passEndTag(cursor, name) ? value : null;
}

function readText(cursor: Cursor, { check, attributes }: TextPlan, name: string): XmlElement | null {
  const values = readAttributes(cursor, attributes);
  if (values === null) return null;
  const value = readValue(cursor, check, name, endStartTag(cursor));
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
  const { text } = cursor;
  const values: (string | undefined)[] = [];
  for (;;) {
    let at = cursor.at;
    while (isSpace(text.charCodeAt(at))) at += 1;
    const code = text.charCodeAt(at);
    if (code === GREATER || code === SLASH) return values;
    if (at === cursor.at) return null;
    const index = attributes.findIndex(
      (use) => text.startsWith(use.name, at) && text.charCodeAt(at + use.name.length) === EQUALS,
    );
    const use = attributes[index];
    if (use === undefined || values[index] !== undefined) return null;
    at += use.name.length + 1;
    const quote = text.charCodeAt(at);
    if (quote !== QUOTE && quote !== APOSTROPHE) return null;
    const end = endOfPlainValue(text, at + 1, quote);
    if (end < 0) return null;
    const value = text.slice(at + 1, end);
    if (!use.check(value, value.length)) return null;
    values[index] = value;
    cursor.at = end + 1;
  }
}

/** The offset of the closing quote of an attribute value of printable ASCII without references; -1 for another value. */
function endOfPlainValue(text: string, from: number, quote: number): number {
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (!(code >= SPACE && code < 0x7f) || code === LESS || code === AMPERSAND) return -1;
  }
}
