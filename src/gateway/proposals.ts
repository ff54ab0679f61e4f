/** Changes of the FX desk's data under four eyes: one officer proposes, another one, by another key, decides. */
import type pg from 'pg';
import type { Clock } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { err, ok, type Result } from '../kernel/result.js';
import {
  type Decision,
  decideProposal,
  findProposal,
  keepProposal,
  newestProposals,
  type Proposal,
  type ProposalKind,
} from './proposal-store.pg.js';

export type { Decision, Proposal } from './proposal-store.pg.js';

export type ProposalStatus = 'proposed' | Decision | 'expired';

/** An approved proposal: who set what it says, and when. */
export interface Approved {
  readonly setBy: string;
  readonly approvedBy: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface Proposals<T> {
  /** Errors: `IDEMPOTENCY_CONFLICT`. */
  propose(proposalId: string, by: string, content: T): Promise<Result<Proposal<T>, Refusal>>;
  /** Errors: `NOT_FOUND`, `OFFICER_SAME`, `PROPOSAL_STATE`. The same decision by the same key again is the same. */
  decide(
    proposalId: string,
    by: string,
    decision: Decision,
    reason: string | null,
  ): Promise<Result<Proposal<T>, Refusal>>;
  newest(limit: number): Promise<readonly Proposal<T>[]>;
  statusOf(proposal: Pick<Proposal<T>, 'decision' | 'dueAt'>): ProposalStatus;
}

export interface ProposalsOptions<T> {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly kind: ProposalKind;
  /** How long a proposal waits, milliseconds. */
  readonly lifeMs: number;
  /** Does what an approved proposal says, in the transaction that approves it. */
  readonly carryOut: (client: pg.PoolClient, content: T, approved: Approved) => Promise<void>;
}

export function createProposals<T>({ pool, clock, kind, lifeMs, carryOut }: ProposalsOptions<T>): Proposals<T> {
  const statusOf: Proposals<T>['statusOf'] = ({ decision, dueAt }) =>
    decision ?? (clock.now() >= dueAt ? 'expired' : 'proposed');

  return {
    statusOf,
    newest: (limit) => newestProposals(pool, kind, limit),
    async propose(proposalId, by, content) {
      const proposedAt = clock.now();
      const proposal = { proposalId, kind, content, proposedBy: by, proposedAt, dueAt: proposedAt + lifeMs };
      const kept = await keepProposal(pool, proposal);
      const isSame =
        kept.kind === kind && kept.proposedBy === by && JSON.stringify(kept.content) === JSON.stringify(content);
      return isSame ? ok(kept) : err(refusal('IDEMPOTENCY_CONFLICT'));
    },
    async decide(proposalId, by, decision, reason) {
      const at = clock.now();
      const decided = await decideProposal<T>(
        pool,
        { proposalId, kind, decision, by, at, reason },
        (client, { content, proposedBy }) => carryOut(client, content, { setBy: proposedBy, approvedBy: by, at }),
      );
      const stands = await findProposal<T>(pool, proposalId);
      if (stands?.kind !== kind) return err(refusal('NOT_FOUND'));
      if (decided || (stands.decision === decision && stands.decidedBy === by)) return ok(stands);
      const isOwn = statusOf(stands) === 'proposed' && stands.proposedBy === by;
      return err(refusal(isOwn ? 'OFFICER_SAME' : 'PROPOSAL_STATE'));
    },
  };
}
