import { type Request, type Response, Router } from 'express';
import { readStatusRequest, type StatusQuery } from '../../iso20022/status-request.js';
import type { CheckedMessage, MessageId, MessageReader, ReadRefusal } from '../../iso20022/types.js';
import type { Clock } from '../../kernel/clock.js';
import { ERRORS, type Refusal, refusal } from '../../kernel/errors.js';
import { sha256 } from '../../kernel/hash.js';
import type { Bic } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Accepted, AcceptedMessage, OpenPayment } from '../acceptance.js';
import { HANDLED_MESSAGES, referenceOf } from '../handled-messages.js';
import { type Caller, callerOf } from '../identity/authenticator.js';
import { encodeAuthorisation } from '../identity/authorisation.js';
import { msgIdOf, type PostedCreditTransfer } from '../judgement.js';
import { byMessage, isFinal, type PaymentRecord } from '../payment.js';
import { HttpProblem, violationFinding } from '../problem.js';
import type { FinalAnswer } from '../settlement.js';

export interface MessageService {
  accept(posted: PostedCreditTransfer): Promise<Exclude<Accepted, { kind: 'unanswered' }>>;
  /** Starts settling; resolves with the final pacs.002 of the message. */
  settle(open: readonly OpenPayment[]): Promise<FinalAnswer>;
  /** Has the money of payments held that wait for an event; what is not done when it resolves is done later. */
  awaitEvents(payments: readonly PaymentRecord[]): Promise<void>;
  /** A pacs.002 about these payments as they are; `of` are all payments of their messages, `request` is who asked. */
  report(payments: readonly PaymentRecord[], of: readonly PaymentRecord[], request?: MessageId): Buffer;
  /** The payments of messages of this sender, each message's in its order; at most `countMax` unless null. */
  paymentsOf(sender: Bic, msgIds: readonly string[], countMax: number | null): Promise<readonly PaymentRecord[]>;
  /** MsgId of the message that brought each payment, by UETR; those that this sender has not sent are not there. */
  msgIdsByUetr(sender: Bic, uetrs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The admi.002 for a message that could not become payments. */
  reject(why: ReadRefusal | Refusal, bodyHash: Buffer): Buffer;
  recordRefusal(sender: Bic, why: Refusal, bodyHash: Buffer): Promise<void>;
  /** Resolves after the time; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export interface MessagesRouterOptions {
  readonly reader: MessageReader;
  readonly service: MessageService;
  readonly clock: Clock;
}

const WAIT_MAX_SECONDS = 60;
/** Of all messages that one status request is about, where it is about several: they are in memory at once. */
const PAYMENTS_MAX = 10_000;
const TOO_MANY = refusal('BAD_REQUEST', `the messages asked about have more than ${PAYMENTS_MAX} transactions`);
const XML = 'application/xml';

/** `POST /v1/messages`: the one way in for ISO 20022 messages. */
export function createMessagesRouter({ reader, service, clock }: MessagesRouterOptions): Router {
  const router = Router();
  router.post('/v1/messages', async (request, response) => {
    const caller = callerOf(response);
    const body = request.body as Buffer;
    if (!request.is([XML, 'text/xml'])) throw new HttpProblem(refusal('UNSUPPORTED_MEDIA_TYPE'));
    const read = reader.read(body);
    if (!read.ok) {
      await refuse(service, request, response, caller, read.error, sha256(body));
      return;
    }
    const message = read.value;
    const { messageId } = message.document;
    const handling = HANDLED_MESSAGES.get(messageId);
    if (handling === 'credit-transfer') {
      await postCreditTransfer(service, request, response, posted(request, caller, message, body, clock));
    } else if (handling === 'status-request') {
      await answerStatusRequest(service, request, response, caller, message);
    } else {
      await refuse(service, request, response, caller, unhandled(message), message.rawHash);
    }
  });
  return router;
}

/** A message that satisfies its schema but has no handler: refused by its name, with its own reference. */
const unhandled = (message: CheckedMessage): ReadRefusal => ({
  ...refusal('MESSAGE_UNSUPPORTED', `${message.document.messageId} is read, but not handled here`),
  findings: [],
  messageId: message.document.messageId,
  businessMessageId: referenceOf(message),
});

const posted = (
  request: Request,
  caller: Caller,
  message: CheckedMessage,
  body: Buffer,
  clock: Clock,
): PostedCreditTransfer => ({
  sender: caller.participant.bic,
  message,
  body,
  authorisation: encodeAuthorisation(caller.signed),
  receivedAt: clock.now(),
  headerQuoteId: request.get('otkel-quote-id') ?? null,
});

async function postCreditTransfer(
  service: MessageService,
  request: Request,
  response: Response,
  transfer: PostedCreditTransfer,
): Promise<void> {
  if (callerOf(response).participant.role !== 'bank') throw new HttpProblem(refusal('FORBIDDEN'));
  const waitMs = preferredWaitMs(request);
  const accepted = await service.accept(transfer);
  if (accepted.kind === 'refused') {
    await refuse(service, request, response, callerOf(response), accepted.refusal, transfer.message.rawHash);
  } else if (accepted.kind === 'repeat') {
    const payments = await service.paymentsOf(transfer.sender, [msgIdOf(transfer)], null);
    send(response, payments, service.report(payments, payments));
  } else if (accepted.report) {
    if (prefersJson(request)) throw refusedTransactions(accepted.payments);
    send(response, accepted.payments, accepted.report.body, refusedStatus(accepted.payments));
  } else if (accepted.payments.some(({ state }) => state === 'WAITING')) {
    await answerWaiting(service, request, response, transfer, accepted);
  } else {
    const settled = service.settle(accepted.open);
    const final = waitMs > 0 ? await within(service, settled, waitMs) : null;
    if (waitMs > 0) response.set('Preference-Applied', `wait=${waitMs / 1000}`);
    if (final) send(response, final.payments, final.body);
    else send(response, accepted.payments, service.report(accepted.payments, accepted.payments));
  }
}

/** The answer to a message with payments that wait for an event: as they are once their money is held, or refused. */
async function answerWaiting(
  service: MessageService,
  request: Request,
  response: Response,
  transfer: PostedCreditTransfer,
  { payments, open }: Pick<AcceptedMessage, 'payments' | 'open'>,
): Promise<void> {
  // The others go on meanwhile; that is told in the inbox.
  if (open.length > 0) void service.settle(open);
  await service.awaitEvents(payments.filter(({ state }) => state === 'WAITING'));
  const now = await service.paymentsOf(transfer.sender, [msgIdOf(transfer)], null);
  const isRefused = now.every(({ status }) => status === 'RJCT');
  if (isRefused && prefersJson(request)) throw refusedTransactions(now);
  send(response, now, service.report(now, now), isRefused ? refusedStatus(now) : undefined);
}

/** The refusal of a whole message as a problem document: the broken rules, or why, of each transaction; each once. */
function refusedTransactions(payments: readonly PaymentRecord[]): HttpProblem {
  const findings = payments.flatMap(({ facts, reason, detail }) => {
    if (facts.violations.length > 0) return facts.violations.map(violationFinding);
    return reason === null ? [] : [{ code: reason, message: detail ?? ERRORS[reason].title }];
  });
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const reasons = new Set(payments.map(({ reason }) => reason));
  const [first] = payments;
  const why =
    reasons.size === 1 && first?.reason ? refusal(first.reason, first.detail ?? undefined) : refusal('RULE_BROKEN');
  return new HttpProblem(why, { findings: [...distinct.values()] });
}

/** True when the caller wants refusals as problem documents. */
function prefersJson(request: Request): boolean {
  const preferred = request.accepts([XML, 'text/xml', 'application/problem+json', 'application/json']);
  return preferred !== XML && preferred !== 'text/xml';
}

/** RFC 7240 `Prefer: wait=N`, in milliseconds; 0 when absent, bounded. */
function preferredWaitMs(request: Request): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,5})(?:$|[,;\s])/i.exec(request.get('prefer') ?? '')?.[1];
  return seconds === undefined ? 0 : Math.min(Number(seconds), WAIT_MAX_SECONDS) * 1000;
}

