/**
 * The audit of the gateway's database, pure: what its payments and messages say against their own bytes, their quotes,
 * the inboxes, and what the jurisdictions at hand have.
 */
import { isDeepStrictEqual } from 'node:util';
import { children, text } from '../iso20022/tree.js';
import type { MessageReader } from '../iso20022/types.js';
import type { Finding, Report } from '../kernel/finding.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import { type Bic, bicKey, type QuoteId, type Uetr } from '../kernel/ids.js';
import { isSameCharge } from '../ledger/movement.js';
import type { LegRows } from '../pvp/audit.js';
import { type Trade, tradeOf } from '../pvp/positions.js';
import { decodeQuote, type Quote } from '../pvp/quote.js';
import { type KeyLookup, verifyQuote } from '../pvp/quote-signature.js';
import { type PvpTerms, readTerms } from '../pvp/terms.js';
import { verifyAuthorisation } from './identity/authorisation.js';
import type { MessageKey } from './message-store.pg.js';
import { isFinal, type PaymentRecord, stepsOfPayment } from './payment.js';
import { shortId } from './short-id.js';

/** A quote that is bound to a payment. */
export interface BoundQuote {
  readonly quoteId: QuoteId;
  readonly boundUetr: string;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** What is booked of it; null for nothing. */
  readonly booked: Trade | null;
}

/** A message in an inbox that tells of one payment. */
export interface Notice {
  readonly uetr: string;
  readonly recipient: string;
  readonly msgId: string;
  /** The onward message has no bytes of its own: it is its payment's. */
  readonly hasBody: boolean;
}

/** What the gateway has under one UETR. */
export interface GatewayRows {
  /** The payment that owns the UETR, with the hash of the message that brought it. */
  readonly payments: readonly (PaymentRecord & { readonly bodyHash: Buffer | null })[];
  readonly quotes: readonly BoundQuote[];
  readonly notices: readonly Notice[];
}

export interface AuditedMessage extends MessageKey {
  readonly bodyHash: Buffer;
  readonly body: Buffer;
  readonly authorisation: Buffer;
  readonly openCount: number;
  /** In message order. */
  readonly payments: readonly Pick<PaymentRecord, 'status' | 'closedAt'>[];
  /** Bodies of the final pacs.002 in its sender's inbox. */
  readonly reports: readonly Buffer[];
}

export interface GatewayAuditContext {
  readonly reader: MessageReader;
  /** Keys of participants and providers. */
  readonly keys: KeyLookup;
  readonly report: Report;
}

type Tell = (code: string, table: string, detail: string, openSince?: number) => void;

const tellOf =
  (report: Report, key: string): Tell =>
  (code, table, detail, openSince) =>
    report({
      code,
      database: 'gateway',
      table,
      key,
      detail,
      ...(openSince === undefined ? {} : { openSince }),
    } satisfies Finding);

const SETTLED: ReadonlySet<string> = new Set(['ACSC', 'ACCC']);

/** One UETR: the payment against its terms, quotes and notices, and against the legs at hand. */
export function auditGatewayPayment(
  context: GatewayAuditContext,
  uetr: Uetr,
  { payments, quotes, notices }: GatewayRows,
  legs: readonly LegRows[],
): void {
  const tell = tellOf(context.report, uetr);
  const [payment] = payments;
  if (!payment) {
    const [leg] = legs.filter(({ hold }) => hold && hold.state !== 'RELEASED');
    if (leg)
      tell('PAYMENT_MISSING', 'payment', `${leg.ledger.code} has it ${leg.hold?.state} and the gateway has no payment`);
    for (const { quoteId } of quotes)
      tell('QUOTE_BINDING', 'fx_quote', `${quoteId} is bound to it and there is no payment`);
    for (const { recipient, msgId } of notices)
      tell('NOTICE_FALSE', 'inbox', `${recipient} ${msgId} tells of it and there is no payment`);
    return;
  }
  auditState(payment, tell);
  const terms = auditTerms(payment, legs, tell);
  if (terms) auditStatus(payment, terms, legs, tell);
  auditQuotes(context, payment, terms, quotes, tell);
  auditNotices(payment, notices, tell);
}

function auditState({ state, status, closedAt, acceptedAt }: PaymentRecord, tell: Tell): void {
  const isEnded = isFinal(status);
  if ((closedAt !== null) !== isEnded || (state === 'CLOSED' && !isEnded) || (state === 'PREPARING' && isEnded))
    tell('PAYMENT_STATE', 'payment', `it is ${state} with status ${status}`);
  else if (state !== 'CLOSED' && state !== 'WAITING')
    tell('PAYMENT_OPEN', 'payment', `it is ${state} with status ${status}`, acceptedAt);
}

