import { ByteReader } from '../kernel/bytes.js';
import { equalBytes } from '../kernel/hash.js';
import type { WalletId } from '../kernel/ids.js';
import { flowsOf } from './audit-marks.js';
import type { DecodedTransaction } from './canonical.js';
import { agreementOf, encodeUse, paidUnder, UNUSED, withdrawnUnder } from './domestic/agreement.js';
import { type EventState, holdOfEvent, isHoldOfEvent, stateOf, termsOf } from './domestic/event.js';
import { type Agreed, heldUnder, releasedUnder, returnedUnder, sharesOf } from './domestic/event-agreements.js';
import { broughtBack, paymentParts, refundParts, stateOfInvoice, termsOfInvoice } from './domestic/invoice.js';
import { paidOfInvoice, refundedOfInvoice } from './domestic/invoice-agreement.js';
import { markOf, VAT_MARK } from './domestic/mark.js';
import { spendDetailOf } from './domestic/marks.js';
import type { Entry } from './model.js';
import type { RuleView } from './working.js';

/**
 * Totals of agreements, derived again: what is left of each follows from its registration and from the payments,
 * withdrawals, holds and refunds of the blocks alone, and every transaction leaves exactly the agreements that it must.
 */

/** Agreements as a transaction must leave them by what the chain says before it; null where it can't be. */
type Expected = readonly Entry[] | null;

const NONE: readonly Entry[] = [];

/** Why the agreements that a transaction leaves can't be, or null. Throws `RangeError` on foreign bytes. */
export function agreementsBroken(transaction: DecodedTransaction, view: RuleView): string | null {
  const told = transaction.entries.filter(({ kind }) => kind === 'agreement');
  if (transaction.kind === 'register') return registeredBroken(transaction, told, view);
  const expected = expectedOf(transaction, view);
  const isLeft = (entry: Entry): boolean =>
    told.some(
      (left) =>
        left.entryId === entry.entryId &&
        left.open === entry.open &&
        equalBytes(left.state, entry.state) &&
        !left.dueAt,
    );
  const fits = expected?.length === told.length && expected.every(isLeft);
  return fits ? null : 'it leaves other totals of an agreement than the blocks before it make';
}

/** A registration writes an agreement once, unused, under a mark by agreement; and what is held for an event under agreements stays as it is. */
function registeredBroken({ entries }: DecodedTransaction, told: readonly Entry[], view: RuleView): string | null {
  const isFresh = (entry: Entry): boolean => {
    const { entryId, state, open, dueAt } = entry;
    const mark = view.entry('mark', agreementOf(entry).markId);
    const isUnused = open && dueAt === null && equalBytes(state, encodeUse(UNUSED));
    return !view.entry('agreement', entryId) && mark !== undefined && markOf(mark).rule.by === 'agreement' && isUnused;
  };
  if (!told.every(isFresh)) return 'it changes what was used of an agreement';
  const isKept = (left: Entry): boolean => {
    const before = view.entry('event', left.entryId);
    return sameAmounts(stateOf(left).heldFor, before ? stateOf(before).heldFor : []);
  };
  const events = entries.filter(({ kind }) => kind === 'event');
  return events.every(isKept) ? null : 'it changes what is held under agreements';
}

const sameAmounts = (a: readonly bigint[], b: readonly bigint[]): boolean =>
  a.length === b.length && a.every((minor, i) => minor === b[i]);

function expectedOf(transaction: DecodedTransaction, view: RuleView): Expected {
  switch (transaction.kind) {
    case 'spend':
      return ofSpend(transaction, view);
    case 'withdraw':
      return ofWithdrawal(transaction, view);
    case 'hold':
    case 'draw':
    case 'settle':
    case 'release':
      return isHoldOfEvent(transaction.reference ?? '') ? ofEvent(transaction, view) : NONE;
    case 'payInvoice':
    case 'refundInvoice':
      return ofInvoice(transaction, view);
    default:
      return NONE;
  }
}

function ofSpend({ detail, debitWallet, creditWallet, amountMinor }: DecodedTransaction, view: RuleView): Expected {
  const { agreementId, markId } = spendDetailOf(detail);
  if (agreementId === null) return NONE;
  if (!debitWallet || !creditWallet) return null;
  const left = paidUnder(view, agreementId, { markId, debitWallet, creditWallet, amountMinor });
  return left.ok ? [left.value] : null;
}

function ofWithdrawal({ detail, debitWallet, amountMinor }: DecodedTransaction, view: RuleView): Expected {
  const reader = new ByteReader(detail);
  const [markId, agreementId] = [reader.text(), reader.text()];
  const left = debitWallet && withdrawnUnder(view, agreementId, { markId, walletId: debitWallet, amountMinor });
  return left?.ok ? [left.value] : null;
}

function ofEvent(transaction: DecodedTransaction, view: RuleView): Expected {
  const left = transaction.entries.find(({ kind }) => kind === 'event');
  const entry = left && view.entry('event', left.entryId);
  if (!left || !entry || transaction.reference !== holdOfEvent(entry.entryId)) return null;
  const agreed = agreedOf(transaction, entry, view);
  return agreed && sameAmounts(stateOf(left).heldFor, agreed.heldFor) ? agreed.entries : null;
}

function agreedOf({ kind, amountMinor }: DecodedTransaction, entry: Entry, view: RuleView): Agreed | null {
  const [terms, before] = [termsOf(entry), stateOf(entry)];
  if (kind === 'hold') {
    const held = heldUnder(view, terms);
    return held.ok ? held.value : null;
  }
  if (!isOfAll(before, terms.receivers.length)) return null;
  if (kind === 'release') return returnedUnder(view, terms, before);
  return releasedUnder(view, terms, before, sharesOf(terms, before, amountMinor), kind === 'draw');
}

const isOfAll = ({ heldFor }: EventState, receiverCount: number): boolean =>
  heldFor.length === 0 || heldFor.length === receiverCount;

function ofInvoice(transaction: DecodedTransaction, view: RuleView): Expected {
  const left = transaction.entries.find(({ kind }) => kind === 'invoice');
  const entry = left && view.entry('invoice', left.entryId);
  if (!entry) return null;
  const [terms, before] = [termsOfInvoice(entry), stateOfInvoice(entry)];
  const wentFrom = (walletId: WalletId, markId: string | null): bigint =>
    flowsOf(transaction)
      .filter(({ pocket }) => pocket.walletId === walletId && pocket.markId === markId)
      .reduce((sum, { changeMinor }) => sum - changeMinor, 0n);
  if (transaction.kind === 'payInvoice') {
    const parts = paymentParts(terms, before, transaction.amountMinor);
    const paid = parts.ok ? paidOfInvoice(view, terms, parts.value, wentFrom(terms.buyerWallet, VAT_MARK)) : null;
    return paid?.ok ? paid.value : null;
  }
  const parts = refundParts(terms, before, transaction.amountMinor);
  if (!parts.ok) return null;
  // What the seller does not give of the net under the project's mark it puts back out of its ordinary money.
  const givenMinor = terms.agreement ? wentFrom(terms.sellerWallet, terms.agreement.markId) : 0n;
  const putBackMinor = terms.agreement ? parts.value.netMinor - givenMinor : 0n;
  if (givenMinor < 0n || putBackMinor < 0n) return null;
  return refundedOfInvoice(view, terms, parts.value, {
    broughtBackMinor: broughtBack(before, parts.value),
    putBackMinor,
  });
}
