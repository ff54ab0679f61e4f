import type { Finding, Report } from '../kernel/finding.js';
import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode, QuoteId, Uetr } from '../kernel/ids.js';
import { ledgerDatabase } from '../ledger/audit.js';
import { holdIdOf } from '../ledger/canonical.js';
import type { LedgerIdentity } from '../ledger/model.js';
import { isSameCharge } from '../ledger/movement.js';
import type { Hold } from '../ledger/types.js';
import { type Attestation, decodeAttestations, receiptLeaf, type Vote } from './attestation.js';
import { contradictions } from './leg.js';
import type { SignerEntry } from './signer.js';
import type { StoredEquivocation } from './signer-store.js';
import { chargeOfLeg, fitsMark, heldMinorOf, type PvpLeg, type PvpTerms, readTerms } from './terms.js';
import { certificateOf, receiptsHash, type Verified, type Verifier } from './verify.js';

/** A hold of a payment, whether the central bank's suspense wallet pays it, and the level of its held money. */
export type AuditedLeg = Hold & { readonly isSuspense: boolean; readonly markLevel: number | null };

/** What one jurisdiction has of a payment. Undefined where the database is not at hand. */
export interface LegRows {
  readonly ledger: LedgerIdentity;
  readonly hold: AuditedLeg | null | undefined;
  readonly entry: SignerEntry | null | undefined;
  /** Quotes that the co-signer has given to this payment. */
  readonly claims: readonly QuoteId[];
  readonly equivocations: readonly StoredEquivocation[];
}

export interface PvpAuditContext {
  readonly verifier: Verifier;
  readonly clockErrorMs: number;
  readonly report: Report;
}

export const signerDatabase = (code: string): string => `signer-${code.toLowerCase()}`;

type Tell = (code: string, detail: string, openSince?: number) => void;

const at =
  (report: Report, database: string, table: string, key: string, block?: bigint): Tell =>
  (code, detail, openSince) =>
    report({
      code,
      database,
      table,
      key,
      detail,
      ...(block === undefined ? {} : { block }),
      ...(openSince === undefined ? {} : { openSince }),
    } satisfies Finding);

const atHold = (report: Report, leg: LegRows, pvpId: Uetr): Tell =>
  at(report, ledgerDatabase(leg.ledger.code), 'hold', pvpId, leg.hold?.blockSequence);
const atEntry = (report: Report, leg: LegRows, pvpId: Uetr): Tell =>
  at(report, signerDatabase(leg.ledger.code), 'signer_journal', pvpId);

/**
 * Checks what the jurisdictions at hand have of one payment: each journal and hold by itself, each hold against its
 * journal, and the jurisdictions against each other. Pure; every claim is verified with `context.verifier`.
 */
export function auditPayment(context: PvpAuditContext, pvpId: Uetr, legs: readonly LegRows[]): void {
  const { report } = context;
  for (const leg of legs) {
    const tellEntry = atEntry(report, leg, pvpId);
    const tellHold = atHold(report, leg, pvpId);
    if (leg.entry)
      readable(tellEntry, 'JOURNAL_UNREADABLE', () => auditEntry(context, pvpId, leg, leg.entry!, tellEntry));
    if (leg.hold) readable(tellHold, 'HOLD_UNREADABLE', () => auditHold(context, leg, leg.hold!, tellHold));
    if (leg.entry) auditPresence(leg, leg.entry, tellHold);
    for (const evidence of leg.equivocations) auditEquivocation(context, leg, evidence);
  }
  auditAgreement(context, pvpId, legs);
}

/** Canonical bytes that somebody changed throw a `RangeError` where they are read. */
function readable(tell: Tell, code: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tell(code, `its bytes are not what was written: ${error.message}`);
  }
}

/** The journal: one vote, which verifies with what it was shown. */
function auditEntry(context: PvpAuditContext, pvpId: Uetr, leg: LegRows, entry: SignerEntry, tell: Tell): void {
  const own = leg.ledger.code;
  const heard = new Set<LedgerCode>();
  for (const attestation of entry.peerVotes) {
    const vote = context.verifier.vote(attestation);
    const isOfPeer = vote.ok && vote.value.value.pvpId === pvpId && vote.value.value.ledger !== own;
    if (!isOfPeer || heard.has(vote.value.value.ledger))
      tell('JOURNAL_PEER_VOTE', 'a stored vote of a peer does not verify');
    else heard.add(vote.value.value.ledger);
  }
  if (entry.decision === 'ABORT') return;
  const { terms, termsHash } = readTerms(entry.termsBytes);
  const index = terms?.legs.findIndex((one) => one.ledger === own) ?? -1;
  if (terms?.pvpId !== pvpId || index === -1 || !equalBytes(termsHash, entry.termsHash)) {
    tell('JOURNAL_TERMS', 'its terms are not those of its hash and payment');
    return;
  }
  const { decidedAt, keyId } = entry;
  if (terms.coSignerKeyIds[index] !== keyId || !context.verifier.isCoSigner(keyId, own, decidedAt, decidedAt))
    tell('JOURNAL_KEY', `its key ${keyId} is not the one of the terms, or was not valid`);
  if (decidedAt > terms.voteBy + context.clockErrorMs) tell('JOURNAL_LATE', 'COMMIT after the deadline for votes');
  if (!hasReceipts(context, terms, leg.ledger, entry)) tell('JOURNAL_RECEIPTS', 'its receipts do not verify');
  const missing = terms.quotes.filter((quote) => !leg.claims.includes(quote.quoteId));
  for (const { quoteId } of missing)
    at(
      context.report,
      signerDatabase(own),
      'signer_quote',
      quoteId,
    )('QUOTE_CLAIM', `the COMMIT on ${pvpId} uses it, and it is not claimed by that payment`);
}

