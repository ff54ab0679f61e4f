import type { Refusal } from '../kernel/errors.js';
import type { QuoteId, Uetr } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Tariff } from './charge.js';
import {
  byOffer,
  type DeskStore,
  decideBindings,
  type QuoteBinding,
  type ReserveStore,
  type StoredQuote,
} from './desk-store.js';
import { type Halt, stands } from './halts.js';
import {
  boundMovements,
  type Counter,
  type CounterKey,
  count,
  countWhatFits,
  endedMovements,
  keyOf,
  type Limit,
  lapsedMovements,
  type Movement,
} from './limits.js';
import { afterTrades, type Position, positionName, tradeOf } from './positions.js';
import type { SignedQuote } from './quote.js';
import type { StoredRate } from './rates.js';

/**
 * The desk's store in memory: the same promises as the PostgreSQL one, for tests and simulation. Halts, limits and
 * tariffs are kept elsewhere.
 */
export function createMemoryDeskStore(
  halts: () => readonly Halt[] = () => [],
  limits: () => readonly Limit[] = () => [],
  tariffs: () => readonly Tariff[] = () => [],
): DeskStore & QuoteBinding & ReserveStore {
  const rates: StoredRate[] = [];
  const quotes = new Map<QuoteId, StoredQuote>();
  const booked = new Set<QuoteId>();
  const positions = new Map<string, Position>();
  const charged = new Set<QuoteId>();
  const counters = new Map<string, CounterKey>();
  const amounts = new Map<string, bigint>();

  const insert = ({ charges, ...signed }: SignedQuote, boundUetr: Uetr | null): void => {
    const { quoteId, issuedAt } = signed.quote;
    invariant(!quotes.has(quoteId), 'a quote id is used once');
    if (charges) charged.add(quoteId);
    quotes.set(quoteId, {
      signed,
      boundUetr,
      boundAt: boundUetr === null ? null : issuedAt,
      isLapsed: false,
    });
  };
  const insertOffers = (added: readonly SignedQuote[], uetrs: readonly (Uetr | null)[]): (Refusal | null)[] => {
    const offers = byOffer(added.map((signed, i) => ({ signed, uetr: uetrs[i] ?? null, quote: signed.quote })));
    const outcomes = countWhatFits(
      amounts,
      offers.map((offer) => offer.flatMap(({ signed }) => signed.charges ?? [])),
    );
    return offers.flatMap((offer, i) =>
      offer.map(({ signed, uetr }) => {
        const outcome = outcomes[i] ?? null;
        if (outcome === null) {
          name(signed.charges ?? []);
          insert(signed, uetr);
        }
        return outcome;
      }),
    );
  };
  const name = (keys: readonly CounterKey[]): void => {
    for (const { scope, name, day, measure, currency } of keys) {
      const key = { scope, name, day, measure, currency };
      counters.set(keyOf(key), key);
    }
  };
  const counted = (movements: readonly Movement[]): void => {
    name(movements);
    count(amounts, movements);
  };
  const read = (keys: Iterable<string>): Counter[] =>
    [...keys].flatMap((key) => {
      const counter = counters.get(key);
      return counter ? [{ ...counter, amount: amounts.get(key) ?? 0n }] : [];
    });

  return {
    async addRates(added) {
      for (const rate of added) rates.push({ ...rate, sequence: rates.length + 1 });
    },
    async market(providers, now, asked) {
      const standing = new Map<string, StoredRate>();
      for (const rate of rates) {
        const { providerBic, unitCurrency, quotedCurrency, validFrom } = rate.card;
        if (providers.includes(providerBic) && validFrom <= now)
          standing.set(`${providerBic} ${unitCurrency} ${quotedCurrency}`, rate);
      }
      const names: readonly string[] = asked ? [...asked.providers, ...asked.banks, ...asked.wallets] : [];
      const of = [...counters].filter(
        ([, { name, day }]) => names.includes(name) && (day === '' || asked?.days.includes(day)),
      );
      return {
        rates: [...standing.values()],
        halts: halts().filter(stands),
        limits: limits(),
        counters: read(of.map(([key]) => key)),
        awaited: [],
        tariffs: tariffs(),
      };
    },
    async openCounters(keys) {
      name(keys);
    },
    async insertQuotes(added) {
      return insertOffers(
        added,
        added.map(() => null),
      );
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
        const { signed } = quotes.get(quoteId)!;
        quotes.set(quoteId, { signed, boundUetr: uetr, boundAt: now, isLapsed: false });
        if (charged.has(quoteId)) counted(boundMovements(signed.quote));
      }
      return outcomes;
    },
    async insertBoundQuotes(added, uetrs) {
      invariant(added.length === uetrs.length, 'a bound quote has its UETR');
      return insertOffers(added, uetrs);
    },
    async endQuotes(ended, dayOf) {
      for (const one of ended) if (charged.has(one.quote.quoteId)) counted(endedMovements(one, dayOf));
    },
    async lapseQuotes(now, limit, dayOf) {
      const over = [...quotes.values()].filter(
        ({ boundUetr, isLapsed, signed }) => boundUetr === null && !isLapsed && signed.quote.validUntil <= now,
      );
      for (const stored of over.slice(0, limit)) {
        const { quote } = stored.signed;
        quotes.set(quote.quoteId, { ...stored, isLapsed: true });
        if (charged.has(quote.quoteId)) counted(lapsedMovements(quote, dayOf));
      }
      return Math.min(over.length, limit);
    },
    counters: async (keys) => read(keys.map(keyOf)),
    async setCovered(covered) {
      name(covered);
      for (const counter of covered) amounts.set(keyOf(counter), counter.amount);
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
