/** Payments to another ledger that wait for an event, and what becomes of their money. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verifyEvidence } from '../../src/gateway/evidence.js';
import { readEvidence } from '../../src/gateway/evidence-json.js';
import { createReader } from '../../src/gateway/readers.js';
import type { Uetr } from '../../src/kernel/ids.js';
import { oneProvider } from '../support/one-provider.js';
import { instruct, PAYER, waitingPayments } from '../support/waiting-payments.js';
import {
  type Answer,
  BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  type Edit,
  fresh,
  openWorld,
  setAmount,
  swap,
  type World,
} from './support.js';

const KZ = '/v1/ledgers/KZ';
const ORACLE = 'oracle-kz';
const [PROVIDER, PAYEE] = ['KZ-FX-PROVIDER', 'CN-LONGCN20-1'];

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { corridors: oneProvider() } });
  await openProvider();
});
afterAll(() => world.close());

const { json, openProvider, registered, waiting, say } = waitingPayments(() => world);
const payment = async (uetr: string) => (await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body;

const ended = async (uetr: string) => {
  await vi.waitFor(async () => expect((await payment(uetr)).state).toBe('CLOSED'), { timeout: 15_000, interval: 50 });
  await world.quiet();
  return payment(uetr);
};
const phaseOf = async (eventId: string) => (await world.call(ORACLE, 'GET', `${KZ}/events/${eventId}`)).body;
const sums = async () => {
  const all = await world.balances();
  return [PAYER, PROVIDER, PAYEE].map((walletId) => all[walletId]!.split(' ').slice(0, 2).map(BigInt));
};
/** What came and went since `before`, available and held, of payer, provider and payee. */
const moved = async (before: bigint[][]) =>
  (await sums()).map((row, i) => row.map((minor, j) => minor - before[i]![j]!).join('/')).join(' ');
const held = (answer: Answer, eventId: string) => {
  expect([answer.http, answer.lines[0]?.status]).toEqual([202, 'PDNG']);
  expect(answer.lines[0]?.texts.join()).toContain(`EVENT_AWAITED: ${eventId} on KZ`);
};
const reportOf = async (uetr: string) => {
  const items = await world.inbox(BANK, uetr);
  return items.filter(({ message }) => message.startsWith('pacs.002'));
};
type Node = World['stack']['otkel']['nodes'][number];
const walletOf = ({ ledger }: Node, walletId: string, status: 'blocked' | 'open') =>
  ledger.submit({ kind: 'setWalletStatus', walletId: walletId as never, status });
const rate = async (value: string) => {
  const pair = { sourceCurrency: 'KZT', targetCurrency: 'CNY' };
  expect((await world.stack.otkel.gateway.desk.setRate(pair, value, 'desk')).ok).toBe(true);
};

