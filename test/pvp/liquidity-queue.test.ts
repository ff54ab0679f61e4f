import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Bic, Uetr } from '../../src/kernel/ids.js';
import {
  inQueueOrder,
  planQueue,
  type QueuedPayment,
  type QueuePlan,
  type QueuePriority,
  type Way,
} from '../../src/pvp/liquidity-queue.js';

const NOW = 1_000_000;
const LIFE = 40_000;
const way = (takes: [string, bigint], brings: [string, bigint], provider = 'OTKLKZ20'): Way => ({
  providers: [provider as Bic],
  takes: [{ wallet: takes[0], minor: takes[1] }],
  brings: [{ wallet: brings[0], minor: brings[1] }],
});
/** To China, or from there, at 1 to 1: a provider pays on one side what it gets on the other. */
const toCn = (minor: bigint) => way(['CN', minor], ['KZ', minor]);
const toKz = (minor: bigint) => way(['KZ', minor], ['CN', minor]);
const payment = (uetr: string, ways: Way | readonly Way[], change: Partial<QueuedPayment> = {}): QueuedPayment => ({
  ...{ uetr: uetr as Uetr, priority: 'NORM', since: NOW - 1_000, until: NOW - 1_000 + LIFE },
  ways: [ways].flat(),
  ...change,
});
const HIGH = { priority: 'HIGH' as const };
const plan = (payments: readonly QueuedPayment[], room: Record<string, bigint>) =>
  planQueue(payments, new Map(Object.entries(room)), NOW);
const order = ({ runs }: QueuePlan) => runs.map(({ uetr, isFunded }) => (isFunded ? uetr : `${uetr}*`)).join(' ');
const waits = ({ waits: left }: QueuePlan) =>
  left.map(({ uetr, lacks }) => [uetr, ...lacks.map(({ wallet, minor }) => `${wallet}:${minor}`)].join(' ')).join(', ');

test.each<[string, readonly QueuedPayment[], Record<string, bigint>, string, string]>([
  ['nothing', [], { CN: 5n }, '', ''],
  ['what is covered', [payment('a', toCn(5n))], { CN: 5n }, 'a', ''],
  ['what is not', [payment('a', toCn(5n))], { CN: 4n }, '', 'a CN:1'],
  ['a wallet that nobody knows', [payment('a', toCn(5n))], {}, '', 'a CN:5'],
  ['a wallet that owes', [payment('a', toCn(5n))], { CN: -2n }, '', 'a CN:7'],
  ['nobody makes an offer', [payment('a', [])], { CN: 5n }, '', 'a'],
  [
    'first come',
    [payment('b', toCn(3n), { since: NOW - 5 }), payment('a', toCn(3n), { since: NOW - 4 })],
    { CN: 5n },
    'b',
    'a CN:1',
  ],
  ['at one moment by UETR', [payment('b', toCn(3n)), payment('a', toCn(3n))], { CN: 6n }, 'a b', ''],
  ['HIGH before NORM', [payment('a', toCn(3n), { since: 0 }), payment('b', toCn(3n), HIGH)], { CN: 5n }, 'b', 'a CN:1'],
  [
    'a small one does not pass a large one',
    [payment('a', toCn(9n)), payment('b', toCn(1n))],
    { CN: 5n },
    '',
    'a CN:4, b',
  ],
  [
    'but does where another wallet pays',
    [payment('a', toCn(9n)), payment('b', toKz(1n))],
    { CN: 5n, KZ: 1n },
    'b',
    'a CN:3',
  ],
  [
    'in its last quarter it passes',
    [payment('a', toCn(9n), HIGH), payment('b', toCn(1n), { since: NOW - 30_000, until: NOW + 10_000 })],
    { CN: 5n },
    'b',
    'a CN:5',
  ],
  [
    'before that it does not',
    [payment('a', toCn(9n), HIGH), payment('b', toCn(1n), { since: NOW - 30_000, until: NOW + 10_001 })],
    { CN: 5n },
    '',
    'a CN:4, b',
  ],
  [
    'by another provider, where the best has nothing',
    [payment('a', [toCn(5n), way(['CN2', 5n], ['KZ2', 5n], 'SILKCN20')])],
    { CN: 4n, CN2: 5n },
    'a',
    '',
  ],
  [
    'the other provider is for who came first',
    [payment('a', [toCn(9n), way(['CN2', 9n], ['KZ2', 9n])]), payment('b', way(['CN2', 2n], ['KZ2', 2n]))],
    { CN2: 5n },
    '',
    'a CN:9, b',
  ],
  ['one feeds the other', [payment('a', toKz(5n), HIGH), payment('b', toCn(5n))], { CN: 5n }, 'b a*', ''],
  [
    'each the next',
    [payment('a', toKz(5n)), payment('b', toCn(9n)), payment('c', toCn(5n))],
    { CN: 9n },
    'b a* c*',
    '',
  ],
  ['without any money nobody begins', [payment('a', toKz(5n)), payment('b', toCn(5n))], {}, '', 'a KZ:5, b CN:5'],
  [
    'through a vehicle all wallets must have it',
    [
      payment('a', {
        ...toCn(5n),
        takes: [
          { wallet: 'US', minor: 2n },
          { wallet: 'CN', minor: 5n },
        ],
      }),
    ],
    { CN: 5n, US: 1n },
    '',
    'a US:1',
  ],
])('%s', (_, payments, room, runs, left) => {
  const planned = plan(payments, room);
  expect([order(planned), waits(planned)]).toEqual([runs, left]);
});

