/** `GET /v1/fx/quotes`: who lists which quotes, by which conditions, page by page. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, CREDITOR_BANK, expectProblem, fresh, openWorld, type World } from './support.js';

const OTHER_BANK = 'bank-dalakz20';
const LIFE_MS = 60_000;

let aheadMs = 0;
let world: World;
const ids: Record<'lapsed' | 'open' | 'back' | 'other' | 'paid', string> = {
  ...{ lapsed: '', open: '', back: '', other: '', paid: '' },
};
let uetr = '';

async function ask(key: string, sourceCurrency: string, targetCurrency: string, amount: string): Promise<string> {
  const asked = { sourceCurrency, targetCurrency, amount, fixedSide: 'source' };
  const { status, body } = await world.json(key, 'POST', '/v1/fx/quotes', asked);
  expect(status).toBe(201);
  return (body as { quoteId: string }).quoteId;
}

beforeAll(async () => {
  world = await openWorld({ clock: { now: () => Date.now() + aheadMs }, config: { quoteLifeMs: LIFE_MS } });
  ids.lapsed = await ask(BANK, 'KZT', 'CNY', '100.00');
  aheadMs += LIFE_MS;
  ids.open = await ask(BANK, 'KZT', 'CNY', '200.00');
  ids.back = await ask(CREDITOR_BANK, 'CNY', 'KZT', '3.00');
  ids.other = await ask(OTHER_BANK, 'KZT', 'CNY', '400.00');
  const payment = fresh(world);
  uetr = payment.uetr;
  await world.post(payment.xml);
  const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
  ids.paid = (body as { quoteId: string }).quoteId;
});
afterAll(() => world.close());

interface Page {
  readonly quotes: readonly { readonly quoteId: string }[];
  readonly next: string | null;
}
async function page(key: string, query = ''): Promise<Page> {
  const { status, body } = await world.call(key, 'GET', `/v1/fx/quotes${query && `?${query}`}`);
  expect(status).toBe(200);
  return body as Page;
}
const idsOf = async (key: string, query = ''): Promise<string[]> =>
  (await page(key, query)).quotes.map(({ quoteId }) => quoteId);

describe('who lists what', () => {
  it.each(['desk', 'operator', 'provider'])('%s: all, newest first', async (key) => {
    expect(await idsOf(key)).toEqual([ids.paid, ids.other, ids.back, ids.open, ids.lapsed]);
  });

  it('a bank: those that it asked for, and no other by its id', async () => {
    expect(await idsOf(BANK)).toEqual([ids.paid, ids.open, ids.lapsed]);
    expect(await idsOf(CREDITOR_BANK)).toEqual([ids.back]);
    expect(await idsOf(BANK, `quoteId=${ids.back}`)).toEqual([]);
  });

  it.each(['rate-feed', 'issuer-kz-1', 'treasury-kz'])('%s: nothing', async (key) => {
    expectProblem(await world.call(key, 'GET', '/v1/fx/quotes'), 403, 'FORBIDDEN', 'AGNT');
  });
});

describe('conditions', () => {
  it('a listed quote says what it is, and which payment has it', async () => {
    expect(await page('desk', `quoteId=${ids.paid},${ids.open}`)).toMatchObject({
      quotes: [
        {
          ...{ quoteId: ids.paid, status: 'used', bank: 'ALTNKZ20', provider: 'OTKLKZ20', uetr, paymentStatus: 'ACCC' },
          onwardQuoteId: null,
        },
        {
          ...{ quoteId: ids.open, status: 'open', uetr: null, usedAt: null, paymentStatus: null, rate: '0.0135' },
          source: { amount: '200.00', currency: 'KZT' },
          target: { amount: '2.70', currency: 'CNY' },
        },
      ],
      next: null,
    });
  });

  it.each<readonly [string, string, () => readonly string[]]>([
    ['used', 'status=used', () => [ids.paid]],
    ['lapsed', 'status=lapsed', () => [ids.lapsed]],
    ['open or used', 'status=open,used', () => [ids.paid, ids.other, ids.back, ids.open]],
    ['bank', 'bank=ALTNKZ20', () => [ids.paid, ids.open, ids.lapsed]],
    ['bank with its main branch', 'bank=DALAKZ20XXX', () => [ids.other]],
    ['pair', 'pair=CNY-KZT', () => [ids.back]],
    ['provider', 'provider=OTKLKZ20&bank=LONGCN20', () => [ids.back]],
    ['payment', 'uetr=$UETR', () => [ids.paid]],
    ['payment and bank', 'uetr=$UETR&bank=LONGCN20', () => []],
    ['nobody’s', 'provider=NOBOKZ20', () => []],
    ['a quote that is none', `quoteId=${randomUUID()}`, () => []],
  ])('%s', async (_, query, expected) => {
    expect(await page('desk', query.replace('$UETR', uetr))).toMatchObject({
      quotes: expected().map((quoteId) => ({ quoteId })),
      next: null,
    });
  });

  it.each([
    'limit=0',
    'limit=501',
    'limit=1&limit=2',
    'status=new',
    'pair=KZTCNY',
    'provider=x',
    'bank=%27',
    'quoteId=1',
    'uetr=1',
    'after=x',
    'colour=red',
  ])('%s is refused', async (query) => {
    expectProblem(await world.call('desk', 'GET', `/v1/fx/quotes?${query}`), 400, 'BAD_REQUEST', null);
  });
});

it('page by page, each once, whatever comes in meanwhile', async () => {
  const first = await page('desk', 'limit=2');
  expect(first.quotes.map(({ quoteId }) => quoteId)).toEqual([ids.paid, ids.other]);
  await ask(OTHER_BANK, 'KZT', 'CNY', '1.00');
  const second = await page('desk', `limit=2&after=${first.next}`);
  expect(second.quotes.map(({ quoteId }) => quoteId)).toEqual([ids.back, ids.open]);
  expect(await page('desk', `limit=2&after=${second.next}`)).toMatchObject({
    quotes: [{ quoteId: ids.lapsed }],
    next: null,
  });
});
