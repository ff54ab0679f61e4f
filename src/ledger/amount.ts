import { type Refusal, refusal } from '../kernel/errors.js';

/** Amounts are below this number of minor units (ISO 20022 amounts have at most 18 digits). */
export const AMOUNT_MINOR_LIMIT = 10n ** 18n;
/** Why an amount of money can't be moved, or null. */
export function amountFault(minor: bigint): Refusal | null {
  if (minor === 0n) return refusal('AMOUNT_ZERO');
  if (minor < 0n) return refusal('BAD_REQUEST', 'amountMinor');
  return minor >= AMOUNT_MINOR_LIMIT ? refusal('AMOUNT_TOO_LARGE') : null;
}
