import { type Request, Router } from 'express';
import type { Refusal } from '../../kernel/errors.js';
import type { LedgerReads } from '../reads.js';
import type { Ledger, Wallet } from '../types.js';
import { chainRoutes } from './chain-routes.js';
import { commandRoutes } from './command-routes.js';
import { walletRoutes } from './wallet-routes.js';

/** What a request wants to touch: one wallet (its owner's or the operator's), something public, or the operator's own. */
export type LedgerSubject =
  | { readonly kind: 'wallet'; readonly wallet: Wallet }
  | { readonly kind: 'public' }
  | { readonly kind: 'operator' };

export interface LedgerRouterOptions {
  readonly ledger: Ledger;
  readonly reads: LedgerReads;
  /** Why the caller may not, or null. The application knows who signed the request. */
  readonly authorise: (req: Request, subject: LedgerSubject) => Refusal | null;
}

/**
 * Domestic routes of one ledger, mounted by the application under `/v1/ledgers/{code}`. Refusals go to `next` as
 * `RefusalError`. Bodies must have been parsed as JSON before.
 */
export function createLedgerRouter(options: LedgerRouterOptions): Router {
  const router = Router();
  walletRoutes(router, options);
  chainRoutes(router, options);
  commandRoutes(router, options);
  return router;
}
