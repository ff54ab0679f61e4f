/** Two copies of the gateway over one database: what one began the other may finish, once. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { GatewayNode } from '../../src/gateway/gateway-node.js';
import { type Answer, BANK, CREDITOR_BANK, fresh, openWorld, type World } from '../contract/support.js';
import { anotherCopy, gatewayPool } from '../support/another-copy.js';

let world: World;
let copy: GatewayNode;
beforeAll(async () => {
  world = await openWorld();
  copy = await anotherCopy(world.stack);
});
afterAll(() => world.close());

it('a copy that takes over while the other is still alive: every payment ends once, with one trade and each inbox item once', async () => {
  const posted: { readonly uetr: string; readonly answer: Promise<Answer> }[] = [];
  let taken = 0;
  // Payments are posted until one is taken while the copy that accepted it drives it too.
  await vi.waitFor(
    async () => {
      const { xml, uetr } = fresh(world);
      posted.push({ uetr, answer: world.post(xml, { waitSeconds: null }) });
      await gatewayPool(world.stack).query('UPDATE gateway_instance SET lease_until = 0');
      taken += await copy.settlement.takeOver();
      expect(taken).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 5 },
  );
  for (const { answer } of posted) expect([200, 202]).toContain((await answer).http);
  await world.quiet();
  await vi.waitFor(() => expect(copy.settlement.openCount()).toBe(0), 20_000);
  for (const { uetr } of posted) {
    const payment = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(payment.body).toMatchObject({ status: 'ACCC', state: 'CLOSED' });
    const told = await Promise.all([BANK, CREDITOR_BANK, 'provider'].map((key) => world.inbox(key, uetr)));
    expect(told.map((items) => items.map(({ message }) => message).sort())).toEqual([
      ['camt.054.001.08', 'pacs.002.001.10'],
      ['camt.054.001.08', 'pacs.008.001.08'],
      ['camt.054.001.08'],
    ]);
  }
  const { body } = await world.call('desk', 'GET', '/v1/fx/positions/OTKLKZ20/trades?limit=500');
  const trades: readonly { readonly uetr: string; readonly equalsQuote: boolean }[] = body.trades;
  expect(trades.map(({ uetr }) => uetr).sort()).toEqual(posted.map(({ uetr }) => uetr).sort());
  expect(trades.filter(({ equalsQuote }) => !equalsQuote)).toEqual([]);
});
