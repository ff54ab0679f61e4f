import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import type { Rate } from '../../src/pvp/conversion.js';
import {
  afterTrade,
  afterTrades,
  averageRate,
  noPosition,
  type Position,
  type PositionKey,
  positionName,
  positionsOf,
  type Trade,
  tradeOf,
  unrealisedMinor,
} from '../../src/pvp/positions.js';
import { PROVIDER, quoteId, sampleQuote } from './desk-fixture.js';

const CNY: PositionKey = { providerBic: PROVIDER, currency: 'CNY', against: 'KZT' };
const KZT: PositionKey = { providerBic: PROVIDER, currency: 'KZT', against: 'CNY' };

const trade = (source: readonly [bigint, string], target: readonly [bigint, string]): Trade => ({
  ...{ quoteId: quoteId(1), providerBic: PROVIDER, sourceCurrency: source[1], targetCurrency: target[1] },
  ...{ sourceMinor: source[0], targetMinor: target[0], residueCurrency: target[1], residueGain: '0' },
});
/** The provider gets CNY and gives KZT. */
const buys = (cny: bigint, kzt: bigint) => trade([cny, 'CNY'], [kzt, 'KZT']);
/** The provider gives CNY and gets KZT. */
const sells = (cny: bigint, kzt: bigint) => trade([kzt, 'KZT'], [cny, 'CNY']);
const comesTo = (key: PositionKey, trades: readonly Trade[]) => trades.reduce(afterTrade, noPosition(key));

describe('a position at its average cost', () => {
  it.each<[string, Trade[], bigint, bigint, bigint, string | null]>([
    ['nothing', [], 0n, 0n, 0n, null],
    ['bought', [buys(100_00n, 7_300_00n)], 100_00n, 7_300_00n, 0n, '73'],
    ['bought twice', [buys(100_00n, 7_300_00n), buys(300_00n, 22_300_00n)], 400_00n, 29_600_00n, 0n, '74'],
    ['a part sold', [buys(200_00n, 14_800_00n), sells(50_00n, 3_750_00n)], 150_00n, 11_100_00n, 50_00n, '74'],
    [
      'a part sold with a loss',
      [buys(200_00n, 14_800_00n), sells(50_00n, 3_650_00n)],
      150_00n,
      11_100_00n,
      -50_00n,
      '74',
    ],
    ['all sold', [buys(200_00n, 14_800_00n), sells(200_00n, 15_000_00n)], 0n, 0n, 200_00n, null],
    ['sold short', [sells(100_00n, 7_410_00n)], -100_00n, -7_410_00n, 0n, '74.1'],
    ['sold short twice', [sells(100_00n, 7_410_00n), sells(100_00n, 7_390_00n)], -200_00n, -14_800_00n, 0n, '74'],
    [
      'a part of a short bought back',
      [sells(100_00n, 7_410_00n), buys(40_00n, 2_928_00n)],
      -60_00n,
      -4_446_00n,
      36_00n,
      '74.1',
    ],
    ['from long to short', [buys(100_00n, 7_300_00n), sells(150_00n, 11_100_00n)], -50_00n, -3_700_00n, 100_00n, '74'],
    ['from short to long', [sells(100_00n, 7_410_00n), buys(150_00n, 10_980_00n)], 50_00n, 3_660_00n, 90_00n, '73.2'],
    // 10 ÷ 3 = 3.33 is closed at 3, then 7 ÷ 2 = 3.5 at 4 (half to even), then the rest.
    ['a third of what can not be divided', [buys(3n, 10n), sells(1n, 4n)], 2n, 7n, 1n, '3.5'],
    ['two thirds', [buys(3n, 10n), sells(1n, 4n), sells(1n, 4n)], 1n, 3n, 1n, '3'],
    ['all three', [buys(3n, 10n), sells(1n, 4n), sells(1n, 4n), sells(1n, 4n)], 0n, 0n, 2n, null],
    ['half of an odd cost, to even', [buys(2n, 5n), sells(1n, 5n)], 1n, 3n, 3n, '3'],
    ['half of an odd cost, to even, short', [sells(2n, 5n), buys(1n, 1n)], -1n, -3n, 1n, '3'],
    ['a cost of which nothing is left', [buys(3n, 1n), sells(2n, 1n)], 1n, 0n, 0n, null],
  ])('%s', (_, trades, positionMinor, costMinor, realisedMinor, average) => {
    const position = comesTo(CNY, trades);
    expect(position).toMatchObject({ positionMinor, costMinor, realisedMinor, tradeCount: trades.length });
    expect(averageRate(position)).toBe(average);
  });

  it('the other currency has the same result, seen from its side', () => {
    const trades = [sells(100_00n, 7_410_00n), buys(40_00n, 2_928_00n)];
    expect(comesTo(KZT, trades)).toMatchObject({ positionMinor: 4_482_00n, costMinor: 60_49n, realisedMinor: 49n });
  });

  it.each<[string, PositionKey, bigint, bigint, string | null]>([
    ['of a currency without decimals', { ...CNY, currency: 'JPY' }, 1_000n, 2_983_00n, '2.983'],
    ['against one with three', { ...CNY, against: 'KWD' }, 1_000_00n, 41_123n, '0.041123'],
    ['rounded half to even to 10 decimals', CNY, 3_00n, 2_00n, '0.6666666667'],
    ['rounded half to even to 11 digits', CNY, 3_00n, 200_000_000_00n, '66666666.667'],
    ['more than a rate can say', CNY, 1n, 10n ** 17n, null],
    ['less than a rate can say', CNY, 10n ** 17n, 1n, null],
  ])('average %s', (_, key, positionMinor, costMinor, average) => {
    expect(averageRate({ ...noPosition(key), positionMinor, costMinor })).toBe(average);
  });

  it.each<[string, bigint, bigint, string, bigint]>([
    ['long, the price is higher', 100_00n, 7_300_00n, '73.64', 64_00n],
    ['long, lower', 100_00n, 7_300_00n, '72.5', -50_00n],
    ['short, the price is higher', -100_00n, -7_300_00n, '73.64', -64_00n],
    ['rounded half to even', 1n, 0n, '0.5', 0n],
    ['rounded half to even', 3n, 0n, '0.5', 2n],
    ['none', 0n, 0n, '73', 0n],
  ])('unrealised: %s', (_, positionMinor, costMinor, rate, unrealised) => {
    expect(unrealisedMinor({ ...noPosition(CNY), positionMinor, costMinor }, rate as Rate)).toBe(unrealised);
  });
});

