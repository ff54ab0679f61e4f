import type { LedgerCode } from '../../kernel/ids.js';
import type { Random } from './random.js';

/**
 * What is asked of a ledger beside payments to other ones: money under a mark, and money that waits for an event. Times
 * are virtual milliseconds, people are numbers.
 */
export type Deed = { readonly id: number; readonly at: number; readonly ledger: LedgerCode } & (
  | { readonly kind: 'mark'; readonly amountMinor: bigint }
  /** Tokens of a pocket become one. */
  | { readonly kind: 'merge'; readonly of: number; readonly level: number }
  | { readonly kind: 'unmark'; readonly of: number; readonly level: number; readonly amountMinor: bigint }
  | {
      readonly kind: 'spend';
      readonly from: number;
      readonly to: number;
      readonly level: number;
      readonly amountMinor: bigint;
    }
  | EventDeed
  | StatementDeed
);

/** An event is registered, and its amount held. */
export interface EventDeed {
  readonly kind: 'event';
  readonly from: number;
  readonly to: readonly number[];
  /** Of the marked money that is held; null for unmarked money. */
  readonly level: number | null;
  readonly amountMinor: bigint;
  readonly mode: 'single' | 'unlimited';
  readonly threshold: number;
  readonly expiresAfterMs: number;
}

/** What a provider says of an event, shown to a ledger once or again; perhaps as if it were of another event. */
export interface StatementDeed {
  readonly kind: 'statement';
  /** The event that it is signed for, and the one that it is shown for. */
  readonly of: number;
  readonly signedOn: LedgerCode;
  readonly shownFor: number;
  readonly provider: number;
  readonly sequence: number;
  readonly said: 'happened' | 'refused';
  readonly amountMinor: bigint;
  /** Signed by a key that is nobody's. */
  readonly forged: boolean;
}

/** People of a ledger: its customers, after them the treasury, and the provider of payments to other ledgers. */
export const TREASURY = 6;
export const PROVIDER = 7;
/** To whom money under the mark may go, level by level; who has it at the last level spends it freely. */
export const ROUTE: readonly (readonly number[])[] = [
  [0, 1],
  [2, 3, PROVIDER],
];
/** Whose money from other ledgers may come to be under the mark, and at which level. */
export const ARRIVALS: readonly (readonly [person: number, level: number])[] = [
  [0, 1],
  [2, 2],
  [5, 0],
];
export const PROVIDER_COUNT = 2;

/** Who has money at a level in the beginning or may get it there. */
const holders = (level: number): readonly number[] => (level === 0 ? [TREASURY] : ROUTE[level - 1]!);
const BY_MS = 9_000;

/** A day's deeds on the ledgers of a plan, most of them when there are payments too. Some break a rule: then they are refused, and nothing else happens. */
export function makeDeeds(random: Random, ledgers: readonly LedgerCode[], rushes: readonly number[]): Deed[] {
  const deeds: Deed[] = [];
  const at = (): number => (random.chance(0.3) ? random.between(0, BY_MS) : random.pick(rushes) + random.next() * 20);
  for (const ledger of ledgers) {
    const spends = 1 + random.below(3);
    for (let i = 0; i < spends; i += 1) deeds.push(moneyDeed(random, { id: deeds.length, at: at(), ledger }));
    const events = random.below(2);
    for (let i = 0; i < events; i += 1) deeds.push({ id: deeds.length, at: at(), ledger, ...eventOf(random) });
  }
  const events = deeds.filter(isEvent);
  for (const event of events) {
    const most = 1 + random.below(4);
    for (let i = 0; i < most; i += 1) deeds.push({ id: deeds.length, ...statementOf(random, event, events) });
  }
  return deeds.sort((a, b) => a.at - b.at);
}

export const isEvent = (deed: Deed): deed is Deed & EventDeed => deed.kind === 'event';

type Place = Pick<Deed, 'id' | 'at' | 'ledger'>;

function moneyDeed(random: Random, place: Place): Deed {
  const amountMinor = BigInt(1 + random.below(4_000));
  const choice = random.next();
  if (choice < 0.1) return { ...place, kind: 'mark', amountMinor };
  const level = random.below(ROUTE.length + 1);
  if (choice < 0.2) return { ...place, kind: 'merge', of: random.pick(holders(level)), level };
  if (choice < 0.3) return { ...place, kind: 'unmark', of: random.pick(holders(level)), level, amountMinor };
  return { ...place, kind: 'spend', from: random.pick(holders(level)), to: payee(random, level), level, amountMinor };
}

/** Whom the mark allows, or, one time in eight, anybody. */
const payee = (random: Random, level: number): number =>
  random.chance(0.125) ? random.below(TREASURY) : random.pick(ROUTE[level] ?? [4, 5]);

function eventOf(random: Random): EventDeed {
  const level = random.chance(0.6) ? random.below(ROUTE.length + 1) : null;
  const from = level === null ? random.below(3) : random.pick(holders(level));
  const wanted = level === null ? [3, 4] : [payee(random, level)];
  const to = wanted.filter((person) => person !== from);
  return {
    kind: 'event',
    from,
    to: to.length > 0 ? to : [5],
    level,
    amountMinor: BigInt(2 + random.below(3_000)),
    mode: random.chance(0.5) ? 'single' : 'unlimited',
    threshold: random.chance(0.25) ? 2 : 1,
    expiresAfterMs: random.between(1_500, 6_000),
  };
}

type Event = Deed & EventDeed;

/** In time or late, honest or not; several of them for one event repeat or contradict each other. */
function statementOf(random: Random, event: Event, events: readonly Event[]): Omit<Deed & StatementDeed, 'id'> {
  const shownFor = random.chance(0.2) ? random.pick(events) : event;
  const isWhole = random.chance(0.4);
  const said = random.chance(0.75) ? 'happened' : 'refused';
  return {
    kind: 'statement',
    ledger: shownFor.ledger,
    of: event.id,
    shownFor: shownFor.id,
    signedOn: event.ledger,
    at: event.at + random.between(50, event.expiresAfterMs * 1.3),
    provider: random.below(PROVIDER_COUNT),
    sequence: random.pick([1, 1, 1, 2, 3]),
    said,
    amountMinor: said === 'refused' ? 0n : isWhole ? event.amountMinor : event.amountMinor / 2n,
    forged: random.chance(0.1),
  };
}
