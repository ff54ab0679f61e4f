import { refusal } from '../../kernel/errors.js';
import { equalBytes } from '../../kernel/hash.js';
import { err, ok } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { Applied } from '../movement.js';
import type { WorkingState } from '../working.js';

/** Ids of entries and references of commands: printable, without spaces, at most 200 characters. */
export const REFERENCE = /^[\x21-\x7e]{1,200}$/;

const NO_MONEY = {
  data: null,
  evidence: null,
  debitWallet: null,
  creditWallet: null,
  amountMinor: 0n,
  posted: false,
  inputs: [],
  outputs: [],
  detail: Buffer.alloc(0),
} as const;

/** Writes an entry that is new, with others that change by it; the same once more changes nothing, another under its id is refused. */
export function register(state: WorkingState, entry: Entry, ...others: readonly Entry[]): Applied {
  const known = state.entry(entry.kind, entry.entryId);
  if (!known) return write(state, entry, ...others);
  const same = known.ownerBic === entry.ownerBic && equalBytes(known.body, entry.body);
  return same
    ? ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null })
    : err(refusal('ENTRY_EXISTS', entry.entryId));
}

/** Writes an entry as it is now, and others with it, in a transaction of its own. */
export function write(state: WorkingState, entry: Entry, ...others: readonly Entry[]): Applied {
  const entries = [entry, ...others];
  const { transaction } = state.post({ ...NO_MONEY, kind: 'register', reference: entry.entryId, entries });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}
