import { describe, expect, it } from 'vitest';
import type { Uetr } from '../../src/kernel/ids.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import type { Hold } from '../../src/ledger/types.js';
import { attest, voteLeaf } from '../../src/pvp/attestation.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { LegReport } from '../../src/pvp/jurisdiction-port.js';
import type { SignerEntry } from '../../src/pvp/signer.js';
import { AMOUNT, bytes, createWorld, FUNDED, hashOf, prepareItem, type Side, settle, T0, type World } from './world.js';

/** KZ holds, CN has voted. */
async function voted(world: World): Promise<{ payment: PvpPayment; cn: LegReport }> {
  const payment = world.payment();
  const [kz] = await world.side('KZ').jurisdiction.prepare([prepareItem(payment, 0)]);
  const [cn] = await world.side('CN').jurisdiction.prepare([prepareItem(payment, 1, [kz!.receipt!])]);
  return { payment, cn: cn! };
}

/** The rows of one payment as a damaged disk gives them. */
function damageRow(side: Side, pvpId: string, damage: (hold: Hold) => Hold): void {
  const { holds, openHolds } = side.ledgerStore;
  const damaged = (hold: Hold): Hold => (hold.conditionRef === pvpId ? damage(hold) : hold);
  Object.assign(side.ledgerStore, {
    holds: async (refs: readonly string[]) => (await holds(refs)).map(damaged),
    openHolds: async (...args: Parameters<typeof openHolds>) => (await openHolds(...args)).map(damaged),
  });
}

/** The journal's entry of one payment as a damaged disk gives it. */
function damageEntry(side: Side, pvpId: string, damage: (entry: SignerEntry) => SignerEntry): void {
  const { entries } = side.signerStore;
  Object.assign(side.coSigner.store, {
    entries: async (ids: readonly Uetr[]) =>
      new Map([...(await entries(ids))].map(([id, entry]) => [id, id === pvpId ? damage(entry) : entry] as const)),
  });
}

const unreadable = (entry: SignerEntry): SignerEntry => ({
  ...entry,
  get peerVotes(): never {
    throw new RangeError('canonical bytes end early');
  },
});

const stateOn = async (side: Side, { pvpId }: PvpPayment) => (await side.ledger.holds([pvpId])).get(pvpId)?.state;
const pages = (world: World, code: string): number => world.alarms.filter((alarm) => alarm.code === code).length;

/** The jurisdiction is open and another payment goes through it. */
async function expectAlive(world: World): Promise<void> {
  expect(world.sides.map((side) => side.jurisdiction.isOpen())).toEqual(world.sides.map(() => true));
  expect((await world.drive(world.payment())).decision).toBe('COMMIT');
}

