import type { Uetr } from '../kernel/ids.js';
import type { LegShellOptions } from './leg-shell.js';
import type { Work } from './leg-work.js';

/**
 * How far the journal is in the ledger while the jurisdiction is open, so that the next recovery walks the journal from
 * there. It goes by the order of the journal and by the ledger's blocks, not by clocks.
 */
export interface Reconciled {
  /** A call over works begins; the answer ends it. One that breaks off is never ended: only a recovery knows its effect. */
  begin(): (works: readonly Work[]) => void;
  /** Payments whose vote is journalled while its effect could not be written yet. */
  unfinished(): Uetr[];
  /** A recovery begins: no call from before can journal anything any more. */
  reset(): void;
  /** Writes how far it is, at most once a minute. */
  checkpoint(epoch: bigint, now: number): Promise<void>;
}

const EVERY_MS = 60_000;

export function createReconciled(options: Pick<LegShellOptions, 'ledger' | 'coSigner'>): Reconciled {
  const { ledger } = options;
  const { store } = options.coSigner;
  const calls = new Set<object>();
  const unfinished = new Set<Uetr>();
  let reached = 0n;
  let writtenAt = 0;
  /** The journal's end, and the calls that may have written up to there without having written the ledger. */
  let looked: { readonly position: bigint; readonly during: readonly object[] } | null = null;

  const look = async (): Promise<void> => {
    const position = await store.lastPosition();
    looked = { position, during: [...calls] };
  };
  return {
    begin() {
      const call = {};
      calls.add(call);
      return (works) => {
        calls.delete(call);
        for (const { pvpId, entry, stalled } of works) {
          if (stalled && entry) unfinished.add(pvpId);
          else unfinished.delete(pvpId);
        }
      };
    },
    unfinished: () => [...unfinished],
    reset() {
      calls.clear();
      looked = null;
    },
    async checkpoint(epoch, now) {
      // A clock that was set back must not put it off for long.
      if (Math.abs(now - writtenAt) < EVERY_MS) return;
      if (looked === null) await look();
      if (looked === null || unfinished.size > 0 || looked.during.some((call) => calls.has(call))) return;
      const { position } = looked;
      looked = null;
      writtenAt = now;
      if (position <= reached) return;
      await store.keepCheckpoint(epoch, { position, block: await ledger.lastBlock() });
      reached = position;
    },
  };
}
