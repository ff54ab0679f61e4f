/** When a wallet's small tokens are merged in the background, and how many at a time. */
export interface ConsolidationPolicy {
  /** A wallet with more free tokens than this is due. */
  readonly tokenCountMax: number;
  /** Most tokens merged in one transaction. */
  readonly inputCountMax: number;
  /** Most wallets queued at once. */
  readonly queuedMax: number;
}

export const DEFAULT_CONSOLIDATION: ConsolidationPolicy = { tokenCountMax: 64, inputCountMax: 256, queuedMax: 32 };

export const consolidationDue = (tokenCount: number, policy: ConsolidationPolicy): boolean =>
  tokenCount > policy.tokenCountMax;
