import express from 'express';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import type { ParticipantRole } from '../../../src/gateway/identity/participants.js';
import { createProblemHandler } from '../../../src/gateway/problem.js';
import { createFxQuotesRouter } from '../../../src/gateway/routes/fx-quotes.js';
import { createFxRatesRouter } from '../../../src/gateway/routes/fx-rates.js';
import type { Uetr } from '../../../src/kernel/ids.js';
import { createDesk } from '../../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../../src/pvp/desk-store.memory.js';
import { createLocalQuoteSigner, verifyQuote } from '../../../src/pvp/quote-signature.js';
import {
  BANK,
  CNY_KZT,
  countingUuids,
  JPY_KWD,
  KZT_CNY,
  OTHER_BANK,
  PROVIDER,
  providerKey,
  providerSigner,
  quoteId,
  settableClock,
  T0,
} from '../../pvp/desk-fixture.js';

/** The two routers behind a stand-in for the authenticator: the caller is named by test headers. */
function fxApp() {
  const store = createMemoryDeskStore();
  const desk = createDesk({
    store,
    quoteSigner: () => createLocalQuoteSigner(providerSigner),
    clock: settableClock(),
    random: countingUuids(),
    routes: [[KZT_CNY], [CNY_KZT], [JPY_KWD]],
  });
  const unexpected: unknown[] = [];
  const app = express();
  app.use(express.raw({ type: () => true, limit: '1mb' }));
  app.use((request, response, next) => {
    const role = (request.get('x-role') ?? 'bank') as ParticipantRole;
    const bic = request.get('x-bic') ?? BANK;
    response.locals.caller = { keyId: `${role}-key`, participant: { bic, role } };
    next();
  });
  const rates = { history: async () => [], states: async () => [] };
  app.use(createFxQuotesRouter(desk), createFxRatesRouter(desk, rates));
  app.use(createProblemHandler((error) => unexpected.push(error)));
  return { agent: supertest(app), desk, store, unexpected };
}

async function openDesk() {
  const opened = fxApp();
  await opened.desk.setRate(KZT_CNY, '0.0135', 'desk-1');
  await opened.desk.setRate(JPY_KWD, '0.00205', 'desk-1');
  return opened;
}

const BODY = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '10000.00', fixedSide: 'source' };

