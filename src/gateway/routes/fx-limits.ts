import { type Response, Router } from 'express';
import { refusal } from '../../kernel/errors.js';
import { type Bic, bicKey } from '../../kernel/ids.js';
import type { LimitScope } from '../../pvp/limits.js';
import { callerOf } from '../identity/authenticator.js';
import { changesOf, changeView, limitView, reserveView } from '../limit-json.js';
import type { LimitDesk } from '../limits.js';
import { HttpProblem } from '../problem.js';
import { addProposalRoutes } from './proposal-routes.js';

const DAYS_MAX = 90;
const DAYS = 7;

/** Whose limits a caller sees: a bank and a provider their own, desk and operator all (null). */
function seenBy(response: Response): { readonly scope: LimitScope; readonly bic: Bic } | null {
  const { bic, role } = callerOf(response).participant;
  if (role === 'desk' || role === 'operator') return null;
  if (role === 'bank' || role === 'provider') return { scope: role, bic: bicKey(bic) };
  throw new HttpProblem(refusal('FORBIDDEN'));
}

/** Limits of banks and providers, what is used of them, what is reserved of wallets, and how banks behave. */
export function createFxLimitsRouter(desk: LimitDesk): Router {
  const router = Router();

  router.get('/v1/fx/limits', async (_request, response) => {
    const seen = seenBy(response);
    const [limits, reserves] = await Promise.all([desk.limits(), desk.reserves()]);
    response.json({
      limits: limits
        .filter(({ scope, bic }) => !seen || (scope === seen.scope && (bic === null || bicKey(bic) === seen.bic)))
        .map(limitView),
      reserves: reserves
        .filter(({ provider }) => !seen || (seen.scope === 'provider' && bicKey(provider) === seen.bic))
        .map(reserveView),
    });
  });

  addProposalRoutes(router, '/v1/fx/limit-proposals', {
    proposals: desk.proposals,
    member: 'limits',
    read: changesOf,
    view: (changes) => changes.map(changeView),
  });

  router.get('/v1/fx/conduct', async (request, response) => {
    const seen = seenBy(response);
    if (seen?.scope === 'provider') throw new HttpProblem(refusal('FORBIDDEN'));
    const { days = String(DAYS) } = request.query;
    if (typeof days !== 'string' || !/^[1-9]\d?$/.test(days) || Number(days) > DAYS_MAX)
      throw new HttpProblem(refusal('BAD_REQUEST', `days is 1 to ${DAYS_MAX}`));
    response.json({ conduct: await desk.conduct(seen?.bic ?? null, Number(days)) });
  });

  return router;
}
