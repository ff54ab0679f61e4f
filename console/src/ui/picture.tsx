/**
 * A picture of boxes and links that one walks through: by arrow keys from box to box, by dragging, by zooming. Only what is
 * in sight is there, whatever the size of the picture.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { number, t } from '../i18n/index.js';
import { type Layout, type Link, type Place, type Point, type Step, stepFrom } from '../tree/layout.js';

export interface PictureProps {
  readonly label: string;
  readonly layout: Layout;
  readonly links: readonly Link[];
  readonly current: string;
  readonly onCurrent: (id: string) => void;
  /** A box's look, and what it is called. */
  readonly view: (id: string) => { readonly class: string; readonly label: string; readonly lines: readonly string[] };
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ZOOM_STEP = 1.25;
const ZOOM_MAX = 2;
const ZOOM_MIN = 0.02;
const WHOLE_ZOOM_MIN = 0.7;
const MARGIN = 24;
/** Pixels that a pointer may move and still have pressed a box. */
const PRESS_MAX = 4;
/** Below this zoom text can't be read, and isn't drawn. */
const TEXT_ZOOM_MIN = 0.4;

/** What is seen: the middle, in the measure of the picture, and pixels for each of its units. */
interface Camera extends Point {
  readonly zoom: number;
}

const BEGINNING: Camera = { x: 0, y: 0, zoom: 1 };

/** The size of an element as it is now. */
function useSize() {
  const element = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const svg = element.current;
    if (!svg) return;
    const look = () => setSize({ width: svg.clientWidth, height: svg.clientHeight });
    look();
    const resized = new ResizeObserver(look);
    resized.observe(svg);
    return () => resized.disconnect();
  }, []);
  return { element, ...size };
}

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const middleOf = ({ x, y, width, height }: Place): Point => ({ x: x + width / 2, y: y + height / 2 });

/** The camera moved so that a box is wholly in sight. */
function showing(camera: Camera, place: Place, width: number, height: number): Camera {
  const reach = (size: number, own: number) => Math.max(0, size / camera.zoom / 2 - own / 2 - MARGIN / camera.zoom);
  const [alongX, alongY] = [reach(width, place.width), reach(height, place.height)];
  const middle = middleOf(place);
  return {
    ...camera,
    x: within(camera.x, middle.x - alongX, middle.x + alongX),
    y: within(camera.y, middle.y - alongY, middle.y + alongY),
  };
}

/** All of a picture that can be read at once; of a larger one the part around a box, without what is beside the picture. */
function beginning(layout: Layout, place: Place | undefined, width: number, height: number): Camera {
  const whole = wholeOf(layout, width, height);
  if (!place || whole.zoom >= WHOLE_ZOOM_MIN) return whole;
  const along = (at: number, size: number, all: number) =>
    all + 2 * MARGIN < size ? all / 2 : within(at, size / 2 - MARGIN, all - size / 2 + MARGIN);
  const middle = middleOf(place);
  return { zoom: 1, x: along(middle.x, width, layout.width), y: along(middle.y, height, layout.height) };
}

function wholeOf(layout: Layout, width: number, height: number): Camera {
  const zoom = Math.min(width / (layout.width + 2 * MARGIN), height / (layout.height + 2 * MARGIN), 1);
  return { x: layout.width / 2, y: layout.height / 2, zoom: within(zoom, ZOOM_MIN, ZOOM_MAX) };
}

/** A smooth line through points, level at each of them. */
const curve = (points: readonly Point[]): string =>
  points
    .map(({ x, y }, i) => {
      const before = points[i - 1];
      if (!before) return `M${x} ${y}`;
      const bend = (x - before.x) / 2;
      return `C${before.x + bend} ${before.y} ${x - bend} ${y} ${x} ${y}`;
    })
    .join('');

/** Pulls the picture with a pointer; a press without a pull is none of its business. */
function useDragging(camera: Camera, move: (to: Camera) => void) {
  const start = useRef<{ readonly x: number; readonly y: number; readonly camera: Camera } | null>(null);
  const isPulled = useRef(false);
  return {
    isPulled,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      start.current = { x: event.clientX, y: event.clientY, camera };
      isPulled.current = false;
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons === 0) start.current = null;
      const from = start.current;
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (!isPulled.current && Math.hypot(x, y) <= PRESS_MAX) return;
      if (!isPulled.current) (event.currentTarget as Element).setPointerCapture(event.pointerId);
      isPulled.current = true;
      const { zoom } = from.camera;
      move({ zoom, x: from.camera.x - x / zoom, y: from.camera.y - y / zoom });
    },
    onPointerUp: () => {
      start.current = null;
    },
    onPointerCancel: () => {
      start.current = null;
    },
  };
}

