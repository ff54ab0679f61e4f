import { ByteReader } from '../kernel/bytes.js';
import type { Finding, Report } from '../kernel/finding.js';
import { equalBytes } from '../kernel/hash.js';
import { bicKey, type WalletId } from '../kernel/ids.js';
import { merkleTreeOfHashes } from '../kernel/merkle.js';
import { verifySignature } from '../kernel/suites.js';
import { auditHolds } from './audit-holds.js';
import { auditRules, auditTopics, type ReadBlock, type Registry, readable, type Tell } from './audit-registry.js';
import { type DecodedTransaction, decodeTransaction, transactionIdOf } from './canonical.js';
import { type ChainFault, type NotaryKey, verifyChain } from './chain.js';
import { type ConfirmationFault, verifyConfirmation } from './confirmation.js';
import type {
  CommittedBlock,
  Entry,
  LedgerIdentity,
  SignedBlock,
  TopicRow,
  TransactionKind,
  TransactionToken,
} from './model.js';
import type { LegCharge, MarkPlace, Wallet } from './types.js';
import { suppliedMinor } from './working.js';

/**
 * The audit of one ledger, pure: a block and all rows that say they are of it go in, what is wrong comes out. Tokens,
 * holds, wallets, accounts, registry entries and topics are rebuilt from the bytes of the transactions and compared with
 * their tables; marks and events are judged again by the rules that the chain had when each transaction was made.
 */
export interface AuditedTransaction {
  readonly blockSequence: bigint;
  readonly position: number;
  readonly transactionId: Uint8Array;
  readonly madeFrom: number;
  readonly kind: string;
  readonly posted: boolean;
  readonly amountMinor: bigint | null;
  readonly reference: string | null;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly body: Uint8Array;
  readonly data: Uint8Array | null;
  readonly evidence: Uint8Array | null;
}

export interface AuditedToken {
  readonly madeIn: bigint;
  readonly madeAt: number;
  readonly spentIn: bigint | null;
  readonly spentAt: number | null;
  readonly tokenId: Uint8Array;
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly held: boolean;
  readonly markId: string | null;
  readonly markLevel: number | null;
}

/** A row of the table of holds; {@link HoldRows} says where it was placed and ended. */
export interface AuditedHold {
  readonly conditionRef: string;
  readonly conditionKind: string;
  readonly conditionHash: Uint8Array;
  readonly holdId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly amountMinor: bigint;
  readonly markId: string | null;
  readonly creditMark: MarkPlace | null;
  readonly charge: LegCharge | null;
  readonly heldAt: number;
  readonly lapseAt: number;
  readonly endedAt: number | null;
  readonly placedIn: bigint;
  readonly placedAt: number;
  readonly endedIn: bigint | null;
  readonly endedBy: number | null;
  readonly tokenAt: number | null;
}

/** Everything that says it belongs to one block, in the order of its place there. */
export interface BlockRows {
  readonly blocks: readonly CommittedBlock[];
  readonly transactions: readonly AuditedTransaction[];
  readonly topics: readonly TopicRow[];
  readonly made: readonly AuditedToken[];
  readonly spent: readonly AuditedToken[];
  readonly placed: readonly AuditedHold[];
  readonly ended: readonly AuditedHold[];
}

/** What a block says of tables that can only be looked at by their keys. */
export interface BlockEffects {
  readonly issuedMinor: bigint;
  readonly redeemedMinor: bigint;
  /** Registry entries as the block leaves them, by their keys. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly opened: readonly { readonly walletId: string; readonly kind: string; readonly ownerBic: string }[];
  readonly statuses: readonly { readonly walletId: string; readonly status: string }[];
  readonly accounts: readonly {
    readonly agentBic: string;
    readonly accountMac: Uint8Array;
    readonly walletId: string;
  }[];
  /** Transactions that placed or ended a hold and that no row names: a later one of the same reference took over. */
  readonly superseded: readonly { readonly conditionRef: string; readonly position: number }[];
}

export interface LedgerAuditContext {
  readonly ledger: LedgerIdentity;
  /** Keys that may have signed a block of this time. */
  readonly notaryKeys: (at: number) => readonly NotaryKey[];
  /** Keys of the oracle that may have confirmed a block of this time. */
  readonly oracleKeys: (at: number) => readonly NotaryKey[];
  readonly report: Report;
}

