import { text } from '../tree.js';
import { sameInstitution } from './agents.js';
import type { Rule, RuleScope } from './rule.js';

const APP_HDR = '//AppHdr';

/** The business application header, where there is one, agrees with the document. */
export const HEADER_RULES: readonly Rule[] = [
  {
    id: 'header.definition',
    xpath: '//AppHdr/MsgDefIdr',
    demands: 'MsgDefIdr names the document',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'head.001 MessageDefinitionIdentifier; CBPR+',
    check: ({ message }) => {
      const named = text(message.header?.root, 'MsgDefIdr')?.trim();
      const found = `the document is ${message.document.messageId}`;
      return named === undefined || named === message.document.messageId
        ? []
        : [{ path: `${APP_HDR}/MsgDefIdr`, index: null, message: found }];
    },
  },
  {
    id: 'header.sender',
    xpath: '//AppHdr/Fr/FIId/FinInstnId/BICFI',
    demands: 'the sender of the header and the instructing agents are one institution',
    severity: 'error',
    code: 'AGENT_UNKNOWN',
    source: 'CBPR+: Fr and InstgAgt are the same',
    check: contradictingSenders,
  },
];

function contradictingSenders({ message, instructions }: RuleScope) {
  const from = text(message.header?.root, 'Fr', 'FIId', 'FinInstnId', 'BICFI');
  const other = instructions.find(
    ({ instructingAgent }) =>
      from !== undefined && instructingAgent !== null && !sameInstitution(from, instructingAgent),
  );
  const reason = 'the sender of the header is not the instructing agent';
  return other ? [{ path: `${APP_HDR}/Fr/FIId/FinInstnId/BICFI`, index: null, message: reason }] : [];
}
