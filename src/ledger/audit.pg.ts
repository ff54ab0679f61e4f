import type { ClientBase, QueryResultRow } from 'pg';
import type { Report } from '../kernel/finding.js';
import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import { mergeSorted, type Sorted } from '../kernel/merge-sorted.js';
import { invariant } from '../kernel/result.js';
import {
  type AuditedHold,
  type AuditedToken,
  type AuditedTransaction,
  auditBlock,
  type BlockEffects,
  type LedgerAuditContext,
  ledgerDatabase,
  openedWallet,
  registeredAccount,
} from './audit.js';
import type { Registry } from './audit-registry.js';
import { auditEntries, auditUnrecordedEntries, paidWallets } from './audit-registry.pg.js';
import { decodeTransaction } from './canonical.js';
import { NO_HASH } from './chain.js';
import { cursorPages } from './cursor.pg.js';
import { SUMS, UNEQUAL_POCKETS, UNEQUAL_WALLETS } from './history.pg.js';
import {
  accountKey,
  type CommittedBlock,
  type LedgerHead,
  type LedgerIdentity,
  type SignedBlock,
  type TopicRow,
} from './model.js';
import { toBlock, toCharge, toCreditMark, toHead, toHold } from './rows.pg.js';
import { HOLD } from './store.pg.js';
import type { Hold } from './types.js';

/** Which ledger a database is of; null for one that was never opened. */
export async function ledgerIdentity(client: ClientBase): Promise<LedgerIdentity | null> {
  const { rows } = await client.query('SELECT code, currency FROM ledger_head');
  const [row] = rows;
  return row ? { code: row.code as LedgerCode, currency: row.currency as string } : null;
}

/** A hold of a payment, whether the suspense wallet pays it, and the level of its held money. */
type PvpHold = Hold & { readonly isSuspense: boolean; readonly markLevel: number | null };

/** Holds of payments, by payment; on the snapshot of the client. */
export const pvpHolds = (client: ClientBase): Sorted<string, PvpHold> => ({
  pages: pages(client, 'pvp_holds', PVP_HOLDS, (row) => ({
    ...toHold(row),
    isSuspense: row.is_suspense === true,
    markLevel: row.mark_level,
  })),
  keyOf: (hold) => hold.conditionRef,
});
const PVP_HOLDS = `SELECT h.*, wallet.kind = 'suspense' AS is_suspense, token.mark_level
  FROM (${HOLD} WHERE hold.condition_kind = 'pvp') h LEFT JOIN wallet ON wallet.wallet_id = h.debit_wallet
  LEFT JOIN token ON token.made_in = h.placed_in AND token.made_at = h.token_at
 ORDER BY h.condition_ref`;

/** Told after each block. */
export type Progress = (blockSequence: bigint) => void;

/** Walks the chain and every table that blocks write, on the snapshot of the client. */
export async function auditLedger(client: ClientBase, context: LedgerAuditContext, progress: Progress): Promise<void> {
  const { report } = context;
  const database = ledgerDatabase(context.ledger.code);
  const statuses = new Map<string, string>();
  const registry: Registry = new Map();
  const unlike = new Map<string, bigint>();
  let [walletCount, accountCount, issuedMinor, redeemedMinor] = [0n, 0n, 0n, 0n];
  let last: SuppliedBlock | null = null;
  for await (const { key, rows } of mergeSorted<bigint, Sources>(sources(client))) {
    const wallets = await paidWallets(client, rows.transactions);
    const effects = auditBlock(context, key, rows, last, { registry, wallets });
    if (!effects) continue;
    auditSupply(rows.blocks[0]!, last, effects, report, database);
    last = rows.blocks[0]!;
    issuedMinor += effects.issuedMinor;
    redeemedMinor += effects.redeemedMinor;
    walletCount += BigInt(effects.opened.length);
    accountCount += BigInt(effects.accounts.length);
    for (const { walletId, status } of effects.statuses) statuses.set(walletId, status);
    await auditRegister(client, effects, report, database, key);
    await auditSuperseded(client, effects, report, database, key);
    await auditEntries(client, effects.entries, unlike, key);
    progress(key);
  }
  await auditStatuses(client, statuses, report, database);
  await auditCounts(client, { walletCount, accountCount }, report, database);
  await auditUnrecordedEntries(client, unlike, report, database);
  await auditHead(client, last, { issuedMinor, redeemedMinor }, report, database);
  await auditSums(client, report, database);
}

/** A block with the supply after it, which its row keeps beside it. */
type SuppliedBlock = CommittedBlock & Pick<LedgerHead, 'issuedMinor' | 'redeemedMinor'>;

