/** A gateway's relay: a caller's request reaches the jurisdiction as it was signed, and failures are this side's 503. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { expect, it, test } from 'vitest';
import { systemTimers } from '../../src/gateway/platform/runtime.js';
import { createRelay, relayed, relayHandler } from '../../src/gateway/relay.js';
import { createLedgersRouter } from '../../src/gateway/routes/ledgers.js';
import { createParticipantsRouter } from '../../src/gateway/routes/participants.js';
import type { LedgerCode } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import { expectContract } from '../support/contract.js';
import { createTestApp, listening, signedCall } from './app-fixture.js';
import { NOW } from './identity/fixtures.js';

const KZ = 'KZ' as LedgerCode;
const SUPPLY = '/v1/ledgers/KZ/supply';
const PARTICIPANT = { bic: 'NOVAKZK0', name: 'Nova', role: 'bank', ledger: 'KZ' };

/** A gateway in front of whatever listens at `url`, and what its own register was asked to add. */
async function gatewayTo(url: string, callMaxMs = 10_000) {
  const relay = createRelay({ ledger: KZ, url, timers: systemTimers, callMaxMs });
  const added: unknown[] = [];
  const { app } = await createTestApp((register) => [
    createLedgersRouter([{ code: KZ, currency: 'KZT', timeZone: 'Asia/Almaty', handlers: [relayHandler(relay)] }]),
    createParticipantsRouter({
      addElsewhere: (request) => relayed(relay, request),
      addParticipant: async (asked) => {
        added.push(asked);
        return ok(asked);
      },
      participants: register.participants,
      clock: { now: () => NOW },
    }),
  ]);
  return { app, added };
}

const behind = (listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> =>
  listening(listener, (port) => use(`http://127.0.0.1:${port}`));

const problem =
  (status: number, code: string): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/problem+json', 'retry-after': '1' })
      .end(JSON.stringify({ code, detail: 'there' }));

test('method, path, query, body and every signed field arrive as they were sent; the answer goes back as it is', async () => {
  const seen: { method?: string; url?: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    response.writeHead(201, { 'content-type': 'application/json', location: '/there', 'x-inner': 'no' }).end('{"a":1}');
  };
  await behind(listener, async (url) => {
    const { app } = await gatewayTo(url);
    const headers = { 'idempotency-key': 'k1', 'otkel-note': 'n', 'x-other': 'kept' };
    const body = { debitWallet: 'a' };
    const answer = await signedCall(app, 'bank', 'post', '/v1/ledgers/KZ/transfers', { body, headers });
    expect([answer.status, answer.text, answer.headers.location]).toEqual([201, '{"a":1}', '/there']);
    expect(answer.headers['x-inner']).toBeUndefined();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/ledgers/KZ/transfers', body: JSON.stringify(body) });
    expect(seen[0]?.headers).toMatchObject({ ...headers, 'content-type': 'application/json' });
    for (const name of ['signature', 'signature-input', 'content-digest']) expect(seen[0]?.headers[name]).toBeTruthy();
  });
});

test.each<[string, RequestListener]>([
  ['that breaks off', (request) => void request.socket.destroy()],
  ['that is silent', (request) => void request.resume()],
])('a jurisdiction %s is UNAVAILABLE', async (_, listener) => {
  await behind(listener, async (url) => {
    const { app } = await gatewayTo(url, 200);
    const answer = await signedCall(app, 'bank', 'get', SUPPLY);
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '1']);
    expectContract(answer, 'get', SUPPLY);
  });
});

it('a jurisdiction’s refusal of a participant is the answer, and nobody is added here', async () => {
  await behind(problem(409, 'PARTICIPANT_EXISTS'), async (url) => {
    const { app, added } = await gatewayTo(url);
    const answer = await signedCall(app, 'operator', 'post', '/v1/participants', { body: PARTICIPANT });
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([409, 'PARTICIPANT_EXISTS', 'there']);
    expect(added).toEqual([]);
  });
});

it('an answer about a participant that can not be understood is UNAVAILABLE', async () => {
  const listener: RequestListener = (_, response) => void response.writeHead(500).end('<html/>');
  await behind(listener, async (url) => {
    const { app, added } = await gatewayTo(url);
    const answer = await signedCall(app, 'operator', 'post', '/v1/participants', { body: PARTICIPANT });
    expect([answer.status, answer.body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(added).toEqual([]);
  });
});
