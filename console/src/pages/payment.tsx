import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Difference, Evidence, InDoubt, Payment as PaymentData, WaitsFor } from '../api.js';
import { amount, codeText, duration, shortTime, t, time } from '../i18n/index.js';
import { bytesOfBase64 } from '../key.js';
import type { Change } from '../live.js';
import { type Resource, useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, Badge, download, Id, Loading, Panel, Problem, StatusBadge, Table } from '../ui/parts.js';
import { plainPath, type XmlLine, xmlLines } from '../xml.js';

interface Moment {
  readonly at: number;
  readonly what: string;
  readonly note: string;
}

function momentsOf(payment: PaymentData, evidence: Evidence | null): Moment[] {
  const moment = (iso: string | null, what: string, note = ''): Moment[] =>
    iso === null ? [] : [{ at: Date.parse(iso), what, note }];
  const isSettled = payment.status === 'ACSC' || payment.status === 'ACCC';
  const legs = (evidence?.legs ?? []).flatMap(({ ledger, hold }) =>
    hold === null
      ? []
      : [
          {
            at: hold.placed.block.time,
            what: t('line.held', { ledger }),
            note: t('line.block', { block: hold.placed.block.sequence }),
          },
          ...(hold.ended === null
            ? []
            : [
                {
                  at: hold.ended.block.time,
                  what: t(isSettled ? 'line.settled' : 'line.released', { ledger }),
                  note: t('line.block', { block: hold.ended.block.sequence }),
                },
              ]),
        ],
  );
  return [
    ...moment(payment.acceptedAt, t('line.accepted'), payment.msgId),
    ...legs,
    ...moment(payment.waitsFor?.since ?? null, t('line.waits'), payment.waitsFor?.eventId ?? ''),
    ...moment(payment.inDoubt?.since ?? null, t('line.doubt')),
    ...moment(payment.decidedAt, t('line.decided'), t(isSettled ? 'line.commit' : 'line.abort')),
    ...moment(payment.closedAt, t('line.closed'), `${payment.status} · ${codeText('status', payment.status)}`),
  ].sort((a, b) => a.at - b.at);
}

function TimeLine({ payment, evidence }: { payment: PaymentData; evidence: Evidence | null }) {
  const moments = momentsOf(payment, evidence);
  const start = moments[0]?.at ?? 0;
  return (
    <Panel title={t('payment.timeline')}>
      <ol class="timeline">
        {moments.map(({ at, what, note }) => (
          <li key={`${what} ${at}`}>
            <time dateTime={new Date(at).toISOString()} title={time(at)}>
              {at === start ? shortTime(new Date(at).toISOString()) : `+${duration(at - start)}`}
            </time>
            <strong>{what}</strong>
            <span class="muted">{note}</span>
          </li>
        ))}
        {payment.closedAt === null ? (
          <li class="pending">
            <span>…</span>
            <strong>{t('line.waiting')}</strong>
          </li>
        ) : null}
      </ol>
    </Panel>
  );
}

/** What is in doubt, why, and the one thing that helps. */
export const DoubtText = ({ doubt }: { doubt: InDoubt }) => (
  <>
    <p>
      <strong>{t(`doubt.${doubt.cause}`)}</strong> {t('doubt.since', { time: time(doubt.since) })}
    </p>
    <p>{t('doubt.next', { who: doubt.waitingFor.join(', ') })}</p>
  </>
);

/** What its money waits for before it is held, and who must act. */
const WaitsText = ({ waits }: { waits: WaitsFor }) => (
  <>
    <p>
      <strong>{codeText('waits', waits.cause)}</strong> {t('doubt.since', { time: time(waits.since) })}
    </p>
    <p>
      {waits.eventId ? (
        <>
          {t('event.id')} <code>{waits.eventId}</code> ·{' '}
        </>
      ) : null}
      {waits.until ? `${t('waits.until', { time: time(waits.until) })} ` : null}
      {waits.whoMustAct.length > 0 ? t('waits.who', { who: waits.whoMustAct.join(', ') }) : null}
    </p>
  </>
);

