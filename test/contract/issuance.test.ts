/** `/v1/ledgers/{code}/…`: issuance and redemption by two officers, and conversion for a bank's clients. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { available, BANK, expectProblem, openWorld, type World } from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const KZ = '/v1/ledgers/KZ';
const OWN = 'KZ-ALTNKZ20-SETTLEMENT';
const CLIENT = 'KZ-ALTNKZ20-1';
const OFFICERS = ['issuer-kz-1', 'issuer-kz-2'] as const;
type Body = Record<string, unknown>;
const once = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const ask = (way: 'issuance' | 'redemption', change: Body = {}, key: string = BANK, headers = once()) =>
  world.json(key, 'POST', `${KZ}/${way}`, { walletId: OWN, amount: '100.00', currency: 'KZT', ...change }, headers);
const decide = (key: string, id: string, how: 'approval' | 'refusal', body: Body = {}): Promise<Response> =>
  world.json(key, 'POST', `${KZ}/requests/${id}/${how}`, body);
const supply = async (query = ''): Promise<[issued: bigint, redeemed: bigint]> => {
  const { body } = await world.call(BANK, 'GET', `${KZ}/supply${query}`);
  expect(BigInt(body.supply.minor)).toBe(BigInt(body.issued.minor) - BigInt(body.redeemed.minor));
  return [BigInt(body.issued.minor), BigInt(body.redeemed.minor)];
};
/** Issues 100.00 to the bank's own wallet. */
const fund = async (): Promise<void> => {
  const { body } = await ask('issuance');
  for (const officer of OFFICERS) expect((await decide(officer, body.requestId, 'approval')).status).toBe(200);
};

