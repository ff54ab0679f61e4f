/** Marks, spends, agreements and attributes: who may, what is refused, pages, repetitions. The stories are in docs/ledger.md. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, CREDITOR_BANK, expectProblem, openWorld, type World } from './support.js';

const KZ = '/v1/ledgers/KZ';
const [TREASURY, TAX, ORACLE, OTHER_BANK] = ['treasury-kz', 'tax-kz', 'oracle-kz', 'bank-dalakz20'];
const KZT = { currency: 'KZT' };

let world: World;
const post = (key: string, path: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<Response> =>
  world.json(key, 'POST', `${KZ}${path}`, body, { 'idempotency-key': idempotencyKey });
const get = (key: string, path: string): Promise<Response> => world.call(key, 'GET', `${KZ}${path}`);
const made = async (...asked: Parameters<typeof post>): Promise<Response> => {
  const response = await post(...asked);
  expect([response.status, response.body.code]).toEqual([201, undefined]);
  return response;
};

const ROAD_RULE = { by: 'addresses', levels: [['KZ-ALTNKZ20-1'], ['KZ-DALAKZ20-1']] };
const ROAD = { markId: 'road', rule: ROAD_RULE, crossBorder: true };
const VOUCHER_RULE = {
  by: 'criteria',
  levels: [[{ name: 'region', oneOf: ['KZ-AKM'] }, { name: 'licence' }]],
  purposes: ['feed'],
  validFrom: '2020-01-01T00:00:00.000Z',
  validTo: '2099-01-01T00:00:00.000Z',
  returnWallet: 'KZ-TREASURY',
};
const ARRIVALS = [{ walletId: 'KZ-TREASURY', markLevel: 0 }];
const AGREEMENT = {
  ...{ agreementId: 'A/1', markId: 'school', payer: 'KZ-TREASURY', payee: 'KZ-ALTNKZ20-1' },
  ...{ transferMax: '50.00', withdrawalMax: '20.00', ...KZT, expiresAt: '2099-01-01T00:00:00Z' },
};
const spend = (markId: string, amount: string, more: object = {}) => ({
  ...{ debitWallet: 'KZ-TREASURY', creditWallet: 'KZ-ALTNKZ20-1', markId, markLevel: 0, amount, ...KZT },
  ...more,
});

beforeAll(async () => {
  world = await openWorld();
  const funds = { debitWallet: 'KZ-ALTNKZ20-2', creditWallet: 'KZ-TREASURY', amount: '1000.00', ...KZT };
  await made(BANK, '/transfers', funds);
  await made(TREASURY, '/marks', ROAD);
  await made(TREASURY, '/marks', { markId: 'school', rule: { by: 'agreement' }, arrivals: ARRIVALS });
  await made(TREASURY, '/marks', { markId: 'feed', rule: VOUCHER_RULE });
  for (const markId of ['road', 'school', 'feed'])
    await made(TREASURY, `/marks/${markId}/mark`, { walletId: 'KZ-TREASURY', amount: '100.00', ...KZT });
  await made(ORACLE, '/agreements', AGREEMENT);
  for (const [name, value] of [
    ['region', 'KZ-AKM'],
    ['licence', 'L-1'],
  ])
    await made(ORACLE, '/attributes', { walletId: 'KZ-ALTNKZ20-1', name, value });
});
afterAll(() => world.close());

describe('a mark', () => {
  it('is what was registered, whatever its rule', async () => {
    for (const [markId, rule, crossBorder, arrivals] of [
      ['road', ROAD.rule, true, []],
      ['school', { by: 'agreement' }, false, ARRIVALS],
      ['feed', VOUCHER_RULE, false, []],
    ])
      expect((await get(TREASURY, `/marks/${markId}`)).body).toEqual({
        ...{ markId, rule, crossBorder, arrivals, ownerBic: 'TRSYKZ20', expired: false },
      });
  });

  it('is listed to its initiator in pages, and to the oracle', async () => {
    const first = (await get(TREASURY, '/marks?owner=TRSYKZ20&limit=2')).body;
    expect(first).toMatchObject({ marks: [{ markId: 'feed' }, { markId: 'road' }], next: 'road' });
    const rest = (await get(TREASURY, `/marks?owner=TRSYKZ20&limit=2&after=${first.next}`)).body;
    expect(rest).toMatchObject({ marks: [{ markId: 'school' }], next: null });
    expect((await get(ORACLE, '/marks')).body.marks.length).toBeGreaterThanOrEqual(3);
    for (const key of [TAX, BANK]) expectProblem(await get(key, '/marks?owner=TRSYKZ20'), 403, 'FORBIDDEN', 'AGNT');
  });

  it('registered again is the same, registered otherwise is refused', async () => {
    expect((await made(TREASURY, '/marks', ROAD)).body.markId).toBe('road');
    const other = { markId: 'road', rule: { by: 'agreement' } };
    expectProblem(await post(TREASURY, '/marks', other), 409, 'ENTRY_EXISTS', null);
    expectProblem(await post(TAX, '/marks', ROAD), 409, 'ENTRY_EXISTS', null);
  });

  it.each([
    ['no rule', { markId: 'x' }],
    ['an unknown rule', { markId: 'x', rule: { by: 'colour' } }],
    ['a field of another rule', { markId: 'x', rule: { by: 'agreement', levels: [] } }],
    ['no levels', { markId: 'x', rule: { by: 'addresses', levels: [] } }],
    ['a level that is no list', { markId: 'x', rule: { by: 'addresses', levels: ['KZ-TREASURY'] } }],
    ['a wallet that is none', { markId: 'x', rule: { by: 'addresses', levels: [['a b']] } }],
    ['an id with a space', { ...ROAD, markId: 'a b' }],
    ['a time that is none', { markId: 'x', rule: { ...VOUCHER_RULE, validFrom: '2020-01-01' } }],
    ['a day that is none', { markId: 'x', rule: { ...VOUCHER_RULE, validTo: '2099-13-01T00:00:00Z' } }],
    ['a criterion without a name', { markId: 'x', rule: { ...VOUCHER_RULE, levels: [[{ oneOf: ['a'] }]] } }],
    ['crossing that is no truth', { ...ROAD, crossBorder: 'yes' }],
    ['vouchers that cross', { markId: 'x', rule: VOUCHER_RULE, crossBorder: true }],
    ['a project that crosses', { markId: 'x', rule: { by: 'agreement' }, crossBorder: true }],
    ['arrivals that are no list', { markId: 'x', rule: { by: 'agreement' }, arrivals: 'KZ-TREASURY' }],
    ['an arrival without a level', { markId: 'x', rule: { by: 'agreement' }, arrivals: [{ walletId: 'KZ-TREASURY' }] }],
    ['an arrival with more', { markId: 'x', rule: { by: 'agreement' }, arrivals: [{ ...ARRIVALS[0], from: 'CN' }] }],
    ['a level of no project', { markId: 'x', rule: { by: 'agreement' }, arrivals: [{ ...ARRIVALS[0], markLevel: 1 }] }],
    ['vouchers that arrive', { markId: 'x', rule: VOUCHER_RULE, arrivals: ARRIVALS }],
  ])('with %s is a bad request', async (_what, body) => {
    expectProblem(await post(TREASURY, '/marks', body), 400, 'BAD_REQUEST', null);
  });

  it.each([BANK, OTHER_BANK, ORACLE, 'operator', 'provider', 'desk', 'treasury-cn', CREDITOR_BANK])(
    'is not for %s to register, nor to put on money',
    async (key) => {
      expectProblem(await post(key, '/marks', { ...ROAD, markId: 'x' }), 403, 'FORBIDDEN', 'AGNT');
      const money = { walletId: 'KZ-TREASURY', amount: '1.00', ...KZT };
      expectProblem(await post(key, '/marks/road/mark', money), 403, 'FORBIDDEN', 'AGNT');
      expectProblem(await post(key, '/marks/road/unmark', { ...money, markLevel: 0 }), 403, 'FORBIDDEN', 'AGNT');
    },
  );

  it('of somebody else is not seen, nor whether it is there', async () => {
    for (const what of ['', '/report', '/pockets'])
      for (const key of [TAX, BANK, 'operator']) {
        const theirs = await get(key, `/marks/road${what}`);
        expectProblem(theirs, 403, 'FORBIDDEN', 'AGNT');
        expect((await get(key, `/marks/none${what}`)).text).toBe(theirs.text);
      }
    expectProblem(await get(ORACLE, '/marks/none'), 404, 'MARK_UNKNOWN', 'AG01');
    const money = { walletId: 'KZ-TAX', amount: '1.00', ...KZT };
    expectProblem(await post(TAX, '/marks/road/mark', money), 403, 'FORBIDDEN', 'AGNT');
  });
});

describe('money under marks', () => {
  it('is in the balance by mark and level, in pages', async () => {
    const whole = (await get(TREASURY, '/wallets/KZ-TREASURY/balance')).body;
    expect(whole.pockets.map((pocket: { markId: string }) => pocket.markId)).toEqual(['feed', 'road', 'school']);
    expect(whole).toMatchObject({ available: { amount: '700.00' }, marked: { amount: '300.00' }, next: null });
    const first = (await get(TREASURY, '/wallets/KZ-TREASURY/balance?limit=2')).body;
    const rest = (await get(TREASURY, `/wallets/KZ-TREASURY/balance?limit=2&after=${first.next}`)).body;
    expect([...first.pockets, ...rest.pockets]).toEqual(whole.pockets);
    const bad = await get(TREASURY, '/wallets/KZ-TREASURY/balance?after=x');
    expectProblem(bad, 400, 'BAD_REQUEST', null);
  });

  it('moves once, however often it is asked', async () => {
    const key = randomUUID();
    const first = await made(TREASURY, '/spends', spend('road', '10.00'), key);
    expect((await made(TREASURY, '/spends', spend('road', '10.00'), key)).body).toEqual(first.body);
    const other = await post(TREASURY, '/spends', spend('road', '11.00'), key);
    expectProblem(other, 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    const { body } = await get(TREASURY, '/marks/road/pockets');
    expect(body.pockets).toMatchObject([
      { walletId: 'KZ-ALTNKZ20-1', markLevel: 1, amount: '10.00' },
      { walletId: 'KZ-TREASURY', markLevel: 0, amount: '90.00' },
    ]);
    const page = (await get(TREASURY, '/marks/road/pockets?limit=1')).body;
    expect((await get(TREASURY, `/marks/road/pockets?after=${page.next}`)).body.pockets).toEqual([body.pockets[1]]);
  });

  it('is reported to the initiator in pages, every movement once', async () => {
    const all = (await get(TREASURY, '/marks/road/report')).body.entries;
    const paged = [];
    for (let after = ''; ; ) {
      const page = (await get(TREASURY, `/marks/road/report?limit=2${after}`)).body;
      paged.push(...page.entries);
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(paged).toEqual(all);
    expect(all.slice(0, 2)).toMatchObject([{ kind: 'register' }, { kind: 'mark', amount: '100.00' }]);
    expectProblem(await get(TREASURY, '/marks/road/report?after=x'), 400, 'BAD_REQUEST', null);
  });

  it.each([
    [BANK, spend('road', '1.00'), 403, 'FORBIDDEN', 'AGNT'],
    ['operator', spend('road', '1.00'), 403, 'FORBIDDEN', 'AGNT'],
    [TREASURY, spend('none', '1.00'), 404, 'MARK_UNKNOWN', 'AG01'],
    [TREASURY, spend('road', '1.00', { creditWallet: 'KZ-DALAKZ20-1' }), 422, 'MARK_FORBIDS', 'AG01'],
    [TREASURY, spend('road', '1000.00'), 422, 'FUNDS_INSUFFICIENT', 'AM04'],
    [TREASURY, spend('road', '1.001'), 422, 'AMOUNT_DECIMALS', 'AM12'],
    [TREASURY, spend('road', '1.00', { markLevel: -1 }), 400, 'BAD_REQUEST', null],
    [TREASURY, spend('road', '1.00', { markLevel: '0' }), 400, 'BAD_REQUEST', null],
    [TREASURY, spend('road', '1.00', { agreementId: 'A/1' }), 422, 'AGREEMENT_FORBIDS', 'AG01'],
    [TREASURY, spend('school', '1.00'), 400, 'BAD_REQUEST', null],
    [TREASURY, spend('school', '1.00', { agreementId: 'A/2' }), 404, 'AGREEMENT_UNKNOWN', 'AG01'],
    [TREASURY, spend('school', '50.01', { agreementId: 'A/1' }), 422, 'AGREEMENT_EXHAUSTED', 'AM14'],
    [
      TREASURY,
      spend('school', '1.00', { agreementId: 'A/1', creditWallet: 'KZ-DALAKZ20-1' }),
      ...([422, 'AGREEMENT_FORBIDS', 'AG01'] as const),
    ],
    [TREASURY, spend('feed', '1.00', { purpose: 'seed' }), 422, 'MARK_FORBIDS', 'AG01'],
    [TREASURY, spend('feed', '1.00', { purpose: 'f o' }), 400, 'BAD_REQUEST', null],
    [
      TREASURY,
      spend('feed', '1.00', { purpose: 'feed', creditWallet: 'KZ-DALAKZ20-1' }),
      ...([422, 'MARK_FORBIDS', 'AG01'] as const),
    ],
    [
      TREASURY,
      spend('feed', '1.00', { purpose: 'feed', creditWallet: 'KZ-NOBODY' }),
      ...([404, 'WALLET_UNKNOWN', null] as const),
    ],
  ] as const)('%s: %o is %i %s', async (key, body, status, code, reason) => {
    expectProblem(await post(key, '/spends', body), status, code, reason);
  });
});

describe('an agreement', () => {
  it('is seen by its parties, the initiator and the oracle, with what is left of it', async () => {
    await made(TREASURY, '/spends', spend('school', '30.00', { agreementId: 'A/1' }));
    const path = '/agreements/A%2F1';
    for (const key of [BANK, TREASURY, ORACLE])
      expect((await get(key, path)).body).toMatchObject({
        ...{ agreementId: 'A/1', ownerBic: 'ORACKZ20', payee: 'KZ-ALTNKZ20-1', transferLeft: { amount: '20.00' } },
        ...{ withdrawalLeft: { amount: '20.00' }, expiresAt: '2099-01-01T00:00:00.000Z' },
      });
    for (const key of [OTHER_BANK, TAX, 'operator']) {
      expectProblem(await get(key, path), 403, 'FORBIDDEN', 'AGNT');
      expectProblem(await get(key, `${path}/history`), 403, 'FORBIDDEN', 'AGNT');
    }
    expectProblem(await get(ORACLE, '/agreements/A%2F2'), 404, 'AGREEMENT_UNKNOWN', 'AG01');
    const { body } = await get(BANK, `${path}/history?limit=1`);
    expect(body.entries).toMatchObject([{ kind: 'register' }]);
    const next = await get(BANK, `${path}/history?after=${body.next}`);
    expect(next.body).toMatchObject({ entries: [{ kind: 'spend', amount: '30.00', agreementId: 'A/1' }], next: null });
  });

  it('lets the payee alone withdraw, once for a key, and no more than agreed', async () => {
    const [path, key] = ['/agreements/A%2F1/withdrawals', randomUUID()];
    const twenty = { amount: '20.00', ...KZT };
    for (const other of [TREASURY, OTHER_BANK, 'operator'])
      expectProblem(await post(other, path, twenty), 403, 'FORBIDDEN', 'AGNT');
    const first = await made(BANK, path, twenty, key);
    expect((await made(BANK, path, twenty, key)).body).toEqual(first.body);
    expectProblem(await post(BANK, path, { amount: '0.01', ...KZT }), 422, 'AGREEMENT_EXHAUSTED', 'AM14');
    const { body } = await get(BANK, '/wallets/KZ-ALTNKZ20-1/balance');
    expect(body.pockets).toContainEqual({ markId: 'school', markLevel: 0, amount: '10.00', minor: '1000', ...KZT });
  });

  it.each([
    [BANK, AGREEMENT, 403, 'FORBIDDEN', 'AGNT'],
    [TAX, { ...AGREEMENT, agreementId: 'A/9' }, 403, 'FORBIDDEN', 'AGNT'],
    [ORACLE, { ...AGREEMENT, transferMax: '51.00' }, 409, 'ENTRY_EXISTS', null],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', markId: 'none' }, 404, 'MARK_UNKNOWN', 'AG01'],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', markId: 'road' }, 422, 'MARK_FORBIDS', 'AG01'],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', payee: 'KZ-NOBODY' }, 404, 'WALLET_UNKNOWN', null],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', expiresAt: '2020-01-01T00:00:00Z' }, 422, 'AGREEMENT_EXPIRED', 'AG01'],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', transferMax: '0.00' }, 422, 'AMOUNT_ZERO', 'AM01'],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', currency: 'CNY' }, 422, 'CURRENCY_WRONG', 'AM03'],
    [ORACLE, { ...AGREEMENT, agreementId: 'A/9', withdrawalMax: '-1.00' }, 400, 'BAD_REQUEST', null],
  ] as const)('%s registers %o: %i %s', async (key, body, status, code, reason) => {
    expectProblem(await post(key, '/agreements', body), status, code, reason);
  });

  it('may be registered by the initiator, and without any withdrawal', async () => {
    const own = { ...AGREEMENT, agreementId: 'A/3', withdrawalMax: '0.00' };
    expect((await made(TREASURY, '/agreements', own)).body).toMatchObject({
      ...{ ownerBic: 'TRSYKZ20', withdrawalMax: { amount: '0.00' }, withdrawalLeft: { amount: '0.00' } },
    });
  });
});

describe('money under an agreement that waits for an event, or pays an invoice', () => {
  const OTHER = { ...AGREEMENT, agreementId: 'A/4', payee: 'KZ-DALAKZ20-1', expiresAt: '2090-01-01T00:00:00Z' };
  const receiver = (agreementId?: string, walletId = 'KZ-ALTNKZ20-1') => ({ walletId, parts: 1, agreementId });
  const act = (receivers: readonly object[], more: object = {}) => ({
    ...{ eventId: 'act-1', providers: ['supervision'], debitWallet: 'KZ-TREASURY', receivers, amount: '40.00', ...KZT },
    ...{ markId: 'school', markLevel: 0, expiresAt: '2089-01-01T00:00:00Z', ...more },
  });
  const invoice = (agreementId: string) => ({
    ...{ invoiceId: `ESF-${agreementId}`, form: 'invoice', sellerWallet: 'KZ-DALAKZ20-1', buyerWallet: 'KZ-TREASURY' },
    ...{ net: '50.00', vat: '6.00', ...KZT, agreementId },
  });

  beforeAll(async () => {
    const key = { keyId: 'k1', suite: 'ed25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const provider = { providerId: 'supervision', bic: 'EVNTKZ20', name: 'Supervision', keys: [key] };
    await made(ORACLE, '/providers', provider);
    await made(ORACLE, '/agreements', OTHER);
    await made(TREASURY, '/marks', { markId: 'vat', rule: { by: 'vat', taxWallet: 'KZ-TAX' } });
  });

  it.each([
    [act([receiver('A/2')]), 404, 'AGREEMENT_UNKNOWN', 'AG01'],
    [act([receiver('A/4')]), 422, 'AGREEMENT_FORBIDS', 'AG01'],
    [act([receiver('A/4', 'KZ-DALAKZ20-1')], { expiresAt: '2090-01-01T00:00:01Z' }), 422, 'AGREEMENT_EXPIRED', 'AG01'],
    [act([receiver('A/1'), receiver(undefined, 'KZ-DALAKZ20-1')]), 400, 'BAD_REQUEST', null],
    [act([receiver('A/1')], { markId: undefined, markLevel: undefined }), 400, 'BAD_REQUEST', null],
    [act([receiver(1 as never)]), 400, 'BAD_REQUEST', null],
  ] as const)('is not registered as %o: %i %s', async (body, status, code, reason) => {
    expectProblem(await post(TREASURY, '/events', body), status, code, reason);
  });

  it('is held once the agreement leaves it, and then shown with its agreement', async () => {
    const event = act([receiver('A/4', 'KZ-DALAKZ20-1')]);
    const registered = (await made(TREASURY, '/events', event)).body;
    expect(registered.receivers).toEqual([receiver('A/4', 'KZ-DALAKZ20-1')]);
    await made(TREASURY, '/spends', spend('school', '10.01', { agreementId: 'A/4', creditWallet: 'KZ-DALAKZ20-1' }));
    expectProblem(await post(TREASURY, '/events/act-1/hold', {}), 422, 'AGREEMENT_EXHAUSTED', 'AM14');
    await made(TREASURY, '/events', { ...event, eventId: 'act-2', amount: '39.99' });
    await made(TREASURY, '/events/act-2/hold', {});
    expect((await get(OTHER_BANK, '/agreements/A%2F4')).body).toMatchObject({
      ...{ transferred: { amount: '10.01' }, held: { amount: '39.99' }, transferLeft: { amount: '0.00' } },
    });
    const { body } = await get(OTHER_BANK, '/agreements/A%2F4/history');
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['register', 'spend', 'hold']);
  });

  it('is invoiced under an agreement between the two, and not beyond it', async () => {
    expectProblem(await post(ORACLE, '/invoices', invoice('A/2')), 404, 'AGREEMENT_UNKNOWN', 'AG01');
    expectProblem(await post(ORACLE, '/invoices', invoice('A/1')), 422, 'AGREEMENT_FORBIDS', 'AG01');
    const { body } = await post(ORACLE, '/invoices', invoice('A/4'));
    expect(body).toMatchObject({ agreementId: 'A/4', markId: 'school', contractId: null });
    const payment = await post(TREASURY, '/invoices/ESF-A%2F4/payments', { amount: '56.00', ...KZT });
    expectProblem(payment, 422, 'AGREEMENT_EXHAUSTED', 'AM14');
  });
});

describe('an attribute', () => {
  const NAME = { walletId: 'KZ-DALAKZ20-2', name: 'region' };
  const path = `/attributes?walletId=${NAME.walletId}&name=${NAME.name}`;

  it('is registered, replaced and withdrawn by the oracle, and keeps its history', async () => {
    const key = randomUUID();
    const first = { ...NAME, value: 'KZ-AKM', validFrom: '2020-01-01T00:00:00Z', validTo: '2030-01-01T00:00:00Z' };
    await made(ORACLE, '/attributes', first, key);
    await made(ORACLE, '/attributes', { ...NAME, value: 'KZ-KOS' });
    await made(ORACLE, '/attributes', first, key);
    await made(ORACLE, '/attributes', { ...NAME, value: null });
    const { body } = await get(ORACLE, path);
    expect(body).toMatchObject({ subject: 'wallet:KZ-DALAKZ20-2', name: 'region', value: null, validTo: null });
    const values = body.history.map(({ value }: { value: string | null }) => value);
    expect(values).toEqual(['KZ-AKM', 'KZ-KOS', null]);
    expect(body.history[0]).toMatchObject({ validTo: '2030-01-01T00:00:00.000Z' });
  });

  it.each([BANK, TREASURY, 'operator', 'oracle-cn', 'events-kz'])('is not for %s', async (key) => {
    expectProblem(await post(key, '/attributes', { ...NAME, value: 'x' }), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(key, path), 403, 'FORBIDDEN', 'AGNT');
  });

  it.each([
    [{ name: 'region', value: 'x' }, 400, 'BAD_REQUEST'],
    [{ ...NAME, ownerBic: 'DALAKZ20', value: 'x' }, 400, 'BAD_REQUEST'],
    [{ ...NAME, name: 'a b', value: 'x' }, 400, 'BAD_REQUEST'],
    [NAME, 400, 'BAD_REQUEST'],
    [{ ...NAME, name: 'age', value: null }, 404, 'NOT_FOUND'],
  ] as const)('%o is %i %s', async (body, status, code) => {
    expectProblem(await post(ORACLE, '/attributes', body), status, code, null);
  });

  it('that nobody registered is 404', async () => {
    expectProblem(await get(ORACLE, '/attributes?ownerBic=DALAKZ20&name=age'), 404, 'NOT_FOUND', null);
  });
});
