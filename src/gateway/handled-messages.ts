import { text } from '../iso20022/tree.js';
import type { CheckedMessage, MessageId } from '../iso20022/types.js';

/** What the gateway does with a message: settle its payments, or tell their status. */
export type Handling = 'credit-transfer' | 'status-request';

const versions = (base: string, handling: Handling, numbers: readonly string[]): readonly [MessageId, Handling][] =>
  numbers.map((number) => [`${base}.001.${number}`, handling]);

/**
 * The messages that have a handler. Every other message of the catalogue is checked as these are, and then refused by
 * its name.
 */
export const HANDLED_MESSAGES: ReadonlyMap<MessageId, Handling> = new Map([
  ...versions('pacs.008', 'credit-transfer', ['08', '13']),
  ...versions('pacs.028', 'status-request', ['03', '04', '05', '06', '07']),
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
