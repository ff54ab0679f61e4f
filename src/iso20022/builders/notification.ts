import type { XmlElement } from '../types.js';
import { element } from './element.js';
import { type BookedEntry, bookedEntry, organisation, reportedAccount } from './entry.js';
import type { NotificationId } from './releases.js';
import { cutText } from './text.js';

/** An entry that a payment made. */
export interface NotificationEntry extends BookedEntry {
  readonly msgId: string;
  readonly uetr: string;
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

const FIRST_WITH_UETR: NotificationId = 'camt.054.001.08';

/**
 * The content of `BkToCstmrDbtCdtNtfctn`, camt.054.001.06 to .13: one `Ntfctn` per account, booked entries only. Before
 * .08 there is no place for the UETR, and a BIC begins with six letters.
 */
export const buildNotification = (order: NotificationOrder): XmlElement =>
  element({
    GrpHdr: element({ MsgId: order.msgId, CreDtTm: order.creDtTm, MsgRcpt: organisation(order.recipientBic) }),
    Ntfctn: order.notifications.map((one) =>
      element({
        Id: cutText(one.id, 35),
        CreDtTm: order.creDtTm,
        Acct: reportedAccount(one),
        Ntry: one.entries.map((booked) => bookedEntry(booked, order.messageId < FIRST_WITH_UETR)),
      }),
    ),
  });
