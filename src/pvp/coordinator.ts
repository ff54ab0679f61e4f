import { type BatchCounts, type Batcher, createBatcher } from '../kernel/batcher.js';
import type { Clock, Timers } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { within } from '../kernel/time-limit.js';
import type { Attestation, Decision as VoteDecision } from './attestation.js';
import type { CancelItem, DeliverItem, JurisdictionPort, LegReport, PrepareItem } from './jurisdiction-port.js';
import { absorb, nextRelayStep, type RelayState, type RelayStep, relayDecision, startRelay } from './relay.js';
import { type PvpTerms, readTerms } from './terms.js';
import { certificateOf, type Verifier } from './verify.js';

/** A payment whose terms are formed. `perLeg` is in leg order. */
export interface PvpPayment {
  readonly pvpId: Uetr;
  readonly terms: PvpTerms;
  readonly termsBytes: Uint8Array;
  readonly perLeg: readonly Pick<PrepareItem, 'documentBytes' | 'authorisation' | 'quotes'>[];
}

/** How a payment ended: every leg settled, or every leg released. In doubt is neither: `drive` goes on until it knows. */
export interface Decision {
  readonly pvpId: Uetr;
  readonly decision: VoteDecision;
  /** Milliseconds: the instant of finality, when the last COMMIT was journalled; for ABORT the first ABORT. */
  readonly decidedAt: number;
  /** The COMMITs in leg order; null for ABORT. */
  readonly certificate: readonly Attestation[] | null;
  /** Why it was aborted, and by whom; null for COMMIT. */
  readonly refusal: Refusal | null;
  readonly refusedBy: LedgerCode | null;
  /** Ledgers that are known to have held the money of their legs, in leg order. */
  readonly heldBy: readonly LedgerCode[];
  /** The last answer of each leg, in leg order; null where a leg never answered. */
  readonly reports: readonly (LegReport | null)[];
  /** Whether every leg has applied it. Always true for COMMIT; an ABORT is told before a leg out of reach has. */
  readonly closed: boolean;
}

export interface PvpLogItem {
  readonly pvpId: Uetr;
  readonly termsBytes: Uint8Array;
}

/** The gateway's log: each method takes a batch and is durable when it answers; repeating it changes nothing. */
export interface PvpLog {
  /** Terms, before the first PREPARE. A store that wrote them when it accepted the payment has nothing to do. */
  preparing(items: readonly PvpLogItem[]): Promise<void>;
  /** An ABORT before it is told, a COMMIT as soon as it can't be delivered at once. */
  decided(items: readonly Decision[]): Promise<void>;
  /** Every leg has applied the decision. It may be the first that the log hears of it. */
  closed(items: readonly Decision[]): Promise<void>;
}

/** Told when a payment can't be decided for now: bank and console see PDNG with its cause. */
export interface PvpObserver {
  inDoubt(pvpId: Uetr, waitingFor: readonly LedgerCode[]): void;
  /** The log did not take a row of this payment in three tries; it goes on trying. Told once a row. */
  unlogged?(pvpId: Uetr, error: unknown): void;
  /** Nothing is left to do for this payment. */
  ended?(pvpId: Uetr): void;
}

export interface CoordinatorOptions {
  readonly jurisdictions: ReadonlyMap<LedgerCode, JurisdictionPort>;
  readonly log: PvpLog;
  readonly verifier: Verifier;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly observer?: PvpObserver;
  readonly batchMax?: number;
  readonly queueMax?: number;
  /** Sends without effect before the vote, after which the payment is cancelled. */
  readonly failuresMax?: number;
  readonly retryFirstMs?: number;
  readonly retryMostMs?: number;
  /** A jurisdiction that has not answered by then has not answered. */
  readonly answerMs?: number;
}

/** A relay with a log: it holds no key, and a dead one blocks nobody. */
export interface Coordinator {
  /**
   * Carries the payment to its end. The same payment again while it runs answers the same promise; rejects when the pvpId
   * runs on other terms.
   */
  drive(payment: PvpPayment): Promise<Decision>;
  readonly counts: () => { stages: ({ stage: string } & BatchCounts)[] };
}

/** More sends than an honest payment needs: after them each waits longer than the last, whatever it brought. */
const SENDS_FREE = 32;
/** A log that is away for a moment is no news. */
const LOG_FAILURES_TOLD = 3;

