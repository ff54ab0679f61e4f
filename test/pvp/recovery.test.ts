import { describe, expect, it } from 'vitest';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import { AMOUNT, createWorld, FUNDED, prepareItem, type Side, settle, type World } from './world.js';

class Crash extends Error {}

/** The process of this side dies at the nth passing of a point: nothing it is asked afterwards gets an answer. */
function crashAt(side: Side, point: string): void {
  let dead = false;
  side.fault = (passed) => {
    dead ||= passed === point;
    if (dead) throw new Crash(point);
  };
}

const states = async (world: World, payment: PvpPayment): Promise<(string | undefined)[]> =>
  Promise.all(world.sides.map(async (side) => (await side.ledger.holds([payment.pvpId])).get(payment.pvpId)?.state));

/** Heals: restarts the dead, lets time pass, sweeps and asks peers, until nothing changes. */
async function heal(world: World, dead: Side): Promise<void> {
  await world.restart(dead);
  for (let i = 0; i < 12; i += 1) {
    await world.time.advance(2_000);
    for (const side of world.sides) {
      await side.jurisdiction.sweep();
      await side.jurisdiction.chase();
    }
  }
}

async function expectWhole(world: World, payment: PvpPayment): Promise<(string | undefined)[]> {
  const found = await states(world, payment);
  const ended = new Set(found.filter((state) => state !== undefined));
  expect(ended.size, `one outcome, not ${found}`).toBeLessThanOrEqual(1);
  for (const [i, side] of world.sides.entries()) {
    const settled = found[i] === 'SETTLED';
    expect(await world.available(side, 'payer')).toBe(settled ? FUNDED - AMOUNT : FUNDED);
    expect(await world.available(side, 'payee')).toBe(settled ? AMOUNT : 0n);
    expect(side.jurisdiction.inDoubt()).toEqual([]);
  }
  return found;
}

describe('a jurisdiction dies at a persistence point and the gateway with it', () => {
  // In the linear order CN votes with its hold, KZ votes and settles, CN settles by the certificate.
  const cells: [string, string, string, 'SETTLED' | 'RELEASED'][] = [
    ['S1', 'KZ', 'before placeHold', 'RELEASED'],
    ['S2', 'KZ', 'after placeHold', 'RELEASED'],
    ['S2', 'CN', 'before placeHold', 'RELEASED'],
    ['S3', 'CN', 'after placeHold', 'RELEASED'],
    ['S3', 'CN', 'before vote', 'RELEASED'],
    // CN's COMMIT is durable: CN asks KZ directly, and carries its vote there, so that KZ votes and both settle.
    ['S4', 'CN', 'after vote', 'SETTLED'],
    ['S4', 'KZ', 'before vote', 'SETTLED'],
    ['S5', 'KZ', 'after vote', 'SETTLED'],
    ['S5', 'KZ', 'before settleHold', 'SETTLED'],
    ['S6', 'KZ', 'after settleHold', 'SETTLED'],
    ['S6', 'CN', 'before settleHold', 'SETTLED'],
    ['S7', 'CN', 'after settleHold', 'SETTLED'],
  ];
  it.each(cells)('%s: %s dies %s', async (_, code, point, outcome) => {
    const world = await createWorld();
    const payment = world.payment();
    const dead = world.side(code);
    crashAt(dead, point);
    // The gateway makes one try of everything and is gone: its retries never come.
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    await heal(world, dead);
    const found = await expectWhole(world, payment);
    // Where nothing was ever held, there may be no row at all.
    expect(found.filter((state) => state !== undefined && state !== outcome)).toEqual([]);
    if (outcome === 'SETTLED') expect(found).toEqual(['SETTLED', 'SETTLED']);
  });
});

describe('a jurisdiction dies and the gateway goes on', () => {
  const points = [
    'before placeHold',
    'after placeHold',
    'before vote',
    'after vote',
    'before settleHold',
    'after settleHold',
  ];
  const cases = ['KZ', 'CN'].flatMap((code) => points.map((point) => [code, point] as const));
  it.each(cases)('%s %s: the payment ends on both, and the gateway says what the ledgers say', async (code, point) => {
    const world = await createWorld();
    const payment = world.payment();
    const dead = world.side(code);
    crashAt(dead, point);
    const driven = world.drive(payment);
    await settle();
    await world.restart(dead);
    await world.time.advance(60_000);
    const decision = await driven;
    const found = await expectWhole(world, payment);
    expect(found).toEqual(Array(2).fill(decision.decision === 'COMMIT' ? 'SETTLED' : 'RELEASED'));
    expect(decision.decision).toBe('COMMIT');
  });
});

