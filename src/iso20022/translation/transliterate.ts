/** Texts for networks that take Latin letters only. */
import { KAZAKH, KAZAKH_LETTERS, LATIN_LETTERS, RUSSIAN, SIGNS } from './alphabets.js';

/**
 * What the receiving side takes. `x` and `z` are Swift's character sets of those names (User Handbook, FIN General
 * Information), without the line breaks. `han` says whether Chinese characters pass as they are or are refused.
 */
export interface CharacterProfile {
  readonly set: 'x' | 'z';
  readonly han: 'pass' | 'refuse';
}

/** What a participant may be said to take, by name: every character, or a set with or without Chinese. */
export const CHARACTER_PROFILES = {
  all: null,
  x: { set: 'x', han: 'refuse' },
  z: { set: 'z', han: 'refuse' },
  'x-han': { set: 'x', han: 'pass' },
  'z-han': { set: 'z', han: 'pass' },
} as const satisfies Readonly<Record<string, CharacterProfile | null>>;
export type CharacterProfileName = keyof typeof CHARACTER_PROFILES;

const ALLOWED: Readonly<Record<CharacterProfile['set'], RegExp>> = {
  x: /^[A-Za-z0-9/?:().,'+ -]*$/,
  z: /^[A-Za-z0-9/?:().,'+ \-=!"%&*<>;@#{]*$/,
};

/** Ideographs and their punctuation. */
const HAN = /\p{Script=Han}|[\u3001-\u3011\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]/u;
const COMBINING = /\p{M}/gu;

/** True when `text` can go as it is. */
export const isAllowed = (text: string, { set, han }: CharacterProfile): boolean =>
  ALLOWED[set].test(text) ||
  (han === 'pass' && HAN.test(text) && [...text].every((c) => HAN.test(c) || ALLOWED[set].test(c)));

/**
 * `text` in the characters of the profile, or null when one of them has no counterpart. The language of Cyrillic can't be
 * known: a text with a letter that only Kazakh has is Kazakh, any other is Russian. A digraph is all capitals where the
 * letter beside it is one. A text that is allowed is answered as it is.
 */
export function transliterate(text: string, profile: CharacterProfile): string | null {
  if (isAllowed(text, profile)) return text;
  const letters = [...text.normalize('NFC')];
  const alphabet = KAZAKH_LETTERS.test(text) ? KAZAKH : RUSSIAN;
  let result = '';
  for (const [at, letter] of letters.entries()) {
    const replacement = cyrillic(letters, at, alphabet) ?? other(letter, profile);
    if (replacement === null) return null;
    result += replacement;
  }
  return result;
}

const isCapital = (letter: string | undefined): boolean => letter !== undefined && letter !== letter.toLowerCase();
const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && letter.toLowerCase() !== letter.toUpperCase();

function cyrillic(letters: readonly string[], at: number, alphabet: ReadonlyMap<string, string>): string | null {
  const letter = letters[at]!;
  const latin = alphabet.get(letter.toLowerCase());
  if (latin === undefined || latin === '') return latin ?? null;
  if (!isCapital(letter)) return latin;
  const next = letters[at + 1];
  const beside = isLetter(next) ? next : letters[at - 1];
  return isCapital(beside) ? latin.toUpperCase() : latin[0]!.toUpperCase() + latin.slice(1);
}

function other(letter: string, { set, han }: CharacterProfile): string | null {
  const allowed = ALLOWED[set];
  if (allowed.test(letter)) return letter;
  if (han === 'pass' && HAN.test(letter)) return letter;
  const sign = SIGNS.get(letter)?.find((one) => allowed.test(one));
  if (sign !== undefined) return sign;
  const latin = LATIN_LETTERS.get(letter.toLowerCase());
  if (latin !== undefined) return isCapital(letter) ? latin[0]!.toUpperCase() + latin.slice(1) : latin;
  const plain = letter.normalize('NFKD').replace(COMBINING, '');
  return plain !== '' && plain !== letter && allowed.test(plain) ? plain : null;
}
