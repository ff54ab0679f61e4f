import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../kernel/clock.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { err, invariant, ok, type Result } from '../../kernel/result.js';
import { HttpProblem } from '../problem.js';
import { type RequestParts, type SignedParts, verifyRequest } from './http-signature.js';
import type { NonceStore } from './nonces.js';
import type { Participant, ParticipantRegister } from './participants.js';

/** Who sent a request, proved by its signature. */
export interface Caller {
  readonly keyId: string;
  readonly participant: Participant;
  /** For `encodeAuthorisation`, where the request must be proved to somebody else later. */
  readonly signed: SignedParts;
}

export interface AuthenticatorOptions {
  readonly register: Pick<ParticipantRegister, 'key' | 'participant'>;
  readonly nonces: NonceStore;
  readonly clock: Clock;
}

/** The body as received: `req.rawBody` if somebody kept it there, else what `express.raw` (without inflating) left. */
function rawBody(req: Request & { rawBody?: unknown }): Buffer {
  const kept = req.rawBody ?? req.body;
  if (Buffer.isBuffer(kept)) return kept;
  const isDeclared = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  // Taking an unread body for an empty one would let it pass unsigned.
  invariant(!isDeclared, 'a raw body parser runs before the authenticator');
  return Buffer.alloc(0);
}

function requestTarget(req: Request): Omit<RequestParts, 'body'> {
  const target = req.originalUrl;
  const mark = target.indexOf('?');
  return {
    method: req.method,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark),
    headers: req.headers,
  };
}

/** The signed parts of an Express request: the target as it was sent, before any routing. */
export const requestParts = (req: Request): RequestParts => ({ body: rawBody(req), ...requestTarget(req) });

/** Proves who sent a request, once: the second use of its nonce is `NONCE_REPLAYED`. */
export async function authenticate(
  request: RequestParts,
  { register, nonces, clock }: AuthenticatorOptions,
): Promise<Result<Caller, Refusal>> {
  const verified = await verifyRequest(request, register.key, clock.now());
  if (!verified.ok) return verified;
  const { keyId, nonce, expiresAt, owner, signed } = verified.value;
  const participant = await register.participant(owner);
  if (participant === null) return err(refusal('KEY_UNKNOWN'));
  // Last, so that only the key's holder can use up its nonces.
  if (!(await nonces.use(keyId, nonce, expiresAt))) return err(refusal('NONCE_REPLAYED'));
  return ok({ keyId, participant, signed });
}

/**
 * Has an authenticator look at a request whose body is not read yet: a body that is large is for somebody who is known.
 * Nobody is a caller by that, and no nonce is used: it passes the authenticator again, with its body.
 */
export const beforeBody =
  (authenticator: RequestHandler): RequestHandler =>
  (req, res, next) => {
    res.locals.isBodyUnread = true;
    return authenticator(req, res, (error?: unknown) => {
      res.locals.isBodyUnread = false;
      next(error);
    });
  };

const NO_BODY = Buffer.alloc(0);

/** A body that is not there yet has not the digest that is signed; all else must be right. */
async function isSigned(req: Request, { register, clock }: AuthenticatorOptions): Promise<Result<unknown, Refusal>> {
  const parts = { body: NO_BODY, ...requestTarget(req) };
  const verified = await verifyRequest(parts, register.key, clock.now());
  return verified.ok || verified.error.code === 'DIGEST_MISMATCH' ? ok(true) : verified;
}

/** Lets only signed requests pass, with `res.locals.caller` set ({@link callerOf}); others go on as {@link HttpProblem}. */
export function createAuthenticator(options: AuthenticatorOptions): RequestHandler {
  return async (req, res, next) => {
    if (res.locals.isBodyUnread === true) {
      const signed = await isSigned(req, options);
      next(signed.ok ? undefined : new HttpProblem(signed.error));
      return;
    }
    const caller = await authenticate(requestParts(req), options);
    if (!caller.ok) {
      next(new HttpProblem(caller.error));
      return;
    }
    res.locals.caller = caller.value;
    next();
  };
}

/** The caller of a response behind {@link createAuthenticator}; throws elsewhere. */
export function callerOf(res: Response): Caller {
  const caller = res.locals.caller as Caller | undefined;
  if (caller === undefined) throw new Error('this route is not behind the authenticator');
  return caller;
}
