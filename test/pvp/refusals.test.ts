import { beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../src/kernel/errors.js';
import type { Uetr } from '../../src/kernel/ids.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import { type Attestation, attest, type Vote, voteLeaf } from '../../src/pvp/attestation.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { LegReport } from '../../src/pvp/jurisdiction-port.js';
import { bytes, createWorld, FUNDED, hashOf, prepareItem, T0, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const prepare = async (code: string, payment: PvpPayment, receipts: Attestation[] = []): Promise<LegReport> =>
  (await world.side(code).jurisdiction.prepare([prepareItem(payment, code === 'KZ' ? 0 : 1, receipts)]))[0]!;
const deliver = async (code: string, pvpId: Uetr, votes: Attestation[], receipts: Attestation[] = []) =>
  (await world.side(code).jurisdiction.deliver([{ pvpId, votes, receipts }]))[0]!;

const voteBy = (signer: Signer, ledger: string, payment: PvpPayment, change: Partial<Vote> = {}): Attestation => {
  const vote: Vote = {
    ...{ ledger: ledger as Vote['ledger'], pvpId: payment.pvpId, termsHash: hashOf(payment), decision: 'COMMIT' },
    ...{ reason: null, decidedAt: T0, receiptsHash: bytes(32) },
    ...change,
  };
  return attest('vote', [voteLeaf(vote)], signer)[0]!;
};

/** Both legs held, CN voted: the state in which KZ's certificate is one vote away. */
async function voted(): Promise<{ payment: PvpPayment; kz: LegReport; cn: LegReport }> {
  const payment = world.payment();
  const kz = await prepare('KZ', payment);
  const cn = await prepare('CN', payment, [kz.receipt!]);
  expect([kz.state, cn.state]).toEqual(['HELD', 'VOTED']);
  return { payment, kz, cn };
}

describe('a trade that officers halt', () => {
  const halted = refusal('TRADING_HALTED');

  it('gets no hold any more', async () => {
    world.side('KZ').halted = halted;
    expect(await prepare('KZ', world.payment())).toMatchObject({ state: 'RELEASED', refusal: halted, receipt: null });
    expect(await world.available(world.side('KZ'), 'payer')).toBe(FUNDED);
  });

  it('gets no COMMIT of a side that holds: both release', async () => {
    const { payment, kz, cn } = await voted();
    world.side('KZ').halted = halted;
    const report = await deliver('KZ', payment.pvpId, [cn.vote!], [cn.receipt!]);
    expect(report).toMatchObject({ state: 'RELEASED' });
    const entry = (await world.side('KZ').signerStore.entries([payment.pvpId])).get(payment.pvpId);
    expect(entry).toMatchObject({ decision: 'ABORT', reason: 'TRADING_HALTED' });
    expect(await deliver('CN', payment.pvpId, [report.vote!], [kz.receipt!])).toMatchObject({ state: 'RELEASED' });
  });

  it('goes on where this side has voted: the other may have settled by it', async () => {
    const { payment, kz, cn } = await voted();
    world.side('CN').halted = halted;
    const report = await deliver('KZ', payment.pvpId, [cn.vote!], [cn.receipt!]);
    expect(report).toMatchObject({ state: 'SETTLED' });
    expect(await deliver('CN', payment.pvpId, [report.vote!], [kz.receipt!])).toMatchObject({ state: 'SETTLED' });
  });
});

describe('a hold is refused', () => {
  it("without the payer's authorisation", async () => {
    const payment = world.payment();
    const item = { ...prepareItem(payment, 0), authorisation: 'none' };
    const [report] = await world.side('KZ').jurisdiction.prepare([item]);
    expect(report).toMatchObject({ state: 'RELEASED', refusal: { code: 'AUTHORISATION_INVALID' }, receipt: null });
    const entry = (await world.side('KZ').signerStore.entries([payment.pvpId])).get(payment.pvpId);
    expect(entry).toMatchObject({ decision: 'ABORT', reason: 'AUTHORISATION_INVALID' });
    expect(await world.available(world.side('KZ'), 'payer')).toBe(FUNDED);
  });

  it('after prepareBy, over malformed terms, without a leg here, in another currency, without funds', async () => {
    const state = async (payment: PvpPayment) => (await prepare('KZ', payment)).refusal?.code;
    const leg = (payment: PvpPayment, change: object) =>
      world.payment((terms) => ({ ...terms, legs: [{ ...terms.legs[0]!, ...change }, terms.legs[1]!] })) ?? payment;
    const payment = world.payment();
    expect(await state({ ...payment, termsBytes: bytes(20) })).toBe('TERMS_INVALID');
    expect(await state({ ...world.payment(), termsBytes: payment.termsBytes })).toBe('TERMS_INVALID');
    expect(await state(leg(payment, { ledger: 'US' }))).toBe('TERMS_INVALID');
    expect(await state(leg(payment, { currency: 'USD' }))).toBe('CURRENCY_WRONG');
    expect(await state(leg(payment, { amountMinor: FUNDED + 1n }))).toBe('FUNDS_INSUFFICIENT');
    const late = world.payment();
    await world.time.advance(4_001);
    expect(await state(late)).toBe('PREPARE_TOO_LATE');
  });

  it('when a co-signer key of any leg is not known here, of another ledger, or expires before the vote', async () => {
    const code = async (keyIds: string[]) =>
      (
        await prepare(
          'KZ',
          world.payment((terms) => ({ ...terms, coSignerKeyIds: keyIds })),
        )
      ).refusal?.code;
    expect(await code(['KZ-cosigner', 'CN-newer'])).toBe('KEY_UNKNOWN');
    expect(await code(['KZ-cosigner', 'KZ-cosigner'])).toBe('KEY_UNKNOWN');
    expect(await code(['KZ-cosigner', 'CN-ledger'])).toBe('KEY_UNKNOWN');
    const key = world.keys.get('CN-cosigner')!;
    world.keys.set('CN-cosigner', { ...key, validTo: T0 + 8_500 });
    expect(await code(['KZ-cosigner', 'CN-cosigner'])).toBe('KEY_UNKNOWN');
    world.keys.set('CN-cosigner', { ...key, validTo: T0 + 8_501 });
    expect(await code(['KZ-cosigner', 'CN-cosigner'])).toBeUndefined();
  });

  it('when its id is not one, alone: the rest of the batch goes on and nothing is journalled', async () => {
    const [bad, good] = [{ ...world.payment(), pvpId: 'ABC' as Uetr }, world.payment()];
    const kz = world.side('KZ');
    const upper = { pvpId: good.pvpId.toUpperCase() as Uetr, prepareBy: null, receipts: [], votes: [] };
    const prepared = await kz.jurisdiction.prepare([prepareItem(bad, 0), prepareItem(good, 0)]);
    expect(prepared.map((report) => report.refusal?.code ?? report.state)).toEqual(['TERMS_INVALID', 'HELD']);
    expect(await kz.jurisdiction.cancel([bad])).toMatchObject([{ state: 'NONE', refusal: { code: 'TERMS_INVALID' } }]);
    expect(await kz.jurisdiction.query([upper])).toMatchObject([{ state: 'NONE', vote: null }]);
    expect((await kz.signerStore.entries([bad.pvpId, upper.pvpId])).size).toBe(0);
  });

  it('for other terms under the same id, and the first terms stand', async () => {
    const first = world.payment();
    const other = { ...world.payment((terms) => ({ ...terms, pvpId: first.pvpId })), pvpId: first.pvpId };
    const held = await prepare('KZ', first);
    const report = await prepare('KZ', other);
    expect(report).toMatchObject({ state: 'HELD', refusal: { code: 'TERMS_CONFLICT' }, holdId: held.holdId });
    expect(report.termsHash).toEqual(hashOf(first));
  });
});

describe('a ledger does not settle', () => {
  const cases: [string, (v: Awaited<ReturnType<typeof voted>>) => Attestation[]][] = [
    ['with one signature', ({ cn }) => [cn.vote!]],
    ['with two of one side', ({ cn }) => [cn.vote!, cn.vote!]],
    [
      "with a peer's COMMIT in the name of the other side",
      ({ cn, payment }) => [cn.vote!, voteBy(world.side('CN').coSignerKey, 'KZ', payment)],
    ],
    [
      'over other terms',
      ({ cn, payment }) => [cn.vote!, voteBy(world.side('KZ').coSignerKey, 'KZ', payment, { termsHash: bytes(32) })],
    ],
    [
      'with an unknown key',
      ({ cn, payment }) => {
        const pair = generateKeyPair('p256', bytes);
        return [cn.vote!, voteBy(createSigner('KZ-new', 'p256', pair.secretKey), 'KZ', payment)];
      },
    ],
    [
      'with an expired key',
      ({ cn, payment }) => {
        world.keys.set('KZ-cosigner', { ...world.keys.get('KZ-cosigner')!, validTo: T0 });
        return [cn.vote!, voteBy(world.side('KZ').coSignerKey, 'KZ', payment)];
      },
    ],
    [
      "with a ledger's key instead of the co-signer's",
      ({ cn, payment }) => [cn.vote!, voteBy(world.side('KZ').notaryKey, 'KZ', payment)],
    ],
    [
      'with a changed signature',
      ({ cn, payment }) => {
        const vote = voteBy(world.side('KZ').coSignerKey, 'KZ', payment);
        const signature = Uint8Array.from(vote.signature);
        signature[5] = signature[5]! ^ 1;
        return [cn.vote!, { ...vote, signature }];
      },
    ],
    [
      "with another payment's certificate",
      ({ payment }) => {
        const old = world.payment();
        void payment;
        return [voteBy(world.side('CN').coSignerKey, 'CN', old), voteBy(world.side('KZ').coSignerKey, 'KZ', old)];
      },
    ],
  ];
  it.each(cases)('%s', async (name, votesOf) => {
    const state = await voted();
    const { payment } = state;
    const report = await deliver('CN', payment.pvpId, votesOf(state));
    // A COMMIT of the peer for other terms is proof that it can never commit these: the hold goes back.
    expect(report.state).toBe(name === 'over other terms' ? 'RELEASED' : 'VOTED');
    expect(await world.available(world.side('CN'), 'payee')).toBe(0n);
  });

  it('but does with both', async () => {
    const { payment, kz, cn } = await voted();
    const report = await deliver('CN', payment.pvpId, [cn.vote!, voteBy(world.side('KZ').coSignerKey, 'KZ', payment)]);
    expect(report.state).toBe('SETTLED');
    expect(kz.holdId).not.toBeNull();
  });
});

describe('a gateway that tells each side other terms', () => {
  it('gets no vote: the receipt is for other terms; both legs lapse', async () => {
    const one = world.payment();
    const other = { ...world.payment((terms) => ({ ...terms, pvpId: one.pvpId })), pvpId: one.pvpId };
    const kz = await prepare('KZ', one);
    const cn = await prepare('CN', other, [kz.receipt!]);
    expect([cn.state, cn.vote]).toEqual(['HELD', null]);
    await world.time.advance(12_001);
    for (const side of world.sides) expect(await side.jurisdiction.sweep()).toBe(1);
    for (const side of world.sides) expect(await world.available(side, 'payer')).toBe(FUNDED);
  });
});

describe('messages out of order, twice, or not at all', () => {
  it('VOTE before PREPARE does nothing', async () => {
    const payment = world.payment();
    const report = await deliver('KZ', payment.pvpId, [voteBy(world.side('CN').coSignerKey, 'CN', payment)]);
    expect(report).toMatchObject({ state: 'NONE', vote: null });
    expect((await prepare('KZ', payment)).state).toBe('HELD');
  });

  it('CANCEL before PREPARE leaves a tombstone that a PREPARE can not pass', async () => {
    const payment = world.payment();
    const [cancelled] = await world.side('KZ').jurisdiction.cancel([payment]);
    expect(cancelled).toMatchObject({ state: 'RELEASED', refusal: { code: 'CANCELLED' } });
    expect(cancelled!.vote).not.toBeNull();
    expect(await prepare('KZ', payment)).toMatchObject({ state: 'RELEASED', receipt: null });
  });

  it('a repeated PREPARE answers the same hold and receipt, and is not checked again', async () => {
    const payment = world.payment();
    const first = await prepare('KZ', payment);
    const again = await prepare('KZ', payment);
    expect(again.holdId).toBe(first.holdId);
    expect(again.receipt!.leaf).toEqual(first.receipt!.leaf);
    expect(world.side('KZ').checked).toHaveLength(1);
  });

  it('CANCEL and lapse after COMMIT release nothing', async () => {
    const { payment } = await voted();
    world.partitioned = true;
    const [cancelled] = await world.side('CN').jurisdiction.cancel([payment]);
    expect(cancelled!.state).toBe('VOTED');
    await world.time.advance(60_000);
    await world.side('CN').jurisdiction.sweep();
    const [after] = await world.side('CN').jurisdiction.cancel([payment]);
    expect(after!.state).toBe('VOTED');
  });

  it('a vote asked for after voteBy is an ABORT', async () => {
    const { payment, cn } = await voted();
    await world.time.advance(8_001);
    const report = await deliver('KZ', payment.pvpId, [cn.vote!], [cn.receipt!]);
    expect(report).toMatchObject({ state: 'RELEASED', refusal: { code: 'VOTE_TOO_LATE' } });
    const released = await deliver('CN', payment.pvpId, [report.vote!]);
    expect(released).toMatchObject({ state: 'RELEASED', refusal: { code: 'PEER_ABORTED' } });
  });

  it('a query for an unknown id is pending before prepareBy and a durable ABORT after it', async () => {
    const pvpId = world.payment().pvpId;
    const { jurisdiction, signerStore, ledger } = world.side('CN');
    const ask = async (prepareBy: number | null) =>
      (await jurisdiction.query([{ pvpId, prepareBy, receipts: [], votes: [] }]))[0]!;
    expect(await ask(T0 + 1)).toMatchObject({ state: 'NONE', vote: null });
    expect((await signerStore.entries([pvpId])).size).toBe(0);
    expect(await ask(T0 - 1)).toMatchObject({ state: 'RELEASED' });
    expect((await signerStore.entries([pvpId])).get(pvpId)?.decision).toBe('ABORT');
    expect((await ledger.holds([pvpId])).get(pvpId)).toMatchObject({ state: 'RELEASED', amountMinor: 0n });
  });
});

describe('evidence', () => {
  it('a peer that signs COMMIT and ABORT freezes the corridor, and both votes are kept', async () => {
    const { payment, cn } = await voted();
    const key = world.side('KZ').coSignerKey;
    const commit = voteBy(key, 'KZ', payment);
    const abort = voteBy(key, 'KZ', payment, {
      decision: 'ABORT',
      reason: 'CANCELLED',
      receiptsHash: new Uint8Array(0),
    });
    expect((await deliver('CN', payment.pvpId, [cn.vote!, commit])).state).toBe('SETTLED');
    expect((await deliver('CN', payment.pvpId, [abort])).state).toBe('SETTLED');
    const cnSide = world.side('CN');
    expect(cnSide.jurisdiction.isFrozen()).toBe(true);
    const [kept] = await cnSide.signerStore.openEquivocations();
    expect(kept!.votes.map((vote) => vote.leaf)).toEqual([commit.leaf, abort.leaf]);
    expect(world.alarms).toContainEqual(expect.objectContaining({ level: 'page', code: 'EQUIVOCATION' }));
    expect((await prepare('CN', world.payment())).refusal?.code).toBe('CORRIDOR_FROZEN');
    await world.restart(cnSide);
    expect(cnSide.jurisdiction.isFrozen()).toBe(true);
    await cnSide.jurisdiction.unfreeze();
    expect((await prepare('CN', world.payment())).state).toBe('HELD');
  });

  it('a quote that was voted on is refused for every other payment', async () => {
    const { payment } = await voted();
    const second = world.payment((terms) => ({ ...terms, quotes: payment.terms.quotes }));
    const kz = await prepare('KZ', second);
    const cn = await prepare('CN', second, [kz.receipt!]);
    expect(cn).toMatchObject({ state: 'RELEASED', refusal: { code: 'QUOTE_USED' } });
  });
});
