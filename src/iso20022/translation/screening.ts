/** What sanctions and fraud screening reads: it is passed on whole, or the payment is refused. */
import type { Difference } from './difference.js';

/** Names and addresses, whoever has them. */
const NAME_OR_ADDRESS = /(?:^|\/)(?:Nm|PstlAdr|Adr)(?:\/|$)/;
/** Parties with all that identifies them, but not how they are reached. */
const PARTY = /^(?:InitgPty|UltmtDbtr|Dbtr|Cdtr|UltmtCdtr)(?:\/(?!CtctDtls)|$)/;
/** Who holds the accounts and what their numbers are. */
const AGENT = /^(?:DbtrAgt|CdtrAgt)(?:\/(?!.*\/LEI$)|$)/;
const ACCOUNT = /^(?:Dbtr|Cdtr)Acct(?:\/Id(?:\/|$)|$)/;
const REMITTANCE = /^(?:RmtInf|RltdRmtInf)(?:\/|$)/;
/** Says what kind of date a document's date is, not which. */
const DATE_TYPE = /\/RltdDt\/Tp$/;
const FINAL = /^.*\/CdtTrfTxInf\[\d+\]\//;

/** True when a row, of a report that is finished, says that a name, an address or remittance does not arrive whole. */
export function losesScreeningData({ kind, from }: Difference): boolean {
  if ((kind !== 'cut' && kind !== 'shortened') || from === null || !FINAL.test(from)) return false;
  const path = from.replace(FINAL, '').replaceAll(/\[\d+\]/g, '');
  if (DATE_TYPE.test(path)) return false;
  return [NAME_OR_ADDRESS, PARTY, AGENT, ACCOUNT, REMITTANCE].some((pattern) => pattern.test(path));
}
