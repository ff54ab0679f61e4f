/** Branded identifiers: a string of one kind can't be passed where another kind is wanted. */
declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Lower-case UUIDv4 that identifies a payment end to end (ISO 20022 `UUIDv4Identifier`). Also the PvP id. */
export type Uetr = Brand<string, 'Uetr'>;
/** Identifier of a firm FX quote, a lower-case UUIDv4. */
export type QuoteId = Brand<string, 'QuoteId'>;
/** Wallet on one ledger, for example `kz-w-000001`; `[A-Za-z0-9._:-]{1,64}`. */
export type WalletId = Brand<string, 'WalletId'>;
/** ISO 9362 business identifier code, 8 or 11 characters, upper case. */
export type Bic = Brand<string, 'Bic'>;
/** Code of a jurisdiction and of its ledger: `KZ`, `CN`. `[A-Z]{2,8}`. */
export type LedgerCode = Brand<string, 'LedgerCode'>;

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const WALLET = /^[A-Za-z0-9._:-]{1,64}$/;

export const isUuidV4 = (text: string): boolean => UUID_V4.test(text);
export const isBic = (text: string): text is Bic => BIC.test(text);
export const isWalletId = (text: string): text is WalletId => WALLET.test(text);

/**
 * Agents are matched on the institution, not the branch: `ABCDKZ20XXX` and `ABCDKZ20` are the same party,
 * other branch codes are distinct.
 */
export const bicKey = (bic: string): Bic => (bic.length === 11 && bic.endsWith('XXX') ? bic.slice(0, 8) : bic) as Bic;

/** A UUIDv4-shaped identifier that anyone can recompute from the same 16 or more bytes. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const b = Uint8Array.from(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(b).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
