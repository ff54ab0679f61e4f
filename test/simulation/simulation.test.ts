import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { afterPromises } from '../../src/gateway/platform/runtime.js';
import { runCampaign, shrinkPlan, traceSeed } from '../../src/pvp/simulation/campaign.js';
import { MUTANTS, mutantOf } from '../../src/pvp/simulation/mutants.js';
import { makePlan, PROFILES } from '../../src/pvp/simulation/plan.js';
import { runPlan } from '../../src/pvp/simulation/run.js';

const honest = { mutant: null, turn: afterPromises };

/** The first seed from 1 on that finds the mutant, and what it breaks; null when none of the first `most` does. */
async function detection(name: string, most: number) {
  const found: { seed: number; invariant: string | undefined }[] = [];
  await runCampaign({
    ...{ mutant: mutantOf(name) ?? null, turn: afterPromises, from: 1, count: most, profile: 'all' },
    onSeed: async () => found.length === 0,
    onFailure: (seed, [broken]) => found.push({ seed, invariant: broken?.invariant }),
  });
  return found[0] ?? null;
}

describe('simulation', () => {
  it.each(PROFILES)('the same seed is the same run, to the last event: %s', async (profile) => {
    const [first, again] = [
      await runPlan(makePlan('7', profile), honest),
      await runPlan(makePlan('7', profile), honest),
    ];
    expect(again).toEqual(first);
    expect(first.violations).toEqual([]);
    const other = await runPlan(makePlan('8', profile), honest);
    expect(other.hash).not.toBe(first.hash);
  });

  it('the same seed is the same run in another process', async () => {
    const here = await traceSeed(11, 'all', honest);
    const argv = ['dist/src/gateway/cli/main.js', 'simulate', '--seed', '11', '--trace'];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 1e8 });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(here.lines.at(-1));
  });

  it('payments without faults settle, unless the payer has no money or the quote no time', async () => {
    const result = await runCampaign({
      ...{ ...honest, from: 1, count: 10, profile: 'none' },
      onSeed: async () => true,
      onFailure: (seed, violations) => expect({ seed, violations }).toBeNull(),
    });
    expect(result).toMatchObject({ seeds: 10, failures: 0 });
    expect(result.settled + result.rejected).toBe(result.payments);
    expect(result.settled).toBeGreaterThan(result.payments / 3);
  });

  it('a failing plan is reduced to a smaller one that fails the same way, every time', async () => {
    const options = { ...honest, mutant: mutantOf('lapse-after-commit') ?? null };
    const found = await detection('lapse-after-commit', 60);
    expect(found).not.toBeNull();
    const plan = makePlan(String(found?.seed), 'all');
    const small = await shrinkPlan(plan, String(found?.invariant), options);
    expect(small.payments.length).toBeLessThan(plan.payments.length);
    const runs = [await runPlan(small, options), await runPlan(small, options)];
    expect(runs[0]?.violations[0]?.invariant).toBe(found?.invariant);
    expect(runs[1]).toEqual(runs[0]);
  });
});

/** Mutants that few seeds find; every other one has its test elsewhere (docs/simulation.md). */
const FOUND_WITHIN: Readonly<Record<string, number>> = {
  'abort-ignored': 10,
  'mixed-certificate': 30,
  'release-before-abort': 10,
  'tombstone-before-journal': 10,
  'settle-before-journal': 10,
  'no-journal': 30,
  'vote-before-durable': 10,
  'recovery-walks-rows': 30,
  'abort-without-tombstone': 10,
  'no-authorisation': 30,
  'traffic-before-reconciliation': 30,
  'lapse-after-commit': 60,
  'late-vote-void': 60,
  'sweeper-reads-row': 60,
  'mark-dropped-on-change': 10,
  'mark-lost-on-release': 10,
  'mark-lost-on-merge': 30,
  'level-not-advanced': 10,
  'arrival-unmarked': 30,
  'route-ignored': 30,
  'statement-replayed': 60,
  'late-statement': 30,
  'released-unconfirmed': 20,
  'expiry-by-askers-clock': 60,
};

describe('mutants', () => {
  it('each line of the list has one', () => {
    expect(MUTANTS.length).toBe(31);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(31);
  });

  it.each(Object.entries(FOUND_WITHIN))('%s is found within %i seeds', async (name, most) => {
    expect(await detection(name, most)).not.toBeNull();
  });
});
