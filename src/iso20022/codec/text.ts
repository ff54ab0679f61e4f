/** Characters of XML text as the codec reads them: what it takes as it stands, resolves, or declines. */

export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const QUOTE = 0x22;
export const AMPERSAND = 0x26;
export const APOSTROPHE = 0x27;
export const SLASH = 0x2f;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const BRACKET = 0x5d;

export const isSpace = (code: number): boolean =>
  code === SPACE || code === LINE_FEED || code === RETURN || code === TAB;

/**
 * A message: its bytes, known to be UTF-8, and the same as a text of one character a byte, so that offsets are the same
 * in both and a value of ASCII is a slice of it. Behind the bytes there are zeros, which no message holds: whoever goes
 * on to the next byte only after one that is not zero never leaves the array.
 */
export interface Source {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Bytes that are looked at ahead of the one at hand, at most. */
const ZEROS = 4;

export const sourceOf = (message: Buffer): Source => {
  const bytes = Buffer.allocUnsafe(message.length + ZEROS);
  bytes.set(message);
  bytes.fill(0, message.length);
  return { bytes, text: message.toString('latin1') };
};

export const ASCII_END = 0x80;

/** True for a byte that goes on with a character of UTF-8 rather than begin one. */
export const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** The bytes of what XML 1.0 (production 2) does not allow: control characters, U+FFFE and U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]/;

/** True when every character of `text`, given byte by byte, may stand in an XML document. */
export const hasOnlyXmlCharacters = (text: string): boolean => !FORBIDDEN.test(text);

/** True when the byte at `at`, which is 0xEF, begins U+FFFE or U+FFFF. */
export const isNonCharacter = (bytes: Buffer, at: number): boolean => bytes[at + 1] === 0xbf && bytes[at + 2]! >= 0xbe;

const isXmlCharacter = (code: number): boolean =>
  code === TAB ||
  code === LINE_FEED ||
  code === RETURN ||
  (code >= SPACE && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Everything from an ampersand to the end of its reference, or the ampersand alone when none follows. */
const REFERENCE = /&(?:(amp|lt|gt|quot|apos);|#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});)?/g;

/**
 * Decoded text with its line ends normalised (XML 1.0, 2.11) and its references resolved (4.6); null when there is a reference
 * that is none of the five entities nor the number of a character.
 */
export const resolveText = (raw: string): string | null => {
  let known = true;
  const resolved = raw
    .replace(/\r\n?/g, '\n')
    .replace(REFERENCE, (_, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return ENTITIES[name]!;
      const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
      if (isXmlCharacter(code)) return String.fromCodePoint(code);
      known = false;
      return '';
    });
  return known ? resolved : null;
};

/** The number of code points: what a length facet counts. */
export const codePointCount = (text: string): number => {
  let count = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) count -= 1;
  }
  return count;
};

/** The offset after the white space and comments at `from`; the offset of what it can not get past, otherwise. */
export const skipSpace = (source: Source, from: number): number => {
  const { bytes } = source;
  let at = from;
  for (;;) {
    while (isSpace(bytes[at]!)) at += 1;
    if (bytes[at] !== LESS || bytes[at + 1] !== BANG) return at;
    const end = endOfComment(source.text, at);
    if (end < 0) return at;
    at = end;
  }
};

/** The offset after the comment at `from`; -1 when there is none, or none that is well-formed (XML 1.0, production 15). */
const endOfComment = (text: string, from: number): number => {
  if (!text.startsWith('<!--', from)) return -1;
  const dashes = text.indexOf('--', from + 4);
  if (dashes < 0 || text.charCodeAt(dashes + 2) !== GREATER) return -1;
  return hasOnlyXmlCharacters(text.slice(from, dashes)) ? dashes + 3 : -1;
};