describe('a payment that names an event', () => {
  it('is held at once, and settles when the event is confirmed', async () => {
    const hash = await registered('c-1');
    const before = await sums();
    const { xml, uetr } = waiting('c-1', 'RENEW');
    held(await world.post(xml), 'c-1');
    expect(await moved(before)).toBe('-1000000/1000000 0/0 0/0');
    const shown = await payment(uetr);
    expect(shown).toMatchObject({ status: 'PDNG', state: 'WAITING', inDoubt: null, legs: [] });
    expect(shown.waitsFor).toMatchObject({
      ...{ cause: 'EVENT_AWAITED', ledger: 'KZ', eventId: 'c-1', since: expect.any(String) },
      ...{ until: '2099-01-01T00:00:00.000Z' },
      whoMustAct: ['event provider customs', 'oracle of jurisdiction KZ'],
    });
    expect(await phaseOf('c-1')).toMatchObject({ phase: 'held', payment: uetr });
    expect((await say('c-1', hash, 'happened')).body).toMatchObject({ decided: [{ kind: 'happened' }] });
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC', waitsFor: null, rate: '0.0135' });
    expect(await moved(before)).toBe('-1000000/0 1000000/0 13500/0');
    expect(await phaseOf('c-1')).toMatchObject({ phase: 'passedOn', hold: { state: 'SETTLED' } });
    expect(await reportOf(uetr)).toHaveLength(1);
    const evidence = await world.call(BANK, 'GET', `/v1/payments/${uetr}/evidence`);
    const keys = await readTrustedKeys(world.stack.keysFolder);
    const verdict = await verifyEvidence(readEvidence(evidence.text), keys, createReader());
    expect([evidence.status, verdict.faults]).toEqual([200, []]);
  });

  it('answers its repetition with what is, and holds once', async () => {
    await registered('c-2');
    const before = await sums();
    const { xml } = waiting('c-2', 'RENEW');
    held(await world.post(xml), 'c-2');
    held(await world.post(xml), 'c-2');
    expect(await moved(before)).toBe('-1000000/1000000 0/0 0/0');
  });

  it('returns with the reason of the refusal, once', async () => {
    const hash = await registered('c-3');
    const before = await sums();
    const { xml, uetr } = waiting('c-3', 'RENEW');
    held(await world.post(xml), 'c-3');
    await say('c-3', hash, 'refused', 'undeclared goods');
    const { status, reason } = await ended(uetr);
    expect([status, reason.code, reason.isoReason]).toEqual(['RJCT', 'EVENT_REFUSED', 'NARR']);
    expect(reason.detail).toBe('c-3: undeclared goods');
    expect(await moved(before)).toBe('0/0 0/0 0/0');
    await say('c-3', hash, 'happened');
    expect(await reportOf(uetr)).toHaveLength(1);
    expect(await moved(before)).toBe('0/0 0/0 0/0');
  });

  it('returns when the event expires', async () => {
    await registered('c-4', { expiresAt: new Date(Date.now() + 1_500).toISOString() });
    const before = await sums();
    const { xml, uetr } = waiting('c-4', 'RENEW');
    held(await world.post(xml), 'c-4');
    const { status, reason } = await ended(uetr);
    expect([status, reason.code, reason.isoReason]).toEqual(['RJCT', 'EVENT_EXPIRED', 'AB03']);
    expect(await moved(before)).toBe('0/0 0/0 0/0');
  });

  it.each<[string, string, string, () => readonly Edit[], string]>([
    ['an event that is not registered', 'nowhere', 'RENEW', () => [], 'EVENT_UNKNOWN'],
    ['another amount', 'c-5', 'RENEW', () => [setAmount('10000.01')], 'EVENT_MISMATCH'],
    ['another payer', 'c-6', 'RENEW', () => [swap('KZ419010001000000001', 'KZ149010001000000002')], 'EVENT_MISMATCH'],
    ['a quote to keep and none named', 'c-7', 'KEEP', () => [], 'CONDITION_INVALID'],
    ['a least amount in another currency', 'c-8', 'RENEW/MIN/KZT1.00', () => [], 'CONDITION_INVALID'],
    ['a form that is none', 'c-9', 'MAYBE', () => [], 'CONDITION_INVALID'],
  ])('is refused for %s', async (_what, eventId, quote, edits, code) => {
    if (eventId !== 'nowhere') await registered(eventId);
    const before = await world.balances();
    const { xml, uetr } = waiting(eventId, quote, ...edits());
    const answer = await world.post(xml);
    expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['NARR'] });
    expect((await payment(uetr)).reason.code).toBe(code);
    expect(await world.balances()).toEqual(before);
  });

  it('is refused an event that pays receivers, and one that another payment has', async () => {
    const sale = { eventId: 'c-10', providers: ['customs'], debitWallet: PAYER, amount: '10000.00', currency: 'KZT' };
    const receivers = [{ walletId: 'KZ-DALAKZ20-1', amount: '10000.00' }];
    expect((await json(BANK, '/events', { ...sale, receivers, expiresAt: '2099-01-01T00:00:00Z' })).status).toBe(201);
    const wrong = waiting('c-10', 'RENEW');
    await world.post(wrong.xml);
    expect((await payment(wrong.uetr)).reason.code).toBe('EVENT_USAGE');
    await registered('c-11');
    held(await world.post(waiting('c-11', 'RENEW').xml), 'c-11');
    const second = waiting('c-11', 'RENEW');
    await world.post(second.xml);
    expect((await payment(second.uetr)).reason.code).toBe('EVENT_USED');
  });

  it('is refused where the funds do not cover it', async () => {
    await registered('c-12', { amount: '999999999999.00' });
    const { xml, uetr } = waiting('c-12', 'RENEW', setAmount('999999999999.00'));
    await world.post(xml);
    expect(['FUNDS_INSUFFICIENT', 'AMOUNT_TOO_LARGE']).toContain((await payment(uetr)).reason.code);
  });

  it('takes no statement before its money is held', async () => {
    const hash = await registered('c-13');
    expect((await say('c-13', hash, 'happened')).status).toBe(409);
    const { xml, uetr } = waiting('c-13', 'RENEW');
    held(await world.post(xml), 'c-13');
    await say('c-13', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC' });
  });
});