/** Every other leg's receipt verifies for these terms, and with the own one they are what the vote says it saw. */
function hasReceipts(
  { verifier }: PvpAuditContext,
  terms: PvpTerms,
  ledger: LedgerIdentity,
  entry: SignerEntry,
): boolean {
  const { pvpId, termsHash, holdId, heldAt } = entry;
  const received = entry.receipts.map((attestation) => verifier.receipt(attestation));
  const leaves = terms.legs.map((leg) => {
    if (leg.ledger === ledger.code) return receiptLeaf({ ledger: leg.ledger, pvpId, termsHash, holdId, heldAt });
    const receipt = received.find((item) => item.ok && item.value.value.ledger === leg.ledger);
    const isOfTerms =
      receipt?.ok && receipt.value.value.pvpId === pvpId && equalBytes(receipt.value.value.termsHash, termsHash);
    return isOfTerms ? receipt.value.attestation.leaf : null;
  });
  const whole = leaves.flatMap((leaf) => (leaf ? [leaf] : []));
  return (
    whole.length === leaves.length &&
    holdId === holdIdOf(ledger, pvpId, termsHash) &&
    equalBytes(receiptsHash(whole), entry.receiptsHash)
  );
}

/** The hold: it is the leg of its terms, and what ended it is proven. */
function auditHold(context: PvpAuditContext, leg: LegRows, hold: AuditedLeg, tell: Tell): void {
  const { entry } = leg;
  const terms = holdTerms(leg);
  const own = terms?.legs.find((one) => one.ledger === leg.ledger.code);
  if (hold.debitWallet !== null && (!terms || !own || !isOfLeg(hold, terms, own, leg.ledger)))
    tell('HOLD_TERMS', 'it is not the leg of the terms whose hash it names');
  const votes = votesOf(context, hold.evidence, hold.conditionRef);
  switch (hold.state) {
    case 'HELD':
      tell('HOLD_OPEN', `held, ${entry ? `own vote ${entry.decision}` : 'no own vote'}`, hold.heldAt);
      return;
    case 'SETTLED': {
      const certificate = terms && votes && certificateOf(terms, hold.conditionHash, votes);
      if (!certificate) tell('SETTLED_UNPROVEN', 'it settled without a certificate that verifies');
      const isVoted =
        entry === undefined || (entry?.decision === 'COMMIT' && equalBytes(entry.termsHash, hold.conditionHash));
      if (!isVoted) tell('SETTLED_UNVOTED', `it settled and the own journal says ${entry?.decision ?? 'nothing'}`);
      return;
    }
    case 'RELEASED': {
      if (entry === null) tell('RELEASED_UNVOTED', 'it was released without an ABORT in the journal');
      const isAgainst = ({ value }: Verified<Vote>): boolean =>
        value.ledger !== leg.ledger.code &&
        (value.decision === 'ABORT' || !equalBytes(value.termsHash, hold.conditionHash));
      if (entry?.decision === 'COMMIT' && !votes?.some(isAgainst))
        tell('RELEASED_UNPROVEN', 'it was released after the own COMMIT without a vote of a peer against it');
    }
  }
}

/** The verified votes in a hold's evidence; null when one of them does not verify. */
function votesOf({ verifier }: PvpAuditContext, evidence: Uint8Array, pvpId: string): Verified<Vote>[] | null {
  const votes: Verified<Vote>[] = [];
  for (const attestation of decodeAttestations(evidence)) {
    const vote = verifier.vote(attestation);
    if (!vote.ok || vote.value.value.pvpId !== pvpId) return null;
    votes.push(vote.value);
  }
  return votes;
}

const holdTerms = ({ hold }: LegRows): PvpTerms | null => {
  if (!hold || hold.data.length === 0) return null;
  const { terms, termsHash } = readTerms(hold.data);
  return terms?.pvpId === hold.conditionRef && equalBytes(termsHash, hold.conditionHash) ? terms : null;
};