interface Lanes {
  readonly prepare: Batcher<PrepareItem, LegReport>;
  readonly deliver: Batcher<DeliverItem, LegReport>;
  readonly cancel: Batcher<CancelItem, LegReport>;
}

export function createCoordinator(options: CoordinatorOptions): Coordinator {
  const { clock, timers, verifier, log } = options;
  const failuresMax = options.failuresMax ?? 4;
  const retryFirstMs = options.retryFirstMs ?? 50;
  const retryMostMs = options.retryMostMs ?? 5_000;
  const limits = { batchMax: options.batchMax ?? 256, queueMax: options.queueMax ?? 100_000 };
  const answerMs = options.answerMs ?? 10_000;
  const running = new Map<Uetr, { readonly termsBytes: Uint8Array; readonly told: Promise<Decision> }>();

  const lanes = new Map<LedgerCode, Lanes>();
  for (const [code, port] of options.jurisdictions) {
    lanes.set(code, {
      prepare: createBatcher((items) => within(timers, answerMs, port.prepare(items)), limits),
      deliver: createBatcher((items) => within(timers, answerMs, port.deliver(items)), limits),
      cancel: createBatcher((items) => within(timers, answerMs, port.cancel(items)), limits),
    });
  }
  const logged = <T>(write: (items: readonly T[]) => Promise<void>): Batcher<T, null> =>
    createBatcher(async (items) => {
      await write(items);
      return items.map(() => null);
    }, limits);
  const preparing = logged<PvpLogItem>((items) => log.preparing(items));
  const decided = logged<Decision>((items) => log.decided(items));
  const closed = logged<Decision>((items) => log.closed(items));

  const send = (payment: PvpPayment, state: RelayState, step: Extract<RelayStep, { legs: unknown }>, leg: number) => {
    const lane = lanes.get(state.legs[leg]!.ledger);
    if (!lane) throw new Error(`no jurisdiction ${state.legs[leg]!.ledger}`);
    // A repeated PREPARE shows the leg's own receipt too, by which a lost hold gets back the time that it had.
    const isShown = (i: number) => i !== leg || step.do === 'prepare';
    const receipts = state.legs.flatMap((item, i) => (item.receipt && isShown(i) ? [item.receipt] : []));
    const { pvpId, termsBytes } = payment;
    switch (step.do) {
      case 'prepare':
        return lane.prepare.submit({ pvpId, termsBytes, receipts, ...payment.perLeg[leg]! });
      case 'deliver':
        return lane.deliver.submit({ pvpId, receipts, votes: state.votes.map((vote) => vote.attestation) });
      case 'cancel':
        return lane.cancel.submit({ pvpId });
    }
  };

  const perform = async (
    payment: PvpPayment,
    state: RelayState,
    step: Extract<RelayStep, { legs: unknown }>,
  ): Promise<RelayState> => {
    const answers = await Promise.all(
      step.legs.map(async (leg) => {
        // No answer means an unknown outcome: it counts as neither, and the same is sent again.
        const report = await send(payment, state, step, leg).catch(() => null);
        return { leg, report };
      }),
    );
    return absorb(state, answers, verifier);
  };

  const wait = (failureCount: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(Math.min(retryFirstMs * 2 ** Math.min(failureCount - 1, 20), retryMostMs), resolve);
    });

  /** The log is the one thing that nothing may overtake: it is written again until it is durable. */
  const durably = async (pvpId: Uetr, write: () => Promise<null>): Promise<void> => {
    for (let failureCount = 1; ; failureCount += 1) {
      try {
        await write();
        return;
      } catch (error) {
        if (failureCount === LOG_FAILURES_TOLD) options.observer?.unlogged?.(pvpId, error);
        await wait(failureCount);
      }
    }
  };

  const tellDoubt = (state: RelayState, step: RelayStep): void => {
    const decision = relayDecision(state);
    if (state.failureCount === 0 || decision === 'ABORT') return;
    // All voted and nothing is decided: they decided other terms.
    const isUndecidable = step.do === 'deliver' && step.legs.length === state.legs.length;
    if (step.do === 'cancel' || isUndecidable || (step.do === 'deliver' && decision === 'COMMIT')) {
      options.observer?.inDoubt(
        state.terms.pvpId,
        step.legs.map((leg) => state.legs[leg]!.ledger),
      );
    }
  };

  const carry = async (payment: PvpPayment, tell: (decision: Decision) => void): Promise<void> => {
    const { termsHash: hash } = readTerms(payment.termsBytes);
    let state = startRelay(payment.terms, hash);
    let sendCount = 0;
    await durably(payment.pvpId, () => preparing.submit({ pvpId: payment.pvpId, termsBytes: payment.termsBytes }));
    for (;;) {
      const step = nextRelayStep(state, clock.now(), failuresMax);
      if (step.do === 'close') {
        const decision = decisionOf(state, true);
        await durably(payment.pvpId, () => closed.submit(decision));
        tell(decision);
        return;
      }
      if (step.do === 'log') {
        const decision = decisionOf(state, false);
        await durably(payment.pvpId, () => decided.submit(decision));
        state = { ...state, logged: true, failureCount: 0 };
        continue;
      }
      state = await perform(payment, state, step);
      sendCount += 1;
      if (state.failureCount === 0 && sendCount < SENDS_FREE) continue;
      // An ABORT needs nobody's answer to be final; a COMMIT is told when every leg has applied it.
      if (state.logged && relayDecision(state) === 'ABORT') tell(decisionOf(state, false));
      tellDoubt(state, step);
      await wait(Math.max(state.failureCount, sendCount - SENDS_FREE + 1));
    }
  };

  return {
    drive(payment) {
      const { pvpId, termsBytes } = payment;
      const known = running.get(pvpId);
      if (known && equalBytes(known.termsBytes, termsBytes)) return known.told;
      if (known) return Promise.reject(new Error(`payment ${pvpId} runs on other terms`));
      invariant(payment.perLeg.length === payment.terms.legs.length, 'every leg has its document');
      const told = new Promise<Decision>((resolve, reject) => {
        carry(payment, resolve)
          .finally(() => running.delete(pvpId))
          .then(() => options.observer?.ended?.(pvpId), reject);
      });
      running.set(pvpId, { termsBytes, told });
      return told;
    },
    counts: () => {
      const stages = [...lanes].flatMap(([code, lane]) =>
        Object.entries(lane).map(([stage, batcher]) => ({ stage: `${stage} ${code}`, ...batcher.counts })),
      );
      for (const [stage, batcher] of Object.entries({ preparing, decided, closed })) {
        stages.push({ stage: `log ${stage}`, ...batcher.counts });
      }
      return { stages };
    },
  };
}

