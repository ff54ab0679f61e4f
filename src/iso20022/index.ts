/**
 * The message layer as a library: `import { createMessageReader } from 'otkel/iso20022'`. Everything here is pure but
 * {@link validateMessage} with an engine of its own.
 */

// What functions answer
export type { Refusal } from '../kernel/errors.js';
export type { Result } from '../kernel/result.js';
// Writing
export { buildHeader, type HeaderOrder } from './builders/header.js';
export { buildInstitutionTransfer, type InstitutionTransferOrder } from './builders/institution-transfer.js';
export { buildNotification, type NotificationOrder } from './builders/notification.js';
export { buildReject, type RejectOrder } from './builders/reject.js';
export {
  accountReportVersionFor,
  institutionTransferVersionFor,
  notificationVersionFor,
  statementVersionFor,
  statusVersionFor,
} from './builders/releases.js';
export {
  type AccountReportOrder,
  buildAccountReport,
  buildStatement,
  type StatementOrder,
} from './builders/statement.js';
export { buildStatusReport, type StatusReportOrder } from './builders/status-report.js';
// The catalogue
export { CATALOGUE_MESSAGE_IDS, type CatalogueMessageId } from './catalogue/catalogue.js';
export type * as messages from './catalogue/message-types.js';
export { CODE_SET_NAMES, codeSet, isMember, meaningOf } from './codes/code-sets.js';

// Reading
export { BATCH_LIMITS, type GateLimits, MESSAGE_LIMITS } from './gate.js';
export { type PaymentInstruction, readInstructions } from './instruction.js';
export { createMessageReader, type MessageReaderOptions } from './reader.js';
export { describeMessage, type MessageReference, referenceText } from './reference.js';
export {
  type ResolutionOrder,
  type ReturnOrder,
  type ReversedAnswer,
  type ReverseOrder,
  reverseResolution,
  reverseReturn,
  reverseStatusReport,
} from './reverse.js';
export { checkRules, describeRules, type RuleDescription, type RuleQuestion, type Violation } from './rules/check.js';
export { RULE_PROFILES, type RuleContext, type RuleProfile } from './rules/rule.js';
// Judging
export { createLibxml2Validator, type SchemaValidator } from './schema-validator.js';
export { readStatusRequest } from './status-request.js';
// Translating and answering
export { type TranslatedCreditTransfer, type TranslationOrder, translateCreditTransfer } from './translate.js';
export { type Difference, type DifferenceKind, isLoss } from './translation/difference.js';
export { type CharacterProfile, transliterate } from './translation/transliterate.js';
export { CREDIT_TRANSFER_VERSIONS } from './translation/version-steps.js';
export { child, children, text } from './tree.js';
// Typed messages
export { bodyOf, type MessageBody, simpleValue, writeMessage } from './typed.js';
export type * from './types.js';
export { type ValidationOptions, type ValidationReport, validateMessage } from './validate.js';
export { writeDocument, writeEnvelope } from './writer.js';
export { createXercesValidator } from './xerces.js';
export { generateXsd } from './xsd.js';
