import { type Request, type RequestHandler, Router } from 'express';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { bicKey, type LedgerCode } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import type { LedgerSubject } from '../../ledger/http/router.js';
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

/**
 * Why the signer of a request may not touch a subject of a ledger, or null: a wallet is its owner's, the operator may
 * do everything, what is public is for every participant.
 */
export function authoriseLedgerCall(request: Request, subject: LedgerSubject): Refusal | null {
  invariant(request.res, 'a request that Express routes has a response');
  const { participant } = callerOf(request.res);
  if (subject.kind === 'public' || participant.role === 'operator') return null;
  const isOwner = subject.kind === 'wallet' && bicKey(subject.wallet.ownerBic) === bicKey(participant.bic);
  return isOwner ? null : refusal('FORBIDDEN');
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
