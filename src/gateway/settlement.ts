/**
 * Carries accepted payments to their end: the coordinator moves them, this shell writes the gateway's log and hands out
 * the messages. Closing a batch is one SQL transaction, so a final status and its messages exist together or not at all.
 */
import type pg from 'pg';
import type { Clock } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { ERRORS, type Refusal } from '../kernel/errors.js';
import type { LedgerCode, QuoteId, Uetr } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Coordinator, Decision, PvpLog, PvpObserver } from '../pvp/coordinator.js';
import type { StoredQuote } from '../pvp/desk-store.js';
import type { EndedQuote } from '../pvp/limits.js';
import { bookTrades } from '../pvp/position-store.pg.js';
import { decodeQuote } from '../pvp/quote.js';
import { readTerms } from '../pvp/terms.js';
import type { OpenPayment } from './acceptance.js';
import { type DocumentContext, finalReport, settlementMessages } from './documents.js';
import { endedQuotes } from './ended-quotes.js';
import { stillWaits } from './event-payment.pg.js';
import { deliver } from './inbox-store.pg.js';
import { endTransactions, messageKey, messageSources } from './message-store.pg.js';
import { type InboxItem, type PaymentRecord, stepsOfPayment } from './payment.js';
import {
  claimAbandoned,
  closePayments,
  type FinalStatus,
  finalise,
  markDecided,
  markPending,
  openPayments,
  paymentsOfMessages,
} from './payment-store.pg.js';
import { inTransaction } from './platform/transaction.pg.js';

/** The final pacs.002 of a message and the payments it speaks of. */
export interface FinalAnswer {
  readonly body: Buffer;
  readonly payments: readonly PaymentRecord[];
}

export interface SettlementOptions {
  readonly pool: pg.Pool;
  readonly instanceId: string;
  readonly clock: Clock;
  readonly documents: DocumentContext;
  readonly findQuotes: (quoteIds: readonly QuoteId[]) => Promise<ReadonlyMap<QuoteId, StoredQuote>>;
  /** Counts, inside the transaction, what the end of their payments changes for quotes. */
  readonly endQuotes: (client: pg.PoolClient, ended: readonly EndedQuote[]) => Promise<void>;
  /** Told of a payment that goes on being tried: its driving broke off, or the log does not take what became of it. */
  readonly onFailure: (uetr: Uetr, error: unknown) => void;
  /** Told of payments whose stored state is another one now. Must not throw. */
  readonly onChange: (payments: readonly PaymentRecord[]) => void;
  /** Told once that a payment can't be decided or delivered, with whose answer is missing, and once (null) of its end. */
  readonly onDoubt: (uetr: Uetr, waitingFor: readonly LedgerCode[] | null) => void;
  readonly coordinator: (log: PvpLog, observer: PvpObserver) => Coordinator;
}

export interface Settlement {
  /** Drives the open payments of one message; resolves with its final pacs.002. */
  settle(open: readonly OpenPayment[]): Promise<FinalAnswer>;
  /** Drives payments whose terms were formed, and stored, since their messages were answered. */
  goOn(records: readonly PaymentRecord[]): Promise<void>;
  /** Ends a payment that never came to terms; one that did meanwhile, by another copy, is left to them. */
  refuse(record: PaymentRecord, why: Refusal): Promise<void>;
  /** Takes up what this instance left open before it was started; answers how many. Outcomes are in the inboxes. */
  resume(): Promise<number>;
  /** Takes up payments of dead copies, and own ones whose driving broke off or never began. */
  takeOver(): Promise<number>;
  /** Payments may be stored that nobody drives (the outcome of a commit is unknown): `takeOver` will look for them. */
  doubtStored(): void;
  readonly openCount: () => number;
  /** Of those, payments that can't be decided or delivered for now. */
  readonly doubtCount: () => number;
  /** Resolves when fewer than `most` payments are under way, those in doubt not counted. */
  room(most: number): Promise<void>;
  readonly counts: Coordinator['counts'];
}

const PAGE = 500;

