import { refusal } from '../kernel/errors.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import type { Hold } from '../ledger/types.js';
import { type Attestation, appliedLeaf, attest } from './attestation.js';
import type { LegReport } from './jurisdiction-port.js';
import { ownReceiptLeaf } from './leg-commands.js';
import type { LegShellOptions } from './leg-shell.js';
import { stateOf, type Work } from './leg-work.js';
import { readVoter } from './verify.js';

/** Which statements a report carries. A statement nobody needs costs no signature. */
export interface ReportWants {
  readonly receipts: boolean;
  readonly peerVotes: boolean;
}

/**
 * Reports of a batch, in order: receipts, repeated votes and applied statements each form one tree, signed once; the
 * last when one of them is read.
 */
export function reportsOf(works: readonly Work[], wants: ReportWants, options: LegShellOptions): LegReport[] {
  const { ledger, coSigner, ledgerSigner } = options;
  const holding = works.filter((work) => wants.receipts && work.hold?.state === 'HELD');
  const receipts = attest(
    'receipt',
    holding.map((work) => ownReceiptLeaf(ledger, work.hold!)),
    ledgerSigner,
  );
  const receiptOf = new Map(holding.map((work, i) => [work, receipts[i]!]));

  const ended = works.filter((work) => work.hold !== null && work.hold.state !== 'HELD');
  const placeOf = new Map(ended.map((work, i) => [work, i]));
  let applied: Attestation[] | undefined;
  const appliedOf = (work: Work): Attestation | null => {
    const at = placeOf.get(work);
    if (at === undefined) return null;
    applied ??= attest(
      'applied',
      ended.map((one) => endedLeaf(ledger.code, one.hold!)),
      ledgerSigner,
    );
    return applied[at]!;
  };

  const ownVote = new Map<Work, Attestation>();
  const silent: Work[] = [];
  for (const work of works) {
    const vote = knownOwnVote(work, ledger.code);
    if (vote) ownVote.set(work, vote);
    else if (work.entry) silent.push(work);
  }
  const repeated = coSigner.repeat(silent.map((work) => work.entry!));
  for (const [i, work] of silent.entries()) {
    const vote = repeated[i];
    if (vote) ownVote.set(work, vote);
  }

  return works.map((work) => ({
    pvpId: work.pvpId,
    termsHash: work.hold?.conditionHash ?? work.entry?.termsHash ?? null,
    state: stateOf(work),
    receipt: receiptOf.get(work) ?? null,
    vote: ownVote.get(work) ?? null,
    peerVotes: wants.peerVotes ? peerVotesOf(work, ledger.code) : [],
    get applied() {
      return appliedOf(work);
    },
    refusal: work.refused ?? (work.hold?.reason ? refusal(work.hold.reason) : null),
    holdId: work.hold?.holdId ?? null,
    decidedAt: work.entry?.decidedAt ?? null,
  }));
}

/** The leaf of APPLIED, from the row of a hold that has ended: every repetition has the same bytes. */
export function endedLeaf(ledger: LedgerCode, hold: Hold): Buffer {
  const state = hold.state === 'SETTLED' ? 'SETTLED' : 'RELEASED';
  const termsHash = hold.conditionHash;
  const { blockSequence } = hold;
  return appliedLeaf({
    ledger,
    pvpId: hold.conditionRef as Uetr,
    termsHash,
    state,
    blockSequence,
    endedAt: hold.endedAt ?? hold.heldAt,
  });
}

function knownOwnVote(work: Work, own: LedgerCode): Attestation | null {
  const shown = work.votes.find((vote) => vote.value.ledger === own);
  if (shown) return shown.attestation;
  return work.evidence.find((attestation) => readVoter(attestation) === own) ?? null;
}

/** Every vote of a peer that is stored here or was just verified, one a peer: the stored one where there is one. */
export function peerVotesOf(work: Work, own: LedgerCode): Attestation[] {
  const votes = new Map<LedgerCode, Attestation>();
  const shown = work.votes.map((vote) => vote.attestation);
  for (const attestation of [...(work.entry?.peerVotes ?? []), ...work.evidence, ...shown]) {
    const ledger = readVoter(attestation);
    if (ledger !== null && ledger !== own && !votes.has(ledger)) votes.set(ledger, attestation);
  }
  return [...votes.values()];
}