/** The terms belong to the message that came in, to the one that goes on, and to what the ledgers hold. */
function auditTerms(payment: GatewayRows['payments'][number], legs: readonly LegRows[], tell: Tell): PvpTerms | null {
  if (payment.terms === null) {
    const settled = legs.find(({ hold }) => hold?.state === 'SETTLED');
    if (settled) tell('STATUS_FALSE', 'payment', `it has no terms and ${settled.ledger.code} has settled`);
    return null;
  }
  const { terms, termsHash } = readTerms(payment.terms);
  const isOfMessages =
    terms !== null &&
    terms.pvpId === payment.uetr &&
    payment.destination !== null &&
    equalBytes(sha256(payment.destination), terms.destinationMessageHash) &&
    payment.bodyHash !== null &&
    equalBytes(payment.bodyHash, terms.sourceMessageHash);
  if (!isOfMessages) {
    tell('PAYMENT_TERMS', 'payment', 'its terms are not those of its UETR and messages');
    return null;
  }
  if (!isShownAs(payment, terms))
    tell('PAYMENT_TERMS', 'payment', 'its legs or quote are shown as others than its terms say');
  for (const { ledger, hold } of legs)
    if (hold && hold.state !== 'RELEASED' && !equalBytes(hold.conditionHash, termsHash))
      tell('PAYMENT_TERMS', 'payment', `${ledger.code} holds it on other terms`);
  return terms;
}

/** What its parties are shown of a payment is what was signed. */
const isShownAs = ({ facts }: PaymentRecord, terms: PvpTerms): boolean =>
  facts.quoteId === terms.quotes[0]?.quoteId &&
  facts.legs.length === terms.legs.length &&
  facts.charge?.walletId === terms.charge?.walletId &&
  facts.charge?.amountMinor === terms.charge?.amountMinor.toString() &&
  terms.legs.every((leg, i) => {
    const shown = facts.legs[i];
    return (
      shown?.ledger === leg.ledger &&
      shown.debitWallet === leg.debitWallet &&
      shown.creditWallet === leg.creditWallet &&
      shown.amountMinor === leg.amountMinor.toString() &&
      shown.currency === leg.currency
    );
  });

/** A final status says what the jurisdictions decided, and when. */
function auditStatus({ status, decidedAt }: PaymentRecord, terms: PvpTerms, all: readonly LegRows[], tell: Tell): void {
  const legs = all.filter(({ ledger }) => terms.legs.some((leg) => leg.ledger === ledger.code));
  const isKnown = legs.length === terms.legs.length && legs.every(({ entry }) => entry !== undefined);
  const commits = legs.flatMap(({ entry }) => (entry?.decision === 'COMMIT' ? [entry.decidedAt] : []));
  if (SETTLED.has(status)) {
    const unsettled = legs.find(({ hold }) => hold !== undefined && hold?.state !== 'SETTLED');
    const uncommitted = legs.find(({ entry }) => entry !== undefined && entry?.decision !== 'COMMIT');
    if (unsettled)
      tell(
        'STATUS_FALSE',
        'payment',
        `it is ${status} and ${unsettled.ledger.code} has it ${unsettled.hold?.state ?? 'not at all'}`,
      );
    else if (uncommitted)
      tell('STATUS_FALSE', 'payment', `it is ${status} and the journal of ${uncommitted.ledger.code} has no COMMIT`);
    else if (isKnown && Math.max(...commits) !== decidedAt)
      tell('FINALITY_FALSE', 'payment', 'its decision is not of the instant of the last COMMIT');
  } else if (status === 'RJCT') {
    const settled = legs.find(({ hold }) => hold?.state === 'SETTLED');
    if (settled) tell('STATUS_FALSE', 'payment', `it is RJCT and ${settled.ledger.code} has settled`);
    else if (isKnown && commits.length === legs.length && sameTerms(legs))
      tell('STATUS_FALSE', 'payment', 'it is RJCT and every journal says COMMIT');
    else if (isKnown && commits.length === 0 && legs.every(({ entry }) => entry === null))
      tell('STATUS_FALSE', 'payment', 'it is RJCT after terms were formed and no journal says ABORT');
  }
}

const sameTerms = ([first, ...rest]: readonly LegRows[]): boolean =>
  rest.every(({ entry }) => entry && first?.entry && equalBytes(entry.termsHash, first.entry.termsHash));

/** The quotes of the terms are bound to this payment and no others are; each is signed by its provider. */
function auditQuotes(
  { keys }: GatewayAuditContext,
  payment: PaymentRecord,
  terms: PvpTerms | null,
  quotes: readonly BoundQuote[],
  tell: Tell,
): void {
  // Terms that could not be read are told of already.
  if (payment.terms !== null && terms === null) return;
  const named = new Map(terms?.quotes.map((quote) => [quote.quoteId, quote]));
  for (const { quoteId, bytes, signature, booked } of quotes) {
    const verified = verifyQuote(bytes, signature, keys, issuedAt(bytes));
    const isNamed = named.delete(quoteId);
    if (verified.ok && !isBookedAs(booked, SETTLED.has(payment.status) ? verified.value : null))
      tell('TRADE_FALSE', 'fx_trade', `${quoteId} is booked otherwise than its provider signed`);
    const isFirst = quoteId === terms?.quotes[0]?.quoteId;
    if (verified.ok && isFirst && !isSameCharge(verified.value.charge, terms.charge))
      tell('CHARGE_FALSE', 'payment', `its terms charge otherwise than ${quoteId}, which its provider signed`);
    if (!isNamed) tell('QUOTE_BINDING', 'fx_quote', `${quoteId} is bound to it and its terms do not name it`);
    else if (!verified.ok || verified.value.quoteId !== quoteId)
      tell('QUOTE_INVALID', 'fx_quote', `${quoteId} is not what its provider signed`);
  }
  for (const quoteId of named.keys())
    tell('QUOTE_BINDING', 'fx_quote', `its terms name ${quoteId}, which is not bound to it`);
}

