import { useEffect, useMemo, useState } from 'preact/hooks';
import { type ListedPayment, STATUSES } from '../api.js';
import { shortTime, t } from '../i18n/index.js';
import { go, href, place, setQuery } from '../route.js';
import { useSession } from '../session.js';
import { EXPORT_PAGE, ExportButton } from '../ui/export-button.js';
import { Amount, At, Empty, Loading, Problem, StatusBadge, Took, useMedia } from '../ui/parts.js';
import { VirtualRows } from '../ui/virtual-rows.js';
import { keyOfPayment, type PaymentQuery, pageOf, usePaymentRows } from './payment-rows.js';

const UETR = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const AMOUNT = /^\d{1,16}(?:\.\d{1,2})?$/;

/** What the form holds; the address has the same names. */
const FIELDS = ['q', 'bank', 'status', 'currency', 'min', 'max'] as const;
type Field = (typeof FIELDS)[number];
type Filter = Readonly<Record<Field, string>>;

const filterOf = (query: Readonly<Record<string, string>>): Filter =>
  Object.fromEntries(FIELDS.map((field) => [field, query[field] ?? ''])) as Filter;

const decimal = (text: string): string => text.replaceAll(/[\s\u00a0\u202f']/g, '').replace(',', '.');

/** What is wrong in each field, and the query of the API that the others make. */
function readFilter(filter: Filter): { readonly faults: Partial<Record<Field, string>>; readonly query: PaymentQuery } {
  const faults: Partial<Record<Field, string>> = {};
  const q = filter.q.trim();
  const isUetr = UETR.test(q.toLowerCase());
  if (!isUetr && (q.length > 35 || /\p{C}/u.test(q))) faults.q = t('filter.q.fault');
  const bank = filter.bank.trim().toUpperCase();
  if (bank !== '' && !BIC.test(bank)) faults.bank = t('filter.bank.fault');
  const status = filter.status.split(',').filter(Boolean);
  const isStatus = status.every((one) => STATUSES.some((known) => known === one));
  if (!isStatus) faults.status = t('filter.status.fault');
  const [min, max] = [decimal(filter.min), decimal(filter.max)];
  if (min !== '' && !AMOUNT.test(min)) faults.min = t('filter.amount.fault');
  if (max !== '' && !AMOUNT.test(max)) faults.max = t('filter.amount.fault');
  if (!faults.min && !faults.max && (min || max) && filter.currency === '')
    faults.currency = t('filter.currency.fault');
  if (!faults.min && !faults.max && min && max && Number(min) > Number(max)) faults.max = t('filter.order.fault');
  const query = {
    ...(isUetr ? { uetr: q.toLowerCase() } : { msgId: q }),
    ...{ bank, status: filter.status, currency: filter.currency, amountMin: min, amountMax: max },
  };
  return { faults, query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) };
}

function TextField({ name, value, fault, size, onInput }: TextFieldProps) {
  return (
    <div class={`field ${name}`}>
      <label for={`filter-${name}`}>{t(`filter.${name}`)}</label>
      <input
        id={`filter-${name}`}
        {...(name === 'q' ? { type: 'search' as const } : { type: 'text' as const })}
        inputMode={name === 'min' || name === 'max' ? 'decimal' : 'text'}
        value={value}
        size={size}
        maxLength={64}
        autoComplete="off"
        spellcheck={false}
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? `fault-${name}` : undefined}
        onInput={(event) => onInput(name, event.currentTarget.value)}
      />
      {fault ? (
        <span id={`fault-${name}`} class="fault" role="alert">
          {fault}
        </span>
      ) : null}
    </div>
  );
}
interface TextFieldProps {
  readonly name: 'q' | 'bank' | 'min' | 'max';
  readonly value: string;
  readonly fault: string | undefined;
  readonly size: number;
  readonly onInput: (field: Field, value: string) => void;
}

function FilterForm({ filter, faults, onInput }: FilterFormProps) {
  const { ledgers } = useSession();
  const text = (name: TextFieldProps['name'], size: number) => (
    <TextField name={name} value={filter[name]} fault={faults[name]} size={size} onInput={onInput} />
  );
  return (
    <search aria-label={t('filter.label')}>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        {text('q', 30)}
        {text('bank', 12)}
        <div class="field">
          <label for="filter-status">{t('filter.status')}</label>
          <select
            id="filter-status"
            value={filter.status}
            aria-invalid={faults.status !== undefined}
            aria-describedby={faults.status ? 'fault-status' : undefined}
            onChange={(event) => onInput('status', event.currentTarget.value)}
          >
            <option value="">{t('filter.all')}</option>
            <option value="ACTC,PDNG">{t('filter.open')}</option>
            {STATUSES.map((status) => (
              <option value={status} key={status}>
                {status} · {t(`status.${status}`)}
              </option>
            ))}
          </select>
          {faults.status ? (
            <span id="fault-status" class="fault" role="alert">
              {faults.status}
            </span>
          ) : null}
        </div>
        <div class="field">
          <label for="filter-currency">{t('filter.currency')}</label>
          <select
            id="filter-currency"
            value={filter.currency}
            aria-invalid={faults.currency !== undefined}
            aria-describedby={faults.currency ? 'fault-currency' : undefined}
            onChange={(event) => onInput('currency', event.currentTarget.value)}
          >
            <option value="">{t('filter.all')}</option>
            {ledgers.map(({ currency }) => (
              <option value={currency} key={currency}>
                {currency}
              </option>
            ))}
          </select>
          {faults.currency ? (
            <span id="fault-currency" class="fault" role="alert">
              {faults.currency}
            </span>
          ) : null}
        </div>
        {text('min', 12)}
        {text('max', 12)}
      </form>
    </search>
  );
}
interface FilterFormProps {
  readonly filter: Filter;
  readonly faults: Partial<Record<Field, string>>;
  readonly onInput: (field: Field, value: string) => void;
}

