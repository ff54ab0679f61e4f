import type { Monotonic, Timers } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import { LedgerFencedError } from '../ledger/store.js';
import { createDoubtList, DOUBT_TIMES, type Doubt, type DoubtList } from './doubt.js';
import {
  type DeliverItem,
  type HaltCheck,
  JurisdictionClosedError,
  type JurisdictionPort,
  type LegCheck,
  type LegCheckItem,
  type LegReport,
  type PeerPort,
  type PrepareItem,
  type QueryItem,
} from './jurisdiction-port.js';
import { ownReceiptLeaf } from './leg-commands.js';
import { peerVotesOf, type ReportWants, reportsOf } from './leg-report.js';
import { createLegShell, type LegShell, type LegShellOptions } from './leg-shell.js';
import { stateOf, type Work } from './leg-work.js';
import { createPeerQuestions } from './peer-questions.js';
import { createReconciled } from './reconciled.js';
import { type RecoveryReport, recoverJurisdiction } from './recovery.js';
import { EpochFencedError } from './signer-store.js';
import { readVoter } from './verify.js';

export interface JurisdictionOptions extends LegShellOptions {
  readonly legCheck: LegCheck;
  readonly halts?: HaltCheck;
  /** The other jurisdictions, for direct queries. */
  readonly peers: ReadonlyMap<LedgerCode, PeerPort>;
  readonly timers: Timers;
  /** By which it waits before it asks or recovers again: a wall clock that was set back would put that off. */
  readonly monotonic: Monotonic;
  /** Rejects when the ledger's block chain does not verify. */
  readonly verifyLedger: () => Promise<void>;
  readonly recover?: typeof recoverJurisdiction;
}

/** A jurisdiction in this process. It refuses traffic until {@link Jurisdiction.recover} has reconciled it. */
export interface Jurisdiction extends JurisdictionPort {
  /** Reconciles ledger and journal, then opens. Called on start, after a lost ledger connection, after a failover. */
  recover(): Promise<RecoveryReport>;
  /** Ends holds whose time passed without a vote; answers how many were looked at. */
  sweep(): Promise<number>;
  /** Asks the peers about legs in doubt that are due; raises alarms. */
  chase(): Promise<void>;
  /** Recovers, then sweeps and chases until stopped; recovers again whenever it closed itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly inDoubt: () => readonly Doubt[];
  readonly isOpen: () => boolean;
  readonly isFrozen: () => boolean;
  /** An operator has dealt with the evidence: new holds are allowed again. */
  unfreeze(): Promise<void>;
}

/** What recovery needs of a jurisdiction. */
export interface JurisdictionCore {
  readonly options: JurisdictionOptions;
  readonly shell: LegShell;
  readonly doubts: DoubtList;
  /** Loads, acts, and keeps the list of legs in doubt. */
  process(works: readonly Work[], readEntries: boolean): Promise<void>;
  askPeers(doubts: readonly Doubt[]): Promise<void>;
}

const CHASE_MS = DOUBT_TIMES.firstMs;
const SWEEP_EVERY = 4;
const PAGE = 500;

