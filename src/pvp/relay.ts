import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode } from '../kernel/ids.js';
import type { Attestation, Decision, Vote } from './attestation.js';
import type { LegReport } from './jurisdiction-port.js';
import type { PvpTerms } from './terms.js';
import { certificateOf, type Verified, type Verifier } from './verify.js';

/**
 * The gateway's part as a pure function: what it has gathered gives what it sends next. It decides nothing; it reads
 * the decision off the votes.
 */
export interface RelayState {
  readonly terms: PvpTerms;
  readonly termsHash: Uint8Array;
  /** In leg order. */
  readonly legs: readonly RelayLeg[];
  /** Verified votes, the first of each ledger. */
  readonly votes: readonly Verified<Vote>[];
  /** Sends in a row that brought nothing new. */
  readonly failureCount: number;
  /** Whether the decision is in the log. */
  readonly logged: boolean;
}

export interface RelayLeg {
  readonly ledger: LedgerCode;
  /** The last answer; null before the first. */
  readonly report: LegReport | null;
  readonly receipt: Attestation | null;
}

/** A leg that goes on is news; one that goes back (a failover, or a lie) is none, so that nobody is driven in a circle. */
const STATES: readonly (LegReport['state'] | undefined)[] = [undefined, 'NONE', 'HELD', 'VOTED', 'SETTLED', 'RELEASED'];

export type RelayStep =
  | { readonly do: 'prepare'; readonly legs: readonly number[] }
  | { readonly do: 'deliver'; readonly legs: readonly number[] }
  | { readonly do: 'cancel'; readonly legs: readonly number[] }
  /** Write the decision to the log. */
  | { readonly do: 'log'; readonly decision: Decision }
  | { readonly do: 'close' };

export const startRelay = (terms: PvpTerms, termsHash: Uint8Array): RelayState => ({
  terms,
  termsHash,
  votes: [],
  failureCount: 0,
  logged: false,
  legs: terms.legs.map((leg) => ({ ledger: leg.ledger, report: null, receipt: null })),
});

/**
 * COMMIT with every jurisdiction's COMMIT; ABORT with one ABORT, or with COMMITs for two terms, after which no terms of
 * this payment can be settled; null while neither is known. COMMITs for other terms than ours may yet settle those
 * under the same id: that is no ABORT.
 */
export function relayDecision(state: RelayState): Decision | null {
  const { terms, termsHash, votes } = state;
  if (certificateOf(terms, termsHash, votes)) return 'COMMIT';
  const first = votes[0]?.value.termsHash;
  const isAborted = votes.some(
    ({ value }) => value.decision === 'ABORT' || (first !== undefined && !equalBytes(value.termsHash, first)),
  );
  return isAborted ? 'ABORT' : null;
}

/** What to send next. `failuresMax` bounds the tries before the vote; after it CANCEL asks for the votes that stand. */
export function nextRelayStep(state: RelayState, now: number, failuresMax: number): RelayStep {
  const decision = relayDecision(state);
  const { legs, terms } = state;
  if (decision) {
    // An ABORT is told before every leg has applied it, and a COMMIT that can't be delivered is looked up: the log has
    // them first. A COMMIT that is delivered at once goes there when it is closed; until then the legs answer it again.
    const isOpen = decision === 'ABORT' || state.failureCount > 0;
    if (isOpen && !state.logged) return { do: 'log', decision };
    const rest = indexes(legs, (leg) => !isFinal(leg.report));
    return rest.length > 0 ? { do: 'deliver', legs: rest } : { do: 'close' };
  }
  const voted = new Set(state.votes.map((vote) => vote.value.ledger));
  const silent = indexes(legs, (leg) => !voted.has(leg.ledger));
  // A leg that has nothing after it gave its receipt lost the hold in a failover: PREPARE repeats.
  const isUnprepared = (leg: RelayLeg) => leg.receipt === null || leg.report?.state === 'NONE';
  const unprepared = indexes(legs, (leg) => isUnprepared(leg) && !voted.has(leg.ledger));
  const isLate = now > (unprepared.length > 0 ? terms.prepareBy : terms.voteBy);
  // Everybody voted and nothing is decided: on other terms, or not by the key that the terms name. Only asking again
  // helps: somebody has to look at it.
  if (silent.length === 0) return { do: 'deliver', legs: indexes(legs, () => true) };
  if (isLate || state.failureCount >= failuresMax) return { do: 'cancel', legs: silent };
  if (unprepared.length > 0) return { do: 'prepare', legs: unprepared.slice(0, 1) };
  return { do: 'deliver', legs: silent.slice(-1) };
}

const isFinal = (report: LegReport | null): boolean => report?.state === 'SETTLED' || report?.state === 'RELEASED';

function indexes(legs: readonly RelayLeg[], test: (leg: RelayLeg) => boolean): number[] {
  return legs.flatMap((leg, i) => (test(leg) ? [i] : []));
}

/**
 * Takes over the answers of one step (null: no answer). Votes that don't verify are as if they had not come, and so is an
 * answer that has not the shape of one.
 */
export function absorb(
  state: RelayState,
  answers: readonly { readonly leg: number; readonly report: LegReport | null }[],
  verifier: Verifier,
): RelayState {
  let next = state;
  for (const { leg, report } of answers) {
    if (!report || report.pvpId !== state.terms.pvpId) continue;
    try {
      next = withReport(next, leg, report, verifier);
    } catch {
      // As if it had not come.
    }
  }
  const isNews = next.votes.length > state.votes.length || next.legs.some((leg, i) => isStep(state.legs[i]!, leg));
  return { ...next, failureCount: isNews ? 0 : state.failureCount + 1 };
}

const isStep = (before: RelayLeg, after: RelayLeg): boolean =>
  STATES.indexOf(after.report?.state) > STATES.indexOf(before.report?.state) ||
  (before.receipt === null && after.receipt !== null);

function withReport(state: RelayState, index: number, report: LegReport, verifier: Verifier): RelayState {
  const votes = [...state.votes];
  const shown = report.vote ? [report.vote, ...report.peerVotes] : report.peerVotes;
  for (const attestation of shown.slice(0, state.legs.length)) addVote(votes, attestation, state, verifier);
  const legs = state.legs.map((leg, i): RelayLeg => {
    if (i !== index) return leg;
    // Funds held for other terms are no step of this payment.
    const isOurs = report.termsHash !== null && equalBytes(report.termsHash, state.termsHash);
    const receipt = (isOurs ? report.receipt : null) ?? leg.receipt;
    return { ...leg, report, receipt };
  });
  return { ...state, legs, votes };
}

function addVote(votes: Verified<Vote>[], attestation: Attestation, state: RelayState, verifier: Verifier): void {
  if (votes.some((known) => equalBytes(known.attestation.leaf, attestation.leaf))) return;
  const vote = verifier.vote(attestation);
  if (!vote.ok || vote.value.value.pvpId !== state.terms.pvpId) return;
  const { ledger } = vote.value.value;
  const isParty = state.legs.some((leg) => leg.ledger === ledger);
  if (!isParty || votes.some((known) => known.value.ledger === ledger)) return;
  votes.push(vote.value);
}
