/** The list of payments as it grows at both ends: older pages as they are scrolled to, newer payments as they come. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Api, ApiError, type ListedPayment, type PaymentPage } from '../api.js';
import { onChange } from '../live.js';

export type PaymentQuery = Readonly<Record<string, string>>;

const FIRST_COUNT = 200;
const MORE_COUNT = 500;
const NEWEST_COUNT = 100;
const NEWEST_PAGES_MAX = 10;
const LOOKED_UP_MAX = 20;
const PAUSE_MS = 700;

/** A refusal may name the UETR of another payment: it is told from it by its message. */
export const keyOfPayment = ({ uetr, sender, msgId }: ListedPayment): string => `${uetr} ${sender} ${msgId}`;

export const pageOf = (api: Api, query: PaymentQuery, limit: number, after: string | null, signal?: AbortSignal) => {
  const given = new URLSearchParams({ ...query, limit: String(limit), ...(after === null ? {} : { after }) });
  return api.read<PaymentPage>(`/v1/payments?${given}`, signal ? { signal } : {});
};

interface Rows {
  readonly payments: readonly ListedPayment[];
  readonly next: string | null;
  readonly isRead: boolean;
}
const NONE: Rows = { payments: [], next: null, isRead: false };

/** Payments newer than the list, and those of its rows that are in the newest pages; null when too many came. */
async function newestOf(api: Api, query: PaymentQuery, known: ReadonlySet<string>, signal: AbortSignal) {
  const found: ListedPayment[] = [];
  let after: string | null = null;
  for (let i = 0; i < NEWEST_PAGES_MAX; i++) {
    const page: PaymentPage = await pageOf(api, query, NEWEST_COUNT, after, signal);
    found.push(...page.payments);
    if (page.next === null || page.payments.some((payment) => known.has(keyOfPayment(payment)))) return found;
    after = page.next;
  }
  return null;
}

/** Rows that changed and are too old for the newest pages, as they are now; null for one that is wanted no more. */
async function lookedUp(api: Api, query: PaymentQuery, rows: readonly ListedPayment[], signal: AbortSignal) {
  const now = new Map<string, ListedPayment | null>();
  for (const row of rows) {
    const { payments } = await pageOf(api, { ...query, uetr: row.uetr }, NEWEST_COUNT, null, signal);
    const key = keyOfPayment(row);
    now.set(key, payments.find((payment) => keyOfPayment(payment) === key) ?? null);
  }
  return now;
}

export function usePaymentRows(api: Api, query: PaymentQuery) {
  const [rows, setRows] = useState<Rows>(NONE);
  const [error, setError] = useState<ApiError | null>(null);
  const current = useRef(rows);
  current.current = rows;
  const more = useRef<() => void>(() => {});
  const restart = useRef<() => void>(() => {});
  const id = JSON.stringify(query);

  useEffect(() => {
    const aborter = new AbortController();
    const { signal } = aborter;
    let isReading = false;
    let isMoreWanted = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = new Set<string>();
    const put = (next: Rows) => {
      current.current = next;
      setRows(next);
    };
    /** One reading at a time; what fails is shown and leaves what was there. */
    const reading = async (read: () => Promise<void>) => {
      if (isReading || signal.aborted) return;
      isReading = true;
      try {
        await read();
        if (!signal.aborted) setError(null);
      } catch (failed) {
        if (!signal.aborted)
          setError(failed instanceof ApiError ? failed : new ApiError('PAGE', 0, String(failed), 'later'));
      }
      isReading = false;
      if (isMoreWanted) more.current();
    };
    const first = () =>
      reading(async () => {
        const page = await pageOf(api, query, FIRST_COUNT, null, signal);
        if (!signal.aborted) put({ payments: page.payments, next: page.next, isRead: true });
      });
    const refresh = () =>
      reading(async () => {
        const uetrs = new Set(changed);
        changed.clear();
        const before = current.current;
        if (!before.isRead) {
          const page = await pageOf(api, query, FIRST_COUNT, null, signal);
          if (!signal.aborted) put({ payments: page.payments, next: page.next, isRead: true });
          return;
        }
        const known = new Set(before.payments.map(keyOfPayment));
        const newest = await newestOf(api, query, known, signal);
        const fresh = new Map((newest ?? []).map((payment) => [keyOfPayment(payment), payment]));
        const old = before.payments.filter((row) => uetrs.has(row.uetr) && !fresh.has(keyOfPayment(row)));
        if (newest === null || old.length > LOOKED_UP_MAX) {
          const page = await pageOf(api, query, FIRST_COUNT, null, signal);
          if (!signal.aborted) put({ payments: page.payments, next: page.next, isRead: true });
          return;
        }
        const now = await lookedUp(api, query, old, signal);
        if (signal.aborted) return;
        const kept = before.payments.flatMap((row) => {
          const key = keyOfPayment(row);
          const found = fresh.get(key) ?? now.get(key);
          return found === null ? [] : [found ?? row];
        });
        put({ ...before, payments: [...(newest ?? []).filter((row) => !known.has(keyOfPayment(row))), ...kept] });
      });
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void refresh();
      }, PAUSE_MS);
    };
    more.current = () => {
      const { next, payments } = current.current;
      isMoreWanted = isReading;
      if (next === null || isReading) return;
      void reading(async () => {
        const page = await pageOf(api, query, MORE_COUNT, next, signal);
        if (!signal.aborted) put({ payments: [...payments, ...page.payments], next: page.next, isRead: true });
      });
    };
    restart.current = () => void first();
    put(NONE);
    void first();
    const stop = onChange((change) => {
      if (change.topic === 'payments') for (const uetr of change.uetrs) changed.add(uetr);
      if (change.topic === 'payments' || change.topic === 'everything' || change.topic === 'heartbeat') soon();
    });
    return () => {
      aborter.abort();
      clearTimeout(timer);
      stop();
    };
  }, [api, id]);

  return {
    ...rows,
    error,
    more: useCallback(() => more.current(), []),
    retry: useCallback(() => restart.current(), []),
  };
}
