import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { sha256 } from '../../kernel/hash.js';
import type { Bic, Uetr, WalletId } from '../../kernel/ids.js';
import type { Entry, LedgerIdentity } from '../model.js';
import { beginAddition, readAddition } from './addition.js';

/**
 * An event that money waits for: its terms, which never change, and what became of it. Statements about it are
 * signatures of event providers over canonical bytes that name the ledger, the event, its terms and a sequence number.
 */
export interface EventTerms {
  readonly eventId: string;
  /** Who registered it. */
  readonly ownerBic: Bic;
  /** Any `threshold` of these providers decide when they say the same. */
  readonly providerIds: readonly string[];
  readonly threshold: number;
  readonly debitWallet: WalletId;
  readonly receivers: readonly Receiver[];
  /**
   * `amounts`: the parts are minor units and sum up to the amount; `parts`: they are weights; `payment`: there are no
   * receivers, and the whole amount goes into the one payment that it is held for.
   */
  readonly shares: 'amounts' | 'parts' | 'payment';
  readonly amountMinor: bigint;
  /** The marked money that is held; both null for unmarked money. */
  readonly markId: string | null;
  readonly markLevel: number | null;
  /** `single`: one release, what it leaves goes back; `unlimited`: releases until the amount or the time is used up. */
  readonly mode: 'single' | 'unlimited';
  /** Milliseconds; from then on, by the ledger's clock, nothing is released any more. */
  readonly expiresAt: number;
}

export interface Receiver {
  readonly walletId: WalletId;
  readonly parts: bigint;
  /** Of money under a mark by agreement: the agreement that pays this receiver. All have one, or none. */
  readonly agreementId?: string;
}

/** What a provider says. `amountMinor` is what is to be released; of a refusal it is zero. */
export interface Statement {
  readonly providerId: string;
  /** The first decision of an event has 1, each one after a release the next. */
  readonly sequence: number;
  readonly kind: 'happened' | 'refused';
  readonly amountMinor: bigint;
  /** Why it is refused; null when it happened. */
  readonly reason: string | null;
}

