import { useState } from 'preact/hooks';
import type { Doubts as DoubtsData, Equivocations } from '../api.js';
import { useCommand } from '../command.js';
import { t } from '../i18n/index.js';
import type { Change } from '../live.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { useSession } from '../session.js';
import { At, Badge, Empty, Panel, Problem, Shown, Table } from '../ui/parts.js';
import { DoubtText } from './payment.js';

const touches = ({ topic }: Change): boolean => ['payments', 'everything', 'heartbeat'].includes(topic);

/** A ledger takes new holds again once somebody has looked at why it stopped, and says so twice. */
function Unfreeze({ code, done }: { code: string; done: () => void }) {
  const { api } = useSession();
  const [isAsked, setAsked] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  const unfreeze = () => void run(() => api.read(`/v1/ledgers/${code}/unfreeze`, { method: 'POST' }));
  return (
    <div class="decision">
      {isAsked ? (
        <>
          <span>{t('frozen.sure', { ledger: code })}</span>
          <button type="button" class="danger" disabled={isBusy} onClick={unfreeze}>
            {isBusy ? t('sending') : t('frozen.end')}
          </button>
          <button type="button" onClick={() => setAsked(false)}>
            {t('cancel')}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setAsked(true)}>
          {t('frozen.end')}…
        </button>
      )}
      {error ? <Problem error={error} /> : null}
    </div>
  );
}

/** Whether a ledger takes new holds; else what was found, and what to do before it does again. */
function Frozen({ code }: { code: string }) {
  const { api } = useSession();
  const found = useResource(
    (signal) => api.read<Equivocations>(`/v1/ledgers/${code}/equivocations`, { signal }),
    [api, code],
    touches,
  );
  return (
    <Panel title={t('ledger.back', { ledger: code })}>
      <Shown of={found}>
        {({ frozen, evidence }) => (
          <>
            <p>
              <Badge tone={frozen ? 'bad' : 'good'}>{frozen ? '!' : '✓'}</Badge>{' '}
              {t(frozen ? 'health.frozen.bad' : 'health.frozen', { ledger: code })}
            </p>
            {evidence.length === 0 ? null : (
              <Table label={t('frozen.found')} head={[t('frozen.found'), 'UETR', t('frozen.at'), t('frozen.closed')]}>
                {evidence.map(({ uetr, cause, foundAt, closedAt }) => (
                  <tr key={`${uetr} ${foundAt}`}>
                    <td>
                      {t(`frozen.${cause}`)} {closedAt === null ? t(`frozen.${cause}.next`) : ''}
                    </td>
                    <td>
                      <a href={href(['payments', uetr])} title={uetr}>
                        <code>{uetr.slice(0, 13)}…</code>
                      </a>
                    </td>
                    <td>
                      <At iso={foundAt} />
                    </td>
                    <td>{closedAt === null ? '–' : <At iso={closedAt} />}</td>
                  </tr>
                ))}
              </Table>
            )}
            {frozen ? <Unfreeze code={code} done={found.reload} /> : null}
          </>
        )}
      </Shown>
    </Panel>
  );
}

/** Payments that wait for a jurisdiction which doesn't answer, and ledgers that stopped taking holds. */
export function Doubts() {
  const { api, ledgers } = useSession();
  const doubts = useResource((signal) => api.read<DoubtsData>('/v1/doubts', { signal }), [api], touches);
  return (
    <main id="main" class="page" tabIndex={-1}>
      <header class="page-head">
        <h1>{t('nav.doubts')}</h1>
      </header>
      <p class="muted">{t('doubts.lead')}</p>
      <Shown of={doubts}>
        {({ payments }) =>
          payments.length === 0 ? (
            <Empty what={t('doubts.none')} hint={t('doubts.none.hint')} />
          ) : (
            <ul class="cards">
              {payments.map(({ uetr, msgId, sender, acceptedAt, inDoubt }) => (
                <li class="card" key={uetr}>
                  <p>
                    <a href={href(['payments', uetr])}>{msgId}</a> · {sender} · <At iso={acceptedAt} />
                  </p>
                  {inDoubt ? <DoubtText doubt={inDoubt} /> : null}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <h2 class="apart">{t('frozen.title')}</h2>
      <div class="panels">
        {ledgers.map(({ code }) => (
          <Frozen code={code} key={code} />
        ))}
      </div>
    </main>
  );
}
