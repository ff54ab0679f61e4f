import { ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import type { Pocket } from '../model.js';
import { type Applied, change, unmarked, walletFault } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { REFERENCE, register } from './entries.js';
import { encodeMark, FIRST_LEVEL, type Mark, type MarkRule, markFault, markOf, routed } from './mark.js';
import type { Rules } from './module.js';

/** Marks, and money under them. `by` is the participant that asks; who may ask at all is a matter of the roles. */
export type MarkCommand =
  | {
      readonly kind: 'registerMark';
      readonly by: Bic;
      readonly markId: string;
      readonly rule: MarkRule;
      readonly crossBorder: boolean;
    }
  /** Ordinary money of a wallet becomes money under the mark, at its first level, in the same wallet. */
  | {
      readonly kind: 'mark';
      readonly by: Bic;
      readonly reference: string;
      readonly walletId: WalletId;
      readonly markId: string;
      readonly amountMinor: bigint;
    }
  /** Marked money becomes ordinary again where it is. */
  | {
      readonly kind: 'unmark';
      readonly by: Bic;
      readonly reference: string;
      readonly walletId: WalletId;
      readonly markId: string;
      readonly markLevel: number;
      readonly amountMinor: bigint;
    }
  /** Pays with marked money, along the route of its mark. */
  | {
      readonly kind: 'spend';
      readonly reference: string;
      readonly debitWallet: WalletId;
      readonly creditWallet: WalletId;
      readonly markId: string;
      readonly markLevel: number;
      readonly amountMinor: bigint;
    };

type Of<K extends MarkCommand['kind']> = Extract<MarkCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);
const wallet = (text: string): Refusal | null => shape(isWalletId(text), 'walletId');
const level = (value: number): Refusal | null => shape(Number.isSafeInteger(value) && value >= 0, 'markLevel');

export const markRules: Rules<MarkCommand> = {
  registerMark: {
    fault: (command) => id(command.markId, 'markId') ?? shape(isBic(command.by), 'by') ?? markFault(command),
    keys: ({ markId, rule }, keys) => {
      keys.entry('mark', markId);
      if (rule.by === 'vat') keys.wallet(rule.taxWallet);
    },
    apply: registerMark,
  },
  mark: {
    fault: (command) =>
      id(command.reference, 'reference') ??
      id(command.markId, 'markId') ??
      wallet(command.walletId) ??
      amountFault(command.amountMinor),
    keys: (command, keys) => {
      keys.reference(command.reference);
      keys.entry('mark', command.markId);
      keys.debit(unmarked(command.walletId));
    },
    apply: markMoney,
  },
  unmark: {
    fault: (command) =>
      id(command.reference, 'reference') ??
      id(command.markId, 'markId') ??
      wallet(command.walletId) ??
      level(command.markLevel) ??
      amountFault(command.amountMinor),
    keys: (command, keys) => {
      keys.reference(command.reference);
      keys.entry('mark', command.markId);
      keys.debit(pocketOf(command, command.walletId));
    },
    apply: unmarkMoney,
  },
  spend: {
    fault: (command) =>
      id(command.reference, 'reference') ??
      id(command.markId, 'markId') ??
      wallet(command.debitWallet) ??
      wallet(command.creditWallet) ??
      level(command.markLevel) ??
      amountFault(command.amountMinor),
    keys: (command, keys) => {
      keys.reference(command.reference);
      keys.entry('mark', command.markId);
      keys.wallet(command.creditWallet);
      keys.debit(pocketOf(command, command.debitWallet));
    },
    apply: spend,
  },
};

function registerMark(state: WorkingState, { by, markId, ...said }: Of<'registerMark'>): Applied {
  const { rule } = said;
  if (rule.by === 'vat') {
    const taxWallet = state.wallet(rule.taxWallet);
    if (!taxWallet) return err(refusal('WALLET_UNKNOWN', rule.taxWallet));
    if (taxWallet.kind !== 'treasury') return err(refusal('BAD_REQUEST', 'taxWallet'));
  }
  return register(state, {
    ...{ kind: 'mark', entryId: markId, ownerBic: bicKey(by), body: encodeMark(said) },
    ...{ state: new Uint8Array(0), open: true, dueAt: null },
  });
}

