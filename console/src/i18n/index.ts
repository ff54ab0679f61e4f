/** Texts, numbers and times in the user's language. */
import { type Language, language } from '../settings.js';
import { en } from './en.js';
import { kk } from './kk.js';
import { ru } from './ru.js';

export type TextKey = keyof typeof en;
export type Catalogue = Readonly<Record<TextKey, string>>;
/** Keys under a prefix, without it: `status.ACCC` is `Under<'status'>` `ACCC`. */
export type Under<P extends string> = TextKey extends infer K ? (K extends `${P}.${infer R}` ? R : never) : never;

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ru, kk };
/** Numbers and times are written alike in Russian and Kazakh; of the latter Chromium knows the name only. */
const LOCALES: Readonly<Record<Language, readonly string[]>> = {
  en: ['en-GB'],
  ru: ['ru-RU'],
  kk: ['ru-RU'],
};

/** The text of a key; `{name}` in it is replaced by that value. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return CATALOGUES[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

/** The text of a code of the API, or the code itself where it has none. */
export function codeText(prefix: string, code: string): string {
  const catalogue: Readonly<Record<string, string>> = CATALOGUES[language.value];
  return catalogue[`${prefix}.${code}`] ?? code;
}

/** Makers of formats are slow; each is made once. */
function remembered<T>(make: (locales: string[]) => T): () => T {
  const made = new Map<Language, T>();
  return () => {
    const found = made.get(language.value) ?? make([...LOCALES[language.value]]);
    made.set(language.value, found);
    return found;
  };
}

const DAY = { day: '2-digit', month: '2-digit' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const numbers = remembered((locales) => new Intl.NumberFormat(locales, { maximumFractionDigits: 1 }));
const wholeTimes = remembered(
  (locales) => new Intl.DateTimeFormat(locales, { year: 'numeric', ...DAY, ...CLOCK, timeZoneName: 'short' }),
);
const clockTimes = remembered((locales) => new Intl.DateTimeFormat(locales, CLOCK));
const minutes = remembered((locales) => new Intl.DateTimeFormat(locales, { ...CLOCK, second: undefined }));
const days = remembered((locales) => new Intl.DateTimeFormat(locales, DAY));
const amounts = new Map<string, Intl.NumberFormat>();

export const number = (value: number): string => numbers().format(value);

/** A decimal text exactly, with the digits that it has: never through a number. */
export function amount(text: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  const id = `${language.value} ${decimals}`;
  const format =
    amounts.get(id) ??
    new Intl.NumberFormat([...LOCALES[language.value]], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  amounts.set(id, format);
  return format.format(text as Intl.StringNumericLiteral);
}

export const time = (iso: string | number): string => wholeTimes().format(new Date(iso));

/** The clock alone for today, else with the day. */
export function shortTime(iso: string): string {
  const at = new Date(iso);
  const clock = clockTimes().format(at);
  return at.toDateString() === new Date().toDateString() ? clock : `${days().format(at)} ${clock}`;
}

/** A round moment, without seconds; of another day than today with that. */
export function roundTime(at: number): string {
  const clock = minutes().format(at);
  return new Date(at).toDateString() === new Date().toDateString() ? clock : `${days().format(at)} ${clock}`;
}

/** A time between two moments, in its fitting unit. */
export function duration(ms: number): string {
  if (ms < 1_000) return t('unit.ms', { n: Math.max(0, Math.round(ms)) });
  if (ms < 60_000) return t('unit.s', { n: ms / 1_000 });
  if (ms < 3_600_000) return t('unit.min', { n: ms / 60_000 });
  return ms < 86_400_000 ? t('unit.h', { n: ms / 3_600_000 }) : t('unit.d', { n: ms / 86_400_000 });
}
