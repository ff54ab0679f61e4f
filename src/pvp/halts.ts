/**
 * Trading halts, the desk's kill switch: one officer sets a halt at once, two lift it. A halt is what the officers'
 * signed orders say, in whatever order they arrive, so that gateway and jurisdictions come to the same without trusting
 * each other.
 */
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';

export const HALT_SCOPES = ['pair', 'provider', 'corridor'] as const;
export type HaltScope = (typeof HALT_SCOPES)[number];
export const HALT_ACTIONS = ['set', 'lift'] as const;
export type HaltAction = (typeof HALT_ACTIONS)[number];

/** Keys of different officers that it takes to lift a halt. */
export const LIFTS_NEEDED = 2;

/** What a halt stops: `KZT-CNY` in both directions, a provider by its BIC, or `KZ-CN` from the first ledger to the last. */
export interface HaltTarget {
  readonly scope: HaltScope;
  readonly name: string;
}

/** An officer's order, proved by the request that it was given in. */
export interface HaltOrder {
  /** A UUIDv4 that the officer who sets the halt chooses; lifting names it. */
  readonly haltId: string;
  readonly action: HaltAction;
  readonly keyId: string;
  /** Null when it lifts. */
  readonly target: HaltTarget | null;
  readonly reason: string;
  /** The body of the request, and `encodeAuthorisation` of its signature. */
  readonly body: Uint8Array;
  readonly authorisation: Uint8Array;
  /** Milliseconds. */
  readonly orderedAt: number;
}

/** A halt as its orders make it. */
export interface Halt extends HaltTarget {
  readonly haltId: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: number;
  /** Ids of the keys that lift it, each once, in order. It stands while there are fewer than {@link LIFTS_NEEDED}. */
  readonly liftedBy: readonly string[];
}

export const stands = ({ liftedBy }: Pick<Halt, 'liftedBy'>): boolean => liftedBy.length < LIFTS_NEEDED;

/** The halts that these orders make, in the order in which they were set. Of two that set one id the first counts. */
export function haltsOf(orders: readonly HaltOrder[]): Halt[] {
  const halts = new Map<string, Halt>();
  for (const { haltId, target, reason, keyId, orderedAt } of orders)
    if (target !== null && !halts.has(haltId)) {
      const lifts = orders.filter((one) => one.haltId === haltId && one.action === 'lift');
      const liftedBy = [...new Set(lifts.map((one) => one.keyId))];
      halts.set(haltId, { haltId, ...target, reason, setBy: keyId, setAt: orderedAt, liftedBy });
    }
  return [...halts.values()];
}

/** A trade as halts see it: its ledgers and their currencies from the payer's to the payee's, and who trades. */
export interface Trade {
  readonly ledgers: readonly string[];
  readonly currencies: readonly string[];
  readonly providers: readonly Bic[];
}

/** Why a trade may not go on: `TRADING_HALTED`; null when no halt that stands is about it. */
export function haltOf(halts: readonly Halt[], trade: Trade): Refusal | null {
  const found = halts.find((halt) => stands(halt) && concerns(halt, trade));
  return found ? refusal('TRADING_HALTED', `${found.scope} ${found.name}`) : null;
}

function concerns({ scope, name }: HaltTarget, { ledgers, currencies, providers }: Trade): boolean {
  if (scope === 'provider') return providers.some((provider) => bicKey(provider) === bicKey(name));
  if (scope === 'corridor') return name === `${ledgers[0]}-${ledgers.at(-1)}`;
  const pairs = currencies.slice(1).map((to, i) => [currencies[i], to]);
  return [...pairs, [currencies[0], currencies.at(-1)]].some(([a, b]) => name === `${a}-${b}` || name === `${b}-${a}`);
}
