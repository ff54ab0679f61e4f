import { describe, expect, it } from 'vitest';
import type { Decision, PvpPayment } from '../../src/pvp/coordinator.js';
import { createWorld, prepareItem, settle, type World } from './world.js';

const other = (world: World, payment: PvpPayment): PvpPayment => {
  const made = world.payment((terms) => ({ ...terms, pvpId: payment.pvpId }));
  return { ...made, pvpId: payment.pvpId };
};
const states = (world: World, payment: PvpPayment) =>
  Promise.all(world.sides.map(async (side) => (await side.ledger.holds([payment.pvpId])).get(payment.pvpId)?.state));

/** What the gateway told within a minute; null when nothing. */
async function told(world: World, payment: PvpPayment): Promise<Decision | null> {
  let decision: Decision | null = null;
  void world.drive(payment).then((made) => {
    decision = made;
  });
  await settle();
  for (let i = 0; i < 12; i += 1) {
    await world.time.advance(5_000);
    for (const side of world.sides) {
      await side.jurisdiction.sweep();
      await side.jurisdiction.chase();
    }
  }
  return decision;
}

describe('a gateway whose payment was prepared on other terms by another', () => {
  it('cancels what nobody voted on, and does not carry the receipts of the other terms around', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const theirs = other(world, payment);
    for (const [i, side] of world.sides.entries()) await side.jurisdiction.prepare([prepareItem(theirs, i)]);
    expect((await told(world, payment))?.decision).toBe('ABORT');
    expect(await states(world, payment)).toEqual(['RELEASED', 'RELEASED']);
  });

  it('says ABORT of one COMMIT on the other terms only when a peer has aborted', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const theirs = other(world, payment);
    const [kz, cn] = world.sides;
    const [first] = await kz!.jurisdiction.prepare([prepareItem(theirs, 0)]);
    const [last] = await cn!.jurisdiction.prepare([prepareItem(theirs, 1, [first!.receipt!])]);
    expect(last!.state).toBe('VOTED');
    expect(await told(world, payment)).toMatchObject({ decision: 'ABORT', refusedBy: 'KZ' });
    expect(await states(world, payment)).toEqual(['RELEASED', 'RELEASED']);
  });

  it('never says ABORT when the other terms are settled', async () => {
    const world = await createWorld();
    const payment = world.payment();
    expect((await world.drive(other(world, payment))).decision).toBe('COMMIT');
    expect(await told(world, payment)).toBeNull();
    expect(await states(world, payment)).toEqual(['SETTLED', 'SETTLED']);
  });
});