/** What the audit knows of the chain before a block, beside the block before it. */
export interface AuditState {
  /** As the blocks so far leave it; changed by the audit of each block. */
  readonly registry: Registry;
  /** Wallets that the block's transactions pay, as far as the rules of marks look at them. */
  readonly wallets: ReadonlyMap<WalletId, Wallet>;
}

const FAULTS: Readonly<Record<ChainFault, readonly [code: string, detail: string]>> = {
  SEQUENCE: ['BLOCK_GAP', 'a block before it is missing'],
  PREVIOUS_HASH: ['BLOCK_LINK', 'it does not name the hash of the block before it'],
  HEADER_HASH: ['BLOCK_HASH', 'its hash is not that of its header'],
  EPOCH: ['BLOCK_EPOCH', 'its epoch is older than that of the block before it'],
  SIGNATURE: ['BLOCK_SIGNATURE', 'no notary key that was valid then has signed it'],
};

const NOTHING = new Uint8Array(0);

export const ledgerDatabase = (code: string): string => `ledger-${code.toLowerCase()}`;

/** Checks one block on the one before it; answers null when there is no block, only rows that name it. */
export function auditBlock(
  context: LedgerAuditContext,
  sequence: bigint,
  rows: BlockRows,
  previous: SignedBlock | null,
  { registry, wallets }: AuditState,
): BlockEffects | null {
  const database = ledgerDatabase(context.ledger.code);
  const tell: Tell = (code, table, key, detail) =>
    context.report({ code, database, table, key, block: sequence, detail } satisfies Finding);
  const [block] = rows.blocks;
  if (!block) {
    for (const [table, some] of Object.entries({
      ledger_transaction: rows.transactions,
      topic: rows.topics,
      token: [...rows.made, ...rows.spent],
      hold: [...rows.placed, ...rows.ended],
    }))
      if (some.length > 0)
        tell('BLOCK_MISSING', table, sequence.toString(), `${some.length} rows name a block that is not there`);
    return null;
  }
  auditHeader(context, block, rows.transactions, previous, tell);
  const decoded = new Map<number, DecodedTransaction>();
  for (const row of rows.transactions) {
    const transaction = auditTransaction(context.ledger, row, tell);
    if (transaction) decoded.set(row.position, transaction);
  }
  auditMade(decoded, rows.made, tell);
  auditMadeFrom(decoded, rows.transactions, tell);
  auditSpent(decoded, rows.spent, tell);
  const superseded = auditHolds(decoded, rows, block, tell);
  auditConfirmation(context, block, rows.transactions, tell);
  const evidence = new Map(rows.transactions.map((row) => [row.position, row.evidence]));
  const { time } = block.header;
  const read: ReadBlock = { sequence, time, decoded, wallets, evidence: (at) => evidence.get(at) ?? NOTHING };
  auditTopics(read, rows.topics, tell);
  return { ...registerEffects(decoded), superseded, entries: auditRules(read, registry, tell) };
}

const UNCONFIRMED: Readonly<Record<ConfirmationFault, string>> = {
  MISSING: 'it moves marked or conditionally held money and has no confirmation of the oracle',
  NEEDLESS: 'it has a confirmation of the oracle and nothing that rests on it',
  SIGNATURE: 'no key of the oracle that was valid then has confirmed what rests on it',
};

function auditConfirmation(
  { ledger, oracleKeys }: LedgerAuditContext,
  block: CommittedBlock,
  transactions: readonly AuditedTransaction[],
  tell: Tell,
): void {
  // What is unreadable is told of the transaction.
  const bodies = transactions.map(({ body }) => body);
  const keys = oracleKeys(block.header.time);
  const fault = readable(() => verifyConfirmation(ledger, block, bodies, keys, verifySignature), null);
  if (fault) tell('BLOCK_UNCONFIRMED', 'block', block.header.sequence.toString(), UNCONFIRMED[fault]);
}

