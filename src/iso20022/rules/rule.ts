import type { ErrorCode } from '../../kernel/errors.js';
import type { PaymentInstruction, StatedAmount } from '../instruction.js';
import type { CheckedMessage, XmlElement } from '../types.js';

/** Sets of usage rules; `base` is what every message of a corridor must satisfy. */
export const RULE_PROFILES = ['base', 'cbpr-plus', 'nexus', 'hvps-plus'] as const;
export type RuleProfile = (typeof RULE_PROFILES)[number];

export type Severity = 'error' | 'warning';

/** What a rule may know besides the message. A rule that needs what is not given here says nothing. Time is the caller's. */
export interface RuleContext {
  /** Currency of the source leg, ISO 4217. */
  readonly sourceCurrency?: string;
  /** BICs that `InstdAgt` may name on the source leg (provider, operator), compared through `bicKey`. */
  readonly allowedInstructedAgents?: readonly string[];
  /** True for the BIC of an institution that has wallets on a ledger of the corridor. */
  readonly isParticipant?: (bic: string) => boolean;
  /** Characters that the corridor takes; any when absent. */
  readonly characters?: CharacterSet;
  /** Today in the source ledger's own calendar, `YYYY-MM-DD`. */
  readonly localDate?: string;
  /** Milliseconds since 1970 when the message was received. */
  readonly now?: number;
}

/** `latin`: letters of the Latin script and the other characters of ASCII. `swift`: what CBPR+ takes in texts. */
export const CHARACTER_SETS = ['latin', 'swift'] as const;
export type CharacterSet = (typeof CHARACTER_SETS)[number];

/** One place where a rule is broken. `index` is the transaction, null when the whole message is meant. */
export interface RuleBreach {
  readonly path: string;
  readonly index: number | null;
  readonly message: string;
  /** A finer reason than the rule's. */
  readonly iso?: string;
}

/** What the checks of whole messages see. Elements have the names of `places`, wherever the version puts them. */
export interface RuleScope {
  readonly message: CheckedMessage;
  /** Body of the document, `FIToFICstmrCdtTrf`. */
  readonly root: XmlElement;
  /** XPath of `root`. */
  readonly rootPath: string;
  /** The group header; in an assignment (camt) the control data. */
  readonly groupHeader: XmlElement | undefined;
  readonly groupPath: string;
  readonly transactions: readonly PlacedTransaction[];
  /** Of a pacs.008, else empty. */
  readonly instructions: readonly PaymentInstruction[];
  readonly context: RuleContext;
}

export interface PlacedTransaction {
  readonly element: XmlElement;
  readonly path: string;
  readonly index: number | null;
}

/** What is wrong below a checked element: `at` is the path from there; `iso` a finer reason than the rule's. */
export interface Fault {
  readonly at?: string;
  readonly message: string;
  readonly iso?: string;
}

/** Checks text whose simple type is one of `types`, in elements called one of `names` where given. */
export interface ValueCheck {
  readonly on: 'value';
  readonly types: RegExp;
  readonly names?: ReadonlySet<string>;
  readonly check: (value: string, type: string, context: RuleContext) => string | null;
}
/** Checks amounts with a currency; not those of the customers' own business (remittance, tax, regulatory reporting). */
export interface AmountCheck {
  readonly on: 'amount';
  readonly types: RegExp;
  readonly check: (amount: StatedAmount) => Fault | null;
}
/** Checks elements whose complex type is one of `types`; `owner` is the name of the element it stands in. */
export interface ElementCheck {
  readonly on: 'element';
  readonly types: RegExp;
  readonly check: (element: XmlElement, owner: string, context: RuleContext) => Fault | null;
}
/** Checks the message as a whole, header and document. */
export interface MessageCheck {
  readonly on: 'message';
  readonly check: (scope: RuleScope) => Iterable<RuleBreach>;
}

/** A usage rule as a row. `iso` overrides the reason of `code` where a finer one exists. */
export interface Rule {
  readonly id: string;
  /** Families of messages, `pacs.008`, in all their versions; `*` is every message. */
  readonly appliesTo: readonly string[];
  /** XPath 2.0, names without prefix; `element(*, Type)` is every element of a type. */
  readonly xpath: string;
  readonly demands: string;
  /** The profiles that hold this rule, and how hard. */
  readonly severity: Readonly<Partial<Record<RuleProfile, Severity>>>;
  /** What the caller must tell for the rule to be asked. */
  readonly needs?: keyof RuleContext;
  readonly code: ErrorCode;
  /** A code of ExternalStatusReason1Code. */
  readonly iso?: string;
  /** Where the demand comes from. */
  readonly source: string;
  readonly check: ValueCheck | AmountCheck | ElementCheck | MessageCheck;
}

/** An error in every profile. */
export const ALWAYS = { base: 'error', 'cbpr-plus': 'error', nexus: 'error', 'hvps-plus': 'error' } as const;
/** A warning in `base`, an error in the other profiles. */
export const ADVISED = { base: 'warning', 'cbpr-plus': 'error', nexus: 'error', 'hvps-plus': 'error' } as const;
/** An error in these profiles, no rule of the others. */
export const errorIn = (...profiles: readonly RuleProfile[]): Readonly<Partial<Record<RuleProfile, Severity>>> =>
  Object.fromEntries(profiles.map((profile) => [profile, 'error']));

/** Messages that carry an instruction to pay. */
export const TRANSFERS = ['pacs.008', 'pacs.009'] as const;
/** Messages that move money between institutions. */
export const SETTLED = ['pacs.008', 'pacs.009', 'pacs.004'] as const;
export const CREDIT_TRANSFER = ['pacs.008'] as const;
export const EVERY_MESSAGE = ['*'] as const;

export const ROOT_PATH = '/Document/FIToFICstmrCdtTrf';
export const transactionPath = (index: number): string => `${ROOT_PATH}/CdtTrfTxInf[${index + 1}]`;

/** A check of each transaction alone: `find` answers what is wrong below the transaction, or null. */
export const perTransaction = (
  find: (transaction: XmlElement, scope: RuleScope) => Fault | null | undefined,
): MessageCheck => ({
  on: 'message',
  check: (scope) =>
    scope.transactions.flatMap(({ element, path, index }) => {
      const fault = find(element, scope);
      return fault ? [breachOf(fault, path, index)] : [];
    }),
});

/** A check of each instruction of a pacs.008, whose values of the group header are folded in. */
export const perInstruction = (
  find: (instruction: PaymentInstruction, scope: RuleScope) => Fault | null | undefined,
): MessageCheck => ({
  on: 'message',
  check: (scope) =>
    scope.instructions.flatMap((instruction) => {
      const fault = find(instruction, scope);
      if (!fault) return [];
      return [breachOf(fault, transactionPath(instruction.index), instruction.index)];
    }),
});

/** A check of the message by its group header and transactions: what is wrong is below `groupPath`. */
export const perGroup = (find: (scope: RuleScope) => Fault | null | undefined): MessageCheck => ({
  on: 'message',
  check: (scope) => {
    const fault = find(scope);
    return fault ? [breachOf(fault, scope.groupPath, null)] : [];
  },
});

const breachOf = ({ at, ...fault }: Fault, path: string, index: number | null): RuleBreach => ({
  ...fault,
  path: at === undefined ? path : `${path}/${at}`,
  index,
});
