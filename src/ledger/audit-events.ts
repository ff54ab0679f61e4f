import { equalBytes } from '../kernel/hash.js';
import type { DecodedTransaction } from './canonical.js';
import {
  type EventState,
  type EventTerms,
  encodeStatements,
  eventHash,
  holdOfEvent,
  isHoldOfEvent,
  readStatements,
  type SignedStatement,
  stateOf,
  termsOf,
} from './domestic/event.js';
import { sharesOf } from './domestic/event-agreements.js';
import { passOnBy } from './domestic/event-payment.js';
import { isSigned } from './domestic/events.js';
import { providerOf } from './domestic/providers.js';
import { readHoldDetail } from './hold-detail.js';
import { pocketKey } from './model.js';
import type { RuleView } from './working.js';

/**
 * Held money, checked again: it is spent by what ends its hold and nothing else; and money that waits for an event goes
 * by the signed statements of its providers, which are kept, or by its expiry.
 */

/** What the chain says before a transaction, at the time of its block, and the evidence beside the transaction. */
export interface HeldContext {
  readonly view: RuleView;
  readonly evidence: Uint8Array;
}

const ENDS: ReadonlySet<string> = new Set(['settle', 'release', 'draw']);
const STANDS: ReadonlySet<string> = new Set(['hold', 'draw']);

/** Why a transaction may not touch held money as it does, or null. Throws `RangeError` on foreign bytes. */
export function holdBroken(transaction: DecodedTransaction, context: HeldContext): string | null {
  const { kind, reference, inputs, outputs } = transaction;
  const ends = inputs.flatMap(({ conditionRef }) => conditionRef ?? []);
  const confirmed = confirmationBroken(transaction, context);
  if (confirmed) return confirmed;
  if (kind === 'hold' && ends.length > 0) return takenBroken(transaction, context);
  if (ends.some((conditionRef) => !ENDS.has(kind) || conditionRef !== reference)) return 'it spends money that is held';
  if (ENDS.has(kind) && (ends.length !== 1 || inputs.length !== 1)) return 'it ends a hold without its token';
  const stands = outputs.flatMap(({ conditionRef }) => conditionRef ?? []);
  const isStanding = STANDS.has(kind) && stands.length === 1 && outputs[0]?.conditionRef === reference;
  if (isStanding ? false : stands.length > 0 || STANDS.has(kind)) return 'what it holds is not its first output alone';
  return isHoldOfEvent(reference ?? '') && kind !== 'tombstone' ? eventBroken(transaction, context) : null;
}

interface Known {
  readonly terms: EventTerms;
  readonly before: EventState;
  readonly after: EventState;
  /** When its time is over, milliseconds. */
  readonly dueAt: number | null;
}

function eventBroken(transaction: DecodedTransaction, context: HeldContext): string | null {
  const { kind, reference, entries } = transaction;
  const left = entries.find((entry) => entry.kind === 'event');
  const entry = left && context.view.entry('event', left.entryId);
  if (!left || !entry || reference !== holdOfEvent(entry.entryId)) return 'its event is not registered, or over';
  const terms = termsOf(entry);
  const known = { terms, before: stateOf(entry), after: stateOf(left), dueAt: entry.dueAt };
  if (!equalBytes(readHoldDetail(transaction).conditionHash, eventHash(transaction.ledger, terms)))
    return 'it is of another event';
  switch (kind) {
    case 'hold':
      return placedBroken(transaction, known, context.view.now);
    case 'release':
      return returnedBroken(transaction, known, context);
    default:
      return paidBroken(transaction, known, context);
  }
}

/** An event of a payment is confirmed by the word of its providers, though nothing moves by that. */
function confirmationBroken(transaction: DecodedTransaction, { view }: HeldContext): string | null {
  const left = transaction.entries.find((entry) => entry.kind === 'event');
  const entry = left && view.entry('event', left.entryId);
  if (!left || !entry || stateOf(left).phase !== 'confirmed' || stateOf(entry).phase === 'confirmed') return null;
  const known = { terms: termsOf(entry), before: stateOf(entry), after: stateOf(left), dueAt: entry.dueAt };
  if (known.terms.shares !== 'payment' || left.dueAt !== passOnBy(known.terms, view.now))
    return 'it does not wait for a payment, or not as long';
  const decided = { ...transaction, amountMinor: known.terms.amountMinor };
  return undecided(decided, known, { view, evidence: encodeStatements(known.after.decided) }, 'happened');
}

