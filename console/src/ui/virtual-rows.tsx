/** A table of any length of which only the rows in sight are there. Rows have one height. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface VirtualRowsProps<T> {
  readonly label: string;
  /** Of the list, which places its columns. */
  readonly class?: string;
  readonly columns: readonly { readonly name: string; readonly class: string }[];
  readonly rows: readonly T[];
  readonly rowHeight: number;
  readonly keyOf: (row: T) => string;
  /** The cells of a row, in the order of the columns; the first has the row's link. */
  readonly cells: (row: T) => readonly ComponentChildren[];
  readonly onOpen: (row: T) => void;
  /** There is more to be read, and the end comes near. */
  readonly onNearEnd?: () => void;
  /** Under the last row. */
  readonly foot?: ComponentChildren;
}

const SPARE = 8;

/** Where the table is in its rows, and how many fit. */
function useScroll(rowHeight: number) {
  const viewport = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [rowHeight]);
  return { viewport, ...seen };
}

export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { label, columns, rows, rowHeight, keyOf, cells, onOpen, onNearEnd, foot } = props;
  const { viewport, top, height } = useScroll(rowHeight);
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + SPARE);
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (onNearEnd && rows.length - last < 100) onNearEnd();
  }, [last, rows.length, onNearEnd]);

  /** Rows that come in above leave in sight what was there, unless the top is looked at. */
  const topKey = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = viewport.current;
    const before = topKey.current;
    const at = before === null ? -1 : rows.findIndex((row) => keyOf(row) === before);
    if (element && at > 0 && element.scrollTop > 0) element.scrollTop += at * rowHeight;
    topKey.current = rows[0] === undefined ? null : keyOf(rows[0]);
  }, [rows]);

  useEffect(() => {
    if (wanted.current === null) return;
    const link = viewport.current?.querySelector<HTMLElement>(`[aria-rowindex="${wanted.current + 2}"] a`);
    if (link) {
      wanted.current = null;
      link.focus({ preventScroll: true });
    }
  });

  const move = (event: KeyboardEvent) => {
    const element = viewport.current;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!element || step === undefined || rows.length === 0) return;
    event.preventDefault();
    const row = (event.target as Element).closest('[aria-rowindex]')?.getAttribute('aria-rowindex');
    const from = row ? Number(row) - 2 : step > 0 ? Math.ceil(top / rowHeight) - 1 : Math.ceil(top / rowHeight);
    const to = Math.min(rows.length - 1, Math.max(0, from + step));
    wanted.current = to;
    const above = to * rowHeight;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = above + rowHeight - element.clientHeight;
    const link = element.querySelector<HTMLElement>(`[aria-rowindex="${to + 2}"] a`);
    link?.focus({ preventScroll: true });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed, which a table element can't do
    <div
      class={`rows ${props.class ?? ''}`}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      onKeyDown={move}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" class="rows-head">
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a row is read, its link is focused */}
        <div role="row" class="row" aria-rowindex={1}>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <span role="columnheader" class={column.class} key={column.class}>
              {column.name}
            </span>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div role="rowgroup" class="rows-body" tabIndex={0} ref={viewport}>
        <div role="presentation" class="rows-space" style={{ height: `${rows.length * rowHeight}px` }}>
          {rows.slice(first, last).map((row, i) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row is for the keyboard
            <div
              role="row"
              class="row"
              key={keyOf(row)}
              aria-rowindex={first + i + 2}
              style={{ transform: `translateY(${(first + i) * rowHeight}px)`, height: `${rowHeight}px` }}
              onClick={(event) => {
                if (!(event.target as Element).closest('a, button')) onOpen(row);
              }}
            >
              {cells(row).map((cell, c) => (
                // biome-ignore lint/a11y/useSemanticElements: as above
                <span role="cell" class={columns[c]?.class} key={columns[c]?.class}>
                  {cell}
                </span>
              ))}
            </div>
          ))}
        </div>
        {foot}
      </div>
    </div>
  );
}
