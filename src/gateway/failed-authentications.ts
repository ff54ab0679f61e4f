import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { Clock } from '../kernel/clock.js';
import { ERRORS, refusal } from '../kernel/errors.js';
import { HttpProblem } from './problem.js';

const WINDOW_MS = 60_000;

/** Counts per client within the present minute. Clients of one IPv6 /56 are one. */
function createMinuteStore(clock: Clock): Store & { countOf(client: string): number } {
  const counts = new Map<string, number>();
  let minute = 0;
  const current = (): Map<string, number> => {
    const now = Math.floor(clock.now() / WINDOW_MS);
    if (now !== minute) counts.clear();
    minute = now;
    return counts;
  };
  const add = (client: string, change: number): number => {
    const count = Math.max(0, (current().get(client) ?? 0) + change);
    counts.set(client, count);
    return count;
  };
  return {
    countOf: (client) => current().get(client) ?? 0,
    increment: (client) => ({ totalHits: add(client, 1), resetTime: new Date((minute + 1) * WINDOW_MS) }),
    decrement: (client) => {
      add(client, -1);
    },
    resetKey: (client) => {
      current().delete(client);
    },
  };
}

const clientOf = (req: Request): string => ipKeyGenerator(req.ip ?? 'unknown');

/**
 * The authenticator, closed for a while to clients who fail it more than `failuresMax` times a minute
 * (`TOO_MANY_REQUESTS`). Only failures count: a client who signs well is never slowed down by its own requests.
 */
export function limitFailures(authenticator: RequestHandler, clock: Clock, failuresMax: number): RequestHandler {
  const store = createMinuteStore(clock);
  const tooMany = () => new HttpProblem(refusal('TOO_MANY_REQUESTS'));
  const countFailure = rateLimit({
    windowMs: WINDOW_MS,
    limit: failuresMax,
    store,
    keyGenerator: clientOf,
    standardHeaders: false,
    legacyHeaders: false,
    // Forwarding headers are not trusted, so they are not looked at.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_req, _res, next) => next(tooMany()),
  });
  return (req, res, next) => {
    if (store.countOf(clientOf(req)) >= failuresMax) {
      next(tooMany());
      return;
    }
    return authenticator(req, res, (error?: unknown) => {
      const hasFailed = error instanceof HttpProblem && ERRORS[error.refusal.code].http === 401;
      if (hasFailed) countFailure(req, res, (limited?: unknown) => next(limited ?? error));
      else next(error);
    });
  };
}
