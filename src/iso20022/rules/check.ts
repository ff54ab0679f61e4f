/** The usage rules above the schemas: which there are, which a profile holds, and what a message breaks of them. */
import { ERRORS, type ErrorCode } from '../../kernel/errors.js';
import { invariant } from '../../kernel/result.js';
import { meaningOf } from '../codes/code-sets.js';
import type { PaymentInstruction } from '../instruction.js';
import type { CheckedMessage } from '../types.js';
import { AGENT_RULES } from './agents.js';
import { AMOUNT_RULES } from './amounts.js';
import { CHARACTER_RULES } from './characters.js';
import { CHARGE_RULES } from './charges.js';
import { CODE_RULES } from './codes.js';
import { CONDITION_RULES } from './conditions.js';
import { HEADER_RULES } from './header.js';
import { PARTY_RULES } from './parties.js';
import { bodyPathOf, familyOf, scopeOf } from './places.js';
import { applyPlan, type Plan, planOf } from './plan.js';
import { QUOTE_RULES } from './quote.js';
import { REFERENCE_RULES, REMITTANCE_RULES } from './references.js';
import { RETURN_RULES } from './returns.js';
import type { MessageCheck, Rule, RuleContext, RuleProfile, Severity } from './rule.js';
import { SETTLEMENT_RULES } from './settlement.js';
import { TOTAL_RULES } from './totals.js';

/** Every rule, in the order in which violations are told. */
export const RULES: readonly Rule[] = [
  ...HEADER_RULES,
  ...TOTAL_RULES,
  ...SETTLEMENT_RULES,
  ...AGENT_RULES,
  ...AMOUNT_RULES,
  ...QUOTE_RULES,
  ...CONDITION_RULES,
  ...CHARGE_RULES,
  ...PARTY_RULES,
  ...REFERENCE_RULES,
  ...REMITTANCE_RULES,
  ...RETURN_RULES,
  ...CODE_RULES,
  ...CHARACTER_RULES,
];

/** One broken usage rule. `index` is the transaction, null for the whole message; `iso` the reason for a pacs.002. */
export interface Violation {
  readonly ruleId: string;
  /** XPath such as `/Document/FIToFICstmrCdtTrf/GrpHdr/NbOfTxs` or `/AppHdr/To`, of the place that is or should be. */
  readonly path: string;
  readonly index: number | null;
  readonly severity: Severity;
  readonly code: ErrorCode;
  readonly iso: string;
  readonly message: string;
}

export interface RuleQuestion {
  /** Default `base`. A rule that several profiles hold counts as the hardest of them says. */
  readonly profiles?: readonly RuleProfile[];
  readonly context?: RuleContext;
  /** Of a pacs.008, where they are read already. */
  readonly instructions?: readonly PaymentInstruction[];
}

interface RuleSet {
  readonly messageRules: readonly (Rule & { readonly check: MessageCheck })[];
  readonly document: Plan | null;
  readonly header: Plan | null;
  readonly severities: ReadonlyMap<string, Severity>;
}

const order = new Map(RULES.map(({ id }, position) => [id, position]));
const ruleSets = new Map<string, RuleSet>();

/**
 * Every violation of the usage rules of these profiles, in the order of the rule table, message-wide ones with `index`
 * null. A message may be processed when none has severity `error`; a transaction is refused by its own and by the
 * message-wide ones. Never throws for a message that satisfies its schema.
 */
export function checkRules(message: CheckedMessage, question: RuleQuestion = {}): Violation[] {
  const { profiles = ['base'], context = {} } = question;
  const set = ruleSetFor(message, profiles, context);
  const found: Violation[] = [];
  const report = (rule: Rule, path: string, index: number | null, fault: { message: string; iso?: string }): void => {
    const severity = set.severities.get(rule.id);
    invariant(severity !== undefined, `${rule.id} is in the rule set`);
    const iso = fault.iso ?? rule.iso ?? ERRORS[rule.code].iso ?? 'NARR';
    found.push({ ruleId: rule.id, path, index, severity, code: rule.code, iso, message: fault.message });
  };
  if (message.header !== null && set.header !== null) {
    const root = { element: message.header.root, path: '/AppHdr', name: 'AppHdr' };
    applyPlan(set.header, root, context, report);
  }
  if (set.document !== null) {
    const root = { element: message.document.root, path: bodyPathOf(message.document.messageId), name: 'Document' };
    applyPlan(set.document, root, context, report);
  }
  const scope = scopeOf(message, context, question.instructions ?? null);
  for (const rule of set.messageRules) {
    for (const breach of rule.check.check(scope)) report(rule, breach.path, breach.index, breach);
  }
  // A stable sort: within a rule, in the order of the document.
  return found.length < 2 ? found : found.sort((a, b) => order.get(a.ruleId)! - order.get(b.ruleId)!);
}

const severityIn = (rule: Rule, profiles: readonly RuleProfile[]): Severity | undefined => {
  const severities = profiles.map((profile) => rule.severity[profile]);
  return severities.includes('error') ? 'error' : severities.find((severity) => severity !== undefined);
};

const appliesTo = (rule: Rule, messageId: string): boolean =>
  rule.appliesTo.some((family) => family === '*' || family === familyOf(messageId));

const isMessageRule = (rule: Rule): rule is Rule & { readonly check: MessageCheck } => rule.check.on === 'message';

/** Compiled once for each message definition, profiles and kinds of context. */
function ruleSetFor(message: CheckedMessage, profiles: readonly RuleProfile[], context: RuleContext): RuleSet {
  const { messageId } = message.document;
  const headerId = message.header?.messageId ?? null;
  const known = Object.keys(context) as (keyof RuleContext)[];
  const told = known.filter((name) => context[name] !== undefined);
  const key = `${messageId} ${headerId} ${profiles.join('+')} ${told.join()}`;
  const before = ruleSets.get(key);
  if (before !== undefined) return before;
  const severities = new Map<string, Severity>();
  const rules = RULES.filter((rule) => {
    const severity = severityIn(rule, profiles);
    if (severity === undefined || !appliesTo(rule, messageId)) return false;
    if (rule.needs !== undefined && !told.includes(rule.needs)) return false;
    severities.set(rule.id, severity);
    return true;
  });
  const set: RuleSet = {
    messageRules: rules.filter(isMessageRule),
    document: planOf(messageId, rules),
    header: headerId === null ? null : planOf(headerId, rules),
    severities,
  };
  ruleSets.set(key, set);
  return set;
}

/** A row of the rule table as a reader of it wants it. */
export interface RuleDescription {
  readonly id: string;
  readonly appliesTo: string;
  readonly xpath: string;
  readonly demands: string;
  readonly severity: Severity;
  /** Code of ExternalStatusReason1Code, and ISO's definition of it. */
  readonly reason: string;
  readonly meaning: string;
  readonly source: string;
}

/** The rules of a profile, in their order. */
export function describeRules(profile: RuleProfile): RuleDescription[] {
  return RULES.flatMap((rule) => {
    const severity = rule.severity[profile];
    if (severity === undefined) return [];
    const reason = rule.iso ?? ERRORS[rule.code].iso ?? 'NARR';
    const { id, xpath, demands, source } = rule;
    const appliesTo = rule.appliesTo.includes('*') ? 'every message' : rule.appliesTo.join(', ');
    const meaning = meaningOf('ExternalStatusReason1Code', reason) ?? '';
    return [{ id, appliesTo, xpath, demands, severity, reason, meaning, source }];
  });
}
