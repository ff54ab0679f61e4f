import type { ClientBase, Pool, QueryResultRow } from 'pg';
import type { QuoteId, Uetr } from '../kernel/ids.js';
import type { Sorted } from '../kernel/merge-sorted.js';
import { cursorPages } from '../ledger/cursor.pg.js';
import { decodeAttestations } from './attestation.js';
import type { SignerEntry } from './signer.js';
import type { StoredEquivocation } from './signer-store.js';
import { ENTRY_COLUMNS, toEntry } from './signer-store.pg.js';

/** What a co-signer's database has of payments, by payment: on the snapshot of the client. */
export interface SignerSources {
  readonly entries: Sorted<string, SignerEntry>;
  readonly claims: Sorted<string, { readonly pvpId: string; readonly quoteId: QuoteId }>;
  readonly equivocations: Sorted<string, StoredEquivocation>;
}

export function signerSources(client: ClientBase): SignerSources {
  return {
    entries: { pages: entryPages(client), keyOf: (entry) => entry.pvpId },
    claims: { pages: claimPages(client), keyOf: (claim) => claim.pvpId },
    equivocations: { pages: equivocationPages(client), keyOf: (evidence) => evidence.pvpId },
  };
}

async function* entryPages(client: ClientBase) {
  const query = `SELECT ${ENTRY_COLUMNS} FROM signer_journal ORDER BY pvp_id`;
  for await (const page of cursorPages<Parameters<typeof toEntry>[0]>(client, 'audit_journal', query))
    yield page.map(toEntry);
}

async function* claimPages(client: ClientBase) {
  const query = 'SELECT pvp_id, quote_id FROM signer_quote ORDER BY pvp_id, quote_id';
  for await (const page of cursorPages(client, 'audit_claims', query))
    yield page.map((row) => ({ pvpId: row.pvp_id as string, quoteId: row.quote_id as QuoteId }));
}

async function* equivocationPages(client: ClientBase) {
  const query = 'SELECT pvp_id, votes, found_at, closed_at FROM signer_equivocation ORDER BY pvp_id';
  for await (const page of cursorPages(client, 'audit_equivocations', query)) yield page.map(toEquivocation);
}

const toEquivocation = (row: QueryResultRow): StoredEquivocation => ({
  pvpId: row.pvp_id as Uetr,
  get votes() {
    return decodeAttestations(row.votes);
  },
  foundAt: Number(row.found_at),
  closedAt: row.closed_at === null ? null : Number(row.closed_at),
});

/** The newest evidence, open or not. */
export async function storedEquivocations(pool: Pool, limit: number): Promise<StoredEquivocation[]> {
  const { rows } = await pool.query({
    name: 'signer-stored-equivocations',
    text: `SELECT pvp_id, votes, found_at, closed_at FROM signer_equivocation
            ORDER BY closed_at IS NULL DESC, found_at DESC, pvp_id LIMIT $1`,
    values: [limit],
  });
  return rows.map(toEquivocation);
}
