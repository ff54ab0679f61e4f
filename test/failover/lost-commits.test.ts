import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMOUNT, FUNDED } from '../pvp/world.js';
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

/** What the ledger had when the replica was cut off, what it committed afterwards, and how the payment must end. */
interface Cell {
  readonly name: string;
  readonly lossy: 'KZ' | 'CN';
  readonly kept: readonly Step[];
  readonly lost: readonly Step[];
  readonly withGateway: 'SETTLED' | 'RELEASED';
  /** Null: no leg was ever held, or neither has to know of the payment. */
  readonly alone: 'SETTLED' | 'RELEASED';
}

const cell = (
  name: string,
  lossy: Cell['lossy'],
  kept: readonly Step[],
  lost: readonly Step[],
  alone: Cell['alone'] = 'SETTLED',
): Cell => ({ name, lossy, kept, lost, withGateway: 'SETTLED', alone });

const CELLS: readonly Cell[] = [
  cell('S1 nothing of the payment', 'KZ', [], [], 'RELEASED'),
  cell('S2 the hold, its receipt sent', 'KZ', [], [holdA], 'RELEASED'),
  cell('S3 the hold, both held', 'KZ', [], [holdA, holdB], 'RELEASED'),
  cell('S4 the hold, the other voted', 'KZ', [], [holdA, voteB], 'RELEASED'),
  cell('S5 the hold after the own COMMIT, both voted', 'KZ', [], [holdA, voteB, voteA]),
  cell('S6 the settlement', 'KZ', [holdA, voteB], [settleA]),
  cell('S6 the hold and the settlement', 'KZ', [], [holdA, voteB, settleA]),
  cell('S7 the settlement, both settled', 'KZ', [holdA, voteB], [settleA, settleB]),
  cell('S7 the hold and the settlement, both settled', 'KZ', [], [holdA, voteB, settleA, settleB]),
  cell('S2 nothing of the payment', 'CN', [holdA], [], 'RELEASED'),
  cell('S3 the hold, both held', 'CN', [holdA], [holdB], 'RELEASED'),
  cell('S4 the hold after the own COMMIT', 'CN', [holdA], [voteB]),
  cell('S5 the hold after the own COMMIT, both voted', 'CN', [holdA], [voteB, voteA]),
  cell('S6 the hold, the other settled', 'CN', [holdA], [voteB, settleA]),
  cell('S7 the settlement, both settled', 'CN', [holdA, voteB, settleA], [settleB]),
  cell('S7 the hold and the settlement, both settled', 'CN', [holdA], [voteB, settleA, settleB]),
];

interface Case extends Cell {
  readonly gateway: boolean;
  readonly restarted: boolean;
}
const CASES = CELLS.flatMap((one) =>
  [true, false].flatMap((gateway) => [true, false].map((restarted): Case => ({ ...one, gateway, restarted }))),
);
const titleOf = ({ lossy, name, gateway, restarted }: Case): string =>
  `${lossy} loses ${name}; the gateway ${gateway ? 'goes on' : 'is dead'}, ` +
  `the process is ${restarted ? 'started again' : 'the same'}`;

describe.skipIf(tools === null)('a failover loses the last commits of a ledger', () => {
  let cluster: Cluster;
  const scenes: Scene[] = [];
  const epochs: bigint[] = [];

  /** Scenes know nothing of each other. */
  const each = (work: (given: Case, scene: Scene, i: number) => Promise<unknown>) =>
    Promise.all(CASES.map((given, i) => work(given, scenes[i]!, i)));

  beforeAll(async () => {
    if (!tools) return;
    cluster = await openCluster(tools);
    await makeTemplate(cluster);
    for (const [i, { lossy }] of CASES.entries()) scenes.push(await openScene(cluster, lossy, String(i)));
    await cluster.addReplica();
    await each(async ({ kept }, scene) => {
      for (const step of kept) await step(scene);
    });
    await cluster.cutReplica();
    await each(async ({ lost }, scene, i) => {
      for (const side of scene.world.sides) await side.jurisdiction.start();
      for (const step of lost) await step(scene);
      await ordinary(scene);
      epochs[i] = await scene.epoch();
    });
    await cluster.failOver('dies');
  });
  afterAll(async () => {
    await each((_, scene) => scene.close());
    await cluster?.close();
  });

  it.each(CASES.map((one, i) => [titleOf(one), one, i] as const))('%s', async (_title, given, i) => {
    const scene = scenes[i]!;
    const { world, payment, lossy } = scene;
    if (given.restarted) {
      await lossy.jurisdiction.stop();
      await world.restart(lossy);
      await lossy.jurisdiction.start();
    }
    const recovered = async () => lossy.jurisdiction.isOpen() && (await scene.epoch()) > epochs[i]!;
    await passTime(scene, recovered);
    if (given.gateway) expect((await drive(scene)).decision).toBe('COMMIT');
    const states = () => Promise.all(world.sides.map((side) => stateOn(side, payment)));
    const outcome = given.gateway ? 'SETTLED' : given.alone;
    // Where nothing was ever held, or no vote asked for, there need not be a row.
    const ends = outcome === 'SETTLED' ? ['SETTLED'] : ['RELEASED', undefined];
    await passTime(scene, async () => (await states()).every((state) => ends.includes(state)));

    const moved = outcome === 'SETTLED' ? AMOUNT : 0n;
    for (const side of world.sides) {
      await expectWholeLedger(side);
      expect(await world.available(side, 'payer')).toBe(FUNDED - moved);
      expect(await world.available(side, 'payee')).toBe(moved);
      expect(await world.available(side, 'suspense')).toBe(FUNDED);
      expect(side.jurisdiction.inDoubt()).toEqual([]);
      expect(side.jurisdiction.isFrozen()).toBe(false);
    }
    expect(world.alarms.filter(({ level, code }) => level === 'page' && code !== 'IN_DOUBT')).toEqual([]);
  });
});
