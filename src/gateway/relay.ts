/** What a gateway passes on to a jurisdiction in another process, as its caller signed it. */
import type { Request, RequestHandler } from 'express';
import type { Timers } from '../kernel/clock.js';
import { ERRORS, type ErrorCode, refusal } from '../kernel/errors.js';
import type { LedgerCode } from '../kernel/ids.js';
import { callerOf } from './identity/authenticator.js';
import { boundedBody } from './jurisdiction-http/client.js';
import { HttpProblem } from './problem.js';

export interface RelayOptions {
  readonly ledger: LedgerCode;
  /** Scheme, host and port of the jurisdiction. */
  readonly url: string;
  readonly timers: Timers;
  readonly callMaxMs: number;
}

interface Relayed {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Sends a caller's request on unchanged: the signature does not cover the host, so the jurisdiction checks it itself. */
export type Relay = (request: Request) => Promise<Relayed>;

const ANSWER_MAX_BYTES = 8 * 1024 * 1024;
/** Of one connection, or made anew by the client. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding'],
  ...['upgrade', 'host', 'content-length', 'expect', 'accept-encoding'],
]);
const ANSWER_HEADERS = [
  ...['content-type', 'location', 'retry-after', 'allow', 'www-authenticate', 'accept-signature'],
] as const;

function headersOf(request: Request): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !NOT_PASSED_ON.has(name)) headers.set(name, [value].flat().join(', '));
  return headers;
}

/**
 * Where a request goes on: its target as it was signed, at the jurisdiction and nowhere else. A target that names a host,
 * or that the client would write otherwise, is `BAD_REQUEST`: its signature could not hold there.
 */
function targetOf({ originalUrl }: Request, base: string): URL {
  const target = URL.canParse(originalUrl, base) ? new URL(originalUrl, base) : null;
  if (target?.href === `${base}${originalUrl}`) return target;
  throw new HttpProblem(refusal('BAD_REQUEST', 'the target of the request can not be passed on as it is'));
}

/** Fields that the caller signed must arrive. */
function requirePassedOn(request: Request): void {
  const signed = request.res ? callerOf(request.res).signed.components : [];
  // The client writes the length anew, of the same bytes.
  const lost = signed.find(([name]) => NOT_PASSED_ON.has(name) && name !== 'content-length');
  if (lost) throw new HttpProblem(refusal('SIGNATURE_MALFORMED', `${lost[0]} is covered and can not be passed on`));
}

/** A jurisdiction that can't be reached, or is too slow, is `UNAVAILABLE`: every command is idempotent. */
export function createRelay(options: RelayOptions): Relay {
  return async (request) => {
    const target = targetOf(request, options.url);
    requirePassedOn(request);
    const controller = new AbortController();
    const cancel = options.timers.after(options.callMaxMs, () => controller.abort());
    const hasBody = Buffer.isBuffer(request.body) && request.body.length > 0;
    try {
      const answer = await fetch(target, {
        method: request.method,
        headers: headersOf(request),
        redirect: 'manual',
        signal: controller.signal,
        ...(hasBody ? { body: request.body as Buffer } : {}),
      });
      return { status: answer.status, headers: answer.headers, body: await boundedBody(answer, ANSWER_MAX_BYTES) };
    } catch {
      throw new HttpProblem(refusal('UNAVAILABLE', `jurisdiction ${options.ledger} does not answer`));
    } finally {
      cancel();
    }
  };
}

/** Answers with what the jurisdiction answers. */
export const relayHandler =
  (relay: Relay): RequestHandler =>
  async (request, response) => {
    const { status, headers, body } = await relay(request);
    for (const name of ANSWER_HEADERS) {
      const value = headers.get(name);
      if (value !== null) response.set(name, value);
    }
    response.status(status).end(body);
  };

/** Sends a request on of which only success or refusal matters; a refusal is thrown as this process's own. */
export async function relayed(relay: Relay, request: Request): Promise<void> {
  const { status, body } = await relay(request);
  if (status < 300) return;
  const { code, detail } = problemOf(body);
  throw new HttpProblem(refusal(code, detail));
}

function problemOf(body: Buffer): { code: ErrorCode; detail?: string } {
  try {
    const { code, detail } = JSON.parse(body.toString('utf8')) as { code?: unknown; detail?: unknown };
    if (typeof code === 'string' && Object.hasOwn(ERRORS, code))
      return { code: code as ErrorCode, ...(typeof detail === 'string' ? { detail } : {}) };
  } catch {
    // Told below.
  }
  return { code: 'UNAVAILABLE' };
}
