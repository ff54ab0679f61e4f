/**
 * Source leg -> destination leg of one credit transfer. What changes is in the tables below; everything else is kept, and
 * what the destination version has no place for is cut and reported. Nothing is dropped silently.
 */
import { type Refusal, refusal } from '../kernel/errors.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { agent, amount, element } from './builders/element.js';
import { buildHeader, HEADER_ID } from './builders/header.js';
import { catalogueMessage, type GroupType } from './catalogue/catalogue.js';
import { conform } from './conform.js';
import { type Loss, replaced, reported } from './loss.js';
import { ROOT_PATH, transactionPath } from './rules/rule.js';
import { shiftAgents } from './translate-agents.js';
import { reshapeRemittance } from './translate-remittance.js';
import { child, children, text } from './tree.js';
import type { CheckedMessage, MessageId, XmlElement, XmlNode } from './types.js';
import { writeEnvelope } from './writer.js';

/** What the destination leg is to say. Texts are as the message will carry them. */
export interface TranslationOrder {
  /** `pacs.008.001.08` or `pacs.008.001.13`: the version that the creditor agent speaks. */
  readonly targetMessageId: MessageId;
  /** True when the creditor agent wants a head.001.001.02 before the document. */
  readonly withHeader: boolean;
  readonly msgId: string;
  /** `ISODateTime` with offset. */
  readonly creDtTm: string;
  readonly uetr: string;
  /** `InstgAgt` of the destination leg: the FX provider. */
  readonly instructingAgent: string;
  /** `InstdAgt` of the destination leg: the creditor agent. */
  readonly instructedAgent: string;
  /** `InstgAgt` of the source leg, which becomes `PrvsInstgAgt1`. */
  readonly sourceInstructingAgent: string;
  /** The converted amount, in `currency`. */
  readonly amountText: string;
  readonly currency: string;
  /** Target units per one source unit: at most 11 digits, 10 of them decimals. */
  readonly rate: string;
  readonly quoteId: string | null;
  readonly providerBic: string;
  readonly sourceCurrency: string;
  /** Local date of the destination ledger, `YYYY-MM-DD`. */
  readonly settlementDate: string;
  /** Clearing system of the destination leg: a code of three characters or a proprietary name. */
  readonly clearingSystem?: string | null;
}

export interface TranslatedCreditTransfer {
  readonly messageId: MessageId;
  /** The content of `Document`. */
  readonly root: XmlElement;
  readonly header: XmlElement | null;
  readonly bytes: Uint8Array;
  readonly losses: readonly Loss[];
}

type Fields = Record<string, XmlNode | readonly XmlNode[] | undefined>;

interface Draft {
  readonly order: TranslationOrder;
  readonly path: string;
  readonly fields: Fields;
  readonly losses: Loss[];
}

const NEW_VERSION = 'pacs.008.001.13';
const TARGETS: ReadonlySet<string> = new Set(['pacs.008.001.08', NEW_VERSION]);

/**
 * The pacs.008 that goes to the creditor agent for transaction `index` of `message`: one transaction, in the version and
 * form of `order`. Refused with MESSAGE_UNSUPPORTED for another version, with RULE_BROKEN when an element that the
 * destination version demands can't be carried over. The same arguments give the same bytes and the same report.
 */
export function translateCreditTransfer(
  message: CheckedMessage,
  index: number,
  order: TranslationOrder,
): Result<TranslatedCreditTransfer, Refusal> {
  const source = children(message.document.root, 'CdtTrfTxInf')[index];
  const target = TARGETS.has(order.targetMessageId) ? catalogueMessage(order.targetMessageId) : undefined;
  if (!target) return err(refusal('MESSAGE_UNSUPPORTED', order.targetMessageId));
  invariant(source !== undefined, `transaction ${index} exists`);

  const losses: Loss[] = [];
  const groupHeader = groupHeaderOf(message, order, losses);
  const draft: Draft = { order, path: transactionPath(index), fields: { ...source }, losses };
  moveDates(draft);
  setSettlement(draft, child(message.document.root, 'GrpHdr'));
  setRates(draft);
  shiftAgents(draft, child(message.document.root, 'GrpHdr'));
  setRemittance(draft, message.document.messageId);

  const parts = { GrpHdr: groupHeader, CdtTrfTxInf: draft.fields as XmlElement };
  // Everything of the source satisfies its own version already, and what was set here is in all of them.
  const isSameVersion = message.document.messageId === order.targetMessageId;
  const fitted = isSameVersion
    ? { GrpHdr: parts.GrpHdr, CdtTrfTxInf: [element(draft.fields)] }
    : fitParts(parts, target.bodyType, draft);
  if (!fitted) return err(refusal('RULE_BROKEN', `a part of the message does not exist in ${order.targetMessageId}`));
  const root = element({ ...fitted, SplmtryData: message.document.root.SplmtryData });
  const header = headerOf(message, order, losses);
  const bytes = writeEnvelope(header ? { messageId: HEADER_ID, root: header } : null, order.targetMessageId, root);
  return ok({ messageId: order.targetMessageId, root, header, bytes, losses: losses.map(placed(index)) });
}

