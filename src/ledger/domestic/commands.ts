import type { Refusal } from '../../kernel/errors.js';
import type { Applied } from '../movement.js';
import type { WorkingState } from '../working.js';
import { type AgreementCommand, agreementRules } from './agreements.js';
import { type AttributeCommand, attributeRules } from './attributes.js';
import { type ConvertCommand, conversionRules } from './conversion.js';
import { type EventCommand, eventRules } from './events.js';
import { type InvoiceCommand, invoiceRules } from './invoices.js';
import { type IssuanceCommand, issuanceRules } from './issuance.js';
import { type MarkCommand, markRules } from './marks.js';
import type { CommandRules, Keys, Rules } from './module.js';
import { type ProviderCommand, providerRules } from './providers.js';
import { type VoucherCommand, voucherRules } from './vouchers.js';

/** Commands of the domestic platform beyond the ledger's core: each family has a file of its own. */
export type DomesticCommand =
  | AgreementCommand
  | AttributeCommand
  | VoucherCommand
  | InvoiceCommand
  | MarkCommand
  | ProviderCommand
  | EventCommand
  | IssuanceCommand
  | ConvertCommand;

const RULES: Rules<DomesticCommand> = {
  ...agreementRules,
  ...attributeRules,
  ...voucherRules,
  ...invoiceRules,
  ...markRules,
  ...providerRules,
  ...eventRules,
  ...issuanceRules,
  ...conversionRules,
};

export const DOMESTIC_KINDS: ReadonlySet<string> = new Set(Object.keys(RULES));

/** The rules of a command; the table has one row for each kind, of that kind. */
const rulesOf = (command: DomesticCommand): CommandRules<DomesticCommand> =>
  RULES[command.kind] as CommandRules<DomesticCommand>;

export const domesticFault = (command: DomesticCommand): Refusal | null => rulesOf(command).fault(command);
export const domesticKeys = (command: DomesticCommand, keys: Keys): void => rulesOf(command).keys(command, keys);
export const applyDomestic = (state: WorkingState, command: DomesticCommand): Applied =>
  rulesOf(command).apply(state, command);
