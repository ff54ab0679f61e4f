import type { ErrorCode } from '../../kernel/errors.js';
import type { PaymentInstruction } from '../instruction.js';
import { child, children } from '../tree.js';
import type { CheckedMessage, XmlElement } from '../types.js';
import { walk } from '../walk.js';

/** What a rule may know besides the message. Time is the caller's. */
export interface RuleContext {
  /** Currency of the source leg, ISO 4217. */
  readonly sourceCurrency: string;
  /** BICs that `InstdAgt` may name on the source leg (provider, operator), compared through `bicKey`. */
  readonly allowedInstructedAgents: readonly string[];
  /** Today in the source ledger's own calendar, `YYYY-MM-DD`. */
  readonly localDate: string;
  /** Milliseconds since 1970 when the message was received. */
  readonly now: number;
}

export interface RuleScope {
  readonly message: CheckedMessage;
  readonly root: XmlElement;
  readonly instructions: readonly PaymentInstruction[];
  /** `CdtTrfTxInf` by the index of its instruction. */
  readonly transactions: readonly XmlElement[];
  /** Every identifier with check digits or a country, anywhere in the group header and the transactions. */
  readonly identifiers: readonly PlacedIdentifier[];
  readonly context: RuleContext;
}

/** A value of one of the elements in `IDENTIFIER_ELEMENTS`, and where it stands. */
export interface PlacedIdentifier {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly index: number | null;
}

/** One place where a rule is broken. `index` is the transaction, null when the whole message is meant. */
export interface RuleBreach {
  readonly path: string;
  readonly index: number | null;
  readonly message: string;
}

/** A usage rule as a row. `check` finds every breach; `iso` overrides the reason of `code` where a finer one exists. */
export interface Rule {
  readonly id: string;
  readonly xpath: string;
  readonly demands: string;
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly iso?: string;
  /** Where the demand comes from. */
  readonly source: string;
  readonly check: (scope: RuleScope) => Iterable<RuleBreach>;
}

export const ROOT_PATH = '/Document/FIToFICstmrCdtTrf';
export const HEADER_PATH = `${ROOT_PATH}/GrpHdr`;
export const transactionPath = (index: number): string => `${ROOT_PATH}/CdtTrfTxInf[${index + 1}]`;

export const scopeOf = (
  message: CheckedMessage,
  instructions: readonly PaymentInstruction[],
  context: RuleContext,
): RuleScope => {
  const root = message.document.root;
  const transactions = children(root, 'CdtTrfTxInf');
  const header = identifiersOf(child(root, 'GrpHdr') ?? {}, HEADER_PATH, null);
  const bodies = transactions.flatMap((tx, index) => identifiersOf(tx, transactionPath(index), index));
  return { message, root, instructions, transactions, identifiers: [...header, ...bodies], context };
};

const IDENTIFIER_ELEMENTS = new Set(['BICFI', 'AnyBIC', 'IBAN', 'LEI', 'Ctry', 'CtryOfRes', 'CtryOfBirth']);

function identifiersOf(element: XmlElement, at: string, index: number | null): PlacedIdentifier[] {
  const found: PlacedIdentifier[] = [];
  walk(
    element,
    () => at,
    (name, node, path) => {
      if (typeof node === 'string' && IDENTIFIER_ELEMENTS.has(name))
        found.push({ name, value: node, path: path(), index });
    },
  );
  return found;
}

/** A check of every identifier called one of `names`: breached where `isWrong` says so. */
export const perIdentifier =
  (names: readonly string[], isWrong: (value: string) => boolean, message: string) =>
  ({ identifiers }: RuleScope): RuleBreach[] =>
    identifiers
      .filter(({ name, value }) => names.includes(name) && isWrong(value))
      .map(({ path, index }) => ({ path, index, message }));

/** A check of each transaction alone: `find` answers the path below the transaction and the text, or null. */
export const perTransaction =
  (find: (instruction: PaymentInstruction, scope: RuleScope) => { at: string; message: string } | null) =>
  (scope: RuleScope): RuleBreach[] =>
    scope.instructions.flatMap((instruction) => {
      const found = find(instruction, scope);
      if (!found) return [];
      const { index } = instruction;
      return [{ path: `${transactionPath(index)}/${found.at}`, index, message: found.message }];
    });
