import { describe, expect, it } from 'vitest';
import { refusal } from '../../src/kernel/errors.js';
import { createCoordinator } from '../../src/pvp/coordinator.js';
import type { JurisdictionPort } from '../../src/pvp/jurisdiction-port.js';
import { createVerifier } from '../../src/pvp/verify.js';
import { AMOUNT, createWorld, FUNDED, live } from './world.js';

describe('the normal path', () => {
  it('settles both legs, with finality at the last COMMIT', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const decision = await world.drive(payment);
    expect(decision).toMatchObject({ decision: 'COMMIT', refusal: null, closed: true });
    expect(decision.reports.map((report) => report?.state)).toEqual(['SETTLED', 'SETTLED']);
    const journalled = await Promise.all(world.sides.map((side) => side.signerStore.entries([payment.pvpId])));
    const times = journalled.map((entries) => entries.get(payment.pvpId)!.decidedAt);
    expect(decision.decidedAt).toBe(Math.max(...times));
    for (const side of world.sides) {
      expect(await world.available(side, 'payer')).toBe(FUNDED - AMOUNT);
      expect(await world.available(side, 'payee')).toBe(AMOUNT);
    }
    expect(world.log.rows.map((row) => row.kind)).toEqual(['preparing', 'closed']);
    expect(world.alarms).toEqual([]);
  });

  it('settles three legs, voting in reverse order', async () => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    const voted: string[] = [];
    for (const side of world.sides) {
      side.fault = (point) => {
        if (point === 'after vote') voted.push(side.code);
      };
    }
    const decision = await world.drive(world.payment());
    expect(decision.decision).toBe('COMMIT');
    expect(decision.heldBy).toEqual(['KZ', 'US', 'CN']);
    expect(voted).toEqual(['CN', 'US', 'KZ']);
    expect(decision.reports.map((report) => report?.state)).toEqual(['SETTLED', 'SETTLED', 'SETTLED']);
  });

  it('releases three legs when the second refuses', async () => {
    const world = await createWorld(['KZ', 'US', 'CN']);
    world.side('US').refuse = () => refusal('WALLET_BLOCKED');
    const decision = await world.drive(world.payment());
    expect(decision).toMatchObject({ decision: 'ABORT', refusedBy: 'US', refusal: { code: 'WALLET_BLOCKED' } });
    expect(decision.heldBy).toEqual(['KZ']);
    expect(decision.reports.map((report) => report?.state)).toEqual(['RELEASED', 'RELEASED', 'RELEASED']);
    for (const side of world.sides) expect(await world.available(side, 'payer')).toBe(FUNDED);
  });
});

describe('a log that takes no rows', () => {
  it('is told of once a row, and written again until it takes them', async () => {
    const world = await createWorld();
    const payment = world.payment();
    const { clock } = world.time;
    const failure = new Error('the disk is full');
    let failuresLeft = 7;
    const log = {
      ...world.log,
      closed: async (items: Parameters<typeof world.log.closed>[0]) => {
        failuresLeft -= 1;
        if (failuresLeft >= 0) throw failure;
        await world.log.closed(items);
      },
    };
    const told: unknown[] = [];
    const timers = {
      after: (_: number, run: () => void) => {
        setImmediate(run);
        return () => undefined;
      },
    };
    const jurisdictions = new Map(world.sides.map((side) => [side.code, live(side)]));
    const verifier = createVerifier(world.register);
    const observer = {
      inDoubt: () => undefined,
      unlogged: (pvpId: string, error: unknown) => told.push([pvpId, error]),
    };
    const coordinator = createCoordinator({ jurisdictions, log, verifier, clock, timers, observer });
    expect(await coordinator.drive(payment)).toMatchObject({ decision: 'COMMIT', closed: true });
    expect(told).toEqual([[payment.pvpId, failure]]);
    expect(world.log.rows.map((row) => row.kind)).toEqual(['preparing', 'closed']);
  });
});

