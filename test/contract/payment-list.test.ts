/** `GET /v1/payments`: who lists what, by which conditions, page by page; and who the caller is. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  chinaToKazakhstan,
  expectProblem,
  type Fresh,
  fresh,
  openWorld,
  setAmount,
  setDebtorAccount,
  setText,
  type World,
} from './support.js';

const OTHER_BANK = 'bank-dalakz20';

let world: World;
let paid: Fresh[];
let refused: Fresh;
let back: Fresh;
beforeAll(async () => {
  world = await openWorld();
  paid = ['100.00', '200.00', '300.00'].map((amount) => fresh(world, CUSTOMER_08, setAmount(amount)));
  refused = fresh(world, CUSTOMER_08, setDebtorAccount('NOBODYS'));
  back = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('50.00'));
  for (const { xml } of [...paid, refused]) await world.post(xml);
  await world.post(back.xml, { key: CREDITOR_BANK });
  await world.quiet();
});
afterAll(() => world.close());

interface Listed {
  readonly uetr: string;
  readonly status: string;
}
interface Page {
  readonly payments: readonly Listed[];
  readonly next: string | null;
}
const page = async (key: string, query = ''): Promise<Page> => {
  const { status, body } = await world.call(key, 'GET', `/v1/payments${query && `?${query}`}`);
  expect(status).toBe(200);
  return body as Page;
};
const uetrs = async (key: string, query = ''): Promise<string[]> =>
  (await page(key, query)).payments.map(({ uetr }) => uetr);
const uetrsOf = (...given: readonly Fresh[]): string[] => given.map(({ uetr }) => uetr);

describe('who lists what', () => {
  it.each(['operator', 'desk', 'provider'])('%s: all, newest first', async (key) => {
    const settled = key === 'provider' ? [back, ...[...paid].reverse()] : [back, refused, ...[...paid].reverse()];
    expect(await uetrs(key)).toEqual(uetrsOf(...settled));
  });

  it('a bank: what it sent and what it gets', async () => {
    expect(await uetrs(BANK)).toEqual(uetrsOf(back, refused, ...[...paid].reverse()));
    expect(await uetrs(OTHER_BANK)).toEqual([]);
  });

  it('a creditor agent is found also where the message names its main branch', async () => {
    const branch = fresh(world, CUSTOMER_08, setAmount('1.00'), (xml) => xml.replace(/LONGCN20(?!X)/g, 'LONGCN20XXX'));
    await world.post(branch.xml);
    expect((await uetrs(CREDITOR_BANK))[0]).toBe(branch.uetr);
    expect((await uetrs('operator', 'bank=LONGCN20&limit=1'))[0]).toBe(branch.uetr);
  });

  it.each(['issuer-kz-1', 'treasury-kz', 'oracle-kz'])('%s: nothing', async (key) => {
    expectProblem(await world.call(key, 'GET', '/v1/payments'), 403, 'FORBIDDEN', 'AGNT');
  });

  it('the desk reads a payment, but not its messages', async () => {
    expect((await world.call('desk', 'GET', `/v1/payments/${paid[0]!.uetr}`)).status).toBe(200);
    const evidence = await world.call('desk', 'GET', `/v1/payments/${paid[0]!.uetr}/evidence`);
    expectProblem(evidence, 404, 'NOT_FOUND', null);
  });
});

describe('conditions', () => {
  it('a listed payment says what it is', async () => {
    expect((await page('operator', `uetr=${paid[0]!.uetr}`)).payments).toMatchObject([
      {
        ...{ uetr: paid[0]!.uetr, msgId: paid[0]!.msgId, sender: 'ALTNKZ20', status: 'ACCC', state: 'CLOSED' },
        source: { amount: '100.00', currency: 'KZT' },
        target: { amount: '1.35', currency: 'CNY' },
      },
    ]);
    expect((await page('operator', `uetr=${refused.uetr}`)).payments).toMatchObject([
      { status: 'RJCT', reason: 'DEBTOR_ACCOUNT_UNKNOWN', source: null, target: null },
    ]);
  });

  it('a refusal that named a UETR of somebody else is found by it', async () => {
    const again = fresh(world, CUSTOMER_08, setText('UETR', paid[0]!.uetr));
    await world.post(again.xml);
    expect((await page('operator', `uetr=${paid[0]!.uetr}`)).payments).toMatchObject([
      { status: 'RJCT', msgId: again.msgId },
      { status: 'ACCC', msgId: paid[0]!.msgId },
    ]);
  });

  it.each<readonly [string, () => string, (() => readonly string[]) | null]>([
    ['MsgId', () => `msgId=${paid[1]!.msgId}`, () => uetrsOf(paid[1]!)],
    ['bank', () => 'bank=LONGCN20&status=ACCC&amountMin=150&amountMax=250.00&currency=KZT', () => uetrsOf(paid[1]!)],
    ['status', () => 'status=RJCT&bank=ALTNKZ20&limit=500', null],
    ['currency of the last leg', () => 'currency=CNY&amountMin=4.05&amountMax=4.05', () => uetrsOf(paid[2]!)],
    ['nothing found', () => `msgId=${randomUUID().slice(0, 30)}`, () => []],
  ])('%s', async (_, query, expected) => {
    for (const key of ['operator', BANK]) {
      const found = await page(key, query());
      if (expected) expect(found.payments.map(({ uetr }) => uetr)).toEqual(expected());
      else expect(found.payments.map(({ status }) => status)).toEqual(['RJCT', 'RJCT']);
      expect(found.next).toBeNull();
    }
  });

  it('a search by somebody else’s MsgId or UETR finds nothing', async () => {
    expect(await uetrs(OTHER_BANK, `msgId=${paid[0]!.msgId}`)).toEqual([]);
    expect(await uetrs(OTHER_BANK, `uetr=${paid[0]!.uetr}`)).toEqual([]);
  });
});

describe('pages', () => {
  it.each([
    ['operator', ''],
    ['operator', '&status=ACCC,RJCT'],
    [BANK, ''],
    [BANK, '&status=ACCC,RJCT'],
  ])('%s %s: one after the other, they are the whole list', async (key, filter) => {
    const whole = await uetrs(key, `limit=500${filter}`);
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const { payments, next }: Page = await page(key, `limit=2${filter}${after && `&after=${after}`}`);
      expect(payments.length).toBeLessThanOrEqual(2);
      seen.push(...payments.map(({ uetr }) => uetr));
      after = next;
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(4);
  });
});

describe('bad input', () => {
  it.each([
    ...['uetr=x', 'uetr=', 'msgId=', `msgId=${'x'.repeat(36)}`, 'msgId=%00', 'bank=x', 'status=GOOD', 'status='],
    ...['currency=kzt', 'amountMin=1', 'amountMax=x&currency=KZT', 'amountMin=1.001&currency=KZT', 'amountMin=-1'],
    ...['amountMin=1&currency=XYZ', 'limit=0', 'limit=501', 'limit=x', 'limit=1e2', 'after=x', 'after=', 'what=1'],
    ...['uetr=x&uetr=y', 'bank[]=ALTNKZ20', `after=${Buffer.from('[1,2,3,4]').toString('base64url')}`],
    `after=${Buffer.from('[1,"\\u0000","x",4]').toString('base64url')}`,
    `after=${Buffer.from('[1e99,"a","x",4]').toString('base64url')}`,
  ])('%s', async (query) => {
    expectProblem(await world.call('operator', 'GET', `/v1/payments?${query}`), 400, 'BAD_REQUEST', null);
  });
});

describe('the caller', () => {
  it('is told who it is', async () => {
    expect((await world.call(BANK, 'GET', '/v1/me')).body).toEqual({
      ...{ bic: 'ALTNKZ20', name: 'Altyn Bank (demo)', role: 'bank', ledger: 'KZ', keyId: BANK },
    });
    expect((await world.call('desk', 'GET', '/v1/me')).body).toMatchObject({ role: 'desk', ledger: null });
  });

  it('sees the keys as the operator only', async () => {
    const { keys } = (await world.call('operator', 'GET', '/v1/keys')).body as { keys: { keyId: string }[] };
    expect(keys.map(({ keyId }) => keyId)).toEqual(expect.arrayContaining(['cosigner-cn', 'ledger-kz', BANK]));
    expect(JSON.stringify(keys)).not.toContain('secret');
    expectProblem(await world.call(BANK, 'GET', '/v1/keys'), 403, 'FORBIDDEN', 'AGNT');
  });
});
