import { ERRORS, type ErrorCode } from '../../kernel/errors.js';
import type { PaymentInstruction } from '../instruction.js';
import type { CheckedMessage } from '../types.js';
import { AGENT_RULES } from './agents.js';
import { AMOUNT_RULES } from './amounts.js';
import { HEADER_RULES } from './header.js';
import { PARTY_RULES } from './parties.js';
import { QUOTE_RULES } from './quote.js';
import { type Rule, type RuleContext, scopeOf } from './rule.js';
import { SETTLEMENT_RULES } from './settlement.js';
import { TOTAL_RULES } from './totals.js';

/** One broken usage rule. `index` is the transaction, null for the whole message; `iso` the reason for a pacs.002. */
export interface Violation {
  readonly ruleId: string;
  readonly path: string;
  readonly index: number | null;
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly iso: string;
  readonly message: string;
}

/** Named sets of usage rules; a profile picks one. `base` is what every pacs.008 of the corridor must satisfy. */
export const RULE_SETS = {
  base: [
    ...HEADER_RULES,
    ...TOTAL_RULES,
    ...SETTLEMENT_RULES,
    ...AGENT_RULES,
    ...AMOUNT_RULES,
    ...QUOTE_RULES,
    ...PARTY_RULES,
  ],
} as const satisfies Record<string, readonly Rule[]>;

export type RuleSetName = keyof typeof RULE_SETS;

/**
 * Every violation of the usage rules above the XSD, in the order of the rule table, message-wide ones with `index` null.
 * A message may be processed when no violation has severity `error`; a transaction is refused by its own and by the
 * message-wide ones.
 */
export function checkRules(
  message: CheckedMessage,
  instructions: readonly PaymentInstruction[],
  context: RuleContext,
  ruleSet: RuleSetName = 'base',
): Violation[] {
  const scope = scopeOf(message, instructions, context);
  return RULE_SETS[ruleSet].flatMap((rule: Rule) =>
    [...rule.check(scope)].map((breach) => ({
      ruleId: rule.id,
      ...breach,
      severity: rule.severity,
      code: rule.code,
      iso: rule.iso ?? ERRORS[rule.code].iso ?? 'NARR',
    })),
  );
}
