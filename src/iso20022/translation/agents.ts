import { agent } from '../builders/element.js';
import { ROOT_PATH } from '../rules/rule.js';
import { child, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import type { Differences } from './difference.js';
import type { Fields } from './version-move.js';

/** The agents of the destination leg. */
export interface AgentOrder {
  /** `InstgAgt`: the FX provider. */
  readonly instructingAgent: string;
  /** `InstdAgt`: the creditor agent. */
  readonly instructedAgent: string;
  /** `InstgAgt` of the source leg where the message names none. */
  readonly sourceInstructingAgent: string;
}

/** Where each earlier agent and its account go, the last one first; nowhere is cut. */
const PREVIOUS: readonly (readonly [from: string, to: string | null])[] = [
  ['PrvsInstgAgt3', null],
  ['PrvsInstgAgt3Acct', null],
  ['PrvsInstgAgt2', 'PrvsInstgAgt3'],
  ['PrvsInstgAgt2Acct', 'PrvsInstgAgt3Acct'],
  ['PrvsInstgAgt1', 'PrvsInstgAgt2'],
  ['PrvsInstgAgt1Acct', 'PrvsInstgAgt2Acct'],
];
const GROUP_INSTRUCTED = `${ROOT_PATH}/GrpHdr/InstdAgt`;
const INTERMEDIARIES = [1, 2, 3].flatMap((n) => [`IntrmyAgt${n}`, `IntrmyAgt${n}Acct`]);

/** The transaction with the instructing agent of the group, which stands for one of its own that it has not. */
export function withGroupAgent(
  transaction: XmlElement,
  group: XmlElement | undefined,
  differences: Differences,
): XmlElement {
  const inGroup = group?.InstgAgt;
  if (transaction.InstgAgt !== undefined || inGroup === undefined) return transaction;
  differences.moved(`${ROOT_PATH}/GrpHdr/InstgAgt`, 'InstgAgt', inGroup);
  return Object.assign({}, transaction, { InstgAgt: inGroup });
}

/**
 * Moves the agents one leg on: the instructing agent of the source leg becomes `PrvsInstgAgt1`, earlier ones move down
 * and a fourth is cut; the intermediary agents were the route through this corridor and are cut, but for the provider,
 * who is now the instructing agent; `InstgAgt` and `InstdAgt` are the destination leg's own. Changes `fields`, the
 * children of a transaction of .07 or later, with the group's instructing agent in it.
 */
export function shiftAgents(
  fields: Fields,
  group: XmlElement | undefined,
  order: AgentOrder,
  differences: Differences,
): void {
  shiftPrevious(fields, differences);
  const given = child(fields as XmlElement, 'InstgAgt');
  const previous = given ?? agent(order.sourceInstructingAgent);
  if (given) differences.moved('InstgAgt', 'PrvsInstgAgt1', given);
  else differences.replaced('PrvsInstgAgt1', undefined, previous);
  fields.PrvsInstgAgt1 = previous;
  fields.InstgAgt = agent(order.instructingAgent);
  if (given) differences.ownValue('InstgAgt', given, fields.InstgAgt);
  else differences.replaced('InstgAgt', undefined, fields.InstgAgt);
  const instructed = agent(order.instructedAgent);
  differences.ownValue(GROUP_INSTRUCTED, group?.InstdAgt, undefined);
  differences.ownValue('InstdAgt', fields.InstdAgt, instructed);
  fields.InstdAgt = instructed;
  for (const name of INTERMEDIARIES) {
    const value = fields[name];
    if (value === undefined) continue;
    fields[name] = undefined;
    if (text(value as XmlElement, 'FinInstnId', 'BICFI') === order.instructingAgent)
      differences.moved(name, 'InstgAgt', value, fields.InstgAgt);
    else differences.cut(name, value);
  }
}

function shiftPrevious(fields: Fields, differences: Differences): void {
  for (const [from, to] of PREVIOUS) {
    const value = fields[from];
    if (value === undefined) continue;
    fields[from] = undefined;
    if (to === null) {
      differences.cut(from, value);
      continue;
    }
    fields[to] = value;
    differences.moved(from, to, value);
  }
}
