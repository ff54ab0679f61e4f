import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { sha256 } from '../kernel/hash.js';
import { isUuidV4, isWalletId, type LedgerCode, type QuoteId, type Uetr, type WalletId } from '../kernel/ids.js';
import { currencyExponent } from '../kernel/money.js';
import { oncePerObject } from '../kernel/once.js';
import { err, ok, type Result } from '../kernel/result.js';
import { isLegMark } from '../ledger/domestic/crossing.js';
import type { LegCharge, LegMark, MarkPlace } from '../ledger/types.js';

/**
 * The terms of one payment-versus-payment settlement: what every jurisdiction holds, votes on and settles. They hold
 * no names, addresses or remittance text. Two terms are the same exactly when their {@link termsHash} is.
 */
export interface PvpTerms {
  readonly protocolVersion: number;
  readonly pvpId: Uetr;
  /** SHA-256 of the raw source message bytes, 32 bytes. */
  readonly sourceMessageHash: Uint8Array;
  /** SHA-256 of the translated destination message bytes, 32 bytes: the co-signers attest the translation too. */
  readonly destinationMessageHash: Uint8Array;
  /** Two or more legs on as many ledgers, the payer's first. */
  readonly legs: readonly PvpLeg[];
  /** One less than the legs: quote i converts leg i into leg i + 1. */
  readonly quotes: readonly PvpQuote[];
  /** Milliseconds: no hold is placed after it. */
  readonly prepareBy: number;
  /** Milliseconds: no COMMIT is asked for after it. */
  readonly voteBy: number;
  /** Key of each leg's co-signer, in leg order. */
  readonly coSignerKeyIds: readonly string[];
  /** The event under which the payer's ledger holds the money of the first leg already; absent where it waited for none. */
  readonly eventId?: string;
  /** What the payer's ledger takes of the payer besides the first leg's amount, in one hold with it; absent where nothing is. */
  readonly charge?: LegCharge;
}

export interface PvpLeg {
  readonly ledger: LedgerCode;
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Of the first leg what its payer pays with, of the last one what its payee gets; null for ordinary money. */
  readonly mark: LegMark | null;
}

export interface PvpQuote {
  readonly quoteId: QuoteId;
  readonly quoteHash: Uint8Array;
  readonly providerSignature: Uint8Array;
}

/** How long each step may take, in milliseconds. */
export interface PvpTimes {
  readonly prepareMs: number;
  readonly voteMs: number;
  readonly quoteMarginMs: number;
  readonly lapseMs: number;
  readonly clockErrorMs: number;
}

export const DEFAULT_TIMES: PvpTimes = {
  prepareMs: 4_000,
  voteMs: 8_000,
  quoteMarginMs: 1_000,
  lapseMs: 4_000,
  clockErrorMs: 500,
};

export const PROTOCOL_VERSION = 1;
/** Of terms with a charge, which stands at the end of their bytes. */
export const CHARGED_VERSION = 2;
/** Ledgers of one payment. */
export const LEGS_MAX = 8;
const DOMAIN = 'otkel/pvp/terms/v1';
const LEDGER = /^[A-Z]{2,8}$/;
/** Of keys and of events: printable, without spaces. */
const ID = /^[\x21-\x7e]{1,128}$/;
const MINOR_MAX = 10n ** 18n;

/** `prepareBy` and `voteBy` of terms formed at `formedAt`; the vote ends before the earliest quote does. */
export function deadlines(
  formedAt: number,
  quotesValidUntil: readonly number[],
  times: PvpTimes = DEFAULT_TIMES,
): { prepareBy: number; voteBy: number } {
  const quoted = quotesValidUntil.map((validUntil) => validUntil - times.quoteMarginMs);
  const voteBy = Math.min(formedAt + times.voteMs, ...quoted);
  return { prepareBy: Math.min(formedAt + times.prepareMs, voteBy), voteBy };
}

/** When a hold that was never voted on may lapse. */
export const lapseAtOf = (terms: PvpTerms, times: PvpTimes): number => terms.voteBy + times.lapseMs;

