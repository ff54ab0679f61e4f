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

/** A character that XML 1.0 (production 2) does not allow. Surrogates are taken to be in pairs: the text comes from UTF-8. */
const FORBIDDEN = /[^\t\n\r\u0020-\uFFFD]/;

/** True when every character of `text` may stand in an XML document. */
export const hasOnlyXmlCharacters = (text: string): boolean => !FORBIDDEN.test(text);

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
 * Text with its line ends normalised (XML 1.0, 2.11) and its references resolved (4.6); null when there is a reference
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
export const skipSpace = (text: string, from: number): number => {
  let at = from;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== LESS || text.charCodeAt(at + 1) !== BANG) return at;
    const end = endOfComment(text, at);
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
