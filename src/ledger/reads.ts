import type { Bic, WalletId } from '../kernel/ids.js';
import { decodeTransaction } from './canonical.js';
import { inclusionProof } from './chain.js';
import type { LedgerTransaction, SignedBlock, TransactionToken, WalletRow } from './model.js';
import type { LedgerStore, LedgerSums, StatementCursor, StatementEntry } from './store.js';
import type { TreeReads } from './tree.js';

/** What somebody outside may ask of a ledger's past and present. Reads see the last committed block. */
export interface LedgerReads
  extends TreeReads,
    Pick<LedgerStore, 'entries' | 'entriesOf' | 'pocketsOf' | 'pocketsOfMark' | 'topic'> {
  walletRow(walletId: WalletId): Promise<WalletRow | null>;
  /** Wallets of an owner, in order of their ids. */
  walletsOf(ownerBic: Bic, after: WalletId | null, limit: number): Promise<WalletRow[]>;
  /** Postings of a wallet, newest first. */
  statement(walletId: WalletId, before: StatementCursor | null, limit: number): Promise<StatementEntry[]>;
  /** As of a block, null for the latest one; null when there is no such block. */
  supply(sequence: bigint | null): Promise<Supply | null>;
  audit(): Promise<Audit>;
  /** null asks for the latest block. */
  block(sequence: bigint | null): Promise<BlockWithTransactions | null>;
  transaction(transactionId: Uint8Array): Promise<TransactionRecord | null>;
}

/** Minor units. What is out is `issued - redeemed`. */
export interface Supply {
  readonly issuedMinor: bigint;
  readonly redeemedMinor: bigint;
  readonly blockSequence: bigint;
}

/** Sums recomputed from tokens, and whether everything agrees with them. */
export interface Audit extends LedgerSums {
  readonly supplyMinor: bigint;
  readonly agrees: boolean;
}

export interface BlockWithTransactions extends SignedBlock {
  readonly transactions: readonly LedgerTransaction[];
}

/** A transaction with what proves it: its bytes hash to its id, the path leads to the root of the signed block. */
export interface TransactionRecord {
  readonly transaction: LedgerTransaction;
  readonly inputs: readonly TransactionToken[];
  readonly outputs: readonly TransactionToken[];
  readonly block: SignedBlock;
  readonly path: readonly Uint8Array[];
}

export function createLedgerReads(store: LedgerStore): LedgerReads {
  const withTransactions = async (block: SignedBlock | null): Promise<BlockWithTransactions | null> =>
    block && { ...block, transactions: await store.blockTransactions(block.header.sequence) };
  return {
    entries: (names) => store.entries(names),
    entriesOf: (kind, ownerBic, after, limit) => store.entriesOf(kind, ownerBic, after, limit),
    pocketsOf: (walletId, after, limit) => store.pocketsOf(walletId, after, limit),
    pocketsOfMark: (markId, after, limit) => store.pocketsOfMark(markId, after, limit),
    topic: (topic, after, limit) => store.topic(topic, after, limit),
    token: (tokenId) => store.token(tokenId),
    walkTree: (walk) => store.walkTree(walk),
    topicTree: (topic, scope, after, limit) => store.topicTree(topic, scope, after, limit),
    walletRow: async (walletId) => (await store.wallets([walletId]))[0] ?? null,
    walletsOf: (ownerBic, after, limit) => store.walletsOf(ownerBic, after, limit),
    statement: (walletId, before, limit) => store.statement(walletId, before, limit),
    supply: async (sequence) => {
      const { sequence: last, ...latest } = await store.head();
      const at = sequence ?? last;
      const supply = sequence === null ? latest : await store.supplyAt(sequence);
      return supply && { issuedMinor: supply.issuedMinor, redeemedMinor: supply.redeemedMinor, blockSequence: at };
    },
    audit: async () => audit(store),
    block: async (sequence) => withTransactions(await store.block(sequence ?? (await store.head()).sequence)),
    transaction: async (transactionId) => {
      const transaction = await store.transaction(transactionId);
      const block = transaction && (await withTransactions(await store.block(transaction.blockSequence)));
      if (!transaction || !block) return null;
      const { transactions, ...signed } = block;
      const ids = transactions.map((row) => row.transactionId);
      const { path } = inclusionProof(ids, transaction.position);
      const { inputs, outputs } = decodeTransaction(transaction.body);
      return { transaction, inputs, outputs, block: signed, path };
    },
  };
}

/**
 * issued - redeemed = sum of unspent tokens = sum of the wallets; held tokens = open holds = held sums of the wallets.
 * Blocks committed while it reads may make the two sides differ: repeat, or stop the writer, before believing it.
 */
async function audit(store: LedgerStore): Promise<Audit> {
  const { issuedMinor, redeemedMinor } = await store.head();
  const sums = await store.sums();
  const supplyMinor = issuedMinor - redeemedMinor;
  const agrees =
    sums.unspentMinor === supplyMinor &&
    sums.walletMinor === supplyMinor &&
    sums.heldMinor === sums.openHoldMinor &&
    sums.heldMinor === sums.walletHeldMinor &&
    sums.walletMismatchCount === 0 &&
    sums.pocketMismatchCount === 0;
  return { ...sums, supplyMinor, agrees };
}
