/** The blotter: every quote, and the payment that has it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Api } from '../api.js';
import { shortTime, t } from '../i18n/index.js';
import { uetrsOf, usePagedRows } from '../paged-rows.js';
import { go, href, place, setQuery } from '../route.js';
import { useSession } from '../session.js';
import { EXPORT_PAGE, ExportButton } from '../ui/export-button.js';
import { Amount, At, Badge, Empty, Loading, Problem, StatusBadge, useMedia } from '../ui/parts.js';
import { VirtualRows } from '../ui/virtual-rows.js';
import { Choice, Field, Price } from './parts.js';
import { type ListedQuote, QUOTE_STATES, type QuotePage, type QuoteState } from './types.js';

export const QUOTE_TONE: Readonly<Record<QuoteState, string>> = { open: 'busy', used: 'good', lapsed: 'plain' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const LOOKED_UP_COUNT = 100;
const LOOKED_UP_MAX = 2_000;
const LIMIT_MAX = 500;

type QuoteQuery = Readonly<Record<string, string>>;

/** What the form holds; the address has the same names. */
const FIELDS = ['q', 'bank', 'provider', 'pair', 'status'] as const;
type FieldName = (typeof FIELDS)[number];
type Filter = Readonly<Record<FieldName, string>>;

const filterOf = (query: Readonly<Record<string, string>>): Filter =>
  Object.fromEntries(FIELDS.map((field) => [field, query[field] ?? ''])) as Filter;

function readFilter(filter: Filter) {
  const [q, bank, provider] = [filter.q.trim().toLowerCase(), ...[filter.bank, filter.provider].map(asBic)];
  const faults = {
    q: q === '' || UUID.test(q) ? null : t('quotes.q.fault'),
    bank: !bank || BIC.test(bank) ? null : t('filter.bank.fault'),
    provider: !provider || BIC.test(provider) ? null : t('filter.bank.fault'),
  };
  const query = { quoteId: q, bank: bank ?? '', provider: provider ?? '', pair: filter.pair, status: filter.status };
  return { faults, query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as QuoteQuery };
}
const asBic = (text: string): string => text.trim().toUpperCase();

const readPage = (api: Api, query: QuoteQuery, limit: number, after: string | null, signal: AbortSignal) =>
  api.read<QuotePage>(
    `/v1/fx/quotes?${new URLSearchParams({ ...query, limit: String(limit), ...(after === null ? {} : { after }) })}`,
    { signal },
  );

const keyOf = ({ quoteId }: ListedQuote): string => quoteId;

/** Its time may be up since it was read. */
export const stateNow = ({ status, validUntil }: ListedQuote): QuoteState =>
  status === 'open' && Date.parse(validUntil) <= Date.now() ? 'lapsed' : status;

/** The list as it changes: open quotes are used, payments go on. */
function useQuoteRows(api: Api, query: QuoteQuery) {
  return usePagedRows<ListedQuote>(
    {
      keyOf,
      async page(limit, after, signal) {
        const { quotes, next } = await readPage(api, query, limit, after, signal);
        return { rows: quotes, next };
      },
      isTouched: ({ topic }) => ['payments', 'desk', 'heartbeat', 'everything'].includes(topic),
      async again(changes, before, signal) {
        const uetrs = [...uetrsOf(changes)];
        if (uetrs.length > LOOKED_UP_MAX) return null;
        const now = new Map<string, ListedQuote | null>();
        // Some that had been open have a payment now, and may be looked for no more.
        for (let i = 0; i < uetrs.length; i += LOOKED_UP_COUNT) {
          const uetr = uetrs.slice(i, i + LOOKED_UP_COUNT).join();
          const { quotes } = await readPage(api, { uetr }, LIMIT_MAX, null, signal);
          for (const quote of quotes) now.set(keyOf(quote), quote);
        }
        const { status } = query;
        return new Map(
          before.flatMap((row) => {
            const found = now.get(keyOf(row));
            if (!found) return [];
            return [[keyOf(row), status && found.status !== status ? null : found] as const];
          }),
        );
      },
    },
    [api, JSON.stringify(query)],
  );
}

const EXPORT_HEAD = [
  ...['QuoteId', 'State', 'Bank', 'Provider', 'SourceAmount', 'SourceCurrency', 'TargetAmount', 'TargetCurrency'],
  ...['Rate', 'FixedSide', 'IssuedAt', 'ValidUntil', 'UsedAt', 'UETR', 'PaymentStatus', 'OnwardQuoteId'],
];
const exported = (q: ListedQuote): string[] => [
  ...[q.quoteId, q.status, q.bank, q.provider, q.source.amount, q.source.currency, q.target.amount, q.target.currency],
  ...[q.rate, q.fixedSide, q.issuedAt, q.validUntil, q.usedAt ?? '', q.uetr ?? '', q.paymentStatus ?? ''],
  q.onwardQuoteId ?? '',
];

const cells = (q: ListedQuote) => [
  <a
    href={href(['desk', 'quotes', q.quoteId])}
    key="at"
    aria-label={`${shortTime(q.issuedAt)} ${t('quotes.open', { id: q.quoteId })}`}
  >
    <At iso={q.issuedAt} />
  </a>,
  <Badge tone={QUOTE_TONE[stateNow(q)]} key="state">
    {t(`quote.${stateNow(q)}`)}
  </Badge>,
  <span key="parties">
    {q.bank} <span aria-hidden="true">←</span> {q.provider}
  </span>,
  <Amount money={q.source} key="source" />,
  <Amount money={q.target} key="target" />,
  <Price rate={q.rate} key="rate" />,
  <span key="payment">
    {q.uetr === null ? (
      <span class="muted">{stateNow(q) === 'open' ? t('quotes.until', { time: shortTime(q.validUntil) }) : '–'}</span>
    ) : (
      <a href={href(['payments', q.uetr])}>
        {q.paymentStatus ? <StatusBadge status={q.paymentStatus} /> : null} <code>{q.uetr.slice(0, 8)}…</code>
      </a>
    )}
  </span>,
];

