/** What is traded and at which prices, as the pages of the desk have it. */
import { useRef } from 'preact/hooks';
import type { Api, Ledger } from '../api.js';
import { useResource } from '../resource.js';
import { useSession } from '../session.js';
import { inverse, type Sides, standingSides, type Way, wayOf } from './market.js';
import { touchesDesk } from './parts.js';
import type { CurrentRate, ProviderRate, RateHistory, StoredCard } from './types.js';

/** A provider's prices for a pair, and why it makes no quote in a direction. */
export interface ProviderPrices {
  readonly provider: string;
  readonly sides: Sides;
  readonly cards: readonly StoredCard[];
  readonly reasons: readonly string[];
  readonly asOf: string | null;
}

export interface Pair {
  /** `CNY-KZT`, as a halt names it. */
  readonly name: string;
  readonly way: Way;
  readonly providers: readonly ProviderPrices[];
}

export interface Market {
  readonly pairs: readonly Pair[];
  /** Of each pair the best, those through vehicle currencies too. */
  readonly best: readonly CurrentRate[];
}

function couples(ledgers: readonly Ledger[]): (readonly [string, string])[] {
  const currencies = [...new Set(ledgers.map(({ currency }) => currency))].sort();
  return currencies.flatMap((a, i) => currencies.slice(i + 1).map((b) => [a, b] as const));
}

const readProviders = async (api: Api, from: string, to: string, signal: AbortSignal) =>
  (await api.read<{ providers: ProviderRate[] }>(`/v1/fx/rates/${from}-${to}/providers`, { signal })).providers;

async function readPair(api: Api, [a, b]: readonly [string, string], signal: AbortSignal): Promise<Pair | null> {
  const [there, back] = await Promise.all([readProviders(api, a, b, signal), readProviders(api, b, a, signal)]);
  const names = [...new Set([...there, ...back].map(({ provider }) => provider))];
  if (names.length === 0) return null;
  const way = wayOf(
    [a, b],
    [...there, ...back].flatMap(({ cards }) => cards),
  );
  const providers = names.map((provider): ProviderPrices => {
    const both = [there, back].flatMap((side) => side.find((one) => one.provider === provider) ?? []);
    const cards = [...new Map(both.flatMap((one) => one.cards).map((card) => [card.sequence, card])).values()];
    const own = standingSides(cards, way);
    const [give, want] = way.unit === a ? [there, back] : [back, there];
    const rateOf = (side: readonly ProviderRate[]) => side.find((one) => one.provider === provider)?.rate ?? null;
    // A cross rate is no card's own.
    const [bid, ask] = [own.bid ?? rateOf(give), own.ask ?? inverse(rateOf(want), 'up')];
    const times = cards.map(({ asOf }) => asOf).sort();
    return {
      ...{ provider, sides: { bid, ask }, cards, asOf: times.at(-1) ?? null },
      reasons: [...new Set(both.flatMap(({ reason }) => reason ?? []))],
    };
  });
  return { name: `${a}-${b}`, way, providers };
}

/** The market now, read again when the desk changes. */
export function useMarket() {
  const { api, ledgers } = useSession();
  return useResource<Market>(
    async (signal) => {
      const { rates } = await api.read<{ rates: CurrentRate[] }>('/v1/fx/rates', { signal });
      const pairs = await Promise.all(couples(ledgers).map((couple) => readPair(api, couple, signal)));
      return { pairs: pairs.flatMap((pair) => pair ?? []), best: rates };
    },
    [api],
    touchesDesk,
  );
}

const HISTORY_PAGE = 500;
const HISTORY_PAGES_MAX = 8;
const NEWEST = 50;

/** The history of a pair back to a moment, newest first. After a change only what is new is read. */
export function useHistory({ name }: Pair, since: number) {
  const { api } = useSession();
  const id = `${name} ${since}`;
  const known = useRef<{ readonly id: string; readonly cards: readonly StoredCard[] }>({ id: '', cards: [] });
  return useResource<readonly StoredCard[]>(
    async (signal) => {
      const path = `/v1/fx/rates/${name}/history`;
      const newest = known.current.id === id ? Number(known.current.cards[0]?.sequence ?? 0) : 0;
      const cards: StoredCard[] = [];
      for (let i = 0, after = ''; i < HISTORY_PAGES_MAX; i++) {
        const limit = newest > 0 && i === 0 ? NEWEST : HISTORY_PAGE;
        const page = await api.read<RateHistory>(`${path}?limit=${limit}${after && `&after=${after}`}`, { signal });
        const fresh = page.rates.filter(({ sequence }) => Number(sequence) > newest);
        cards.push(...fresh);
        if (fresh.length < page.rates.length) {
          cards.push(...known.current.cards);
          break;
        }
        if (page.next === null || Date.parse(page.rates.at(-1)?.setAt ?? '') < since) break;
        after = page.next;
      }
      known.current = { id, cards: cards.slice(0, HISTORY_PAGE * HISTORY_PAGES_MAX) };
      return known.current.cards;
    },
    [api, id],
    touchesDesk,
  );
}
