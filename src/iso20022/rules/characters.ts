import { ALWAYS, type CharacterSet, EVERY_MESSAGE, errorIn, type Rule } from './rule.js';

const FREE_TEXT = /^Max\d+Text$/;

/** Characters that Swift's X set lacks. */
export const SWIFT_X = /[^A-Za-z0-9/\-?:().,'+ \r\n]/u;
/** X and what CBPR+ adds for names, addresses and remittance. */
const SWIFT_TEXT = /[^A-Za-z0-9/\-?:().,'+ \r\n!#$%&*=^_`{|}~";<>@[\]\\]/u;
const LATIN = /[^\p{Script=Latin}\p{M}\t\r\n\u0020-\u007E\u00A0-\u00BF\u00D7\u00F7\u2010-\u2027\u20AC]/u;

/** What each set lacks. */
const OUTSIDE: Readonly<Record<CharacterSet, RegExp>> = { latin: LATIN, swift: SWIFT_TEXT };

/** Names the first character of `value` that `outside` finds, or null. */
export function characterFault(value: string, outside: RegExp): string | null {
  const found = outside.exec(value);
  if (found === null) return null;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code} is not taken here`;
}

/** The characters of texts. */
export const CHARACTER_RULES: readonly Rule[] = [
  {
    id: 'characters.corridor',
    appliesTo: EVERY_MESSAGE,
    xpath: '//text()',
    demands: 'texts hold only characters of the set that the corridor takes',
    severity: ALWAYS,
    needs: 'characters',
    code: 'RULE_BROKEN',
    iso: 'RR10',
    source: 'corridor: its character set',
    check: {
      on: 'value',
      types: FREE_TEXT,
      check: (value, _type, { characters }) =>
        characters === undefined ? null : characterFault(value, OUTSIDE[characters]),
    },
  },
  {
    id: 'characters.swift',
    appliesTo: EVERY_MESSAGE,
    xpath: '//text()',
    demands: 'texts hold only characters that CBPR+ takes: Swift X and 22 more of ASCII',
    severity: errorIn('cbpr-plus'),
    code: 'RULE_BROKEN',
    iso: 'RR10',
    source: 'CBPR+: permitted characters',
    check: { on: 'value', types: FREE_TEXT, check: (value) => characterFault(value, SWIFT_TEXT) },
  },
];