const pocketOf = ({ markId, markLevel }: { markId: string; markLevel: number }, walletId: WalletId): Pocket => ({
  walletId,
  markId,
  markLevel,
});

function knownMark(state: WorkingState, markId: string): Result<Mark, Refusal> {
  const entry = state.entry('mark', markId);
  return entry ? ok(markOf(entry)) : err(refusal('MARK_UNKNOWN', markId));
}

/** A mark that its initiator puts on and takes off money. */
function ownMark(state: WorkingState, markId: string, by: Bic): Result<Mark, Refusal> {
  const mark = knownMark(state, markId);
  if (!mark.ok) return mark;
  if (mark.value.ownerBic !== bicKey(by)) return err(refusal('FORBIDDEN', markId));
  // VAT is what invoices say: nobody makes it or makes it go away beside them.
  return mark.value.rule.by === 'vat' ? err(refusal('MARK_FORBIDS', markId)) : mark;
}

/** The bytes by which a repetition is told from another command under the same reference. */
const detailOf = (command: { markId: string; markLevel?: number }): Buffer =>
  new ByteWriter()
    .text(command.markId)
    .integer(command.markLevel ?? FIRST_LEVEL)
    .finish();

function markMoney(state: WorkingState, command: Of<'mark'>): Applied {
  const { reference, walletId, markId, amountMinor } = command;
  const mark = ownMark(state, markId, command.by);
  if (!mark.ok) return mark;
  const from = unmarked(walletId);
  const to = { walletId, markId, markLevel: FIRST_LEVEL };
  return recolour(state, { kind: 'mark', reference, amountMinor, detail: detailOf(command) }, from, to);
}

function unmarkMoney(state: WorkingState, command: Of<'unmark'>): Applied {
  const { reference, walletId, markId, amountMinor } = command;
  const mark = ownMark(state, markId, command.by);
  if (!mark.ok) return mark;
  const from = pocketOf(command, walletId);
  return recolour(
    state,
    { kind: 'unmark', reference, amountMinor, detail: detailOf(command) },
    from,
    unmarked(walletId),
  );
}

function spend(state: WorkingState, command: Of<'spend'>): Applied {
  const { reference, debitWallet, creditWallet, markId, markLevel, amountMinor } = command;
  if (debitWallet === creditWallet) return err(refusal('BAD_REQUEST', 'creditWallet'));
  const mark = knownMark(state, markId);
  if (!mark.ok) return mark;
  const to = routed(mark.value, markLevel, creditWallet);
  if (!to.ok) return to;
  const target = to.value === null ? unmarked(creditWallet) : { walletId: creditWallet, markId, markLevel: to.value };
  const said = { kind: 'spend', reference, amountMinor, detail: detailOf(command) } as const;
  return recolour(state, said, pocketOf(command, debitWallet), target);
}

/** Moves money from one pocket to another, of the same wallet or not. */
function recolour(
  state: WorkingState,
  said: { kind: 'mark' | 'unmark' | 'spend'; reference: string; amountMinor: bigint; detail: Buffer },
  from: Pocket,
  to: Pocket,
): Applied {
  const { amountMinor } = said;
  const draft = { ...said, debitWallet: from.walletId, creditWallet: to.walletId };
  const first = movedOnce(state, draft);
  if (first) return first;
  const fault =
    walletFault(state.wallet(from.walletId), from.walletId) ?? walletFault(state.wallet(to.walletId), to.walletId);
  if (fault) return err(fault);
  if (state.inPocket(from) < amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  const inputs = state.take(from, amountMinor);
  const outputs = [{ ...to, amountMinor, conditionRef: null }, ...change(inputs, from, amountMinor)];
  const moved = { ...draft, posted: true, data: null, evidence: null, inputs, outputs };
  const { transaction } = state.post(moved);
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}
