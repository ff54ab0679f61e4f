import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../../src/iso20022/catalogue/catalogue.js';
import { CODE_SET_NAMES, codeSet, isMember, meaningOf } from '../../../src/iso20022/codes/code-sets.js';
import { statusReasonOf } from '../../../src/iso20022/codes/status-reasons.js';
import { checkRules } from '../../../src/iso20022/rules/check.js';
import { ERRORS, type ErrorCode } from '../../../src/kernel/errors.js';
import { checked, FIXTURES } from '../support/messages.js';
import { hasOfficial, notRun } from '../support/official.js';

const OFFICIAL = new URL('../../../../shared/iso20022/codesets/external_code_sets.json', import.meta.url);

/** Sets of the catalogue whose codes ISO publishes elsewhere, or has not published: any code is a member. */
const OPEN = [
  'ExternalBankTransactionDomain1Code',
  'ExternalBankTransactionFamily1Code',
  'ExternalBankTransactionSubFamily1Code',
  'ExternalCardTransactionCategory1Code',
  'ExternalCreditLineType1Code',
  'ExternalFinancialInstitutionIdentification1Code',
  'ExternalMandateSetupReason1Code',
  'ExternalRegulatoryReportingType1Code',
];

describe('external code sets', () => {
  test('each set that a message can carry is here, or is known to be open', () => {
    const used = new Set(
      CATALOGUE_MESSAGE_IDS.flatMap((id) => [...catalogueMessage(id)!.types.keys()]).filter((name) =>
        /^External\w+Code$/.test(name),
      ),
    );
    expect([...used].filter((name) => codeSet(name) === undefined).sort()).toEqual(OPEN);
    expect(CODE_SET_NAMES.filter((name) => !used.has(name))).toEqual([]);
  });

  test('every code has its definition', () => {
    for (const name of CODE_SET_NAMES) {
      const codes = codeSet(name)!;
      expect(codes.size, name).toBeGreaterThan(0);
      for (const [code, meaning] of codes) {
        expect(code, name).toMatch(/^[A-Z0-9]{1,35}$/i);
        expect(meaning.length, `${name} ${code}`).toBeGreaterThan(1);
      }
    }
  });

  test('members and their meaning', () => {
    expect(isMember('ExternalStatusReason1Code', 'AM04')).toBe(true);
    expect(isMember('ExternalStatusReason1Code', 'am04')).toBe(false);
    expect(isMember('ExternalStatusReason1Code', 'toString')).toBe(false);
    expect(isMember('ExternalBankTransactionDomain1Code', 'PMNT')).toBe(true);
    expect(meaningOf('ExternalStatusReason1Code', 'AM04')).toMatch(/insufficient/);
    expect(meaningOf('ExternalStatusReason1Code', 'XXXX')).toBeUndefined();
    expect(codeSet('toString')).toBeUndefined();
  });

  test.runIf(hasOfficial)('the codes are those that ISO published', () => {
    const { definitions } = JSON.parse(readFileSync(OFFICIAL, 'utf8')) as {
      definitions: Record<string, { enum?: string[] }>;
    };
    for (const name of CODE_SET_NAMES) expect([...codeSet(name)!.keys()], name).toEqual(definitions[name]?.enum);
    for (const name of OPEN) expect(definitions[name]?.enum ?? [], name).toEqual([]);
  });
  if (!hasOfficial) notRun('comparison of the external code sets');
});

describe('codes in what is sent', () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])('%s has a reason that ISO defines', (error) => {
    const { code, meaning } = statusReasonOf(error);
    expect(isMember('ExternalStatusReason1Code', code)).toBe(true);
    expect(meaning).toBe(meaningOf('ExternalStatusReason1Code', code));
    expect(code).toBe(ERRORS[error].iso ?? 'NARR');
  });

  const golden = readdirSync(fileURLToPath(new URL('../../../fixtures/golden', import.meta.url)));
  test.each(golden.filter((name) => name.endsWith('.xml') && !name.startsWith('head.')))(
    '%s holds members only',
    (name) => {
      const message = checked(readFileSync(`${FIXTURES}golden/${name}`));
      const found = checkRules(message, { profiles: ['cbpr-plus'] }).filter(({ ruleId }) => ruleId.startsWith('code.'));
      expect(found).toEqual([]);
    },
  );
});
