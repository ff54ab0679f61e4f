import { useEffect, useState } from 'preact/hooks';
import { type Api, ApiError, type KnownKey, type PaymentPage, refusalOf } from '../api.js';
import { codeText, duration, number, t } from '../i18n/index.js';
import { quantile, readMetrics, type Sample, sumOf } from '../metrics.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { useSession } from '../session.js';
import { At, Badge, Loading, Panel, Problem, Table } from '../ui/parts.js';

const EVERY_MS = 5_000;
const POINTS_MAX = 120;
const PAYMENTS_LOOKED_AT = 500;

interface Reading {
  readonly at: number;
  readonly samples: readonly Sample[];
}

async function readNow(api: Api, signal: AbortSignal): Promise<Reading> {
  const response = await api.send('/metrics', { signal });
  if (!response.ok) throw await refusalOf(response);
  return { at: Date.now(), samples: readMetrics(await response.text()) };
}

/** Readings of the counters while the page is looked at, the newest last. */
function useReadings(api: Api): { readonly readings: readonly Reading[]; readonly error: ApiError | null } {
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      try {
        const reading = await readNow(api, aborter.signal);
        setReadings((before) => [...before.slice(1 - POINTS_MAX), reading]);
        setError(null);
      } catch (failed) {
        if (aborter.signal.aborted) return;
        setError(failed instanceof ApiError ? failed : new ApiError('PAGE', 0, String(failed), 'later'));
      }
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    return () => {
      aborter.abort();
      clearTimeout(timer);
    };
  }, [api]);
  return { readings, error };
}

const itemsOf =
  (stage: string) =>
  ({ samples }: Reading): number =>
    sumOf(samples, 'otkel_stage_items_total', { stage });
const accepted = itemsOf('accept');
const finished = itemsOf('log closed');

/** So many a second between two readings each; a process that started anew begins again. */
const ratesOf = (readings: readonly Reading[], count: (reading: Reading) => number): number[] =>
  readings.slice(1).flatMap((reading, i) => {
    const before = readings[i];
    if (!before) return [];
    return [Math.max(0, count(reading) - count(before)) / Math.max(0.001, (reading.at - before.at) / 1_000)];
  });

const WIDTH = 240;
const HEIGHT = 36;
function Spark({ values, label }: { values: readonly number[]; label: string }) {
  if (values.length < 2) return null;
  const top = Math.max(1, ...values);
  const points = values.map(
    (value, i) =>
      `${((i / (values.length - 1)) * WIDTH).toFixed(1)},${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`,
  );
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={points.join(' ')} />
    </svg>
  );
}

const Figure = ({ name, value, note }: { name: string; value: string; note?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value} {note ? <small class="muted">{note}</small> : null}
    </dd>
  </div>
);

function Flow({ readings, api }: { readings: readonly Reading[]; api: Api }) {
  const last = readings.at(-1);
  const [rates, finals] = [ratesOf(readings, accepted), ratesOf(readings, finished)];
  const now = (values: readonly number[]) => (values.length > 0 ? number(values.at(-1) ?? 0) : '…');
  const recent = useResource(
    (signal) => api.read<PaymentPage>(`/v1/payments?status=ACSC,ACCC&limit=${PAYMENTS_LOOKED_AT}`, { signal }),
    [api],
    (change) => change.topic === 'payments' || change.topic === 'everything',
  );
  const times = (recent.data?.payments ?? []).flatMap(({ acceptedAt, closedAt }) =>
    closedAt === null ? [] : [Date.parse(closedAt) - Date.parse(acceptedAt)],
  );
  const shown = (share: number) => {
    const value = quantile(times, share);
    return value === null ? '–' : duration(value);
  };
  if (!last) return <Loading />;
  const doubtful = sumOf(last.samples, 'otkel_payments_in_doubt');
  return (
    <>
      <Panel title={t('health.flow')}>
        <dl class="figures">
          <Figure name={t('health.rate')} value={now(rates)} note={t('health.perSecond')} />
          <Figure name={t('health.final')} value={now(finals)} note={t('health.perSecond')} />
          <Figure name={t('health.open')} value={number(sumOf(last.samples, 'otkel_open_payments'))} />
          <Figure name={t('health.waiting')} value={number(sumOf(last.samples, 'otkel_stage_queue'))} />
          <Figure name={t('health.accepted')} value={number(accepted(last))} note={t('health.sinceStart')} />
        </dl>
        <Spark values={finals} label={t('health.final')} />
        {doubtful > 0 ? (
          <p>
            <Badge tone="warn">{number(doubtful)}</Badge> <a href={href(['doubts'])}>{t('nav.doubts')}</a>
          </p>
        ) : null}
      </Panel>
      <Panel title={t('health.latency')}>
        <dl class="figures">
          <Figure name="p50" value={shown(0.5)} />
          <Figure name="p95" value={shown(0.95)} />
          <Figure name="p99" value={shown(0.99)} />
        </dl>
        <Spark values={times.slice(0, POINTS_MAX).reverse()} label={t('health.latency')} />
        <p class="muted">{t('health.latency.of', { n: times.length })}</p>
      </Panel>
    </>
  );
}

