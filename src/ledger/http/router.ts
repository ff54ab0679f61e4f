import { type Request, Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import type { LedgerCaller } from '../domestic/roles.js';
import type { LedgerReads } from '../reads.js';
import type { Ledger } from '../types.js';
import { agreementRoutes, attributeRoutes } from './agreement-routes.js';
import { chainRoutes } from './chain-routes.js';
import { commandRoutes } from './command-routes.js';
import { eventRoutes } from './event-routes.js';
import { holdRoutes } from './hold-routes.js';
import { invoiceRoutes } from './invoice-routes.js';
import { issuanceRoutes } from './issuance-routes.js';
import { markRoutes } from './mark-routes.js';
import { createAuthorise, createSubmit } from './parts.js';
import { providerRoutes } from './provider-routes.js';
import { treeRoutes } from './tree-routes.js';
import { walletRoutes } from './wallet-routes.js';

export interface LedgerRouterOptions {
  readonly ledger: Ledger;
  readonly reads: LedgerReads;
  /** Who signed the request; the application knows. */
  readonly callerOf: (req: Request) => LedgerCaller;
}

/** Nothing has an id with a NUL, and no database can be asked for one. */
const hasNul = (url: string): boolean => url.includes('%00');

/**
 * Domestic routes of one ledger, mounted by the application under `/v1/ledgers/{code}`. Refusals go to `next` as
 * `RefusalError`. Bodies must have been parsed as JSON before.
 */
export function createLedgerRouter({ ledger, reads, callerOf }: LedgerRouterOptions): Router {
  const router = Router();
  const authorise = createAuthorise(ledger.code, callerOf);
  router.use((req, _res, next) => next(hasNul(req.url) ? new RefusalError(refusal('BAD_REQUEST', 'url')) : undefined));
  const parts = { ledger, reads, callerOf, authorise, submit: createSubmit(ledger) };
  walletRoutes(router, parts);
  chainRoutes(router, parts);
  commandRoutes(router, parts);
  issuanceRoutes(router, parts);
  invoiceRoutes(router, parts);
  markRoutes(router, parts);
  agreementRoutes(router, parts);
  attributeRoutes(router, parts);
  treeRoutes(router, parts);
  providerRoutes(router, parts);
  eventRoutes(router, parts);
  holdRoutes(router, parts);
  return router;
}