/** The destination has one transaction, whatever the position of the source's: paths into it say so. */
function placed(index: number): (loss: Loss) => Loss {
  const [from, to] = [transactionPath(index), transactionPath(0)];
  const there = (path: string) => (path.startsWith(from) ? to + path.slice(from.length) : path);
  return (loss) => {
    if (loss.kind === 'added') return { ...loss, path: there(loss.path) };
    return loss.kind === 'moved' && loss.after !== null ? { ...loss, after: there(loss.after) } : loss;
  };
}

/** The new group header. Batch values make no sense for one transaction: sums follow the amount, the rest is cut. */
function groupHeaderOf(message: CheckedMessage, order: TranslationOrder, losses: Loss[]): XmlElement {
  const source: XmlElement = child(message.document.root, 'GrpHdr') ?? {};
  const clearing = order.clearingSystem ?? null;
  const after: Fields = {
    ...source,
    MsgId: order.msgId,
    CreDtTm: order.creDtTm,
    BtchBookg: undefined,
    NbOfTxs: '1',
    CtrlSum: source.CtrlSum === undefined ? undefined : order.amountText,
    TtlIntrBkSttlmAmt: source.TtlIntrBkSttlmAmt === undefined ? undefined : amount(order.amountText, order.currency),
    SttlmInf: element({ SttlmMtd: 'CLRG', ClrSys: clearing === null ? undefined : clearingSystem(clearing) }),
  };
  const path = `${ROOT_PATH}/GrpHdr`;
  for (const name of ['MsgId', 'CreDtTm', 'BtchBookg', 'NbOfTxs', 'CtrlSum', 'TtlIntrBkSttlmAmt']) {
    losses.push(...replaced(`${path}/${name}`, source[name], after[name]));
  }
  const before: XmlElement = child(source, 'SttlmInf') ?? {};
  const settlement = after.SttlmInf as XmlElement;
  for (const name of new Set([...Object.keys(before), ...Object.keys(settlement)])) {
    losses.push(...replaced(`${path}/SttlmInf/${name}`, before[name], settlement[name]));
  }
  // Agents and date of the group are set in the transaction, where their rows are written.
  return element({ ...after, InstgAgt: undefined, InstdAgt: undefined, IntrBkSttlmDt: undefined });
}

const CLEARING_CODE_LENGTH = 3;
const clearingSystem = (name: string): XmlElement =>
  name.length <= CLEARING_CODE_LENGTH ? { Cd: name } : { Prtry: name };

/** `AccptncDtTm` and `PoolgAdjstmntDt` stand alone in .08 and inside `AddtlDtTm` from .13 on. */
function moveDates({ order, path, fields, losses }: Draft): void {
  const inside = fields.AddtlDtTm as XmlElement | undefined;
  const isNew = order.targetMessageId === NEW_VERSION;
  const moved: Record<string, XmlNode> = {};
  for (const name of ['AccptncDtTm', 'PoolgAdjstmntDt']) {
    const value = (isNew ? fields[name] : inside?.[name]) as XmlNode | undefined;
    if (value === undefined) continue;
    const [from, to] = isNew ? [name, `AddtlDtTm/${name}`] : [`AddtlDtTm/${name}`, name];
    losses.push({ path: `${path}/${from}`, kind: 'moved', before: reported(value), after: `${path}/${to}` });
    moved[name] = value;
    if (isNew) fields[name] = undefined;
    else fields[name] = value;
  }
  if (isNew && Object.keys(moved).length > 0) fields.AddtlDtTm = { ...inside, ...moved };
  if (!isNew && inside) {
    losses.push(...replaced(`${path}/AddtlDtTm/XpryDtTm`, inside.XpryDtTm, undefined));
    // Every child of it is optional: an empty one has no other row.
    if (Object.keys(inside).length === 0) losses.push(...replaced(`${path}/AddtlDtTm`, inside, undefined));
    fields.AddtlDtTm = undefined;
  }
}

