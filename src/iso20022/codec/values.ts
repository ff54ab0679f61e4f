/**
 * Checks of simple values in their plain form. A check may say no to a value that its type allows (white space around a
 * number, a leading plus, 24:00:00, a facet that is not known here), but never yes to one that it does not allow.
 */
import type { SimpleTypeRow, XsdBase } from '../catalogue/notation.js';

/** True when the value is certainly of the type. `length` counts the code points of `value`. */
export type ValueCheck = (value: string, length: number) => boolean;

const NEVER: ValueCheck = () => false;

const ZERO = 0x30;
const NINE = 0x39;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const PLUS = 0x2b;
const EQUALS = 0x3d;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/**
 * The part of the pattern language of XML Schema that means the same in JavaScript: letters, digits, classes of them,
 * groups, counts. `.` differs and is rewritten (XML Schema part 2, appendix F: any character but line feed and return).
 */
const PLAIN_PATTERN =
  /^(?:\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9()+]|\\[-+])+\]|[A-Za-z0-9-]|\\\+|\.|[()]|\{\d+(?:,\d+)?\}|[+*])+$/;

/** The anchored expression of a pattern; undefined when it is not in the part of the language that is known here. */
export const compilePattern = (pattern: string): RegExp | undefined =>
  PLAIN_PATTERN.test(pattern) ? new RegExp(`^(?:${pattern.replaceAll('.', '[^\\n\\r]')})$`, 'u') : undefined;

const stringCheck = ({ length, minLength, maxLength, pattern, enumeration }: SimpleTypeRow): ValueCheck => {
  const least = Math.max(length ?? 0, minLength ?? 0);
  const most = Math.min(length ?? Number.POSITIVE_INFINITY, maxLength ?? Number.POSITIVE_INFINITY);
  const codes = enumeration === undefined ? null : new Set(enumeration.split(' '));
  const expression = pattern === undefined ? null : compilePattern(pattern);
  if (expression === undefined) return NEVER;
  return (value, count) =>
    count >= least &&
    count <= most &&
    (codes === null || codes.has(value)) &&
    (expression === null || expression.test(value));
};

const LEAST: Readonly<Record<string, number>> = { '0': 0, '1': 1 };

/** Digits are counted as written, so zeros that the value does not need can only make it refused. */
const decimalCheck = ({ totalDigits, fractionDigits, minInclusive }: SimpleTypeRow): ValueCheck => {
  const least = minInclusive === undefined ? Number.NEGATIVE_INFINITY : LEAST[minInclusive];
  if (totalDigits === undefined || least === undefined) return NEVER;
  const places = fractionDigits ?? totalDigits;
  return (value) => {
    const first = least < 0 && value.charCodeAt(0) === DASH ? 1 : 0;
    let at = first;
    let whole = 0;
    for (let code = value.charCodeAt(at); isDigit(code); code = value.charCodeAt(at)) {
      whole = whole * 10 + code - ZERO;
      at += 1;
    }
    const digits = at - first;
    // A float keeps no 18 digits, but whether they make less than one it knows.
    if (digits === 0 || digits > totalDigits || whole < least) return false;
    if (at === value.length) return true;
    if (value.charCodeAt(at) !== DOT) return false;
    const point = at;
    at += 1;
    while (isDigit(value.charCodeAt(at))) at += 1;
    const fraction = at - point - 1;
    return at === value.length && fraction > 0 && fraction <= places && digits + fraction <= totalDigits;
  };
};

