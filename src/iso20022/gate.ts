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
  /** Attributes, namespace declarations among them, of an element and of all that it is inside of. */
  readonly attributesMax: number;
  /** Bytes of an element's name, prefix included. */
  readonly nameBytesMax: number;
  /**
   * Names of elements and attributes, times the longest attribute value. Canonical XML may write a namespace anew for
   * each name, so this bounds the canonical text: a namespace of 1 MB that 500,000 elements use would fill any memory.
   */
  readonly expandedBytesMax: number;
}

const SHAPE = { depthMax: 64, attributesMax: 64, nameBytesMax: 128, expandedBytesMax: 64 * 1024 * 1024 };

/** One message. */
export const MESSAGE_LIMITS: GateLimits = { bytesMax: 256 * 1024, elementsMax: 20_000, ...SHAPE };
/** A batch: one message with many transactions. */
export const BATCH_LIMITS: GateLimits = { bytesMax: 8 * 1024 * 1024, elementsMax: 500_000, ...SHAPE };

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
  'GATE-DECLARATION': ['NOT_WELL_FORMED', 'the XML declaration is not one of XML 1.0 within 1,024 bytes'],
  'GATE-ENCODING': ['NOT_UTF8', 'the XML declaration names an encoding that is not UTF-8'],
  'GATE-CONTROL': ['CHARACTER_FORBIDDEN', 'a control character other than tab, line feed and carriage return'],
  'GATE-REFERENCE': ['NOT_WELL_FORMED', 'a reference to no XML character and none of the five entities of XML'],
  'GATE-BIDI': ['CHARACTER_FORBIDDEN', 'a bidirectional embedding, override or isolate character'],
  'GATE-DOCTYPE': ['DOCTYPE_FORBIDDEN', 'a document type declaration'],
  'GATE-PI': ['PROCESSING_INSTRUCTION_FORBIDDEN', 'a processing instruction'],
  'GATE-DEPTH': ['TOO_DEEP', 'the elements are nested too deeply'],
  'GATE-ELEMENTS': ['TOO_MANY_ELEMENTS', 'there are too many elements'],
  'GATE-ATTRIBUTES': ['TOO_COMPLEX', 'an element and those around it have too many attributes'],
  'GATE-NAME': ['TOO_COMPLEX', 'the name of an element is too long'],
  'GATE-EXPANSION': ['TOO_COMPLEX', 'there are too many names for a namespace or attribute value as long as this'],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export type GateRuleId = keyof typeof RULES;
interface Stop {
  readonly rule: GateRuleId;
  readonly at: number | null;
}

const LT = 0x3c;
const GT = 0x3e;
const SPACE = 0x20;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const AMPERSAND = 0x26;
const HASH = 0x23;