function within(service: MessageService, settled: Promise<FinalAnswer>, waitMs: number): Promise<FinalAnswer | null> {
  return new Promise((resolve, reject) => {
    const cancel = service.after(waitMs, () => resolve(null));
    settled.then(resolve, reject).finally(cancel);
  });
}

/** Messages refused as they came in answer the refusal's own HTTP status; several kinds answer 422. */
function refusedStatus(payments: readonly PaymentRecord[]): number {
  const statuses = new Set(payments.map((payment) => (payment.reason ? ERRORS[payment.reason].http : 200)));
  const [only] = statuses;
  return statuses.size === 1 && only !== undefined ? only : 422;
}

function send(response: Response, payments: readonly PaymentRecord[], body: Buffer, status?: number): void {
  const final = payments.every((payment) => isFinal(payment.status));
  response
    .status(status ?? (final ? 200 : 202))
    .type(XML)
    .send(body);
}

async function answerStatusRequest(
  service: MessageService,
  request: Request,
  response: Response,
  caller: Caller,
  message: CheckedMessage,
): Promise<void> {
  const found = await paymentsAskedFor(service, caller.participant.bic, readStatusRequest(message).queries);
  if (found.ok) {
    const { payments, of } = found.value;
    send(response, payments, service.report(payments, of, message.document.messageId), 200);
  } else await refuse(service, request, response, caller, found.error, message.rawHash);
}

