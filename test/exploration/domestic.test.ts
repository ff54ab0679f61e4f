import { describe, expect, it } from 'vitest';
import { exploreDomestic } from '../../exploration/domestic.js';
import { mutantOf } from '../../src/pvp/simulation/mutants.js';

const MINUTES = 60_000;

/** The shortest way to a broken rule, in steps, and part of what is said of it. */
const SHOWN: readonly (readonly [mutant: string, steps: number, fault: string])[] = [
  ['mark-dropped-on-change', 1, '8 marks'],
  ['mark-lost-on-release', 2, '8 marks'],
  ['level-not-advanced', 1, '8 marks'],
  ['statement-replayed', 2, '9 events'],
  ['late-statement', 2, '9 events'],
];

describe('one ledger: marked money, an event, a leg, crashes, a failover under a living writer', () => {
  it(
    'keeps invariants 8 and 9 in every order',
    async () => {
      const { states, transitions, fault } = await exploreDomestic(null);
      process.stdout.write(`domestic: ${states} states, ${transitions} transitions\n`);
      expect(fault).toBeNull();
      expect(states).toBeGreaterThan(200);
    },
    3 * MINUTES,
  );

  it.each(SHOWN)('%s breaks a rule within %i steps', async (name, steps, told) => {
    const { fault } = await exploreDomestic(mutantOf(name)!);
    expect(fault?.fault).toContain(told);
    expect(fault?.steps).toHaveLength(steps);
  });
});
