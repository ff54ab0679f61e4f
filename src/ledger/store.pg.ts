import type { Pool, QueryResultRow } from 'pg';
import type { Bic, WalletId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { TOKEN_ID_LENGTH } from './canonical.js';
import { NO_HASH } from './chain.js';
import { commitBlock } from './commit.pg.js';
import { awaitedBy } from './domestic/event.js';
import { entryReads, readEntries, readPockets, toEntry } from './entries.pg.js';
import { historyReads } from './history.pg.js';
import {
  accountKey,
  entryKey,
  type LedgerHead,
  type LedgerIdentity,
  pocketKey,
  type StoredView,
  soleWalletKey,
  type Token,
} from './model.js';
import { TRANSACTION_COLUMNS, toHead, toHold, toToken, toTransaction, toWallet } from './rows.pg.js';
import { type AccountKey, LedgerFencedError, type LedgerStore, type TokenPage, type ViewRequest } from './store.js';
import { treeReads } from './tree.pg.js';
import { walletsOfHold } from './working.js';

/**
 * The ledger in PostgreSQL. Reads for a block run outside its transaction: there is one writer, and the guarded head
 * refuses the block of any other. Everything read for a block sits under an index over open items only, or under a
 * key that the commands name.
 */
export function createPgStore(pool: Pool): LedgerStore {
  const rows = async (name: string, text: string, values: unknown[]): Promise<QueryResultRow[]> =>
    (await pool.query({ name, text, values })).rows;
  const head = async (): Promise<LedgerHead> => {
    const [row] = await rows('ledger-head', 'SELECT * FROM ledger_head', []);
    invariant(row, 'an open ledger has a head');
    return toHead(row);
  };
  return {
    open: async (ledger, epochLeast) => {
      await raiseEpoch(pool, ledger, epochLeast);
      return head();
    },
    head,
    loadView: (request) => loadView(rows, request),
    loadTokens: (pages) => loadTokens(rows, pages),
    commitBlock: async (commit) => {
      await commitBlock(pool, commit);
      if (STATISTICS_AT.has(commit.block.header.sequence)) void refreshStatistics(pool);
    },
    unspentTokens: async (after, limit) => {
      const values = [after?.madeIn ?? -1n, after?.madeAt ?? -1, limit];
      const [row] = await rows('ledger-unspent', UNSPENT, values);
      if (!row) return { tokenIds: [], last: null };
      const ids = row.token_ids as Uint8Array;
      const tokenIds = Array.from({ length: ids.length / TOKEN_ID_LENGTH }, (_, i) =>
        ids.subarray(i * TOKEN_ID_LENGTH, (i + 1) * TOKEN_ID_LENGTH),
      );
      return { tokenIds, last: { madeIn: BigInt(row.made_in), madeAt: row.made_at } };
    },
    ...registerReads(rows),
    ...entryReads(rows),
    ...historyReads(rows),
    ...treeReads(rows),
  };
}

export type Rows = (name: string, text: string, values: unknown[]) => Promise<QueryResultRow[]>;

/**
 * Blocks after which the planner gets new statistics. Plans of prepared statements made while the tables were nearly
 * empty would go on reading whole tables until the server gets round to it by itself.
 */
const STATISTICS_AT: ReadonlySet<bigint> = new Set(Array.from({ length: 8 }, (_, i) => 4n ** BigInt(i + 2)));

/** The block is committed already: nobody waits for this, and whatever fails here may not reject it. */
async function refreshStatistics(pool: Pool): Promise<void> {
  try {
    await pool.query('ANALYZE token, hold, wallet, ledger_transaction');
  } catch {
    // The server's own statistics will do, later.
  }
}

/** All ids of a page as one value: a row for each would take ten times as long to read. */
const UNSPENT = `WITH page AS MATERIALIZED (
    SELECT made_in, made_at, token_id FROM token
    WHERE spent_in IS NULL AND (made_in, made_at) > ($1::bigint, $2::integer)
    ORDER BY made_in, made_at LIMIT $3
  )
  SELECT last.*, (SELECT string_agg(token_id, ''::bytea) FROM page) AS token_ids
  FROM (SELECT made_in, made_at FROM page ORDER BY made_in DESC, made_at DESC LIMIT 1) last`;

async function raiseEpoch(pool: Pool, ledger: LedgerIdentity, epochLeast: bigint): Promise<void> {
  await pool.query(
    `INSERT INTO ledger_head (code, currency, epoch, sequence, hash, issued_minor, redeemed_minor)
     VALUES ($1, $2, 0, 0, $3, 0, 0) ON CONFLICT (code) DO NOTHING`,
    [ledger.code, ledger.currency, NO_HASH],
  );
  const { rows } = await pool.query('SELECT code, currency, epoch FROM ledger_head');
  const [row] = rows;
  const own = rows.length === 1 && row.code === ledger.code && row.currency === ledger.currency;
  invariant(own, 'the database is of this ledger alone');
  const raised = await pool.query('UPDATE ledger_head SET epoch = greatest(epoch + 1, $2) WHERE epoch = $1', [
    row.epoch,
    epochLeast,
  ]);
  if (raised.rowCount !== 1) throw new LedgerFencedError('another writer of this ledger started at the same time');
}

const FREE = 'spent_in IS NULL AND NOT held AND mark_id IS NULL';
const MARKED =
  'spent_in IS NULL AND NOT held AND mark_id IS NOT NULL AND mark_id = page.mark_id AND mark_level = page.mark_level';
const TOKEN = 'token_id, wallet_id, amount_minor, mark_id, mark_level, made_in, made_at';
const PAGES = `FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::integer[], $5::integer[], $6::text[], $7::integer[])
    AS page (wallet_id, after_minor, after_in, after_at, page_limit, mark_id, mark_level)`;
const largest = (free: string): string => `SELECT t.* ${PAGES} CROSS JOIN LATERAL (
    SELECT ${TOKEN} FROM token WHERE wallet_id = page.wallet_id AND ${free}
      AND (amount_minor, made_in, made_at) < (page.after_minor, page.after_in, page.after_at)
    ORDER BY amount_minor DESC, made_in DESC, made_at DESC LIMIT page.page_limit) t`;
const smallest = (free: string): string => `SELECT t.* ${PAGES} CROSS JOIN LATERAL (
    SELECT ${TOKEN} FROM token WHERE wallet_id = page.wallet_id AND ${free}
    ORDER BY amount_minor, made_in, made_at LIMIT page.page_limit) t`;
/** Unmarked and marked money are under an index of their own each. */
const TOKEN_READS = [
  { from: 'largest', marked: false, text: largest(FREE) },
  { from: 'smallest', marked: false, text: smallest(FREE) },
  { from: 'largest', marked: true, text: largest(MARKED) },
  { from: 'smallest', marked: true, text: smallest(MARKED) },
] as const;
/** Above every amount there is. */
const BEFORE_ALL = { amountMinor: 9_223_372_036_854_775_807n, madeIn: 0n, madeAt: 0 };

async function loadTokens(rows: Rows, pages: readonly TokenPage[]): Promise<Token[]> {
  const found: Token[] = [];
  for (const { from, marked, text } of TOKEN_READS) {
    const wanted = pages.filter((page) => page.from === from && (page.markId !== null) === marked);
    if (wanted.length === 0) continue;
    const cursors = wanted.map((page) => page.after ?? BEFORE_ALL);
    const values = [
      wanted.map((page) => page.walletId),
      cursors.map((cursor) => cursor.amountMinor),
      cursors.map((cursor) => cursor.madeIn),
      cursors.map((cursor) => cursor.madeAt),
      wanted.map((page) => page.limit),
      wanted.map((page) => page.markId),
      wanted.map((page) => page.markLevel),
    ];
    found.push(...(await rows(`ledger-tokens-${from}${marked ? '-marked' : ''}`, text, values)).map(toToken));
  }
  return found;
}

const WALLETS = 'SELECT * FROM wallet WHERE wallet_id = ANY($1::text[])';
/** Holds as `toHold` reads them, to be followed by a condition. */
export const HOLD = `SELECT hold.*, placed.transaction_id AS placed_by, placed.data, ended.evidence FROM hold
  JOIN ledger_transaction placed ON placed.block_sequence = hold.placed_in AND placed.position = hold.placed_at
  LEFT JOIN ledger_transaction ended ON ended.block_sequence = hold.ended_in AND ended.position = hold.ended_by`;
const HOLDS = `${HOLD} WHERE hold.condition_ref = ANY($1::text[])`;
const HELD_TOKENS = `SELECT token.*, hold.condition_ref FROM hold
  JOIN token ON token.made_in = hold.placed_in AND token.made_at = hold.token_at
  WHERE hold.condition_ref = ANY($1::text[]) AND token.spent_in IS NULL`;
const REFERENCES = `SELECT ${TRANSACTION_COLUMNS} FROM ledger_transaction
  WHERE reference = ANY($1::text[]) AND kind IN ('issue', 'transfer', 'convert', 'mark', 'unmark', 'spend', 'withdraw', 'attribute', 'payInvoice', 'refundInvoice')`;
const ACCOUNTS = `SELECT account.agent_bic, account.account_mac, wallet.*
  FROM unnest($1::text[], $2::bytea[]) AS asked (agent_bic, account_mac)
  JOIN account USING (agent_bic, account_mac) JOIN wallet USING (wallet_id)`;
const SETTLEMENT = `SELECT * FROM wallet WHERE kind = 'settlement' AND owner_bic = ANY($1::text[])`;
const SOLE = `${SETTLEMENT}
  UNION ALL SELECT * FROM wallet WHERE kind = 'provider' AND owner_bic = ANY($1::text[])`;
const AWAITED = `SELECT DISTINCT unnest(ARRAY[credit_wallet, charge_wallet]) AS wallet_id FROM hold
  WHERE state = 'HELD' AND (credit_wallet = ANY($1::text[]) OR charge_wallet = ANY($1::text[]))`;
/** Open events whose terms have the bytes of a wallet's id: some of them may name it. Wallets are rarely closed. */
const AWAITED_EVENTS = `SELECT * FROM entry WHERE kind = 'event' AND open AND EXISTS (
  SELECT FROM unnest($1::text[]) AS wallet_id WHERE position(convert_to(wallet_id, 'UTF8') IN body) > 0)`;

async function loadView(rows: Rows, request: ViewRequest): Promise<StoredView> {
  const ask = async (name: string, text: string, keys: readonly unknown[]) =>
    keys.length === 0 ? [] : rows(name, text, [keys]);
  const holds = (await ask('ledger-holds', HOLDS, request.conditionRefs)).map(toHold);
  const open = holds.filter((hold) => hold.state === 'HELD').map((hold) => hold.conditionRef);
  const ofHolds = holds.flatMap(walletsOfHold);
  const held = (await ask('ledger-held-tokens', HELD_TOKENS, open)).map(toToken);
  const wallets = await ask('ledger-wallets', WALLETS, [...new Set([...request.walletIds, ...ofHolds])]);
  const sole = await ask('ledger-sole-wallets', SOLE, request.institutions);
  const awaited = await ask('ledger-awaited', AWAITED, request.closing);
  const events = (await ask('ledger-awaited-events', AWAITED_EVENTS, request.closing)).map(toEntry);
  const references = (await ask('ledger-references', REFERENCES, request.references)).map(toTransaction);
  const accounts = await readAccounts(rows, request.accounts);
  return {
    wallets: new Map(wallets.map(toWallet).map((row) => [row.walletId, row])),
    soleWallets: new Map(sole.map(toWallet).map((row) => [soleWalletKey(row), row.walletId])),
    awaited: new Set([...awaited.map((row) => row.wallet_id as WalletId), ...events.flatMap(awaitedBy)]),
    accounts: new Map(accounts.map((row) => [accountKey(row.agentBic, row.accountMac), row.wallet.walletId])),
    references: new Map(references.map((row) => [row.reference!, row])),
    holds: new Map(holds.map((hold) => [hold.conditionRef, hold])),
    heldTokens: new Map(held.map((token) => [token.conditionRef!, [token]])),
    pockets: new Map((await readPockets(rows, request.pockets)).map((row) => [pocketKey(row), row])),
    entries: new Map(
      (await readEntries(rows, request.entries)).map((entry) => [entryKey(entry.kind, entry.entryId), entry]),
    ),
  };
}

async function readAccounts(rows: Rows, keys: readonly AccountKey[]) {
  if (keys.length === 0) return [];
  const values = [keys.map((key) => key.agentBic), keys.map((key) => key.accountMac)];
  return (await rows('ledger-accounts-asked', ACCOUNTS, values)).map((row) => ({
    agentBic: row.agent_bic as Bic,
    accountMac: row.account_mac as Uint8Array,
    wallet: toWallet(row),
  }));
}

const WALLETS_OF = `SELECT * FROM wallet WHERE owner_bic = $1 AND wallet_id > $2 ORDER BY wallet_id LIMIT $3`;
const OPEN_HOLDS = `${HOLD} WHERE hold.state = 'HELD' AND hold.condition_kind = $1
  AND (hold.held_at, hold.condition_ref) > ($2::bigint, $3::text) ORDER BY hold.held_at, hold.condition_ref LIMIT $4`;

function registerReads(rows: Rows) {
  return {
    wallets: async (walletIds) => (await rows('ledger-wallets', WALLETS, [walletIds])).map(toWallet),
    walletsOf: async (ownerBic, after, limit) =>
      (await rows('ledger-wallets-of', WALLETS_OF, [ownerBic, after ?? '', limit])).map(toWallet),
    settlementWallet: async (ownerBic) => {
      const [row] = await rows('ledger-settlement', SETTLEMENT, [[ownerBic]]);
      return row ? toWallet(row) : null;
    },
    accounts: (keys) => readAccounts(rows, keys),
    holds: async (conditionRefs) => (await rows('ledger-holds', HOLDS, [conditionRefs])).map(toHold),
    openHolds: async (kind, after, limit) => {
      const values = [kind, after?.heldAt ?? -1, after?.conditionRef ?? '', limit];
      return (await rows('ledger-open-holds', OPEN_HOLDS, values)).map(toHold);
    },
  } satisfies Partial<LedgerStore>;
}
