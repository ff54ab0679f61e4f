import { type Request, type Response, Router } from 'express';
import { isLoss } from '../../iso20022/translation/difference.js';
import { isoTime } from '../../kernel/clock.js';
import { ERRORS, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isUuidV4 } from '../../kernel/ids.js';
import { formatMinor } from '../../kernel/money.js';
import type { EvidenceBundle } from '../evidence.js';
import { evidenceJson } from '../evidence-json.js';
import { callerOf } from '../identity/authenticator.js';
import { type PaymentRecord, stepsOfPayment } from '../payment.js';
import { HttpProblem, violationFinding } from '../problem.js';
import { paymentInDoubt } from './doubts.js';

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
  inDoubt: paymentInDoubt(payment),
  acceptedAt: isoTime(payment.acceptedAt),
  decidedAt: time(payment.decidedAt),
  closedAt: time(payment.closedAt),
  changes: payment.differences.filter((difference) => !isLoss(difference)),
  losses: payment.differences.filter(isLoss),
});

export interface PaymentsRouterOptions {
  readonly payment: (uetr: string, caller: Bic) => Promise<PaymentRecord | null>;
  readonly evidence: (payment: PaymentRecord) => Promise<EvidenceBundle>;
}

const banksOf = ({ sender, facts }: PaymentRecord): (Bic | null)[] => [sender, facts.debtorAgent, facts.creditorAgent];
const partiesOf = (payment: PaymentRecord): (Bic | null)[] => [
  ...banksOf(payment),
  ...stepsOfPayment(payment.facts).map(({ provider }) => provider),
];

/**
 * `GET /v1/payments/{uetr}`: for the sender, the agents, the providers and the operator; its evidence holds the messages
 * and is for the banks and the operator. Hidden from others.
 */
export function createPaymentsRouter({ payment, evidence }: PaymentsRouterOptions): Router {
  const router = Router();
  const visible = async (
    request: Request<{ uetr: string }>,
    response: Response,
    readers: (payment: PaymentRecord) => readonly (Bic | null)[],
  ): Promise<PaymentRecord> => {
    const { uetr } = request.params;
    if (!isUuidV4(uetr)) throw new HttpProblem(refusal('BAD_REQUEST', 'uetr is not a UUIDv4'));
    const { participant } = callerOf(response);
    const found = await payment(uetr, participant.bic);
    const isReader = (bic: Bic | null): boolean => bic !== null && bicKey(bic) === bicKey(participant.bic);
    if (!found || !(participant.role === 'operator' || readers(found).some(isReader)))
      throw new HttpProblem(refusal('NOT_FOUND'));
    return found;
  };
  router.get('/v1/payments/:uetr', async (request, response) => {
    response.json(paymentView(await visible(request, response, partiesOf)));
  });
  router.get('/v1/payments/:uetr/evidence', async (request, response) => {
    response.json(evidenceJson(await evidence(await visible(request, response, banksOf))));
  });
  return router;
}
