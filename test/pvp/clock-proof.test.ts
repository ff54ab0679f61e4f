import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerCode } from '../../src/kernel/ids.js';
import { CLOCK_STEADY_MS, createClockProof } from '../../src/pvp/clock-proof.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import { AMOUNT, createWorld, FUNDED, live, prepareItem, type Side, settle, type World } from './world.js';

describe('a clock', () => {
  let wall: number;
  let elapsed: number;
  let proof: ReturnType<typeof createClockProof>;
  beforeEach(() => {
    wall = 1_800_000_000_000;
    elapsed = 5_000;
    const [clock, monotonic] = [{ now: () => wall }, { elapsedMs: () => elapsed }];
    proof = createClockProof({ clock, monotonic, clockErrorMs: 500 });
    expect(proof.isTrusted()).toBe(true);
  });
  const pass = (ms: number, wallMs = ms): void => {
    elapsed += ms;
    wall += wallMs;
  };

  it.each([501, -501, 600_000, -600_000])('that steps by %i ms is trusted again after a steady minute', (stepMs) => {
    pass(1_000, 1_000 + stepMs);
    expect(proof.doubt()).toContain(`${stepMs} ms`);
    pass(CLOCK_STEADY_MS - 1);
    expect(proof.isTrusted()).toBe(false);
    pass(1);
    expect(proof.isTrusted()).toBe(true);
  });

  it('that steps to and fro is not trusted before the last step is a minute ago', () => {
    for (const stepMs of [2_000, -2_000, 2_000]) {
      pass(40_000, 40_000 + stepMs);
      expect(proof.isTrusted()).toBe(false);
    }
  });

  it('that is put right by less than the error allowed, or slowly, stays trusted; a fast drift does not', () => {
    pass(1_000, 1_500);
    expect(proof.isTrusted()).toBe(true);
    pass(CLOCK_STEADY_MS);
    expect(proof.isTrusted()).toBe(true);
    // 8 ms a second, as far as it goes.
    for (let i = 0; i < 600; i += 1) {
      pass(1_000, 1_008);
      expect(proof.isTrusted()).toBe(true);
    }
    for (let i = 0; i < 60; i += 1) {
      pass(1_000, 1_020);
      proof.isTrusted();
    }
    expect(proof.isTrusted()).toBe(false);
  });

  it('is not judged by two readings that something came between', () => {
    let isSlow = true;
    const monotonic = {
      elapsedMs: () => {
        if (isSlow) elapsed += 700;
        return elapsed;
      },
    };
    proof = createClockProof({ clock: { now: () => wall }, monotonic, clockErrorMs: 500 });
    expect(proof.isTrusted()).toBe(true);
    isSlow = false;
    expect(proof.isTrusted()).toBe(true);
  });

  const peers = (...codes: string[]) => codes as LedgerCode[];
  const ahead = () => ({ at: wall + 1_001, notBefore: null });
  const behind = () => ({ at: wall - 1_001, notBefore: wall });

  it.each([
    ['ahead', ahead],
    ['behind', behind],
  ])('is not trusted for a minute after its one peer was %s of it', (_, statement) => {
    const [peer] = peers('CN');
    proof.heard({ ledger: peer!, ...statement() });
    expect(proof.doubt()).toContain('CN');
    pass(CLOCK_STEADY_MS - 1);
    // What was said long ago does not refute it.
    proof.heard({ ledger: peer!, at: wall - 3_600_000, notBefore: null });
    expect(proof.isTrusted()).toBe(false);
    pass(1);
    expect(proof.isTrusted()).toBe(true);
  });

  it('is trusted at once when the peer agrees again, and within the errors of both clocks', () => {
    const [ledger] = peers('CN');
    proof.heard({ ledger: ledger!, ...ahead() });
    proof.heard({ ledger: ledger!, at: wall + 1_000, notBefore: wall + 2_000 });
    expect(proof.isTrusted()).toBe(true);
  });

  it('is trusted by most of its peers against one', () => {
    const [liar, ...honest] = peers('US', 'CN', 'EU');
    proof.heard({ ledger: liar!, ...ahead() });
    expect(proof.isTrusted()).toBe(false);
    proof.heard({ ledger: honest[0]!, at: wall - 100, notBefore: null });
    expect(proof.isTrusted()).toBe(true);
    proof.heard({ ledger: honest[1]!, ...behind() });
    expect(proof.doubt()).toContain('US, EU');
  });
});

const decisions = async (world: World, payment: PvpPayment) =>
  Promise.all(
    world.sides.map(async (side) => (await side.signerStore.entries([payment.pvpId])).get(payment.pvpId)?.decision),
  );
const stateOn = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId)?.state;

async function expectAlike(world: World, payment: PvpPayment): Promise<void> {
  const states = await Promise.all(world.sides.map((side) => stateOn(side, payment)));
  const isSettled = states.includes('SETTLED');
  for (const [i, side] of world.sides.entries()) {
    if (isSettled) expect(states[i]).toBe('SETTLED');
    else expect(states[i]).not.toBe('HELD');
    expect(await world.available(side, 'payer')).toBe(isSettled ? FUNDED - AMOUNT : FUNDED);
  }
}

