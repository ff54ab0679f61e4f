/** What trading brought each provider, and marks below which its funds are low. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FundsState } from '../../src/gateway/positions.js';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  chinaToKazakhstan,
  type Edit,
  expectProblem,
  fresh,
  openWorld,
  setAmount,
  type World,
} from './support.js';

const [OWN, RIVAL] = ['OTKLKZ20', 'SILKCN20'];
const told: FundsState[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ onFunds: (state) => void told.push(state) });
});
afterAll(() => world.close());

interface Result {
  readonly against: string;
  readonly position: string;
  readonly averageRate: string | null;
  readonly middleRate: string | null;
  readonly realised: string;
  readonly unrealised: string | null;
}
interface Position {
  readonly provider: string;
  readonly currency: string;
  readonly wallets: readonly {
    readonly walletId: string;
    readonly available: string | null;
    readonly reserved: string;
  }[];
  readonly position: string;
  readonly residue: string;
  readonly tradeCount: number;
  readonly results: readonly Result[];
  readonly lowWater: { readonly amount: string; readonly setBy: string } | null;
  readonly isLow: boolean | null;
}

async function positions(key = 'desk'): Promise<readonly Position[]> {
  const { status, body } = await world.call(key, 'GET', '/v1/fx/positions');
  expect(status).toBe(200);
  return body.positions;
}
const positionOf = async (provider: string, currency: string): Promise<Position> => {
  const found = (await positions()).find((one) => one.provider === provider && one.currency === currency);
  if (!found) throw new Error(`${provider} has no ${currency}`);
  return found;
};
const tradesOf = async (provider: string, query = '', key = 'desk') =>
  (await world.call(key, 'GET', `/v1/fx/positions/${provider}/trades${query}`)).body;

/** Posts a payment, which settles. */
async function settle(fixture: string, edits: readonly Edit[], key = BANK) {
  const { xml, uetr } = fresh(world, fixture, ...edits);
  expect((await world.post(xml, { key })).lines[0]).toMatchObject({ status: 'ACCC' });
  return { uetr, xml };
}

describe('positions', () => {
  it('of each provider in each currency that it trades, from nothing', async () => {
    const found = await positions();
    expect(found.map(({ provider, currency, tradeCount }) => [provider, currency, tradeCount])).toEqual([
      [OWN, 'KZT', 0],
      [OWN, 'CNY', 0],
      [RIVAL, 'KZT', 0],
      [RIVAL, 'CNY', 0],
    ]);
    expect(found[1]).toMatchObject({
      wallets: [{ ledger: 'CN', walletId: 'CN-FX-PROVIDER', available: '1000000000.00', held: '0.00' }],
      ...{ position: '0.00', residue: '0', results: [], lowWater: null, isLow: null },
    });
  });

  it('follow settled payments to the minor unit, both ways, with average cost and result', async () => {
    const first = await settle(CUSTOMER_08, [setAmount('10000.00')]);
    expect(await positionOf(OWN, 'CNY')).toMatchObject({
      ...{ position: '-135.00', residue: '0', tradeCount: 1 },
      wallets: [{ available: '999999865.00' }],
      // Short at 10,000.00 ÷ 135.00.
      results: [{ against: 'KZT', position: '-135.00', averageRate: '74.074074074', realised: '0.00' }],
    });
    const back = await settle(CUSTOMER_08, chinaToKazakhstan('35.00'), CREDITOR_BANK);
    const cny = await positionOf(OWN, 'CNY');
    // 35.00 CNY were bought for 2,562.00 KZT; they had brought 2,592.59.
    expect(cny).toMatchObject({
      ...{ position: '-100.00', tradeCount: 2, wallets: [{ available: '999999900.00' }] },
      results: [{ against: 'KZT', realised: '30.59' }],
    });
    const kzt = await positionOf(OWN, 'KZT');
    expect(kzt).toMatchObject({ position: '7438.00', results: [{ against: 'CNY', position: '7438.00' }] });
    const [result] = cny.results;
    const worth = Math.round(Number(result?.position) * Number(result?.middleRate) * 100) / 100;
    expect(Number(result?.unrealised)).toBeCloseTo(worth + 7_407.41, 2);
    const { trades, next } = await tradesOf(OWN);
    expect(next).toBeNull();
    expect(trades).toMatchObject([
      {
        ...{ uetr: back.uetr, equalsQuote: true },
        ...{ got: { amount: '35.00', currency: 'CNY' }, gave: { amount: '2562.00', currency: 'KZT' } },
      },
      {
        ...{ uetr: first.uetr, equalsQuote: true },
        ...{ got: { amount: '10000.00', currency: 'KZT' }, gave: { amount: '135.00', currency: 'CNY' } },
      },
    ]);
    const { body } = await world.call(BANK, 'GET', `/v1/payments/${first.uetr}`);
    expect(trades[1].quoteId).toBe(body.quoteId);
  });

  it('an open quote reserves what it promises, until its payment has settled', async () => {
    const reserved = async () => (await positionOf(OWN, 'CNY')).wallets[0]?.reserved;
    expect(await reserved()).toBe('0.00');
    const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1000.00', fixedSide: 'source' };
    const { body } = await world.json(BANK, 'POST', '/v1/fx/quotes', asked);
    expect(body).toMatchObject({ provider: OWN, targetAmount: '13.50' });
    expect(await reserved()).toBe('13.50');
    const { xml } = fresh(world, CUSTOMER_08, setAmount('1000.00'));
    const settled = await world.post(xml, { headers: { 'otkel-quote-id': body.quoteId } });
    expect(settled.lines[0]).toMatchObject({ status: 'ACCC' });
    expect(await reserved()).toBe('0.00');
  });

  it('a message that is posted again, and a payment that is refused, move nothing', async () => {
    const before = await positions();
    const { xml } = await settle(CUSTOMER_13, [setAmount('100.00')]);
    const after = await positions();
    await world.post(xml);
    const refused = fresh(world, CUSTOMER_08, setAmount('100.00'), (text) =>
      text.replaceAll('6222020000000000001', '6222029999999999999'),
    );
    expect((await world.post(refused.xml)).lines[0]?.status).toBe('RJCT');
    expect(await positions()).toEqual(after);
    const count = (found: readonly Position[]) => found.reduce((sum, one) => sum + one.tradeCount, 0);
    expect(count(after)).toBe(count(before) + 2);
  });

  it('a large payment goes to the provider that is cheaper there', async () => {
    const { uetr } = await settle(CUSTOMER_08, [setAmount('40000000.00')]);
    expect(await positionOf(RIVAL, 'KZT')).toMatchObject({ position: '40000000.00', tradeCount: 1 });
    expect((await tradesOf(RIVAL)).trades).toMatchObject([{ uetr, equalsQuote: true }]);
  });

  it('page by page', async () => {
    const { trades } = await tradesOf(OWN);
    const first = await tradesOf(OWN, '?limit=2');
    const second = await tradesOf(OWN, `?limit=2&after=${first.next}`);
    expect([...first.trades, ...second.trades]).toEqual(trades.slice(0, 4));
    expectProblem(await world.call('desk', 'GET', `/v1/fx/positions/${OWN}/trades?limit=0`), 400, 'BAD_REQUEST', null);
    expectProblem(await world.call('desk', 'GET', '/v1/fx/positions/NOBIC/trades'), 404, 'NOT_FOUND', null);
    expect(await tradesOf('NOONKZ20')).toEqual({ trades: [], next: null });
  });

  it('a provider sees its own, the operator all, a bank none', async () => {
    expect(new Set((await positions('provider')).map(({ provider }) => provider))).toEqual(new Set([OWN]));
    expect(await positions('operator')).toEqual(await positions());
    expect(await tradesOf(RIVAL, '', 'provider-silkcn20')).toEqual(await tradesOf(RIVAL));
    for (const [key, path] of [
      [BANK, '/v1/fx/positions'],
      ['rate-feed', '/v1/fx/positions'],
      [BANK, `/v1/fx/positions/${OWN}/trades`],
      ['provider', `/v1/fx/positions/${RIVAL}/trades`],
    ] as const)
      expectProblem(await world.call(key, 'GET', path), 403, 'FORBIDDEN', 'AGNT');
  });
});

