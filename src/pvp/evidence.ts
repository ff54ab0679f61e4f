import { equalBytes, sha256 } from '../kernel/hash.js';
import type { LedgerCode, Uetr, WalletId } from '../kernel/ids.js';
import { keyIsValidAt } from '../kernel/signature.js';
import { verifySignature } from '../kernel/suites.js';
import { type DecodedTransaction, holdIdOf } from '../ledger/canonical.js';
import { readHoldDetail } from '../ledger/hold-detail.js';
import type { LedgerIdentity } from '../ledger/model.js';
import { isSameCharge } from '../ledger/movement.js';
import { provenTransaction, type TransactionProof } from '../ledger/proof.js';
import type { LegCharge } from '../ledger/types.js';
import { type Attestation, decodeAttestations, type Receipt, type Vote } from './attestation.js';
import type { LegEvidence } from './leg-evidence.js';
import { chargeOfLeg, fitsMark, heldMinorOf, type PvpLeg, type PvpTerms } from './terms.js';
import { certificateOf, type PvpKeyRecord, receiptsHash, type Verified, type Verifier } from './verify.js';

/** What a check says, in words: what somebody proved, and what is wrong. */
export interface Findings {
  readonly proven: (who: string, what: string) => void;
  readonly fault: (where: string, what: string) => void;
}

export interface LegsContext extends Findings {
  readonly verifier: Verifier;
  readonly keys: readonly PvpKeyRecord[];
  /** Whose money stands in for a payer's that a failover lost. */
  readonly suspenseWallet: (ledger: LedgerCode) => WalletId;
}

/** What the legs of a payment prove together; null while they prove no end. */
export type ProvenEnd = 'COMMIT' | 'ABORT' | null;

/**
 * Checks what the jurisdictions say of a payment's legs, against its terms and each other. Pure; needs nobody. `legs`
 * must be those of the terms, each once. Throws `RangeError` for bytes that are not canonical.
 */
export function verifyLegs(
  context: LegsContext,
  terms: PvpTerms,
  termsHash: Uint8Array,
  legs: readonly LegEvidence[],
): ProvenEnd {
  const receipts: (Verified<Receipt> | null)[] = [];
  const votes: Verified<Vote>[] = [];
  const ends: (DecodedTransaction['kind'] | null)[] = [];
  for (const leg of terms.legs) {
    const evidence = legs.filter(({ ledger }) => ledger === leg.ledger);
    const [own] = evidence;
    if (!own || evidence.length > 1 || own.pvpId !== terms.pvpId || own.currency !== leg.currency) {
      context.fault(leg.ledger, 'its evidence is not there once, of this payment and currency');
      return null;
    }
    if (own.hold?.ended && !own.vote) context.fault(leg.ledger, 'it has ended and its own vote is missing');
    votes.push(...ownVotes(context, terms.pvpId, own));
    receipts.push(verifyReceipt(context, terms, termsHash, own));
    for (const shown of own.receipts) {
      const receipt = context.verifier.receipt(shown);
      if (!receipt.ok || receipt.value.value.pvpId !== terms.pvpId || receipt.value.value.ledger === own.ledger)
        context.fault(own.ledger, 'a receipt that its co-signer was shown does not verify');
    }
    ends.push(verifyEnds(context, terms, termsHash, leg, own));
    verifyApplied(context, terms.pvpId, own, ends.at(-1) ?? null);
  }
  if (legs.length !== terms.legs.length) context.fault('legs', 'there is evidence of a ledger that is no party');
  verifyReceiptsSeen(context, terms, termsHash, receipts, votes);
  return provenEnd(context, terms, termsHash, votes, ends);
}

/** The votes that a jurisdiction shows: its own, and those of its peers. A contradiction between two is a fault. */
function ownVotes({ verifier, proven, fault }: LegsContext, pvpId: Uetr, leg: LegEvidence): Verified<Vote>[] {
  const shown: [string, Attestation][] = leg.peerVotes.map((vote) => ['vote of a peer', vote]);
  if (leg.vote) shown.unshift(['vote', leg.vote]);
  return shown.flatMap(([what, attestation], i) => {
    const vote = verifier.vote(attestation);
    const isOwn = i === 0 && leg.vote !== null;
    if (!vote.ok || vote.value.value.pvpId !== pvpId || (vote.value.value.ledger === leg.ledger) !== isOwn) {
      fault(leg.ledger, `the ${what} does not verify for this payment`);
      return [];
    }
    const { ledger, decision, decidedAt, reason } = vote.value.value;
    if (isOwn) proven(`co-signer ${ledger}`, `voted ${decision}${reason ? ` (${reason})` : ''} at ${isoAt(decidedAt)}`);
    return [vote.value];
  });
}

