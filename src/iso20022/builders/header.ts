import { isoTime } from '../../kernel/clock.js';
import { invariant } from '../../kernel/result.js';
import {
  type CatalogueMessage,
  type CatalogueMessageId,
  catalogueMessage,
  isCatalogueMessageId,
} from '../catalogue/catalogue.js';
import { instantOf } from '../datetime.js';
import { conform } from '../translation/conform.js';
import { createDifferences } from '../translation/difference.js';
import { child, text } from '../tree.js';
import type { CheckedMessage, MessageId, XmlElement } from '../types.js';
import { agent, element } from './element.js';
import { cutText } from './text.js';

/** The versions of the header. */
export type HeaderId = Extract<CatalogueMessageId, `head.001.${string}`>;

/** The header that is written unless another one is asked for. */
export const HEADER_ID = 'head.001.001.02';

/** The version in which to answer a message: that of its own header, `otherwise` when it had none. */
export const answeringHeader = (received: MessageId | null, otherwise: HeaderId): HeaderId =>
  received !== null && isHeaderId(received) ? received : otherwise;

const isHeaderId = (id: MessageId): id is HeaderId => id.startsWith('head.001.') && isCatalogueMessageId(id);

/** What a business application header says. `createdAt` is an `ISODateTime` with offset. */
export interface HeaderOrder {
  readonly fromBic: string;
  readonly toBic: string;
  readonly businessMessageId: string;
  readonly messageId: string;
  readonly createdAt: string;
  readonly businessService?: string | undefined;
  /** head.001.001.02 unless said. */
  readonly headerId?: HeaderId | undefined;
  /** The message that this one answers; its header, when it had one, becomes `Rltd`. */
  readonly answers?: CheckedMessage;
}

const RELATED = ['CharSet', 'Fr', 'To', 'BizMsgIdr', 'MsgDefIdr', 'BizSvc', 'CreDt', 'CpyDplct', 'PssblDplct', 'Prty'];

/**
 * The content of `AppHdr` in the version asked for. `Rltd` repeats the answered header without its own relations and
 * signature, as far as the version has a place for it.
 */
export function buildHeader(order: HeaderOrder): XmlElement {
  const { headerId = HEADER_ID, answers } = order;
  const answered = answers?.header?.root;
  const header = element({
    Fr: { FIId: agent(order.fromBic) as XmlElement },
    To: { FIId: agent(order.toBic) as XmlElement },
    BizMsgIdr: cutText(order.businessMessageId, 35),
    MsgDefIdr: order.messageId,
    BizSvc: order.businessService,
    CreDt: headerId === 'head.001.001.01' ? inUtc(order.createdAt) : order.createdAt,
    Rltd: answered ? [related(answered)] : undefined,
  });
  if (!answered || answers?.header?.messageId === headerId) return header;
  const fitted = conform(header, (catalogueMessage(headerId) as CatalogueMessage).bodyType, '', createDifferences());
  invariant(fitted !== null, 'a header fits its own version');
  return fitted;
}

/** head.001.001.01 has its creation date in UTC (`ISONormalisedDateTime`). */
const inUtc = (dateTime: string): string => {
  const at = instantOf(dateTime);
  invariant(at !== null, 'the creation date is an ISODateTime');
  return isoTime(at);
};

const related = (header: XmlElement): XmlElement =>
  element(Object.fromEntries(RELATED.map((name) => [name, text(header, name) ?? child(header, name)])));