describe("a failover loses the ledger's last commits", () => {
  /** CN has voted; KZ never hears of it until healed. */
  async function cnVoted(): Promise<{ world: World; payment: PvpPayment; cn: Side }> {
    const world = await createWorld();
    const payment = world.payment();
    crashAt(world.side('KZ'), 'before vote');
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    expect(world.side('CN').jurisdiction.inDoubt()).toHaveLength(1);
    return { world, payment, cn: world.side('CN') };
  }

  it('the hold is rebuilt from the journal before traffic opens, and the payment settles', async () => {
    const { world, payment, cn } = await cnVoted();
    const before = (await cn.ledger.holds([payment.pvpId])).get(payment.pvpId)!;
    world.partitioned = true;
    await world.loseLedger(cn);
    await expect(cn.jurisdiction.prepare([])).rejects.toThrow('refuses traffic');
    const report = await cn.jurisdiction.recover();
    expect(report).toMatchObject({ entryCount: 1, inDoubtCount: 1, reconciledTo: 1n });
    const after = (await cn.ledger.holds([payment.pvpId])).get(payment.pvpId)!;
    expect(after).toMatchObject({ state: 'HELD', holdId: before.holdId, heldAt: before.heldAt });
    world.partitioned = false;
    await heal(world, world.side('KZ'));
    expect(await expectWhole(world, payment)).toEqual(['SETTLED', 'SETTLED']);
  });

  it.each([0, -600_000])('a replica as far behind as it may be loses no vote (clock %i ms on)', async (on) => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const payments: PvpPayment[] = [];
    for (const shift of [0, 0, on]) {
      cn.clockShiftMs = shift;
      const payment = world.payment();
      payments.push(payment);
      expect((await world.drive(payment)).decision).toBe('COMMIT');
      await world.time.advance(7_200_000);
    }
    await cn.jurisdiction.stop();
    expect((await cn.signerStore.checkpoints()).at(0)).toMatchObject({ position: 3n });
    await world.loseLedger(cn);
    await heal(world, cn);
    for (const payment of payments) expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED']);
    expect(await world.available(cn, 'payee')).toBe(3n * AMOUNT);
  });

  it('walks only what a ledger that lost a part of its blocks may have lost', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const first = world.payment();
    await world.drive(first);
    await world.time.advance(120_000);
    const { block } = (await cn.signerStore.checkpoints())[0]!;
    await world.drive(world.payment());
    await world.time.advance(120_000);
    await cn.jurisdiction.stop();
    const { hasBlock } = cn.ledger;
    Object.assign(cn.ledger, {
      hasBlock: async (point: typeof block) => point.sequence <= block.sequence && hasBlock(point),
    });
    expect((await cn.jurisdiction.recover()).entryCount).toBe(1);
    Object.assign(cn.ledger, { hasBlock });
    expect((await cn.jurisdiction.recover()).entryCount).toBe(0);
  });

  it('suspense money holds the leg when the funds are gone: frozen, paged, settled', async () => {
    const { world, payment, cn } = await cnVoted();
    await world.loseLedger(cn, false);
    world.partitioned = true;
    await cn.jurisdiction.recover();
    world.partitioned = false;
    expect(world.alarms).toContainEqual(expect.objectContaining({ level: 'page', code: 'FUNDS_GONE', ledger: 'CN' }));
    expect(cn.jurisdiction.isFrozen()).toBe(true);
    await heal(world, world.side('KZ'));
    expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED']);
    expect(await world.available(cn, 'suspense')).toBe(FUNDED - AMOUNT);
  });

  it('a hold whose receipt is out is prepared again, with the same receipt, and the payment settles', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const kz = world.side('KZ');
    crashAt(world.side('CN'), 'before placeHold');
    const driven = world.drive(payment);
    await settle();
    const before = (await kz.ledger.holds([payment.pvpId])).get(payment.pvpId)!;
    await world.time.advance(100);
    await world.loseLedger(kz);
    await kz.jurisdiction.recover();
    expect(await states(world, payment)).toEqual([undefined, undefined]);
    await world.restart(world.side('CN'));
    await world.time.advance(3_000);
    expect((await driven).decision).toBe('COMMIT');
    const after = (await kz.ledger.holds([payment.pvpId])).get(payment.pvpId)!;
    expect(after).toMatchObject({ state: 'SETTLED', holdId: before.holdId, heldAt: before.heldAt });
    await expectWhole(world, payment);
  });

  it("an older writer's requests are refused by the signer, and it closes", async () => {
    const { world, payment, cn } = await cnVoted();
    const old = cn.jurisdiction;
    await world.restart(cn);
    await expect(old.cancel([world.payment()])).rejects.toThrow('epoch');
    expect(old.isOpen()).toBe(false);
    expect(world.alarms).toContainEqual(expect.objectContaining({ code: 'FENCED' }));
    expect((await cn.signerStore.entries([payment.pvpId])).get(payment.pvpId)?.decision).toBe('COMMIT');
  });
});

