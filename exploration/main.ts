/**
 * `npm run explore [-- --legs 3 | --model NAME] [--mutant NAME] [--states N]`: explores the protocol exhaustively and
 * prints what was reached. `--legs 3`: the large models, for which nobody waits in a test. Exit code 1 when a rule is
 * broken (with `--mutant`: when none is), 2 for wrong arguments. Last line: `{models, states, transitions, stuck, faults}`.
 */

import { parseArgs } from 'node:util';
import { DOMESTIC } from '../src/pvp/simulation/domestic-mutants.js';
import { mutantOf } from '../src/pvp/simulation/mutants.js';
import { exploreDomestic } from './domestic.js';
import { LARGE_MODELS, MODELS, modelFor, modelOf, run } from './models.js';
import { coverageOf, describeRun } from './report.js';
import type { Exploration, Model } from './search.js';

const NAMES = [...MODELS, ...LARGE_MODELS].map(({ name }) => name).join(', ');
const USAGE = `Usage: npm run explore -- [--legs 3 | --model NAME] [--mutant NAME] [--states N]

  --legs 3       the large models, which take long
  --model NAME   ${NAMES}, domestic
  --mutant NAME  with a faulty variant of the protocol (otkel simulate --mutant list): shows the shortest way to what breaks
  --states N     ends after so many states of a model
`;

function refuse(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = { legs: text, model: text, mutant: text, states: text, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const values = readArguments();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (values.legs !== undefined && values.legs !== '3') refuse('--legs is 3');
if (values.states !== undefined && !/^[1-9]\d*$/.test(values.states)) refuse('--states is a whole number of 1 or more');

function chosenModels(): readonly Model[] {
  if (values.model !== undefined) {
    const one = modelOf(values.model);
    return one ? [one] : refuse(`no model ${values.model}`);
  }
  const mutant = values.mutant === undefined ? undefined : mutantOf(values.mutant);
  if (mutant) return [modelFor(mutant) ?? MODELS[0]!];
  return values.legs === '3' ? LARGE_MODELS : MODELS;
}

const mutant = values.mutant === undefined ? null : (mutantOf(values.mutant) ?? null);
if (values.mutant !== undefined && !mutant) refuse(`no mutant ${values.mutant}`);
const statesMax = values.states === undefined ? {} : { statesMax: Number(values.states) };
const done: Exploration[] = [];
/** Marked money and money held for an event: all of it, or what a mutant of theirs does to it. */
async function domestic(): Promise<never> {
  const { states, transitions, fault } = await exploreDomestic(mutant);
  console.log(`domestic: ${states} states, ${transitions} transitions`);
  if (fault) console.log([...fault.steps, `BROKEN ${fault.fault}`].join('\n'));
  process.exit((fault !== null) === (mutant !== null) ? 0 : 1);
}
if (values.model === 'domestic' || (mutant && DOMESTIC.includes(mutant))) await domestic();
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
