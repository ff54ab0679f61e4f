import { text } from '../tree.js';
import { sameInstitution } from './agents.js';
import { bicOf, headerBic, messageReference } from './places.js';
import {
  ADVISED,
  ALWAYS,
  EVERY_MESSAGE,
  errorIn,
  type Fault,
  type MessageCheck,
  type Rule,
  type RuleProfile,
} from './rule.js';

const APP_HDR = '/AppHdr';
const CBPR_SERVICE = 'swift.cbprplus.';

/** `BizSvc` of a header for a receiver of this profile; undefined where the profile names no service. */
export const businessServiceOf = (profile: RuleProfile): string | undefined =>
  profile === 'cbpr-plus' ? `${CBPR_SERVICE}03` : undefined;

/** A check of the header, of messages that have one. */
const ofHeader = (
  find: (header: NonNullable<Scope['message']['header']>, scope: Scope) => Fault | null,
): MessageCheck => ({
  on: 'message',
  check: (scope) => {
    const fault = scope.message.header && find(scope.message.header, scope);
    return fault ? [{ path: `${APP_HDR}/${fault.at}`, index: null, message: fault.message }] : [];
  },
});
type Scope = Parameters<MessageCheck['check']>[0];

/** The business application header, where there is one, agrees with the document. */
export const HEADER_RULES: readonly Rule[] = [
  {
    id: 'header.definition',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr/MsgDefIdr',
    demands: 'MsgDefIdr names the document',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'head.001 MessageDefinitionIdentifier; CBPR+',
    check: ofHeader(({ root }, { message: { document } }) => {
      const named = text(root, 'MsgDefIdr')?.trim();
      return named === undefined || named === document.messageId
        ? null
        : { at: 'MsgDefIdr', message: `the document is ${document.messageId}` };
    }),
  },
  {
    id: 'header.identifier',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr/BizMsgIdr',
    demands: 'BizMsgIdr is the reference of the message (MsgId, in an assignment its Id)',
    severity: ADVISED,
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+: BizMsgIdr repeats the message identification',
    check: ofHeader(({ root: header }, { root }) => {
      const reference = messageReference(root);
      return reference === undefined || text(header, 'BizMsgIdr') === reference
        ? null
        : { at: 'BizMsgIdr', message: 'the reference of the message is another' };
    }),
  },
  {
    id: 'header.sender',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr/Fr',
    demands: 'the sender of the header and the instructing agents are one institution',
    severity: ALWAYS,
    code: 'AGENT_UNKNOWN',
    source: 'CBPR+: Fr and InstgAgt are the same',
    check: sidesAgree('Fr', 'InstgAgt', 'the sender of the header is not the instructing agent'),
  },
  {
    id: 'header.receiver',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr/To',
    demands: 'the receiver of the header and the instructed agents are one institution',
    severity: ADVISED,
    code: 'AGENT_UNKNOWN',
    source: 'CBPR+: To and InstdAgt are the same',
    check: sidesAgree('To', 'InstdAgt', 'the receiver of the header is not the instructed agent'),
  },
  {
    id: 'header.given',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr',
    demands: 'the message has a business application header',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'CBPR+ and HVPS+: always with head.001',
    check: {
      on: 'message',
      check: ({ message, rootPath }) =>
        message.header === null ? [{ path: rootPath, index: null, message: 'the message has no header' }] : [],
    },
  },
  {
    id: 'header.version',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr',
    demands: 'the header is head.001.001.02 or later',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+: head.001.001.02',
    check: ofHeader(({ messageId }) =>
      messageId === 'head.001.001.01' ? { at: 'MsgDefIdr', message: `${messageId} is too old a header` } : null,
    ),
  },
  {
    id: 'header.service',
    appliesTo: EVERY_MESSAGE,
    xpath: '/AppHdr/BizSvc',
    demands: `BizSvc names the service, ${CBPR_SERVICE}NN`,
    severity: errorIn('cbpr-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+: BizSvc is swift.cbprplus.NN',
    check: ofHeader(({ root }) =>
      text(root, 'BizSvc')?.startsWith(CBPR_SERVICE)
        ? null
        : { at: 'BizSvc', message: `the business service is not ${CBPR_SERVICE}NN` },
    ),
  },
];

function sidesAgree(side: 'Fr' | 'To', agent: 'InstgAgt' | 'InstdAgt', message: string): MessageCheck {
  return ofHeader(({ root: header }, { groupHeader, transactions }) => {
    const named = headerBic(header, side);
    if (named === null) return null;
    const group = bicOf(groupHeader, agent);
    const contradicts = (bic: string | null) => bic !== null && !sameInstitution(named, bic);
    const other = contradicts(group) || transactions.some(({ element }) => contradicts(bicOf(element, agent)));
    return other ? { at: side, message } : null;
  });
}
