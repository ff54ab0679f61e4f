/**
 * Where the versions of a message put what the rules speak of: the one file that knows that an element moved or was
 * renamed. pacs.008.001.02 calls a BIC `BIC`, later versions `BICFI`; the acceptance time is `AccptncDtTm` until .12
 * and below `AddtlDtTm` from .13 on; camt.056 holds its transactions below `Undrlyg` and its counts in `CtrlData`.
 */
import { catalogueMessage } from '../catalogue/catalogue.js';
import { type PaymentInstruction, readInstructions } from '../instruction.js';
import { child, children, text } from '../tree.js';
import type { CheckedMessage, XmlElement } from '../types.js';
import type { PlacedTransaction, RuleContext, RuleScope } from './rule.js';

interface Places {
  readonly transaction: string;
  /** Element above the transactions, when it is not the root. */
  readonly above?: string;
  readonly group: string;
}

const GROUP_HEADER = 'GrpHdr';
const PLACES: Readonly<Record<string, Places>> = {
  'pacs.008': { transaction: 'CdtTrfTxInf', group: GROUP_HEADER },
  'pacs.009': { transaction: 'CdtTrfTxInf', group: GROUP_HEADER },
  'pacs.004': { transaction: 'TxInf', group: GROUP_HEADER },
  'pacs.002': { transaction: 'TxInfAndSts', group: GROUP_HEADER },
  'pacs.028': { transaction: 'TxInf', group: GROUP_HEADER },
  'camt.056': { transaction: 'TxInf', above: 'Undrlyg', group: 'CtrlData' },
};
const ELSEWHERE: Places = { transaction: 'TxInf', group: GROUP_HEADER };

/** `pacs.008` of `pacs.008.001.13`. */
export const familyOf = (messageId: string): string => messageId.slice(0, 8);

/** Names of the elements below the root that are one transaction each. */
export const TRANSACTION_ELEMENTS: ReadonlySet<string> = new Set(['CdtTrfTxInf', 'TxInf', 'TxInfAndSts']);

/** The body's name in the paths of violations; empty for a header alone. */
const bodyNameOf = (messageId: string): string => catalogueMessage(messageId)?.bodyName ?? '';

export const bodyPathOf = (messageId: string): string => `/Document/${bodyNameOf(messageId)}`;

function transactionsOf(root: XmlElement, rootPath: string, places: Places): PlacedTransaction[] {
  const { above, transaction } = places;
  if (above === undefined)
    return children(root, transaction).map((element, index) => ({
      element,
      path: `${rootPath}/${transaction}[${index + 1}]`,
      index,
    }));
  return children(root, above).flatMap((outer, position) =>
    children(outer, transaction).map((element, index) => ({
      element,
      path: `${rootPath}/${above}[${position + 1}]/${transaction}[${index + 1}]`,
      index: null,
    })),
  );
}

/** What the checks of a whole message look at. */
export function scopeOf(
  message: CheckedMessage,
  context: RuleContext,
  instructions: readonly PaymentInstruction[] | null,
): RuleScope {
  const { messageId, root } = message.document;
  const family = familyOf(messageId);
  const places = PLACES[family] ?? ELSEWHERE;
  const rootPath = bodyPathOf(messageId);
  return {
    message,
    root,
    rootPath,
    groupHeader: child(root, places.group),
    groupPath: `${rootPath}/${places.group}`,
    transactions: transactionsOf(root, rootPath, places),
    instructions: instructions ?? (family === 'pacs.008' ? readInstructions(message) : []),
    context,
  };
}

/** The settlement amount of a transaction: `IntrBkSttlmAmt`, in a return `RtrdIntrBkSttlmAmt`. */
export const SETTLEMENT_AMOUNTS = ['IntrBkSttlmAmt', 'RtrdIntrBkSttlmAmt'] as const;
export const TOTAL_AMOUNTS = ['TtlIntrBkSttlmAmt', 'TtlRtrdIntrBkSttlmAmt'] as const;

/** The first of these children that is there. */
export const firstOf = <N extends string>(element: XmlElement | undefined, names: readonly N[]): N | undefined =>
  names.find((name) => element?.[name] !== undefined);

/** BIC of an institution (`FinInstnId`). */
export const institutionBic = (institution: XmlElement | undefined): string | null =>
  text(institution, 'BICFI') ?? text(institution, 'BIC') ?? null;

/** BIC of the agent called `name`. */
export const bicOf = (element: XmlElement | undefined, name: string): string | null =>
  institutionBic(child(element, name, 'FinInstnId'));

/** BIC of a party's organisation (`OrgId`). */
export const organisationBic = (organisation: XmlElement | undefined): string | null =>
  text(organisation, 'AnyBIC') ?? text(organisation, 'BICOrBEI') ?? null;

/** BIC of the header's sender (`Fr`) or receiver (`To`). */
export const headerBic = (header: XmlElement | undefined, side: 'Fr' | 'To'): string | null =>
  institutionBic(child(header, side, 'FIId', 'FinInstnId')) ??
  organisationBic(child(header, side, 'OrgId', 'Id', 'OrgId')) ??
  null;

/** Whether a transaction says when the debtor agent accepted it. */
export const acceptanceTime = (transaction: XmlElement): string | undefined =>
  text(transaction, 'AccptncDtTm') ?? text(transaction, 'AddtlDtTm', 'AccptncDtTm');

/** The message's own reference: `MsgId`, in an assignment (camt) its `Id`. */
export const messageReference = (root: XmlElement): string | undefined =>
  text(root, 'GrpHdr', 'MsgId') ?? text(root, 'Assgnmt', 'Id');