describe('a trade', () => {
  it('is what its quote says: the provider gets the source amount and gives the target amount', () => {
    const quote = sampleQuote({ providerBic: `${PROVIDER}XXX` as Bic, residue: '-0.3400' });
    expect(tradeOf(quote)).toEqual({
      ...{ quoteId: quote.quoteId, providerBic: PROVIDER, sourceCurrency: 'KZT', targetCurrency: 'CNY' },
      ...{ sourceMinor: quote.sourceAmountMinor, targetMinor: quote.targetAmountMinor },
      ...{ residueCurrency: 'CNY', residueGain: '-0.34' },
    });
  });

  it('moves two positions; its residue is of one of them, and sums up exactly', () => {
    const quotes = [sampleQuote({ residue: '0.1' }), sampleQuote({ residue: '0.20000000000000000001' })];
    const positions = [...afterTrades(quotes.map(tradeOf), () => undefined).values()];
    expect(positions.map(({ currency, residue }) => [currency, residue])).toEqual([
      ['KZT', '0'],
      ['CNY', '0.30000000000000000001'],
    ]);
    const back = { ...sampleQuote({ residue: '-0.1' }), fixedSide: 'target' as const };
    expect(afterTrades([tradeOf(back)], () => undefined).get(positionName(KZT))?.residue).toBe('0.1');
  });
});

/** Trades of one provider in three currencies. */
const trades = fc.array(
  fc
    .record({
      pair: fc.constantFrom(['CNY', 'KZT'], ['KZT', 'CNY'], ['USD', 'KZT'], ['CNY', 'USD'], ['USD', 'CNY']),
      source: fc.bigInt({ min: 1n, max: 10n ** 6n }),
      target: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    })
    .map(({ pair, source, target }) => trade([source, pair[0]!], [target, pair[1]!])),
  { maxLength: 30 },
);
const movementOf = (currency: string, { sourceCurrency, sourceMinor, targetCurrency, targetMinor }: Trade): bigint =>
  (sourceCurrency === currency ? sourceMinor : 0n) - (targetCurrency === currency ? targetMinor : 0n);
const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);

