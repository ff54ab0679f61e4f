/**
 * Acceptance: from a checked pacs.008 to payments with terms, or refusals, durable before anybody is told. Messages
 * that gather share their lookups and one SQL transaction.
 */
import type pg from 'pg';
import { intermediaryContradicts } from '../iso20022/rules/agents.js';
import type { Clock } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import { type Bic, bicKey, type LedgerCode } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import type { Wallet } from '../ledger/types.js';
import { bindQuotes, insertBoundQuotes } from '../pvp/desk-store.pg.js';
import { checkQuoteAgainstMessage, checkQuoteIsNotWorse, type Offer } from '../pvp/quote.js';
import { type MarkFaults, markFaultsOf, type Waiting, waitingOne } from './conditions-of-payment.js';
import type { CorridorConfig } from './config.js';
import { type DocumentContext, finalReport } from './documents.js';
import { deliver } from './inbox-store.pg.js';
import {
  type JudgedTransaction,
  type JudgementContext,
  judgeCreditTransfer,
  msgIdOf,
  type PostedCreditTransfer,
  type RoutedTransaction,
} from './judgement.js';
import { endTransactions, insertMessages, knownMessages, messageKey } from './message-store.pg.js';
import { type OfferSources, offersFor } from './offers.js';
import { type InboxItem, type PaymentRecord, refusedRecord } from './payment.js';
import { insertPayments, refusePayments } from './payment-store.pg.js';
import { inTransaction } from './platform/transaction.pg.js';
import { quotedMessage } from './quoted-message.js';
import type { WalletQuestion } from './routing.js';
import { type FormedTerms, formTerms, type TermsContext } from './terms-of-payment.js';
import { queuedOne, storeWaiting } from './waiting-at-acceptance.js';

/**
 * One answer per question, in order. Errors: the account is unknown, or its wallet blocked or closed. Rejects when the
 * ledger's register does not answer.
 */
export type ResolveWallets = (
  ledger: LedgerCode,
  questions: readonly (WalletQuestion & { readonly side: 'debit' | 'credit' })[],
) => Promise<readonly Result<Wallet, Refusal>[]>;

export interface AcceptanceOptions extends OfferSources {
  readonly pool: pg.Pool;
  readonly instanceId: string;
  /** How many payments may wait for liquidity at once. */
  readonly queueMax: number;
  readonly corridors: readonly CorridorConfig[];
  readonly clock: Clock;
  /** Payments under way, which come first. */
  readonly openCount: () => number;
  /** The set-up as it is now; read once per batch. */
  readonly judgement: () => Promise<JudgementContext>;
  readonly terms: TermsContext;
  readonly resolveWallets: ResolveWallets;
  readonly markFaults: MarkFaults;
  readonly documents: DocumentContext;
}

/** A payment that goes on, with what its jurisdictions are shown. */
export interface OpenPayment {
  readonly record: PaymentRecord;
  /** Transactions in its message. */
  readonly transactionCount: number;
  readonly body: Buffer;
  readonly authorisation: Buffer;
  /** Canonical bytes of its quotes, in leg order. */
  readonly quotes: readonly Uint8Array[];
}

export interface AcceptedMessage {
  readonly payments: readonly PaymentRecord[];
  readonly open: readonly OpenPayment[];
  /** The final pacs.002, when nothing of the message goes on. */
  readonly report: InboxItem | null;
}

/**
 * What became of a posted message: `report` is its final pacs.002 if it ended here; `repeat` it was accepted before;
 * `unanswered` nothing is known of it here, because a ledger that it needs did not answer.
 */
