import { type Pocket, type PocketRow, pocketKey, type WalletRow } from './model.js';
import { unmarked } from './movement.js';
import type { LedgerCommand } from './types.js';

/** When a wallet's small tokens are merged in the background, and how many at a time. */
export interface ConsolidationPolicy {
  /** A pocket with more free tokens than this is due. */
  readonly tokenCountMax: number;
  /** Most tokens merged in one transaction. */
  readonly inputCountMax: number;
  /** Most pockets queued at once. */
  readonly queuedMax: number;
}

export const DEFAULT_CONSOLIDATION: ConsolidationPolicy = { tokenCountMax: 64, inputCountMax: 256, queuedMax: 32 };

export type Consolidate = Extract<LedgerCommand, { kind: 'consolidate' }>;

/** The pocket whose tokens a command merges. */
export const mergedPocket = ({ walletId, mark }: Pick<Consolidate, 'walletId' | 'mark'>): Pocket =>
  mark ? { walletId, ...mark } : unmarked(walletId);

/** Pockets of marked money whose tokens are counted; those unchanged for longest go first. */
const COUNTED_MAX = 20_000;

/**
 * Tells which pockets have too many tokens after a block. Of unmarked money the wallet knows. Of marked money a block that
 * pays into a pocket knows only what it changes: that is counted from then on, and the exact number wherever a block spends
 * from the pocket, or merges in it.
 */
export function consolidationWatch({ tokenCountMax, inputCountMax }: ConsolidationPolicy) {
  const counts = new Map<string, number>();
  const count = (change: PocketRow, known: ReadonlyMap<string, PocketRow>): number => {
    const key = pocketKey(change);
    const before = known.get(key)?.tokenCount ?? counts.get(key) ?? 0;
    counts.delete(key);
    const after = Math.max(0, before + change.tokenCount);
    if (after > 0) counts.set(key, after);
    if (counts.size > COUNTED_MAX) counts.delete(counts.keys().next().value as string);
    return after;
  };
  return {
    /** Commands that merge what is due; `known` are the pockets that the block was formed on, before it. */
    due(
      changed: { readonly wallets: readonly WalletRow[]; readonly pockets: readonly PocketRow[] },
      known: ReadonlyMap<string, PocketRow>,
    ): Consolidate[] {
      const ordinary = changed.wallets.filter(({ tokenCount }) => tokenCount > tokenCountMax);
      const marked = changed.pockets.filter((change) => count(change, known) > tokenCountMax);
      return [
        ...ordinary.map(({ walletId }) => ({ kind: 'consolidate', walletId, inputCountMax }) as const),
        ...marked.map(({ walletId, markId, markLevel }) => ({
          ...({ kind: 'consolidate', walletId, inputCountMax } as const),
          mark: { markId, markLevel },
        })),
      ];
    },
  };
}