interface Sources {
  readonly blocks: SuppliedBlock;
  readonly transactions: AuditedTransaction;
  readonly topics: TopicRow;
  readonly made: AuditedToken;
  readonly spent: AuditedToken;
  readonly placed: AuditedHold;
  readonly ended: AuditedHold;
}

const sources = (client: ClientBase) => ({
  blocks: {
    pages: pages(client, 'blocks', 'SELECT * FROM block ORDER BY sequence', toSuppliedBlock),
    keyOf: (row: SuppliedBlock) => row.header.sequence,
  },
  transactions: {
    pages: pages(client, 'transactions', 'SELECT * FROM ledger_transaction ORDER BY block_sequence, position', toRow),
    keyOf: (row: AuditedTransaction) => row.blockSequence,
  },
  topics: {
    pages: pages(client, 'topics', 'SELECT * FROM topic ORDER BY block_sequence', toTopic),
    keyOf: (row: TopicRow) => row.blockSequence,
  },
  made: {
    pages: pages(client, 'made', 'SELECT * FROM token ORDER BY made_in, made_at', toToken),
    keyOf: (row: AuditedToken) => row.madeIn,
  },
  spent: {
    pages: pages(client, 'spent', 'SELECT * FROM token WHERE spent_in IS NOT NULL ORDER BY spent_in', toToken),
    keyOf: (row: AuditedToken) => row.spentIn!,
  },
  placed: {
    pages: pages(client, 'placed', 'SELECT * FROM hold ORDER BY placed_in', toHoldRow),
    keyOf: (row: AuditedHold) => row.placedIn,
  },
  ended: {
    pages: pages(client, 'ended', 'SELECT * FROM hold WHERE ended_in IS NOT NULL ORDER BY ended_in', toHoldRow),
    keyOf: (row: AuditedHold) => row.endedIn!,
  },
});

async function* pages<T>(client: ClientBase, name: string, query: string, to: (row: QueryResultRow) => T) {
  for await (const page of cursorPages(client, `audit_${name}`, query)) yield page.map(to);
}

const bigintOrNull = (value: unknown): bigint | null => (value === null ? null : BigInt(value as string));

const toRow = (row: QueryResultRow): AuditedTransaction => ({
  blockSequence: BigInt(row.block_sequence),
  position: row.position,
  transactionId: row.transaction_id,
  madeFrom: row.made_from,
  kind: row.kind,
  posted: row.posted,
  amountMinor: bigintOrNull(row.amount_minor),
  reference: row.reference,
  debitWallet: row.debit_wallet,
  creditWallet: row.credit_wallet,
  body: row.body,
  data: row.data,
  evidence: row.evidence,
});

const toSuppliedBlock = (row: QueryResultRow): SuppliedBlock => ({
  ...toBlock(row),
  issuedMinor: BigInt(row.issued_minor),
  redeemedMinor: BigInt(row.redeemed_minor),
});

const toTopic = (row: QueryResultRow): TopicRow => ({
  topic: row.topic,
  blockSequence: BigInt(row.block_sequence),
  position: row.position,
});

const toToken = (row: QueryResultRow): AuditedToken => ({
  madeIn: BigInt(row.made_in),
  madeAt: row.made_at,
  spentIn: bigintOrNull(row.spent_in),
  spentAt: row.spent_at,
  tokenId: row.token_id,
  walletId: row.wallet_id,
  amountMinor: BigInt(row.amount_minor),
  held: row.held,
  markId: row.mark_id,
  markLevel: row.mark_level,
});

const toHoldRow = (row: QueryResultRow): AuditedHold => ({
  conditionRef: row.condition_ref,
  conditionKind: row.condition_kind,
  conditionHash: row.condition_hash,
  holdId: row.hold_id,
  state: row.state,
  reason: row.reason,
  debitWallet: row.debit_wallet,
  creditWallet: row.credit_wallet,
  amountMinor: BigInt(row.amount_minor),
  markId: row.mark_id,
  creditMark: toCreditMark(row),
  charge: toCharge(row),
  heldAt: Number(row.held_at),
  lapseAt: Number(row.lapse_at),
  endedAt: row.ended_at === null ? null : Number(row.ended_at),
  placedIn: BigInt(row.placed_in),
  placedAt: row.placed_at,
  endedIn: bigintOrNull(row.ended_in),
  endedBy: row.ended_by,
  tokenAt: row.token_at,
});

