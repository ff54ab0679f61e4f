import type { StatedAmount } from '../instruction.js';
import type { XmlElement } from '../types.js';
import { account, agent, amount, element } from './element.js';
import { cutText } from './text.js';

/** One booked entry on one account. Dates are local to the ledger, `YYYY-MM-DD`. */
export interface BookedEntry {
  readonly amount: StatedAmount;
  readonly direction: 'CRDT' | 'DBIT';
  readonly bookingDate: string;
  readonly valueDate: string;
  /** The ledger's own reference of the posting. */
  readonly servicerRef: string;
  /** What the ledger calls the posting, where it is no cross-border credit transfer. */
  readonly proprietaryCode?: string | null;
  readonly msgId?: string | null;
  readonly instrId?: string | null;
  readonly endToEndId?: string | null;
  readonly txId?: string | null;
  readonly uetr?: string | null;
  /** What was moved on the other leg, with the rate: target units per one source unit, at most 11 digits. */
  readonly exchange?: EntryExchange | null;
  /** What of the amount was charged, and by whom. */
  readonly charge?: EntryCharge | null;
  readonly debtorName?: string | null;
  readonly debtorAccount?: string | null;
  readonly creditorName?: string | null;
  readonly creditorAccount?: string | null;
  readonly debtorAgent?: string | null;
  readonly creditorAgent?: string | null;
}

export interface EntryCharge {
  readonly amount: StatedAmount;
  readonly agentBic: string;
}

export interface EntryExchange {
  readonly sourceAmount: StatedAmount;
  readonly targetAmount: StatedAmount;
  readonly rate: string;
  readonly quoteId?: string | null;
}

/** An organisation named by its BIC, as the owner of an account or the recipient of a report. */
export const organisation = (bic: string): XmlElement => ({ Id: { OrgId: { AnyBIC: bic } } });

/** `Acct` of a report: the account with its currency and owner. */
export const reportedAccount = (one: { accountId: string; currency: string; ownerBic: string }): XmlElement =>
  element({ Id: account(one.accountId).Id, Ccy: one.currency, Ownr: organisation(one.ownerBic) });

// Payments, received or issued credit transfer, cross-border (ExternalBankTransactionDomain1Code and its families).
const transactionCode = ({ direction, proprietaryCode }: BookedEntry): XmlElement =>
  proprietaryCode
    ? { Prtry: { Cd: cutText(proprietaryCode, 35) } }
    : { Domn: { Cd: 'PMNT', Fmly: { Cd: direction === 'CRDT' ? 'RCDT' : 'ICDT', SubFmlyCd: 'XBCT' } } };

/** `Ntry` of camt.052, camt.053 and camt.054 from .08 on; `isOld` as it was before, with no place for the UETR. */
export const bookedEntry = (one: BookedEntry, isOld = false): XmlElement =>
  element({
    Amt: amount(one.amount.text, one.amount.currency),
    CdtDbtInd: one.direction,
    Sts: isOld ? 'BOOK' : { Cd: 'BOOK' },
    BookgDt: { Dt: one.bookingDate },
    ValDt: { Dt: one.valueDate },
    AcctSvcrRef: cutText(one.servicerRef, 35),
    BkTxCd: transactionCode(one),
    NtryDtls: [{ TxDtls: [transactionDetails(one, isOld)] }],
  });

function transactionDetails(one: BookedEntry, isOld: boolean): XmlElement {
  const party = (name: string): XmlElement => {
    const named = { Nm: cutText(name, 140) };
    return isOld ? named : { Pty: named };
  };
  const parties = element({
    Dbtr: one.debtorName ? party(one.debtorName) : undefined,
    DbtrAcct: one.debtorAccount ? account(one.debtorAccount) : undefined,
    Cdtr: one.creditorName ? party(one.creditorName) : undefined,
    CdtrAcct: one.creditorAccount ? account(one.creditorAccount) : undefined,
  });
  const agents = element({ DbtrAgt: agent(one.debtorAgent), CdtrAgt: agent(one.creditorAgent) });
  return element({
    Refs: element({
      MsgId: one.msgId,
      AcctSvcrRef: cutText(one.servicerRef, 35),
      InstrId: one.instrId,
      EndToEndId: one.endToEndId,
      UETR: isOld ? undefined : one.uetr,
      TxId: one.txId,
    }),
    Amt: amount(one.amount.text, one.amount.currency),
    CdtDbtInd: one.direction,
    AmtDtls: one.exchange ? exchangeDetails(one.exchange) : undefined,
    BkTxCd: transactionCode(one),
    Chrgs: one.charge ? chargesOf(one.charge) : undefined,
    RltdPties: Object.keys(parties).length > 0 ? parties : undefined,
    RltdAgts: Object.keys(agents).length > 0 ? agents : undefined,
  });
}

const chargesOf = ({ amount: charged, agentBic }: EntryCharge): XmlElement => ({
  TtlChrgsAndTaxAmt: amount(charged.text, charged.currency),
  Rcrd: [
    element({
      Amt: amount(charged.text, charged.currency),
      CdtDbtInd: 'DBIT',
      ChrgInclInd: 'true',
      Agt: agent(agentBic),
    }),
  ],
});

// `CtrctId` holds 35 characters, a UUID 36: the hyphens go.
const exchangeDetails = ({ sourceAmount, targetAmount, rate, quoteId }: EntryExchange): XmlElement => ({
  InstdAmt: { Amt: amount(sourceAmount.text, sourceAmount.currency) },
  CntrValAmt: {
    Amt: amount(targetAmount.text, targetAmount.currency),
    CcyXchg: element({
      SrcCcy: sourceAmount.currency,
      TrgtCcy: targetAmount.currency,
      UnitCcy: sourceAmount.currency,
      XchgRate: rate,
      CtrctId: quoteId ? quoteId.replaceAll('-', '') : undefined,
    }),
  },
});
