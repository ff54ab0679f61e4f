import { ERRORS, type ErrorCode, type Refusal, refusal } from '../../kernel/errors.js';
import { equalBytes } from '../../kernel/hash.js';
import { bicKey, isBic, isUuidV4, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, invariant, ok, type Result } from '../../kernel/result.js';
import { verifySignature } from '../../kernel/suites.js';
import { amountFault } from '../amount.js';
import { giveBack, reserve } from '../holds.js';
import type { Entry, LedgerIdentity, Pocket } from '../model.js';
import { type Applied, walletFault } from '../movement.js';
import type { Hold } from '../types.js';
import type { WorkingState } from '../working.js';
import { REFERENCE, register, write } from './entries.js';
import {
  type EventState,
  type EventTerms,
  encodeState,
  encodeStatements,
  encodeTerms,
  eventHash,
  FRESH_EVENT,
  holdOfEvent,
  isOpenPhase,
  KEPT_COUNT_MAX,
  type KeptStatement,
  type PaymentRef,
  PROVIDER_COUNT_MAX,
  RECEIVER_COUNT_MAX,
  type SignedStatement,
  type Statement,
  statementBytes,
  stateOf,
} from './event.js';
import { type Agreed, agreementsFault, heldUnder, releasedUnder, returnedUnder, sharesOf } from './event-agreements.js';
import { isSamePayment, passOnBy, returnMoney, usageFault } from './event-payment.js';
import { paysOut, receivers } from './event-release.js';
import { isMarkLevel } from './mark.js';
import type { Keys, Rules } from './module.js';
import { type Provider, providerKeyAt, providerOf } from './providers.js';

/**
 * Money that waits for an event: registered before anything is held, decided by its providers' signed statements, and
 * ended by itself at its expiry. Every command names the terms whole, and the registry has the same or it is refused.
 */
export type EventCommand =
  | { readonly kind: 'registerEvent'; readonly terms: EventTerms }
  /** Holds the event's amount in the sender's wallet; for the payment that it goes into, where the terms say so. */
  | { readonly kind: 'holdForEvent'; readonly terms: EventTerms; readonly payment?: PaymentRef }
  /** Gives back what is held for a payment that can't go on. */
  | {
      readonly kind: 'returnPayment';
      readonly terms: EventTerms;
      readonly payment: PaymentRef;
      readonly reason: ErrorCode;
    }
  /** What a provider says, by whomever it is brought. */
  | { readonly kind: 'stateEvent'; readonly terms: EventTerms; readonly statement: SignedStatement }
  /** Ends an event whose time is over; what is still held goes back. */
  | { readonly kind: 'expireEvent'; readonly terms: EventTerms };

const EVENT_ID = /^[\x21-\x7e]{1,128}$/;
const REASON_LENGTH_MAX = 140;
/** Decisions on one event: more than anybody needs, and few enough to be counted. */
const SEQUENCE_MAX = 1_000_000;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const isCount = (count: number, max: number): boolean => Number.isSafeInteger(count) && count >= 1 && count <= max;
const isDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

function termsFault(terms: EventTerms): Refusal | null {
  const { providerIds, threshold, debitWallet, markId, markLevel, expiresAt } = terms;
  const paid = terms.receivers.map(({ walletId }) => walletId);
  const isPocket =
    markId === null ? markLevel === null : REFERENCE.test(markId) && markLevel !== null && isMarkLevel(markLevel);
  return (
    shape(EVENT_ID.test(terms.eventId), 'eventId') ??
    shape(isBic(terms.ownerBic), 'ownerBic') ??
    shape(isCount(providerIds.length, PROVIDER_COUNT_MAX) && isDistinct(providerIds), 'providers') ??
    shape(
      providerIds.every((id) => REFERENCE.test(id)),
      'providers',
    ) ??
    shape(isCount(threshold, providerIds.length), 'threshold') ??
    shape(isWalletId(debitWallet), 'debitWallet') ??
    shape(isDistinct(paid) && !paid.includes(debitWallet), 'receivers') ??
    shape(terms.shares === 'payment' ? paid.length === 0 : isCount(paid.length, RECEIVER_COUNT_MAX), 'receivers') ??
    shape(terms.shares !== 'payment' || terms.mode === 'single', 'mode') ??
    shape(paid.every(isWalletId), 'receivers') ??
    shape(isPocket, 'markLevel') ??
    shape(areAgreements(terms), 'receivers') ??
    shape(Number.isSafeInteger(expiresAt) && expiresAt >= 0, 'expiresAt') ??
    amountFault(terms.amountMinor) ??
    sharesFault(terms)
  );
}

