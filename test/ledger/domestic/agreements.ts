/** Commands on agreements and the money of their projects, by their fewest words. */
import { agreementOf, transferLeft, useOf } from '../../../src/ledger/domestic/agreement.js';
import type { Entry } from '../../../src/ledger/model.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { bic, T0, w } from '../support.js';

export const TREASURY = bic('TRSYKZ20');
export const ORACLE = bic('ORACKZ20');
export const HOUR = 3_600_000;

export const project = (markId: string): LedgerCommand => ({
  ...{ kind: 'registerMark', by: TREASURY, markId, rule: { by: 'agreement' }, crossBorder: false },
});
export const mark = (reference: string, walletId: string, markId: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'mark', by: TREASURY, reference, walletId: w(walletId), markId, amountMinor },
});
export const agree = (
  agreementId: string,
  payer: string,
  payee: string,
  transferMaxMinor: bigint,
  withdrawalMaxMinor: bigint,
  more: { markId?: string; expiresAt?: number; by?: typeof ORACLE } = {},
): LedgerCommand => ({
  ...{ kind: 'registerAgreement', by: ORACLE, agreementId, markId: 'school', payer: w(payer), payee: w(payee) },
  ...{ transferMaxMinor, withdrawalMaxMinor, expiresAt: T0 + HOUR, ...more },
});
export const spend = (
  reference: string,
  from: string,
  to: string,
  amountMinor: bigint,
  agreementId: string | undefined,
  markId = 'school',
): LedgerCommand => ({
  ...{ kind: 'spend', reference, debitWallet: w(from), creditWallet: w(to), markId, markLevel: 0 },
  ...{ amountMinor, agreementId },
});
export const withdraw = (
  reference: string,
  walletId: string,
  amountMinor: bigint,
  agreementId: string,
  markId = 'school',
): LedgerCommand => ({ kind: 'withdraw', reference, walletId: w(walletId), markId, agreementId, amountMinor });

const entryOf = async (store: LedgerStore, agreementId: string): Promise<Entry> =>
  (await store.entries([{ kind: 'agreement', entryId: agreementId }]))[0]!;

/** What was paid and withdrawn under an agreement, and whether anything is left of it. */
export const used = async (store: LedgerStore, agreementId: string): Promise<string> => {
  const entry = await entryOf(store, agreementId);
  const { transferredMinor, withdrawnMinor } = useOf(entry);
  return `${transferredMinor} ${withdrawnMinor} ${entry.open ? 'open' : 'closed'}`;
};

/** The whole account of an agreement: paid, withdrawn, held for events, paid as VAT; and what may be paid yet. */
export const account = async (store: LedgerStore, agreementId: string): Promise<string> => {
  const entry = await entryOf(store, agreementId);
  const use = useOf(entry);
  const { transferredMinor, withdrawnMinor, heldMinor, vatMinor } = use;
  return `${transferredMinor} ${withdrawnMinor} ${heldMinor} ${vatMinor}, ${transferLeft(agreementOf(entry), use)} left`;
};
