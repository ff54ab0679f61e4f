import type { Bic, WalletId } from '../kernel/ids.js';
import type {
  AccountRow,
  BlockMutations,
  CommittedBlock,
  Entry,
  EntryKind,
  LedgerHead,
  LedgerIdentity,
  LedgerTransaction,
  Pocket,
  PocketRow,
  StoredView,
  Token,
  TokenCursor,
  WalletRow,
} from './model.js';
import type { TreeReads } from './tree.js';
import type { ConditionKind, Hold } from './types.js';

/**
 * The store of one ledger. It keeps what blocks changed and answers what the next one needs; it decides nothing.
 * Memory and PostgreSQL implement it under one contract suite.
 */

/** A bounded read of a pocket's free tokens: largest first from after the cursor, or the smallest ones. */
export interface TokenPage extends Pocket {
  readonly from: 'largest' | 'smallest';
  readonly after: TokenCursor | null;
  readonly limit: number;
}

/** Keys of what a block may touch. Wallets of the holds named are loaded with them. */
export interface ViewRequest {
  readonly walletIds: readonly WalletId[];
  /** Owners of which it matters whether they have a wallet of a kind of {@link SOLE_KINDS}. */
  readonly institutions: readonly Bic[];
  /** Wallets about to close. */
  readonly closing: readonly WalletId[];
  readonly accounts: readonly AccountKey[];
  readonly references: readonly string[];
  readonly conditionRefs: readonly string[];
  /** Pockets of marked money that may be spent from. */
  readonly pockets: readonly Pocket[];
  readonly entries: readonly EntryName[];
}

export type EntryName = Pick<Entry, 'kind' | 'entryId'>;

/** A transaction that concerns a topic, as lists of an entry's or a mark's history show it. */
export interface TopicEntry extends StatementCursor {
  readonly time: number;
  readonly transaction: LedgerTransaction;
}

export type AccountKey = Omit<AccountRow, 'walletId'>;
export type AccountWallet = AccountKey & { readonly wallet: WalletRow };
export type TokenPlace = Pick<Token, 'madeIn' | 'madeAt'>;
/** Ids of tokens in any order, and the place of the one made last; null where there are none. */
export interface UnspentPage {
  readonly tokenIds: readonly Uint8Array[];
  readonly last: TokenPlace | null;
}

export interface BlockCommit {
  /** The head that the block was formed on; its epoch is the writer's. */
  readonly previous: LedgerHead;
  readonly block: CommittedBlock;
  readonly mutations: BlockMutations;
}

/** One posting as a wallet's statement shows it. */
export interface StatementEntry {
  readonly blockSequence: bigint;
  readonly position: number;
  readonly time: number;
  readonly transactionId: Uint8Array;
  readonly kind: string;
  readonly direction: 'debit' | 'credit';
  readonly counterparty: WalletId | null;
  readonly amountMinor: bigint;
  readonly reference: string | null;
}

export interface StatementCursor {
  readonly blockSequence: bigint;
  readonly position: number;
}

/** Sums recomputed from tokens, beside the sums the ledger keeps. */
export interface LedgerSums {
  readonly unspentMinor: bigint;
  readonly heldMinor: bigint;
  readonly openHoldMinor: bigint;
  readonly walletMinor: bigint;
  readonly walletHeldMinor: bigint;
  /** Wallets whose kept sums differ from their tokens. */
  readonly walletMismatchCount: number;
  /** Pockets of marked money whose kept sums differ from their tokens. */
  readonly pocketMismatchCount: number;
}

export interface LedgerStore extends TreeReads {
  /**
   * Starts a writer: creates the ledger where there is none and raises the epoch, to `epochLeast` or more. Throws for
   * another ledger's store.
   */
  open(ledger: LedgerIdentity, epochLeast: bigint): Promise<LedgerHead>;
  head(): Promise<LedgerHead>;
  loadView(request: ViewRequest): Promise<StoredView>;
  loadTokens(pages: readonly TokenPage[]): Promise<Token[]>;
  /**
   * Applies all or nothing. Throws {@link LedgerFencedError} when the head is no longer `previous`, and
   * {@link CommitOutcomeUnknownError} when nobody can tell whether the block was committed.
   */
  commitBlock(commit: BlockCommit): Promise<void>;
  /** Unspent tokens, page after page in the order they were made, for the notary. */
  unspentTokens(after: TokenPlace | null, limit: number): Promise<UnspentPage>;

  wallets(walletIds: readonly WalletId[]): Promise<WalletRow[]>;
  walletsOf(ownerBic: Bic, after: WalletId | null, limit: number): Promise<WalletRow[]>;
  settlementWallet(ownerBic: Bic): Promise<WalletRow | null>;
  /** Accounts that are registered, each with its wallet. */
  accounts(keys: readonly AccountKey[]): Promise<AccountWallet[]>;
  holds(conditionRefs: readonly string[]): Promise<Hold[]>;
  openHolds(
    kind: ConditionKind,
    after: { heldAt: number; conditionRef: string } | null,
    limit: number,
  ): Promise<Hold[]>;
  /** Newest first. */
  statement(walletId: WalletId, before: StatementCursor | null, limit: number): Promise<StatementEntry[]>;
  block(sequence: bigint): Promise<CommittedBlock | null>;
  /** What was issued and redeemed up to a block and with it; null when there is no such block. */
  supplyAt(sequence: bigint): Promise<Pick<LedgerHead, 'issuedMinor' | 'redeemedMinor'> | null>;
  /** Blocks from a sequence on, in order. */
  blocks(from: bigint, limit: number): Promise<CommittedBlock[]>;
  blockTransactions(sequence: bigint): Promise<LedgerTransaction[]>;
  transaction(transactionId: Uint8Array): Promise<LedgerTransaction | null>;
  entries(names: readonly EntryName[]): Promise<Entry[]>;
  /** Entries of a kind by id. `ownerBic` null: of anybody. */
  entriesOf(kind: EntryKind, ownerBic: Bic | null, after: string | null, limit: number): Promise<Entry[]>;
  /** Open entries of a kind that were due at `now` or before, the longest due first. */
  dueEntries(kind: EntryKind, now: number, limit: number): Promise<Entry[]>;
  /** Pockets of marked money of a wallet with something in them, by mark and level. */
  pocketsOf(
    walletId: WalletId,
    after: Pick<PocketRow, 'markId' | 'markLevel'> | null,
    limit: number,
  ): Promise<PocketRow[]>;
  /** Pockets with money under a mark, by wallet and level. */
  pocketsOfMark(
    markId: string,
    after: Pick<PocketRow, 'walletId' | 'markLevel'> | null,
    limit: number,
  ): Promise<PocketRow[]>;
  /** Transactions of a topic, oldest first. */
  topic(topic: string, after: StatementCursor | null, limit: number): Promise<TopicEntry[]>;
  sums(): Promise<LedgerSums>;
}

/** Another writer of this ledger took over; this one must not go on. */
export class LedgerFencedError extends Error {
  override readonly name = 'LedgerFencedError';
}

/** The connection was lost while committing: the block may or may not be there. Re-read before doing it again. */
export class CommitOutcomeUnknownError extends Error {
  override readonly name = 'CommitOutcomeUnknownError';
}
