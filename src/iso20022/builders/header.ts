import { child, text } from '../tree.js';
import type { CheckedMessage, XmlElement } from '../types.js';
import { agent, element } from './element.js';
import { cutText } from './text.js';

/** The header that we write. */
export const HEADER_ID = 'head.001.001.02';

/** What a business application header says. `createdAt` is an `ISODateTime` with offset. */
export interface HeaderOrder {
  readonly fromBic: string;
  readonly toBic: string;
  readonly businessMessageId: string;
  readonly messageId: string;
  readonly createdAt: string;
  readonly businessService?: string;
  /** The message that this one answers; its header, when it had one, becomes `Rltd`. */
  readonly answers?: CheckedMessage;
}

const RELATED = ['CharSet', 'Fr', 'To', 'BizMsgIdr', 'MsgDefIdr', 'BizSvc', 'CreDt', 'CpyDplct', 'PssblDplct', 'Prty'];

/** The content of `AppHdr`, head.001.001.02. `Rltd` repeats the answered header without its own relations and signature. */
export function buildHeader(order: HeaderOrder): XmlElement {
  const answered = order.answers?.header?.root;
  return element({
    Fr: { FIId: agent(order.fromBic) as XmlElement },
    To: { FIId: agent(order.toBic) as XmlElement },
    BizMsgIdr: cutText(order.businessMessageId, 35),
    MsgDefIdr: order.messageId,
    BizSvc: order.businessService,
    CreDt: order.createdAt,
    Rltd: answered ? [related(answered)] : undefined,
  });
}

const related = (header: XmlElement): XmlElement =>
  element(Object.fromEntries(RELATED.map((name) => [name, text(header, name) ?? child(header, name)])));
