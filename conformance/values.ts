/** Values of the simple types: one that is valid, those at the edges of each facet, and odd spellings. */
import { invariant } from '../src/kernel/result.js';
import { markup, type Spelt, text } from './document.js';
import { stringsOfPattern } from './pattern.js';
import type { SimpleType } from './schema-model.js';

const SAMPLE: Readonly<Record<string, string>> = {
  boolean: 'true',
  date: '2026-03-01',
  dateTime: '2026-03-01T10:20:30Z',
  time: '10:20:30',
  gYear: '2026',
  gYearMonth: '2026-03',
  base64Binary: 'QUJD',
};

// biome-ignore format: a table
const DATES = [
  '2026-02-28', '2026-02-29', '2024-02-29', '1900-02-29', '2000-02-29', '2026-04-31', '2026-12-31', '2026-12-32',
  '2026-00-10', '2026-13-10', '2026-01-00', '2026-1-01', '2026-01-1', '26-01-01', '02026-01-01', '12026-01-01',
  '0000-01-01', '0001-01-01', '-0001-01-01', '-2026-01-01', '+2026-01-01', '2026/01/01', '20260101', '999999-12-31',
  '9999999999999999999-12-31',
];
// biome-ignore format: a table
const TIMES = [
  '00:00:00', '23:59:59', '24:00:00', '24:00:01', '24:01:00', '24:00:00.0', '23:60:00', '23:59:60', '25:00:00',
  '10:20', '1:20:30', '10:20:3', '10:20:30.', '10:20:30.0', '10:20:30.5', '10:20:30.123456789012345678901', '10:20:30,5',
  'T10:20:30', '-10:20:30', '+10:20:30', '102030',
];
// biome-ignore format: a table
const ZONES = [
  'Z', 'z', '+00:00', '-00:00', '+05:30', '+14:00', '-14:00', '+14:01', '-14:01', '+13:59', '+13:60', '+15:00',
  '+5:00', '+0500', '+05', '05:00', ' Z', 'ZZ', 'Z+01:00',
];
const YEARS = ['2026', '0000', '0001', '-2026', '-0001', '+2026', '02026', '12026', '202', `${'9'.repeat(20)}`, 'MMXX'];
const MONTHS = ['-01', '-12', '-13', '-00', '-1', '01', '--01', '-01-01'];
// biome-ignore format: a table
const DECIMALS = [
  '0', '-0', '+0', '00', '1', '-1', '+1', '++1', '01', '1.', '.1', '.', '-.1', '0.0', '-0.00001', '1.10', '1,1', '1 1',
  '1e5', '1E0', '0x1', 'NaN', 'INF', '-INF', '1/2', '１', '٣', '0.00000000000000000000', '000000000000000000000000000001',
  '1.00000000000000000000', '1'.repeat(30), `0.${'1'.repeat(30)}`,
];
// biome-ignore format: a table
const BASE64 = [
  'QUJD', 'QUI=', 'QQ==', 'QR==', 'QUJ=', 'QUJ', 'QU', 'Q', '=', '==', '====', 'QQ=', 'QQ===', 'QUJDQ===', 'Q=Q=', 'QUJD=',
  'QUJD QUJD', 'Q U J D', 'QUJD\nQUJD', 'QQ = =', 'QU-_', 'QU*D', 'ÄÖÜ=', ' QUJD ', 'QUJD\t', 'QUJDQQ==QUJD',
];
const BOOLEANS = ['true', 'false', '1', '0', 'TRUE', 'True', 't', 'yes', '01', '2', 'true false', '+1'];

const product = (left: readonly string[], right: readonly string[]): string[] =>
  left.flatMap((a) => right.map((b) => a + b));