function verifyReceipt(
  { verifier, proven, fault }: LegsContext,
  { pvpId }: PvpTerms,
  termsHash: Uint8Array,
  leg: LegEvidence,
): Verified<Receipt> | null {
  if (!leg.receipt) return null;
  const receipt = verifier.receipt(leg.receipt);
  const value = receipt.ok ? receipt.value.value : null;
  const isOfLeg =
    value?.pvpId === pvpId &&
    value.ledger === leg.ledger &&
    value.holdId === holdIdOf(identityOf(leg), pvpId, value.termsHash);
  if (!receipt.ok || !isOfLeg || !equalBytes(value.termsHash, termsHash)) {
    fault(leg.ledger, 'the receipt does not verify for these terms');
    return null;
  }
  proven(`ledger ${leg.ledger}`, `held the funds of these terms at ${isoAt(value.heldAt)}`);
  return receipt.value;
}

/** A COMMIT says which receipts were seen: they are those of this bundle, in leg order. */
function verifyReceiptsSeen(
  { fault }: LegsContext,
  terms: PvpTerms,
  termsHash: Uint8Array,
  receipts: readonly (Verified<Receipt> | null)[],
  votes: readonly Verified<Vote>[],
): void {
  const leaves = receipts.flatMap((receipt) => (receipt ? [receipt.attestation.leaf] : []));
  for (const { value } of votes) {
    if (value.decision !== 'COMMIT' || !equalBytes(value.termsHash, termsHash)) continue;
    if (leaves.length !== terms.legs.length || !equalBytes(receiptsHash(leaves), value.receiptsHash))
      fault(value.ledger, 'its COMMIT saw other receipts than these');
  }
}

const identityOf = ({ ledger, currency }: LegEvidence): LedgerIdentity => ({ code: ledger, currency });
const isoAt = (at: number): string => new Date(at).toISOString();

/** The transactions that placed and ended the hold stand in signed blocks; answers the kind of the latter. */
function verifyEnds(
  context: LegsContext,
  terms: PvpTerms,
  termsHash: Uint8Array,
  leg: PvpLeg,
  own: LegEvidence,
): DecodedTransaction['kind'] | null {
  if (!own.hold) return null;
  const { placed, ended } = own.hold;
  const start = verifyTransaction(context, terms.pvpId, own, placed);
  if (!start) return null;
  if (start.kind === 'hold') {
    const isSuspense = start.debitWallet === context.suspenseWallet(own.ledger);
    const isOfLeg =
      (start.debitWallet === leg.debitWallet || isSuspense) &&
      start.creditWallet === leg.creditWallet &&
      start.amountMinor === heldMinorOf(terms, leg) &&
      isSameCharge(readHoldDetail(start).charge, chargeOfLeg(terms, leg)) &&
      isHeldAs(leg, start, isSuspense) &&
      equalBytes(readHoldDetail(start).conditionHash, termsHash);
    if (!isOfLeg) context.fault(own.ledger, 'the hold is not the leg of these terms');
    else if (isSuspense) context.proven(`ledger ${own.ledger}`, 'held money of its suspense wallet');
  } else if (start.kind !== 'tombstone') context.fault(own.ledger, 'the hold was not placed by a hold');
  if (!ended) return null;
  const end = verifyTransaction(context, terms.pvpId, own, ended);
  if (!end) return null;
  if (start.kind === 'hold' && !equalBytes(readHoldDetail(end).conditionHash, termsHash))
    context.fault(own.ledger, 'the end is of other terms');
  if (end.kind === 'settle' && start.kind === 'hold' && !isPaidAs(leg, chargeOfLeg(terms, leg), start, end))
    context.fault(own.ledger, 'the money did not come to its payee as it was held');
  if (end.kind === 'settle') verifyCertificate(context, terms, termsHash, own, ended.evidence);
  return end.kind;
}

function isHeldAs({ mark }: PvpLeg, start: DecodedTransaction, isSuspense: boolean): boolean {
  const [held] = start.outputs;
  return held !== undefined && fitsMark(mark, held, readHoldDetail(start).creditMark, isSuspense);
}

function isPaidAs(
  { creditWallet, amountMinor }: PvpLeg,
  charge: LegCharge | null,
  start: DecodedTransaction,
  end: DecodedTransaction,
): boolean {
  const { creditMark } = readHoldDetail(start);
  const [paid, charged, ...more] = end.outputs;
  return (
    isSameCharge(charged, charge) &&
    (charged?.markId ?? null) === null &&
    paid?.walletId === creditWallet &&
    paid.amountMinor === amountMinor &&
    paid.markId === (creditMark?.markId ?? null) &&
    paid.markLevel === (creditMark?.markLevel ?? null) &&
    more.length === 0
  );
}

