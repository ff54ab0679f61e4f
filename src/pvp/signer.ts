import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import type { QuoteId, Uetr } from '../kernel/ids.js';
import type { Attestation, Decision } from './attestation.js';
import { readVoter } from './verify.js';

/**
 * The one-vote journal of a jurisdiction, as a pure function. An entry is the jurisdiction's decision: not the
 * ledger's row, not what the gateway says.
 */
export interface SignerEntry {
  readonly pvpId: Uetr;
  readonly decision: Decision;
  /** 32 bytes; empty in an ABORT whose terms were never seen. */
  readonly termsHash: Uint8Array;
  readonly reason: ErrorCode | null;
  /** Milliseconds: when the entry was journalled. It is what the signed vote says. */
  readonly decidedAt: number;
  /** Key that signs this vote. */
  readonly keyId: string;
  /** Canonical terms; empty in an ABORT. With the fields below the ledger's row can be rebuilt. */
  readonly termsBytes: Uint8Array;
  readonly holdId: string;
  readonly heldAt: number;
  readonly tokenIds: readonly Uint8Array[];
  /** Hash of the receipts shown, in leg order. */
  readonly receiptsHash: Uint8Array;
  readonly receipts: readonly Attestation[];
  /** Verified votes of the peers, at most one a peer: the first that was shown. */
  readonly peerVotes: readonly Attestation[];
}

/** What a co-signer is asked to journal. The caller has verified what it shows. */
export type SignerRequest =
  | {
      readonly vote: 'COMMIT';
      readonly pvpId: Uetr;
      readonly termsHash: Uint8Array;
      readonly termsBytes: Uint8Array;
      readonly voteBy: number;
      /** Key that the terms name for this jurisdiction. */
      readonly keyId: string;
      /** Quotes that this COMMIT uses up: each belongs to one payment for ever. */
      readonly quoteIds: readonly QuoteId[];
      readonly holdId: string;
      readonly heldAt: number;
      readonly tokenIds: readonly Uint8Array[];
      readonly receiptsHash: Uint8Array;
      readonly receipts: readonly Attestation[];
      readonly peerVotes: readonly Attestation[];
    }
  | {
      readonly vote: 'ABORT';
      readonly pvpId: Uetr;
      readonly termsHash: Uint8Array;
      readonly reason: ErrorCode;
      readonly peerVotes: readonly Attestation[];
    };

/** What the signer knows when it is asked. */
export interface SignerContext {
  readonly now: number;
  /** Milliseconds by which this clock may be wrong. */
  readonly clockErrorMs: number;
  /** False while the clock can't be proved: no new COMMIT then, but every stored vote is repeated. */
  readonly clockIsTrusted: boolean;
  /** Keys in use; the first signs ABORTs. A COMMIT is signed by the key that its terms name. */
  readonly keyIds: readonly string[];
}

const NOTHING = new Uint8Array(0);

/**
 * The entry to journal when the journal has none for this pvpId, or the refusal that leaves it empty. A COMMIT that
 * came too late, or that uses a quote of another payment, is journalled as ABORT.
 */
export function proposeEntry(
  request: SignerRequest,
  context: SignerContext,
  quoteIsTaken: boolean,
): { readonly entry: SignerEntry } | { readonly refused: Refusal } {
  if (request.vote === 'ABORT') return { entry: abortEntry(request, request.reason, context) };
  if (quoteIsTaken) return { entry: abortEntry(request, 'QUOTE_USED', context) };
  if (!context.keyIds.includes(request.keyId)) return { entry: abortEntry(request, 'KEY_UNKNOWN', context) };
  if (!context.clockIsTrusted) return { refused: refusal('CLOCK_UNTRUSTED') };
  if (context.now > request.voteBy + context.clockErrorMs) {
    return { entry: abortEntry(request, 'VOTE_TOO_LATE', context) };
  }
  const { pvpId, termsHash, termsBytes, keyId, holdId, heldAt, tokenIds, receiptsHash, receipts, peerVotes } = request;
  const shown = {
    termsBytes,
    holdId,
    heldAt,
    tokenIds,
    receiptsHash,
    receipts,
    peerVotes: firstPerPeer([], peerVotes),
  };
  return { entry: { pvpId, decision: 'COMMIT', termsHash, reason: null, decidedAt: context.now, keyId, ...shown } };
}

function abortEntry(request: SignerRequest, reason: ErrorCode, context: SignerContext): SignerEntry {
  return {
    pvpId: request.pvpId,
    decision: 'ABORT',
    termsHash: request.termsHash,
    reason,
    decidedAt: context.now,
    keyId: context.keyIds[0] ?? '',
    termsBytes: NOTHING,
    holdId: '',
    heldAt: 0,
    tokenIds: [],
    receiptsHash: NOTHING,
    receipts: [],
    peerVotes: firstPerPeer([], request.peerVotes),
  };
}

/**
 * Whether the stored entry is what was asked for. If it is not, the signer refuses: the stored vote stands, and the
 * caller must apply that one.
 */
export function answerOf(stored: SignerEntry, request: SignerRequest): Refusal | null {
  if (stored.decision !== request.vote) return refusal('HOLD_STATE', `voted ${stored.decision}`);
  const sameTerms = stored.decision === 'ABORT' || equalBytes(stored.termsHash, request.termsHash);
  return sameTerms ? null : refusal('TERMS_CONFLICT', 'voted on other terms');
}

/** Adds votes of peers not heard before; the first vote of a peer counts and is never replaced. */
export function firstPerPeer(stored: readonly Attestation[], shown: readonly Attestation[]): Attestation[] {
  const votes = [...stored];
  const heard = new Set(stored.map(readVoter));
  for (const attestation of shown) {
    const ledger = readVoter(attestation);
    if (ledger === null || heard.has(ledger)) continue;
    heard.add(ledger);
    votes.push(attestation);
  }
  return votes;
}
