import type { Request, Response, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { isUuidV4 } from '../../kernel/ids.js';
import type { Result } from '../../kernel/result.js';
import { callerOf } from '../identity/authenticator.js';
import { largeJsonBody } from '../json-body.js';
import { HttpProblem } from '../problem.js';
import type { Decision, Proposal, Proposals } from '../proposals.js';
import { fieldsOf } from '../rate-json.js';

const SHOWN = 100;
const REASON_MAX = 400;

/** The value, or its error as an {@link HttpProblem}. */
export const orThrow = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new HttpProblem(result.error);
  return result.value;
};

/** The id in the path. Throws {@link HttpProblem}. */
export function idOf({ params }: Request): string {
  const id = String(params.id);
  if (!isUuidV4(id)) throw new HttpProblem(refusal('BAD_REQUEST', 'the id is a lower-case UUIDv4'));
  return id;
}

/** The key of the officer of the desk that calls. Throws {@link HttpProblem}. */
export function officerOf(response: Response): string {
  const { participant, keyId } = callerOf(response);
  if (participant.role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
  return keyId;
}

/** Throws {@link HttpProblem} unless the caller is of the desk or the operator. */
export function mustLookAfterDesk(response: Response): void {
  const { role } = callerOf(response).participant;
  if (role !== 'desk' && role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
}

export interface ProposalForm<T> {
  readonly proposals: Proposals<T>;
  /** The member of the body, and of what is shown, that has the content. */
  readonly member: string;
  /** Throws {@link HttpProblem}. */
  readonly read: (value: unknown) => T;
  readonly view: (content: T) => unknown;
}

/** `PUT path/{id}` proposes, `POST path/{id}/approve` and `…/refuse` decide, `GET path` shows the newest. */
export function addProposalRoutes<T>(router: Router, path: string, form: ProposalForm<T>): void {
  const { proposals, member } = form;
  const view = (proposal: Proposal<T>) => ({
    proposalId: proposal.proposalId,
    status: proposals.statusOf(proposal),
    [member]: form.view(proposal.content),
    proposedBy: proposal.proposedBy,
    proposedAt: isoTime(proposal.proposedAt),
    dueAt: isoTime(proposal.dueAt),
    decidedBy: proposal.decidedBy,
    decidedAt: proposal.decidedAt === null ? null : isoTime(proposal.decidedAt),
    reason: proposal.reason,
  });

  router.put(`${path}/:id`, async (request, response) => {
    const by = officerOf(response);
    const proposalId = idOf(request);
    const body = fieldsOf(largeJsonBody(request), 'the body', [member]);
    response.json(view(orThrow(await proposals.propose(proposalId, by, form.read(body[member])))));
  });

  router.get(path, async (_request, response) => {
    mustLookAfterDesk(response);
    response.json({ proposals: (await proposals.newest(SHOWN)).map(view) });
  });

  const decide = (name: string, decision: Decision) =>
    router.post(`${path}/:id/${name}`, async (request, response) => {
      const by = officerOf(response);
      const { reason = null } = fieldsOf(largeJsonBody(request), 'the body', ['reason']);
      const isReason = reason === null || (typeof reason === 'string' && reason.length <= REASON_MAX);
      if (!isReason) throw new HttpProblem(refusal('BAD_REQUEST', `reason has at most ${REASON_MAX} characters`));
      response.json(view(orThrow(await proposals.decide(idOf(request), by, decision, reason as string | null))));
    });
  decide('approve', 'approved');
  decide('refuse', 'refused');
}