const isOfLeg = (hold: AuditedLeg, terms: PvpTerms, leg: PvpLeg, ledger: LedgerIdentity): boolean =>
  (hold.debitWallet === leg.debitWallet || hold.isSuspense) &&
  hold.creditWallet === leg.creditWallet &&
  hold.amountMinor === heldMinorOf(terms, leg) &&
  isSameCharge(hold.charge, chargeOfLeg(terms, leg)) &&
  fitsMark(leg.mark, hold, hold.creditMark, hold.isSuspense) &&
  leg.currency === ledger.currency;

/** A vote in the journal has its row in the ledger: what it voted on, or a tombstone. */
function auditPresence({ hold }: LegRows, entry: SignerEntry, tell: Tell): void {
  if (hold === undefined) return;
  const isOther = hold && entry.decision === 'COMMIT' && !equalBytes(hold.conditionHash, entry.termsHash);
  if (hold && !isOther) return;
  const what = isOther ? 'the row has other terms' : 'there is no row';
  tell('LEG_MISSING', `the journal says ${entry.decision} and ${what}`, entry.decidedAt);
}

function auditEquivocation(
  { verifier, report }: PvpAuditContext,
  leg: LegRows,
  evidence: LegRows['equivocations'][number],
): void {
  const tell = at(report, signerDatabase(leg.ledger.code), 'signer_equivocation', evidence.pvpId);
  const verified = evidence.votes.map((attestation) => verifier.vote(attestation));
  const votes = verified.flatMap((vote) => (vote.ok && vote.value.value.pvpId === evidence.pvpId ? [vote.value] : []));
  // Without votes it says that funds were gone.
  const isProven =
    evidence.votes.length === 0 || (votes.length === verified.length && contradictions(votes).length > 0);
  if (!isProven) tell('EVIDENCE_INVALID', 'the votes kept as evidence do not contradict each other');
  if (evidence.closedAt === null) tell('CORRIDOR_FROZEN', 'no operator has dealt with this evidence yet');
}

/** Every leg settled or none, on the same terms; a signed vote is what its journal says. */
function auditAgreement(context: PvpAuditContext, pvpId: Uetr, legs: readonly LegRows[]): void {
  const { report } = context;
  const byCode = new Map(legs.map((leg) => [leg.ledger.code, leg]));
  const settled = legs.filter((leg) => leg.hold?.state === 'SETTLED');
  const told = new Set<LegRows>();
  for (const leg of settled) {
    for (const { ledger } of holdTerms(leg)?.legs ?? []) {
      const other = byCode.get(ledger);
      if (!other || other.hold === undefined || told.has(other)) continue;
      const tell = atHold(report, other, pvpId);
      const { hold } = other;
      const isOther = hold?.state === 'SETTLED' && !equalBytes(hold.conditionHash, leg.hold!.conditionHash);
      if (hold?.state === 'RELEASED') tell('SPLIT', `it is released and ${leg.ledger.code} has settled`);
      else if (isOther) tell('TERMS_DIFFER', `it settled on other terms than ${leg.ledger.code}`);
      else if (!hold && !other.entry) tell('LEG_MISSING', `${leg.ledger.code} has settled`, leg.hold!.endedAt ?? 0);
      else continue;
      told.add(other);
    }
  }
  for (const leg of legs) {
    for (const attestation of shownVotes(leg)) {
      const vote = context.verifier.vote(attestation);
      if (vote.ok) auditShownVote(report, vote.value.value, byCode);
    }
  }
}

/** Votes that a jurisdiction has of others, as far as they can be read. */
function shownVotes({ entry, hold }: LegRows): readonly Attestation[] {
  const shown: Attestation[] = [];
  readable(ignore, '', () => shown.push(...(entry?.peerVotes ?? [])));
  readable(ignore, '', () => shown.push(...decodeAttestations(hold?.evidence ?? new Uint8Array(0))));
  return shown;
}
const ignore: Tell = () => undefined;

function auditShownVote(report: Report, vote: Vote, byCode: ReadonlyMap<LedgerCode, LegRows>): void {
  const signer = byCode.get(vote.ledger);
  if (!signer || signer.entry === undefined) return;
  const tell = atEntry(report, signer, vote.pvpId);
  if (signer.entry === null) {
    tell('VOTE_UNJOURNALLED', `a signed ${vote.decision} is known and the journal has none`, vote.decidedAt);
    return;
  }
  const { decision, termsHash, decidedAt } = signer.entry;
  const isSame = decision === vote.decision && decidedAt === vote.decidedAt && equalBytes(termsHash, vote.termsHash);
  if (!isSame)
    tell('VOTE_CONTRADICTS', `a signed ${vote.decision} is known and the journal says ${decision} otherwise`);
}
