/** What the operator charges, by corridor and bank: set under four eyes, effective at the next quote. */
import type pg from 'pg';
import type { Clock } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode } from '../kernel/ids.js';
import { err } from '../kernel/result.js';
import { checkRule, type Tariff, tariffFor } from '../pvp/charge.js';
import type { BalancePort } from './balance-port.js';
import { feeWalletOf, type JurisdictionConfig, type OtkelConfig } from './config.js';
import { HttpProblem } from './problem.js';
import { createProposals, type Proposals } from './proposals.js';
import { bicOf, fieldsOf, listOf, optional, textOf } from './rate-json.js';
import { type StoredTariff, setTariffs, standingTariffs } from './tariff-store.pg.js';

export interface TariffDeskOptions {
  readonly config: OtkelConfig;
  readonly jurisdiction: (code: LedgerCode) => JurisdictionConfig;
  readonly pool: pg.Pool;
  /** Who knows whether the wallets for charges are there. */
  readonly balances: ReadonlyMap<LedgerCode, BalancePort>;
  readonly clock: Clock;
  readonly proposalLifeMs: number;
}

export interface TariffDesk {
  /** `propose` also refuses with `TARIFF_INVALID` where a ledger has no wallet for charges, and `UNAVAILABLE` where it does not answer. */
  readonly proposals: Proposals<readonly Tariff[]>;
  /** The tariffs of a request. Throws {@link HttpProblem}: `BAD_REQUEST`, `TARIFF_INVALID`, `PAIR_NOT_TRADED`. */
  read(value: unknown): readonly Tariff[];
  /** All that stand; with a bank those that it is charged by, at most one a corridor. */
  standing(bank: Bic | null): Promise<readonly StoredTariff[]>;
}

const TARIFFS_MAX = 200;
const FIELDS = ['corridor', 'bank', 'fixed', 'proportionalBps', 'least', 'most'];

export function createTariffDesk(options: TariffDeskOptions): TariffDesk {
  const { config, jurisdiction, pool, clock, proposalLifeMs } = options;
  const sources = new Map(
    config.corridors.map(({ source, destination }) => [`${source}-${destination}`, jurisdiction(source)]),
  );

  const tariffOf = (value: unknown, where: string): Tariff => {
    const fields = fieldsOf(value, where, FIELDS);
    const corridor = textOf(fields.corridor, `${where}.corridor`);
    const source = sources.get(corridor);
    if (!source) throw new HttpProblem(refusal('PAIR_NOT_TRADED', `there is no corridor ${corridor}`));
    const tariff: Tariff = {
      corridor,
      bank: optional(fields.bank, (bank) => bicOf(bank, `${where}.bank`)),
      walletId: feeWalletOf(source),
      fixed: textOf(fields.fixed ?? '0', `${where}.fixed`),
      proportionalBps: textOf(fields.proportionalBps ?? '0', `${where}.proportionalBps`),
      least: optional(fields.least, (text) => textOf(text, `${where}.least`)),
      most: optional(fields.most, (text) => textOf(text, `${where}.most`)),
    };
    const checked = checkRule(tariff, source.currency);
    if (!checked.ok) throw new HttpProblem(checked.error);
    return tariff;
  };

  /** Payments would be refused by a leg that has nowhere to pay its charge to. */
  const unpayable = async (tariffs: readonly Tariff[]): Promise<Refusal | null> => {
    const ledgers = new Map(
      tariffs.flatMap(({ corridor }) => sources.get(corridor) ?? []).map((one) => [one.code, one]),
    );
    for (const [code, source] of ledgers) {
      const walletId = feeWalletOf(source);
      try {
        const [balance] = (await options.balances.get(code)?.providerBalances([walletId])) ?? [];
        if (!balance) return refusal('TARIFF_INVALID', `${code} has no open wallet ${walletId} of kind fee`);
      } catch {
        return refusal('UNAVAILABLE', `${code} does not answer`);
      }
    }
    return null;
  };

  const proposals = createProposals<readonly Tariff[]>({
    pool,
    clock,
    kind: 'tariffs',
    lifeMs: proposalLifeMs,
    carryOut: setTariffs,
  });

  return {
    proposals: {
      ...proposals,
      async propose(proposalId, by, tariffs) {
        const refused = await unpayable(tariffs);
        return refused ? err(refused) : proposals.propose(proposalId, by, tariffs);
      },
    },
    read(value) {
      const given = listOf(value, 'tariffs');
      if (given.length === 0 || given.length > TARIFFS_MAX)
        throw new HttpProblem(refusal('BAD_REQUEST', `tariffs are 1 to ${TARIFFS_MAX}`));
      const tariffs = given.map((tariff, i) => tariffOf(tariff, `tariffs[${i}]`));
      if (new Set(tariffs.map(({ corridor, bank }) => `${corridor} ${bank}`)).size < tariffs.length)
        throw new HttpProblem(refusal('TARIFF_INVALID', 'two tariffs are of one corridor and bank'));
      return tariffs;
    },
    async standing(bank) {
      const all = await standingTariffs(pool);
      if (bank === null) return all;
      const tariffs = all.map(({ tariff }) => tariff);
      const own = new Set([...sources.keys()].map((corridor) => tariffFor(tariffs, corridor, bank)));
      return all.filter(({ tariff }) => own.has(tariff));
    },
  };
}
