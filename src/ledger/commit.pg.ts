import type { Pool, PoolClient } from 'pg';
import { packedColumns } from '../kernel/packed.js';
import type {
  AccountRow,
  Entry,
  HoldChange,
  MadeToken,
  NewTransaction,
  PocketRow,
  SpentToken,
  TopicRow,
  WalletRow,
} from './model.js';
import { type BlockCommit, CommitOutcomeUnknownError, LedgerFencedError } from './store.js';

/**
 * One block, one SQL statement, which is its own transaction: a guarded head, and for each table that changed one part
 * that writes all its rows. Every part reads the head's row first, so that a fenced writer writes nothing.
 */
interface Column<T> {
  readonly name: string;
  readonly type: 'text' | 'bigint' | 'integer' | 'boolean' | 'uuid' | 'bytea';
  readonly value: (row: T) => unknown;
}

/** What a block does to one table. */
interface Part<T> {
  readonly name: string;
  readonly rows: (commit: BlockCommit) => readonly T[];
  readonly columns: readonly Column<T>[];
  /** The modifying statement; `names` are the columns, `source` a row source with them called `given`. */
  readonly sql: (names: string, source: string) => string;
  /** The statement may find fewer rows than given, and then the block must fail. */
  readonly counted: boolean;
}

const column =
  (type: Column<unknown>['type']) =>
  <T>(name: string, value: (row: T) => unknown): Column<T> => ({ name, type, value });
const text = column('text');
const bigint = column('bigint');
const integer = column('integer');
const boolean = column('boolean');
const uuid = column('uuid');
const bytea = column('bytea');

