import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { sha256 } from '../../kernel/hash.js';
import { callerOf } from '../identity/authenticator.js';
import { largeJsonBody } from '../json-body.js';
import { HttpProblem } from '../problem.js';
import type { RateDesk } from '../rate-desk.js';
import { cardsOf, cardView, fieldsOf, timeOf } from '../rate-json.js';
import { addProposalRoutes, idOf, orThrow } from './proposal-routes.js';

const IMPORT_DOMAIN = 'otkel/fx/rate-import/v1';

/** Rates by import, for providers and feeds, and by hand, for two officers of the desk. */
export function createFxRateChangesRouter(rates: Pick<RateDesk, 'importRates' | 'proposals'>): Router {
  const router = Router();

  router.put('/v1/fx/rate-imports/:id', async (request, response) => {
    const { participant, keyId } = callerOf(response);
    const isProvider = participant.role === 'provider';
    if (!isProvider && participant.role !== 'rateFeed') throw new HttpProblem(refusal('FORBIDDEN'));
    const importId = idOf(request);
    const body = fieldsOf(largeJsonBody(request), 'the body', ['asOf', 'rates']);
    const cards = cardsOf(body.rates, isProvider ? participant.bic : null);
    const contentHash = sha256(IMPORT_DOMAIN, request.body as Buffer);
    const imported = await rates.importRates({
      caller: participant.bic,
      importId,
      contentHash,
      keyId,
      ownOnly: isProvider,
      asOf: timeOf(body.asOf, 'asOf'),
      cards,
    });
    const { importedAt } = orThrow(imported);
    response.json({ importId, importedAt: isoTime(importedAt), rateCount: cards.length });
  });

  addProposalRoutes(router, '/v1/fx/rate-proposals', {
    proposals: rates.proposals,
    member: 'rates',
    read: (value) => cardsOf(value, null),
    view: (cards) => cards.map(cardView),
  });

  return router;
}
