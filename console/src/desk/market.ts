/**
 * What rate cards come to, written one way round: units of the quoted currency for one unit of the other. Exact, and
 * rounded as the desk rounds: the bid down, the ask up, to the 11 digits that a rate has.
 */
import Big from 'big.js';
import type { Card, NewCard, StoredCard, Tier } from './types.js';

/** How a pair is written: `CNY/KZT` is KZT for one CNY. */
export interface Way {
  readonly unit: string;
  readonly quoted: string;
}

/** What a provider gives for a unit, and what it wants for one; null: it doesn't trade that direction. */
export interface Sides {
  readonly bid: string | null;
  readonly ask: string | null;
}

export const NO_SIDES: Sides = { bid: null, ask: null };

const DIGITS = 11;
const DECIMALS = 10;
const EXACT_DECIMALS = 40;
const BPS_WHOLE = 10_000;

const Exact = Big();
Exact.DP = EXACT_DECIMALS;

/** A positive number with the digits of a rate; null where none is left. */
function rounded(value: Big, direction: 'down' | 'up'): string | null {
  const decimals = Math.min(DECIMALS, DIGITS - Math.max(value.e + 1, 0));
  if (decimals < 0 || value.lte(0)) return null;
  const rate = value.round(decimals, direction === 'down' ? Big.roundDown : Big.roundUp);
  return rate.eq(0) ? null : rate.toFixed();
}

/** A tier over a middle with this spread, in basis points of it. */
export function aroundMiddle(mid: string, spreadBps: string): Sides {
  const [middle, half] = [new Exact(mid), new Exact(spreadBps).div(2 * BPS_WHOLE)];
  return {
    bid: rounded(middle.times(new Exact(1).minus(half)), 'down'),
    ask: rounded(middle.times(half.plus(1)), 'up'),
  };
}

const tierSides = (card: Card | NewCard, { bid, ask, spreadBps }: Tier): Sides =>
  card.mid !== null && spreadBps !== null ? aroundMiddle(card.mid, spreadBps) : { bid, ask };

/** The tier for the least amounts and every bank. */
function baseTier({ tiers }: Card | NewCard): Tier | undefined {
  const open = tiers.filter(({ banks }) => banks.length === 0);
  return open.reduce<Tier | undefined>(
    (least, tier) => (least === undefined || new Exact(tier.amountFrom).lt(least.amountFrom) ? tier : least),
    undefined,
  );
}

/** One unit the other way round. */
export const inverse = (rate: string | null, direction: 'down' | 'up'): string | null =>
  rate === null ? null : rounded(new Exact(1).div(rate), direction);

/** A card's own prices for the least amounts, this way round. A cross has none of its own. */
export function sidesOf(card: Card | NewCard, { unit }: Way): Sides {
  const tier = baseTier(card);
  if (!tier) return NO_SIDES;
  const { bid, ask } = tierSides(card, tier);
  return card.unitCurrency === unit ? { bid, ask } : { bid: inverse(ask, 'down'), ask: inverse(bid, 'up') };
}

/** The way round in which a price is at least one; the market's own way for most pairs. */
export function wayOf(currencies: readonly [string, string], cards: readonly (Card | NewCard)[]): Way {
  const [a, b] = [...currencies].sort() as [string, string];
  const alphabetical: Way = { unit: a, quoted: b };
  for (const card of cards) {
    const { bid, ask } = sidesOf(card, alphabetical);
    const price = card.mid !== null && card.unitCurrency === a ? card.mid : (bid ?? ask);
    if (price !== null) return new Exact(price).gte(1) ? alphabetical : { unit: b, quoted: a };
  }
  return alphabetical;
}

export const middleOf = ({ bid, ask }: Sides): string | null => {
  if (bid === null || ask === null) return bid ?? ask;
  return new Exact(bid).plus(ask).div(2).toFixed();
};

/** The distance between both sides in basis points of their middle, two decimals; null where there is one side only. */
export function spreadOf({ bid, ask }: Sides): string | null {
  if (bid === null || ask === null) return null;
  const [low, high] = [new Exact(bid), new Exact(ask)];
  return high.minus(low).times(BPS_WHOLE).div(low.plus(high).div(2)).round(2).toFixed();
}

