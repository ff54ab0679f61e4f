import type { Refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, WalletId } from '../kernel/ids.js';
import type { Hold, Wallet, WalletKind } from './types.js';

/**
 * The data of a ledger: tokens, transactions that spend and make them, blocks that chain transactions, and the
 * loaded part of the state (a view) on which a block is formed. All amounts are minor units of the one currency.
 */

/** Which ledger this is; part of every hash, so that nothing of one ledger verifies on another. */
export interface LedgerIdentity {
  readonly code: LedgerCode;
  readonly currency: string;
}

/** Money: an amount > 0 in a wallet, made by one transaction and spent by at most one. */
export interface Token {
  /** 36 bytes: the id of the transaction that made it, and its index among that one's outputs. */
  readonly tokenId: Uint8Array;
  readonly walletId: WalletId;
  readonly amountMinor: bigint;
  readonly markId: string | null;
  readonly markLevel: number | null;
  /** Condition reference of the hold that reserves it, or null when it is free. */
  readonly conditionRef: string | null;
  /** Where it was made: block, and place among the tokens of that block. This is its address in the store. */
  readonly madeIn: bigint;
  readonly madeAt: number;
}

/** A token not yet made: what a transaction states about an output. */
export type TokenDraft = Pick<Token, 'walletId' | 'amountMinor' | 'markId' | 'markLevel' | 'conditionRef'>;

/**
 * Free tokens of a wallet that may be spent for one another: the unmarked ones (both null), or those under one mark at
 * one level.
 */
export type Pocket = Pick<Token, 'walletId' | 'markId' | 'markLevel'>;

/** A pocket as a key of maps; that of a wallet's unmarked tokens is the wallet's id. */
export const pocketKey = ({ walletId, markId, markLevel }: Pocket): string =>
  markId === null ? walletId : `${walletId}\n${markId}\n${markLevel}`;

/** A pocket of marked money and what is in it: minor units and how many tokens. Of unmarked money the wallet knows. */
export interface PocketRow extends Pocket {
  readonly markId: string;
  readonly markLevel: number;
  readonly amountMinor: bigint;
  readonly tokenCount: number;
}