function decisionOf(state: RelayState, isClosed: boolean): Decision {
  const { pvpId } = state.terms;
  const reports = state.legs.map((leg) => leg.report);
  const heldBy = heldByOf(state);
  const certificate = certificateOf(state.terms, state.termsHash, state.votes);
  if (certificate) {
    return {
      pvpId,
      decision: 'COMMIT',
      refusal: null,
      refusedBy: null,
      heldBy,
      reports,
      closed: isClosed,
      decidedAt: Math.max(...certificate.map((vote) => vote.value.decidedAt)),
      certificate: certificate.map((vote) => vote.attestation),
    };
  }
  const aborts = state.votes.filter((vote) => vote.value.decision === 'ABORT');
  const [first] = aborts.length > 0 ? aborts : state.votes;
  invariant(first, 'a decision has a vote');
  const cause = aborts.find((vote) => vote.value.reason !== 'PEER_ABORTED') ?? first;
  const code = cause.value.reason ?? 'TERMS_CONFLICT';
  const told = state.legs.find((leg) => leg.ledger === cause.value.ledger)?.report?.refusal;
  return {
    pvpId,
    decision: 'ABORT',
    certificate: null,
    heldBy,
    reports,
    closed: isClosed,
    decidedAt: Math.min(...(aborts.length > 0 ? aborts : [first]).map((vote) => vote.value.decidedAt)),
    refusal: told?.code === code ? told : refusal(code),
    refusedBy: cause.value.ledger,
  };
}

/** A leg that has voted COMMIT has held, whether or not its receipt was needed. */
const heldByOf = ({ legs, votes }: RelayState): LedgerCode[] => {
  const voted = new Set(votes.flatMap(({ value }) => (value.decision === 'COMMIT' ? [value.ledger] : [])));
  return legs.flatMap(({ ledger, receipt }) => (receipt !== null || voted.has(ledger) ? [ledger] : []));
};
