import type { Mutant } from '../src/pvp/simulation/mutants.js';
import { createHeal } from './heal.js';
import { createWorld, type Exploration, explore, type Model } from './search.js';

const TWO = ['KZ', 'CN'];
const THREE = ['KZ', 'US', 'CN'];
const PROFILE = { subsets: true, slow: false, sharedClock: false, honest: false, quoteUse: false };
const model = (name: string, about: string, change: Partial<Model>, profile: Partial<Model['profile']>): Model => ({
  ...{ name, about, codes: TWO, termsCount: 1, liar: null, gateway: false, heals: true },
  ...change,
  profile: { ...PROFILE, ...profile },
});

/** Every explored system. All have in common what `docs/exploration.md` says of faults. */
export const MODELS: readonly Model[] = [
  model(
    'lying-gateway',
    'two legs, any sender without a key, two terms under one id, each its own clock',
    { termsCount: 2 },
    {},
  ),
  model(
    'gateway-log',
    'two legs, a gateway that follows the protocol, dies and restarts, one clock',
    { gateway: true, heals: false },
    { honest: true, sharedClock: true, subsets: false },
  ),
  model('used-quote', 'two legs, another payment uses the quote, one clock', {}, { quoteUse: true, sharedClock: true }),
  model('lying-payer-side', "two legs, the payer's side signs anything", { termsCount: 2, liar: 0 }, {}),
  model('lying-payee-side', "two legs, the payee's side signs anything", { termsCount: 2, liar: 1 }, {}),
  model('three-legs', 'three legs, one clock', { codes: THREE }, { subsets: false, sharedClock: true }),
  model(
    'three-legs-lying-middle',
    'three legs, the middle side signs anything, one clock',
    { codes: THREE, liar: 1 },
    { subsets: false, sharedClock: true },
  ),
];

/**
 * Left to the command: that a COMMIT on a used quote is found is tested by the mutant `quote-twice` in this model, and
 * that there is none is checked in every seed of the simulation.
 */
export const BY_COMMAND_ALONE: ReadonlySet<string> = new Set(['used-quote']);

/** Too large for every run of the tests. */
export const LARGE_MODELS: readonly Model[] = [
  model(
    'overtaken',
    'two legs, one call at a time is overtaken by others between its steps, also by failover and recovery, one clock',
    { heals: false },
    { slow: true, sharedClock: true, subsets: false },
  ),
  model('three-legs-clocks', 'three legs, each its own clock', { codes: THREE, heals: false }, { subsets: false }),
  model(
    'overtaken-clocks',
    'two legs, one overtaken call at a time, each its own clock',
    { heals: false },
    { slow: true },
  ),
];

interface ShownBy {
  readonly model: string;
  readonly heals: boolean;
  /** Length of the shortest way to a broken rule. */
  readonly steps: number;
  /** Part of what is said of it. */
  readonly fault: string;
}

/** Where a mutant of a state machine shows, and whether only healing shows it. */
export const SHOWN_BY: Readonly<Record<string, ShownBy>> = {
  'lapse-after-commit': { model: 'lying-gateway', heals: false, steps: 6, fault: '4: RELEASED after own COMMIT' },
  'late-vote-void': { model: 'lying-gateway', heals: false, steps: 6, fault: '4: RELEASED after own COMMIT' },
  'abort-ignored': { model: 'lying-gateway', heals: true, steps: 2, fault: 'the gateway never closes' },
  'mixed-certificate': { model: 'lying-gateway', heals: false, steps: 10, fault: '3: SETTLED without a certificate' },
  'release-before-abort': {
    model: 'lying-gateway',
    heals: false,
    steps: 2,
    fault: '4: RELEASED without a journalled ABORT',
  },
  'sweeper-reads-row': {
    model: 'lying-gateway',
    heals: false,
    steps: 5,
    fault: '4: RELEASED without a journalled ABORT',
  },
  'tombstone-before-journal': {
    model: 'lying-gateway',
    heals: false,
    steps: 1,
    fault: '4: RELEASED without a journalled ABORT',
  },
  'settle-before-journal': {
    model: 'lying-gateway',
    heals: false,
    steps: 3,
    fault: '3: SETTLED without a certificate',
  },
  'abort-bound-to-terms': { model: 'lying-gateway', heals: true, steps: 4, fault: 'healing leaves CN: HELD, COMMIT' },
  'no-journal': { model: 'lying-gateway', heals: false, steps: 4, fault: '3: SETTLED although' },
  'vote-before-durable': { model: 'lying-gateway', heals: false, steps: 2, fault: 'before its hold was durable' },
  'quote-twice': { model: 'used-quote', heals: false, steps: 3, fault: '6: COMMIT on a quote' },
  'recovery-walks-rows': { model: 'lying-gateway', heals: false, steps: 4, fault: '5: open with a COMMIT' },
  'no-epoch-fence': { model: 'overtaken', heals: false, steps: 5, fault: '5: open with a COMMIT' },
  'cas-without-terms': { model: 'lying-gateway', heals: false, steps: 2, fault: 'as if the row had its terms' },
  'abort-without-tombstone': { model: 'lying-gateway', heals: false, steps: 1, fault: '2: a vote was answered' },
  'no-authorisation': { model: 'lying-gateway', heals: false, steps: 1, fault: "without the payer's authorisation" },
  'traffic-before-reconciliation': { model: 'lying-gateway', heals: false, steps: 4, fault: '5: open with a COMMIT' },
  'settle-as-asked': { model: 'overtaken', heals: false, steps: 5, fault: '3: SETTLED against the own journal' },
  'own-vote-only': { model: 'three-legs', heals: true, steps: 6, fault: 'healing leaves CN: HELD, COMMIT' },
};

export const modelOf = (name: string): Model | undefined =>
  [...MODELS, ...LARGE_MODELS].find((candidate) => candidate.name === name);

export async function run(
  chosen: Model,
  mutant: Mutant | null,
  onProgress?: (states: number) => void,
): Promise<Exploration> {
  const world = createWorld(chosen, mutant);
  return explore(world, chosen.heals ? createHeal(world) : null, onProgress);
}

/** The model in which the mutant shows, with what it needs and no more. */
export function modelFor(mutant: Mutant): Model | undefined {
  const shown = SHOWN_BY[mutant.name];
  const chosen = shown && modelOf(shown.model);
  return chosen && { ...chosen, heals: shown.heals };
}
