import type { StatedAmount } from '../instruction.js';
import type { XmlElement } from '../types.js';
import { account, agent, amount, element } from './element.js';
import type { NotificationId } from './releases.js';
import { cutText } from './text.js';

/** One booked entry on one account. Dates are local to the ledger, `YYYY-MM-DD`. */
export interface NotificationEntry {
  readonly amount: StatedAmount;
  readonly direction: 'CRDT' | 'DBIT';
  readonly bookingDate: string;
  readonly valueDate: string;
  /** The ledger's own reference of the posting. */
  readonly servicerRef: string;
  readonly msgId: string;
  readonly instrId?: string | null;
  readonly endToEndId?: string | null;
  readonly txId?: string | null;
  readonly uetr: string;
  /** What was moved on the other leg, with the rate: target units per one source unit. */
  readonly exchange?: NotificationExchange | null;
  readonly debtorName?: string | null;
  readonly debtorAccount?: string | null;
  readonly creditorName?: string | null;
  readonly creditorAccount?: string | null;
  readonly debtorAgent?: string | null;
  readonly creditorAgent?: string | null;
}

export interface NotificationExchange {
  readonly sourceAmount: StatedAmount;
  readonly targetAmount: StatedAmount;
  readonly rate: string;
  readonly quoteId?: string | null;
}

/** Entries of one account: its id on the ledger, its owner and the ledger's currency. */
export interface AccountNotification {
  readonly id: string;
  readonly accountId: string;
  readonly ownerBic: string;
  readonly currency: string;
  readonly entries: readonly NotificationEntry[];
}

export interface NotificationOrder {
  readonly messageId: NotificationId;
  readonly msgId: string;
  readonly creDtTm: string;
  readonly recipientBic: string;
  readonly notifications: readonly AccountNotification[];
}

/**
 * The content of `BkToCstmrDbtCdtNtfctn`, camt.054.001.06 to .13: one `Ntfctn` per account, booked entries only. Before
 * .08 there is no place for the UETR.
 */
export const buildNotification = (order: NotificationOrder): XmlElement =>
  element({
    GrpHdr: element({ MsgId: order.msgId, CreDtTm: order.creDtTm, MsgRcpt: owner(order.recipientBic) }),
    Ntfctn: order.notifications.map((one) =>
      element({
        Id: cutText(one.id, 35),
        CreDtTm: order.creDtTm,
        Acct: element({ ...account(one.accountId), Ccy: one.currency, Ownr: owner(one.ownerBic) }),
        Ntry: one.entries.map((booked) => entry(booked, order.messageId < FIRST_WITH_UETR)),
      }),
    ),
  });

const FIRST_WITH_UETR: NotificationId = 'camt.054.001.08';

const owner = (bic: string): XmlElement => ({ Id: { OrgId: { AnyBIC: bic } } });

// Payments, received or issued credit transfer, cross-border (ExternalBankTransactionDomain1Code and its families).
const transactionCode = (direction: NotificationEntry['direction']): XmlElement => ({
  Domn: { Cd: 'PMNT', Fmly: { Cd: direction === 'CRDT' ? 'RCDT' : 'ICDT', SubFmlyCd: 'XBCT' } },
});

const entry = (one: NotificationEntry, isOld: boolean): XmlElement =>
  element({
    Amt: amount(one.amount.text, one.amount.currency),
    CdtDbtInd: one.direction,
    Sts: isOld ? 'BOOK' : { Cd: 'BOOK' },
    BookgDt: { Dt: one.bookingDate },
    ValDt: { Dt: one.valueDate },
    AcctSvcrRef: cutText(one.servicerRef, 35),
    BkTxCd: transactionCode(one.direction),
    NtryDtls: [{ TxDtls: [transactionDetails(one, isOld)] }],
  });

function transactionDetails(one: NotificationEntry, isOld: boolean): XmlElement {
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
    BkTxCd: transactionCode(one.direction),
    RltdPties: Object.keys(parties).length > 0 ? parties : undefined,
    RltdAgts: Object.keys(agents).length > 0 ? agents : undefined,
  });
}

// `CtrctId` holds 35 characters, a UUID 36: the hyphens go.
const exchangeDetails = ({ sourceAmount, targetAmount, rate, quoteId }: NotificationExchange): XmlElement => ({
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