/** Canonical bytes of the terms; the only encoder. */
export function encodeTerms(terms: PvpTerms): Buffer {
  const writer = new ByteWriter()
    .integer(terms.protocolVersion)
    .text(terms.pvpId)
    .bytes(terms.sourceMessageHash)
    .bytes(terms.destinationMessageHash)
    .list(terms.legs, (writer, leg) => {
      writer.text(leg.ledger).text(leg.debitWallet).text(leg.creditWallet).integer(leg.amountMinor).text(leg.currency);
      writer.optional(leg.mark, writeMark);
    })
    .list(terms.quotes, (writer, quote) =>
      writer.text(quote.quoteId).bytes(quote.quoteHash).bytes(quote.providerSignature),
    )
    .integer(terms.prepareBy)
    .integer(terms.voteBy)
    .list(terms.coSignerKeyIds, (writer, keyId) => writer.text(keyId))
    .optional(terms.eventId ?? null, (writer, eventId) => writer.text(eventId));
  if (terms.charge) writer.text(terms.charge.walletId).integer(terms.charge.amountMinor);
  return writer.finish();
}

/** The version that terms have. */
export const versionOf = ({ charge }: Pick<PvpTerms, 'charge'>): number =>
  charge === undefined ? PROTOCOL_VERSION : CHARGED_VERSION;

/** What a leg of terms takes of its payer: its amount, and of the first one the charge. Minor units. */
export const heldMinorOf = (terms: Pick<PvpTerms, 'legs' | 'charge'>, leg: PvpLeg): bigint =>
  leg.amountMinor + (chargeOfLeg(terms, leg)?.amountMinor ?? 0n);

/** The charge where this is the leg that has it. */
export const chargeOfLeg = ({ legs, charge }: Pick<PvpTerms, 'legs' | 'charge'>, leg: PvpLeg): LegCharge | null =>
  leg.ledger === legs[0]?.ledger ? (charge ?? null) : null;

/**
 * Whether a hold is of the money that a leg's mark says: `held` is where it comes from, `credit` what it is to be under.
 * Money of the suspense wallet was never on the payer's route.
 */
export function fitsMark(
  mark: LegMark | null,
  held: { readonly markId: string | null; readonly markLevel: number | null },
  credit: MarkPlace | null,
  isSuspense: boolean,
): boolean {
  const paid = mark?.side === 'debit' && !isSuspense ? mark : null;
  const isPaid = held.markId === (paid?.markId ?? null) && held.markLevel === (paid?.markLevel ?? null);
  const asked = mark?.side === 'credit' ? mark.markId : null;
  // Along its route the money stays under its mark, or leaves it.
  const isCredited = credit === null ? asked === null : credit.markId === (asked ?? paid?.markId);
  return isPaid && isCredited;
}

/** The one encoding of a leg's mark. */
export function writeMark(writer: ByteWriter, mark: LegMark): void {
  writer.text(mark.side).text(mark.markId);
  if (mark.side === 'debit') writer.integer(mark.markLevel);
}

/** Reads what {@link writeMark} wrote; throws `RangeError` on anything else. */
export function readMark(reader: ByteReader): LegMark {
  const [side, markId] = [reader.text(), reader.text()];
  if (side === 'credit') return { side, markId };
  if (side !== 'debit') throw new RangeError('a leg is marked on one of its sides');
  return { side, markId, markLevel: reader.integer() };
}

/** SHA-256("otkel/pvp/terms/v1" || bytes), 32 bytes. */
export const termsHash = (termsBytes: Uint8Array): Buffer => sha256(DOMAIN, termsBytes);

/** Terms beside their bytes and hash. */
export interface ReadTerms {
  readonly bytes: Uint8Array;
  readonly termsHash: Buffer;
  /** Null when the bytes are no valid terms. */
  readonly terms: PvpTerms | null;
}

/**
 * Terms by their bytes; the hash is always computed from them. The same buffer goes from the gateway's store through
 * both jurisdictions when they are in one process: it is read once, and nobody changes it.
 */
export const readTerms = oncePerObject((bytes: Uint8Array): ReadTerms => {
  const terms = decodeTerms(bytes);
  return { bytes, termsHash: termsHash(bytes), terms: terms.ok ? terms.value : null };
});

/** Reads canonical terms; `TERMS_INVALID` for anything that {@link encodeTerms} would not write or that is not valid. */
export function decodeTerms(termsBytes: Uint8Array): Result<PvpTerms, Refusal> {
  let terms: PvpTerms;
  try {
    terms = read(new ByteReader(termsBytes));
  } catch {
    return err(refusal('TERMS_INVALID', 'not canonical'));
  }
  const broken = brokenTerm(terms);
  return broken === null ? ok(terms) : err(refusal('TERMS_INVALID', broken));
}

