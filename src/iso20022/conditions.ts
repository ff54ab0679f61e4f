/**
 * What a payer asks of the corridor in `InstrForNxtAgt/InstrInf`, as code words between slashes: to wait for an event of
 * the payer's ledger, to pay out of marked money, to have the arriving money marked. One instruction an element, nothing
 * else in it, each code word once:
 *
 * ```
 * /EVENT/<event id>/QUOTE/KEEP
 * /EVENT/<event id>/QUOTE/RENEW[/MIN/<currency><amount>]
 * /DBTRMARK/<mark id>/LEVEL/<level>
 * /CDTRMARK/<mark id>
 * ```
 *
 * The element is `Max140Text` in every version of pacs.008; the longest of these has 115 characters.
 */
import type { StatedAmount } from './instruction.js';
import { children, text } from './tree.js';
import type { XmlElement } from './types.js';

/**
 * What becomes of the quote when the event comes late. `keep`: the payment goes at the quote that it was accepted with, or
 * not at all. `renew`: where that quote has run out, at the rate of the day, if the payee gets `least` (null: whatever it is).
 */
export type QuoteRule =
  | { readonly rule: 'keep' }
  | { readonly rule: 'renew'; readonly least: (StatedAmount & { readonly currency: string }) | null };

export interface Conditions {
  readonly event: { readonly eventId: string; readonly quote: QuoteRule } | null;
  /** What the payer's money is under. */
  readonly debtorMark: { readonly markId: string; readonly markLevel: number } | null;
  /** What the payee's money shall be under. */
  readonly creditorMark: { readonly markId: string } | null;
}

/** An instruction that is not in its form: its place among the `InstrForNxtAgt`, from 1. */
export interface ConditionFault {
  readonly at: number;
  readonly message: string;
}

export interface ReadConditions {
  readonly conditions: Conditions;
  readonly fault: ConditionFault | null;
}

const NO_CONDITIONS: Conditions = { event: null, debtorMark: null, creditorMark: null };
const NOTHING_SAID: ReadConditions = { conditions: NO_CONDITIONS, fault: null };

const ID = '([A-Za-z0-9][A-Za-z0-9._:-]{0,63})';
const AMOUNT = '([A-Z]{3})([0-9]{1,18}(?:\\.[0-9]{1,5})?)';
const FORMS = {
  EVENT: new RegExp(`^/EVENT/${ID}/QUOTE/(?:(KEEP)|RENEW(?:/MIN/${AMOUNT})?)$`),
  DBTRMARK: new RegExp(`^/DBTRMARK/${ID}/LEVEL/(0|[1-9][0-9]?)$`),
  CDTRMARK: new RegExp(`^/CDTRMARK/${ID}$`),
} as const;
type CodeWord = keyof typeof FORMS;

/** Anything that looks like one of the code words: money must not go unconditionally because of a slip of the pen. */
const CODE_WORD = /\/\s*(EVENT|DBTRMARK|CDTRMARK)\s*(?:\/|$)/i;

/** The code word that an instruction has, whether or not it is in its form. */
export const codeWordOf = (instruction: string): CodeWord | null =>
  (CODE_WORD.exec(instruction)?.[1]?.toUpperCase() as CodeWord | undefined) ?? null;

/** The conditions of a transaction, from its `InstrForNxtAgt`; with the first fault, where one is not in its form. */
export function conditionsOf(transaction: XmlElement): ReadConditions {
  const given = children(transaction, 'InstrForNxtAgt');
  return given.length === 0 ? NOTHING_SAID : readConditions(given.map((one) => text(one, 'InstrInf') ?? ''));
}

/** {@link conditionsOf}, of the texts. */
export function readConditions(instructions: readonly string[]): ReadConditions {
  let conditions = NO_CONDITIONS;
  const seen = new Set<CodeWord>();
  for (const [index, instruction] of instructions.entries()) {
    const word = codeWordOf(instruction);
    if (word === null) continue;
    const match = FORMS[word].exec(instruction);
    const message = seen.has(word) ? `/${word}/ is there twice` : match ? null : `/${word}/ is not in its form`;
    if (message !== null || !match)
      return { conditions: NO_CONDITIONS, fault: { at: index + 1, message: message ?? '' } };
    seen.add(word);
    conditions = { ...conditions, ...READERS[word](match) };
  }
  return { conditions, fault: null };
}

const READERS: Readonly<Record<CodeWord, (match: RegExpExecArray) => Partial<Conditions>>> = {
  EVENT: ([, eventId = '', keep, currency, amount]) => {
    const least = currency !== undefined && amount !== undefined ? { text: amount, currency } : null;
    return { event: { eventId, quote: keep === undefined ? { rule: 'renew', least } : { rule: 'keep' } } };
  },
  DBTRMARK: ([, markId = '', level]) => ({ debtorMark: { markId, markLevel: Number(level) } }),
  CDTRMARK: ([, markId = '']) => ({ creditorMark: { markId } }),
};
