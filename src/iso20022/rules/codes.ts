import { isMember } from '../codes/code-sets.js';
import { ADVISED, ALWAYS, EVERY_MESSAGE, type Rule } from './rule.js';

/** The sets that have a reason of their own: rule, what the code is, types, reason. */
const NAMED: readonly (readonly [id: string, what: string, types: readonly string[], iso: string])[] = [
  ['code.service-level', 'service level', ['ServiceLevel'], 'FF04'],
  ['code.local-instrument', 'local instrument', ['LocalInstrument'], 'FF05'],
  ['code.category-purpose', 'category purpose', ['CategoryPurpose'], 'FF06'],
  ['code.purpose', 'purpose', ['Purpose'], 'FF07'],
  ['code.clearing-member', 'clearing system of a member', ['ClearingSystemIdentification'], 'RC08'],
  ['code.account', 'account scheme or type', ['AccountIdentification', 'CashAccountType', 'ProxyAccountType'], 'AC12'],
  [
    'code.identification',
    'scheme of an identification',
    ['OrganisationIdentification', 'PersonIdentification'],
    'BE15',
  ],
];

const typeOf = (name: string): string => `External${name}1Code`;
/** Reasons and statuses decide what becomes of a payment: an invented one is refused in every profile. */
const REASONS = [
  'StatusReason',
  'ReturnReason',
  'CancellationReason',
  'PaymentCancellationRejection',
  'PaymentModificationRejection',
  'InvestigationExecutionConfirmation',
  'PaymentTransactionStatus',
  'PaymentGroupStatus',
  'VerificationReason',
];

const typesOf = (names: readonly string[]): RegExp => new RegExp(`^(?:${names.map(typeOf).join('|')})$`);
const pathsOf = (names: readonly string[]): string => names.map((name) => `//element(*, ${typeOf(name)})`).join(' | ');

const codeRule = (
  [id, what, iso]: readonly [id: string, what: string, iso: string],
  types: RegExp,
  xpath: string,
  severity: Rule['severity'] = ADVISED,
): Rule => ({
  id,
  appliesTo: EVERY_MESSAGE,
  xpath,
  demands: `the code of a ${what} is in ISO's external code set`,
  severity,
  code: 'RULE_BROKEN',
  iso,
  source: 'ISO 20022 external code sets',
  check: {
    on: 'value',
    types,
    check: (code, type) => (isMember(type, code) ? null : `${code} is not in ${type}`),
  },
});

/** Every type of an external code set that no other row names. */
const NAMED_TYPES = [...NAMED.flatMap(([, , types]) => types), ...REASONS].map(typeOf);
const REST = new RegExp(`^(?!(?:${NAMED_TYPES.join('|')})$)External\\w+Code$`);

/** Codes of external code sets are members of their set, wherever they stand. */
export const CODE_RULES: readonly Rule[] = [
  codeRule(['code.reason', 'reason or status', 'CH16'], typesOf(REASONS), pathsOf(REASONS), ALWAYS),
  ...NAMED.map(([id, what, types, iso]) => codeRule([id, what, iso], typesOf(types), pathsOf(types))),
  codeRule(
    ['code.other', 'charge, document, clearing system or other kind', 'CH16'],
    REST,
    '//element(*, External…1Code)',
  ),
];
