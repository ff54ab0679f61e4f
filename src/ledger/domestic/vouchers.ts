import { type Refusal, refusal } from '../../kernel/errors.js';
import { isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import type { Entry } from '../model.js';
import { type Applied, unmarked } from '../movement.js';
import type { LedgerStore } from '../store.js';
import type { WorkingState } from '../working.js';
import { type CriteriaRule, EXPIRED, isExpired } from './criteria.js';
import { REFERENCE, write } from './entries.js';
import { isMarkLevel, markOf } from './mark.js';
import type { Rules } from './module.js';
import { moved } from './recolour.js';

/** The end of vouchers whose time is up: pocket by pocket their money goes back to the initiator, as ordinary money. */
export type VoucherCommand =
  /** The mark is expired from now on; with nothing left under it, it is closed. */
  | { readonly kind: 'expireMark'; readonly markId: string; readonly isEmpty: boolean }
  /** Gives back so much of a pocket, or what is in it; neither wallet's state stands in the way. */
  | {
      readonly kind: 'returnMarked';
      readonly markId: string;
      readonly walletId: WalletId;
      readonly markLevel: number;
      readonly returnWallet: WalletId;
      readonly amountMinor: bigint;
    };

type Of<K extends VoucherCommand['kind']> = Extract<VoucherCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const NO_DETAIL = Buffer.alloc(0);

export const voucherRules: Rules<VoucherCommand> = {
  expireMark: {
    fault: ({ markId }) => shape(REFERENCE.test(markId), 'markId'),
    keys: ({ markId }, keys) => keys.entry('mark', markId),
    apply: expireMark,
  },
  returnMarked: {
    fault: ({ markId, walletId, markLevel, returnWallet, amountMinor }) =>
      shape(REFERENCE.test(markId), 'markId') ??
      shape(isWalletId(walletId), 'walletId') ??
      shape(isWalletId(returnWallet), 'returnWallet') ??
      shape(isMarkLevel(markLevel), 'markLevel') ??
      amountFault(amountMinor),
    keys: ({ markId, walletId, markLevel, returnWallet }, keys) => {
      keys.entry('mark', markId);
      keys.wallet(returnWallet);
      keys.debit({ walletId, markId, markLevel });
    },
    apply: returnMarked,
  },
};

const nothingNew = (state: WorkingState): Applied =>
  ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null });

function voucher(state: WorkingState, markId: string): Result<{ entry: Entry; rule: CriteriaRule }, Refusal> {
  const entry = state.entry('mark', markId);
  if (!entry) return err(refusal('MARK_UNKNOWN', markId));
  const { rule } = markOf(entry);
  return rule.by === 'criteria' ? ok({ entry, rule }) : err(refusal('MARK_FORBIDS', markId));
}

function expireMark(state: WorkingState, { markId, isEmpty }: Of<'expireMark'>): Applied {
  const found = voucher(state, markId);
  if (!found.ok) return found;
  const { entry, rule } = found.value;
  if (!isExpired(entry)) {
    return state.now < rule.validTo ? err(refusal('MARK_FORBIDS', markId)) : write(state, { ...entry, state: EXPIRED });
  }
  // Since it is expired nothing comes under it any more: what was empty then is empty now.
  return isEmpty && entry.open ? write(state, { ...entry, open: false }) : nothingNew(state);
}

function returnMarked(state: WorkingState, command: Of<'returnMarked'>): Applied {
  const { markId, walletId, markLevel, returnWallet } = command;
  const found = voucher(state, markId);
  if (!found.ok) return found;
  if (!isExpired(found.value.entry)) return err(refusal('MARK_FORBIDS', markId));
  if (found.value.rule.returnWallet !== returnWallet) return err(refusal('BAD_REQUEST', 'returnWallet'));
  const from = { walletId, markId, markLevel };
  const there = state.inPocket(from);
  const amountMinor = command.amountMinor < there ? command.amountMinor : there;
  if (amountMinor === 0n) return nothingNew(state);
  const wallets = { debitWallet: walletId, creditWallet: returnWallet };
  const said = { kind: 'expire', reference: markId, ...wallets, amountMinor, detail: NO_DETAIL } as const;
  return moved(state, said, from, unmarked(returnWallet));
}

/** Pockets given back in one step, and tokens of one of them: a step's transactions stay small. */
const POCKETS_AT_ONCE = 200;
const TOKENS_AT_ONCE = 256n;

/** The next step towards the end of a mark that is due. */
export async function endOfMark(
  entry: Entry,
  store: Pick<LedgerStore, 'pocketsOfMark'>,
): Promise<readonly VoucherCommand[]> {
  const { markId, rule } = markOf(entry);
  if (rule.by !== 'criteria') return [];
  if (!isExpired(entry)) return [{ kind: 'expireMark', markId, isEmpty: false }];
  const pockets = await store.pocketsOfMark(markId, null, POCKETS_AT_ONCE);
  if (pockets.length === 0) return [{ kind: 'expireMark', markId, isEmpty: true }];
  return pockets.map(({ walletId, markLevel, amountMinor, tokenCount }) => {
    const steps = (BigInt(tokenCount) + TOKENS_AT_ONCE - 1n) / TOKENS_AT_ONCE;
    // Tokens are taken largest first: of an average share there are no more than fit into a step.
    const share = (amountMinor + steps - 1n) / steps;
    return {
      ...({ kind: 'returnMarked', markId, walletId, markLevel } as const),
      returnWallet: rule.returnWallet,
      amountMinor: share,
    };
  });
}
