/** The course of bid and ask of each provider, drawn in steps; the keyboard and the pointer read it off. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { roundTime, shortTime, t } from '../i18n/index.js';
import type { PriceSeries, Way } from './market.js';
import { Price } from './parts.js';
import { priceAt, rangeOf, stepLine, ticksOf, timeTicksOf, within } from './scale.js';

const HEIGHT = 220;
const EDGE = { top: 8, right: 12, bottom: 22, left: 62 } as const;
const TICK_WIDTH = 100;
const PRICE_TICKS = 5;

export interface PriceChartProps {
  readonly series: readonly PriceSeries[];
  readonly way: Way;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** The element's width, as it is laid out. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(240, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

/** What each provider asked at a moment, in words. */
function Readout({ series, at }: { series: readonly PriceSeries[]; at: number }) {
  return (
    <p class="readout" role="status">
      <time>{shortTime(new Date(at).toISOString())}</time>
      {series.map(({ provider, points }, i) => {
        const price = priceAt(points, at);
        return (
          <span key={provider}>
            <svg class={`key s${i % 6}`} viewBox="0 0 18 8" aria-hidden="true">
              <path d="M0 4H18" />
            </svg>
            {provider} <Price rate={price?.bid ?? null} /> / <Price rate={price?.ask ?? null} />
          </span>
        );
      })}
      <span class="muted">{t('chart.legend')}</span>
    </p>
  );
}

export function PriceChart({ series, way, from, to }: PriceChartProps) {
  const { element, width } = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const seen = series.map(({ provider, points }) => ({ provider, points: within(points, from, to) }));
  const range = rangeOf(seen.flatMap(({ points }) => points));
  if (range === null) return <p class="muted">{t('chart.none')}</p>;
  const [low, high] = range;
  const [right, bottom] = [width - EDGE.right, HEIGHT - EDGE.bottom];
  const x = (at: number) => EDGE.left + ((at - from) / (to - from)) * (right - EDGE.left);
  const y = (price: number) => bottom - ((price - low) / (high - low)) * (bottom - EDGE.top);
  const moments = [...new Set([...seen.flatMap(({ points }) => points.map(({ at }) => at)), to])].sort((a, b) => a - b);
  const at = cursor !== null && cursor >= from && cursor <= to ? cursor : to;
  const move = (event: KeyboardEvent) => {
    const place = moments.findLastIndex((one) => one <= at);
    const wanted = {
      ArrowLeft: moments[at > (moments[place] ?? 0) ? place : place - 1],
      ArrowRight: moments[place + 1],
    }[event.key];
    const end = { Home: moments[0], End: moments.at(-1) }[event.key];
    const next = wanted ?? end;
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
  };
  const point = (event: PointerEvent) => {
    const left = event.clientX - (element.current?.getBoundingClientRect().left ?? 0);
    const share = (left - EDGE.left) / (right - EDGE.left);
    setCursor(from + Math.min(1, Math.max(0, share)) * (to - from));
  };
  const offsetMs = -new Date(to).getTimezoneOffset() * 60_000;
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: it is no group of fields */}
      <div
        class="chart"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the chart off
        tabIndex={0}
        role="group"
        aria-label={t('chart.label', { unit: way.unit, quoted: way.quoted })}
        ref={element}
        onKeyDown={move}
        onPointerMove={point}
        onPointerLeave={() => setCursor(null)}
      >
        <svg viewBox={`0 0 ${width} ${HEIGHT}`} height={HEIGHT} width={width} aria-hidden="true">
          {ticksOf(low, high, PRICE_TICKS).map((price) => (
            <g key={price}>
              <path class="grid" d={`M${EDGE.left} ${y(price).toFixed(1)}H${right}`} />
              <text x={EDGE.left - 6} y={y(price) + 4} text-anchor="end">
                {price}
              </text>
            </g>
          ))}
          {timeTicksOf(from, to, Math.max(1, Math.floor((right - EDGE.left) / TICK_WIDTH)), offsetMs).map((tick) => (
            <g key={tick}>
              <path class="grid" d={`M${x(tick).toFixed(1)} ${EDGE.top}V${bottom}`} />
              <text x={Math.min(x(tick), right - 28)} y={HEIGHT - 6} text-anchor="middle">
                {roundTime(tick)}
              </text>
            </g>
          ))}
          {seen.map(({ provider, points }, i) => (
            <g class={`s${i % 6}`} key={provider}>
              <path d={stepLine(points, 'bid', to, x, y)} />
              <path class="ask" d={stepLine(points, 'ask', to, x, y)} />
            </g>
          ))}
          <path class="cursor" d={`M${x(at).toFixed(1)} ${EDGE.top}V${bottom}`} />
        </svg>
      </div>
      <Readout series={series} at={at} />
    </div>
  );
}