const Legs = ({ payment }: { payment: PaymentData }) => (
  <Panel title={t('payment.legs')}>
    {payment.legs.length === 0 ? (
      <p class="muted">{t('payment.noLegs')}</p>
    ) : (
      <div class="legs">
        {payment.legs.map((leg) => (
          <dl key={leg.ledger}>
            <dt>{t('payment.ledger')}</dt>
            <dd>
              <a href={href(['ledgers', leg.ledger])}>{leg.ledger}</a>
            </dd>
            <dt>{t('payment.amount')}</dt>
            <dd>
              <Amount money={leg} />
            </dd>
            <dt>{t('payment.from')}</dt>
            <dd>
              <code>{leg.debitWallet}</code>
            </dd>
            <dt>{t('payment.to')}</dt>
            <dd>
              <code>{leg.creditWallet}</code>
            </dd>
          </dl>
        ))}
      </div>
    )}
    {payment.charge === null ? null : (
      <dl class="quote">
        <dt>{t('payment.charge')}</dt>
        <dd>
          <Amount money={payment.charge} />
        </dd>
        <dt>{t('payment.to')}</dt>
        <dd>
          <code>{payment.charge.wallet}</code>
        </dd>
      </dl>
    )}
    {payment.steps.map((step) => (
      <dl class="quote" key={step.quoteId}>
        <dt>{t('payment.rate')}</dt>
        <dd>{amount(step.rate)}</dd>
        <dt>{t('payment.provider')}</dt>
        <dd>{step.provider}</dd>
        <dt>{t('payment.quote')}</dt>
        <dd>
          <Id text={step.quoteId} short={13} />
        </dd>
      </dl>
    ))}
  </Panel>
);

