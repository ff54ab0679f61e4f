import { isCreditorReference } from '../identifiers.js';
import { child, text } from '../tree.js';
import type { XmlElement } from '../types.js';
import { characterFault, SWIFT_X } from './characters.js';
import {
  ALWAYS,
  CREDIT_TRANSFER,
  EVERY_MESSAGE,
  errorIn,
  type Fault,
  perTransaction,
  type Rule,
  TRANSFERS,
} from './rule.js';

const REFERENCES: ReadonlySet<string> = new Set(['MsgId', 'BizMsgIdr', 'InstrId', 'EndToEndId', 'TxId']);
const REFERENCE_TEXT = /^Max\d+Text$/;
const INSTRUCTION_ID_MAX = 16;

/** The references of a payment. */
export const REFERENCE_RULES: readonly Rule[] = [
  {
    id: 'reference.uetr-given',
    appliesTo: TRANSFERS,
    xpath: '//CdtTrfTxInf/PmtId/UETR',
    demands: 'the payment has a UETR',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'CBPR+, Nexus and HVPS+: UETR is mandatory; CPMI: one UETR end to end',
    check: perTransaction((tx) =>
      text(tx, 'PmtId', 'UETR') === undefined ? { at: 'PmtId/UETR', message: 'there is no UETR' } : null,
    ),
  },
  {
    id: 'reference.instruction-given',
    appliesTo: TRANSFERS,
    xpath: '//CdtTrfTxInf/PmtId/InstrId',
    demands: 'the instruction has an identification',
    severity: errorIn('cbpr-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH21',
    source: 'CBPR+: InstrId is mandatory',
    check: perTransaction((tx) =>
      text(tx, 'PmtId', 'InstrId') === undefined ? { at: 'PmtId/InstrId', message: 'there is no InstrId' } : null,
    ),
  },
  {
    id: 'reference.instruction-length',
    appliesTo: TRANSFERS,
    xpath: '//CdtTrfTxInf/PmtId/InstrId',
    demands: `the identification of the instruction has at most ${INSTRUCTION_ID_MAX} characters`,
    severity: errorIn('cbpr-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+: InstrId at most 16 characters',
    check: perTransaction((tx) =>
      [...(text(tx, 'PmtId', 'InstrId') ?? '')].length > INSTRUCTION_ID_MAX
        ? { at: 'PmtId/InstrId', message: `InstrId has more than ${INSTRUCTION_ID_MAX} characters` }
        : null,
    ),
  },
  {
    id: 'reference.slashes',
    appliesTo: EVERY_MESSAGE,
    xpath: '//MsgId | //BizMsgIdr | //InstrId | //EndToEndId | //TxId',
    demands: 'a reference neither begins nor ends with a slash and holds no two in a row',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'CBPR+: references without leading, trailing or double slashes',
    check: {
      on: 'value',
      types: REFERENCE_TEXT,
      names: REFERENCES,
      check: (value) =>
        value.startsWith('/') || value.endsWith('/') || value.includes('//')
          ? 'the reference has a slash at an end or two in a row'
          : null,
    },
  },
  {
    id: 'reference.characters',
    appliesTo: EVERY_MESSAGE,
    xpath: '//MsgId | //BizMsgIdr | //InstrId | //EndToEndId | //TxId',
    demands: 'a reference holds characters of the Swift X set only',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'RR10',
    source: 'CBPR+: Swift X characters in references',
    check: {
      on: 'value',
      types: REFERENCE_TEXT,
      names: REFERENCES,
      check: (value) => characterFault(value, SWIFT_X),
    },
  },
  {
    id: 'reference.creditor-reference',
    appliesTo: EVERY_MESSAGE,
    xpath: '//CdtrRefInf/Ref',
    demands: 'the check digits of a structured creditor reference (SCOR, RF…) hold',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'RR09',
    source: 'ISO 11649',
    check: { on: 'element', types: /^CreditorReferenceInformation\d+$/, check: creditorReferenceFault },
  },
];

/** What remittance and purpose must say. */
export const REMITTANCE_RULES: readonly Rule[] = [
  {
    id: 'remittance.one-line',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/RmtInf/Ustrd',
    demands: 'there is at most one unstructured line of remittance',
    severity: errorIn('nexus', 'cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'RR07',
    source: 'Nexus: one Ustrd; CBPR+ and HVPS+: one of 140 characters',
    check: perTransaction((tx) => {
      const lines = child(tx, 'RmtInf')?.Ustrd;
      return Array.isArray(lines) && lines.length > 1
        ? { at: 'RmtInf/Ustrd[2]', message: `there are ${lines.length} unstructured lines` }
        : null;
    }),
  },
  {
    id: 'remittance.length',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/RmtInf/Strd',
    demands: `structured remittance holds at most 9000 characters, without its tags`,
    severity: errorIn('nexus', 'cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'RR07',
    source: 'Nexus and CBPR+: structured remittance of at most 9,000 characters',
    check: perTransaction((tx) => {
      const structured = child(tx, 'RmtInf')?.Strd;
      return structured !== undefined && charactersIn(structured) > STRUCTURED_MAX
        ? { at: 'RmtInf/Strd', message: `structured remittance holds more than ${STRUCTURED_MAX} characters` }
        : null;
    }),
  },
  {
    id: 'remittance.tax-not-used',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/Tax',
    demands: 'tax is not stated',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'CH17',
    source: 'Nexus: Tax is not used',
    check: perTransaction((tx) => (tx.Tax === undefined ? null : { at: 'Tax', message: 'Tax is not used' })),
  },
  {
    id: 'remittance.purpose-given',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/Purp',
    demands: 'the purpose is stated, where a country wants it',
    severity: { nexus: 'warning' },
    code: 'RULE_BROKEN',
    iso: 'FF07',
    source: 'Nexus: Purp is mandatory or conditional by country',
    check: perTransaction((tx) => (tx.Purp === undefined ? { at: 'Purp', message: 'there is no purpose' } : null)),
  },
];

const STRUCTURED_MAX = 9000;

function charactersIn(value: XmlElement[string]): number {
  if (value === undefined) return 0;
  if (typeof value === 'string') return value.length;
  return Object.values(value).reduce<number>((sum, one) => sum + charactersIn(one as XmlElement[string]), 0);
}

/** Only what claims to be a reference of ISO 11649: coded SCOR and beginning with `RF` and two digits. */
function creditorReferenceFault(information: XmlElement): Fault | null {
  const reference = text(information, 'Ref');
  if (reference === undefined || !/^RF\d{2}/.test(reference)) return null;
  const claims = text(information, 'Tp', 'CdOrPrtry', 'Cd') === 'SCOR';
  return claims && !isCreditorReference(reference.replaceAll(' ', ''))
    ? { at: 'Ref', message: 'the creditor reference is not valid' }
    : null;
}
