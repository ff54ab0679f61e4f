/**
 * The messages that tell parties what became of a payment: pacs.002 to the sender, camt.054 to both agents and to the
 * provider, and the pacs.008 that goes on to the creditor agent. Pure.
 */
import type { EntryCharge, EntryExchange } from '../iso20022/builders/entry.js';
import { answeringHeader, buildHeader, type HeaderId } from '../iso20022/builders/header.js';
import {
  type AccountNotification,
  buildNotification,
  type NotificationEntry,
} from '../iso20022/builders/notification.js';
import { notificationVersionFor, statusVersionFor } from '../iso20022/builders/releases.js';
import {
  buildStatusReport,
  type StatusReason,
  type TransactionStatusLine,
} from '../iso20022/builders/status-report.js';
import { statusReasonOf } from '../iso20022/codes/status-reasons.js';
import type { MessageId, XmlElement } from '../iso20022/types.js';
import { writeEnvelope } from '../iso20022/writer.js';
import { isoTime } from '../kernel/clock.js';
import { ERRORS } from '../kernel/errors.js';
import { sha256 } from '../kernel/hash.js';
import { type Bic, bicKey, type LedgerCode } from '../kernel/ids.js';
import { formatMinor } from '../kernel/money.js';
import { invariant } from '../kernel/result.js';
import { type MessageKey, messageKey } from './message-store.pg.js';
import {
  type BrokenRule,
  byMessage,
  givenMinor,
  type InboxItem,
  type OnwardItem,
  type PaymentCharge,
  type PaymentLeg,
  type PaymentRecord,
  stepsOfPayment,
} from './payment.js';
import { shortId } from './short-id.js';

export interface DocumentContext {
  readonly operator: Bic;
  /** Calendar date of a ledger at an instant, `YYYY-MM-DD`. */
  readonly localDate: (code: LedgerCode, at: number) => string;
  /** How a participant wants its messages. */
  readonly outbound: (bic: Bic) => {
    readonly messageId: string;
    readonly withHeader: boolean;
    readonly headerId: HeaderId;
    readonly businessService?: string | undefined;
  };
}

/**
 * Reference of a message's final pacs.002. Of the message, not of its first UETR: the refused repetition of a UETR has a
 * report of its own.
 */
export const finalReportId = (message: MessageKey): string =>
  shortId('F', sha256(messageKey(message)).toString('hex').slice(0, 32));

/** The final pacs.002 of a complete message, for its sender's inbox. */
export function finalReport(context: DocumentContext, payments: readonly PaymentRecord[], now: number): InboxItem {
  const first = payments[0];
  invariant(first, 'a message has a transaction');
  const msgId = finalReportId(first);
  const report = statusReport(context, payments, { msgId, now });
  return {
    recipient: first.sender,
    messageId: report.messageId,
    msgId,
    uetr: payments.length === 1 ? first.uetr : null,
    body: report.body,
  };
}

export interface StatusReportContext {
  readonly msgId: string;
  readonly now: number;
  /** All transactions of the messages reported on, where only some are. */
  readonly of?: readonly PaymentRecord[];
  /** The pacs.028 that asked. */
  readonly request?: MessageId | undefined;
}

/**
 * A pacs.002 about transactions of one sender's messages. About one message it has the version that answers that
 * message, about several the one that answers the request.
 */
export function statusReport(
  context: DocumentContext,
  payments: readonly PaymentRecord[],
  report: StatusReportContext,
): { readonly messageId: MessageId; readonly body: Buffer } {
  const first = payments[0];
  invariant(first, 'a message has a transaction');
  const reported = byMessage(payments);
  const whole = byMessage(report.of ?? payments);
  const messageId = statusVersionFor(reported.size > 1 && report.request ? report.request : first.facts.messageId);
  const root = buildStatusReport({
    messageId,
    msgId: report.msgId,
    creDtTm: isoTime(report.now),
    instructingAgent: context.operator,
    instructedAgent: first.sender,
    originals: [...reported].map(([msgId, some]) => ({
      msgId,
      messageId: some[0].facts.messageId,
      statuses: (whole.get(msgId) ?? some).map(({ status }) => status),
      transactions: some.map((payment) => statusLine(context, payment)),
    })),
  });
  const answeredHeader = first.facts.headerId;
  const letter = { recipient: first.sender, messageId, msgId: report.msgId, now: report.now, answeredHeader };
  return { messageId, body: envelope(context, letter, root) };
}

