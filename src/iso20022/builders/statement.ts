/** Statements of accounts at the end of a period (camt.053) and during the day (camt.052): one `Stmt` or `Rpt` each. */
import { formatMinor, parseAmount } from '../../kernel/money.js';
import { invariant } from '../../kernel/result.js';
import type { XmlElement } from '../types.js';
import { amount, element } from './element.js';
import { type BookedEntry, bookedEntry, organisation, reportedAccount } from './entry.js';
import { cutText } from './text.js';

/** What was booked on one account in a period. Amounts are minor units of its currency. */
export interface AccountReport {
  readonly id: string;
  /** Increases by one with each statement of the account. */
  readonly sequenceNumber?: bigint | null;
  readonly accountId: string;
  readonly ownerBic: string;
  /** Of the ledger; every entry's too. */
  readonly currency: string;
  /** `ISODateTime` of the beginning of the period, and of its end. */
  readonly from: string;
  readonly to: string;
  /** Booked before the first entry, held money with it, and the ledger's local date of that, `YYYY-MM-DD`. */
  readonly openingMinor: bigint;
  readonly openingDate: string;
  /** Of what is booked after the last entry, the part that is not held. */
  readonly availableMinor?: bigint | null;
  /** All of the period, oldest first. */
  readonly entries: readonly BookedEntry[];
}

export interface AccountStatement extends AccountReport {
  /** The ledger's local date of the closing balance. */
  readonly closingDate: string;
}

interface ReportHeading {
  readonly msgId: string;
  readonly creDtTm: string;
  readonly recipientBic: string;
}

export interface StatementOrder extends ReportHeading {
  readonly statements: readonly AccountStatement[];
}

export interface AccountReportOrder extends ReportHeading {
  readonly reports: readonly AccountReport[];
}

/** Codes of ExternalBalanceType1Code for what is booked and what is available, and when that was. */
interface Closing {
  readonly booked: string;
  readonly available: string;
  readonly date: XmlElement;
}

/**
 * The content of `BkToCstmrStmt`, alike in every version of camt.053: the opening balance, the closing one, which is
 * the opening one with all entries, and the totals of the entries. Throws for an entry in another currency, and where a
 * balance or total has 10^18 minor units or more, for which ISO 20022 has no amount.
 */
export const buildStatement = (order: StatementOrder): XmlElement =>
  element({
    GrpHdr: heading(order),
    Stmt: order.statements.map((one) =>
      reportOf(one, order.creDtTm, { booked: 'CLBD', available: 'CLAV', date: { Dt: one.closingDate } }),
    ),
  });

/** The content of `BkToCstmrAcctRpt`, alike in every version of camt.052: as a statement, with interim balances. */
export const buildAccountReport = (order: AccountReportOrder): XmlElement =>
  element({
    GrpHdr: heading(order),
    Rpt: order.reports.map((one) =>
      reportOf(one, order.creDtTm, { booked: 'ITBD', available: 'ITAV', date: { DtTm: one.to } }),
    ),
  });

const heading = ({ msgId, creDtTm, recipientBic }: ReportHeading): XmlElement =>
  element({ MsgId: msgId, CreDtTm: creDtTm, MsgRcpt: organisation(recipientBic) });

function reportOf(one: AccountReport, creDtTm: string, closing: Closing): XmlElement {
  const { currency, entries, openingMinor, availableMinor } = one;
  const credits = totalOf(entries, 'CRDT', currency);
  const debits = totalOf(entries, 'DBIT', currency);
  const balance = (code: string, minor: bigint, date: XmlElement): XmlElement => {
    const { text, direction } = signed(minor, currency);
    return { Tp: { CdOrPrtry: { Cd: code } }, Amt: amount(text, currency), CdtDbtInd: direction, Dt: date };
  };
  const balances = [
    balance('OPBD', openingMinor, { Dt: one.openingDate }),
    balance(closing.booked, openingMinor + credits.minor - debits.minor, closing.date),
  ];
  if (typeof availableMinor === 'bigint') balances.push(balance(closing.available, availableMinor, closing.date));
  return element({
    Id: cutText(one.id, 35),
    ElctrncSeqNb: one.sequenceNumber?.toString(),
    CreDtTm: creDtTm,
    FrToDt: { FrDtTm: one.from, ToDtTm: one.to },
    Acct: reportedAccount(one),
    Bal: balances,
    TxsSummry: totals(credits, debits, currency),
    Ntry: entries.map((entry) => bookedEntry(entry)),
  });
}

interface Total {
  readonly count: number;
  readonly minor: bigint;
}

function totalOf(entries: readonly BookedEntry[], direction: BookedEntry['direction'], currency: string): Total {
  const those = entries.filter((entry) => entry.direction === direction);
  const minor = those.reduce((sum, { amount: stated }) => {
    const money = parseAmount(stated.text, stated.currency);
    invariant(money.ok && stated.currency === currency, 'an entry is an amount in the currency of its account');
    return sum + money.value.minor;
  }, 0n);
  return { count: those.length, minor };
}

function totals(credits: Total, debits: Total, currency: string): XmlElement {
  const counted = ({ count, minor }: Total) => ({ NbOfNtries: String(count), Sum: signed(minor, currency).text });
  const net = signed(credits.minor - debits.minor, currency);
  const all = { count: credits.count + debits.count, minor: credits.minor + debits.minor };
  return {
    TtlNtries: { ...counted(all), TtlNetNtry: { Amt: net.text, CdtDbtInd: net.direction } },
    TtlCdtNtries: counted(credits),
    TtlDbtNtries: counted(debits),
  };
}

const TOO_LARGE = 10n ** 18n;

/** ISO 20022 has no negative amounts: a direction tells. Zero is a credit. */
function signed(minor: bigint, currency: string): { text: string; direction: BookedEntry['direction'] } {
  const size = minor < 0n ? -minor : minor;
  invariant(size < TOO_LARGE, 'balances and totals are below 10^18 minor units');
  return { text: formatMinor(size, currency), direction: minor < 0n ? 'DBIT' : 'CRDT' };
}
