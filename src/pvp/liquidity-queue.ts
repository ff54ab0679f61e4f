/**
 * In which order payments run whose providers lack funds, pure. HIGH before NORM, then first come. A payment runs on money
 * that is there, or that one before it brings: payments of opposite directions feed each other's wallets, and so settle on
 * less than all of their amounts together. Each runs whole, and one that doesn't run takes nothing.
 */
import type { Bic, Uetr } from '../kernel/ids.js';

/** `InstrPrty`, the first one first. */
export const QUEUE_PRIORITIES = ['HIGH', 'NORM'] as const;
export type QueuePriority = (typeof QUEUE_PRIORITIES)[number];

/** Where a payment stands among those that wait: a new one is behind all that come before it or with it. */
export interface QueuePlace {
  readonly priority: QueuePriority;
  /** It waits already, and its turn is planned. */
  readonly isQueued: boolean;
}

/** A wallet that payments wait for, with the first of their priorities; it is named as the desk's counters name it. */
export interface AwaitedWallet {
  readonly wallet: string;
  readonly priority: QueuePriority;
}

/** Whether payments that come before this one wait for one of the wallets. A request for a quote has no place: it is NORM. */
export function isBehind(
  awaited: readonly AwaitedWallet[],
  wallets: readonly string[],
  { priority, isQueued }: QueuePlace = { priority: 'NORM', isQueued: false },
): boolean {
  const rank = QUEUE_PRIORITIES.indexOf(priority);
  return (
    !isQueued && awaited.some((one) => wallets.includes(one.wallet) && QUEUE_PRIORITIES.indexOf(one.priority) <= rank)
  );
}

/** What a payment takes from a provider's wallet, or brings into one: minor units. */
export interface Movement {
  /** Names ledger and wallet. */
  readonly wallet: string;
  readonly minor: bigint;
}

/** One way of settling a payment, by these providers. */
export interface Way {
  readonly providers: readonly Bic[];
  readonly takes: readonly Movement[];
  readonly brings: readonly Movement[];
}

export interface QueuedPayment {
  readonly uetr: Uetr;
  readonly priority: QueuePriority;
  /** Milliseconds: since when it waits, and how long it may. */
  readonly since: number;
  readonly until: number;
  /** What its payer would be offered now, the best first; none while nobody makes an offer. */
  readonly ways: readonly Way[];
}

/** What providers' wallets have that is promised to nobody, by wallet, minor units. */
export type Room = ReadonlyMap<string, bigint>;

export interface PlannedRun {
  readonly uetr: Uetr;
  readonly way: Way;
  /** Its money is there now. Otherwise payments that run before it must settle first. */
  readonly isFunded: boolean;
  /** What the wallets that it touches have when it has settled, after all that run before it. */
  readonly after: Room;
}

/** A payment that can't run yet, with what its best way lacks after all that run. */
export interface PlannedWait {
  readonly uetr: Uetr;
  readonly lacks: readonly Movement[];
}

/** What a plan takes from one wallet. */
export interface LiquidityUse {
  readonly wallet: string;
  readonly available: bigint;
  /** All that its payments take, one by one. */
  readonly gross: bigint;
  /** The most that is missing from the wallet at any moment of the plan: the rest was brought by payments before. */
  readonly used: bigint;
}

export interface QueuePlan {
  /** In the order in which they run. */
  readonly runs: readonly PlannedRun[];
  /** In the order of the queue. */
  readonly waits: readonly PlannedWait[];
  readonly liquidity: readonly LiquidityUse[];
}

/** The order of the queue. */
export const inQueueOrder = (payments: readonly QueuedPayment[]): QueuedPayment[] =>
  [...payments].sort(
    (a, b) =>
      QUEUE_PRIORITIES.indexOf(a.priority) - QUEUE_PRIORITIES.indexOf(b.priority) ||
      a.since - b.since ||
      (a.uetr < b.uetr ? -1 : 1),
  );

/** In the last quarter of its time a payment no longer stands behind those that lack funds: priority starves nobody. */
const isLate = ({ since, until }: QueuedPayment, now: number): boolean => (until - now) * 4 <= until - since;

/** The plan for these payments over what there is at `now`. A wallet that `room` does not name has nothing. */
export function planQueue(payments: readonly QueuedPayment[], room: Room, now: number): QueuePlan {
  const there = new Map(room);
  /** What is left of the money that is there now, when nothing is brought. */
  const own = new Map(room);
  const use = new Map<string, { gross: bigint; lowest: bigint }>();
  const waiting = inQueueOrder(payments);
  const runs: PlannedRun[] = [];
  for (let next = firstRunnable(waiting, there, now); next; next = firstRunnable(waiting, there, now)) {
    const { place, way } = next;
    const [payment] = waiting.splice(place, 1);
    const isFunded = covers(own, way);
    for (const { wallet, minor } of way.takes) {
      add(own, wallet, -minor);
      const left = add(there, wallet, -minor);
      const { gross, lowest } = use.get(wallet) ?? { gross: 0n, lowest: left };
      use.set(wallet, { gross: gross + minor, lowest: left < lowest ? left : lowest });
    }
    for (const { wallet, minor } of way.brings) add(there, wallet, minor);
    const touched = [...way.takes, ...way.brings].map(({ wallet }) => [wallet, amountOf(there, wallet)] as const);
    runs.push({ uetr: payment!.uetr, way, isFunded, after: new Map(touched) });
  }
  return {
    runs,
    waits: waiting.map(({ uetr, ways: [best] }) => ({ uetr, lacks: best ? lacking(there, best) : [] })),
    liquidity: [...use].map(([wallet, { gross, lowest }]) => {
      const available = amountOf(room, wallet);
      return { wallet, available, gross, used: lowest < available ? available - lowest : 0n };
    }),
  };
}

/** The first payment that can run, by the best way that is open to it: nobody passes one that waits for the same wallet. */
function firstRunnable(
  waiting: readonly QueuedPayment[],
  room: Room,
  now: number,
): { readonly place: number; readonly way: Way } | null {
  const awaited = new Set<string>();
  for (const [place, payment] of waiting.entries()) {
    const isOpen = ({ takes }: Way) => isLate(payment, now) || takes.every(({ wallet }) => !awaited.has(wallet));
    const way = payment.ways.find((one) => isOpen(one) && covers(room, one));
    if (way) return { place, way };
    for (const { takes } of payment.ways) for (const { wallet } of takes) awaited.add(wallet);
  }
  return null;
}

const amountOf = (room: Room, wallet: string): bigint => room.get(wallet) ?? 0n;

function add(room: Map<string, bigint>, wallet: string, minor: bigint): bigint {
  const sum = amountOf(room, wallet) + minor;
  room.set(wallet, sum);
  return sum;
}

const covers = (room: Room, { takes }: Way): boolean =>
  takes.every(({ wallet, minor }) => amountOf(room, wallet) >= minor);

/** What is missing of each wallet; nothing where the payment only stands behind others. */
const lacking = (room: Room, { takes }: Way): Movement[] =>
  takes.flatMap(({ wallet, minor }) => {
    const has = amountOf(room, wallet);
    return has < minor ? [{ wallet, minor: minor - has }] : [];
  });
