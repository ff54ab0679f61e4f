/**
 * The way back: what the destination side answers about a payment, for the bank that sent it. References, amounts and
 * parties of the original payment become those of the message that this bank sent; status, reasons and the answer's own
 * facts are kept. The answer may be of any version, and goes out in any version of the same message.
 */
import { type Refusal, refusal } from '../kernel/errors.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { agent, amount, element } from './builders/element.js';
import { buildHeader, HEADER_ID, type HeaderId } from './builders/header.js';
import { settlementInstruction } from './builders/settlement.js';
import { catalogueMessage } from './catalogue/catalogue.js';
import { fitCharacters } from './translation/character-set.js';
import { conform } from './translation/conform.js';
import { createDifferences, type Difference, type Differences, finished } from './translation/difference.js';
import {
  groupIn,
  isAbout,
  type OriginalReferences,
  originalReferences,
  restore,
  restoreReference,
  type SourceLeg,
} from './translation/original.js';
import type { CharacterProfile } from './translation/transliterate.js';
import type { Fields } from './translation/version-move.js';
import { child, children, text } from './tree.js';
import type { CheckedMessage, MessageId, XmlElement } from './types.js';
import { writeEnvelope } from './writer.js';

/** What the answer on the source leg is to say of itself. */
export interface ReverseOrder {
  readonly leg: SourceLeg;
  /** The version that the sender of the payment is answered in, of the message that came. */
  readonly targetMessageId: MessageId;
  readonly withHeader: boolean;
  readonly headerId?: HeaderId;
  /** The characters that the bank takes; all of them when null or absent. */
  readonly characters?: CharacterProfile | null;
  readonly msgId: string;
  /** `ISODateTime` with offset. */
  readonly creDtTm: string;
  /** Who tells, by BIC, and the bank that is told. */
  readonly instructingAgent: string;
  readonly instructedAgent: string;
}

/** What is returned on the source leg. */
export interface ReturnOrder extends ReverseOrder {
  /** The returned amount in the source leg's currency. */
  readonly amountText: string;
  readonly currency: string;
  /** Source units per one unit of the destination leg. */
  readonly rate: string;
  readonly quoteId: string | null;
  readonly providerBic: string;
  /** Local date of the source ledger, `YYYY-MM-DD`. */
  readonly settlementDate: string;
  /** Clearing system of the source leg: a code of three characters or a proprietary name. */
  readonly clearingSystem?: string | null;
}

export interface ResolutionOrder extends ReverseOrder {
  /** The case that the bank itself opened with its camt.056: its id and who made it, by BIC. */
  readonly resolvedCase: { readonly id: string; readonly creatorBic: string } | null;
  /** The return that settles the case, on the source leg; null where there is none. */
  readonly returned: { readonly amountText: string; readonly currency: string; readonly settlementDate: string } | null;
}

/** The answer as it goes to the bank. */
export interface ReversedAnswer {
  readonly messageId: MessageId;
  readonly root: XmlElement;
  readonly header: XmlElement | null;
  readonly bytes: Uint8Array;
  readonly differences: readonly Difference[];
}

const REFERENCES = ['OrgnlInstrId', 'OrgnlEndToEndId', 'OrgnlTxId', 'OrgnlUETR'] as const;
const MESSAGE = ['OrgnlMsgId', 'OrgnlMsgNmId', 'OrgnlCreDtTm'] as const;
const AMOUNTS = ['OrgnlIntrBkSttlmAmt', 'OrgnlIntrBkSttlmDt'] as const;

type Answered = Result<ReversedAnswer, Refusal>;

interface Reversal {
  readonly order: ReverseOrder;
  readonly original: OriginalReferences;
  readonly differences: Differences;
  /** Path of the answer's body: `/Document/FIToFIPmtStsRpt`. */
  readonly body: string;
  /** The children of the answer's transaction, to be changed in place; its path is empty. */
  readonly fields: Fields;
}

/**
 * A pacs.002 of the destination side, about its transaction `index`, for the sender of the payment. Errors:
 * MESSAGE_UNSUPPORTED when it is no pacs.002 or the version asked for is none; NOT_FOUND when it is about another payment;
 * CHARACTERS_UNSUPPORTED and SCREENING_DATA_LOST as in the translation of a payment.
 */
