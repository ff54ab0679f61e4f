import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import type { HoldState } from '../ledger/types.js';
import type { Attestation, Receipt, Vote } from './attestation.js';
import type { SignerEntry } from './signer.js';
import type { PvpTerms } from './terms.js';
import { certificateOf, isCommitOf, readVoter, type Verified, voteOf } from './verify.js';

/**
 * One leg of a payment in jurisdiction X, as a pure function: what X's ledger row and X's journal say, what arrived,
 * and the time, give the one thing to do next. A shell does it durably, looks again and asks again, until there is
 * nothing to do.
 */
export interface LegView {
  /** The ledger's row; null for NONE. */
  readonly hold: LegHold | null;
  /** The signer's journal, as far as it was read: an unread entry is found when the signer is asked. */
  readonly entry: SignerEntry | null;
  /** Terms of the row, or of the entry; null when none are known. */
  readonly terms: PvpTerms | null;
}

export interface LegHold {
  readonly state: HoldState;
  /** 32 bytes; empty in a tombstone whose terms were never seen. */
  readonly termsHash: Uint8Array;
  readonly lapseAt: number;
}

/** Verified statements about this pvpId that came with the event or were stored before, the earliest first. */
export interface LegFacts {
  readonly receipts: readonly Verified<Receipt>[];
  readonly votes: readonly Verified<Vote>[];
  /** Officers halted this trade: a leg without a COMMIT gets none any more. What was voted stands. */
  readonly halted?: Refusal | null;
}

export type LegEvent =
  /** `refused` is what the leg check said about terms, authorisation, quote, wallets; null when it found nothing. */
  | {
      readonly kind: 'prepare';
      readonly terms: PvpTerms | null;
      readonly termsHash: Uint8Array;
      readonly refused: Refusal | null;
    }
  | { readonly kind: 'deliver' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'lapse' }
  /** `prepareBy` as the asker knows it; null when it doesn't. */
  | { readonly kind: 'query'; readonly prepareBy: number | null }
  | { readonly kind: 'reconcile' };

export type LegAction =
  | { readonly do: 'nothing'; readonly refused: Refusal | null }
  /** P1: reserve the funds. */
  | { readonly do: 'placeHold' }
  /** P5: have the signer journal this vote; what stands afterwards may be the other one. */
  | { readonly do: 'vote'; readonly vote: 'COMMIT' }
  | { readonly do: 'vote'; readonly vote: 'ABORT'; readonly reason: ErrorCode }
  /** The signer stores a peer's vote before the ledger acts on it. */
  | { readonly do: 'recordPeerVotes'; readonly votes: readonly Verified<Vote>[] }
  /** P2. */
  | { readonly do: 'tombstone'; readonly reason: ErrorCode }
  /** P4. */
  | { readonly do: 'release'; readonly reason: ErrorCode; readonly evidence: readonly Attestation[] }
  /** P6. */
  | { readonly do: 'settle'; readonly certificate: readonly Attestation[] }
  /** The ledger lost the row of a COMMIT: put it back from the journal. */
  | { readonly do: 'rebuild' };

export interface LegConfig {
  readonly ledger: LedgerCode;
}

const NOTHING_TO_DO: LegAction = { do: 'nothing', refused: null };
const refuse = (code: ErrorCode): LegAction => ({ do: 'nothing', refused: refusal(code) });
const abort = (reason: ErrorCode): LegAction => ({ do: 'vote', vote: 'ABORT', reason });

/** The state as the protocol names it. VOTED is HELD with COMMIT in the own journal. */
export function legState(view: LegView): 'NONE' | 'HELD' | 'VOTED' | 'SETTLED' | 'RELEASED' {
  if (!view.hold) return 'NONE';
  if (view.hold.state !== 'HELD') return view.hold.state;
  return view.entry?.decision === 'COMMIT' ? 'VOTED' : 'HELD';
}

/** The one thing to do next. Total: every state answers every event. */
export function decideLeg(view: LegView, event: LegEvent, facts: LegFacts, now: number, config: LegConfig): LegAction {
  const { hold, entry } = view;
  if (hold !== null && hold.state !== 'HELD') return ended(hold, event);
  // The journal is the jurisdiction's decision: whatever the row says is brought in line with it first. A COMMIT whose
  // row is missing or has other terms means that the ledger lost its last commits; the peers may settle at any time.
  if (entry?.decision === 'COMMIT' && (hold === null || !equalBytes(hold.termsHash, entry.termsHash))) {
    return { do: 'rebuild' };
  }
  if (hold === null) return none(entry, event, facts, now);
  if (entry?.decision === 'ABORT') {
    return { do: 'release', reason: entry.reason ?? 'CANCELLED', evidence: entry.peerVotes };
  }
  if (view.terms === null) return NOTHING_TO_DO;
  return entry === null
    ? held(hold, view.terms, event, facts, now, config)
    : voted(hold, entry, view.terms, event, facts, config);
}

