import { sha256 } from '../kernel/hash.js';
import { isUuidV4, type QuoteId, type Uetr, uuidFromBytes } from '../kernel/ids.js';
import { oncePerObject } from '../kernel/once.js';
import { type ConditionFault, type Conditions, conditionsOf } from './conditions.js';
import { instantOf } from './datetime.js';
import { uetrOfInstruction } from './translation/version-steps.js';
import { child, children, text, texts } from './tree.js';
import type { CheckedMessage, MessageId, XmlElement } from './types.js';

/** An amount as the message states it: nothing is rounded or normalised before the rules have judged it. */
export interface StatedAmount {
  readonly text: string;
  readonly currency: string;
}

/** `AgrdRate` of pacs.008.001.13 (`CurrencyExchange26`). */
export interface AgreedRate {
  readonly quoteId: string | null;
  readonly rate: string;
  readonly unitCurrency: string | null;
  readonly quotedCurrency: string | null;
}

/**
 * One `CdtTrfTxInf` of a pacs.008 with the values of its group header folded in. Agents are BICFIs as the message has
 * them; compare through `bicKey`. Instants are milliseconds since 1970, dates `YYYY-MM-DD`.
 */
export interface PaymentInstruction {
  /** 0-based position in the message. */
  readonly index: number;
  readonly uetr: Uetr;
  /** False when the message had none and `uetr` was derived from the message's bytes. */
  readonly uetrGiven: boolean;
  readonly msgId: string;
  readonly creDtTm: string;
  readonly instrId: string | null;
  readonly endToEndId: string;
  readonly txId: string | null;
  readonly instructingAgent: string | null;
  readonly instructedAgent: string | null;
  readonly debtorAgent: string | null;
  readonly creditorAgent: string | null;
  /** `IntrmyAgt1..3` in order; one without BICFI as its clearing member id, LEI or name. */
  readonly intermediaryAgents: readonly string[];
  /** IBAN or `Othr/Id`. */
  readonly debtorAccount: string | null;
  readonly creditorAccount: string | null;
  readonly settlementAmount: StatedAmount;
  readonly instructedAmount: StatedAmount | null;
  readonly exchangeRate: string | null;
  readonly agreedRate: AgreedRate | null;
  /** Every distinct quote that the transaction names, `AgrdRate/QtId` first. */
  readonly quoteIds: readonly string[];
  /** The quote when exactly one well-formed one is named. */
  readonly quoteId: QuoteId | null;
  readonly settlementMethod: string;
  readonly settlementDate: string | null;
  readonly expiresAt: number | null;
  readonly acceptanceAt: number | null;
  readonly chargeBearer: string;
  /** `PmtTpInf/InstrPrty`; one that says none is NORM. */
  readonly priority: 'HIGH' | 'NORM';
  /** What it asks of the corridor beyond paying; nothing, where an instruction is not in its form. */
  readonly conditions: Conditions;
  readonly conditionFault: ConditionFault | null;
}

const QUOTE_MARK = /\/QUOTE\/([0-9A-Fa-f-]{36})(?![0-9A-Fa-f-])/g;
const UETR_DOMAIN = 'otkel/uetr/v1';

/**
 * The payment instructions of a pacs.008 of any version, one per `CdtTrfTxInf`, in order. Versions before .08, which have
 * no element for the UETR, may name it in `InstrForNxtAgt/InstrInf` as `/UETR/…`. A transaction without UETR gets
 * `uuidFromBytes(sha256('otkel/uetr/v1', rawHash, index))`, which anyone with the bytes recomputes.
 */
export const readInstructions = oncePerObject((message: CheckedMessage): readonly PaymentInstruction[] => {
  const root = message.document.root;
  const header = child(root, 'GrpHdr');
  return children(root, 'CdtTrfTxInf').map((tx, index) => readInstruction(message, header, tx, index));
});

