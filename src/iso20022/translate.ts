/**
 * Source leg -> destination leg of one credit transfer, between any two versions of pacs.008. The source is brought up to
 * the newer of the two, where the destination leg's own values are set; then down to the destination's version, into its
 * characters and its types. What changed, moved or was cut is reported; nothing is dropped silently.
 */
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { agent, amount, element } from './builders/element.js';
import { buildHeader, HEADER_ID, type HeaderId } from './builders/header.js';
import { type SettlementPlace, settlementInstruction } from './builders/settlement.js';
import { type CatalogueMessage, catalogueMessage, type GroupType } from './catalogue/catalogue.js';
import { amountOf } from './instruction.js';
import { ROOT_PATH, transactionPath } from './rules/rule.js';
import { shiftAgents, withGroupAgent } from './translation/agents.js';
import { fitCharacters } from './translation/character-set.js';
import { withoutConditions } from './translation/conditions.js';
import { conform } from './translation/conform.js';
import { createDifferences, type Difference, type Differences, finished } from './translation/difference.js';
import { namesQuote, QUOTE_MARK, renameQuote } from './translation/remittance-moves.js';
import { losesScreeningData } from './translation/screening.js';
import type { CharacterProfile } from './translation/transliterate.js';
import type { Fields } from './translation/version-move.js';
import { CREDIT_TRANSFER_VERSIONS, moveToVersion } from './translation/version-steps.js';
import { child, children, text } from './tree.js';
import type { CheckedMessage, MessageId, XmlElement, XmlNode } from './types.js';
import { writeEnvelope } from './writer.js';

/** What the destination leg is to say. Texts are as the message will carry them. */
export interface TranslationOrder extends SettlementPlace {
  /** The version of pacs.008 that the creditor agent speaks, for example `pacs.008.001.13`. */
  readonly targetMessageId: MessageId;
  /** True when the creditor agent wants a header before the document. */
  readonly withHeader: boolean;
  /** The version of that header; head.001.001.02 unless said. */
  readonly headerId?: HeaderId;
  /** `BizSvc` of that header, where the creditor agent's profile names one. */
  readonly businessService?: string | undefined;
  /** The characters that the creditor agent takes; all of them when null or absent. */
  readonly characters?: CharacterProfile | null;
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
  /** What was charged on the way, in the source currency; nothing when null or absent. */
  readonly charge?: ChargeOrder | null;
  /** Local date of the destination ledger, `YYYY-MM-DD`. */
  readonly settlementDate: string;
}

/** A charge as `ChrgsInf` tells of it. Amounts are in the source currency. */
export interface ChargeOrder {
  /** Who charged. */
  readonly agentBic: string;
  readonly amountText: string;
  /** What the payer sent, less a charge that it bears itself: `InstdAmt`, where the source leg has none. */
  readonly instructedText: string;
}

export interface TranslatedCreditTransfer {
  readonly messageId: MessageId;
  /** The content of `Document`. */
  readonly root: XmlElement;
  readonly header: XmlElement | null;
  readonly bytes: Uint8Array;
  /** Everything that the destination has otherwise than the source; what of it is lost, `isLoss` says. */
  readonly differences: readonly Difference[];
}

interface Parts {
  readonly GrpHdr: XmlElement;
  readonly CdtTrfTxInf: XmlElement;
  /** Of the message as a whole. */
  readonly SplmtryData?: XmlElement[string];
}

const GROUP_PATH = `${ROOT_PATH}/GrpHdr`;
/** The first version that has every element which is set here. */
const LEG_VERSION = CREDIT_TRANSFER_VERSIONS.indexOf('pacs.008.001.08');

/**
 * The pacs.008 that goes to the creditor agent for transaction `index` of `message`: one transaction, in the version and
 * form of `order`. The same arguments give the same bytes and the same report. Errors: MESSAGE_UNSUPPORTED for a version
 * that is not handled; SCREENING_DATA_LOST when a name, an address or remittance would not arrive whole, with its path;
 * CHARACTERS_UNSUPPORTED when a text can't be written in the order's characters; RULE_BROKEN when an element that the
 * destination version demands can't be carried over.
 */