export function createSettlement(options: SettlementOptions): Settlement {
  const open = new Map<string, OpenPayment>();
  const broken = new Set<string>();
  const doubtful = new Set<Uetr>();
  let isStoreDoubted = false;
  const waiting = new Map<string, (answer: FinalAnswer) => void>();
  const tell = (answers: readonly [string, FinalAnswer][]) => {
    for (const [id, answer] of answers) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    }
  };
  let roomSeekers: (() => void)[] = [];
  const lookForRoom = () => {
    for (const uetr of doubtful) {
      if (open.has(uetr)) continue;
      doubtful.delete(uetr);
      options.onDoubt(uetr, null);
    }
    const seekers = roomSeekers;
    roomSeekers = [];
    for (const look of seekers) look();
  };
  const log = createLog(options, open, tell, lookForRoom, waiting);
  const coordinator = options.coordinator(log, {
    inDoubt: (uetr, waitingFor) => {
      if (!doubtful.has(uetr)) options.onDoubt(uetr, waitingFor);
      doubtful.add(uetr);
      lookForRoom();
      markPending(options.pool, uetr, waitingFor, options.clock.now()).then(
        () => options.onChange(recordsOf(open, [uetr])),
        (error: unknown) => options.onFailure(uetr, error),
      );
    },
    unlogged: (uetr, error) => options.onFailure(uetr, error),
    // It may have been driven once more, by what was read before it ended.
    ended: (uetr) => {
      if (open.delete(uetr)) lookForRoom();
    },
  });

  const drive = (payment: OpenPayment): void => {
    const { record } = payment;
    open.set(record.uetr, payment);
    const driven = async () => coordinator.drive(pvpPayment(payment));
    driven().catch((error: unknown) => {
      broken.add(record.uetr);
      options.onFailure(record.uetr, error);
    });
  };
  const driveAll = async (records: readonly PaymentRecord[]): Promise<number> => {
    for (const payment of await withSources(options, records)) drive(payment);
    return records.length;
  };

  const resume = async (): Promise<number> => {
    let count = 0;
    for (let after = ''; ; ) {
      const page = await openPayments(options.pool, options.instanceId, after, PAGE);
      count += await driveAll(page.filter((record) => !open.has(record.uetr)));
      const last = page.at(-1);
      if (!last || page.length < PAGE) return count;
      after = last.uetr;
    }
  };

  return {
    settle(payments) {
      const first = payments[0];
      invariant(first, 'a message that is settled has an open payment');
      return new Promise((resolve) => {
        waiting.set(messageKey(first.record), resolve);
        for (const payment of payments) drive(payment);
      });
    },
    async goOn(records) {
      await driveAll(records);
    },
    async refuse(record, why) {
      const now = options.clock.now();
      const sources = await messageSources(options.pool, [record]);
      const source = sources.get(messageKey(record));
      invariant(source, 'a payment has its message');
      const ending = new Map([[record.uetr as string, { record, quotes: [], ...source }]]);
      const ended = {
        pvpId: record.uetr,
        decision: 'ABORT',
        decidedAt: now,
        refusal: why,
        refusedBy: null,
        heldBy: [],
      } as const;
      const answers = await inTransaction(options.pool, async (client) =>
        (await stillWaits(client, record.uetr)) ? endPayments(client, options, ending, [ended], 'CLOSED') : [],
      );
      tell(answers);
      options.onChange([record]);
    },
    resume,
    async takeOver() {
      const again = [...broken].flatMap((uetr) => open.get(uetr) ?? []);
      broken.clear();
      for (const payment of again) drive(payment);
      const wasDoubted = isStoreDoubted;
      isStoreDoubted = false;
      try {
        const found = wasDoubted ? await resume() : 0;
        const abandoned = await claimAbandoned(options.pool, options.instanceId, PAGE);
        return again.length + found + (await driveAll(abandoned));
      } catch (error) {
        // What was claimed is this copy's now, driven or not.
        isStoreDoubted = true;
        throw error;
      }
    },
    doubtStored: () => {
      isStoreDoubted = true;
    },
    openCount: () => open.size,
    doubtCount: () => [...doubtful].filter((uetr) => open.has(uetr)).length,
    async room(most) {
      while (open.size - doubtful.size >= most) await new Promise<void>((resolve) => roomSeekers.push(resolve));
    },
    counts: () => coordinator.counts(),
  };
}

function pvpPayment({ record, body, authorisation, quotes }: OpenPayment) {
  const { uetr, terms: termsBytes, destination } = record;
  invariant(termsBytes && destination, 'an open payment has terms and its destination message');
  const { terms } = readTerms(termsBytes);
  invariant(terms, 'stored terms are valid');
  const payer = { documentBytes: body, authorisation: { record: authorisation, destination }, quotes };
  const others = terms.legs.slice(1).map(() => ({ documentBytes: destination, authorisation: null, quotes }));
  return { pvpId: uetr, terms, termsBytes, perLeg: [payer, ...others] };
}

