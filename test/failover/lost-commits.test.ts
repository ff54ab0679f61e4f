import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerCommand } from '../../src/ledger/types.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { AMOUNT, FUNDED, type Side, wallet } from '../pvp/world.js';
import { type Cluster, findPostgresTools, openCluster } from './cluster.js';
import {
  drive,
  expectWholeLedger,
  holdA,
  holdB,
  makeTemplate,
  openScene,
  ordinary,
  passTime,
  type Scene,
  type Step,
  settleA,
  settleB,
  stateOn,
  voteA,
  voteB,
} from './scene.js';

const tools = findPostgresTools('failover that loses commits');

type End = 'SETTLED' | 'RELEASED';

/** What the ledger had when the replica was cut off, and what it committed afterwards. */
interface Lost {
  readonly title: string;
  readonly lossy: 'KZ' | 'CN';
  readonly kept: readonly Step[];
  readonly lost: readonly Step[];
  readonly terms?: (code: string) => (terms: PvpTerms) => PvpTerms;
  /** What must be found when the replica has become the primary. */
  readonly check: (scene: Scene, epochBefore: bigint) => Promise<void>;
  /** What the audit may find at the end. */
  readonly allowed?: readonly string[];
}

const states = ({ world, payment }: Scene) => Promise.all(world.sides.map((side) => stateOn(side, payment)));

/** Both legs end alike, on ledgers that are whole; the lost ordinary transactions never were. */
async function expectEnd(scene: Scene, end: End): Promise<void> {
  // Where nothing was ever held, or no vote asked for, there need not be a row.
  const ends = end === 'SETTLED' ? ['SETTLED'] : ['RELEASED', undefined];
  await passTime(scene, async () => (await states(scene)).every((state) => ends.includes(state)));
  const { world } = scene;
  const moved = end === 'SETTLED' ? AMOUNT : 0n;
  for (const side of world.sides) {
    await expectWholeLedger(side);
    expect(await world.available(side, 'payer')).toBe(FUNDED - moved);
    expect(await world.available(side, 'payee')).toBe(moved);
    expect(await world.available(side, 'suspense')).toBe(FUNDED);
    expect(side.jurisdiction.inDoubt()).toEqual([]);
    expect(side.jurisdiction.isFrozen()).toBe(false);
  }
  expect(world.alarms.filter(({ level, code }) => level === 'page' && code !== 'IN_DOUBT')).toEqual([]);
}

/** The jurisdiction noticed by itself, or was started again: it took a new epoch and is open. */
const recovered = (scene: Scene, epochBefore: bigint): Promise<void> =>
  passTime(scene, async () => scene.lossy.jurisdiction.isOpen() && (await scene.epoch()) > epochBefore);

async function startAgain({ world, lossy }: Scene): Promise<void> {
  await lossy.jurisdiction.stop();
  await world.restart(lossy);
  await lossy.jurisdiction.start();
}

/** A cell of the fault matrix: the same process without a gateway, and a new process with one. */
function cell(
  name: string,
  lossy: Lost['lossy'],
  kept: readonly Step[],
  lost: readonly Step[],
  alone: End = 'SETTLED',
): Lost[] {
  const what = { lossy, kept, lost: [...lost, ordinary] };
  return [
    {
      ...what,
      title: `${lossy} loses ${name}: its process goes on, without a gateway`,
      async check(scene, epochBefore) {
        await recovered(scene, epochBefore);
        await expectEnd(scene, alone);
      },
    },
    {
      ...what,
      title: `${lossy} loses ${name}: its process is started again, and the gateway goes on`,
      async check(scene, epochBefore) {
        await startAgain(scene);
        await recovered(scene, epochBefore);
        expect(await drive(scene)).toMatchObject({ decision: 'COMMIT', refusal: null });
        await expectEnd(scene, 'SETTLED');
      },
    },
  ];
}

const MATRIX: readonly Lost[] = [
  ...cell('S1 nothing of the payment', 'KZ', [], [], 'RELEASED'),
  ...cell('S2 the hold, its receipt sent', 'KZ', [], [holdA], 'RELEASED'),
  ...cell('S3 the hold, both held', 'KZ', [], [holdA, holdB], 'RELEASED'),
  ...cell('S4 the hold, the other voted', 'KZ', [], [holdA, voteB], 'RELEASED'),
  ...cell('S5 the hold after its COMMIT, both voted', 'KZ', [], [holdA, voteB, voteA]),
  ...cell('S6 the settlement', 'KZ', [holdA, voteB], [settleA]),
  ...cell('S6 hold and settlement', 'KZ', [], [holdA, voteB, settleA]),
  ...cell('S7 the settlement, both settled', 'KZ', [holdA, voteB], [settleA, settleB]),
  ...cell('S7 hold and settlement, both settled', 'KZ', [], [holdA, voteB, settleA, settleB]),
  ...cell('S2 nothing of the payment', 'CN', [holdA], [], 'RELEASED'),
  ...cell('S3 the hold, both held', 'CN', [holdA], [holdB], 'RELEASED'),
  ...cell('S4 the hold after its COMMIT', 'CN', [holdA], [voteB]),
  ...cell('S5 the hold after its COMMIT, both voted', 'CN', [holdA], [voteB, voteA]),
  ...cell('S6 the hold, the other settled', 'CN', [holdA], [voteB, settleA]),
  ...cell('S7 the settlement, both settled', 'CN', [holdA, voteB, settleA], [settleB]),
  ...cell('S7 hold and settlement, both settled', 'CN', [holdA], [voteB, settleA, settleB]),
];

