import { type Request, type RequestHandler, type Response, Router } from 'express';
import { refusal } from '../../kernel/errors.js';
import { invariant } from '../../kernel/result.js';
import type { JurisdictionPort } from '../../pvp/jurisdiction-port.js';
import type { EvidencePort } from '../../pvp/leg-evidence.js';
import type { BalancePort } from '../balance-port.js';
import type { EventPort } from '../event-port.js';
import type { HaltPort } from '../halts.js';
import { callerOf } from '../identity/authenticator.js';
import type { ParticipantRole } from '../identity/participants.js';
import { balanceQuestionsCodec, balancesCodec } from '../jurisdiction-http/balance-codec.js';
import {
  accountsCodec,
  type Codec,
  cancelCodec,
  deliverCodec,
  evidenceCodec,
  evidenceIdsCodec,
  marksCodec,
  PVP_CONTENT_TYPE,
  prepareCodec,
  queryCodec,
  refusalsCodec,
  reportsCodec,
  walletsCodec,
} from '../jurisdiction-http/codec.js';
import {
  eventHoldsCodec,
  eventQuestionsCodec,
  eventReportsCodec,
  eventReturnsCodec,
} from '../jurisdiction-http/event-codec.js';
import { haltsCodec } from '../jurisdiction-http/halt-codec.js';
import { HttpProblem } from '../problem.js';

const GATEWAYS: readonly ParticipantRole[] = ['gateway'];
const EVERY_PARTY: readonly ParticipantRole[] = ['gateway', 'jurisdiction'];

/**
 * The jurisdiction port as routes, for the gateways and the peers that the configuration names. A body that is not
 * canonical is `BAD_REQUEST`, whole: nothing of it is done.
 */
export function createPvpRouter(
  port: JurisdictionPort,
  proofs: EvidencePort,
  events: EventPort,
  halts: HaltPort,
  wallets: BalancePort,
): Router {
  const router = Router();
  const route = <I, O>(
    path: string,
    roles: readonly ParticipantRole[],
    request: Codec<I>,
    answer: Codec<O>,
    act: (items: readonly I[]) => Promise<readonly O[]>,
  ) => router.post(`/v1/pvp/${path}`, handler(roles, request, answer, act));
  route('prepare', GATEWAYS, prepareCodec, reportsCodec, (items) => port.prepare(items));
  route('deliver', GATEWAYS, deliverCodec, reportsCodec, (items) => port.deliver(items));
  route('cancel', GATEWAYS, cancelCodec, reportsCodec, (items) => port.cancel(items));
  route('query', EVERY_PARTY, queryCodec, reportsCodec, (items) => port.query(items));
  route('accounts', GATEWAYS, accountsCodec, walletsCodec, (items) => port.resolveAccounts(items));
  route('marks', GATEWAYS, marksCodec, refusalsCodec, (items) => port.markFaults(items));
  route('evidence', GATEWAYS, evidenceIdsCodec, evidenceCodec, (pvpIds) => proofs.evidence(pvpIds));
  route('events/hold', GATEWAYS, eventHoldsCodec, eventReportsCodec, (items) => events.holdForEvents(items));
  route('events', GATEWAYS, eventQuestionsCodec, eventReportsCodec, (items) => events.eventReports(items));
  route('events/return', GATEWAYS, eventReturnsCodec, eventReportsCodec, (items) => events.returnFromEvents(items));
  route('halts', GATEWAYS, haltsCodec, refusalsCodec, (orders) => halts.obey(orders));
  route('balances', GATEWAYS, balanceQuestionsCodec, balancesCodec, (ids) => wallets.providerBalances(ids));
  return router;
}

const handler =
  <I, O>(
    roles: readonly ParticipantRole[],
    request: Codec<I>,
    answer: Codec<O>,
    act: (items: readonly I[]) => Promise<readonly O[]>,
  ): RequestHandler =>
  async (req: Request, res: Response) => {
    if (!roles.includes(callerOf(res).participant.role)) throw new HttpProblem(refusal('FORBIDDEN'));
    if (!req.is(PVP_CONTENT_TYPE)) throw new HttpProblem(refusal('UNSUPPORTED_MEDIA_TYPE'));
    invariant(Buffer.isBuffer(req.body), 'a body with a type was read as bytes');
    const answers = await act(readItems(request, req.body));
    // As it is: Express would add a charset to a string.
    res.set('Content-Type', PVP_CONTENT_TYPE).send(answer.encode(answers));
  };

function readItems<I>(request: Codec<I>, body: Buffer): I[] {
  try {
    return request.decode(body);
  } catch (error) {
    if (error instanceof RangeError) throw new HttpProblem(refusal('BAD_REQUEST', error.message));
    throw error;
  }
}