function read(reader: ByteReader): PvpTerms {
  const terms: PvpTerms = {
    protocolVersion: reader.integer(),
    pvpId: reader.text() as Uetr,
    sourceMessageHash: reader.bytes(),
    destinationMessageHash: reader.bytes(),
    legs: reader.list(
      (r): PvpLeg => ({
        ledger: r.text() as LedgerCode,
        debitWallet: r.text() as WalletId,
        creditWallet: r.text() as WalletId,
        amountMinor: r.bigint(),
        currency: r.text(),
        mark: r.optional(readMark),
      }),
      LEGS_MAX,
    ),
    quotes: reader.list(
      (r): PvpQuote => ({ quoteId: r.text() as QuoteId, quoteHash: r.bytes(), providerSignature: r.bytes() }),
      LEGS_MAX,
    ),
    prepareBy: reader.integer(),
    voteBy: reader.integer(),
    coSignerKeyIds: reader.list((r) => r.text(), LEGS_MAX),
  };
  const eventId = reader.optional((r) => r.text());
  const isCharged = terms.protocolVersion === CHARGED_VERSION;
  const charge = isCharged ? { walletId: reader.text() as WalletId, amountMinor: reader.bigint() } : null;
  reader.end();
  if (eventId === null && charge === null) return terms;
  return { ...terms, ...(eventId !== null && { eventId }), ...(charge !== null && { charge }) };
}

/** The first rule that the terms break, by field, or `null` when they are valid. */
export function brokenTerm(terms: PvpTerms): string | null {
  if (terms.protocolVersion !== versionOf(terms)) return 'protocolVersion';
  if (!isUuidV4(terms.pvpId)) return 'pvpId';
  if (terms.sourceMessageHash.length !== 32) return 'sourceMessageHash';
  if (terms.destinationMessageHash.length !== 32) return 'destinationMessageHash';
  const count = terms.legs.length;
  if (count < 2 || count > LEGS_MAX) return 'legs';
  if (new Set(terms.legs.map((leg) => leg.ledger)).size !== count) return 'legs.ledger';
  for (const [i, leg] of terms.legs.entries()) {
    const broken = brokenLeg(leg);
    if (broken !== null) return `legs.${broken}`;
    if (!isMarkInPlace(leg.mark, i === 0, i === count - 1)) return 'legs.mark';
  }
  if (terms.charge !== undefined && !isChargeInPlace(terms.charge, terms.legs[0])) return 'charge';
  if (terms.quotes.length !== count - 1) return 'quotes';
  if (new Set(terms.quotes.map((quote) => quote.quoteId)).size !== count - 1) return 'quotes.quoteId';
  for (const quote of terms.quotes) {
    if (!isUuidV4(quote.quoteId)) return 'quotes.quoteId';
    if (quote.quoteHash.length !== 32) return 'quotes.quoteHash';
  }
  if (!(terms.prepareBy > 0 && terms.prepareBy <= terms.voteBy)) return 'prepareBy';
  if (terms.eventId !== undefined && !ID.test(terms.eventId)) return 'eventId';
  if (terms.coSignerKeyIds.length !== count) return 'coSignerKeyIds';
  return terms.coSignerKeyIds.every((keyId) => ID.test(keyId)) ? null : 'coSignerKeyIds';
}

function brokenLeg(leg: PvpLeg): string | null {
  if (!LEDGER.test(leg.ledger)) return 'ledger';
  if (!isWalletId(leg.debitWallet)) return 'debitWallet';
  if (!isWalletId(leg.creditWallet) || leg.creditWallet === leg.debitWallet) return 'creditWallet';
  if (leg.amountMinor <= 0n || leg.amountMinor >= MINOR_MAX) return 'amountMinor';
  return currencyExponent(leg.currency) === undefined ? 'currency' : null;
}

/** A charge is of ordinary money, to a wallet that is neither the payer's nor the provider's. */
const isChargeInPlace = ({ walletId, amountMinor }: LegCharge, leg: PvpLeg | undefined): boolean =>
  leg !== undefined &&
  leg.mark === null &&
  isWalletId(walletId) &&
  walletId !== leg.debitWallet &&
  walletId !== leg.creditWallet &&
  amountMinor > 0n &&
  leg.amountMinor + amountMinor < MINOR_MAX;

/** Between the payer and the payee there are providers, whose quotes speak of ordinary money. */
const isMarkInPlace = (mark: LegMark | null, isFirst: boolean, isLast: boolean): boolean =>
  mark === null || (isLegMark(mark) && (mark.side === 'debit' ? isFirst : isLast));
