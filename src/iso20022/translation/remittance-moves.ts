/** The moves of remittance: places to which advice is sent, dates and amounts of the documents that are paid. */
import { child, children, text } from '../tree.js';
import type { XmlElement, XmlNode } from '../types.js';
import type { Differences } from './difference.js';
import { below, type Fields, type Move, type Reshape } from './version-move.js';

const list = (value: Fields[string]): readonly XmlNode[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as XmlNode];

const LOCATION = [
  ['RmtLctnMtd', 'Mtd'],
  ['RmtLctnElctrncAdr', 'ElctrncAdr'],
  ['RmtLctnPstlAdr', 'PstlAdr'],
] as const;

/** One place with its details in the element itself (.02), a list of places from .06 on, each of which needs a method. */
export const remittanceLocation: Move = {
  holders: ['RltdRmtInf'],
  up: (fields, path, differences) => {
    const details: Record<string, XmlNode> = {};
    const to = below(path, 'RmtLctnDtls[1]');
    for (const [older, newer] of LOCATION) {
      const value = fields[older] as XmlNode | undefined;
      if (value === undefined) continue;
      fields[older] = undefined;
      details[newer] = value;
      differences.moved(below(path, older), `${to}/${newer}`, value);
    }
    if (Object.keys(details).length === 0) return;
    if (details.Mtd === undefined) {
      details.Mtd = details.PstlAdr === undefined ? 'URID' : 'POST';
      differences.replaced(`${to}/Mtd`, undefined, details.Mtd);
    }
    fields.RmtLctnDtls = [details];
  },
  down: (fields, path, differences) => {
    const places = list(fields.RmtLctnDtls) as readonly XmlElement[];
    const [first, ...rest] = places;
    if (first === undefined) return;
    fields.RmtLctnDtls = undefined;
    for (const [older, newer] of LOCATION) {
      const value = first[newer];
      if (value === undefined) continue;
      fields[older] = value;
      differences.moved(below(path, `RmtLctnDtls[1]/${newer}`), below(path, older), value);
    }
    for (const [position, place] of rest.entries()) differences.cut(below(path, `RmtLctnDtls[${position + 2}]`), place);
  },
};

const LISTED = ['DscntApldAmt', 'TaxAmt'];

/** Discount and tax are amounts in .02, from .06 on lists of amounts that may have a type. */
export const listedAmounts: Move = {
  holders: ['RfrdDocAmt'],
  up: (fields, path, differences) => {
    for (const name of LISTED) {
      const amount = fields[name];
      if (amount === undefined) continue;
      fields[name] = [{ Amt: amount as XmlNode }];
      differences.moved(below(path, name), below(path, `${name}[1]/Amt`), amount);
    }
  },
  down: (fields, path, differences) => {
    for (const name of LISTED) {
      const [first, ...rest] = list(fields[name]) as readonly XmlElement[];
      if (first === undefined) continue;
      fields[name] = first.Amt;
      if (first.Tp !== undefined) differences.cut(below(path, `${name}[1]/Tp`), first.Tp);
      differences.moved(below(path, `${name}[1]/Amt`), below(path, name), first.Amt);
      for (const [position, one] of rest.entries()) differences.cut(below(path, `${name}[${position + 2}]`), one);
    }
  },
};

/** Amounts that have a name up to .11 and are typed from .12 on, by ExternalDocumentAmountType1Code. */
const NAMED: readonly (readonly [name: string, code: string])[] = [
  ['DuePyblAmt', 'DUPA'],
  ['CdtNoteAmt', 'CREN'],
  ['RmtdAmt', 'REMI'],
];

const PROPRIETARY_MAX = 35;

/** The type of a discount or tax as a proprietary one: `TaxAmt`, `TaxAmt/CITY` for a code, `TaxAmt:text` for a text. */
function proprietaryType(name: string, typed: XmlElement): string {
  const code = text(typed, 'Tp', 'Cd');
  if (code !== undefined) return `${name}/${code}`;
  const own = text(typed, 'Tp', 'Prtry');
  return own === undefined ? name : `${name}:${own}`;
}

const PROPRIETARY = /^(DscntApldAmt|TaxAmt)(?:([/:])(.+))?$/s;

const typeAmounts: Reshape = (fields, path, differences) => {
  const typed: XmlNode[] = [];
  const move = (from: string, before: unknown, type: XmlElement, amount: XmlNode): void => {
    typed.push({ Tp: type, Amt: amount });
    differences.moved(below(path, from), below(path, `RmtAmtAndTp[${typed.length}]`), before, typed.at(-1));
  };
  for (const [name, code] of NAMED) {
    const amount = fields[name] as XmlNode | undefined;
    if (amount === undefined) continue;
    move(name, amount, { Cd: code }, amount);
    fields[name] = undefined;
  }
  for (const name of LISTED) {
    const rest: XmlNode[] = [];
    for (const [position, one] of (list(fields[name]) as readonly XmlElement[]).entries()) {
      const type = proprietaryType(name, one);
      if ([...type].length > PROPRIETARY_MAX) rest.push(one);
      else move(`${name}[${position + 1}]`, one, { Prtry: type }, one.Amt as XmlNode);
    }
    fields[name] = rest.length === 0 ? undefined : rest;
  }
  if (typed.length > 0) fields.RmtAmtAndTp = typed;
};