/**
 * SETTLED: every peer said COMMIT and none can take it back. RELEASED: at least one jurisdiction said ABORT, so that
 * no peer can ever have a certificate. Nothing changes any more; the last reply is repeated.
 */
function ended(hold: LegHold, event: LegEvent): LegAction {
  const otherTerms = event.kind === 'prepare' && hold.termsHash.length > 0;
  return otherTerms && !equalBytes(hold.termsHash, event.termsHash) ? refuse('TERMS_CONFLICT') : NOTHING_TO_DO;
}

/**
 * NONE: no peer has this jurisdiction's receipt or COMMIT, so that no peer can settle; a peer may hold, and waits for
 * the last leg's COMMIT or its own lapse.
 */
function none(entry: SignerEntry | null, event: LegEvent, facts: LegFacts, now: number): LegAction {
  if (entry) return { do: 'tombstone', reason: entry.reason ?? 'CANCELLED' };
  const peerAborted = facts.votes.some((vote) => vote.value.decision === 'ABORT');
  switch (event.kind) {
    case 'prepare':
      if (event.refused) return abort(event.refused.code);
      if (event.terms === null) return abort('TERMS_INVALID');
      if (facts.halted) return abort(facts.halted.code);
      if (peerAborted) return abort('PEER_ABORTED');
      return now > event.terms.prepareBy ? abort('PREPARE_TOO_LATE') : { do: 'placeHold' };
    case 'cancel':
      return abort('CANCELLED');
    case 'query':
      // Until prepareBy the answer is "pending", which promises nothing; after it an ABORT that is durable first.
      return event.prepareBy === null || now > event.prepareBy ? abort('PREPARE_TOO_LATE') : NOTHING_TO_DO;
    case 'deliver':
      return peerAborted ? abort('PEER_ABORTED') : NOTHING_TO_DO;
    case 'lapse':
    case 'reconcile':
      return NOTHING_TO_DO;
  }
}

/**
 * HELD, and no vote of ours is known here: no peer can settle, for all need our COMMIT. Legs after ours may have said
 * COMMIT and are in doubt until we vote; legs before ours wait for us.
 */
function held(
  hold: LegHold,
  terms: PvpTerms,
  event: LegEvent,
  facts: LegFacts,
  now: number,
  config: LegConfig,
): LegAction {
  const votes = ofParties(terms, firstVotes(null, facts, config.ledger));
  // Our own COMMIT may be unread here yet be part of a certificate that somebody carries.
  const certificate = certificateOf(terms, hold.termsHash, votes);
  if (certificate) return { do: 'settle', certificate: certificate.map((vote) => vote.attestation) };
  if (votes.some((vote) => isAgainst(vote, hold.termsHash, config.ledger))) return abort('PEER_ABORTED');
  if (event.kind === 'cancel') return abort('CANCELLED');
  if (event.kind === 'lapse' && now > hold.lapseAt) return abort('VOTE_TOO_LATE');
  if (mayCommit(hold, terms, facts, votes, config)) {
    if (facts.halted) return abort(facts.halted.code);
    return now <= terms.voteBy ? { do: 'vote', vote: 'COMMIT' } : abort('VOTE_TOO_LATE');
  }
  return event.kind === 'prepare' && !equalBytes(event.termsHash, hold.termsHash)
    ? refuse('TERMS_CONFLICT')
    : NOTHING_TO_DO;
}

/**
 * VOTED: a peer that has our COMMIT may have settled already. Only a peer's own signed vote that makes a certificate
 * impossible releases the hold; neither time, nor CANCEL, nor an operator does.
 */
