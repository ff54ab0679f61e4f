import type { Difference } from '../iso20022/translation/difference.js';
import { ERRORS, type ErrorCode, type Refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../kernel/ids.js';
import type { ChargeBearer } from '../pvp/charge.js';
import type { QueuePriority } from '../pvp/liquidity-queue.js';

/**
 * The gateway's log of one payment (pvp-protocol: RECEIVED and ACCEPTED are one durable write here, because terms
 * are formed at acceptance). `WAITING` the money is held for an event, or about to be, or it is in the queue for its
 * provider's liquidity, and terms are formed afterwards; `PREPARING` nothing is decided; `DECIDED` every co-signer said COMMIT or one said ABORT;
 * `CLOSED` the final status was given to the sender.
 */
export type PaymentState = 'WAITING' | 'PREPARING' | 'DECIDED' | 'CLOSED';

/** ISO 20022 ExternalPaymentTransactionStatus1Code, the ones this gateway gives. */
export type TransactionStatus = 'ACTC' | 'PDNG' | 'ACSC' | 'ACCC' | 'RJCT';
export const isFinal = (status: TransactionStatus): boolean =>
  status === 'ACSC' || status === 'ACCC' || status === 'RJCT';

/** One side of a payment: whose wallet pays whom, how much, on which ledger. */
export interface PaymentLeg {
  readonly ledger: LedgerCode;
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
  readonly amountMinor: string;
  readonly currency: string;
}

/** What a payment is charged: of the first leg's currency, from the payer's wallet to this one, besides the first leg's amount. */
export interface PaymentCharge {
  readonly walletId: WalletId;
  readonly amountMinor: string;
}

/** One conversion of a payment: step i is from leg i to leg i + 1. */
export interface PaymentStep {
  readonly provider: Bic;
  readonly quoteId: QuoteId;
  readonly rate: string;
}

/** What leaves the payer's wallet, minor units of the first leg's currency: its amount and the charge. */
export const givenMinor = ({ legs: [first], charge }: Pick<PaymentFacts, 'legs' | 'charge'>): bigint =>
  BigInt(first?.amountMinor ?? 0) + BigInt(charge?.amountMinor ?? 0);

/** The steps of a payment that has terms, in leg order; none before. */
export function stepsOfPayment({ steps, provider, quoteId, rate }: PaymentFacts): readonly PaymentStep[] {
  if (steps) return steps;
  return provider && quoteId && rate !== null ? [{ provider, quoteId, rate }] : [];
}

/** What the documents of a payment need, kept with its row so that any gateway copy can close it after a crash. */
export interface PaymentFacts {
  readonly messageId: string;
  /** Version of the header that the message had, for example `head.001.001.02`. */
  readonly headerId: string | null;
  readonly instrId: string | null;
  readonly endToEndId: string;
  readonly txId: string | null;
  readonly debtorAgent: Bic | null;
  readonly creditorAgent: Bic | null;
  readonly debtorAccount: string | null;
  readonly creditorAccount: string | null;
  /** Of the first step. */
  readonly provider: Bic | null;
  /** Of the offer, which is that of its first quote. */
  readonly quoteId: QuoteId | null;
  /** From the first leg to the last. */
  readonly rate: string | null;
  /** The steps of a payment through vehicle currencies; absent where one provider converts. */
  readonly steps?: readonly PaymentStep[];
  /** The payer's leg first; empty when the payment was refused before terms were formed. */
  readonly legs: readonly PaymentLeg[];
  /** Absent where nothing is charged. */
  readonly charge?: PaymentCharge;
  /** The creditor's own wallet is credited (final status ACCC), not an agent's (ACSC). */
  readonly creditsCustomer: boolean;
  /** Version of the pacs.008 that goes on; null when the payment was refused before terms were formed. */
  readonly destinationMessageId: string | null;
  /** The event that it waits for, or waited for; absent where it waits for none. */
  readonly event?: PaymentEvent;
  /** How it waits, or waited, for its provider's liquidity; absent where it did not. */
  readonly queue?: PaymentQueue;
  /** The usage rules that it broke, as far as they are kept; empty when it was refused for another reason. */
  readonly violations: readonly BrokenRule[];
}

export interface PaymentEvent {
  readonly ledger: LedgerCode;
  readonly eventId: string;
  /** The quote that the payer named. */
  readonly quoteId: QuoteId | null;
  /** Who says whether it happened; nobody until the money is held. */
  readonly providerIds: readonly string[];
  /** Milliseconds. */
  readonly expiresAt: number | null;
}

/** A payment's place in the queue, and what its payer is offered once there is money for it. Times are milliseconds. */
export interface PaymentQueue {
  readonly priority: QueuePriority;
  readonly since: number;
  readonly until: number;
  /** Why it is refused then. */
  readonly endsBy: 'QUEUE_EXPIRED' | 'MESSAGE_EXPIRED';
  readonly source: LedgerCode;
  readonly destination: LedgerCode;
  /** What it pays, minor units of the currency of `source`. */
  readonly amountMinor: string;
  /** `XchgRate`: the worst rate that its payer takes. */
  readonly exchangeRate: string | null;
  /** What it says of its charge: who bears it, `InstdAmt` in the source currency, and whether its money is marked. */
  readonly chargeBearer?: ChargeBearer;
  readonly instructedMinor?: string | null;
  readonly isMarked?: boolean;
}

/** A usage rule that a transaction broke, and where. `iso` is a code of ExternalStatusReason1Code. */
export interface BrokenRule {
  readonly ruleId: string;
  readonly iso: string;
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
}

export interface PaymentRecord {
  readonly sender: Bic;
  readonly msgId: string;
  readonly index: number;
  readonly uetr: Uetr;
  /** False for a refused transaction that named a UETR which belongs to another payment. */
  readonly ownsUetr: boolean;
  readonly state: PaymentState;
  readonly status: TransactionStatus;
  readonly reason: ErrorCode | null;
  readonly detail: string | null;
  readonly facts: PaymentFacts;
  /** What the destination leg has otherwise than the message that came in. */
  readonly differences: readonly Difference[];
  readonly terms: Buffer | null;
  readonly destination: Buffer | null;
  readonly acceptedAt: number;
  readonly decidedAt: number | null;
  readonly closedAt: number | null;
  /** Since when it could not be decided or delivered, and whose answer was missing; kept after its end. */
  readonly doubt?: { readonly since: number; readonly waitingFor: readonly LedgerCode[] } | null;
}

/** The payment as it is refused at acceptance. */
export const refusedRecord = (record: PaymentRecord, why: Refusal, now: number, ownsUetr = false): PaymentRecord => ({
  ...record,
  ownsUetr,
  state: 'CLOSED',
  status: 'RJCT',
  reason: why.code,
  detail: why.detail ?? ERRORS[why.code].title,
  terms: null,
  destination: null,
  closedAt: now,
});

/** Payments of one sender by the MsgId of the message that brought them, in the order given. */
export function byMessage(payments: readonly PaymentRecord[]): Map<string, [PaymentRecord, ...PaymentRecord[]]> {
  const messages = new Map<string, [PaymentRecord, ...PaymentRecord[]]>();
  for (const payment of payments) {
    const some = messages.get(payment.msgId);
    if (some) some.push(payment);
    else messages.set(payment.msgId, [payment]);
  }
  return messages;
}

/** An inbound message as it was received, with the proof of who sent it. */
export interface MessageRecord {
  readonly sender: Bic;
  readonly msgId: string;
  readonly messageId: string;
  readonly bodyHash: Buffer;
  readonly body: Buffer;
  readonly authorisation: Buffer;
  readonly receivedAt: number;
}

/** A message waiting for a participant. `position` grows; the recipient acknowledges each item. */
export interface InboxItem {
  readonly recipient: Bic;
  readonly messageId: string;
  readonly msgId: string;
  readonly uetr: Uetr | null;
  readonly body: Buffer;
}

/** A payment's onward message on its way to the creditor agent: its bytes are the payment's `destination`. */
export type OnwardItem = Omit<InboxItem, 'body'> & { readonly uetr: Uetr; readonly body: null };
export interface StoredInboxItem extends InboxItem {
  readonly position: bigint;
  readonly createdAt: number;
  readonly acknowledgedAt: number | null;
}
