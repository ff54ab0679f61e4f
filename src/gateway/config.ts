import { CHARACTER_SETS, type CharacterSet, RULE_PROFILES, type RuleProfile } from '../iso20022/rules/rule.js';
import { type Bic, bicKey, isBic, isWalletId, type LedgerCode, type WalletId } from '../kernel/ids.js';
import { currencyExponent } from '../kernel/money.js';
import { oncePerObject } from '../kernel/once.js';
import { isSuite, type SuiteName } from '../kernel/suites.js';
import { type ChargeRule, checkRule } from '../pvp/charge.js';
import { RATE_AGE_MAX_MS } from '../pvp/desk.js';
import { DEFAULT_TIMES, LEGS_MAX, type PvpTimes } from '../pvp/terms.js';

/** One jurisdiction: its ledger, currency, calendar and the suite its keys use. */
export interface JurisdictionConfig {
  readonly code: LedgerCode;
  readonly currency: string;
  /** IANA time zone in which the ledger's calendar days change. */
  readonly timeZone: string;
  readonly suite: SuiteName;
  /** Clearing system named in messages of this leg, ExternalCashClearingSystem1Code or proprietary. */
  readonly clearingSystem: string;
  /** The operator's wallet, of kind `fee`, where charges go; unless said `<ledger>-FEE`. */
  readonly feeWallet?: WalletId;
  /** The most that payments from here may be charged, of what they give: the jurisdiction holds no more. Absent: any part. */
  readonly chargeMost?: ChargeRule;
}

/** An FX provider of one step, and its wallets at both ends; unless said `<ledger>-FX-PROVIDER`, of `others` `<ledger>-FX-<BIC>`. */
export interface StepConfig {
  readonly provider: Bic;
  /** Credited on the ledger where the step begins. */
  readonly sourceWallet?: WalletId;
  /** Debited on the ledger where it ends. */
  readonly targetWallet?: WalletId;
}

/** A step and who else trades it; of equal offers the one that is named first is taken. */
export interface ContestedStepConfig extends StepConfig {
  readonly others?: readonly StepConfig[];
}

/**
 * A currency pair that is traded, in one direction, and who trades it: from `source` to `destination`, or in several steps
 * through the currencies of the ledgers of `via`. The corridor's own providers then trade to the first of them.
 */
export interface CorridorConfig extends ContestedStepConfig {
  readonly source: LedgerCode;
  readonly destination: LedgerCode;
  /** Ledgers in between, in order, each with the providers that trade on from it. */
  readonly via?: readonly (ContestedStepConfig & { readonly ledger: LedgerCode })[];
  /** How long its quotes may be used, milliseconds; default the installation's. */
  readonly quoteLifeMs?: number;
  /** How old the rates of its quotes may be, milliseconds; default the installation's. */
  readonly rateAgeMaxMs?: number;
  /** How payments wait whose provider lacks funds; where it is absent they are refused at once. */
  readonly queue?: QueueConfig;
  /** Greatest settlement amount of one payment, minor units of the source currency. */
  readonly amountMaxMinor: string;
  /** Usage rules that payments must satisfy besides those of their sender; default `base`. */
  readonly rules?: RuleProfile;
  /** Characters that texts of payments may hold; any when absent. */
  readonly characters?: CharacterSet;
}

export interface QueueConfig {
  /** How long a payment waits at most, milliseconds. */
  readonly waitMs: number;
  /** Banks whose payments wait; all when absent. */
  readonly banks?: readonly Bic[];
}

export interface OtkelConfig {
  readonly operator: Bic;
  readonly quoteLifeMs: number;
  /** How old a rate may be that a quote is made of; default a day. */
  readonly rateAgeMaxMs?: number;
  /** How long a rate proposed by hand waits for the second officer; default 15 minutes. */
  readonly proposalLifeMs?: number;
  /** How many payments may wait for liquidity at once; default 1,000. */
  readonly queueMax?: number;
  readonly prepareMs: number;
  readonly voteMs: number;
  /** How long after `voteBy` a hold without a vote is released; default 4 s. */
  readonly lapseMs?: number;
  readonly jurisdictions: readonly JurisdictionConfig[];
  readonly corridors: readonly CorridorConfig[];
}

