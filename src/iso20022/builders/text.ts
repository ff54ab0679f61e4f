/**
 * `value` cut to at most `maxCharacters` Unicode characters, which is how XSD counts `maxLength`. Never splits a
 * surrogate pair.
 */
export function cutText(value: string, maxCharacters: number): string {
  if (value.length <= maxCharacters) return value;
  return [...value].slice(0, maxCharacters).join('');
}

/** `value` in pieces of at most `maxCharacters` characters, none empty. */
export function splitText(value: string, maxCharacters: number): string[] {
  const characters = [...value];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += maxCharacters) {
    pieces.push(characters.slice(at, at + maxCharacters).join(''));
  }
  return pieces;
}

// Under the `u` flag a surrogate pair is one character, so that only lone surrogates match.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/gu;

/** `value` with each character that XML 1.0 forbids, lone surrogates too, replaced by U+FFFD. */
export const xmlText = (value: string): string => value.replace(FORBIDDEN, '\uFFFD');
