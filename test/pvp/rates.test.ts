import BigDefault from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import { compareRates, parseRate, type Rate } from '../../src/pvp/conversion.js';
import {
  checkCard,
  flatCard,
  inverseRate,
  middleRate,
  type PriceRequest,
  providerPrice,
  type RateBook,
  type RateCard,
  type RateTier,
  rateBook,
  type StoredRate,
  shownRate,
  sidesOf,
} from '../../src/pvp/rates.js';
import { BANK, OTHER_BANK, PROVIDER, T0 } from './desk-fixture.js';

const rate = (text: string): Rate => {
  const parsed = parseRate(text);
  if (!parsed.ok) throw new Error(`${text} is no rate`);
  return parsed.value;
};
const tier = (changes: Partial<RateTier> = {}): RateTier => ({
  ...{ amountFrom: '0', banks: [], bid: null, ask: null, spreadBps: null },
  ...changes,
});
const sides = (bid: string | null, ask: string | null, changes: Partial<RateTier> = {}): RateTier =>
  tier({ bid: bid === null ? null : rate(bid), ask: ask === null ? null : rate(ask), ...changes });
const card = (changes: Partial<RateCard> = {}): RateCard => ({
  ...{ providerBic: PROVIDER, unitCurrency: 'CNY', quotedCurrency: 'KZT', mid: null, vehicle: null },
  ...{ tiers: [sides('73', '74')], amountMax: null, validFrom: T0, validTo: null },
  ...changes,
});
const bookOf = (
  cards: readonly RateCard[],
  changes: Partial<RateBook> = {},
  asOf: readonly number[] = [],
): RateBook => {
  const stored = cards.map(
    (one, i): StoredRate => ({
      ...{ sequence: i + 1, card: one, asOf: asOf[i] ?? T0, setAt: T0, setBy: 'desk-1', approvedBy: null },
    }),
  );
  return { ...rateBook(stored, T0, 60_000), ...changes };
};
const request = (changes: Partial<PriceRequest> = {}): PriceRequest => ({
  ...{ providerBic: PROVIDER, sourceCurrency: 'CNY', targetCurrency: 'KZT', requesterBic: BANK },
  ...{ fixedSide: 'source', amountMinor: 100_00n },
  ...changes,
});
const BUYS_CNY = { sourceCurrency: 'KZT', targetCurrency: 'CNY' } as const;
const outcome = (book: RateBook, asked: PriceRequest): string => {
  const price = providerPrice(book, asked);
  if (!price.ok) return price.error.code;
  return `${price.value.sourceAmountMinor} → ${price.value.targetAmountMinor} at ${price.value.rate}`;
};