/** Wallets that a block opened and accounts that it registered are there as it says. */
async function auditRegister(
  client: ClientBase,
  { opened, accounts }: BlockEffects,
  report: Report,
  database: string,
  block: bigint,
): Promise<void> {
  if (opened.length > 0) {
    const { rows } = await client.query({
      name: 'audit-wallets',
      text: 'SELECT wallet_id, kind, owner_bic FROM wallet WHERE wallet_id = ANY($1::text[])',
      values: [opened.map((wallet) => wallet.walletId)],
    });
    const found = new Map(rows.map((row) => [row.wallet_id as string, `${row.kind} ${row.owner_bic}`]));
    for (const { walletId, kind, ownerBic } of opened)
      if (found.get(walletId) !== `${kind} ${ownerBic}`)
        report({
          code: 'WALLET_DIFFERS',
          database,
          table: 'wallet',
          key: walletId,
          block,
          detail: found.has(walletId) ? 'kind or owner are not what the block says' : 'opened and not there',
        });
  }
  if (accounts.length === 0) return;
  const { rows } = await client.query({
    name: 'audit-accounts',
    text: `SELECT account.* FROM unnest($1::text[], $2::bytea[]) AS asked (agent_bic, account_mac)
             JOIN account USING (agent_bic, account_mac)`,
    values: [accounts.map((account) => account.agentBic), accounts.map((account) => account.accountMac)],
  });
  const found = new Map(rows.map((row) => [accountKey(row.agent_bic, row.account_mac), row.wallet_id as string]));
  for (const { agentBic, accountMac, walletId } of accounts) {
    const key = accountKey(agentBic as Parameters<typeof accountKey>[0], accountMac);
    if (found.get(key) !== walletId)
      report({
        code: 'ACCOUNT_DIFFERS',
        database,
        table: 'account',
        key,
        block,
        detail: found.has(key) ? 'it leads to another wallet than the block says' : 'registered and not there',
      });
  }
}

/** Transactions on a hold that no row names: the row must have been placed anew by a later block. */
async function auditSuperseded(
  client: ClientBase,
  { superseded }: BlockEffects,
  report: Report,
  database: string,
  block: bigint,
): Promise<void> {
  if (superseded.length === 0) return;
  const { rows } = await client.query({
    name: 'audit-superseded',
    text: 'SELECT condition_ref, placed_in, placed_at FROM hold WHERE condition_ref = ANY($1::text[])',
    values: [superseded.map(({ conditionRef }) => conditionRef)],
  });
  const found = new Map(rows.map((row) => [row.condition_ref as string, row]));
  for (const { conditionRef, position } of superseded) {
    const row = found.get(conditionRef);
    const isLater =
      row && (BigInt(row.placed_in) > block || (BigInt(row.placed_in) === block && row.placed_at > position));
    if (!isLater)
      report({
        code: 'HOLD_MISSING',
        database,
        table: 'hold',
        key: conditionRef,
        block,
        detail: `${row ? 'its row does not name' : 'there is no row for'} transaction ${position}`,
      });
  }
}

async function auditStatuses(
  client: ClientBase,
  statuses: ReadonlyMap<string, string>,
  report: Report,
  database: string,
): Promise<void> {
  const left = new Map([...statuses].filter(([, status]) => status !== 'open'));
  const differs = (key: string, detail: string) =>
    report({ code: 'WALLET_STATUS', database, table: 'wallet', key, detail });
  const query = "SELECT wallet_id, status FROM wallet WHERE status <> 'open' ORDER BY wallet_id";
  for await (const page of cursorPages(client, 'audit_statuses', query)) {
    for (const { wallet_id: walletId, status } of page) {
      if (left.get(walletId) !== status) differs(walletId, `it is ${status} and no block made it so`);
      left.delete(walletId);
    }
  }
  for (const [walletId, status] of left) differs(walletId, `a block made it ${status} and it is open`);
}