function verifyTransaction(
  { keys, proven, fault }: LegsContext,
  pvpId: Uetr,
  leg: LegEvidence,
  proof: TransactionProof,
): DecodedTransaction | null {
  const { header } = proof.block;
  const own = keys.filter((key) => key.role === 'ledger' && key.owner === leg.ledger && keyIsValidAt(key, header.time));
  const transaction = provenTransaction(identityOf(leg), proof, own, verifySignature);
  if (transaction?.reference !== pvpId) {
    fault(leg.ledger, `block ${header.sequence} does not prove a transaction of this payment`);
    return null;
  }
  const { dataHash, evidenceHash } = readHoldDetail(transaction);
  const isKept = (hash: Uint8Array | null, bytes: Uint8Array) => hash === null || equalBytes(hash, sha256(bytes));
  if (!isKept(dataHash, proof.data) || !isKept(evidenceHash, proof.evidence))
    fault(leg.ledger, `block ${header.sequence} commits to other terms or evidence`);
  proven(`notary ${leg.ledger}`, `block ${header.sequence} of ${isoAt(header.time)} holds its ${transaction.kind}`);
  return transaction;
}

function verifyCertificate(
  { verifier, fault }: LegsContext,
  terms: PvpTerms,
  termsHash: Uint8Array,
  leg: LegEvidence,
  evidence: Uint8Array,
): void {
  const votes = decodeAttestations(evidence).flatMap((attestation) => {
    const vote = verifier.vote(attestation);
    return vote.ok && vote.value.value.pvpId === terms.pvpId ? [vote.value] : [];
  });
  if (!certificateOf(terms, termsHash, votes)) fault(leg.ledger, 'it settled without a certificate for these terms');
}

function verifyApplied(
  { verifier, proven, fault }: LegsContext,
  pvpId: Uetr,
  leg: LegEvidence,
  end: DecodedTransaction['kind'] | null,
): void {
  if (!leg.applied) {
    if (leg.hold?.ended) fault(leg.ledger, 'it has ended and its APPLIED is missing');
    return;
  }
  const applied = verifier.applied(leg.applied);
  const value = applied.ok ? applied.value.value : null;
  const isOfLeg =
    value?.pvpId === pvpId &&
    value.ledger === leg.ledger &&
    value.state === (end === 'settle' ? 'SETTLED' : 'RELEASED') &&
    value.blockSequence === leg.hold?.ended?.block.header.sequence;
  if (!isOfLeg) fault(leg.ledger, 'APPLIED does not verify for this end');
  else
    proven(`ledger ${leg.ledger}`, `applied ${value.state} in block ${value.blockSequence} at ${isoAt(value.endedAt)}`);
}

function provenEnd(
  { proven, fault }: LegsContext,
  terms: PvpTerms,
  termsHash: Uint8Array,
  votes: readonly Verified<Vote>[],
  ends: readonly (DecodedTransaction['kind'] | null)[],
): ProvenEnd {
  const decisions = new Map<LedgerCode, Vote>();
  for (const { value } of votes) {
    const known = decisions.get(value.ledger);
    const isSame = !known || (known.decision === value.decision && equalBytes(known.termsHash, value.termsHash));
    if (!isSame) fault(value.ledger, 'its co-signer signed two votes that contradict each other');
    decisions.set(value.ledger, value);
  }
  const isCommit = certificateOf(terms, termsHash, votes) !== null;
  const ofParties = terms.legs.flatMap(({ ledger }) => decisions.get(ledger) ?? []);
  const [first] = ofParties;
  // As for the relay: COMMITs for other terms than these may settle those, under the same id.
  const isAbort = ofParties.some(
    (vote) => vote.decision === 'ABORT' || (first !== undefined && !equalBytes(vote.termsHash, first.termsHash)),
  );
  const settled = ends.filter((kind) => kind === 'settle').length;
  if (settled > 0 && settled < ends.length) fault('legs', 'one leg has settled and another one has not');
  if (isCommit && ends.some((kind) => kind !== null && kind !== 'settle'))
    fault('legs', 'a leg was released despite the certificate');
  if (isAbort && settled > 0) fault('legs', 'a leg has settled despite a vote against it');
  if (isCommit) proven('all co-signers', 'certificate: every leg settles');
  else if (isAbort) proven('a co-signer', 'no certificate can exist: no leg settles');
  return isCommit ? 'COMMIT' : isAbort ? 'ABORT' : null;
}
