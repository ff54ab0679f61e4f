import { agentBic } from './instruction.js';
import { child, children, text } from './tree.js';
import type { CheckedMessage, XmlElement } from './types.js';

/** One payment, or one whole message when only `msgId` is set, whose status a pacs.028 asks for. */
export interface StatusQuery {
  /** `TxInf/StsReqId`. */
  readonly requestId: string | null;
  readonly msgId: string | null;
  readonly messageNameId: string | null;
  readonly uetr: string | null;
  readonly instrId: string | null;
  readonly endToEndId: string | null;
  readonly txId: string | null;
}

export interface StatusRequest {
  readonly msgId: string;
  readonly creDtTm: string;
  readonly instructingAgent: string | null;
  readonly instructedAgent: string | null;
  readonly queries: readonly StatusQuery[];
}

/**
 * What a pacs.028.001.03 asks for: its transactions, each with the original message named at transaction or, where there
 * is only one, at group level; every group named without a transaction asks for the whole message.
 */
export function readStatusRequest(message: CheckedMessage): StatusRequest {
  const root = message.document.root;
  const header = child(root, 'GrpHdr');
  const groups = children(root, 'OrgnlGrpInf');
  const transactions = children(root, 'TxInf');
  const onlyGroup = groups.length === 1 ? groups[0] : undefined;
  const queries = transactions.map((tx) => transactionQuery(tx, onlyGroup));
  const asked = new Set(queries.map((query) => query.msgId));
  const wholes = groups.filter((group) => !asked.has(text(group, 'OrgnlMsgId') ?? null)).map(groupQuery);
  return {
    msgId: text(header, 'MsgId') ?? '',
    creDtTm: text(header, 'CreDtTm') ?? '',
    instructingAgent: agentBic(header, 'InstgAgt') ?? agentBic(transactions[0], 'InstgAgt'),
    instructedAgent: agentBic(header, 'InstdAgt') ?? agentBic(transactions[0], 'InstdAgt'),
    queries: [...queries, ...wholes],
  };
}

const transactionQuery = (tx: XmlElement, group: XmlElement | undefined): StatusQuery => ({
  requestId: text(tx, 'StsReqId') ?? null,
  msgId: text(tx, 'OrgnlGrpInf', 'OrgnlMsgId') ?? text(group, 'OrgnlMsgId') ?? null,
  messageNameId: text(tx, 'OrgnlGrpInf', 'OrgnlMsgNmId') ?? text(group, 'OrgnlMsgNmId') ?? null,
  uetr: text(tx, 'OrgnlUETR') ?? null,
  instrId: text(tx, 'OrgnlInstrId') ?? null,
  endToEndId: text(tx, 'OrgnlEndToEndId') ?? null,
  txId: text(tx, 'OrgnlTxId') ?? null,
});

const groupQuery = (group: XmlElement): StatusQuery => ({
  requestId: null,
  msgId: text(group, 'OrgnlMsgId') ?? null,
  messageNameId: text(group, 'OrgnlMsgNmId') ?? null,
  uetr: null,
  instrId: null,
  endToEndId: null,
  txId: null,
});
