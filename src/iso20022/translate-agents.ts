import { agent } from './builders/element.js';
import { type Loss, replaced, reported } from './loss.js';
import { ROOT_PATH } from './rules/rule.js';
import { child } from './tree.js';
import type { XmlElement, XmlNode } from './types.js';

/** The transaction being translated: `fields` is changed in place, `losses` grows. */
export interface AgentDraft {
  readonly order: {
    readonly instructingAgent: string;
    readonly instructedAgent: string;
    readonly sourceInstructingAgent: string;
  };
  readonly path: string;
  readonly fields: Record<string, XmlNode | readonly XmlNode[] | undefined>;
  readonly losses: Loss[];
}

const PREVIOUS_MAX = 3;

/**
 * Moves the agents one leg on: the instructing agent of the source leg becomes `PrvsInstgAgt1`, earlier ones move down
 * and a fourth is cut; the intermediary agents were the route through this corridor and are cut; `InstgAgt` and
 * `InstdAgt` are the destination leg's own.
 */
export function shiftAgents(draft: AgentDraft, group: XmlElement | undefined): void {
  const { fields, path, losses, order } = draft;
  shiftPrevious(draft);
  const inTransaction = child(fields as XmlElement, 'InstgAgt');
  const inGroup = child(group, 'InstgAgt');
  const from = inTransaction ? `${path}/InstgAgt` : `${ROOT_PATH}/GrpHdr/InstgAgt`;
  const previous = inTransaction ?? inGroup ?? (agent(order.sourceInstructingAgent) as XmlElement);
  const to = `${path}/PrvsInstgAgt1`;
  losses.push(
    inTransaction || inGroup
      ? { path: from, kind: 'moved', before: reported(previous), after: to }
      : { path: to, kind: 'added', before: null, after: reported(previous) },
  );
  fields.PrvsInstgAgt1 = previous;
  setAgent(draft, group, 'InstgAgt', order.instructingAgent);
  setAgent(draft, group, 'InstdAgt', order.instructedAgent);
  for (const name of [1, 2, 3].flatMap((n) => [`IntrmyAgt${n}`, `IntrmyAgt${n}Acct`])) {
    losses.push(...replaced(`${path}/${name}`, fields[name], undefined));
    fields[name] = undefined;
  }
}

function shiftPrevious({ fields, path, losses }: AgentDraft): void {
  for (let position = PREVIOUS_MAX; position >= 1; position -= 1) {
    for (const suffix of ['', 'Acct']) {
      const from = `PrvsInstgAgt${position}${suffix}`;
      const value = fields[from];
      if (value === undefined) continue;
      fields[from] = undefined;
      if (position === PREVIOUS_MAX) {
        losses.push({ path: `${path}/${from}`, kind: 'cut', before: reported(value), after: null });
        continue;
      }
      const to = `PrvsInstgAgt${position + 1}${suffix}`;
      fields[to] = value;
      losses.push({ path: `${path}/${from}`, kind: 'moved', before: reported(value), after: `${path}/${to}` });
    }
  }
}

function setAgent(
  { fields, path, losses }: AgentDraft,
  group: XmlElement | undefined,
  name: string,
  bic: string,
): void {
  const own = fields[name];
  const inGroup = group?.[name];
  const after = agent(bic);
  if (inGroup !== undefined) losses.push(...replaced(`${ROOT_PATH}/GrpHdr/${name}`, inGroup, undefined));
  losses.push(...replaced(`${path}/${name}`, own, after));
  fields[name] = after;
}
