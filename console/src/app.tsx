/** The frame: navigation, connection, language, colours, shortcuts; and which page is in it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { waiting } from './api.js';
import { Desk } from './desk/desk.js';
import { t } from './i18n/index.js';
import { liveState } from './live.js';
import { Doubts } from './pages/doubts.js';
import { Health } from './pages/health.js';
import { Ledgers } from './pages/ledgers.js';
import { Payment } from './pages/payment.js';
import { Payments } from './pages/payments.js';
import { SignIn } from './pages/sign-in.js';
import { go, href, place } from './route.js';
import { may, type Session, session, signOut } from './session.js';
import { isDark, LANGUAGES, type Language, language, theme, toggleTheme } from './settings.js';
import { Empty } from './ui/parts.js';

const PAGES = [
  { path: 'payments', key: 'p', isFor: may.listPayments },
  { path: 'desk', key: 'f', isFor: may.seeDesk },
  { path: 'doubts', key: 'd', isFor: may.seeDoubts },
  { path: 'ledgers', key: 'l', isFor: () => true },
  { path: 'health', key: 'h', isFor: may.seeHealth },
] as const;
type PagePath = (typeof PAGES)[number]['path'];

const pagesOf = ({ me }: Session) => PAGES.filter(({ isFor }) => isFor(me));

function Page({ current }: { current: Session }) {
  const [first, second] = place.value.path;
  const pages = pagesOf(current);
  const path: PagePath | undefined =
    first === undefined ? pages[0]?.path : pages.find((page) => page.path === first)?.path;
  switch (path) {
    case 'payments':
      return second === undefined ? <Payments /> : <Payment uetr={second} key={second} />;
    case 'desk':
      return <Desk />;
    case 'doubts':
      return <Doubts />;
    case 'ledgers':
      return <Ledgers code={second} />;
    case 'health':
      return <Health />;
    case undefined:
      return (
        <main id="main" class="page" tabIndex={-1}>
          <h1>{t('page.none')}</h1>
          <Empty what={t('page.none.what')} hint={t('page.none.hint')} />
        </main>
      );
  }
}

/** Shown once something has been awaited for a while. */
function Progress() {
  const [isLong, setLong] = useState(false);
  const isWaiting = waiting.value > 0;
  useEffect(() => {
    if (!isWaiting) {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), 600);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLong ? <div class="progress" role="progressbar" aria-label={t('loading')} /> : null;
}

const Connection = () => (
  <span class={`connection ${liveState.value}`} role="status">
    <span aria-hidden="true" class="dot" /> {t(`live.${liveState.value}`)}
  </span>
);

const LanguageField = () => (
  <select
    class="language"
    aria-label={t('language')}
    value={language.value}
    onChange={(event) => {
      language.value = event.currentTarget.value as Language;
    }}
  >
    {Object.entries(LANGUAGES).map(([code, name]) => (
      <option value={code} key={code}>
        {name}
      </option>
    ))}
  </select>
);

/** Reads the theme so that its label follows it. */
const ThemeButton = () => (
  <button
    type="button"
    class="plain"
    onClick={toggleTheme}
    aria-label={t('theme')}
    title={t('theme')}
    data-theme-now={theme.value}
  >
    {isDark() ? '☀' : '☾'}
  </button>
);

function Shortcuts({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const current = session.value;
  const rows: readonly (readonly [string, string])[] = [
    ['?', t('keys.help')],
    ['/', t('keys.search')],
    ['j / k', t('keys.rows')],
    ...(current ? pagesOf(current).map(({ path, key }) => [`g ${key}`, t(`nav.${path}`)] as const) : []),
    ['t', t('theme')],
    ['Esc', t('keys.close')],
  ];
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <h2 id="keys-title">{t('keys.title')}</h2>
      <dl class="facts">
        {rows.map(([keys, what]) => (
          <>
            <dt key={keys}>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="primary">
          {t('close')}
        </button>
      </form>
    </dialog>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

/** Keys of the whole page; `g` waits for the next one. */
function useShortcuts(showHelp: () => void): void {
  useEffect(() => {
    let isGoing = false;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !session.value) return;
      const wasGoing = isGoing;
      isGoing = event.key === 'g';
      const page = wasGoing ? pagesOf(session.value).find(({ key }) => key === event.key) : undefined;
      if (page) go([page.path]);
      else if (event.key === '?') showHelp();
      else if (event.key === 't') toggleTheme();
      else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('input[type=search], main input');
        if (!field) return;
        field.focus();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

function Frame({ current }: { current: Session }) {
  const [isHelpShown, setHelpShown] = useState(false);
  useShortcuts(() => setHelpShown(true));
  const first = place.value.path[0] ?? pagesOf(current)[0]?.path;
  const where = place.value.path.join('/');
  useEffect(() => {
    const page = PAGES.find(({ path }) => path === first);
    document.title = page ? `${t(`nav.${page.path}`)} · Otkel` : 'Otkel';
  }, [first, language.value]);
  // A page that is gone to is read from its beginning.
  const wasAt = useRef(where);
  useEffect(() => {
    if (wasAt.current !== where) document.getElementById('main')?.focus();
    wasAt.current = where;
  }, [where]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {t('skip')}
      </button>
      <header class="top">
        <Progress />
        <a class="brand" href={href([])}>
          Otkel
        </a>
        <nav aria-label={t('nav')}>
          {pagesOf(current).map(({ path }) => (
            <a href={href([path])} aria-current={path === first ? 'page' : undefined} key={path}>
              {t(`nav.${path}`)}
            </a>
          ))}
        </nav>
        <Connection />
        <span class="who" title={`${current.me.name} · ${current.me.keyId}`}>
          <strong>{current.me.bic}</strong> {t(`role.${current.me.role}`)}
        </span>
        <span class="tools">
          <LanguageField />
          <ThemeButton />
          <button
            type="button"
            class="plain"
            onClick={() => setHelpShown(true)}
            aria-label={t('keys.title')}
            title={t('keys.title')}
          >
            ?
          </button>
          <button type="button" onClick={signOut}>
            {t('signOut')}
          </button>
        </span>
      </header>
      {liveState.value === 'lost' ? (
        <p class="lost" role="alert">
          {t('live.lost.hint')}
        </p>
      ) : null}
      <Page current={current} />
      {isHelpShown ? <Shortcuts onClose={() => setHelpShown(false)} /> : null}
    </>
  );
}

export function App() {
  const current = session.value;
  useEffect(() => {
    if (!current) document.title = 'Otkel';
  }, [current]);
  if (current) return <Frame current={current} />;
  return (
    <>
      <header class="top bare">
        <span class="tools">
          <LanguageField />
          <ThemeButton />
        </span>
      </header>
      <SignIn />
    </>
  );
}