/** All receivers of marked money are paid under agreements, or none is. */
function areAgreements({ receivers: paid, markId }: EventTerms): boolean {
  const agreementIds = paid.flatMap(({ agreementId }) => agreementId ?? []);
  if (agreementIds.length === 0) return true;
  return markId !== null && agreementIds.length === paid.length && agreementIds.every((id) => REFERENCE.test(id));
}

function sharesFault({ receivers: paid, shares, amountMinor }: EventTerms): Refusal | null {
  const faulty = paid.map(({ parts }) => amountFault(parts)).find((fault) => fault !== null);
  const sum = paid.reduce((total, { parts }) => total + parts, 0n);
  return faulty ?? shape(shares !== 'amounts' || sum === amountMinor, 'receivers');
}

function statementFault(statement: SignedStatement): Refusal | null {
  const { kind, amountMinor, reason } = statement;
  const isReason = reason !== null && reason.length >= 1 && reason.length <= REASON_LENGTH_MAX;
  return (
    shape(REFERENCE.test(statement.providerId), 'providerId') ??
    shape(REFERENCE.test(statement.keyId), 'keyId') ??
    shape(isCount(statement.sequence, SEQUENCE_MAX), 'sequence') ??
    (kind === 'happened' ? amountFault(amountMinor) : shape(amountMinor === 0n, 'amount')) ??
    shape(kind === 'happened' ? reason === null : isReason, 'reason') ??
    shape(statement.signature.length === 64, 'signature')
  );
}

const paymentFault = (payment: PaymentRef | undefined): Refusal | null =>
  shape(!payment || (isUuidV4(payment.uetr) && payment.messageHash.length === 32), 'payment');

const ownPocket = ({ debitWallet, markId, markLevel }: EventTerms): Pocket => ({
  walletId: debitWallet,
  markId,
  markLevel,
});

/** What every command on an event names: the event, its hold, its mark, and everybody who may be paid, under which agreement. */
function eventKeys({ eventId, debitWallet, receivers: paid, markId }: EventTerms, keys: Keys): void {
  keys.entry('event', eventId);
  keys.hold(holdOfEvent(eventId));
  keys.wallet(debitWallet);
  for (const { walletId, agreementId } of paid) {
    keys.wallet(walletId);
    if (agreementId !== undefined) keys.entry('agreement', agreementId);
  }
  if (markId !== null) keys.entry('mark', markId);
}

export const eventRules: Rules<EventCommand> = {
  registerEvent: {
    fault: ({ terms }) => termsFault(terms),
    keys: ({ terms }, keys) => {
      eventKeys(terms, keys);
      for (const providerId of terms.providerIds) keys.entry('provider', providerId);
    },
    apply: registerEvent,
  },
  holdForEvent: {
    fault: ({ terms, payment }) => termsFault(terms) ?? paymentFault(payment),
    keys: ({ terms }, keys) => {
      eventKeys(terms, keys);
      keys.debit(ownPocket(terms));
    },
    apply: holdForEvent,
  },
  stateEvent: {
    fault: ({ terms, statement }) => termsFault(terms) ?? statementFault(statement),
    keys: ({ terms, statement }, keys) => {
      eventKeys(terms, keys);
      keys.entry('provider', statement.providerId);
    },
    apply: stateEvent,
  },
  expireEvent: {
    fault: ({ terms }) => termsFault(terms),
    keys: ({ terms }, keys) => eventKeys(terms, keys),
    apply: expireEvent,
  },
  returnPayment: {
    fault: ({ terms, payment, reason }) =>
      termsFault(terms) ?? paymentFault(payment) ?? shape(Object.hasOwn(ERRORS, reason), 'reason'),
    keys: ({ terms }, keys) => eventKeys(terms, keys),
    apply: returnPayment,
  },
};