/** The leg of a payment takes over what was held for it, and nothing else, once the event is confirmed. */
function takenBroken({ inputs, outputs, entries, reference }: DecodedTransaction, { view }: HeldContext) {
  const left = entries.find((entry) => entry.kind === 'event');
  const entry = left && view.entry('event', left.entryId);
  const [held, ...more] = inputs;
  const [own, ...others] = outputs;
  if (!left || !entry || !held || !own || more.length + others.length > 0) return 'it takes over more than one hold';
  const before = stateOf(entry);
  const fits =
    held.conditionRef === holdOfEvent(entry.entryId) &&
    before.phase === 'confirmed' &&
    before.payment?.uetr === reference &&
    own.conditionRef === reference &&
    pocketKey(own) === pocketKey(held) &&
    stateOf(left).phase === 'passedOn';
  return fits ? null : 'it takes what is held for something else';
}

function placedBroken({ outputs, debitWallet }: DecodedTransaction, { terms, before, after }: Known, at: number) {
  const [held] = outputs;
  const fits =
    before.phase === 'registered' &&
    at < terms.expiresAt &&
    debitWallet === terms.debitWallet &&
    held?.walletId === terms.debitWallet &&
    held.amountMinor === terms.amountMinor &&
    held.markId === terms.markId &&
    held.markLevel === terms.markLevel &&
    after.phase === 'held' &&
    (after.payment !== null) === (terms.shares === 'payment') &&
    after.remainingMinor === terms.amountMinor;
  return fits ? null : 'it is not what the event asks to be held';
}

function returnedBroken(transaction: DecodedTransaction, known: Known, context: HeldContext): string | null {
  const { before, after, terms, dueAt } = known;
  if (after.phase === 'expired') {
    const reason = before.phase === 'confirmed' ? 'PREPARE_TOO_LATE' : 'EVENT_EXPIRED';
    const isOver = dueAt !== null && context.view.now >= dueAt && readHoldDetail(transaction).reason === reason;
    return isOver ? null : 'its time was not over';
  }
  if (after.phase === 'returned') return terms.shares === 'payment' ? null : 'it waits for no payment';
  return after.phase === 'refused' ? undecided(transaction, known, context, 'refused') : 'nobody refused it';
}

function paidBroken(transaction: DecodedTransaction, known: Known, context: HeldContext): string | null {
  const { kind, amountMinor, outputs } = transaction;
  const { terms, before, after } = known;
  if (terms.shares === 'payment') return 'its money goes into a payment';
  const fault = undecided(transaction, known, context, 'happened');
  if (fault) return fault;
  const shares = sharesOf(terms, before, amountMinor);
  const restMinor = before.remainingMinor - amountMinor;
  const came = (walletId: string): bigint =>
    outputs.filter((token) => token.walletId === walletId).reduce((sum, token) => sum + token.amountMinor, 0n);
  const isShared = terms.receivers.every(({ walletId }, i) => came(walletId) === shares[i]);
  if (!isShared || restMinor < 0n || came(terms.debitWallet) !== restMinor) return 'the shares are not those agreed';
  const goesOn = kind === 'draw';
  const isLeft = goesOn ? after.phase === 'held' && restMinor > 0n : after.phase === 'settled';
  return isLeft && after.remainingMinor === (goesOn ? restMinor : 0n) ? null : 'it leaves another state of the event';
}

/** Why the statements beside a transaction do not decide it, or null. */
function undecided(
  transaction: DecodedTransaction,
  { terms, before, after }: Known,
  { view, evidence }: HeldContext,
  kind: SignedStatement['kind'],
): string | null {
  const statements = readStatements(evidence);
  const amountMinor = kind === 'happened' ? transaction.amountMinor : 0n;
  const isGood = (statement: SignedStatement): boolean => {
    const provider = view.entry('provider', statement.providerId);
    return (
      provider !== undefined &&
      statement.kind === kind &&
      statement.amountMinor === amountMinor &&
      statement.sequence === before.sequence &&
      isSigned(transaction.ledger, terms, statement, providerOf(provider), view.now)
    );
  };
  const providers = new Set(statements.map(({ providerId }) => providerId));
  const isDecided = providers.size >= terms.threshold && providers.size === statements.length;
  if (!isDecided || !statements.every(isGood)) return 'no statements of its providers say so';
  const fits = before.phase === 'held' && view.now < terms.expiresAt && after.sequence === before.sequence + 1;
  return fits ? null : 'the event was over, or had another decision to make';
}
