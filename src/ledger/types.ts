import type { ErrorCode, Refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, WalletId } from '../kernel/ids.js';
import type { Result } from '../kernel/result.js';
import type { DomesticCommand } from './domestic/commands.js';

/** Roles of the domestic platform (two-tier, token-based currency). */
export type WalletKind =
  | 'customer'
  | 'settlement'
  | 'provider'
  | 'treasury'
  | 'issuer'
  | 'suspense'
  | 'residue'
  | 'fee';
export type WalletStatus = 'open' | 'blocked' | 'closed';

export interface Wallet {
  readonly walletId: WalletId;
  readonly kind: WalletKind;
  /** BIC of the participant that may debit the wallet. */
  readonly ownerBic: Bic;
  readonly status: WalletStatus;
}

/** Minor units. `available` excludes held and marked money. */
export interface Balance {
  readonly walletId: WalletId;
  readonly availableMinor: bigint;
  readonly heldMinor: bigint;
  readonly markedMinor: bigint;
}

/** Where marked money is along the route of its mark. */
export interface MarkPlace {
  readonly markId: string;
  readonly markLevel: number;
}

/**
 * What is marked of a PvP leg's money. `debit`: the payer's money is under the mark, at this level, and must be allowed
 * to leave the country and to come to the leg's payee. `credit`: ordinary money pays, and the payee gets it under the mark.
 */
export type LegMark =
  | { readonly side: 'debit'; readonly markId: string; readonly markLevel: number }
  | { readonly side: 'credit'; readonly markId: string };

/** What of a PvP leg's held money is not for its payee: when the leg settles it comes to this wallet instead. Minor units. */
export interface LegCharge {
  readonly walletId: WalletId;
  readonly amountMinor: bigint;
}

/** Whether a leg's mark allows what is asked of it, before anything is held. */
export interface MarkQuestion {
  readonly mark: LegMark;
  readonly creditWallet: WalletId;
}

/** What ends a hold. A PvP leg waits for a certificate; a domestic hold waits for an oracle event. */
export type ConditionKind = 'pvp' | 'event';

export type HoldState = 'HELD' | 'SETTLED' | 'RELEASED';

/**
 * Reserved funds. It ends settled or released, once. A hold of zero that is RELEASED from the start is a tombstone:
 * the durable fact that this condition reference was refused before anything was reserved.
 */
export interface Hold {
  /** UETR for a PvP leg, event id for a domestic hold. */
  readonly conditionRef: string;
  readonly conditionKind: ConditionKind;
  /** Terms hash (32 bytes) for a PvP leg; empty for a tombstone whose terms were never seen. */
  readonly conditionHash: Uint8Array;
  readonly holdId: string;
  readonly debitWallet: WalletId | null;
  readonly creditWallet: WalletId | null;
  readonly amountMinor: bigint;
  /** Mark of the held money; where it is along the route stands in its token. */
  readonly markId: string | null;
  /**
   * What a PvP leg's money is under once it is the payee's, as the mark's rule said when it was held; null for ordinary
   * money. An event's money goes along the route of its mark when it is released, and there it is null.
   */
  readonly creditMark: MarkPlace | null;
  /** Of a PvP leg: what is held and is not for its payee, part of the amount; null where all of it is. */
  readonly charge: LegCharge | null;
  readonly state: HoldState;
  readonly heldAt: number;
  /** Milliseconds after which an undecided hold may lapse. */
  readonly lapseAt: number;
  /** Opaque to the ledger: the canonical terms of its condition. */
  readonly data: Uint8Array;
  /** What ended it (certificate, peer abort …); empty while HELD. */
  readonly evidence: Uint8Array;
  readonly reason: ErrorCode | null;
  readonly endedAt: number | null;
  /** Journal position (block sequence) of the transaction that ended it, or that placed it while HELD. */
  readonly blockSequence: bigint;
  readonly tokenIds: readonly Uint8Array[];
}

/**
 * Puts back a hold that the ledger lost although its co-signer voted COMMIT. Wallet states and a row under other terms
 * do not stand in the way (held money of other terms goes back to its payer first; a SETTLED row does stand). When
 * the payer's funds are gone ordinary money of the suspense wallet is held instead, which becomes the hold's debit
 * wallet; a mark that the ledger lost marks nothing.
 */
export interface HoldRebuild {
  readonly heldAt: number;
  readonly suspenseWallet: WalletId;
}

/**
 * Commands of one ledger. Each is applied in a block together with whatever else gathered, and succeeds or fails
 * alone. All are idempotent by their reference: a repeated command answers the first outcome.
 */