const nothingNew = (state: WorkingState, hold: Hold | null = null): Applied =>
  ok({ blockSequence: state.sequence - 1n, transactionId: null, hold });

function registerEvent(state: WorkingState, { terms }: { terms: EventTerms }): Applied {
  const { eventId, ownerBic, expiresAt } = terms;
  const fault = state.entry('event', eventId) ? null : newEventFault(state, terms);
  if (fault) return err(fault);
  return register(state, {
    kind: 'event',
    entryId: eventId,
    ownerBic: bicKey(ownerBic),
    body: encodeTerms(terms),
    state: encodeState(FRESH_EVENT),
    open: true,
    dueAt: expiresAt,
  });
}

function newEventFault(state: WorkingState, terms: EventTerms): Refusal | null {
  const { providerIds, debitWallet, markId, expiresAt } = terms;
  const nobody = providerIds.find((providerId) => !state.entry('provider', providerId));
  if (nobody !== undefined) return refusal('PROVIDER_UNKNOWN', nobody);
  const wallets = [debitWallet, ...terms.receivers.map(({ walletId }) => walletId)];
  const nowhere = wallets.find((walletId) => !state.wallet(walletId));
  if (nowhere !== undefined) return refusal('WALLET_UNKNOWN', nowhere);
  if (markId !== null && !state.entry('mark', markId)) return refusal('MARK_UNKNOWN', markId);
  return expiresAt > state.now ? agreementsFault(state, terms) : refusal('EVENT_EXPIRED', terms.eventId);
}

interface KnownEvent {
  readonly entry: Entry;
  readonly now: EventState;
}

/** The event as it is, where the registry has these terms. */
function knownEvent(state: WorkingState, terms: EventTerms): Result<KnownEvent, Refusal> {
  const entry = state.entry('event', terms.eventId);
  if (!entry) return err(refusal('EVENT_UNKNOWN', terms.eventId));
  const isSame = entry.ownerBic === bicKey(terms.ownerBic) && equalBytes(entry.body, encodeTerms(terms));
  return isSame ? ok({ entry, now: stateOf(entry) }) : err(refusal('TERMS_CONFLICT', terms.eventId));
}

