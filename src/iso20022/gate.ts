/**
 * The gate: what bytes may reach an XML parser at all. It reads raw bytes in linear time and knows no more of XML than
 * where markup, comments, CDATA sections and character references begin and end; well-formedness is judged later.
 */
import { isUtf8 } from 'node:buffer';
import type { ErrorCode } from '../kernel/errors.js';
import { err, ok, type Result } from '../kernel/result.js';

export interface GateLimits {
  readonly bytesMax: number;
  readonly elementsMax: number;
  readonly depthMax: number;
}

/** One message. */
export const MESSAGE_LIMITS: GateLimits = { bytesMax: 256 * 1024, elementsMax: 20_000, depthMax: 64 };
/** A batch: one message with many transactions. */
export const BATCH_LIMITS: GateLimits = { bytesMax: 8 * 1024 * 1024, elementsMax: 500_000, depthMax: 64 };

export interface GateRefusal {
  readonly code: ErrorCode;
  readonly ruleId: string;
  /** 1-based line where the gate stopped; null when the bytes as a whole are meant. */
  readonly line: number | null;
  readonly message: string;
}

const RULES = {
  'GATE-SIZE': ['BODY_TOO_LARGE', 'the message is larger than allowed'],
  'GATE-UTF8': ['NOT_UTF8', 'the bytes are not UTF-8'],
  'GATE-ENCODING': ['NOT_UTF8', 'the XML declaration names an encoding that is not UTF-8'],
  'GATE-CONTROL': ['CHARACTER_FORBIDDEN', 'a control character other than tab, line feed and carriage return'],
  'GATE-BIDI': ['CHARACTER_FORBIDDEN', 'a bidirectional embedding, override or isolate character'],
  'GATE-DOCTYPE': ['DOCTYPE_FORBIDDEN', 'a document type declaration'],
  'GATE-PI': ['PROCESSING_INSTRUCTION_FORBIDDEN', 'a processing instruction'],
  'GATE-DEPTH': ['TOO_DEEP', 'the elements are nested too deeply'],
  'GATE-ELEMENTS': ['TOO_MANY_ELEMENTS', 'there are too many elements'],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export type GateRuleId = keyof typeof RULES;
interface Stop {
  readonly rule: GateRuleId;
  readonly at: number | null;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const AMPERSAND = 0x26;
const HASH = 0x23;

const isForbiddenControl = (code: number): boolean => code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;

const isBidi = (code: number): boolean => (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

const checkCharacters = (bytes: Buffer): Stop | null => {
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (byte < 0x20) {
      if (isForbiddenControl(byte)) return { rule: 'GATE-CONTROL', at: i };
    } else if (byte === 0xe2) {
      // U+202A..202E and U+2066..2069 are E2 80 AA..AE and E2 81 A6..A9.
      const code = 0x2000 | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f);
      if (isBidi(code)) return { rule: 'GATE-BIDI', at: i };
    }
  }
  return null;
};

const digitOf = (byte: number, hex: boolean): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return hex && letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** Checks the character reference that begins at `at` (`&#`); one that is not well-formed is left to the parser. */
const checkReference = (bytes: Buffer, at: number): Stop | null => {
  const hex = bytes[at + 2] === 0x78;
  const first = at + (hex ? 3 : 2);
  let code = 0;
  let i = first;
  for (; i < bytes.length; i += 1) {
    const digit = digitOf(bytes[i]!, hex);
    if (digit < 0) break;
    code = Math.min(code * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (i === first) return null;
  if (isForbiddenControl(code)) return { rule: 'GATE-CONTROL', at };
  return isBidi(code) ? { rule: 'GATE-BIDI', at } : null;
};

const startsWith = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text;

const after = (bytes: Buffer, text: string, from: number): number => {
  const at = bytes.indexOf(text, from, 'latin1');
  return at < 0 ? bytes.length : at + text.length;
};

/** The offset of the `>` that ends the tag at `from`, looking past quoted values; the end of bytes when there is none. */
const endOfTag = (bytes: Buffer, from: number): number => {
  let quote = 0;
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GT) return i;
    else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
  }
  return bytes.length;
};

const checkReferences = (bytes: Buffer, from: number, to: number): Stop | null => {
  for (let i = from; i < to; i += 1) {
    if (bytes[i] !== AMPERSAND || bytes[i + 1] !== HASH) continue;
    const stop = checkReference(bytes, i);
    if (stop !== null) return stop;
  }
  return null;
};

/** Checks the markup that begins with `<!` at `at`; answers where to go on. */
const declaration = (bytes: Buffer, at: number): Stop | number => {
  if (startsWith(bytes, at, '<!--')) return after(bytes, '-->', at + 4);
  if (startsWith(bytes, at, '<![CDATA[')) return after(bytes, ']]>', at + 9);
  // Nothing else that begins so is allowed outside a document type declaration.
  return { rule: 'GATE-DOCTYPE', at };
};

const checkMarkup = (bytes: Buffer, start: number, limits: GateLimits): Stop | null => {
  let depth = 0;
  let elements = 0;
  let i = start;
  while (i < bytes.length) {
    const open = bytes.indexOf(LT, i);
    const textEnd = open < 0 ? bytes.length : open;
    const reference = checkReferences(bytes, i, textEnd);
    if (reference !== null || open < 0) return reference;
    const next = bytes[open + 1];
    if (next === QUESTION) return { rule: 'GATE-PI', at: open };
    if (next === BANG) {
      const answer = declaration(bytes, open);
      if (typeof answer !== 'number') return answer;
      i = answer;
      continue;
    }
    const close = endOfTag(bytes, open + 1);
    if (next === SLASH) depth -= 1;
    else {
      const inside = checkReferences(bytes, open, close);
      if (inside !== null) return inside;
      elements += 1;
      if (elements > limits.elementsMax) return { rule: 'GATE-ELEMENTS', at: open };
      if (depth + 1 > limits.depthMax) return { rule: 'GATE-DEPTH', at: open };
      if (bytes[close - 1] !== SLASH) depth += 1;
    }
    i = close + 1;
  }
  return null;
};

const UTF8_LABEL = /^utf-8$/i;
const DECLARED_ENCODING = /\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;

/** Reads the XML declaration at `start`, if there is one; answers where the rest begins. */
const xmlDeclaration = (bytes: Buffer, start: number): Stop | number => {
  if (!startsWith(bytes, start, '<?xml') || !/[\s?]/.test(bytes.toString('latin1', start + 5, start + 6))) return start;
  const end = after(bytes, '?>', start);
  // A declaration has three short fields; the rest of a longer one is no declaration.
  const match = DECLARED_ENCODING.exec(bytes.toString('latin1', start, Math.min(end, start + 1024)));
  const label = match?.[1] ?? match?.[2];
  return label !== undefined && !UTF8_LABEL.test(label) ? { rule: 'GATE-ENCODING', at: start } : end;
};

const check = (bytes: Buffer, limits: GateLimits): Stop | null => {
  if (bytes.length > limits.bytesMax) return { rule: 'GATE-SIZE', at: null };
  if (!isUtf8(bytes)) return { rule: 'GATE-UTF8', at: null };
  // UTF-16 and UTF-32 of markup hold a zero among the first bytes.
  if (bytes.subarray(0, 4).includes(0)) return { rule: 'GATE-UTF8', at: null };
  const start = startsWith(bytes, 0, '\u00ef\u00bb\u00bf') ? 3 : 0;
  const characters = checkCharacters(bytes);
  if (characters !== null) return characters;
  const body = xmlDeclaration(bytes, start);
  return typeof body === 'number' ? checkMarkup(bytes, body, limits) : body;
};

const lineAt = (bytes: Buffer, at: number): number => {
  let line = 1;
  for (let i = bytes.indexOf(0x0a); i >= 0 && i < at; i = bytes.indexOf(0x0a, i + 1)) line += 1;
  return line;
};

/** Lets the bytes pass, or says which rule they break first. Cost is linear in the length, and nothing is kept. */
export const passGate = (message: Uint8Array, limits: GateLimits = MESSAGE_LIMITS): Result<Buffer, GateRefusal> => {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const stop = check(bytes, limits);
  if (stop === null) return ok(bytes);
  const [code, text] = RULES[stop.rule];
  return err({ code, ruleId: stop.rule, line: stop.at === null ? null : lineAt(bytes, stop.at), message: text });
};