/** Both sides from the cards that stand: for each the newest card that has it. */
export function standingSides(
  cards: readonly StoredCard[],
  way: Way,
): Sides & { readonly cards: readonly StoredCard[] } {
  const newest = [...cards].sort((a, b) => Number(b.sequence) - Number(a.sequence));
  const serving = (side: keyof Sides) =>
    newest.find((card) => card.vehicle !== null || sidesOf(card, way)[side] !== null);
  const [bid, ask] = [serving('bid'), serving('ask')];
  return {
    bid: bid ? sidesOf(bid, way).bid : null,
    ask: ask ? sidesOf(ask, way).ask : null,
    cards: [...new Set([bid, ask].flatMap((card) => card ?? []))],
  };
}

const BPS_LIMIT = 2 * BPS_WHOLE;

/** A spread that is wider or narrower by `by` basis points; null where that is none. */
function widened(spreadBps: string, by: number): string | null {
  const spread = new Exact(spreadBps).plus(by).round(4);
  return spread.lt(0) || spread.gte(BPS_LIMIT) ? null : spread.toFixed();
}

function widenedTier(card: StoredCard, tier: Tier, by: number): Tier | null {
  if (tier.spreadBps !== null) {
    const spreadBps = widened(tier.spreadBps, by);
    return spreadBps === null ? null : { ...tier, spreadBps };
  }
  const [spread, middle] = [spreadOf(tierSides(card, tier)), middleOf(tier)];
  const wanted = spread === null ? null : widened(spread, by);
  return wanted === null || middle === null ? null : { ...tier, ...aroundMiddle(middle, wanted) };
}

const isPlain = ({ tiers, amountMax, validTo }: StoredCard): boolean =>
  tiers.length === 1 && tiers[0]?.banks.length === 0 && Number(tiers[0].amountFrom) === 0 && !amountMax && !validTo;

/**
 * The card that quotes the same middle with a spread wider (or, negative, narrower) by `by` basis points, in every tier.
 * Of two cards with one side each it makes one with both. Null where there is no spread to change, none would be left,
 * or the two have tiers or limits.
 */
export function requoted(cards: readonly StoredCard[], way: Way, by: number): NewCard | null {
  const standing = standingSides(cards, way);
  const [first, second] = standing.cards;
  if (!first) return null;
  const { provider, amountMax, validTo } = first;
  if (second) {
    // What only one of them says would be lost, or would hold for the other too.
    if (!standing.cards.every(isPlain)) return null;
    const [spread, mid] = [spreadOf(standing), middleOf(standing)];
    const wanted = spread === null ? null : widened(spread, by);
    const middle = mid === null ? null : rounded(new Exact(mid), 'down');
    if (wanted === null || middle === null) return null;
    const tiers = [{ amountFrom: '0', banks: [], bid: null, ask: null, spreadBps: wanted }];
    const own = { unitCurrency: way.unit, quotedCurrency: way.quoted, mid: middle, vehicle: null, tiers };
    return { provider, ...own, amountMax: null, validTo: null };
  }
  const tiers = first.tiers.map((tier) => widenedTier(first, tier, by));
  if (tiers.some((tier) => tier === null)) return null;
  const { unitCurrency, quotedCurrency, mid, vehicle } = first;
  return { provider, unitCurrency, quotedCurrency, mid, vehicle, tiers: tiers as Tier[], amountMax, validTo };
}

/** A price of a provider from a moment on, milliseconds, until its next one. */
export interface PricePoint extends Sides {
  readonly at: number;
}
export interface PriceSeries {
  readonly provider: string;
  readonly points: readonly PricePoint[];
}

/** The course of each provider's prices, oldest first, in the order of the providers' names. */
export function seriesOf(history: readonly StoredCard[], way: Way): PriceSeries[] {
  const providers = [...new Set(history.map(({ provider }) => provider))].sort();
  return providers.map((provider) => ({ provider, points: pointsOf(history, provider, way) }));
}

function pointsOf(history: readonly StoredCard[], provider: string, way: Way): PricePoint[] {
  const own = history
    .filter((card) => card.provider === provider)
    .sort((a, b) => Number(a.sequence) - Number(b.sequence));
  const points: PricePoint[] = [];
  let standing: Sides = NO_SIDES;
  for (const card of own) {
    const { bid, ask } = sidesOf(card, way);
    const at = Math.max(Date.parse(card.setAt), Date.parse(card.validFrom ?? card.setAt));
    // A card with one side leaves the other one as it was.
    standing = { bid: bid ?? standing.bid, ask: ask ?? standing.ask };
    if (standing.bid !== null || standing.ask !== null) points.push({ at, ...standing });
  }
  return points.sort((a, b) => a.at - b.at);
}
