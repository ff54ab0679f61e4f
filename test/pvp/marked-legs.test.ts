import { beforeEach, describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/kernel/errors.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { AID, HOME, MARKED, marked, ROAD, setUpMarks, TREASURY } from './marked.js';
import { AMOUNT, createWorld, FUNDED, type Side, settle, type World, wallet } from './world.js';

/** What a wallet has: ordinary money, held money, and what is under marks. */
async function money(side: Side, name: string): Promise<string> {
  const walletId = wallet(side.code, name);
  const { availableMinor, heldMinor } = (await side.ledger.balance(walletId))!;
  const pockets = await side.ledgerStore.pocketsOf(walletId, null, 10);
  const under = pockets.map(({ markId, markLevel, amountMinor }) => ` ${markId}@${markLevel} ${amountMinor}`);
  return `${availableMinor}/${heldMinor}${under.join('')}`;
}

const BEFORE = `${FUNDED - 2n * MARKED}/0 home@0 ${MARKED} road@0 ${MARKED}`;
const PAID = `${FUNDED - 2n * MARKED}/0 home@0 ${MARKED} road@0 ${MARKED - AMOUNT}`;

async function expectSettled(world: World): Promise<void> {
  expect(await money(world.side('KZ'), 'payer')).toBe(PAID);
  expect(await money(world.side('KZ'), 'payee')).toBe(`0/0 road@1 ${AMOUNT}`);
  expect(await money(world.side('CN'), 'payer')).toBe(`${FUNDED - AMOUNT}/0`);
  expect(await money(world.side('CN'), 'payee')).toBe(`0/0 aid@1 ${AMOUNT}`);
}

async function expectNothingMoved(world: World): Promise<void> {
  expect(await money(world.side('KZ'), 'payer')).toBe(BEFORE);
  expect(await money(world.side('KZ'), 'payee')).toBe('0/0');
  expect(await money(world.side('CN'), 'payer')).toBe(`${FUNDED}/0`);
  expect(await money(world.side('CN'), 'payee')).toBe('0/0');
}

const holdOf = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId);

/** What comes up again after a failure, and is asked until nothing changes. */
async function heal(world: World, ...dead: readonly Side[]): Promise<void> {
  for (const side of dead) await world.restart(side);
  for (let i = 0; i < 12; i += 1) {
    await world.time.advance(2_000);
    for (const side of world.sides) {
      await side.jurisdiction.sweep();
      await side.jurisdiction.chase();
    }
  }
}

let world: World;
let kz: Side;
let cn: Side;

async function begin(codes: readonly string[] = ['KZ', 'CN']): Promise<void> {
  world = await createWorld(codes, {}, setUpMarks);
  [kz, cn] = [world.side('KZ'), world.side('CN')];
}
beforeEach(() => begin());