/** The number that two digits at `at` make; NaN when they are not two digits. */
const two = (value: string, at: number): number => {
  const tens = value.charCodeAt(at);
  const units = value.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(units) ? (tens - ZERO) * 10 + units - ZERO : Number.NaN;
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A year from 0001 to 9999 at the start; zero otherwise. */
const yearOf = (value: string): number => {
  const year = two(value, 0) * 100 + two(value, 2);
  return year > 0 ? year : 0;
};

const isYearMonth = (value: string): boolean => {
  const month = two(value, 5);
  return yearOf(value) > 0 && value.charCodeAt(4) === DASH && month >= 1 && month <= 12;
};

/** True when `value` begins with a day, `2026-11-23`. */
const startsWithDate = (value: string): boolean => {
  if (!isYearMonth(value) || value.charCodeAt(7) !== DASH) return false;
  const year = yearOf(value);
  const month = two(value, 5);
  const day = two(value, 8);
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= DAYS[month - 1]! + (leap ? 1 : 0);
};

/** True when the rest of `value` from `at` is no zone, `Z`, or an offset below 14 hours. */
const endsWithZone = (value: string, at: number): boolean => {
  const rest = value.length - at;
  const sign = value.charCodeAt(at);
  if (rest === 0) return true;
  if (rest === 1) return sign === LETTER_Z;
  if (rest !== 6 || (sign !== PLUS && sign !== DASH) || value.charCodeAt(at + 3) !== COLON) return false;
  return two(value, at + 1) <= 13 && two(value, at + 4) <= 59;
};

/** More would be rounded by an engine that keeps seconds as a float. */
const SECOND_PLACES_MAX = 9;

/** True when the rest of `value` from `at` is a time of day with or without zone. */
const endsWithTime = (value: string, at: number): boolean => {
  if (value.charCodeAt(at + 2) !== COLON || value.charCodeAt(at + 5) !== COLON) return false;
  if (!(two(value, at) <= 23 && two(value, at + 3) <= 59 && two(value, at + 6) <= 59)) return false;
  let end = at + 8;
  if (value.charCodeAt(end) === DOT) {
    end += 1;
    while (isDigit(value.charCodeAt(end))) end += 1;
    const places = end - at - 9;
    if (places === 0 || places > SECOND_PLACES_MAX) return false;
  }
  return endsWithZone(value, end);
};

const PLAIN_FORM: Readonly<Partial<Record<XsdBase, (value: string) => boolean>>> = {
  boolean: (value) => value === 'true' || value === 'false' || value === '1' || value === '0',
  date: (value) => startsWithDate(value) && endsWithZone(value, 10),
  dateTime: (value) => startsWithDate(value) && value.charCodeAt(10) === LETTER_T && endsWithTime(value, 11),
  time: (value) => endsWithTime(value, 0),
  gYear: (value) => value.length === 4 && yearOf(value) > 0,
  gYearMonth: (value) => value.length === 7 && isYearMonth(value),
};

const formCheck = ({ base, pattern }: SimpleTypeRow): ValueCheck => {
  const form = PLAIN_FORM[base];
  const expression = pattern === undefined ? null : compilePattern(pattern);
  if (form === undefined || expression === undefined) return NEVER;
  return expression === null ? form : (value) => form(value) && expression.test(value);
};

/** Canonical base64 (XML Schema part 2, 3.2.16): no white space, and no bits set that the padding drops. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

const base64Check = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: SimpleTypeRow): ValueCheck => {
  return (value, length) => {
    if (!BASE64.test(value)) return false;
    const padding = value.charCodeAt(length - 2) === EQUALS ? 2 : value.charCodeAt(length - 1) === EQUALS ? 1 : 0;
    const bytes = (length / 4) * 3 - padding;
    return bytes >= minLength && bytes <= maxLength;
  };
};

const STRING_FACETS = ['length', 'minLength', 'maxLength', 'pattern', 'enumeration'];

type Compile = readonly [compile: (facets: SimpleTypeRow) => ValueCheck, facets: readonly string[]];

/** For each base the facets that its check looks at; a type with another one is left to the schema engine. */
const COMPILERS: Readonly<Partial<Record<XsdBase, Compile>>> = {
  string: [stringCheck, STRING_FACETS],
  decimal: [decimalCheck, ['totalDigits', 'fractionDigits', 'minInclusive']],
  boolean: [formCheck, []],
  date: [formCheck, ['pattern']],
  dateTime: [formCheck, ['pattern']],
  time: [formCheck, ['pattern']],
  gYear: [formCheck, []],
  gYearMonth: [formCheck, []],
  base64Binary: [base64Check, ['minLength', 'maxLength']],
};

/** The check of a simple type. */
export const compileValueCheck = (facets: SimpleTypeRow): ValueCheck => {
  const [compile, known] = COMPILERS[facets.base] ?? [() => NEVER, []];
  const { base: _base, ...others } = facets;
  return Object.keys(others).every((facet) => known.includes(facet)) ? compile(facets) : NEVER;
};
