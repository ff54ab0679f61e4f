import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import type { Bic, WalletId } from '../../kernel/ids.js';
import type { Entry } from '../model.js';

/**
 * What the oracle's reference registry says of a wallet, or of all wallets of an owner: category, region, licence. One
 * entry for each subject and name; its history is that of the entry.
 */
export interface Attribute {
  /** `wallet:ID` or `owner:BIC`. */
  readonly subject: string;
  readonly name: string;
  /** Null: withdrawn. */
  readonly value: string | null;
  /** Milliseconds: from `validFrom` to before `validTo`; null is open. */
  readonly validFrom: number;
  readonly validTo: number | null;
}

export const ATTRIBUTE_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,39}$/;
const VALUE_LENGTH_MAX = 140;

export const walletSubject = (walletId: WalletId): string => `wallet:${walletId}`;
export const ownerSubject = (ownerBic: Bic): string => `owner:${ownerBic}`;
export const attributeEntry = (subject: string, name: string): string => `${subject}/${name}`;
export const isAttributeValue = (value: string): boolean => value.length >= 1 && value.length <= VALUE_LENGTH_MAX;

type Said = Pick<Attribute, 'value' | 'validFrom' | 'validTo'>;

export const encodeAttributeName = (subject: string, name: string): Buffer =>
  new ByteWriter().text(subject).text(name).finish();

export const encodeAttribute = ({ value, validFrom, validTo }: Said): Buffer =>
  new ByteWriter()
    .optional(value, (w, v) => w.text(v))
    .integer(validFrom)
    .optional(validTo, (w, v) => w.integer(v))
    .finish();

/** Reads an entry of the kind `attribute`. Throws `RangeError` on anything else. */
export function attributeOf(entry: Pick<Entry, 'body' | 'state'>): Attribute {
  const body = new ByteReader(entry.body);
  const [subject, name] = [body.text(), body.text()];
  body.end();
  const state = new ByteReader(entry.state);
  const [value, validFrom] = [state.optional((r) => r.text()), state.integer()];
  const validTo = state.optional((r) => r.integer());
  state.end();
  return { subject, name, value, validFrom, validTo };
}

/** The value that an entry gives at a time; null where it gives none. */
export function valueAt(entry: Pick<Entry, 'body' | 'state'>, at: number): string | null {
  const { value, validFrom, validTo } = attributeOf(entry);
  return validFrom <= at && (validTo === null || at < validTo) ? value : null;
}
