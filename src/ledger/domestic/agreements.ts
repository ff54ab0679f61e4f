import { ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err } from '../../kernel/result.js';
import { AMOUNT_MINOR_LIMIT, amountFault } from '../amount.js';
import { type Applied, unmarked } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { type Agreement, encodeAgreement, encodeUse, UNUSED, withdrawnUnder } from './agreement.js';
import { REFERENCE, register } from './entries.js';
import { FIRST_LEVEL, markOf } from './mark.js';
import type { Rules } from './module.js';
import { recolour } from './recolour.js';

/** Agreements, and what leaves their marks. Payments under them are spends that name them. */
export type AgreementCommand =
  | ({ readonly kind: 'registerAgreement'; readonly by: Bic } & Omit<Agreement, 'ownerBic'>)
  /** Money that the payee got under an agreement becomes ordinary in its wallet: it may be turned into non-cash. */
  | {
      readonly kind: 'withdraw';
      readonly reference: string;
      readonly agreementId: string;
      readonly markId: string;
      readonly walletId: WalletId;
      readonly amountMinor: bigint;
    };

type Of<K extends AgreementCommand['kind']> = Extract<AgreementCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);
/** Of what may be withdrawn zero is a limit too. */
const limit = (minor: bigint, field: string): Refusal | null =>
  shape(minor >= 0n, field) ?? (minor < AMOUNT_MINOR_LIMIT ? null : refusal('AMOUNT_TOO_LARGE', field));

export const agreementRules: Rules<AgreementCommand> = {
  registerAgreement: {
    fault: (command) =>
      shape(isBic(command.by), 'by') ??
      id(command.agreementId, 'agreementId') ??
      id(command.markId, 'markId') ??
      shape(isWalletId(command.payer), 'payer') ??
      shape(isWalletId(command.payee) && command.payee !== command.payer, 'payee') ??
      amountFault(command.transferMaxMinor) ??
      limit(command.withdrawalMaxMinor, 'withdrawalMax') ??
      shape(Number.isSafeInteger(command.expiresAt) && command.expiresAt >= 0, 'expiresAt'),
    keys: ({ agreementId, markId, payer, payee }, keys) => {
      keys.entry('agreement', agreementId);
      keys.entry('mark', markId);
      keys.wallet(payer);
      keys.wallet(payee);
    },
    apply: registerAgreement,
  },
  withdraw: {
    fault: (command) =>
      id(command.reference, 'reference') ??
      id(command.agreementId, 'agreementId') ??
      id(command.markId, 'markId') ??
      shape(isWalletId(command.walletId), 'walletId') ??
      amountFault(command.amountMinor),
    keys: ({ reference, agreementId, markId, walletId }, keys) => {
      keys.reference(reference);
      keys.entry('agreement', agreementId);
      keys.debit({ walletId, markId, markLevel: FIRST_LEVEL });
    },
    apply: withdraw,
  },
};

function registerAgreement(state: WorkingState, command: Of<'registerAgreement'>): Applied {
  const { agreementId, markId, payer, payee, expiresAt } = command;
  // What is registered already is judged by what it says alone, whatever has become of its time since.
  if (!state.entry('agreement', agreementId)) {
    const mark = state.entry('mark', markId);
    if (!mark) return err(refusal('MARK_UNKNOWN', markId));
    if (markOf(mark).rule.by !== 'agreement') return err(refusal('MARK_FORBIDS', markId));
    const missing = [payer, payee].find((walletId) => !state.wallet(walletId));
    if (missing) return err(refusal('WALLET_UNKNOWN', missing));
    if (state.now >= expiresAt) return err(refusal('AGREEMENT_EXPIRED', agreementId));
  }
  return register(state, {
    kind: 'agreement',
    entryId: agreementId,
    ownerBic: bicKey(command.by),
    body: encodeAgreement(command),
    state: encodeUse(UNUSED),
    open: true,
    dueAt: null,
  });
}

function withdraw(state: WorkingState, command: Of<'withdraw'>): Applied {
  const { reference, agreementId, markId, walletId, amountMinor } = command;
  const detail = new ByteWriter().text(markId).text(agreementId).finish();
  const wallets = { debitWallet: walletId, creditWallet: walletId };
  const said = { kind: 'withdraw', reference, ...wallets, amountMinor, detail } as const;
  const first = movedOnce(state, said);
  if (first) return first;
  const left = withdrawnUnder(state, agreementId, command);
  if (!left.ok) return left;
  const from = { walletId, markId, markLevel: FIRST_LEVEL };
  return recolour(state, said, from, unmarked(walletId), [left.value]);
}
