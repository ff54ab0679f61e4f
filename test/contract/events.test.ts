/** `/v1/ledgers/{code}/providers` and `/events`: money that waits for an event, to whom each step belongs. */
import { createHash } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, openWorld, type World } from './support.js';

const KZ = '/v1/ledgers/KZ';
const [ORACLE, REGISTRY, BUYERS_BANK, SELLERS_BANK] = ['oracle-kz', 'events-kz', 'bank-altnkz20', 'bank-dalakz20'];
const [BUYER, SELLER, TREASURY] = ['KZ-ALTNKZ20-1', 'KZ-DALAKZ20-1', 'KZ-TREASURY'];

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { suite, publicKey } = await world.stack.signer(REGISTRY);
  const keys = [{ keyId: 'vehicles-1', suite, publicKey: Buffer.from(publicKey).toString('base64url') }];
  const provider = { providerId: 'vehicles', bic: 'EVNTKZ20', name: 'Vehicle registry', keys };
  expect((await post(ORACLE, '/providers', provider)).status).toBe(201);
});
afterAll(() => world.close());

const post = (key: string, path: string, body: unknown): Promise<Response> => world.json(key, 'POST', KZ + path, body);
const get = (key: string, path: string): Promise<Response> => world.call(key, 'GET', KZ + path);

const sale = (eventId: string, more: Record<string, unknown> = {}) => ({
  ...{ eventId, providers: ['vehicles'], debitWallet: BUYER, amount: '1000.00', currency: 'KZT' },
  receivers: [
    { walletId: SELLER, amount: '990.00' },
    { walletId: TREASURY, amount: '10.00' },
  ],
  expiresAt: '2099-01-01T00:00:00Z',
  ...more,
});
const begun = async (eventId: string, more: Record<string, unknown> = {}) => {
  expect((await post(BUYERS_BANK, '/events', sale(eventId, more))).status).toBe(201);
  const held = await post(BUYERS_BANK, `/events/${eventId}/hold`, {});
  expect(held.status).toBe(201);
  return held.body as { eventId: string; eventHash: string };
};
const balance = async (key: string, walletId: string) => {
  const { available, held } = (await get(key, `/wallets/${walletId}/balance`)).body;
  return [available.minor, held.minor].map(BigInt) as [bigint, bigint];
};

/** Canonical bytes as docs/ledger.md writes them down: length and content of each field. */
const field = (value: string | Buffer): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
async function signed(
  event: { eventId: string; eventHash: string },
  said: { sequence: number; kind: 'happened' | 'refused'; minor: string; reason?: string },
) {
  const { sequence, kind, minor, reason } = said;
  const fields = [
    ...['otkel/ledger/event-statement/v1', 'KZ', 'KZT', event.eventId, Buffer.from(event.eventHash, 'hex'), 'vehicles'],
    ...[`${sequence}`, kind, minor, ...(reason === undefined ? ['0'] : ['1', reason])],
  ];
  const signature = (await world.stack.signer(REGISTRY)).sign(Buffer.concat(fields.map(field)));
  return {
    ...{
      providerId: 'vehicles',
      keyId: 'vehicles-1',
      kind,
      sequence,
      signature: Buffer.from(signature).toString('hex'),
    },
    ...(kind === 'happened' ? { amount: (Number(minor) / 100).toFixed(2), currency: 'KZT' } : { reason }),
  };
}

