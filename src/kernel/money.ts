import { err, ok, type Result } from './result.js';

/**
 * An amount of one currency in minor units (KZT 12.34 is `1234n`). Amounts are never a `number`.
 * Minor-unit exponents are those of ISO 4217.
 */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export type AmountError = 'NOT_A_DECIMAL' | 'TOO_MANY_DECIMALS' | 'UNKNOWN_CURRENCY' | 'TOO_LARGE';

const EXPONENTS = new Map<string, number>();
const add = (exponent: number, codes: string) => {
  for (const code of codes.split(' ')) EXPONENTS.set(code, exponent);
};
// ISO 4217 active national currencies by minor-unit exponent (list one, amendment 179).
add(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF');
add(3, 'BHD IQD JOD KWD LYD OMR TND');
add(
  2,
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
    'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD ' +
    'KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN ' +
    'NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC ' +
    'SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
);

/** Minor-unit exponent of an ISO 4217 currency (KZT 2, JPY 0, KWD 3); `undefined` when it is none. */
export const currencyExponent = (currency: string): number | undefined => EXPONENTS.get(currency);

const DECIMAL = /^[+]?(\d{0,30})(?:\.(\d{0,30}))?$/;
const MAX_MINOR = 10n ** 18n;

/**
 * Reads an ISO 20022 decimal (`ActiveCurrencyAndAmount`, at most 18 digits) into minor units, exactly.
 * Trailing zeros beyond the exponent are accepted because they change nothing; other extra decimals are an error.
 */
export function parseAmount(text: string, currency: string): Result<Money, AmountError> {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) return err('UNKNOWN_CURRENCY');
  const match = text.length <= 40 ? DECIMAL.exec(text) : null;
  const whole = match?.[1] ?? '';
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || (whole === '' && (match[2] ?? '') === '')) return err('NOT_A_DECIMAL');
  if (fraction.length > exponent) return err('TOO_MANY_DECIMALS');
  const minor = BigInt(whole + fraction.padEnd(exponent, '0') || '0');
  return minor >= MAX_MINOR ? err('TOO_LARGE') : ok({ minor, currency });
}

/** Writes minor units as an ISO 20022 decimal with the currency's own number of decimals. */
export function formatMinor(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency) ?? 0;
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