const nameAmounts: Reshape = (fields, path, differences) => {
  const rest: XmlElement[] = [];
  for (const [position, typed] of (list(fields.RmtAmtAndTp) as readonly XmlElement[]).entries()) {
    const from = below(path, `RmtAmtAndTp[${position + 1}]`);
    const amount = typed.Amt as XmlNode;
    const name = NAMED.find((row) => row[1] === text(typed, 'Tp', 'Cd'))?.[0];
    const listed = PROPRIETARY.exec(text(typed, 'Tp', 'Prtry') ?? '');
    if (name !== undefined && fields[name] === undefined) {
      fields[name] = amount;
      differences.moved(from, below(path, name), typed, amount);
    } else if (listed) {
      const [, kind = '', mark, type = ''] = listed;
      const one: XmlElement = mark ? { Tp: { [mark === '/' ? 'Cd' : 'Prtry']: type }, Amt: amount } : { Amt: amount };
      const all = [...list(fields[kind]), one];
      fields[kind] = all;
      differences.moved(from, below(path, `${kind}[${all.length}]`), typed, one);
    } else rest.push(typed);
  }
  fields.RmtAmtAndTp = rest.length === 0 ? undefined : rest;
};

/** `Amt` is the one of a line of a document. */
export const typedAmounts: Move = { holders: ['RfrdDocAmt', 'Amt'], up: typeAmounts, down: nameAmounts };

// ExternalDateType1Code: the date type is not available.
const DATE_TYPE_UNKNOWN = 'NTAV';

/** A document's date has a type from .12 on. */
export const typedDate: Move = {
  holders: ['RfrdDocInf'],
  up: (fields, path, differences) => {
    const date = fields.RltdDt;
    if (typeof date !== 'string') return;
    fields.RltdDt = { Tp: { Cd: DATE_TYPE_UNKNOWN }, Dt: date };
    differences.moved(below(path, 'RltdDt'), below(path, 'RltdDt/Dt'), date);
    differences.replaced(below(path, 'RltdDt/Tp'), undefined, { Cd: DATE_TYPE_UNKNOWN });
  },
  down: (fields, path, differences) => {
    const typed = child(fields as XmlElement, 'RltdDt');
    if (!typed) return;
    fields.RltdDt = typed.Dt;
    if (text(typed, 'Tp', 'Cd') !== DATE_TYPE_UNKNOWN) differences.cut(below(path, 'RltdDt/Tp'), typed.Tp);
    differences.moved(below(path, 'RltdDt/Dt'), below(path, 'RltdDt'), typed.Dt);
  },
};

/** The year of a tax period is a date up to .09, whose month and day mean nothing, and a year from .10 on. */
export const taxYear: Move = {
  holders: ['Prd'],
  up: (fields, path, differences) => {
    const year = /^-?\d{4,}(?=-\d\d-\d\d)/.exec(text(fields as XmlElement, 'Yr')?.trim() ?? '')?.[0];
    if (year === undefined) return;
    differences.replaced(below(path, 'Yr'), fields.Yr, year);
    fields.Yr = year;
  },
  down: (fields, path, differences) => {
    const year = /^-?\d{4,}(?=$|Z|[+-]\d\d:)/.exec(text(fields as XmlElement, 'Yr')?.trim() ?? '')?.[0];
    if (year === undefined) return;
    differences.replaced(below(path, 'Yr'), fields.Yr, `${year}-01-01`);
    fields.Yr = `${year}-01-01`;
  },
};

export const QUOTE_MARK = '/QUOTE/';

/** Where remittance names this quote, in its mark. */
export const namesQuote = (remittance: XmlElement | undefined, quoteId: string): boolean =>
  children(remittance, 'Strd').some((one) =>
    (list(one.AddtlRmtInf) as readonly string[]).some((line) =>
      line.toLowerCase().includes(QUOTE_MARK.toLowerCase() + quoteId),
    ),
  );

const NAMED_QUOTE = /\/QUOTE\/([0-9A-F-]{36})(?![0-9A-F-])/gi;

/** Where remittance names another quote than the one that is used, it names that one: a payment has one quote. */
export function renameQuote(fields: Fields, quoteId: string, differences: Differences): void {
  const remittance = child(fields as XmlElement, 'RmtInf');
  if (!remittance) return;
  const rename = (line: string, path: string): string => {
    const named = line.replace(NAMED_QUOTE, (mark, id: string) =>
      id.toLowerCase() === quoteId ? mark : QUOTE_MARK + quoteId,
    );
    differences.replaced(path, line, named);
    return named;
  };
  const Strd = children(remittance, 'Strd').map((one, i) => {
    const lines = list(one.AddtlRmtInf) as readonly string[];
    if (lines.length === 0) return one;
    return { ...one, AddtlRmtInf: lines.map((line, j) => rename(line, `RmtInf/Strd[${i + 1}]/AddtlRmtInf[${j + 1}]`)) };
  });
  if (Strd.length > 0) fields.RmtInf = { ...remittance, Strd };
}
