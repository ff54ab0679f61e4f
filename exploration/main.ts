/**
 * `npm run explore [-- --legs 3 | --model NAME] [--mutant NAME] [--states N]`: explores the protocol exhaustively and
 * prints what was reached. `--legs 3`: the large models, for which nobody waits in a test. Exit code 1 when a rule is
 * broken (with `--mutant`: when none is). Last line: `{models, states, transitions, stuck, faults}`.
 */
import { parseArgs } from 'node:util';
import { mutantOf } from '../src/pvp/simulation/mutants.js';
import { LARGE_MODELS, MODELS, modelFor, modelOf, run } from './models.js';
import { coverageOf, describeRun } from './report.js';
import type { Exploration, Model } from './search.js';

const { values } = parseArgs({
  options: {
    legs: { type: 'string' },
    model: { type: 'string' },
    mutant: { type: 'string' },
    states: { type: 'string' },
  },
});

function chosenModels(): readonly Model[] {
  if (values.model !== undefined) {
    const one = modelOf(values.model);
    if (!one)
      throw new Error(`no model ${values.model}: ${[...MODELS, ...LARGE_MODELS].map(({ name }) => name).join(', ')}`);
    return [one];
  }
  const mutant = values.mutant === undefined ? undefined : mutantOf(values.mutant);
  if (mutant) return [modelFor(mutant) ?? MODELS[0]!];
  return values.legs === '3' ? LARGE_MODELS : MODELS;
}

const mutant = values.mutant === undefined ? null : (mutantOf(values.mutant) ?? null);
if (values.mutant !== undefined && !mutant) throw new Error(`no mutant ${values.mutant}`);
const statesMax = values.states === undefined ? {} : { statesMax: Number(values.states) };
const done: Exploration[] = [];
for (const model of chosenModels()) {
  const startedAt = performance.now();
  const onProgress = (states: number) => process.stderr.write(`\r${model.name}: ${states} states `);
  const result = await run({ ...model, ...statesMax }, mutant, onProgress);
  process.stderr.write('\r');
  console.log(describeRun(result, (performance.now() - startedAt) / 1000));
  done.push(result);
}
console.log(coverageOf(done));
const sum = (value: (one: Exploration) => number) => done.reduce((total, one) => total + value(one), 0);
const faults = sum((one) => (one.fault ? 1 : 0));
console.log(
  JSON.stringify({
    ...{ models: done.length, states: sum((one) => one.states), transitions: sum((one) => one.transitions) },
    ...{ stuck: sum((one) => one.stuck), faults },
  }),
);
process.exitCode = faults > 0 === (mutant !== null) ? 0 : 1;
