import { refusal } from '../../kernel/errors.js';
import { err, ok } from '../../kernel/result.js';
import type { TransactionContent } from '../canonical.js';
import type { Entry, Pocket } from '../model.js';
import { type Applied, change, walletFault } from '../movement.js';
import type { WorkingState } from '../working.js';

/** What a transaction says of itself that moves money from one pocket to another. */
export interface Said
  extends Pick<TransactionContent, 'debitWallet' | 'creditWallet' | 'amountMinor' | 'detail' | 'reference'> {
  readonly kind: 'mark' | 'unmark' | 'spend' | 'withdraw' | 'expire';
}

/** Moves money from one pocket to another, of the same wallet or not, where both wallets and the sum allow it. */
export function recolour(
  state: WorkingState,
  said: Said,
  from: Pocket,
  to: Pocket,
  entries: readonly Entry[] = [],
): Applied {
  const fault =
    walletFault(state.wallet(from.walletId), from.walletId) ?? walletFault(state.wallet(to.walletId), to.walletId);
  if (fault) return err(fault);
  if (state.inPocket(from) < said.amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  return moved(state, said, from, to, entries);
}

/** Moves money that is there, whatever the wallets' states. */
export function moved(
  state: WorkingState,
  said: Said,
  from: Pocket,
  to: Pocket,
  entries: readonly Entry[] = [],
): Applied {
  const { amountMinor } = said;
  const inputs = state.take(from, amountMinor);
  const outputs = [{ ...to, amountMinor, conditionRef: null }, ...change(inputs, from, amountMinor)];
  const { transaction } = state.post({ ...said, posted: true, data: null, evidence: null, inputs, outputs, entries });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}
