import { expect, test } from 'vitest';
import type { Bic, QuoteId, Uetr } from '../../src/kernel/ids.js';
import type { Rate } from '../../src/pvp/conversion.js';
import type { BindItem, DeskStore, NewRate, QuoteBinding, ReserveStore } from '../../src/pvp/desk-store.js';
import { type Charge, type CounterKey, keyOf, movementsOf } from '../../src/pvp/limits.js';
import type { Contest, Quote, SignedQuote } from '../../src/pvp/quote.js';
import { flatCard } from '../../src/pvp/rates.js';
import { BANK, OTHER_BANK, OTHER_PROVIDER, PROVIDER, quoteId, storedSample, T0, uetr } from './desk-fixture.js';

/** Binding calls that each run in a transaction of their own. */
export type StoreUnderTest = DeskStore & QuoteBinding & ReserveStore;

const KEY = { providerBic: PROVIDER, sourceCurrency: 'KZT', targetCurrency: 'CNY' };
const rate = (text: string, setAt: number, changes: Partial<typeof KEY> = {}): NewRate => ({
  card: flatCard({ ...KEY, ...changes }, text as Rate, setAt),
  ...{ asOf: setAt, setAt, setBy: 'desk-1', approvedBy: null },
});
const item = (quotes: QuoteId | readonly QuoteId[], payment: Uetr, changes: Partial<BindItem> = {}): BindItem => ({
  quoteIds: [quotes].flat(),
  uetr: payment,
  requesterBic: BANK,
  now: T0 + 1000,
  ...changes,
});

const DAY = '2026-01-15';
const dayOf = () => DAY;
const WALLET = 'CN/cn-provider';
const PROMISED = { scope: 'wallet', name: WALLET, day: '', measure: 'promised', currency: 'CNY' } as const;

/** A quote with charges; its wallet may promise so much. */
function chargedSample(changes: Partial<Quote>, most: bigint | null, isOpen = true): SignedQuote {
  const signed = storedSample(changes);
  const charges = movementsOf(signed.quote, isOpen, dayOf).map(
    (movement): Charge => ({
      ...{ ...movement, most: movement.scope === 'wallet' ? most : null },
      why: { code: 'LIQUIDITY_INSUFFICIENT', detail: `provider ${signed.quote.providerBic}` },
    }),
  );
  return { ...signed, charges };
}
const SHORT = { code: 'LIQUIDITY_INSUFFICIENT', detail: `provider ${PROVIDER}` };