function readInstruction(
  message: CheckedMessage,
  header: XmlElement | undefined,
  tx: XmlElement,
  index: number,
): PaymentInstruction {
  const quoteIds = quotesOf(tx);
  const { conditions, fault } = conditionsOf(tx);
  const given = text(tx, 'PmtId', 'UETR') ?? (hasUetr(message.document.messageId) ? undefined : uetrInInstructions(tx));
  return {
    index,
    uetr: (given ?? derivedUetr(message.rawHash, index)) as Uetr,
    uetrGiven: given !== undefined,
    msgId: text(header, 'MsgId') ?? '',
    creDtTm: text(header, 'CreDtTm') ?? '',
    instrId: text(tx, 'PmtId', 'InstrId') ?? null,
    endToEndId: text(tx, 'PmtId', 'EndToEndId') ?? '',
    txId: text(tx, 'PmtId', 'TxId') ?? null,
    instructingAgent: agentBic(tx, 'InstgAgt') ?? agentBic(header, 'InstgAgt'),
    instructedAgent: agentBic(tx, 'InstdAgt') ?? agentBic(header, 'InstdAgt'),
    debtorAgent: agentBic(tx, 'DbtrAgt'),
    creditorAgent: agentBic(tx, 'CdtrAgt'),
    intermediaryAgents: ['IntrmyAgt1', 'IntrmyAgt2', 'IntrmyAgt3'].flatMap((name) => agentName(tx, name)),
    debtorAccount: accountId(tx, 'DbtrAcct'),
    creditorAccount: accountId(tx, 'CdtrAcct'),
    settlementAmount: amountOf(tx, 'IntrBkSttlmAmt') ?? { text: '', currency: '' },
    instructedAmount: amountOf(tx, 'InstdAmt'),
    exchangeRate: text(tx, 'XchgRate')?.trim() ?? null,
    agreedRate: agreedRateOf(tx),
    quoteIds,
    quoteId: quoteIds.length === 1 && isUuidV4(quoteIds[0] as string) ? (quoteIds[0] as QuoteId) : null,
    settlementMethod: text(header, 'SttlmInf', 'SttlmMtd') ?? '',
    settlementDate: text(tx, 'IntrBkSttlmDt') ?? text(header, 'IntrBkSttlmDt') ?? null,
    expiresAt: earliest(text(header, 'XpryDtTm'), text(tx, 'AddtlDtTm', 'XpryDtTm')),
    acceptanceAt: instantOf(text(tx, 'AccptncDtTm') ?? text(tx, 'AddtlDtTm', 'AccptncDtTm')),
    chargeBearer: text(tx, 'ChrgBr') ?? '',
    priority: (text(tx, 'PmtTpInf', 'InstrPrty') ?? text(header, 'PmtTpInf', 'InstrPrty')) === 'HIGH' ? 'HIGH' : 'NORM',
    conditions,
    conditionFault: fault,
  };
}

const hasUetr = (messageId: MessageId): boolean => messageId >= 'pacs.008.001.08';

function uetrInInstructions(tx: XmlElement): string | undefined {
  for (const instruction of children(tx, 'InstrForNxtAgt')) {
    const uetr = uetrOfInstruction(instruction);
    if (uetr !== undefined) return uetr;
  }
  return undefined;
}

const derivedUetr = (rawHash: Uint8Array, index: number): string =>
  uuidFromBytes(sha256(UETR_DOMAIN, rawHash, String(index)));

/** `FinInstnId/BICFI` (`BIC` in pacs.008.001.02) of the agent called `name`, or null. */
export const agentBic = (element: XmlElement | undefined, name: string): string | null =>
  bicOf(child(element, name, 'FinInstnId')) ?? null;

const bicOf = (institution: XmlElement | undefined): string | undefined =>
  institution && (text(institution, 'BICFI') ?? text(institution, 'BIC'));

/** An agent as one comparable word: BICFI, else clearing member id, LEI, other id or name; none when absent. */
function agentName(element: XmlElement, name: string): string[] {
  const agent = child(element, name, 'FinInstnId');
  if (!child(element, name)) return [];
  const word =
    bicOf(agent) ??
    text(agent, 'ClrSysMmbId', 'MmbId') ??
    text(agent, 'LEI') ??
    text(agent, 'Othr', 'Id') ??
    text(agent, 'Nm');
  return [word ?? ''];
}

/** The account called `name`: its IBAN or `Othr/Id`, else null. */
export const accountId = (element: XmlElement | undefined, name: string): string | null =>
  text(element, name, 'Id', 'IBAN') ?? text(element, name, 'Id', 'Othr', 'Id') ?? null;

/** The amount called `name` with its currency, or null. */
export function amountOf(element: XmlElement | undefined, name: string): StatedAmount | null {
  const amount = child(element, name);
  const value = text(amount, '#');
  // The spaces around a decimal are no part of it (XML Schema 2, 4.3.6).
  return value === undefined ? null : { text: value.trim(), currency: text(amount, '@Ccy') ?? '' };
}

function agreedRateOf(tx: XmlElement): AgreedRate | null {
  const agreed = child(tx, 'AgrdRate');
  if (!agreed) return null;
  return {
    quoteId: text(agreed, 'QtId') ?? null,
    rate: text(agreed, 'PreAgrdXchgRate')?.trim() ?? '',
    unitCurrency: text(agreed, 'UnitCcy') ?? null,
    quotedCurrency: text(agreed, 'QtdCcy') ?? null,
  };
}

function quotesOf(tx: XmlElement): string[] {
  const named = text(tx, 'AgrdRate', 'QtId');
  const marks = children(child(tx, 'RmtInf'), 'Strd')
    .flatMap((structured) => texts(structured, 'AddtlRmtInf'))
    .flatMap((line) => [...line.matchAll(QUOTE_MARK)].map((match) => (match[1] as string).toLowerCase()));
  return [...new Set(named === undefined ? marks : [named, ...marks])];
}

function earliest(...times: (string | undefined)[]): number | null {
  const instants = times.map(instantOf).filter((at) => at !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}
