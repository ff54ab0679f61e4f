/** Lists of events and of money that is held: whose they are, in pages. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, CREDITOR_BANK, CUSTOMER_08, expectProblem, fresh, openWorld, setAmount, type World } from './support.js';

const KZ = '/v1/ledgers/KZ';
const [ORACLE, REGISTRY, OTHER_BANK, TREASURY] = ['oracle-kz', 'events-kz', 'bank-dalakz20', 'treasury-kz'] as const;
const EVENTS = ['list-a', 'list-b', 'list-c'];

let world: World;
const get = (key: string, path: string): Promise<Response> => world.call(key, 'GET', KZ + path);
const made = async (key: string, path: string, body: unknown) => {
  const response = await world.json(key, 'POST', KZ + path, body, { 'idempotency-key': randomUUID() });
  expect([response.status, response.body.code]).toEqual([201, undefined]);
};
const event = (eventId: string) => ({
  ...{ eventId, providers: ['lists'], debitWallet: 'KZ-ALTNKZ20-1', amount: '10.00', currency: 'KZT' },
  ...{ receivers: [{ walletId: 'KZ-DALAKZ20-1', amount: '10.00' }], expiresAt: '2099-01-01T00:00:00Z' },
});

beforeAll(async () => {
  world = await openWorld();
  const { suite, publicKey } = await world.stack.signer(REGISTRY);
  const keys = [{ keyId: 'lists-1', suite, publicKey: Buffer.from(publicKey).toString('base64url') }];
  await made(ORACLE, '/providers', { providerId: 'lists', bic: 'EVNTKZ20', name: 'Lists', keys });
  for (const eventId of EVENTS) await made(BANK, '/events', event(eventId));
  for (const eventId of EVENTS.slice(0, 2)) await made(BANK, `/events/${eventId}/hold`, {});
});
afterAll(() => world.close());

describe('events', () => {
  const ids = ({ body }: Response) => (body.events as { eventId: string }[]).map(({ eventId }) => eventId);

  it('are listed to who registered them, and all of them to the oracle, in pages', async () => {
    const { body } = await get(BANK, '/events?owner=ALTNKZ20');
    expect(body).toMatchObject({
      events: [
        { eventId: 'list-a', phase: 'held', hold: { state: 'HELD' } },
        { eventId: 'list-b', phase: 'held', hold: { state: 'HELD' } },
        { eventId: 'list-c', phase: 'registered', hold: null },
      ],
      next: null,
    });
    const first = await get(ORACLE, '/events?limit=2');
    expect(ids(first)).toEqual(EVENTS.slice(0, 2));
    expect(ids(await get(ORACLE, `/events?limit=2&after=${first.body.next}`))).toEqual(EVENTS.slice(2));
    expect(ids(await get(OTHER_BANK, '/events?owner=DALAKZ20'))).toEqual([]);
  });

  it('of somebody else are nobody’s business', async () => {
    for (const [key, path] of [
      [OTHER_BANK, '/events?owner=ALTNKZ20'],
      [BANK, '/events'],
      [CREDITOR_BANK, '/events?owner=LONGCN20'],
      ['operator', '/events?owner=ALTNKZ20'],
    ] as const)
      expectProblem(await get(key, path), 403, 'FORBIDDEN', 'AGNT');
    for (const query of ['owner=x', 'limit=0', 'limit=501', 'after=a&after=b'])
      expectProblem(await get(ORACLE, `/events?${query}`), 400, 'BAD_REQUEST', null);
  });
});

describe('money that is held', () => {
  it('is listed to the owner of the wallet and to the operator', async () => {
    const held = (reference: string) => ({ kind: 'event', reference, debitWallet: 'KZ-ALTNKZ20-1', amount: '10.00' });
    const own = await get(BANK, '/holds?kind=event&wallet=KZ-ALTNKZ20-1');
    expect(own.body).toMatchObject({ holds: [held('list-a'), held('list-b')], next: null });
    expect((await get('operator', '/holds?kind=event')).body).toEqual(own.body);
    expect((await get(BANK, '/holds?kind=event&wallet=KZ-ALTNKZ20-2')).body).toEqual({ holds: [], next: null });
  });

  it('comes in pages of the ledger’s holds, of which those of the wallet are shown', async () => {
    const references: string[] = [];
    let pages = 0;
    for (let after = ''; pages < 10; pages++) {
      const { body } = await get(BANK, `/holds?kind=event&wallet=KZ-ALTNKZ20-1&limit=1${after}`);
      references.push(...(body.holds as { reference: string }[]).map(({ reference }) => reference));
      if (body.next === null) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect([references, pages]).toEqual([['list-a', 'list-b'], 2]);
  });

  it('has a payment’s while it is open, by its UETR', async () => {
    const ledger = await world.stack.databases.get('ledger-cn')!.pool.connect();
    await ledger.query('BEGIN; LOCK TABLE block IN EXCLUSIVE MODE');
    try {
      const { xml, uetr } = fresh(world, CUSTOMER_08, setAmount('321.00'));
      await world.post(xml, { waitSeconds: null });
      const found = async () => (await get(BANK, '/holds?kind=pvp&wallet=KZ-ALTNKZ20-1')).body.holds;
      await expect
        .poll(found)
        .toMatchObject([{ kind: 'pvp', reference: uetr, debitWallet: 'KZ-ALTNKZ20-1', amount: '321.00' }]);
    } finally {
      await ledger.query('COMMIT');
      ledger.release();
    }
    await world.quiet();
    expect((await get('operator', '/holds?kind=pvp')).body).toEqual({ holds: [], next: null });
  });

  it('of others is not shown, and a bad question is said to be one', async () => {
    for (const [key, path] of [
      [BANK, '/holds?kind=event'],
      [OTHER_BANK, '/holds?kind=event&wallet=KZ-ALTNKZ20-1'],
      [BANK, '/holds?kind=event&wallet=KZ-NOBODY'],
      [TREASURY, '/holds?kind=pvp'],
    ] as const)
      expectProblem(await get(key, path), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get('operator', '/holds?kind=event&wallet=KZ-NOBODY'), 404, 'WALLET_UNKNOWN', null);
    for (const query of ['', 'kind=x', 'kind=pvp&after=x', 'kind=pvp&limit=0', 'kind=pvp&wallet=%20'])
      expectProblem(await get('operator', `/holds?${query}`), 400, 'BAD_REQUEST', null);
  });
});
