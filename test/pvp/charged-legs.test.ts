/** Payments whose payer is charged: the charge goes the way of its leg, and no other. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bic, WalletId } from '../../src/kernel/ids.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { AMOUNT, createWorld, FUNDED, type Side, settle, type World, wallet } from './world.js';

const CHARGE = 25n;
const FEE = wallet('KZ', 'fee');
const charged =
  (charge = { walletId: FEE as WalletId, amountMinor: CHARGE }) =>
  (terms: PvpTerms): PvpTerms => ({ ...terms, protocolVersion: 2, charge });

let world: World;
let kz: Side;
let cn: Side;
async function begin(codes: readonly string[] = ['KZ', 'CN']): Promise<void> {
  world = await createWorld(codes, {}, async (ledger, code) => {
    const own = { walletId: wallet(code, 'fee'), kind: 'fee', ownerBic: 'OTKOKZ20' as Bic } as const;
    await ledger.submit({ kind: 'openWallet', wallet: own });
  });
  [kz, cn] = [world.side('KZ'), world.side('CN')];
}
beforeEach(() => begin());

const all = (side: Side) =>
  Promise.all(['payer', 'payee', 'fee', 'suspense'].map((name) => world.available(side, name)));
const holdOf = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId);

async function heal(...dead: readonly Side[]): Promise<void> {
  for (const side of dead) await world.restart(side);
  for (let i = 0; i < 12; i += 1) {
    await world.time.advance(2_000);
    for (const side of world.sides) {
      await side.jurisdiction.sweep();
      await side.jurisdiction.chase();
    }
  }
}

async function expectSettled(): Promise<void> {
  expect(await all(kz)).toEqual([FUNDED - AMOUNT - CHARGE, AMOUNT, CHARGE, FUNDED]);
  expect(await all(cn)).toEqual([FUNDED - AMOUNT, AMOUNT, 0n, FUNDED]);
}

describe('a payment with a charge', () => {
  it('settles price and charge on the payer’s ledger, and nothing of it elsewhere', async () => {
    const decision = await world.drive(world.payment(charged()));
    expect(decision).toMatchObject({ decision: 'COMMIT', refusal: null, closed: true });
    await expectSettled();
    expect(world.alarms).toEqual([]);
  });

  it('through a vehicle currency is charged once, at the payer’s leg', async () => {
    await begin(['KZ', 'US', 'CN']);
    expect(await world.drive(world.payment(charged()))).toMatchObject({ decision: 'COMMIT' });
    await expectSettled();
    expect(await all(world.side('US'))).toEqual([FUNDED - AMOUNT, AMOUNT, 0n, FUNDED]);
  });

  it('that is refused by the other side takes nothing', async () => {
    cn.refuse = () => ({ code: 'QUOTE_MISMATCH' });
    expect(await world.drive(world.payment(charged()))).toMatchObject({ decision: 'ABORT' });
    for (const side of world.sides) expect((await all(side)).slice(0, 3)).toEqual([FUNDED, 0n, 0n]);
  });

  it('whose charge has no wallet is refused before anything is held', async () => {
    const payment = world.payment(charged({ walletId: wallet('KZ', 'nobody'), amountMinor: CHARGE }));
    expect(await world.drive(payment)).toMatchObject({
      decision: 'ABORT',
      refusedBy: 'KZ',
      refusal: { code: 'WALLET_UNKNOWN' },
    });
    for (const side of world.sides) expect((await all(side)).slice(0, 3)).toEqual([FUNDED, 0n, 0n]);
  });

  it('comes back whole when it lapses', async () => {
    const payment = world.payment(charged());
    cn.fault = () => {
      throw new Error('out of reach');
    };
    void world.drive(payment);
    await settle();
    expect(await holdOf(kz, payment)).toMatchObject({ state: 'HELD', amountMinor: AMOUNT + CHARGE });
    world.gatewayIsDead = true;
    await heal(cn);
    expect(await holdOf(kz, payment)).toMatchObject({ state: 'RELEASED' });
    expect((await all(kz)).slice(0, 3)).toEqual([FUNDED, 0n, 0n]);
  });

  it.each([
    ['its payer’s', true, [FUNDED - AMOUNT - CHARGE, AMOUNT, CHARGE, FUNDED]],
    ['suspense', false, [0n, AMOUNT, CHARGE, FUNDED - AMOUNT - CHARGE]],
  ])('that a failover lost after its COMMIT comes back with the charge, of %s money', async (_, funded, expected) => {
    const payment = world.payment(charged());
    let isLost = false;
    kz.fault = (point) => {
      if (point !== 'after vote' || isLost) return;
      isLost = true;
      throw new Error('killed');
    };
    void world.drive(payment);
    await settle();
    await world.loseLedger(kz, funded);
    await kz.jurisdiction.recover();
    await heal();
    expect(await holdOf(kz, payment)).toMatchObject({
      state: 'SETTLED',
      charge: { walletId: FEE, amountMinor: CHARGE },
    });
    expect(await all(kz)).toEqual(expected);
    expect(await all(cn)).toEqual([FUNDED - AMOUNT, AMOUNT, 0n, FUNDED]);
  });
});
