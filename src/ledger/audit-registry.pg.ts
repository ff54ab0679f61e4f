import type { ClientBase } from 'pg';
import type { Report } from '../kernel/finding.js';
import { equalBytes } from '../kernel/hash.js';
import type { Bic, WalletId } from '../kernel/ids.js';
import type { AuditedTransaction } from './audit.js';
import { cursorPages } from './cursor.pg.js';
import { readEntries } from './entries.pg.js';
import { type Entry, entryKey } from './model.js';
import type { Wallet, WalletKind, WalletStatus } from './types.js';

/** Wallets that spends of a block pay. Their rows are compared with the blocks elsewhere, and their owner never changes. */
export async function paidWallets(
  client: ClientBase,
  transactions: readonly Pick<AuditedTransaction, 'kind' | 'creditWallet'>[],
): Promise<Map<WalletId, Wallet>> {
  const paid = transactions.filter(({ kind }) => kind === 'spend').flatMap(({ creditWallet }) => creditWallet ?? []);
  if (paid.length === 0) return new Map();
  const { rows } = await client.query({
    name: 'audit-paid-wallets',
    text: 'SELECT wallet_id, kind, owner_bic, status FROM wallet WHERE wallet_id = ANY($1::text[])',
    values: [paid],
  });
  const toWallet = (row: Record<string, string>): Wallet => ({
    walletId: row.wallet_id as WalletId,
    kind: row.kind as WalletKind,
    ownerBic: row.owner_bic as Bic,
    status: row.status as WalletStatus,
  });
  return new Map(rows.map(toWallet).map((wallet) => [wallet.walletId, wallet]));
}

/**
 * Compares the table of entries with what a block leaves of them. Where it has something else a later block must have
 * written the entry again: until then it stands in `unlike`, with the last block that wrote it.
 */
export async function auditEntries(
  client: ClientBase,
  entries: ReadonlyMap<string, Entry>,
  unlike: Map<string, bigint>,
  block: bigint,
): Promise<void> {
  const read = async (name: string, text: string, values: unknown[]) =>
    (await client.query({ name: `audit-${name}`, text, values })).rows;
  const found = new Map(
    (await readEntries(read, [...entries.values()])).map((entry) => [entryKey(entry.kind, entry.entryId), entry]),
  );
  for (const [key, entry] of entries) {
    const row = found.get(key);
    if (row && isSameEntry(row, entry)) unlike.delete(key);
    else unlike.set(key, block);
  }
}

const isSameEntry = (a: Entry, b: Entry): boolean =>
  a.ownerBic === b.ownerBic &&
  a.open === b.open &&
  a.dueAt === b.dueAt &&
  equalBytes(a.body, b.body) &&
  equalBytes(a.state, b.state);

/** Every entry has the topic of the transaction that wrote it, and topics are compared with the blocks. */
const UNRECORDED = `SELECT kind, entry_id FROM entry
  WHERE NOT EXISTS (SELECT FROM topic WHERE topic.topic = entry.kind || ':' || entry.entry_id) ORDER BY kind, entry_id`;

/** Tells of entries that are not, after all blocks, what the last one to write them says; and of those that none wrote. */
export async function auditUnrecordedEntries(
  client: ClientBase,
  unlike: ReadonlyMap<string, bigint>,
  report: Report,
  database: string,
): Promise<void> {
  for (const [key, block] of unlike)
    report({
      code: 'ENTRY_DIFFERS',
      database,
      table: 'entry',
      key,
      block,
      detail: 'it is missing, or not what the block left',
    });
  for await (const page of cursorPages(client, 'audit_entries', UNRECORDED))
    for (const { kind, entry_id: entryId } of page)
      report({
        code: 'ENTRY_UNRECORDED',
        database,
        table: 'entry',
        key: `${kind}:${entryId}`,
        detail: 'no block wrote it',
      });
}