function Stages({ samples }: { samples: readonly Sample[] }) {
  const batches = samples.filter(({ name }) => name === 'otkel_stage_batches_total');
  return (
    <Panel title={t('health.queue')} wide>
      <div class="compact">
        <Table
          label={t('health.queue')}
          head={[
            ...[t('health.stage'), t('health.waiting'), t('health.batches')],
            ...[t('health.items'), t('health.perBatch')],
          ]}
        >
          {batches.map(({ labels, value }) => {
            const stage = { stage: labels.stage ?? '' };
            const items = sumOf(samples, 'otkel_stage_items_total', stage);
            return (
              <tr key={labels.stage}>
                <td>{codeText('stage', labels.stage ?? '')}</td>
                <td class="num">{number(sumOf(samples, 'otkel_stage_queue', stage))}</td>
                <td class="num">{number(value)}</td>
                <td class="num">{number(items)}</td>
                <td class="num">{value > 0 ? number(items / value) : '–'}</td>
              </tr>
            );
          })}
        </Table>
      </div>
    </Panel>
  );
}

const READY: Readonly<Record<string, { readonly good: number; readonly key: 'health.clock' | 'health.frozen' }>> = {
  otkel_clock_trusted: { good: 1, key: 'health.clock' },
  otkel_frozen: { good: 0, key: 'health.frozen' },
};

function Alarms({ samples }: { samples: readonly Sample[] }) {
  const alarms = samples.filter(({ name, value }) => name === 'otkel_alarms_total' && value > 0);
  const states = samples.filter(({ name }) => name in READY);
  const late = samples.filter(
    ({ name, labels, value }) => name === 'otkel_in_doubt' && labels.age !== 'fresh' && value > 0,
  );
  const lowFunds = samples.filter(({ name, value }) => name === 'otkel_provider_funds_low' && value > 0);
  return (
    <Panel title={t('health.alarms')} wide>
      <ul class="states">
        {states.map(({ name, labels, value }) => {
          const ready = READY[name];
          if (!ready) return null;
          const isGood = value === ready.good;
          return (
            <li key={`${name} ${labels.ledger}`}>
              <Badge tone={isGood ? 'good' : 'bad'}>{isGood ? '✓' : '!'}</Badge>{' '}
              {t(isGood ? ready.key : (`${ready.key}.bad` as const), { ledger: labels.ledger ?? '' })}
            </li>
          );
        })}
        {lowFunds.map(({ labels }) => (
          <li key={`funds ${labels.provider} ${labels.currency}`}>
            <Badge tone="warn">!</Badge>{' '}
            {t('health.fundsLow', { provider: labels.provider ?? '', currency: labels.currency ?? '' })}
          </li>
        ))}
        {late.map(({ labels, value }) => (
          <li key={`doubt ${labels.ledger} ${labels.age}`}>
            <Badge tone={labels.age === 'page' ? 'bad' : 'warn'}>{number(value)}</Badge>{' '}
            {t(labels.age === 'page' ? 'health.late.page' : 'health.late.alarm', { ledger: labels.ledger ?? '' })}
          </li>
        ))}
      </ul>
      {alarms.length === 0 ? (
        <p class="muted">{t('health.noAlarms')}</p>
      ) : (
        <Table label={t('health.alarms')} head={[t('payment.ledger'), t('health.alarm'), t('health.count')]}>
          {alarms.map(({ labels, value }) => (
            <tr key={`${labels.ledger} ${labels.code}`}>
              <td>{labels.ledger}</td>
              <td>
                <code>{labels.code}</code>
              </td>
              <td class="num">{number(value)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}

const keyState = ({ validFrom, validTo }: KnownKey): 'valid' | 'ended' | 'future' => {
  const now = Date.now();
  if (Date.parse(validFrom) > now) return 'future';
  return validTo === null || now < Date.parse(validTo) ? 'valid' : 'ended';
};

/** Keys of one owner together, in the order in which they follow each other. */
const byOwner = (a: KnownKey, b: KnownKey): number =>
  a.role.localeCompare(b.role) ||
  a.owner.localeCompare(b.owner) ||
  a.validFrom.localeCompare(b.validFrom) ||
  a.keyId.localeCompare(b.keyId);

function Keys({ api }: { api: Api }) {
  const { data, error, reload } = useResource(
    (signal) => api.read<{ keys: KnownKey[] }>('/v1/keys', { signal }),
    [api],
  );
  return (
    <Panel title={t('health.keys')} wide>
      {data === null ? (
        error ? (
          <Problem error={error} retry={reload} />
        ) : (
          <Loading />
        )
      ) : (
        <Table
          label={t('health.keys')}
          head={[
            t('signed.key'),
            t('key.owner'),
            t('key.role'),
            t('signed.suite'),
            t('key.from'),
            t('key.to'),
            t('payments.status'),
          ]}
        >
          {[...data.keys].sort(byOwner).map((key) => (
            <tr key={`${key.role} ${key.keyId}`}>
              <td>
                <code>{key.keyId}</code>
              </td>
              <td>{key.owner}</td>
              <td>{codeText('key', key.role)}</td>
              <td>{key.suite}</td>
              <td>{Date.parse(key.validFrom) === 0 ? '–' : <At iso={key.validFrom} whole />}</td>
              <td>{key.validTo === null ? '–' : <At iso={key.validTo} whole />}</td>
              <td>
                <Badge tone={keyState(key) === 'valid' ? 'good' : 'plain'}>{t(`key.${keyState(key)}`)}</Badge>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}

/** What the gateway counts, while it is looked at. */
export function Health() {
  const { api } = useSession();
  const { readings, error } = useReadings(api);
  const last = readings.at(-1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the focus, and it is longer than the screen
    <main id="main" class="page" tabIndex={0}>
      <header class="page-head">
        <h1>{t('nav.health')}</h1>
      </header>
      {error ? <Problem error={error} /> : null}
      <div class="panels">
        {last ? <Alarms samples={last.samples} /> : null}
        <Flow readings={readings} api={api} />
        {last ? <Stages samples={last.samples} /> : null}
        <Keys api={api} />
      </div>
    </main>
  );
}
