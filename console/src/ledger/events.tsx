/** Events that money waits for: those of the caller, all for the oracle, and any by its id. */
import { useState } from 'preact/hooks';
import type { LedgerEvent } from '../api.js';
import { codeText, t } from '../i18n/index.js';
import { usePages, useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, LookUp, More, Panel, Shown, Table } from '../ui/parts.js';
import { faultOf, touchesLedger } from './shared.js';

const TONE: Readonly<Record<string, string>> = {
  held: 'busy',
  confirmed: 'busy',
  settled: 'good',
  passedOn: 'good',
  refused: 'bad',
  expired: 'bad',
};

const Phase = ({ phase }: { phase: string }) => <Badge tone={TONE[phase] ?? 'plain'}>{codeText('event', phase)}</Badge>;

function EventView({ code, id }: { code: string; id: string }) {
  const { api } = useSession();
  const event = useResource(
    (signal) => api.read<LedgerEvent>(`/v1/ledgers/${code}/events/${encodeURIComponent(id)}`, { signal }),
    [api, code, id],
    touchesLedger(code),
  );
  return (
    <Shown of={event}>
      {(data) => (
        <dl class="facts event">
          <dt>{t('event.id')}</dt>
          <dd>
            <code>{data.eventId}</code> <Phase phase={data.phase} />
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
          {data.payment === null ? null : (
            <>
              <dt>{t('payment.title')}</dt>
              <dd>
                <a href={href(['payments', data.payment])}>
                  <code>{data.payment}</code>
                </a>
              </dd>
            </>
          )}
        </dl>
      )}
    </Shown>
  );
}

function EventList({ code, chosen, onChoose }: { code: string; chosen: string; onChoose: (id: string) => void }) {
  const { api, me } = useSession();
  const owner: Readonly<Record<string, string>> = me.role === 'oracle' ? {} : { owner: me.bic };
  const events = usePages(
    async (after, signal) => {
      const given = new URLSearchParams({ ...owner, ...(after === null ? {} : { after }) });
      const page = await api.read<{ events: LedgerEvent[]; next: string | null }>(
        `/v1/ledgers/${code}/events?${given}`,
        { signal },
      );
      return { rows: page.events, next: page.next };
    },
    [api, code],
    touchesLedger(code),
  );
  return (
    <>
      <Shown of={events}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty what={t('event.none')} hint={t('event.none.hint')} />
          ) : (
            <Table
              label={t('ledger.events')}
              head={[t('event.id'), t('wallet.state'), t('payment.amount'), t('event.expires')]}
            >
              {rows.map((event) => (
                <tr key={event.eventId}>
                  <td>
                    <button
                      type="button"
                      class="link"
                      aria-expanded={chosen === event.eventId}
                      onClick={() => onChoose(event.eventId)}
                    >
                      <code>{event.eventId}</code>
                    </button>
                  </td>
                  <td>
                    <Phase phase={event.phase} />
                  </td>
                  <td class="num">
                    <Amount money={event} />
                  </td>
                  <td>
                    <At iso={event.expiresAt} />
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
      <More pages={events} />
    </>
  );
}

export function EventsPanel({ code }: { code: string }) {
  const { me } = useSession();
  const [id, setId] = useState('');
  return (
    <Panel title={t('ledger.events')}>
      <LookUp id="event-id" label={t('event.id')} fault={faultOf.entry} onGo={setId} />
      {id === '' ? null : <EventView code={code} id={id} key={id} />}
      {may.listEvents(me) ? (
        <EventList code={code} chosen={id} onChoose={setId} />
      ) : (
        <p class="muted">{t('event.hint')}</p>
      )}
    </Panel>
  );
}
