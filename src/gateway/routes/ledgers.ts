import { type Request, type RequestHandler, Router } from 'express';
import type { LedgerCode } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import type { LedgerCaller } from '../../ledger/domestic/roles.js';
import { callerOf } from '../identity/authenticator.js';
import { jsonBody } from '../json-body.js';

/** A ledger that is served here. */
export interface ServedLedger {
  readonly code: LedgerCode;
  readonly currency: string;
  /** IANA name: where its calendar days change. */
  readonly timeZone: string;
  /** Its own routes as `createLedgerRouter` gives them, or a relay to where they are. */
  readonly handlers: readonly RequestHandler[];
}

/** Who signed a request, as a ledger sees it. */
export function ledgerCallerOf(request: Request): LedgerCaller {
  invariant(request.res, 'a request that Express routes has a response');
  const { keyId, participant } = callerOf(request.res);
  const { bic, role, ledger } = participant;
  return { bic, role, ledger, keyId };
}

/** Ledger routes find their JSON parsed. */
export const readJson: RequestHandler = (request, _response, next) => {
  if (Buffer.isBuffer(request.body)) request.body = jsonBody(request);
  next();
};

/** `GET /v1/ledgers`, and each ledger's own routes under `/v1/ledgers/{code}`. */
export function createLedgersRouter(ledgers: readonly ServedLedger[]): Router {
  const router = Router({ caseSensitive: true });
  router.get('/v1/ledgers', (_request, response) => {
    callerOf(response);
    response.json({ ledgers: ledgers.map(({ code, currency, timeZone }) => ({ code, currency, timeZone })) });
  });
  for (const ledger of ledgers) {
    router.use(`/v1/ledgers/${ledger.code}`, ...ledger.handlers);
  }
  return router;
}
