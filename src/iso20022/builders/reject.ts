import type { XmlElement } from '../types.js';
import { element } from './element.js';
import { cutText, xmlText } from './text.js';

/** The message that says why another one was refused. */
export const REJECT_ID = 'admi.002.001.01';

/** Why a message could not be read. Texts are cut to what admi.002.001.01 holds. */
export interface RejectOrder {
  /** The reference of what was refused: its MsgId or BizMsgIdr when it could be read, else a digest; 1 to 35 characters. */
  readonly relatedRef: string;
  /** Code of the refusal, `SCHEMA_INVALID`; at most 35 characters. */
  readonly reason: string;
  readonly rejectedAt: string;
  /** XPath or line of the first error. */
  readonly errorLocation?: string | null;
  readonly description?: string | null;
  /** All findings, one a line. */
  readonly additionalData?: string | null;
}

/** The content of `admi.002.001.01` (MessageReject). */
export const buildReject = (order: RejectOrder): XmlElement => ({
  RltdRef: { Ref: cutText(xmlText(order.relatedRef) || 'NOTPROVIDED', 35) },
  Rsn: element({
    RjctgPtyRsn: cutText(order.reason, 35),
    RjctnDtTm: order.rejectedAt,
    ErrLctn: limited(order.errorLocation, 350),
    RsnDesc: limited(order.description, 350),
    AddtlData: limited(order.additionalData, 20_000),
  }),
});

const limited = (value: string | null | undefined, maxCharacters: number): string | undefined =>
  value ? cutText(xmlText(value), maxCharacters) : undefined;
