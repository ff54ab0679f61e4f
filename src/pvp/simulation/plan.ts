import type { LedgerCode, Uetr } from '../../kernel/ids.js';
import { type Deed, makeDeeds } from './deeds.js';
import type { Turbulence } from './network.js';
import { createRandom, type Random } from './random.js';

/** What may go wrong. `all` is one or several of the others, by seed. */
export const PROFILES = [
  'none',
  'network',
  'crash',
  'failover',
  'disk',
  'clock',
  'gateway-byzantine',
  'cosigner-byzantine',
  'oracle',
  'all',
] as const;
export type Profile = (typeof PROFILES)[number];

/** A payment that a bank will order. Times are virtual milliseconds. */
export interface PlannedPayment {
  readonly id: number;
  readonly at: number;
  readonly uetr: Uetr;
  /** From the first ledger to the last, or the other way. */
  readonly forward: boolean;
  readonly payer: number;
  readonly payee: number;
  readonly amountMinor: bigint;
  /** Milliseconds before the order at which the bank asks for a quote; null: it names none. */
  readonly quoteLeadMs: number | null;
  /** The quote ends after 3 s. */
  readonly shortQuote: boolean;
  /** Names the quote of that payment. */
  readonly quoteOf: number | null;
  /** The bank's signature is not its own. */
  readonly forged: boolean;
  /** The level of the marked money that pays; null: it is ordinary. */
  readonly payerLevel: number | null;
  /** What the payee gets is to be marked. */
  readonly marksArrival: boolean;
}

/** Something that goes wrong at `at`; a state of affairs ends `forMs` later. Ledger databases are named by their code. */
export type Fault = { readonly at: number } & (
  | { readonly kind: 'network'; readonly forMs: number; readonly turbulence: Turbulence }
  | { readonly kind: 'partition'; readonly forMs: number; readonly between: readonly [string, string] }
  | { readonly kind: 'crash'; readonly machine: string; readonly forMs: number }
  /** A second process of the same jurisdiction starts while the first still runs. */
  | { readonly kind: 'takeOver'; readonly machine: LedgerCode }
  | {
      readonly kind: 'failover';
      readonly ledger: LedgerCode;
      readonly lose: number;
      readonly forMs: number;
      readonly withProcess: boolean;
    }
  | { readonly kind: 'slow' | 'full' | 'down' | 'unknown'; readonly disk: string; readonly forMs: number }
  | { readonly kind: 'drift'; readonly machine: string; readonly rate: number }
  | { readonly kind: 'step'; readonly machine: string; readonly byMs: number }
  | { readonly kind: 'join' | 'leave'; readonly machine: string }
  | { readonly kind: 'block'; readonly ledger: LedgerCode; readonly wallet: number; readonly forMs: number }
  | { readonly kind: 'cancel'; readonly payment: number; readonly ledger: LedgerCode }
  /** A ledger's oracle does not answer, or has the wrong time. */
  | { readonly kind: 'oracleAway'; readonly ledger: LedgerCode; readonly forMs: number }
  | { readonly kind: 'oracleStep'; readonly ledger: LedgerCode; readonly byMs: number }
);

/** Everything that a seed decides beforehand. What is taken out of it leaves the rest as it is. */
export interface Plan {
  readonly seed: string;
  readonly profile: Profile;
  readonly ledgers: readonly LedgerCode[];
  readonly gateways: readonly string[];
  readonly payments: readonly PlannedPayment[];
  readonly deeds: readonly Deed[];
  readonly faults: readonly Fault[];
  /** A gateway that obeys no rule but has no key. */
  readonly byzantineGateway: string | null;
  /** A jurisdiction whose co-signer lies. */
  readonly liar: LedgerCode | null;
}

/** Customers of each ledger; the first ones have plenty of money, the last one almost none. */
export const CUSTOMERS = 6;
/** All faults have stopped then. */
export const HEALED_AT_MS = 14_000;
const ORDERED_BY_MS = 7_000;
const SINGLE = PROFILES.filter((profile) => profile !== 'all' && profile !== 'oracle');

