import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { statusReasonOf } from '../../../src/iso20022/codes/status-reasons.js';
import { describeRules, type RuleDescription } from '../../../src/iso20022/rules/check.js';
import { RULE_PROFILES } from '../../../src/iso20022/rules/rule.js';
import { ERRORS, type ErrorCode } from '../../../src/kernel/errors.js';

const PAGE = new URL('../../../docs/usage-rules.md', import.meta.url);

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

/** Every rule once, in the order of the rule table, with the severity of each profile. */
function ruleTable(): string {
  const rows = new Map<string, RuleDescription>();
  for (const profile of RULE_PROFILES) for (const rule of describeRules(profile)) rows.set(rule.id, rule);
  const severities = RULE_PROFILES.map(
    (profile) => new Map(describeRules(profile).map((rule) => [rule.id, rule.severity])),
  );
  const ids = [...rows.keys()].sort();
  return table(
    ['rule', 'of', 'where', 'demands', ...RULE_PROFILES, 'reason', 'source'],
    ids.map((id) => {
      const { appliesTo, xpath, demands, reason, source } = rows.get(id)!;
      const marks = severities.map((of) => of.get(id)?.slice(0, 1).toUpperCase() ?? '');
      return [`\`${id}\``, appliesTo, `\`${xpath}\``, demands, ...marks, reason, source];
    }),
  );
}

const reasonTable = (): string =>
  table(
    ['error', 'title', 'reason', 'meaning by ISO 20022'],
    (Object.keys(ERRORS) as ErrorCode[]).map((error) => {
      const { code, meaning } = statusReasonOf(error);
      return [`\`${error}\``, ERRORS[error].title, code, meaning];
    }),
  );

const withTable = (page: string, name: string, text: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_all, open, close) => `${open}${text}\n${close}`,
  );

test('the page of usage rules holds the tables of the code', () => {
  const page = readFileSync(PAGE, 'utf8');
  const expected = withTable(withTable(page, 'rules', ruleTable()), 'reasons', reasonTable());
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, expected);
  expect(readFileSync(PAGE, 'utf8')).toBe(expected);
  expect(page).toContain('<!-- rules -->');
  expect(expected.split('\n').length).toBeGreaterThan(150);
});