const exported = (p: ListedPayment): string[] => [
  ...[
    p.uetr,
    p.sender,
    p.msgId,
    p.status,
    p.reason ?? '',
    p.debtorAgent ?? '',
    p.creditorAgent ?? '',
    p.provider ?? '',
  ],
  ...[p.source?.amount ?? '', p.source?.currency ?? '', p.target?.amount ?? '', p.target?.currency ?? ''],
  ...[p.acceptedAt, p.closedAt ?? ''],
];
const EXPORT_HEAD = [
  ...['UETR', 'Sender', 'MsgId', 'Status', 'Reason', 'DebtorAgent', 'CreditorAgent', 'Provider'],
  ...['SourceAmount', 'SourceCurrency', 'TargetAmount', 'TargetCurrency', 'AcceptedAt', 'ClosedAt'],
];

const cells = (p: ListedPayment) => [
  <a
    href={href(['payments', p.uetr])}
    key="at"
    aria-label={`${shortTime(p.acceptedAt)} ${t('payments.open', { id: p.msgId })}`}
  >
    <At iso={p.acceptedAt} />
  </a>,
  <StatusBadge status={p.status} key="status" />,
  <span key="banks">
    {p.debtorAgent ?? p.sender} <span aria-hidden="true">→</span> {p.creditorAgent ?? '–'}
  </span>,
  <Amount money={p.source} key="source" />,
  <Amount money={p.target} key="target" />,
  <code key="msg" title={p.msgId}>
    {p.msgId}
  </code>,
  <code key="uetr" title={p.uetr}>
    {p.uetr}
  </code>,
  p.reason ? <span key="reason">{p.reason}</span> : <Took from={p.acceptedAt} to={p.closedAt} key="took" />,
];

/** The list, by what the address says is looked for. */
export function Payments() {
  const { api } = useSession();
  const [filter, setFilter] = useState(() => filterOf(place.value.query));
  const { faults, query } = readFilter(filter);
  const isGood = Object.keys(faults).length === 0;
  const id = JSON.stringify(query);
  // What is typed is looked for once the typing pauses; what is wrong is not asked.
  const [asked, setAsked] = useState<PaymentQuery>(isGood ? query : {});
  useEffect(() => {
    if (!isGood) return;
    const timer = setTimeout(() => {
      setQuery(filter);
      setAsked(query);
    }, 250);
    return () => clearTimeout(timer);
  }, [id, isGood]);
  // The link of the navigation leads here again without a filter.
  const address = place.value;
  useEffect(() => {
    setFilter((before) => {
      const now = filterOf(address.query);
      return address.path.length === 1 && FIELDS.some((field) => now[field] !== before[field]) ? now : before;
    });
  }, [address]);
  const rows = usePaymentRows(api, asked);
  const isNarrow = useMedia('(max-width: 720px)');
  const columns = useMemo(
    () => [
      { name: t('payments.at'), class: 'c-at' },
      { name: t('payments.status'), class: 'c-status' },
      { name: t('payments.banks'), class: 'c-banks' },
      { name: t('payments.source'), class: 'c-source' },
      { name: t('payments.target'), class: 'c-target' },
      { name: 'MsgId', class: 'c-msg' },
      { name: 'UETR', class: 'c-uetr' },
      { name: t('payments.took'), class: 'c-took' },
    ],
    [t('payments.at')],
  );
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <main id="main" class="page fill" tabIndex={-1}>
      <header class="page-head">
        <h1>{t('nav.payments')}</h1>
        <span class="muted" role="status">
          {rows.isRead
            ? t(rows.next === null ? 'payments.count' : 'payments.countMore', { n: rows.payments.length })
            : ''}
        </span>
        <ExportButton
          name="payments"
          head={EXPORT_HEAD}
          isReady={isGood}
          count={(n) => t('export.count', { n })}
          page={async (after, signal) => {
            const { payments, next } = await pageOf(api, asked, EXPORT_PAGE, after, signal);
            return { rows: payments.map(exported), next };
          }}
        />
        {FIELDS.some((field) => filter[field] !== '') ? (
          <button type="button" onClick={() => setFilter(filterOf({}))}>
            {t('filter.clear')}
          </button>
        ) : null}
      </header>
      <FilterForm
        filter={filter}
        faults={faults}
        onInput={(field, value) => setFilter((before) => ({ ...before, [field]: value }))}
      />
      {rows.error ? <Problem error={rows.error} retry={rows.retry} /> : null}
      {!rows.isRead ? (
        rows.error ? null : (
          <Loading />
        )
      ) : rows.payments.length === 0 && rows.next === null ? (
        isFiltered ? (
          <Empty what={t('payments.noneFound')} hint={t('payments.noneFound.hint')} />
        ) : (
          <Empty what={t('payments.none')} hint={t('payments.none.hint')} />
        )
      ) : (
        <VirtualRows
          label={t('nav.payments')}
          columns={columns}
          rows={rows.payments}
          rowHeight={isNarrow ? 64 : 32}
          keyOf={keyOfPayment}
          cells={cells}
          onOpen={(row) => go(['payments', row.uetr])}
          onNearEnd={rows.more}
          foot={rows.next === null ? null : <Loading />}
        />
      )}
    </main>
  );
}
