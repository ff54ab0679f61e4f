/** What the desk's page makes of rate cards: both sides one way round, a spread changed by one click, the course of prices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../console/src/csv.js';
import {
  aroundMiddle,
  requoted,
  seriesOf,
  sidesOf,
  spreadOf,
  standingSides,
  wayOf,
} from '../../console/src/desk/market.js';
import { priceAt, rangeOf, stepLine, ticksOf, timeTicksOf, within } from '../../console/src/desk/scale.js';
import type { StoredCard, Tier } from '../../console/src/desk/types.js';
import type { Bic } from '../../src/kernel/ids.js';
import type { Rate } from '../../src/pvp/conversion.js';
import { checkCard, providerPrice, rateBook } from '../../src/pvp/rates.js';

const WAY = { unit: 'CNY', quoted: 'KZT' };
const TIER: Tier = { amountFrom: '0', banks: [], bid: null, ask: null, spreadBps: null };
let sequence = 0;

function card(changes: Partial<StoredCard>): StoredCard {
  sequence += 1;
  const at = new Date(1_790_000_000_000 + sequence * 1_000).toISOString();
  return {
    ...{ provider: 'OTKLKZ20', unitCurrency: 'CNY', quotedCurrency: 'KZT', mid: null, vehicle: null, amountMax: null },
    ...{ tiers: [TIER], validFrom: at, validTo: null, sequence: String(sequence) },
    ...{ asOf: at, setAt: at, setBy: 'desk', approvedBy: null, ...changes },
  };
}
const spreadCard = (mid: string, spreadBps: string, changes: Partial<StoredCard> = {}) =>
  card({ mid, tiers: [{ ...TIER, spreadBps }], ...changes });
const oneWay = (unitCurrency: string, quotedCurrency: string, bid: string) =>
  card({ unitCurrency, quotedCurrency, tiers: [{ ...TIER, bid }] });

describe('both sides of a card', () => {
  it('a spread around a middle, as the desk rounds it', () => {
    expect(aroundMiddle('73.5', '40')).toEqual({ bid: '73.353', ask: '73.647' });
    expect(sidesOf(spreadCard('73.5', '40'), WAY)).toEqual({ bid: '73.353', ask: '73.647' });
  });

  it('the other way round: bid and ask change places, rounded against the payer', () => {
    const inverse = sidesOf(spreadCard('73.5', '40'), { unit: 'KZT', quoted: 'CNY' });
    expect(inverse).toEqual({ bid: '0.0135782856', ask: '0.0136327076' });
  });

  it('the tier for the least amount and every bank counts', () => {
    const tiers = [
      { ...TIER, amountFrom: '1000.00', bid: '73.4', ask: '73.6' },
      { ...TIER, banks: ['DALAKZ20'], bid: '73.5', ask: '73.5' },
      { ...TIER, bid: '73', ask: '74' },
    ];
    expect(sidesOf(card({ tiers }), WAY)).toEqual({ bid: '73', ask: '74' });
  });

  it('of two cards with one side each, both', () => {
    const cards = [oneWay('KZT', 'CNY', '0.0135'), oneWay('CNY', 'KZT', '73.2')];
    expect(wayOf(['CNY', 'KZT'], cards)).toEqual(WAY);
    expect(wayOf(['KZT', 'CNY'], [])).toEqual(WAY);
    expect(standingSides(cards, WAY)).toMatchObject({ bid: '73.2', ask: '74.074074075' });
  });

  it('of two cards with the same side the newer', () => {
    const cards = [spreadCard('73.5', '40'), oneWay('CNY', 'KZT', '73.3')];
    expect(standingSides(cards, WAY)).toMatchObject({ bid: '73.3', ask: '73.647' });
  });

  it('what the page shows is what the desk quotes', () => {
    const mids = fc.integer({ min: 1, max: 99_999_999 }).map((n) => String(n / 10_000));
    const spreads = fc.integer({ min: 0, max: 19_999 }).map(String);
    fc.assert(
      fc.property(mids, spreads, (mid, spreadBps) => {
        const stored = spreadCard(mid, spreadBps);
        const rateCard = {
          ...{ providerBic: 'OTKLKZ20' as Bic, unitCurrency: 'CNY', quotedCurrency: 'KZT', mid: mid as Rate },
          ...{ vehicle: null, tiers: [{ ...TIER, banks: [], bid: null, ask: null, spreadBps }], amountMax: null },
          ...{ validFrom: 0, validTo: null },
        };
        fc.pre(checkCard(rateCard).ok);
        const book = rateBook(
          [{ sequence: 1, card: rateCard, asOf: 0, setAt: 0, setBy: 'desk', approvedBy: null }],
          1,
          1_000,
        );
        const quote = (sourceCurrency: string, targetCurrency: string) => {
          const price = providerPrice(book, {
            ...{ providerBic: 'OTKLKZ20' as Bic, requesterBic: 'ALTNKZ20' as Bic, sourceCurrency, targetCurrency },
            ...{ fixedSide: 'source', amountMinor: 10n ** 11n },
          });
          return price.ok ? price.value.rate : null;
        };
        const { bid, ask } = sidesOf(stored, WAY);
        const [gives, takes] = [quote('CNY', 'KZT'), quote('KZT', 'CNY')];
        if (gives !== null) expect(gives).toBe(bid);
        if (takes !== null) expect(takes).toBe(sidesOf(stored, { unit: 'KZT', quoted: 'CNY' }).bid);
        fc.pre(gives !== null || takes !== null);
        expect(ask === null || Number(ask) >= Number(mid)).toBe(true);
      }),
    );
  });
});

describe('one click on the spread', () => {
  it.each([
    [5, '45'],
    [-5, '35'],
    [-40, '0'],
  ])('by %d: the middle and all tiers stay, each spread changes', (by, wanted) => {
    const tiers = [
      { ...TIER, spreadBps: '40' },
      { ...TIER, amountFrom: '1000.00', spreadBps: '60' },
    ];
    const before = card({ mid: '73.5', tiers, amountMax: '50000.00' });
    expect(requoted([before], WAY, by)).toMatchObject({
      ...{ mid: '73.5', amountMax: '50000.00', provider: 'OTKLKZ20' },
      tiers: [
        { amountFrom: '0', spreadBps: wanted },
        { amountFrom: '1000.00', spreadBps: String(60 + by) },
      ],
    });
  });

  it('a card with sides of its own keeps their middle', () => {
    const before = card({ tiers: [{ ...TIER, bid: '73', ask: '74' }] });
    const after = requoted([before], WAY, 5);
    expect(after?.mid).toBeNull();
    expect(Number(spreadOf(sidesOf(after!, WAY))) - Number(spreadOf(sidesOf(before, WAY)))).toBeCloseTo(5, 1);
  });

  it('a cross keeps its vehicle', () => {
    const before = card({ vehicle: 'USD', tiers: [{ ...TIER, spreadBps: '20' }] });
    expect(requoted([before], WAY, 1)).toMatchObject({ vehicle: 'USD', mid: null, tiers: [{ spreadBps: '21' }] });
  });

  it('two cards with one side each become one with both', () => {
    const after = requoted([oneWay('KZT', 'CNY', '0.0135'), oneWay('CNY', 'KZT', '73.2')], WAY, 0);
    expect(after).toMatchObject({ unitCurrency: 'CNY', quotedCurrency: 'KZT', mid: '73.637037037' });
    expect(after?.tiers).toMatchObject([{ spreadBps: '118.7' }]);
  });

  it('not below nothing, not without a spread, and not where something would be lost', () => {
    expect(requoted([spreadCard('73.5', '4')], WAY, -5)).toBeNull();
    expect(requoted([oneWay('CNY', 'KZT', '73.2')], WAY, 5)).toBeNull();
    expect(requoted([], WAY, 5)).toBeNull();
    const limited = { ...oneWay('KZT', 'CNY', '0.0135'), amountMax: '1000.00' };
    expect(requoted([limited, oneWay('CNY', 'KZT', '73.2')], WAY, 5)).toBeNull();
  });

  it('gives a card that the desk takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 6, max: 5_000 }), (mid, spread) => {
        const after = requoted([spreadCard(String(mid / 1_000), String(spread))], WAY, -5);
        expect(after?.tiers[0]?.spreadBps).toBe(String(spread - 5));
      }),
    );
  });
});

describe('the course of prices', () => {
  it('each provider for itself; a card with one side leaves the other', () => {
    const history = [
      spreadCard('73.5', '40'),
      spreadCard('73.1', '40', { provider: 'SILKCN20' }),
      oneWay('CNY', 'KZT', '73.4'),
    ];
    const series = seriesOf([...history].reverse(), WAY);
    expect(series.map(({ provider, points }) => [provider, points.map(({ bid, ask }) => [bid, ask])])).toEqual([
      [
        'OTKLKZ20',
        [
          ['73.353', '73.647'],
          ['73.4', '73.647'],
        ],
      ],
      ['SILKCN20', [['72.9538', '73.2462']]],
    ]);
  });

  const points = [
    { at: 100, bid: '73', ask: '74' },
    { at: 200, bid: '73.5', ask: null },
    { at: 300, bid: '72', ask: '73' },
  ];

  it('what held when the chart begins is drawn from there', () => {
    expect(within(points, 150, 250)).toEqual([{ ...points[0], at: 150 }, points[1]]);
    expect(within(points, 200, 250)).toEqual([points[1]]);
    expect(priceAt(points, 250)).toEqual(points[1]);
    expect(priceAt(points, 50)).toBeUndefined();
  });

  it('in steps, with a gap where there is no price', () => {
    const same = (value: number) => value;
    expect(stepLine(points, 'bid', 400, same, same)).toBe('M100.0 73.0H200.0L200.0 73.5H300.0L300.0 72.0H400.0');
    expect(stepLine(points, 'ask', 400, same, same)).toBe('M100.0 74.0H200.0M300.0 73.0H400.0');
  });

  it('a range has room, and round ticks', () => {
    const [low, high] = rangeOf(points)!;
    expect([low < 72, high > 74]).toEqual([true, true]);
    expect(rangeOf([])).toBeNull();
    expect(ticksOf(72.1, 74.2, 5)).toEqual([72.5, 73, 73.5, 74]);
    expect(ticksOf(0.01343, 0.01357, 4)).toEqual([0.01345, 0.0135, 0.01355]);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        (a, r) => {
          const ticks = ticksOf(a, a * (1 + r), 5);
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(6);
        },
      ),
    );
  });

  it('times are on the hour of the place', () => {
    const hour = 3_600_000;
    const from = Date.UTC(2026, 10, 22, 4, 10);
    expect(timeTicksOf(from, from + 6 * hour, 3, 5 * hour)).toEqual([
      Date.UTC(2026, 10, 22, 7),
      Date.UTC(2026, 10, 22, 10),
    ]);
  });
});

describe('comma-separated values', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+7', "'+7"],
    ['-x', "'-x"],
    ['-12.50', '-12.50'],
    ['@cmd', "'@cmd"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['a,b', '"a,b"'],
    ['OTKLKZ20', 'OTKLKZ20'],
  ])('%s', (text, written) => {
    expect(csv([[text]])).toBe(`\ufeff${written}\r\n`);
  });
});