function FilterForm({ filter, faults, put }: FilterFormProps) {
  const { ledgers, me } = useSession();
  const pairs = ledgers.flatMap(({ currency: a }) =>
    ledgers.filter(({ currency: b }) => a !== b).map(({ currency: b }) => `${a}-${b}`),
  );
  const all = ['', t('filter.all')] as const;
  return (
    <search aria-label={t('quotes.filter')}>
      <form class="filter" onSubmit={(event) => event.preventDefault()}>
        <Field
          id="quotes-q"
          label={t('quotes.q')}
          value={filter.q}
          fault={faults.q}
          onInput={(value) => put('q', value)}
          size={36}
          maxLength={64}
        />
        <Field
          id="quotes-bank"
          label={t('filter.bank')}
          value={filter.bank}
          fault={faults.bank}
          onInput={(value) => put('bank', value)}
        />
        {me.role === 'provider' ? null : (
          <Field
            id="quotes-provider"
            label={t('quotes.provider')}
            value={filter.provider}
            fault={faults.provider}
            onInput={(value) => put('provider', value)}
          />
        )}
        <Choice
          id="quotes-pair"
          label={t('desk.pair')}
          value={filter.pair}
          options={[all, ...[...new Set(pairs)].map((name) => [name, name.replace('-', ' → ')] as const)]}
          onChange={(value) => put('pair', value)}
        />
        <Choice
          id="quotes-status"
          label={t('desk.state')}
          value={filter.status}
          options={[all, ...QUOTE_STATES.map((state) => [state, t(`quote.${state}`)] as const)]}
          onChange={(value) => put('status', value)}
        />
      </form>
    </search>
  );
}
interface FilterFormProps {
  readonly filter: Filter;
  readonly faults: Readonly<Record<'q' | 'bank' | 'provider', string | null>>;
  readonly put: (field: FieldName, value: string) => void;
}

/** The list, by what the address says is looked for. */
export function Quotes() {
  const { api } = useSession();
  const [filter, setFilter] = useState(() => filterOf(place.value.query));
  const { faults, query } = readFilter(filter);
  const isGood = Object.values(faults).every((fault) => fault === null);
  const id = JSON.stringify(query);
  // What is typed is looked for once the typing pauses; what is wrong is not asked.
  const [asked, setAsked] = useState<QuoteQuery>(isGood ? query : {});
  useEffect(() => {
    if (!isGood) return;
    const timer = setTimeout(() => {
      setQuery(filter);
      setAsked(query);
    }, 250);
    return () => clearTimeout(timer);
  }, [id, isGood]);
  const list = useQuoteRows(api, asked);
  const isNarrow = useMedia('(max-width: 720px)');
  const columns = useMemo(
    () => [
      { name: t('quotes.at'), class: 'c-at' },
      { name: t('desk.state'), class: 'c-status' },
      { name: t('quotes.parties'), class: 'c-banks' },
      { name: t('payments.source'), class: 'c-source' },
      { name: t('payments.target'), class: 'c-target' },
      { name: t('payment.rate'), class: 'c-rate' },
      { name: t('quotes.payment'), class: 'c-payment' },
    ],
    [t('quotes.at')],
  );
  const isFiltered = Object.keys(asked).length > 0;
  const isNone = list.rows.length === 0 && list.next === null;
  return (
    <>
      <div class="page-head">
        <span class="muted" role="status">
          {list.isRead ? t(list.next === null ? 'quotes.count' : 'quotes.countMore', { n: list.rows.length }) : ''}
        </span>
        <ExportButton
          name="quotes"
          head={EXPORT_HEAD}
          isReady={isGood}
          count={(n) => t('quotes.count', { n })}
          page={async (after, signal) => {
            const { quotes, next } = await readPage(api, asked, EXPORT_PAGE, after, signal);
            return { rows: quotes.map(exported), next };
          }}
        />
        {FIELDS.some((field) => filter[field] !== '') ? (
          <button type="button" onClick={() => setFilter(filterOf({}))}>
            {t('filter.clear')}
          </button>
        ) : null}
      </div>
      <FilterForm
        filter={filter}
        faults={faults}
        put={(field, value) => setFilter((before) => ({ ...before, [field]: value }))}
      />
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      {!list.isRead ? (
        list.error ? null : (
          <Loading />
        )
      ) : isNone ? (
        <Empty
          what={t(isFiltered ? 'quotes.noneFound' : 'quotes.none')}
          hint={t(isFiltered ? 'payments.noneFound.hint' : 'quotes.none.hint')}
        />
      ) : (
        <VirtualRows
          label={t('desk.tab.quotes')}
          class="quotes"
          columns={columns}
          rows={list.rows}
          rowHeight={isNarrow ? 64 : 32}
          keyOf={keyOf}
          cells={cells}
          onOpen={({ quoteId }) => go(['desk', 'quotes', quoteId])}
          onNearEnd={list.more}
          foot={list.next === null ? null : <Loading />}
        />
      )}
    </>
  );
}
