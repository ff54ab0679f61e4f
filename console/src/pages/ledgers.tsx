import { useState } from 'preact/hooks';
import type { Block, Ledger, LedgerEvent, Posting, Supply, WalletBalance } from '../api.js';
import { codeText, t } from '../i18n/index.js';
import type { Change } from '../live.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, Id, Loading, Panel, Problem, Table } from '../ui/parts.js';
import { Requests } from './requests.js';

const BLOCKS_SHOWN = 8;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const EVENT_ID = /^[\x21-\x7e]{1,128}$/;

/** A payment moves money of a ledger too. */
export const touchesLedger =
  (code: string) =>
  (change: Change): boolean =>
    change.topic === 'everything' ||
    change.topic === 'payments' ||
    change.topic === 'heartbeat' ||
    (change.topic === 'ledgers' && change.codes.includes(code));

function Overview({ code }: { code: string }) {
  const { api } = useSession();
  const { data, error, reload } = useResource(
    async (signal) => {
      const supply = await api.read<Supply>(`/v1/ledgers/${code}/supply`, { signal });
      const last = Number(supply.blockSequence);
      const wanted = Array.from({ length: Math.min(BLOCKS_SHOWN, last) }, (_, i) => last - i);
      const blocks = await Promise.all(
        wanted.map((sequence) => api.read<Block>(`/v1/ledgers/${code}/blocks/${sequence}`, { signal })),
      );
      return { supply, blocks };
    },
    [api, code],
    touchesLedger(code),
  );
  if (data === null) return error ? <Problem error={error} retry={reload} /> : <Loading />;
  const { supply, blocks } = data;
  return (
    <>
      <Panel title={t('ledger.supply')}>
        <dl class="figures">
          <div>
            <dt>{t('ledger.out')}</dt>
            <dd>
              <Amount money={supply.supply} />
            </dd>
          </div>
          <div>
            <dt>{t('ledger.issued')}</dt>
            <dd>
              <Amount money={supply.issued} />
            </dd>
          </div>
          <div>
            <dt>{t('ledger.redeemed')}</dt>
            <dd>
              <Amount money={supply.redeemed} />
            </dd>
          </div>
        </dl>
      </Panel>
      <Panel title={t('ledger.blocks')}>
        <Table
          label={t('ledger.blocks')}
          head={[t('ledger.block'), t('ledger.time'), t('ledger.transactions'), t('ledger.hash')]}
        >
          {blocks.map(({ sequence, time, transactionCount, hash }) => (
            <tr key={sequence}>
              <td class="num">{sequence}</td>
              <td>
                <At iso={time} />
              </td>
              <td class="num">{transactionCount}</td>
              <td>
                <Id text={hash} short={16} />
              </td>
            </tr>
          ))}
        </Table>
      </Panel>
    </>
  );
}