/** Open payments as they were accepted, read back for a restart. One that can't be read is told of, and stops no other. */
async function withSources(options: SettlementOptions, records: readonly PaymentRecord[]): Promise<OpenPayment[]> {
  if (records.length === 0) return [];
  const keys = [...new Map(records.map((record) => [messageKey(record), record])).values()];
  const [sources, stored] = await Promise.all([
    messageSources(options.pool, keys),
    options.findQuotes(records.flatMap(quoteIdsOf)),
  ]);
  return records.flatMap((record) => {
    const source = sources.get(messageKey(record));
    const quotes = quoteIdsOf(record).flatMap((quoteId) => stored.get(quoteId)?.signed.bytes ?? []);
    if (source && quotes.length === quoteIdsOf(record).length) return [{ record, quotes, ...source }];
    options.onFailure(record.uetr, new Error('an open payment lacks its message or its quotes'));
    return [];
  });
}

const quoteIdsOf = ({ facts }: PaymentRecord): QuoteId[] => stepsOfPayment(facts).map(({ quoteId }) => quoteId);

const recordsOf = (open: ReadonlyMap<string, OpenPayment>, uetrs: readonly Uetr[]): PaymentRecord[] =>
  uetrs.flatMap((uetr) => open.get(uetr)?.record ?? []);

const uetrsOf = (items: readonly Decision[]): Uetr[] => items.map(({ pvpId }) => pvpId);

/** The coordinator's log over the payment table. Terms were written when the payment was accepted. */
function createLog(
  options: SettlementOptions,
  open: Map<string, OpenPayment>,
  tell: (answers: readonly [string, FinalAnswer][]) => void,
  lookForRoom: () => void,
  waiting: ReadonlyMap<string, unknown>,
): PvpLog {
  return {
    preparing: async () => undefined,
    async decided(items) {
      const answers = await inTransaction(options.pool, async (client) => {
        await markDecided(
          client,
          items.map(({ pvpId, decidedAt }) => ({ uetr: pvpId, decidedAt })),
        );
        const aborted = items.filter((item) => item.decision === 'ABORT');
        return aborted.length > 0 ? endPayments(client, options, open, aborted, 'DECIDED') : [];
      });
      options.onChange(recordsOf(open, uetrsOf(items)));
      tell(answers);
    },
    async closed(items) {
      const committed = items.filter((item) => item.decision === 'COMMIT');
      const answers = await inTransaction(options.pool, async (client) => {
        const ended = committed.length > 0 ? await endPayments(client, options, open, committed, 'CLOSED') : [];
        if (committed.length < items.length)
          await closePayments(
            client,
            items.map((item) => item.pvpId),
          );
        return ended;
      });
      const untold = untoldMessages(items, open, waiting, answers);
      // Before anything is forgotten here: where this fails, all of it is done again.
      const elsewhere = untold.length > 0 ? await answersElsewhere(options, untold) : [];
      options.onChange(recordsOf(open, uetrsOf(items)));
      for (const { pvpId } of items) open.delete(pvpId);
      tell([...answers, ...elsewhere]);
      lookForRoom();
    },
  };
}

/** Messages nothing of which is open here any more, yet somebody waits: another copy ended their last payment. */
function untoldMessages(
  ended: readonly Decision[],
  open: ReadonlyMap<string, OpenPayment>,
  waiting: ReadonlyMap<string, unknown>,
  answers: readonly [string, FinalAnswer][],
): PaymentRecord[] {
  const ids = new Set(ended.map(({ pvpId }) => pvpId));
  const awaited = new Map<string, PaymentRecord>();
  for (const id of ids) {
    const record = open.get(id)?.record;
    if (record && waiting.has(messageKey(record))) awaited.set(messageKey(record), record);
  }
  for (const [answered] of answers) awaited.delete(answered);
  if (awaited.size === 0) return [];
  for (const { record } of open.values()) if (!ids.has(record.uetr)) awaited.delete(messageKey(record));
  return [...awaited.values()];
}