export function Picture({ label, layout, links, current, onCurrent, view }: PictureProps) {
  const { element, width, height } = useSize();
  const [known, setCamera] = useState<Camera | null>(null);
  const camera = known ?? BEGINNING;
  const { isPulled, ...dragging } = useDragging(camera, setCamera);
  const isWalking = useRef(false);
  const place = layout.places.get(current);
  const isMeasured = width > 0;

  // A box that is gone to comes into sight; so does where one stands when the picture changes.
  useLayoutEffect(() => {
    if (!isMeasured) return;
    setCamera((before) => {
      if (before === null || !place) return beginning(layout, place, width, height);
      return showing(before, place, width, height);
    });
  }, [current, layout, width, height]);
  useEffect(() => {
    if (!isWalking.current) return;
    isWalking.current = false;
    element.current?.querySelector<SVGElement>('[aria-current=true]')?.focus({ preventScroll: true });
  }, [current]);

  const zoomTo = (zoom: number) => setCamera({ ...camera, zoom: within(zoom, ZOOM_MIN, ZOOM_MAX) });
  const showWhole = () => setCamera(wholeOf(layout, width, height));
  const pressed = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) {
      const next = stepFrom(layout, links, current, step);
      if (next !== null) {
        isWalking.current = true;
        onCurrent(next);
      }
    } else if (event.key === '+' || event.key === '=') zoomTo(camera.zoom * ZOOM_STEP);
    else if (event.key === '-') zoomTo(camera.zoom / ZOOM_STEP);
    else if (event.key === '0') showWhole();
    else return;
    event.preventDefault();
  };

  const [seenWidth, seenHeight] = [width / camera.zoom, height / camera.zoom];
  const [left, top] = [camera.x - seenWidth / 2, camera.y - seenHeight / 2];
  const isSeen = (x: number, y: number, toX: number, toY: number) =>
    toX >= left && x <= left + seenWidth && toY >= top && y <= top + seenHeight;
  const boxes = [...layout.places.values()].filter(
    (box) => box.id === current || isSeen(box.x, box.y, box.x + box.width, box.y + box.height),
  );
  const ways = links.flatMap((link) => {
    const points = layout.ways.get(link.id);
    if (!points) return [];
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    return isSeen(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)) ? [{ link, points }] : [];
  });
  const isReadable = camera.zoom >= TEXT_ZOOM_MIN;
  return (
    <div class="picture">
      <div class="picture-tools">
        <button type="button" onClick={() => zoomTo(camera.zoom / ZOOM_STEP)} aria-label={t('picture.out')}>
          −
        </button>
        <button type="button" onClick={() => zoomTo(camera.zoom * ZOOM_STEP)} aria-label={t('picture.in')}>
          +
        </button>
        <button type="button" onClick={showWhole}>
          {t('picture.whole')}
        </button>
        <span class="muted">{number(Math.round(camera.zoom * 100))} %</span>
        <span class="muted help">{t('picture.help')}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of boxes in a picture */}
      <svg
        ref={element}
        role="group"
        aria-label={label}
        viewBox={`${left} ${top} ${Math.max(1, seenWidth)} ${Math.max(1, seenHeight)}`}
        onKeyDown={pressed}
        {...dragging}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          zoomTo(camera.zoom * (event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP));
        }}
      >
        {known ? (
          <>
            {ways.map(({ link, points }) => (
              <path
                class={link.from === current || link.to === current ? 'way near' : 'way'}
                d={curve(points)}
                key={`way ${link.id}`}
              />
            ))}
            {boxes.map((box) => {
              const look = view(box.id);
              const isCurrent = box.id === current;
              return (
                // biome-ignore lint/a11y/useSemanticElements: a box in a picture is no button element
                <g
                  key={box.id}
                  class={`box ${look.class}`}
                  role="button"
                  tabindex={isCurrent ? 0 : -1}
                  aria-label={look.label}
                  aria-current={isCurrent}
                  transform={`translate(${box.x} ${box.y})`}
                  onClick={() => {
                    if (!isPulled.current) onCurrent(box.id);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' || event.key === ' ') {
                      event.preventDefault();
                      onCurrent(box.id);
                    }
                  }}
                >
                  <rect width={box.width} height={box.height} rx={box.height < 44 ? box.height / 2 : 6} />
                  {isReadable ? (
                    <text>
                      {look.lines.flatMap((line, i) => [
                        <tspan
                          x={14}
                          y={box.height / 2 + (i - (look.lines.length - 1) / 2) * 17 + 4}
                          class={i === 0 ? 'first' : ''}
                          key={line}
                        >
                          {line}
                        </tspan>,
                        // So that what is read out is words.
                        ' ',
                      ])}
                    </text>
                  ) : null}
                </g>
              );
            })}
          </>
        ) : null}
      </svg>
    </div>
  );
}
