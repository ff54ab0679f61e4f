/** Payments that wait for liquidity, in the order in which they would run now. */
import { t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { useSession } from '../session.js';
import { Amount, At, Badge, Empty, Panel, Shown, Table } from '../ui/parts.js';
import { touchesTrade } from './parts.js';
import type { LiquidityQueue, QueuedPayment } from './types.js';

/** Whether it runs now, after others, or what is missing. */
function Plan({ payment }: { payment: QueuedPayment }) {
  const { run, lacks } = payment;
  if (run)
    return (
      <Badge tone={run.isFunded ? 'good' : 'busy'}>{t(run.isFunded ? 'queue.funded' : 'queue.afterOthers')}</Badge>
    );
  return (
    <>
      <Badge tone="warn">{t('queue.waits')}</Badge>{' '}
      {lacks.map((one) => (
        <span key={one.walletId}>
          {t('queue.lacks')} <Amount money={one} /> <code>{one.walletId}</code>{' '}
        </span>
      ))}
    </>
  );
}

const Payments = ({ payments }: { payments: readonly QueuedPayment[] }) => (
  <Table
    label={t('queue.title')}
    head={[
      ...[t('queue.place'), t('quotes.payment'), t('queue.priority'), t('payment.amount'), t('queue.since')],
      ...[t('queue.until'), t('desk.provider'), t('queue.plan')],
    ]}
  >
    {payments.map((payment) => (
      <tr key={payment.uetr}>
        <td class="num">{payment.run?.place ?? '–'}</td>
        <td>
          <a href={href(['payments', payment.uetr])}>{payment.msgId}</a> {payment.sender}, {payment.source} →{' '}
          {payment.destination}
        </td>
        <td>
          <Badge tone={payment.priority === 'HIGH' ? 'busy' : 'plain'}>{payment.priority}</Badge>
        </td>
        <td class="num">
          <Amount money={payment} />
        </td>
        <td>
          <At iso={payment.since} />
        </td>
        <td>
          <At iso={payment.until} />
        </td>
        <td>{payment.run?.providers.join(', ') ?? '–'}</td>
        <td>
          <Plan payment={payment} />
        </td>
      </tr>
    ))}
  </Table>
);

const Liquidity = ({ liquidity }: Pick<LiquidityQueue, 'liquidity'>) => (
  <Table
    label={t('queue.liquidity')}
    head={[t('wallet.wallet'), t('queue.available'), t('queue.gross'), t('queue.used')]}
  >
    {liquidity.map(({ walletId, currency, available, gross, used }) => (
      <tr key={walletId}>
        <td>
          <code>{walletId}</code>
        </td>
        {[available, gross, used].map((one, i) => (
          <td class="num" key={['available', 'gross', 'used'][i]}>
            <Amount money={{ amount: one, currency }} />
          </td>
        ))}
      </tr>
    ))}
  </Table>
);

export function Queue() {
  const { api } = useSession();
  const queue = useResource(
    (signal) => api.read<LiquidityQueue>('/v1/fx/queue', { signal }),
    [api],
    (change) => change.topic === 'ledgers' || touchesTrade(change),
  );
  return (
    <Shown of={queue}>
      {({ payments, liquidity }) =>
        payments.length === 0 ? (
          <Empty what={t('queue.none')} hint={t('queue.none.hint')} />
        ) : (
          <div class="panels">
            <Panel title={t('queue.title')} wide>
              <Payments payments={payments} />
            </Panel>
            <Panel title={t('queue.liquidity')} wide>
              <p class="muted">{t('queue.liquidity.hint')}</p>
              <Liquidity liquidity={liquidity} />
            </Panel>
          </div>
        )
      }
    </Shown>
  );
}