describe('batches', () => {
  it.each([[['KZ', 'CN']], [['KZ', 'US', 'CN']]])(
    'of %j: 2 transactions a ledger, 1 a signer, however many payments',
    async (codes) => {
      const world = await createWorld(codes);
      const votes: string[] = [];
      for (const side of world.sides)
        side.fault = (point) => {
          if (point === 'after vote') votes.push(side.code);
        };
      const calls: string[] = [];
      const counted = (port: JurisdictionPort): JurisdictionPort => ({
        ...port,
        prepare: (items) => {
          calls.push(`prepare ${port.ledger} ${items.length}`);
          return port.prepare(items);
        },
        deliver: (items) => {
          calls.push(`deliver ${port.ledger} ${items.length}`);
          return port.deliver(items);
        },
      });
      const blocks = () => world.sides.map((side) => side.ledger.counts.blocks);
      const before = blocks();
      const jurisdictions = new Map(world.sides.map((side) => [side.code, counted(live(side))]));
      const { clock, timers } = world.time;
      const verifier = createVerifier(world.register);
      const coordinator = createCoordinator({ jurisdictions, log: world.log, verifier, clock, timers });
      const payments = Array.from({ length: 50 }, () => world.payment());
      const decisions = await Promise.all(payments.map((payment) => coordinator.drive(payment)));
      expect(decisions.map(({ decision }) => decision)).toEqual(payments.map(() => 'COMMIT'));
      expect(blocks().map((count, i) => count - before[i]!)).toEqual(codes.map(() => 2));
      // The last leg votes first, with its hold; the first leg's vote completes the certificate.
      const [first, ...others] = codes as [string, ...string[]];
      const between = others.slice(0, -1);
      expect(votes).toEqual([...codes].reverse());
      expect(calls).toEqual([
        ...codes.map((code) => `prepare ${code} 50`),
        ...between.reverse().map((code) => `deliver ${code} 50`),
        ...[first, ...others].map((code) => `deliver ${code} 50`),
      ]);
    },
  );

  it('settle 49 of 50 and refuse one, with one transaction and one signature a step, type and jurisdiction', async () => {
    const world = await createWorld();
    const payments = Array.from({ length: 50 }, () => world.payment());
    const bad = payments[17]!.pvpId;
    world.side('CN').refuse = (item) => (item.terms.pvpId === bad ? refusal('WALLET_CLOSED') : null);
    const calls = { KZ: 0, CN: 0 } as Record<string, number>;
    for (const side of world.sides) {
      side.signatures.ledger = 0;
      side.signatures.coSigner = 0;
      side.fault = (point) => {
        if (point === 'after vote') calls[side.code]! += 1;
      };
    }
    const { clock, timers } = world.time;
    const jurisdictions = new Map(world.sides.map((side) => [side.code, live(side)]));
    const verifier = createVerifier(world.register);
    const coordinator = createCoordinator({ jurisdictions, log: world.log, verifier, clock, timers });
    const blocksBefore = world.sides.map((side) => side.ledger.counts.blocks);
    const decisions = await Promise.all(payments.map((payment) => coordinator.drive(payment)));
    const blocksAfter = world.sides.map((side) => side.ledger.counts.blocks);

    expect(decisions.filter((decision) => decision.decision === 'COMMIT')).toHaveLength(49);
    expect(decisions[17]).toMatchObject({ decision: 'ABORT', refusedBy: 'CN', refusal: { code: 'WALLET_CLOSED' } });
    // One signer transaction and one vote signature each: the refused item rides with the others.
    expect(calls.CN).toBe(1);
    expect(world.side('CN').signatures.coSigner).toBe(1);
    // KZ: one for the COMMITs; one for the payment that a peer refused.
    expect(calls.KZ).toBe(2);
    expect(world.side('KZ').signatures.coSigner).toBe(2);
    // Receipts; an APPLIED is signed when somebody reads it: one signature for its batch.
    expect(world.sides.map((side) => side.signatures.ledger)).toEqual([1, 1]);
    const applied = decisions.map((decision) =>
      decision.reports.map((report) => verifier.applied(report!.applied!).ok),
    );
    expect(applied.flat()).toEqual(applied.flat().map(() => true));
    // CN: the refused one, then the settled. KZ: settled, then released.
    expect(world.sides.map((side) => side.signatures.ledger)).toEqual([3, 3]);
    // CN: holds, tombstone, settlements. KZ: holds, settlements, release.
    expect(blocksAfter[0]! - blocksBefore[0]!).toBe(3);
    expect(blocksAfter[1]! - blocksBefore[1]!).toBe(3);
    for (const { stage, batches } of coordinator.counts().stages) expect([stage, batches <= 2]).toEqual([stage, true]);
    expect(verifier.counts.publicKeyOperations).toBeLessThanOrEqual(8);
  });
});