export function reverseStatusReport(report: CheckedMessage, index: number, order: ReverseOrder): Answered {
  const { root } = report.document;
  const transaction = children(root, 'TxInfAndSts')[index];
  return reversed(report, 'pacs.002', transaction, order, (reversal) => {
    const { fields, original, differences, body } = reversal;
    const group = children(root, 'OrgnlGrpInfAndSts').find(
      (one) => text(one, 'OrgnlMsgId') === (text(transaction, 'OrgnlGrpInf', 'OrgnlMsgId') ?? text(one, 'OrgnlMsgId')),
    );
    const { GrpSts, StsRsnInf, ...counted } = group ?? {};
    const reported: Fields = {
      OrgnlMsgId: counted.OrgnlMsgId,
      OrgnlMsgNmId: counted.OrgnlMsgNmId,
      OrgnlCreDtTm: counted.OrgnlCreDtTm,
    };
    const at = `${body}/OrgnlGrpInfAndSts[1]`;
    restore(reported, MESSAGE, original, at, differences);
    // The bank's message may have had other transactions: only where it had none does the group have a status.
    const isAlone = children(order.leg.message.document.root, 'CdtTrfTxInf').length === 1;
    if (!isAlone) differences.ownValue(`${at}/GrpSts`, GrpSts, undefined);
    for (const name of ['OrgnlNbOfTxs', 'OrgnlCtrlSum', 'NbOfTxsPerSts'])
      differences.ownValue(`${at}/${name}`, counted[name], undefined);
    differences.ownValue('OrgnlGrpInf', fields.OrgnlGrpInf, undefined);
    fields.OrgnlGrpInf = undefined;
    restore(fields, REFERENCES, original, '', differences);
    setAgents(reversal);
    const header = { MsgId: order.msgId, CreDtTm: order.creDtTm, ...agentsOf(order) };
    replaceAll(child(root, 'GrpHdr') ?? {}, header, `${body}/GrpHdr`, differences);
    return {
      GrpHdr: header,
      OrgnlGrpInfAndSts: [element({ ...reported, GrpSts: isAlone ? GrpSts : undefined, StsRsnInf })],
      TxInfAndSts: [fields as XmlElement],
      SplmtryData: root.SplmtryData,
    };
  });
}

/** A pacs.004 of the destination side, about its transaction `index`, for the sender of the payment. Errors as above. */
export function reverseReturn(message: CheckedMessage, index: number, order: ReturnOrder): Answered {
  const { root } = message.document;
  return reversed(message, 'pacs.004', children(root, 'TxInf')[index], order, (reversal) => {
    const { fields, original, differences, body } = reversal;
    const group = child(root, 'GrpHdr') ?? {};
    differences.ownValue('OrgnlGrpInf', fields.OrgnlGrpInf, undefined);
    fields.OrgnlGrpInf = undefined;
    restore(fields, [...REFERENCES, ...AMOUNTS], original, '', differences);
    setReturned(reversal, group, order);
    setAgents(reversal);
    const originalGroup: Fields = { ...child(root, 'OrgnlGrpInf') };
    restore(originalGroup, MESSAGE, original, `${body}/OrgnlGrpInf`, differences);
    const header: Fields = {
      ...group,
      ...agentsOf(order),
      MsgId: order.msgId,
      CreDtTm: order.creDtTm,
      BtchBookg: undefined,
      NbOfTxs: '1',
      CtrlSum: group.CtrlSum === undefined ? undefined : order.amountText,
      GrpRtr: undefined,
      TtlRtrdIntrBkSttlmAmt:
        group.TtlRtrdIntrBkSttlmAmt === undefined ? undefined : amount(order.amountText, order.currency),
      IntrBkSttlmDt: undefined,
      SttlmInf: settlementInstruction({ clearingSystem: order.clearingSystem }),
    };
    replaceAll(group, header, `${body}/GrpHdr`, differences);
    return {
      GrpHdr: header as XmlElement,
      OrgnlGrpInf: element(originalGroup),
      TxInf: [fields as XmlElement],
      SplmtryData: root.SplmtryData,
    };
  });
}

/** Each leg's header is its own. */
function replaceAll(before: XmlElement, after: Fields, path: string, differences: Differences): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
    differences.ownValue(`${path}/${name}`, before[name], after[name]);
}