describe('whatever is traded', () => {
  it('nothing is lost: positions are the sum of the movements, results the sum of the others and the open cost', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const positions = [...afterTrades(given, () => undefined).values()];
        for (const { currency, against, positionMinor, costMinor, realisedMinor, tradeCount } of positions) {
          const own = given.filter((one) =>
            positionsOf(one).some((k) => k.currency === currency && k.against === against),
          );
          expect(tradeCount).toBe(own.length);
          expect(positionMinor).toBe(sum(own.map((one) => movementOf(currency, one))));
          expect(realisedMinor).toBe(sum(own.map((one) => movementOf(against, one))) + costMinor);
          if (positionMinor === 0n) expect(costMinor).toBe(0n);
          else expect(costMinor === 0n || costMinor > 0n === positionMinor > 0n).toBe(true);
        }
        for (const currency of ['CNY', 'KZT', 'USD'])
          expect(sum(positions.filter((one) => one.currency === currency).map((one) => one.positionMinor))).toBe(
            sum(given.map((one) => movementOf(currency, one))),
          );
      }),
    );
  });

  it('the cost is that of exact fractions, beside half a minor unit for each closing', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const own = given.filter((one) => positionsOf(one).some((key) => positionName(key) === positionName(CNY)));
        const { cost, closings } = exactCost(own);
        const { costMinor } = comesTo(CNY, own);
        const off = cost.numerator - costMinor * cost.denominator;
        expect(2n * (off < 0n ? -off : off) <= BigInt(closings) * cost.denominator).toBe(true);
      }),
    );
  });

  it('in one batch or one by one it comes to the same', () => {
    fc.assert(
      fc.property(trades, fc.nat(30), (given, cut) => {
        const known = new Map(afterTrades(given.slice(0, cut), () => undefined));
        for (const [name, position] of afterTrades(given.slice(cut), (key) => known.get(positionName(key))))
          known.set(name, position);
        expect(known).toEqual(afterTrades(given, () => undefined));
      }),
    );
  });

  it('closing all at a rate realises what was unrealised at it', () => {
    const rates = fc.integer({ min: 1, max: 999_999 }).map((n) => (n / 1000).toString() as Rate);
    fc.assert(
      fc.property(trades, rates, (given, rate) => {
        const position = comesTo(
          CNY,
          given.filter((one) => positionsOf(one).some((k) => positionName(k) === positionName(CNY))),
        );
        const { positionMinor, costMinor, realisedMinor } = position;
        const unrealised = unrealisedMinor(position, rate);
        const worth = unrealised + costMinor;
        const closing: Trade = positionMinor > 0n ? sells(positionMinor, worth) : buys(-positionMinor, -worth);
        fc.pre(positionMinor !== 0n && worth !== 0n);
        expect(afterTrade(position, closing)).toMatchObject({
          ...{ positionMinor: 0n, costMinor: 0n, realisedMinor: realisedMinor + unrealised },
        });
      }),
    );
  });
});

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The cost of the open CNY position in fractions, and how often something was closed. */
function exactCost(given: readonly Trade[]): { readonly cost: Fraction; readonly closings: number } {
  let position = 0n;
  let cost: Fraction = { numerator: 0n, denominator: 1n };
  let closings = 0;
  for (const one of given) {
    const [moved, other] = [movementOf('CNY', one), movementOf('KZT', one)];
    const next = position + moved;
    const { numerator, denominator } = cost;
    if (position === 0n || position > 0n === moved > 0n)
      cost = { numerator: numerator - other * denominator, denominator };
    else {
      closings += 1;
      // What stays open keeps its share; what is opened on the other side has its share of the trade.
      cost =
        next === 0n || next > 0n === position > 0n
          ? { numerator: numerator * next, denominator: denominator * position }
          : { numerator: -other * next, denominator: moved };
      if (cost.denominator < 0n) cost = { numerator: -cost.numerator, denominator: -cost.denominator };
    }
    position = next;
  }
  return { cost, closings };
}

describe('positions of a provider', () => {
  it('are apart from another’s', () => {
    const other = { ...buys(1n, 2n), providerBic: 'OTHRCN20' as Bic };
    const found: ReadonlyMap<string, Position> = afterTrades([buys(10n, 730n), other], () => undefined);
    expect(found.get(positionName(CNY))).toMatchObject({ positionMinor: 10n, tradeCount: 1 });
    expect(found.get(positionName({ ...CNY, providerBic: other.providerBic }))).toMatchObject({ positionMinor: 1n });
  });
});
