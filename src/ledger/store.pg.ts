import type { Pool, QueryResultRow } from 'pg';
import type { Bic, WalletId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { NO_HASH } from './chain.js';
import { commitBlock } from './commit.pg.js';
import { historyReads } from './history.pg.js';
import { accountKey, type BlockView, type LedgerHead, type LedgerIdentity, type Token } from './model.js';
import { toHead, toHold, toToken, toTransaction, toWallet } from './rows.pg.js';
import { LedgerFencedError, type LedgerStore, type TokenPage, type ViewRequest } from './store.js';

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
    open: async (ledger) => {
      await raiseEpoch(pool, ledger);
      return head();
    },
    head,
    loadView: (current, request) => loadView(rows, current, request),
    loadTokens: (pages) => loadTokens(rows, pages),
    commitBlock: async (commit) => {
      await commitBlock(pool, commit);
      if (STATISTICS_AT.has(commit.block.header.sequence)) await refreshStatistics(pool);
    },
    unspentTokens: async (after, limit) => {
      const values = [after?.madeIn ?? -1n, after?.madeAt ?? -1, limit];
      return (await rows('ledger-unspent', UNSPENT, values)).map(toToken);
    },
    ...registerReads(rows),
    ...historyReads(rows),
  };
}

export type Rows = (name: string, text: string, values: unknown[]) => Promise<QueryResultRow[]>;

/**
 * Blocks after which the planner gets new statistics. Plans of prepared statements made while the tables were nearly
 * empty would go on reading whole tables until the server gets round to it by itself.
 */
const STATISTICS_AT: ReadonlySet<bigint> = new Set(Array.from({ length: 8 }, (_, i) => 4n ** BigInt(i + 2)));

/** The block is committed already: whatever fails here may not reject it. */
async function refreshStatistics(pool: Pool): Promise<void> {
  try {
    await pool.query('ANALYZE token, hold, wallet, ledger_transaction');
  } catch {
    // The server's own statistics will do, later.
  }
}

const UNSPENT = `SELECT * FROM token WHERE spent_by IS NULL AND (made_in, made_at) > ($1::bigint, $2::integer)
  ORDER BY made_in, made_at LIMIT $3`;

async function raiseEpoch(pool: Pool, ledger: LedgerIdentity): Promise<void> {
  await pool.query(
    `INSERT INTO ledger_head (code, currency, epoch, sequence, hash, issued_minor, redeemed_minor)
     VALUES ($1, $2, 0, 0, $3, 0, 0) ON CONFLICT (code) DO NOTHING`,
    [ledger.code, ledger.currency, NO_HASH],
  );
  const { rows } = await pool.query('SELECT code, currency, epoch FROM ledger_head');
  const [row] = rows;
  const own = rows.length === 1 && row.code === ledger.code && row.currency === ledger.currency;
  invariant(own, 'the database is of this ledger alone');
  const raised = await pool.query('UPDATE ledger_head SET epoch = epoch + 1 WHERE epoch = $1', [row.epoch]);
  if (raised.rowCount !== 1) throw new LedgerFencedError('another writer of this ledger started at the same time');
}

const FREE = 'spent_by IS NULL AND condition_ref IS NULL AND mark_id IS NULL';
const PAGES = `FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::integer[])
    AS page (wallet_id, after_minor, after_id, page_limit)`;
const LARGEST = `SELECT t.* ${PAGES} CROSS JOIN LATERAL (
    SELECT * FROM token WHERE wallet_id = page.wallet_id AND ${FREE}
      AND (amount_minor, token_id) < (page.after_minor, page.after_id)
    ORDER BY amount_minor DESC, token_id DESC LIMIT page.page_limit) t`;
const SMALLEST = `SELECT t.* ${PAGES} CROSS JOIN LATERAL (
    SELECT * FROM token WHERE wallet_id = page.wallet_id AND ${FREE}
    ORDER BY amount_minor, token_id LIMIT page.page_limit) t`;
/** Above every amount there is. */
const BEFORE_ALL = { amountMinor: 9_223_372_036_854_775_807n, tokenId: new Uint8Array(0) };

async function loadTokens(rows: Rows, pages: readonly TokenPage[]): Promise<Token[]> {
  const read = async (from: TokenPage['from'], text: string): Promise<Token[]> => {
    const wanted = pages.filter((page) => page.from === from);
    if (wanted.length === 0) return [];
    const cursors = wanted.map((page) => page.after ?? BEFORE_ALL);
    const values = [
      wanted.map((page) => page.walletId),
      cursors.map((cursor) => cursor.amountMinor),
      cursors.map((cursor) => cursor.tokenId),
      wanted.map((page) => page.limit),
    ];
    return (await rows(`ledger-tokens-${from}`, text, values)).map(toToken);
  };
  return [...(await read('largest', LARGEST)), ...(await read('smallest', SMALLEST))];
}