export function translateCreditTransfer(
  message: CheckedMessage,
  index: number,
  order: TranslationOrder,
): Result<TranslatedCreditTransfer, Refusal> {
  const { messageId, root: source } = message.document;
  const transaction = children(source, 'CdtTrfTxInf')[index];
  const [from, to] = [messageId, order.targetMessageId].map((id) => CREDIT_TRANSFER_VERSIONS.indexOf(id));
  const target = catalogueMessage(order.targetMessageId);
  if (from === undefined || to === undefined || from < 0 || to < 0 || !target)
    return err(refusal('MESSAGE_UNSUPPORTED', from === -1 ? messageId : order.targetMessageId));
  invariant(transaction !== undefined, `transaction ${index} exists`);

  const differences = createDifferences();
  const group = child(source, 'GrpHdr') ?? {};
  const groupHeader = groupHeaderOf(group, order, differences);
  const shared = CREDIT_TRANSFER_VERSIONS[Math.max(from, to, LEG_VERSION)] as MessageId;
  const given = withoutConditions(withGroupAgent(transaction, group, differences), differences);
  // Not spread: what is made so takes each new property slowly (V8 of Node 20), and this gets many.
  const fields: Fields = Object.assign({}, moveToVersion(given, messageId, shared, differences));
  setLeg(fields, group, order, target, differences);
  const moved = moveToVersion(fields as XmlElement, shared, order.targetMessageId, differences);

  const parts: Parts = { GrpHdr: groupHeader, CdtTrfTxInf: moved, SplmtryData: source.SplmtryData };
  const isUntouched = messageId === order.targetMessageId && messageId === shared;
  const fitted = fitParts(parts, target, isUntouched, order.characters ?? null, differences);
  if (!fitted.ok) return err(placed(fitted.error, transactionPath(index)));
  const header = headerOf(message, order, differences);
  const report = finished(differences.rows, transactionPath(index), transactionPath(0));
  const lost = report.find(losesScreeningData);
  if (lost) return err(refusal('SCREENING_DATA_LOST', `${lost.from} in ${order.targetMessageId}`));
  if (fitted.value === null)
    return err(refusal('RULE_BROKEN', `a part of the message does not exist in ${order.targetMessageId}`));
  const { GrpHdr, CdtTrfTxInf, SplmtryData } = fitted.value;
  const root = element({ GrpHdr, CdtTrfTxInf: [CdtTrfTxInf], SplmtryData });
  const head = header && { messageId: order.headerId ?? HEADER_ID, root: header };
  const bytes = writeEnvelope(head, order.targetMessageId, root);
  return ok({ messageId: order.targetMessageId, root, header, bytes, differences: report });
}

/** A refusal that names a place of the transaction, with its whole XPath. */
const placed = ({ code, detail = '' }: Refusal, transaction: string): Refusal =>
  refusal(code, detail.startsWith('/') ? detail : `${transaction}/${detail}`);

const inGroup = (name: string): [string, string] => [name, `${GROUP_PATH}/${name}`];
const GROUP_VALUES = ['MsgId', 'CreDtTm', 'BtchBookg', 'NbOfTxs', 'CtrlSum', 'TtlIntrBkSttlmAmt'].map(inGroup);
const SETTLEMENT_PATH = `${GROUP_PATH}/SttlmInf`;

/** The new group header. Batch values make no sense for one transaction: sums follow the amount, the rest is cut. */
function groupHeaderOf(source: XmlElement, order: TranslationOrder, differences: Differences): XmlElement {
  const after: Fields = Object.assign({}, source, {
    MsgId: order.msgId,
    CreDtTm: order.creDtTm,
    BtchBookg: undefined,
    NbOfTxs: '1',
    CtrlSum: source.CtrlSum === undefined ? undefined : order.amountText,
    TtlIntrBkSttlmAmt: source.TtlIntrBkSttlmAmt === undefined ? undefined : amount(order.amountText, order.currency),
    // Agents and date of the group are set in the transaction, where their rows are written.
    InstgAgt: undefined,
    InstdAgt: undefined,
    IntrBkSttlmDt: undefined,
    SttlmInf: settlementInstruction(order),
  });
  for (const [name, path] of GROUP_VALUES) differences.replaced(path, source[name], after[name]);
  const before = child(source, 'SttlmInf') ?? {};
  const settlement = after.SttlmInf as XmlElement;
  differences.ownValue(`${SETTLEMENT_PATH}/SttlmMtd`, before.SttlmMtd, settlement.SttlmMtd);
  differences.ownValue(`${SETTLEMENT_PATH}/ClrSys`, before.ClrSys, settlement.ClrSys);
  for (const name in before)
    if (name !== 'SttlmMtd' && name !== 'ClrSys')
      differences.replaced(`${SETTLEMENT_PATH}/${name}`, before[name], settlement[name]);
  if (before.SttlmAcct === undefined)
    differences.replaced(`${SETTLEMENT_PATH}/SttlmAcct`, undefined, settlement.SttlmAcct);
  return after as XmlElement;
}