/** The returned amount in the source leg's currency, what was returned on the other one, and the rate between them. */
function setReturned(
  { fields, differences, order: { targetMessageId } }: Reversal,
  group: XmlElement,
  order: ReturnOrder,
): void {
  const there = fields.RtrdIntrBkSttlmAmt as XmlElement | undefined;
  const set = (name: string, after: Fields[string]): void => {
    differences.replaced(name, fields[name], after);
    fields[name] = after;
  };
  set('RtrdIntrBkSttlmAmt', amount(order.amountText, order.currency));
  const date = text(group, 'IntrBkSttlmDt');
  if (fields.IntrBkSttlmDt === undefined && date !== undefined) fields.IntrBkSttlmDt = date;
  set('IntrBkSttlmDt', order.settlementDate);
  if (fields.RtrdInstdAmt === undefined) set('RtrdInstdAmt', there);
  set('XchgRate', order.rate);
  const type = catalogueMessage(targetMessageId)?.bodyType.elements.get('TxInf')?.type;
  if (type?.kind !== 'group' || !type.elements.has('AgrdRate')) return;
  set(
    'AgrdRate',
    element({
      UnitCcy: there?.['@Ccy'] as string | undefined,
      QtdCcy: order.currency,
      PreAgrdXchgRate: order.rate,
      QtId: order.quoteId,
      FXAgt: agent(order.providerBic),
    }),
  );
}

/**
 * A camt.029 of the destination side, about transaction `index` of its only `CxlDtls`, for the bank that asked for the
 * cancellation. Errors as above.
 */
export function reverseResolution(message: CheckedMessage, index: number, order: ResolutionOrder): Answered {
  const { root } = message.document;
  const details = child(root, 'CxlDtls');
  const transaction = children(details, 'TxInfAndSts')[index];
  return reversed(message, 'camt.029', transaction, order, (reversal) => {
    const { fields, original, differences, body } = reversal;
    const { resolvedCase } = order;
    const own = resolvedCase && { Id: resolvedCase.id, Cretr: { Agt: agent(resolvedCase.creatorBic) as XmlElement } };
    const caseOf = (given: XmlElement[string]) => (given === undefined ? undefined : (own ?? undefined));
    const set = (name: string, after: Fields[string]): void => {
      differences.ownValue(name, fields[name], after);
      fields[name] = after;
    };
    set('RslvdCase', caseOf(fields.RslvdCase));
    set('OrgnlGrpInf', undefined);
    restore(fields, [...REFERENCES, ...AMOUNTS], original, '', differences);
    set('Assgnr', undefined);
    set('Assgne', undefined);
    set('RsltnRltdInf', resolutionOf(child(fields as XmlElement, 'RsltnRltdInf'), order));
    const group: Fields = {};
    const given = child(details, 'OrgnlGrpInfAndSts') ?? {};
    restore(group, MESSAGE, original, `${body}/CxlDtls[1]/OrgnlGrpInfAndSts`, differences);
    group.GrpCxlSts = given.GrpCxlSts;
    group.CxlStsRsnInf = given.CxlStsRsnInf;
    const assignment = {
      Id: order.msgId,
      Assgnr: { Agt: agent(order.instructingAgent) as XmlElement },
      Assgne: { Agt: agent(order.instructedAgent) as XmlElement },
      CreDtTm: order.creDtTm,
    };
    differences.ownValue(`${body}/Assgnmt`, root.Assgnmt, assignment);
    differences.ownValue(`${body}/RslvdCase`, root.RslvdCase, caseOf(root.RslvdCase));
    return element({
      Assgnmt: assignment,
      RslvdCase: caseOf(root.RslvdCase),
      Sts: root.Sts,
      CxlDtls: [{ OrgnlGrpInfAndSts: element(group), TxInfAndSts: [fields as XmlElement] }],
      SplmtryData: root.SplmtryData,
    });
  });
}

