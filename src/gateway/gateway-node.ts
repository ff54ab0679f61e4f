/** The gateway as it runs: acceptance, settlement and the routes, over a database and its jurisdictions. */
import type { RequestHandler, Router } from 'express';
import type pg from 'pg';
import { HEADER_ID } from '../iso20022/builders/header.js';
import { buildReject, REJECT_ID } from '../iso20022/builders/reject.js';
import { businessServiceOf } from '../iso20022/rules/header.js';
import { CHARACTER_PROFILES } from '../iso20022/translation/transliterate.js';
import type { MessageReader, ReadRefusal } from '../iso20022/types.js';
import { writeEnvelope } from '../iso20022/writer.js';
import { type BatchCounts, createBatcher } from '../kernel/batcher.js';
import { type Clock, isoTime, type Randomness, type Timers } from '../kernel/clock.js';
import { ERRORS, type Refusal, RefusalError, refusal } from '../kernel/errors.js';
import { sha256 } from '../kernel/hash.js';
import { type Bic, bicKey, type LedgerCode, type Uetr } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { TimeLimitError, within } from '../kernel/time-limit.js';
import type { Wallet } from '../ledger/types.js';
import { type CoordinatorOptions, createCoordinator } from '../pvp/coordinator.js';
import type { Desk } from '../pvp/desk.js';
import { findQuotes } from '../pvp/desk-store.pg.js';
import type { AccountQuestion, JurisdictionPort } from '../pvp/jurisdiction-port.js';
import type { EvidencePort } from '../pvp/leg-evidence.js';
import { takeUpTrades } from '../pvp/position-store.pg.js';
import type { QuoteSigner } from '../pvp/quote-signature.js';
import type { PvpTimes } from '../pvp/terms.js';
import type { PvpKeyRecord, Verifier } from '../pvp/verify.js';
import { type AcceptanceOptions, type Accepted, acceptBatch, type ResolveWallets } from './acceptance.js';
import type { BalancePort } from './balance-port.js';
import type { MarkFaults } from './conditions-of-payment.js';
import { calendar, type JurisdictionConfig, type OtkelConfig, QUEUE_MAX } from './config.js';
import { type DocumentContext, statusReport } from './documents.js';
import { createEventPayments, type EventPayments } from './event-payments.js';
import type { EventPort } from './event-port.js';
import { createEvidenceGathering } from './evidence-gathering.js';
import { createFeed, type Feed, paymentChange } from './feed.js';
import { type FxDeskOptions, openFxDesk } from './fx-desk.js';
import type { HaltPort } from './halts.js';
import { createAuthenticator } from './identity/authenticator.js';
import { CLOCK_SKEW_SECONDS_MAX } from './identity/http-signature.js';
import { createPgNonceStore } from './identity/nonces.pg.js';
import { createParticipantRegister, type Participant, type ParticipantRegister } from './identity/participants.js';
import { createPgParticipantStore } from './identity/participants.pg.js';
import { acknowledge, inboxItem, waitingItems } from './inbox-store.pg.js';
import type { JudgementContext, PostedCreditTransfer } from './judgement.js';
import { createLiquidityQueue } from './liquidity-queue.js';
import { recordRefusal } from './message-store.pg.js';
import type { PaymentRecord } from './payment.js';
import { searchPayments } from './payment-search.pg.js';
import { msgIdsByUetr, paymentByUetr, paymentsOfMessages, pendingPayments, renewLease } from './payment-store.pg.js';
import { inTransaction } from './platform/transaction.pg.js';
import type { PositionDesk } from './positions.js';
import { repeating } from './repeating.js';
import { createDoubtsRouter } from './routes/doubts.js';
import { createFxQueueRouter } from './routes/fx-queue.js';
import { createInboxRouter } from './routes/inbox.js';
import { createMeRouter } from './routes/me.js';
import { createMessagesRouter, type MessageService } from './routes/messages.js';
import { createPaymentsRouter } from './routes/payments.js';
import { createSettlement, type Settlement, type SettlementOptions } from './settlement.js';

