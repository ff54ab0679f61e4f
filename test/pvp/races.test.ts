import { describe, expect, it } from 'vitest';
import { refusal } from '../../src/kernel/errors.js';
import { err } from '../../src/kernel/result.js';
import { LedgerFencedError } from '../../src/ledger/store.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import { createWorld, FUNDED, prepareItem, type Side, settle, type World } from './world.js';

/** Stops a call of this kind right after it was done durably; answers when it got there and what lets it go on. */
function pauseAfter(side: Side, kind: string): { arrived: Promise<void>; go: () => void } {
  const submit = side.ledger.submit;
  let go = (): void => {};
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  Object.assign(side.ledger, {
    submit: async (command: Parameters<typeof submit>[0]) => {
      const result = await submit(command);
      if (command.kind === kind) {
        arrive();
        await gate;
      }
      return result;
    },
  });
  return { arrived, go };
}

/** The next calls of this kind find the ledger's queue full. */
function fullOnce(side: Side, kind: string, count = 1): void {
  const submit = side.ledger.submit;
  let left = count;
  Object.assign(side.ledger, {
    submit: async (command: Parameters<typeof submit>[0]) => {
      if (command.kind !== kind || left === 0) return submit(command);
      left -= 1;
      return err(refusal('QUEUE_FULL'));
    },
  });
}

async function votedByCn(world: World): Promise<PvpPayment> {
  const payment = world.payment();
  const [kz] = await world.side('KZ').jurisdiction.prepare([prepareItem(payment, 0)]);
  const [cn] = await world.side('CN').jurisdiction.prepare([prepareItem(payment, 1, [kz!.receipt!])]);
  expect(cn!.state).toBe('VOTED');
  return payment;
}
const stateOn = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId)?.state;

describe('calls for one payment at the same time', () => {
  it('PREPARE overtaken by a recovery casts no vote on what it had read, and fences nobody', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    const payment = world.payment();
    const [kz] = await world.side('KZ').jurisdiction.prepare([prepareItem(payment, 0)]);
    const paused = pauseAfter(cn, 'placeHold');
    const preparing = cn.jurisdiction.prepare([prepareItem(payment, 1, [kz!.receipt!])]);
    await paused.arrived;
    await cn.jurisdiction.recover();
    paused.go();
    await expect(preparing).rejects.toThrow('epoch');
    expect((await cn.signerStore.entries([payment.pvpId])).size).toBe(0);
    expect(cn.jurisdiction.isOpen()).toBe(true);
    expect(world.alarms).toEqual([]);
  });

  it.each(['cancel', 'refused PREPARE'])('PREPARE and %s: one vote, and the hold follows it', async (other) => {
    const world = await createWorld();
    const cn = world.side('CN');
    const payment = world.payment();
    const [kz] = await world.side('KZ').jurisdiction.prepare([prepareItem(payment, 0)]);
    const item = prepareItem(payment, 1, [kz!.receipt!]);
    const paused = pauseAfter(cn, 'placeHold');
    const preparing = cn.jurisdiction.prepare([item]);
    await paused.arrived;
    const [aborted] =
      other === 'cancel'
        ? await cn.jurisdiction.cancel([payment])
        : await cn.jurisdiction.prepare([{ ...item, authorisation: 'none' }]);
    paused.go();
    const [prepared] = await preparing;
    const entry = (await cn.signerStore.entries([payment.pvpId])).get(payment.pvpId)!;
    // A refused PREPARE finds the hold that stands and is answered with it: here both are the same payment's.
    expect(prepared!.vote!.leaf).toEqual(aborted!.vote!.leaf);
    expect(await stateOn(cn, payment)).toBe(entry.decision === 'ABORT' ? 'RELEASED' : 'HELD');
    expect(prepared!.state).toBe(entry.decision === 'ABORT' ? 'RELEASED' : 'VOTED');
  });

  it.each(['the votes first', 'the lapse first'])('votes and lapse, %s: one vote, both legs alike', async (order) => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const kz = world.side('KZ');
    const [told] = await world
      .side('CN')
      .jurisdiction.query([{ ...payment, prepareBy: null, receipts: [], votes: [] }]);
    const shown = [{ pvpId: payment.pvpId, receipts: [told!.receipt!], votes: [told!.vote!] }];
    const [first, second] = [() => kz.jurisdiction.deliver(shown), () => kz.jurisdiction.cancel([payment])];
    const calls = order === 'the votes first' ? [first(), second()] : [second(), first()];
    const reports = (await Promise.all(calls)).flat();
    const leaves = new Set(
      reports.flatMap((report) => (report.vote ? [Buffer.from(report.vote.leaf).toString('hex')] : [])),
    );
    expect(leaves.size).toBe(1);
    await world.time.advance(6_000);
    await world.side('CN').jurisdiction.chase();
    expect(await stateOn(world.side('CN'), payment)).toBe(await stateOn(kz, payment));
    expect(world.alarms.filter((alarm) => alarm.code !== 'IN_DOUBT')).toEqual([]);
  });

  it('the same PREPARE twice in one batch holds once', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const item = prepareItem(payment, 0);
    const reports = await world.side('KZ').jurisdiction.prepare([item, item]);
    expect(reports.map((report) => report.state)).toEqual(['HELD', 'HELD']);
    expect(await world.available(world.side('KZ'), 'payer')).toBe(FUNDED - 1_000n);
  });
});

