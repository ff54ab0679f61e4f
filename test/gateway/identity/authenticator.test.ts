import express from 'express';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { callerOf, createAuthenticator } from '../../../src/gateway/identity/authenticator.js';
import { createMemoryNonceStore } from '../../../src/gateway/identity/nonces.js';
import { createMemoryParticipantStore, createParticipantRegister } from '../../../src/gateway/identity/participants.js';
import { createProblemHandler } from '../../../src/gateway/problem.js';
import type { Bic, LedgerCode } from '../../../src/kernel/ids.js';
import { keyOf, NOW, OWNER, REQUEST, signed } from './fixtures.js';

const { signer, record } = keyOf('p256');

async function setUp({ withParser = true } = {}) {
  const clock = { at: NOW, now: () => clock.at };
  const register = createParticipantRegister(createMemoryParticipantStore(), clock);
  const settings = {
    ledger: 'KZ' as LedgerCode,
    profile: 'customer',
    pacs008Version: 'pacs.008.001.13',
    withHeader: false,
    rules: 'base',
    headerVersion: 'head.001.001.02',
    characters: 'all',
  } as const;
  await register.addParticipant({ bic: OWNER as Bic, name: 'Alfa', role: 'bank', ...settings });
  await register.addKey(record);
  const reported: unknown[] = [];
  const app = express();
  if (withParser) app.use(express.raw({ type: () => true, inflate: false, limit: 1_000 }));
  app.use(createAuthenticator({ register, nonces: createMemoryNonceStore(), clock }));
  app.use((_req, res) => {
    const { keyId, participant } = callerOf(res);
    res.json({ keyId, bic: participant.bic });
  });
  app.use(createProblemHandler((error) => reported.push(error)));
  const post = (request = signed(signer)) =>
    supertest(app)
      .post(request.path + request.query)
      .set(request.headers as Record<string, string>)
      .send(request.body.toString());
  return { app, clock, register, reported, post };
}

describe('authenticator', () => {
  test('lets a signed request pass and says who it is', async () => {
    const { post } = await setUp();
    const answer = await post();
    expect([answer.status, answer.body]).toEqual([200, { keyId: record.keyId, bic: OWNER }]);
  });

  test('the same request a second time: NONCE_REPLAYED', async () => {
    const { post } = await setUp();
    await post();
    const answer = await post();
    expect([answer.status, answer.body.code]).toEqual([401, 'NONCE_REPLAYED']);
  });

  test('a refused request does not use up its nonce', async () => {
    const { post } = await setUp();
    const good = signed(signer);
    expect((await post({ ...good, body: Buffer.from('<Other/>') })).body.code).toBe('DIGEST_MISMATCH');
    expect((await post(good)).status).toBe(200);
  });

  test('no signature: a problem document that asks for one', async () => {
    const { post } = await setUp();
    const answer = await post(REQUEST);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['www-authenticate']).toBe('Signature realm="otkel"');
    expect(answer.headers['accept-signature']).toContain('"content-digest"');
    expect(answer.body).toEqual({
      type: 'urn:otkel:problem:signature-missing',
      title: 'The request is not signed',
      status: 401,
      code: 'SIGNATURE_MISSING',
      isoReason: 'DS0A',
      retry: 'never',
    });
  });

  test('an expired signature, a revoked key', async () => {
    const { clock, register, post } = await setUp();
    await register.revokeKey(record.keyId, NOW + 10);
    expect((await post()).status).toBe(200);
    clock.at = NOW + 10;
    expect((await post(signed(signer, { nonce: 'nonce-0000000002' }))).body.code).toBe('KEY_UNKNOWN');
    clock.at = NOW + 60_000;
    expect((await post()).body.code).toBe('SIGNATURE_EXPIRED');
  });

  test('a route inside a mounted router sees the target as it was sent', async () => {
    const { app } = await setUp();
    const outer = express();
    outer.use('/v1', app);
    const request = signed(signer);
    const answer = await supertest(outer)
      .post('/v1/messages?wait=5')
      .set(request.headers as Record<string, string>)
      .send(request.body.toString());
    expect(answer.status).toBe(200);
  });

  test('a body that nobody read is never taken for an empty one', async () => {
    const { post, reported } = await setUp({ withParser: false });
    expect((await post()).body.code).toBe('INTERNAL');
    expect(String(reported[0])).toMatch(/raw body parser/);
  });

  test('a body above the limit is BODY_TOO_LARGE, a compressed one UNSUPPORTED_ENCODING', async () => {
    const { app, post, reported } = await setUp();
    expect((await post(signed(signer, { body: Buffer.alloc(1_001, 'x') }))).body.code).toBe('BODY_TOO_LARGE');
    const zipped = await supertest(app).post('/').set('content-encoding', 'gzip').send('x');
    expect([zipped.status, zipped.body.code]).toEqual([415, 'UNSUPPORTED_ENCODING']);
    expect(reported).toEqual([]);
  });
});