/** Throws a readable error for a configuration that can't work; answers it otherwise. */
export function checkConfig(config: OtkelConfig): OtkelConfig {
  const fail = (what: string): never => {
    throw new Error(`configuration: ${what}`);
  };
  if (!isBic(config.operator)) fail('operator is not a BIC');
  const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
  const { quoteLifeMs, prepareMs, voteMs, lapseMs = DEFAULT_TIMES.lapseMs } = config;
  const { rateAgeMaxMs = RATE_AGE_MAX_MS, proposalLifeMs = PROPOSAL_LIFE_MS, queueMax = QUEUE_MAX } = config;
  const numbers = { quoteLifeMs, prepareMs, voteMs, lapseMs, rateAgeMaxMs, proposalLifeMs, queueMax };
  for (const [name, value] of Object.entries(numbers)) if (!isTime(value)) fail(`${name} is not a positive number`);
  const codes = new Set<string>();
  for (const jurisdiction of config.jurisdictions) {
    if (!/^[A-Z]{2,8}$/.test(jurisdiction.code)) fail(`jurisdiction code ${jurisdiction.code} is not [A-Z]{2,8}`);
    if (codes.has(jurisdiction.code)) fail(`jurisdiction ${jurisdiction.code} is named twice`);
    if (currencyExponent(jurisdiction.currency) === undefined) fail(`currency ${jurisdiction.currency} is unknown`);
    if (!isSuite(jurisdiction.suite)) fail(`suite ${String(jurisdiction.suite)} is unknown`);
    if (!isWalletId(feeWalletOf(jurisdiction))) fail(`${String(jurisdiction.feeWallet)} is not the id of a wallet`);
    const { chargeMost, currency } = jurisdiction;
    const bound = chargeMost && checkRule(chargeMost, currency);
    if (bound && !bound.ok) fail(`chargeMost of ${jurisdiction.code}: ${bound.error.detail}`);
    codes.add(jurisdiction.code);
  }
  if (codes.size < 2) fail('at least two jurisdictions are needed');
  for (const corridor of config.corridors) {
    const { via = [] } = corridor;
    if (!Array.isArray(via) || via.some((step) => typeof step !== 'object' || step === null))
      fail('via is not a list of ledgers with their providers');
    for (const step of [corridor, ...via]) checkOthers(step, fail);
    for (const [name, value] of Object.entries({
      quoteLifeMs: corridor.quoteLifeMs,
      rateAgeMaxMs: corridor.rateAgeMaxMs,
    }))
      if (value !== undefined && !isTime(value)) fail(`${name} of a corridor is not a positive number`);
    checkQueue(corridor, fail);
    checkSteps(corridor, codes, fail);
    if (corridor.rules !== undefined && !RULE_PROFILES.includes(corridor.rules))
      fail(`rules ${String(corridor.rules)} are none of ${RULE_PROFILES.join(', ')}`);
    if (corridor.characters !== undefined && !CHARACTER_SETS.includes(corridor.characters))
      fail(`characters ${String(corridor.characters)} are none of ${CHARACTER_SETS.join(', ')}`);
    if (!/^[1-9]\d{0,17}$/.test(corridor.amountMaxMinor)) fail('amountMaxMinor is not a positive integer');
  }
  const wallets = new Map<string, string>();
  for (const step of config.corridors.flatMap((corridor) => choicesOf(corridor).flat())) {
    const trader = `${step.source}-${step.target} by ${step.provider}`;
    const own = `${step.sourceWallet} ${step.targetWallet}`;
    if ((wallets.get(trader) ?? own) !== own) fail(`${trader} is traded with different wallets`);
    wallets.set(trader, own);
  }
  return config;
}

function checkSteps(corridor: CorridorConfig, codes: ReadonlySet<string>, fail: (what: string) => never): void {
  const steps = stepsOf(corridor);
  const passed = [corridor.source, ...steps.map(({ target }) => target)];
  for (const code of passed) if (!codes.has(code)) fail(`corridor names the unknown jurisdiction ${code}`);
  if (new Set(passed).size < passed.length) fail('a corridor passes a jurisdiction once');
  if (passed.length > LEGS_MAX) fail(`a corridor passes at most ${LEGS_MAX} jurisdictions`);
  for (const { provider, sourceWallet, targetWallet } of choicesOf(corridor).flat()) {
    if (!isBic(provider)) fail('the provider of a corridor is not a BIC');
    for (const wallet of [sourceWallet, targetWallet])
      if (!isWalletId(wallet)) fail(`${String(wallet)} is not the id of a wallet`);
  }
  for (const choices of choicesOf(corridor))
    if (new Set(choices.map(({ provider }) => bicKey(provider))).size < choices.length)
      fail('a provider is named twice for one step');
  for (const [i, { source, sourceWallet }] of steps.entries())
    if (sourceWallet === steps[i - 1]?.targetWallet)
      fail(`two providers have the one wallet ${sourceWallet} on ${source}`);
}