describe('which rate a request gets', () => {
  const bySize = card({
    tiers: [
      sides('73', '74'),
      sides('73.2', '73.8', { amountFrom: '1000.00' }),
      sides('73.4', '73.6', { amountFrom: '100000' }),
    ],
  });
  const byBank = card({
    tiers: [
      sides('73', '74'),
      sides('73.1', '73.9', { amountFrom: '5000' }),
      sides('73.3', '73.7', { amountFrom: '1000', banks: [BANK] }),
    ],
  });
  const middle = card({ mid: rate('73.5'), tiers: [tier({ spreadBps: '40' })] });
  const cross = [
    card({ unitCurrency: 'USD', quotedCurrency: 'KZT', tiers: [sides('520', '524')] }),
    card({ unitCurrency: 'USD', quotedCurrency: 'CNY', tiers: [sides('7.1', '7.3')] }),
    card({ vehicle: 'USD', tiers: [tier({ spreadBps: '20' })] }),
  ];
  test.each<[string, readonly RateCard[], Partial<PriceRequest>, string]>([
    ['direct: the bid', [card()], {}, '10000 → 730000 at 73'],
    [
      'inverse: 1 ÷ ask, rounded down',
      [card()],
      { ...BUYS_CNY, amountMinor: 7_400_00n },
      '740000 → 10000 at 0.0135135135',
    ],
    ['direct, fixed receive', [card()], { fixedSide: 'target', amountMinor: 7_300_00n }, '10000 → 730000 at 73'],
    ['below a tier', [bySize], { amountMinor: 999_99n }, '99999 → 7299927 at 73'],
    ['at a tier', [bySize], { amountMinor: 1_000_00n }, '100000 → 7320000 at 73.2'],
    ['at the last tier', [bySize], { amountMinor: 100_000_00n }, '10000000 → 734000000 at 73.4'],
    [
      'a fixed quoted amount reaches a tier at that tier’s own rate',
      [bySize],
      { fixedSide: 'target', amountMinor: 73_200_00n },
      '100000 → 7320000 at 73.2',
    ],
    ['and not a minor unit less', [bySize], { fixedSide: 'target', amountMinor: 73_199_00n }, '100273 → 7319900 at 73'],
    ['a bank with a tier of its own', [byBank], { amountMinor: 6_000_00n }, '600000 → 43980000 at 73.3'],
    ['that bank below it', [byBank], { amountMinor: 999_99n }, '99999 → 7299927 at 73'],
    ['another bank', [byBank], { amountMinor: 6_000_00n, requesterBic: OTHER_BANK }, '600000 → 43860000 at 73.1'],
    [
      'its head office',
      [byBank],
      { amountMinor: 1_000_00n, requesterBic: `${BANK}XXX` as Bic },
      '100000 → 7330000 at 73.3',
    ],
    ['a spread under the middle', [middle], {}, '10000 → 733530 at 73.353'],
    // 1 ÷ (73.5 × 1.002) = 0.01357828560…
    [
      'a spread over the middle',
      [middle],
      { ...BUYS_CNY, amountMinor: 1_000_000_00n },
      '100000000 → 1357829 at 0.0135782856',
    ],
    // 522 ÷ 7.2 = 72.5, less 10 basis points
    ['a cross through a vehicle', cross, {}, '10000 → 724275 at 72.4275'],
    ['one side only, asked for it', [card({ tiers: [sides('73', null)] })], {}, '10000 → 730000 at 73'],
    ['one side only, asked for the other', [card({ tiers: [sides('73', null)] })], BUYS_CNY, 'RATE_MISSING'],
    [
      'the newer of two that are written both ways',
      [card(), card({ ...flat('0.02') })],
      BUYS_CNY,
      '10000 → 200 at 0.02',
    ],
    ['the older where the newer has no price for it', [card(), card({ ...flat('0.02') })], {}, '10000 → 730000 at 73'],
    ['no card', [], {}, 'RATE_MISSING'],
    ['somebody else’s card', [card({ providerBic: 'DOLRUS20' as Bic })], {}, 'RATE_MISSING'],
    ['a card that is over', [card({ validTo: T0 })], {}, 'RATE_MISSING'],
    ['its last moment', [card({ validTo: T0 + 1 })], {}, '10000 → 730000 at 73'],
    ['a cross without one of its pairs', cross.slice(1), {}, 'RATE_MISSING'],
    ['a cross over one that is over', [{ ...cross[0]!, validTo: T0 }, ...cross.slice(1)], {}, 'RATE_MISSING'],
    ['at the greatest amount', [card({ amountMax: '100.00' })], {}, '10000 → 730000 at 73'],
    ['above it', [card({ amountMax: '99.99' })], {}, 'PROVIDER_LIMIT'],
    ['below the least', [card({ tiers: [sides('73', '74', { amountFrom: '100.01' })] })], {}, 'PROVIDER_LIMIT'],
    ['nothing', [card()], { amountMinor: 0n }, 'AMOUNT_ZERO'],
  ])('%s', (_, cards, changes, expected) => {
    expect(outcome(bookOf(cards), request(changes))).toBe(expected);
  });

  test.each<[string, readonly RateCard[], readonly number[], string]>([
    ['as old as it may be', [card()], [T0 - 60_000], '10000 → 730000 at 73'],
    ['a millisecond older', [card()], [T0 - 60_001], 'RATE_STALE'],
    ['a cross is as old as its older pair', cross, [T0, T0 - 60_001, T0], 'RATE_STALE'],
    ['and not as its spread', cross, [T0, T0, T0 - 60_001], '10000 → 724275 at 72.4275'],
  ])('age: %s', (_, cards, asOf, expected) => {
    expect(outcome(bookOf(cards, {}, asOf), request())).toBe(expected);
  });

  test('what is shown is the rate for the least amounts, to a bank with tiers of its own that one', () => {
    const shown = (requesterBic: Bic) => {
      const found = shownRate(bookOf([byBank]), request({ requesterBic }));
      return found.ok ? found.value.rate : found.error.code;
    };
    expect([shown(BANK), shown(OTHER_BANK)]).toEqual(['73.3', '73']);
  });
});