/** Rows that no block wrote. Only where there are too many is it worth a look which they are. */
async function auditCounts(
  client: ClientBase,
  { walletCount, accountCount }: { readonly walletCount: bigint; readonly accountCount: bigint },
  report: Report,
  database: string,
): Promise<void> {
  const { rows } = await client.query(
    'SELECT (SELECT count(*) FROM wallet) AS wallets, (SELECT count(*) FROM account) AS accounts',
  );
  const extra = async (table: string, kind: string, query: string, keyOf: (body: Uint8Array) => string | undefined) => {
    const known = new Set<string | undefined>();
    const recorded = `SELECT body FROM ledger_transaction WHERE kind = '${kind}'`;
    for await (const page of cursorPages(client, `audit_${kind}`, recorded))
      for (const { body } of page) known.add(keyOf(body));
    for await (const page of cursorPages(client, `audit_${table}_keys`, query))
      for (const { key } of page)
        if (!known.has(key))
          report({
            code: `${table.toUpperCase()}_UNRECORDED`,
            database,
            table,
            key,
            detail: 'no block wrote it',
          });
  };
  if (BigInt(rows[0].wallets) > walletCount)
    await extra(
      'wallet',
      'openWallet',
      'SELECT wallet_id AS key FROM wallet',
      (body) => openedWallet(decodeTransaction(body))?.walletId,
    );
  if (BigInt(rows[0].accounts) > accountCount)
    await extra(
      'account',
      'registerAccount',
      "SELECT agent_bic || '/' || encode(account_mac, 'hex') AS key FROM account",
      (body) => {
        const account = registeredAccount(decodeTransaction(body));
        return account
          ? accountKey(account.agentBic as Parameters<typeof accountKey>[0], account.accountMac)
          : undefined;
      },
    );
}

/** A block changes the supply by what its transactions issue and redeem. */
function auditSupply(
  block: SuppliedBlock,
  previous: SuppliedBlock | null,
  effects: BlockEffects,
  report: Report,
  database: string,
): void {
  const { sequence } = block.header;
  // Where a block is missing that is told, and nobody knows what it issued.
  if (sequence !== (previous?.header.sequence ?? 0n) + 1n) return;
  const isRight =
    block.issuedMinor === (previous?.issuedMinor ?? 0n) + effects.issuedMinor &&
    block.redeemedMinor === (previous?.redeemedMinor ?? 0n) + effects.redeemedMinor;
  if (!isRight)
    report({
      code: 'BLOCK_SUPPLY',
      database,
      table: 'block',
      key: sequence.toString(),
      block: sequence,
      detail: 'the supply beside it is not what its transactions issue and redeem',
    });
}

async function auditHead(
  client: ClientBase,
  last: SignedBlock | null,
  { issuedMinor, redeemedMinor }: Pick<BlockEffects, 'issuedMinor' | 'redeemedMinor'>,
  report: Report,
  database: string,
): Promise<void> {
  const { rows } = await client.query('SELECT * FROM ledger_head');
  invariant(rows[0], 'an audited ledger has a head');
  const head = toHead(rows[0]);
  const fits =
    head.sequence === (last?.header.sequence ?? 0n) &&
    equalBytes(head.hash, last?.hash ?? NO_HASH) &&
    head.epoch >= (last?.header.epoch ?? 0n) &&
    head.issuedMinor === issuedMinor &&
    head.redeemedMinor === redeemedMinor;
  const key = rows[0].code as string;
  if (!fits)
    report({
      code: 'HEAD_DIFFERS',
      database,
      table: 'ledger_head',
      key,
      block: head.sequence,
      detail: 'it is not the last block with the sums of all',
    });
}

/** Conservation: issued - redeemed is what is unspent, held money is that of open holds, wallets have their tokens. */
async function auditSums(client: ClientBase, report: Report, database: string): Promise<void> {
  for await (const page of cursorPages(client, 'audit_unequal', UNEQUAL_WALLETS))
    for (const { wallet_id: key } of page)
      report({
        code: 'WALLET_SUMS',
        database,
        table: 'wallet',
        key,
        detail: 'its sums are not those of its tokens',
      });
  for await (const page of cursorPages(client, 'audit_unequal_pockets', UNEQUAL_POCKETS))
    for (const { wallet_id: walletId, mark_id: markId, mark_level: markLevel } of page)
      report({
        code: 'POCKET_SUMS',
        database,
        table: 'pocket',
        key: `${walletId} ${markId}@${markLevel}`,
        detail: 'its sum and count are not those of its tokens',
      });
  const { rows } = await client.query(`SELECT sums.*, ledger_head.* FROM (${SUMS}) sums, ledger_head`);
  const [row] = rows;
  const supply = BigInt(row.issued_minor) - BigInt(row.redeemed_minor);
  if (BigInt(row.unspent) !== supply)
    report({
      code: 'SUPPLY_DIFFERS',
      database,
      table: 'token',
      key: row.currency as string,
      detail: `issued less redeemed is ${supply}, unspent tokens are ${row.unspent} minor units`,
    });
  if (BigInt(row.held) !== BigInt(row.open_holds))
    report({
      code: 'HELD_DIFFERS',
      database,
      table: 'hold',
      key: row.currency as string,
      detail: `held tokens are ${row.held}, open holds ${row.open_holds} minor units`,
    });
}
