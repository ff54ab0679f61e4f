/** Limits of banks and providers as the desk looks after them: proposed and approved by its officers, with what is used. */
import type pg from 'pg';
import type { Clock } from '../kernel/clock.js';
import { refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { err } from '../kernel/result.js';
import { readCounters } from '../pvp/counter-store.pg.js';
import { type CounterKey, type DayOf, keyOf } from '../pvp/limits.js';
import {
  type Conduct,
  changeLimits,
  conductOf,
  type LimitChange,
  type StoredLimit,
  standingLimits,
} from './limit-store.pg.js';
import { createProposals, type Proposals } from './proposals.js';
import type { Reserve, Reserves } from './reserves.js';

export type { Conduct, LimitChange, StoredLimit } from './limit-store.pg.js';

/** A limit and what counts against it now: minor units or a count; null where it is one for many, or of one payment. */
export interface UsedLimit extends StoredLimit {
  readonly used: bigint | null;
}

export interface LimitDesk {
  /** `propose` also refuses, with `LIMIT_INVALID`, a limit of who trades nothing. */
  readonly proposals: Proposals<readonly LimitChange[]>;
  limits(): Promise<readonly UsedLimit[]>;
  /** What providers have promised of their wallets, and what is left. */
  reserves(): Promise<readonly Reserve[]>;
  /** Of one bank, or of all, of so many days, the newest first. */
  conduct(bank: Bic | null, dayCount: number): Promise<readonly Conduct[]>;
}

export interface LimitDeskOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly proposalLifeMs: number;
  readonly reserves: Pick<Reserves, 'reserves' | 'wallets'>;
  /** Those of all corridors. */
  readonly currencies: readonly string[];
  readonly dayOf: DayOf;
}

const DAY_MS = 86_400_000;
const CONDUCT_SHOWN_MAX = 1_000;

export function createLimitDesk(options: LimitDeskOptions): LimitDesk {
  const { pool, clock, reserves, currencies, dayOf } = options;
  const proposals = createProposals<readonly LimitChange[]>({
    pool,
    clock,
    kind: 'limits',
    lifeMs: options.proposalLifeMs,
    carryOut: changeLimits,
  });
  const providers = new Set(reserves.wallets.map(({ provider }) => bicKey(provider)));

  const countersOf = ({ scope, bic, measure, currency }: StoredLimit): CounterKey[] => {
    if (bic === null || measure === 'paymentAmount') return [];
    const key = { scope, name: bicKey(bic), measure, currency: currency ?? '' };
    if (measure === 'openQuotes' || measure === 'netPosition') return [{ ...key, day: '' }];
    const now = clock.now();
    const days = currency === null ? currencies.map((one) => dayOf(one, now)) : [dayOf(currency, now)];
    return [...new Set(days)].map((day) => ({ ...key, day }));
  };

  return {
    proposals: {
      ...proposals,
      async propose(proposalId, by, changes) {
        const stranger = changes.find(({ scope, bic }) => scope === 'provider' && bic !== null && !providers.has(bic));
        if (stranger) return err(refusal('LIMIT_INVALID', `${stranger.bic} is no provider of a corridor`));
        const unknown = changes.find(({ currency }) => currency !== null && !currencies.includes(currency));
        if (unknown) return err(refusal('LIMIT_INVALID', `${unknown.currency} is traded by nobody`));
        return proposals.propose(proposalId, by, changes);
      },
    },
    async limits() {
      const limits = await standingLimits(pool);
      const counters = await readCounters(pool, limits.flatMap(countersOf));
      const amounts = new Map(counters.map((counter) => [keyOf(counter), counter.amount]));
      return limits.map((limit) => {
        const keys = countersOf(limit);
        const used = keys.reduce((sum, key) => sum + (amounts.get(keyOf(key)) ?? 0n), 0n);
        return { ...limit, used: keys.length === 0 ? null : used };
      });
    },
    reserves: () => reserves.reserves(),
    conduct(bank, dayCount) {
      const at = clock.now() - (dayCount - 1) * DAY_MS;
      const [since = ''] = currencies.map((currency) => dayOf(currency, at)).sort();
      return conductOf(pool, { bank, since, limit: CONDUCT_SHOWN_MAX });
    },
  };
}
