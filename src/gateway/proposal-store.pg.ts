/** Proposals of officers of the FX desk, of whatever kind, in the gateway's database. */
import type pg from 'pg';
import { inTransaction } from './platform/transaction.pg.js';

/** What is proposed: each kind has a content of its own. */
export type ProposalKind = 'rates' | 'limits' | 'tariffs';

export type Decision = 'approved' | 'refused';

/** What one officer proposes and another one decides; times are milliseconds, officers are ids of keys. */
export interface Proposal<T> {
  readonly proposalId: string;
  readonly kind: ProposalKind;
  /** As it was proposed: JSON. */
  readonly content: T;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly dueAt: number;
  readonly decision: Decision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
}

interface ProposalRow<T> {
  proposal_id: string;
  kind: ProposalKind;
  content: T;
  proposed_by: string;
  proposed_at: bigint | string;
  due_at: bigint | string;
  decision: Decision | null;
  decided_by: string | null;
  decided_at: bigint | string | null;
  reason: string | null;
}

const COLUMNS =
  'proposal_id, kind, content, proposed_by, proposed_at, due_at, decision, decided_by, decided_at, reason';

const toProposal = <T>(row: ProposalRow<T>): Proposal<T> => ({
  proposalId: row.proposal_id,
  kind: row.kind,
  content: row.content,
  proposedBy: row.proposed_by,
  proposedAt: Number(row.proposed_at),
  dueAt: Number(row.due_at),
  decision: row.decision,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at === null ? null : Number(row.decided_at),
  reason: row.reason,
});

type Undecided<T> = Pick<Proposal<T>, 'proposalId' | 'kind' | 'content' | 'proposedBy' | 'proposedAt' | 'dueAt'>;

/** Keeps a proposal unless its id is known; answers what stands under the id. */
export async function keepProposal<T>(pool: pg.Pool, proposal: Undecided<T>): Promise<Proposal<T>> {
  await pool.query({
    name: 'fx-propose',
    text: `INSERT INTO fx_proposal (proposal_id, kind, content, proposed_by, proposed_at, due_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    values: [
      ...[proposal.proposalId, proposal.kind, JSON.stringify(proposal.content), proposal.proposedBy],
      ...[proposal.proposedAt, proposal.dueAt],
    ],
  });
  const kept = await findProposal<T>(pool, proposal.proposalId);
  return kept ?? { ...proposal, decision: null, decidedBy: null, decidedAt: null, reason: null };
}

/** Of whatever kind: ids are of all of them. */
export async function findProposal<T>(pool: pg.Pool, proposalId: string): Promise<Proposal<T> | null> {
  const { rows } = await pool.query<ProposalRow<T>>({
    name: 'fx-proposal',
    text: `SELECT ${COLUMNS} FROM fx_proposal WHERE proposal_id = $1`,
    values: [proposalId],
  });
  return rows[0] ? toProposal(rows[0]) : null;
}

/** The newest proposals of a kind. */
export async function newestProposals<T>(pool: pg.Pool, kind: ProposalKind, limit: number): Promise<Proposal<T>[]> {
  const { rows } = await pool.query<ProposalRow<T>>({
    name: 'fx-proposals',
    text: `SELECT ${COLUMNS} FROM fx_proposal WHERE kind = $1 ORDER BY proposed_at DESC, proposal_id LIMIT $2`,
    values: [kind, limit],
  });
  return rows.map(toProposal);
}

export interface ProposalDecision {
  readonly proposalId: string;
  readonly kind: ProposalKind;
  readonly decision: Decision;
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
}

/**
 * Decides an open proposal, and in the same transaction does what it says if it is approved, which takes another key than
 * the one that proposed. Answers whether it did.
 */
export function decideProposal<T>(
  pool: pg.Pool,
  { proposalId, kind, decision, by, at, reason }: ProposalDecision,
  carryOut: (client: pg.PoolClient, proposal: Proposal<T>) => Promise<void>,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<ProposalRow<T>>({
      name: 'fx-decide-proposal',
      text: `UPDATE fx_proposal SET decision = $3, decided_by = $4, decided_at = $5, reason = $6
              WHERE proposal_id = $1 AND kind = $2 AND decision IS NULL AND due_at > $5
                AND ($3 = 'refused' OR proposed_by <> $4)
             RETURNING ${COLUMNS}`,
      values: [proposalId, kind, decision, by, at, reason],
    });
    const [row] = rows;
    if (row && decision === 'approved') await carryOut(client, toProposal(row));
    return row !== undefined;
  });
}