export function makePlan(seed: string, asked: Profile): Plan {
  const random = createRandom(`plan ${seed}`);
  const ledgers = (random.chance(0.25) ? ['KZ', 'US', 'CN'] : ['KZ', 'CN']) as LedgerCode[];
  const gateways = random.chance(0.6) ? ['gateway-1', 'gateway-2'] : ['gateway-1'];
  const profiles = asked === 'all' ? mixed(random) : [asked];
  const ordered = makePayments(random);
  const scene: Scene = { random, ledgers, gateways, payments: ordered };
  // Domestic deeds and faults have numbers of their own: the payments of a seed are the same with and without them.
  const domestic = { ...scene, random: createRandom(`domestic ${seed}`) };
  const withOracle = asked === 'oracle' || (asked === 'all' && domestic.random.chance(0.25));
  const faults = [
    ...profiles.flatMap((profile) => FAULTS[profile]?.(scene) ?? []),
    ...(withOracle ? oracleFaults(domestic) : []),
  ];
  return {
    seed,
    profile: asked,
    ledgers,
    gateways,
    payments: withMarks(ordered, domestic.random),
    deeds: makeDeeds(
      domestic.random,
      ledgers,
      ordered.map(({ at }) => at),
    ),
    faults: [...faults, ...ordinary(scene)].sort((a, b) => a.at - b.at),
    byzantineGateway: profiles.includes('gateway-byzantine') ? gateways[0]! : null,
    liar: profiles.includes('cosigner-byzantine') ? random.pick(ledgers) : null,
  };
}

function mixed(random: Random): Profile[] {
  const count = 1 + random.below(3);
  return [...new Set(Array.from({ length: count }, () => random.pick(SINGLE)))];
}

function makePayments(random: Random): PlannedPayment[] {
  const payments: PlannedPayment[] = [];
  const count = random.chance(0.1) ? 20 + random.below(30) : 4 + random.below(10);
  const rushes = Array.from({ length: 1 + random.below(3) }, () => random.between(0, ORDERED_BY_MS));
  for (let id = 0; id < count; id += 1) {
    const earlier = payments.length > 0 ? random.pick(payments) : null;
    const isSame = earlier !== null && random.chance(0.04);
    const quoteOf = earlier !== null && earlier.quoteLeadMs !== null && random.chance(0.1) ? earlier : null;
    const like = quoteOf ?? {
      forward: random.chance(0.7),
      amountMinor: BigInt(100 + random.below(90_000)),
      shortQuote: random.chance(0.1),
    };
    payments.push({
      id,
      at: random.chance(0.25) ? random.between(0, ORDERED_BY_MS) : random.pick(rushes) + random.between(0, 40),
      uetr: isSame ? earlier.uetr : (random.uuid() as Uetr),
      forward: like.forward,
      payer: random.below(CUSTOMERS),
      payee: random.below(CUSTOMERS),
      amountMinor: like.amountMinor,
      quoteLeadMs: quoteOf === null && random.chance(0.5) ? random.between(20, 4_000) : null,
      shortQuote: like.shortQuote,
      quoteOf: quoteOf?.id ?? null,
      forged: random.chance(0.03),
      payerLevel: null,
      marksArrival: false,
    });
  }
  return payments;
}

/** Some payments are of marked money, or ask that it be marked: by those that mostly have it, and little of it. */
function withMarks(payments: readonly PlannedPayment[], random: Random): PlannedPayment[] {
  const quoted = new Set(payments.map(({ quoteOf }) => quoteOf));
  return payments.map((payment) => {
    if (payment.quoteOf !== null || quoted.has(payment.id) || !random.chance(0.25)) return payment;
    const payerLevel = random.chance(0.6) ? random.pick([1, 1, 2]) : null;
    const payer = payerLevel === null ? payment.payer : random.pick(PAYERS[payerLevel]!);
    const amountMinor = 100n + (payment.amountMinor % 6_000n);
    const marksArrival = payerLevel === null || random.chance(0.4);
    return { ...payment, payer, amountMinor, payerLevel, marksArrival };
  });
}
/** Customers that have marked money, by its level. */
const PAYERS: Readonly<Record<number, readonly number[]>> = { 1: [0, 1], 2: [2, 3] };

interface Scene {
  readonly random: Random;
  readonly ledgers: readonly LedgerCode[];
  readonly gateways: readonly string[];
  readonly payments: readonly PlannedPayment[];
}

/** What happens on any day: a wallet is blocked for a while, a payment is cancelled. */
function ordinary({ random, ledgers, payments }: Scene): Fault[] {
  const faults: Fault[] = [];
  if (random.chance(0.3)) {
    const wallet = random.below(CUSTOMERS);
    faults.push({ kind: 'block', ...span(random, 4_000), ledger: random.pick(ledgers), wallet });
  }
  if (random.chance(0.3)) {
    const payment = random.pick(payments);
    faults.push({
      kind: 'cancel',
      at: payment.at + random.next() * 100,
      payment: payment.id,
      ledger: random.pick(ledgers),
    });
  }
  return faults;
}

