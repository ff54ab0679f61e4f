import { type Request, type Response, Router } from 'express';
import { isLoss } from '../../iso20022/translation/difference.js';
import { isoTime } from '../../kernel/clock.js';
import { ERRORS, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isUuidV4 } from '../../kernel/ids.js';
import { formatMinor } from '../../kernel/money.js';
import type { EvidenceBundle } from '../evidence.js';
import { evidenceJson } from '../evidence-json.js';
import { callerOf } from '../identity/authenticator.js';
import type { Participant } from '../identity/participants.js';
import { type PaymentRecord, stepsOfPayment } from '../payment.js';
import {
  listedPaymentView,
  type PaymentPage,
  type PaymentScope,
  type PaymentSearch,
  placeText,
  readPaymentSearch,
} from '../payment-search.js';
import { HttpProblem, violationFinding } from '../problem.js';
import { paymentInDoubt, paymentWaitsFor } from './doubts.js';

const time = (at: number | null) => (at === null ? null : isoTime(at));

/** What is charged besides the first leg's amount, of its currency. */
const chargeView = ({ charge, legs: [first] }: PaymentRecord['facts']) =>
  charge && first
    ? {
        amount: formatMinor(BigInt(charge.amountMinor), first.currency),
        currency: first.currency,
        wallet: charge.walletId,
      }
    : null;

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
  charge: chargeView(payment.facts),
  waitsFor: paymentWaitsFor(payment),
  inDoubt: paymentInDoubt(payment),
  acceptedAt: isoTime(payment.acceptedAt),
  decidedAt: time(payment.decidedAt),
  closedAt: time(payment.closedAt),
  changes: payment.differences.filter((difference) => !isLoss(difference)),
  losses: payment.differences.filter(isLoss),
});

export interface PaymentsRouterOptions {
  readonly search: (search: PaymentSearch, scope: PaymentScope) => Promise<PaymentPage>;
  readonly payment: (uetr: string, caller: Bic) => Promise<PaymentRecord | null>;
  readonly evidence: (payment: PaymentRecord) => Promise<EvidenceBundle>;
}

const banksOf = ({ sender, facts }: PaymentRecord): (Bic | null)[] => [sender, facts.debtorAgent, facts.creditorAgent];
const partiesOf = (payment: PaymentRecord): (Bic | null)[] => [
  ...banksOf(payment),
  ...stepsOfPayment(payment.facts).map(({ provider }) => provider),
];

/** Whose payments somebody lists; null for who has none. */
function scopeOf({ role, bic }: Participant): PaymentScope | null {
  if (role === 'operator' || role === 'desk') return { kind: 'all' };
  return role === 'bank' || role === 'provider' ? { kind: role, bic } : null;
}

/**
 * `GET /v1/payments`: the operator and the desk list all, a bank and a provider their own. `GET /v1/payments/{uetr}`: for
 * the sender, the agents, the providers, the desk and the operator; its evidence holds the messages and is for the banks
 * and the operator. Hidden from others.
 */
export function createPaymentsRouter({ search, payment, evidence }: PaymentsRouterOptions): Router {
  const router = Router();
  const visible = async (
    request: Request<{ uetr: string }>,
    response: Response,
    readers: (payment: PaymentRecord) => readonly (Bic | null)[],
    roles: readonly Participant['role'][],
  ): Promise<PaymentRecord> => {
    const { uetr } = request.params;
    if (!isUuidV4(uetr)) throw new HttpProblem(refusal('BAD_REQUEST', 'uetr is not a UUIDv4'));
    const { participant } = callerOf(response);
    const found = await payment(uetr, participant.bic);
    const isReader = (bic: Bic | null): boolean => bic !== null && bicKey(bic) === bicKey(participant.bic);
    if (!found || !(roles.includes(participant.role) || readers(found).some(isReader)))
      throw new HttpProblem(refusal('NOT_FOUND'));
    return found;
  };
  router.get('/v1/payments', async (request, response) => {
    const scope = scopeOf(callerOf(response).participant);
    if (scope === null) throw new HttpProblem(refusal('FORBIDDEN'));
    const asked = readPaymentSearch(request.query);
    if (!asked.ok) throw new HttpProblem(asked.error);
    const { payments, next } = await search(asked.value, scope);
    response.json({ payments: payments.map(listedPaymentView), next: next && placeText(next) });
  });
  router.get('/v1/payments/:uetr', async (request, response) => {
    response.json(paymentView(await visible(request, response, partiesOf, ['operator', 'desk'])));
  });
  router.get('/v1/payments/:uetr/evidence', async (request, response) => {
    response.json(evidenceJson(await evidence(await visible(request, response, banksOf, ['operator']))));
  });
  return router;
}
