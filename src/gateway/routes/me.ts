import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { callerOf } from '../identity/authenticator.js';
import { HttpProblem } from '../problem.js';

/** A public key of somebody, and what it is good for. Times are milliseconds. */
export interface KnownKey {
  readonly keyId: string;
  readonly owner: string;
  readonly role: 'participant' | 'ledger' | 'cosigner' | 'confirmer';
  readonly suite: string;
  readonly validFrom: number;
  readonly validTo: number | null;
}

/** `GET /v1/me`: who signed. `GET /v1/keys`: every key that this gateway trusts, for the operator. */
export function createMeRouter(keys: () => Promise<readonly KnownKey[]>): Router {
  const router = Router();
  router.get('/v1/me', (_request, response) => {
    const { keyId, participant } = callerOf(response);
    const { bic, name, role, ledger } = participant;
    response.json({ bic, name, role, ledger, keyId });
  });
  router.get('/v1/keys', async (_request, response) => {
    if (callerOf(response).participant.role !== 'operator') throw new HttpProblem(refusal('FORBIDDEN'));
    const known = [...(await keys())].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
    response.json({
      keys: known.map(({ validFrom, validTo, keyId, owner, role, suite }) => ({
        keyId,
        owner,
        role,
        suite,
        validFrom: isoTime(validFrom),
        validTo: validTo === null ? null : isoTime(validTo),
      })),
    });
  });
  return router;
}
