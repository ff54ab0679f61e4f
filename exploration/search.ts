import type { Mutant } from '../src/pvp/simulation/mutants.js';
import { createGateway, type GatewayTable, type WorldStep } from './gateway.js';
import { rowEvidence, rowState, rowTerms } from './ledger-cell.js';
import { type Coverage, createLegRunner, votesOf } from './leg-call.js';
import {
  createLocals,
  type Known,
  type LocalTable,
  liarKnown,
  type Step,
  type StepProfile,
  sayLocal,
} from './locals.js';
import { createPayment, type Payment, PHASES } from './statements.js';

/** What may go wrong in an exploration, and how much of it. */
export interface Model {
  readonly name: string;
  readonly about: string;
  readonly codes: readonly string[];
  /** Terms that are shown under the payment's id: more than one when the gateway lies. */
  readonly termsCount: number;
  /** Leg whose jurisdiction signs whatever it likes; null when all are honest. */
  readonly liar: number | null;
  readonly profile: StepProfile;
  /** A gateway that follows the protocol, with its log, is part of the state. */
  readonly gateway: boolean;
  /** From every state it is tried whether the system heals. */
  readonly heals: boolean;
  /** States after which the search stops; none when it is whole. */
  readonly statesMax?: number;
}

export interface Trace {
  readonly fault: string;
  readonly steps: readonly string[];
}

export interface Exploration {
  readonly model: Model;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly isWhole: boolean;
  readonly locals: readonly number[];
  readonly settled: number;
  readonly released: number;
  /** States that healing leaves in doubt because a peer's journal is gone for ever. */
  readonly stuck: number;
  readonly healed: number;
  readonly coverage: Coverage;
  readonly fault: Trace | null;
}

/** A state of the whole: the place of each jurisdiction's state in its table. */
export type State = readonly number[];

export interface World {
  readonly payment: Payment;
  readonly model: Model;
  readonly tables: readonly LocalTable[];
  /** Legs of jurisdictions that follow the protocol. */
  readonly honest: readonly number[];
  readonly coverage: Coverage;
  readonly gateway: GatewayTable | null;
  known(state: State, leg: number): Known;
}

export function createWorld(model: Model, mutant: Mutant | null): World {
  const payment = createPayment(model.codes, model.termsCount);
  const runner = createLegRunner(payment, mutant, model.liar);
  const tables = payment.codes.map((_, leg) => createLocals(payment, leg, runner, model.liar));
  const honest = payment.codes.flatMap((_, leg) => (leg === model.liar ? [] : [leg]));
  const lies = model.liar === null ? null : liarKnown(payment, model.liar);
  return {
    ...{ payment, model, tables, honest, coverage: runner.coverage },
    gateway: model.gateway ? createGateway(payment) : null,
    known: (state, leg) => (leg === model.liar && lies ? lies : tables[leg]!.known(state[leg]!)),
  };
}

/** Rules that span jurisdictions; those of one are in its table. */
export function brokenState(world: World, state: State): string[] {
  const faults: string[] = [];
  for (const leg of world.honest) faults.push(...world.tables[leg]!.broken(state[leg]!));
  if (world.gateway) faults.push(...world.gateway.broken(world, state));
  const locals = world.honest.map((leg) => world.tables[leg]!.local(state[leg]!));
  const settled = locals.filter((local) => rowState(local.rows.at(-1)) === 'SETTLED');
  if (settled.length === 0) return faults;
  const terms = rowTerms(settled[0]!.rows.at(-1));
  const split = locals.filter((local) => rowState(local.rows.at(-1)) === 'RELEASED');
  const differs = settled.some((local) => rowTerms(local.rows.at(-1)) !== terms);
  const unvoted = locals.some((local) => local.entry.slice(0, 2) !== `c${terms}`);
  if (split.length === 0 && !differs && !unvoted) return faults;
  const { liar, codes } = world.model;
  // With three legs a lying co-signer can split two honest ones; what it signed proves it.
  if (liar !== null && codes.length > 2) {
    const shown = new Set(locals.flatMap((local) => [...votesOf(local.entry), ...rowEvidence(local.rows.at(-1))]));
    const lies = [...shown].filter((code) => code[1] === `${liar}`);
    const isProven =
      split.length === 0 ||
      (lies.some((code) => code === `c${liar}.${terms}`) && lies.some((code) => code !== `c${liar}.${terms}`));
    return isProven ? faults : [...faults, '1: split without the evidence of who lied'];
  }
  if (split.length > 0) faults.push('1: one leg SETTLED and another RELEASED');
  if (differs) faults.push('1: legs SETTLED on different terms');
  if (unvoted) faults.push('3: SETTLED although a jurisdiction did not vote COMMIT');
  return faults;
}

