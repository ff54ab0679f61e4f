/** Small parts that every page uses. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ApiError, Money, Status } from '../api.js';
import { amount, codeText, duration, shortTime, t, time } from '../i18n/index.js';

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

/** A table of few rows, which a narrow screen scrolls sideways. */
export const Table = ({
  label,
  head,
  children,
}: {
  label: string;
  head: readonly string[];
  children: ComponentChildren;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  // biome-ignore lint/a11y/useSemanticElements: it is no group of fields
  <div class="scroll-x" tabIndex={0} role="group" aria-label={label}>
    <table>
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
  </div>
);

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
