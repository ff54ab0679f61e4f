import { type Request, type Response, Router } from 'express';
import { type Clock, isoTime } from '../../kernel/clock.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { invariant, ok, type Result } from '../../kernel/result.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import { callerOf } from '../identity/authenticator.js';
import { type ParticipantRequest, readParticipantRequest } from '../identity/participant-request.js';
import type { Participant, ParticipantRegister } from '../identity/participants.js';
import { jsonBody } from '../json-body.js';
import { HttpProblem } from '../problem.js';

export interface ParticipantsRouterOptions {
  /** Answers the participant and keys as they are registered now. Doing it again changes nothing. */
  readonly addParticipant: (request: ParticipantRequest) => Promise<Result<ParticipantRequest, Refusal>>;
  /** Has the operator's own request done in registers elsewhere first; rejects with the refusal of one of them. */
  readonly addElsewhere?: (request: Request) => Promise<void>;
  readonly participants: () => Promise<readonly Participant[]>;
  readonly clock: Clock;
}

const participantView = ({
  bic,
  name,
  role,
  ledger,
  profile,
  pacs008Version,
  withHeader,
  rules,
  headerVersion,
  characters,
}: Participant) => ({
  bic,
  name,
  role,
  ledger,
  profile,
  pacs008Version,
  withHeader,
  rules,
  headerVersion,
  characters,
});

const keyView = ({ keyId, suite, publicKey, validFrom, validTo }: PublicKeyRecord) => ({
  keyId,
  suite,
  publicKey: Buffer.from(publicKey).toString('base64url'),
  validFrom: isoTime(validFrom),
  validTo: validTo === null ? null : isoTime(validTo),
});

function requireOperator(response: Response): void {
  if (callerOf(response).participant.role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
}

/**
 * Adds to several registers, in this order, and answers the last one's content; the first refusal ends it. A register
 * that has it already agrees, so that an interrupted request is simply sent again.
 */
export const addToRegisters =
  (registers: readonly ParticipantRegister[]): ParticipantsRouterOptions['addParticipant'] =>
  async ({ participant, keys }) => {
    invariant(registers.length > 0, 'there is a register');
    let registered: ParticipantRequest = { participant, keys: [] };
    for (const register of registers) {
      const added = await register.addParticipant(participant);
      if (!added.ok) return added;
      const known: PublicKeyRecord[] = [];
      for (const key of keys) {
        const addedKey = await register.addKey(key);
        if (!addedKey.ok) return addedKey;
        known.push(addedKey.value);
      }
      registered = { participant: added.value, keys: known };
    }
    return ok(registered);
  };

/** `POST` and `GET /v1/participants`, for the operator. */
export function createParticipantsRouter(options: ParticipantsRouterOptions): Router {
  const { addParticipant, addElsewhere, participants, clock } = options;
  const router = Router();

  router.post('/v1/participants', async (request: Request, response: Response) => {
    requireOperator(response);
    const asked = readParticipantRequest(jsonBody(request), clock.now());
    if (!asked.ok) throw new HttpProblem(asked.error);
    await addElsewhere?.(request);
    const added = await addParticipant(asked.value);
    if (!added.ok) throw new HttpProblem(added.error);
    const { participant, keys } = added.value;
    response.status(201).json({ ...participantView(participant), keys: keys.map(keyView) });
  });

  router.get('/v1/participants', async (_request, response) => {
    requireOperator(response);
    const all = await participants();
    const sorted = [...all].sort((a, b) => (a.bic < b.bic ? -1 : 1));
    response.json({ participants: sorted.map(participantView) });
  });

  return router;
}