/** Their final answers: this copy's callers wait for them too. */
async function answersElsewhere(
  options: SettlementOptions,
  messages: readonly PaymentRecord[],
): Promise<[string, FinalAnswer][]> {
  const found = await paymentsOfMessages(options.pool, messages);
  const now = options.clock.now();
  return [...found]
    .filter(([, payments]) => payments.every((payment) => payment.closedAt !== null))
    .map(([id, payments]) => [id, { body: finalReport(options.documents, payments, now).body, payments }]);
}

type Ended = Pick<Decision, 'pvpId' | 'decision' | 'decidedAt' | 'refusal' | 'refusedBy' | 'heldBy'>;

/** Final statuses, the messages that tell of them, and the final pacs.002 of every message that is complete now. */
async function endPayments(
  client: pg.PoolClient,
  options: SettlementOptions,
  open: ReadonlyMap<string, OpenPayment>,
  decisions: readonly Ended[],
  state: FinalStatus['state'],
): Promise<[string, FinalAnswer][]> {
  const now = options.clock.now();
  const statuses = decisions.map((decision) => finalStatus(open.get(decision.pvpId), decision, state, now));
  const fresh = await finalise(client, statuses);
  const ended = statuses.flatMap((final) => {
    const payment = open.get(final.uetr);
    return payment && fresh.has(final.uetr) ? [endedPayment(payment, final)] : [];
  });
  if (ended.length === 0) return [];
  const settled = ended.filter(({ record }) => record.status !== 'RJCT');
  const reports = await completeReports(client, options, ended, now);
  const notices = settled.flatMap(({ record }) => settlementMessages(options.documents, record, now));
  await deliver(client, [...notices, ...reports.map(([, report]) => report.item)], now);
  // Last, because another copy's payments of the same provider wait from here to the end of the transaction.
  const decisionOf = new Map(decisions.map((decision) => [decision.pvpId, decision]));
  await options.endQuotes(
    client,
    ended.flatMap(({ record, quotes }) => endedQuotes(record, quotes, decisionOf.get(record.uetr)!)),
  );
  await bookTrades(
    client,
    settled.flatMap(({ quotes }) => quotes.map(decodeQuote)),
    now,
  );
  return reports.map(([id, { item, payments }]) => [id, { body: item.body, payments }]);
}

function finalStatus(
  payment: OpenPayment | undefined,
  decision: Ended,
  state: FinalStatus['state'],
  now: number,
): FinalStatus {
  const { pvpId, refusal, decidedAt } = decision;
  const settledStatus = payment?.record.facts.creditsCustomer ? 'ACCC' : 'ACSC';
  return {
    uetr: pvpId,
    state,
    status: decision.decision === 'COMMIT' ? settledStatus : 'RJCT',
    reason: refusal?.code ?? null,
    detail: refusal ? (refusal.detail ?? ERRORS[refusal.code].title) : null,
    decidedAt,
    at: now,
  };
}

const endedPayment = (payment: OpenPayment, final: FinalStatus): OpenPayment => ({
  ...payment,
  record: {
    ...payment.record,
    state: final.state,
    status: final.status,
    reason: final.reason,
    detail: final.detail,
    decidedAt: final.decidedAt,
    closedAt: final.at,
  },
});

interface Report {
  readonly item: InboxItem;
  readonly payments: readonly PaymentRecord[];
}

async function completeReports(
  client: pg.PoolClient,
  options: SettlementOptions,
  ended: readonly OpenPayment[],
  now: number,
): Promise<[string, Report][]> {
  const byMessage = groupBy(ended, ({ record }) => messageKey(record));
  const complete = await endTransactions(
    client,
    [...byMessage.values()].map((payments) => ({
      sender: payments[0]!.record.sender,
      msgId: payments[0]!.record.msgId,
      count: payments.length,
    })),
  );
  const whole = new Map<string, readonly PaymentRecord[]>();
  const partial: PaymentRecord[] = [];
  for (const id of complete) {
    const payments = byMessage.get(id)!;
    if (payments.length === payments[0]!.transactionCount) whole.set(id, sorted(payments));
    else partial.push(payments[0]!.record);
  }
  if (partial.length > 0) for (const [id, all] of await paymentsOfMessages(client, partial)) whole.set(id, all);
  return [...whole].map(([id, payments]) => [id, { item: finalReport(options.documents, payments, now), payments }]);
}

const sorted = (payments: readonly OpenPayment[]): PaymentRecord[] =>
  payments.map(({ record }) => record).sort((a, b) => a.index - b.index);
