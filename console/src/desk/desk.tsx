/** The page of the FX desk, part by part. */
import { t } from '../i18n/index.js';
import { href, place } from '../route.js';
import { may, useSession } from '../session.js';
import './desk.css';
import { LimitsPage } from './limits.js';
import { Positions } from './positions.js';
import { Queue } from './queue.js';
import { Quote } from './quote.js';
import { Quotes } from './quotes.js';
import { Rates } from './rates.js';

const TABS = [
  { tab: 'rates', isFor: may.seeDesk },
  { tab: 'quotes', isFor: may.seeDesk },
  { tab: 'positions', isFor: may.seeDesk },
  { tab: 'limits', isFor: may.seeDesk },
  { tab: 'queue', isFor: may.seeQueue },
] as const;
type Tab = (typeof TABS)[number]['tab'];

function Part({ tab, id }: { tab: Tab; id: string | undefined }) {
  switch (tab) {
    case 'rates':
      return <Rates />;
    case 'quotes':
      return id === undefined ? <Quotes /> : <Quote quoteId={id} key={id} />;
    case 'positions':
      return <Positions />;
    case 'limits':
      return <LimitsPage />;
    case 'queue':
      return <Queue />;
  }
}

export function Desk() {
  const [, second, third] = place.value.path;
  const { me } = useSession();
  const tabs = TABS.filter(({ isFor }) => isFor(me)).map(({ tab: one }) => one);
  const tab = tabs.find((one) => one === second) ?? 'rates';
  const isList = tab === 'quotes' && third === undefined;
  return (
    <main id="main" class={isList ? 'page fill' : 'page'} tabIndex={-1}>
      <header class="page-head">
        <h1>{t('nav.desk')}</h1>
        <nav class="tabs" aria-label={t('desk.parts')}>
          {tabs.map((one) => (
            <a href={href(['desk', one])} aria-current={one === tab ? 'page' : undefined} key={one}>
              {t(`desk.tab.${one}`)}
            </a>
          ))}
        </nav>
      </header>
      <Part tab={tab} id={third} />
    </main>
  );
}
