import type { Uetr } from '../kernel/ids.js';
import type { LegShellOptions, Work } from './leg-shell.js';

/**
 * How far the journal is final in the ledger while the jurisdiction is open, so that the next recovery walks the
 * journal from there and not from the last start.
 */
export interface Reconciled {
  /** A call over these works begins, at `now` in milliseconds; the answer ends it. */
  begin(now: number): (works: readonly Work[]) => void;
  /** Payments whose vote is journalled while its effect could not be written yet. */
  unfinished(): Uetr[];
  /** A recovery walked the journal up to here. */
  recovered(reconciledTo: number): void;
  /** Writes how far it is, at most once a minute. */
  checkpoint(epoch: bigint, now: number): Promise<void>;
}

const EVERY_MS = 60_000;

export function createReconciled(options: Pick<LegShellOptions, 'ledger' | 'coSigner'>): Reconciled {
  const { ledger, coSigner } = options;
  const calls = new Set<{ readonly since: number }>();
  const unfinished = new Map<Uetr, number>();
  let reached = 0;
  return {
    begin(now) {
      const call = { since: now };
      calls.add(call);
      return (works) => {
        calls.delete(call);
        for (const { pvpId, entry, stalled } of works) {
          if (stalled && entry) unfinished.set(pvpId, entry.decidedAt);
          else unfinished.delete(pvpId);
        }
      };
    },
    unfinished: () => [...unfinished.keys()],
    recovered(reconciledTo) {
      reached = reconciledTo;
    },
    async checkpoint(epoch, now) {
      // What is journalled later, or by a call that is under way, is not older than this. All else has ended, or its
      // hold is open and was placed before its vote.
      const times = [now, ...[...calls].map((call) => call.since), ...unfinished.values()];
      const since = times.reduce((least, at) => Math.min(least, at));
      const [oldest] = await ledger.openHolds('pvp', null, 1);
      const at = Math.min(since, oldest?.heldAt ?? since);
      if (at < reached + EVERY_MS) return;
      await coSigner.store.setReconciledTo(epoch, at);
      reached = at;
    },
  };
}
