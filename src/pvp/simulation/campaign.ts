import type { Violation } from './invariants.js';
import { describePlan, makePlan, type Plan, type Profile } from './plan.js';
import { type RunOptions, runPlan } from './run.js';

/** What many seeds came to; payments are counted over all of them. */
export interface CampaignResult {
  readonly seeds: number;
  readonly failures: number;
  readonly payments: number;
  readonly settled: number;
  readonly rejected: number;
}

export interface CampaignOptions extends Pick<RunOptions, 'mutant' | 'turn'> {
  readonly from: number;
  readonly count: number;
  readonly profile: Profile;
  /** Told after each seed; the answer false ends the campaign. */
  readonly onSeed: (soFar: CampaignResult) => Promise<boolean>;
  readonly onFailure: (seed: number, violations: readonly Violation[]) => void;
}

/** Runs one seed after the other. What it remembers does not grow with them. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  let result: CampaignResult = { seeds: 0, failures: 0, payments: 0, settled: 0, rejected: 0 };
  for (let seed = options.from; seed < options.from + options.count; seed += 1) {
    const outcome = await runPlan(makePlan(String(seed), options.profile), options);
    const isFailure = outcome.violations.length > 0;
    if (isFailure) options.onFailure(seed, outcome.violations);
    result = {
      seeds: result.seeds + 1,
      failures: result.failures + (isFailure ? 1 : 0),
      payments: result.payments + outcome.payments,
      settled: result.settled + outcome.settled,
      rejected: result.rejected + outcome.rejected,
    };
    if (!(await options.onSeed(result))) break;
  }
  return result;
}

/** Runs of a plan that a search for a smaller one may take. */
const TRIES_MAX = 300;

/**
 * A smaller plan that breaks the same promise: payments, deeds and faults are taken out, many at a time at first, as long as
 * what is left still breaks it.
 */
export async function shrinkPlan(plan: Plan, invariant: string, options: RunOptions): Promise<Plan> {
  let smallest = plan;
  let tries = 0;
  const breaks = async (candidate: Plan): Promise<boolean> => {
    tries += 1;
    const { violations } = await runPlan(candidate, options);
    return violations[0]?.invariant === invariant;
  };
  const reduce = async <K extends 'payments' | 'deeds' | 'faults'>(part: K): Promise<boolean> => {
    let isSmaller = false;
    for (let size = smallest[part].length; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < smallest[part].length && tries < TRIES_MAX; ) {
        const items = smallest[part];
        const rest = [...items.slice(0, at), ...items.slice(at + size)];
        const candidate: Plan = { ...smallest, [part]: rest };
        if (await breaks(candidate)) {
          smallest = candidate;
          isSmaller = true;
        } else at += size;
      }
    }
    return isSmaller;
  };
  for (let again = true; again && tries < TRIES_MAX; ) {
    const fewerFaults = await reduce('faults');
    const fewerPayments = await reduce('payments');
    const fewerDeeds = await reduce('deeds');
    again = fewerFaults || fewerPayments || fewerDeeds;
  }
  return smallest;
}

/** The trace of a seed: of its smallest failing form, or, where it doesn't fail, of all of it. */
export async function traceSeed(
  seed: number,
  profile: Profile,
  options: RunOptions,
): Promise<{ readonly lines: readonly string[]; readonly isFailure: boolean }> {
  const plan = makePlan(String(seed), profile);
  const whole = await runPlan(plan, options);
  const [broken] = whole.violations;
  const shown = broken ? await shrinkPlan(plan, broken.invariant, options) : plan;
  const outcome = await runPlan(shown, { ...options, keepsLines: true });
  const told = outcome.violations.map(
    ({ invariant, detail, pvpId }) => `BROKEN ${invariant}: ${detail}${pvpId ? ` (${pvpId})` : ''}`,
  );
  const lines = [...describePlan(shown), '', ...outcome.lines, '', ...told, `trace ${outcome.hash}`];
  return { lines, isFailure: told.length > 0 };
}
