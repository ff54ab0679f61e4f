import { type RequestHandler, type Response, Router } from 'express';
import type { Timers } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { bicKey, type LedgerCode } from '../../kernel/ids.js';
import type { Change, Feed } from '../feed.js';
import { callerOf } from '../identity/authenticator.js';
import type { Participant } from '../identity/participants.js';
import { HttpProblem } from '../problem.js';

export interface StreamRouterOptions {
  readonly feed: Feed;
  readonly timers: Timers;
  /** Streams end when it resolves. */
  readonly ended: Promise<void>;
  /** Payments that a slow reader is kept before it is told to read everything again; default 1,000. */
  readonly queueMax?: number;
}

const QUEUE_MAX = 1_000;
const STREAMS_OF_A_KEY_MAX = 16;
const HEARTBEAT_MS = 10_000;
/** Who has lost the key meanwhile hears no more than this. */
const HEARTBEATS_MAX = 60;

/** What a reader has not been sent yet. Payments changed several times are told of once. */
interface Queue {
  add(changes: readonly Change[]): void;
  /** All of it as events, and it is empty. */
  take(): string;
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

function createQueue({ bic, role }: Participant, queueMax: number): Queue {
  const seesAll = role === 'operator' || role === 'desk';
  const self = bicKey(bic);
  const uetrs = new Set<string>();
  const codes = new Set<LedgerCode>();
  let isFxChanged = false;
  let isDeskChanged = false;
  let isTooMuch = false;
  const clear = () => {
    uetrs.clear();
    codes.clear();
    isFxChanged = false;
    isDeskChanged = false;
    isTooMuch = false;
  };
  return {
    add(changes) {
      for (const change of changes) {
        if (change.topic === 'fx') isFxChanged = true;
        else if (change.topic === 'desk') isDeskChanged = seesAll;
        else if (change.topic === 'ledger') codes.add(change.code);
        else if (seesAll || change.parties.has(self)) uetrs.add(change.uetr);
      }
      if (uetrs.size > queueMax) {
        uetrs.clear();
        isTooMuch = true;
      }
    },
    take() {
      const text = isTooMuch
        ? event('everything', {})
        : (uetrs.size > 0 ? event('payments', { uetrs: [...uetrs] }) : '') +
          (codes.size > 0 ? event('ledgers', { codes: [...codes] }) : '') +
          (isFxChanged ? event('fx', {}) : '') +
          (isDeskChanged ? event('desk', {}) : '');
      clear();
      return text;
    },
  };
}

/** Writes to a reader as fast as it reads; one that has read nothing for a whole heartbeat is let go. */
function follow(response: Response, queue: Queue, { feed, timers, ended }: StreamRouterOptions): void {
  let isBlocked = false;
  let heartbeats = 0;
  const write = (text: string): void => {
    if (text === '') return;
    isBlocked = !response.write(text);
  };
  const unsubscribe = feed.subscribe((changes) => {
    queue.add(changes);
    if (!isBlocked) write(queue.take());
  });
  response.on('drain', () => {
    isBlocked = false;
    write(queue.take());
  });
  let cancel = () => {};
  const beat = () => {
    heartbeats += 1;
    if (isBlocked) response.destroy();
    else if (heartbeats === HEARTBEATS_MAX) response.end();
    else {
      write(event('heartbeat', {}));
      cancel = timers.after(HEARTBEAT_MS, beat);
    }
  };
  response.once('close', () => {
    unsubscribe();
    cancel();
  });
  void ended.then(() => response.end());
  beat();
}

/** `GET /v1/stream`: server-sent events (WHATWG HTML, 9.2) of what changed, for whoever may read it. */
export function createStreamRouter(options: StreamRouterOptions): Router {
  const openByKey = new Map<string, number>();
  const router = Router();
  router.get('/v1/stream', (request, response) => {
    const { keyId, participant } = callerOf(response);
    const openCount = openByKey.get(keyId) ?? 0;
    if (openCount >= STREAMS_OF_A_KEY_MAX) throw new HttpProblem(refusal('TOO_MANY_REQUESTS'));
    openByKey.set(keyId, openCount + 1);
    response.once('close', () => {
      const left = (openByKey.get(keyId) ?? 1) - 1;
      if (left === 0) openByKey.delete(keyId);
      else openByKey.set(keyId, left);
    });
    response.status(200).type('text/event-stream').flushHeaders();
    if (request.method === 'HEAD') response.end();
    else follow(response, createQueue(participant, options.queueMax ?? QUEUE_MAX), options);
  });
  return router;
}

/** What changes the rates that a bank gets; the rest is between officers. */
const FOR_ALL = /^\/v1\/fx\/(?:rate-imports\/|rate-proposals\/[^/]+\/approve$|halts\/)/;
const LEDGER_PATH = /^\/v1\/ledgers\/([A-Z]{2,8})\//;

/** Tells the feed of what callers changed on a ledger or at the desk. */
export const announceChanges =
  (feed: Feed): RequestHandler =>
  (request, response, next) => {
    // A router further on may see a shorter one.
    const { path } = request;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      response.once('finish', () => {
        if (response.statusCode >= 300) return;
        const code = LEDGER_PATH.exec(path)?.[1];
        if (code !== undefined) feed.publish(() => [{ topic: 'ledger', code: code as LedgerCode }]);
        else if (path.startsWith('/v1/fx/')) feed.publish(() => [{ topic: FOR_ALL.test(path) ? 'fx' : 'desk' }]);
      });
    next();
  };