describe('POST /v1/fx/quotes', () => {
  test('answers a firm quote that verifies offline', async () => {
    const { agent } = await openDesk();
    const answer = await agent.post('/v1/fx/quotes').send(BODY);
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/fx/quotes/${quoteId(1)}`);
    const { quote, signature, ...rest } = answer.body;
    expect(rest).toEqual({
      quoteId: quoteId(1),
      sourceCurrency: 'KZT',
      sourceAmount: '10000.00',
      targetCurrency: 'CNY',
      targetAmount: '135.00',
      rate: '0.0135',
      charge: null,
      fixedSide: 'source',
      provider: PROVIDER,
      issuedAt: '2026-01-15T09:30:00.000Z',
      validUntil: '2026-01-15T09:40:00.000Z',
      uetr: null,
      keyId: providerKey.keyId,
      onward: [],
    });
    const bytes = Buffer.from(quote, 'base64');
    const verified = verifyQuote(bytes, Buffer.from(signature, 'base64'), () => providerKey, T0);
    expect(verified).toMatchObject({ ok: true, value: { requesterBic: BANK, targetAmountMinor: 135_00n } });
  });

  test.each([
    ['JPY', 'KWD', '488', 'source', '488', '1.000'],
    ['JPY', 'KWD', '1.000', 'target', '488', '1.000'],
    ['KZT', 'CNY', '123.450', 'source', '123.45', '1.67'],
  ])('%s→%s, %s fixed at the %s: %s for %s', async (source, target, amount, fixedSide, sourceAmount, targetAmount) => {
    const { agent } = await openDesk();
    const body = { sourceCurrency: source, targetCurrency: target, amount, fixedSide };
    const answer = await agent.post('/v1/fx/quotes').send(body);
    expect(answer.body).toMatchObject({ sourceAmount, targetAmount });
  });

  test.each([
    ['AMOUNT_ZERO', 422, 'AM01', { amount: '0' }],
    ['AMOUNT_ZERO', 422, 'AM01', { amount: '0.01' }],
    ['AMOUNT_DECIMALS', 422, 'AM12', { amount: '1.001' }],
    ['AMOUNT_DECIMALS', 422, 'AM12', { sourceCurrency: 'JPY', targetCurrency: 'KWD', amount: '1.5' }],
    ['AMOUNT_TOO_LARGE', 422, 'AM02', { amount: '10000000000000000' }],
    ['PAIR_NOT_TRADED', 422, 'AM03', { targetCurrency: 'USD' }],
    ['PAIR_NOT_TRADED', 422, 'AM03', { sourceCurrency: 'ZZZ' }],
    ['PAIR_NOT_TRADED', 422, 'AM03', { targetCurrency: 'KZT' }],
    ['RATE_MISSING', 422, 'AM03', { sourceCurrency: 'CNY', targetCurrency: 'KZT' }],
    ['BAD_REQUEST', 400, null, { amount: '-1' }],
    ['BAD_REQUEST', 400, null, { amount: '1e3' }],
    ['BAD_REQUEST', 400, null, { amount: '' }],
    ['BAD_REQUEST', 400, null, { amount: 10 }],
    ['BAD_REQUEST', 400, null, { amount: null }],
    ['BAD_REQUEST', 400, null, { amount: undefined }],
    ['BAD_REQUEST', 400, null, { fixedSide: 'both' }],
    ['BAD_REQUEST', 400, null, { sourceCurrency: ['KZT'] }],
    ['BAD_REQUEST', 400, null, { extra: 'member' }],
    ['BAD_REQUEST', 400, null, JSON.parse('{"__proto__": "x"}')],
  ])('%s (%i, %s) for %o', async (code, status, isoReason, changes) => {
    const { agent, store } = await openDesk();
    const answer = await agent
      .post('/v1/fx/quotes')
      .send(JSON.stringify(merged(changes)))
      .type('application/json');
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ code, status, isoReason });
    expect(await store.findQuote(quoteId(1))).toBeNull();
  });

  test.each([
    ['no JSON', '{', 'application/json', 400, 'BAD_REQUEST'],
    ['no object', '[]', 'application/json', 400, 'BAD_REQUEST'],
    ['null', 'null', 'application/json', 400, 'BAD_REQUEST'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'application/json', 400, 'BAD_REQUEST'],
    ['of another type', JSON.stringify(BODY), 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['too large', JSON.stringify({ ...BODY, amount: '1'.repeat(20_000) }), 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('a body that is %s', async (_, body, type, status, code) => {
    const { agent, unexpected } = await openDesk();
    const answer = await agent
      .post('/v1/fx/quotes')
      .set('content-type', type)
      .serialize((given) => given)
      .send(body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).code).toBe(code);
    expect(unexpected).toEqual([]);
  });

  test('an empty body', async () => {
    const { agent } = await openDesk();
    const answer = await agent.post('/v1/fx/quotes').type('application/json');
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, 'BAD_REQUEST']);
  });

  test.each(['desk', 'operator', 'provider'])('a %s gets no quote', async (role) => {
    const { agent } = await openDesk();
    const answer = await agent.post('/v1/fx/quotes').set('x-role', role).send(BODY);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text).code).toBe('FORBIDDEN');
  });
});

describe('GET /v1/fx/quotes/{id}', () => {
  test('shows the requester its quote, open and bound', async () => {
    const { agent, store } = await openDesk();
    const made = await agent.post('/v1/fx/quotes').send(BODY);
    const open = await agent.get(`/v1/fx/quotes/${quoteId(1)}`);
    expect(open.status).toBe(200);
    expect(open.body).toEqual(made.body);
    const uetr = '11111111-1111-4111-8111-111111111111' as Uetr;
    await store.bindQuotes([{ quoteIds: [quoteId(1)], uetr, requesterBic: BANK, now: T0 }]);
    const bound = await agent.get(`/v1/fx/quotes/${quoteId(1).toUpperCase()}`);
    expect(bound.body).toEqual({ ...made.body, uetr });
  });

  test('is 404 for somebody else, an unknown id, and what is no id', async () => {
    const { agent } = await openDesk();
    await agent.post('/v1/fx/quotes').send(BODY);
    const answers = [
      await agent.get(`/v1/fx/quotes/${quoteId(1)}`).set('x-bic', OTHER_BANK),
      await agent.get(`/v1/fx/quotes/${quoteId(2)}`),
      await agent.get('/v1/fx/quotes/1'),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text).code).toBe('NOT_FOUND');
    }
  });
});

describe('/v1/fx/rates', () => {
  const view = {
    pair: 'KZT-CNY',
    sourceCurrency: 'KZT',
    targetCurrency: 'CNY',
    rate: '0.0136',
    provider: PROVIDER,
    setAt: '2026-01-15T09:30:00.000Z',
  };

  test('everybody reads the current rate, and the next quote has it', async () => {
    const { agent, desk } = await openDesk();
    await desk.setRate(KZT_CNY, '0.01360', 'desk-2');
    expect((await agent.get('/v1/fx/rates/KZT-CNY')).body).toEqual(view);
    const all = await agent.get('/v1/fx/rates');
    expect(all.body.rates.map((rate: { pair: string }) => rate.pair)).toEqual(['KZT-CNY', 'JPY-KWD']);
    expect(all.body.rates[0]).toEqual(view);
    expect((await agent.post('/v1/fx/quotes').send(BODY)).body.targetAmount).toBe('136.00');
  });

  test.each(['CNY-KZT', 'KZT-USD', 'KZTCNY'])('GET %s is 404', async (pair) => {
    const { agent } = await openDesk();
    expect((await agent.get(`/v1/fx/rates/${pair}`)).status).toBe(404);
  });
});

/** The body with changed members; own enumerable `__proto__` included. */
function merged(changes: object): object {
  const body: Record<string, unknown> = Object.assign(Object.create(null), BODY);
  for (const [name, value] of Object.entries(changes)) body[name] = value;
  return body;
}
