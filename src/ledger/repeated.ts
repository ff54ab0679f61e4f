import { refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import { err, ok } from '../kernel/result.js';
import { decodeTransaction, type TransactionContent } from './canonical.js';
import type { Applied } from './movement.js';
import type { WorkingState } from './working.js';

/**
 * What became of a reference that was used before: the first outcome where everything that the caller says is the same,
 * a conflict where it isn't; null when the reference is new.
 */
export function movedOnce(
  state: WorkingState,
  said: Pick<TransactionContent, 'kind' | 'debitWallet' | 'creditWallet' | 'amountMinor' | 'detail'> & {
    readonly reference: string;
  },
): Applied | null {
  const first = state.reference(said.reference);
  if (!first) return null;
  const same =
    first.kind === said.kind &&
    first.debitWallet === said.debitWallet &&
    first.creditWallet === said.creditWallet &&
    first.amountMinor === said.amountMinor &&
    equalBytes(decodeTransaction(first.body).detail, said.detail);
  const { blockSequence, transactionId } = first;
  return same ? ok({ blockSequence, transactionId, hold: null }) : err(refusal('IDEMPOTENCY_CONFLICT', said.reference));
}
