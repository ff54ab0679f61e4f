import type { Exploration, Trace } from './search.js';

const RULES = '1, 2, 3, 4, 5, 6, 7';

/** The steps to a broken rule, one a line, with the state after each. */
export const describeTrace = ({ fault, steps }: Trace): string =>
  [`broken: ${fault}`, ...steps.map((step, i) => `  ${String(i + 1).padStart(2)}. ${step}`)].join('\n');

/** What one model reached, for people. */
export function describeRun(result: Exploration, seconds: number): string {
  const { model, states, transitions, depth, isWhole, settled, released, healed, stuck, fault } = result;
  const rules = model.gateway || model.heals ? `${RULES}, 12` : RULES;
  const lines = [
    `${model.name}: ${model.about}`,
    `  ${states} states${isWhole ? ', all there are' : ', not all'}; ${transitions} transitions; deepest level ${depth}; ${seconds.toFixed(1)} s`,
    `  rules ${rules} in every state; ${settled} states with every leg settled, ${released} with every leg released`,
  ];
  if (model.heals) {
    lines.push(
      `  healed from ${healed} states; from ${stuck} of them a COMMIT stays in doubt when its peer never comes back`,
    );
  }
  return [...lines, ...(fault ? [describeTrace(fault)] : []), ''].join('\n');
}

/** How often each answer of the leg's state machine was given, by state and event. */
export function coverageOf(results: readonly Exploration[]): string {
  const all = new Map<string, number>();
  for (const { coverage } of results) {
    for (const [key, count] of coverage) all.set(key, (all.get(key) ?? 0) + count);
  }
  const rows = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `  ${key} ${count}`);
  return ['what the state machine of a leg was asked and answered, and how often:', ...rows, ''].join('\n');
}