/** Sets what the destination leg has of its own in a transaction of .08 or later. */
function setLeg(
  fields: Fields,
  group: XmlElement | undefined,
  order: TranslationOrder,
  target: CatalogueMessage,
  differences: Differences,
): void {
  setSettlement(fields, group, order, differences);
  if (order.charge) setCharge(fields, order.charge, order.sourceCurrency, differences);
  differences.replaced('XchgRate', fields.XchgRate, order.rate);
  fields.XchgRate = order.rate;
  if (order.quoteId !== null) renameQuote(fields, order.quoteId, differences);
  if (groupOf(target, 'CdtTrfTxInf').elements.has('AgrdRate')) setAgreedRate(fields, order, differences);
  else markQuote(fields, order, differences);
  shiftAgents(fields, group, order, differences);
}

function setSettlement(
  fields: Fields,
  group: XmlElement | undefined,
  order: TranslationOrder,
  differences: Differences,
): void {
  const identification = child(fields as XmlElement, 'PmtId') ?? {};
  if (identification.UETR !== order.uetr) {
    differences.replaced('PmtId/UETR', identification.UETR, order.uetr);
    fields.PmtId = { ...identification, UETR: order.uetr };
  }
  const before = fields.IntrBkSttlmAmt as XmlNode | undefined;
  fields.IntrBkSttlmAmt = amount(order.amountText, order.currency);
  differences.replaced('IntrBkSttlmAmt', before, fields.IntrBkSttlmAmt);
  if (fields.InstdAmt === undefined) {
    // A rate says nothing beside one amount: the amount of the source leg is the other one.
    fields.InstdAmt = order.charge ? amount(order.charge.instructedText, order.sourceCurrency) : before;
    differences.replaced('InstdAmt', undefined, fields.InstdAmt);
  }
  const groupDate = text(group, 'IntrBkSttlmDt');
  if (groupDate !== undefined) differences.moved(`${GROUP_PATH}/IntrBkSttlmDt`, 'IntrBkSttlmDt', groupDate);
  differences.replaced('IntrBkSttlmDt', fields.IntrBkSttlmDt ?? groupDate, order.settlementDate);
  fields.IntrBkSttlmDt = order.settlementDate;
}

/** The charge stands after those that were stated before, unless its payer has stated it already. */
function setCharge(fields: Fields, order: ChargeOrder, currency: string, differences: Differences): void {
  const stated = children(fields as XmlElement, 'ChrgsInf');
  const own = element({ Amt: amount(order.amountText, currency), Agt: agent(order.agentBic) });
  if (stated.some((charge) => isCharge(charge, order, currency))) return;
  fields.ChrgsInf = [...stated, own];
  differences.replaced(`ChrgsInf[${stated.length + 1}]`, undefined, own);
}

function isCharge(stated: XmlElement, { agentBic, amountText }: ChargeOrder, currency: string): boolean {
  const told = amountOf(stated, 'Amt');
  const bic = text(stated, 'Agt', 'FinInstnId', 'BICFI');
  const [one, other] = [told && parseAmount(told.text, told.currency), parseAmount(amountText, currency)];
  const isSameAmount =
    one?.ok === true && other.ok && told?.currency === currency && one.value.minor === other.value.minor;
  return isSameAmount && bic !== undefined && bicKey(bic as Bic) === bicKey(agentBic as Bic);
}

function setAgreedRate(fields: Fields, order: TranslationOrder, differences: Differences): void {
  const given = fields.AgrdRate as XmlElement | undefined;
  const agreed = element({
    UnitCcy: order.sourceCurrency,
    QtdCcy: order.currency,
    PreAgrdXchgRate: order.rate,
    QtnDtTm: given?.QtId === order.quoteId ? given?.QtnDtTm : undefined,
    QtId: order.quoteId,
    FXAgt: agent(order.providerBic),
  });
  differences.replaced('AgrdRate', given, agreed);
  fields.AgrdRate = agreed;
}

/** Without `AgrdRate` the rate is `XchgRate` and the quote is named in remittance (`/QUOTE/…`), if it is not already. */
function markQuote(fields: Fields, { quoteId }: TranslationOrder, differences: Differences): void {
  const { QtnDtTm: quotedAt, ...given } = child(fields as XmlElement, 'AgrdRate') ?? {};
  fields.AgrdRate = undefined;
  if (quotedAt !== undefined) differences.cut('AgrdRate/QtnDtTm', quotedAt);
  differences.ownValue('AgrdRate', Object.keys(given).length > 0 ? given : undefined, undefined);
  const remittance = child(fields as XmlElement, 'RmtInf');
  if (quoteId === null || namesQuote(remittance, quoteId)) return;
  const structured = [...children(remittance, 'Strd'), { AddtlRmtInf: [QUOTE_MARK + quoteId] }];
  fields.RmtInf = { ...remittance, Strd: structured };
  differences.replaced(`RmtInf/Strd[${structured.length}]/AddtlRmtInf[1]`, undefined, QUOTE_MARK + quoteId);
}

