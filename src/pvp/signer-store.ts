import type { Refusal } from '../kernel/errors.js';
import type { Uetr } from '../kernel/ids.js';
import type { BlockPoint } from '../ledger/types.js';
import type { Attestation } from './attestation.js';
import type { SignerContext, SignerEntry, SignerRequest } from './signer.js';

/** One request's outcome: the entry that stands, and whether it is another than was asked for. */
export interface StoredVote {
  /** Null only when the signer refused without voting. */
  readonly entry: SignerEntry | null;
  readonly refused: Refusal | null;
}

/** Contradictory signed votes of a peer, kept for ever. */
export interface Equivocation {
  readonly pvpId: Uetr;
  readonly votes: readonly Attestation[];
  readonly foundAt: number;
}

/**
 * Every journal entry up to `position` had its row in the ledger when this was its last block: a ledger whose chain has
 * the block has those rows.
 */
export interface Checkpoint {
  readonly position: bigint;
  readonly block: BlockPoint;
}

/** Checkpoints that a store keeps at least, the newest ones. */
export const CHECKPOINTS_KEPT = 10_000;

/** An equivocation with the time when an operator had dealt with it; null while it freezes the corridor. */
export type StoredEquivocation = Equivocation & { readonly closedAt: number | null };

/** Thrown when a request comes from an older ledger epoch than the signer serves. */
export class EpochFencedError extends Error {
  override readonly name = 'EpochFencedError';
}

/**
 * The signer's journal on storage of its own. Every method is one transaction, durable when it answers. Methods that
 * take an epoch throw {@link EpochFencedError} and change nothing when it is not the current one.
 */
export interface SignerStore {
  /** Raises the epoch by one and answers it: from now on older ledger writers are refused. */
  raiseEpoch(): Promise<bigint>;
  /** Inserts where nothing stands, re-reads, and answers what stands: one outcome per request, in order. */
  vote(epoch: bigint, requests: readonly SignerRequest[], context: SignerContext): Promise<StoredVote[]>;
  /** Adds verified peer votes to entries (first vote per peer); answers the entries as they are now. */
  recordPeerVotes(
    epoch: bigint,
    items: readonly { readonly pvpId: Uetr; readonly peerVotes: readonly Attestation[] }[],
  ): Promise<Map<Uetr, SignerEntry>>;
  entries(pvpIds: readonly Uetr[]): Promise<Map<Uetr, SignerEntry>>;
  /** Position of the last entry, 0 when there is none. Within an epoch a later entry has a higher position. */
  lastPosition(): Promise<bigint>;
  /** Entries in the order in which they were journalled. */
  entriesAfter(
    position: bigint,
    limit: number,
  ): Promise<readonly { readonly position: bigint; readonly entry: SignerEntry }[]>;
  /** The newest first; empty at first. */
  checkpoints(): Promise<readonly Checkpoint[]>;
  keepCheckpoint(epoch: bigint, checkpoint: Checkpoint): Promise<void>;
  keepEquivocations(items: readonly Equivocation[]): Promise<void>;
  /** What freezes the corridor; empty when nothing does. */
  openEquivocations(): Promise<Equivocation[]>;
  /** An operator has dealt with all that was found until now; the evidence stays. */
  closeEquivocations(at: number): Promise<void>;
}