const WALLETS = 'SELECT * FROM wallet WHERE wallet_id = ANY($1::text[])';
const HOLDS = 'SELECT * FROM hold WHERE condition_ref = ANY($1::text[])';
// The planner must see the index's own condition: it can't prove it from a parameter.
const HELD_TOKENS = `SELECT * FROM token
  WHERE spent_by IS NULL AND condition_ref IS NOT NULL AND condition_ref = ANY($1::text[])`;
const REFERENCES = `SELECT * FROM ledger_transaction
  WHERE reference = ANY($1::text[]) AND kind IN ('issue', 'transfer')`;
const ACCOUNTS = `SELECT account.* FROM unnest($1::text[], $2::bytea[]) AS asked (agent_bic, account_mac)
  JOIN account USING (agent_bic, account_mac)`;
const SETTLEMENT = `SELECT * FROM wallet WHERE kind = 'settlement' AND owner_bic = ANY($1::text[])`;

async function loadView(rows: Rows, head: LedgerHead, request: ViewRequest): Promise<BlockView> {
  const ask = async (name: string, text: string, keys: readonly unknown[]) =>
    keys.length === 0 ? [] : rows(name, text, [keys]);
  const holds = (await ask('ledger-holds', HOLDS, request.conditionRefs)).map(toHold);
  const open = holds.filter((hold) => hold.state === 'HELD').map((hold) => hold.conditionRef);
  const ofHolds = holds.flatMap((hold) => [hold.debitWallet, hold.creditWallet]).filter((id) => id !== null);
  const held = (await ask('ledger-held-tokens', HELD_TOKENS, open)).map(toToken);
  const wallets = await ask('ledger-wallets', WALLETS, [...new Set([...request.walletIds, ...ofHolds])]);
  const settlement = await ask('ledger-settlement', SETTLEMENT, request.institutions);
  const references = (await ask('ledger-references', REFERENCES, request.references)).map(toTransaction);
  const accounts = await readAccounts(rows, request.accounts);
  const tokens = await loadTokens(rows, request.tokenPages);
  return {
    head,
    wallets: new Map(wallets.map(toWallet).map((row) => [row.walletId, row])),
    settlementWallets: new Map(settlement.map(toWallet).map((row) => [row.ownerBic, row.walletId])),
    accounts: new Map(accounts.map((row) => [accountKey(row.agentBic, row.accountMac), row.walletId])),
    references: new Map(references.map((row) => [row.reference!, row])),
    holds: new Map(holds.map((hold) => [hold.conditionRef, hold])),
    heldTokens: grouped(held, (token) => token.conditionRef!),
    ...freeTokens(request, tokens),
  };
}

function grouped<K, T>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** Tokens by wallet, each once although both ends of a wallet may have been read, and where reading goes on. */
function freeTokens(request: ViewRequest, loaded: readonly Token[]): Pick<BlockView, 'tokens' | 'cursors'> {
  const once = new Map(loaded.map((token) => [`${token.madeIn}/${token.madeAt}`, token]));
  const tokens = grouped([...once.values()], (token) => token.walletId);
  const cursors = new Map<WalletId, Token>();
  const remaining = new Map(
    request.tokenPages.filter((page) => page.from === 'largest').map((page) => [page.walletId, page.limit]),
  );
  // The largest-first pages come before the smallest-first ones, each wallet's own in order.
  for (const token of loaded) {
    const left = remaining.get(token.walletId) ?? 0;
    if (left === 0) continue;
    remaining.set(token.walletId, left - 1);
    cursors.set(token.walletId, token);
  }
  return { tokens, cursors };
}

async function readAccounts(rows: Rows, keys: ViewRequest['accounts']) {
  if (keys.length === 0) return [];
  const values = [keys.map((key) => key.agentBic), keys.map((key) => key.accountMac)];
  return (await rows('ledger-accounts-asked', ACCOUNTS, values)).map((row) => ({
    agentBic: row.agent_bic as Bic,
    accountMac: row.account_mac as Uint8Array,
    walletId: row.wallet_id as WalletId,
  }));
}

const WALLETS_OF = `SELECT * FROM wallet WHERE owner_bic = $1 AND wallet_id > $2 ORDER BY wallet_id LIMIT $3`;
const OPEN_HOLDS = `SELECT * FROM hold WHERE state = 'HELD' AND condition_kind = $1
  AND (held_at, condition_ref) > ($2::bigint, $3::text) ORDER BY held_at, condition_ref LIMIT $4`;

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
