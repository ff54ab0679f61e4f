import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import type { Tariff } from '../../pvp/charge.js';
import { callerOf } from '../identity/authenticator.js';
import { HttpProblem } from '../problem.js';
import type { TariffDesk } from '../tariff-desk.js';
import type { StoredTariff } from '../tariff-store.pg.js';
import { addProposalRoutes } from './proposal-routes.js';

const tariffView = ({ corridor, bank, fixed, proportionalBps, least, most, walletId }: Tariff) => ({
  corridor,
  bank,
  fixed,
  proportionalBps,
  least,
  most,
  wallet: walletId,
});

const storedView = ({ tariff, setAt, setBy, approvedBy }: StoredTariff) => ({
  ...tariffView(tariff),
  setAt: isoTime(setAt),
  setBy,
  approvedBy,
});

/** Tariffs: a bank reads those that it is charged by; two officers of the desk set them. */
export function createFxTariffsRouter(tariffs: TariffDesk): Router {
  const router = Router();

  router.get('/v1/fx/tariffs', async (_request, response) => {
    const { role, bic } = callerOf(response).participant;
    if (role !== 'desk' && role !== 'operator' && role !== 'bank') throw new HttpProblem(refusal('FORBIDDEN'));
    const standing = await tariffs.standing(role === 'bank' ? bic : null);
    response.json({ tariffs: standing.map(storedView) });
  });

  addProposalRoutes(router, '/v1/fx/tariff-proposals', {
    proposals: tariffs.proposals,
    member: 'tariffs',
    read: tariffs.read,
    view: (proposed) => proposed.map(tariffView),
  });

  return router;
}