describe('a payment of marked money', () => {
  it('takes it along its route, and what arrives is marked as the payment asks', async () => {
    const decision = await world.drive(world.payment(marked(ROAD, AID)));
    expect(decision).toMatchObject({ decision: 'COMMIT', refusal: null, closed: true });
    await expectSettled(world);
    expect(world.alarms).toEqual([]);
  });

  it('goes over three legs: the money between payer and payee is ordinary', async () => {
    await begin(['KZ', 'US', 'CN']);
    expect(await world.drive(world.payment(marked(ROAD, AID)))).toMatchObject({ decision: 'COMMIT' });
    await expectSettled(world);
    expect(await money(world.side('US'), 'payee')).toBe(`${AMOUNT}/0`);
  });

  it('is refused at the first leg before anything is held, when its mark does not cross', async () => {
    const payment = world.payment(marked(HOME, AID));
    const decision = await world.drive(payment);
    expect(decision).toMatchObject({ decision: 'ABORT', refusedBy: 'KZ', refusal: { code: 'MARK_FORBIDS' } });
    expect(ERRORS.MARK_FORBIDS.iso).toBe('AG01');
    for (const side of world.sides) expect((await holdOf(side, payment))?.amountMinor ?? 0n).toBe(0n);
    await expectNothingMoved(world);
  });

  it.each([
    ['is not one of those that its mark names', AID, 'payer', 'MARK_FORBIDS'],
    ['is asked for by a mark that nobody knows', { ...AID, markId: 'other' }, 'payee', 'MARK_UNKNOWN'],
  ] as const)(
    'is refused before anything is held, and at the last leg, when the wallet %s',
    async (_, mark, payee, code) => {
      const creditWallet = wallet('CN', payee);
      expect(await cn.jurisdiction.markFaults([{ mark, creditWallet }])).toMatchObject([{ code }]);
      // A gateway that does not ask, or is lied to, hears it of the hold.
      const swapped = (terms: PvpTerms): PvpTerms => {
        const legs = marked(
          ROAD,
          mark,
        )(terms).legs.map((leg) =>
          leg.ledger === 'CN' && payee === 'payer'
            ? { ...leg, debitWallet: wallet('CN', 'suspense'), creditWallet }
            : leg,
        );
        return { ...terms, legs };
      };
      const decision = await world.drive(world.payment(swapped));
      expect(decision).toMatchObject({ decision: 'ABORT', refusedBy: 'CN', refusal: { code } });
      await expectNothingMoved(world);
    },
  );

  it('comes back to its pocket when it lapses', async () => {
    const payment = world.payment(marked(ROAD, AID));
    cn.fault = () => {
      throw new Error('out of reach');
    };
    void world.drive(payment);
    await settle();
    expect(await money(kz, 'payer')).toBe(
      `${FUNDED - 2n * MARKED}/${AMOUNT} home@0 ${MARKED} road@0 ${MARKED - AMOUNT}`,
    );
    world.gatewayIsDead = true;
    await heal(world, cn);
    expect(await holdOf(kz, payment)).toMatchObject({ state: 'RELEASED', markId: 'road' });
    await expectNothingMoved(world);
  });

  it('waits while an oracle is away after the decision, and nobody is paged for it', async () => {
    const payment = world.payment(marked(ROAD, AID));
    cn.fault = (point) => {
      if (point === 'after vote') kz.oracleIsAway = true;
    };
    const driven = world.drive(payment);
    await settle();
    expect(await holdOf(kz, payment)).toMatchObject({ state: 'HELD' });
    expect(kz.jurisdiction.inDoubt()).toHaveLength(1);
    expect(world.alarms).toEqual([]);
    kz.oracleIsAway = false;
    await world.time.advance(20_000);
    expect(await driven).toMatchObject({ decision: 'COMMIT', closed: true });
    await expectSettled(world);
  });

  it('is not held while the oracle is away, and nothing is decided by that until its time is over', async () => {
    kz.oracleIsAway = true;
    const payment = world.payment(marked(ROAD, AID));
    const driven = world.drive(payment);
    await settle();
    expect((await kz.signerStore.entries([payment.pvpId])).size).toBe(0);
    await world.time.advance(20_000);
    expect(await driven).toMatchObject({ decision: 'ABORT' });
    await expectNothingMoved(world);
  });
});

