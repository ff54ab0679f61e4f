/** Firm quotes and the money that they promise: what the desk gives, and that it never promises more than there is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDesk, type Desk } from '../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import { coveredKey, keyOf, type Limit } from '../../src/pvp/limits.js';
import type { Offer } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { BANK, countingUuids, KZT_CNY, OTHER_BANK, OTHER_PROVIDER, PROVIDER, providerSigner } from './desk-fixture.js';
import { ask, DAY, deskOver, LIFE_MS, payment, play, SECOND, step, walletKey } from './reserve-steps.js';

const shown = (offers: Awaited<ReturnType<Desk['quoteForPayments']>>) =>
  offers.map((offer) => (offer.ok ? `${offer.value.quotes[0]?.quote.providerBic}` : offer.error.code));
const lostOf = (offer: Offer) => offer.quotes[0]?.contest?.map(({ reason, rate }) => `${reason} ${rate}`);

describe('a firm quote reserves the money that it promises', () => {
  test('who has no room loses to the next best; the record has the offer that could not be given', async () => {
    const store = createMemoryDeskStore();
    const { desk, reserved } = await deskOver(
      store,
      new Map([
        ['cn-provider', 199n],
        ['cn-second', 100n],
      ]),
    );
    const made = await desk.quote(ask(10_000n));
    expect(shown([made])).toEqual([OTHER_PROVIDER]);
    expect(made.ok && lostOf(made.value)).toEqual(['LIQUIDITY_INSUFFICIENT 0.02']);
    expect([await reserved('cn-provider'), await reserved('cn-second')]).toEqual([0n, 100n]);
    expect(await desk.quote(ask(10_000n))).toEqual({
      ...{ ok: false, error: { code: 'LIQUIDITY_INSUFFICIENT', detail: `provider ${PROVIDER}` } },
    });
  });

  test('requests of one batch share the room, in their order', async () => {
    const { desk, reserved } = await deskOver(
      createMemoryDeskStore(),
      new Map([
        ['cn-provider', 300n],
        ['cn-second', 50n],
      ]),
    );
    const made = await Promise.all([10_000n, 10_000n, 5_000n, 100n].map((amount) => desk.quote(ask(amount))));
    expect(shown(made)).toEqual([PROVIDER, 'LIQUIDITY_INSUFFICIENT', PROVIDER, OTHER_PROVIDER]);
    expect([await reserved('cn-provider'), await reserved('cn-second')]).toEqual([300n, 1n]);
  });

  test('nobody is refused by what is remembered: the wallets are looked at first, and then not for each request', async () => {
    const wallets = new Map([
      ['cn-provider', 0n],
      ['cn-second', 0n],
    ]);
    const { desk, refreshes } = await deskOver(createMemoryDeskStore(), wallets);
    expect(shown([await desk.quote(ask(10_000n))])).toEqual(['LIQUIDITY_INSUFFICIENT']);
    wallets.set('cn-provider', 1_000n);
    expect(shown([await desk.quote(ask(10_000n))])).toEqual([PROVIDER]);
    const before = refreshes();
    expect(shown([await desk.quote(ask(10_000n))])).toEqual([PROVIDER]);
    expect(refreshes()).toBe(before);
  });

  test('an open quote that lapses gives its money back; its bank is counted, and capped where a limit says so', async () => {
    const limits: Limit[] = [{ scope: 'bank', bic: null, measure: 'lapsedQuotes', currency: null, most: 2n }];
    const store = createMemoryDeskStore(undefined, () => limits);
    const { desk, clock, reserved } = await deskOver(
      store,
      new Map([
        ['cn-provider', 200n],
        ['cn-second', 0n],
      ]),
    );
    for (const outcome of [PROVIDER, PROVIDER, 'CONDUCT_LIMIT']) {
      expect(shown([await desk.quote(ask(10_000n))])).toEqual([outcome]);
      // The wallet is full, so that the desk looks for what lapsed.
      if (outcome === PROVIDER) expect(shown([await desk.quote(ask(10_000n))])).toEqual(['LIQUIDITY_INSUFFICIENT']);
      clock.at += LIFE_MS;
      await store.lapseQuotes(clock.at, 10, () => DAY);
    }
    expect(await reserved('cn-provider')).toBe(0n);
    expect(shown([await desk.quote(ask(10_000n, OTHER_BANK))])).toEqual([PROVIDER]);
    expect(shown(await desk.quoteForPayments([payment(100n)]))).toEqual(['LIQUIDITY_INSUFFICIENT']);
  });

  test('what is left of a day goes to the first of a batch that fits', async () => {
    const limits: Limit[] = [{ scope: 'bank', bic: BANK, measure: 'dayAmount', currency: 'KZT', most: 25_000n }];
    const store = createMemoryDeskStore(undefined, () => limits);
    const { desk } = await deskOver(
      store,
      new Map([
        ['cn-provider', 10_000n],
        ['cn-second', 0n],
      ]),
    );
    const made = await desk.quoteForPayments([payment(20_000n), payment(10_000n), payment(5_000n)]);
    expect(shown(made)).toEqual([PROVIDER, 'DAY_LIMIT', PROVIDER]);
  });

  test('an offer that the payer would take but for the money is what it is told of, not a worse rate', async () => {
    const wallets = new Map([
      ['cn-provider', 0n],
      ['cn-second', 1_000n],
    ]);
    const { desk } = await deskOver(createMemoryDeskStore(), wallets);
    const made = await desk.quoteForPayments(
      ['0.01', '0.02', '0.03'].map((exchangeRate) => ({ ...payment(10_000n), exchangeRate })),
    );
    expect(shown(made)).toEqual([OTHER_PROVIDER, 'LIQUIDITY_INSUFFICIENT', 'RATE_WORSE']);
  });

  test('two desks that see the same room: the counters decide, and who is late is given the next best', async () => {
    const store = createMemoryDeskStore();
    const wallets = new Map([
      ['cn-provider', 200n],
      ['cn-second', 100n],
    ]);
    const first = await deskOver(store, wallets);
    const second = createDesk({
      ...{ store, clock: first.clock, random: { uuid: otherUuids() }, routes: [[KZT_CNY], [SECOND]] },
      ...{ quoteSigner: () => createLocalQuoteSigner(providerSigner) },
      counting: { dayOf: first.dayOf, refresh: first.refresh },
    });
    const made = await Promise.all([first.desk.quote(ask(10_000n)), second.quote(ask(10_000n))]);
    expect(shown(made)).toEqual([PROVIDER, OTHER_PROVIDER]);
    expect([await first.reserved('cn-provider'), await first.reserved('cn-second')]).toEqual([200n, 100n]);
  });
});

const otherUuids = () => {
  const { uuid } = countingUuids();
  return () => uuid().replace(/^0/, 'f');
};

describe('whatever happens', () => {
  test('no more is promised than there is, and in the end nothing', async () => {
    expect(coveredKey('CN/w', 'CNY')).toBe(keyOf(walletKey('w', 'covered')));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) => play(createMemoryDeskStore(), steps)),
      { numRuns: 100 },
    );
  });
});