const lexical = (base: string): readonly string[] => {
  if (base === 'boolean') return BOOLEANS;
  if (base === 'decimal') return DECIMALS;
  if (base === 'base64Binary') return BASE64;
  if (base === 'date') return [...DATES, ...product(['2026-03-01'], ZONES), '2026-03-01T00:00:00', '2026-03'];
  if (base === 'time') return [...TIMES, ...product(['10:20:30', '24:00:00'], ZONES)];
  if (base === 'gYear') return [...YEARS, ...product(['2026'], ZONES), '2026-03'];
  if (base === 'gYearMonth') return [...product(['2026', ...YEARS], MONTHS), ...product(['2026-03'], ZONES)];
  if (base !== 'dateTime') return [];
  return [
    ...product(DATES, ['T10:20:30', 'T10:20:30Z']),
    ...TIMES.flatMap((time) => [`2026-03-01T${time}`, `2026-12-31T${time}Z`]),
    ...product(['2026-03-01T10:20:30', '2026-03-01T10:20:30.25', '2026-12-31T24:00:00'], ZONES),
    '2026-03-01',
    '2026-03-01 10:20:30',
    '2026-03-01t10:20:30',
    '2026-03-01T',
    'T10:20:30',
    '20260301T102030',
  ];
};

const integerDigits = (count: number): string => '9'.repeat(Math.max(count, 1));

/** The most telling first, here and below. */
const decimalEdges = ({ facets }: SimpleType): string[] => {
  const total = facets.get('totalDigits') ?? 18;
  const fraction = facets.get('fractionDigits') ?? 0;
  const least = facets.get('minInclusive');
  const whole = integerDigits(total);
  const nines = '9'.repeat(fraction);
  return [
    `9${whole}`,
    `0.${nines}9`,
    ...(least === undefined
      ? []
      : [String(least - 1), String(least), `${least - 1}.99999`, `${least}.00001`, `-${least}`]),
    `-${whole}`,
    whole,
    `00${whole}`,
    `${whole}.0`,
    `${integerDigits(total - fraction)}.${nines}`,
    `${integerDigits(total - fraction + 1)}.${nines}`,
    `0.${'9'.repeat(Math.max(fraction, 1))}`,
    `0.${'9'.repeat(Math.max(fraction, 1))}00`,
    `-${integerDigits(total - fraction)}.${nines}9`,
  ];
};

const LETTERS = ['x', 'é', '😀', '\u{10ffff}', 'e\u0301'];

/** Strings of a length, in code points: Latin, two bytes, four bytes, and two code points that look like one. */
const ofLength = (letter: string, length: number): string =>
  [...letter.repeat(Math.max(length, 0))].slice(0, Math.max(length, 0)).join('');

const lengthEdges = ({ facets }: SimpleType): string[] => {
  const min = facets.get('minLength') ?? facets.get('length') ?? 0;
  const max = facets.get('maxLength') ?? facets.get('length') ?? min;
  const lengths = [max + 1, max, min - 1, min];
  const edges = LETTERS.flatMap((letter) => lengths.map((length) => ofLength(letter, length)));
  return [...edges, ' '.repeat(min), `${'x'.repeat(Math.max(max - 1, 0))} `, ' '.repeat(max + 1)];
};

const base64Edges = ({ facets }: SimpleType): string[] =>
  [facets.get('minLength'), facets.get('maxLength')]
    .filter((size) => size !== undefined)
    .flatMap((size) => [size - 1, size, size + 1])
    .map((size) => Buffer.alloc(Math.max(size, 0)).toString('base64'));

const codeEdges = ({ enumeration }: SimpleType): string[] => {
  const [first = ''] = enumeration;
  const last = enumeration.at(-1) ?? '';
  return [last, `${first}X`, first.toLowerCase(), first, first.slice(0, -1), 'ZZZZ', `${first} ${last}`];
};

/** A value that the type accepts. */
export const validValue = (type: SimpleType): string => {
  const [code] = type.enumeration;
  if (code !== undefined) return code;
  const sample = SAMPLE[type.base];
  if (sample !== undefined) return sample;
  if (type.base === 'decimal') return String(type.facets.get('minInclusive') ?? 1);
  invariant(type.patterns.length <= 1, `${type.name} has one pattern`);
  const [pattern] = type.patterns;
  const least = type.facets.get('minLength') ?? type.facets.get('length') ?? 1;
  if (pattern === undefined) return 'x'.repeat(Math.max(least, 1));
  const { inside } = stringsOfPattern(pattern);
  const most = type.facets.get('maxLength') ?? Number.POSITIVE_INFINITY;
  const found = inside.find(({ length }) => length >= Math.max(least, 1) && length <= most);
  invariant(found !== undefined, `${type.name} has a value`);
  return found;
};