/** Both sides up, with clocks that they prove. */
async function proving(codes: readonly string[] = ['KZ', 'CN']): Promise<World> {
  const world = await createWorld(codes);
  world.provesClocks = true;
  for (const side of world.sides) await world.restart(side);
  return world;
}

async function heal(world: World): Promise<void> {
  for (const side of world.sides) side.clockShiftMs = 0;
  for (let i = 0; i < 10; i += 1) {
    await world.time.advance(5_000);
    for (const side of world.sides) await side.jurisdiction.sweep();
    for (const side of world.sides) await side.jurisdiction.chase();
  }
}

describe('a wrong clock on one side', () => {
  const cells = ['KZ', 'CN'].flatMap((code) =>
    [-600_000, -3_000, 3_000, 600_000].flatMap((shift) =>
      ['from the start', 'before the payment', 'between the holds'].map((when) => [code, shift, when] as const),
    ),
  );
  it.each(cells)('%s by %i ms, %s: no COMMIT by it where it can know, both legs alike', async (code, shift, when) => {
    const world = await createWorld();
    const wrong = world.side(code);
    if (when === 'from the start') wrong.clockShiftMs = shift;
    world.provesClocks = true;
    for (const side of world.sides) await world.restart(side);
    if (when === 'before the payment') wrong.clockShiftMs = shift;
    const payment = world.payment();
    const driven = world.drive(payment, (port) => ({
      ...port,
      async prepare(items) {
        const reports = await port.prepare(items);
        if (when === 'between the holds' && port.ledger === 'KZ') wrong.clockShiftMs = shift;
        return reports;
      },
    }));
    await world.time.advance(30_000);
    expect((await driven).decision).toBe('ABORT');
    // That it is a little ahead of a peer from the start, the last leg can't know when it votes: its peer sees it.
    const isUnseen = code === 'CN' && shift === 3_000 && when === 'from the start';
    const cast = (await decisions(world, payment))[world.sides.indexOf(wrong)];
    expect(cast === 'COMMIT').toBe(isUnseen);
    await heal(world);
    await expectAlike(world, payment);
  });

  it('is paged once a minute, and COMMITs are cast again when it was put right', async () => {
    const world = await proving();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    cn.clockShiftMs = 700;
    await world.time.advance(59_000);
    const pages = () => world.alarms.filter((alarm) => alarm.code === 'CLOCK_UNTRUSTED').length;
    expect(pages()).toBe(1);
    cn.clockShiftMs = 0;
    await world.time.advance(61_500);
    expect(pages()).toBe(2);
    expect((await world.drive(world.payment())).decision).toBe('COMMIT');
    await cn.jurisdiction.stop();
  });

  it('keeps nobody from settling what was decided', async () => {
    const world = await proving();
    const cn = world.side('CN');
    const payment = world.payment();
    void world.drive(payment, (port) =>
      port.ledger === 'CN' ? { ...live(cn), deliver: async () => Promise.reject(new Error('cut off')) } : port,
    );
    await settle();
    world.gatewayIsDead = true;
    expect(await Promise.all(world.sides.map((side) => stateOn(side, payment)))).toEqual(['SETTLED', 'HELD']);
    cn.clockShiftMs = -600_000;
    const [again] = await world
      .side('KZ')
      .jurisdiction.query([{ pvpId: payment.pvpId, prepareBy: null, receipts: [], votes: [] }]);
    const [late] = await cn.jurisdiction.deliver([
      { pvpId: payment.pvpId, receipts: [], votes: [...again!.peerVotes, again!.vote!] },
    ]);
    expect(late!.state).toBe('SETTLED');
  });

  it('aborts, repeats and releases without being trusted', async () => {
    const world = await proving();
    const cn = world.side('CN');
    cn.clockShiftMs = 2_000;
    const payment = world.payment();
    const [held] = await cn.jurisdiction.prepare([prepareItem(payment, 1)]);
    expect(held!.state).toBe('HELD');
    const [cancelled] = await cn.jurisdiction.cancel([payment]);
    expect(cancelled).toMatchObject({ state: 'RELEASED', refusal: { code: 'CANCELLED' } });
    const [again] = await cn.jurisdiction.cancel([payment]);
    expect(again!.vote!.leaf).toEqual(cancelled!.vote!.leaf);
  });

  it('with three legs stops the others for a minute at most', async () => {
    const world = await proving(['KZ', 'US', 'CN']);
    for (const side of world.sides) await side.jurisdiction.start();
    world.side('US').clockShiftMs = 600_000;
    const driven = world.drive(world.payment());
    await world.time.advance(30_000);
    expect((await driven).decision).toBe('ABORT');
    world.side('US').clockShiftMs = 0;
    await world.time.advance(CLOCK_STEADY_MS + 1_000);
    expect((await world.drive(world.payment())).decision).toBe('COMMIT');
    for (const side of world.sides) await side.jurisdiction.stop();
  });
});
