import { beforeEach, describe, expect, it } from 'vitest';
import { createCoordinator } from '../../src/pvp/coordinator.js';
import type { JurisdictionPort, LegReport } from '../../src/pvp/jurisdiction-port.js';
import { createVerifier } from '../../src/pvp/verify.js';
import { AMOUNT, createWorld, FUNDED, live, settle, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

/** A port whose every answer about payments is changed. */
const answering = (
  port: JurisdictionPort,
  answer: (reports: LegReport[]) => unknown,
): { port: JurisdictionPort; count: () => number } => {
  let calls = 0;
  const changed =
    <T>(call: (items: T) => Promise<LegReport[]>) =>
    async (items: T) => {
      calls += 1;
      return (await answer(await call(items))) as LegReport[];
    };
  const { prepare, deliver, cancel, query } = port;
  return {
    port: { ...port, prepare: changed(prepare), deliver: changed(deliver), cancel: changed(cancel), query },
    count: () => calls,
  };
};

/** A coordinator that sees these ports in place of the world's. */
const coordinatorOf = (ports: readonly JurisdictionPort[], ended: string[] = []) => {
  const jurisdictions = new Map(ports.map((port) => [port.ledger, port]));
  const { clock, timers } = world.time;
  const observer = { inDoubt: () => undefined, ended: (pvpId: string) => ended.push(pvpId) };
  return createCoordinator({
    jurisdictions,
    log: world.log,
    verifier: createVerifier(world.register),
    clock,
    timers,
    observer,
  });
};

let flip = 0;
const flipped = () => {
  flip += 1;
  return flip % 2 === 0 ? 'NONE' : 'HELD';
};
const LIES: [string, (reports: LegReport[]) => unknown][] = [
  ['nothing', () => undefined],
  ['too few', () => []],
  ['too many', (reports) => [...reports, ...reports]],
  ['null', (reports) => reports.map(() => null)],
  ['no reports', (reports) => reports.map(() => ({}))],
  ['half a report', (reports) => reports.map(({ pvpId }) => ({ pvpId, state: 'HELD' }))],
  ['of another payment', (reports) => reports.map((report) => ({ ...report, pvpId: 'x' }))],
  ['an absurd state', (reports) => reports.map((report) => ({ ...report, state: 'DONE', vote: null, receipt: null }))],
  [
    'statements that are none',
    (reports) => reports.map((report) => ({ ...report, vote: {}, receipt: 7, peerVotes: [3] })),
  ],
  ['to and fro', (reports) => reports.map((report) => ({ ...report, ...bare, state: flipped() }))],
  ['that it settled', (reports) => reports.map((report) => ({ ...report, ...bare, state: 'SETTLED' }))],
  ['an error', () => Promise.reject(new Error('no'))],
  ['never', () => new Promise(() => {})],
];
const bare = { vote: null, receipt: null, peerVotes: [] };

describe('a jurisdiction that lies to the gateway', () => {
  const cells = ['KZ', 'CN'].flatMap((code) => LIES.map(([what, lie]) => [code, what, lie] as const));
  it.each(cells)(
    '%s answers %s: the gateway asks a bounded number of times and serves others',
    async (code, _, lie) => {
      const lying = answering(live(world.side(code)), lie);
      const ports = world.sides.map((side) => (side.code === code ? lying.port : live(side)));
      const coordinator = coordinatorOf(ports);
      const payment = world.payment();
      void coordinator.drive(payment);
      await world.time.advance(30_000);
      expect(lying.count()).toBeLessThan(50);
      for (const side of world.sides) {
        await side.jurisdiction.sweep();
        await side.jurisdiction.chase();
      }
      await world.time.advance(10_000);
      for (const side of world.sides) await side.jurisdiction.chase();
      const states = await Promise.all(
        world.sides.map(async (side) => (await side.ledger.holds([payment.pvpId])).get(payment.pvpId)?.state),
      );
      expect(new Set(states.filter((state) => state !== undefined)).size).toBeLessThanOrEqual(1);
      const isSettled = states.includes('SETTLED');
      for (const side of world.sides)
        expect(await world.available(side, 'payer')).toBe(isSettled ? FUNDED - AMOUNT : FUNDED);
      const other = coordinatorOf(world.sides.map((side) => live(side)));
      expect((await other.drive(world.payment())).decision).toBe('COMMIT');
    },
  );

  it('never answering does not keep the lane of later payments: what it answers then counts', async () => {
    const cn = world.side('CN');
    let isSilent = true;
    const port = {
      ...live(cn),
      prepare: (items: Parameters<JurisdictionPort['prepare']>[0]) =>
        isSilent ? new Promise<LegReport[]>(() => {}) : cn.jurisdiction.prepare(items),
    };
    const coordinator = coordinatorOf([live(world.side('KZ')), port]);
    const first = coordinator.drive(world.payment());
    await world.time.advance(9_000);
    isSilent = false;
    await world.time.advance(5_000);
    expect((await first).decision).toBe('ABORT');
    expect((await coordinator.drive(world.payment())).decision).toBe('COMMIT');
  });
});

describe('driving', () => {
  it('the same payment twice answers one decision; other terms under its id are refused while it runs', async () => {
    const ended: string[] = [];
    const coordinator = coordinatorOf(
      world.sides.map((side) => live(side)),
      ended,
    );
    const payment = world.payment();
    const other = world.payment((terms) => ({ ...terms, pvpId: payment.pvpId, voteBy: terms.voteBy - 1 }));
    const [first, again] = [
      coordinator.drive(payment),
      coordinator.drive({ ...payment, termsBytes: Buffer.from(payment.termsBytes) }),
    ];
    await expect(coordinator.drive({ ...other, pvpId: payment.pvpId })).rejects.toThrow('other terms');
    expect(await first).toBe(await again);
    expect((await first).decision).toBe('COMMIT');
    await settle();
    expect(ended).toEqual([payment.pvpId]);
  });

  it('forgets a payment that has ended: driven again it answers what the legs say', async () => {
    const ended: string[] = [];
    const coordinator = coordinatorOf(
      world.sides.map((side) => live(side)),
      ended,
    );
    const payment = world.payment();
    await coordinator.drive(payment);
    await settle();
    expect((await coordinator.drive(payment)).decision).toBe('COMMIT');
    await settle();
    expect(ended).toEqual([payment.pvpId, payment.pvpId]);
    expect(await world.available(world.side('KZ'), 'payer')).toBe(FUNDED - AMOUNT);
  });
});
