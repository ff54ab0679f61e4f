import { type Response, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import type { LedgerCode, Uetr } from '../../kernel/ids.js';
import type { Doubt } from '../../pvp/doubt.js';
import type { StoredEquivocation } from '../../pvp/signer-store.js';
import { statementJson } from '../evidence-json.js';
import { callerOf } from '../identity/authenticator.js';
import type { PaymentRecord, PaymentState } from '../payment.js';
import { HttpProblem } from '../problem.js';

function requireOperator(response: Response): void {
  if (callerOf(response).participant.role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
}

/** What is in doubt, since when (milliseconds), and whose answer is missing. */
export interface InDoubt {
  readonly since: number;
  readonly waitingFor: readonly LedgerCode[];
  /** `DECIDED`: every co-signer said COMMIT, and a leg is not applied. Otherwise a vote is not known. */
  readonly state: PaymentState;
}

/** Nobody decides anything here: whoever runs a jurisdiction that does not answer must bring it back. */
export const inDoubtView = ({ since, waitingFor, state }: InDoubt) => ({
  since: isoTime(since),
  waitingFor,
  cause: state === 'DECIDED' ? 'LEG_NOT_APPLIED' : 'VOTE_UNKNOWN',
  whoMustAct: waitingFor.map((ledger) => `operator of jurisdiction ${ledger}`),
});

/** What a payment waits for, an event or liquidity, since when, and who must act; null where it waits for nothing. */
export function paymentWaitsFor({ status, state, doubt, facts: { event, queue } }: PaymentRecord) {
  if (state !== 'WAITING' || status !== 'PDNG') return null;
  if (queue)
    return {
      cause: 'LIQUIDITY_AWAITED',
      priority: queue.priority,
      since: isoTime(queue.since),
      until: isoTime(queue.until),
      whoMustAct: [`FX providers of ${queue.source}-${queue.destination}`],
    };
  return doubt && event
    ? {
        cause: 'EVENT_AWAITED',
        ledger: event.ledger,
        eventId: event.eventId,
        since: isoTime(doubt.since),
        until: event.expiresAt === null ? null : isoTime(event.expiresAt),
        whoMustAct: [
          ...event.providerIds.map((providerId) => `event provider ${providerId}`),
          `oracle of jurisdiction ${event.ledger}`,
        ],
      }
    : null;
}

/** Null for a payment that is not in doubt. */
export const paymentInDoubt = ({ status, state, doubt }: PaymentRecord) =>
  status === 'PDNG' && state !== 'WAITING' && doubt ? inDoubtView({ ...doubt, state }) : null;

/** `GET /v1/doubts`: payments that are `PDNG`, for the operator, the oldest doubt first. */
export function createDoubtsRouter(payments: () => Promise<readonly PaymentRecord[]>): Router {
  const router = Router();
  router.get('/v1/doubts', async (_request, response) => {
    requireOperator(response);
    const found = await payments();
    response.json({
      payments: found.map((payment) => ({
        uetr: payment.uetr,
        sender: payment.sender,
        msgId: payment.msgId,
        acceptedAt: isoTime(payment.acceptedAt),
        inDoubt: paymentInDoubt(payment),
      })),
    });
  });
  return router;
}

export interface CorridorParts {
  /** Legs that voted COMMIT and wait for a peer. */
  readonly doubts: () => readonly Doubt[];
  readonly equivocations: () => Promise<readonly StoredEquivocation[]>;
  readonly isFrozen: () => boolean;
  readonly unfreeze: () => Promise<void>;
}

/**
 * What an operator of a jurisdiction sees and does, under the ledger's own path: legs in doubt, stored contradictions,
 * and the end of a freeze, which needs the operator's signature like every request.
 */
export function createCorridorRouter({ doubts, equivocations, isFrozen, unfreeze }: CorridorParts): Router {
  const router = Router();
  router.get('/doubts', (_request, response) => {
    requireOperator(response);
    const legs = [...doubts()].sort((a, b) => a.entry.decidedAt - b.entry.decidedAt);
    response.json({
      legs: legs.map(({ pvpId, entry, waitingFor }) => ({
        uetr: pvpId,
        inDoubt: inDoubtView({ since: entry.decidedAt, waitingFor, state: 'PREPARING' }),
      })),
    });
  });
  router.get('/equivocations', async (_request, response) => {
    requireOperator(response);
    response.json({ frozen: isFrozen(), evidence: (await equivocations()).map(equivocationView) });
  });
  router.post('/unfreeze', async (_request, response) => {
    requireOperator(response);
    await unfreeze();
    response.json({ frozen: isFrozen(), evidence: (await equivocations()).map(equivocationView) });
  });
  return router;
}

const equivocationView = ({ pvpId, votes, foundAt, closedAt }: StoredEquivocation) => ({
  uetr: pvpId satisfies Uetr,
  cause: votes.length > 0 ? 'EQUIVOCATION' : 'FUNDS_GONE',
  foundAt: isoTime(foundAt),
  closedAt: closedAt === null ? null : isoTime(closedAt),
  votes: votes.map(statementJson),
});