/** When it begins, and for how long; over before everything is healed. */
function span(random: Random, mostMs: number): { at: number; forMs: number } {
  const at = random.between(0, HEALED_AT_MS - 3_000);
  return { at, forMs: Math.min(random.between(50, mostMs), HEALED_AT_MS - at) };
}

const several = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: 1 + random.below(most) }, make);

const FAULTS: Partial<Record<Profile, (scene: Scene) => Fault[]>> = {
  network: ({ random, ledgers, gateways }) => {
    const machines = [...ledgers, ...gateways];
    return several(random, 5, (): Fault => {
      if (random.chance(0.5)) {
        const first = random.pick(machines);
        const second = random.pick(machines.filter((machine) => machine !== first));
        return { kind: 'partition', ...span(random, 12_000), between: [first, second] };
      }
      const turbulence = {
        loss: random.pick([0, 0.05, 0.2, 0.5]),
        duplicate: random.pick([0, 0.1, 0.4]),
        slowRate: random.pick([0, 0.2, 0.5]),
        slowMs: random.pick([100, 900, 5_000]),
      };
      return { kind: 'network', ...span(random, 10_000), turbulence };
    });
  },
  crash: ({ random, ledgers, gateways }) =>
    several(random, 6, (): Fault => {
      const choice = random.next();
      if (choice < 0.15) return { kind: 'takeOver', at: span(random, 1).at, machine: random.pick(ledgers) };
      if (choice < 0.3) return { kind: 'join', at: span(random, 1).at, machine: 'gateway-3' };
      if (choice < 0.4) return { kind: 'leave', at: span(random, 1).at, machine: random.pick(gateways) };
      return {
        kind: 'crash',
        ...span(random, random.pick([300, 3_000, 10_000])),
        machine: random.pick([...ledgers, ...gateways]),
      };
    }),
  failover: ({ random, ledgers }) =>
    several(
      random,
      3,
      (): Fault => ({
        kind: 'failover',
        ...span(random, 5_000),
        ledger: random.pick(ledgers),
        lose: random.pick([0, 1, 1, 2, 3, 6, 12]),
        withProcess: random.chance(0.5),
      }),
    ),
  disk: ({ random, ledgers, gateways }) => {
    const disks = [...ledgers, ...ledgers.map((code) => `${code}-signer`), 'gateway'];
    const trouble = several(random, 5, (): Fault => {
      const kind = random.pick(['slow', 'full', 'down', 'unknown'] as const);
      return { kind, ...span(random, 6_000), disk: random.pick(disks) };
    });
    const crash: Fault = { kind: 'crash', ...span(random, 2_000), machine: random.pick([...ledgers, ...gateways]) };
    return random.chance(0.5) ? [...trouble, crash] : trouble;
  },
  clock: ({ random, ledgers, gateways }) =>
    several(random, 4, (): Fault => {
      const machine = random.pick([...ledgers, ...gateways]);
      const { at } = span(random, 1);
      if (random.chance(0.4)) return { kind: 'drift', at, machine, rate: random.between(-0.1, 0.1) };
      const sign = random.chance(0.5) ? 1 : -1;
      return { kind: 'step', at, machine, byMs: sign * random.pick([700, 3_000, 30_000, 600_000]) };
    }),
};

function oracleFaults({ random, ledgers }: Scene): Fault[] {
  return several(random, 3, (): Fault => {
    const ledger = random.pick(ledgers);
    if (random.chance(0.6)) return { kind: 'oracleAway', ...span(random, 6_000), ledger };
    const sign = random.chance(0.5) ? 1 : -1;
    return { kind: 'oracleStep', at: span(random, 1).at, ledger, byMs: sign * random.pick([3_000, 60_000, 600_000]) };
  });
}

/** One line a part of the plan, for a trace. */
export function describePlan(plan: Plan): string[] {
  const ms = (at: number): string => `${at.toFixed(1).padStart(9)} ms`;
  const plain = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
  const { seed, profile, ledgers, gateways, byzantineGateway, liar } = plan;
  return [
    `seed ${seed}, faults ${profile}, ledgers ${ledgers.join(' ')}, gateways ${gateways.join(' ')}`,
    ...(byzantineGateway ? [`${byzantineGateway} obeys no rule`] : []),
    ...(liar ? [`the co-signer of ${liar} lies`] : []),
    ...plan.payments.map(({ at, ...payment }) => `${ms(at)}  payment ${plain(payment)}`),
    ...plan.deeds.map(({ at, ...deed }) => `${ms(at)}  deed ${plain(deed)}`),
    ...plan.faults.map(({ at, ...fault }) => `${ms(at)}  fault ${plain(fault)}`),
  ];
}