describe('its quote', () => {
  const quoted = async () => {
    const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '10000.00', fixedSide: 'source' };
    const { body } = await world.json(BANK, 'POST', '/v1/fx/quotes', asked);
    return body.quoteId as string;
  };
  const named = (quoteId: string) => ({ headers: { 'otkel-quote-id': quoteId } });
  afterAll(() => rate('0.0135'));

  it('is kept while it lives, whatever the rate is by then', async () => {
    const hash = await registered('q-1');
    const quoteId = await quoted();
    const { xml, uetr } = waiting('q-1', 'KEEP');
    held(await world.post(xml, named(quoteId)), 'q-1');
    await rate('0.0130');
    await say('q-1', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC', quoteId, rate: '0.0135' });
  });

  it('is renewed within the limit that the payer states', async () => {
    await rate('0.0130');
    const hash = await registered('q-2');
    const { xml, uetr } = waiting('q-2', 'RENEW/MIN/CNY125.00');
    held(await world.post(xml), 'q-2');
    await rate('0.0125');
    await say('q-2', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC', rate: '0.0125' });
  });

  it('is not renewed beyond it: the money goes back with the reason', async () => {
    await rate('0.0130');
    const hash = await registered('q-3');
    const before = await sums();
    const { xml, uetr } = waiting('q-3', 'RENEW/MIN/CNY125.00');
    held(await world.post(xml), 'q-3');
    await rate('0.0124');
    await say('q-3', hash, 'happened');
    const { status, reason } = await ended(uetr);
    expect([status, reason.code, reason.isoReason]).toEqual(['RJCT', 'RATE_WORSE', 'AB04']);
    expect(reason.detail).toBe('the payee would get CNY 124.00, not 125.00');
    expect(await moved(before)).toBe('0/0 0/0 0/0');
    expect(await phaseOf('q-3')).toMatchObject({ phase: 'returned', hold: { reason: 'RATE_WORSE' } });
  });
});

describe('a gateway that died', () => {
  it('before the money was held: it is held by the copy that goes on', async () => {
    const hash = await registered('d-1');
    const before = await sums();
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!;
    const hold = vi.spyOn(node.events, 'holdForEvents').mockRejectedValueOnce(new Error('gone'));
    const { xml, uetr } = waiting('d-1', 'RENEW');
    const answer = await world.post(xml);
    expect(hold).toHaveBeenCalled();
    expect(answer.http).toBe(202);
    hold.mockRestore();
    await vi.waitFor(async () => expect((await payment(uetr)).status).toBe('PDNG'), { timeout: 10_000, interval: 50 });
    expect(await moved(before)).toBe('-1000000/1000000 0/0 0/0');
    await say('d-1', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC' });
  });

  it('after the money was held, and before anybody knew: it is held once', async () => {
    await registered('d-2');
    const before = await sums();
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!;
    const whole = node.events.holdForEvents;
    const hold = vi.spyOn(node.events, 'holdForEvents').mockImplementationOnce(async (items) => {
      await whole(items);
      throw new Error('gone');
    });
    const { xml, uetr } = waiting('d-2', 'RENEW');
    const answer = await world.post(xml);
    expect(hold).toHaveBeenCalled();
    expect(answer.http).toBe(202);
    hold.mockRestore();
    await vi.waitFor(async () => expect((await payment(uetr)).status).toBe('PDNG'), { timeout: 10_000, interval: 50 });
    expect(await moved(before)).toBe('-1000000/1000000 0/0 0/0');
  });

  it('after a request to hold that came late, of a payment refused meanwhile: the money goes back', async () => {
    await registered('d-4');
    const before = await sums();
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!;
    const whole = node.events.holdForEvents;
    let late = () => Promise.resolve<unknown>(undefined);
    const hold = vi
      .spyOn(node.events, 'holdForEvents')
      .mockImplementationOnce((items) => {
        late = () => whole(items);
        return Promise.reject(new Error('no answer'));
      })
      .mockImplementationOnce(async (items) => {
        await walletOf(node, PAYER, 'blocked');
        return whole(items).finally(() => walletOf(node, PAYER, 'open'));
      });
    const { xml, uetr } = waiting('d-4', 'RENEW');
    await world.post(xml);
    expect(await ended(uetr)).toMatchObject({ status: 'RJCT', reason: { code: 'WALLET_BLOCKED' } });
    hold.mockRestore();
    await late();
    await vi.waitFor(async () => expect(await moved(before)).toBe('0/0 0/0 0/0'), { timeout: 10_000, interval: 50 });
    expect(await phaseOf('d-4')).toMatchObject({ phase: 'returned', hold: { reason: 'WALLET_BLOCKED' } });
    expect(await reportOf(uetr)).toHaveLength(1);
  });

  it('while its payment waited: another copy looks after it', async () => {
    const hash = await registered('d-3');
    const { xml, uetr } = waiting('d-3', 'RENEW');
    held(await world.post(xml), 'd-3');
    const { pool } = world.stack.databases.get('gateway')!;
    await pool.query("INSERT INTO gateway_instance VALUES ('dead', 0)");
    for (const table of ['payment', 'event_payment'])
      await pool.query(`UPDATE ${table} SET claimed_by = 'dead' WHERE uetr = $1`, [uetr]);
    await say('d-3', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC' });
    await vi.waitFor(async () =>
      expect((await pool.query('SELECT 1 FROM event_payment WHERE uetr = $1', [uetr])).rowCount).toBe(0),
    );
  });
});

it('an abort before the payer’s leg has taken the money gives it back, with the reason of the abort, once', async () => {
  const hash = await registered('a-2');
  const before = await sums();
  const { xml, uetr } = waiting('a-2', 'RENEW');
  held(await world.post(xml), 'a-2');
  const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!;
  const whole = node.jurisdiction.prepare;
  const prepare = vi.spyOn(node.jurisdiction, 'prepare').mockImplementationOnce(async (items) => {
    await walletOf(node, PAYER, 'blocked');
    return whole(items);
  });
  await say('a-2', hash, 'happened');
  const { status, reason } = await ended(uetr);
  expect(prepare).toHaveBeenCalled();
  prepare.mockRestore();
  expect([status, reason.code]).toEqual(['RJCT', 'WALLET_BLOCKED']);
  // Money goes back to a wallet that is blocked, too.
  await vi.waitFor(async () => expect(await moved(before)).toBe('0/0 0/0 0/0'), { timeout: 10_000, interval: 50 });
  await walletOf(node, PAYER, 'open');
  expect(await phaseOf('a-2')).toMatchObject({ phase: 'returned', hold: { reason: 'WALLET_BLOCKED' } });
  expect(await reportOf(uetr)).toHaveLength(1);
});

it('a gateway that lies can neither hold for another event than the bank signed nor give back another payment’s money', async () => {
  const hash = await registered('h-1');
  await registered('h-2');
  const before = await sums();
  const { xml, uetr, msgId } = waiting('h-1', 'RENEW');
  held(await world.post(xml), 'h-1');
  const { events } = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!;
  const { pool } = world.stack.databases.get('gateway')!;
  const { rows } = await pool.query('SELECT body, authorisation FROM message WHERE msg_id = $1', [msgId]);
  const source = { documentBytes: rows[0].body, record: rows[0].authorisation };
  const own = uetr as Uetr;
  const [other] = await events.holdForEvents([{ uetr: own, eventId: 'h-2', ...source }]);
  expect(other).toMatchObject({ phase: 'none', refusal: { code: 'AUTHORISATION_INVALID' } });
  const stranger = randomUUID() as Uetr;
  const [unsigned] = await events.holdForEvents([{ uetr: stranger, eventId: 'h-2', ...source }]);
  expect(unsigned).toMatchObject({ phase: 'none', refusal: { code: 'TERMS_INVALID' } });
  const [foreign] = await events.returnFromEvents([{ uetr: stranger, eventId: 'h-1', reason: 'CANCELLED' }]);
  expect(foreign).toMatchObject({ phase: 'none', refusal: { code: 'EVENT_USED' } });
  expect(await moved(before)).toBe('-1000000/1000000 0/0 0/0');
  await say('h-1', hash, 'happened');
  await say('h-1', hash, 'refused', 'too late');
  expect(await ended(uetr)).toMatchObject({ status: 'ACCC' });
  await say('h-1', hash, 'refused', 'later still');
  expect(await moved(before)).toBe('-1000000/0 1000000/0 13500/0');
});

it('one message may have payments that wait and others: it is reported when the last has ended', async () => {
  const hash = await registered('x-1');
  const before = await sums();
  const other = randomUUID();
  const single = waiting('x-1', 'RENEW');
  const [whole = ''] = /<CdtTrfTxInf>[\s\S]*<\/CdtTrfTxInf>/.exec(single.xml) ?? [];
  const plain = whole.replace(/<InstrForNxtAgt>[\s\S]*?<\/InstrForNxtAgt>/, '').replace(single.uetr, other);
  const xml = single.xml.replace(whole, plain + whole).replace('<NbOfTxs>1<', '<NbOfTxs>2<');
  const first = await world.post(xml, { waitSeconds: null });
  expect(first.http).toBe(202);
  expect(await ended(other)).toMatchObject({ status: 'ACCC' });
  const again = await world.post(xml, { waitSeconds: null });
  expect(again.lines.map(({ status }) => status)).toEqual(['ACCC', 'PDNG']);
  expect(await moved(before)).toBe('-2000000/1000000 1000000/0 13500/0');
  const reports = async () => {
    const { body } = await world.call(BANK, 'GET', '/v1/inbox?limit=500');
    const ids = body.items.filter(({ message }: { message: string }) => message.startsWith('pacs.002'));
    const texts = await Promise.all(
      ids.map(async ({ id }: { id: string }) => (await world.call(BANK, 'GET', `/v1/inbox/${id}`)).text),
    );
    return texts.filter((text) => text.includes(other));
  };
  expect(await reports()).toEqual([]);
  await say('x-1', hash, 'happened');
  expect(await ended(single.uetr)).toMatchObject({ status: 'ACCC' });
  expect(await moved(before)).toBe('-2000000/0 2000000/0 27000/0');
  const told = await reports();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(single.uetr);
});

it('an abort of the settlement after the confirmation gives the money back', async () => {
  const hash = await registered('a-1');
  const before = await sums();
  const { xml, uetr } = waiting('a-1', 'RENEW');
  held(await world.post(xml), 'a-1');
  const cn = world.stack.otkel.nodes.find(({ config }) => config.code === 'CN');
  const status = (to: 'blocked' | 'open') =>
    cn!.ledger.submit({ kind: 'setWalletStatus', walletId: 'CN-FX-PROVIDER' as never, status: to });
  await status('blocked');
  await say('a-1', hash, 'happened');
  const { status: end, reason } = await ended(uetr);
  await status('open');
  expect([end, reason.code]).toEqual(['RJCT', 'WALLET_BLOCKED']);
  expect(await moved(before)).toBe('0/0 0/0 0/0');
  expect(await reportOf(uetr)).toHaveLength(1);
});

it('a form that is none is told with its place', async () => {
  const { xml, uetr } = fresh(world, CUSTOMER_13, instruct('/Event/x'));
  await world.post(xml);
  expect((await payment(uetr)).violations).toMatchObject([
    { code: 'condition.form', xpath: '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/InstrForNxtAgt[1]/InstrInf' },
  ]);
});

describe('marks', () => {
  const marked = async (code: string, mark: Record<string, unknown>) =>
    expect((await world.json(`treasury-${code.toLowerCase()}`, 'POST', `/v1/ledgers/${code}/marks`, mark)).status).toBe(
      201,
    );
  const post = async (...instructions: string[]) => {
    const message = fresh(world, CUSTOMER_08, setAmount('10000.00'), ...instructions.map(instruct));
    await world.post(message.xml);
    return payment(message.uetr);
  };

  it('the arriving money is marked where the mark names the payee, else it is AG01 and nothing is held', async () => {
    const arrivals = [{ walletId: PAYEE, markLevel: 0 }];
    await marked('CN', { markId: 'import', rule: { by: 'addresses', levels: [['CN-JADECN20-1']] }, arrivals });
    await marked('CN', { markId: 'closed', rule: { by: 'addresses', levels: [['CN-JADECN20-1']] } });
    const before = await world.balances();
    expect(await post('/CDTRMARK/closed')).toMatchObject({ status: 'RJCT', reason: { isoReason: 'AG01' }, legs: [] });
    expect(await post('/CDTRMARK/nothing')).toMatchObject({ status: 'RJCT', reason: { code: 'MARK_UNKNOWN' } });
    expect(await world.balances()).toEqual(before);
    const settled = await post('/CDTRMARK/import');
    expect(settled).toMatchObject({ status: 'ACCC' });
    const [available, , markedMinor] = (await world.balances())[PAYEE]!.split(' ').map(BigInt);
    const [availableBefore, , markedBefore] = before[PAYEE]!.split(' ').map(BigInt);
    expect([available! - availableBefore!, markedMinor! - markedBefore!]).toEqual([0n, 13_500n]);
  });

  it('marked money that may not leave is AG01 before any hold', async () => {
    await marked('KZ', { markId: 'road', rule: { by: 'addresses', levels: [[PAYER]] } });
    const before = await world.balances();
    expect(await post('/DBTRMARK/road/LEVEL/1')).toMatchObject({
      ...{ status: 'RJCT', reason: { code: 'MARK_FORBIDS', isoReason: 'AG01' }, legs: [] },
    });
    expect(await world.balances()).toEqual(before);
  });

  it('marked money crosses along its route, at once or when its event is confirmed', async () => {
    const levels = [[PAYER], [PROVIDER]];
    await marked('KZ', { markId: 'route', rule: { by: 'addresses', levels }, crossBorder: true });
    const money = { amount: '20000.00', currency: 'KZT' };
    const make = { walletId: 'KZ-TREASURY', ...money };
    const funds = { debitWallet: PAYER, creditWallet: 'KZ-TREASURY', ...money };
    expect((await json(BANK, '/transfers', funds)).status).toBe(201);
    expect((await json('treasury-kz', '/marks/route/mark', make)).status).toBe(201);
    const spend = { debitWallet: 'KZ-TREASURY', creditWallet: PAYER, markId: 'route', markLevel: 0, ...money };
    expect((await json('treasury-kz', '/spends', spend)).status).toBe(201);
    const pocketOf = async (walletId: string) => {
      const { body } = await world.call('treasury-kz', 'GET', `${KZ}/marks/route/pockets`);
      return body.pockets.find((pocket: { walletId: string }) => pocket.walletId === walletId)?.amount;
    };
    expect(await post('/DBTRMARK/route/LEVEL/0')).toMatchObject({ reason: { isoReason: 'AG01' } });
    expect(await post('/DBTRMARK/route/LEVEL/1')).toMatchObject({ status: 'ACCC' });
    expect([await pocketOf(PAYER), await pocketOf(PROVIDER)]).toEqual(['10000.00', '10000.00']);

    const plain = await registered('m-1');
    const hash = await registered('m-2', { markId: 'route', markLevel: 1 });
    expect(plain).not.toEqual(hash);
    const mark = instruct('/DBTRMARK/route/LEVEL/1');
    const wrong = waiting('m-1', 'RENEW', mark);
    await world.post(wrong.xml);
    expect((await payment(wrong.uetr)).reason.code).toBe('EVENT_MISMATCH');
    const { xml, uetr } = waiting('m-2', 'RENEW', mark);
    held(await world.post(xml), 'm-2');
    await say('m-2', hash, 'happened');
    expect(await ended(uetr)).toMatchObject({ status: 'ACCC' });
    expect([await pocketOf(PAYER), await pocketOf(PROVIDER)]).toEqual([undefined, '20000.00']);
  });
});
