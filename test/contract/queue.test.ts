/** Payments whose provider lacks funds: they wait, in order, and run when there is money, or are refused in time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import { oneProvider } from '../support/one-provider.js';
import { rateImport } from '../support/rates.js';
import {
  type Answer,
  available,
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
  setTariff,
  setText,
  setWithin,
  swap,
  type World,
} from './support.js';

let world: World;
const SINKS = { KZ: ['KZ-ALTNKZ20-2', BANK], CN: ['CN-LONGCN20-2', CREDITOR_BANK] } as const;
const CURRENCY = { KZ: 'KZT', CN: 'CNY' } as const;
type Code = keyof typeof SINKS;

const decimal = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/** Leaves the provider this much on a ledger, by transfers of its own and of a bank. */
async function leave(code: Code, minor: bigint): Promise<void> {
  const has = await available(world, `${code}-FX-PROVIDER`);
  const [sink, bank] = SINKS[code];
  const [key, debitWallet, creditWallet] =
    has > minor ? ['provider', `${code}-FX-PROVIDER`, sink] : [bank, sink, `${code}-FX-PROVIDER`];
  if (has === minor) return;
  const amount = decimal(has > minor ? has - minor : minor - has);
  const body = { debitWallet, creditWallet, amount, currency: CURRENCY[code] };
  const headers = { 'idempotency-key': randomUUID() };
  expect((await world.json(key, 'POST', `/v1/ledgers/${code}/transfers`, body, headers)).status).toBe(201);
}

/** The same before a test begins: the desk looks at a wallet again when somebody asks for more than there ever was. */
async function begin(minor: Readonly<Record<Code, bigint>>): Promise<void> {
  await leave('KZ', minor.KZ);
  await leave('CN', minor.CN);
  const tooMuch = [
    { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '80000000000.00' },
    { sourceCurrency: 'CNY', targetCurrency: 'KZT', amount: '7000000000.00' },
  ];
  for (const asked of tooMuch)
    expectProblem(
      await world.json(BANK, 'POST', '/v1/fx/quotes', { ...asked, fixedSide: 'source' }),
      422,
      'LIQUIDITY_INSUFFICIENT',
      'AM04',
    );
}

const HIGH = setText('InstrPrty', 'HIGH');
/** To China, for 135.00 CNY unless it says another amount of tenge; from there, for 7,320.00 KZT. */
const outward = (...edits: readonly Edit[]) => fresh(world, CUSTOMER_08, setAmount('10000.00'), ...edits);
const inward = (...edits: readonly Edit[]) => fresh(world, CUSTOMER_08, ...chinaToKazakhstan('100.00'), ...edits);
const fromChina = { key: CREDITOR_BANK };

const payment = async (uetr: string) => (await world.call('operator', 'GET', `/v1/payments/${uetr}`)).body;
const queue = async () => (await world.call('desk', 'GET', '/v1/fx/queue')).body;
const inQueue = async (): Promise<string[]> => (await queue()).payments.map(({ uetr }: { uetr: string }) => uetr);
const ended = async (uetr: string, status: string) => {
  await vi.waitFor(async () => expect((await payment(uetr)).status).toBe(status), { timeout: 20_000, interval: 50 });
  await world.quiet();
  return payment(uetr);
};
const waits = (answer: Answer): void => {
  expect([answer.http, answer.lines[0]?.status]).toEqual([202, 'PDNG']);
  expect(answer.lines[0]?.texts.join()).toContain('LIQUIDITY_AWAITED');
};
const sums = async () => {
  const all = await world.balances();
  const wallets = ['KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER', 'CN-FX-PROVIDER', 'CN-LONGCN20-1'];
  return wallets.flatMap((walletId) => all[walletId]!.split(' ').slice(0, 2).map(BigInt));
};
/** What came and went since `before`: payer, provider in KZ, provider in CN, payee; available and held. */
const moved = async (before: readonly bigint[]) => (await sums()).map((minor, i) => minor - before[i]!).join(' ');
const NOTHING = '0 0 0 0 0 0 0 0';