/** What every store of the desk promises. `create` answers an empty store. */
export function describeDeskStore(create: () => Promise<StoreUnderTest>): void {
  const withQuotes = async (...samples: Parameters<typeof storedSample>[0][]) => {
    const store = await create();
    const quotes = samples.map((changes) => storedSample(changes));
    await store.insertQuotes(quotes);
    return { store, quotes };
  };
  const codes = (outcomes: Awaited<ReturnType<QuoteBinding['bindQuotes']>>) =>
    outcomes.map((outcome) =>
      outcome.ok ? outcome.value.map(({ quote }) => quote.quoteId).join() : outcome.error.code,
    );

  test('the newest card of a provider and pair that has begun stands', async () => {
    const store = await create();
    const standing = async (providers: readonly Bic[], now = T0) =>
      (await store.market(providers, now)).rates.map((one) => one.card.tiers[0]?.bid).sort();
    expect(await standing([PROVIDER])).toEqual([]);
    await store.addRates([
      rate('0.0135', T0),
      rate('73.5', T0, { sourceCurrency: 'CNY', targetCurrency: 'KZT' }),
      rate('0.99', T0, { providerBic: OTHER_PROVIDER }),
    ]);
    // Set later although its time is earlier: a clock that went back doesn't bring an old rate back.
    await store.addRates([rate('12345678.901', T0 - 5), rate('7', T0 + 100)]);
    expect(await standing([PROVIDER])).toEqual(['12345678.901', '73.5']);
    expect(await standing([PROVIDER, OTHER_PROVIDER])).toEqual(['0.99', '12345678.901', '73.5']);
    expect(await standing([PROVIDER], T0 + 100)).toEqual(['7', '73.5']);
    const [first] = (await store.market([OTHER_PROVIDER], T0)).rates;
    expect(first).toEqual({ ...rate('0.99', T0, { providerBic: OTHER_PROVIDER }), sequence: expect.any(Number) });
  });

  test('later cards have greater numbers', async () => {
    const store = await create();
    await store.addRates([rate('1', T0), rate('2', T0, { targetCurrency: 'USD' })]);
    const before = (await store.market([PROVIDER], T0)).rates;
    await store.addRates([rate('3', T0)]);
    const after = (await store.market([PROVIDER], T0)).rates.find((one) => one.card.tiers[0]?.bid === '3');
    expect(after?.sequence).toBeGreaterThan(Math.max(...before.map(({ sequence }) => sequence)));
  });

  test.each(['0.0000000001', '12345678901', '9.9999999999'])('a rate of %s is kept exactly', async (text) => {
    const store = await create();
    await store.addRates([rate(text, T0)]);
    expect((await store.market([PROVIDER], T0)).rates[0]?.card.tiers[0]?.bid).toBe(text);
  });

  test('the offers that a quote won against are kept with it', async () => {
    const store = await create();
    const contest: Contest = [
      {
        ...{ providers: [OTHER_PROVIDER], reason: 'WORSE', detail: null, rate: '0.0134' as Rate },
        ...{ sourceAmountMinor: '12345', targetAmountMinor: '165' },
      },
    ];
    await store.insertQuotes([{ ...storedSample(), contest }, storedSample({ quoteId: quoteId(2) })]);
    expect((await store.findQuote(quoteId(1)))?.signed.contest).toEqual(contest);
    expect((await store.findQuote(quoteId(2)))?.signed).not.toHaveProperty('contest');
  });

  test('a quote is found as it was stored, open', async () => {
    const { store, quotes } = await withQuotes({}, { quoteId: quoteId(2), sourceAmountMinor: 10n ** 18n - 1n });
    const found = await store.findQuote(quoteId(2));
    expect(found).toMatchObject({ boundUetr: null, boundAt: null, signed: { quote: quotes[1]?.quote } });
    expect(Buffer.from(found!.signed.bytes)).toEqual(Buffer.from(quotes[1]!.bytes));
    expect(Buffer.from(found!.signed.hash)).toEqual(Buffer.from(quotes[1]!.hash));
    expect(Buffer.from(found!.signed.signature)).toEqual(Buffer.from(quotes[1]!.signature));
    expect(await store.findQuote(quoteId(3))).toBeNull();
  });

  test('a quote id is stored once', async () => {
    const { store } = await withQuotes({});
    await expect(store.insertQuotes([storedSample({ rate: '7' as Rate })])).rejects.toThrow();
    expect((await store.findQuote(quoteId(1)))?.signed.quote.rate).toBe('0.0135');
  });

  test('a quote binds to the first payment and never to another', async () => {
    const { store } = await withQuotes({});
    expect(codes(await store.bindQuotes([item(quoteId(1), uetr(1))]))).toEqual([quoteId(1)]);
    expect(await store.findQuote(quoteId(1))).toMatchObject({ boundUetr: uetr(1), boundAt: T0 + 1000 });
    expect(codes(await store.bindQuotes([item(quoteId(1), uetr(2))]))).toEqual(['QUOTE_USED']);
    expect(await store.findQuote(quoteId(1))).toMatchObject({ boundUetr: uetr(1), boundAt: T0 + 1000 });
  });

  test('binding again to the same payment answers the quote, also after it expired', async () => {
    const { store } = await withQuotes({});
    await store.bindQuotes([item(quoteId(1), uetr(1))]);
    const again = await store.bindQuotes([item(quoteId(1), uetr(1), { now: T0 + 900_000 })]);
    expect(codes(again)).toEqual([quoteId(1)]);
    expect((await store.findQuote(quoteId(1)))?.boundAt).toBe(T0 + 1000);
  });

  test('a quote may be used strictly before validUntil', async () => {
    const { store, quotes } = await withQuotes({}, { quoteId: quoteId(2) });
    const { validUntil } = quotes[0]!.quote;
    const outcomes = await store.bindQuotes([
      item(quoteId(1), uetr(1), { now: validUntil }),
      item(quoteId(2), uetr(2), { now: validUntil - 1 }),
    ]);
    expect(codes(outcomes)).toEqual(['QUOTE_EXPIRED', quoteId(2)]);
    expect((await store.findQuote(quoteId(1)))?.boundUetr).toBeNull();
  });

  test('unknown, somebody else’s and used quotes of a batch are refused alone', async () => {
    const { store } = await withQuotes({}, { quoteId: quoteId(2) }, { quoteId: quoteId(3) });
    await store.bindQuotes([item(quoteId(3), uetr(3))]);
    const outcomes = await store.bindQuotes([
      item(quoteId(9), uetr(1)),
      item(quoteId(2), uetr(2), { requesterBic: OTHER_BANK }),
      item(quoteId(3), uetr(4)),
      item(quoteId(3), uetr(3), { requesterBic: OTHER_BANK }),
      item(quoteId(1), uetr(5)),
    ]);
    expect(codes(outcomes)).toEqual(['QUOTE_UNKNOWN', 'QUOTE_NOT_YOURS', 'QUOTE_USED', 'QUOTE_NOT_YOURS', quoteId(1)]);
    expect((await store.findQuote(quoteId(2)))?.boundUetr).toBeNull();
    expect((await store.findQuote(quoteId(1)))?.boundUetr).toBe(uetr(5));
  });

  test('the head office is the same requester, a branch is not', async () => {
    const { store } = await withQuotes({}, { quoteId: quoteId(2) });
    const outcomes = await store.bindQuotes([
      item(quoteId(1), uetr(1), { requesterBic: `${BANK}XXX` as Bic }),
      item(quoteId(2), uetr(2), { requesterBic: `${BANK}001` as Bic }),
    ]);
    expect(codes(outcomes)).toEqual([quoteId(1), 'QUOTE_NOT_YOURS']);
  });

  test('of two items of one batch that name the same quote the first wins', async () => {
    const { store } = await withQuotes({});
    const outcomes = await store.bindQuotes([
      item(quoteId(1), uetr(7), { now: T0 + 900_000 }),
      item(quoteId(1), uetr(1)),
      item(quoteId(1), uetr(2)),
      item(quoteId(1), uetr(1)),
    ]);
    expect(codes(outcomes)).toEqual(['QUOTE_EXPIRED', quoteId(1), 'QUOTE_USED', quoteId(1)]);
    expect((await store.findQuote(quoteId(1)))?.boundUetr).toBe(uetr(1));
  });

  test.each<[string, Partial<BindItem>, string]>([
    ['both open', {}, `${quoteId(1)},${quoteId(2)}`],
    ['one is unknown', { quoteIds: [quoteId(1), quoteId(9)] }, 'QUOTE_UNKNOWN'],
    ['one expired', { now: T0 + 600_000 }, 'QUOTE_EXPIRED'],
    ['one is somebody else’s', { quoteIds: [quoteId(1), quoteId(3)] }, 'QUOTE_NOT_YOURS'],
    ['one is used', { quoteIds: [quoteId(1), quoteId(4)] }, 'QUOTE_USED'],
  ])('the quotes of an offer are bound together or not at all: %s', async (_, changes, outcome) => {
    const { store } = await withQuotes(
      { validUntil: T0 + 900_000 },
      { quoteId: quoteId(2), validUntil: T0 + 600_000 },
      { quoteId: quoteId(3), requesterBic: OTHER_BANK },
      { quoteId: quoteId(4) },
    );
    await store.bindQuotes([item(quoteId(4), uetr(4))]);
    const offer = item([quoteId(1), quoteId(2)], uetr(1), changes);
    expect(codes(await store.bindQuotes([offer]))).toEqual([outcome]);
    const bound = await Promise.all([1, 2].map(async (n) => (await store.findQuote(quoteId(n)))?.boundUetr));
    expect(bound).toEqual(outcome.startsWith('QUOTE_') ? [null, null] : [uetr(1), uetr(1)]);
  });

  test('an offer refused for one quote leaves the others to the next payment of the batch', async () => {
    const { store } = await withQuotes({}, { quoteId: quoteId(2) });
    const outcomes = await store.bindQuotes([
      item([quoteId(1), quoteId(9)], uetr(1)),
      item([quoteId(1), quoteId(2)], uetr(2)),
      item(quoteId(2), uetr(3)),
    ]);
    expect(codes(outcomes)).toEqual(['QUOTE_UNKNOWN', `${quoteId(1)},${quoteId(2)}`, 'QUOTE_USED']);
  });

  test('an empty batch binds and inserts nothing', async () => {
    const store = await create();
    expect(await store.bindQuotes([])).toEqual([]);
    await store.insertBoundQuotes([], []);
    await store.bookTrades([], T0);
    expect(await store.positions()).toEqual([]);
  });

  test('a quote made for a payment is stored bound to it', async () => {
    const store = await create();
    await store.insertBoundQuotes([storedSample(), storedSample({ quoteId: quoteId(2) })], [uetr(1), uetr(2)]);
    expect(await store.findQuote(quoteId(2))).toMatchObject({ boundUetr: uetr(2), boundAt: T0 });
    expect(codes(await store.bindQuotes([item(quoteId(1), uetr(2))]))).toEqual(['QUOTE_USED']);
    expect(codes(await store.bindQuotes([item(quoteId(1), uetr(1))]))).toEqual([quoteId(1)]);
    await expect(store.insertBoundQuotes([storedSample({ quoteId: quoteId(5) })], [])).rejects.toThrow('UETR');
  });

  test('what settled quotes moved is booked once, per provider and pair of currencies', async () => {
    const amounts = { sourceAmountMinor: 7_410_00n, targetAmountMinor: 100_00n };
    const back = {
      sourceCurrency: 'CNY',
      targetCurrency: 'KZT',
      sourceAmountMinor: 40_00n,
      targetAmountMinor: 2_928_00n,
    };
    const { store, quotes } = await withQuotes(
      { quoteId: quoteId(1), ...amounts, residue: '0.25' },
      { quoteId: quoteId(2), ...back, residue: '-0.1' },
      { quoteId: quoteId(3), ...amounts, residue: '0.40740740740740740741', fixedSide: 'target' },
      { quoteId: quoteId(4), ...amounts, residue: '0' },
      { quoteId: quoteId(5), ...amounts, residue: '0.5', providerBic: OTHER_PROVIDER },
      { quoteId: quoteId(6), ...amounts, residue: '0.5' },
    );
    const made = quotes.map(({ quote }) => quote);
    await store.bindQuotes([1, 2, 3, 4, 5].map((n) => item(quoteId(n), uetr(n))));
    // The sixth is open and the seventh unknown: neither is a payment's. The first is there twice.
    await store.bookTrades([...made.slice(0, 2), made[0]!, made[5]!, { ...made[0]!, quoteId: quoteId(7) }], T0);
    const one = { providerBic: PROVIDER, currency: 'CNY', against: 'KZT', tradeCount: 2 };
    const cny = { ...one, positionMinor: -60_00n, costMinor: -4_446_00n, realisedMinor: 36_00n, residue: '0.25' };
    expect(await store.positions(PROVIDER)).toEqual([
      cny,
      {
        ...one,
        currency: 'KZT',
        against: 'CNY',
        positionMinor: 4_482_00n,
        costMinor: 60_49n,
        realisedMinor: 49n,
        residue: '-0.1',
      },
    ]);
    await store.bookTrades(made.slice(0, 5), T0 + 1);
    await store.bookTrades(made.slice(1, 3), T0 + 2);
    const positions = await store.positions();
    expect(
      positions.map(({ providerBic, currency, residue, tradeCount }) => [providerBic, currency, residue, tradeCount]),
    ).toEqual([
      [OTHER_PROVIDER, 'CNY', '0.5', 1],
      [OTHER_PROVIDER, 'KZT', '0', 1],
      [PROVIDER, 'CNY', '0.25', 4],
      [PROVIDER, 'KZT', '-0.50740740740740740741', 4],
    ]);
    expect(positions[2]).toMatchObject({ positionMinor: -260_00n, costMinor: -19_266_00n, realisedMinor: 36_00n });
  });

  const counting = async (...samples: SignedQuote[]) => {
    const store = await create();
    await store.openCounters(samples.flatMap(({ charges }) => charges ?? []));
    const stand = async (...keys: readonly CounterKey[]) =>
      Object.fromEntries((await store.counters(keys)).map((one) => [keyOf(one), one.amount]));
    const promised = async () => (await stand(PROMISED))[keyOf(PROMISED)];
    return { store, stand, promised };
  };

  test('counters are read with the market: of who is asked about, on the days that are asked about', async () => {
    const sample = chargedSample({ sourceAmountMinor: 700n, targetAmountMinor: 9n }, null);
    const { store } = await counting(sample);
    await store.openCounters(sample.charges!);
    expect(await store.insertQuotes([sample])).toEqual([null]);
    const asked = { banks: [BANK], providers: [PROVIDER], wallets: [WALLET], days: [DAY] };
    const read = async (changes: Partial<typeof asked>) =>
      (await store.market([PROVIDER], T0, { ...asked, ...changes })).counters
        .map(({ scope, measure, currency, amount }) => `${scope} ${measure} ${currency} ${amount}`)
        .sort();
    expect(await read({})).toEqual([
      ...['bank dayAmount KZT 700', 'bank openQuotes  1', 'provider dayAmount CNY 9', 'provider netPosition CNY -9'],
      ...['provider netPosition KZT 700', 'provider openQuotes  1', 'wallet promised CNY 9'],
    ]);
    expect(await read({ days: [], wallets: [], providers: [] })).toEqual(['bank openQuotes  1']);
    expect(await read({ banks: [OTHER_BANK], providers: [OTHER_PROVIDER] })).toEqual(['wallet promised CNY 9']);
    expect((await store.market([PROVIDER], T0)).counters).toEqual([]);
  });

  test('quotes are stored as far as there is room: an offer wholly or not at all', async () => {
    const sized = (n: number, targetAmountMinor: bigint, changes: Partial<Quote> = {}) =>
      chargedSample({ quoteId: quoteId(n), targetAmountMinor, ...changes }, 100n);
    const samples = [
      sized(1, 60n),
      // Two steps that together are too much.
      sized(2, 30n, { onwardQuoteId: quoteId(3) }),
      sized(3, 30n),
      sized(4, 40n),
      sized(5, 1n),
    ];
    const { store, promised } = await counting(...samples);
    expect(await store.insertQuotes(samples)).toEqual([null, SHORT, SHORT, null, SHORT]);
    const stored = await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await store.findQuote(quoteId(n))) !== null));
    expect(stored).toEqual([true, false, false, true, false]);
    expect(await promised()).toBe(100n);
    const bound = chargedSample({ quoteId: quoteId(6), targetAmountMinor: 1n }, 100n, false);
    expect(await store.insertBoundQuotes([bound], [uetr(6)])).toEqual([SHORT]);
    expect(await store.insertBoundQuotes([{ ...bound, charges: [] }], [uetr(6)])).toEqual([null]);
  });

  test('a position that is beyond its limit may come back, and not go further', async () => {
    const signed = (n: number, delta: bigint, most: bigint): SignedQuote => ({
      ...storedSample({ quoteId: quoteId(n) }),
      charges: [
        {
          ...{ scope: 'provider', name: PROVIDER, day: '', measure: 'netPosition', currency: 'CNY', delta, most },
          why: { code: 'POSITION_LIMIT' },
        },
      ],
    });
    const refused = { code: 'POSITION_LIMIT' };
    const { store } = await counting(signed(1, -100n, 100n));
    const outcomes = [];
    for (const [n, delta, most] of [
      [1, -100n, 100n],
      [2, -1n, 100n],
      [3, 10n, 50n],
      [4, -1n, 50n],
      [5, 140n, 50n],
      [6, 1n, 50n],
    ] as const)
      outcomes.push(...(await store.insertQuotes([signed(n, delta, most)])));
    expect(outcomes).toEqual([null, refused, null, refused, null, refused]);
  });

  test('a quote that is bound is no open one any more; what it promised stays until its payment ends', async () => {
    const open = chargedSample({ targetAmountMinor: 60n }, 100n);
    const { store, stand, promised } = await counting(open);
    const keys = open.charges!.filter(({ measure }) => measure === 'openQuotes');
    await store.insertQuotes([open]);
    expect(Object.values(await stand(...keys))).toEqual([1n, 1n]);
    await store.bindQuotes([item(quoteId(1), uetr(1)), item(quoteId(1), uetr(1))]);
    await store.bindQuotes([item(quoteId(1), uetr(1))]);
    expect(Object.values(await stand(...keys))).toEqual([0n, 0n]);
    expect(await promised()).toBe(60n);
    expect(await store.lapseQuotes(T0 + 10_000_000, 10, dayOf)).toBe(0);
    await store.endQuotes([{ quote: open.quote, isSettled: false, abortedAt: T0 }], dayOf);
    expect(await promised()).toBe(0n);
    const day = { scope: 'bank', name: BANK, day: DAY } as const;
    expect(
      await stand(
        { ...day, measure: 'abortedPayments', currency: '' },
        { ...day, measure: 'dayAmount', currency: 'KZT' },
      ),
    ).toEqual({ [`1 bank ${BANK} ${DAY} abortedPayments `]: 1n, [`1 bank ${BANK} ${DAY} dayAmount KZT`]: 0n });
  });

  test('a settled quote counts as settled and leaves what was promised; one that never counted changes nothing', async () => {
    const made = chargedSample({ targetAmountMinor: 60n }, 100n, false);
    const { store, stand, promised } = await counting(made);
    const uncharged = storedSample({ quoteId: quoteId(2), targetAmountMinor: 7n });
    await store.insertBoundQuotes([made, uncharged], [uetr(1), uetr(2)]);
    const ended = [made, uncharged].map(({ quote }) => ({ quote, isSettled: true, abortedAt: null }));
    await store.endQuotes(ended, dayOf);
    await store.endQuotes([{ quote: uncharged.quote, isSettled: false, abortedAt: T0 }], dayOf);
    const settled = { ...PROMISED, measure: 'settled' } as const;
    expect([await promised(), await stand(settled)]).toEqual([60n, { [keyOf(settled)]: 60n }]);
  });

  test('quotes whose time is up lapse once, are counted, give back all, and bind no more', async () => {
    const over = { validUntil: T0 + 1_000 };
    const samples = [
      chargedSample({ ...over, targetAmountMinor: 10n }, null),
      chargedSample({ ...over, quoteId: quoteId(2), targetAmountMinor: 20n }, null),
      chargedSample({ quoteId: quoteId(3), targetAmountMinor: 40n }, null),
    ];
    const { store, stand, promised } = await counting(...samples);
    await store.insertQuotes([...samples, storedSample({ ...over, quoteId: quoteId(4) })]);
    expect(await store.lapseQuotes(T0 + 999, 10, dayOf)).toBe(0);
    expect(await store.lapseQuotes(T0 + 1_000, 2, dayOf)).toBe(2);
    expect(await store.lapseQuotes(T0 + 1_000, 2, dayOf)).toBe(1);
    expect(await store.lapseQuotes(T0 + 1_000, 2, dayOf)).toBe(0);
    expect(await promised()).toBe(40n);
    const lapsed = { scope: 'bank', name: BANK, day: DAY, measure: 'lapsedQuotes', currency: '' } as const;
    expect(await stand(lapsed)).toEqual({ [keyOf(lapsed)]: 2n });
    // A copy whose clock is behind.
    expect(codes(await store.bindQuotes([item(quoteId(1), uetr(1), { now: T0 })]))).toEqual(['QUOTE_EXPIRED']);
    expect(await store.findQuote(quoteId(2))).toMatchObject({ isLapsed: true, boundUetr: null });
    expect(await store.findQuote(quoteId(3))).toMatchObject({ isLapsed: false });
  });

  test('what a wallet has covered is set in place of what it had', async () => {
    const { store, stand } = await counting();
    const covered = { ...PROMISED, measure: 'covered' } as const;
    for (const amount of [5n, 10n ** 30n, 0n]) {
      await store.setCovered([{ ...covered, amount }]);
      expect(await stand(covered, PROMISED)).toEqual({ [keyOf(covered)]: amount });
    }
  });
}