export interface SignedStatement extends Statement {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** Why a good signature changed nothing. `partial`: a payment is made whole or not at all. */
export const KEPT_WHY = ['late', 'conflicting', 'outOfOrder', 'excessive', 'partial'] as const;
export interface KeptStatement extends SignedStatement {
  readonly why: (typeof KEPT_WHY)[number];
}

/**
 * Of a payment's money: `confirmed` the event happened and the money waits for the payment to take it; `passedOn` the
 * payment's leg holds it; `returned` the payment was given up and its payer has it again.
 */
export const EVENT_PHASES = [
  ...(['registered', 'held', 'settled', 'refused', 'expired'] as const),
  ...(['confirmed', 'passedOn', 'returned'] as const),
] as const;
const OPEN_PHASES: readonly string[] = ['registered', 'held', 'confirmed'];

/** The payment that money is held for: its UETR, and the SHA-256 of the message that asks for it. */
export interface PaymentRef {
  readonly uetr: Uetr;
  readonly messageHash: Uint8Array;
}

export interface EventState {
  readonly phase: (typeof EVENT_PHASES)[number];
  /** What it is held for; null until then, and for money that goes to receivers. */
  readonly payment: PaymentRef | null;
  /** Held and not released yet. */
  readonly remainingMinor: bigint;
  /** Of that, what is held under the agreement of each receiver, in their order; empty where agreements hold nothing. */
  readonly heldFor: readonly bigint[];
  /** Of the decision that is waited for. */
  readonly sequence: number;
  /** Statements for it so far, the first of each provider. */
  readonly collected: readonly SignedStatement[];
  /** Those that made the last decision. */
  readonly decided: readonly SignedStatement[];
  /** Evidence of what changed nothing. */
  readonly kept: readonly KeptStatement[];
}

export const FRESH_EVENT: EventState = {
  phase: 'registered',
  payment: null,
  remainingMinor: 0n,
  heldFor: [],
  sequence: 1,
  collected: [],
  decided: [],
  kept: [],
};

export const PROVIDER_COUNT_MAX = 16;
export const RECEIVER_COUNT_MAX = 16;
/** Statements of one provider that are kept of one event though they changed nothing. */
export const KEPT_COUNT_MAX = 8;

const TERMS_DOMAIN = 'otkel/ledger/event/v1';
const STATEMENT_DOMAIN = 'otkel/ledger/event-statement/v1';
/** Holds of events have references of this form: no payment's UETR can ever meet one. */
const HOLD_PREFIX = 'event:';

export const holdOfEvent = (eventId: string): string => `${HOLD_PREFIX}${eventId}`;
export const isHoldOfEvent = (conditionRef: string): boolean => conditionRef.startsWith(HOLD_PREFIX);
/** The event that a hold is for; the reference itself of a hold for a payment. */
export const eventOfHold = (conditionRef: string): string =>
  isHoldOfEvent(conditionRef) ? conditionRef.slice(HOLD_PREFIX.length) : conditionRef;

export function encodeTerms(terms: EventTerms): Buffer {
  const writer = new ByteWriter()
    .list(terms.providerIds, (w, providerId) => w.text(providerId))
    .integer(terms.threshold)
    .text(terms.debitWallet)
    .list(terms.receivers, (w, { walletId, parts }) => w.text(walletId).integer(parts))
    .text(terms.shares)
    .integer(terms.amountMinor)
    .optional(terms.markId, (w, v) => w.text(v))
    .optional(terms.markLevel, (w, v) => w.integer(v))
    .text(terms.mode)
    .integer(terms.expiresAt);
  const agreementIds = terms.receivers.flatMap(({ agreementId }) => agreementId ?? []);
  if (agreementIds.length > 0) beginAddition(writer).list(agreementIds, (w, agreementId) => w.text(agreementId));
  return writer.finish();
}

/** Reads what {@link encodeTerms} wrote. Throws `RangeError` on anything else. */
export function termsOf(entry: Pick<Entry, 'entryId' | 'ownerBic' | 'body'>): EventTerms {
  const reader = new ByteReader(entry.body);
  const terms = {
    eventId: entry.entryId,
    ownerBic: entry.ownerBic,
    providerIds: reader.list((r) => r.text(), PROVIDER_COUNT_MAX),
    threshold: reader.integer(),
    debitWallet: reader.text() as WalletId,
    receivers: reader.list((r) => ({ walletId: r.text() as WalletId, parts: r.bigint() }), RECEIVER_COUNT_MAX),
    shares: oneOf(reader.text(), ['amounts', 'parts', 'payment'] as const),
    amountMinor: reader.bigint(),
    markId: reader.optional((r) => r.text()),
    markLevel: reader.optional((r) => r.integer()),
    mode: oneOf(reader.text(), ['single', 'unlimited'] as const),
    expiresAt: reader.integer(),
  };
  const agreementIds = readAddition(reader, (r) => r.list((item) => item.text(), RECEIVER_COUNT_MAX), []);
  reader.end();
  if (agreementIds.length === 0) return terms;
  if (agreementIds.length !== terms.receivers.length) throw new RangeError('a receiver is paid under no agreement');
  return { ...terms, receivers: terms.receivers.map((paid, i) => ({ ...paid, agreementId: agreementIds[i]! })) };
}

/** What an event is known by: its hold's condition hash, and part of every statement about it. */
export function eventHash(ledger: LedgerIdentity, terms: EventTerms): Buffer {
  const { code, currency } = ledger;
  const bytes = new ByteWriter().text(TERMS_DOMAIN).text(code).text(currency).text(terms.eventId);
  return sha256(bytes.text(terms.ownerBic).bytes(encodeTerms(terms)).finish());
}

/** The bytes that a provider signs: good for one decision on one event of one ledger, and nowhere else. */
export function statementBytes(ledger: LedgerIdentity, terms: EventTerms, statement: Statement): Buffer {
  return new ByteWriter()
    .text(STATEMENT_DOMAIN)
    .text(ledger.code)
    .text(ledger.currency)
    .text(terms.eventId)
    .bytes(eventHash(ledger, terms))
    .text(statement.providerId)
    .integer(statement.sequence)
    .text(statement.kind)
    .integer(statement.amountMinor)
    .optional(statement.reason, (w, v) => w.text(v))
    .finish();
}

const writeSigned = (writer: ByteWriter, statement: SignedStatement): ByteWriter =>
  writer
    .text(statement.providerId)
    .integer(statement.sequence)
    .text(statement.kind)
    .integer(statement.amountMinor)
    .optional(statement.reason, (w, v) => w.text(v))
    .text(statement.keyId)
    .bytes(statement.signature);

const readSigned = (reader: ByteReader): SignedStatement => ({
  providerId: reader.text(),
  sequence: reader.integer(),
  kind: oneOf(reader.text(), ['happened', 'refused'] as const),
  amountMinor: reader.bigint(),
  reason: reader.optional((r) => r.text()),
  keyId: reader.text(),
  signature: reader.bytes(),
});

/** The statements that made a decision, as the evidence of what it did to the hold. */
export const encodeStatements = (statements: readonly SignedStatement[]): Buffer =>
  new ByteWriter().list(statements, writeSigned).finish();

/** Reads what {@link encodeStatements} wrote. Throws `RangeError` on anything else. */
export function readStatements(bytes: Uint8Array): SignedStatement[] {
  const reader = new ByteReader(bytes);
  const statements = reader.list(readSigned, PROVIDER_COUNT_MAX);
  reader.end();
  return statements;
}

export function encodeState(state: EventState): Buffer {
  const writer = new ByteWriter()
    .text(state.phase)
    .optional(state.payment, (w, { uetr, messageHash }) => w.text(uetr).bytes(messageHash))
    .integer(state.remainingMinor)
    .integer(state.sequence)
    .list(state.collected, writeSigned)
    .list(state.decided, writeSigned)
    .list(state.kept, (w, kept) => writeSigned(w, kept).text(kept.why));
  if (state.heldFor.length > 0) beginAddition(writer).list(state.heldFor, (w, minor) => w.integer(minor));
  return writer.finish();
}

/** Reads what {@link encodeState} wrote. Throws `RangeError` on anything else. */
export function stateOf(entry: Pick<Entry, 'state'>): EventState {
  const reader = new ByteReader(entry.state);
  const state = {
    phase: oneOf(reader.text(), EVENT_PHASES),
    payment: reader.optional((r) => ({ uetr: r.text() as Uetr, messageHash: r.bytes() })),
    remainingMinor: reader.bigint(),
    sequence: reader.integer(),
    collected: reader.list(readSigned, PROVIDER_COUNT_MAX),
    decided: reader.list(readSigned, PROVIDER_COUNT_MAX),
    kept: reader.list(
      (r) => ({ ...readSigned(r), why: oneOf(r.text(), KEPT_WHY) }),
      PROVIDER_COUNT_MAX * KEPT_COUNT_MAX,
    ),
    heldFor: readAddition(reader, (r) => r.list((item) => item.bigint(), RECEIVER_COUNT_MAX), []),
  };
  reader.end();
  return state;
}

/** Whether something can still happen to it. */
export const isOpenPhase = (phase: EventState['phase']): boolean => OPEN_PHASES.includes(phase);

/** Who is to be paid out of money that is held for an event; nobody while none is, or no more. */
export const awaitedBy = (entry: Entry): readonly WalletId[] =>
  entry.open && stateOf(entry).phase === 'held' ? termsOf(entry).receivers.map(({ walletId }) => walletId) : [];

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new RangeError('canonical text is none of its values');
  return found;
}

/**
 * An amount shared out by weights, to the minor unit: everybody gets the whole units of their exact share; the units
 * left over go one by one to the largest remainders, among equal ones to whoever is named first.
 */
export function shareOut(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = weights.map((weight) => (amountMinor * weight) / total);
  const left = amountMinor - shares.reduce((sum, share) => sum + share, 0n);
  const remainder = (index: number): bigint => (amountMinor * weights[index]!) % total;
  const order = weights
    .map((_, index) => index)
    .sort((a, b) => (remainder(a) === remainder(b) ? a - b : remainder(a) > remainder(b) ? -1 : 1));
  for (const index of order.slice(0, Number(left))) shares[index]! += 1n;
  return shares;
}
