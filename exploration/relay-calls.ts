import type { LegReport } from '../src/pvp/jurisdiction-port.js';
import type { RelayState } from '../src/pvp/relay.js';
import type { Call, ReportCode } from './leg-call.js';
import type { Payment } from './statements.js';

/** Sends without effect before the gateway cancels, as few as show what that does. */
export const FAILURES_MAX = 2;

/** What the gateway sends in this step, as its coordinator does. */
export function callOf(payment: Payment, relay: RelayState, step: 'prepare' | 'deliver' | 'cancel', leg: number): Call {
  const isShown = (i: number) => i !== leg || step === 'prepare';
  const receipts = relay.legs.flatMap((item, i) => (item.receipt && isShown(i) ? [payment.codeOf(item.receipt)] : []));
  switch (step) {
    case 'prepare':
      return { kind: 'prepare', terms: 0, receipts, refused: false };
    case 'deliver':
      return { kind: 'deliver', receipts, votes: relay.votes.map((vote) => payment.codeOf(vote.attestation)) };
    case 'cancel':
      return { kind: 'cancel' };
  }
}

export const reportOf = (payment: Payment, report: ReportCode): LegReport => ({
  ...{ pvpId: payment.pvpId, applied: null, refusal: null, holdId: null, decidedAt: null },
  state: report.state,
  termsHash: report.terms < 0 ? null : payment.terms[report.terms]!.termsHash,
  receipt: report.receipt === null ? null : payment.statement(report.receipt),
  vote: report.vote === null ? null : payment.statement(report.vote),
  peerVotes: report.peerVotes.map(payment.statement),
});
