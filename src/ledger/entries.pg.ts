import type { QueryResultRow } from 'pg';
import type { Bic, WalletId } from '../kernel/ids.js';
import type { Entry, EntryKind, Pocket, PocketRow } from './model.js';
import { TRANSACTION_COLUMNS, toTransaction } from './rows.pg.js';
import type { EntryName, LedgerStore } from './store.js';
import type { Rows } from './store.pg.js';

/** Reads of the registry, of pockets of marked money, and of what concerned them. */
const NOTHING = new Uint8Array(0);

export const toEntry = (row: QueryResultRow): Entry => ({
  kind: row.kind as EntryKind,
  entryId: row.entry_id,
  ownerBic: row.owner_bic as Bic,
  body: row.body,
  state: row.state ?? NOTHING,
  open: row.open,
  dueAt: row.due_at === null ? null : Number(row.due_at),
});

const toPocket = (row: QueryResultRow): PocketRow => ({
  walletId: row.wallet_id as WalletId,
  markId: row.mark_id,
  markLevel: row.mark_level,
  amountMinor: BigInt(row.amount_minor),
  tokenCount: row.token_count,
});

const ENTRIES = `SELECT entry.* FROM unnest($1::text[], $2::text[]) AS asked (kind, entry_id)
  JOIN entry USING (kind, entry_id)`;
const ENTRIES_OF = 'SELECT * FROM entry WHERE kind = $1 AND entry_id > $2 ORDER BY entry_id LIMIT $3';
const ENTRIES_OF_OWNER = `SELECT * FROM entry WHERE kind = $1 AND owner_bic = $4 AND entry_id > $2
  ORDER BY entry_id LIMIT $3`;
const DUE = `SELECT * FROM entry WHERE kind = $1 AND open AND due_at IS NOT NULL AND due_at <= $2
  ORDER BY due_at, entry_id LIMIT $3`;
const POCKETS = `SELECT pocket.* FROM unnest($1::text[], $2::text[], $3::integer[]) AS asked (wallet_id, mark_id, mark_level)
  JOIN pocket USING (wallet_id, mark_id, mark_level)`;
const POCKETS_OF = `SELECT * FROM pocket WHERE wallet_id = $1 AND (mark_id, mark_level) > ($2::text, $3::integer)
  AND amount_minor > 0 ORDER BY mark_id, mark_level LIMIT $4`;
const POCKETS_OF_MARK = `SELECT * FROM pocket WHERE mark_id = $1 AND (wallet_id, mark_level) > ($2::text, $3::integer)
  AND amount_minor > 0 ORDER BY wallet_id, mark_level LIMIT $4`;
const COLUMNS = TRANSACTION_COLUMNS.split(', ').map((name) => `ledger_transaction.${name}`);
const TOPIC = `SELECT ${COLUMNS.join(', ')}, block.block_time FROM topic
  JOIN ledger_transaction USING (block_sequence, position) JOIN block ON block.sequence = topic.block_sequence
  WHERE topic.topic = $1 AND (topic.block_sequence, topic.position) > ($2::bigint, $3::integer)
  ORDER BY topic.block_sequence, topic.position LIMIT $4`;

export async function readEntries(rows: Rows, names: readonly EntryName[]): Promise<Entry[]> {
  if (names.length === 0) return [];
  const values = [names.map(({ kind }) => kind), names.map(({ entryId }) => entryId)];
  return (await rows('ledger-entries', ENTRIES, values)).map(toEntry);
}

export async function readPockets(rows: Rows, pockets: readonly Pocket[]): Promise<PocketRow[]> {
  if (pockets.length === 0) return [];
  const values = [
    pockets.map(({ walletId }) => walletId),
    pockets.map(({ markId }) => markId),
    pockets.map(({ markLevel }) => markLevel),
  ];
  return (await rows('ledger-pockets', POCKETS, values)).map(toPocket);
}

export function entryReads(rows: Rows) {
  return {
    entries: (names) => readEntries(rows, names),
    entriesOf: async (kind, ownerBic, after, limit) => {
      const values = [kind, after ?? '', limit];
      const found =
        ownerBic === null
          ? await rows('ledger-entries-of', ENTRIES_OF, values)
          : await rows('ledger-entries-of-owner', ENTRIES_OF_OWNER, [...values, ownerBic]);
      return found.map(toEntry);
    },
    dueEntries: async (kind, now, limit) => (await rows('ledger-entries-due', DUE, [kind, now, limit])).map(toEntry),
    pocketsOf: async (walletId, after, limit) => {
      const values = [walletId, after?.markId ?? '', after?.markLevel ?? -1, limit];
      return (await rows('ledger-pockets-of', POCKETS_OF, values)).map(toPocket);
    },
    pocketsOfMark: async (markId, after, limit) => {
      const values = [markId, after?.walletId ?? '', after?.markLevel ?? -1, limit];
      return (await rows('ledger-pockets-of-mark', POCKETS_OF_MARK, values)).map(toPocket);
    },
    topic: async (topic, after, limit) => {
      const values = [topic, after?.blockSequence ?? -1n, after?.position ?? -1, limit];
      return (await rows('ledger-topic', TOPIC, values)).map((row) => {
        const transaction = toTransaction(row);
        const { blockSequence, position } = transaction;
        return { blockSequence, position, time: Number(row.block_time), transaction };
      });
    },
  } satisfies Partial<LedgerStore>;
}
