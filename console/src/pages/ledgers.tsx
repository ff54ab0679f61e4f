import type { Ledger } from '../api.js';
import { t } from '../i18n/index.js';
import { BlockPage, BlocksPanel, SupplyPanel, TransactionPage } from '../ledger/blocks.js';
import { EventsPanel } from '../ledger/events.js';
import type { TreeKind } from '../ledger/shared.js';
import { TreePage, TreesPanel } from '../ledger/trees.js';
import { HoldsPanel, WalletsPanel } from '../ledger/wallets.js';
import { href, place } from '../route.js';
import { may, useSession } from '../session.js';
import { Empty } from '../ui/parts.js';
import { Requests } from './requests.js';

const ofRole = (ledgers: readonly Ledger[], home: string | null): readonly Ledger[] =>
  home === null ? ledgers : [...ledgers].sort((a, b) => Number(b.code === home) - Number(a.code === home));

/** One ledger: what it shows of itself, and what the caller may see and do on it. */
function Overview({ code }: { code: string }) {
  const { me } = useSession();
  const isHome = me.ledger === null || me.ledger === code;
  return (
    <div class="panels" key={code}>
      {isHome && may.listRequests(me) ? <Requests code={code} /> : null}
      <SupplyPanel code={code} />
      {isHome && may.listWallets(me) ? <WalletsPanel code={code} /> : null}
      <BlocksPanel code={code} />
      {isHome && may.readTrees(me) ? <TreesPanel code={code} /> : null}
      {isHome && may.listWallets(me) ? <HoldsPanel code={code} /> : null}
      {isHome && may.readEvents(me) ? <EventsPanel code={code} /> : null}
    </div>
  );
}

/** What of a ledger the address names: a tree, a block, a transaction; else null. */
function partOf(code: string, path: readonly string[]) {
  const [what, first, second] = path;
  if (what === 'tree' && second !== undefined && ['marks', 'agreements', 'tokens'].includes(first ?? ''))
    return <TreePage code={code} kind={first as TreeKind} id={second} />;
  if (what === 'blocks' && first !== undefined) return <BlockPage code={code} sequence={first} key={first} />;
  if (what === 'transactions' && first !== undefined) return <TransactionPage code={code} id={first} key={first} />;
  return null;
}

export function Ledgers({ code: asked }: { code: string | undefined }) {
  const { me, ledgers } = useSession();
  const shown = ofRole(ledgers, me.ledger);
  const code = shown.find((ledger) => ledger.code === asked)?.code ?? shown[0]?.code;
  const part = code === undefined || code !== asked ? null : partOf(code, place.value.path.slice(2));
  if (part)
    return (
      <main id="main" class="page" tabIndex={-1}>
        {part}
      </main>
    );
  return (
    <main id="main" class="page" tabIndex={-1}>
      <header class="page-head">
        <h1>{t('nav.ledgers')}</h1>
        <nav class="tabs" aria-label={t('nav.ledgers')}>
          {shown.map((ledger) => (
            <a
              href={href(['ledgers', ledger.code])}
              aria-current={ledger.code === code ? 'page' : undefined}
              key={ledger.code}
            >
              {ledger.code} · {ledger.currency}
            </a>
          ))}
        </nav>
      </header>
      {code === undefined ? (
        <Empty what={t('ledger.none')} hint={t('ledger.none.hint')} />
      ) : (
        <Overview code={code} key={code} />
      )}
    </main>
  );
}