function setRemittance({ order, path, fields, losses }: Draft, sourceMessageId: MessageId): void {
  const remittance = child(fields as XmlElement, 'RmtInf');
  if (!remittance || sourceMessageId === order.targetMessageId) return;
  fields.RmtInf = reshapeRemittance(remittance, order.targetMessageId === NEW_VERSION, `${path}/RmtInf`, losses);
}

function setSettlement({ order, path, fields, losses }: Draft, group: XmlElement | undefined): void {
  const identification: XmlElement = child(fields as XmlElement, 'PmtId') ?? {};
  losses.push(...replaced(`${path}/PmtId/UETR`, identification.UETR, order.uetr));
  fields.PmtId = { ...identification, UETR: order.uetr };

  const before = fields.IntrBkSttlmAmt;
  const after = amount(order.amountText, order.currency);
  losses.push(...replaced(`${path}/IntrBkSttlmAmt`, before, after));
  fields.IntrBkSttlmAmt = after;
  if (fields.InstdAmt === undefined && before !== undefined) {
    // A rate says nothing beside one amount: the amount of the source leg is the other one.
    fields.InstdAmt = before;
    losses.push({ path: `${path}/InstdAmt`, kind: 'added', before: null, after: reported(before) });
  }

  const groupDate = text(group, 'IntrBkSttlmDt');
  if (groupDate !== undefined) {
    const to = `${path}/IntrBkSttlmDt`;
    losses.push({ path: `${ROOT_PATH}/GrpHdr/IntrBkSttlmDt`, kind: 'moved', before: groupDate, after: to });
  }
  losses.push(...replaced(`${path}/IntrBkSttlmDt`, fields.IntrBkSttlmDt ?? groupDate, order.settlementDate));
  fields.IntrBkSttlmDt = order.settlementDate;
}

function setRates({ order, path, fields, losses }: Draft): void {
  losses.push(...replaced(`${path}/XchgRate`, fields.XchgRate, order.rate));
  fields.XchgRate = order.rate;
  // In .08 there is no AgrdRate: a given one is cut, with its row, when the transaction is fitted.
  if (order.targetMessageId !== NEW_VERSION) return;
  const given = fields.AgrdRate as XmlElement | undefined;
  const quotedAt = given?.QtId === order.quoteId ? given?.QtnDtTm : undefined;
  const agreed = element({
    UnitCcy: order.sourceCurrency,
    QtdCcy: order.currency,
    PreAgrdXchgRate: order.rate,
    QtnDtTm: quotedAt as string | undefined,
    QtId: order.quoteId,
    FXAgt: agent(order.providerBic),
  });
  losses.push(...replaced(`${path}/AgrdRate`, given, agreed));
  fields.AgrdRate = agreed;
}

/** Both parts in the destination version, or null when a part can't be. */
function fitParts(
  parts: { readonly GrpHdr: XmlElement; readonly CdtTrfTxInf: XmlElement },
  body: GroupType,
  draft: Draft,
): { GrpHdr: XmlElement; CdtTrfTxInf: XmlElement[] } | null {
  const groupHeader = conform(parts.GrpHdr, typeOf(body, 'GrpHdr'), `${ROOT_PATH}/GrpHdr`);
  const transaction = conform(parts.CdtTrfTxInf, typeOf(body, 'CdtTrfTxInf'), draft.path);
  draft.losses.push(...groupHeader.losses, ...transaction.losses);
  if (!groupHeader.element || !transaction.element) return null;
  return { GrpHdr: groupHeader.element, CdtTrfTxInf: [transaction.element] };
}

function typeOf(body: GroupType, name: string): GroupType {
  const type = body.elements.get(name)?.type;
  invariant(type?.kind === 'group', `${name} has child elements`);
  return type;
}

/** A header is the sender's own: the destination gets a new one or none, and what the source's said is reported. */
function headerOf(message: CheckedMessage, order: TranslationOrder, losses: Loss[]): XmlElement | null {
  const header = order.withHeader
    ? buildHeader({
        fromBic: order.instructingAgent,
        toBic: order.instructedAgent,
        businessMessageId: order.msgId,
        messageId: order.targetMessageId,
        createdAt: order.creDtTm,
      })
    : null;
  const before: XmlElement = message.header?.root ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(header ?? {})])) {
    losses.push(...replaced(`//AppHdr/${name}`, before[name], header?.[name]));
  }
  return header;
}