describe('a payment whose provider lacks funds', () => {
  beforeAll(async () => {
    world = await openWorld({ config: { corridors: oneProvider({ queue: { waitMs: 30_000 } }) } });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    expect(await inQueue()).toEqual([]);
    const { path, body } = rateImport('KZT-CNY', '0.0135');
    expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
  });

  it('waits with its money untouched, and settles when the funds arrive', async () => {
    await begin({ KZ: 0n, CN: 10_000n });
    const before = await sums();
    const { xml, uetr, msgId } = outward();
    waits(await world.post(xml));
    const shown = await payment(uetr);
    expect(shown).toMatchObject({ status: 'PDNG', state: 'WAITING', inDoubt: null, legs: [], quoteId: null });
    expect(shown.waitsFor).toMatchObject({
      ...{ cause: 'LIQUIDITY_AWAITED', priority: 'NORM', whoMustAct: ['FX providers of KZ-CN'] },
    });
    expect(Date.parse(shown.waitsFor.until) - Date.parse(shown.waitsFor.since)).toBe(30_000);
    expect(await queue()).toEqual({
      payments: [
        {
          ...{ uetr, msgId, sender: 'ALTNKZ20', priority: 'NORM', source: 'KZ', destination: 'CN' },
          ...{ amount: '10000.00', currency: 'KZT', since: shown.waitsFor.since, until: shown.waitsFor.until },
          run: null,
          lacks: [{ ledger: 'CN', walletId: 'CN-FX-PROVIDER', amount: '35.00', currency: 'CNY' }],
        },
      ],
      liquidity: [],
    });
    // The bank that repeats its message hears the same, and no second payment waits.
    waits(await world.post(xml));
    expect(await moved(before)).toBe(NOTHING);
    await leave('CN', 13_500n);
    const settled = await ended(uetr, 'ACCC');
    expect(settled).toMatchObject({ rate: '0.0135', waitsFor: null });
    expect(await moved(before)).toBe('-1000000 0 1000000 0 -10000 0 13500 0');
    expect(await inQueue()).toEqual([]);
    const told = (await world.inbox(BANK, uetr)).map(({ message }) => message.slice(0, 8)).sort();
    expect(told).toEqual(['camt.054', 'pacs.002']);
  });

  it('is fed by one of the other direction: both settle on the funds for one', async () => {
    await begin({ KZ: 0n, CN: 13_500n });
    const before = await sums();
    const back = inward();
    waits(await world.post(back.xml, fromChina));
    const out = outward();
    expect((await world.post(out.xml)).lines[0]?.status).toBe('ACCC');
    await ended(back.uetr, 'ACCC');
    // 135.00 CNY were there and none of the 7,320.00 KZT: what the first brought paid the second.
    expect(await moved(before)).toBe('-268000 0 268000 0 -3500 0 3500 0');
  });

  it('comes after HIGH, and after what came before it', async () => {
    await begin({ KZ: 0n, CN: 0n });
    const [first, second, urgent] = [outward(), outward(), outward(HIGH)];
    for (const { xml } of [first, second, urgent]) waits(await world.post(xml));
    expect(await inQueue()).toEqual([urgent.uetr, first.uetr, second.uetr]);
    const states = async () => {
      const found = await Promise.all([urgent, first, second].map(({ uetr }) => payment(uetr)));
      return found.map(({ status }) => status);
    };
    for (const done of [1, 2, 3]) {
      await leave('CN', 13_500n);
      const wanted = [1, 2, 3].map((place) => (place <= done ? 'ACCC' : 'PDNG'));
      await vi.waitFor(async () => expect(await states()).toEqual(wanted), { timeout: 15_000, interval: 50 });
    }
    await world.quiet();
  });

  it('is not passed by a smaller one that comes later, but by one that is HIGH', async () => {
    await begin({ KZ: 0n, CN: 10_000n });
    const large = outward();
    waits(await world.post(large.xml));
    const small = fresh(world, CUSTOMER_08, setAmount('1000.00'));
    waits(await world.post(small.xml));
    // Nor is a firm quote given of what it waits for.
    const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1000.00', fixedSide: 'source' };
    expectProblem(await world.json(BANK, 'POST', '/v1/fx/quotes', asked), 422, 'LIQUIDITY_INSUFFICIENT', 'AM04');
    const urgent = fresh(world, CUSTOMER_08, setAmount('1000.00'), HIGH);
    expect((await world.post(urgent.xml)).lines[0]?.status).toBe('ACCC');
    await leave('CN', 15_000n);
    await ended(large.uetr, 'ACCC');
    await ended(small.uetr, 'ACCC');
  });

  it('settles at the rate of then, and is refused when that is worse than its payer takes', async () => {
    await begin({ KZ: 0n, CN: 0n });
    const rate =
      (edit: string): Edit =>
      (xml) =>
        xml.replace('<ChrgBr>', `<XchgRate>${edit}</XchgRate><ChrgBr>`);
    const [careful, easy] = [outward(rate('0.0135')), outward(rate('0.0130'))];
    for (const { xml } of [careful, easy]) waits(await world.post(xml));
    const { path, body } = rateImport('KZT-CNY', '0.0134');
    expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
    expect((await ended(careful.uetr, 'RJCT')).reason.code).toBe('RATE_WORSE');
    await leave('CN', 13_500n);
    expect(await ended(easy.uetr, 'ACCC')).toMatchObject({ rate: '0.0134' });
  });

  it('is refused when its message expires: TM01', async () => {
    await begin({ KZ: 0n, CN: 0n });
    const before = await sums();
    const expires = new Date(Date.now() + 2_500).toISOString();
    const { xml, uetr } = fresh(
      world,
      CUSTOMER_13,
      setAmount('10000.00'),
      swap('<InstdAmt', `<AddtlDtTm><XpryDtTm>${expires}</XpryDtTm></AddtlDtTm><InstdAmt`),
    );
    waits(await world.post(xml));
    expect(await ended(uetr, 'RJCT')).toMatchObject({ reason: { code: 'MESSAGE_EXPIRED', isoReason: 'TM01' } });
    expect(await moved(before)).toBe(NOTHING);
  });

  it('is refused when its payee’s wallet is closed meanwhile', async () => {
    await begin({ KZ: 0n, CN: 0n });
    const { xml, uetr } = outward();
    waits(await world.post(xml));
    const cn = world.stack.otkel.nodes.find(({ config }) => config.code === 'CN')!;
    const payee = (status: 'blocked' | 'open') =>
      cn.ledger.submit({ kind: 'setWalletStatus', walletId: 'CN-LONGCN20-1' as never, status });
    await payee('blocked');
    await leave('CN', 13_500n);
    expect((await ended(uetr, 'RJCT')).reason.code).toBe('WALLET_BLOCKED');
    await payee('open');
  });

  it('is charged as its message was answered: it lacks and settles what is left of it', async () => {
    await setTariff(world, { corridor: 'KZ-CN', fixed: '100.00' });
    try {
      await begin({ KZ: 0n, CN: 10_000n });
      const [before, fees] = [await sums(), await available(world, 'KZ-FEE')];
      const { xml, uetr } = outward();
      waits(await world.post(xml));
      expect((await queue()).payments[0].lacks[0].amount).toBe('33.65');
      await leave('CN', 13_365n);
      await ended(uetr, 'ACCC');
      expect(await moved(before)).toBe('-1000000 0 990000 0 -10000 0 13365 0');
      expect((await available(world, 'KZ-FEE')) - fees).toBe(10_000n);
    } finally {
      await setTariff(world, { corridor: 'KZ-CN' });
    }
  });

  it('is shown to the desk and the operator alone', async () => {
    for (const key of [BANK, 'provider', 'rate-feed'])
      expectProblem(await world.call(key, 'GET', '/v1/fx/queue'), 403, 'FORBIDDEN', 'AGNT');
    expect((await world.call('operator', 'GET', '/v1/fx/queue')).body).toEqual({ payments: [], liquidity: [] });
  });
});