/** A card the other way round with a rate for KZT → CNY only. */
const flat = (text: string): RateCard =>
  flatCard({ providerBic: PROVIDER, sourceCurrency: 'KZT', targetCurrency: 'CNY' }, rate(text), T0);

describe('the middle of a provider’s price', () => {
  const usd = [
    card({ unitCurrency: 'USD', quotedCurrency: 'KZT', tiers: [sides('520', '524')] }),
    card({ unitCurrency: 'USD', quotedCurrency: 'CNY', tiers: [sides('7.1', '7.3')] }),
  ];
  const flat = (unitCurrency: string, quotedCurrency: string, text: string) =>
    card({ unitCurrency, quotedCurrency, tiers: [sides(text, null)] });

  test.each<[string, RateCard[], string, string, string | null]>([
    ['of both sides', [card()], 'CNY', 'KZT', '73.5'],
    ['turned round, half to even', [card()], 'KZT', 'CNY', '0.0136054422'],
    [
      'as it is given, not by the rounded sides',
      [card({ mid: rate('73.123'), tiers: [tier({ spreadBps: '1' })] })],
      'CNY',
      'KZT',
      '73.123',
    ],
    ['a cross', [...usd, card({ vehicle: 'USD', tiers: [tier({ spreadBps: '20' })] })], 'CNY', 'KZT', '72.5'],
    [
      'of the least amount and every bank',
      [
        card({
          tiers: [sides('70', '71', { banks: [BANK] }), sides('73', '74'), sides('73.4', '73.5', { amountFrom: '10' })],
        }),
      ],
      'CNY',
      'KZT',
      '73.5',
    ],
    ['of one side', [flat('CNY', 'KZT', '73.2')], 'CNY', 'KZT', '73.2'],
    ['of one side, turned round', [flat('CNY', 'KZT', '73.2')], 'KZT', 'CNY', '0.0136612022'],
    // 73.2 for a unit, and 1 ÷ 0.0125 = 80 wanted.
    [
      'of two cards, one for each direction',
      [flat('CNY', 'KZT', '73.2'), flat('KZT', 'CNY', '0.0125')],
      'CNY',
      'KZT',
      '76.6',
    ],
    ['of none', [], 'CNY', 'KZT', null],
    ['of a pair without a card', usd, 'CNY', 'KZT', null],
    ['of a card that is over', [card({ validTo: T0 })], 'CNY', 'KZT', null],
  ])('%s', (_, cards, currency, against, middle) => {
    expect(middleRate(bookOf(cards), PROVIDER, currency, against)?.rate ?? null).toBe(middle);
  });

  test('it is as old as the older side, and never too old', () => {
    const cards = [flat('CNY', 'KZT', '73.2'), flat('KZT', 'CNY', '0.0125')];
    expect(middleRate(bookOf(cards, {}, [T0 - 9e9, T0]), PROVIDER, 'CNY', 'KZT')?.asOf).toBe(T0 - 9e9);
  });
});

describe('cards that can’t be used', () => {
  test.each<[string, Partial<RateCard>]>([
    ['ZZZ is no currency', { unitCurrency: 'ZZZ' }],
    ['the two currencies are one', { quotedCurrency: 'CNY' }],
    ['vehicle is one of the two currencies', { vehicle: 'KZT', tiers: [tier({ spreadBps: '1' })] }],
    ['mid and vehicle are both given', { vehicle: 'USD', mid: rate('1'), tiers: [tier({ spreadBps: '1' })] }],
    ['tiers are 1 to 50', { tiers: [] }],
    ['tiers are 1 to 50', { tiers: Array.from({ length: 51 }, (_, i) => sides('1', '1', { amountFrom: `${i}` })) }],
    ['validTo is not after validFrom', { validTo: T0 }],
    ['amountMax is no amount of the unit currency', { amountMax: '1.001' }],
    ['tiers[0]: amountFrom is no amount of the unit currency', { tiers: [sides('1', '1', { amountFrom: '-1' })] }],
    ['tiers[0]: bid or ask is missing', { tiers: [tier()] }],
    ['tiers[1]: bid is above ask', { tiers: [sides('1', '1'), sides('2', '1', { amountFrom: '1' })] }],
    ['tiers[0]: a spread needs mid or vehicle', { tiers: [tier({ spreadBps: '1' })] }],
    ['tiers[0]: bid and ask do not go with mid or vehicle', { mid: rate('1') }],
    ['tiers[0]: spreadBps is missing or no number of basis points', { mid: rate('1'), tiers: [tier()] }],
    [
      'tiers[0]: spreadBps is missing or no number of basis points',
      { mid: rate('1'), tiers: [tier({ spreadBps: '-1' })] },
    ],
    ['tiers[0]: spreadBps is not below 20000', { mid: rate('1'), tiers: [tier({ spreadBps: '20000' })] }],
    [
      'two tiers are for the same amount and bank',
      { tiers: [sides('1', '1'), sides('1', '1', { amountFrom: '0.00' })] },
    ],
  ])('%s', (detail, changes) => {
    expect(checkCard(card(changes))).toEqual({ ok: false, error: { code: 'RATE_INVALID', detail } });
  });
});

