import type { StatedAmount } from '../instruction.js';
import type { MessageId, XmlElement } from '../types.js';
import { agent, amount, element } from './element.js';
import type { StatusReportId } from './releases.js';
import { cutText, splitText, xmlText } from './text.js';

/** `TxSts`: ACTC accepted technically, PDNG pending, ACSC settled, ACCC creditor credited, RJCT rejected. */
export type TransactionStatus = 'ACTC' | 'PDNG' | 'ACSC' | 'ACCC' | 'RJCT';
export type GroupStatus = TransactionStatus | 'PART';

/** A reason: a code of ExternalStatusReason1Code and free texts, each cut into pieces of 105 characters. */
export interface StatusReason {
  readonly code: string;
  readonly texts?: readonly string[];
}

export interface TransactionStatusLine {
  readonly statusId?: string | null;
  readonly instrId?: string | null;
  readonly endToEndId?: string | null;
  readonly txId?: string | null;
  readonly uetr?: string | null;
  readonly status: TransactionStatus;
  readonly reasons?: readonly StatusReason[];
  /** `ISODateTime`. */
  readonly acceptanceAt?: string | null;
  /** Local date of finality, `YYYY-MM-DD`. */
  readonly effectiveSettlementDate?: string | null;
  readonly settlementAmount?: StatedAmount | null;
  readonly settlementDate?: string | null;
  readonly clearingSystemRef?: string | null;
}

/** A message that is reported on: `OrgnlGrpInfAndSts`, with the `TxInfAndSts` of its transactions. */
export interface OriginalMessage {
  readonly msgId: string;
  readonly messageId: MessageId;
  readonly creDtTm?: string | null;
  /** Of every transaction of the message, where only some are reported on; else the ones reported on are all. */
  readonly statuses?: readonly TransactionStatus[];
  /** Set when the message is refused as a whole; else it follows from the transactions. */
  readonly groupStatus?: GroupStatus;
  readonly groupReasons?: readonly StatusReason[];
  readonly transactions: readonly TransactionStatusLine[];
}

export interface StatusReportOrder {
  readonly messageId: StatusReportId;
  readonly msgId: string;
  readonly creDtTm: string;
  /** Who reports, and to whom. */
  readonly instructingAgent: string;
  readonly instructedAgent: string | null;
  /** One or more, each message once. */
  readonly originals: readonly OriginalMessage[];
}

const FIRST_WITH_UETR: StatusReportId = 'pacs.002.001.10';
const PIECE_LENGTH = 105;
/** Of one text. */
const TEXT_PIECES_MAX = 10;

/** The status that all transactions share, else PART. ACSC and ACCC together are ACSC: every one is settled. */
export function groupStatus(statuses: readonly TransactionStatus[]): GroupStatus {
  const distinct = new Set(statuses);
  const [only] = distinct;
  if (distinct.size === 1 && only !== undefined) return only;
  return [...distinct].every((status) => status === 'ACSC' || status === 'ACCC') ? 'ACSC' : 'PART';
}

/**
 * The content of `FIToFIPmtStsRpt`, pacs.002.001.08 to .16: one `OrgnlGrpInfAndSts` per original message and one
 * `TxInfAndSts` per transaction, which names its message (`OrgnlGrpInf`) where there are several. Before .10 there is no
 * place for the UETR and the date of finality.
 */
export function buildStatusReport(order: StatusReportOrder): XmlElement {
  const { originals } = order;
  return element({
    GrpHdr: element({
      MsgId: order.msgId,
      CreDtTm: order.creDtTm,
      InstgAgt: agent(order.instructingAgent),
      InstdAgt: agent(order.instructedAgent),
    }),
    OrgnlGrpInfAndSts: originals.map(originalMessage),
    TxInfAndSts: originals.flatMap((original) => {
      const named = originals.length > 1 ? original : null;
      return original.transactions.map((line) => transactionStatus(line, named, order));
    }),
  });
}

function originalMessage(original: OriginalMessage): XmlElement {
  const statuses = original.statuses ?? original.transactions.map(({ status }) => status);
  const group = original.groupStatus ?? (statuses.length === 0 ? 'RJCT' : groupStatus(statuses));
  return element({
    ...originalReference(original),
    OrgnlNbOfTxs: statuses.length === 0 ? undefined : String(statuses.length),
    GrpSts: group,
    StsRsnInf: (original.groupReasons ?? []).map(reasonInformation),
    NbOfTxsPerSts: group === 'PART' ? countPerStatus(statuses) : [],
  });
}

const originalReference = ({ msgId, messageId, creDtTm }: OriginalMessage): XmlElement =>
  element({ OrgnlMsgId: msgId, OrgnlMsgNmId: messageId, OrgnlCreDtTm: creDtTm });

function transactionStatus(
  line: TransactionStatusLine,
  original: OriginalMessage | null,
  order: StatusReportOrder,
): XmlElement {
  const { settlementAmount: stated, settlementDate } = line;
  const isOld = order.messageId < FIRST_WITH_UETR;
  return element({
    StsId: line.statusId,
    OrgnlGrpInf: original ? originalReference(original) : undefined,
    OrgnlInstrId: line.instrId,
    OrgnlEndToEndId: line.endToEndId,
    OrgnlTxId: line.txId,
    OrgnlUETR: isOld ? undefined : line.uetr,
    TxSts: line.status,
    StsRsnInf: (line.reasons ?? []).map(reasonInformation),
    AccptncDtTm: line.acceptanceAt,
    FctvIntrBkSttlmDt: line.effectiveSettlementDate && !isOld ? { Dt: line.effectiveSettlementDate } : undefined,
    ClrSysRef: line.clearingSystemRef ? cutText(line.clearingSystemRef, 35) : undefined,
    InstgAgt: agent(order.instructingAgent),
    InstdAgt: agent(order.instructedAgent),
    OrgnlTxRef: stated
      ? element({ IntrBkSttlmAmt: amount(stated.text, stated.currency), IntrBkSttlmDt: settlementDate })
      : undefined,
  });
}

function reasonInformation({ code, texts = [] }: StatusReason): XmlElement {
  const pieces = texts.flatMap((text) => splitText(xmlText(text).trim(), PIECE_LENGTH).slice(0, TEXT_PIECES_MAX));
  return element({ Rsn: { Cd: code }, AddtlInf: pieces });
}

function countPerStatus(statuses: readonly TransactionStatus[]): XmlElement[] {
  const counts = new Map<TransactionStatus, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ DtldNbOfTxs: String(count), DtldSts: status }));
}
