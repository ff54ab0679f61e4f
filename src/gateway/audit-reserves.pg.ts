/** What the desk's counters of promised money and open quotes come to, derived anew from the quotes. */
import type { ClientBase } from 'pg';
import type { Report } from '../kernel/finding.js';
import { cursorPages } from '../ledger/cursor.pg.js';
import { type CounterFound, toCounter } from '../pvp/counter-store.pg.js';
import { type Counter, count, keyOf, movementsOf } from '../pvp/limits.js';
import { decodeQuote } from '../pvp/quote.js';

interface QuoteFound {
  quote_id: string;
  quote: Buffer;
  is_open: boolean;
}

/** Quotes that count and have not ended: nobody used them and their end was not noted, or their payment goes on. */
const STANDING = `
  SELECT q.quote_id, q.quote, q.bound_uetr IS NULL AS is_open FROM fx_quote q
    LEFT JOIN payment p ON p.owns_uetr AND p.uetr = q.bound_uetr::text
   WHERE q.charged AND CASE WHEN q.bound_uetr IS NULL THEN q.lapsed_at IS NULL ELSE p.closed_at IS NULL END`;

/** Tells of wallets that have other money reserved than quotes that have not ended promise, and of open quotes miscounted. */
export async function auditReserves(client: ClientBase, report: Report): Promise<void> {
  const tell = (table: string, key: string, detail: string) =>
    report({ code: 'RESERVE_FALSE', database: 'gateway', table, key, detail });
  const due = new Map<string, bigint>();
  for await (const page of cursorPages<QuoteFound>(client, 'audit_standing', STANDING))
    for (const { quote_id, quote, is_open } of page) {
      try {
        const movements = movementsOf(decodeQuote(quote), is_open, () => '');
        count(
          due,
          movements.filter(({ measure }) => measure === 'promised' || measure === 'openQuotes'),
        );
      } catch {
        tell('fx_quote', quote_id, 'it can not be read');
      }
    }
  const { rows } = await client.query<CounterFound>(
    `SELECT scope, name, day, measure, currency, amount::text AS amount FROM fx_counter
      WHERE measure IN ('promised', 'settled', 'openQuotes') ORDER BY scope, name, measure`,
  );
  const counters = rows.map(toCounter);
  const settled = new Map(
    counters.filter(({ measure }) => measure === 'settled').map((one) => [nameOf(one), one.amount]),
  );
  const stands = new Map<string, bigint>();
  for (const counter of counters)
    if (counter.measure === 'openQuotes') stands.set(keyOf(counter), counter.amount);
    else if (counter.measure === 'promised')
      stands.set(keyOf(counter), counter.amount - (settled.get(nameOf(counter)) ?? 0n));
  for (const key of new Set([...due.keys(), ...stands.keys()])) {
    const [is, should] = [stands.get(key) ?? 0n, due.get(key) ?? 0n];
    if (is !== should) tell('fx_counter', key.slice(2).trim(), `${is} is counted, and quotes come to ${should}`);
  }
}

const nameOf = ({ name, currency }: Counter): string => `${name} ${currency}`;