function Refused({ payment }: { payment: PaymentData }) {
  if (!payment.reason) return null;
  const { code, isoReason, detail } = payment.reason;
  return (
    <div class="problem" role="note">
      <p>
        <strong>{t('payment.refused')}</strong> {detail} <code>{code}</code>{' '}
        {isoReason ? <code>{isoReason}</code> : null}
      </p>
      {payment.violations.length > 0 ? (
        <ul>
          {payment.violations.map(({ code: rule, message, xpath }) => (
            <li key={`${rule} ${xpath}`}>
              <code>{rule}</code> {message} {xpath ? <code>{xpath}</code> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <p>{t('payment.refused.hint')}</p>
    </div>
  );
}

const textOf = (bytes: string): string => new TextDecoder().decode(bytesOfBase64(bytes));

/** Lines of a message, and which of them a report names. `side` is how a report finds it. */
function Message({ side, title, bytes, marked }: MessageProps) {
  const lines = useMemo(() => xmlLines(textOf(bytes)), [bytes]);
  const line = ({ depth, text, path }: XmlLine, i: number) => {
    const kind = marked.get(path);
    return (
      <span
        class={kind ? `xml ${kind}` : 'xml'}
        style={{ paddingLeft: `${depth * 0.9}em` }}
        {...(kind ? { 'data-path': path, tabIndex: -1 } : {})}
        key={`${i} ${path}`}
      >
        {text}
      </span>
    );
  };
  return (
    <figure class="message" id={`message-${side}`}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>{lines.map(line)}</pre>
    </figure>
  );
}

interface MessageProps {
  readonly side: 'in' | 'out' | 'report';
  readonly title: string;
  readonly bytes: string;
  readonly marked: ReadonlyMap<string, string>;
}

/** A place of a report, which leads to its line where the message is in the page. */
function PathLink({ side, path }: { side: 'in' | 'out'; path: string | null }) {
  const { me } = useSession();
  if (path === null) return <span>–</span>;
  if (!may.seeEvidence(me)) return <code>{path}</code>;
  const look = () =>
    document
      .querySelector<HTMLElement>(`#message-${side} [data-path="${CSS.escape(plainPath(path))}"]`)
      ?.focus({ preventScroll: false });
  return (
    <button type="button" class="link" onClick={look}>
      <code>{path}</code>
    </button>
  );
}

const LOST = ['cut', 'shortened', 'transliterated'];
const marksOf = (rows: readonly Difference[], end: 'from' | 'to'): ReadonlyMap<string, string> =>
  new Map(
    rows.flatMap((row) => {
      const path = row[end];
      return path === null ? [] : [[plainPath(path), LOST.includes(row.kind) ? 'lost' : 'changed'] as const];
    }),
  );

function Messages({ payment, evidence }: { payment: PaymentData; evidence: Evidence }) {
  const { source, onward, report } = evidence.messages;
  const rows = [...payment.losses, ...payment.changes];
  return (
    <Panel title={t('payment.messages')} wide>
      <div class="messages">
        {source ? (
          <Message side="in" title={t('payment.in')} bytes={source.bytes} marked={marksOf(rows, 'from')} />
        ) : null}
        {onward ? (
          <Message side="out" title={t('payment.out')} bytes={onward.bytes} marked={marksOf(rows, 'to')} />
        ) : null}
        {report ? <Message side="report" title={t('payment.report')} bytes={report.bytes} marked={new Map()} /> : null}
      </div>
    </Panel>
  );
}

const Losses = ({ payment }: { payment: PaymentData }) => (
  <Panel title={t('payment.losses')} wide>
    <p>{payment.losses.length === 0 ? t('payment.nothingLost') : t('payment.lost', { n: payment.losses.length })}</p>
    {payment.losses.length + payment.changes.length > 0 ? (
      <Table
        label={t('payment.losses')}
        head={[t('loss.kind'), t('loss.from'), t('loss.before'), t('loss.to'), t('loss.after')]}
      >
        {[...payment.losses, ...payment.changes].map((row) => (
          <tr key={`${row.kind} ${row.from} ${row.to}`}>
            <td>
              <Badge tone={LOST.includes(row.kind) ? 'bad' : 'plain'}>{t(`loss.${row.kind}`)}</Badge>
            </td>
            <td>
              <PathLink side="in" path={row.from} />
            </td>
            <td>{row.before ?? '–'}</td>
            <td>
              <PathLink side="out" path={row.to} />
            </td>
            <td>{row.after ?? '–'}</td>
          </tr>
        ))}
      </Table>
    ) : null}
  </Panel>
);

/** Who signed what: the certificate is the votes of all co-signers. */
function Signatures({ evidence, isSettled }: { evidence: Evidence; isSettled: boolean }) {
  const keys = new Map(evidence.keys.map((key) => [key.keyId, key]));
  const rows = evidence.legs.flatMap(({ ledger, receipt, vote, applied }) =>
    [
      { what: t('signed.hold'), statement: receipt },
      { what: isSettled ? t('signed.commit') : t('signed.vote'), statement: vote },
      { what: t('signed.applied'), statement: applied },
    ].flatMap(({ what, statement }) => (statement ? [{ ledger, what, statement }] : [])),
  );
  return (
    <Panel title={t('payment.certificate')} wide>
      <p>{isSettled ? t('payment.certified') : t('payment.notCertified')}</p>
      {rows.length > 0 ? (
        <Table
          label={t('payment.certificate')}
          head={[t('payment.ledger'), t('signed.what'), t('signed.key'), t('signed.suite'), t('signed.signature')]}
        >
          {rows.map(({ ledger, what, statement }) => (
            <tr key={`${ledger} ${what}`}>
              <td>{ledger}</td>
              <td>{what}</td>
              <td>
                <code>{statement.keyId}</code>
              </td>
              <td>{keys.get(statement.keyId)?.suite ?? '–'}</td>
              <td>
                <Id text={statement.signature} short={20} />
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
    </Panel>
  );
}

function EvidenceParts({ payment, evidence }: { payment: PaymentData; evidence: Resource<Evidence> }) {
  if (evidence.data === null)
    return (
      <>
        <Losses payment={payment} />
        {evidence.error ? <Problem error={evidence.error} retry={evidence.reload} /> : <Loading />}
      </>
    );
  const isSettled = payment.status === 'ACSC' || payment.status === 'ACCC';
  return (
    <>
      <Messages payment={payment} evidence={evidence.data} />
      <Losses payment={payment} />
      <Signatures evidence={evidence.data} isSettled={isSettled} />
    </>
  );
}

const Page = ({ children }: { children: ComponentChildren }) => (
  <main id="main" class="page" tabIndex={-1}>
    {children}
  </main>
);

/** One payment, watched until it is final. */
export function Payment({ uetr }: { uetr: string }) {
  const { api, me } = useSession();
  const path = `/v1/payments/${encodeURIComponent(uetr)}`;
  const isClosed = (data: PaymentData | null) => data?.state === 'CLOSED';
  const touches = (change: Change): boolean =>
    change.topic === 'everything' ||
    (change.topic === 'payments' && change.uetrs.includes(uetr)) ||
    (change.topic === 'heartbeat' && !isClosed(payment.data));
  const payment: Resource<PaymentData> = useResource(
    (signal) => api.read<PaymentData>(path, { signal }),
    [api, uetr],
    touches,
  );
  const evidence = useResource(
    async (signal) => (may.seeEvidence(me) ? api.read<Evidence>(`${path}/evidence`, { signal }) : null),
    [api, uetr],
    touches,
  );
  const { data } = payment;
  if (data === null)
    return (
      <Page>
        <p>
          <a href={href(['payments'])}>← {t('nav.payments')}</a>
        </p>
        <h1>{t('payment.title')}</h1>
        {payment.error ? <Problem error={payment.error} retry={payment.reload} /> : <Loading />}
      </Page>
    );
  const [source, target] = [data.legs[0] ?? null, data.legs.at(-1) ?? null];
  return (
    <Page>
      <p>
        <a href={href(['payments'])}>← {t('nav.payments')}</a>
      </p>
      <header class="page-head">
        <h1>
          {source && target ? (
            <>
              <Amount money={source} /> <span aria-hidden="true">→</span> <Amount money={target} />
            </>
          ) : (
            t('payment.title')
          )}
        </h1>
        <span role="status">
          <StatusBadge status={data.status} /> {codeText('status', data.status)}
        </span>
        {evidence.data ? (
          <button
            type="button"
            onClick={() =>
              download(`evidence-${uetr}.json`, 'application/json', JSON.stringify(evidence.data, null, 2))
            }
          >
            {t('payment.evidence')}
          </button>
        ) : null}
      </header>
      {payment.error ? <Problem error={payment.error} retry={payment.reload} /> : null}
      <dl class="facts across">
        <dt>UETR</dt>
        <dd>
          <Id text={data.uetr} />
        </dd>
        <dt>{t('payment.banks')}</dt>
        <dd>
          {data.debtorAgent ?? '–'} <span aria-hidden="true">→</span> {data.creditorAgent ?? '–'}
        </dd>
        <dt>MsgId</dt>
        <dd>
          <Id text={data.msgId} />
        </dd>
        <dt>EndToEndId</dt>
        <dd>
          <code>{data.endToEndId}</code>
        </dd>
      </dl>
      {data.inDoubt ? (
        <div class="problem warn" role="note">
          <DoubtText doubt={data.inDoubt} />
        </div>
      ) : null}
      {data.waitsFor ? (
        <div class="problem warn" role="note">
          <WaitsText waits={data.waitsFor} />
        </div>
      ) : null}
      <Refused payment={data} />
      <div class="panels">
        <TimeLine payment={data} evidence={evidence.data} />
        <Legs payment={data} />
        {may.seeEvidence(me) ? (
          <EvidenceParts payment={data} evidence={evidence as Resource<Evidence>} />
        ) : (
          <Losses payment={data} />
        )}
      </div>
    </Page>
  );
}
