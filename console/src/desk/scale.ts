/** Where things are in a chart of prices over time. */
import type { PricePoint, Sides } from './market.js';

/** The least round step that leaves at most `count` steps in a range. */
export function roundStep(range: number, count: number): number {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Round values that a range has, at most `count` and one. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const step = roundStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const ticks: number[] = [];
  for (let i = first; i * step <= high + step * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  ...[SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
];

/** Moments on the hour, minute or day of the place with this offset from UTC, milliseconds. */
export function timeTicksOf(from: number, to: number, count: number, offsetMs: number): number[] {
  const step = TIME_STEPS.find((one) => (to - from) / one <= count) ?? Math.ceil((to - from) / count / DAY) * DAY;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + offsetMs) / step) * step - offsetMs; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** The prices that hold between two moments: the one that held at the first moment begins there. */
export function within(points: readonly PricePoint[], from: number, to: number): PricePoint[] {
  const before = points.filter(({ at }) => at < from).at(-1);
  const inside = points.filter(({ at }) => at >= from && at <= to);
  return before === undefined || inside[0]?.at === from ? inside : [{ ...before, at: from }, ...inside];
}

/** The price that holds at a moment. */
export const priceAt = (points: readonly PricePoint[], at: number): PricePoint | undefined =>
  points.filter((point) => point.at <= at).at(-1);

/** The least and the greatest price, with room above and below; null where there is none. */
export function rangeOf(points: readonly PricePoint[]): readonly [low: number, high: number] | null {
  const prices = points.flatMap(({ bid, ask }) => [bid, ask].flatMap((side) => (side === null ? [] : [Number(side)])));
  if (prices.length === 0) return null;
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const room = Math.max((high - low) * 0.08, high * 0.0005);
  return [low - room, high + room];
}

type Scale = (value: number) => number;

/** A line of one side in steps: each price holds until the next; the last one until `to`. */
export function stepLine(points: readonly PricePoint[], side: keyof Sides, to: number, x: Scale, y: Scale): string {
  let line = '';
  points.forEach((point, i) => {
    const price = point[side];
    if (price === null) return;
    const level = y(Number(price)).toFixed(1);
    const end = points[i + 1]?.at ?? to;
    const isJoined = i > 0 && points[i - 1]?.[side] != null;
    line += `${isJoined ? 'L' : 'M'}${x(point.at).toFixed(1)} ${level}H${x(end).toFixed(1)}`;
  });
  return line;
}
