/** The FX desk: several providers, rates by import and under four eyes, age, history, best execution, halts. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoConfig, DEMO_RIVAL as OTHER } from '../../src/gateway/demo.js';
import { rateImport } from '../support/rates.js';
import { BANK, expectProblem, fresh, openWorld, swap, type World } from './support.js';

const OTHER_KEY = 'provider-silkcn20';
const AGE_MAX_MS = 3_600_000;
const QUOTE_LIFE_MS = 120_000;

let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
let world: World;
beforeAll(async () => {
  const [outward, inward] = demoConfig.corridors;
  const corridors = [
    {
      ...outward!,
      ...{ quoteLifeMs: QUOTE_LIFE_MS, rateAgeMaxMs: AGE_MAX_MS },
    },
    inward!,
  ];
  world = await openWorld({ clock, config: { corridors, prepareMs: 20_000, voteMs: 40_000 } });
});
afterAll(() => world.close());

const standing = new Set<string>();
beforeEach(async () => {
  await setRate('0.0135');
  await setRate('0.0134', OTHER);
});
afterEach(async () => {
  for (const id of standing) for (const key of ['desk', 'desk-2']) await lift(id, key);
  standing.clear();
});

async function setRate(rate: string, provider = 'OTKLKZ20'): Promise<void> {
  const { path, body } = rateImport('KZT-CNY', rate, provider);
  expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
}
const ASKED = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1000.00', fixedSide: 'source' };
const ask = (changes: Partial<typeof ASKED> = {}, key = BANK) =>
  world.json(key, 'POST', '/v1/fx/quotes', { ...ASKED, ...changes });
const offersOf = async (quoteId: string, key = 'desk') => world.call(key, 'GET', `/v1/fx/quotes/${quoteId}/offers`);

async function halt(scope: string, name: string, id: string = randomUUID(), key = 'desk') {
  const answer = await world.json(key, 'PUT', `/v1/fx/halts/${id}`, { scope, name, reason: 'a test' });
  if (answer.status === 200) standing.add(id);
  return answer;
}
const lift = (id: string, key: string) => world.json(key, 'POST', `/v1/fx/halts/${id}/lift`, { reason: 'over' });

describe('the best of all providers', () => {
  it('gives the payee most; the other offer is recorded as worse', async () => {
    await setRate('0.0136', OTHER);
    const { body } = await ask();
    expect(body).toMatchObject({ provider: OTHER, rate: '0.0136', targetAmount: '13.60' });
    expect(Date.parse(body.validUntil) - Date.parse(body.issuedAt)).toBe(QUOTE_LIFE_MS);
    const offers = await offersOf(body.quoteId);
    expect(offers.body).toMatchObject({
      ...{ requester: 'ALTNKZ20', fixedSide: 'source', uetr: null },
      won: { providers: [OTHER], rate: '0.0136', targetAmount: '13.60' },
      lost: [{ providers: ['OTKLKZ20'], reason: 'WORSE', rate: '0.0135', targetAmount: '13.50' }],
    });
    for (const key of [BANK, 'provider', 'rate-feed'])
      expectProblem(await offersOf(body.quoteId, key), 403, 'FORBIDDEN', 'AGNT');
    expect((await offersOf(body.quoteId, 'operator')).body).toEqual(offers.body);
    expectProblem(await offersOf(randomUUID()), 404, 'NOT_FOUND', null);
  });

  it('takes least of the payer where the payee’s amount is fixed', async () => {
    await setRate('0.0136', OTHER);
    const { body } = await ask({ amount: '13.60', fixedSide: 'target' });
    expect(body).toMatchObject({ provider: OTHER, sourceAmount: '1000.00', targetAmount: '13.60' });
    expect((await offersOf(body.quoteId)).body.lost).toMatchObject([{ reason: 'WORSE', sourceAmount: '1007.41' }]);
  });

  it('of equal offers the one that the corridor names first', async () => {
    await setRate('0.0135', OTHER);
    const { body } = await ask();
    expect(body.provider).toBe('OTKLKZ20');
    expect((await offersOf(body.quoteId)).body.lost).toMatchObject([{ providers: [OTHER], reason: 'EQUAL' }]);
  });

  it('a payment without a quote settles with the best provider’s money, and has a record too', async () => {
    await setRate('0.0136', OTHER);
    const { xml, uetr } = fresh(world);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
    const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(body).toMatchObject({ rate: '0.0136' });
    expect((await offersOf(body.quoteId)).body).toMatchObject({
      ...{ uetr, won: { providers: [OTHER] } },
      lost: [{ providers: ['OTKLKZ20'], reason: 'WORSE' }],
    });
  });

  it('a payment that names another provider as its intermediary is refused, the winner’s is not', async () => {
    await setRate('0.0136', OTHER);
    const through = (bic: string) =>
      fresh(
        world,
        undefined,
        swap('<Dbtr>', `<IntrmyAgt1><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></IntrmyAgt1><Dbtr>`),
      );
    expect((await world.post(through('OTKLKZ20').xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['RC11'] });
    expect((await world.post(through(OTHER).xml)).lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('tiers by amount and by bank, inverse and limit: what each provider asks, the desk sees', async () => {
    const importId = randomUUID();
    const asOf = new Date(clock.now()).toISOString();
    const tiers = [
      { bid: '73', ask: '74' },
      { amountFrom: '1000.00', bid: '73.4', ask: '73.6' },
      { amountFrom: '1000.00', banks: ['DALAKZ20'], bid: '73.45', ask: '73.55' },
    ];
    const card = { unitCurrency: 'CNY', quotedCurrency: 'KZT', tiers, amountMax: '10000.00' };
    const set = await world.json(OTHER_KEY, 'PUT', `/v1/fx/rate-imports/${importId}`, { asOf, rates: [card] });
    expect(set.status).toBe(200);
    expect((await ask({ amount: '73600.00' })).body).toMatchObject({ provider: OTHER, rate: '0.0135869565' });
    expect((await ask({ amount: '73599.00' })).body).toMatchObject({ provider: OTHER, rate: '0.0135135135' });
    expect((await ask({ amount: '73600.00' }, 'bank-dalakz20')).body).toMatchObject({
      rate: '0.013596193',
    });
    const large = await ask({ amount: '900000.00' });
    expect((await offersOf(large.body.quoteId)).body.lost).toMatchObject([{ reason: 'PROVIDER_LIMIT', rate: null }]);
    const seen = await world.call('desk', 'GET', '/v1/fx/rates/KZT-CNY/providers');
    expect(seen.body.providers).toMatchObject([
      { provider: 'OTKLKZ20', rate: '0.0135', reason: null },
      { provider: OTHER, rate: '0.0135135135', reason: null, cards: [{ amountMax: null }, { amountMax: '10000.00' }] },
    ]);
    const own = await world.call(OTHER_KEY, 'GET', '/v1/fx/rates/KZT-CNY/providers');
    expect(own.body.providers.map(({ provider }: { provider: string }) => provider)).toEqual([OTHER]);
    expectProblem(await world.call(BANK, 'GET', '/v1/fx/rates/KZT-CNY/providers'), 403, 'FORBIDDEN', 'AGNT');
  });
});

describe('rates by import', () => {
  it('once under one id: the same again is the same, other content a conflict', async () => {
    const { path, body } = rateImport('KZT-CNY', '0.0138');
    const first = await world.json('provider', 'PUT', path, body);
    await setRate('0.0137');
    expect((await world.json('provider', 'PUT', path, body)).body).toEqual(first.body);
    expect((await ask()).body.rate).toBe('0.0137');
    const other = { ...body, asOf: '2998-01-01T00:00:00Z' };
    expectProblem(await world.json('provider', 'PUT', path, other), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
  });

  it('a provider sets its own only', async () => {
    const { path, body } = rateImport('KZT-CNY', '9', OTHER);
    expectProblem(await world.json('provider', 'PUT', path, body), 403, 'FORBIDDEN', 'AGNT');
  });

  it('a batch that was overtaken by a later one', async () => {
    const { path, body } = rateImport('KZT-CNY', '9');
    const late = { ...body, asOf: new Date(clock.now() - 60_000).toISOString() };
    expectProblem(await world.json('provider', 'PUT', path, late), 422, 'RATE_STALE', 'AB04');
  });

  it.each([
    ['no time', { asOf: 'now' }, 400, 'BAD_REQUEST'],
    ['a time without an offset', { asOf: '2026-01-01T00:00:00' }, 400, 'BAD_REQUEST'],
    ['no rates', { rates: [] }, 400, 'BAD_REQUEST'],
    ['a member too many', { more: 1 }, 400, 'BAD_REQUEST'],
    [
      'a rate that is a number',
      { rates: [{ unitCurrency: 'CNY', quotedCurrency: 'KZT', tiers: [{ bid: 73 }] }] },
      400,
      'BAD_REQUEST',
    ],
    [
      'a bid above its ask',
      { rates: [{ unitCurrency: 'CNY', quotedCurrency: 'KZT', tiers: [{ bid: '74', ask: '73' }] }] },
      422,
      'RATE_INVALID',
    ],
  ])('%s', async (_, change, status, code) => {
    const { path, body } = rateImport('KZT-CNY', '0.0135');
    expectProblem(await world.json('provider', 'PUT', path, { ...body, ...change }), status, code, null);
    expect((await ask()).body.rate).toBe('0.0135');
  });

  it('the history of a pair, in pages, of either way round; a provider sees its own', async () => {
    for (const rate of ['0.01351', '0.01352', '0.01353']) await setRate(rate);
    const page = (query: string, key = 'desk') => world.call(key, 'GET', `/v1/fx/rates/CNY-KZT/history${query}`);
    const first = (await page('?limit=2')).body;
    const bids = (rates: readonly { tiers: { bid: string }[] }[]) => rates.map(({ tiers }) => tiers[0]?.bid);
    expect(bids(first.rates)).toEqual(['0.01353', '0.01352']);
    const second = (await page(`?limit=2&after=${first.next}`)).body;
    expect(bids(second.rates)).toEqual(['0.01351', '0.0134']);
    expect(first.rates[0]).toMatchObject({ provider: 'OTKLKZ20', setBy: 'rate-feed', approvedBy: null });
    const own = (await page('?limit=500', OTHER_KEY)).body;
    expect(new Set(own.rates.map(({ provider }: { provider: string }) => provider))).toEqual(new Set([OTHER]));
    expect(own.next).toBeNull();
    expectProblem(await page('', BANK), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await page('?limit=0'), 400, 'BAD_REQUEST', null);
  });
});

describe('rates by hand: four eyes', () => {
  const rates = [{ provider: 'OTKLKZ20', unitCurrency: 'KZT', quotedCurrency: 'CNY', tiers: [{ bid: '0.0139' }] }];
  const propose = (id: string, key = 'desk') => world.json(key, 'PUT', `/v1/fx/rate-proposals/${id}`, { rates });
  const decide = (id: string, how: 'approve' | 'refuse', key: string) =>
    world.json(key, 'POST', `/v1/fx/rate-proposals/${id}/${how}`, { reason: 'looked at' });

  it('one officer proposes, nothing changes; another approves, and it is the rate', async () => {
    const id = randomUUID();
    expect((await propose(id)).body).toMatchObject({ status: 'proposed', proposedBy: 'desk', decidedBy: null });
    expect((await propose(id)).body).toMatchObject({ status: 'proposed' });
    expect((await ask()).body.rate).toBe('0.0135');
    expectProblem(await decide(id, 'approve', 'desk'), 403, 'OFFICER_SAME', null);
    expect((await ask()).body.rate).toBe('0.0135');
    expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved', decidedBy: 'desk-2' });
    expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved' });
    expect((await ask()).body.rate).toBe('0.0139');
    expectProblem(await decide(id, 'refuse', 'desk'), 409, 'PROPOSAL_STATE', null);
    const { body } = await world.call('operator', 'GET', '/v1/fx/rates/KZT-CNY/history?limit=1');
    expect(body.rates).toMatchObject([{ setBy: 'desk', approvedBy: 'desk-2' }]);
  });

  it('refused, by either; and over when its time is up', async () => {
    const [refused, expired] = [randomUUID(), randomUUID()];
    await propose(refused);
    expect((await decide(refused, 'refuse', 'desk')).body).toMatchObject({ status: 'refused', reason: 'looked at' });
    expectProblem(await decide(refused, 'approve', 'desk-2'), 409, 'PROPOSAL_STATE', null);
    await propose(expired);
    aheadMs += 900_000;
    expectProblem(await decide(expired, 'approve', 'desk-2'), 409, 'PROPOSAL_STATE', null);
    const { body } = await world.call('desk', 'GET', '/v1/fx/rate-proposals');
    const found = body.proposals.map(({ proposalId, status }: Record<string, string>) => [proposalId, status]);
    expect(found).toEqual(
      expect.arrayContaining([
        [refused, 'refused'],
        [expired, 'expired'],
      ]),
    );
    expect((await ask()).body.rate).toBe('0.0135');
  });

  it('is for officers of the desk alone, and an id is of one proposal', async () => {
    const id = randomUUID();
    for (const key of [BANK, 'provider', 'operator', 'rate-feed'])
      expectProblem(await propose(id, key), 403, 'FORBIDDEN', 'AGNT');
    await propose(id);
    expectProblem(await propose(id, 'desk-2'), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    for (const key of [BANK, 'provider', 'operator', 'rate-feed'])
      expectProblem(await decide(id, 'approve', key), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await decide(randomUUID(), 'approve', 'desk-2'), 404, 'NOT_FOUND', null);
  });
});

describe('a rate that is too old', () => {
  it('makes no quote: another provider’s does, with the reason in the record; without one RATE_STALE', async () => {
    aheadMs += AGE_MAX_MS / 2;
    await setRate('0.0131', OTHER);
    aheadMs += AGE_MAX_MS / 2 + 1;
    const { body } = await ask();
    expect(body).toMatchObject({ provider: OTHER, rate: '0.0131' });
    expect((await offersOf(body.quoteId)).body.lost).toMatchObject([{ providers: ['OTKLKZ20'], reason: 'RATE_STALE' }]);
    aheadMs += AGE_MAX_MS;
    expectProblem(await ask(), 422, 'RATE_STALE', 'AB04');
    expectProblem(await world.call(BANK, 'GET', '/v1/fx/rates/KZT-CNY'), 404, 'NOT_FOUND', null);
    const { xml } = fresh(world);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AB04'] });
  });

  it('a quote is firm for its life, however old its rate has become', async () => {
    const { body } = await ask({ amount: '1250000.00' });
    aheadMs += QUOTE_LIFE_MS - 60_000;
    const { xml } = fresh(world);
    const answer = await world.post(xml, { headers: { 'otkel-quote-id': body.quoteId } });
    expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
  });
});

describe('the kill switch', () => {
  it.each([
    ['pair', 'KZT-CNY'],
    ['pair', 'CNY-KZT'],
    ['corridor', 'KZ-CN'],
  ])('%s %s: set by one, no quote any more; lifted by two, and by no one alone', async (scope, name) => {
    const id = randomUUID();
    const set = await halt(scope, name, id);
    expect(set.body).toMatchObject({ haltId: id, scope, name, setBy: 'desk', stands: true, liftedBy: [], awaited: [] });
    expectProblem(await ask(), 422, 'TRADING_HALTED', 'AB04');
    const { xml } = fresh(world);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AB04'] });
    for (const _ of [1, 2]) expect((await lift(id, 'desk')).body).toMatchObject({ stands: true, liftedBy: ['desk'] });
    expectProblem(await ask(), 422, 'TRADING_HALTED', 'AB04');
    expect((await lift(id, 'desk-2')).body).toMatchObject({ stands: false, liftedBy: ['desk', 'desk-2'], awaited: [] });
    expect((await ask()).status).toBe(201);
  });

  it('a provider: the other’s offer is taken, with the reason in the record', async () => {
    await halt('provider', 'OTKLKZ20');
    const { body } = await ask();
    expect(body.provider).toBe(OTHER);
    expect((await offersOf(body.quoteId)).body.lost).toMatchObject([
      { providers: ['OTKLKZ20'], reason: 'TRADING_HALTED', detail: 'provider OTKLKZ20' },
    ]);
  });

  it.each([
    ['pair', 'KZT-CNY'],
    ['provider', 'OTKLKZ20'],
    ['corridor', 'KZ-CN'],
  ])('%s %s: a firm quote that was given before gets no COMMIT of a jurisdiction', async (scope, name) => {
    const { body } = await ask({ amount: '1250000.00' });
    const id = randomUUID();
    await halt(scope, name, id);
    await world.quiet();
    const before = await world.balances();
    const { xml, uetr } = fresh(world);
    const answer = await world.post(xml, { headers: { 'otkel-quote-id': body.quoteId } });
    expect(answer.lines[0]).toMatchObject({ uetr, status: 'RJCT', reasons: ['AB04'] });
    const payment = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(payment.body).toMatchObject({ status: 'RJCT', reason: { code: 'TRADING_HALTED' } });
    await world.quiet();
    expect(await world.balances()).toEqual(before);
  });

  it('is for officers of the desk alone; an id is of one halt', async () => {
    const id = randomUUID();
    for (const key of [BANK, 'provider', 'operator', 'rate-feed'])
      expectProblem(await halt('pair', 'KZT-CNY', id, key), 403, 'FORBIDDEN', 'AGNT');
    await halt('pair', 'KZT-USD', id);
    expect((await halt('pair', 'KZT-USD', id)).status).toBe(200);
    expectProblem(await halt('pair', 'KZT-CNY', id), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    for (const key of [BANK, 'operator']) expectProblem(await lift(id, key), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await lift(randomUUID(), 'desk'), 404, 'NOT_FOUND', null);
    const listed = await world.call('operator', 'GET', '/v1/fx/halts');
    expect(listed.body.halts.map(({ haltId }: { haltId: string }) => haltId)).toEqual([id]);
    expectProblem(await world.call(BANK, 'GET', '/v1/fx/halts'), 403, 'FORBIDDEN', 'AGNT');
  });

  it.each([
    ['an unknown scope', { scope: 'all' }],
    ['a name of another form', { name: 'KZTCNY' }],
    ['no reason', { reason: '' }],
    ['a member too many', { until: 'tomorrow' }],
  ])('%s is a bad request', async (_, change) => {
    const body = { scope: 'pair', name: 'KZT-CNY', reason: 'a test', ...change };
    const answer = await world.json('desk', 'PUT', `/v1/fx/halts/${randomUUID()}`, body);
    expectProblem(answer, 400, 'BAD_REQUEST', null);
  });
});
