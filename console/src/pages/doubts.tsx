import type { Doubts as DoubtsData } from '../api.js';
import { t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { useSession } from '../session.js';
import { At, Empty, Loading, Problem } from '../ui/parts.js';
import { DoubtText } from './payment.js';

/** Payments that wait for a jurisdiction which doesn't answer. */
export function Doubts() {
  const { api } = useSession();
  const { data, error, reload } = useResource(
    (signal) => api.read<DoubtsData>('/v1/doubts', { signal }),
    [api],
    (change) => ['payments', 'everything', 'heartbeat'].includes(change.topic),
  );
  return (
    <main id="main" class="page" tabIndex={-1}>
      <header class="page-head">
        <h1>{t('nav.doubts')}</h1>
      </header>
      <p class="muted">{t('doubts.lead')}</p>
      {error ? <Problem error={error} retry={reload} /> : null}
      {data === null ? (
        error ? null : (
          <Loading />
        )
      ) : data.payments.length === 0 ? (
        <Empty what={t('doubts.none')} hint={t('doubts.none.hint')} />
      ) : (
        <ul class="cards">
          {data.payments.map(({ uetr, msgId, sender, acceptedAt, inDoubt }) => (
            <li class="card" key={uetr}>
              <p>
                <a href={href(['payments', uetr])}>{msgId}</a> · {sender} · <At iso={acceptedAt} />
              </p>
              {inDoubt ? <DoubtText doubt={inDoubt} /> : null}
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
