import { checkRules, type Violation } from '../../../src/iso20022/rules/check.js';
import type { RuleContext, RuleProfile } from '../../../src/iso20022/rules/rule.js';
import { CONTEXT, checked, fixtureText } from '../support/messages.js';

/** A good message of each kind, and the profile that finds nothing wrong with it. */
export const GOOD = {
  base: ['pacs.008.001.08/customer-kzt-to-cny.xml', 'base'],
  header: ['pacs.008.001.08/with-header.xml', 'base'],
  chain: ['pacs.008.001.08/full-chain-of-agents.xml', 'base'],
  batch: ['pacs.008.001.08/batch-of-three.xml', 'base'],
  agreedRate: ['pacs.008.001.13/customer-with-agreed-rate.xml', 'base'],
  oldest: ['rules/pacs.008.001.02-base.xml', 'base'],
  cbpr: ['rules/pacs.008.001.08-cbpr-plus.xml', 'cbpr-plus'],
  hvps: ['rules/pacs.008.001.08-hvps-plus.xml', 'hvps-plus'],
  nexus: ['rules/pacs.008.001.13-nexus.xml', 'nexus'],
  transfer: ['rules/pacs.009.001.08-cbpr-plus.xml', 'cbpr-plus'],
  return: ['rules/pacs.004.001.09-cbpr-plus.xml', 'cbpr-plus'],
  cancellation: ['rules/camt.056.001.08-cbpr-plus.xml', 'cbpr-plus'],
  statusRequest: ['rules/pacs.028.001.05-nexus.xml', 'nexus'],
} as const satisfies Record<string, readonly [string, RuleProfile]>;
export type Good = keyof typeof GOOD;

const PARTICIPANTS = new Set(['ALTNKZ20', 'DALAKZ20', 'LONGCN20', 'JADECN20']);
/** Everything that a corridor can tell. */
export const FULL_CONTEXT: RuleContext = { ...CONTEXT, isParticipant: (bic) => PARTICIPANTS.has(bic.slice(0, 8)) };

export function violations(
  xml: string,
  profile: RuleProfile = 'base',
  context: RuleContext = FULL_CONTEXT,
): Violation[] {
  return checkRules(checked(xml), { profiles: [profile], context });
}

/** `text` with each change made, which must be possible. */
export function changed(text: string, changes: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return changes.reduce((now, [from, to]) => {
    if (typeof from === 'string' ? !now.includes(from) : now.search(from) < 0)
      throw new Error(`${from} is not in the message`);
    return now.replace(from, to);
  }, text);
}

export const goodText = (good: Good): string => fixtureText(GOOD[good][0]);
