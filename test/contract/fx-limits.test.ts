/** Limits of banks and providers under four eyes, liquidity that firm quotes reserve, quotes that lapse. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoConfig, DEMO_RIVAL as OTHER } from '../../src/gateway/demo.js';
import { rateImport } from '../support/rates.js';
import { BANK, expectProblem, fresh, openWorld, type World } from './support.js';

const OTHER_KEY = 'provider-silkcn20';
const PROVIDER = 'OTKLKZ20';
const QUOTE_LIFE_MS = 120_000;

let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
let world: World;
beforeAll(async () => {
  const [outward, inward] = demoConfig.corridors;
  // Nobody waits for liquidity here.
  const corridors = [
    { ...outward!, queue: undefined, quoteLifeMs: QUOTE_LIFE_MS },
    { ...inward!, queue: undefined },
  ];
  world = await openWorld({ clock, config: { corridors: JSON.parse(JSON.stringify(corridors)) } });
});
afterAll(() => world.close());

interface Change {
  readonly scope: string;
  readonly bic?: string | null;
  readonly measure: string;
  readonly currency?: string | null;
  readonly most: string | null;
}
let standing: Change[] = [];
beforeEach(async () => {
  await setRate('0.0135');
  await setRate('0.0134', OTHER);
});
afterEach(async () => {
  if (standing.length > 0) await setLimits(...standing.map((change) => ({ ...change, most: null })));
  standing = [];
});

async function setRate(rate: string, provider = PROVIDER): Promise<void> {
  const { path, body } = rateImport('KZT-CNY', rate, provider);
  expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
}
const propose = (id: string, limits: readonly unknown[], key = 'desk') =>
  world.json(key, 'PUT', `/v1/fx/limit-proposals/${id}`, { limits });
const decide = (id: string, how: 'approve' | 'refuse', key: string) =>
  world.json(key, 'POST', `/v1/fx/limit-proposals/${id}/${how}`, { reason: 'agreed' });
async function setLimits(...changes: readonly Change[]): Promise<void> {
  const id = randomUUID();
  expect((await propose(id, changes)).status).toBe(200);
  expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved' });
}
async function withLimits(...changes: readonly Change[]): Promise<void> {
  standing = [...changes];
  await setLimits(...changes);
}
const ASKED = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1000.00', fixedSide: 'source' };
const ask = (changes: Partial<typeof ASKED> = {}, key = BANK) =>
  world.json(key, 'POST', '/v1/fx/quotes', { ...ASKED, ...changes });
const lostOf = async (quoteId: string) =>
  (await world.call('desk', 'GET', `/v1/fx/quotes/${quoteId}/offers`)).body.lost;
const limitsOf = async (key = 'desk') => (await world.call(key, 'GET', '/v1/fx/limits')).body;
const reserveOf = async (provider: string, currency = 'CNY'): Promise<{ reserved: string; free: string | null }> =>
  (await limitsOf()).reserves.find(
    (one: { provider: string; currency: string }) => one.provider === provider && one.currency === currency,
  );
const conductOf = async (key = 'desk') => {
  const { body } = await world.call(key, 'GET', '/v1/fx/conduct');
  const own = body.conduct.filter(({ bank }: { bank: string }) => bank === 'ALTNKZ20');
  return own.reduce((sum: number, { lapsedQuotes }: { lapsedQuotes: number }) => sum + lapsedQuotes, 0);
};
/** The upkeep, which looks every two seconds, has seen it. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });

describe('limits: four eyes', () => {
  const change = { scope: 'bank', bic: 'ALTNKZ20', measure: 'openQuotes', currency: null, most: '0' };

  it('one officer proposes, nothing changes; another approves, and it stands; null takes it away', async () => {
    const id = randomUUID();
    expect((await propose(id, [change])).body).toMatchObject({ status: 'proposed', limits: [change], decidedBy: null });
    expect((await propose(id, [change])).status).toBe(200);
    expect((await ask()).status).toBe(201);
    expectProblem(await decide(id, 'approve', 'desk'), 403, 'OFFICER_SAME', null);
    expect((await ask()).status).toBe(201);
    standing = [change];
    expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved', decidedBy: 'desk-2' });
    expectProblem(await ask(), 422, 'OPEN_QUOTES_LIMIT', null);
    expect((await limitsOf()).limits).toMatchObject([{ ...change, setBy: 'desk', approvedBy: 'desk-2' }]);
    expectProblem(await decide(id, 'refuse', 'desk'), 409, 'PROPOSAL_STATE', null);
    await setLimits({ ...change, most: null });
    standing = [];
    expect((await limitsOf()).limits).toEqual([]);
    expect((await ask()).status).toBe(201);
  });

  it('refused, over, or somebody else’s', async () => {
    const [refused, expired] = [randomUUID(), randomUUID()];
    await propose(refused, [change]);
    expect((await decide(refused, 'refuse', 'desk')).body).toMatchObject({ status: 'refused', reason: 'agreed' });
    expectProblem(await decide(refused, 'approve', 'desk-2'), 409, 'PROPOSAL_STATE', null);
    await propose(expired, [change]);
    aheadMs += 900_000;
    expectProblem(await decide(expired, 'approve', 'desk-2'), 409, 'PROPOSAL_STATE', null);
    const { body } = await world.call('operator', 'GET', '/v1/fx/limit-proposals');
    const found = body.proposals.map(({ proposalId, status }: Record<string, string>) => [proposalId, status]);
    expect(found).toEqual(
      expect.arrayContaining([
        [refused, 'refused'],
        [expired, 'expired'],
      ]),
    );
    for (const key of [BANK, 'provider', 'operator', 'rate-feed'])
      expectProblem(await propose(randomUUID(), [change], key), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await propose(expired, [{ ...change, most: '1' }]), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    expectProblem(await decide(randomUUID(), 'approve', 'desk-2'), 404, 'NOT_FOUND', null);
  });

  it('a proposal of rates is none of limits', async () => {
    const id = randomUUID();
    await propose(id, [change]);
    const path = `/v1/fx/rate-proposals/${id}`;
    expectProblem(await world.json('desk-2', 'POST', `${path}/approve`, {}), 404, 'NOT_FOUND', null);
    const rates = [{ provider: PROVIDER, unitCurrency: 'KZT', quotedCurrency: 'CNY', tiers: [{ bid: '9' }] }];
    expectProblem(await world.json('desk', 'PUT', path, { rates }), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    await decide(id, 'refuse', 'desk');
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', [], 400, 'BAD_REQUEST'],
    ['no list', {}, 400, 'BAD_REQUEST'],
    ['a scope that is none', [{ ...change, scope: 'desk' }], 400, 'BAD_REQUEST'],
    ['a measure that is none', [{ ...change, measure: 'all' }], 400, 'BAD_REQUEST'],
    ['a BIC that is none', [{ ...change, bic: 'X' }], 400, 'BAD_REQUEST'],
    ['a count with decimals', [{ ...change, most: '1.5' }], 400, 'BAD_REQUEST'],
    ['a negative count', [{ ...change, most: '-1' }], 400, 'BAD_REQUEST'],
    ['a number', [{ ...change, most: 1 }], 400, 'BAD_REQUEST'],
    ['no most', [{ scope: 'bank', measure: 'openQuotes' }], 400, 'BAD_REQUEST'],
    ['a member too many', [{ ...change, more: '' }], 400, 'BAD_REQUEST'],
    ['one limit twice', [change, change], 400, 'BAD_REQUEST'],
    [
      'an amount that is none',
      [{ ...change, measure: 'dayAmount', currency: 'KZT', most: '1.001' }],
      400,
      'BAD_REQUEST',
    ],
    ['a count with a currency', [{ ...change, currency: 'KZT' }], 422, 'LIMIT_INVALID'],
    ['an amount without one', [{ ...change, measure: 'dayAmount' }], 422, 'LIMIT_INVALID'],
    ['a position of a bank', [{ ...change, measure: 'netPosition', currency: 'KZT' }], 422, 'LIMIT_INVALID'],
    ['a provider that is none', [{ ...change, scope: 'provider', bic: 'NONEKZ20' }], 422, 'LIMIT_INVALID'],
    [
      'a currency nobody trades',
      [{ ...change, measure: 'dayAmount', currency: 'USD', most: '1.00' }],
      422,
      'LIMIT_INVALID',
    ],
  ])('bad input: %s', async (_, limits, status, code) => {
    const answer = await world.json('desk', 'PUT', `/v1/fx/limit-proposals/${randomUUID()}`, { limits });
    expectProblem(answer, status, code, null);
  });
});

describe('what a limit refuses', () => {
  it.each<[string, Omit<Change, 'bic'>, string, string | null]>([
    ['open quotes of a bank', { scope: 'bank', measure: 'openQuotes', most: '0' }, 'OPEN_QUOTES_LIMIT', null],
    [
      'a payment',
      { scope: 'bank', measure: 'paymentAmount', currency: 'KZT', most: '999.99' },
      'PAYMENT_LIMIT',
      'AM14',
    ],
    ['a day', { scope: 'bank', measure: 'dayAmount', currency: 'KZT', most: '999.99' }, 'DAY_LIMIT', 'AM14'],
    ['lapsed quotes', { scope: 'bank', measure: 'lapsedQuotes', most: '0' }, 'CONDUCT_LIMIT', 'AG10'],
    ['aborted payments', { scope: 'bank', measure: 'abortedPayments', most: '0' }, 'CONDUCT_LIMIT', 'AG10'],
    ['open quotes of providers', { scope: 'provider', measure: 'openQuotes', most: '0' }, 'OPEN_QUOTES_LIMIT', null],
    [
      'a payment of providers',
      { scope: 'provider', measure: 'paymentAmount', currency: 'CNY', most: '13.39' },
      ...(['PAYMENT_LIMIT', 'AM14'] as const),
    ],
    [
      'a day of providers',
      { scope: 'provider', measure: 'dayAmount', currency: 'CNY', most: '0.01' },
      'DAY_LIMIT',
      'AM14',
    ],
    [
      'a position of providers',
      { scope: 'provider', measure: 'netPosition', currency: 'CNY', most: '0.00' },
      ...(['POSITION_LIMIT', 'AM14'] as const),
    ],
  ])('%s', async (_, limit, code, iso) => {
    expect((await ask()).status).toBe(201);
    await withLimits(limit);
    expectProblem(await ask(), 422, code, iso);
  });

  it('one provider beyond its limit loses to the next best; the record says by which limit', async () => {
    await withLimits({ scope: 'provider', bic: PROVIDER, measure: 'paymentAmount', currency: 'CNY', most: '13.49' });
    const { body } = await ask();
    expect(body).toMatchObject({ provider: OTHER, rate: '0.0134' });
    expect(await lostOf(body.quoteId)).toMatchObject([
      { providers: [PROVIDER], reason: 'PAYMENT_LIMIT', rate: '0.0135', targetAmount: '13.50' },
    ]);
    expect((await ask({ amount: '999.00' })).body.provider).toBe(PROVIDER);
  });

  it.each<[string, Omit<Change, 'bic'>, string]>([
    ['its amount', { scope: 'bank', measure: 'paymentAmount', currency: 'KZT', most: '1249999.99' }, 'AM14'],
    ['the day', { scope: 'bank', measure: 'dayAmount', currency: 'KZT', most: '1249999.99' }, 'AM14'],
    ['conduct', { scope: 'bank', measure: 'abortedPayments', most: '0' }, 'AG10'],
  ])('a payment that names no quote, by %s; one that names its quote goes', async (_, limit, iso) => {
    const { body } = await ask({ amount: '1250000.00' });
    await withLimits(limit);
    expect((await world.post(fresh(world).xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: [iso] });
    const headers = { 'otkel-quote-id': body.quoteId };
    expect((await world.post(fresh(world).xml, { headers })).lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('counts open quotes and days: used is shown, and the last one that fits is given', async () => {
    const bic = 'ALTNKZ20';
    const { body: first } = await ask({ amount: '1250000.00' });
    await withLimits(
      { scope: 'bank', bic, measure: 'openQuotes', most: '1000' },
      { scope: 'bank', bic, measure: 'dayAmount', currency: 'KZT', most: '50000000.00' },
    );
    const used = async () => (await limitsOf()).limits.map((one: { used: string }) => Number(one.used));
    const [amount, open] = await used();
    await withLimits(
      { scope: 'bank', bic, measure: 'openQuotes', most: String(open) },
      { scope: 'bank', bic, measure: 'dayAmount', currency: 'KZT', most: `${amount + 1_000}.00` },
    );
    expectProblem(await ask({ amount: '1.00' }), 422, 'OPEN_QUOTES_LIMIT', null);
    // The payment of a quote makes room for another one; what it pays was counted with the quote.
    const headers = { 'otkel-quote-id': first.quoteId };
    expect((await world.post(fresh(world).xml, { headers })).lines[0]).toMatchObject({ status: 'ACCC' });
    expect(await used()).toEqual([amount, open - 1]);
    expectProblem(await ask({ amount: '1000.01' }), 422, 'DAY_LIMIT', 'AM14');
    expect((await ask({ amount: '1000.00' })).status).toBe(201);
    expect(await used()).toEqual([amount + 1_000, open]);
  });

  it('who sees what: bank and provider themselves, desk and operator all', async () => {
    await withLimits(
      { scope: 'bank', bic: 'ALTNKZ20', measure: 'openQuotes', most: '1000' },
      { scope: 'bank', bic: 'DALAKZ20', measure: 'openQuotes', most: '1000' },
      { scope: 'bank', measure: 'lapsedQuotes', most: '1000' },
      { scope: 'provider', bic: OTHER, measure: 'netPosition', currency: 'CNY', most: '1000000.00' },
    );
    const seen = async (key: string) => {
      const { limits, reserves } = await limitsOf(key);
      return [
        limits.map(({ bic, measure }: { bic: string | null; measure: string }) => `${bic} ${measure}`),
        [...new Set(reserves.map(({ provider }: { provider: string }) => provider))],
      ];
    };
    const all = ['null lapsedQuotes', 'ALTNKZ20 openQuotes', 'DALAKZ20 openQuotes', `${OTHER} netPosition`];
    for (const key of ['desk', 'operator']) expect(await seen(key)).toEqual([all, [PROVIDER, OTHER]]);
    expect(await seen(BANK)).toEqual([['null lapsedQuotes', 'ALTNKZ20 openQuotes'], []]);
    expect(await seen(OTHER_KEY)).toEqual([[`${OTHER} netPosition`], [OTHER]]);
    expect(await seen('provider')).toEqual([[], [PROVIDER]]);
    expectProblem(await world.call('rate-feed', 'GET', '/v1/fx/limits'), 403, 'FORBIDDEN', 'AGNT');
    for (const key of ['rate-feed', 'provider'])
      expectProblem(await world.call(key, 'GET', '/v1/fx/conduct'), 403, 'FORBIDDEN', 'AGNT');
    for (const days of ['0', '91', 'x'])
      expectProblem(await world.call('desk', 'GET', `/v1/fx/conduct?days=${days}`), 400, 'BAD_REQUEST', null);
  });
});

describe('reserved liquidity', () => {
  const CALM = '0.00';
  /** Every open quote has lapsed. */
  const calm = async (): Promise<void> => {
    aheadMs += QUOTE_LIFE_MS;
    await eventually(async () => {
      for (const provider of [PROVIDER, OTHER]) expect((await reserveOf(provider)).reserved).toBe(CALM);
    });
  };
  const all = { amount: '50000000.00' };

  it('a quote reserves; when nobody used it, it gives the money back and its bank is counted', async () => {
    await calm();
    const before = await conductOf();
    const { free } = await reserveOf(PROVIDER);
    expect((await ask()).body.targetAmount).toBe('13.50');
    expect(await reserveOf(PROVIDER)).toMatchObject({ reserved: '13.50', free: (Number(free) - 13.5).toFixed(2) });
    aheadMs += QUOTE_LIFE_MS;
    await eventually(async () => expect(await reserveOf(PROVIDER)).toMatchObject({ reserved: CALM, free }));
    expect(await conductOf()).toBe(before + 1);
    expect(await conductOf(BANK)).toBe(before + 1);
  });

  it('a payment takes what its quote reserved, once; one that is rejected gives it back', async () => {
    await calm();
    const { free } = await reserveOf(PROVIDER);
    const { body } = await ask({ amount: '1250000.00' });
    const headers = { 'otkel-quote-id': body.quoteId };
    expect((await world.post(fresh(world).xml, { headers })).lines[0]).toMatchObject({ status: 'ACCC' });
    await world.quiet();
    const left = (Number(free) - 16_875).toFixed(2);
    await eventually(async () => expect(await reserveOf(PROVIDER)).toMatchObject({ reserved: CALM, free: left }));
    expect((await world.post(fresh(world).xml)).lines[0]).toMatchObject({ status: 'ACCC' });
    await world.quiet();
    const id = randomUUID();
    const named = await ask({ amount: '1250000.00' });
    const halt = { scope: 'pair', name: 'KZT-CNY', reason: 'a test' };
    expect((await world.json('desk', 'PUT', `/v1/fx/halts/${id}`, halt)).status).toBe(200);
    const again = { 'otkel-quote-id': named.body.quoteId };
    expect((await world.post(fresh(world).xml, { headers: again })).lines[0]).toMatchObject({ status: 'RJCT' });
    for (const key of ['desk', 'desk-2'])
      expect((await world.json(key, 'POST', `/v1/fx/halts/${id}/lift`, { reason: 'over' })).status).toBe(200);
    const less = (Number(free) - 2 * 16_875).toFixed(2);
    await eventually(async () => expect(await reserveOf(PROVIDER)).toMatchObject({ reserved: CALM, free: less }));
  });

  it('who has too little for its own offer loses; where all have, the quote and the payment are refused', async () => {
    await setRate('30');
    const { body } = await ask(all);
    expect(body).toMatchObject({ provider: OTHER, rate: '0.0134' });
    expect(await lostOf(body.quoteId)).toMatchObject([
      { providers: [PROVIDER], reason: 'LIQUIDITY_INSUFFICIENT', rate: '30', targetAmount: '1500000000.00' },
    ]);
    await setRate('30', OTHER);
    expectProblem(await ask(all), 422, 'LIQUIDITY_INSUFFICIENT', 'AM04');
    await setRate('9999');
    await setRate('9999', OTHER);
    await world.quiet();
    const before = await world.balances();
    expect((await world.post(fresh(world).xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM04'] });
    await world.quiet();
    expect(await world.balances()).toEqual(before);
  });

  it('open quotes together never promise more than the wallets have', async () => {
    await calm();
    const frees = [Number((await reserveOf(PROVIDER)).free), Number((await reserveOf(OTHER)).free)];
    await setRate('2');
    await setRate('2', OTHER);
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(all)));
    const given = answers.filter(({ status }) => status === 201);
    const fits = frees.reduce((sum, free) => sum + Math.floor(free / 100_000_000), 0);
    expect(fits).toBeLessThan(12);
    expect(given).toHaveLength(fits);
    for (const answer of answers)
      if (answer.status !== 201) expectProblem(answer, 422, 'LIQUIDITY_INSUFFICIENT', 'AM04');
    for (const provider of [PROVIDER, OTHER])
      expect(Number((await reserveOf(provider)).free)).toBeGreaterThanOrEqual(0);
    await calm();
  });
});
