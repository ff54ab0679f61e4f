/**
 * ISO 20022 external code sets with the meaning of their codes: those that a message of the catalogue can carry.
 * A set is named as its simple type in the schemas, `ExternalPurpose1Code`.
 */
import { CLEARING_CODES } from './clearing.js';
import { PARTIES_CODES } from './parties.js';
import { PAYMENT_CODES } from './payment.js';
import { PURPOSE_CODES } from './purpose.js';
import { REASONS_CODES } from './reasons.js';
import { REPORTING_CODES } from './reporting.js';
import { STATUS_CODES } from './status.js';

const LISTS = {
  ...STATUS_CODES,
  ...REASONS_CODES,
  ...PURPOSE_CODES,
  ...PAYMENT_CODES,
  ...CLEARING_CODES,
  ...PARTIES_CODES,
  ...REPORTING_CODES,
} as const;

/** A code set whose codes are known here. */
export type CodeSetName = keyof typeof LISTS;

export const CODE_SET_NAMES = Object.keys(LISTS) as readonly CodeSetName[];

const read = new Map<string, ReadonlyMap<string, string>>();

const readList = (list: string): ReadonlyMap<string, string> =>
  new Map(
    list.split('\n').map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)];
    }),
  );

/**
 * The codes of a set with their definitions, in ISO's order; undefined for an open set, whose codes ISO publishes
 * elsewhere (bank transaction codes) or has not published.
 */
export function codeSet(name: string): ReadonlyMap<string, string> | undefined {
  const known = read.get(name);
  if (known !== undefined || !Object.hasOwn(LISTS, name)) return known;
  const codes = readList(LISTS[name as CodeSetName]);
  read.set(name, codes);
  return codes;
}

/** True when `code` is in the set called `name`; every code is in an open set. */
export const isMember = (name: string, code: string): boolean => codeSet(name)?.has(code) ?? true;

/** ISO's definition of a code, or undefined when the set does not hold it. */
export const meaningOf = (name: string, code: string): string | undefined => codeSet(name)?.get(code);