describe('a ledger that loses its last commits', () => {
  /** CN has voted, and KZ has not: nobody knows more until they are healed. */
  async function cnVoted(): Promise<PvpPayment> {
    const payment = world.payment(marked(ROAD, AID));
    kz.fault = (point) => {
      if (point === 'before vote') throw new Error('dead');
    };
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    expect(cn.jurisdiction.inDoubt()).toHaveLength(1);
    return payment;
  }
  /** Both have voted; KZ dies before it settles. */
  async function bothVoted(): Promise<PvpPayment> {
    const payment = world.payment(marked(ROAD, AID));
    kz.fault = (point) => {
      if (point === 'before settleHold') throw new Error('dead');
    };
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    expect((await kz.signerStore.entries([payment.pvpId])).get(payment.pvpId)).toMatchObject({ decision: 'COMMIT' });
    return payment;
  }

  it('takes the money out of the same pocket again', async () => {
    const payment = await bothVoted();
    const before = await holdOf(kz, payment);
    world.partitioned = true;
    await world.loseLedger(kz);
    expect(await money(kz, 'payer')).toBe(BEFORE);
    await kz.jurisdiction.recover();
    // Its journal has the vote of CN: the hold that is put back settles at once.
    const { holdId, creditMark } = before!;
    expect(await holdOf(kz, payment)).toMatchObject({ state: 'SETTLED', holdId, markId: 'road', creditMark });
    expect(await money(kz, 'payer')).toBe(PAID);
    world.partitioned = false;
    await heal(world);
    await expectSettled(world);
    expect(world.alarms.map(({ code }) => code)).not.toContain('FUNDS_GONE');
  });

  it('marks what arrives as before', async () => {
    const payment = await cnVoted();
    world.partitioned = true;
    await world.loseLedger(cn);
    await cn.jurisdiction.recover();
    expect(await holdOf(cn, payment)).toMatchObject({ state: 'HELD', creditMark: { markId: 'aid', markLevel: 1 } });
    world.partitioned = false;
    await heal(world, kz);
    await expectSettled(world);
  });

  it('stays closed while its oracle is away, so that nobody has the money of a lost hold meanwhile', async () => {
    const payment = await cnVoted();
    world.partitioned = true;
    await world.loseLedger(cn);
    cn.oracleIsAway = true;
    await expect(cn.jurisdiction.recover()).rejects.toThrow("can't be put back now");
    expect(cn.jurisdiction.isOpen()).toBe(false);
    cn.oracleIsAway = false;
    await cn.jurisdiction.recover();
    expect(await holdOf(cn, payment)).toMatchObject({ state: 'HELD', creditMark: { markId: 'aid', markLevel: 1 } });
    world.partitioned = false;
    await heal(world, kz);
    await expectSettled(world);
  });

  it('comes to nothing where nobody had voted', async () => {
    const payment = world.payment(marked(ROAD, AID));
    cn.fault = () => {
      throw new Error('out of reach');
    };
    void world.drive(payment);
    await settle();
    world.gatewayIsDead = true;
    await world.loseLedger(kz);
    await kz.jurisdiction.recover();
    await heal(world, cn);
    await expectNothingMoved(world);
  });

  it('pays with ordinary money of the suspense wallet where the marked money is gone, and pages', async () => {
    const payment = await bothVoted();
    world.setUp = async (ledger, code) => {
      await setUpMarks(ledger, code);
      const gone = { kind: 'unmark', by: TREASURY, reference: 'u', walletId: wallet('KZ', 'payer') } as const;
      await ledger.submit({ ...gone, markId: 'road', markLevel: 0, amountMinor: MARKED });
    };
    world.partitioned = true;
    await world.loseLedger(kz);
    await kz.jurisdiction.recover();
    expect(world.alarms).toContainEqual(expect.objectContaining({ level: 'page', code: 'FUNDS_GONE', ledger: 'KZ' }));
    expect(await holdOf(kz, payment)).toMatchObject({ debitWallet: wallet('KZ', 'suspense'), markId: null });
    world.partitioned = false;
    await heal(world);
    expect(await money(kz, 'payer')).toBe(`${FUNDED - MARKED}/0 home@0 ${MARKED}`);
    expect([await money(kz, 'payee'), await money(kz, 'suspense')]).toEqual([`${AMOUNT}/0`, `${FUNDED - AMOUNT}/0`]);
    expect(await money(cn, 'payee')).toBe(`0/0 aid@1 ${AMOUNT}`);
  });

  it('pays the payee ordinary money where the mark itself is gone, and pages', async () => {
    const payment = await cnVoted();
    world.setUp = async () => {};
    world.partitioned = true;
    await world.loseLedger(cn);
    await cn.jurisdiction.recover();
    expect(world.alarms).toContainEqual(expect.objectContaining({ level: 'page', code: 'FUNDS_GONE', ledger: 'CN' }));
    expect(cn.jurisdiction.isFrozen()).toBe(true);
    expect(await holdOf(cn, payment)).toMatchObject({ debitWallet: wallet('CN', 'payer'), creditMark: null });
    world.partitioned = false;
    await heal(world, kz);
    expect([await money(cn, 'payee'), await money(kz, 'payee')]).toEqual([`${AMOUNT}/0`, `0/0 road@1 ${AMOUNT}`]);
  });
});