function Statement({ code, walletId }: { code: string; walletId: string }) {
  const { api } = useSession();
  const { data, error, reload } = useResource(
    (signal) =>
      api.read<{ entries: Posting[] }>(
        `/v1/ledgers/${code}/wallets/${encodeURIComponent(walletId)}/statement?limit=50`,
        { signal },
      ),
    [api, code, walletId],
    touchesLedger(code),
  );
  return (
    <Panel title={t('wallet.statement', { wallet: walletId })}>
      {data === null ? (
        error ? (
          <Problem error={error} retry={reload} />
        ) : (
          <Loading />
        )
      ) : data.entries.length === 0 ? (
        <Empty what={t('wallet.noPostings')} hint={t('wallet.noPostings.hint')} />
      ) : (
        <Table
          label={t('wallet.statement', { wallet: walletId })}
          head={[
            t('ledger.time'),
            t('wallet.posting'),
            t('payment.amount'),
            t('wallet.counterparty'),
            t('ledger.block'),
          ]}
        >
          {data.entries.map((entry) => (
            <tr key={`${entry.transactionId} ${entry.direction}`}>
              <td>
                <At iso={entry.time} />
              </td>
              <td>{codeText('posting', entry.kind)}</td>
              <td class={`num ${entry.direction}`}>
                {entry.direction === 'debit' ? '−' : '+'}
                <Amount money={entry} />
              </td>
              <td>
                <code>{entry.counterparty ?? '–'}</code>
              </td>
              <td class="num">{entry.blockSequence}</td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}

/** Owners with wallets on this ledger whom the caller may look at: the operator all, others themselves. */
function OwnerField({ code, owner, onOwner }: { code: string; owner: string; onOwner: (bic: string) => void }) {
  const { participants } = useSession();
  const [text, setText] = useState(owner);
  const isBad = text !== '' && !BIC.test(text.trim().toUpperCase());
  return (
    <form
      class="filter"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBad && text) onOwner(text.trim().toUpperCase());
      }}
    >
      <div class="field">
        <label for="owner">{t('wallet.owner')}</label>
        <input
          id="owner"
          list="owners"
          value={text}
          maxLength={11}
          autoComplete="off"
          spellcheck={false}
          aria-invalid={isBad}
          aria-describedby={isBad ? 'fault-owner' : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            const bic = event.currentTarget.value.trim().toUpperCase();
            if (participants.some((participant) => participant.bic === bic)) onOwner(bic);
          }}
        />
        <datalist id="owners">
          {participants
            .filter(({ ledger }) => ledger === null || ledger === code)
            .map(({ bic, name }) => (
              <option value={bic} key={bic}>
                {name}
              </option>
            ))}
        </datalist>
        {isBad ? (
          <span id="fault-owner" class="fault" role="alert">
            {t('filter.bank.fault')}
          </span>
        ) : null}
      </div>
      <button type="submit" disabled={isBad || text === ''}>
        {t('show')}
      </button>
    </form>
  );
}

function Wallets({ code }: { code: string }) {
  const { api, me, participants } = useSession();
  const isOperator = me.role === 'operator';
  const firstBank = participants.find(({ role, ledger }) => role === 'bank' && ledger === code)?.bic;
  const [owner, setOwner] = useState(isOperator ? (firstBank ?? '') : me.bic);
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error, reload } = useResource(
    async (signal) =>
      owner === ''
        ? []
        : (
            await api.read<{ wallets: WalletBalance[] }>(`/v1/ledgers/${code}/wallets?owner=${owner}&limit=200`, {
              signal,
            })
          ).wallets,
    [api, code, owner],
    touchesLedger(code),
  );
  return (
    <>
      <Panel title={t('ledger.wallets')} wide>
        {isOperator ? <OwnerField code={code} owner={owner} onOwner={setOwner} /> : null}
        {data === null ? (
          error ? (
            <Problem error={error} retry={reload} />
          ) : (
            <Loading />
          )
        ) : data.length === 0 ? (
          <Empty what={t('wallet.none')} hint={t(isOperator ? 'wallet.none.hintOperator' : 'wallet.none.hint')} />
        ) : (
          <Table
            label={t('ledger.wallets')}
            head={[
              t('wallet.wallet'),
              t('wallet.kind'),
              t('wallet.state'),
              t('wallet.available'),
              t('wallet.held'),
              t('wallet.marked'),
            ]}
          >
            {data.map((wallet) => (
              <tr key={wallet.walletId}>
                <td>
                  <button
                    type="button"
                    class="link"
                    aria-expanded={opened === wallet.walletId}
                    onClick={() => setOpened(opened === wallet.walletId ? null : wallet.walletId)}
                  >
                    <code>{wallet.walletId}</code>
                  </button>
                </td>
                <td>{codeText('wallet', wallet.kind)}</td>
                <td>
                  <Badge tone={wallet.status === 'open' ? 'good' : 'warn'}>
                    {codeText('walletState', wallet.status)}
                  </Badge>
                </td>
                <td class="num">
                  <Amount money={wallet.available} />
                </td>
                <td class="num">
                  <Amount money={wallet.held} />
                </td>
                <td class="num">
                  <Amount money={wallet.marked} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
      {opened === null ? null : <Statement code={code} walletId={opened} />}
    </>
  );
}

function EventView({ code, id }: { code: string; id: string }) {
  const { api } = useSession();
  const { data, error, reload } = useResource(
    (signal) => api.read<LedgerEvent>(`/v1/ledgers/${code}/events/${encodeURIComponent(id)}`, { signal }),
    [api, code, id],
    touchesLedger(code),
  );
  if (data === null) return error ? <Problem error={error} retry={reload} /> : <Loading />;
  return (
    <dl class="facts">
      <dt>{t('event.id')}</dt>
      <dd>
        <code>{data.eventId}</code> <Badge tone="plain">{codeText('event', data.phase)}</Badge>
      </dd>
      <dt>{t('payment.amount')}</dt>
      <dd>
        <Amount money={data} /> · {t('event.remaining')} <Amount money={data.remaining} />
      </dd>
      <dt>{t('payment.from')}</dt>
      <dd>
        <code>{data.debitWallet}</code>
      </dd>
      <dt>{t('event.providers')}</dt>
      <dd>{t('event.of', { k: data.threshold, list: data.providers.join(', ') })}</dd>
      <dt>{t('event.expires')}</dt>
      <dd>
        <At iso={data.expiresAt} whole />
      </dd>
    </dl>
  );
}

function Events({ code }: { code: string }) {
  const [text, setText] = useState('');
  const [id, setId] = useState('');
  const isBad = text !== '' && !EVENT_ID.test(text.trim());
  return (
    <Panel title={t('ledger.events')}>
      <form
        class="filter"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBad) setId(text.trim());
        }}
      >
        <div class="field">
          <label for="event-id">{t('event.id')}</label>
          <input
            id="event-id"
            value={text}
            maxLength={140}
            autoComplete="off"
            spellcheck={false}
            aria-invalid={isBad}
            aria-describedby={isBad ? 'fault-event' : undefined}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {isBad ? (
            <span id="fault-event" class="fault" role="alert">
              {t('event.id.fault')}
            </span>
          ) : null}
        </div>
        <button type="submit" disabled={isBad || text === ''}>
          {t('show')}
        </button>
      </form>
      {id === '' ? <p class="muted">{t('event.hint')}</p> : <EventView code={code} id={id} />}
    </Panel>
  );
}

const ofRole = (ledgers: readonly Ledger[], home: string | null): readonly Ledger[] =>
  home === null ? ledgers : [...ledgers].sort((a, b) => Number(b.code === home) - Number(a.code === home));

/** One ledger: what it shows of itself, and what the caller may see and do on it. */
export function Ledgers({ code: asked }: { code: string | undefined }) {
  const { me, ledgers } = useSession();
  const shown = ofRole(ledgers, me.ledger);
  const code = shown.find((ledger) => ledger.code === asked)?.code ?? shown[0]?.code;
  const isHome = code !== undefined && (me.ledger === null || me.ledger === code);
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
        <div class="panels" key={code}>
          {isHome && may.listRequests(me) ? <Requests code={code} /> : null}
          <Overview code={code} />
          {isHome && may.listWallets(me) ? <Wallets code={code} /> : null}
          {isHome && may.readEvents(me) ? <Events code={code} /> : null}
        </div>
      )}
    </main>
  );
}
