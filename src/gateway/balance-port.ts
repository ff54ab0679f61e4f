/**
 * What FX providers have in their wallets: the port by which a gateway asks a jurisdiction. It learns nothing of
 * anybody else's money.
 */
import type { WalletId } from '../kernel/ids.js';
import type { Balance, Ledger } from '../ledger/types.js';

export interface BalancePort {
  /** One answer per wallet, in order; null where it is no open wallet of a provider, or for charges. Rejects when there is no answer. */
  providerBalances(walletIds: readonly WalletId[]): Promise<(Balance | null)[]>;
}

export function createBalancePort(ledger: Pick<Ledger, 'wallet' | 'balance'>): BalancePort {
  const balanceOf = async (walletId: WalletId): Promise<Balance | null> => {
    const wallet = await ledger.wallet(walletId);
    const isShown = wallet?.kind === 'provider' || wallet?.kind === 'fee';
    return isShown && wallet.status === 'open' ? ledger.balance(walletId) : null;
  };
  return { providerBalances: (walletIds) => Promise.all(walletIds.map(balanceOf)) };
}
