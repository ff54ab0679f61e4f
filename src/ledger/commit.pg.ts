import type { ClientBase, Pool, PoolClient } from 'pg';
import { packed } from '../kernel/packed.js';
import type { AccountRow, LedgerTransaction, MadeToken, SpentToken, WalletRow } from './model.js';
import { type BlockCommit, CommitOutcomeUnknownError, LedgerFencedError } from './store.js';
import type { Hold } from './types.js';

/** One block, one SQL transaction: a guarded head, then one bulk statement per table that changed. */
type Column<T> = readonly [name: string, type: string, value: (row: T) => unknown];

const column = <T>(name: string, type: string, value: (row: T) => unknown): Column<T> => [name, type, value];

/**
 * The statement that writes all rows at once: arrays travel as parameters and are unnested in the server, byte strings of
 * all columns packed into one parameter.
 */
function bulk<T>(name: string, columns: readonly Column<T>[], sql: (names: string, source: string) => string) {
  const names = columns.map(([column]) => column).join(', ');
  const text = sql(names, sourceOf(columns));
  return async (client: ClientBase, rows: readonly T[]): Promise<void> => {
    if (rows.length === 0) return;
    const { rowCount } = await client.query({ name, text, values: valuesOf(columns, rows) });
    if (rowCount !== rows.length) throw new Error(`invariant broken: ${name} wrote ${rowCount} of ${rows.length} rows`);
  };
}

const isBinary = <T>([, type]: Column<T>): boolean => type === 'bytea';

function sourceOf<T>(columns: readonly Column<T>[]): string {
  const raw = columns.flatMap((one) => {
    const [name, type] = one;
    return isBinary(one) ? [`${name}_at integer`, `${name}_length integer`] : [`${name} ${type}`];
  });
  const first = columns.some(isBinary) ? 2 : 1;
  const arrays = raw.map((one, i) => `$${i + first}::${one.split(' ')[1]}[]`).join(', ');
  const cut = columns.map((one) => {
    const [name] = one;
    return isBinary(one) ? `substring($1::bytea FROM ${name}_at FOR ${name}_length) AS ${name}` : name;
  });
  const rawNames = raw.map((one) => one.split(' ')[0]).join(', ');
  return `(SELECT ${cut.join(', ')} FROM unnest(${arrays}) AS raw (${rawNames})) AS given`;
}

function valuesOf<T>(columns: readonly Column<T>[], rows: readonly T[]): unknown[] {
  const binary = columns.filter(isBinary).flatMap(([, , value]) => rows.map(value)) as (Uint8Array | null)[];
  const { bytes, starts, lengths } = packed(binary);
  let at = 0;
  const arrays = columns.flatMap((one) => {
    if (!isBinary(one)) return [rows.map(one[2])];
    const from = at;
    at += rows.length;
    return [starts.slice(from, at), lengths.slice(from, at)];
  });
  return binary.length > 0 ? [bytes, ...arrays] : arrays;
}

