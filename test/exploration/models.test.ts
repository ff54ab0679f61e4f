import { afterAll, describe, expect, it } from 'vitest';
import { BY_COMMAND_ALONE, MODELS, run } from '../../exploration/models.js';
import { describeTrace } from '../../exploration/report.js';
import type { Exploration } from '../../exploration/search.js';

const MINUTES = 60_000;
const done: Exploration[] = [];
const EXPLORED = MODELS.filter(({ name }) => !BY_COMMAND_ALONE.has(name));

describe('every interleaving', () => {
  it.each(EXPLORED.map((model) => [model.name, model] as const))(
    '%s: keeps every rule and heals from everywhere',
    async (_, model) => {
      const result = await run(model, null);
      done.push(result);
      expect(result.fault && describeTrace(result.fault)).toBeNull();
      expect(result.isWhole).toBe(true);
      expect(result.healed).toBe(model.heals ? result.states : 0);
      // A search that never settles, or never releases, would keep every rule too.
      const reachesAll = model.liar === null ? ['settled', 'released'] : ['released'];
      for (const end of reachesAll) expect(result[end as 'settled' | 'released'], end).toBeGreaterThan(0);
    },
    15 * MINUTES,
  );

  afterAll(() => {
    if (done.length < EXPLORED.length) return;
    const answers = new Set<string>();
    const asked = new Set<string>();
    for (const { coverage } of done) {
      for (const key of coverage.keys()) {
        const [at = '', answer = ''] = key.split(': ');
        asked.add(at);
        answers.add(answer);
      }
    }
    const everything = ['placeHold', 'COMMIT', 'ABORT', 'recordPeerVotes', 'tombstone', 'release', 'settle', 'rebuild'];
    expect([...answers].sort()).toEqual([...everything, 'nothing', 'refuse'].sort());
    for (const state of ['NONE', 'HELD', 'VOTED', 'SETTLED', 'RELEASED']) {
      for (const event of ['prepare', 'deliver', 'cancel', 'query']) expect(asked).toContain(`${state} ${event}`);
    }
    for (const state of ['NONE', 'VOTED', 'SETTLED', 'RELEASED']) expect(asked).toContain(`${state} reconcile`);
    for (const state of ['HELD', 'VOTED']) expect(asked).toContain(`${state} lapse`);
  });
});
