/** `GET /v1/payments/{uetr}`: what each party of a payment sees, and that strangers see nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  expectProblem,
  fresh,
  openWorld,
  setAmount,
  setDebtorAccount,
  type World,
} from './support.js';

let world: World;
let settled: string;
let refused: string;
beforeAll(async () => {
  world = await openWorld();
  const [good, bad] = [fresh(world), fresh(world, CUSTOMER_08, setDebtorAccount('NOBODYS'))];
  await world.post(good.xml);
  await world.post(bad.xml);
  await world.quiet();
  [settled, refused] = [good.uetr, bad.uetr];
});
afterAll(() => world.close());

const payment = (key: string, uetr: string) => world.call(key, 'GET', `/v1/payments/${uetr}`);

describe('a settled payment', () => {
  it.each([
    ['its debtor agent', BANK],
    ['its creditor agent', CREDITOR_BANK],
    ['the provider', 'provider'],
    ['the operator', 'operator'],
    ['the FX desk', 'desk'],
  ])('is shown to %s', async (_, key) => {
    const { status, body } = await payment(key, settled);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      uetr: settled,
      status: 'ACCC',
      state: 'CLOSED',
      reason: null,
      debtorAgent: 'ALTNKZ20',
      creditorAgent: 'LONGCN20',
      provider: 'OTKLKZ20',
      rate: '0.0135',
      legs: [
        {
          ledger: 'KZ',
          debitWallet: 'KZ-ALTNKZ20-1',
          creditWallet: 'KZ-FX-PROVIDER',
          amount: '1250000.00',
          currency: 'KZT',
        },
        {
          ledger: 'CN',
          debitWallet: 'CN-FX-PROVIDER',
          creditWallet: 'CN-LONGCN20-1',
          amount: '16875.00',
          currency: 'CNY',
        },
      ],
    });
  });

  it('says when it was accepted, decided and closed, in this order', async () => {
    const { body } = await payment(BANK, settled);
    const times = [body.acceptedAt, body.decidedAt, body.closedAt].map((time: string) => Date.parse(time));
    expect(times.every(Number.isFinite)).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('lists what its translation changed, and nothing as lost where all arrived', async () => {
    const { body } = await payment(BANK, settled);
    const amount = body.changes.find((row: { from: string }) => row.from?.endsWith('/IntrBkSttlmAmt'));
    expect(amount).toMatchObject({ kind: 'changed', to: amount.from, after: expect.stringContaining('16875.00') });
    expect(body.losses).toEqual([]);
  });

  it.each([
    ['another bank of the debtor’s side', 'bank-dalakz20'],
    ['another bank of the creditor’s side', 'bank-jadecn20'],
    ['the rate feed', 'rate-feed'],
  ])('is 404 for %s, as if it were not there', async (_, key) => {
    const [theirs, unknown] = [await payment(key, settled), await payment(key, randomUUID())];
    expectProblem(theirs, 404, 'NOT_FOUND', null);
    expect(theirs.text).toBe(unknown.text);
  });
});

describe('a refused payment', () => {
  it('is shown to its sender with the named error and its ISO reason', async () => {
    expect((await payment(BANK, refused)).body).toMatchObject({
      status: 'RJCT',
      state: 'CLOSED',
      reason: { code: 'DEBTOR_ACCOUNT_UNKNOWN', isoReason: 'AC02' },
      legs: [],
      provider: null,
      rate: null,
    });
  });

  it('is 404 for another bank', async () => {
    expectProblem(await payment('bank-dalakz20', refused), 404, 'NOT_FOUND', null);
  });
});

it('a payment in progress is shown with ACTC or later, and ends in its final status', async () => {
  const { xml, uetr } = fresh(world, CUSTOMER_08, setAmount('10000.00'));
  expect((await world.post(xml, { waitSeconds: null })).http).toBe(202);
  const { body } = await payment(BANK, uetr);
  expect(['ACTC', 'PDNG', 'ACCC']).toContain(body.status);
  await world.quiet();
  expect((await payment(BANK, uetr)).body).toMatchObject({ status: 'ACCC', state: 'CLOSED' });
});

it('a UETR that is none is a bad request', async () => {
  for (const uetr of ['x', '8a562c67-ca16-18ba-b074-65581be6f011'])
    expectProblem(await payment(BANK, uetr), 400, 'BAD_REQUEST', null);
});

it('an unknown UETR is 404 for everybody', async () => {
  for (const key of [BANK, 'operator']) expectProblem(await payment(key, randomUUID()), 404, 'NOT_FOUND', null);
});