export interface GatewayNodeOptions {
  readonly config: OtkelConfig;
  readonly pool: pg.Pool;
  readonly instanceId: string;
  readonly jurisdictions: ReadonlyMap<LedgerCode, JurisdictionPort>;
  /** What jurisdictions prove of payments. */
  readonly evidence: ReadonlyMap<LedgerCode, EvidencePort>;
  /** Money that waits for events on the jurisdictions. */
  readonly events: ReadonlyMap<LedgerCode, EventPort>;
  /** Who obeys the desk's officers when they halt trades. */
  readonly halts: ReadonlyMap<LedgerCode, HaltPort>;
  /** What FX providers have in their wallets. */
  readonly balances: ReadonlyMap<LedgerCode, BalancePort>;
  /** Keys of ledgers and co-signers, retired ones too. */
  readonly trustedKeys: readonly PvpKeyRecord[];
  readonly coSignerKeyId: (code: LedgerCode) => string;
  /** The signer of a provider's quotes. */
  readonly quoteSigner: (provider: Bic) => QuoteSigner;
  readonly verifier: Verifier;
  readonly reader: MessageReader;
  readonly times: PvpTimes;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Randomness;
  readonly onFailure: (what: string, error: unknown) => void;
  readonly onDoubt: SettlementOptions['onDoubt'];
  readonly onFunds: FxDeskOptions['onFunds'];
}

