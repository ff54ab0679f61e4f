/** A gateway's relay: a caller's request reaches the jurisdiction as it was signed, and failures are this side's 503. */
import { type IncomingHttpHeaders, type RequestListener, request } from 'node:http';
import supertest from 'supertest';
import { expect, it, test } from 'vitest';
import { signatureBase } from '../../src/gateway/identity/http-signature.js';
import { serializeInnerList } from '../../src/gateway/identity/signed-text.js';
import { serializeBytes } from '../../src/gateway/identity/structured-fields.js';
import { systemTimers } from '../../src/gateway/platform/runtime.js';
import { createRelay, relayed, relayHandler } from '../../src/gateway/relay.js';
import { createLedgersRouter } from '../../src/gateway/routes/ledgers.js';
import { createParticipantsRouter } from '../../src/gateway/routes/participants.js';
import type { LedgerCode } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import { expectContract } from '../support/contract.js';
import { createTestApp, listening, signedCall, signedFields, signerOf } from './app-fixture.js';
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

it('a signed target that names another host, or that the client would write otherwise, reaches nobody', async () => {
  const reached: string[] = [];
  const elsewhere: RequestListener = (asked, response) => {
    reached.push(asked.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"secret":1}');
  };
  await behind(elsewhere, async (url) => {
    const { app } = await gatewayTo('http://127.0.0.1:1');
    await listening(app, async (port) => {
      for (const path of [`${url}${SUPPLY}`, `${SUPPLY}?day='1'`, '/v1/ledgers/KZ/wallets/../balance']) {
        const status = await new Promise((resolve, reject) => {
          const headers = signedFields('bank', 'get', path);
          const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
            answer.resume().once('end', () => resolve(answer.statusCode));
          });
          asked.once('error', reject).end();
        });
        expect([path, status]).toEqual([path, 400]);
      }
    });
  });
  expect(reached).toEqual([]);
});

it('a signature over a field that is not passed on is refused here, not by a jurisdiction that misses it', async () => {
  const { app } = await gatewayTo('http://127.0.0.1:1');
  const components = [
    ...([
      ['@method', 'GET'],
      ['@path', SUPPLY],
      ['@query', '?'],
    ] as const),
    ['te', 'trailers'] as const,
  ];
  const created = Math.floor(NOW / 1_000);
  const parameters = [
    ...([
      ['created', created],
      ['expires', created + 60],
    ] as const),
    ...([
      ['nonce', 'covers-te'],
      ['keyid', 'bank'],
    ] as const),
  ];
  const list = serializeInnerList({ items: components.map(([name]) => name), parameters });
  const signature = serializeBytes(signerOf('bank').signer.sign(signatureBase(components, parameters)));
  const fields = { te: 'trailers', 'signature-input': `sig1=${list}`, signature: `sig1=${signature}` };
  const answer = await supertest(app).get(SUPPLY).set(fields);
  expect([answer.status, answer.body.code]).toEqual([401, 'SIGNATURE_MALFORMED']);
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
