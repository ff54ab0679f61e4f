import { type Refusal, refusal } from '../../kernel/errors.js';
import type { WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { LegMark, MarkPlace, MarkQuestion } from '../types.js';
import type { RuleView } from '../working.js';
import { REFERENCE } from './entries.js';
import { isMarkLevel, type Mark, markOf, routed } from './mark.js';

/**
 * Marked money that leaves the country, and money from another ledger that comes to be marked here. Both are decided
 * when the leg is held; what a rule answers is what the money is under in the payee's wallet, null for ordinary money.
 */
type Crossed = Result<MarkPlace | null, Refusal>;

/** Whether a leg's mark has the form of one. */
export const isLegMark = (mark: LegMark): boolean =>
  REFERENCE.test(mark.markId) && (mark.side === 'credit' || isMarkLevel(mark.markLevel));

const ORDINARY: Crossed = ok(null);

/** What the mark of a leg, if any, makes of its money: `MARK_UNKNOWN`, or `MARK_FORBIDS` where its rule does not allow it. */
export function crossing(
  view: Pick<RuleView, 'entry'>,
  { mark, creditWallet }: Pick<MarkQuestion, 'creditWallet'> & { readonly mark: LegMark | null },
): Crossed {
  if (mark === null) return ORDINARY;
  const entry = view.entry('mark', mark.markId);
  if (!entry) return err(refusal('MARK_UNKNOWN', mark.markId));
  const known = markOf(entry);
  return mark.side === 'debit' ? departed(known, mark.markLevel, creditWallet) : arrived(known, creditWallet);
}

/** Money of a level pays into a wallet for a payment to another ledger: along the route, if the mark crosses at all. */
export function departed(mark: Mark, level: number, creditWallet: WalletId): Crossed {
  const { markId } = mark;
  if (!mark.crossBorder) return err(refusal('MARK_FORBIDS', markId));
  const at = routed(mark, level, creditWallet);
  if (!at.ok) return at;
  return ok(at.value === null ? null : { markId, markLevel: at.value });
}

/** Ordinary money that comes from another ledger is under the mark in one of the wallets that the mark names for it. */
export function arrived({ markId, arrivals }: Mark, creditWallet: WalletId): Crossed {
  const arrival = arrivals.find(({ walletId }) => walletId === creditWallet);
  return arrival ? ok({ markId, markLevel: arrival.markLevel }) : err(refusal('MARK_FORBIDS', markId));
}