describe('the queue', () => {
  beforeAll(async () => {
    world = await openWorld({
      config: { corridors: oneProvider({ queue: { waitMs: 3_000, banks: ['ALTNKZ20' as Bic] } }), queueMax: 1 },
    });
    await begin({ KZ: 0n, CN: 0n });
  });
  afterAll(() => world.close());

  const AT_ONCE = { status: 'RJCT', reason: { code: 'LIQUIDITY_INSUFFICIENT', isoReason: 'AM04' }, legs: [] };

  it('has an end for each payment: QUEUE_EXPIRED, AM04, and no money was touched', async () => {
    const before = await sums();
    const { xml, uetr } = outward();
    waits(await world.post(xml));
    expect(await ended(uetr, 'RJCT')).toMatchObject({ reason: { code: 'QUEUE_EXPIRED', isoReason: 'AM04' }, legs: [] });
    expect(await moved(before)).toBe(NOTHING);
    expect((await world.inbox(BANK, uetr)).map(({ message }) => message)).toEqual(['pacs.002.001.10']);
    expect(await inQueue()).toEqual([]);
  });

  it('takes no more payments than it may: the next is refused at once', async () => {
    const [one, other] = [outward(), outward()];
    waits(await world.post(one.xml));
    expect((await world.post(other.xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM04'] });
    expect(await payment(other.uetr)).toMatchObject(AT_ONCE);
    expect(await inQueue()).toEqual([one.uetr]);
    await ended(one.uetr, 'RJCT');
  });

  it('is for the banks of the corridor’s list: others are refused at once', async () => {
    const of = [setWithin('InstgAgt', 'BICFI', 'DALAKZ20'), setWithin('DbtrAgt', 'BICFI', 'DALAKZ20')];
    const { xml, uetr } = outward(...of, setText('IBAN', 'KZ249020001000000001'));
    await world.post(xml, { key: 'bank-dalakz20' });
    expect(await payment(uetr)).toMatchObject(AT_ONCE);
  });
});