const insert =
  (table: string, rest = '') =>
  (names: string, source: string) =>
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source} ${rest}`;

const insertTransactions = bulk<LedgerTransaction>(
  'ledger-put-transactions',
  [
    column('block_sequence', 'bigint', (row) => row.blockSequence),
    column('position', 'integer', (row) => row.position),
    column('transaction_id', 'bytea', (row) => row.transactionId),
    column('kind', 'text', (row) => row.kind),
    column('reference', 'text', (row) => row.reference),
    column('debit_wallet', 'text', (row) => row.debitWallet),
    column('credit_wallet', 'text', (row) => row.creditWallet),
    column('amount_minor', 'bigint', (row) => row.amountMinor),
    column('posted', 'boolean', (row) => row.posted),
    column('body', 'bytea', (row) => row.body),
  ],
  insert('ledger_transaction'),
);

const insertTokens = bulk<MadeToken>(
  'ledger-tokens-made',
  [
    column('made_in', 'bigint', (row) => row.madeIn),
    column('made_at', 'integer', (row) => row.madeAt),
    column('token_id', 'bytea', (row) => row.tokenId),
    column('wallet_id', 'text', (row) => row.walletId),
    column('amount_minor', 'bigint', (row) => row.amountMinor),
    column('mark_id', 'text', (row) => row.markId),
    column('mark_level', 'integer', (row) => row.markLevel),
    column('condition_ref', 'text', (row) => row.conditionRef),
    column('made_by', 'bytea', (row) => row.madeBy),
    column('spent_by', 'bytea', (row) => row.spentBy),
  ],
  insert('token'),
);

const spendTokens = bulk<SpentToken>(
  'ledger-tokens-spent',
  [
    column('made_in', 'bigint', (row) => row.madeIn),
    column('made_at', 'integer', (row) => row.madeAt),
    column('spent_by', 'bytea', (row) => row.spentBy),
  ],
  (_names, source) =>
    `UPDATE token SET spent_by = given.spent_by FROM ${source}
      WHERE token.made_in = given.made_in AND token.made_at = given.made_at AND token.spent_by IS NULL`,
);

const putWallets = bulk<WalletRow>(
  'ledger-put-wallets',
  [
    column('wallet_id', 'text', (row) => row.walletId),
    column('kind', 'text', (row) => row.kind),
    column('owner_bic', 'text', (row) => row.ownerBic),
    column('status', 'text', (row) => row.status),
    column('available_minor', 'bigint', (row) => row.availableMinor),
    column('held_minor', 'bigint', (row) => row.heldMinor),
    column('marked_minor', 'bigint', (row) => row.markedMinor),
    column('token_count', 'integer', (row) => row.tokenCount),
  ],
  insert(
    'wallet',
    `ON CONFLICT (wallet_id) DO UPDATE SET status = excluded.status, available_minor = excluded.available_minor,
       held_minor = excluded.held_minor, marked_minor = excluded.marked_minor, token_count = excluded.token_count`,
  ),
);

const insertAccounts = bulk<AccountRow>(
  'ledger-put-accounts',
  [
    column('agent_bic', 'text', (row) => row.agentBic),
    column('account_mac', 'bytea', (row) => row.accountMac),
    column('wallet_id', 'text', (row) => row.walletId),
  ],
  insert('account'),
);

const HOLD_COLUMNS: readonly Column<Hold>[] = [
  column('condition_ref', 'text', (row) => row.conditionRef),
  column('condition_kind', 'text', (row) => row.conditionKind),
  column('condition_hash', 'bytea', (row) => row.conditionHash),
  column('hold_id', 'text', (row) => row.holdId),
  column('debit_wallet', 'text', (row) => row.debitWallet),
  column('credit_wallet', 'text', (row) => row.creditWallet),
  column('amount_minor', 'bigint', (row) => row.amountMinor),
  column('mark_id', 'text', (row) => row.markId),
  column('state', 'text', (row) => row.state),
  column('held_at', 'bigint', (row) => row.heldAt),
  column('lapse_at', 'bigint', (row) => row.lapseAt),
  column('data', 'bytea', (row) => row.data),
  column('evidence', 'bytea', (row) => row.evidence),
  column('reason', 'text', (row) => row.reason),
  column('ended_at', 'bigint', (row) => row.endedAt),
  column('block_sequence', 'bigint', (row) => row.blockSequence),
  column('token_ids', 'bytea', (row) => Buffer.concat(row.tokenIds)),
];

const placeHolds = bulk<Hold>(
  'ledger-holds-placed',
  HOLD_COLUMNS,
  insert(
    'hold',
    `ON CONFLICT (condition_ref) DO UPDATE SET ${HOLD_COLUMNS.slice(1)
      .map(([name]) => `${name} = excluded.${name}`)
      .join(', ')}`,
  ),
);

const endHolds = bulk<Hold>(
  'ledger-holds-ended',
  [
    column('condition_ref', 'text', (row) => row.conditionRef),
    column('state', 'text', (row) => row.state),
    column('evidence', 'bytea', (row) => row.evidence),
    column('reason', 'text', (row) => row.reason),
    column('ended_at', 'bigint', (row) => row.endedAt),
    column('block_sequence', 'bigint', (row) => row.blockSequence),
  ],
  (_names, source) =>
    `UPDATE hold SET state = given.state, evidence = given.evidence, reason = given.reason,
        ended_at = given.ended_at, block_sequence = given.block_sequence
      FROM ${source} WHERE hold.condition_ref = given.condition_ref AND hold.state = 'HELD'`,
);

const HEAD_AND_BLOCK = `
  WITH head AS (
    UPDATE ledger_head SET sequence = $1, hash = $2, issued_minor = $3, redeemed_minor = $4
      WHERE epoch = $5 AND sequence = $6 AND hash = $7 RETURNING code
  )
  INSERT INTO block (sequence, previous_hash, merkle_root, block_time, transaction_count, epoch, hash, signature)
  SELECT $1, $7, $8, $9, $10, $5, $2, $11 FROM head`;

async function moveHead(client: ClientBase, { previous, block, mutations }: BlockCommit): Promise<void> {
  const { header, hash, signature } = block;
  const { rowCount } = await client.query({
    name: 'ledger-head-and-block',
    text: HEAD_AND_BLOCK,
    values: [
      ...[header.sequence, hash, mutations.issuedMinor, mutations.redeemedMinor, previous.epoch, previous.sequence],
      ...[header.previousHash, header.merkleRoot, header.time, header.transactionCount, signature],
    ],
  });
  if (rowCount !== 1) throw new LedgerFencedError('the head of the ledger is not the one this block was formed on');
}

/** Writes a block. The head goes first: its row lock keeps out any other writer until this one is done. */
export async function commitBlock(pool: Pool, commit: BlockCommit): Promise<void> {
  const { mutations } = commit;
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await moveHead(client, commit);
    await insertTransactions(client, mutations.transactions);
    await spendTokens(client, mutations.tokensSpent);
    await insertTokens(client, mutations.tokensMade);
    await putWallets(client, mutations.wallets);
    await insertAccounts(client, mutations.accounts);
    await placeHolds(client, mutations.holdsPlaced);
    await endHolds(client, mutations.holdsEnded);
  } catch (error) {
    await abandon(client);
    throw error;
  }
  try {
    await client.query('COMMIT');
  } catch (error) {
    // The server may have committed before the connection broke; this connection can't tell any more.
    client.release(true);
    throw new CommitOutcomeUnknownError('the outcome of the commit is unknown', { cause: error });
  }
  client.release();
}

/** Rolls back; a connection on which even that fails is thrown away, which rolls back as well. */
async function abandon(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}