describe('one damaged record', () => {
  it('a row without readable terms settles by the terms in the journal', async () => {
    const world = await createWorld();
    const { payment } = await voted(world);
    const cn = world.side('CN');
    damageRow(cn, payment.pvpId, (hold) => ({ ...hold, data: hold.data.slice(0, 9) }));
    await world.restart(cn);
    await world.time.advance(300);
    await cn.jurisdiction.chase();
    expect(await stateOn(cn, payment)).toBe('SETTLED');
    expect(pages(world, 'RECORD_CORRUPT')).toBe(0);
  });

  it.each(['cut', 'another'])(
    'a row with %s terms and no vote stays as it is, is paged, and stops nobody',
    async (how) => {
      const world = await createWorld();
      const [kz] = world.sides;
      const [damaged, whole] = [world.payment(), world.payment()];
      await kz!.jurisdiction.prepare([damaged, whole].map((payment) => prepareItem(payment, 0)));
      damageRow(kz!, damaged.pvpId, (hold) => ({
        ...hold,
        data: how === 'cut' ? hold.data.slice(0, 9) : whole.termsBytes,
      }));
      await world.restart(kz!);
      await world.time.advance(20_000);
      await kz!.jurisdiction.sweep();
      expect([await stateOn(kz!, damaged), await stateOn(kz!, whole)]).toEqual(['HELD', 'RELEASED']);
      expect(pages(world, 'RECORD_CORRUPT')).toBe(1);
      const reports = await kz!.jurisdiction.cancel([damaged, whole]);
      expect(reports.map((report) => report.refusal?.code)).toEqual(['RECORD_CORRUPT', 'VOTE_TOO_LATE']);
      await expectAlive(world);
    },
  );

  it.each(['terms', 'statements'])(
    'a COMMIT whose %s can not be read, of a lost row, does not keep others from being rebuilt',
    async (what) => {
      const world = await createWorld();
      const cn = world.side('CN');
      const [damaged, whole] = [await voted(world), await voted(world)];
      await world.loseLedger(cn);
      world.partitioned = true;
      damageEntry(cn, damaged.payment.pvpId, (entry) =>
        what === 'terms' ? { ...entry, termsBytes: bytes(20) } : unreadable(entry),
      );
      const report = await cn.jurisdiction.recover();
      expect(report).toMatchObject({ entryCount: 2, inDoubtCount: 1 });
      expect([await stateOn(cn, damaged.payment), await stateOn(cn, whole.payment)]).toEqual([undefined, 'HELD']);
      expect(pages(world, 'RECORD_CORRUPT')).toBe(1);
      const [answer] = await cn.jurisdiction.query([
        { pvpId: damaged.payment.pvpId, prepareBy: null, receipts: [], votes: [] },
      ]);
      expect(answer).toMatchObject({ refusal: { code: 'RECORD_CORRUPT' } });
      expect(answer!.vote!.leaf).toEqual(damaged.cn.vote!.leaf);
      await expectAlive(world);
    },
  );

  it('an ended row whose evidence can not be read answers its state, and its neighbours in full', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    const [damaged, whole] = [world.payment(), world.payment()];
    for (const payment of [damaged, whole]) await world.drive(payment);
    damageRow(cn, damaged.pvpId, (hold) => ({ ...hold, evidence: bytes(12) }));
    const ask = { prepareBy: null, receipts: [], votes: [] };
    const reports = await cn.jurisdiction.query([damaged, whole].map(({ pvpId }) => ({ pvpId, ...ask })));
    expect(reports.map((report) => report.state)).toEqual(['SETTLED', 'SETTLED']);
    expect(reports.map((report) => report.peerVotes.length)).toEqual([0, 1]);
    await expectAlive(world);
  });

  it('a page about it is repeated once a minute', async () => {
    const world = await createWorld();
    const [kz] = world.sides;
    const payment = world.payment();
    await kz!.jurisdiction.prepare([prepareItem(payment, 0)]);
    damageRow(kz!, payment.pvpId, (hold) => ({ ...hold, data: bytes(9) }));
    await world.restart(kz!);
    await kz!.jurisdiction.start();
    await world.time.advance(10_000);
    expect(pages(world, 'RECORD_CORRUPT')).toBe(1);
    await world.time.advance(120_000);
    expect(pages(world, 'RECORD_CORRUPT')).toBe(3);
    await kz!.jurisdiction.stop();
  });
});

describe('a leg that comes to no rest', () => {
  it('is paged and left; the batch goes on', async () => {
    const world = await createWorld();
    const cn = world.side('CN');
    const [restless, other] = [await voted(world), await voted(world)];
    // A journal that does not take what it is told: the same step is due again and again.
    Object.assign(cn.coSigner.store, { recordPeerVotes: async () => new Map() });
    const vote = { ledger: 'KZ', pvpId: restless.payment.pvpId, termsHash: hashOf(restless.payment), decidedAt: T0 };
    const abort = { ...vote, decision: 'ABORT', reason: 'CANCELLED', receiptsHash: new Uint8Array(0) } as const;
    const leaf = voteLeaf(abort as unknown as Parameters<typeof voteLeaf>[0]);
    const votes = [attest('vote', [leaf], world.side('KZ').coSignerKey)[0]!];
    const [kz] = await world
      .side('KZ')
      .jurisdiction.deliver([{ pvpId: other.payment.pvpId, receipts: [other.cn.receipt!], votes: [other.cn.vote!] }]);
    const reports = await cn.jurisdiction.deliver([
      { pvpId: restless.payment.pvpId, receipts: [], votes },
      { pvpId: other.payment.pvpId, receipts: [], votes: [kz!.vote!] },
    ]);
    expect(reports.map((report) => report.state)).toEqual(['VOTED', 'SETTLED']);
    expect(pages(world, 'RECORD_CORRUPT')).toBe(1);
    expect(cn.jurisdiction.isOpen()).toBe(true);
  });
});