/** Kinds that stand in statements, or have a reference of the caller's. */
const POSTED: ReadonlySet<TransactionKind> = new Set([
  ...(['issue', 'redeem', 'convert', 'transfer', 'settle', 'draw', 'mark', 'unmark', 'spend', 'withdraw'] as const),
  ...(['expire', 'attribute', 'payInvoice', 'refundInvoice'] as const),
]);

function auditHeader(
  { ledger, notaryKeys }: LedgerAuditContext,
  block: SignedBlock,
  transactions: readonly AuditedTransaction[],
  previous: SignedBlock | null,
  tell: Tell,
): void {
  const { header } = block;
  const key = header.sequence.toString();
  const faults = notaryKeys(header.time).map((notary) =>
    verifyChain(ledger, [block], notary, verifySignature, previous),
  );
  const fault = faults.length === 0 ? 'SIGNATURE' : faults.includes(null) ? null : faults[0]!.fault;
  if (fault) tell(FAULTS[fault][0], 'block', key, FAULTS[fault][1]);
  const ids = transactions.map((row) => row.transactionId);
  const isWhole =
    ids.length === header.transactionCount &&
    ids.length > 0 &&
    transactions.every((row, i) => row.position === i) &&
    equalBytes(merkleTreeOfHashes(ids).root, header.merkleRoot);
  if (!isWhole) tell('BLOCK_TRANSACTIONS', 'block', key, 'its Merkle root is not that of its transactions');
}

const keyOf = (row: { readonly blockSequence: bigint; readonly position: number }): string =>
  `${row.blockSequence}/${row.position}`;

/** The transaction as its bytes state it; null when they are not readable. */
function auditTransaction(ledger: LedgerIdentity, row: AuditedTransaction, tell: Tell): DecodedTransaction | null {
  const broken = (code: string, detail: string) => tell(code, 'ledger_transaction', keyOf(row), detail);
  const transaction = readable(() => decodeTransaction(row.body), null);
  const isHere =
    transaction?.ledger.code === ledger.code &&
    transaction.ledger.currency === ledger.currency &&
    transaction.blockSequence === row.blockSequence &&
    transaction.position === row.position;
  if (!transaction || !isHere || !equalBytes(transactionIdOf(row.body), row.transactionId)) {
    broken('TRANSACTION_BODY', 'its bytes are not those of its id and place');
    return null;
  }
  if (!isConserved(transaction))
    broken('TRANSACTION_AMOUNTS', 'its outputs are not its inputs and what it issues or redeems');
  const isPosted = POSTED.has(transaction.kind);
  const shown = isPosted ? transaction : { amountMinor: null, reference: null, debitWallet: null, creditWallet: null };
  const fits =
    row.kind === transaction.kind &&
    row.posted === isPosted &&
    row.amountMinor === shown.amountMinor &&
    row.reference === shown.reference &&
    row.debitWallet === shown.debitWallet &&
    row.creditWallet === shown.creditWallet;
  if (!fits) broken('TRANSACTION_COLUMNS', 'its columns are not what its bytes say');
  return transaction;
}

function isConserved(transaction: DecodedTransaction): boolean {
  const { inputs, outputs } = transaction;
  const sum = (tokens: readonly TransactionToken[]) => tokens.reduce((total, token) => total + token.amountMinor, 0n);
  return outputs.every((token) => token.amountMinor > 0n) && sum(outputs) === sum(inputs) + suppliedMinor(transaction);
}

const isSameToken = (token: TransactionToken, row: AuditedToken): boolean =>
  equalBytes(token.tokenId, row.tokenId) &&
  token.walletId === row.walletId &&
  token.amountMinor === row.amountMinor &&
  (token.conditionRef !== null) === row.held &&
  token.markId === row.markId &&
  token.markLevel === row.markLevel;

/** The tokens that the block made, in the order of its transactions and their outputs, are the rows that it made. */
function auditMade(decoded: ReadonlyMap<number, DecodedTransaction>, rows: readonly AuditedToken[], tell: Tell): void {
  const byPlace = new Map(rows.map((row) => [row.madeAt, row]));
  const outputs = [...decoded.values()].flatMap((transaction) => transaction.outputs);
  for (const [madeAt, token] of outputs.entries()) {
    const row = byPlace.get(madeAt);
    byPlace.delete(madeAt);
    const key = Buffer.from(token.tokenId).toString('hex');
    if (!row) tell('TOKEN_MISSING', 'token', key, 'the block made it and it is not there');
    else if (!isSameToken(token, row)) tell('TOKEN_DIFFERS', 'token', key, 'it is not what the block made');
  }
  for (const row of byPlace.values())
    tell('TOKEN_UNRECORDED', 'token', Buffer.from(row.tokenId).toString('hex'), 'no transaction made it');
}