const RADIX = 1 << 17;
export const keyOf = (state: State): number => state.reduce((key, id) => key * RADIX + id, 0);

/** Grows with what is found; plain arrays of millions of small objects would not fit. */
class Found {
  readonly places = new Map<number, number>();
  private keys = new Float64Array(1 << 16);
  private parents = new Int32Array(1 << 16);
  private depths = new Uint16Array(1 << 16);
  size = 0;

  add(key: number, parent: number): boolean {
    if (this.places.has(key)) return false;
    if (this.size === this.keys.length) {
      const grown = [
        new Float64Array(this.size * 2),
        new Int32Array(this.size * 2),
        new Uint16Array(this.size * 2),
      ] as const;
      grown[0].set(this.keys);
      grown[1].set(this.parents);
      grown[2].set(this.depths);
      [this.keys, this.parents, this.depths] = grown;
    }
    this.places.set(key, this.size);
    this.keys[this.size] = key;
    this.parents[this.size] = parent;
    this.depths[this.size] = parent < 0 ? 0 : this.depths[parent]! + 1;
    this.size += 1;
    return true;
  }
  key = (at: number): number => this.keys[at]!;
  parent = (at: number): number => this.parents[at]!;
  depth = (at: number): number => this.depths[at]!;
}

const stateOf = (key: number, legs: number): number[] => {
  const state = new Array<number>(legs);
  let rest = key;
  for (let leg = legs - 1; leg >= 0; leg -= 1) {
    state[leg] = rest % RADIX;
    rest = Math.floor(rest / RADIX);
  }
  return state;
};

/** Answers a fault of healing from this state, and whether it stays in doubt for want of a peer's journal. */
export type Heal = (state: State) => Promise<{ readonly faults: readonly string[]; readonly isStuck: boolean }>;

/** Breadth first: the first fault found has the shortest way to it. */
export async function explore(
  world: World,
  heal: Heal | null,
  onProgress?: (states: number) => void,
): Promise<Exploration> {
  const { tables, model, gateway } = world;
  const found = new Found();
  const stepsFrom = createWorldSteps(world);
  const counts = { transitions: 0, settled: 0, released: 0, stuck: 0, healed: 0 };
  const initial = tables.map((table) => table.initial);
  found.add(keyOf(gateway ? [...initial, gateway.initial] : initial), -1);
  const places = initial.length + (gateway ? 1 : 0);
  const max = model.statesMax ?? Number.POSITIVE_INFINITY;
  let fault: Trace | null = null;
  let at = 0;
  for (; at < found.size && found.size < max && fault === null; at += 1) {
    const state = stateOf(found.key(at), places);
    const made = stepsFrom(state);
    for (const step of made instanceof Promise ? await made : made) {
      counts.transitions += 1;
      const isNew = found.add(keyOf(step.next), at);
      const faults = isNew ? [...step.faults, ...brokenState(world, step.next)] : step.faults;
      if (faults.length === 0 || fault) continue;
      fault = { fault: faults[0]!, steps: [...(await wayTo(world, found, at, stepsFrom)), step.what] };
    }
    if (fault) break;
    const rows = world.honest.map((leg) => rowState(tables[leg]!.local(state[leg]!).rows.at(-1)));
    if (rows.every((row) => row === 'SETTLED')) counts.settled += 1;
    if (rows.every((row) => row === 'RELEASED')) counts.released += 1;
    if (heal) {
      const { faults, isStuck } = await heal(state);
      counts.healed += 1;
      if (isStuck) counts.stuck += 1;
      if (faults.length > 0)
        fault = { fault: faults[0]!, steps: [...(await wayTo(world, found, at, stepsFrom)), HEALS] };
    }
    if (at % 10_000 === 0) onProgress?.(found.size);
  }
  return {
    ...{ model, states: found.size, ...counts, fault, coverage: world.coverage },
    depth: found.depth(found.size - 1),
    isWhole: fault === null && at >= found.size,
    locals: tables.map((table) => table.size()),
  };
}
const HEALS = 'then every process is up, every message arrives and the timers fire';

