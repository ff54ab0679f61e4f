import { bicKey } from '../../kernel/ids.js';
import { bicCountryExists, isTestBic } from '../identifiers.js';
import type { PaymentInstruction } from '../instruction.js';
import { child, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { bicOf, institutionBic } from './places.js';
import {
  ALWAYS,
  CREDIT_TRANSFER,
  EVERY_MESSAGE,
  errorIn,
  perTransaction,
  type Rule,
  type RuleBreach,
  type RuleScope,
  SETTLED,
  type ValueCheck,
} from './rule.js';

const INSTITUTION_LENGTH = 8;
const BICS = /^(?:BICFI|BIC|AnyBIC)(?:Dec2014)?Identifier$/;
const INSTITUTION = /^FinancialInstitutionIdentification\d+$/;

/** Who instructs whom, and that the agents the payment needs are named by BIC. */
export const AGENT_RULES: readonly Rule[] = [
  needsBic('agent.debtor-agent', 'DbtrAgt', 'RC03'),
  needsBic('agent.creditor-agent', 'CdtrAgt', 'RC04'),
  {
    id: 'agent.instructing-agent',
    appliesTo: SETTLED,
    xpath: '//InstgAgt/FinInstnId/BICFI',
    demands: 'an instructing agent that is given is named by BIC',
    severity: ALWAYS,
    code: 'AGENT_UNKNOWN',
    source: 'CBPR+ and Nexus: InstgAgt by BICFI',
    check: { on: 'message', check: (scope) => namedWithoutBic(scope, 'InstgAgt') },
  },
  {
    id: 'agent.instructed-agent',
    appliesTo: SETTLED,
    xpath: '//InstdAgt/FinInstnId/BICFI',
    demands: 'an instructed agent that is given is the FX provider or the operator of the corridor',
    severity: ALWAYS,
    code: 'AGENT_UNKNOWN',
    source: 'corridor: on the source leg InstdAgt is the provider or the operator',
    check: {
      on: 'message',
      check: (scope) => [...namedWithoutBic(scope, 'InstdAgt'), ...foreignInstructedAgents(scope)],
    },
  },
  {
    id: 'agent.both-given',
    appliesTo: SETTLED,
    xpath: '//InstgAgt | //InstdAgt',
    demands: 'the instructing and the instructed agent are given',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'CBPR+, Nexus and HVPS+: InstgAgt and InstdAgt are mandatory',
    check: perTransaction((tx, { groupHeader }) => {
      const missing = ['InstgAgt', 'InstdAgt'].find((name) => !child(tx, name) && !child(groupHeader, name));
      return missing === undefined ? null : { at: missing, message: `${missing} is not given` };
    }),
  },
  {
    id: 'agent.intermediaries',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/IntrmyAgt1 | //CdtTrfTxInf/IntrmyAgt2',
    demands: 'both settlement access providers are named as intermediary agents',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'RC11',
    source: 'Nexus: IntrmyAgt1 and IntrmyAgt2 are mandatory',
    check: perTransaction((tx) => {
      const missing = ['IntrmyAgt1', 'IntrmyAgt2'].find((name) => !child(tx, name));
      return missing === undefined ? null : { at: missing, message: `${missing} is not given` };
    }),
  },
  {
    id: 'agent.bic-country',
    appliesTo: EVERY_MESSAGE,
    xpath: '//BICFI | //AnyBIC',
    demands: 'the country inside a BIC exists',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'RC01',
    source: 'ISO 9362, characters 5 and 6: ISO 3166-1',
    check: bicCheck((bic) => !bicCountryExists(bic), 'the country inside the BIC does not exist'),
  },
  {
    id: 'agent.bic-live',
    appliesTo: EVERY_MESSAGE,
    xpath: '//BICFI | //AnyBIC',
    demands: 'a BIC is not one of test and training (character 8 is not 0)',
    severity: { 'cbpr-plus': 'warning', 'hvps-plus': 'warning' },
    code: 'RULE_BROKEN',
    iso: 'RC01',
    source: 'ISO 9362, character 8',
    check: bicCheck(isTestBic, 'the BIC is one of test and training'),
  },
  {
    id: 'agent.bic-alone',
    appliesTo: EVERY_MESSAGE,
    xpath: '//FinInstnId[BICFI]',
    demands: 'an institution with a BIC has no name and no address beside it',
    severity: { base: 'warning', 'cbpr-plus': 'error', 'hvps-plus': 'error' },
    code: 'RULE_BROKEN',
    iso: 'CH17',
    source: 'CBPR+: with BICFI no name and address',
    check: {
      on: 'element',
      types: INSTITUTION,
      check: (institution) => {
        if (institutionBic(institution) === null) return null;
        const extra = ['Nm', 'PstlAdr'].find((name) => institution[name] !== undefined);
        return extra === undefined ? null : { at: extra, message: `${extra} stands beside the BIC` };
      },
    },
  },
  {
    id: 'agent.name-and-address',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//FinInstnId[not(BICFI)]',
    demands:
      'an agent without BIC has a name and an address, or a clearing member id where all agents are in one country',
    severity: { base: 'warning', 'cbpr-plus': 'error', 'hvps-plus': 'error' },
    code: 'RULE_BROKEN',
    iso: 'RC02',
    source: 'CBPR+: without BICFI name and address',
    check: perTransaction(agentWithoutName),
  },
  {
    id: 'agent.name-not-used',
    appliesTo: EVERY_MESSAGE,
    xpath: '//FinInstnId/Nm',
    demands: 'an institution has no name',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'CH17',
    source: 'Nexus: FinInstnId/Nm is not used',
    check: {
      on: 'element',
      types: INSTITUTION,
      check: ({ Nm }) => (Nm === undefined ? null : { at: 'Nm', message: 'the name of an institution is not used' }),
    },
  },
  {
    id: 'agent.creditor-agent-known',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI',
    demands: 'the creditor agent is a participant',
    severity: ALWAYS,
    needs: 'isParticipant',
    code: 'CREDITOR_AGENT_UNKNOWN',
    source: 'corridor: the register of participants',
    check: perTransaction((tx, { context: { isParticipant } }) => {
      const bic = bicOf(tx, 'CdtrAgt');
      return bic === null || isParticipant === undefined || isParticipant(bic)
        ? null
        : { at: 'CdtrAgt/FinInstnId/BICFI', message: `${bic} is not a participant` };
    }),
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
    appliesTo: CREDIT_TRANSFER,
    xpath: `//CdtTrfTxInf/${name}/FinInstnId/BICFI`,
    demands: `${name} is named by BIC`,
    severity: ALWAYS,
    code: name === 'CdtrAgt' ? 'CREDITOR_AGENT_UNKNOWN' : 'AGENT_UNKNOWN',
    iso,
    source: 'corridor: the register of a ledger is keyed by the agent BIC',
    check: perTransaction((tx) =>
      bicOf(tx, name) === null ? { at: `${name}/FinInstnId/BICFI`, message: `${name} has no BIC` } : null,
    ),
  };
}

function bicCheck(isWrong: (bic: string) => boolean, message: string): ValueCheck {
  return { on: 'value', types: BICS, check: (bic) => (isWrong(bic) ? message : null) };
}

interface AgentPlace {
  readonly parent: XmlElement;
  readonly path: string;
  readonly index: number | null;
}

/** The places of an agent that may stand in the group header or in each transaction. */
function* agentPlaces({ groupHeader, groupPath, transactions }: RuleScope): Generator<AgentPlace> {
  if (groupHeader) yield { parent: groupHeader, path: groupPath, index: null };
  for (const { element, path, index } of transactions) yield { parent: element, path, index };
}

function namedWithoutBic(scope: RuleScope, name: string): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  for (const { parent, path, index } of agentPlaces(scope)) {
    if (parent[name] !== undefined && bicOf(parent, name) === null)
      breaches.push({ path: `${path}/${name}/FinInstnId`, index, message: `${name} has no BIC` });
  }
  return breaches;
}

