/** The FX desk of a gateway as it runs: quotes, rates and halts over the gateway's database, and their routes. */
import type { Router } from 'express';
import type pg from 'pg';
import type { Clock, Randomness, Timers } from '../kernel/clock.js';
import type { Bic, LedgerCode } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { createDesk, type Desk, type DeskRoute, type PairRules, RATE_AGE_MAX_MS } from '../pvp/desk.js';
import { createPgDeskStore, endQuotes } from '../pvp/desk-store.pg.js';
import type { DayOf, EndedQuote } from '../pvp/limits.js';
import type { QuoteSigner } from '../pvp/quote-signature.js';
import type { BalancePort } from './balance-port.js';
import { calendar, type JurisdictionConfig, type OtkelConfig, PROPOSAL_LIFE_MS, routesOf } from './config.js';
import { createHaltDesk, type HaltPort } from './halts.js';
import { createLimitDesk } from './limits.js';
import { createPositionDesk, type PositionDesk, type PositionDeskOptions } from './positions.js';
import { searchQuotes } from './quote-search.pg.js';
import { boundedSigners } from './quote-signers.js';
import { createRateDesk } from './rate-desk.js';
import { createReserves } from './reserves.js';
import { createFxHaltsRouter } from './routes/fx-halts.js';
import { createFxLimitsRouter } from './routes/fx-limits.js';
import { createFxPositionsRouter } from './routes/fx-positions.js';
import { createFxQuoteListRouter } from './routes/fx-quote-list.js';
import { createFxQuotesRouter } from './routes/fx-quotes.js';
import { createFxRateChangesRouter } from './routes/fx-rate-changes.js';
import { createFxRatesRouter } from './routes/fx-rates.js';
import { createFxTariffsRouter } from './routes/fx-tariffs.js';
import { createTariffDesk } from './tariff-desk.js';

export interface FxDeskOptions {
  readonly config: OtkelConfig;
  readonly jurisdiction: (code: LedgerCode) => JurisdictionConfig;
  readonly pool: pg.Pool;
  /** The signer of a provider's quotes. */
  readonly quoteSigner: (provider: Bic) => QuoteSigner;
  readonly halts: ReadonlyMap<LedgerCode, HaltPort>;
  readonly balances: ReadonlyMap<LedgerCode, BalancePort>;
  readonly onFunds: PositionDeskOptions['onFunds'];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Pick<Randomness, 'uuid'>;
  readonly onFailure: (what: string, error: unknown) => void;
}

export interface FxDesk {
  readonly desk: Desk;
  readonly positions: PositionDesk;
  /** Counts what the ends of payments change, inside the transaction that ends them. */
  readonly endQuotes: (client: pg.PoolClient, ended: readonly EndedQuote[]) => Promise<void>;
  /** Delivers halts, ends quotes whose time is up, looks what wallets have. */
  readonly upkeep: () => Promise<void>;
  readonly routers: readonly Router[];
}

export function openFxDesk(options: FxDeskOptions): FxDesk {
  const { config, pool, clock } = options;
  const store = createPgDeskStore(pool);
  const { routes, rules } = tradesOf(options);
  const { quoteLifeMs, rateAgeMaxMs = RATE_AGE_MAX_MS, proposalLifeMs = PROPOSAL_LIFE_MS } = config;
  const { random, timers, onFailure } = options;
  const dayOf = daysOf(config);
  const reserves = createReserves({ ...options, routes, dayOf });
  const desk = createDesk({
    store,
    clock,
    random,
    routes,
    rules,
    quoteLifeMs,
    rateAgeMaxMs,
    counting: reserves,
    quoteSigner: boundedSigners(timers, options.quoteSigner),
    onUnsigned: (provider, error) => onFailure(`quotes of ${provider}`, error),
  });
  const rates = createRateDesk({
    pool,
    store,
    clock,
    routes,
    proposalLifeMs,
    ageMaxMs: (pair) => rules.get(`${pair.sourceCurrency}-${pair.targetCurrency}`)?.rateAgeMaxMs ?? rateAgeMaxMs,
  });
  const halts = createHaltDesk({ ...options, jurisdictions: options.halts });
  const positions = createPositionDesk({ ...options, store, routes, reserves: reserves.reserves });
  const currencies = config.jurisdictions.map(({ currency }) => currency);
  const limits = createLimitDesk({ pool, clock, proposalLifeMs, reserves, currencies, dayOf });
  return {
    desk,
    positions,
    endQuotes: (client, ended) => endQuotes(client, ended, dayOf),
    upkeep: async () => {
      await halts.deliver();
      await reserves.upkeep();
    },
    routers: [
      createFxQuotesRouter(desk),
      createFxQuoteListRouter({ clock, search: (...asked) => searchQuotes(pool, ...asked) }),
      createFxRatesRouter(desk, rates),
      createFxRateChangesRouter(rates),
      createFxHaltsRouter({ halts, clock }),
      createFxLimitsRouter(limits),
      createFxPositionsRouter({ desk: positions, clock }),
      createFxTariffsRouter(createTariffDesk({ ...options, proposalLifeMs })),
    ],
  };
}

/** Days as the ledger of a currency has them. */
function daysOf({ jurisdictions }: OtkelConfig): DayOf {
  const days = new Map(jurisdictions.map(({ currency, timeZone }) => [currency, calendar(timeZone)]));
  return (currency, at) => {
    const day = days.get(currency);
    invariant(day, `${currency} is the currency of a ledger`);
    return day(at);
  };
}

/** What the corridors let trade. A payment takes the first corridor between its ledgers: others of the pair are none for it. */
function tradesOf({ config, jurisdiction }: FxDeskOptions): {
  readonly routes: readonly DeskRoute[];
  readonly rules: ReadonlyMap<string, PairRules>;
} {
  const { quoteLifeMs, rateAgeMaxMs = RATE_AGE_MAX_MS } = config;
  const rules = new Map<string, PairRules>();
  const routes: DeskRoute[] = [];
  for (const corridor of config.corridors) {
    const name = `${jurisdiction(corridor.source).currency}-${jurisdiction(corridor.destination).currency}`;
    if (rules.has(name)) continue;
    rules.set(name, {
      quoteLifeMs: corridor.quoteLifeMs ?? quoteLifeMs,
      rateAgeMaxMs: corridor.rateAgeMaxMs ?? rateAgeMaxMs,
    });
    for (const route of routesOf(corridor))
      routes.push(
        route.map(({ source, target, provider, sourceWallet, targetWallet }) => ({
          providerBic: provider,
          sourceCurrency: jurisdiction(source).currency,
          targetCurrency: jurisdiction(target).currency,
          sourceLedger: source,
          targetLedger: target,
          sourceProviderWallet: sourceWallet,
          targetProviderWallet: targetWallet,
        })),
      );
  }
  return { routes, rules };
}
