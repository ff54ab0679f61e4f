import type { Pool } from 'pg';
import { invariant } from '../kernel/result.js';
import { inclusionProof } from './chain.js';
import type { HoldProof, TransactionProof } from './proof.js';
import { toBlock } from './rows.pg.js';

const NOTHING = new Uint8Array(0);

/** Proofs of holds by their condition references; one that is unknown is not among them. */
export async function holdProofs(pool: Pool, conditionRefs: readonly string[]): Promise<Map<string, HoldProof>> {
  const { rows } = await pool.query({
    name: 'ledger-hold-places',
    text: 'SELECT condition_ref, placed_in, placed_at, ended_in, ended_by FROM hold WHERE condition_ref = ANY($1::text[])',
    values: [conditionRefs],
  });
  const proofs = new Map<string, HoldProof>();
  for (const row of rows) {
    const placed = await transactionProof(pool, row.placed_in, row.placed_at);
    const isEndedThere = row.ended_in === row.placed_in && row.ended_by === row.placed_at;
    const endedLater = row.ended_in === null ? null : await transactionProof(pool, row.ended_in, row.ended_by);
    proofs.set(row.condition_ref, { placed, ended: isEndedThere ? placed : endedLater });
  }
  return proofs;
}

async function transactionProof(pool: Pool, sequence: bigint, position: number): Promise<TransactionProof> {
  const { rows: blocks } = await pool.query({
    name: 'ledger-proof-block',
    text: 'SELECT * FROM block WHERE sequence = $1',
    values: [sequence],
  });
  const { rows: ids } = await pool.query({
    name: 'ledger-proof-ids',
    text: 'SELECT transaction_id FROM ledger_transaction WHERE block_sequence = $1 ORDER BY position',
    values: [sequence],
  });
  const { rows } = await pool.query({
    name: 'ledger-proof-transaction',
    text: 'SELECT body, data, evidence FROM ledger_transaction WHERE block_sequence = $1 AND position = $2',
    values: [sequence, position],
  });
  invariant(blocks[0] && rows[0], 'a hold names transactions of the chain');
  const { path } = inclusionProof(
    ids.map((row) => row.transaction_id as Uint8Array),
    position,
  );
  const { body, data, evidence } = rows[0];
  return { block: toBlock(blocks[0]), body, position, path, data: data ?? NOTHING, evidence: evidence ?? NOTHING };
}
