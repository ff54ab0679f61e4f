import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import type { Bic, WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { RuleView } from '../working.js';

/**
 * An agreement between two wallets, registered before anything is paid under it. It limits what money under its mark
 * may do; several may belong to one mark, and the payee of one may be the payer of the next.
 */
export interface Agreement {
  readonly agreementId: string;
  /** Who registered it. */
  readonly ownerBic: Bic;
  readonly markId: string;
  readonly payer: WalletId;
  readonly payee: WalletId;
  /** Greatest total of marked payments, minor units. */
  readonly transferMaxMinor: bigint;
  /** Greatest total that the payee may take out of the mark, minor units. */
  readonly withdrawalMaxMinor: bigint;
  /** Milliseconds; from then on, by the ledger's clock, nothing happens under it any more. */
  readonly expiresAt: number;
}

/** The topic of all registrations of agreements under a mark. */
export const agreementsTopic = (markId: string): string => `agreements:${markId}`;

/** What was used of an agreement so far, minor units. */
export interface AgreementUse {
  readonly transferredMinor: bigint;
  readonly withdrawnMinor: bigint;
}

export const encodeAgreement = (agreement: Omit<Agreement, 'agreementId' | 'ownerBic'>): Buffer =>
  new ByteWriter()
    .text(agreement.markId)
    .text(agreement.payer)
    .text(agreement.payee)
    .integer(agreement.transferMaxMinor)
    .integer(agreement.withdrawalMaxMinor)
    .integer(agreement.expiresAt)
    .finish();

/** Reads what {@link encodeAgreement} wrote. Throws `RangeError` on anything else. */
export function agreementOf(entry: Pick<Entry, 'entryId' | 'ownerBic' | 'body'>): Agreement {
  const reader = new ByteReader(entry.body);
  const agreement = {
    ...{ agreementId: entry.entryId, ownerBic: entry.ownerBic },
    markId: reader.text(),
    payer: reader.text() as WalletId,
    payee: reader.text() as WalletId,
    transferMaxMinor: reader.bigint(),
    withdrawalMaxMinor: reader.bigint(),
    expiresAt: reader.integer(),
  };
  reader.end();
  return agreement;
}

export const encodeUse = ({ transferredMinor, withdrawnMinor }: AgreementUse): Buffer =>
  new ByteWriter().integer(transferredMinor).integer(withdrawnMinor).finish();

/** Reads what {@link encodeUse} wrote. Throws `RangeError` on anything else. */
export function useOf(entry: Pick<Entry, 'state'>): AgreementUse {
  const reader = new ByteReader(entry.state);
  const use = { transferredMinor: reader.bigint(), withdrawnMinor: reader.bigint() };
  reader.end();
  return use;
}

/** What may still be paid under an agreement, minor units. */
export const transferLeft = ({ transferMaxMinor }: Agreement, { transferredMinor }: AgreementUse): bigint =>
  transferMaxMinor - transferredMinor;

/** What may be withdrawn of what was paid under an agreement so far, minor units. */
export function withdrawalLeft({ withdrawalMaxMinor }: Agreement, use: AgreementUse): bigint {
  const { transferredMinor, withdrawnMinor } = use;
  return (withdrawalMaxMinor < transferredMinor ? withdrawalMaxMinor : transferredMinor) - withdrawnMinor;
}

/** The entry once it was used so far; it is closed when nothing is left of it. */
function usedSoFar(entry: Entry, agreement: Agreement, use: AgreementUse): Entry {
  const open = transferLeft(agreement, use) > 0n || withdrawalLeft(agreement, use) > 0n;
  return { ...entry, state: encodeUse(use), open };
}

/** An agreement that is in force for money under the mark, with what was used of it. */
export function inForce(
  state: RuleView,
  agreementId: string,
  markId: string,
): Result<{ entry: Entry; agreement: Agreement; use: AgreementUse }, Refusal> {
  const entry = state.entry('agreement', agreementId);
  if (!entry) return err(refusal('AGREEMENT_UNKNOWN', agreementId));
  const agreement = agreementOf(entry);
  if (agreement.markId !== markId) return err(refusal('AGREEMENT_FORBIDS', agreementId));
  if (state.now >= agreement.expiresAt) return err(refusal('AGREEMENT_EXPIRED', agreementId));
  return ok({ entry, agreement, use: useOf(entry) });
}

/** A marked payment under an agreement: the entry that it leaves, or why the agreement refuses it. */
export function paidUnder(
  state: RuleView,
  agreementId: string,
  paid: { markId: string; debitWallet: WalletId; creditWallet: WalletId; amountMinor: bigint },
): Result<Entry, Refusal> {
  const found = inForce(state, agreementId, paid.markId);
  if (!found.ok) return found;
  const { entry, agreement, use } = found.value;
  if (agreement.payer !== paid.debitWallet || agreement.payee !== paid.creditWallet)
    return err(refusal('AGREEMENT_FORBIDS', agreementId));
  if (paid.amountMinor > transferLeft(agreement, use)) return err(refusal('AGREEMENT_EXHAUSTED', agreementId));
  return ok(usedSoFar(entry, agreement, { ...use, transferredMinor: use.transferredMinor + paid.amountMinor }));
}

/** The payee takes money out of the mark: the entry that this leaves, or why the agreement refuses it. */
export function withdrawnUnder(
  state: RuleView,
  agreementId: string,
  taken: { markId: string; walletId: WalletId; amountMinor: bigint },
): Result<Entry, Refusal> {
  const found = inForce(state, agreementId, taken.markId);
  if (!found.ok) return found;
  const { entry, agreement, use } = found.value;
  if (agreement.payee !== taken.walletId) return err(refusal('AGREEMENT_FORBIDS', agreementId));
  if (taken.amountMinor > withdrawalLeft(agreement, use)) return err(refusal('AGREEMENT_EXHAUSTED', agreementId));
  return ok(usedSoFar(entry, agreement, { ...use, withdrawnMinor: use.withdrawnMinor + taken.amountMinor }));
}