/** Beside each transaction stands where its tokens begin. Behind one that is unreadable nobody knows. */
function auditMadeFrom(
  decoded: ReadonlyMap<number, DecodedTransaction>,
  transactions: readonly AuditedTransaction[],
  tell: Tell,
): void {
  let tokens = 0;
  for (const row of transactions) {
    const transaction = decoded.get(row.position);
    if (!transaction) return;
    if (row.madeFrom !== tokens)
      tell('TRANSACTION_COLUMNS', 'ledger_transaction', keyOf(row), 'its tokens do not begin where it says');
    tokens += transaction.outputs.length;
  }
}

/** The tokens that the block spent are those that say so, and no others. */
function auditSpent(decoded: ReadonlyMap<number, DecodedTransaction>, rows: readonly AuditedToken[], tell: Tell): void {
  const spentAt = (row: AuditedToken): string => `${row.spentAt}/${Buffer.from(row.tokenId).toString('hex')}`;
  const byPlace = new Map(rows.map((row) => [spentAt(row), row]));
  for (const [position, { inputs }] of decoded) {
    for (const input of inputs) {
      const key = Buffer.from(input.tokenId).toString('hex');
      const row = byPlace.get(`${position}/${key}`);
      byPlace.delete(`${position}/${key}`);
      if (!row) tell('TOKEN_NOT_SPENT', 'token', key, `transaction ${position} spends it and its row does not say so`);
      // What differs from the transaction that made it is told there, of the row.
      else if (!isSameToken(input, row))
        tell('TOKEN_INPUT', 'token', key, `transaction ${position} spends it as something else`);
    }
  }
  for (const row of byPlace.values())
    tell('TOKEN_SPENT', 'token', Buffer.from(row.tokenId).toString('hex'), 'no transaction of this block spends it');
}

function registerEffects(
  decoded: ReadonlyMap<number, DecodedTransaction>,
): Omit<BlockEffects, 'superseded' | 'entries'> {
  let [issuedMinor, redeemedMinor] = [0n, 0n];
  const opened: BlockEffects['opened'][number][] = [];
  const statuses: BlockEffects['statuses'][number][] = [];
  const accounts: BlockEffects['accounts'][number][] = [];
  for (const transaction of decoded.values()) {
    if (transaction.kind === 'issue') issuedMinor += transaction.amountMinor;
    if (transaction.kind === 'redeem') redeemedMinor += transaction.amountMinor;
    const walletId = transaction.creditWallet ?? '';
    const wallet = openedWallet(transaction);
    if (wallet) opened.push(wallet);
    const status =
      transaction.kind === 'setWalletStatus' && readable(() => new ByteReader(transaction.detail).text(), null);
    if (status) statuses.push({ walletId, status });
    const account = registeredAccount(transaction);
    if (account) accounts.push(account);
  }
  return { issuedMinor, redeemedMinor, opened, statuses, accounts };
}

/** The wallet that a transaction opened, or null. */
export function openedWallet(transaction: DecodedTransaction): BlockEffects['opened'][number] | null {
  if (transaction.kind !== 'openWallet') return null;
  const walletId = transaction.creditWallet ?? '';
  return readable(() => {
    const reader = new ByteReader(transaction.detail);
    return { walletId, kind: reader.text(), ownerBic: bicKey(reader.text()) };
  }, null);
}

/** The account that a transaction registered, or null. */
export function registeredAccount(transaction: DecodedTransaction): BlockEffects['accounts'][number] | null {
  if (transaction.kind !== 'registerAccount') return null;
  const walletId = transaction.creditWallet ?? '';
  return readable(() => {
    const reader = new ByteReader(transaction.detail);
    return { agentBic: reader.text(), accountMac: reader.bytes(), walletId };
  }, null);
}