type WorldSteps = (state: State) => readonly WorldStep[] | Promise<readonly WorldStep[]>;

/** Every step of a state: one jurisdiction's, the gateway's, or the tick of a shared clock. */
function createWorldSteps(world: World): WorldSteps {
  const { tables, model, gateway } = world;
  const stepsOf = createSteps(world);
  const all = async (made: (readonly Step[] | Promise<readonly Step[]>)[], state: State): Promise<WorldStep[]> => {
    const steps = placed(await Promise.all(made), state);
    if (gateway) steps.push(...(await gateway.steps(world, state)));
    return steps;
  };
  const placed = (made: readonly (readonly Step[])[], state: State): WorldStep[] => {
    const steps: WorldStep[] = [];
    for (const [i, leg] of world.honest.entries()) {
      for (const { what, next, faults } of made[i]!) {
        const after = state.slice();
        after[leg] = next;
        steps.push({ what, next: after, faults });
      }
    }
    if (model.profile.sharedClock) steps.push(...tick(state));
    return steps;
  };
  const tick = (state: State): WorldStep[] => {
    const { phase } = tables[world.honest[0]!]!.local(state[world.honest[0]!]!);
    if (phase === PHASES - 1) return [];
    const next = state.map((id, i) =>
      i < tables.length ? tables[i]!.id({ ...tables[i]!.local(id), phase: phase + 1 }) : id,
    );
    return [{ what: 'time goes on', next, faults: [] }];
  };
  return (state) => {
    const isSlowFree = !model.profile.slow || world.honest.every((leg) => tables[leg]!.local(state[leg]!).slow === 0);
    const made = world.honest.map((leg) => stepsOf(state, leg, isSlowFree));
    const isKnown = made.every((steps) => !(steps instanceof Promise));
    return isKnown && !gateway ? placed(made as (readonly Step[])[], state) : all(made, state);
  };
}

const KNOWN_MAX = 64;

type Steps = (state: State, leg: number, isSlowFree: boolean) => Promise<readonly Step[]> | readonly Step[];

/** Steps of one jurisdiction depend on its own state and on what the others have signed, and on nothing else. */
function createSteps(world: World): Steps {
  const { tables, model } = world;
  const memory = tables.map(() => new Map<number, Awaited<ReturnType<Steps>>>());
  return (state, leg, isSlowFree) => {
    const slow = model.profile.slow && isSlowFree;
    let key = state[leg]! * 2 + (slow ? 1 : 0);
    for (let i = 0; i < tables.length; i += 1) if (i !== leg) key = key * KNOWN_MAX + tables[i]!.knownId(state[i]!);
    const known = memory[leg]!.get(key);
    if (known) return known;
    const others = tables.flatMap((_, i) => (i === leg ? [] : [world.known(state, i)]));
    return tables[leg]!.steps(state[leg]!, others, { ...model.profile, slow }).then((steps) => {
      memory[leg]!.set(key, steps);
      return steps;
    });
  };
}

async function wayTo(world: World, found: Found, at: number, stepsFrom: WorldSteps): Promise<string[]> {
  const { tables, gateway, payment } = world;
  const places = tables.length + (gateway ? 1 : 0);
  const way: string[] = [];
  for (let here = at; found.parent(here) >= 0; here = found.parent(here)) {
    const key = found.key(here);
    const steps = await stepsFrom(stateOf(found.key(found.parent(here)), places));
    const step = steps.find((one) => keyOf(one.next) === key)!;
    const legs = world.honest.map((leg) => sayLocal(payment, leg, tables[leg]!.local(step.next[leg]!)));
    way.push(`${step.what}   [${legs.join('; ')}]`);
  }
  return way.reverse();
}
