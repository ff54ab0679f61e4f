/** Wallets of an owner, the postings of one of them, and the money held in them. */
import { useState } from 'preact/hooks';
import type { OpenHold, Posting, WalletBalance } from '../api.js';
import { codeText, t } from '../i18n/index.js';
import { usePages } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, LookUp, More, Panel, Shown, Table } from '../ui/parts.js';
import { BlockLink, faultOf, TransactionLink, touchesLedger } from './shared.js';

const PAGE = 50;

function Statement({ code, walletId }: { code: string; walletId: string }) {
  const { api } = useSession();
  const path = `/v1/ledgers/${code}/wallets/${encodeURIComponent(walletId)}/statement?limit=${PAGE}`;
  const postings = usePages(
    async (before, signal) => {
      const page = await api.read<{ entries: Posting[]; next: string | null }>(
        before === null ? path : `${path}&before=${before}`,
        { signal },
      );
      return { rows: page.entries, next: page.next };
    },
    [api, code, walletId],
    touchesLedger(code),
  );
  return (
    <Panel title={t('wallet.statement', { wallet: walletId })} wide>
      <Shown of={postings}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty what={t('wallet.noPostings')} hint={t('wallet.noPostings.hint')} />
          ) : (
            <Table
              label={t('wallet.statement', { wallet: walletId })}
              head={[
                ...[t('ledger.time'), t('wallet.posting'), t('payment.amount')],
                ...[t('wallet.counterparty'), t('ledger.block'), t('transaction.title')],
              ]}
            >
              {rows.map((entry) => (
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
                  <td>
                    <BlockLink code={code} sequence={entry.blockSequence} />
                  </td>
                  <td>
                    <TransactionLink code={code} id={entry.transactionId} />
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
      <More pages={postings} />
    </Panel>
  );
}

function WalletList({ code, owner }: { code: string; owner: string }) {
  const { api, me } = useSession();
  const [opened, setOpened] = useState<string | null>(null);
  const wallets = usePages(
    async (after, signal) => {
      const given = new URLSearchParams({ owner, ...(after === null ? {} : { after }) });
      const page = await api.read<{ wallets: WalletBalance[]; next: string | null }>(
        `/v1/ledgers/${code}/wallets?${given}`,
        { signal },
      );
      return { rows: page.wallets, next: page.next };
    },
    [api, code, owner],
    touchesLedger(code),
  );
  const toggle = (walletId: string) => setOpened(opened === walletId ? null : walletId);
  return (
    <>
      <Shown of={wallets}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty
              what={t('wallet.none')}
              hint={t(me.role === 'operator' ? 'wallet.none.hintOperator' : 'wallet.none.hint')}
            />
          ) : (
            <Table
              label={t('ledger.wallets')}
              head={[
                ...[t('wallet.wallet'), t('wallet.kind'), t('wallet.state')],
                ...[t('wallet.available'), t('wallet.held'), t('wallet.marked')],
              ]}
            >
              {rows.map((wallet) => (
                <tr key={wallet.walletId}>
                  <td>
                    <button
                      type="button"
                      class="link"
                      aria-expanded={opened === wallet.walletId}
                      onClick={() => toggle(wallet.walletId)}
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
                  {(['available', 'held', 'marked'] as const).map((name) => (
                    <td class="num" key={name}>
                      <Amount money={wallet[name]} />
                    </td>
                  ))}
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
      <More pages={wallets} />
      {opened === null ? null : <Statement code={code} walletId={opened} key={opened} />}
    </>
  );
}

/** The operator looks at any owner's wallets, everybody else at their own. */
export function WalletsPanel({ code }: { code: string }) {
  const { me, participants } = useSession();
  const isOperator = me.role === 'operator';
  const firstBank = participants.find(({ role, ledger }) => role === 'bank' && ledger === code)?.bic;
  const [owner, setOwner] = useState(isOperator ? (firstBank ?? '') : me.bic);
  return (
    <Panel title={isOperator && owner ? t('wallets.of', { owner }) : t('ledger.wallets')} wide>
      {isOperator ? (
        <LookUp
          id="owner"
          label={t('wallet.owner')}
          size={13}
          fault={faultOf.bic}
          clean={(text) => text.trim().toUpperCase()}
          onGo={setOwner}
        >
          <OwnerList code={code} onOwner={setOwner} owner={owner} />
        </LookUp>
      ) : null}
      {owner === '' ? null : <WalletList code={code} owner={owner} key={owner} />}
    </Panel>
  );
}

/** Participants of this ledger, to choose from. */
function OwnerList({ code, owner, onOwner }: { code: string; owner: string; onOwner: (bic: string) => void }) {
  const { participants } = useSession();
  const here = participants.filter(({ ledger }) => ledger === null || ledger === code);
  return (
    <div class="field">
      <label for="owner-list">{t('wallet.participant')}</label>
      <select
        id="owner-list"
        value={here.some(({ bic }) => bic === owner) ? owner : ''}
        onChange={(event) => onOwner(event.currentTarget.value)}
      >
        <option value="" disabled>
          –
        </option>
        {here.map(({ bic, name }) => (
          <option value={bic} key={bic}>
            {bic} · {name}
          </option>
        ))}
      </select>
    </div>
  );
}

const KINDS = ['pvp', 'event'] as const;
const HOLDS_PAGE = 500;
/** Pages of the ledger's holds that are looked through for those of a wallet, at once. */
const HOLDS_PAGES_MAX = 10;

/** Money that is held now: the operator sees all, others that of one of their wallets. */
export function HoldsPanel({ code }: { code: string }) {
  const { api, me } = useSession();
  const isOperator = me.role === 'operator';
  const [kind, setKind] = useState<OpenHold['kind']>('pvp');
  const [wallet, setWallet] = useState('');
  const owned = usePages(
    async (_, signal) => {
      if (isOperator) return { rows: [], next: null };
      const { wallets } = await api.read<{ wallets: WalletBalance[] }>(
        `/v1/ledgers/${code}/wallets?owner=${me.bic}&limit=${HOLDS_PAGE}`,
        { signal },
      );
      return { rows: wallets.map(({ walletId }) => walletId), next: null };
    },
    [api, code],
  );
  const chosen = isOperator ? '' : wallet || (owned.rows[0] ?? '');
  return (
    <Panel title={t('ledger.holds')}>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        <div class="field">
          <label for="hold-kind">{t('hold.for')}</label>
          <select
            id="hold-kind"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as OpenHold['kind'])}
          >
            {KINDS.map((one) => (
              <option value={one} key={one}>
                {t(`hold.${one}`)}
              </option>
            ))}
          </select>
        </div>
        {isOperator ? null : (
          <div class="field">
            <label for="hold-wallet">{t('wallet.wallet')}</label>
            <select id="hold-wallet" value={chosen} onChange={(event) => setWallet(event.currentTarget.value)}>
              {owned.rows.map((walletId) => (
                <option value={walletId} key={walletId}>
                  {walletId}
                </option>
              ))}
            </select>
          </div>
        )}
      </form>
      {isOperator || chosen ? (
        <HoldList code={code} kind={kind} wallet={chosen} key={`${kind} ${chosen}`} />
      ) : (
        <Shown of={owned}>{() => <Empty what={t('wallet.none')} hint={t('wallet.none.hint')} />}</Shown>
      )}
    </Panel>
  );
}

function HoldList({ code, kind, wallet }: { code: string; kind: OpenHold['kind']; wallet: string }) {
  const { api, me } = useSession();
  const holds = usePages(
    async (after, signal) => {
      const rows: OpenHold[] = [];
      let next = after;
      for (let i = 0; i < HOLDS_PAGES_MAX; i++) {
        const given = {
          kind,
          limit: `${HOLDS_PAGE}`,
          ...(wallet && { wallet }),
          ...(next === null ? {} : { after: next }),
        };
        const page = await api.read<{ holds: OpenHold[]; next: string | null }>(
          `/v1/ledgers/${code}/holds?${new URLSearchParams(given)}`,
          { signal },
        );
        rows.push(...page.holds);
        next = page.next;
        if (next === null || rows.length > 0) break;
      }
      return { rows, next };
    },
    [api, code, kind, wallet],
    touchesLedger(code),
  );
  return (
    <>
      <Shown of={holds}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty what={t('hold.none')} hint={t('hold.none.hint')} />
          ) : (
            <Table
              label={t('ledger.holds')}
              head={[t('hold.for'), t('payment.amount'), t('payment.from'), t('payment.to'), t('hold.since')]}
            >
              {rows.map((hold) => (
                <tr key={hold.holdId}>
                  <td>
                    {hold.kind === 'pvp' && may.listPayments(me) ? (
                      <a href={href(['payments', hold.reference])} title={hold.reference}>
                        <code>{hold.reference.slice(0, 13)}…</code>
                      </a>
                    ) : (
                      <code title={hold.reference}>{hold.reference}</code>
                    )}
                  </td>
                  <td class="num">
                    <Amount money={hold} />
                  </td>
                  <td>
                    <code>{hold.debitWallet ?? '–'}</code>
                  </td>
                  <td>
                    <code>{hold.creditWallet ?? '–'}</code>
                  </td>
                  <td>
                    <At iso={hold.heldAt} />
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
      <More pages={holds} />
    </>
  );
}
