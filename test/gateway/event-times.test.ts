/** Payments that wait for an event, as time goes by: quotes that run out, a gateway that is away. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { BANK, openWorld, type World } from '../contract/support.js';
import { anotherCopy } from '../support/another-copy.js';
import { oneProvider } from '../support/one-provider.js';
import { waitingPayments } from '../support/waiting-payments.js';

const [MINUTE, HOUR] = [60_000, 3_600_000];
let later = 0;
const clock = { now: () => Date.now() + later };
let world: World;
const { openProvider, registered, waiting, say } = waitingPayments(() => world);
beforeAll(async () => {
  world = await openWorld({ clock, config: { corridors: oneProvider() } });
  await openProvider();
});
afterAll(() => world.close());

const payment = async (uetr: string) => (await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body;
const ended = (uetr: string) =>
  vi.waitFor(
    async () => {
      const found = await payment(uetr);
      expect(found.state).toBe('CLOSED');
      return found;
    },
    { timeout: 20_000, interval: 50 },
  );
const quoted = async (): Promise<string> => {
  const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '10000.00', fixedSide: 'source' };
  return (await world.json(BANK, 'POST', '/v1/fx/quotes', asked)).body.quoteId;
};
const rate = (value: string) =>
  world.stack.otkel.gateway.desk.setRate({ sourceCurrency: 'KZT', targetCurrency: 'CNY' }, value, 'desk');
const of = async (eventId: string) => (await world.call('oracle-kz', 'GET', `/v1/ledgers/KZ/events/${eventId}`)).body;
const payerHas = async () => (await world.balances())['KZ-ALTNKZ20-1']!.split(' ').slice(0, 2).join(' ');
/** A payment that waits, whose quote has run out when its event is confirmed. */
async function outlived(eventId: string, quote: string, after: () => Promise<unknown> = async () => undefined) {
  const hash = await registered(eventId);
  const quoteId = await quoted();
  const { xml, uetr } = waiting(eventId, quote);
  const answer = await world.post(xml, { headers: { 'otkel-quote-id': quoteId } });
  expect(answer.lines[0]?.status).toBe('PDNG');
  later += 11 * MINUTE;
  await after();
  expect((await say(eventId, hash, 'happened')).status).toBe(200);
  return { quoteId, found: await ended(uetr) };
}

it('a quote to be kept that has run out: the money goes back', async () => {
  const before = await payerHas();
  const { found } = await outlived('t-1', 'KEEP', () => rate('0.0135'));
  expect(found).toMatchObject({ status: 'RJCT', reason: { code: 'QUOTE_EXPIRED', isoReason: 'AB04' } });
  expect(await payerHas()).toBe(before);
  expect(await of('t-1')).toMatchObject({ phase: 'returned', hold: { reason: 'QUOTE_EXPIRED' } });
});

it('a quote that may be renewed and has run out: it is, at the rate of the day', async () => {
  await rate('0.0135');
  const { quoteId, found } = await outlived('t-2', 'RENEW/MIN/CNY130.00', () => rate('0.0131'));
  expect(found).toMatchObject({ status: 'ACCC', rate: '0.0131' });
  expect(found.quoteId).not.toBe(quoteId);
});

it('an event that is confirmed while no gateway is there for too long: the money goes back by itself, once', async () => {
  const before = await payerHas();
  const hash = await registered('t-3', { expiresAt: new Date(clock.now() + 10 * MINUTE).toISOString() });
  const { xml, uetr } = waiting('t-3', 'RENEW');
  expect((await world.post(xml)).lines[0]?.status).toBe('PDNG');
  await world.stack.otkel.gateway.stop();
  later += 5 * MINUTE;
  expect((await say('t-3', hash, 'happened')).status).toBe(200);
  later += 6 * MINUTE;
  expect(await of('t-3')).toMatchObject({ phase: 'confirmed' });
  later += HOUR;
  await vi.waitFor(async () => expect((await of('t-3')).phase).toBe('expired'), { timeout: 20_000, interval: 50 });
  expect(await payerHas()).toBe(before);
  const copy = await anotherCopy(world.stack, { clock });
  await copy.start();
  await world.stack.databases.get('gateway')!.pool.query("UPDATE event_payment SET claimed_by = 'gone'");
  await world.stack.databases.get('gateway')!.pool.query("INSERT INTO gateway_instance VALUES ('gone', 0)");
  expect(await ended(uetr)).toMatchObject({ status: 'RJCT', reason: { code: 'PREPARE_TOO_LATE', isoReason: 'AB03' } });
  expect(await payerHas()).toBe(before);
  await copy.stop();
});
