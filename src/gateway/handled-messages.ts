import { CREDIT_TRANSFER_VERSIONS } from '../iso20022/translation/version-steps.js';
import { text } from '../iso20022/tree.js';
import type { CheckedMessage, MessageId } from '../iso20022/types.js';

/** What the gateway does with a message: settle its payments, or tell their status. */
export type Handling = 'credit-transfer' | 'status-request';

const STATUS_REQUEST_VERSIONS: readonly MessageId[] = ['03', '04', '05', '06', '07'].map(
  (version) => `pacs.028.001.${version}`,
);

const each = (ids: readonly MessageId[], handling: Handling) => ids.map((id) => [id, handling] as const);

/**
 * The messages that have a handler. Every other message of the catalogue is checked as these are, and then refused by
 * its name.
 */
export const HANDLED_MESSAGES: ReadonlyMap<MessageId, Handling> = new Map([
  ...each(CREDIT_TRANSFER_VERSIONS, 'credit-transfer'),
  ...each(STATUS_REQUEST_VERSIONS, 'status-request'),
]);

/** Where messages that have no `GrpHdr/MsgId` keep their identification: investigations, verifications, receipts. */
const REFERENCES: readonly (readonly string[])[] = [
  ['GrpHdr', 'MsgId'],
  ['Assgnmt', 'Id'],
  ['Assgnmt', 'MsgId'],
  ['MsgId', 'MsgId'],
];

/** The reference by which an answer can name a message: its header's `BizMsgIdr`, else its own identification. */
export function referenceOf({ header, document }: CheckedMessage): string | null {
  const own = REFERENCES.map((path) => text(document.root, ...path)).find((found) => found !== undefined);
  return text(header?.root, 'BizMsgIdr') ?? own ?? null;
}