export type Accepted =
  | ({ readonly kind: 'accepted' } & AcceptedMessage)
  | { readonly kind: 'repeat' }
  | { readonly kind: 'unanswered'; readonly cause: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Draft {
  readonly posted: PostedCreditTransfer;
  readonly msgId: string;
  readonly judged: readonly JudgedTransaction[];
}

/** A transaction on its way: refused, or with wallets and an offer and so with terms. */
interface Candidate {
  readonly draft: Draft;
  readonly judged: JudgedTransaction;
  outcome: Result<Going | Waiting, Refusal>;
}

/** A transaction whose terms are formed. */
type Going = FormedTerms & { readonly isOfferNew: boolean };

const isGoing = (accepted: Going | Waiting): accepted is Going => 'offer' in accepted;

/** Accepts a batch; one outcome per message, in order. */
export async function acceptBatch(
  options: AcceptanceOptions,
  batch: readonly PostedCreditTransfer[],
): Promise<Accepted[]> {
  const context = await options.judgement();
  const keys = batch.map(keyOf);
  const known = await knownMessages(options.pool, keys);
  const fresh = new Map<string, Draft>();
  batch.forEach((posted, i) => {
    const key = keys[i]!;
    const id = messageKey(key);
    if (known.has(id) || fresh.has(id)) return;
    fresh.set(id, { posted, msgId: key.msgId, judged: judgeCreditTransfer(posted, context) });
  });
  const asked = [...fresh.values()];
  const { candidates: all, unanswered } = await formCandidates(options, context, asked);
  // A ledger that does not answer stops the messages that need it, and no other of the batch.
  const drafts = asked.filter((draft) => !unanswered.has(draft));
  const candidates = all.filter(({ draft }) => !unanswered.has(draft));
  const stored = drafts.length > 0 ? await store(options, drafts, candidates) : new Map<string, AcceptedMessage>();
  const outrun = await outrunBy(options.pool, drafts, stored);
  return batch.map((posted, i) => {
    const id = messageKey(keys[i]!);
    const mine = fresh.get(id)?.posted === posted ? stored.get(id) : undefined;
    if (mine) return { kind: 'accepted', ...mine };
    const draft = fresh.get(id);
    if (draft && unanswered.has(draft)) return { kind: 'unanswered', cause: unanswered.get(draft) };
    const hash = known.get(id) ?? outrun.get(id) ?? fresh.get(id)?.posted.message.rawHash;
    return hash === undefined || equalBytes(hash, posted.message.rawHash)
      ? { kind: 'repeat' }
      : { kind: 'refused', refusal: refusal('MESSAGE_ID_REUSED') };
  });
}

/** Messages that another copy of the gateway stored since they were looked up, with the hash of what it accepted. */
async function outrunBy(
  pool: pg.Pool,
  drafts: readonly Draft[],
  stored: ReadonlyMap<string, AcceptedMessage>,
): Promise<Map<string, Buffer>> {
  const keys = drafts.map(({ posted, msgId }) => ({ sender: posted.sender, msgId }));
  const missing = keys.filter((key) => !stored.has(messageKey(key)));
  return missing.length > 0 ? knownMessages(pool, missing) : new Map();
}

const keyOf = (posted: PostedCreditTransfer) => ({ sender: posted.sender, msgId: msgIdOf(posted) });

async function formCandidates(
  options: AcceptanceOptions,
  context: JudgementContext,
  drafts: readonly Draft[],
): Promise<{ readonly candidates: readonly Candidate[]; readonly unanswered: ReadonlyMap<Draft, unknown> }> {
  const candidates: Candidate[] = drafts.flatMap((draft) =>
    draft.judged.map((judged) => ({
      draft,
      judged,
      outcome: err(judged.kind === 'refused' ? judged.refusal : PENDING),
    })),
  );
  const routed = candidates.filter((c): c is Candidate & { judged: RoutedTransaction } => c.judged.kind === 'routed');
  const unanswered = new Map<Draft, unknown>();
  const [debits, credits] = await Promise.all([
    resolveSide(options.resolveWallets, routed, 'debit', unanswered),
    resolveSide(options.resolveWallets, routed, 'credit', unanswered),
  ]);
  const offers = await offersFor(options, context, routed);
  const marks = await markFaultsOf(options.markFaults, routed, { credits, offers }, unanswered);
  const now = options.clock.now();
  const ahead = options.openCount();
  routed.forEach((candidate, i) => {
    if (unanswered.has(candidate.draft)) return;
    const found = { debit: debits[i]!, credit: credits[i]!, offer: offers[i]!, mark: marks.get(i) ?? null };
    candidate.outcome = formOne(options, context, candidate, found, { now, turnAt: now + (ahead + i) * TURN_MS });
  });
  return { candidates, unanswered };
}

/** Never seen from outside: every routed candidate that is stored gets its outcome before. */
const PENDING = refusal('INTERNAL', 'not judged yet');

/** What the ledgers and the desk answered for one transaction. */
interface FoundParts {
  readonly debit: Result<Wallet, Refusal>;
  readonly credit: Result<Wallet, Refusal>;
  readonly offer: Result<Offer | null, Refusal>;
  /** Why a mark that it names would refuse a leg. */
  readonly mark: Refusal | null;
}

/**
 * Time that each payment ahead may take before one's own turn comes: the last of a message of thousands must not be too
 * late before it was begun. Far above what a payment takes.
 */
const TURN_MS = 20;

function formOne(
  options: AcceptanceOptions,
  context: JudgementContext,
  { draft, judged }: { draft: Draft; judged: RoutedTransaction },
  { debit, credit, offer, mark }: FoundParts,
  { now, turnAt }: { readonly now: number; readonly turnAt: number },
): Candidate['outcome'] {
  if (!debit.ok) return debit;
  // The register may have given another participant's wallet for this account: the sender must own what it spends.
  if (bicKey(debit.value.ownerBic) !== bicKey(draft.posted.sender)) return err(refusal('DEBIT_NOT_OWNED'));
  if (!credit.ok) return credit;
  if (mark) return err(mark);
  if (!offer.ok) return queuedOne(judged, draft.posted.sender, offer.error, now);
  const { instruction, quoteId } = judged;
  const message = quotedMessage(instruction, judged.amountMinor);
  const { event } = instruction.conditions;
  if (event) return waitingOne(context, judged, event, offer.value);
  invariant(offer.value, 'a payment that waits for nothing has its offer');
  const fits = (quoteId === null ? checkQuoteIsNotWorse : checkQuoteAgainstMessage)(offer.value, message);
  if (!fits.ok) return fits;
  const carriers = [...offer.value.quotes.map(({ quote }) => quote.providerBic), context.operator];
  if (intermediaryContradicts(instruction, carriers)) return err(refusal('INTERMEDIARY_CONTRADICTS'));
  const formed = formTerms(options.terms, {
    posted: draft.posted,
    instruction,
    corridor: judged.route.corridor,
    creditorAgent: judged.route.credit.agent,
    debit: debit.value,
    credit: credit.value,
    offer: offer.value,
    destinationDate: context.localDate(judged.route.corridor.destination, now),
    formedAt: now,
    turnAt,
  });
  return formed.ok ? ok({ isOfferNew: quoteId === null, ...formed.value }) : formed;
}

async function resolveSide(
  resolve: ResolveWallets,
  routed: readonly { readonly draft: Draft; readonly judged: RoutedTransaction }[],
  side: 'debit' | 'credit',
  unanswered: Map<Draft, unknown>,
): Promise<Result<Wallet, Refusal>[]> {
  const answers = new Array<Result<Wallet, Refusal>>(routed.length);
  const byLedger = groupBy(routed.keys(), (i) => routed[i]!.judged.route[side].ledger);
  await Promise.all(
    [...byLedger].map(async ([ledger, indexes]) => {
      const questions = indexes.map((i) => ({ side, ...routed[i]!.judged.route[side] }));
      try {
        const found = await resolve(ledger, questions);
        indexes.forEach((index, i) => {
          answers[index] = found[i]!;
        });
      } catch (cause) {
        for (const index of indexes) unanswered.set(routed[index]!.draft, cause);
      }
    }),
  );
  return answers;
}

/** Writes everything in one transaction: messages, payments, quote bindings, and the reports that are final already. */
async function store(
  options: AcceptanceOptions,
  drafts: readonly Draft[],
  candidates: readonly Candidate[],
): Promise<Map<string, AcceptedMessage>> {
  const now = options.clock.now();
  return inTransaction(options.pool, async (client) => {
    const inserted = await insertMessages(
      client,
      drafts.map(({ posted, msgId, judged }) => ({
        sender: posted.sender,
        msgId,
        messageId: posted.message.document.messageId,
        bodyHash: posted.message.rawHash,
        body: posted.body,
        authorisation: posted.authorisation,
        receivedAt: posted.receivedAt,
        openCount: judged.length,
      })),
    );
    const mine = candidates.filter(({ draft: { msgId, posted } }) => inserted.has(messageKey({ msgId, ...posted })));
    const records = await claimUetrs(client, options.instanceId, mine, now);
    await bind(client, mine, records, now);
    await storeWaiting(client, records, options, now);
    const byMessage = groupBy(records, messageKey);
    const reports = await reportEnded(client, options, byMessage, now);
    const open = groupBy(openPayments(mine, records), ({ record }) => messageKey(record));
    return new Map(
      [...byMessage].map(([id, payments]) => [
        id,
        { payments, open: open.get(id) ?? [], report: reports.get(id) ?? null },
      ]),
    );
  });
}

const openPayments = (candidates: readonly Candidate[], records: readonly PaymentRecord[]): OpenPayment[] =>
  candidates.flatMap(({ draft, outcome }, i) => {
    const record = records[i];
    if (!record || !outcome.ok || record.state === 'CLOSED') return [];
    if (!isGoing(outcome.value)) return [];
    const { body, authorisation } = draft.posted;
    const quotes = outcome.value.offer.quotes.map(({ bytes }) => bytes);
    return [{ record, transactionCount: draft.judged.length, body, authorisation, quotes }];
  });

async function claimUetrs(
  client: pg.PoolClient,
  instanceId: string,
  candidates: readonly Candidate[],
  now: number,
): Promise<PaymentRecord[]> {
  const records = candidates.map((candidate) => recordOf(candidate, now));
  if (records.length === 0) return records;
  const claimed = await insertPayments(client, records, instanceId);
  const taken = records.map((record) => record.ownsUetr && !claimed.delete(record.uetr));
  const duplicates = records.flatMap((record, i) =>
    taken[i] ? [refusedRecord(record, refusal('UETR_DUPLICATE'), now)] : [],
  );
  if (duplicates.length > 0) await insertPayments(client, duplicates, instanceId);
  const replaced = duplicates.values();
  return records.map((record, i) => (taken[i] ? (replaced.next().value as PaymentRecord) : record));
}

/** Binds offers to the payments that claimed their UETR; a payment whose offer can't be bound becomes a refusal. */
async function bind(
  client: pg.PoolClient,
  candidates: readonly Candidate[],
  records: PaymentRecord[],
  now: number,
): Promise<void> {
  const open = candidates.flatMap(({ outcome }, i) =>
    outcome.ok && isGoing(outcome.value) && records[i]!.state !== 'CLOSED' ? [{ i, ...outcome.value }] : [],
  );
  // Named ones first: in this order everybody locks quotes, open ones' counters and the others.
  const named = open.filter((item) => !item.isOfferNew);
  const bound = await bindQuotes(
    client,
    named.map(({ i, offer }) => ({
      quoteIds: offer.quotes.map(({ quote }) => quote.quoteId),
      uetr: records[i]!.uetr,
      requesterBic: records[i]!.sender,
      now,
    })),
  );
  const made = open.flatMap(({ i, isOfferNew, offer }) =>
    isOfferNew ? offer.quotes.map((quote) => ({ i, quote })) : [],
  );
  const stored = await insertBoundQuotes(
    client,
    made.map(({ quote }) => quote),
    made.map(({ i }) => records[i]!.uetr),
  );
  const refused = new Map<number, Refusal>();
  bound.forEach((outcome, n) => {
    if (!outcome.ok) refused.set(named[n]!.i, outcome.error);
  });
  stored.forEach((why, n) => {
    if (why) refused.set(made[n]!.i, why);
  });
  const refusals = [...refused].map(([i, why]) => {
    records[i] = refusedRecord(records[i]!, why, now, true);
    return { uetr: records[i].uetr, reason: why.code, detail: why.detail ?? null, at: now };
  });
  if (refusals.length > 0) await refusePayments(client, refusals);
}

/** A message none of whose transactions goes on has its final report now. */
async function reportEnded(
  client: pg.PoolClient,
  options: AcceptanceOptions,
  byMessage: ReadonlyMap<string, PaymentRecord[]>,
  now: number,
): Promise<Map<string, InboxItem>> {
  const ended = [...byMessage.values()].flatMap((payments) => {
    const count = payments.filter((payment) => payment.state === 'CLOSED').length;
    const first = payments[0]!;
    return count > 0 ? [{ sender: first.sender, msgId: first.msgId, count }] : [];
  });
  if (ended.length === 0) return new Map();
  const complete = await endTransactions(client, ended);
  const reports = new Map([...complete].map((id) => [id, finalReport(options.documents, byMessage.get(id)!, now)]));
  await deliver(client, [...reports.values()], now);
  return reports;
}

/** Refusals of a payment that was not the sender's to send: its UETR stays free for the one whose it is. */
const NOT_THE_SENDERS: ReadonlySet<string> = new Set(['SENDER_NOT_INSTRUCTING_AGENT', 'DEBIT_NOT_OWNED']);

/** Of one transaction: what a reader can act on, and no row that a hostile message makes large. */
const VIOLATIONS_KEPT_MAX = 100;

function recordOf({ draft, judged, outcome }: Candidate, now: number): PaymentRecord {
  const { instruction } = judged;
  const base: PaymentRecord = {
    sender: draft.posted.sender,
    msgId: draft.msgId,
    index: instruction.index,
    uetr: instruction.uetr,
    ownsUetr: true,
    state: 'PREPARING',
    status: 'ACTC',
    reason: null,
    detail: null,
    facts: {
      messageId: draft.posted.message.document.messageId,
      headerId: draft.posted.message.header?.messageId ?? null,
      instrId: instruction.instrId,
      endToEndId: instruction.endToEndId,
      txId: instruction.txId,
      debtorAgent: instruction.debtorAgent as Bic | null,
      creditorAgent: instruction.creditorAgent as Bic | null,
      debtorAccount: instruction.debtorAccount,
      creditorAccount: instruction.creditorAccount,
      provider: null,
      quoteId: null,
      rate: null,
      legs: [],
      creditsCustomer: false,
      destinationMessageId: null,
      violations:
        judged.kind === 'refused'
          ? judged.violations
              .slice(0, VIOLATIONS_KEPT_MAX)
              .map(({ ruleId, iso, message, path, line }) => ({ ruleId, iso, message, path, line }))
          : [],
    },
    differences: [],
    terms: null,
    destination: null,
    acceptedAt: now,
    decidedAt: null,
    closedAt: null,
  };
  if (!outcome.ok) return refusedRecord(base, outcome.error, now, !NOT_THE_SENDERS.has(outcome.error.code));
  if (!isGoing(outcome.value)) {
    const { waits } = outcome.value;
    return { ...base, state: 'WAITING', status: waits.queue ? 'PDNG' : 'ACTC', facts: { ...base.facts, ...waits } };
  }
  const { facts, differences, terms, destination } = outcome.value;
  return { ...base, facts: { ...base.facts, ...facts }, differences, terms, destination };
}