export function createJurisdiction(options: JurisdictionOptions): Jurisdiction {
  const { ledger, clock, monotonic, coSigner } = options;
  const shell = createLegShell(options);
  const doubts = createDoubtList();
  const reconciled = createReconciled(options);
  let open = false;
  let fenced = false;

  const process = async (
    works: readonly Work[],
    readEntries: boolean,
    check: () => Promise<void> = async () => {},
  ): Promise<void> => {
    const { epoch } = shell;
    const end = reconciled.begin();
    try {
      await closing(shell.load(works, readEntries), epoch);
      await checkHalts(works);
      await check();
    } catch (error) {
      end([]);
      throw error;
    }
    await closing(shell.run(works, epoch), epoch);
    // A leg that stays held with its journal unread may have voted: what is said of it must not come from the row.
    const unsure = readEntries ? [] : works.filter((work) => work.hold?.state === 'HELD' && !work.entry);
    await closing(shell.load(unsure, true), epoch);
    await closing(shell.run(unsure, epoch), epoch);
    end(works);
    for (const work of works) track(work);
  };

  /** Asks about trades that may still get a COMMIT here. */
  const checkHalts = async (works: readonly Work[]): Promise<void> => {
    const { halts } = options;
    if (!halts || halts.isQuiet()) return;
    const asked = works.flatMap((work) => {
      const terms = work.terms ?? (work.event.kind === 'prepare' ? work.event.terms : null);
      return terms && (work.hold === null || work.hold.state === 'HELD') && !work.entry ? [{ work, terms }] : [];
    });
    const answers = await halts.check(asked.map(({ terms }) => terms));
    for (const [i, { work }] of asked.entries()) {
      work.halted = answers[i] ?? null;
      if (work.event.kind === 'prepare') work.refused ??= work.halted;
    }
  };

  /** By a recovery of our own: what was read before it no longer counts, and nobody else took over. */
  const isOvertaken = (error: unknown, epoch: bigint): boolean =>
    error instanceof EpochFencedError && epoch !== shell.epoch;

  const closing = async (step: Promise<void>, epoch: bigint): Promise<void> => {
    try {
      await step;
    } catch (error) {
      if (!isOvertaken(error, epoch)) closeAfter(error);
      throw error;
    }
  };

  /** The outcome of what was in flight is unknown: nothing goes on before everything was read again. */
  const closeAfter = (error: unknown): void => {
    open = false;
    fenced ||= error instanceof EpochFencedError || error instanceof LedgerFencedError;
    const detail = error instanceof Error ? error.message : String(error);
    options.alarm.raise({
      level: 'alarm',
      code: fenced ? 'FENCED' : 'LEDGER_LOST',
      ledger: ledger.code,
      pvpId: null,
      detail,
    });
  };

  const track = (work: Work): void => {
    const { hold, terms, entry } = work;
    if (stateOf(work) !== 'VOTED' || !hold || !terms || !entry) {
      doubts.leave(work.pvpId);
      return;
    }
    const receipts = work.receipts.length > 0 ? work.receipts.map((receipt) => receipt.attestation) : entry.receipts;
    const peerVotes = peerVotesOf(work, ledger.code);
    const heard = new Set(peerVotes.map(readVoter));
    const peers = terms.legs.map((leg) => leg.ledger).filter((code) => code !== ledger.code);
    const waitingFor = peers.filter((code) => !heard.has(code));
    const receiptLeaf = ownReceiptLeaf(ledger, hold);
    const known = { receiptLeaf, receipts, peerVotes };
    const { prepareBy } = terms;
    doubts.enter({ pvpId: work.pvpId, entry, prepareBy, peers, waitingFor, ...known }, monotonic.elapsedMs());
  };

  const peers = createPeerQuestions({ ...options, shell, doubts, process: (works) => process(works, true) });
  const askPeers = async (doubted: readonly Doubt[]): Promise<void> => peers.ask(await peers.look(doubted));

  const core: JurisdictionCore = { options, shell, doubts, process, askPeers };
  const guarded = async (works: readonly Work[], readEntries: boolean, wants: ReportWants): Promise<LegReport[]> => {
    if (!open) throw new JurisdictionClosedError(`${ledger.code} refuses traffic`);
    await process(works, readEntries);
    return reportsOf(works, wants, options);
  };

  const prepare = async (items: readonly PrepareItem[]): Promise<LegReport[]> => {
    if (!open) throw new JurisdictionClosedError(`${ledger.code} refuses traffic`);
    const works = items.map((item) => {
      const { terms, termsHash } = shell.readTerms(item.termsBytes);
      const refused = preparable(item, terms);
      const work = shell.work(
        item.pvpId,
        { kind: 'prepare', terms, termsHash, refused },
        { receipts: item.receipts, votes: [] },
      );
      work.termsBytes = item.termsBytes;
      return work;
    });
    await process(works, true, () => checkLegs(items, works));
    return reportsOf(works, { receipts: true, peerVotes: false }, options);
  };

  const preparable = (item: PrepareItem, terms: LegCheckItem['terms'] | null): Refusal | null => {
    if (!terms) return refusal('TERMS_INVALID');
    if (terms.pvpId !== item.pvpId) return refusal('TERMS_INVALID', 'pvpId');
    const leg = terms.legs.find((candidate) => candidate.ledger === ledger.code);
    if (!leg) return refusal('TERMS_INVALID', 'legs');
    if (leg.currency !== ledger.currency) return refusal('CURRENCY_WRONG');
    // A COMMIT by a key that one side does not know, or that expires on the way, settles one leg and strands the other.
    const now = clock.now();
    const until = Math.max(now, terms.voteBy + options.times.clockErrorMs);
    const { coSignerKeyIds } = terms;
    const isKnown = terms.legs.every((item, i) =>
      options.verifier.isCoSigner(coSignerKeyIds[i], item.ledger, now, until),
    );
    return isKnown ? null : refusal('KEY_UNKNOWN', 'coSignerKeyIds');
  };

  /** Asks the leg check about those that would get a hold now; a repeated PREPARE answers what stands. */
  const checkLegs = async (items: readonly PrepareItem[], works: readonly Work[]): Promise<void> => {
    const asked: { work: Work; item: LegCheckItem }[] = [];
    for (const [i, work] of works.entries()) {
      const { event } = work;
      if (event.kind !== 'prepare' || event.refused || !event.terms || work.hold || work.entry) continue;
      if (event.terms.legs.some((leg) => shell.frozen.has(leg.ledger))) {
        work.event = { ...event, refused: refusal('CORRIDOR_FROZEN') };
        continue;
      }
      const { documentBytes, authorisation, quotes, termsBytes } = items[i]!;
      const legIndex = event.terms.legs.findIndex((leg) => leg.ledger === ledger.code);
      asked.push({ work, item: { terms: event.terms, termsBytes, legIndex, documentBytes, authorisation, quotes } });
    }
    if (asked.length === 0) return;
    const answers = await options.legCheck.check(asked.map(({ item }) => item));
    for (const [i, { work }] of asked.entries()) {
      const answer = answers[i];
      if (work.event.kind !== 'prepare' || answer?.ok) continue;
      const refused = answer ? answer.error : refusal('AUTHORISATION_INVALID');
      work.event = { ...work.event, refused };
      work.refused = refused;
    }
  };

  const sweep = async (): Promise<number> => {
    const now = clock.now();
    let count = 0;
    let after: { heldAt: number; conditionRef: string } | null = null;
    for (;;) {
      const page = await ledger.openHolds('pvp', after, PAGE);
      const due = page.filter((hold) => hold.lapseAt < now);
      await process(
        due.map((hold) => shell.work(hold.conditionRef as Uetr, { kind: 'lapse' })),
        true,
      );
      count += due.length;
      const last = page.at(-1);
      // Nothing held later than this can have lapsed: prepareBy + lapse is the shortest life.
      if (!last || page.length < PAGE || last.heldAt + options.times.lapseMs > now) return count;
      after = { heldAt: last.heldAt, conditionRef: last.conditionRef };
    }
  };

  const warn = (): void => {
    const now = clock.now();
    for (const { doubt, level } of doubts.alarms(now)) {
      const detail = `COMMIT since ${new Date(doubt.entry.decidedAt).toISOString()}, no vote of ${doubt.waitingFor.join(', ')}`;
      options.alarm.raise({ level, code: 'IN_DOUBT', ledger: ledger.code, pvpId: doubt.pvpId, detail });
    }
  };
  let clockWarnedAt: number | null = null;
  const warnOfClock = (): void => {
    const detail = options.clockProof?.doubt() ?? null;
    const now = clock.now();
    const isTold = clockWarnedAt !== null && Math.abs(now - clockWarnedAt) < DOUBT_TIMES.pageMs;
    if (detail !== null && isTold) return;
    clockWarnedAt = detail === null ? null : now;
    if (detail === null) return;
    options.alarm.raise({ level: 'page', code: 'CLOCK_UNTRUSTED', ledger: ledger.code, pvpId: null, detail });
  };
  const chase = async (): Promise<void> => {
    warn();
    await askPeers(doubts.due(monotonic.elapsedMs()));
  };
  /** Votes whose effect met a full queue, and how far the journal need not be walked again. */
  const finish = async (): Promise<void> => {
    const works = reconciled.unfinished().map((pvpId) => shell.work(pvpId, { kind: 'reconcile' }));
    for (let at = 0; at < works.length; at += PAGE) await process(works.slice(at, at + PAGE), true);
    await closing(reconciled.checkpoint(shell.epoch, clock.now()), shell.epoch);
  };

  const recover = async (): Promise<RecoveryReport> => {
    open = false;
    reconciled.reset();
    const report = await ledger.reconcile(() => (options.recover ?? recoverJurisdiction)(core));
    fenced = false;
    open = true;
    return report;
  };

  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;
  let ticks = 0;
  let recoveryDelayMs = 0;
  let recoverAt = Number.NEGATIVE_INFINITY;
  const recoverWhenDue = async (): Promise<void> => {
    if (monotonic.elapsedMs() < recoverAt) return;
    recoveryDelayMs = Math.min(Math.max(recoveryDelayMs * 2, CHASE_MS), DOUBT_TIMES.mostMs);
    recoverAt = monotonic.elapsedMs() + recoveryDelayMs;
    try {
      await recover();
    } catch (error) {
      closeAfter(error);
      return;
    }
    recoveryDelayMs = 0;
    recoverAt = Number.NEGATIVE_INFINITY;
  };
  const tick = async (): Promise<void> => {
    const { epoch } = shell;
    warnOfClock();
    const failed = (error: unknown): void => {
      if (open && !isOvertaken(error, epoch)) closeAfter(error);
    };
    try {
      // A fenced jurisdiction stays closed: taking the epoch back would fight the writer that took over.
      if (!open && !fenced) await recoverWhenDue();
      if (!open) {
        warn();
        return;
      }
      // A failover may have lost blocks without any call having noticed it.
      await ledger.confirm();
      warn();
      // Not waited for: a peer that takes its time must not put off what is due here.
      peers.ask(await peers.look(doubts.due(monotonic.elapsedMs()))).catch(failed);
      ticks += 1;
      if (ticks % SWEEP_EVERY > 0) return;
      await sweep();
      await finish();
    } catch (error) {
      failed(error);
    }
  };
  const schedule = (): void => {
    if (stopped) return;
    cancelTimer = options.timers.after(CHASE_MS, () => {
      running = tick().then(schedule);
    });
  };

  return {
    ledger: ledger.code,
    async resolveAccounts(questions) {
      const accounts = questions.flatMap(({ agentBic, accountId }) =>
        accountId === null ? [] : [{ agentBic, accountId }],
      );
      const found = accounts.length > 0 ? await ledger.resolveAccounts(accounts) : [];
      let at = 0;
      return Promise.all(
        questions.map((q) => (q.accountId === null ? ledger.settlementWallet(q.agentBic) : (found[at++] ?? null))),
      );
    },
    markFaults: (questions) => ledger.markFaults(questions),
    prepare,
    deliver: (items: readonly DeliverItem[]) =>
      guarded(
        items.map((item) => shell.work(item.pvpId, { kind: 'deliver' }, item)),
        false,
        { receipts: false, peerVotes: false },
      ),
    cancel: (items) =>
      guarded(
        items.map((item) => shell.work(item.pvpId, { kind: 'cancel' })),
        true,
        { receipts: false, peerVotes: true },
      ),
    query: (items: readonly QueryItem[]) =>
      guarded(
        items.map((item) => shell.work(item.pvpId, { kind: 'query', prepareBy: item.prepareBy }, item)),
        true,
        { receipts: true, peerVotes: true },
      ),
    recover,
    sweep,
    chase,
    async start() {
      stopped = false;
      await recover();
      schedule();
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      await running;
      await peers.stop();
      open = false;
    },
    inDoubt: () => doubts.all(),
    isOpen: () => open,
    isFrozen: () => shell.frozen.size > 0,
    async unfreeze() {
      await coSigner.store.closeEquivocations(clock.now());
      shell.frozen.clear();
    },
  };
}
