import { type Request, type Response, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { sha256 } from '../../kernel/hash.js';
import { isUuidV4 } from '../../kernel/ids.js';
import type { Result } from '../../kernel/result.js';
import { callerOf } from '../identity/authenticator.js';
import { largeJsonBody } from '../json-body.js';
import { HttpProblem } from '../problem.js';
import type { RateDesk } from '../rate-desk.js';
import { cardsOf, cardView, fieldsOf, timeOf } from '../rate-json.js';
import type { Decision, RateProposal } from '../rate-store.pg.js';

const PROPOSALS_SHOWN = 100;
const REASON_MAX = 400;
const IMPORT_DOMAIN = 'otkel/fx/rate-import/v1';

const orThrow = <T>(result: Result<T, ReturnType<typeof refusal>>): T => {
  if (!result.ok) throw new HttpProblem(result.error);
  return result.value;
};

function idOf({ params }: Request): string {
  const id = String(params.id);
  if (!isUuidV4(id)) throw new HttpProblem(refusal('BAD_REQUEST', 'the id is a lower-case UUIDv4'));
  return id;
}

/** Rates by import, for providers and feeds, and by hand, for two officers of the desk. */
export function createFxRateChangesRouter(
  rates: Pick<RateDesk, 'importRates' | 'propose' | 'decide' | 'proposals' | 'statusOf'>,
): Router {
  const router = Router();
  const officer = (response: Response): string => {
    const { participant, keyId } = callerOf(response);
    if (participant.role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
    return keyId;
  };
  const view = (proposal: RateProposal) => ({
    proposalId: proposal.proposalId,
    status: rates.statusOf(proposal),
    rates: proposal.cards.map(cardView),
    ...{ proposedBy: proposal.proposedBy, proposedAt: isoTime(proposal.proposedAt), dueAt: isoTime(proposal.dueAt) },
    decidedBy: proposal.decidedBy,
    decidedAt: proposal.decidedAt === null ? null : isoTime(proposal.decidedAt),
    reason: proposal.reason,
  });

  router.put('/v1/fx/rate-imports/:id', async (request, response) => {
    const { participant, keyId } = callerOf(response);
    const isProvider = participant.role === 'provider';
    if (!isProvider && participant.role !== 'rateFeed') throw new HttpProblem(refusal('FORBIDDEN'));
    const importId = idOf(request);
    const body = fieldsOf(largeJsonBody(request), 'the body', ['asOf', 'rates']);
    const cards = cardsOf(body.rates, isProvider ? participant.bic : null);
    const contentHash = sha256(IMPORT_DOMAIN, request.body as Buffer);
    const imported = await rates.importRates({
      ...{ caller: participant.bic, importId, contentHash, keyId, ownOnly: isProvider },
      ...{ asOf: timeOf(body.asOf, 'asOf'), cards },
    });
    const { importedAt } = orThrow(imported);
    response.json({ importId, importedAt: isoTime(importedAt), rateCount: cards.length });
  });

  router.put('/v1/fx/rate-proposals/:id', async (request, response) => {
    const by = officer(response);
    const proposalId = idOf(request);
    const body = fieldsOf(largeJsonBody(request), 'the body', ['rates']);
    response.json(view(orThrow(await rates.propose(proposalId, by, cardsOf(body.rates, null)))));
  });

  router.get('/v1/fx/rate-proposals', async (_request, response) => {
    const { role } = callerOf(response).participant;
    if (role !== 'desk' && role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
    response.json({ proposals: (await rates.proposals(PROPOSALS_SHOWN)).map(view) });
  });

  const decide = (path: string, decision: Decision) =>
    router.post(`/v1/fx/rate-proposals/:id/${path}`, async (request, response) => {
      const by = officer(response);
      const { reason = null } = fieldsOf(largeJsonBody(request), 'the body', ['reason']);
      const isReason = reason === null || (typeof reason === 'string' && reason.length <= REASON_MAX);
      if (!isReason) throw new HttpProblem(refusal('BAD_REQUEST', `reason has at most ${REASON_MAX} characters`));
      response.json(view(orThrow(await rates.decide(idOf(request), by, decision, reason as string | null))));
    });
  decide('approve', 'approved');
  decide('refuse', 'refused');

  return router;
}