describe('a co-signer changes its key', () => {
  /** A new key for CN; what becomes of the old one is the caller's. */
  async function rotate(world: World, retired: 'kept' | 'lost'): Promise<void> {
    const cn = world.side('CN');
    const pair = generateKeyPair('ed25519', bytes);
    const keyId = 'CN-cosigner-2';
    const { publicKey } = pair;
    const now = world.time.clock.now();
    const old = world.keys.get(cn.coSignerKey.keyId)!;
    world.keys.set(old.keyId, { ...old, validTo: now + 10_000 });
    world.keys.set(keyId, { ...old, keyId, suite: 'ed25519', publicKey, validFrom: now, validTo: null });
    cn.retiredKeys = retired === 'kept' ? [cn.coSignerKey] : [];
    cn.coSignerKey = createSigner(keyId, 'ed25519', pair.secretKey);
    await world.restart(cn);
  }

  it.each([0, 86_400_000])('a payment in doubt across it settles, %i ms after the old key expired', async (later) => {
    const world = await createWorld();
    world.partitioned = true;
    const { payment, cn } = await voted(world);
    const [kz] = await world
      .side('KZ')
      .jurisdiction.deliver([{ pvpId: payment.pvpId, receipts: [cn.receipt!], votes: [cn.vote!] }]);
    expect(kz!.state).toBe('SETTLED');
    await rotate(world, 'kept');
    await world.time.advance(10_000 + later);
    expect(world.side('CN').jurisdiction.inDoubt()).toHaveLength(1);
    world.partitioned = false;
    await world.side('CN').jurisdiction.chase();
    expect(await stateOn(world.side('CN'), payment)).toBe('SETTLED');
    await expectAlive(world);
    const [again] = await world.side('CN').jurisdiction.cancel([payment]);
    expect(again!.vote!.keyId).toBe('CN-cosigner');
  });

  it('terms that name the old key are voted on by it; new terms name the new one', async () => {
    const world = await createWorld();
    const payment = world.payment();
    await rotate(world, 'kept');
    expect((await world.drive(payment)).certificate![1]!.keyId).toBe('CN-cosigner');
    expect((await world.drive(world.payment())).certificate![1]!.keyId).toBe('CN-cosigner-2');
  });

  it('and loses the old one: that vote can not be repeated, is paged, and nothing else stops', async () => {
    const world = await createWorld();
    const { payment } = await voted(world);
    world.partitioned = true;
    await rotate(world, 'lost');
    world.partitioned = false;
    const cn = world.side('CN');
    await world.time.advance(10_000);
    await cn.jurisdiction.chase();
    const [report] = await cn.jurisdiction.query([{ pvpId: payment.pvpId, prepareBy: null, receipts: [], votes: [] }]);
    expect(report).toMatchObject({ state: 'VOTED', vote: null });
    expect(pages(world, 'KEY_MISSING')).toBe(1);
    await expectAlive(world);
  });
});

describe('a frozen corridor', () => {
  it('takes no new payments with the peer that contradicted itself; others go on', async () => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const [kz, us] = [world.side('KZ'), world.side('US')];
    const { pvpId } = world.payment();
    const vote = { ledger: us.code, pvpId, decidedAt: T0, termsHash: bytes(32) };
    const votes = [
      { ...vote, decision: 'COMMIT' as const, reason: null, receiptsHash: bytes(32) },
      { ...vote, decision: 'ABORT' as const, reason: 'CANCELLED' as const, receiptsHash: new Uint8Array(0) },
    ].map((one) => attest('vote', [voteLeaf(one)], us.coSignerKey)[0]!);
    await kz.jurisdiction.deliver([{ pvpId, receipts: [], votes }]);
    expect(pages(world, 'EQUIVOCATION')).toBe(1);
    const between = (...codes: string[]) =>
      world.payment((terms) => {
        const places = codes.map((code) => terms.legs.findIndex((leg) => leg.ledger === code));
        return {
          ...terms,
          legs: places.map((at) => terms.legs[at]!),
          quotes: terms.quotes.slice(0, codes.length - 1),
          coSignerKeyIds: places.map((at) => terms.coSignerKeyIds[at]!),
        };
      });
    const check = async (): Promise<void> => {
      expect(kz.jurisdiction.isFrozen()).toBe(true);
      const items = [between('KZ', 'US'), between('KZ', 'US', 'CN'), between('KZ', 'CN')];
      const reports = await kz.jurisdiction.prepare(items.map((payment) => prepareItem(payment, 0)));
      expect(reports.map((report) => report.refusal?.code ?? report.state)).toEqual([
        'CORRIDOR_FROZEN',
        'CORRIDOR_FROZEN',
        'HELD',
      ]);
    };
    await check();
    await world.restart(kz);
    await check();
    expect(await world.available(kz, 'payer')).toBe(FUNDED - 2n * AMOUNT);
    await kz.jurisdiction.unfreeze();
    const [report] = await kz.jurisdiction.prepare([prepareItem(between('KZ', 'US'), 0)]);
    expect(report!.state).toBe('HELD');
    await settle();
  });
});