export type LedgerCommand =
  | DomesticCommand
  | { readonly kind: 'openWallet'; readonly wallet: Omit<Wallet, 'status'> }
  | {
      readonly kind: 'setWalletStatus';
      readonly walletId: WalletId;
      readonly status: WalletStatus;
      /** What the asker took it for: it may have been blocked meanwhile, and only some may unblock. */
      readonly from?: WalletStatus;
    }
  | {
      readonly kind: 'registerAccount';
      readonly agentBic: Bic;
      readonly accountId: string;
      readonly walletId: WalletId;
    }
  | {
      readonly kind: 'issue';
      readonly reference: string;
      readonly creditWallet: WalletId;
      readonly amountMinor: bigint;
    }
  | {
      readonly kind: 'transfer';
      readonly reference: string;
      readonly debitWallet: WalletId;
      readonly creditWallet: WalletId;
      readonly amountMinor: bigint;
    }
  /** Merges the smallest free tokens of a wallet's unmarked money, or of what it has under a mark at one level. */
  | {
      readonly kind: 'consolidate';
      readonly walletId: WalletId;
      readonly mark?: { readonly markId: string; readonly markLevel: number };
      readonly inputCountMax: number;
    }
  | {
      readonly kind: 'placeHold';
      readonly conditionKind: 'pvp';
      readonly conditionRef: string;
      readonly conditionHash: Uint8Array;
      readonly debitWallet: WalletId;
      readonly creditWallet: WalletId;
      readonly amountMinor: bigint;
      readonly mark: LegMark | null;
      /** Part of the amount, of ordinary money; absent where all of it is the payee's. */
      readonly charge?: LegCharge | null;
      readonly lapseAt: number;
      readonly data: Uint8Array;
      /** When the funds were first reserved, by a hold that the ledger lost; else it is the block's time. */
      readonly heldAt?: number | undefined;
      readonly rebuild?: HoldRebuild;
      /** The money is held already, for this payment, under an event that is confirmed. */
      readonly event?: { readonly eventId: string; readonly messageHash: Uint8Array };
    }
  /** Compare-and-set on (conditionRef, conditionHash, HELD). Posts the leg: the payee gets the held money. */
  | {
      readonly kind: 'settleHold';
      readonly conditionRef: string;
      readonly conditionHash: Uint8Array;
      readonly evidence: Uint8Array;
    }
  /** Compare-and-set on (conditionRef, conditionHash, HELD). The payer gets the money back, with the same mark. */
  | {
      readonly kind: 'releaseHold';
      readonly conditionRef: string;
      readonly conditionHash: Uint8Array;
      readonly reason: ErrorCode;
      readonly evidence: Uint8Array;
    }
  /** Writes a tombstone if the reference is unknown; otherwise answers the hold that is there. */
  | {
      readonly kind: 'tombstoneHold';
      readonly conditionKind: 'pvp';
      readonly conditionRef: string;
      readonly conditionHash: Uint8Array;
      readonly reason: ErrorCode;
      readonly evidence: Uint8Array;
      readonly data: Uint8Array;
    };

/** What a command did. Hold commands answer the hold as it is now. */
export interface LedgerOutcome {
  /** Block of the effect; for a repetition that left no trace of its own, of the last block. */
  readonly blockSequence: bigint;
  /** The transaction that has the effect; null where a repetition or an empty consolidation wrote none. */
  readonly transactionId: Uint8Array | null;
  readonly hold: Hold | null;
}

export type CommandResult = Result<LedgerOutcome, Refusal & { readonly hold?: Hold }>;

/** A committed block by its place and hash. */
export interface BlockPoint {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
}

/** One ledger as the PvP leg and the routes see it. Reads see the last committed block. */
export interface Ledger {
  readonly code: LedgerCode;
  readonly currency: string;
  /** Group-committed; rejects (throws) only when the outcome is unknown or the writer is fenced. */
  submit(command: LedgerCommand): Promise<CommandResult>;
  wallet(walletId: WalletId): Promise<Wallet | null>;
  balance(walletId: WalletId): Promise<Balance | null>;
  /** The register: (agent BIC, keyed hash of the account id) -> wallet. One answer per question, in order. */
  resolveAccounts(questions: readonly { agentBic: Bic; accountId: string }[]): Promise<(Wallet | null)[]>;
  /** The agent's own settlement wallet. */
  settlementWallet(agentBic: Bic): Promise<Wallet | null>;
  /** Why a leg's mark would refuse its hold now, or null: one answer per question, in order. The hold itself decides. */
  markFaults(questions: readonly MarkQuestion[]): Promise<(Refusal | null)[]>;
  holds(conditionRefs: readonly string[]): Promise<Map<string, Hold>>;
  /** Open PvP holds, oldest first, for lapse sweeping and recovery; keyset paged by (heldAt, conditionRef). */
  openHolds(
    kind: ConditionKind,
    after: { heldAt: number; conditionRef: string } | null,
    limit: number,
  ): Promise<Hold[]>;
  /**
   * The last block that this writer committed, after it was compared with the store's; sequence 0 before the first.
   * Rejects when the store has another: a failover lost blocks, or somebody took over.
   */
  lastBlock(): Promise<BlockPoint>;
  /** Whether the chain has this block: no more, once a failover lost it. */
  hasBlock(point: BlockPoint): Promise<boolean>;
  /** Rejects when the store may have lost blocks since `reconcile`, whoever noticed. */
  confirm(): Promise<void>;
  /** Reads anew what the store has and does `work`; until that is done no money moves, but for PvP holds. */
  reconcile<T>(work: () => Promise<T>): Promise<T>;
}
