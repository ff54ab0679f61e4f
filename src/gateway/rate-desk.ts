/** How rates come to the desk: imported by a provider or a feed, or by hand under four eyes. */
import type pg from 'pg';
import type { Clock } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import { bestShown, type DeskPair, type DeskRoute } from '../pvp/best-offer.js';
import type { CurrencyPair, DeskStore, NewRate } from '../pvp/desk-store.js';
import { insertRates } from '../pvp/desk-store.pg.js';
import { type RateCard, rateBook, type StoredRate } from '../pvp/rates.js';
import { createProposals, type Proposals } from './proposals.js';
import { type CardDraft, settled } from './rate-json.js';
import { importedBefore, importOnce, type RateImport, rateHistory } from './rate-store.pg.js';

export interface RateDeskOptions {
  readonly pool: pg.Pool;
  readonly store: Pick<DeskStore, 'market'>;
  readonly clock: Clock;
  readonly routes: readonly DeskRoute[];
  readonly ageMaxMs: (pair: CurrencyPair) => number;
  readonly proposalLifeMs: number;
}

export interface RateBatch extends Omit<RateImport, 'importedAt'> {
  readonly keyId: string;
  /** Whose rates it may set: a provider's its own, a feed's everybody's. */
  readonly ownOnly: boolean;
  readonly asOf: number;
  readonly cards: readonly CardDraft[];
}

/** What a provider asks for one direction now, and why that makes no quote. */
export interface ProviderState {
  readonly provider: Bic;
  readonly rate: string | null;
  readonly reason: Refusal | null;
  /** Its cards for the pair, whichever way round, that stand. */
  readonly cards: readonly StoredRate[];
}

export interface RateDesk {
  /**
   * Sets rates at once, and under one id only once. Errors: `FORBIDDEN` for somebody else's rates, `PAIR_NOT_TRADED`,
   * `RATE_STALE` where a later import stands already, `IDEMPOTENCY_CONFLICT`.
   */
  importRates(batch: RateBatch): Promise<Result<{ importedAt: number }, Refusal>>;
  /** By hand, under four eyes; `propose` also refuses with `PAIR_NOT_TRADED`. */
  readonly proposals: Proposals<readonly CardDraft[]>;
  /** Of one provider, or of all. */
  history(
    pair: CurrencyPair,
    page: { readonly provider: Bic | null; readonly before: string | null; readonly limit: number },
  ): Promise<readonly StoredRate[]>;
  /** Every provider that trades the pair directly, in the corridors' order. */
  states(pair: CurrencyPair): Promise<readonly ProviderState[]>;
}

export function createRateDesk(options: RateDeskOptions): RateDesk {
  const { pool, store, clock, routes } = options;
  const pairs = routes.flat();
  const ofPair = ({ sourceCurrency: a, targetCurrency: b }: CurrencyPair): DeskPair[] => [
    ...new Map(
      pairs
        .filter(({ sourceCurrency, targetCurrency }) => sourceCurrency === a && targetCurrency === b)
        .map((pair) => [pair.providerBic, pair]),
    ).values(),
  ];

  /** A card is of a provider of some corridor, and about a currency that it trades: a cross needs both pairs of its vehicle. */
  const untraded = (cards: readonly CardDraft[]): Refusal | null => {
    const found = cards.find(({ providerBic, unitCurrency, quotedCurrency }) => {
      const own = pairs.filter((pair) => bicKey(pair.providerBic) === providerBic);
      const traded = new Set(own.flatMap(({ sourceCurrency, targetCurrency }) => [sourceCurrency, targetCurrency]));
      return !traded.has(unitCurrency) && !traded.has(quotedCurrency);
    });
    if (!found) return null;
    return refusal('PAIR_NOT_TRADED', `${found.unitCurrency}-${found.quotedCurrency} of ${found.providerBic}`);
  };

  /** A batch that took its time must not put an older rate in the place of a later one. */
  const overtaken = async (cards: readonly CardDraft[], asOf: number): Promise<Refusal | null> => {
    const now = clock.now();
    const { rates } = await store.market([...new Set(cards.map(({ providerBic }) => providerBic))], now);
    const book = rateBook(rates, now, 0);
    const later = cards.find(({ providerBic, unitCurrency, quotedCurrency }) => {
      const standing = book.find(providerBic, unitCurrency, quotedCurrency);
      // A time ahead of our own clock says that one of the clocks was wrong, and nothing of the rates.
      return standing && standing.approvedBy === null && standing.asOf > asOf && standing.asOf <= now;
    });
    return later ? refusal('RATE_STALE', `a later rate of ${later.unitCurrency}-${later.quotedCurrency} stands`) : null;
  };

  const proposals = createProposals<readonly CardDraft[]>({
    pool,
    clock,
    kind: 'rates',
    lifeMs: options.proposalLifeMs,
    carryOut: (client, cards, { at, setBy, approvedBy }) =>
      insertRates(
        client,
        cards.map((card) => newRate(settled(card, at), { asOf: at, setAt: at, setBy, approvedBy })),
      ),
  });

  return {
    async importRates({ caller, importId, contentHash, keyId, ownOnly, asOf: given, cards }) {
      if (ownOnly && cards.some(({ providerBic }) => providerBic !== bicKey(caller)))
        return err(refusal('FORBIDDEN', 'a provider sets its own rates'));
      const before = await importedBefore(pool, { caller, importId, contentHash });
      if (before !== null) return ok({ importedAt: before });
      const now = clock.now();
      // A time that is later than ours makes no rate younger than it is here.
      const asOf = Math.min(given, now);
      const refused = untraded(cards) ?? (await overtaken(cards, asOf));
      if (refused) return err(refused);
      const rates = cards.map((card) => newRate(settled(card, now), { asOf, setAt: now, setBy: keyId }));
      const importedAt = await importOnce(pool, { caller, importId, contentHash, importedAt: now }, rates);
      return importedAt === null ? err(refusal('IDEMPOTENCY_CONFLICT')) : ok({ importedAt });
    },
    proposals: {
      ...proposals,
      async propose(proposalId, by, cards) {
        const refused = untraded(cards);
        return refused ? err(refused) : proposals.propose(proposalId, by, cards);
      },
    },
    history: (pair, page) => rateHistory(pool, pair, page),
    async states(pair) {
      const traded = ofPair(pair);
      const now = clock.now();
      const market = await store.market(
        traded.map(({ providerBic }) => providerBic),
        now,
      );
      const book = rateBook(market.rates, now, options.ageMaxMs(pair));
      return traded.map((one) => {
        const { providerBic, sourceCurrency, targetCurrency } = one;
        const shown = bestShown(book, market.halts, [[one]], '' as Bic);
        const cards = [
          book.find(providerBic, sourceCurrency, targetCurrency),
          book.find(providerBic, targetCurrency, sourceCurrency),
        ].flatMap((card) => card ?? []);
        return {
          provider: providerBic,
          cards,
          ...(shown.ok ? { rate: shown.value.rate, reason: null } : { rate: null, reason: shown.error }),
        };
      });
    },
  };
}

const newRate = (
  card: RateCard,
  { asOf, setAt, setBy, approvedBy = null }: Omit<NewRate, 'card' | 'approvedBy'> & { approvedBy?: string | null },
): NewRate => ({ card, asOf, setAt, setBy, approvedBy });