function voted(
  hold: LegHold,
  entry: SignerEntry,
  terms: PvpTerms,
  event: LegEvent,
  facts: LegFacts,
  config: LegConfig,
): LegAction {
  const votes = ofParties(terms, firstVotes(entry, facts, config.ledger));
  const certificate = certificateOf(terms, hold.termsHash, votes);
  if (certificate) return { do: 'settle', certificate: certificate.map((vote) => vote.attestation) };
  const against = votes.filter((vote) => isAgainst(vote, hold.termsHash, config.ledger));
  if (against.length > 0) {
    const stored = new Set(entry.peerVotes.map(readVoter));
    const fresh = against.filter((vote) => !stored.has(vote.value.ledger));
    if (fresh.length > 0) return { do: 'recordPeerVotes', votes: fresh };
    return { do: 'release', reason: 'PEER_ABORTED', evidence: against.map((vote) => vote.attestation) };
  }
  const ownIsMissing = !votes.some((vote) => vote.value.ledger === config.ledger);
  // All peers said COMMIT: the signer repeats ours, and that completes the certificate.
  if (ownIsMissing && peersCommitted(hold, terms, votes, config)) return { do: 'vote', vote: 'COMMIT' };
  return event.kind === 'prepare' && !equalBytes(event.termsHash, hold.termsHash)
    ? refuse('TERMS_CONFLICT')
    : NOTHING_TO_DO;
}

/** RECEIPTs of every other leg and, in the linear order, COMMITs of all later legs, for the terms that are held. */
function mayCommit(
  hold: LegHold,
  terms: PvpTerms,
  facts: LegFacts,
  votes: readonly Verified<Vote>[],
  config: LegConfig,
): boolean {
  const own = terms.legs.findIndex((leg) => leg.ledger === config.ledger);
  return terms.legs.every((leg, i) => {
    if (i === own) return true;
    const received = facts.receipts.some(
      ({ value }) => value.ledger === leg.ledger && equalBytes(value.termsHash, hold.termsHash),
    );
    return (
      received && (i < own || votes.some((v) => isCommitOf(v, leg.ledger, terms.coSignerKeyIds[i], hold.termsHash)))
    );
  });
}

function peersCommitted(hold: LegHold, terms: PvpTerms, votes: readonly Verified<Vote>[], config: LegConfig): boolean {
  return terms.legs.every(
    (leg, i) =>
      leg.ledger === config.ledger ||
      votes.some((vote) => isCommitOf(vote, leg.ledger, terms.coSignerKeyIds[i], hold.termsHash)),
  );
}

/**
 * Only the jurisdictions of the terms have a say: the certificate needs nobody else's COMMIT, so that anybody else's
 * ABORT (honest, for an id that it never saw) says nothing about it.
 */
const ofParties = (terms: PvpTerms, votes: readonly Verified<Vote>[]): Verified<Vote>[] =>
  votes.filter((vote) => terms.legs.some((leg) => leg.ledger === vote.value.ledger));

/** A party's vote after which no certificate for these terms can exist. */
const isAgainst = (vote: Verified<Vote>, termsHash: Uint8Array, own: LedgerCode): boolean =>
  vote.value.ledger !== own && (vote.value.decision === 'ABORT' || !equalBytes(vote.value.termsHash, termsHash));

/** The vote that counts for each ledger: the one in the journal if there is one, else the first that was shown. */
export function firstVotes(
  entry: SignerEntry | null,
  facts: Pick<LegFacts, 'votes'>,
  own: LedgerCode,
): readonly Verified<Vote>[] {
  // None or one needs no choice.
  if (facts.votes.length < 2 && !entry?.peerVotes.length) return facts.votes;
  const counted = new Map<LedgerCode, Verified<Vote>>();
  for (const attestation of entry?.peerVotes ?? []) {
    const value = voteOf(attestation);
    if (value && value.ledger !== own && !counted.has(value.ledger)) counted.set(value.ledger, { value, attestation });
  }
  for (const vote of facts.votes) if (!counted.has(vote.value.ledger)) counted.set(vote.value.ledger, vote);
  return [...counted.values()];
}

/** Votes of one peer that no honest co-signer casts together, for one pvpId; empty when there are none. */
export function contradictions(votes: readonly Verified<Vote>[]): Verified<Vote>[] {
  if (votes.length < 2) return [];
  for (const [i, first] of votes.entries()) {
    const other = votes.slice(i + 1).find((vote) => contradicts(first.value, vote.value));
    if (other) return [first, other];
  }
  return [];
}

const contradicts = (a: Vote, b: Vote): boolean =>
  a.ledger === b.ledger &&
  (a.decision !== b.decision || (a.decision === 'COMMIT' && !equalBytes(a.termsHash, b.termsHash)));