describe('issuance and redemption', () => {
  it('a bank asks, two officers approve, the second one issues', async () => {
    const [issued] = await supply();
    const before = await available(world, OWN);
    const asked = await ask('issuance');
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ direction: 'issuance', ownerBic: 'ALTNKZ20', walletId: OWN, minor: '10000', status: 'requested' },
      ...{ approvedBy: [], refusedBy: null, reason: null },
    });
    const { requestId } = asked.body;
    const first = await decide('issuer-kz-1', requestId, 'approval');
    expect(first.body).toMatchObject({ status: 'requested', approvedBy: ['issuer-kz-1'] });
    expect((await decide('issuer-kz-1', requestId, 'approval')).body).toEqual(first.body);
    expect(await available(world, OWN)).toBe(before);
    const second = await decide('issuer-kz-2', requestId, 'approval');
    expect(second.body).toMatchObject({ status: 'approved', approvedBy: [...OFFICERS] });
    expect(await available(world, OWN)).toBe(before + 10_000n);
    expect((await supply())[0] - issued).toBe(10_000n);
    expectProblem(await decide('issuer-kz-1', requestId, 'refusal', { reason: 'late' }), 409, 'REQUEST_STATE', null);
    for (const key of [BANK, 'issuer-kz-1'])
      expect((await world.call(key, 'GET', `${KZ}/requests/${requestId}`)).body).toEqual(second.body);
  });

  it('redemption takes money out; the supply of an earlier block stays what it was', async () => {
    await fund();
    const [, redeemed] = await supply();
    const { body: latest } = await world.call(BANK, 'GET', `${KZ}/blocks/latest`);
    const then = await supply();
    const { body } = await ask('redemption', { amount: '30.00' });
    const before = await available(world, OWN);
    for (const officer of OFFICERS) await decide(officer, body.requestId, 'approval');
    expect(await available(world, OWN)).toBe(before - 3_000n);
    expect((await supply())[1] - redeemed).toBe(3_000n);
    expect(await supply(`?block=${latest.sequence}`)).toEqual(then);
    expectProblem(await world.call(BANK, 'GET', `${KZ}/supply?block=99999999`), 404, 'NOT_FOUND', null);
    expectProblem(await world.call(BANK, 'GET', `${KZ}/supply?block=0`), 400, 'BAD_REQUEST', null);
  });

  it('money that is not there is not redeemed', async () => {
    const { body } = await ask('redemption', { amount: '99999999.00' });
    await decide('issuer-kz-1', body.requestId, 'approval');
    expectProblem(await decide('issuer-kz-2', body.requestId, 'approval'), 422, 'FUNDS_INSUFFICIENT', 'AM04');
    const again = await world.call(BANK, 'GET', `${KZ}/requests/${body.requestId}`);
    expect(again.body).toMatchObject({ status: 'requested', approvedBy: ['issuer-kz-1'] });
  });

  it('one officer refuses, with a reason', async () => {
    const { body } = await ask('issuance');
    expectProblem(await decide('issuer-kz-2', body.requestId, 'refusal', {}), 400, 'BAD_REQUEST', null);
    const refused = await decide('issuer-kz-2', body.requestId, 'refusal', { reason: 'No collateral' });
    expect(refused.body).toMatchObject({ status: 'refused', refusedBy: 'issuer-kz-2', reason: 'No collateral' });
    expectProblem(await decide('issuer-kz-1', body.requestId, 'approval'), 409, 'REQUEST_STATE', null);
  });

  it('the same key is the same request; other content under it is a conflict', async () => {
    const headers = once();
    const first = await ask('issuance', {}, BANK, headers);
    expect((await ask('issuance', {}, BANK, headers)).body).toEqual(first.body);
    expectProblem(await ask('issuance', { amount: '1.00' }, BANK, headers), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    expectProblem(await ask('redemption', {}, BANK, headers), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    const theirs = await ask('issuance', { walletId: 'KZ-DALAKZ20-SETTLEMENT' }, 'bank-dalakz20', headers);
    expect(theirs.body.requestId).not.toBe(first.body.requestId);
  });

  it.each([
    ['a client’s wallet', { walletId: CLIENT }, 422, 'WALLET_KIND', null],
    ["another bank's wallet", { walletId: 'KZ-DALAKZ20-SETTLEMENT' }, 403, 'FORBIDDEN', 'AGNT'],
    ['no wallet', { walletId: 'KZ-NOBODY' }, 403, 'FORBIDDEN', 'AGNT'],
    ['nothing', { amount: '0.00' }, 422, 'AMOUNT_ZERO', 'AM01'],
    ['another currency', { currency: 'CNY' }, 422, 'CURRENCY_WRONG', 'AM03'],
    ['no time at all', { expiresInSeconds: 0 }, 400, 'BAD_REQUEST', null],
    ['thirty days and a second', { expiresInSeconds: 2_592_001 }, 400, 'BAD_REQUEST', null],
  ])('a request for %s is refused', async (_, change, http, code, iso) => {
    expectProblem(await ask('issuance', change), http, code, iso);
  });

  it('lists them: all to the issuer, its own to a bank', async () => {
    const all = (await world.call('issuer-kz-1', 'GET', `${KZ}/requests?limit=500`)).body.requests;
    const own = (await world.call(BANK, 'GET', `${KZ}/requests?owner=ALTNKZ20&limit=500`)).body.requests;
    expect(own).toEqual(all.filter(({ ownerBic }: { ownerBic: string }) => ownerBic === 'ALTNKZ20'));
    expect(own.length).toBeLessThan(all.length);
    const page = (await world.call('issuer-kz-1', 'GET', `${KZ}/requests?limit=1`)).body;
    expect(page).toEqual({ requests: all.slice(0, 1), next: all[0].requestId });
    const next = (await world.call('issuer-kz-1', 'GET', `${KZ}/requests?limit=1&after=${page.next}`)).body;
    expect(next.requests).toEqual(all.slice(1, 2));
    expectProblem(await world.call(BANK, 'GET', `${KZ}/requests`), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(
      await world.call('bank-dalakz20', 'GET', `${KZ}/requests/${own[0].requestId}`),
      403,
      'FORBIDDEN',
      'AGNT',
    );
    expectProblem(await world.call('issuer-kz-1', 'GET', `${KZ}/requests/none`), 404, 'REQUEST_UNKNOWN', null);
    expectProblem(await decide('issuer-kz-1', 'none', 'approval'), 404, 'REQUEST_UNKNOWN', null);
  });

  it('a request expires by itself at its time', async () => {
    const { body } = await ask('issuance', { expiresInSeconds: 1 });
    await decide('issuer-kz-1', body.requestId, 'approval');
    const read = async () => (await world.call(BANK, 'GET', `${KZ}/requests/${body.requestId}`)).body;
    await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe('expired');
    expectProblem(await decide('issuer-kz-2', body.requestId, 'approval'), 409, 'REQUEST_STATE', null);
  });
});

describe('conversion', () => {
  const convert = (change: Body = {}, key: string = BANK, headers = once()) => {
    const body = { direction: 'toDigital', bankWallet: OWN, clientWallet: CLIENT, amount: '10.00', currency: 'KZT' };
    return world.json(key, 'POST', `${KZ}/conversions`, { ...body, nonCashEntry: randomUUID(), ...change }, headers);
  };
  const sums = () => Promise.all([OWN, CLIENT].map((wallet) => available(world, wallet)));
  beforeAll(fund);

  it('moves money between the bank and its client, both ways', async () => {
    const before = await sums();
    const moved = async () => (await sums()).map((minor, i) => minor - before[i]!);
    const nonCashEntry = `GL-${randomUUID()}`;
    const headers = once();
    const first = await convert({ nonCashEntry }, BANK, headers);
    expect(first.status).toBe(201);
    expect(await moved()).toEqual([-1_000n, 1_000n]);
    expect((await convert({ nonCashEntry }, BANK, headers)).body).toEqual(first.body);
    expectProblem(await convert({ nonCashEntry }), 409, 'ENTRY_EXISTS', null);
    expectProblem(await convert({}, BANK, headers), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    expect((await convert({ direction: 'toNonCash', amount: '4.00' })).status).toBe(201);
    expect(await moved()).toEqual([-600n, 600n]);
  });

  it.each([
    ["another bank's client", { clientWallet: 'KZ-DALAKZ20-1' }, 403, 'FORBIDDEN', 'AGNT'],
    ["another bank's money", { bankWallet: 'KZ-DALAKZ20-SETTLEMENT' }, 403, 'FORBIDDEN', 'AGNT'],
    ["a client's wallet as its own", { bankWallet: 'KZ-ALTNKZ20-2' }, 422, 'WALLET_KIND', null],
    ['more than it has', { amount: '999999.00' }, 422, 'FUNDS_INSUFFICIENT', 'AM04'],
    ['no entry in its books', { nonCashEntry: '' }, 400, 'BAD_REQUEST', null],
    ['sideways', { direction: 'sideways' }, 400, 'BAD_REQUEST', null],
  ])('a bank does not convert %s', async (_, change, http, code, iso) => {
    const before = await sums();
    expectProblem(await convert(change), http, code, iso);
    expect(await sums()).toEqual(before);
  });
});
