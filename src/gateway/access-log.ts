import type { RequestHandler, Response } from 'express';
import type { Clock, Randomness } from '../kernel/clock.js';
import type { ErrorCode } from '../kernel/errors.js';
import type { Caller } from './identity/authenticator.js';
import type { Api } from './openapi.js';

/** One line of the access log. Nothing of it is private: no bodies, amounts, names, ids of payments or wallets. */
export interface AccessEntry {
  readonly requestId: string;
  readonly method: string;
  /** As the OpenAPI document writes it, for example `/v1/payments/{uetr}`; null for any other path. */
  readonly route: string | null;
  readonly status: number;
  /** The code of the problem document, if one was sent. */
  readonly refusedWith: ErrorCode | null;
  /** Who signed; null when nobody did. */
  readonly keyId: string | null;
  readonly durationMs: number;
  /** False when the client went away before the answer was out. */
  readonly isAnswered: boolean;
}

export interface AccessLogOptions {
  readonly api: Pick<Api, 'pathTemplateOf'>;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'>;
  readonly log: (entry: AccessEntry) => void;
}

/** Of a response behind {@link createAccessLog}. */
export const requestIdOf = (res: Response): string => res.locals.requestId as string;

/** Gives each request an id, told to the client as `x-request-id`, and logs it when its answer is out. */
export function createAccessLog({ api, clock, random, log }: AccessLogOptions): RequestHandler {
  return (req, res, next) => {
    const startedAt = clock.now();
    const requestId = random.uuid();
    const { method, path } = req;
    res.locals.requestId = requestId;
    res.set('x-request-id', requestId);
    res.once('close', () => {
      const { refusedWith, caller } = res.locals as { refusedWith?: ErrorCode; caller?: Caller };
      log({
        requestId,
        method,
        route: api.pathTemplateOf(path),
        status: res.statusCode,
        refusedWith: refusedWith ?? null,
        keyId: caller?.keyId ?? null,
        durationMs: clock.now() - startedAt,
        isAnswered: res.writableFinished,
      });
    });
    next();
  };
}
