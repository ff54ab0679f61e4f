import { describe, expect, it } from 'vitest';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { LegReport } from '../../src/pvp/jurisdiction-port.js';
import { PEER_ANSWER_MS } from '../../src/pvp/peer-questions.js';
import { createWorld, live, prepareItem, type Side, settle, type World } from './world.js';

const never = (): Promise<LegReport[]> => new Promise(() => {});
const stateOn = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId)?.state;

/** All three have voted, KZ and US have settled, CN has not heard of it. */
async function cnInDoubt(world: World): Promise<PvpPayment> {
  const payment = world.payment();
  const cn = world.side('CN');
  void world.drive(payment, (port) =>
    port.ledger === 'CN' ? { ...live(cn), deliver: async () => Promise.reject(new Error('cut off')) } : port,
  );
  await settle();
  world.gatewayIsDead = true;
  expect(await Promise.all(world.sides.map((side) => stateOn(side, payment)))).toEqual(['SETTLED', 'SETTLED', 'HELD']);
  return payment;
}

/** CN has voted, KZ has not. */
async function votedByCn(world: World): Promise<PvpPayment> {
  const payment = world.payment();
  const [kz] = await world.side('KZ').jurisdiction.prepare([prepareItem(payment, 0)]);
  await world.side('CN').jurisdiction.prepare([prepareItem(payment, 1, [kz!.receipt!])]);
  return payment;
}

describe('a peer that never answers', () => {
  it.each(['KZ', 'US'])('%s keeps nobody from acting on what the other says, nor from sweeping', async (silent) => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    world.answers.set(silent, never);
    const payment = await cnInDoubt(world);
    const lapsing = world.payment();
    await cn.jurisdiction.prepare([prepareItem(lapsing, 2)]);
    await world.time.advance(1_000);
    expect(await stateOn(cn, payment)).toBe('SETTLED');
    await world.time.advance(12_000);
    expect(await stateOn(cn, lapsing)).toBe('RELEASED');
    await cn.jurisdiction.stop();
  });

  it('is asked again when its time is over, and the leg ends as soon as it answers', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await cn.jurisdiction.start();
    const payment = await votedByCn(world);
    let count = 0;
    world.answers.set('KZ', () => {
      count += 1;
      return never();
    });
    await world.time.advance(4 * PEER_ANSWER_MS);
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(6);
    world.answers.clear();
    await world.side('KZ').jurisdiction.sweep();
    await world.time.advance(2 * PEER_ANSWER_MS);
    expect(await stateOn(cn, payment)).toBe('RELEASED');
    await cn.jurisdiction.stop();
  });

  it('holds a recovery up no longer than its time, and a stop not at all', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    await votedByCn(world);
    world.answers.set('KZ', never);
    const starting = cn.jurisdiction.start();
    await world.time.advance(PEER_ANSWER_MS);
    await starting;
    expect(cn.jurisdiction.isOpen()).toBe(true);
    await world.time.advance(500);
    await cn.jurisdiction.stop();
  });
});

describe('a peer that answers nonsense', () => {
  const nonsense: [string, (reports: LegReport[]) => unknown][] = [
    ['nothing', () => undefined],
    ['null', () => null],
    ['no report', () => [null]],
    ['an empty report', (reports) => [{ pvpId: reports[0]!.pvpId }]],
    ['reports of another payment', (reports) => reports.map((report) => ({ ...report, pvpId: 'x' }))],
    ['statements that are none', (reports) => reports.map((report) => ({ ...report, vote: {}, peerVotes: [null, 7] }))],
    ['the same a thousand times', (reports) => Array.from({ length: 1_000 }, () => reports[0])],
    ['an error', () => Promise.reject(new Error('no'))],
  ];
  it.each(nonsense)('%s: the leg stays in doubt or ends, and the jurisdiction stays open', async (_, answer) => {
    const world = await createWorld();
    const [kz, cn] = [world.side('KZ'), world.side('CN')];
    await cn.jurisdiction.start();
    const payment = await votedByCn(world);
    world.answers.set('KZ', async (items) => answer(await kz.jurisdiction.query(items)) as LegReport[]);
    await world.time.advance(3_000);
    expect(cn.jurisdiction.isOpen()).toBe(true);
    world.answers.clear();
    await world.time.advance(12_000);
    expect(await stateOn(cn, payment)).toBe(await stateOn(kz, payment));
    expect(['SETTLED', 'RELEASED']).toContain(await stateOn(cn, payment));
    await cn.jurisdiction.stop();
  });
});