/** C0, DEL and C1; the latter come from Windows-1252 bytes that were taken for Latin-1. */
const isForbiddenControl = (code: number): boolean =>
  (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || (code >= 0x7f && code <= 0x9f);

const isBidi = (code: number): boolean => (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

const checkCharacters = (bytes: Buffer): Stop | null => {
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (byte < 0x20 || byte === 0x7f) {
      if (isForbiddenControl(byte)) return { rule: 'GATE-CONTROL', at: i };
    } else if (byte === 0xc2) {
      // U+0080..009F are C2 80..9F.
      if (bytes[i + 1]! <= 0x9f) return { rule: 'GATE-CONTROL', at: i };
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

const SEMICOLON = 0x3b;
const ENTITIES = ['amp;', 'lt;', 'gt;', 'quot;', 'apos;'];

/** XML 1.0, 2.2, production 2, for what is no control character. */
const isCharacter = (code: number): boolean =>
  (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff && code <= 0x10ffff;

/** Checks the character reference that begins at `at` (`&#`). */
const checkCharacterReference = (bytes: Buffer, at: number): Stop | null => {
  const hex = bytes[at + 2] === 0x78;
  const first = at + (hex ? 3 : 2);
  let code = 0;
  let i = first;
  for (; i < bytes.length; i += 1) {
    const digit = digitOf(bytes[i]!, hex);
    if (digit < 0) break;
    code = Math.min(code * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (i === first || bytes[i] !== SEMICOLON || !isCharacter(code)) return { rule: 'GATE-REFERENCE', at };
  if (isForbiddenControl(code)) return { rule: 'GATE-CONTROL', at };
  return isBidi(code) ? { rule: 'GATE-BIDI', at } : null;
};

const startsWith = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text;

const after = (bytes: Buffer, text: string, from: number): number => {
  const at = bytes.indexOf(text, from, 'latin1');
  return at < 0 ? bytes.length : at + text.length;
};

/** What one start tag adds: where it ends, and what of it the limits count. */
interface Tag {
  /** The offset of its `>`; the end of bytes when there is none. */
  close: number;
  /** The offset after the element's name. */
  nameEnd: number;
  attributes: number;
  valueBytesMax: number;
}

/** Reads the tag whose name begins at `from`, looking past quoted values. */
const readTag = (bytes: Buffer, from: number, tag: Tag): void => {
  let quote = 0;
  let quotedAt = 0;
  let i = from;
  tag.nameEnd = 0;
  tag.attributes = 0;
  tag.valueBytesMax = 0;
  for (; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (quote !== 0) {
      if (byte !== quote) continue;
      quote = 0;
      if (i - quotedAt > tag.valueBytesMax) tag.valueBytesMax = i - quotedAt;
    } else if (byte === GT) break;
    else if (byte === QUOTE || byte === APOSTROPHE) {
      quote = byte;
      quotedAt = i + 1;
      tag.attributes += 1;
    } else if (tag.nameEnd === 0 && (byte <= SPACE || byte === SLASH)) tag.nameEnd = i;
  }
  tag.close = i;
  if (tag.nameEnd === 0) tag.nameEnd = i;
};

/**
 * Checks the references of texts and tags, which must be given in their order. Without a document type there are no
 * entities but five. The parser would refuse others too, but reports each of them: 8 MB of `&` cost it 9 s.
 */
const createReferenceCheck = (bytes: Buffer): ((from: number, to: number) => Stop | null) => {
  // The next one that was found is kept: to look for it again from every tag would cost the square of the length.
  let at = -1;
  const seek = (from: number): void => {
    at = bytes.indexOf(AMPERSAND, from);
    if (at < 0) at = bytes.length;
  };
  return (from, to) => {
    if (at < from) seek(from);
    for (; at < to; seek(at + 1)) {
      if (bytes[at + 1] === HASH) {
        const stop = checkCharacterReference(bytes, at);
        if (stop !== null) return stop;
      } else if (!ENTITIES.some((name) => startsWith(bytes, at + 1, name))) return { rule: 'GATE-REFERENCE', at };
    }
    return null;
  };
};

/** Checks the markup that begins with `<!` at `at`; answers where to go on. */
const declaration = (bytes: Buffer, at: number): Stop | number => {
  if (startsWith(bytes, at, '<!--')) return after(bytes, '-->', at + 4);
  if (startsWith(bytes, at, '<![CDATA[')) return after(bytes, ']]>', at + 9);
  // Nothing else that begins so is allowed outside a document type declaration.
  return { rule: 'GATE-DOCTYPE', at };
};

/** Counts what is open and what there was, against the limits. */
const createCounts = (limits: GateLimits) => {
  /** Attributes of each open element. */
  const open: number[] = [];
  let attributesOpen = 0;
  let elements = 0;
  let names = 0;
  let valueBytesMax = 0;
  return {
    enter: (tag: Tag, nameBytes: number, isEmpty: boolean): GateRuleId | null => {
      elements += 1;
      names += 1 + tag.attributes;
      valueBytesMax = Math.max(valueBytesMax, tag.valueBytesMax);
      if (elements > limits.elementsMax) return 'GATE-ELEMENTS';
      if (open.length + 1 > limits.depthMax) return 'GATE-DEPTH';
      if (nameBytes > limits.nameBytesMax) return 'GATE-NAME';
      if (attributesOpen + tag.attributes > limits.attributesMax) return 'GATE-ATTRIBUTES';
      if (names * valueBytesMax > limits.expandedBytesMax) return 'GATE-EXPANSION';
      if (isEmpty) return null;
      open.push(tag.attributes);
      attributesOpen += tag.attributes;
      return null;
    },
    leave: (): void => {
      attributesOpen -= open.pop() ?? 0;
    },
  };
};

const checkMarkup = (bytes: Buffer, start: number, limits: GateLimits): Stop | null => {
  const counts = createCounts(limits);
  const checkReferences = createReferenceCheck(bytes);
  const tag: Tag = { close: 0, nameEnd: 0, attributes: 0, valueBytesMax: 0 };
  let i = start;
  while (i < bytes.length) {
    const at = bytes.indexOf(LT, i);
    const reference = checkReferences(i, at < 0 ? bytes.length : at);
    if (reference !== null || at < 0) return reference;
    const next = bytes[at + 1];
    if (next === QUESTION) return { rule: 'GATE-PI', at };
    if (next === BANG) {
      const answer = declaration(bytes, at);
      if (typeof answer !== 'number') return answer;
      i = answer;
      continue;
    }
    readTag(bytes, at + 1, tag);
    if (next === SLASH) counts.leave();
    else {
      const inside = checkReferences(at, tag.close);
      if (inside !== null) return inside;
      const rule = counts.enter(tag, tag.nameEnd - at - 1, bytes[tag.close - 1] === SLASH);
      if (rule !== null) return { rule, at };
    }
    i = tag.close + 1;
  }
  return null;
};

const DECLARATION_BYTES_MAX = 1024;
/** XML 1.0, 2.8, production 23: the version is 1.0, since other versions have other characters and line ends. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([\w.-]+)"|'([\w.-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;

/** Reads the XML declaration at `start`, if there is one; answers where the rest begins. */
const xmlDeclaration = (bytes: Buffer, start: number): Stop | number => {
  if (!startsWith(bytes, start, '<?xml') || !/[ \t\r\n?]/.test(bytes.toString('latin1', start + 5, start + 6)))
    return start;
  const match = DECLARATION.exec(bytes.toString('latin1', start, start + DECLARATION_BYTES_MAX));
  if (match === null) return { rule: 'GATE-DECLARATION', at: start };
  const label = match[1] ?? match[2] ?? 'UTF-8';
  return label.toUpperCase() === 'UTF-8' ? start + match[0].length : { rule: 'GATE-ENCODING', at: start };
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
