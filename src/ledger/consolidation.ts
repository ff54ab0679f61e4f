import { type Pocket, type PocketRow, pocketKey, type WalletRow } from './model.js';
import { unmarked } from './movement.js';
import type { LedgerCommand } from './types.js';

/** When a wallet's small tokens are merged in the background, and how many at a time. */
export interface ConsolidationPolicy {
  /** A pocket with more free tokens than this is due. */
  readonly tokenCountMax: number;
  /** Most tokens merged in one transaction. */
  readonly inputCountMax: number;
  /** Most pockets merged in one block; the others wait, the first that was due first. */
  readonly queuedMax: number;
}

/**
 * Payments of a block wait for its merges: 512 tokens at most, which is as many as the largest block of payments makes for
 * its payees.
 */
export const DEFAULT_CONSOLIDATION: ConsolidationPolicy = { tokenCountMax: 64, inputCountMax: 256, queuedMax: 2 };

export type Consolidate = Extract<LedgerCommand, { kind: 'consolidate' }>;

/** The pocket whose tokens a command merges. */
export const mergedPocket = ({ walletId, mark }: Pick<Consolidate, 'walletId' | 'mark'>): Pocket =>
  mark ? { walletId, ...mark } : unmarked(walletId);

/** Pockets of marked money whose tokens are counted; those unchanged for longest go first. */
const COUNTED_MAX = 20_000;
/** Pockets that wait to be merged; of others the next block that touches them tells anew. */
const WAITING_MAX = 20_000;

/**
 * Tells which pockets have too many tokens after a block. Of unmarked money the wallet knows. Of marked money a block that
 * pays into a pocket knows only what it changes: that is counted from then on, and the exact number wherever a block spends
 * from the pocket, or merges in it.
 */
export function consolidationWatch({ tokenCountMax, inputCountMax, queuedMax }: ConsolidationPolicy) {
  const waiting = new Map<string, Consolidate>();
  const merging = new Set<string>();
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
  const learn = (pocket: Pocket, tokenCount: number): void => {
    const key = pocketKey(pocket);
    if (tokenCount <= tokenCountMax) waiting.delete(key);
    else if (waiting.size < WAITING_MAX) waiting.set(key, mergeOf(pocket, inputCountMax));
  };
  return {
    /** What a block changed; `known` are the pockets that it was formed on, before it. */
    changed(
      { wallets, pockets }: { readonly wallets: readonly WalletRow[]; readonly pockets: readonly PocketRow[] },
      known: ReadonlyMap<string, PocketRow>,
    ): void {
      for (const { walletId, tokenCount } of wallets) learn(unmarked(walletId), tokenCount);
      for (const change of pockets) learn(change, count(change, known));
    },
    /** Commands to queue now; each is to be told of by `ended`. */
    next(): Consolidate[] {
      const commands: Consolidate[] = [];
      for (const [key, command] of waiting) {
        if (merging.size >= queuedMax) break;
        if (merging.has(key)) continue;
        waiting.delete(key);
        merging.add(key);
        commands.push(command);
      }
      return commands;
    },
    ended: (command: Consolidate): void => {
      merging.delete(pocketKey(mergedPocket(command)));
    },
  };
}

export type ConsolidationWatch = ReturnType<typeof consolidationWatch>;

const mergeOf = ({ walletId, markId, markLevel }: Pocket, inputCountMax: number): Consolidate => ({
  kind: 'consolidate',
  walletId,
  inputCountMax,
  ...(markId === null || markLevel === null ? {} : { mark: { markId, markLevel } }),
});