function statusLine(context: DocumentContext, payment: PaymentRecord): TransactionStatusLine {
  const { facts } = payment;
  const settlesOn = facts.legs.at(-1)?.ledger;
  const settledAt = payment.status === 'ACCC' || payment.status === 'ACSC' ? payment.decidedAt : null;
  return {
    statusId: payment.uetr.replaceAll('-', ''),
    instrId: facts.instrId,
    endToEndId: facts.endToEndId,
    txId: facts.txId,
    uetr: payment.uetr,
    status: payment.status,
    reasons: payment.status === 'RJCT' ? reasonsOf(payment) : waitingReason(payment),
    acceptanceAt: isoTime(payment.acceptedAt),
    effectiveSettlementDate:
      settledAt !== null && settlesOn !== undefined ? context.localDate(settlesOn, settledAt) : null,
  };
}

/** What a payment waits for: its event, with its money held, or its provider's funds. */
function waitingReason({ state, status, facts: { event, queue } }: PaymentRecord): StatusReason[] {
  if (state !== 'WAITING' || status !== 'PDNG') return [];
  if (queue) return [{ code: 'NARR', texts: [`LIQUIDITY_AWAITED: ${queue.priority}, until ${isoTime(queue.until)}`] }];
  if (!event) return [];
  const until = event.expiresAt === null ? '' : ` until ${isoTime(event.expiresAt)}`;
  const text = `EVENT_AWAITED: ${event.eventId} on ${event.ledger},${until} by the word of ${event.providerIds.join(', ')}`;
  return [{ code: 'NARR', texts: [text] }];
}

/** Broken rules by their reason, each reason once; without any the one refusal. */
function reasonsOf(payment: PaymentRecord): StatusReason[] {
  invariant(payment.reason, 'a rejected payment has a reason');
  const { violations } = payment.facts;
  if (violations.length === 0) {
    const text = `${payment.reason}: ${payment.detail ?? ERRORS[payment.reason].title}`;
    return [{ code: statusReasonOf(payment.reason).code, texts: [text] }];
  }
  const byReason = new Map<string, BrokenRule[]>();
  for (const violation of violations) byReason.set(violation.iso, [...(byReason.get(violation.iso) ?? []), violation]);
  return [...byReason].map(([code, broken]) => ({
    code,
    texts: [
      ...broken.slice(0, RULES_TOLD_MAX).flatMap(textsOf),
      ...(broken.length > RULES_TOLD_MAX ? [`and ${broken.length - RULES_TOLD_MAX} more`] : []),
    ],
  }));
}

/** Of one reason in a pacs.002; problem+json and `GET /v1/payments` name all. */
const RULES_TOLD_MAX = 20;

/** The rule and what is wrong, then where. */
const textsOf = ({ ruleId, message, path, line }: BrokenRule): string[] => [
  `${ruleId}: ${message}`,
  line === null ? path : `line ${line}: ${path}`,
];

/**
 * What a settled payment puts into inboxes besides the pacs.002: the pacs.008 onward, and a camt.054 for the creditor
 * agent, for the sender and for the provider of each step.
 */
export function settlementMessages(
  context: DocumentContext,
  payment: PaymentRecord,
  now: number,
): (InboxItem | OnwardItem)[] {
  const { facts, destination } = payment;
  const [source, target] = [facts.legs[0], facts.legs.at(-1)];
  invariant(source && target && destination, 'a settled payment has its legs and its destination message');
  invariant(facts.creditorAgent && facts.destinationMessageId, 'a settled payment has its agents');
  const whole = exchangeOf(facts);
  const creditorAgent = bicKey(facts.creditorAgent);
  const onward: OnwardItem = {
    recipient: creditorAgent,
    messageId: facts.destinationMessageId,
    msgId: shortId('C', payment.uetr),
    uetr: payment.uetr,
    body: null,
  };
  const notice = (recipient: Bic, kind: string, sides: Notice['sides'], exchange: EntryExchange) =>
    notification(context, payment, { recipient, kind, sides, exchange, now });
  return [
    onward,
    notice(creditorAgent, 'N', [[target, 'CRDT', facts.creditorAccount]], whole),
    notice(payment.sender, 'D', [[source, 'DBIT', facts.debtorAccount]], whole),
    ...stepsOfPayment(facts).map((step, i) => {
      const [from, to] = [facts.legs[i], facts.legs[i + 1]];
      invariant(from && to, 'a step is from a leg to the next one');
      const sides = [
        [from, 'CRDT', null],
        [to, 'DBIT', null],
      ] as const;
      return notice(step.provider, i === 0 ? 'P' : `P${i + 1}`, sides, {
        sourceAmount: amountOf(from),
        targetAmount: amountOf(to),
        rate: step.rate,
        quoteId: step.quoteId,
      });
    }),
  ];
}

