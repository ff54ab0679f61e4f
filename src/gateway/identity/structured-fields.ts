/**
 * The part of Structured Field Values (RFC 8941) that signatures and digests need: a dictionary whose members are
 * byte sequences or inner lists of strings, parameters being strings or integers. Anything else is refused, also
 * where the RFC would allow it (parameters of items, repeated keys), so that a field has one reading.
 */
import type { InnerList } from './signed-text.js';

export type DictionaryMember = InnerList | Uint8Array;

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const INTEGER = /-?\d{1,15}/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const BYTES = /:((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?):/y;
const SPACES = / */y;
const COMMA = /[ \t]*,[ \t]*/y;
const MEMBERS_MAX = 8;
const ITEMS_MAX = 64;
const FIELD_LENGTH_MAX = 8192;

class FieldSyntaxError extends Error {}

interface Cursor {
  readonly text: string;
  at: number;
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return null;
  cursor.at = pattern.lastIndex;
  return found[1] ?? found[0];
}

function need(cursor: Cursor, pattern: RegExp): string {
  const found = match(cursor, pattern);
  if (found === null) throw new FieldSyntaxError();
  return found;
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

const unescapeString = (text: string): string => text.replace(/\\(["\\])/g, '$1');

function readParameters(cursor: Cursor): InnerList['parameters'] {
  const parameters = new Map<string, string | number>();
  while (take(cursor, ';')) {
    match(cursor, SPACES);
    const name = need(cursor, KEY);
    if (!take(cursor, '=') || parameters.has(name)) throw new FieldSyntaxError();
    const text = match(cursor, STRING);
    parameters.set(name, text === null ? Number(need(cursor, INTEGER)) : unescapeString(text));
  }
  return [...parameters];
}

function readInnerList(cursor: Cursor): InnerList {
  const items: string[] = [];
  match(cursor, SPACES);
  while (!take(cursor, ')')) {
    if (items.length === ITEMS_MAX) throw new FieldSyntaxError();
    items.push(unescapeString(need(cursor, STRING)));
    const isSeparated = need(cursor, SPACES).length > 0;
    if (!isSeparated && cursor.text[cursor.at] !== ')') throw new FieldSyntaxError();
  }
  return { items, parameters: readParameters(cursor) };
}

function readBytes(cursor: Cursor): Uint8Array {
  const base64 = need(cursor, BYTES);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) throw new FieldSyntaxError();
  return bytes;
}

function readDictionary(cursor: Cursor): Map<string, DictionaryMember> {
  const members = new Map<string, DictionaryMember>();
  match(cursor, SPACES);
  for (;;) {
    const key = need(cursor, KEY);
    if (members.has(key) || members.size === MEMBERS_MAX || !take(cursor, '=')) throw new FieldSyntaxError();
    members.set(key, take(cursor, '(') ? readInnerList(cursor) : readBytes(cursor));
    if (match(cursor, COMMA) === null) break;
  }
  match(cursor, SPACES);
  if (cursor.at !== cursor.text.length) throw new FieldSyntaxError();
  return members;
}

/** Reads a field of at least one member; null when it is anything but the part described above. */
export function parseDictionary(text: string): Map<string, DictionaryMember> | null {
  if (text.length > FIELD_LENGTH_MAX) return null;
  try {
    return readDictionary({ text, at: 0 });
  } catch (error) {
    if (error instanceof FieldSyntaxError) return null;
    throw error;
  }
}

/** Canonical form of a byte sequence (RFC 8941, 4.1.8). */
export const serializeBytes = (bytes: Uint8Array): string => `:${Buffer.from(bytes).toString('base64')}:`;
