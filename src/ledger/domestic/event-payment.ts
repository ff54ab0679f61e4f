import { type ErrorCode, type Refusal, refusal } from '../../kernel/errors.js';
import { equalBytes } from '../../kernel/hash.js';
import { err } from '../../kernel/result.js';
import { giveBack, placeHold } from '../holds.js';
import type { Entry } from '../model.js';
import type { Applied } from '../movement.js';
import type { Hold, LedgerCommand } from '../types.js';
import type { WorkingState } from '../working.js';
import {
  type EventState,
  type EventTerms,
  encodeState,
  holdOfEvent,
  type PaymentRef,
  stateOf,
  termsOf,
} from './event.js';

/**
 * Money held for an event that goes into a payment between ledgers: the event's confirmation moves nothing, and the hold
 * of the payment's leg then takes over the held token itself, so that at no moment anybody else could spend it.
 */

/** How long a payment has to take the money once its event is confirmed, though the event's own time may be over. */
export const PASS_ON_MS = 3_600_000;

/** When something happens to a confirmed event by itself. */
export const passOnBy = (terms: EventTerms, confirmedAt: number): number =>
  Math.max(terms.expiresAt, confirmedAt + PASS_ON_MS);

export const isSamePayment = (a: PaymentRef | null, b: PaymentRef | null): boolean =>
  a === null || b === null ? a === b : a.uetr === b.uetr && equalBytes(a.messageHash, b.messageHash);

/** Why money may not be held under these terms for a payment, or for receivers where there is none; null where it may. */
export function usageFault({ shares, eventId }: EventTerms, payment: PaymentRef | null): Refusal | null {
  if ((shares === 'payment') === (payment !== null)) return null;
  return refusal('EVENT_USAGE', payment ? `${eventId} pays receivers` : `${eventId} releases into a payment`);
}

type PlaceHold = Extract<LedgerCommand, { kind: 'placeHold' }>;

/** The money that an event holds for this payment; null when there is none. */
function heldFor(state: WorkingState, { event, conditionRef }: PlaceHold) {
  const entry = event && state.entry('event', event.eventId);
  const hold = entry && state.hold(holdOfEvent(entry.entryId));
  if (!event || !entry || hold?.state !== 'HELD') return null;
  const now = stateOf(entry);
  const own = { uetr: conditionRef as PaymentRef['uetr'], messageHash: event.messageHash };
  return isSamePayment(now.payment, own) ? { entry, now, hold } : null;
}

/** {@link placeHold} of a leg whose money an event holds already. */
export function placeHoldOfEvent(state: WorkingState, command: PlaceHold): Applied {
  const { conditionRef, rebuild } = command;
  const held = heldFor(state, command);
  // A leg that is there, or was; or the ledger lost more than the leg, and the money is not the event's.
  if (!held || state.hold(conditionRef))
    return rebuild || state.hold(conditionRef) ? placeHold(state, command) : err(refusal('EVENT_STATE', 'not held'));
  const { entry, now, hold } = held;
  if (now.phase !== 'confirmed' && rebuild) {
    returnMoney(state, held, 'TERMS_CONFLICT');
    return placeHold(state, command);
  }
  if (now.phase !== 'confirmed') return err(refusal('EVENT_STATE', now.phase));
  if (!fits(command, termsOf(entry))) return err(refusal('EVENT_MISMATCH', entry.entryId));
  return placeHold(state, command, { hold, entry: ended(entry, now, 'passedOn') });
}

const fits = ({ debitWallet, amountMinor, mark }: PlaceHold, terms: EventTerms): boolean =>
  debitWallet === terms.debitWallet &&
  amountMinor === terms.amountMinor &&
  (mark?.side === 'debit' ? mark.markId === terms.markId && mark.markLevel === terms.markLevel : terms.markId === null);

const ended = (entry: Entry, now: EventState, phase: 'passedOn' | 'returned'): Entry => ({
  ...entry,
  state: encodeState({ ...now, phase, remainingMinor: 0n }),
  open: false,
});

/** Gives the held money back to the payer of a payment that can't go on. */
export const returnMoney = (
  state: WorkingState,
  { entry, now, hold }: { readonly entry: Entry; readonly now: EventState; readonly hold: Hold },
  reason: ErrorCode,
): Applied => giveBack(state, hold, reason, new Uint8Array(0), [ended(entry, now, 'returned')]);