const issue = ({ code, ledger }: Side, to: string, amountMinor: bigint) =>
  ledger.submit({ kind: 'issue', reference: `more-${to}`, creditWallet: wallet(code, to), amountMinor });
const transferOfAll = (code: string): LedgerCommand => ({
  ...{ kind: 'transfer', reference: 'all', debitWallet: wallet(code, 'payer'), creditWallet: wallet(code, 'payee') },
  amountMinor: FUNDED,
});
const LARGE = FUNDED + 500n;

const OTHERS: readonly Lost[] = [
  {
    title: 'money that was issued in the lost tail and had been voted on: suspense money pays, frozen and paged',
    lossy: 'KZ',
    allowed: ['CORRIDOR_FROZEN'],
    terms: (code) => (terms) => ({
      ...terms,
      legs: terms.legs.map((leg) => (leg.ledger === code ? { ...leg, amountMinor: LARGE } : leg)),
    }),
    kept: [({ lossy }) => issue(lossy, 'suspense', 9_000n)],
    lost: [({ lossy }) => issue(lossy, 'payer', 9_000n), holdA, voteB, voteA],
    async check(scene, epochBefore) {
      const { world, lossy } = scene;
      await recovered(scene, epochBefore);
      await passTime(scene, async () => (await states(scene)).every((state) => state === 'SETTLED'));
      expect(world.alarms).toContainEqual(expect.objectContaining({ level: 'page', code: 'FUNDS_GONE', ledger: 'KZ' }));
      expect(lossy.jurisdiction.isFrozen()).toBe(true);
      await expectWholeLedger(lossy);
      expect(await world.available(lossy, 'payer')).toBe(FUNDED);
      expect(await world.available(lossy, 'payee')).toBe(LARGE);
      expect(await world.available(lossy, 'suspense')).toBe(FUNDED + 9_000n - LARGE);
    },
  },
  {
    title: 'an ordinary transfer that comes first can not spend what a lost hold had reserved',
    lossy: 'CN',
    kept: [holdA],
    lost: [voteB],
    async check(scene, epochBefore) {
      const { ledger } = scene.lossy;
      const transfer = transferOfAll('CN');
      await expect(ledger.submit(transfer)).rejects.toThrow();
      expect(await ledger.submit(transfer)).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
      await recovered(scene, epochBefore);
      expect(await ledger.submit(transfer)).toMatchObject({ ok: false, error: { code: 'FUNDS_INSUFFICIENT' } });
      await expectEnd(scene, 'SETTLED');
    },
  },
  {
    title: "a writer whose own start was lost takes a new epoch instead of staying closed, and an older one's end",
    lossy: 'CN',
    kept: [holdA],
    lost: [startAgain, voteB],
    async check(scene, epochBefore) {
      await recovered(scene, epochBefore);
      await expectEnd(scene, 'SETTLED');
      expect(scene.world.alarms.map(({ code }) => code)).not.toContain('FENCED');
    },
  },
];

const ALL = [...MATRIX, ...OTHERS];

describe.skipIf(tools === null)('a failover loses the last commits of a ledger', () => {
  let cluster: Cluster;
  const scenes: Scene[] = [];
  const epochs: bigint[] = [];

  /** Scenes know nothing of each other. */
  const each = (work: (given: Lost, scene: Scene, i: number) => Promise<unknown>) =>
    Promise.all(ALL.map((given, i) => work(given, scenes[i]!, i)));

  beforeAll(async () => {
    if (!tools) return;
    cluster = await openCluster(tools);
    await makeTemplate(cluster);
    for (const [i, { lossy, terms }] of ALL.entries()) scenes.push(await openScene(cluster, lossy, String(i), terms));
    await cluster.addReplica();
    await each(async ({ kept }, scene) => {
      for (const step of kept) await step(scene);
    });
    await cluster.cutReplica();
    await each(async ({ lost }, scene, i) => {
      for (const side of scene.world.sides) await side.jurisdiction.start();
      for (const step of lost) await step(scene);
      epochs[i] = await scene.epoch();
    });
    await cluster.failOver('dies');
  });
  afterAll(async () => {
    await each((_, scene) => scene.close());
    await cluster?.close();
  });

  it.each(ALL.map((given, i) => [given.title, given, i] as const))('%s', async (_title, { check, allowed = [] }, i) => {
    const scene = scenes[i]!;
    await check(scene, epochs[i]!);
    await scene.quiet();
    await scene.verified(allowed);
  });
});