/** The return that settles the case as the source leg sees it, under the references of the original payment. */
function resolutionOf(given: XmlElement | undefined, { returned, leg }: ResolutionOrder): XmlElement | undefined {
  if (!given) return undefined;
  const original = originalReferences(leg);
  return element({
    EndToEndId: given.EndToEndId === undefined ? undefined : original.OrgnlEndToEndId,
    TxId: given.TxId === undefined ? undefined : original.OrgnlTxId,
    UETR: given.UETR === undefined ? undefined : leg.uetr,
    IntrBkSttlmAmt: returned ? amount(returned.amountText, returned.currency) : undefined,
    IntrBkSttlmDt: returned?.settlementDate,
    ClrChanl: given.ClrChanl,
  });
}

const agentsOf = (order: ReverseOrder): XmlElement => ({
  InstgAgt: agent(order.instructingAgent) as XmlElement,
  InstdAgt: agent(order.instructedAgent) as XmlElement,
});

/** Agents of a transaction that names its own; one that leaves them to the group has none. */
function setAgents({ fields, differences, order }: Reversal): void {
  const own = agentsOf(order);
  for (const name of ['InstgAgt', 'InstdAgt']) {
    if (fields[name] === undefined) continue;
    differences.ownValue(name, fields[name], own[name]);
    fields[name] = own[name];
  }
}

/** Where the one transaction of an answer stands. */
const PLACES = {
  'pacs.002': ['TxInfAndSts'],
  'pacs.004': ['TxInf'],
  'camt.029': ['CxlDtls', 'TxInfAndSts'],
} as const;

const NAME_OR_REMITTANCE = /\/(?:Nm|PstlAdr|Adr|RmtInf)(?:\/|\[|$)/;

/** Checks the answer, lets `build` make the new body of it, and fits that into the version and characters asked for. */
function reversed(
  message: CheckedMessage,
  family: keyof typeof PLACES,
  transaction: XmlElement | undefined,
  order: ReverseOrder,
  build: (reversal: Reversal) => XmlElement,
): Answered {
  const { messageId } = message.document;
  const target = catalogueMessage(order.targetMessageId);
  if (!messageId.startsWith(family)) return err(refusal('MESSAGE_UNSUPPORTED', messageId));
  if (!target?.id.startsWith(family)) return err(refusal('MESSAGE_UNSUPPORTED', order.targetMessageId));
  if (!transaction || !isAbout(transaction, order.leg))
    return err(refusal('NOT_FOUND', 'the answer is about another payment'));
  const differences = createDifferences();
  const fields: Fields = { ...transaction };
  const place = PLACES[family];
  const type = groupIn(target.bodyType, ...place, 'OrgnlTxRef');
  invariant(type, `${target.id} refers to the original transaction`);
  fields.OrgnlTxRef = restoreReference(child(transaction, 'OrgnlTxRef'), order.leg, type, 'OrgnlTxRef', differences);
  const body = `/Document/${target.bodyName}`;
  const built = build({ order, original: originalReferences(order.leg), differences, body, fields });
  for (const name in message.document.root)
    if (built[name] === undefined) differences.replaced(`${body}/${name}`, message.document.root[name], undefined);
  const written = order.characters ? fitCharacters(built, order.characters, body, differences) : ok(built);
  if (!written.ok) return written;
  const root = conform(written.value, target.bodyType, body, differences);
  const path = [body, ...place.map((name) => `${name}[1]`)].join('/');
  const report = finished(differences.rows, path, path);
  const lost = report.find(
    ({ kind, from }) => (kind === 'cut' || kind === 'shortened') && NAME_OR_REMITTANCE.test(from ?? ''),
  );
  if (lost) return err(refusal('SCREENING_DATA_LOST', `${lost.from} in ${order.targetMessageId}`));
  if (!root) return err(refusal('RULE_BROKEN', `the answer does not exist in ${order.targetMessageId}`));
  const header = order.withHeader ? headerOf(order) : null;
  const head = header && { messageId: order.headerId ?? HEADER_ID, root: header };
  const bytes = writeEnvelope(head, order.targetMessageId, root);
  return ok({ messageId: order.targetMessageId, root, header, bytes, differences: report });
}

const headerOf = (order: ReverseOrder): XmlElement =>
  buildHeader({
    fromBic: order.instructingAgent,
    toBic: order.instructedAgent,
    businessMessageId: order.msgId,
    messageId: order.targetMessageId,
    createdAt: order.creDtTm,
    headerId: order.headerId,
  });
