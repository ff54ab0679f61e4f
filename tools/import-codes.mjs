/**
 * Reads the codes of ISO 20022 external code sets and their definitions out of the published JSON and writes them as
 * lines `CODE definition` (src/iso20022/codes).
 *
 *   node tools/import-codes.mjs <external_code_sets.json>
 *
 * Only the sets that a message of the catalogue can carry, one file a subject. A set whose codes ISO publishes
 * elsewhere has no lines; src/iso20022/codes/code-sets.ts calls it open.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OUT = new URL('../src/iso20022/codes/', import.meta.url);

const FILES = {
  status: ['StatusReason', 'PaymentTransactionStatus', 'PaymentGroupStatus'],
  purpose: ['Purpose'],
  reasons: [
    'ReturnReason',
    'CancellationReason',
    'PaymentCancellationRejection',
    'PaymentModificationRejection',
    'InvestigationExecutionConfirmation',
    'ClaimNonReceiptRejection',
    'RePresentmentReason',
    'PaymentCompensationReason',
    'VerificationReason',
  ],
  clearing: ['CashClearingSystem', 'ClearingSystemIdentification'],
  payment: [
    'CategoryPurpose',
    'ServiceLevel',
    'LocalInstrument',
    'ChargeType',
    'CreditorAgentInstruction',
    'DocumentType',
    'DocumentLineType',
    'DocumentAmountType',
    'CreditorReferenceType',
    'DateType',
    'DiscountAmountType',
    'GarnishmentType',
    'TaxAmountType',
  ],
  parties: [
    'AccountIdentification',
    'CashAccountType',
    'ProxyAccountType',
    'OrganisationIdentification',
    'PersonIdentification',
  ],
  reporting: [
    'BalanceType',
    'BalanceSubType',
    'EntryStatus',
    'ReportingSource',
    'TechnicalInputChannel',
    'FinancialInstrumentIdentificationType',
    'CorporateActionEventType',
  ],
};

const [, , source] = process.argv;
if (source === undefined) throw new Error('usage: node tools/import-codes.mjs <external_code_sets.json>');
const { definitions } = JSON.parse(readFileSync(source, 'utf8'));

/** `[code, definition]` of a set: its description lists them as `*` + code in backticks + `-` + definition. */
const codesOf = (type) => {
  const set = definitions[type];
  const listed = new Map(
    set.description
      .split(/\n\*`/)
      .slice(1)
      .map((entry) => {
        const end = entry.indexOf('`-');
        return [
          entry.slice(0, end),
          entry
            .slice(end + 2)
            .replace(/\s+/g, ' ')
            .trim()
            .replace(/\.$/, ''),
        ];
      }),
  );
  return set.enum.map((code) => {
    if (!listed.get(code)) throw new Error(`${type} does not define ${code}`);
    return [code, listed.get(code)];
  });
};

const quoted = (text) => text.replace(/[\\`]/g, '\\$&').replaceAll('${', '\\${');

for (const [file, names] of Object.entries(FILES)) {
  const sets = names.map((name) => {
    const type = `External${name}1Code`;
    const lines = codesOf(type).map(([code, definition]) => quoted(`${code} ${definition}`));
    return `  ${type}: \`${lines.join('\n')}\`,\n`;
  });
  const constant = `${file.toUpperCase()}_CODES`;
  const text = `/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */\nexport const ${constant} = {\n${sets.join('')}} as const;\n`;
  writeFileSync(new URL(`${file}.ts`, OUT), text);
}
