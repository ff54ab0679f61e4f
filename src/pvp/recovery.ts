import type { Uetr } from '../kernel/ids.js';
import type { JurisdictionCore } from './jurisdiction.js';
import { stateOf } from './leg-shell.js';

/** What a recovery found and did. */
export interface RecoveryReport {
  readonly epoch: bigint;
  readonly entryCount: number;
  readonly openHoldCount: number;
  /** COMMITs of ours that no peer has answered yet, and rows that could not be put back: the jurisdiction opens with them. */
  readonly inDoubtCount: number;
  /** Every journal entry decided before this is final in the ledger. */
  readonly reconciledTo: number;
}

const PAGE = 500;
/** How far back a failover may have lost the ledger's commits, beyond what was final at the last look. */
const LOOK_BACK_MS = 3_600_000;

/**
 * Brings the ledger in line with the signer's journal while traffic is refused: the chain verifies; the epoch is
 * raised, so that an older writer of this ledger can cast no vote; every journal entry without a final row is rebuilt
 * or released; every open leg is reconciled or lapses; peers are asked about what is in doubt. Then traffic may open.
 * The journal is walked, not only the rows: a row may be what was lost.
 */
export async function recoverJurisdiction(core: JurisdictionCore): Promise<RecoveryReport> {
  const { options, shell } = core;
  const { store } = options.coSigner;
  await options.verifyLedger();
  shell.epoch = await store.raiseEpoch();
  shell.frozen = (await store.openEquivocations()).length > 0;
  const startedAt = options.clock.now();
  const entries = await reconcileJournal(core);
  const openHoldCount = await reconcileHolds(core);
  const reconciledTo = Math.min(startedAt, entries.unresolvedSince);
  await store.setReconciledTo(shell.epoch, reconciledTo);
  await core.askPeers(core.doubts.all());
  const inDoubtCount = core.doubts.all().length;
  return { epoch: shell.epoch, entryCount: entries.count, openHoldCount, inDoubtCount, reconciledTo };
}

async function reconcileJournal(core: JurisdictionCore): Promise<{ count: number; unresolvedSince: number }> {
  const { options, shell } = core;
  const { store } = options.coSigner;
  const from = (await store.reconciledTo()) - LOOK_BACK_MS;
  let count = 0;
  let unresolvedSince = Number.MAX_SAFE_INTEGER;
  let after: { decidedAt: number; pvpId: Uetr } | null = null;
  for (;;) {
    const page = await store.entriesSince(from, after, PAGE);
    const works = page.map((entry) => shell.work(entry.pvpId, { kind: 'reconcile' }));
    await core.process(works, true);
    for (const work of works) {
      const isFinal = stateOf(work) === 'SETTLED' || stateOf(work) === 'RELEASED';
      if (!isFinal && work.entry) unresolvedSince = Math.min(unresolvedSince, work.entry.decidedAt);
    }
    count += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { count, unresolvedSince };
    after = { decidedAt: last.decidedAt, pvpId: last.pvpId };
  }
}

async function reconcileHolds(core: JurisdictionCore): Promise<number> {
  const { options, shell } = core;
  let count = 0;
  let after: { heldAt: number; conditionRef: string } | null = null;
  for (;;) {
    const page = await options.ledger.openHolds('pvp', after, PAGE);
    const works = page.map((hold) => shell.work(hold.conditionRef as Uetr, { kind: 'lapse' }));
    await core.process(works, true);
    count += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return count;
    after = { heldAt: last.heldAt, conditionRef: last.conditionRef };
  }
}