describe('a low-water mark', () => {
  const put = (amount: unknown, { key = 'desk', provider = RIVAL, currency = 'CNY' } = {}) =>
    world.json(key, 'PUT', `/v1/fx/positions/${provider}/${currency}/low-water`, { amount });
  const gauge = async () => {
    const { text } = await world.call('operator', 'GET', '/metrics');
    return /otkel_provider_funds_low\{provider="SILKCN20",currency="CNY"\} (\d)/.exec(text)?.[1];
  };
  const untilTold = (isLow: boolean, times: number) =>
    vi.waitFor(() => expect(told.filter((state) => state.isLow === isLow)).toHaveLength(times), 10_000);

  it('above what there is: the list, the metric and one call say so; and once that it is over', async () => {
    const enough = await put('100.00');
    expect(enough.body).toMatchObject({ isLow: false, lowWater: { amount: '100.00', setBy: 'desk' } });
    const low = await put('999999999.00', { provider: 'SILKCN20XXX' });
    expect(low.body).toMatchObject({ ...{ provider: RIVAL, currency: 'CNY', isLow: true } });
    await untilTold(true, 1);
    expect(await gauge()).toBe('1');
    expect(await positionOf(RIVAL, 'CNY')).toMatchObject({ isLow: true, lowWater: { amount: '999999999.00' } });
    await put('100.00');
    await untilTold(false, 1);
    expect(await gauge()).toBe('0');
    expect(told).toEqual([true, false].map((isLow) => ({ provider: RIVAL, currency: 'CNY', isLow })));
  });

  it('taken away, there is none', async () => {
    await put('999999999.00');
    await untilTold(true, 2);
    expect((await put(null)).body).toMatchObject({ isLow: null, lowWater: null });
    await untilTold(false, 2);
    expect(await gauge()).toBeUndefined();
  });

  it.each<[string, Parameters<typeof put>, number, string, string | null]>([
    ['by a provider', ['1.00', { key: 'provider' }], 403, 'FORBIDDEN', 'AGNT'],
    ['by the operator', ['1.00', { key: 'operator' }], 403, 'FORBIDDEN', 'AGNT'],
    ['of a currency that it does not trade', ['1.00', { currency: 'USD' }], 404, 'NOT_FOUND', null],
    ['of no provider', ['1.00', { provider: 'ALTNKZ20' }], 404, 'NOT_FOUND', null],
    ['of zero', ['0.00'], 400, 'BAD_REQUEST', null],
    ['of less than nothing', ['-1.00'], 400, 'BAD_REQUEST', null],
    ['with too many decimals', ['1.001'], 400, 'BAD_REQUEST', null],
    ['that is a number', [1], 400, 'BAD_REQUEST', null],
    ['without an amount', [undefined], 400, 'BAD_REQUEST', null],
  ])('%s: refused', async (_, [amount, options], status, code, iso) => {
    const before = await positions();
    expectProblem(await put(amount, options), status, code, iso);
    expect(await positions()).toEqual(before);
  });
});
