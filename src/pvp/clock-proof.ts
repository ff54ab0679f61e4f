import type { Clock, Monotonic } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';

/**
 * Whether a co-signer may rely on its clock for a new COMMIT. Nothing proves a clock; what this one says is held against
 * two things that it can't deceive: the machine's monotonic clock, beside which it must not step or drift, and the times
 * in signed statements of the peers. While something contradicts it, it is not trusted. Safety does not depend on it.
 */
export interface ClockProof {
  /** Compares the clocks now. */
  isTrusted(): boolean;
  /**
   * A verified statement of a peer that has just come: made at `at` by the peer's clock, and after `notBefore` by ours
   * where it is known to follow a statement of our own. Milliseconds.
   */
  heard(statement: { readonly ledger: LedgerCode; readonly at: number; readonly notBefore: number | null }): void;
  /** What contradicts it; null while nothing does. */
  doubt(): string | null;
}

export interface ClockProofOptions {
  readonly clock: Clock;
  readonly monotonic: Monotonic;
  /** Milliseconds by which a clock may be wrong. */
  readonly clockErrorMs: number;
}

/** Milliseconds for which a contradiction counts, and over which a drift is measured. */
export const CLOCK_STEADY_MS = 60_000;
/** Two readings further apart than this say nothing about each other. */
const READING_MAX_MS = 50;

/** How far the wall clock is ahead of the monotonic one, and since when that is so. */
interface Steadiness {
  readonly offsetMs: number;
  readonly since: number;
  /** Monotonic time of the last step; null when there was none. */
  readonly steppedAt: number | null;
  readonly stepMs: number;
}

interface Evidence {
  readonly agrees: boolean;
  readonly at: number;
}

/** The next reading of both clocks, `elapsed` and `offsetMs`, after what was seen before. */
function observe(before: Steadiness, elapsed: number, offsetMs: number, clockErrorMs: number): Steadiness {
  const stepMs = offsetMs - before.offsetMs;
  if (Math.abs(stepMs) > clockErrorMs) return { offsetMs, since: elapsed, steppedAt: elapsed, stepMs };
  // A clock that is slowly put right moves a little in each span of time.
  return elapsed - before.since < CLOCK_STEADY_MS ? before : { ...before, offsetMs, since: elapsed };
}

const isRecent = (at: number, elapsed: number): boolean => elapsed - at < CLOCK_STEADY_MS;

export function createClockProof(options: ClockProofOptions): ClockProof {
  const { clock, monotonic, clockErrorMs } = options;
  let steadiness: Steadiness | null = null;
  const evidence = new Map<LedgerCode, Evidence>();

  const look = (): number => {
    const before = monotonic.elapsedMs();
    const now = clock.now();
    const elapsed = monotonic.elapsedMs();
    if (elapsed - before > READING_MAX_MS) return elapsed;
    const offsetMs = now - elapsed;
    steadiness = steadiness
      ? observe(steadiness, elapsed, offsetMs, clockErrorMs)
      : { offsetMs, since: elapsed, steppedAt: null, stepMs: 0 };
    return elapsed;
  };

  look();

  const doubt = (): string | null => {
    const elapsed = look();
    const steppedAt = steadiness?.steppedAt ?? null;
    if (steadiness && steppedAt !== null && isRecent(steppedAt, elapsed)) {
      return `the clock moved by ${Math.round(steadiness.stepMs)} ms beside the monotonic clock`;
    }
    const recent = [...evidence].filter(([, { at }]) => isRecent(at, elapsed));
    const against = recent.filter(([, { agrees }]) => !agrees).map(([ledger]) => ledger);
    // One peer among several that agree is itself what is wrong.
    return against.length * 2 > recent.length ? `the clock disagrees with that of ${against.join(', ')}` : null;
  };

  return {
    doubt,
    isTrusted: () => doubt() === null,
    heard({ ledger, at, notBefore }) {
      const elapsed = look();
      // Each of the two clocks may be wrong by as much.
      const isAhead = at > clock.now() + 2 * clockErrorMs;
      const isBehind = notBefore !== null && at < notBefore - 2 * clockErrorMs;
      const known = evidence.get(ledger);
      // That a statement is of the past says little: it may be old. It refutes nothing that is known.
      const isWeak = notBefore === null && known !== undefined && !known.agrees && isRecent(known.at, elapsed);
      if (isAhead || isBehind) evidence.set(ledger, { agrees: false, at: elapsed });
      else if (!isWeak) evidence.set(ledger, { agrees: true, at: elapsed });
    },
  };
}
