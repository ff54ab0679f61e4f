/** Rates that are imported or proposed, and their history, in the gateway's database. */
import type pg from 'pg';
import type { Bic } from '../kernel/ids.js';
import type { CurrencyPair, NewRate } from '../pvp/desk-store.js';
import { insertRates } from '../pvp/desk-store.pg.js';
import type { StoredRate } from '../pvp/rates.js';
import { inTransaction } from './platform/transaction.pg.js';
import type { CardDraft } from './rate-json.js';

/** A batch of rates under an id of its sender's. */
export interface RateImport {
  readonly caller: Bic;
  readonly importId: string;
  readonly contentHash: Uint8Array;
  readonly importedAt: number;
}

/** Adds a batch once: answers when it was imported, or null when the id was used for other content. */
export function importOnce(
  pool: pg.Pool,
  { caller, importId, contentHash, importedAt }: RateImport,
  rates: readonly NewRate[],
): Promise<number | null> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query({
      name: 'fx-import-once',
      text: `INSERT INTO fx_rate_import (caller, import_id, content_hash, imported_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING`,
      values: [caller, importId, contentHash, importedAt],
    });
    if (rowCount === 1) {
      await insertRates(client, rates);
      return importedAt;
    }
    return importedBefore(client, { caller, importId, contentHash });
  });
}

/** When this batch was imported; null when it was not, `other` content of the id included. */
export async function importedBefore(
  client: pg.Pool | pg.PoolClient,
  { caller, importId, contentHash }: Omit<RateImport, 'importedAt'>,
): Promise<number | null> {
  const { rows } = await client.query<{ imported_at: bigint | string }>({
    name: 'fx-imported-before',
    text: 'SELECT imported_at FROM fx_rate_import WHERE caller = $1 AND import_id = $2 AND content_hash = $3',
    values: [caller, importId, contentHash],
  });
  return rows[0] ? Number(rows[0].imported_at) : null;
}

export type Decision = 'approved' | 'refused';

/** Rates that one officer proposes; times are milliseconds, officers are ids of keys. */
export interface RateProposal {
  readonly proposalId: string;
  readonly cards: readonly CardDraft[];
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly dueAt: number;
  readonly decision: Decision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
}

interface ProposalRow {
  proposal_id: string;
  cards: readonly CardDraft[];
  proposed_by: string;
  proposed_at: bigint | string;
  due_at: bigint | string;
  decision: Decision | null;
  decided_by: string | null;
  decided_at: bigint | string | null;
  reason: string | null;
}

const COLUMNS = 'proposal_id, cards, proposed_by, proposed_at, due_at, decision, decided_by, decided_at, reason';

const toProposal = (row: ProposalRow): RateProposal => ({
  ...{ proposalId: row.proposal_id, cards: row.cards, proposedBy: row.proposed_by },
  ...{ proposedAt: Number(row.proposed_at), dueAt: Number(row.due_at), decision: row.decision },
  ...{ decidedBy: row.decided_by, decidedAt: row.decided_at === null ? null : Number(row.decided_at) },
  reason: row.reason,
});

type Undecided = Pick<RateProposal, 'proposalId' | 'cards' | 'proposedBy' | 'proposedAt' | 'dueAt'>;

/** Keeps a proposal unless its id is known; answers what stands under the id. */
export async function keepProposal(pool: pg.Pool, proposal: Undecided): Promise<RateProposal> {
  await pool.query({
    name: 'fx-propose',
    text: `INSERT INTO fx_rate_proposal (proposal_id, cards, proposed_by, proposed_at, due_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    values: [
      ...[proposal.proposalId, JSON.stringify(proposal.cards), proposal.proposedBy],
      ...[proposal.proposedAt, proposal.dueAt],
    ],
  });
  const kept = await findProposal(pool, proposal.proposalId);
  return kept ?? { ...proposal, decision: null, decidedBy: null, decidedAt: null, reason: null };
}

export async function findProposal(pool: pg.Pool, proposalId: string): Promise<RateProposal | null> {
  const { rows } = await pool.query<ProposalRow>({
    name: 'fx-proposal',
    text: `SELECT ${COLUMNS} FROM fx_rate_proposal WHERE proposal_id = $1`,
    values: [proposalId],
  });
  return rows[0] ? toProposal(rows[0]) : null;
}

/** The newest proposals; open ones are those of which neither a decision nor the end has come. */
export async function newestProposals(pool: pg.Pool, limit: number): Promise<RateProposal[]> {
  const { rows } = await pool.query<ProposalRow>({
    name: 'fx-proposals',
    text: `SELECT ${COLUMNS} FROM fx_rate_proposal ORDER BY proposed_at DESC, proposal_id LIMIT $1`,
    values: [limit],
  });
  return rows.map(toProposal);
}

export interface ProposalDecision {
  readonly proposalId: string;
  readonly decision: Decision;
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
}

/**
 * Decides an open proposal, and sets its rates with that if it is approved, which takes another key than the one that
 * proposed. Answers whether it did.
 */
export function decideProposal(
  pool: pg.Pool,
  { proposalId, decision, by, at, reason }: ProposalDecision,
  ratesOf: (proposal: RateProposal) => readonly NewRate[],
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<ProposalRow>({
      name: 'fx-decide-proposal',
      text: `UPDATE fx_rate_proposal SET decision = $2, decided_by = $3, decided_at = $4, reason = $5
              WHERE proposal_id = $1 AND decision IS NULL AND due_at > $4 AND ($2 = 'refused' OR proposed_by <> $3)
             RETURNING ${COLUMNS}`,
      values: [proposalId, decision, by, at, reason],
    });
    const [row] = rows;
    if (row && decision === 'approved') await insertRates(client, ratesOf(toProposal(row)));
    return row !== undefined;
  });
}

interface HistoryRow {
  found: StoredRate;
}

/** The cards of a pair, whichever way round, the newest first; `before` is the sequence where the page before ended. */
export async function rateHistory(
  pool: pg.Pool,
  { sourceCurrency, targetCurrency }: CurrencyPair,
  {
    provider,
    before,
    limit,
  }: { readonly provider: Bic | null; readonly before: string | null; readonly limit: number },
): Promise<StoredRate[]> {
  const { rows } = await pool.query<HistoryRow>({
    name: 'fx-rate-history',
    text: `SELECT json_build_object('sequence', sequence, 'card', card, 'asOf', as_of, 'setAt', set_at, 'setBy', set_by,
                  'approvedBy', approved_by) AS found
             FROM fx_rate_card
            WHERE least(unit_currency, quoted_currency) = least($1::text, $2::text)
              AND greatest(unit_currency, quoted_currency) = greatest($1::text, $2::text)
              AND ($3::text IS NULL OR provider_bic = $3) AND ($4::bigint IS NULL OR sequence < $4)
            ORDER BY sequence DESC LIMIT $5`,
    values: [sourceCurrency, targetCurrency, provider, before, limit],
  });
  return rows.map(({ found }) => found);
}
