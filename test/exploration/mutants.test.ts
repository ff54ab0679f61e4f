import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelFor, run, SHOWN_BY } from '../../exploration/models.js';
import { describeTrace } from '../../exploration/report.js';
import { DOMESTIC } from '../../src/pvp/simulation/domestic-mutants.js';
import { MUTANTS } from '../../src/pvp/simulation/mutants.js';

const MINUTES = 60_000;

/** Mutants of what is around the state machines: the test that is there for the rule. */
const NAMED: Record<string, readonly [file: string, test: string]> = {
  'batch-refused': ['test/pvp/settlement.test.ts', 'settle 49 of 50 and refuse one'],
  ...Object.fromEntries(
    DOMESTIC.map(({ name }) => [name, ['test/simulation/simulation.test.ts', `'${name}': `] as const]),
  ),
};

describe('mutants', () => {
  it('are all looked for, each in one place', () => {
    const names = MUTANTS.map(({ name }) => name);
    expect([...Object.keys(SHOWN_BY), ...Object.keys(NAMED)].sort()).toEqual([...names].sort());
  });

  it.each(Object.entries(SHOWN_BY))(
    '%s breaks a rule, by the shortest way there is',
    async (name, shown) => {
      const mutant = MUTANTS.find((one) => one.name === name)!;
      const { fault } = await run(modelFor(mutant)!, mutant);
      expect(fault, 'the exploration finds it').not.toBeNull();
      // Breadth first: no state with fewer steps breaks anything.
      expect(fault!.steps, describeTrace(fault!)).toHaveLength(shown.steps);
      expect(fault!.fault).toContain(shown.fault);
    },
    10 * MINUTES,
  );

  it.each(Object.entries(NAMED))('%s is the business of a test by name', (_, [file, test]) => {
    expect(readFileSync(file, 'utf8')).toContain(test);
  });
});
