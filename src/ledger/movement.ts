import { refusal } from '../kernel/errors.js';
import type { WalletId } from '../kernel/ids.js';
import type { Result } from '../kernel/result.js';
import type { CommandRefusal, Pocket, TokenDraft, WalletRow } from './model.js';
import type { LedgerOutcome, LegCharge, LegMark } from './types.js';

/** What commands that move money have in common. */
export type Applied = Result<LedgerOutcome, CommandRefusal>;

/** The pocket of a wallet's unmarked money. */
export const unmarked = (walletId: WalletId): Pocket => ({ walletId, markId: null, markLevel: null });

/** The pocket that a PvP leg is paid from. */
export const payingPocket = (walletId: WalletId, mark: LegMark | null): Pocket =>
  mark?.side === 'debit' ? { walletId, markId: mark.markId, markLevel: mark.markLevel } : unmarked(walletId);

/** Whether the same is charged: to one wallet, and no more or less; or nothing. */
export const isSameCharge = (a: LegCharge | null | undefined, b: LegCharge | null | undefined): boolean =>
  a?.walletId === b?.walletId && a?.amountMinor === b?.amountMinor;

/** A free unmarked token to be made. */
export const freeToken = (walletId: WalletId, amountMinor: bigint): TokenDraft => ({
  walletId,
  amountMinor,
  markId: null,
  markLevel: null,
  conditionRef: null,
});

/** Why a wallet may take no part in a new movement of money, or null. */
export function walletFault(wallet: WalletRow | undefined, walletId: WalletId): CommandRefusal | null {
  if (!wallet) return refusal('WALLET_UNKNOWN', walletId);
  if (wallet.status === 'blocked') return refusal('WALLET_BLOCKED', walletId);
  return wallet.status === 'closed' ? refusal('WALLET_CLOSED', walletId) : null;
}

/** What is left of the inputs goes back to the pocket that they are from, as one token. */
export function change(inputs: readonly TokenDraft[], pocket: Pocket, amountMinor: bigint): TokenDraft[] {
  const rest = inputs.reduce((sum, token) => sum + token.amountMinor, 0n) - amountMinor;
  return rest > 0n ? [{ ...pocket, amountMinor: rest, conditionRef: null }] : [];
}
