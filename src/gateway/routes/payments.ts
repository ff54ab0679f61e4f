import { Router } from 'express';
import { isLoss } from '../../iso20022/translation/difference.js';
import { isoTime } from '../../kernel/clock.js';
import { ERRORS, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isUuidV4 } from '../../kernel/ids.js';
import { formatMinor } from '../../kernel/money.js';
import { callerOf } from '../identity/authenticator.js';
import { type PaymentRecord, stepsOfPayment } from '../payment.js';
import { HttpProblem, violationFinding } from '../problem.js';

const time = (at: number | null) => (at === null ? null : isoTime(at));

/** A payment as its parties see it. Amounts are decimals of the leg's currency. */
export const paymentView = (payment: PaymentRecord) => ({
  uetr: payment.uetr,
  msgId: payment.msgId,
  endToEndId: payment.facts.endToEndId,
  status: payment.status,
  state: payment.state,
  reason: payment.reason && {
    code: payment.reason,
    isoReason: ERRORS[payment.reason].iso,
    detail: payment.detail ?? ERRORS[payment.reason].title,
  },
  violations: payment.facts.violations.map(violationFinding),
  debtorAgent: payment.facts.debtorAgent,
  creditorAgent: payment.facts.creditorAgent,
  provider: payment.facts.provider,
  quoteId: payment.facts.quoteId,
  rate: payment.facts.rate,
  steps: stepsOfPayment(payment.facts),
  legs: payment.facts.legs.map((leg) => ({
    ledger: leg.ledger,
    debitWallet: leg.debitWallet,
    creditWallet: leg.creditWallet,
    amount: formatMinor(BigInt(leg.amountMinor), leg.currency),
    currency: leg.currency,
  })),
  acceptedAt: isoTime(payment.acceptedAt),
  decidedAt: time(payment.decidedAt),
  closedAt: time(payment.closedAt),
  changes: payment.differences.filter((difference) => !isLoss(difference)),
  losses: payment.differences.filter(isLoss),
});

/** `GET /v1/payments/{uetr}`: for the sender, the agents, the providers and the operator; hidden from others. */
export function createPaymentsRouter(payment: (uetr: string, caller: Bic) => Promise<PaymentRecord | null>): Router {
  const router = Router();
  router.get('/v1/payments/:uetr', async (request, response) => {
    const { uetr } = request.params;
    if (!isUuidV4(uetr)) throw new HttpProblem(refusal('BAD_REQUEST', 'uetr is not a UUIDv4'));
    const { participant } = callerOf(response);
    const found = await payment(uetr, participant.bic);
    const parties = found && [
      ...[found.sender, found.facts.debtorAgent, found.facts.creditorAgent],
      ...stepsOfPayment(found.facts).map(({ provider }) => provider),
    ];
    const mayRead =
      participant.role === 'operator' || parties?.some((bic) => bic && bicKey(bic) === bicKey(participant.bic));
    if (!found || !mayRead) throw new HttpProblem(refusal('NOT_FOUND'));
    response.json(paymentView(found));
  });
  return router;
}
