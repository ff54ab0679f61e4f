import { codeWordOf } from '../conditions.js';
import { children, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import type { Differences } from './difference.js';

/**
 * The transaction without what it asked of the payer's side: its event and the mark of its money are no business of the
 * other side. What it asks of the payee's side goes on.
 */
export function withoutConditions(transaction: XmlElement, differences: Differences): XmlElement {
  const given = children(transaction, 'InstrForNxtAgt');
  const isKept = given.map((one) => {
    const word = codeWordOf(text(one, 'InstrInf') ?? '');
    return word === null || word === 'CDTRMARK';
  });
  if (isKept.every((kept) => kept)) return transaction;
  const rest = given.filter((_, i) => isKept[i]);
  given.forEach((one, i) => {
    if (!isKept[i]) differences.ownValue(`InstrForNxtAgt[${i + 1}]`, one, undefined);
  });
  const { InstrForNxtAgt: _all, ...others } = transaction;
  return rest.length === 0 ? others : { ...others, InstrForNxtAgt: rest };
}
