/** The list of payments, with what becomes of them. */
import type { Api, ListedPayment, PaymentPage } from '../api.js';
import { uetrsOf, usePagedRows } from '../paged-rows.js';

export type PaymentQuery = Readonly<Record<string, string>>;

const LOOKED_UP_COUNT = 100;
const LOOKED_UP_MAX = 20;

/** A refusal may name the UETR of another payment: it is told from it by its message. */
export const keyOfPayment = ({ uetr, sender, msgId }: ListedPayment): string => `${uetr} ${sender} ${msgId}`;

export const pageOf = (api: Api, query: PaymentQuery, limit: number, after: string | null, signal?: AbortSignal) => {
  const given = new URLSearchParams({ ...query, limit: String(limit), ...(after === null ? {} : { after }) });
  return api.read<PaymentPage>(`/v1/payments?${given}`, signal ? { signal } : {});
};

export function usePaymentRows(api: Api, query: PaymentQuery) {
  const { rows, ...list } = usePagedRows<ListedPayment>(
    {
      async page(limit, after, signal) {
        const { payments, next } = await pageOf(api, query, limit, after, signal);
        return { rows: payments, next };
      },
      keyOf: keyOfPayment,
      isTouched: ({ topic }) => topic === 'payments' || topic === 'everything' || topic === 'heartbeat',
      async again(changes, before, signal) {
        const uetrs = uetrsOf(changes);
        const wanted = before.filter(({ uetr }) => uetrs.has(uetr));
        if (wanted.length > LOOKED_UP_MAX) return null;
        const now = new Map<string, ListedPayment | null>();
        for (const row of wanted) {
          const { payments } = await pageOf(api, { ...query, uetr: row.uetr }, LOOKED_UP_COUNT, null, signal);
          const key = keyOfPayment(row);
          now.set(key, payments.find((payment) => keyOfPayment(payment) === key) ?? null);
        }
        return now;
      },
    },
    [api, JSON.stringify(query)],
  );
  return { ...list, payments: rows };
}