/** Values at the edge of each facet and one beyond: what tells this type from any other. */
export const edgesOf = (type: SimpleType): readonly string[] => {
  const edges: string[] = [];
  if (type.enumeration.length > 0) edges.push(...codeEdges(type));
  if (type.base === 'decimal') edges.push(...decimalEdges(type));
  else if (type.base === 'base64Binary') edges.push(...base64Edges(type));
  else if (type.facets.size > 0) edges.push(...lengthEdges(type));
  for (const pattern of type.patterns) {
    const { inside, beside } = stringsOfPattern(pattern);
    edges.push(beside[1] ?? '', inside[1] ?? '', ...inside, ...beside);
  }
  if (type.base !== 'string') edges.push('x', ...lexical(type.base).slice(0, 6));
  return [...new Set([...edges, '', validValue(type)])];
};

/** Every value of the tables for the type, each code of it, and each value with white space around it. */
export const valuesOf = (type: SimpleType): readonly string[] => {
  const valid = validValue(type);
  const values = [...edgesOf(type), ...lexical(type.base), ...type.enumeration];
  const spaced = ['\u0020', '\t', '\n', '\r', '\u00a0', '\u3000', '\u200b', '\u0085', '\u2028', '\ufeff'].flatMap(
    (space) => [space + valid, valid + space, `${valid.slice(0, 1)}${space}${valid.slice(1)}`],
  );
  const other = [
    valid.toLowerCase(),
    valid.toUpperCase(),
    valid.normalize('NFD'),
    `${valid}\u0301`,
    '\ufffd',
    '\u0300',
  ];
  return [...new Set([...values, ...spaced, ' ', '\n', '  ', ...other])];
};

/** Ways to write the same value, or nearly: comments, CDATA, references, line ends, elements where none may be. */
export const spellingsOf = (type: SimpleType): readonly (readonly Spelt[])[] => {
  const valid = validValue(type);
  const [head, tail] = [valid.slice(0, 1), valid.slice(1)];
  const comment = markup('<!-- c -->');
  const cdata = (value: string): Spelt => ({ raw: `<![CDATA[${value}]]>`, text: value });
  const references = (radix: 'decimal' | 'hex', value: string): Spelt => ({
    raw: [...value]
      .map((letter) => letter.codePointAt(0)!)
      .map((code) => (radix === 'hex' ? `&#x${code.toString(16).toUpperCase()};` : `&#${code};`))
      .join(''),
    text: value,
  });
  const literal = (raw: string, value: string): Spelt => ({ raw, text: value });
  return [
    [comment],
    [comment, text(valid)],
    [text(valid), comment],
    [text(head), comment, text(tail)],
    [text(head), markup('<!---->'), comment, text(tail), markup('<!--<x>&amp;-->')],
    [markup('<!-- 1 -->'), text(head), text(tail), markup('<?otkel c?>')],
    [cdata(valid)],
    [cdata('')],
    [text(head), cdata(tail)],
    [cdata(head), cdata(''), cdata(tail)],
    [cdata(`${valid} `)],
    [references('decimal', valid)],
    [text(head), references('hex', tail)],
    [literal(`${valid}\n`, `${valid}\n`)],
    [literal(`\r\n${valid}`, `\n${valid}`)],
    [literal(`\r${valid}\t`, `\n${valid}\t`)],
    [literal(`${head}\n${tail}`, `${head}\n${tail}`)],
    [references('decimal', '\r'), text(valid), references('hex', '\n')],
    [text(valid), markup('<x xmlns=""/>')],
    [text(`${valid}<>&"']]>`)],
    [cdata('<x/>')],
  ];
};