/** The parts in the destination's characters and types; null when a part can't be. */
function fitParts(
  parts: Parts,
  target: CatalogueMessage,
  isUntouched: boolean,
  characters: CharacterProfile | null,
  differences: Differences,
): Result<Parts | null, Refusal> {
  const written = characters ? writtenIn(parts, characters, differences) : ok(parts);
  if (!written.ok) return written;
  // Everything of the source satisfies its own version already, and what was set here is in all of them.
  if (isUntouched && written.value === parts) return written;
  const before = differences.rows.length;
  const GrpHdr = conform(written.value.GrpHdr, groupOf(target, 'GrpHdr'), GROUP_PATH, differences);
  const CdtTrfTxInf = conform(written.value.CdtTrfTxInf, groupOf(target, 'CdtTrfTxInf'), '', differences);
  const long = characters && tooLong(differences.rows, before);
  if (long) return err(refusal('SCREENING_DATA_LOST', `${long} is too long in Latin letters`));
  if (!GrpHdr || !CdtTrfTxInf) return ok(null);
  if (target.bodyType.elements.has('SplmtryData'))
    return ok({ GrpHdr, CdtTrfTxInf, SplmtryData: written.value.SplmtryData });
  differences.replaced(`${ROOT_PATH}/SplmtryData`, parts.SplmtryData, undefined);
  return ok({ GrpHdr, CdtTrfTxInf });
}

/** The same parts, as one object, when every text was in the characters already. */
function writtenIn(parts: Parts, characters: CharacterProfile, differences: Differences): Result<Parts, Refusal> {
  const { SplmtryData = [] } = parts;
  const GrpHdr = fitCharacters(parts.GrpHdr, characters, GROUP_PATH, differences);
  if (!GrpHdr.ok) return GrpHdr;
  const CdtTrfTxInf = fitCharacters(parts.CdtTrfTxInf, characters, '', differences);
  if (!CdtTrfTxInf.ok) return CdtTrfTxInf;
  const whole = fitCharacters({ SplmtryData }, characters, ROOT_PATH, differences);
  if (!whole.ok) return whole;
  const isSame = GrpHdr.value === parts.GrpHdr && CdtTrfTxInf.value === parts.CdtTrfTxInf;
  return ok(isSame ? parts : { ...parts, GrpHdr: GrpHdr.value, CdtTrfTxInf: CdtTrfTxInf.value });
}

/** The first text that was transliterated and then, from row `start` on, cut or shortened. */
function tooLong(rows: readonly Difference[], start: number): string | null {
  const latin = new Set(rows.slice(0, start).flatMap(({ kind, to }) => (kind === 'transliterated' ? [to] : [])));
  return rows.slice(start).find(({ from }) => latin.has(from))?.from ?? null;
}

function groupOf(message: CatalogueMessage, name: string): GroupType {
  const type = message.bodyType.elements.get(name)?.type;
  invariant(type?.kind === 'group', `${name} has child elements`);
  return type;
}

/** What a header says of the transport between two parties, which is each leg's own. */
const TRANSPORT = new Set([
  'CharSet',
  'Fr',
  'To',
  'BizMsgIdr',
  'MsgDefIdr',
  'BizSvc',
  'MktPrctc',
  'CreDt',
  'BizPrcgDt',
]);

/** A header is the sender's own: the destination gets a new one or none, and what the source's said is reported. */
function headerOf(message: CheckedMessage, order: TranslationOrder, differences: Differences): XmlElement | null {
  if (!message.header && !order.withHeader) return null;
  const header = order.withHeader
    ? buildHeader({
        fromBic: order.instructingAgent,
        toBic: order.instructedAgent,
        businessMessageId: order.msgId,
        messageId: order.targetMessageId,
        createdAt: order.creDtTm,
        headerId: order.headerId,
        businessService: order.businessService,
      })
    : null;
  const before: XmlElement = message.header?.root ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(header ?? {})])) {
    const put = TRANSPORT.has(name) ? differences.ownValue : differences.replaced;
    put(`/AppHdr/${name}`, before[name], header?.[name]);
  }
  return header;
}