describe('a leg in doubt', () => {
  it('that a call saw before another one settled it is no longer in doubt at the next look, peers or not', async () => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const [kz, cn] = [world.side('KZ'), world.side('CN')];
    const [told] = await cn.jurisdiction.query([{ ...payment, prepareBy: null, receipts: [], votes: [] }]);
    const [settled] = await kz.jurisdiction.deliver([
      { pvpId: payment.pvpId, receipts: [told!.receipt!], votes: [told!.vote!] },
    ]);
    const { holds } = cn.ledger;
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    Object.assign(cn.ledger, {
      holds: async (refs: Parameters<typeof holds>[0]) => {
        const found = await holds(refs);
        await gate;
        return found;
      },
    });
    const slow = cn.jurisdiction.cancel([payment]);
    await settle();
    Object.assign(cn.ledger, { holds });
    await cn.jurisdiction.deliver([{ pvpId: payment.pvpId, receipts: [], votes: [settled!.vote!] }]);
    go();
    expect((await slow)[0]!.state).toBe('VOTED');
    expect(cn.jurisdiction.inDoubt()).toHaveLength(1);
    world.partitioned = true;
    await world.time.advance(300);
    await cn.jurisdiction.chase();
    expect(cn.jurisdiction.inDoubt()).toEqual([]);
  });
});

describe('a full queue', () => {
  it('decides nothing: PREPARE is answered with it and goes through when sent again', async () => {
    const world = await createWorld();
    const kz = world.side('KZ');
    const payment = world.payment();
    fullOnce(kz, 'placeHold');
    const [full] = await kz.jurisdiction.prepare([prepareItem(payment, 0)]);
    expect(full).toMatchObject({ state: 'NONE', refusal: { code: 'QUEUE_FULL' }, vote: null });
    const [again] = await kz.jurisdiction.prepare([prepareItem(payment, 0)]);
    expect(again!.state).toBe('HELD');
  });

  it('a certificate that met one is settled by the next look at the leg, without a gateway or a peer', async () => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const [kz, cn] = [world.side('KZ'), world.side('CN')];
    const [told] = await cn.jurisdiction.query([{ ...payment, prepareBy: null, receipts: [], votes: [] }]);
    const [settled] = await kz.jurisdiction.deliver([
      { pvpId: payment.pvpId, receipts: [told!.receipt!], votes: [told!.vote!] },
    ]);
    fullOnce(cn, 'settleHold');
    const [full] = await cn.jurisdiction.deliver([{ pvpId: payment.pvpId, receipts: [], votes: [settled!.vote!] }]);
    expect(full).toMatchObject({ state: 'VOTED', refusal: { code: 'QUEUE_FULL' } });
    expect(world.alarms).toEqual([]);
    world.partitioned = true;
    await world.time.advance(300);
    await cn.jurisdiction.chase();
    expect(await stateOn(cn, payment)).toBe('SETTLED');
    expect(cn.jurisdiction.inDoubt()).toEqual([]);
  });
});