export interface GatewayNode {
  readonly register: ParticipantRegister;
  readonly desk: Desk;
  /** What changes here. */
  readonly feed: Feed;
  readonly settlement: Settlement;
  /** Whether providers' funds are below their marks, as of a moment ago. */
  readonly funds: PositionDesk['funds'];
  readonly authenticate: RequestHandler;
  readonly routers: readonly Router[];
  /** Takes up open payments and keeps the lease, the nonces and dead copies' work in order until stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly acceptanceCounts: BatchCounts;
}

const LEASE_MS = 10_000;
const UPKEEP_MS = 2_000;
/** How soon it is noticed that a provider's funds are low, at the latest. */
const FUNDS_MS = 2_000;
/** How soon it is noticed that an event was confirmed, at the latest. */
const EVENTS_MS = 500;
/** How soon it is noticed that there are funds for a payment that waits for them, at the latest. */
const QUEUE_MS = 250;
const NONCES_PRUNED = 5_000;
const DOUBTS_SHOWN_MAX = 500;
const ACCEPT_BATCH_MAX = 128;
/** Payments in flight beyond which new ones are turned away (503). */
const OPEN_MAX = 20_000;
/** Payments under way at once. The next ones wait before their terms are formed, so that no deadline runs meanwhile. */
const UNDER_WAY_MAX = 512;

export async function openGateway(options: GatewayNodeOptions): Promise<GatewayNode> {
  const { config, pool, clock } = options;
  const register = createParticipantRegister(createPgParticipantStore(pool), clock);
  const nonces = createPgNonceStore(pool);
  const jurisdiction = jurisdictionsOf(config);
  const fx = openFxDesk({ ...options, jurisdiction });
  const { desk } = fx;
  const setup = await createSetup(options, register);
  const feed = createFeed();
  const onChange = (payments: readonly PaymentRecord[]) => feed.publish(() => payments.map(paymentChange));
  const settlement = createSettlement({
    pool,
    instanceId: options.instanceId,
    clock,
    documents: setup.documents,
    findQuotes: (quoteIds) => findQuotes(pool, quoteIds),
    endQuotes: fx.endQuotes,
    onFailure: (uetr, error) => options.onFailure(`payment ${uetr}`, error),
    onChange,
    onDoubt: options.onDoubt,
    coordinator: (log, observer) => createCoordinator(coordinatorOptions(options, log, observer)),
  });
  const acceptance: AcceptanceOptions = {
    pool,
    instanceId: options.instanceId,
    queueMax: config.queueMax ?? QUEUE_MAX,
    corridors: config.corridors,
    clock,
    desk,
    findQuotes: (quoteIds) => findQuotes(pool, quoteIds),
    judgement: setup.judgement,
    terms: setup.terms,
    resolveWallets: resolveWallets(options),
    markFaults: markFaults(options),
    openCount: settlement.openCount,
    documents: setup.documents,
  };
  const acceptAll = async (batch: readonly PostedCreditTransfer[]): Promise<Accepted[]> => {
    await settlement.room(UNDER_WAY_MAX);
    try {
      const accepted = await acceptBatch(acceptance, batch);
      for (const one of accepted) if (one.kind === 'accepted') onChange(one.payments);
      return accepted;
    } catch (error) {
      settlement.doubtStored();
      throw error;
    }
  };
  const accept = createBatcher(acceptAll, { batchMax: ACCEPT_BATCH_MAX, queueMax: OPEN_MAX });
  const late = {
    pool,
    clock,
    acceptance,
    settlement,
    instanceId: options.instanceId,
    reader: options.reader,
    onFailure: (uetr: Uetr, error: unknown) => options.onFailure(`payment ${uetr}`, error),
  };
  const waiting = createEventPayments({ ...late, events: options.events });
  const liquidity = createLiquidityQueue({ ...late, desk, jurisdiction });
  const service = messageService(options, setup.documents, { ...settlement, ...waiting }, accept.submit);
  const events = repeating(options, EVENTS_MS, () => waiting.look());
  const queue = repeating(options, QUEUE_MS, () => liquidity.look());
  const funds = repeating(options, FUNDS_MS, () => fx.positions.watch());
  const upkeep = createUpkeep(options, settlement, async () => {
    await fx.upkeep();
    await nonces.prune(clock.now() - CLOCK_SKEW_SECONDS_MAX * 1_000, NONCES_PRUNED);
  });
  return {
    register,
    desk,
    feed,
    settlement,
    funds: fx.positions.funds,
    authenticate: createAuthenticator({ register, nonces, clock }),
    routers: [
      createMessagesRouter({ reader: options.reader, service, clock }),
      createPaymentsRouter({
        search: (search, scope) => searchPayments(pool, search, scope),
        payment: (uetr, caller) => paymentByUetr(pool, uetr, caller),
        evidence: createEvidenceGathering({
          pool,
          register,
          jurisdictions: options.evidence,
          trustedKeys: options.trustedKeys,
          findQuotes: (quoteIds) => findQuotes(pool, quoteIds),
        }),
      }),
      createMeRouter(async () => [
        ...(await register.keys()).map((key) => ({ ...key, role: 'participant' as const })),
        ...options.trustedKeys,
      ]),
      createDoubtsRouter(() => pendingPayments(pool, DOUBTS_SHOWN_MAX)),
      createInboxRouter({
        waiting: (recipient, after, limit) => waitingItems(pool, recipient, after, limit),
        item: (recipient, position) => inboxItem(pool, recipient, position),
        acknowledge: (recipient, position) => acknowledge(pool, recipient, position, clock.now()),
      }),
      createFxQueueRouter({ queue: liquidity, currency: (code) => jurisdiction(code).currency }),
      ...fx.routers,
    ],
    start: async () => {
      await inTransaction(pool, takeUpTrades);
      await upkeep.start();
      events.start();
      queue.start();
      funds.start();
    },
    stop: async () => {
      await funds.stop();
      await events.stop();
      await queue.stop();
      await upkeep.stop();
    },
    acceptanceCounts: accept.counts,
  };
}

const coordinatorOptions = (
  { jurisdictions, verifier, clock, timers }: GatewayNodeOptions,
  log: CoordinatorOptions['log'],
  observer: CoordinatorOptions['observer'],
): CoordinatorOptions => ({ jurisdictions, log, verifier, clock, timers, ...(observer ? { observer } : {}) });

function jurisdictionsOf(config: OtkelConfig): (code: LedgerCode) => JurisdictionConfig {
  const byCode = new Map(config.jurisdictions.map((jurisdiction) => [jurisdiction.code, jurisdiction]));
  return (code) => {
    const found = byCode.get(code);
    invariant(found, `jurisdiction ${code} is configured`);
    return found;
  };
}

/** What acceptance and the documents look up, over the participants as the last batch saw them. */
async function createSetup(options: GatewayNodeOptions, register: ParticipantRegister) {
  const { config } = options;
  const jurisdiction = jurisdictionsOf(config);
  const dates = new Map(config.jurisdictions.map(({ code, timeZone }) => [code, calendar(timeZone)]));
  const localDate = (code: LedgerCode, at: number): string => {
    const date = dates.get(code);
    invariant(date, `jurisdiction ${code} is configured`);
    return date(at);
  };
  let participants = new Map<string, Participant>();
  const refresh = async () => {
    participants = new Map((await register.participants()).map((participant) => [participant.bic, participant]));
  };
  await refresh();
  const outbound = (bic: Bic) => {
    const participant = participants.get(bicKey(bic));
    return {
      messageId: participant?.pacs008Version ?? 'pacs.008.001.08',
      withHeader: participant?.withHeader ?? false,
      headerId: participant?.headerVersion ?? HEADER_ID,
      businessService: businessServiceOf(participant?.rules ?? 'base'),
      characters: CHARACTER_PROFILES[participant?.characters ?? 'all'],
    };
  };
  const documents: DocumentContext = { operator: config.operator, localDate, outbound };
  const judgement = async (): Promise<JudgementContext> => {
    await refresh();
    return {
      operator: config.operator,
      corridors: config.corridors,
      participant: (bic) => {
        const found = participants.get(bicKey(bic));
        return found?.role === 'bank' && found.ledger !== null ? { ...found, ledger: found.ledger } : undefined;
      },
      jurisdiction,
      localDate,
    };
  };
  const terms = {
    times: options.times,
    operator: config.operator,
    jurisdiction,
    coSignerKeyId: options.coSignerKeyId,
    outbound,
  };
  return { documents, judgement, terms };
}

/** Everything that is posted meanwhile waits for an answer, whoever it is for: no longer than this, milliseconds. */
const REGISTER_ANSWER_MS = 2_000;

/** Asks the ledgers' registers, one call a ledger and batch; one that still owes an answer is not asked again. */
function resolveWallets({ jurisdictions, timers }: GatewayNodeOptions): ResolveWallets {
  const silent = new Set<LedgerCode>();
  const ask = async (ledger: LedgerCode, asked: readonly AccountQuestion[]): Promise<readonly (Wallet | null)[]> => {
    const port = jurisdictions.get(ledger);
    invariant(port, `jurisdiction ${ledger} is reachable`);
    const away = new RefusalError(refusal('UNAVAILABLE', `jurisdiction ${ledger} does not answer`));
    if (silent.has(ledger)) throw away;
    const answer = port.resolveAccounts(asked);
    try {
      return await within(timers, REGISTER_ANSWER_MS, answer);
    } catch (error) {
      if (!(error instanceof TimeLimitError)) throw error;
      silent.add(ledger);
      const answered = () => void silent.delete(ledger);
      answer.then(answered, answered);
      throw away;
    }
  };
  return async (ledger, questions) => {
    const asked = questions.flatMap(({ agent, account, settlementWalletAllowed }) => [
      ...(account === null ? [] : [{ agentBic: agent, accountId: account }]),
      ...(settlementWalletAllowed ? [{ agentBic: agent, accountId: null }] : []),
    ]);
    const found = (asked.length > 0 ? await ask(ledger, asked) : []).values();
    return questions.map(({ account, settlementWalletAllowed, side }): Result<Wallet, Refusal> => {
      const registered = account === null ? null : (found.next().value ?? null);
      const own = settlementWalletAllowed ? (found.next().value ?? null) : null;
      const wallet = registered ?? own;
      if (!wallet) return err(refusal(side === 'debit' ? 'DEBTOR_ACCOUNT_UNKNOWN' : 'CREDITOR_ACCOUNT_UNKNOWN'));
      if (wallet.status === 'open') return ok(wallet);
      return err(refusal(wallet.status === 'blocked' ? 'WALLET_BLOCKED' : 'WALLET_CLOSED'));
    });
  };
}

/** Asks the ledgers about marks, within the time that a register has. */
const markFaults =
  ({ jurisdictions, timers }: GatewayNodeOptions): MarkFaults =>
  async (ledger, questions) => {
    const port = jurisdictions.get(ledger);
    invariant(port, `jurisdiction ${ledger} is reachable`);
    return within(timers, REGISTER_ANSWER_MS, port.markFaults(questions));
  };

function messageService(
  options: GatewayNodeOptions,
  documents: DocumentContext,
  settlement: Settlement & EventPayments,
  submit: (posted: PostedCreditTransfer) => Promise<Accepted>,
): MessageService {
  const { pool, clock } = options;
  return {
    accept: async (posted) => {
      if (settlement.openCount() >= OPEN_MAX) return { kind: 'refused', refusal: refusal('QUEUE_FULL') };
      const accepted = await submit(posted);
      if (accepted.kind === 'unanswered') throw accepted.cause;
      return accepted;
    },
    settle: (open) => settlement.settle(open),
    awaitEvents: (payments) => settlement.begin(payments.filter(({ facts }) => facts.event)),
    report: (payments, of, request) => {
      const now = clock.now();
      return statusReport(documents, payments, { msgId: answerReference(payments, now), now, of, request }).body;
    },
    paymentsOf: async (sender, msgIds, countMax) => {
      const keys = msgIds.map((msgId) => ({ sender, msgId }));
      return [...(await paymentsOfMessages(pool, keys, countMax)).values()].flat();
    },
    msgIdsByUetr: (sender, uetrs) => msgIdsByUetr(pool, sender, uetrs),
    reject: (why, bodyHash) => rejectMessage(why, bodyHash, clock.now()),
    recordRefusal: (sender, why, bodyHash) =>
      recordRefusal(pool, { sender, code: why.code, bodyHash, receivedAt: clock.now() }),
    after: (delayMs, run) => options.timers.after(delayMs, run),
  };
}

/** The reference of a pacs.002 given on the way: one of its own for each moment and status, as a MsgId must be. */
function answerReference(payments: readonly PaymentRecord[], now: number): string {
  const said = payments.map(({ uetr, status }) => `${uetr} ${status}`);
  return `A${sha256('otkel/answer/v1', String(now), ...said)
    .toString('hex')
    .slice(0, 32)}`;
}

/** The admi.002 for a message that could not become payments: the ISO reason before its description, findings one a line. */
function rejectMessage(why: ReadRefusal | Refusal, bodyHash: Buffer, now: number): Buffer {
  const findings = 'findings' in why ? why.findings : [];
  const first = findings[0];
  const line = (finding: (typeof findings)[number]) =>
    `${finding.ruleId} ${finding.path}${finding.line === null ? '' : ` line ${finding.line}`}: ${finding.message}`;
  const { iso, title } = ERRORS[why.code];
  const description = why.detail ?? title;
  const reference = 'businessMessageId' in why ? why.businessMessageId : null;
  const root = buildReject({
    relatedRef: reference ?? bodyHash.toString('hex').slice(0, 35),
    reason: why.code,
    rejectedAt: isoTime(now),
    errorLocation: first ? `${first.path}${first.line === null ? '' : ` line ${first.line}`}` : null,
    description: iso === null ? description : `${iso}: ${description}`,
    additionalData: findings.map(line).join('\n'),
  });
  return Buffer.from(writeEnvelope(null, REJECT_ID, root));
}

/** Periodic work: the lease of this copy, payments of dead copies, and `more`. One round at a time. */
function createUpkeep(options: GatewayNodeOptions, settlement: Settlement, more: () => Promise<void>) {
  const { pool, instanceId, timers } = options;
  let stopped = false;
  let cancel = () => {};
  let round = Promise.resolve();
  const renew = () => renewLease(pool, instanceId, LEASE_MS);

  const upkeep = async () => {
    try {
      await renew();
      await settlement.takeOver();
      await more();
    } catch (error) {
      options.onFailure('upkeep', error);
    }
    schedule();
  };
  const schedule = () => {
    if (stopped) return;
    cancel = timers.after(UPKEEP_MS, () => {
      round = upkeep();
    });
  };
  return {
    start: async () => {
      await renew();
      await settlement.resume();
      schedule();
    },
    stop: async () => {
      stopped = true;
      cancel();
      await round;
    },
  };
}
