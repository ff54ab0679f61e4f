/** What an answer says of the original payment, put as the leg it came in on knows it. */
import { invariant } from '../../kernel/result.js';
import { catalogueMessage, type GroupType, type TypeDefinition } from '../catalogue/catalogue.js';
import { amountOf } from '../instruction.js';
import { child, children, text } from '../tree.js';
import type { CheckedMessage, MessageId, XmlElement, XmlNode } from '../types.js';
import { createDifferences, type Differences } from './difference.js';
import { below, type Fields } from './version-move.js';
import { CREDIT_TRANSFER_VERSIONS, moveToVersion } from './version-steps.js';

/** The pacs.008 of the source leg, which of its transactions, and that transaction's UETR. */
export interface SourceLeg {
  readonly message: CheckedMessage;
  readonly index: number;
  readonly uetr: string;
}

/** The references and amounts of the source leg, under the names that answers have for them. */
export interface OriginalReferences {
  readonly OrgnlMsgId: string;
  readonly OrgnlMsgNmId: MessageId;
  readonly OrgnlCreDtTm: string | undefined;
  readonly OrgnlInstrId: string | undefined;
  readonly OrgnlEndToEndId: string | undefined;
  readonly OrgnlTxId: string | undefined;
  readonly OrgnlUETR: string;
  readonly OrgnlIntrBkSttlmAmt: XmlNode | undefined;
  readonly OrgnlIntrBkSttlmDt: string | undefined;
}

const transactionOf = ({ message, index }: SourceLeg): XmlElement =>
  children(message.document.root, 'CdtTrfTxInf')[index] ?? {};

/** What the source leg said of itself. */
export function originalReferences(leg: SourceLeg): OriginalReferences {
  const { messageId, root } = leg.message.document;
  const transaction = transactionOf(leg);
  return {
    OrgnlMsgId: text(root, 'GrpHdr', 'MsgId') ?? '',
    OrgnlMsgNmId: messageId,
    OrgnlCreDtTm: text(root, 'GrpHdr', 'CreDtTm'),
    OrgnlInstrId: text(transaction, 'PmtId', 'InstrId'),
    OrgnlEndToEndId: text(transaction, 'PmtId', 'EndToEndId'),
    OrgnlTxId: text(transaction, 'PmtId', 'TxId'),
    OrgnlUETR: leg.uetr,
    OrgnlIntrBkSttlmAmt: transaction.IntrBkSttlmAmt as XmlNode | undefined,
    OrgnlIntrBkSttlmDt: text(transaction, 'IntrBkSttlmDt') ?? text(root, 'GrpHdr', 'IntrBkSttlmDt'),
  };
}

/**
 * True when an answer's transaction is about the payment of `leg`: by UETR, or by EndToEndId where the answer names none.
 */
export function isAbout(answer: XmlElement, leg: SourceLeg): boolean {
  const uetr = text(answer, 'OrgnlUETR');
  if (uetr !== undefined) return uetr === leg.uetr;
  return text(answer, 'OrgnlEndToEndId') === text(transactionOf(leg), 'PmtId', 'EndToEndId');
}

/** Sets `names` in `fields` to what the source leg says; one that it has not is taken away. */
export function restore<Name extends keyof OriginalReferences>(
  fields: Fields,
  names: readonly Name[],
  original: OriginalReferences,
  path: string,
  differences: Differences,
): void {
  for (const name of names) {
    differences.ownValue(below(path, name), fields[name], original[name]);
    fields[name] = original[name];
  }
}

const PARTIES = new Set(['UltmtDbtr', 'Dbtr', 'Cdtr', 'UltmtCdtr']);

/** What `OrgnlTxRef` calls by other names than the transaction, or has elsewhere. */
function referredTo(name: string, leg: SourceLeg, transaction: XmlElement, type: GroupType): XmlElement[string] {
  const group = child(leg.message.document.root, 'GrpHdr');
  if (name === 'SttlmInf') return group?.SttlmInf;
  if (name === 'PmtTpInf') return transaction.PmtTpInf ?? group?.PmtTpInf;
  if (name === 'IntrBkSttlmDt') return originalReferences(leg).OrgnlIntrBkSttlmDt;
  if (name === 'Amt')
    return amountOf(transaction, 'InstdAmt') ? { InstdAmt: transaction.InstdAmt as XmlNode } : undefined;
  const value = transaction[name];
  // A party is a choice of party and agent from pacs.002.001.09 on.
  const isChoice = PARTIES.has(name) && groupIn(type, name)?.elements.has('Pty');
  return isChoice && value !== undefined ? { Pty: value as XmlElement } : value;
}

/** The type of a descendant by the names of its elements, where it has child elements. */
export function groupIn(type: GroupType, ...names: readonly string[]): GroupType | undefined {
  let at: GroupType | undefined = type;
  for (const name of names) {
    const inner: TypeDefinition | undefined = at?.elements.get(name)?.type;
    at = inner?.kind === 'group' ? inner : undefined;
  }
  return at;
}

/** The first version of pacs.008 whose types a reference has: they change together, and remittance with each of them. */
function releaseOf(type: GroupType): MessageId {
  const remittance = groupIn(type, 'RmtInf')?.name;
  const release = CREDIT_TRANSFER_VERSIONS.find((id) => {
    const body = catalogueMessage(id)?.bodyType;
    return body && groupIn(body, 'CdtTrfTxInf', 'RmtInf')?.name === remittance;
  });
  invariant(release !== undefined, `a pacs.008 has ${remittance}`);
  return release;
}

/**
 * `OrgnlTxRef` with the source leg's own values for all that it refers to, in the shape of `type`; undefined when
 * the answer had none.
 */
export function restoreReference(
  given: XmlElement | undefined,
  leg: SourceLeg,
  type: GroupType,
  path: string,
  differences: Differences,
): XmlElement | undefined {
  if (!given) return undefined;
  // How the source version writes its values is nobody's loss here.
  const { messageId } = leg.message.document;
  const transaction = moveToVersion(transactionOf(leg), messageId, releaseOf(type), createDifferences());
  const restored: Fields = {};
  for (const name in given) {
    if (given[name] === undefined) continue;
    restored[name] = referredTo(name, leg, transaction, type);
    differences.ownValue(below(path, name), given[name], restored[name]);
  }
  return restored as XmlElement;
}
