import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { callerOf } from '../identity/authenticator.js';
import type { StoredInboxItem } from '../payment.js';
import { HttpProblem } from '../problem.js';

export interface InboxReads {
  waiting(recipient: string, after: bigint, limit: number): Promise<StoredInboxItem[]>;
  item(recipient: string, position: bigint): Promise<StoredInboxItem | null>;
  acknowledge(recipient: string, position: bigint): Promise<boolean>;
}

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 500;

const badQuery = (detail: string) => new HttpProblem(refusal('BAD_REQUEST', detail));

function wholeNumber(value: unknown, name: string, fallback: bigint): bigint {
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !/^\d{1,18}$/.test(value)) throw badQuery(`${name} is not a whole number`);
  return BigInt(value);
}

const summary = (item: StoredInboxItem) => ({
  id: item.position.toString(),
  message: item.messageId,
  msgId: item.msgId,
  uetr: item.uetr,
  createdAt: isoTime(item.createdAt),
  acknowledgedAt: item.acknowledgedAt === null ? null : isoTime(item.acknowledgedAt),
});

/** The messages that wait for the caller; every item stays until it is acknowledged. */
export function createInboxRouter(reads: InboxReads): Router {
  const router = Router();

  router.get('/v1/inbox', async (request, response) => {
    const after = wholeNumber(request.query.after, 'after', 0n);
    const limit = wholeNumber(request.query.limit, 'limit', BigInt(LIMIT_DEFAULT));
    if (limit < 1n || limit > BigInt(LIMIT_MAX)) throw badQuery(`limit is not within 1 and ${LIMIT_MAX}`);
    const items = await reads.waiting(callerOf(response).participant.bic, after, Number(limit));
    response.json({ items: items.map(summary) });
  });

  router.get('/v1/inbox/:id', async (request, response) => {
    const position = wholeNumber(request.params.id, 'id', 0n);
    const item = await reads.item(callerOf(response).participant.bic, position);
    if (!item) throw new HttpProblem(refusal('NOT_FOUND'));
    response.type('application/xml').set('otkel-message', item.messageId).send(item.body);
  });

  router.post('/v1/inbox/:id/acknowledgement', async (request, response) => {
    const position = wholeNumber(request.params.id, 'id', 0n);
    const known = await reads.acknowledge(callerOf(response).participant.bic, position);
    if (!known) throw new HttpProblem(refusal('NOT_FOUND'));
    response.status(204).end();
  });

  return router;
}