/** What a quote of a settled payment moved is booked, to the minor unit; of any other nothing. */
const isBookedAs = (booked: Trade | null, settled: Quote | null): boolean =>
  isDeepStrictEqual(booked, settled && tradeOf(settled));

/** The onward message and each notice of a settled payment are there once; nothing tells of any other. */
function auditNotices(payment: PaymentRecord, notices: readonly Notice[], tell: Tell): void {
  const { uetr, sender, status, facts } = payment;
  const creditorAgent = facts.creditorAgent && bicKey(facts.creditorAgent);
  const isSettled = SETTLED.has(status);
  const due = new Map<string, string | null>([
    [shortId('C', uetr), creditorAgent],
    [shortId('N', uetr), creditorAgent],
    [shortId('D', uetr), sender],
    ...stepsOfPayment(facts).map(
      ({ provider }, i) => [shortId(i === 0 ? 'P' : `P${i + 1}`, uetr), bicKey(provider)] as const,
    ),
  ]);
  const seen = new Set<string>();
  for (const { recipient, msgId, hasBody } of notices) {
    const place = `${recipient} ${msgId}`;
    const recipientDue = due.get(msgId);
    if (recipientDue === undefined) tell('NOTICE_FALSE', 'inbox', `${place} is none of its messages`);
    else if (!isSettled) tell('NOTICE_FALSE', 'inbox', `${place} tells of it and its status is ${status}`);
    else if (recipientDue === null || recipientDue !== bicKey(recipient as Bic))
      tell('NOTICE_FALSE', 'inbox', `${place} is not for that recipient`);
    else if (msgId === shortId('C', uetr) && hasBody)
      tell('NOTICE_FALSE', 'inbox', `${place} is another message than went on`);
    else if (seen.has(place)) tell('NOTICE_TWICE', 'inbox', `${place} is there more than once`);
    seen.add(place);
    seen.add(msgId);
  }
  for (const msgId of isSettled ? due.keys() : [])
    if (!seen.has(msgId)) tell('NOTICE_MISSING', 'inbox', `it settled and ${msgId} is not there`);
}

const issuedAt = (quoteBytes: Uint8Array): number => {
  try {
    return decodeQuote(quoteBytes).issuedAt;
  } catch {
    return 0;
  }
};

/** One message: its bytes and who signed them, its count of open transactions, and its final pacs.002. */
export async function auditMessage(context: GatewayAuditContext, message: AuditedMessage): Promise<void> {
  const { sender, msgId, payments, openCount, reports } = message;
  const tell = tellOf(context.report, `${sender} ${msgId}`);
  if (!equalBytes(sha256(message.body), message.bodyHash))
    tell('MESSAGE_BYTES', 'message', 'its bytes are not those that were accepted');
  else {
    const posted = { method: 'POST', path: '/v1/messages' };
    const keys = async (keyId: string) => context.keys(keyId) ?? null;
    const signed = await verifyAuthorisation(message.authorisation, message.body, posted, keys);
    if (!signed.ok || bicKey(signed.value.owner as Bic) !== sender)
      tell('AUTHORISATION_INVALID', 'message', 'its sender has not signed it with a key that was valid then');
  }
  const open = payments.filter((payment) => payment.closedAt === null).length;
  if (payments.length === 0 || open !== openCount)
    tell(
      'MESSAGE_COUNT',
      'message',
      `${openCount} transactions are counted as open, ${open} of ${payments.length} are`,
    );
  if (open > 0) {
    if (reports.length > 0) tell('REPORT_FALSE', 'inbox', 'there is a final pacs.002 and transactions are open');
    return;
  }
  const [report] = reports;
  if (!report) tell('REPORT_MISSING', 'inbox', 'everything ended and there is no final pacs.002');
  else if (reports.length > 1) tell('REPORT_TWICE', 'inbox', `there are ${reports.length} final pacs.002`);
  else if (statusesOf(context.reader, report).join() !== payments.map(({ status }) => status).join())
    tell('REPORT_FALSE', 'inbox', 'its final pacs.002 says something else than its payments');
}

/** Transaction statuses of a pacs.002, in its order; empty when it can't be read. */
function statusesOf(reader: MessageReader, body: Buffer): readonly string[] {
  const read = reader.read(body);
  if (!read.ok) return [];
  return children(read.value.document.root, 'TxInfAndSts').map((transaction) => text(transaction, 'TxSts') ?? '');
}
