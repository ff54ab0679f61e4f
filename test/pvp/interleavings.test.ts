import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attestation } from '../../src/pvp/attestation.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import type { LegReport } from '../../src/pvp/jurisdiction-port.js';
import { createWorld, FUNDED, prepareItem, type Side, type World, wallet } from './world.js';

type Op =
  | { readonly do: 'prepare'; readonly leg: number; readonly terms: number }
  | { readonly do: 'deliver'; readonly leg: number; readonly shown: number }
  | { readonly do: 'cancel' | 'chase' | 'sweep' | 'recover' | 'restart' | 'failover'; readonly leg: number }
  | { readonly do: 'query'; readonly leg: number; readonly known: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'partition'; readonly on: boolean };

const leg = fc.nat(2);
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('prepare' as const), leg, terms: fc.constantFrom(0, 0, 0, 1) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const), leg, shown: fc.nat(0xffff) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'recover', 'restart', 'failover'), leg }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('chase' as const, 'sweep'), leg }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('query' as const), leg, known: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(500, 3_000, 9_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('partition' as const), on: fc.boolean() }) },
);
/** Each inner list is started at once: its calls interleave at every await. */
const anyRun = fc.array(fc.array(anyOp, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 14 });

/** Calls of a ledger and a journal take a while, each another: what was read may be stale when it is acted on. */
function jitter(side: Side, next: () => number): void {
  const pause = async (): Promise<void> => {
    for (let turns = next() % 4; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const { submit, holds } = side.ledger;
  Object.assign(side.ledger, {
    submit: async (command: Parameters<typeof submit>[0]) => {
      await pause();
      const result = await submit(command);
      await pause();
      return result;
    },
    holds: async (refs: Parameters<typeof holds>[0]) => {
      const found = await holds(refs);
      await pause();
      return found;
    },
  });
}

/** A gateway that sends what it likes to whom it likes, and shows whatever statements it has gathered. */
async function play(world: World, run: readonly (readonly Op[])[], seed: number): Promise<PvpPayment> {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
  for (const side of world.sides) jitter(side, next);
  const first = world.payment();
  const second = { ...world.payment((terms) => ({ ...terms, pvpId: first.pvpId })), pvpId: first.pvpId };
  const receipts: Attestation[] = [];
  const votes: Attestation[] = [];
  const gather = (reports: readonly LegReport[]): void => {
    for (const report of reports) {
      if (report.receipt) receipts.push(report.receipt);
      votes.push(...(report.vote ? [report.vote, ...report.peerVotes] : report.peerVotes));
    }
  };
  const some = (items: readonly Attestation[], mask: number) =>
    items.slice(-12).filter((_, i) => ((mask >> i) & 1) === 1);
  const { pvpId } = first;
  const starts = world.sides.map(() => Promise.resolve());
  const perform = async (op: Op): Promise<void> => {
    if (op.do === 'partition') world.partitioned = op.on;
    else if (op.do === 'wait') await world.time.advance(op.ms);
    else {
      const side = world.sides[op.leg % world.sides.length]!;
      const { jurisdiction } = side;
      const at = op.leg % world.sides.length;
      if (op.do === 'prepare')
        gather(await jurisdiction.prepare([prepareItem([first, second][op.terms]!, at, receipts)]));
      else if (op.do === 'deliver')
        gather(await jurisdiction.deliver([{ pvpId, receipts, votes: some(votes, op.shown) }]));
      else if (op.do === 'cancel') gather(await jurisdiction.cancel([{ pvpId }]));
      else if (op.do === 'query') {
        const prepareBy = op.known ? first.terms.prepareBy : null;
        gather(await jurisdiction.query([{ pvpId, prepareBy, receipts: [], votes: [] }]));
      } else if (op.do === 'chase') await jurisdiction.chase();
      else if (op.do === 'sweep') await jurisdiction.sweep();
      else if (op.do === 'recover') await jurisdiction.recover();
      else {
        // A process is started after the one before it: two that share a store fence each other while it is set up.
        const start = async (): Promise<void> => {
          if (op.do === 'failover') await world.loseLedger(side);
          await world.restart(side);
          jitter(side, next);
        };
        starts[at] = starts[at]!.then(start, start);
        await starts[at];
      }
    }
  };
  // A call that an epoch fenced, or that met a closed jurisdiction, has failed: its caller may send it again.
  for (const ops of run) await Promise.allSettled(ops.map(perform));
  return first;
}

async function heal(world: World): Promise<void> {
  world.partitioned = false;
  for (const side of world.sides) await world.restart(side);
  for (let i = 0; i < 8; i += 1) {
    await world.time.advance(6_000);
    for (const side of world.sides) {
      await side.jurisdiction.sweep();
      await side.jurisdiction.chase();
    }
  }
}

describe.each([[['KZ', 'CN']], [['KZ', 'US', 'CN']]])('any order of calls, restarts and failovers, %j', (codes) => {
  it('ends every leg alike, sums exact', async () => {
    let settledCount = 0;
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat(), async (run, seed) => {
        const world = await createWorld(codes);
        const payment = await play(world, run, seed);
        await heal(world);
        const found = await Promise.all(
          world.sides.map(async (side) => (await side.ledger.holds([payment.pvpId])).get(payment.pvpId)),
        );
        const ends = new Set(found.map((hold) => hold?.state ?? 'RELEASED'));
        expect([...ends], JSON.stringify(found.map((hold) => hold?.state))).toHaveLength(1);
        expect(ends.has('HELD')).toBe(false);
        if (ends.has('SETTLED')) settledCount += 1;
        for (const [i, side] of world.sides.entries()) {
          const paid = found[i]?.state === 'SETTLED' ? found[i].amountMinor : 0n;
          expect(await world.available(side, 'payee')).toBe(paid);
          const balance = (await side.ledger.balance(wallet(side.code, 'payer')))!;
          expect([balance.availableMinor, balance.heldMinor]).toEqual([FUNDED - paid, 0n]);
          expect(side.jurisdiction.inDoubt()).toEqual([]);
        }
        const wrong = world.alarms.filter((alarm) =>
          ['LEDGER_CONTRADICTS', 'REBUILD_FAILED', 'EQUIVOCATION'].includes(alarm.code),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(settledCount).toBeGreaterThan(0);
  });
});