export const TRANSACTION_KINDS = [
  'openWallet',
  'setWalletStatus',
  'registerAccount',
  'issue',
  'redeem',
  'convert',
  'transfer',
  'consolidate',
  'hold',
  'draw',
  'settle',
  'release',
  'tombstone',
  'register',
  'mark',
  'unmark',
  'spend',
  'withdraw',
  'expire',
  'attribute',
  'payInvoice',
  'refundInvoice',
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** Transactions whose reference is the caller's own: a repeated one answers the first outcome. */
const REFERENCED: ReadonlySet<TransactionKind> = new Set([
  ...([
    'issue',
    'transfer',
    'convert',
    'mark',
    'unmark',
    'spend',
    'withdraw',
    'attribute',
    'payInvoice',
    'refundInvoice',
  ] as const),
]);
export const isReferenced = (kind: TransactionKind): boolean => REFERENCED.has(kind);

/** An input or output as the transaction's bytes state it. */
export type TransactionToken = Pick<Token, 'tokenId' | 'walletId' | 'amountMinor' | 'markId' | 'markLevel'> & {
  readonly conditionRef: string | null;
};

export interface LedgerTransaction {
  /** RFC 9162 leaf hash of `body`: SHA-256(0x00, body). */
  readonly transactionId: Uint8Array;
  readonly blockSequence: bigint;
  readonly position: number;
  readonly kind: TransactionKind;
  /** Caller's reference of an issue or transfer; condition reference of a hold and of what ends it. */
  readonly reference: string | null;
  readonly debitWallet: WalletId | null;
  readonly creditWallet: WalletId | null;
  readonly amountMinor: bigint;
  /** True where money changed owner, so that it stands in statements. */
  readonly posted: boolean;
  /** Canonical bytes; {@link decodeTransaction} reads inputs and outputs from them. */
  readonly body: Uint8Array;
}

/** A transaction of a block being made, with the bytes that it commits to by their SHA-256. */
export interface NewTransaction extends LedgerTransaction {
  /** How many tokens the transactions before it made in the block: the place of its own first one. */
  readonly madeFrom: number;
  /** Of a hold or tombstone. */
  readonly data: Uint8Array | null;
  /** Of what ended a hold. */
  readonly evidence: Uint8Array | null;
}

/** A wallet with its sums. `tokenCount` counts free, unmarked, unspent tokens. */
export interface WalletRow extends Wallet {
  readonly availableMinor: bigint;
  readonly heldMinor: bigint;
  readonly markedMinor: bigint;
  readonly tokenCount: number;
}

export interface AccountRow {
  readonly agentBic: Bic;
  /** HMAC-SHA-256 of the account id under the ledger's own key. */
  readonly accountMac: Uint8Array;
  readonly walletId: WalletId;
}

export const ENTRY_KINDS = [
  'mark',
  'agreement',
  'invoice',
  'attribute',
  'provider',
  'event',
  'request',
  'conversion',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * Something registered at the oracle or the issuer: a mark's route, an agreement, an invoice, an event. What it says
 * is in `body` and never changes; what became of it is in `state`. Both are canonical bytes of its kind, and every
 * transaction that writes an entry states it whole, so that the chain alone gives all entries.
 */
export interface Entry {
  readonly kind: EntryKind;
  readonly entryId: string;
  /** Who registered it. */
  readonly ownerBic: Bic;
  readonly body: Uint8Array;
  readonly state: Uint8Array;
  /** False once nothing can happen to it any more. */
  readonly open: boolean;
  /** Milliseconds at which something is due while it is open (its expiry); null for never. */
  readonly dueAt: number | null;
}

export const entryKey = (kind: EntryKind, entryId: string): string => `${kind}:${entryId}`;

/** A transaction that concerns a topic: an entry's key, or `mark:` and the mark whose money or agreement it is about. */
export interface TopicRow {
  readonly topic: string;
  readonly blockSequence: bigint;
  readonly position: number;
}

/** The last block and the sums of the currency. Sequence 0 with 32 zero bytes is the state before the first block. */
export interface LedgerHead {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
  readonly epoch: bigint;
  readonly issuedMinor: bigint;
  readonly redeemedMinor: bigint;
}

export interface BlockHeader {
  readonly sequence: bigint;
  /** Hash of the header before; 32 zero bytes for the first block. */
  readonly previousHash: Uint8Array;
  /** RFC 9162 root over the bodies of the transactions, whose ids are the leaf hashes. */
  readonly merkleRoot: Uint8Array;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly transactionCount: number;
  /** Epoch of the writer that made the block. */
  readonly epoch: bigint;
}

export interface SignedBlock {
  readonly header: BlockHeader;
  readonly hash: Uint8Array;
  /** The notary's signature over `hash`. */
  readonly signature: Uint8Array;
}

/** A block as the store has it. */
export interface CommittedBlock extends SignedBlock {
  /** The oracle's signature over the transactions that rest on it; null where none does. */
  readonly confirmation: Uint8Array | null;
}

/** Kinds of which an owner has one wallet at most: a bank's own, and that of an FX provider. */
export const SOLE_KINDS: readonly WalletKind[] = ['settlement', 'provider'];
export const soleWalletKey = ({ kind, ownerBic }: Pick<Wallet, 'kind' | 'ownerBic'>): string => `${kind}/${ownerBic}`;

/** What a store answers of the keys that a batch of commands names. */
export interface StoredView {
  readonly wallets: Map<WalletId, WalletRow>;
  /** The one wallet of a kind that an owner has, by {@link soleWalletKey}. */
  readonly soleWallets: Map<string, WalletId>;
  /** Of the wallets about to close, those that held money is on its way to. */
  readonly awaited: Set<WalletId>;
  readonly accounts: Map<string, WalletId>;
  /** Issue and transfer transactions by reference. */
  readonly references: Map<string, LedgerTransaction>;
  readonly holds: Map<string, Hold>;
  /** Tokens reserved by open holds, by condition reference. */
  readonly heldTokens: Map<string, readonly Token[]>;
  /** Pockets of marked money by their keys; one that is asked for and not there is empty. */
  readonly pockets: Map<string, PocketRow>;
  /** Registry entries by {@link entryKey}. */
  readonly entries: Map<string, Entry>;
}

/** What of the state a block may touch, loaded before the block is formed. */
export interface BlockView extends StoredView {
  readonly head: LedgerHead;
  /** Free tokens by {@link pocketKey}, largest first; not necessarily all of a pocket. */
  readonly tokens: Map<string, Token[]>;
  /** Last token read largest first, per pocket: where reading goes on. */
  readonly cursors: Map<string, TokenCursor>;
}

/** Place in a pocket's tokens, largest first; among equal ones the newest first. */
export type TokenCursor = Pick<Token, 'amountMinor' | 'madeIn' | 'madeAt'>;

/** A token of an earlier block, spent by the transaction at `spentAt` in this one. */
export interface SpentToken {
  readonly madeIn: bigint;
  readonly madeAt: number;
  readonly spentAt: number;
}

/** A token made in the block; `spentAt` is set when a transaction of the same block spends it again. */
export interface MadeToken extends Token {
  readonly spentAt: number | null;
}

/** The final row of a hold, and which transactions of the block made it so. */
export interface HoldChange {
  readonly hold: Hold;
  /** Position of the transaction that placed it; null when an earlier block did. */
  readonly placedAt: number | null;
  /** Position of the transaction that ended it; null while HELD. */
  readonly endedAt: number | null;
  /** The held token, when this block placed the hold and it is of money. */
  readonly token: Token | null;
}

/** Everything a block changes. A store applies all of it or nothing. */
export interface BlockMutations {
  readonly transactions: readonly NewTransaction[];
  readonly tokensMade: readonly MadeToken[];
  readonly tokensSpent: readonly SpentToken[];
  /** Final rows of wallets that the block opened, and of those before it that changed. */
  readonly walletsOpened: readonly WalletRow[];
  readonly wallets: readonly WalletRow[];
  readonly accounts: readonly AccountRow[];
  /** What came to each pocket of marked money; negative for what went. */
  readonly pockets: readonly PocketRow[];
  /** Final rows of registry entries. */
  readonly entries: readonly Entry[];
  /** Which transactions concern which topic. */
  readonly topics: readonly TopicRow[];
  /** Final rows of holds whose reference is new, and of those placed over a row of other terms. */
  readonly holdsPlaced: readonly HoldChange[];
  readonly holdsReplaced: readonly HoldChange[];
  /** Final rows of holds of earlier blocks that ended in this one. */
  readonly holdsEnded: readonly HoldChange[];
  readonly issuedMinor: bigint;
  readonly redeemedMinor: bigint;
}

/** What the notary may see of a transaction: token ids and its hash; no party, amount or purpose. */
export interface NotarialTransaction {
  readonly transactionId: Uint8Array;
  readonly spent: readonly Uint8Array[];
  readonly made: readonly Uint8Array[];
}

export type CommandRefusal = Refusal & { readonly hold?: Hold };
export const accountKey = (agentBic: Bic, accountMac: Uint8Array): string =>
  `${agentBic}/${Buffer.from(accountMac).toString('hex')}`;
