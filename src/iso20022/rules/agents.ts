import { bicKey } from '../../kernel/ids.js';
import { bicCountryExists } from '../identifiers.js';
import { agentBic, type PaymentInstruction } from '../instruction.js';
import { child } from '../tree.js';
import type { XmlElement } from '../types.js';
import {
  HEADER_PATH,
  perIdentifier,
  perTransaction,
  type Rule,
  type RuleBreach,
  type RuleScope,
  transactionPath,
} from './rule.js';

const INSTITUTION_LENGTH = 8;

/** Who instructs whom, and that the agents the payment needs are named by BIC. */
export const AGENT_RULES: readonly Rule[] = [
  needsBic('agent.debtor-agent', 'DbtrAgt', 'RC03'),
  needsBic('agent.creditor-agent', 'CdtrAgt', 'RC04'),
  {
    id: 'agent.instructing-agent',
    xpath: '//InstgAgt/FinInstnId/BICFI',
    demands: 'an instructing agent that is given is named by BIC',
    severity: 'error',
    code: 'AGENT_UNKNOWN',
    source: 'CBPR+ and Nexus: InstgAgt by BICFI',
    check: (scope) => namedWithoutBic(scope, 'InstgAgt'),
  },
  {
    id: 'agent.instructed-agent',
    xpath: '//InstdAgt/FinInstnId/BICFI',
    demands: 'an instructed agent that is given is the FX provider or the operator of the corridor',
    severity: 'error',
    code: 'AGENT_UNKNOWN',
    source: 'corridor: on the source leg InstdAgt is the provider or the operator',
    check: (scope) => [...namedWithoutBic(scope, 'InstdAgt'), ...foreignInstructedAgents(scope)],
  },
  {
    id: 'agent.bic-country',
    xpath: '//BICFI | //AnyBIC',
    demands: 'the country inside a BIC exists',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'RC01',
    source: 'ISO 9362, characters 5 and 6: ISO 3166-1',
    check: perIdentifier(
      ['BICFI', 'AnyBIC'],
      (bic) => !bicCountryExists(bic),
      'the country inside the BIC does not exist',
    ),
  },
];

/**
 * True when an intermediary agent is named that is none of `allowedBics` (provider and operator): the payer's route then
 * is not ours (RC11). No intermediary agent, or allowed ones only, contradict nothing.
 */
export function intermediaryContradicts(
  instruction: Pick<PaymentInstruction, 'intermediaryAgents'>,
  allowedBics: readonly string[],
): boolean {
  const allowed = new Set<string>(allowedBics.map(bicKey));
  return instruction.intermediaryAgents.some((agent) => !allowed.has(bicKey(agent)));
}

/** True when `senderBic` may send this instruction: it is the instructing agent, or the message names none. */
export const senderIsInstructingAgent = (
  instruction: Pick<PaymentInstruction, 'instructingAgent'>,
  senderBic: string,
): boolean => instruction.instructingAgent === null || bicKey(instruction.instructingAgent) === bicKey(senderBic);

/** True when two BICs name the same institution, whatever the branch. */
export const sameInstitution = (one: string, other: string): boolean =>
  one.slice(0, INSTITUTION_LENGTH) === other.slice(0, INSTITUTION_LENGTH);

function needsBic(id: string, name: 'DbtrAgt' | 'CdtrAgt', iso: string): Rule {
  return {
    id,
    xpath: `//CdtTrfTxInf/${name}/FinInstnId/BICFI`,
    demands: `${name} is named by BIC`,
    severity: 'error',
    code: name === 'CdtrAgt' ? 'CREDITOR_AGENT_UNKNOWN' : 'AGENT_UNKNOWN',
    iso,
    source: 'corridor: the register of a ledger is keyed by the agent BIC',
    check: perTransaction(({ index }, { transactions }) =>
      agentBic(transactions[index], name) === null
        ? { at: `${name}/FinInstnId/BICFI`, message: `${name} has no BIC` }
        : null,
    ),
  };
}

/** The places of an agent that may stand in the group header or in each transaction. */
function agentPlaces({ root, transactions }: RuleScope): { parent: XmlElement; path: string; index: number | null }[] {
  const header = child(root, 'GrpHdr');
  const group = header ? [{ parent: header, path: HEADER_PATH, index: null }] : [];
  return [...group, ...transactions.map((parent, index) => ({ parent, path: transactionPath(index), index }))];
}

const namedWithoutBic = (scope: RuleScope, name: string): RuleBreach[] =>
  agentPlaces(scope)
    .filter(({ parent }) => child(parent, name) !== undefined && agentBic(parent, name) === null)
    .map(({ path, index }) => ({ path: `${path}/${name}/FinInstnId`, index, message: `${name} has no BIC` }));

function foreignInstructedAgents(scope: RuleScope): RuleBreach[] {
  const allowed = new Set<string>(scope.context.allowedInstructedAgents.map(bicKey));
  return agentPlaces(scope).flatMap(({ parent, path, index }) => {
    const bic = agentBic(parent, 'InstdAgt');
    if (bic === null || allowed.has(bicKey(bic))) return [];
    return [{ path: `${path}/InstdAgt/FinInstnId/BICFI`, index, message: `${bic} is not an agent of this corridor` }];
  });
}
