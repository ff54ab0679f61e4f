/**
 * What moved between neighbouring versions of pacs.008: elements that were renamed, wrapped, typed or put elsewhere. One
 * row a move, told in both directions; whether an element exists in a version at all is the catalogue's business.
 */
import { child, text } from '../tree.js';
import type { MessageId, XmlElement, XmlNode } from '../types.js';
import type { Differences } from './difference.js';
import { listedAmounts, remittanceLocation, taxYear, typedAmounts, typedDate } from './remittance-moves.js';
import { below, byHolder, chosen, type Fields, type Move, renamed, reshape } from './version-move.js';

/** The versions of pacs.008 that are read and written, oldest first. */
export const CREDIT_TRANSFER_VERSIONS: readonly MessageId[] = [
  '02',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  '14',
].map((version) => `pacs.008.001.${version}`);

const UETR_MARK = /^\/UETR\/([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/** The UETR that an instruction for the next agent carries in versions without the element (`/UETR/…`), or undefined. */
export const uetrOfInstruction = (instruction: XmlNode): string | undefined =>
  UETR_MARK.exec(text(instruction as XmlElement, 'InstrInf') ?? '')?.[1];

/** The UETR is an element from .08 on; before, an instruction for the next agent carries it, and TxId is mandatory. */
const uetr: Move = {
  holders: ['CdtTrfTxInf'],
  up: (fields, path, differences) => {
    const instructions = (fields.InstrForNxtAgt ?? []) as readonly XmlNode[];
    const at = instructions.findIndex((one) => uetrOfInstruction(one) !== undefined);
    if (at < 0) return;
    const rest = instructions.filter((_, position) => position !== at);
    const value = uetrOfInstruction(instructions[at]!);
    fields.InstrForNxtAgt = rest.length === 0 ? undefined : rest;
    fields.PmtId = { ...(fields.PmtId as XmlElement), UETR: value };
    differences.moved(below(path, `InstrForNxtAgt[${at + 1}]`), below(path, 'PmtId/UETR'), instructions[at], value);
  },
  down: (fields, path, differences) => {
    const { UETR, ...identification } = (fields.PmtId ?? {}) as Fields;
    if (typeof UETR !== 'string') return;
    const instructions = [...((fields.InstrForNxtAgt ?? []) as readonly XmlNode[]), { InstrInf: `/UETR/${UETR}` }];
    fields.InstrForNxtAgt = instructions;
    differences.moved(
      below(path, 'PmtId/UETR'),
      below(path, `InstrForNxtAgt[${instructions.length}]/InstrInf`),
      UETR,
      `/UETR/${UETR}`,
    );
    if (identification.TxId === undefined) {
      identification.TxId = UETR.replaceAll('-', '');
      differences.replaced(below(path, 'PmtId/TxId'), undefined, identification.TxId);
    }
    fields.PmtId = identification as XmlElement;
  },
};

// A channel of no registered type: what the older version did not say.
const OTHER_CHANNEL = 'OTHR';

/** Another contact is a text up to .07, from .08 on a list of channels. */
const otherContact: Move = {
  holders: ['CtctDtls'],
  up: (fields, path, differences) => {
    const contact = fields.Othr;
    if (typeof contact !== 'string') return;
    fields.Othr = [{ ChanlTp: OTHER_CHANNEL, Id: contact }];
    differences.moved(below(path, 'Othr'), below(path, 'Othr[1]/Id'), contact);
    differences.replaced(below(path, 'Othr[1]/ChanlTp'), undefined, OTHER_CHANNEL);
  },
  down: (fields, path, differences) => {
    const contacts = fields.Othr as readonly XmlElement[] | undefined;
    if (contacts === undefined) return;
    const at = contacts.findIndex((one) => one.Id !== undefined);
    fields.Othr = contacts[at]?.Id;
    for (const [position, one] of contacts.entries()) {
      const from = below(path, `Othr[${position + 1}]`);
      if (position !== at) differences.cut(from, one);
      else {
        if (one.ChanlTp !== OTHER_CHANNEL) differences.cut(`${from}/ChanlTp`, one.ChanlTp);
        differences.moved(`${from}/Id`, below(path, 'Othr'), one.Id);
      }
    }
  },
};

const DATES = ['AccptncDtTm', 'PoolgAdjstmntDt'];

/** Two dates of the transaction stand inside `AddtlDtTm` from .13 on. */
const additionalDates: Move = {
  holders: ['CdtTrfTxInf'],
  up: (fields, path, differences) => {
    for (const name of DATES) {
      const value = fields[name] as XmlNode | undefined;
      if (value === undefined) continue;
      fields[name] = undefined;
      fields.AddtlDtTm = { ...(fields.AddtlDtTm as XmlElement | undefined), [name]: value };
      differences.moved(below(path, name), below(path, `AddtlDtTm/${name}`), value);
    }
  },
  down: (fields, path, differences) => {
    const inside = child(fields as XmlElement, 'AddtlDtTm');
    if (!inside) return;
    const rest: Fields = { ...inside };
    for (const name of DATES) {
      const value = inside[name];
      if (value === undefined) continue;
      fields[name] = value;
      delete rest[name];
      differences.moved(below(path, `AddtlDtTm/${name}`), below(path, name), value);
    }
    fields.AddtlDtTm = undefined;
    for (const name in rest) differences.cut(below(path, `AddtlDtTm/${name}`), rest[name]);
    // Every child of it is optional: an empty one has no other row.
    if (Object.keys(inside).length === 0) differences.cut(below(path, 'AddtlDtTm'), inside);
  },
};

/** Regulatory details say from .14 on whose reporting they are; `BOTH` is what leaves nobody out. */
const reportingSide: Move = {
  holders: ['RgltryRptg'],
  up: (fields, path, differences) => {
    if (fields.DbtCdtRptgInd !== undefined) return;
    fields.DbtCdtRptgInd = 'BOTH';
    differences.replaced(below(path, 'DbtCdtRptgInd'), undefined, 'BOTH');
  },
  down: () => undefined,
};

/** A reporting code is called `RptgCd` from .14 on; `Cd` elsewhere (`Dtls/Tp/Cd`) is another element. */
const REPORTING_DETAILS = ['Dtls'];

interface Step {
  /** Names of the transaction's children that hold what moves; null for all. */
  readonly within: readonly string[] | null;
  readonly moves: readonly Move[];
}

/** The moves from each version to the next, by the newer one. */
const STEPS: Readonly<Record<string, Step>> = {
  'pacs.008.001.06': {
    within: null,
    moves: [
      renamed(['FinInstnId'], 'BIC', 'BICFI'),
      renamed(['OrgId'], 'BICOrBEI', 'AnyBIC'),
      renamed(['ChrgsInf'], 'Pty', 'Agt'),
      remittanceLocation,
      listedAmounts,
    ],
  },
  'pacs.008.001.07': {
    within: [],
    moves: [
      renamed(['CdtTrfTxInf'], 'PrvsInstgAgt', 'PrvsInstgAgt1'),
      renamed(['CdtTrfTxInf'], 'PrvsInstgAgtAcct', 'PrvsInstgAgt1Acct'),
    ],
  },
  'pacs.008.001.08': {
    within: null,
    moves: [
      uetr,
      renamed(['Tax'], 'AdmstnZn', 'AdmstnZone'),
      chosen(['PstlAdr', 'Adr'], 'AdrTp', 'Cd', ['Cd']),
      otherContact,
    ],
  },
  'pacs.008.001.10': { within: ['Tax', 'RmtInf'], moves: [taxYear] },
  'pacs.008.001.12': { within: ['RmtInf'], moves: [typedDate, typedAmounts] },
  'pacs.008.001.13': { within: [], moves: [additionalDates] },
  'pacs.008.001.14': {
    within: ['RgltryRptg'],
    moves: [
      reportingSide,
      renamed(REPORTING_DETAILS, 'Cd', 'RptgCd'),
      chosen(REPORTING_DETAILS, 'Tp', 'Prtry', ['Prtry', 'Cd']),
    ],
  },
};

interface DirectedStep {
  readonly within: readonly string[] | null;
  readonly reshapes: ReturnType<typeof byHolder>;
}

const directed = (direction: 'up' | 'down'): readonly (DirectedStep | null)[] =>
  CREDIT_TRANSFER_VERSIONS.map((version) => {
    const step = STEPS[version];
    if (!step) return null;
    return { within: step.within, reshapes: byHolder(step.moves, direction) };
  });

const UP = directed('up');
const DOWN = directed('down');

/** A transaction of pacs.008 version `from` with its elements where version `to` has them. Both are supported. */
export function moveToVersion(
  transaction: XmlElement,
  from: MessageId,
  to: MessageId,
  differences: Differences,
): XmlElement {
  const start = CREDIT_TRANSFER_VERSIONS.indexOf(from);
  const end = CREDIT_TRANSFER_VERSIONS.indexOf(to);
  let moved = transaction;
  for (let at = start + 1; at <= end; at += 1) moved = applyStep(moved, UP[at]!, differences);
  for (let at = start; at > end; at -= 1) moved = applyStep(moved, DOWN[at]!, differences);
  return moved;
}

function applyStep(transaction: XmlElement, step: DirectedStep | null, differences: Differences): XmlElement {
  if (step === null) return transaction;
  const { within, reshapes } = step;
  if (within === null) return reshape(transaction, 'CdtTrfTxInf', '', reshapes, differences);
  let fields: Fields | null = null;
  for (const name of within) {
    const value = transaction[name];
    if (value === undefined) continue;
    // As the only child of an element without a name, so that the path begins with it.
    const after = reshape({ [name]: value }, '', '', reshapes, differences)[name];
    if (after === value) continue;
    fields ??= { ...transaction };
    fields[name] = after;
  }
  const own = reshapes.get('CdtTrfTxInf');
  if (own === undefined) return (fields as XmlElement | null) ?? transaction;
  fields ??= { ...transaction };
  for (const apply of own) apply(fields, '', differences);
  return fields as XmlElement;
}