describe('three legs without a gateway', () => {
  it.each(['KZ', 'US'])('the last leg carries the votes round until all settle, when %s was down', async (code) => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const payment = world.payment();
    crashAt(world.side(code), 'before vote');
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    await heal(world, world.side(code));
    expect(await expectWhole(world, payment)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
  });
});

describe('three legs, one of them out of reach', () => {
  it('a peer that answers tells the votes of the one that does not, and the leg in doubt settles', async () => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const payment = world.payment();
    const [us, cn] = [world.side('US'), world.side('CN')];
    crashAt(us, 'after settleHold');
    crashAt(cn, 'before settleHold');
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED', 'HELD']);
    await world.restart(cn);
    await world.time.advance(10_000);
    await cn.jurisdiction.chase();
    expect(us.jurisdiction.isOpen()).toBe(false);
    expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
  });
});

describe('three legs, the first voter gone for ever', () => {
  it('a leg that knows every other vote asks all peers, and hears the missing one from who has settled', async () => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const payment = world.payment();
    const [kz, us, cn] = world.sides.map((side) => side.jurisdiction);
    const [a] = await kz!.prepare([prepareItem(payment, 0)]);
    const [b] = await us!.prepare([prepareItem(payment, 1, [a!.receipt!])]);
    const { pvpId } = payment;
    const receipts = [a!.receipt!, b!.receipt!];
    const [c] = await cn!.prepare([prepareItem(payment, 2, receipts)]);
    const all = [...receipts, c!.receipt!];
    const [voted] = await us!.deliver([{ pvpId, receipts: all, votes: [c!.vote!] }]);
    const [settled] = await kz!.deliver([{ pvpId, receipts: all, votes: [c!.vote!, voted!.vote!] }]);
    await cn!.deliver([{ pvpId, receipts: [], votes: [c!.vote!, voted!.vote!, settled!.vote!] }]);
    expect(await states(world, payment)).toEqual(['SETTLED', 'HELD', 'SETTLED']);
    world.side('KZ').jurisdiction.query = () => Promise.reject(new Error('gone for ever'));
    await world.time.advance(1_000);
    await us!.chase();
    await settle();
    expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
  });
});

describe('a clock that was ahead is set right', () => {
  it('while the jurisdiction waits to recover: it opens all the same (seed 4749)', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    cn.clockShiftMs = 600_000;
    let isDown = true;
    cn.fault = () => {
      if (isDown) throw new Error('the ledger is away');
    };
    void world.drive(world.payment());
    await world.time.advance(3_000);
    expect(cn.jurisdiction.isOpen()).toBe(false);
    isDown = false;
    cn.clockShiftMs = 0;
    await world.time.advance(10_000);
    expect(cn.jurisdiction.isOpen()).toBe(true);
    await cn.jurisdiction.stop();
  });

  it('while a leg is in doubt: it asks its peer all the same', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const [kz, cn] = [world.side('KZ'), world.side('CN')];
    crashAt(kz, 'before vote');
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    world.partitioned = true;
    await cn.jurisdiction.start();
    cn.clockShiftMs = 600_000;
    await world.time.advance(3_000);
    expect(cn.jurisdiction.inDoubt()).toHaveLength(1);
    cn.clockShiftMs = 0;
    await world.restart(kz);
    world.partitioned = false;
    await world.time.advance(5_001);
    expect(await expectWhole(world, payment)).toEqual(['SETTLED', 'SETTLED']);
    await cn.jurisdiction.stop();
  });
});

describe('in doubt', () => {
  it('asks at 250 ms doubling to 5 s, alarms at 2 s, pages at 60 s, and ends when the partition heals', async () => {
    const world = await createWorld();
    const payment = world.payment();
    crashAt(world.side('KZ'), 'before vote');
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    world.partitioned = true;
    const cn = world.side('CN');
    await world.restart(world.side('KZ'));
    void cn.jurisdiction.start();
    await world.time.advance(1_900);
    const inDoubt = () => world.alarms.filter((alarm) => alarm.code === 'IN_DOUBT').map((alarm) => alarm.level);
    expect(inDoubt()).toEqual([]);
    await world.time.advance(600);
    expect(inDoubt()).toEqual(['alarm']);
    await world.time.advance(58_000);
    expect(inDoubt()).toEqual(['alarm', 'page']);
    expect((await states(world, payment))[1]).toBe('HELD');
    world.partitioned = false;
    await world.side('KZ').jurisdiction.sweep();
    await world.time.advance(5_001);
    expect(await expectWhole(world, payment)).toEqual(['RELEASED', 'RELEASED']);
    await cn.jurisdiction.stop();
  });
});