function foreignInstructedAgents(scope: RuleScope): RuleBreach[] {
  const { allowedInstructedAgents } = scope.context;
  if (allowedInstructedAgents === undefined) return [];
  const breaches: RuleBreach[] = [];
  for (const { parent, path, index } of agentPlaces(scope)) {
    const bic = bicOf(parent, 'InstdAgt');
    if (bic === null || allowedInstructedAgents.some((allowed) => bicKey(allowed) === bicKey(bic))) continue;
    breaches.push({
      path: `${path}/InstdAgt/FinInstnId/BICFI`,
      index,
      message: `${bic} is not an agent of this corridor`,
    });
  }
  return breaches;
}

/** The agents that a payment passes, in its order. */
const CHAIN = ['DbtrAgt', 'InstgAgt', 'InstdAgt', 'IntrmyAgt1', 'IntrmyAgt2', 'IntrmyAgt3', 'CdtrAgt'] as const;

function agentWithoutName(tx: XmlElement) {
  const bare = CHAIN.find((name) => {
    const institution = child(tx, name, 'FinInstnId');
    if (!institution || institutionBic(institution) !== null) return false;
    if (institution.Nm !== undefined && institution.PstlAdr !== undefined) return false;
    return text(institution, 'ClrSysMmbId', 'MmbId') === undefined || !inOneCountry(tx);
  });
  return bare === undefined
    ? null
    : { at: `${bare}/FinInstnId`, message: `${bare} has neither BIC nor name and address` };
}

function inOneCountry(tx: XmlElement): boolean {
  const institutions = CHAIN.map((name) => child(tx, name, 'FinInstnId')).filter((one) => one !== undefined);
  const countries = new Set(institutions.map(countryOf));
  return countries.size === 1 && !countries.has(null);
}

/** By BIC, address or clearing system: the codes of ExternalClearingSystemIdentification1Code begin with a country. */
const countryOf = (institution: XmlElement): string | null =>
  institutionBic(institution)?.slice(4, 6) ??
  text(institution, 'PstlAdr', 'Ctry') ??
  text(institution, 'ClrSysMmbId', 'ClrSysId', 'Cd')?.slice(0, 2) ??
  null;