/** What is converted and what the payee gets, with the rate between. */
function exchangeOf({ legs, rate, quoteId }: PaymentRecord['facts']): EntryExchange {
  const [source, target] = [legs[0], legs.at(-1)];
  invariant(source && target && rate !== null, 'a settled payment has its rate');
  return { sourceAmount: amountOf(source), targetAmount: amountOf(target), rate, quoteId };
}

const amountOf = ({ amountMinor, currency }: Pick<PaymentLeg, 'amountMinor' | 'currency'>) => ({
  text: formatMinor(BigInt(amountMinor), currency),
  currency,
});

interface Notice {
  readonly recipient: Bic;
  readonly kind: string;
  /** What is booked on which side of a leg, and the account as its agent knows it. */
  readonly sides: readonly (readonly [leg: PaymentLeg, direction: 'CRDT' | 'DBIT', account: string | null])[];
  readonly exchange: EntryExchange;
  readonly now: number;
}

function notification(context: DocumentContext, payment: PaymentRecord, notice: Notice): InboxItem {
  const { recipient, kind, sides, exchange, now } = notice;
  const messageId = notificationVersionFor(context.outbound(recipient).messageId);
  const msgId = shortId(kind, payment.uetr);
  const root = buildNotification({
    messageId,
    msgId,
    creDtTm: isoTime(now),
    recipientBic: recipient,
    // Agents know their customer's account, not the wallet behind it; a provider knows its own wallets.
    notifications: sides.map(
      ([leg, direction, account], i): AccountNotification => ({
        id: `${msgId}-${i + 1}`,
        accountId: account ?? (direction === 'CRDT' ? leg.creditWallet : leg.debitWallet),
        ownerBic: recipient,
        currency: leg.currency,
        entries: [entryOf(context, payment, leg, direction, exchange)],
      }),
    ),
  });
  return {
    recipient,
    messageId,
    msgId,
    uetr: payment.uetr,
    body: envelope(context, { recipient, messageId, msgId, now }, root),
  };
}

function entryOf(
  context: DocumentContext,
  payment: PaymentRecord,
  leg: PaymentLeg,
  direction: 'CRDT' | 'DBIT',
  exchange: EntryExchange,
): NotificationEntry {
  const { facts } = payment;
  invariant(payment.decidedAt !== null, 'a settled payment has its finality');
  const date = context.localDate(leg.ledger, payment.decidedAt);
  const isGiven = leg === facts.legs[0] && direction === 'DBIT';
  return {
    amount: isGiven ? amountOf({ currency: leg.currency, amountMinor: givenMinor(facts).toString() }) : amountOf(leg),
    direction,
    bookingDate: date,
    valueDate: date,
    servicerRef: shortId(leg.ledger.slice(0, 2), payment.uetr),
    msgId: leg === facts.legs[0] ? payment.msgId : shortId('C', payment.uetr),
    instrId: facts.instrId,
    endToEndId: facts.endToEndId,
    txId: facts.txId,
    uetr: payment.uetr,
    exchange,
    debtorAccount: facts.debtorAccount,
    creditorAccount: facts.creditorAccount,
    debtorAgent: facts.debtorAgent,
    creditorAgent: facts.creditorAgent,
    ...(isGiven && facts.charge && { charge: chargeOf(context, leg, facts.charge) }),
  };
}

const chargeOf = (
  { operator }: DocumentContext,
  { currency }: PaymentLeg,
  { amountMinor }: PaymentCharge,
): EntryCharge => ({ amount: amountOf({ amountMinor, currency }), agentBic: operator });

interface Letter {
  readonly recipient: Bic;
  readonly messageId: MessageId;
  readonly msgId: string;
  readonly now: number;
  /** The header of the message that this one answers. */
  readonly answeredHeader?: MessageId | null;
}

function envelope(context: DocumentContext, letter: Letter, root: XmlElement): Buffer {
  const { recipient, messageId, msgId, now, answeredHeader = null } = letter;
  const outbound = context.outbound(recipient);
  if (!outbound.withHeader) return Buffer.from(writeEnvelope(null, messageId, root));
  const headerId = answeringHeader(answeredHeader, outbound.headerId);
  const header = buildHeader({
    fromBic: context.operator,
    toBic: recipient,
    businessMessageId: msgId,
    messageId,
    createdAt: isoTime(now),
    headerId,
    businessService: outbound.businessService,
  });
  return Buffer.from(writeEnvelope({ messageId: headerId, root: header }, messageId, root));
}