const anyRate = fc
  .tuple(fc.integer({ min: 1, max: 99_999_999_999 }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, decimals]) => rate(new BigDefault(digits).div(`1e${decimals}`).toFixed()));
const anySpread = fc.integer({ min: 0, max: 19_999 }).map(String);
const anyAmount = fc.bigInt({ min: 1n, max: 10n ** 14n });

describe('of any rate', () => {
  test('a spread leaves the middle between bid and ask', () => {
    fc.assert(
      fc.property(anyRate, anySpread, (mid, spreadBps) => {
        const { bid, ask } = sidesOf({ bid: null, ask: null, spreadBps }, new BigDefault(mid));
        if (bid !== null) expect(compareRates(bid, mid)).toBeLessThanOrEqual(0);
        if (ask !== null) expect(compareRates(mid, ask)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('the inverse of the inverse is no lower, and as near as the digits of a rate allow', () => {
    fc.assert(
      fc.property(anyRate, (one) => {
        const inverse = inverseRate(one);
        // Fewer digits than these say too little of where they came from.
        fc.pre(inverse !== null && new BigDefault(inverse).gte('0.001') && new BigDefault(one).gte('0.001'));
        const exact = new BigDefault(1).div(inverse!);
        expect(exact.gte(one)).toBe(true);
        expect(exact.minus(one).div(one).lt('1e-6')).toBe(true);
      }),
    );
  });

  test('the payee never gets more than the stated side gives, but for half a minor unit of the conversion', () => {
    fc.assert(
      fc.property(anyRate, anySpread, anyAmount, fc.boolean(), (mid, spreadBps, amountMinor, isDirect) => {
        const book = bookOf([card({ mid, tiers: [tier({ spreadBps })] })]);
        const price = providerPrice(book, request({ amountMinor, ...(isDirect ? {} : BUYS_CNY) }));
        fc.pre(price.ok);
        if (!price.ok) return;
        const half = new BigDefault(spreadBps).div(20_000);
        const source = new BigDefault(amountMinor.toString());
        const most = isDirect
          ? source.times(mid).times(new BigDefault(1).minus(half))
          : source.div(new BigDefault(mid).times(half.plus(1)));
        expect(new BigDefault(price.value.targetAmountMinor.toString()).lte(most.plus('0.5000001'))).toBe(true);
      }),
    );
  });

  test('the amount of a price reaches its tier, and no higher tier would have been reached', () => {
    const steps = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(steps, anyAmount, fc.constantFrom('source', 'target'), (from, amountMinor, fixedSide) => {
        const sorted = [...from].sort((a, b) => a - b);
        // A greater amount never gets a worse rate.
        const tiers = [0, ...sorted].map((amount, i) => sides(`${70 + i}`, '90', { amountFrom: `${amount}` }));
        const price = providerPrice(bookOf([card({ tiers })]), request({ amountMinor, fixedSide }));
        if (!price.ok) return;
        const at = Number(price.value.rate) - 70;
        const unit = price.value.sourceAmountMinor;
        expect(unit >= BigInt([0, ...sorted][at]!) * 100n).toBe(true);
        const next = sorted[at];
        if (next !== undefined && fixedSide === 'source') expect(unit < BigInt(next) * 100n).toBe(true);
      }),
    );
  });
});