describe('the journal', () => {
  it('is walked by a recovery from where it was final last, and never past what is open', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const settled = [world.payment(), world.payment()];
    for (const payment of settled) expect((await world.drive(payment)).decision).toBe('COMMIT');
    world.partitioned = true;
    await world.time.advance(70_000);
    expect((await cn.signerStore.checkpoints())[0]!.position).toBe(2n);
    const open = await votedByCn(world);
    fullOnce(cn, 'tombstoneHold', Number.POSITIVE_INFINITY);
    const [cancelled] = await cn.jurisdiction.cancel([world.payment()]);
    expect(cancelled!.refusal?.code).toBe('QUEUE_FULL');
    await world.time.advance(200_000);
    expect((await cn.signerStore.checkpoints())[0]!.position).toBe(2n);
    await cn.jurisdiction.stop();
    await world.restart(cn);
    expect(cn.jurisdiction.inDoubt().map((doubt) => doubt.pvpId)).toEqual([open.pvpId]);
    expect((await cn.signerStore.checkpoints())[0]!.position).toBe(4n);
    const report = await cn.jurisdiction.recover();
    expect(report).toMatchObject({ entryCount: 0, openHoldCount: 1, inDoubtCount: 1, reconciledTo: 4n });
  });

  it('of a call that broke off is walked by the recovery that follows', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    world.partitioned = true;
    const paused = pauseAfter(cn, 'tombstoneHold');
    const cancelling = cn.jurisdiction.cancel([world.payment()]);
    await paused.arrived;
    await world.time.advance(200_000);
    expect((await cn.signerStore.checkpoints())[0]!.position).toBe(0n);
    paused.go();
    await cancelling;
    await world.time.advance(70_000);
    expect((await cn.signerStore.checkpoints())[0]!.position).toBe(1n);
    await cn.jurisdiction.stop();
  });

  it('an ABORT whose tombstone met a full queue is finished without being asked again', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const payment = world.payment();
    fullOnce(cn, 'tombstoneHold');
    const [cancelled] = await cn.jurisdiction.cancel([payment]);
    expect(cancelled).toMatchObject({ state: 'NONE', refusal: { code: 'QUEUE_FULL' } });
    expect(cancelled!.vote).not.toBeNull();
    await world.time.advance(2_000);
    expect(await stateOn(cn, payment)).toBe('RELEASED');
    await cn.jurisdiction.stop();
  });
});

describe('a recovery', () => {
  it.each(['lost its ledger', 'was open'])('refuses traffic until it has reconciled, when it %s', async (what) => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const cn = world.side('CN');
    world.partitioned = true;
    if (what === 'lost its ledger') await world.loseLedger(cn);
    const holds = cn.ledger.openHolds;
    let asked: Promise<unknown> | null = null;
    Object.assign(cn.ledger, {
      openHolds: (...args: Parameters<typeof holds>) => {
        asked ??= cn.jurisdiction.cancel([payment]);
        return holds(...args);
      },
    });
    await cn.jurisdiction.recover();
    await expect(asked).rejects.toThrow('refuses traffic');
    expect(await cn.jurisdiction.cancel([payment])).toMatchObject([{ state: 'VOTED' }]);
  });
});

describe('a certificate that comes late', () => {
  it('settles, whatever the clock of the receiver says', async () => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const [kz, cn] = [world.side('KZ'), world.side('CN')];
    const [told] = await cn.jurisdiction.query([{ ...payment, prepareBy: null, receipts: [], votes: [] }]);
    const shown = { pvpId: payment.pvpId, receipts: [told!.receipt!], votes: [told!.vote!] };
    const [settled] = await kz.jurisdiction.deliver([shown]);
    world.partitioned = true;
    await world.time.advance(86_400_000);
    await cn.jurisdiction.sweep();
    const [late] = await cn.jurisdiction.deliver([{ ...shown, receipts: [], votes: [settled!.vote!] }]);
    expect(late!.state).toBe('SETTLED');
  });
});

describe('a recovery that fails', () => {
  it('because another writer has the ledger leaves the signer to that one, and is not tried again', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const { epoch } = await cn.jurisdiction.recover();
    cn.fault = (point) => {
      if (point === 'before vote') throw new Error('connection lost');
      if (point === 'verify ledger') throw new LedgerFencedError('another writer of this ledger took over');
    };
    await expect(cn.jurisdiction.cancel([world.payment()])).rejects.toThrow('connection lost');
    await world.time.advance(60_000);
    expect(world.alarms.map((alarm) => alarm.code)).toEqual(['LEDGER_LOST', 'FENCED']);
    expect(cn.jurisdiction.isOpen()).toBe(false);
    expect(await cn.signerStore.raiseEpoch()).toBe(epoch + 1n);
    await cn.jurisdiction.stop();
  });

  it('is tried again ever more slowly, with an alarm each time, and legs in doubt are paged meanwhile', async () => {
    const world = await createWorld();
    const payment = await votedByCn(world);
    const cn = world.side('CN');
    world.partitioned = true;
    void cn.jurisdiction.start();
    await settle();
    cn.fault = (point) => {
      if (point === 'verify ledger' || point === 'before vote') throw new Error('the chain does not verify');
    };
    await expect(cn.jurisdiction.cancel([world.payment()])).rejects.toThrow('verify');
    world.alarms.length = 0;
    await world.time.advance(61_000);
    expect(cn.jurisdiction.isOpen()).toBe(false);
    const count = world.alarms.filter((alarm) => alarm.code === 'LEDGER_LOST').length;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(25);
    expect(world.alarms).toContainEqual(expect.objectContaining({ code: 'IN_DOUBT', level: 'page' }));
    cn.fault = () => {};
    world.partitioned = false;
    await world.time.advance(5_500);
    expect(cn.jurisdiction.isOpen()).toBe(true);
    await cn.jurisdiction.stop();
    expect(await stateOn(cn, payment)).toBe('RELEASED');
  });
});
