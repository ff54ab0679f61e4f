import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import type { Entry, Pocket } from '../model.js';
import { type Applied, unmarked } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { paidUnder } from './agreement.js';
import { isOver, PURPOSE, routedByCriteria } from './criteria.js';
import { REFERENCE, register } from './entries.js';
import {
  type Arrival,
  encodeMark,
  FIRST_LEVEL,
  isMarkLevel,
  type Mark,
  type MarkRule,
  markFault,
  markOf,
  routed,
} from './mark.js';
import type { Rules } from './module.js';
import { recolour } from './recolour.js';

/** Marks, and money under them. `by` is the participant that asks; who may ask at all is a matter of the roles. */
export type MarkCommand =
  | {
      readonly kind: 'registerMark';
      readonly by: Bic;
      readonly markId: string;
      readonly rule: MarkRule;
      readonly crossBorder: boolean;
      /** Where money from another ledger may come to be under the mark; nowhere when absent. */
      readonly arrivals?: readonly Arrival[];
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
  | SpendCommand;

/** Pays with marked money, along the route of its mark. */
export interface SpendCommand {
  readonly kind: 'spend';
  readonly reference: string;
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
  readonly markId: string;
  readonly markLevel: number;
  readonly amountMinor: bigint;
  /** Under a mark by agreement: the agreement. */
  readonly agreementId?: string | undefined;
  /** Under a mark by criteria: what it is for, and the ids of all entries of attributes that the payee is judged by. */
  readonly purpose?: string | undefined;
  readonly attributes?: readonly string[] | undefined;
}

type Of<K extends MarkCommand['kind']> = Extract<MarkCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);
const wallet = (text: string): Refusal | null => shape(isWalletId(text), 'walletId');
/** A wallet's and its owner's, for every criterion that a level may have. */
const ATTRIBUTE_COUNT_MAX = 32;
const level = (value: number): Refusal | null => shape(isMarkLevel(value), 'markLevel');