const insert =
  (table: string, rest = '') =>
  (names: string, source: string) =>
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM head, ${source} ${rest}`;

const TRANSACTIONS: Part<NewTransaction> = {
  name: 'transactions',
  rows: ({ mutations }) => mutations.transactions,
  columns: [
    bigint('block_sequence', (row) => row.blockSequence),
    integer('position', (row) => row.position),
    integer('made_from', (row) => row.madeFrom),
    boolean('posted', (row) => row.posted),
    bigint('amount_minor', (row) => (row.posted ? row.amountMinor : null)),
    bytea('transaction_id', (row) => row.transactionId),
    text('kind', (row) => row.kind),
    text('reference', (row) => (row.posted ? row.reference : null)),
    text('debit_wallet', (row) => (row.posted ? row.debitWallet : null)),
    text('credit_wallet', (row) => (row.posted ? row.creditWallet : null)),
    bytea('body', (row) => row.body),
    bytea('data', (row) => unlessEmpty(row.data)),
    bytea('evidence', (row) => unlessEmpty(row.evidence)),
  ],
  sql: insert('ledger_transaction'),
  counted: false,
};

const unlessEmpty = (bytes: Uint8Array | null): Uint8Array | null => (bytes?.length === 0 ? null : bytes);

const MADE: Part<MadeToken> = {
  name: 'made',
  rows: ({ mutations }) => mutations.tokensMade,
  columns: [
    bigint('made_in', (row) => row.madeIn),
    integer('made_at', (row) => row.madeAt),
    integer('spent_at', (row) => row.spentAt),
    bigint('spent_in', (row) => (row.spentAt === null ? null : row.madeIn)),
    bigint('amount_minor', (row) => row.amountMinor),
    integer('mark_level', (row) => row.markLevel),
    boolean('held', (row) => row.conditionRef !== null),
    bytea('token_id', (row) => row.tokenId),
    text('wallet_id', (row) => row.walletId),
    text('mark_id', (row) => row.markId),
  ],
  sql: insert('token'),
  counted: false,
};

/**
 * Found by the primary key, whose page the row's new version is entered in anyway. An index of unspent tokens, which a plain
 * IS NULL would let the planner take, is one more page of a large ledger to read.
 */
const SPENT: Part<SpentToken> = {
  name: 'spent',
  rows: ({ mutations }) => mutations.tokensSpent,
  columns: [
    bigint('made_in', (row) => row.madeIn),
    integer('made_at', (row) => row.madeAt),
    integer('spent_at', (row) => row.spentAt),
  ],
  sql: (_names, source) =>
    `UPDATE token SET spent_in = head.sequence, spent_at = given.spent_at FROM head, ${source}
      WHERE token.made_in = given.made_in AND token.made_at = given.made_at AND (token.spent_in IS NULL) IS TRUE`,
  counted: true,
};

const OPENED: Part<WalletRow> = {
  name: 'opened',
  rows: ({ mutations }) => mutations.walletsOpened,
  columns: [
    text('wallet_id', (row) => row.walletId),
    text('kind', (row) => row.kind),
    text('owner_bic', (row) => row.ownerBic),
    text('status', (row) => row.status),
    bigint('available_minor', (row) => row.availableMinor),
    bigint('held_minor', (row) => row.heldMinor),
    bigint('marked_minor', (row) => row.markedMinor),
    integer('token_count', (row) => row.tokenCount),
  ],
  sql: insert('wallet'),
  counted: false,
};

const WALLETS: Part<WalletRow> = {
  name: 'wallets',
  rows: ({ mutations }) => mutations.wallets,
  columns: [
    text('wallet_id', (row) => row.walletId),
    text('status', (row) => row.status),
    bigint('available_minor', (row) => row.availableMinor),
    bigint('held_minor', (row) => row.heldMinor),
    bigint('marked_minor', (row) => row.markedMinor),
    integer('token_count', (row) => row.tokenCount),
  ],
  sql: (_names, source) =>
    `UPDATE wallet SET status = given.status, available_minor = given.available_minor,
        held_minor = given.held_minor, marked_minor = given.marked_minor, token_count = given.token_count
      FROM head, ${source} WHERE wallet.wallet_id = given.wallet_id`,
  counted: true,
};

const ACCOUNTS: Part<AccountRow> = {
  name: 'accounts',
  rows: ({ mutations }) => mutations.accounts,
  columns: [
    text('agent_bic', (row) => row.agentBic),
    bytea('account_mac', (row) => row.accountMac),
    text('wallet_id', (row) => row.walletId),
  ],
  sql: insert('account'),
  counted: false,
};

const POCKET_COLUMNS: readonly Column<PocketRow>[] = [
  text('wallet_id', (row) => row.walletId),
  text('mark_id', (row) => row.markId),
  integer('mark_level', (row) => row.markLevel),
  bigint('amount_minor', (row) => row.amountMinor),
  integer('token_count', (row) => row.tokenCount),
];
/** A pocket that loses money or tokens had them: it has a row. One that gains may be new. */
const isGain = ({ amountMinor, tokenCount }: PocketRow): boolean => amountMinor >= 0n && tokenCount >= 0;

const GAINED: Part<PocketRow> = {
  name: 'gained',
  rows: ({ mutations }) => mutations.pockets.filter(isGain),
  columns: POCKET_COLUMNS,
  sql: insert(
    'pocket',
    `ON CONFLICT (wallet_id, mark_id, mark_level) DO UPDATE
      SET amount_minor = pocket.amount_minor + excluded.amount_minor,
        token_count = pocket.token_count + excluded.token_count`,
  ),
  counted: false,
};

const LOST: Part<PocketRow> = {
  name: 'lost',
  rows: ({ mutations }) => mutations.pockets.filter((row) => !isGain(row)),
  columns: POCKET_COLUMNS,
  sql: (_names, source) =>
    `UPDATE pocket SET amount_minor = pocket.amount_minor + given.amount_minor,
        token_count = pocket.token_count + given.token_count
      FROM head, ${source} WHERE pocket.wallet_id = given.wallet_id AND pocket.mark_id = given.mark_id
        AND pocket.mark_level = given.mark_level`,
  counted: true,
};

const ENTRIES: Part<Entry> = {
  name: 'entries',
  rows: ({ mutations }) => mutations.entries,
  columns: [
    text('kind', (row) => row.kind),
    text('entry_id', (row) => row.entryId),
    text('owner_bic', (row) => row.ownerBic),
    boolean('open', (row) => row.open),
    bigint('due_at', (row) => row.dueAt),
    bytea('body', (row) => row.body),
    bytea('state', (row) => unlessEmpty(row.state)),
  ],
  sql: insert(
    'entry',
    `ON CONFLICT (kind, entry_id) DO UPDATE SET owner_bic = excluded.owner_bic, open = excluded.open,
      due_at = excluded.due_at, body = excluded.body, state = excluded.state`,
  ),
  counted: false,
};

const TOPICS: Part<TopicRow> = {
  name: 'topics',
  rows: ({ mutations }) => mutations.topics,
  columns: [
    text('topic', (row) => row.topic),
    bigint('block_sequence', (row) => row.blockSequence),
    integer('position', (row) => row.position),
  ],
  sql: insert('topic'),
  counted: false,
};

const HOLD_COLUMNS: readonly Column<HoldChange>[] = [
  text('condition_ref', ({ hold }) => hold.conditionRef),
  text('condition_kind', ({ hold }) => hold.conditionKind),
  text('state', ({ hold }) => hold.state),
  text('reason', ({ hold }) => hold.reason),
  bytea('condition_hash', ({ hold }) => hold.conditionHash),
  uuid('hold_id', ({ hold }) => hold.holdId),
  text('debit_wallet', ({ hold }) => hold.debitWallet),
  text('credit_wallet', ({ hold }) => hold.creditWallet),
  text('mark_id', ({ hold }) => hold.markId),
  text('credit_mark', ({ hold }) => hold.creditMark?.markId ?? null),
  integer('credit_mark_level', ({ hold }) => hold.creditMark?.markLevel ?? null),
  bigint('amount_minor', ({ hold }) => hold.amountMinor),
  text('charge_wallet', ({ hold }) => hold.charge?.walletId ?? null),
  bigint('charge_minor', ({ hold }) => hold.charge?.amountMinor ?? null),
  bigint('held_at', ({ hold }) => hold.heldAt),
  bigint('lapse_at', ({ hold }) => hold.lapseAt),
  bigint('ended_at', ({ hold }) => hold.endedAt),
  bigint('placed_in', ({ hold }) => hold.blockSequence),
  bigint('ended_in', ({ hold, endedAt }) => (endedAt === null ? null : hold.blockSequence)),
  integer('placed_at', ({ placedAt }) => placedAt),
  integer('ended_by', ({ endedAt }) => endedAt),
  integer('token_at', ({ token }) => token?.madeAt ?? null),
];

const PLACED: Part<HoldChange> = {
  name: 'placed',
  rows: ({ mutations }) => mutations.holdsPlaced,
  columns: HOLD_COLUMNS,
  sql: insert('hold'),
  counted: false,
};

const REPLACED: Part<HoldChange> = {
  name: 'replaced',
  rows: ({ mutations }) => mutations.holdsReplaced,
  columns: HOLD_COLUMNS,
  sql: (_names, source) =>
    `UPDATE hold SET ${HOLD_COLUMNS.map(({ name }) => `${name} = given.${name}`).join(', ')}
      FROM head, ${source} WHERE hold.condition_ref = given.condition_ref`,
  counted: true,
};

const ENDED: Part<HoldChange> = {
  name: 'ended',
  rows: ({ mutations }) => mutations.holdsEnded,
  columns: [
    text('condition_ref', ({ hold }) => hold.conditionRef),
    text('state', ({ hold }) => hold.state),
    text('reason', ({ hold }) => hold.reason),
    bigint('ended_at', ({ hold }) => hold.endedAt),
    integer('ended_by', ({ endedAt }) => endedAt),
  ],
  sql: (_names, source) =>
    `UPDATE hold SET state = given.state, reason = given.reason, ended_at = given.ended_at, ended_by = given.ended_by,
        ended_in = head.sequence
      FROM head, ${source} WHERE hold.condition_ref = given.condition_ref AND hold.ended_in IS NULL`,
  counted: true,
};

/** The order is that of the parameters. A part's rows and columns are of one type, which the list forgets. */
const PARTS = [
  TRANSACTIONS,
  MADE,
  SPENT,
  OPENED,
  WALLETS,
  ACCOUNTS,
  PLACED,
  REPLACED,
  ENDED,
  GAINED,
  LOST,
  ENTRIES,
  TOPICS,
] as unknown as readonly Part<unknown>[];

const HEAD_PARAMETERS = 13;
const HEAD_AND_BLOCK = `
  head AS (
    UPDATE ledger_head SET sequence = $2, hash = $3, issued_minor = $4, redeemed_minor = $5
      WHERE epoch = $6 AND sequence = $7 AND hash = $8 RETURNING sequence
  ), new_block AS (
    INSERT INTO block (sequence, previous_hash, merkle_root, block_time, transaction_count, epoch, hash, signature,
        issued_minor, redeemed_minor, confirmation)
    SELECT $2, $8, $9, $10, $11, $6, $3, $12, $4, $5, $13 FROM head
  )`;

const headValues = ({ previous, block, mutations }: BlockCommit): unknown[] => [
  ...[block.header.sequence, block.hash, mutations.issuedMinor, mutations.redeemedMinor],
  ...[previous.epoch, previous.sequence, previous.hash],
  ...[block.header.merkleRoot, block.header.time, block.header.transactionCount, block.signature],
  block.confirmation,
];

interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One statement for each set of parts that has occurred: few, as blocks of a kind change the same tables. */
const statements = new Map<string, Statement>();

function statementOf(parts: readonly Part<unknown>[]): Statement {
  // One digit a part: the server tells names apart by their first 63 characters.
  const name = `ledger-block-${PARTS.map((part) => (parts.includes(part) ? 1 : 0)).join('')}`;
  const known = statements.get(name);
  if (known) return known;
  let parameter = HEAD_PARAMETERS;
  const next = () => {
    parameter += 1;
    return `$${parameter}`;
  };
  const written = parts.map((part) => {
    const source = sourceOf(part, next);
    const names = part.columns.map((one) => one.name).join(', ');
    return `${part.name} AS (${part.sql(names, source)}${part.counted ? ' RETURNING 1' : ''})`;
  });
  const counts = parts
    .filter((part) => part.counted)
    .map((part) => `(SELECT count(*) FROM ${part.name}) = ${next()}::bigint`);
  // Dividing by zero is how a statement undoes itself.
  const done = `SELECT 1 / CASE WHEN ${['true', ...counts].join(' AND ')} THEN 1 ELSE 0 END FROM head`;
  const made = { name, text: `WITH ${[HEAD_AND_BLOCK, ...written].join(',\n')}\n${done}` };
  statements.set(name, made);
  return made;
}

/** Rows out of parameters: a column is an array, or lines of text; byte strings of all parts are cut out of the first. */
function sourceOf(part: Part<unknown>, next: () => string): string {
  const raw = part.columns.flatMap(({ name, type }): [name: string, array: string][] => {
    if (type === 'bytea') {
      const from = `${next()}::integer[]`;
      return [
        [`${name}_from`, from],
        [`${name}_length`, `${next()}::integer[]`],
      ];
    }
    return [[name, type === 'text' ? `string_to_array(${next()}::text, chr(10), '')` : `${next()}::${type}[]`]];
  });
  const cut = part.columns.map(({ name, type }) =>
    type === 'bytea' ? `substring($1::bytea FROM ${name}_from FOR ${name}_length) AS ${name}` : name,
  );
  const arrays = raw.map(([, array]) => array).join(', ');
  return `(SELECT ${cut.join(', ')} FROM unnest(${arrays}) AS raw (${raw.map(([name]) => name).join(', ')})) AS given`;
}

const arrayOf = (values: readonly unknown[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;
/** References, wallet ids and codes have no line breaks and are not empty: validate.ts and the types see to that. */
const linesOf = (values: readonly unknown[]): string => values.map((value) => value ?? '').join('\n');

/** Parameters of the statement. Everything but the byte strings travels as text that needs no quoting. */
function valuesOf(parts: readonly Part<unknown>[], commit: BlockCommit): unknown[] {
  const rowsOf = parts.map((part) => part.rows(commit));
  const binary = parts.flatMap(({ columns }, i) =>
    columns.filter(({ type }) => type === 'bytea').map(({ value }) => rowsOf[i]!.map(value) as (Uint8Array | null)[]),
  );
  const { bytes, places } = packedColumns(...binary);
  const placesInOrder = places.values();
  const nextPlaces = (): string => arrayOf(placesInOrder.next().value ?? []);
  const columns = parts.flatMap((part, i) => {
    const rows = rowsOf[i]!;
    return part.columns.flatMap(({ type, value }) => {
      if (type === 'text') return [linesOf(rows.map(value))];
      return type === 'bytea' ? [nextPlaces(), nextPlaces()] : [arrayOf(rows.map(value))];
    });
  });
  const counts = parts.flatMap((part, i) => (part.counted ? [rowsOf[i]!.length] : []));
  return [bytes, ...headValues(commit), ...columns, ...counts];
}

const DIVISION_BY_ZERO = '22012';

/** Writes a block. The head's row lock keeps out any other writer until this one is done. */
export async function commitBlock(pool: Pool, commit: BlockCommit): Promise<void> {
  const parts = PARTS.filter((part) => part.rows(commit).length > 0);
  const values = valuesOf(parts, commit);
  const client = await pool.connect();
  const rowCount = await write(client, { ...statementOf(parts), values });
  if (rowCount !== 1) throw new LedgerFencedError('the head of the ledger is not the one this block was formed on');
}

async function write(client: PoolClient, query: Statement & { values: unknown[] }): Promise<number | null> {
  try {
    const { rowCount } = await client.query(query);
    client.release();
    return rowCount;
  } catch (error) {
    const { severity, code } = error as { severity?: string; code?: string };
    if (severity === 'ERROR') {
      client.release();
      if (code !== DIVISION_BY_ZERO) throw error;
      throw new Error('invariant broken: a row that the block changes is not what the block says', { cause: error });
    }
    // The server may have committed before the connection broke; this connection can't tell any more.
    client.release(true);
    throw new CommitOutcomeUnknownError('the outcome of the commit is unknown', { cause: error });
  }
}