/** An event is held for once; later it answers the hold that is, or was. */
function holdForEvent(state: WorkingState, command: { terms: EventTerms; payment?: PaymentRef }): Applied {
  const { terms, payment = null } = command;
  const known = knownEvent(state, terms);
  if (!known.ok) return known;
  const misused = usageFault(terms, payment);
  if (misused) return err(misused);
  const conditionRef = holdOfEvent(terms.eventId);
  const hold = state.hold(conditionRef);
  const { entry, now } = known.value;
  if (hold)
    return isSamePayment(now.payment, payment) ? nothingNew(state, hold) : err(refusal('EVENT_USED', terms.eventId));
  if (!entry.open || terms.expiresAt <= state.now) return err(refusal('EVENT_EXPIRED', terms.eventId));
  const { debitWallet, amountMinor, markId } = terms;
  const paid = terms.receivers.map(({ walletId }) => walletId);
  for (const walletId of [debitWallet, ...paid]) {
    const fault = walletFault(state.wallet(walletId), walletId);
    if (fault) return err(fault);
  }
  const pockets = receivers(state, terms);
  if (!pockets.ok) return pockets;
  const agreed = heldUnder(state, terms);
  if (!agreed.ok) return agreed;
  const { heldFor, entries } = agreed.value;
  const pocket = ownPocket(terms);
  if (state.inPocket(pocket) < amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  const held = { ...now, phase: 'held', payment, remainingMinor: amountMinor, heldFor } as const;
  const reservation = {
    conditionRef,
    conditionKind: 'event' as const,
    conditionHash: eventHash(state.ledger, terms),
    debitWallet,
    creditWallet: onlyOne(paid),
    amountMinor,
    markId,
    creditMark: null,
    charge: null,
    heldAt: state.now,
    lapseAt: terms.expiresAt,
    data: new Uint8Array(0),
  };
  return reserve(state, reservation, pocket, [after(entry, held), ...entries]);
}

const onlyOne = (walletIds: readonly WalletId[]): WalletId | null => (walletIds.length === 1 ? walletIds[0]! : null);

const after = (entry: Entry, now: EventState): Entry => ({
  ...entry,
  state: encodeState(now),
  open: isOpenPhase(now.phase),
});

/** Whether the provider's signature is good for exactly this, by a key that is valid at the time. */
export function isSigned(
  ledger: LedgerIdentity,
  terms: EventTerms,
  statement: SignedStatement,
  provider: Provider,
  at: number,
): boolean {
  const key = terms.providerIds.includes(provider.providerId) ? providerKeyAt(provider, statement.keyId, at) : null;
  const bytes = statementBytes(ledger, terms, statement);
  return key !== null && verifySignature(key.suite, key.publicKey, bytes, statement.signature);
}

function stateEvent(state: WorkingState, command: { terms: EventTerms; statement: SignedStatement }): Applied {
  const { terms, statement } = command;
  const known = knownEvent(state, terms);
  if (!known.ok) return known;
  const provider = state.entry('provider', statement.providerId);
  if (!provider) return err(refusal('PROVIDER_UNKNOWN', statement.providerId));
  if (!isSigned(state.ledger, terms, statement, providerOf(provider), state.now))
    return err(refusal('STATEMENT_INVALID', statement.providerId));
  const { entry, now } = known.value;
  // Nothing is held yet: what it says can be said again once there is.
  if (now.phase === 'registered' && entry.open) return err(refusal('EVENT_STATE', now.phase));
  if ([...now.collected, ...now.decided, ...now.kept].some((one) => isSameStatement(one, statement)))
    return nothingNew(state, state.hold(holdOfEvent(terms.eventId)) ?? null);
  const why = changesNothing(state, terms, now, statement);
  if (why) return keep(state, known.value, { ...statement, why });
  const collected = [...now.collected, statement];
  const agreeing = collected.filter((one) => agree(one, statement));
  if (agreeing.length < terms.threshold) return write(state, after(entry, { ...now, collected }));
  return decide(state, terms, { entry, now: { ...now, collected } }, agreeing);
}

const isSameStatement = (a: Statement, b: Statement): boolean =>
  a.providerId === b.providerId && a.sequence === b.sequence && agree(a, b) && a.reason === b.reason;

/** Providers agree on what is to be done; each may have reasons of its own for a refusal. */
const agree = (a: Statement, b: Statement): boolean => a.kind === b.kind && a.amountMinor === b.amountMinor;

function changesNothing(
  state: WorkingState,
  terms: EventTerms,
  now: EventState,
  statement: Statement,
): KeptStatement['why'] | null {
  const { providerId, sequence, amountMinor } = statement;
  if (now.phase !== 'held' || terms.expiresAt <= state.now || sequence < now.sequence) return 'late';
  if (sequence > now.sequence) return 'outOfOrder';
  if (now.collected.some((one) => one.providerId === providerId)) return 'conflicting';
  if (amountMinor > now.remainingMinor) return 'excessive';
  return terms.shares === 'payment' && statement.kind === 'happened' && amountMinor < now.remainingMinor
    ? 'partial'
    : null;
}

/** Keeps a good signature that changed nothing, up to a few of each provider. */
function keep(state: WorkingState, { entry, now }: KnownEvent, kept: KeptStatement): Applied {
  if (!isKept(now, kept.providerId)) return err(refusal('EVENT_STATE', kept.why));
  return write(state, after(entry, { ...now, kept: [...now.kept, kept] }));
}

const isKept = ({ kept }: EventState, providerId: string): boolean =>
  kept.filter((one) => one.providerId === providerId).length < KEPT_COUNT_MAX;

function sound(agreed: Agreed | null): Agreed {
  invariant(agreed, 'what an event holds is held under its agreements');
  return agreed;
}

function decide(
  state: WorkingState,
  terms: EventTerms,
  { entry, now }: KnownEvent,
  decided: readonly SignedStatement[],
): Applied {
  const hold = state.hold(holdOfEvent(terms.eventId));
  invariant(hold?.state === 'HELD', 'an event that is held for has its hold');
  const outvoted = now.collected.filter((one) => !decided.includes(one) && isKept(now, one.providerId));
  const kept = [...now.kept, ...outvoted.map((one) => ({ ...one, why: 'conflicting' }) as const)];
  const next = { ...now, sequence: now.sequence + 1, collected: [], decided, kept };
  const { kind, amountMinor } = decided[0]!;
  const evidence = encodeStatements(decided);
  if (kind === 'refused') {
    const { heldFor, entries } = sound(returnedUnder(state, terms, now));
    const left = after(entry, { ...next, phase: 'refused', remainingMinor: 0n, heldFor });
    return giveBack(state, hold, 'EVENT_REFUSED', evidence, [left, ...entries]);
  }
  if (terms.shares === 'payment') {
    const confirmed = after(entry, { ...next, phase: 'confirmed' });
    return write(state, { ...confirmed, dueAt: passOnBy(terms, state.now) });
  }
  const goesOn = terms.mode === 'unlimited' && amountMinor < now.remainingMinor;
  const remainingMinor = goesOn ? now.remainingMinor - amountMinor : 0n;
  const shares = sharesOf(terms, now, amountMinor);
  const { heldFor, entries } = sound(releasedUnder(state, terms, now, shares, goesOn));
  const left = after(entry, { ...next, phase: goesOn ? 'held' : 'settled', remainingMinor, heldFor });
  return paysOut(state, terms, hold, { amountMinor, shares, goesOn, evidence, entries: [left, ...entries] });
}

function expireEvent(state: WorkingState, { terms }: { terms: EventTerms }): Applied {
  const known = knownEvent(state, terms);
  if (!known.ok) return known;
  const { entry, now } = known.value;
  const hold = state.hold(holdOfEvent(terms.eventId));
  if (!entry.open) return nothingNew(state, hold ?? null);
  invariant(entry.dueAt !== null, 'an event has its time');
  if (entry.dueAt > state.now) return err(refusal('EVENT_STATE', 'its time is not over'));
  const { heldFor, entries } = sound(returnedUnder(state, terms, now));
  const expired = after(entry, { ...now, phase: 'expired', remainingMinor: 0n, heldFor });
  if (!hold) return write(state, expired);
  const reason = now.phase === 'confirmed' ? 'PREPARE_TOO_LATE' : 'EVENT_EXPIRED';
  return giveBack(state, hold, reason, new Uint8Array(0), [expired, ...entries]);
}

function returnPayment(
  state: WorkingState,
  { terms, payment, reason }: { terms: EventTerms; payment: PaymentRef; reason: ErrorCode },
): Applied {
  const known = knownEvent(state, terms);
  if (!known.ok) return known;
  const hold = state.hold(holdOfEvent(terms.eventId));
  const { entry, now } = known.value;
  if (!hold || !isSamePayment(now.payment, payment)) return err(refusal('EVENT_USED', terms.eventId));
  return entry.open ? returnMoney(state, { entry, now, hold }, reason) : nothingNew(state, hold);
}
