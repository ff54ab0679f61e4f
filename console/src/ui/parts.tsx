/** Small parts that every page uses. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiError, Money, Status } from '../api.js';
import { amount, codeText, duration, shortTime, t, time } from '../i18n/index.js';
import type { Pages, Resource } from '../resource.js';

const TONE: Readonly<Record<Status, string>> = {
  ACTC: 'busy',
  PDNG: 'warn',
  ACSC: 'good',
  ACCC: 'good',
  RJCT: 'bad',
};

export const StatusBadge = ({ status }: { status: Status }) => (
  <span class={`badge ${TONE[status]}`} title={codeText('status', status)}>
    {status}
  </span>
);

export const Badge = ({ tone, children }: { tone: string; children: ComponentChildren }) => (
  <span class={`badge ${tone}`}>{children}</span>
);

export const Amount = ({ money }: { money: Money | null }) =>
  money ? (
    <span class="amount">
      {amount(money.amount)} <small>{money.currency}</small>
    </span>
  ) : (
    <span class="muted">–</span>
  );

export const At = ({ iso, whole = false }: { iso: string; whole?: boolean }) => (
  <time dateTime={iso} title={time(iso)}>
    {whole ? time(iso) : shortTime(iso)}
  </time>
);

export const Took = ({ from, to }: { from: string; to: string | null }) =>
  to === null ? <span class="muted">…</span> : <span>{duration(Date.parse(to) - Date.parse(from))}</span>;

/** An id, whole for whoever copies it. */
export function Id({ text, short }: { text: string; short?: number }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  return (
    <span class="id">
      <code title={text}>{short && text.length > short ? `${text.slice(0, short)}…` : text}</code>
      <button type="button" class="plain" onClick={copy} aria-label={t('copy', { what: text })}>
        {isCopied ? (
          '✓'
        ) : (
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M5 5h9v9H5z M2 11V2h9" />
          </svg>
        )}
      </button>
    </span>
  );
}

/** What went wrong, and what to do about it. */
export function Problem({ error, retry }: { error: ApiError; retry?: () => void }) {
  const [head, hint] =
    error.code === 'OFFLINE'
      ? ([t('problem.offline'), t('problem.offline.hint')] as const)
      : ([
          error.status === 403
            ? t('problem.forbidden')
            : error.status === 404
              ? t('problem.notFound')
              : t('problem.refused'),
          error.status === 403
            ? t('problem.forbidden.hint')
            : error.retry === 'never'
              ? t('problem.never.hint')
              : t('problem.later.hint'),
        ] as const);
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{head}</strong> {error.message} <code>{error.code}</code>
      </p>
      <p>{hint}</p>
      {retry ? (
        <button type="button" onClick={retry}>
          {t('again')}
        </button>
      ) : null}
    </div>
  );
}

/** Nothing there, and what to do about it. */
export const Empty = ({ what, hint }: { what: string; hint: string }) => (
  <div class="empty">
    <p>
      <strong>{what}</strong>
    </p>
    <p>{hint}</p>
  </div>
);

/** That something is awaited, once it takes long enough to be noticed. */
export function Loading() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="loading" role="status">
      {isLong ? t('loading') : ''}
    </p>
  );
}

/** A titled part of a page. */
export const Panel = ({ title, actions, children, wide }: PanelProps) => (
  <section class={wide ? 'panel wide' : 'panel'} aria-label={title}>
    <header>
      <h2>{title}</h2>
      {actions}
    </header>
    {children}
  </section>
);
interface PanelProps {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}

/** A table of few rows. On a narrow screen each row is a card, whose cells have the names of their columns before them. */
export function Table({
  label,
  head,
  children,
}: {
  label: string;
  head: readonly string[];
  children: ComponentChildren;
}) {
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    const numeric = new Set<number>();
    for (const row of table.current?.tBodies[0]?.rows ?? [])
      for (const cell of row.cells) {
        cell.dataset.label = head[cell.cellIndex] ?? '';
        if (cell.classList.contains('num')) numeric.add(cell.cellIndex);
      }
    for (const cell of table.current?.tHead?.rows[0]?.cells ?? [])
      cell.classList.toggle('num', numeric.has(cell.cellIndex));
  });
  return (
    <table ref={table} aria-label={label}>
      <thead>
        <tr>
          {head.map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** A form of one field that leads somewhere; what is wrong in it is said under it. */
export function LookUp({ id, label, fault, clean = (text) => text.trim(), size, onGo, children }: LookUpProps) {
  const [text, setText] = useState('');
  const given = clean(text);
  const said = text === '' ? null : fault(given);
  return (
    <form
      class="filter"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '' && said === null) onGo(given);
      }}
    >
      {children}
      <div class="field">
        <label for={id}>{label}</label>
        <input
          id={id}
          value={text}
          size={size}
          maxLength={140}
          autoComplete="off"
          spellcheck={false}
          aria-invalid={said !== null}
          aria-describedby={`fault-${id}`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span id={`fault-${id}`} class="fault" role="alert">
          {said}
        </span>
      </div>
      <button type="submit" disabled={given === '' || said !== null}>
        {t('show')}
      </button>
    </form>
  );
}
interface LookUpProps {
  readonly id: string;
  readonly label: string;
  /** What is wrong with what was given, or null. */
  readonly fault: (given: string) => string | null;
  readonly clean?: (text: string) => string;
  readonly size?: number;
  readonly onGo: (given: string) => void;
  /** Fields before this one. */
  readonly children?: ComponentChildren;
}

/** Leads on where a list has more. */
export const More = ({ pages }: { pages: Pick<Pages<unknown>, 'rows' | 'next' | 'isLoading' | 'isFull' | 'more'> }) =>
  pages.next === null ? null : pages.isFull ? (
    <p class="muted">{t('more.full', { n: pages.rows.length })}</p>
  ) : (
    <button type="button" class="more" disabled={pages.isLoading} onClick={pages.more}>
      {pages.isLoading ? t('loading') : t('more')}
    </button>
  );

/** What was read, or that it is being read, or why it could not be. */
export function Shown<T>({ of, children }: { of: Resource<T>; children: (data: T) => ComponentChildren }) {
  const { data, error, reload } = of;
  return (
    <>
      {error ? <Problem error={error} retry={reload} /> : null}
      {data === null ? error ? null : <Loading /> : children(data)}
    </>
  );
}

/** Gives the user a file made here. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** True while the media query holds. */
export function useMedia(query: string): boolean {
  const [isMatching, setMatching] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setMatching(media.matches);
    look();
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, [query]);
  return isMatching;
}