function checkQueue({ queue }: CorridorConfig, fail: (what: string) => never): void {
  if (queue === undefined) return;
  if (typeof queue !== 'object' || queue === null) fail('queue is not an object');
  const { waitMs, banks = [] } = queue;
  if (!Number.isSafeInteger(waitMs) || waitMs <= 0) fail('waitMs of a queue is not a positive number');
  if (!Array.isArray(banks) || !banks.every((bank) => typeof bank === 'string' && isBic(bank)))
    fail('banks of a queue is not a list of BICs');
}

function checkOthers({ others = [] }: ContestedStepConfig, fail: (what: string) => never): void {
  if (!Array.isArray(others) || others.some((step) => typeof step !== 'object' || step === null))
    fail('others is not a list of providers');
}

/** One conversion: its provider takes money of the source ledger and gives money of the target ledger. */
export interface Step extends Required<StepConfig> {
  readonly source: LedgerCode;
  readonly target: LedgerCode;
}

/** The steps of a corridor by its first providers, in leg order: one, and one more for each ledger in between. */
export const stepsOf = oncePerObject((corridor: CorridorConfig): readonly Step[] =>
  choicesOf(corridor).map(([first]) => first),
);

/** For each step of a corridor, in leg order, the providers that trade it, in the order of the configuration. */
export const choicesOf = oncePerObject(
  ({ source, destination, via = [], ...first }: CorridorConfig): readonly (readonly [Step, ...Step[]])[] => {
    const ledgers = [source, ...via.map(({ ledger }) => ledger), destination];
    return [first, ...via].map(({ others = [], ...own }, i) => {
      const [from, to] = [ledgers[i]!, ledgers[i + 1]!];
      const step = ({ provider, sourceWallet, targetWallet }: StepConfig, walletOf: typeof providerWallet): Step => ({
        source: from,
        target: to,
        provider,
        sourceWallet: sourceWallet ?? walletOf(from),
        targetWallet: targetWallet ?? walletOf(to),
      });
      return [
        step(own, providerWallet),
        ...others.map((other) => step(other, (code) => walletOfOther(code, other.provider))),
      ];
    });
  },
);

/** Every way through a corridor, that of its first providers first. What one provider pays the next is a leg of its own. */
export function routesOf(corridor: CorridorConfig): Step[][] {
  const extended = (routes: readonly Step[][], choices: readonly Step[]): Step[][] =>
    routes.flatMap((route) =>
      choices.filter((step) => route.at(-1)?.targetWallet !== step.sourceWallet).map((step) => [...route, step]),
    );
  return choicesOf(corridor).reduce(extended, [[]]);
}

/** Providers of a configuration, each once. */
export const providersOf = ({ corridors }: Pick<OtkelConfig, 'corridors'>): Bic[] => [
  ...new Set(corridors.flatMap((corridor) => choicesOf(corridor).flat()).map(({ provider }) => provider)),
];

/** How long a rate proposed by hand waits for the second officer, where the configuration does not say. */
export const PROPOSAL_LIFE_MS = 900_000;

/** How many payments wait for liquidity at once, where the configuration does not say. */
export const QUEUE_MAX = 1_000;

/** How long each step of a settlement may take. */
export const timesOf = ({ prepareMs, voteMs, lapseMs = DEFAULT_TIMES.lapseMs }: OtkelConfig): PvpTimes => ({
  ...DEFAULT_TIMES,
  prepareMs,
  voteMs,
  lapseMs,
});

/** The FX provider's wallet on a ledger, where the corridor names no other. */
export const providerWallet = (code: LedgerCode): WalletId => `${code}-FX-PROVIDER` as WalletId;
/** The same of a further provider. */
export const walletOfOther = (code: LedgerCode, provider: Bic): WalletId =>
  `${code}-FX-${bicKey(provider)}` as WalletId;
/** The central bank's wallet that holds a leg whose own funds are gone after a failover. */
export const suspenseWallet = (code: LedgerCode): WalletId => `${code}-SUSPENSE` as WalletId;

/** The operator's wallet on a ledger, where charges go. */
export const feeWalletOf = ({ code, feeWallet }: Pick<JurisdictionConfig, 'code' | 'feeWallet'>): WalletId =>
  feeWallet ?? (`${code}-FEE` as WalletId);

const MINUTE_MS = 60_000;

/** Answers the calendar date `YYYY-MM-DD` of an instant in a time zone. */
export function calendar(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let minute = Number.NaN;
  let date = '';
  return (at) => {
    // Days begin at whole minutes everywhere, and formatting costs more than anything around it.
    const minuteNow = Math.floor(at / MINUTE_MS);
    if (minuteNow !== minute) date = format.format(at);
    minute = minuteNow;
    return date;
  };
}
