import { describe, expect, it } from 'vitest';
import { createWorld, prepareItem } from './world.js';

describe('a jurisdiction that is no party to the payment', () => {
  it('cannot undo a COMMIT by its honest ABORT of an id that it never saw', async () => {
    const world = await createWorld(['KZ', 'CN', 'US']);
    const payment = world.payment((terms) => ({
      ...terms,
      legs: terms.legs.slice(0, 2),
      quotes: terms.quotes.slice(0, 1),
      coSignerKeyIds: terms.coSignerKeyIds.slice(0, 2),
    }));
    const { pvpId } = payment;
    const [kz, cn, us] = world.sides.map((side) => side.jurisdiction);
    const [first] = await kz!.prepare([prepareItem(payment, 0)]);
    const [last] = await cn!.prepare([prepareItem(payment, 1, [first!.receipt!])]);
    expect(last!.state).toBe('VOTED');
    const [stranger] = await us!.query([{ pvpId, prepareBy: null, receipts: [], votes: [] }]);
    expect(stranger!.vote).not.toBeNull();
    const [after] = await cn!.deliver([{ pvpId, receipts: [], votes: [stranger!.vote!] }]);
    expect(after!.state).toBe('VOTED');
    const [settled] = await kz!.deliver([{ pvpId, receipts: [last!.receipt!], votes: [stranger!.vote!, last!.vote!] }]);
    expect(settled!.state).toBe('SETTLED');
    const [ended] = await cn!.deliver([{ pvpId, receipts: [], votes: [settled!.vote!] }]);
    expect(ended!.state).toBe('SETTLED');
  });
});
