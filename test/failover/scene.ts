import type pg from 'pg';
import { expect } from 'vitest';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import { migrate } from '../../src/gateway/platform/migrate.pg.js';
import { createPool } from '../../src/gateway/platform/pool.js';
import { verifySignature } from '../../src/kernel/suites.js';
import { verifyChain } from '../../src/ledger/chain.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { createCoordinator, type Decision, type PvpPayment } from '../../src/pvp/coordinator.js';
import type { LegReport } from '../../src/pvp/jurisdiction-port.js';
import { signerMigrations } from '../../src/pvp/migrations/index.js';
import { createPgSignerStore } from '../../src/pvp/signer-store.pg.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { createVerifier } from '../../src/pvp/verify.js';
import { createWorld, live, prepareItem, type Side, type World, wallet } from '../pvp/world.js';
import { testDatabase } from '../support/postgres.js';
import { expectVerified } from '../support/verified.js';
import type { Cluster } from './cluster.js';

/** Two jurisdictions of which one, `lossy`, has its ledger on the cluster and its journal on the run's own server. */
export interface Scene {
  readonly world: World;
  readonly payment: PvpPayment;
  readonly lossy: Side;
  /** Resolves when the databases have answered all that was asked: manual time must not outrun them. */
  quiet(): Promise<void>;
  /** Signer epoch of the lossy side. */
  epoch(): Promise<bigint>;
  /** Audits what the lossy side has. */
  verified(allowed: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const TEMPLATE = 'ledger_template';

/** The database that those of the scenes are copies of. */
export async function makeTemplate(cluster: Cluster): Promise<void> {
  await cluster.query('postgres', `CREATE DATABASE ${TEMPLATE}`);
  const pool = createPool(cluster.url(TEMPLATE), { max: 1 });
  await migrate(pool, ledgerMigrations);
  await pool.end();
}

/** A ledger's pool: connections go to whoever is the primary when they are made. */
export const ledgerPool = (cluster: Cluster, name: string): pg.Pool =>
  createPool(cluster.url(`ledger_${name}`), { max: 2, connectTimeoutMs: 5_000 });

export async function openScene(
  cluster: Cluster,
  code: string,
  name: string,
  change?: (code: string) => (terms: PvpTerms) => PvpTerms,
): Promise<Scene> {
  await cluster.query('postgres', `CREATE DATABASE ledger_${name} TEMPLATE ${TEMPLATE}`);
  const pool = ledgerPool(cluster, name);
  const signer = await testDatabase(signerMigrations, 1);
  const stores = { ledgerStore: createPgStore(pool), signerStore: createPgSignerStore(signer.pool) };
  const world = await createWorld(['KZ', 'CN'], { [code]: stores });
  const lossy = world.side(code);
  const pools = new Map<DatabaseRole, pg.Pool>([
    [`ledger-${code.toLowerCase()}`, pool],
    [`signer-${code.toLowerCase()}`, signer.pool],
  ]);
  return {
    world,
    payment: world.payment(change?.(code)),
    lossy,
    quiet: () => quiet([pool, signer.pool]),
    epoch: async () => BigInt((await signer.pool.query('SELECT epoch FROM signer_state')).rows[0].epoch),
    verified: (allowed) => expectVerified(pools, [...world.keys.values()], { allowed }),
    async close() {
      for (const side of world.sides) await side.jurisdiction.stop();
      await pool.end();
      await signer.drop();
    },
  };
}

const TURNS = 8;

async function quiet(pools: readonly pg.Pool[]): Promise<void> {
  const isBusy = (pool: pg.Pool): boolean => pool.totalCount > pool.idleCount || pool.waitingCount > 0;
  for (let turns = 0; turns < TURNS; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (pools.some(isBusy)) turns = 0;
  }
}

/** A thing that happens to a payment, by hand: nobody repeats it. */
export type Step = (scene: Scene) => Promise<unknown>;

const reportsOf = new WeakMap<Scene, Map<string, LegReport>>();
const seen = (scene: Scene): Map<string, LegReport> => {
  const reports = reportsOf.get(scene) ?? new Map<string, LegReport>();
  reportsOf.set(scene, reports);
  return reports;
};
const keep = (scene: Scene, code: string, report: LegReport | undefined): void => {
  if (report) seen(scene).set(code, report);
};
const receiptOf = (scene: Scene, code: string) => seen(scene).get(code)?.receipt ?? null;
const shown = (scene: Scene, code: string) => {
  const report = seen(scene).get(code);
  return {
    pvpId: scene.payment.pvpId,
    receipts: report?.receipt ? [report.receipt] : [],
    votes: report?.vote ? [report.vote] : [],
  };
};

/** The first leg holds, and its receipt is out. */
export const holdA: Step = async (scene) => {
  const [report] = await scene.world.side('KZ').jurisdiction.prepare([prepareItem(scene.payment, 0)]);
  keep(scene, 'KZ', report);
  expect(report?.state).toBe('HELD');
};
/** The last leg holds without a vote: it has no receipt of the first one. */
export const holdB: Step = async (scene) => {
  const [report] = await scene.world.side('CN').jurisdiction.prepare([prepareItem(scene.payment, 1)]);
  expect(report?.state).toBe('HELD');
};
/** The last leg holds and votes COMMIT. */
export const voteB: Step = async (scene) => {
  const receipt = receiptOf(scene, 'KZ');
  const item = prepareItem(scene.payment, 1, receipt ? [receipt] : []);
  const [report] = await scene.world.side('CN').jurisdiction.prepare([item]);
  keep(scene, 'CN', report);
  expect(report?.state).toBe('VOTED');
};
/** The first leg votes COMMIT and dies before it settles. */
export const voteA: Step = async (scene) => {
  const side = scene.world.side('KZ');
  side.fault = (point) => {
    if (point === 'after vote') throw new Error('died after its vote');
  };
  await expect(side.jurisdiction.deliver([shown(scene, 'CN')])).rejects.toThrow('died after its vote');
  side.fault = () => {};
};
/** The first leg votes and settles. */
export const settleA: Step = async (scene) => {
  const [report] = await scene.world.side('KZ').jurisdiction.deliver([shown(scene, 'CN')]);
  keep(scene, 'KZ', report);
  expect(report?.state).toBe('SETTLED');
};
/** The last leg settles by the certificate. */
export const settleB: Step = async (scene) => {
  const [report] = await scene.world.side('CN').jurisdiction.deliver([shown(scene, 'KZ')]);
  expect(report?.state).toBe('SETTLED');
};
/** Ordinary transactions of the lossy ledger. */
export const ordinary: Step = async ({ lossy }) => {
  const [payer, payee] = [wallet(lossy.code, 'payer'), wallet(lossy.code, 'payee')];
  await lossy.ledger.submit({ kind: 'issue', reference: 'ordinary-issue', creditWallet: payer, amountMinor: 777n });
  const transfer = { kind: 'transfer', reference: 'ordinary', debitWallet: payer, creditWallet: payee } as const;
  expect(await lossy.ledger.submit({ ...transfer, amountMinor: 5n })).toMatchObject({ ok: true });
};

const STEP_MS = 50;

/** Lets this much time pass, in which whatever is due gets its answers. */
async function pass({ world, quiet: settled }: Scene, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await settled();
    await world.time.advance(Math.min(STEP_MS, left));
  }
  await settled();
}

/** A gateway that drives the payment now; while it waits, and only then, time passes. */
export function drive(scene: Scene): Promise<Decision> {
  const { world, payment } = scene;
  const after = (delayMs: number, run: () => void) => {
    void pass(scene, delayMs).then(run);
    return () => {};
  };
  const jurisdictions = new Map(world.sides.map((side) => [side.code, live(side)]));
  const { clock } = world.time;
  const verifier = createVerifier(world.register);
  return createCoordinator({ jurisdictions, log: world.log, verifier, clock, timers: { after } }).drive(payment);
}

export const stateOn = async (side: Side, { pvpId }: PvpPayment) =>
  (await side.ledger.holds([pvpId])).get(pvpId)?.state;

const TICK_MS = 250;
const TICKS_MAX = 120;

/** Lets the jurisdictions' own timers run until it is so. */
export async function passTime(scene: Scene, isSo: () => Promise<boolean>): Promise<void> {
  for (let tick = 0; tick < TICKS_MAX; tick += 1) {
    if (await isSo()) return;
    await pass(scene, TICK_MS);
  }
  throw new Error('time passes and nothing comes of it');
}

/** The chain verifies, the tokens have the sums that the ledger keeps, and all money there is was issued. */
export async function expectWholeLedger(side: Side): Promise<void> {
  const { ledgerStore: store, notaryKey } = side;
  const blocks = await store.blocks(1n, 10_000);
  const head = await store.head();
  expect(BigInt(blocks.length)).toBe(head.sequence);
  expect(verifyChain({ code: side.code, currency: side.currency }, blocks, notaryKey, verifySignature)).toBeNull();
  const sums = await store.sums();
  expect(sums.unspentMinor).toBe(head.issuedMinor - head.redeemedMinor);
  expect(sums.walletMinor).toBe(sums.unspentMinor);
  expect(sums.heldMinor).toBe(sums.openHoldMinor);
  expect(sums.walletMismatchCount).toBe(0);
}
