import { equalBytes } from '../kernel/hash.js';
import type { Uetr } from '../kernel/ids.js';
import type { JurisdictionCore } from './jurisdiction.js';
import { frozenLedger } from './leg-shell.js';
import type { Work } from './leg-work.js';

/** What a recovery found and did. */
export interface RecoveryReport {
  readonly epoch: bigint;
  readonly entryCount: number;
  readonly openHoldCount: number;
  /** COMMITs of ours that no peer has answered yet, and rows that can never be put back: the jurisdiction opens with them. */
  readonly inDoubtCount: number;
  /** Every journal entry up to this position has its row in the ledger. */
  readonly reconciledTo: bigint;
}

const PAGE = 500;

/**
 * Brings the ledger in line with the signer's journal while traffic is refused: the chain verifies; the epoch is
 * raised, so that an older writer of this ledger can cast no vote; every journal entry without a final row is rebuilt
 * or released; every open leg is reconciled or lapses; peers are asked about what is in doubt. Then traffic may open.
 * The journal is walked, not only the rows: a row may be what was lost.
 */
export async function recoverJurisdiction(core: JurisdictionCore): Promise<RecoveryReport> {
  const { options, shell } = core;
  const { ledger } = options;
  const { store } = options.coSigner;
  await options.verifyLedger();
  shell.epoch = await store.raiseEpoch();
  shell.frozen.clear();
  for (const { votes } of await store.openEquivocations()) shell.frozen.add(frozenLedger(votes, ledger.code));
  const last = await store.lastPosition();
  const from = await reconciledTo(core);
  const entries = await reconcileJournal(core, from);
  const openHoldCount = await reconcileHolds(core);
  if (entries.isWhole) await store.keepCheckpoint(shell.epoch, { position: last, block: await ledger.lastBlock() });
  await core.askPeers(core.doubts.all());
  return {
    epoch: shell.epoch,
    entryCount: entries.count,
    openHoldCount,
    inDoubtCount: core.doubts.all().length,
    reconciledTo: entries.isWhole ? last : from,
  };
}

/**
 * The newest position whose block the ledger still has. A failover that lost blocks lost their checkpoints with them,
 * so that as much is walked as it may have lost, whatever any clock says.
 */
async function reconciledTo(core: JurisdictionCore): Promise<bigint> {
  const { ledger, coSigner } = core.options;
  for (const { position, block } of await coSigner.store.checkpoints()) {
    if (await ledger.hasBlock(block)) return position;
  }
  return 0n;
}

async function reconcileJournal(core: JurisdictionCore, from: bigint): Promise<{ count: number; isWhole: boolean }> {
  const { options, shell } = core;
  let count = 0;
  let isWhole = true;
  for (let after = from; ; ) {
    const page = await options.coSigner.store.entriesAfter(after, PAGE);
    const works = page.map(({ entry }) => shell.work(entry.pvpId, { kind: 'reconcile' }));
    await core.process(works, true);
    works.forEach(assertPutBack);
    isWhole &&= works.every((work) => work.hold !== null && !work.stalled);
    count += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return { count, isWhole };
    after = last.position;
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

/**
 * Throws where the hold of a COMMIT could not be put back for want of room or of the oracle: until it can, nobody may have
 * the money that it had reserved.
 */
function assertPutBack({ pvpId, entry, hold, refused }: Work): void {
  const isThere = hold !== null && entry !== null && equalBytes(hold.conditionHash, entry.termsHash);
  const isForNow = refused?.code === 'UNAVAILABLE' || refused?.code === 'QUEUE_FULL';
  if (entry?.decision === 'COMMIT' && !isThere && isForNow)
    throw new Error(`the hold of ${pvpId} can't be put back now: ${refused.detail ?? refused.code}`);
}
