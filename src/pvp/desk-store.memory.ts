import type { QuoteId, Uetr } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { type DeskStore, decideBindings, type QuoteBinding, type StoredQuote } from './desk-store.js';
import { type Halt, stands } from './halts.js';
import { afterTrades, type Position, positionName, tradeOf } from './positions.js';
import type { SignedQuote } from './quote.js';
import type { StoredRate } from './rates.js';

/** The desk's store in memory: the same promises as the PostgreSQL one, for tests and simulation. Halts are kept elsewhere. */
export function createMemoryDeskStore(halts: () => readonly Halt[] = () => []): DeskStore & QuoteBinding {
  const rates: StoredRate[] = [];
  const quotes = new Map<QuoteId, StoredQuote>();
  const booked = new Set<QuoteId>();
  const positions = new Map<string, Position>();

  const insert = (signed: SignedQuote, boundUetr: Uetr | null): void => {
    const { quoteId, issuedAt } = signed.quote;
    invariant(!quotes.has(quoteId), 'a quote id is used once');
    quotes.set(quoteId, { signed, boundUetr, boundAt: boundUetr === null ? null : issuedAt });
  };

  return {
    async addRates(added) {
      for (const rate of added) rates.push({ ...rate, sequence: rates.length + 1 });
    },
    async market(providers, now) {
      const standing = new Map<string, StoredRate>();
      for (const rate of rates) {
        const { providerBic, unitCurrency, quotedCurrency, validFrom } = rate.card;
        if (providers.includes(providerBic) && validFrom <= now)
          standing.set(`${providerBic} ${unitCurrency} ${quotedCurrency}`, rate);
      }
      return { rates: [...standing.values()], halts: halts().filter(stands) };
    },
    async insertQuotes(added) {
      for (const signed of added) insert(signed, null);
    },
    async findQuote(quoteId) {
      return quotes.get(quoteId) ?? null;
    },
    async positions(provider = null) {
      const wanted = [...positions].filter(([, { providerBic }]) => provider === null || providerBic === provider);
      return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, position]) => position);
    },
    async bindQuotes(items) {
      const { outcomes, bindings } = decideBindings(items, (quoteId) => quotes.get(quoteId));
      for (const { quoteId, uetr, now } of bindings) {
        quotes.set(quoteId, { signed: quotes.get(quoteId)!.signed, boundUetr: uetr, boundAt: now });
      }
      return outcomes;
    },
    async insertBoundQuotes(added, uetrs) {
      invariant(added.length === uetrs.length, 'a bound quote has its UETR');
      added.forEach((signed, i) => {
        insert(signed, uetrs[i]!);
      });
    },
    async bookTrades(settled) {
      for (const quote of settled) {
        if (booked.has(quote.quoteId) || !quotes.get(quote.quoteId)?.boundUetr) continue;
        booked.add(quote.quoteId);
        for (const [name, position] of afterTrades([tradeOf(quote)], (key) => positions.get(positionName(key))))
          positions.set(name, position);
      }
    },
  };
}
