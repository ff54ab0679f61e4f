/**
 * Remittance between pacs.008.001.08 and .13: the same facts in another shape. A document's date has a type from .13 on,
 * and its amounts are a typed list. What has no counterpart is left for the cut that follows.
 */
import { type Loss, reported } from './loss.js';
import { child, children, text } from './tree.js';
import type { XmlElement, XmlNode } from './types.js';

// ExternalDateType1Code: the date type is not available.
const DATE_TYPE_UNKNOWN = 'NTAV';

/** Amounts of .08 and their ExternalDocumentAmountType1Code. */
const AMOUNT_TYPES: readonly (readonly [name: string, code: string])[] = [
  ['DuePyblAmt', 'DUPA'],
  ['CdtNoteAmt', 'CREN'],
  ['RmtdAmt', 'REMI'],
];

/** `RmtInf` in the shape of the target version, with a row for each element that took another shape. */
export function reshapeRemittance(remittance: XmlElement, isNew: boolean, path: string, losses: Loss[]): XmlElement {
  const structured = children(remittance, 'Strd');
  if (structured.length === 0) return remittance;
  const reshaped = structured.map((one, position) => {
    const at = `${path}/Strd[${position + 1}]`;
    const documents = children(one, 'RfrdDocInf').map((document, index) =>
      reshapeDate(document, isNew, `${at}/RfrdDocInf[${index + 1}]`, losses),
    );
    const amounts = child(one, 'RfrdDocAmt');
    return {
      ...one,
      ...(documents.length > 0 && { RfrdDocInf: documents }),
      ...(amounts && { RfrdDocAmt: (isNew ? typedAmounts : namedAmounts)(amounts, `${at}/RfrdDocAmt`, losses) }),
    };
  });
  return { ...remittance, Strd: reshaped };
}

function reshapeDate(document: XmlElement, isNew: boolean, path: string, losses: Loss[]): XmlElement {
  const { RltdDt: date } = document;
  const isTyped = typeof date === 'object' && date !== null;
  if (date === undefined || isNew === isTyped) return document;
  const after: XmlNode = isTyped
    ? (text(document, 'RltdDt', 'Dt') ?? '')
    : { Tp: { Cd: DATE_TYPE_UNKNOWN }, Dt: date as string };
  losses.push({ path: `${path}/RltdDt`, kind: 'changed', before: reported(date), after: reported(after) });
  return { ...document, RltdDt: after };
}

function typedAmounts(amounts: XmlElement, path: string, losses: Loss[]): XmlElement {
  const rest: Record<string, XmlElement[string]> = { ...amounts };
  const typed: XmlNode[] = [];
  for (const [name, code] of AMOUNT_TYPES) {
    const amount = child(amounts, name);
    if (!amount) continue;
    typed.push({ Tp: { Cd: code }, Amt: amount });
    delete rest[name];
    const after = `${path}/RmtAmtAndTp[${typed.length}]`;
    losses.push({ path: `${path}/${name}`, kind: 'moved', before: reported(amount), after });
  }
  return typed.length === 0 ? amounts : { ...rest, RmtAmtAndTp: typed };
}

function namedAmounts(amounts: XmlElement, path: string, losses: Loss[]): XmlElement {
  const named: Record<string, XmlNode> = {};
  const rest: XmlElement[] = [];
  for (const [position, typed] of children(amounts, 'RmtAmtAndTp').entries()) {
    const code = text(typed, 'Tp', 'Cd');
    const name = AMOUNT_TYPES.find((row) => row[1] === code)?.[0];
    const amount = child(typed, 'Amt');
    if (name === undefined || amount === undefined || named[name] !== undefined) {
      rest.push(typed);
      continue;
    }
    named[name] = amount;
    const from = `${path}/RmtAmtAndTp[${position + 1}]`;
    losses.push({ path: from, kind: 'moved', before: reported(amount), after: `${path}/${name}` });
  }
  const { RmtAmtAndTp: _, ...others } = amounts;
  return { ...others, ...named, ...(rest.length > 0 && { RmtAmtAndTp: rest }) };
}