describe('an event', () => {
  it('releases to several receivers, each of whom sees its part', async () => {
    const [before, treasury] = [await balance(SELLERS_BANK, SELLER), await balance('treasury-kz', TREASURY)];
    const event = await begun('sale-1');
    expect(event).toMatchObject({ phase: 'held', remaining: { amount: '1000.00' }, hold: { state: 'HELD' } });
    expect(event.eventHash).toMatch(/^[0-9a-f]{64}$/);
    const said = await signed(event, { sequence: 1, kind: 'happened', minor: '100000' });
    const { body } = await post(REGISTRY, '/events/sale-1/statements', said);
    expect(body).toMatchObject({
      phase: 'settled',
      hold: { state: 'SETTLED' },
      decided: [{ signature: said.signature }],
    });
    expect((await balance(SELLERS_BANK, SELLER))[0] - before[0]).toBe(99_000n);
    expect((await balance('treasury-kz', TREASURY))[0] - treasury[0]).toBe(1_000n);
    const { entries } = (await get('treasury-kz', `/wallets/${TREASURY}/statement?limit=1`)).body;
    expect(entries).toMatchObject([{ kind: 'settle', direction: 'credit', amount: '10.00', counterparty: BUYER }]);
    const history = (await get(SELLERS_BANK, '/events/sale-1/history')).body.entries as { kind: string }[];
    expect(history.map(({ kind }) => kind)).toEqual(['register', 'hold', 'settle']);
    expect((await get(ORACLE, '/events/sale-1/history?limit=2')).body.next).toMatch(/^\d+\.\d+$/);
  });

  it('returns what is refused, and keeps the reason; a later statement is evidence', async () => {
    const before = await balance(BUYERS_BANK, BUYER);
    const event = await begun('sale-2');
    expect((await balance(BUYERS_BANK, BUYER))[1] - before[1]).toBe(100_000n);
    const refusal = await signed(event, { sequence: 1, kind: 'refused', minor: '0', reason: 'pledged to a bank' });
    const { body } = await post(ORACLE, '/events/sale-2/statements', refusal);
    expect(body).toMatchObject({ phase: 'refused', decided: [{ reason: 'pledged to a bank' }] });
    expect(body.hold).toMatchObject({ state: 'RELEASED', reason: 'EVENT_REFUSED' });
    expect(await balance(BUYERS_BANK, BUYER)).toEqual(before);
    const late = await signed(event, { sequence: 1, kind: 'happened', minor: '100000' });
    expect((await post(REGISTRY, '/events/sale-2/statements', late)).body.kept).toMatchObject([{ why: 'late' }]);
    expect(await balance(BUYERS_BANK, BUYER)).toEqual(before);
  });

  it('is the same when it is asked for again, and another under its id is refused', async () => {
    const first = await begun('sale-3');
    expect((await post(BUYERS_BANK, '/events', sale('sale-3'))).body.eventHash).toBe(first.eventHash);
    expect((await post(BUYERS_BANK, '/events/sale-3/hold', {})).body).toEqual(first);
    const other = sale('sale-3', { mode: 'unlimited' });
    expectProblem(await post(BUYERS_BANK, '/events', other), 409, 'ENTRY_EXISTS', null);
  });

  it('may share out by parts, of marked money, by some of several providers', async () => {
    const parts = [
      { walletId: SELLER, parts: 2 },
      { walletId: TREASURY, parts: 1 },
    ];
    const event = await begun('sale-4', { receivers: parts, mode: 'unlimited', threshold: 1 });
    expect(event).toMatchObject({ receivers: parts, threshold: 1, mode: 'unlimited' });
    const said = await signed(event, { sequence: 1, kind: 'happened', minor: '10000' });
    const { body } = await post(REGISTRY, '/events/sale-4/statements', said);
    expect(body).toMatchObject({ phase: 'held', sequence: 2, remaining: { amount: '900.00' } });
  });

  it('takes no statement that was signed for another', async () => {
    const [event, other] = [await begun('sale-5'), await begun('sale-6')];
    const said = await signed(other, { sequence: 1, kind: 'happened', minor: '100000' });
    expectProblem(await post(REGISTRY, '/events/sale-5/statements', said), 422, 'STATEMENT_INVALID', 'DS0A');
    const own = await signed(event, { sequence: 1, kind: 'happened', minor: '100000' });
    const more = { ...own, amount: '999.00' };
    expectProblem(await post(REGISTRY, '/events/sale-5/statements', more), 422, 'STATEMENT_INVALID', 'DS0A');
  });

  it('is registered, held and seen by whom it concerns alone', async () => {
    await begun('sale-7');
    expectProblem(await post(SELLERS_BANK, '/events', sale('sale-8')), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await post(SELLERS_BANK, '/events/sale-7/hold', {}), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await post(SELLERS_BANK, '/events/sale-7/statements', {}), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await post(REGISTRY, '/providers', {}), 403, 'FORBIDDEN', 'AGNT');
    for (const key of [BUYERS_BANK, SELLERS_BANK, REGISTRY, 'treasury-kz', ORACLE])
      expect((await get(key, '/events/sale-7')).status).toBe(200);
    for (const key of ['tax-kz', 'bank-longcn20', 'events-cn'])
      expectProblem(await get(key, '/events/sale-7'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(BUYERS_BANK, '/events/nothing'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(ORACLE, '/events/nothing'), 404, 'EVENT_UNKNOWN', null);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a receiver with both amount and parts',
      { receivers: [{ walletId: SELLER, parts: 1, amount: '1.00' }] },
      'receivers',
    ],
    ['a receiver that is no object', { receivers: ['x'] }, 'receivers'],
    ['a threshold that is no number', { threshold: '1' }, 'threshold'],
    ['a mode that is none', { mode: 'twice' }, 'mode'],
    ['a time without a zone', { expiresAt: '2099-01-01T00:00:00' }, 'expiresAt'],
    ['an unknown member', { lapses: true }, 'body'],
  ])('is not registered with %s', async (_what, more, detail) => {
    const response = await post(BUYERS_BANK, '/events', sale('sale-9', more));
    expectProblem(response, 400, 'BAD_REQUEST', null);
    expect(response.body.detail).toContain(detail);
  });
});

describe('a provider', () => {
  const key = (byte: number) => ({
    ...{ keyId: `k-${byte}`, suite: 'ed25519' },
    publicKey: createHash('sha256').update(`${byte}`).digest('base64url'),
  });

  it('gets keys and loses them; whoever asks sees them', async () => {
    const { suite, publicKey } = await world.stack.signer('events-cn');
    const next = { keyId: 'vehicles-2', suite, publicKey: Buffer.from(publicKey).toString('base64url') };
    expect((await post(ORACLE, '/providers/vehicles/keys', next)).body.keys).toHaveLength(2);
    const { body } = await post(ORACLE, '/providers/vehicles/keys/vehicles-2/end', {});
    expect(body.keys[1]).toMatchObject({ keyId: 'vehicles-2', validTo: expect.any(String) });
    expect((await get(SELLERS_BANK, '/providers/vehicles')).body).toEqual(body);
  });

  it('is refused in words', async () => {
    expectProblem(await get(BUYERS_BANK, '/providers/nobody'), 404, 'PROVIDER_UNKNOWN', null);
    expectProblem(await post(ORACLE, '/providers/nobody/keys', key(1)), 400, 'BAD_REQUEST', null);
    expectProblem(await post(ORACLE, '/providers/nobody/keys/x/end', {}), 404, 'PROVIDER_UNKNOWN', null);
    const taken = { providerId: 'vehicles', bic: 'EVNTKZ20', name: 'Another', keys: [] };
    expectProblem(await post(ORACLE, '/providers', taken), 400, 'BAD_REQUEST', null);
    const odd = { ...taken, keys: [{ ...key(1), suite: 'rsa' }] };
    expectProblem(await post(ORACLE, '/providers', odd), 400, 'BAD_REQUEST', null);
  });
});
