import type { LedgerCode, Uetr } from '../kernel/ids.js';
import type { Attestation } from './attestation.js';
import { firstPerPeer, type SignerEntry } from './signer.js';
import { readVoter } from './verify.js';

/** A leg that said COMMIT and waits for a peer: what it asks, whom, and since when. */
export interface Doubt {
  readonly pvpId: Uetr;
  /** The own COMMIT. */
  readonly entry: SignerEntry;
  readonly prepareBy: number;
  /** The other jurisdictions of the terms: each is asked, for it may know the vote of one that is out of reach. */
  readonly peers: readonly LedgerCode[];
  /** Peers whose vote is not known. */
  readonly waitingFor: readonly LedgerCode[];
  /** Leaf of the own receipt. */
  readonly receiptLeaf: Uint8Array;
  /** What is told to the peers with the question, so that they can vote and settle without a gateway. */
  readonly receipts: readonly Attestation[];
  readonly peerVotes: readonly Attestation[];
}

interface Tracked extends Doubt {
  readonly delayMs: number;
  readonly nextAt: number;
  readonly alarmed: 0 | 1 | 2;
}

export const DOUBT_TIMES = { firstMs: 250, mostMs: 5_000, alarmMs: 2_000, pageMs: 60_000 } as const;

export type DoubtAge = 'fresh' | 'alarm' | 'page';

/** How long a leg has been in doubt: less than 2 s, less than 60 s, or longer. */
export function doubtAge({ entry }: Pick<Doubt, 'entry'>, now: number): DoubtAge {
  const age = now - entry.decidedAt;
  return age >= DOUBT_TIMES.pageMs ? 'page' : age >= DOUBT_TIMES.alarmMs ? 'alarm' : 'fresh';
}

/** Legs in doubt and when to ask about them again: after 250 ms, doubling to 5 s, for ever. */
export interface DoubtList {
  /** Puts a leg on the list, or renews what is known of one that is. */
  enter(doubt: Doubt, elapsedMs: number): void;
  leave(pvpId: Uetr): void;
  /** What to ask now; the next time is set by it. `elapsedMs` is of a clock that nobody sets. */
  due(elapsedMs: number): Doubt[];
  /** Legs that have just been in doubt for 2 s (`alarm`) or 60 s (`page`) of wall-clock time; each is answered once. */
  alarms(now: number): { doubt: Doubt; level: 'alarm' | 'page' }[];
  all(): Doubt[];
}

export function createDoubtList(): DoubtList {
  const tracked = new Map<Uetr, Tracked>();
  return {
    enter(doubt, elapsedMs) {
      const known = tracked.get(doubt.pvpId);
      const timing = known ?? {
        delayMs: DOUBT_TIMES.firstMs,
        nextAt: elapsedMs + DOUBT_TIMES.firstMs,
        alarmed: 0 as const,
      };
      const { delayMs, nextAt, alarmed } = timing;
      const peerVotes = firstPerPeer(known?.peerVotes ?? [], doubt.peerVotes);
      const receipts = known && known.receipts.length > doubt.receipts.length ? known.receipts : doubt.receipts;
      const heard = new Set(peerVotes.map(readVoter));
      const waitingFor = doubt.waitingFor.filter((peer) => !heard.has(peer));
      tracked.set(doubt.pvpId, { ...doubt, peerVotes, receipts, waitingFor, delayMs, nextAt, alarmed });
    },
    leave: (pvpId) => {
      tracked.delete(pvpId);
    },
    due(elapsedMs) {
      const due = [...tracked.values()].filter((doubt) => doubt.nextAt <= elapsedMs);
      for (const doubt of due) {
        const delayMs = Math.min(doubt.delayMs * 2, DOUBT_TIMES.mostMs);
        tracked.set(doubt.pvpId, { ...doubt, delayMs, nextAt: elapsedMs + delayMs });
      }
      return due;
    },
    alarms(now) {
      const raised: { doubt: Doubt; level: 'alarm' | 'page' }[] = [];
      for (const doubt of tracked.values()) {
        const age = now - doubt.entry.decidedAt;
        const alarmed = age >= DOUBT_TIMES.pageMs ? 2 : age >= DOUBT_TIMES.alarmMs ? 1 : 0;
        if (alarmed <= doubt.alarmed) continue;
        tracked.set(doubt.pvpId, { ...doubt, alarmed });
        raised.push({ doubt, level: alarmed === 2 ? 'page' : 'alarm' });
      }
      return raised;
    },
    all: () => [...tracked.values()],
  };
}