export const markRules: Rules<MarkCommand> = {
  registerMark: {
    fault: (command) =>
      id(command.markId, 'markId') ??
      shape(isBic(command.by), 'by') ??
      markFault({ ...command, arrivals: command.arrivals ?? NOWHERE }),
    keys: ({ markId, rule }, keys) => {
      keys.entry('mark', markId);
      if (rule.by === 'vat') keys.wallet(rule.taxWallet);
      if (rule.by === 'criteria') keys.wallet(rule.returnWallet);
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
      amountFault(command.amountMinor) ??
      (command.agreementId === undefined ? null : id(command.agreementId, 'agreement')) ??
      shape(command.purpose === undefined || PURPOSE.test(command.purpose), 'purpose') ??
      shape(areAttributes(command.attributes ?? []), 'attributes'),
    keys: (command, keys) => {
      keys.reference(command.reference);
      keys.entry('mark', command.markId);
      keys.wallet(command.creditWallet);
      keys.debit(pocketOf(command, command.debitWallet));
      if (command.agreementId !== undefined) keys.entry('agreement', command.agreementId);
      for (const entryId of command.attributes ?? []) keys.entry('attribute', entryId);
    },
    apply: spend,
  },
};

const areAttributes = (entryIds: readonly string[]): boolean =>
  entryIds.length <= ATTRIBUTE_COUNT_MAX && entryIds.every((entryId) => REFERENCE.test(entryId));

const NOWHERE: readonly Arrival[] = [];

function registerMark(state: WorkingState, command: Of<'registerMark'>): Applied {
  const { by, markId, rule, crossBorder, arrivals = NOWHERE } = command;
  const ownerBic = bicKey(by);
  const fault = state.entry('mark', markId) ? null : ruleFault(state, markId, rule, ownerBic);
  if (fault) return err(fault);
  return register(state, {
    kind: 'mark',
    entryId: markId,
    ownerBic,
    body: encodeMark({ rule, crossBorder, arrivals }),
    state: new Uint8Array(0),
    open: true,
    dueAt: rule.by === 'criteria' ? rule.validTo : null,
  });
}

/** Why a rule can't be registered now, or null. */
function ruleFault(state: WorkingState, markId: string, rule: MarkRule, ownerBic: Bic): Refusal | null {
  if (rule.by === 'vat') {
    const taxWallet = state.wallet(rule.taxWallet);
    if (!taxWallet) return refusal('WALLET_UNKNOWN', rule.taxWallet);
    return shape(taxWallet.kind === 'treasury', 'taxWallet');
  }
  if (rule.by === 'criteria') {
    const returnWallet = state.wallet(rule.returnWallet);
    if (!returnWallet) return refusal('WALLET_UNKNOWN', rule.returnWallet);
    if (returnWallet.ownerBic !== ownerBic) return refusal('FORBIDDEN', 'returnWallet');
    return state.now < rule.validTo ? null : refusal('MARK_EXPIRED', markId);
  }
  return null;
}

const pocketOf = ({ markId, markLevel }: { markId: string; markLevel: number }, walletId: WalletId): Pocket => ({
  walletId,
  markId,
  markLevel,
});

interface Known {
  readonly entry: Entry;
  readonly mark: Mark;
}

function knownMark(state: WorkingState, markId: string): Result<Known, Refusal> {
  const entry = state.entry('mark', markId);
  return entry ? ok({ entry, mark: markOf(entry) }) : err(refusal('MARK_UNKNOWN', markId));
}

/** A mark that its initiator puts on and takes off money. */
function ownMark(state: WorkingState, markId: string, by: Bic): Result<Known, Refusal> {
  const known = knownMark(state, markId);
  if (!known.ok) return known;
  const { mark } = known.value;
  if (mark.ownerBic !== bicKey(by)) return err(refusal('FORBIDDEN', markId));
  // VAT is what invoices say: nobody makes it or makes it go away beside them.
  return mark.rule.by === 'vat' ? err(refusal('MARK_FORBIDS', markId)) : known;
}

/** The bytes by which a repetition is told from another command under the same reference; they keep who asked. */
const detailOf = (command: { markId: string; markLevel?: number; by?: Bic }): Buffer => {
  const detail = new ByteWriter().text(command.markId).integer(command.markLevel ?? FIRST_LEVEL);
  return (command.by === undefined ? detail : detail.text(bicKey(command.by))).finish();
};

function markMoney(state: WorkingState, command: Of<'mark'>): Applied {
  const { reference, walletId, markId, amountMinor } = command;
  const wallets = { debitWallet: walletId, creditWallet: walletId };
  const said = { kind: 'mark', reference, ...wallets, amountMinor, detail: detailOf(command) } as const;
  const first = movedOnce(state, said);
  if (first) return first;
  const known = ownMark(state, markId, command.by);
  if (!known.ok) return known;
  const { entry, mark } = known.value;
  if (mark.rule.by === 'criteria' && isOver(state, entry, mark.rule)) return err(refusal('MARK_EXPIRED', markId));
  return recolour(state, said, unmarked(walletId), { walletId, markId, markLevel: FIRST_LEVEL });
}

function unmarkMoney(state: WorkingState, command: Of<'unmark'>): Applied {
  const { reference, walletId, markId, amountMinor } = command;
  const wallets = { debitWallet: walletId, creditWallet: walletId };
  const said = { kind: 'unmark', reference, ...wallets, amountMinor, detail: detailOf(command) } as const;
  const first = movedOnce(state, said);
  if (first) return first;
  const known = ownMark(state, markId, command.by);
  if (!known.ok) return known;
  return recolour(state, said, pocketOf(command, walletId), unmarked(walletId));
}

function spend(state: WorkingState, command: SpendCommand): Applied {
  const { reference, debitWallet, creditWallet, markId, amountMinor } = command;
  if (debitWallet === creditWallet) return err(refusal('BAD_REQUEST', 'creditWallet'));
  const said = {
    ...({ kind: 'spend', reference, debitWallet, creditWallet, amountMinor } as const),
    detail: spendDetail(command),
  };
  const first = movedOnce(state, said);
  if (first) return first;
  const known = knownMark(state, markId);
  if (!known.ok) return known;
  const route = routeOf(state, known.value, command);
  if (!route.ok) return route;
  const { level: at, entries } = route.value;
  const to = at === null ? unmarked(creditWallet) : { walletId: creditWallet, markId, markLevel: at };
  return recolour(state, said, pocketOf(command, debitWallet), to, entries);
}

/** Where a payment leads by the rule of its mark: the level of the money then, and the entries that change with it. */
function routeOf(
  state: WorkingState,
  { entry, mark }: Known,
  command: SpendCommand,
): Result<{ level: number | null; entries: readonly Entry[] }, Refusal> {
  const { markId, markLevel, creditWallet, agreementId, purpose = null, attributes = [] } = command;
  if (mark.rule.by === 'agreement') {
    if (agreementId === undefined) return err(refusal('BAD_REQUEST', 'agreement'));
    const left = paidUnder(state, agreementId, command);
    return left.ok ? ok({ level: FIRST_LEVEL, entries: [left.value] }) : left;
  }
  if (agreementId !== undefined) return err(refusal('AGREEMENT_FORBIDS', agreementId));
  const at =
    mark.rule.by === 'criteria'
      ? routedByCriteria(state, entry, mark.rule, { markId, markLevel, creditWallet, purpose, attributes })
      : routed(mark, markLevel, creditWallet);
  return at.ok ? ok({ level: at.value, entries: [] }) : at;
}

/** What a payment under a mark says beside its parties and amount. */
export interface SpendDetail {
  readonly markId: string;
  readonly markLevel: number;
  readonly agreementId: string | null;
  readonly purpose: string | null;
}

const spendDetail = ({ markId, markLevel, agreementId, purpose }: SpendCommand): Buffer =>
  new ByteWriter()
    .text(markId)
    .integer(markLevel)
    .optional(agreementId, (w, v) => w.text(v))
    .optional(purpose, (w, v) => w.text(v))
    .finish();

/** Reads the detail of a transaction of the kind `spend`. Throws `RangeError` on anything else. */
export function spendDetailOf(detail: Uint8Array): SpendDetail {
  const reader = new ByteReader(detail);
  const said = {
    markId: reader.text(),
    markLevel: reader.integer(),
    agreementId: reader.optional((r) => r.text()),
    purpose: reader.optional((r) => r.text()),
  };
  reader.end();
  return said;
}
