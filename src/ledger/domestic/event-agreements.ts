import { type Refusal, refusal } from '../../kernel/errors.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { RuleView } from '../working.js';
import { agreedBetween, heldEnded, takenUnder } from './agreement.js';
import { type EventState, type EventTerms, type Receiver, shareOut } from './event.js';

/**
 * Money under a mark by agreement that waits for an event: each receiver is paid under an agreement of its own. What is
 * held is off the agreement's total from then on; what is paid stays off, what goes back is given back to it, once.
 */
export interface Agreed extends Pick<EventState, 'heldFor'> {
  /** Agreements as this leaves them. */
  readonly entries: readonly Entry[];
}

const NONE: Agreed = { heldFor: [], entries: [] };

type AgreedReceiver = Receiver & { readonly agreementId: string };
const isAgreed = (receiver: Receiver): receiver is AgreedReceiver => receiver.agreementId !== undefined;
const agreedReceivers = ({ receivers }: EventTerms): readonly AgreedReceiver[] => receivers.filter(isAgreed);

/** Payer, payee and mark of what a receiver is paid. */
const partiesOf = ({ markId, debitWallet }: EventTerms, { walletId }: Receiver) => ({
  markId: markId ?? '',
  debitWallet,
  creditWallet: walletId,
});

/**
 * Why an event can't be paid under the agreements that it names, whatever is left of them; null where it can. It is over
 * when they are or before: so nothing is ever held, or paid, after an agreement's time.
 */
export function agreementsFault(view: RuleView, terms: EventTerms): Refusal | null {
  for (const receiver of agreedReceivers(terms)) {
    const { agreementId } = receiver;
    const found = agreedBetween(view, agreementId, partiesOf(terms, receiver));
    if (!found.ok) return found.error;
    if (found.value.agreement.expiresAt < terms.expiresAt) return refusal('AGREEMENT_EXPIRED', agreementId);
  }
  return null;
}

/** Takes each receiver's share of what is held off its agreement. */
export function heldUnder(view: RuleView, terms: EventTerms): Result<Agreed, Refusal> {
  const receivers = agreedReceivers(terms);
  if (receivers.length === 0) return ok(NONE);
  const fault = agreementsFault(view, terms);
  if (fault) return err(fault);
  const heldFor = sharesOf(terms, NONE, terms.amountMinor);
  const entries: Entry[] = [];
  for (const [i, receiver] of receivers.entries()) {
    const left = takenUnder(view, receiver.agreementId, partiesOf(terms, receiver), { heldMinor: heldFor[i]! });
    if (!left.ok) return left;
    entries.push(left.value);
  }
  return ok({ heldFor, entries });
}

/**
 * What each receiver gets of a release: under agreements in proportion to what is still held for each, so that no release
 * pays anybody more than is off its agreement.
 */
export const sharesOf = ({ receivers }: EventTerms, { heldFor }: Pick<EventState, 'heldFor'>, amountMinor: bigint) =>
  shareOut(amountMinor, heldFor.length > 0 ? heldFor : receivers.map(({ parts }) => parts));

/**
 * After a release of so much to each: what was paid is paid under the agreements, and the rest still held or given back.
 * Null where the agreements have no such money held.
 */
export function releasedUnder(
  view: Pick<RuleView, 'entry'>,
  terms: EventTerms,
  { heldFor }: Pick<EventState, 'heldFor'>,
  paid: readonly bigint[],
  goesOn: boolean,
): Agreed | null {
  if (heldFor.length === 0) return NONE;
  const receivers = agreedReceivers(terms);
  if (receivers.length !== heldFor.length) return null;
  const rest = heldFor.map((minor, i) => minor - paid[i]!);
  const entries = receivers.flatMap(({ agreementId }, i) => {
    const ended = { paidMinor: paid[i]!, returnedMinor: goesOn ? 0n : rest[i]! };
    return heldEnded(view, agreementId, ended) ?? [];
  });
  return entries.length === receivers.length ? { heldFor: goesOn ? rest : [], entries } : null;
}

/** After the money went back whole: the agreements have again what was held under them. */
export const returnedUnder = (view: Pick<RuleView, 'entry'>, terms: EventTerms, before: EventState): Agreed | null =>
  releasedUnder(
    view,
    terms,
    before,
    before.heldFor.map(() => 0n),
    false,
  );