/**
 * The payments that a status request names, each once, and all payments of their messages; a refusal when one of the
 * queries finds nothing: a report without it would not say whether it is unknown or left out.
 */
async function paymentsAskedFor(
  service: MessageService,
  sender: Bic,
  queries: readonly StatusQuery[],
): Promise<Result<{ readonly payments: readonly PaymentRecord[]; readonly of: readonly PaymentRecord[] }, Refusal>> {
  // However many payments are asked about, two statements read them; their statuses are those of one moment.
  const msgIdOf = await service.msgIdsByUetr(
    sender,
    queries.flatMap(({ uetr }) => uetr ?? []),
  );
  const messageOf = ({ uetr, msgId }: StatusQuery) => (uetr ? msgIdOf.get(uetr) : msgId) ?? null;
  const nowhere = queries.find((query) => messageOf(query) === null);
  if (nowhere || queries.length === 0) return err(noSuchPayment(nowhere));
  const msgIds = new Set(queries.flatMap((query) => messageOf(query) ?? []));
  const of = await service.paymentsOf(sender, [...msgIds], msgIds.size > 1 ? PAYMENTS_MAX + 1 : null);
  if (msgIds.size > 1 && of.length > PAYMENTS_MAX) return err(TOO_MANY);
  const messages = byMessage(of);
  const byUetr = new Map(of.flatMap((payment) => (payment.ownsUetr ? [[payment.uetr as string, payment]] : [])));
  const payments = new Set<PaymentRecord>();
  for (const query of queries) {
    const named = query.uetr
      ? [byUetr.get(query.uetr) ?? []].flat()
      : (messages.get(query.msgId ?? '') ?? []).filter((payment) => isNamedBy(query, payment));
    if (named.length === 0) return err(noSuchPayment(query));
    for (const payment of named) payments.add(payment);
  }
  return ok({ payments: [...payments], of });
}

function isNamedBy(query: StatusQuery, { facts }: PaymentRecord): boolean {
  const matches = (mine: string | null, theirs: string | null) => theirs === null || mine === theirs;
  return (
    matches(facts.instrId, query.instrId) &&
    matches(facts.endToEndId, query.endToEndId) &&
    matches(facts.txId, query.txId)
  );
}

function noSuchPayment(query: StatusQuery | undefined): Refusal {
  const names = query ? [query.uetr ?? query.msgId, query.instrId, query.endToEndId, query.txId] : [];
  return refusal('NOT_FOUND', ['no such payment', ...names.filter((name) => name !== null)].join(' '));
}

/** An admi.002, or a problem document for callers who prefer JSON; a record of the refusal is kept. */
async function refuse(
  service: MessageService,
  request: Request,
  response: Response,
  caller: Caller,
  why: ReadRefusal | Refusal,
  bodyHash: Buffer,
): Promise<void> {
  const sender = caller.participant.bic;
  await service.recordRefusal(sender, why, bodyHash);
  const findings = 'findings' in why ? why.findings : [];
  if (prefersJson(request)) {
    throw new HttpProblem(why, {
      findings: findings.map((finding) => ({
        code: finding.ruleId,
        message: finding.message,
        xpath: finding.path,
        ...(finding.line === null ? {} : { line: finding.line }),
      })),
    });
  }
  response.status(ERRORS[why.code].http).type(XML).send(service.reject(why, bodyHash));
}
