/** Limits as the API takes and shows them: amounts are decimals of their currencies, counts whole numbers, both text. */
import { isoTime } from '../kernel/clock.js';
import { refusal } from '../kernel/errors.js';
import { bicKey, isBic } from '../kernel/ids.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import { checkLimit, LIMIT_MEASURES, LIMIT_SCOPES, type LimitMeasure } from '../pvp/limits.js';
import type { LimitChange, UsedLimit } from './limits.js';
import { HttpProblem } from './problem.js';
import { fieldsOf } from './rate-json.js';
import type { Reserve } from './reserves.js';

const CHANGES_MAX = 200;
const FIELDS = ['scope', 'bic', 'measure', 'currency', 'most'];
const COUNT = /^\d{1,9}$/;

const bad = (detail: string): HttpProblem => new HttpProblem(refusal('BAD_REQUEST', detail));

function changeOf(value: unknown, where: string): LimitChange {
  const { scope, bic = null, measure, currency = null, most } = fieldsOf(value, where, FIELDS);
  const knownScope = LIMIT_SCOPES.find((one) => one === scope);
  if (!knownScope) throw bad(`${where}.scope is one of ${LIMIT_SCOPES.join(', ')}`);
  const measures = Object.keys(LIMIT_MEASURES) as LimitMeasure[];
  const knownMeasure = measures.find((one) => one === measure);
  if (!knownMeasure) throw bad(`${where}.measure is one of ${measures.join(', ')}`);
  if (bic !== null && !(typeof bic === 'string' && isBic(bic))) throw bad(`${where}.bic is no BIC`);
  if (currency !== null && typeof currency !== 'string') throw bad(`${where}.currency is no text`);
  if (most !== null && typeof most !== 'string') throw bad(`${where}.most is missing or no text`);
  const limit = { scope: knownScope, bic: bic === null ? null : bicKey(bic), measure: knownMeasure, currency };
  const checked = checkLimit({ ...limit, most: 0n });
  if (!checked.ok) throw new HttpProblem(checked.error);
  return { ...limit, most: most === null ? null : minorOf(most, currency, `${where}.most`) };
}

function minorOf(text: string, currency: string | null, where: string): string {
  if (currency === null) {
    if (!COUNT.test(text)) throw bad(`${where} is no whole number`);
    return BigInt(text).toString();
  }
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) throw bad(`${where} is no amount of ${currency.slice(0, 8)}`);
  return parsed.value.minor.toString();
}

/** The changes of a proposal. Throws {@link HttpProblem}. */
export function changesOf(value: unknown): readonly LimitChange[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > CHANGES_MAX)
    throw bad(`limits are 1 to ${CHANGES_MAX}`);
  const changes = value.map((change, i) => changeOf(change, `limits[${i}]`));
  const names = changes.map(({ scope, bic, measure, currency }) => [scope, bic, measure, currency].join(' '));
  if (new Set(names).size < names.length) throw bad('one limit is set twice');
  return changes;
}

const shown = (minor: bigint, currency: string | null): string =>
  currency === null ? minor.toString() : formatMinor(minor, currency);

export const changeView = ({ scope, bic, measure, currency, most }: LimitChange) => ({
  scope,
  bic,
  measure,
  currency,
  most: most === null ? null : shown(BigInt(most), currency),
});

export const limitView = ({ scope, bic, measure, currency, most, used, setAt, setBy, approvedBy }: UsedLimit) => ({
  scope,
  bic,
  measure,
  currency,
  most: shown(most, currency),
  used: used === null ? null : shown(used, currency),
  setAt: isoTime(setAt),
  setBy,
  approvedBy,
});

export const reserveView = ({ provider, ledger, walletId, currency, reservedMinor, freeMinor }: Reserve) => ({
  provider,
  ledger,
  walletId,
  currency,
  reserved: formatMinor(reservedMinor, currency),
  free: freeMinor === null ? null : formatMinor(freeMinor, currency),
});
