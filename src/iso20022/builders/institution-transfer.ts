import type { StatedAmount } from '../instruction.js';
import type { XmlElement } from '../types.js';
import { account, agent, amount, element } from './element.js';
import { type SettlementPlace, settlementInstruction } from './settlement.js';
import { splitText } from './text.js';

/** One transfer between institutions, each named by its BIC. */
export interface InstitutionTransfer {
  readonly instrId?: string | null;
  readonly endToEndId: string;
  readonly txId?: string | null;
  readonly uetr: string;
  readonly clearingSystemRef?: string | null;
  readonly amount: StatedAmount;
  /** Local date of the ledger, `YYYY-MM-DD`. */
  readonly settlementDate: string;
  readonly debtor: string;
  readonly debtorAccount?: string | null;
  readonly debtorAgent?: string | null;
  /** Between the instructed agent and the creditor's, in the order of the chain. */
  readonly intermediaryAgents?:
    | readonly []
    | readonly [string]
    | readonly [string, string]
    | readonly [string, string, string];
  readonly creditorAgent?: string | null;
  readonly creditor: string;
  readonly creditorAccount?: string | null;
  /** A code of ExternalPurpose1Code. */
  readonly purpose?: string | null;
  readonly remittance?: string | null;
}

export interface InstitutionTransferOrder extends SettlementPlace {
  readonly msgId: string;
  readonly creDtTm: string;
  /** Who instructs, and whom. */
  readonly instructingAgent: string;
  readonly instructedAgent: string;
  /** One or more. */
  readonly transfers: readonly InstitutionTransfer[];
}

/**
 * The content of `FICdtTrf`, alike in every version of pacs.009: the core message, with no customer credit transfer
 * beneath it. Dates and agents stand in each transaction, as CBPR+ and HVPS+ want them.
 */
export const buildInstitutionTransfer = (order: InstitutionTransferOrder): XmlElement =>
  element({
    GrpHdr: {
      MsgId: order.msgId,
      CreDtTm: order.creDtTm,
      NbOfTxs: String(order.transfers.length),
      SttlmInf: settlementInstruction(order),
    },
    CdtTrfTxInf: order.transfers.map((one) => transaction(one, order)),
  });

const PIECE_LENGTH = 140;

function transaction(one: InstitutionTransfer, order: InstitutionTransferOrder): XmlElement {
  const [first, second, third] = one.intermediaryAgents ?? [];
  const held = (id: string | null | undefined) => (id ? account(id) : undefined);
  return element({
    PmtId: element({
      InstrId: one.instrId,
      EndToEndId: one.endToEndId,
      TxId: one.txId,
      UETR: one.uetr,
      ClrSysRef: one.clearingSystemRef,
    }),
    IntrBkSttlmAmt: amount(one.amount.text, one.amount.currency),
    IntrBkSttlmDt: one.settlementDate,
    InstgAgt: agent(order.instructingAgent),
    InstdAgt: agent(order.instructedAgent),
    IntrmyAgt1: agent(first),
    IntrmyAgt2: agent(second),
    IntrmyAgt3: agent(third),
    Dbtr: agent(one.debtor),
    DbtrAcct: held(one.debtorAccount),
    DbtrAgt: agent(one.debtorAgent),
    CdtrAgt: agent(one.creditorAgent),
    Cdtr: agent(one.creditor),
    CdtrAcct: held(one.creditorAccount),
    Purp: one.purpose ? { Cd: one.purpose } : undefined,
    RmtInf: one.remittance ? { Ustrd: splitText(one.remittance, PIECE_LENGTH) } : undefined,
  });
}