it('two of opposite directions settle on the money of one', () => {
  const planned = plan([payment('a', toKz(70n)), payment('b', toCn(70n))], { CN: 100n });
  expect(planned.liquidity).toEqual([
    { wallet: 'CN', available: 100n, gross: 70n, used: 70n },
    { wallet: 'KZ', available: 0n, gross: 70n, used: 0n },
  ]);
  expect(planned.runs.map(({ after }) => Object.fromEntries(after))).toEqual([
    { CN: 30n, KZ: 70n },
    { CN: 100n, KZ: 0n },
  ]);
});

describe('any queue', () => {
  const WALLETS = ['KZ', 'CN', 'KZ2', 'CN2'] as const;
  const minor = fc.bigInt({ min: 1n, max: 30n });
  const anyWay = fc
    .tuple(fc.constantFrom(...WALLETS), fc.constantFrom(...WALLETS), minor, minor)
    .filter(([from, to]) => from !== to)
    .map(([from, to, takes, brings]) => way([from, takes], [to, brings]));
  const anyPayment = fc.record({
    priority: fc.constantFrom<QueuePriority>('HIGH', 'NORM'),
    age: fc.integer({ min: 0, max: LIFE - 1 }),
    ways: fc.array(anyWay, { maxLength: 2 }),
  });
  const queue = fc
    .array(anyPayment, { maxLength: 14 })
    .map((given) =>
      given.map(({ priority, age, ways }, i) =>
        payment(`p${String(i).padStart(2, '0')}`, ways, { priority, since: NOW - age, until: NOW - age + LIFE }),
      ),
    );
  const room = fc
    .tuple(...WALLETS.map(() => fc.bigInt({ min: -5n, max: 40n })))
    .map((amounts) => Object.fromEntries(WALLETS.map((wallet, i) => [wallet, amounts[i]!])));
  const property = (check: (payments: readonly QueuedPayment[], has: Record<string, bigint>) => void) =>
    fc.assert(fc.property(queue, room, check), { numRuns: 500 });

  it('runs nothing without its money, and each payment once', () => {
    property((payments, has) => {
      const planned = plan(payments, has);
      const balances = new Map(Object.entries(has));
      for (const { way: one, after } of planned.runs) {
        for (const { wallet, minor: amount } of one.takes) {
          expect(balances.get(wallet)).toBeGreaterThanOrEqual(amount);
          balances.set(wallet, balances.get(wallet)! - amount);
        }
        for (const { wallet, minor: amount } of one.brings) balances.set(wallet, balances.get(wallet)! + amount);
        for (const [wallet, amount] of after) expect(amount).toBe(balances.get(wallet));
      }
      const named = [...planned.runs, ...planned.waits].map(({ uetr }) => uetr).sort();
      expect(named).toEqual(payments.map(({ uetr }) => uetr).sort());
    });
  });

  it('begins only what the money of now covers, all that begins together', () => {
    property((payments, has) => {
      const balances = new Map(Object.entries(has));
      for (const { way: one, isFunded } of plan(payments, has).runs)
        if (isFunded)
          for (const { wallet, minor: amount } of one.takes) {
            balances.set(wallet, balances.get(wallet)! - amount);
            expect(balances.get(wallet)).toBeGreaterThanOrEqual(0n);
          }
    });
  });

  it('of one wallet is in order, but for those whose time is nearly up', () => {
    property((payments, has) => {
      const planned = plan(payments, has);
      const ran = new Map(planned.runs.map(({ uetr, way: one }, place) => [uetr, { place, one }]));
      const queued = inQueueOrder(payments);
      for (const [at, { uetr, until }] of queued.entries()) {
        const run = ran.get(uetr);
        if (!run || until - NOW <= LIFE / 4) continue;
        const wallets = run.one.takes.map(({ wallet }) => wallet);
        const before = queued.slice(0, at);
        const sharing = before.filter(({ ways }) =>
          ways.some(({ takes }) => takes.some(({ wallet }) => wallets.includes(wallet))),
        );
        for (const earlier of sharing) expect(ran.get(earlier.uetr)?.place).toBeLessThan(run.place);
      }
    });
  });

  it('leaves nothing that could begin', () => {
    property((payments, has) => {
      const { runs, waits: left } = plan(payments, has);
      const balances = new Map(Object.entries(has));
      for (const { way: one } of runs) {
        for (const { wallet, minor: amount } of one.takes) balances.set(wallet, balances.get(wallet)! - amount);
        for (const { wallet, minor: amount } of one.brings) balances.set(wallet, balances.get(wallet)! + amount);
      }
      const first = payments.find(({ uetr }) => uetr === left[0]?.uetr);
      for (const { takes } of first?.ways ?? [])
        expect(takes.some(({ wallet, minor: amount }) => balances.get(wallet)! < amount)).toBe(true);
    });
  });

  it('uses no more than its payments take one by one, and no more than there is', () => {
    property((payments, has) => {
      for (const { available, gross, used } of plan(payments, has).liquidity) {
        expect(used).toBeLessThanOrEqual(gross);
        expect(used).toBeLessThanOrEqual(available > 0n ? available : 0n);
      }
    });
  });
});
