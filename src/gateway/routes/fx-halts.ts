import { type Request, type Response, Router } from 'express';
import { type Clock, isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { isUuidV4 } from '../../kernel/ids.js';
import { type HaltAction, LIFTS_NEEDED, stands } from '../../pvp/halts.js';
import { type DeskHalt, type HaltDesk, readOrder } from '../halts.js';
import { callerOf } from '../identity/authenticator.js';
import { encodeAuthorisation } from '../identity/authorisation.js';
import { largeJsonBody } from '../json-body.js';
import { HttpProblem } from '../problem.js';

export interface FxHaltsRouterOptions {
  readonly halts: Pick<HaltDesk, 'order' | 'halts'>;
  readonly clock: Clock;
}

const haltView = ({ haltId, scope, name, reason, setBy, setAt, liftedBy, awaited }: DeskHalt) => ({
  haltId,
  scope,
  name,
  reason,
  setBy,
  setAt: isoTime(setAt),
  liftedBy,
  stands: stands({ liftedBy }),
  liftsNeeded: LIFTS_NEEDED,
  awaited,
});

/** The kill switch: `PUT /v1/fx/halts/{id}` by one officer of the desk, `…/lift` by two. */
export function createFxHaltsRouter({ halts, clock }: FxHaltsRouterOptions): Router {
  const router = Router();

  const give = async (action: HaltAction, request: Request, response: Response): Promise<void> => {
    const { participant, keyId, signed } = callerOf(response);
    if (participant.role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
    const haltId = String(request.params.id);
    if (!isUuidV4(haltId)) throw new HttpProblem(refusal('BAD_REQUEST', 'the id is a lower-case UUIDv4'));
    largeJsonBody(request);
    const body = request.body as Buffer;
    const said = readOrder(action, body);
    if (!said.ok) throw new HttpProblem(said.error);
    const authorisation = encodeAuthorisation(signed);
    const order = { ...said.value, haltId, action, keyId, body, authorisation, orderedAt: clock.now() };
    const halt = await halts.order(order);
    if (!halt.ok) throw new HttpProblem(halt.error);
    response.json(haltView(halt.value));
  };
  router.put('/v1/fx/halts/:id', (request, response) => give('set', request, response));
  router.post('/v1/fx/halts/:id/lift', (request, response) => give('lift', request, response));

  router.get('/v1/fx/halts', async (request, response) => {
    const { role } = callerOf(response).participant;
    if (role !== 'desk' && role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
    const found = await halts.halts(request.query.lifted === 'true');
    response.json({ halts: found.map(haltView) });
  });

  return router;
}
