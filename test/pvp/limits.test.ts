import { describe, expect, test } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import {
  type Charge,
  type Counter,
  chargesOf,
  checkLimit,
  count,
  countWhatFits,
  coveredKey,
  endedMovements,
  keyOf,
  LIMIT_MEASURES,
  type Limit,
  type LimitMeasure,
  lapsedMovements,
  misfit,
  movementsOf,
  type Room,
  summed,
} from '../../src/pvp/limits.js';
import { BANK, OTHER_BANK, OTHER_PROVIDER, PROVIDER, sampleQuote, T0 } from './desk-fixture.js';

/** Almaty is a day ahead of the rest from 19:00 UTC on; that is all that is needed of it here. */
const dayOf = (currency: string, at: number) =>
  new Date(at + (currency === 'KZT' ? 5 * 3_600_000 : 0)).toISOString().slice(0, 10);
const QUOTE = sampleQuote({ sourceAmountMinor: 1_000_00n, targetAmountMinor: 13_50n });
const COVERED = coveredKey('CN/cn-provider', 'CNY');

const limit = (measure: LimitMeasure, most: bigint, changes: Partial<Limit> = {}): Limit => ({
  ...{ scope: 'bank', bic: null, measure, currency: LIMIT_MEASURES[measure].isAmount ? 'KZT' : null, most },
  ...changes,
});
const ofProvider = (measure: LimitMeasure, most: bigint, changes: Partial<Limit> = {}): Limit =>
  limit(measure, most, { scope: 'provider', ...(LIMIT_MEASURES[measure].isAmount && { currency: 'CNY' }), ...changes });

const roomOf = (
  limits: readonly Limit[],
  stand: readonly Counter[] = [],
  covered: bigint | null = 10n ** 30n,
): Room => ({
  ...{ limits, dayOf },
  counters: new Map([
    ...stand.map((counter) => [keyOf(counter), counter.amount] as const),
    ...(covered === null ? [] : [[COVERED, covered] as const]),
  ]),
});
const counter = (measure: Counter['measure'], amount: bigint, changes: Partial<Counter> = {}): Counter => ({
  ...{ scope: 'bank', name: BANK, day: '2026-01-15', measure, currency: '', amount },
  ...changes,
});
const verdict = (room: Room, trade = QUOTE, isOpen = true): string => {
  const charges = chargesOf(room, [trade], isOpen);
  const why = charges.ok ? misfit(room.counters, charges.value.flat()) : charges.error;
  return why ? `${why.code}: ${why.detail}` : 'fits';
};

describe('what a quote counts', () => {
  const lines = (movements: ReturnType<typeof movementsOf>) =>
    movements.map(({ delta, ...key }) => `${keyOf(key).slice(2)} ${delta}`).sort();

  test('for a bank what it gives, for a provider what that gives, each on the day of the currency’s ledger', () => {
    const late = { ...QUOTE, issuedAt: Date.UTC(2026, 0, 15, 20) };
    expect(lines(movementsOf(late, true, dayOf))).toEqual([
      `bank ${BANK}  openQuotes  1`,
      `bank ${BANK} 2026-01-16 dayAmount KZT 100000`,
      `provider ${PROVIDER}  netPosition CNY -1350`,
      `provider ${PROVIDER}  netPosition KZT 100000`,
      `provider ${PROVIDER}  openQuotes  1`,
      `provider ${PROVIDER} 2026-01-15 dayAmount CNY 1350`,
      'wallet CN/cn-provider  promised CNY 1350',
    ]);
    expect(lines(movementsOf(QUOTE, false, dayOf)).filter((line) => line.includes('openQuotes'))).toEqual([]);
  });

  test('the head office is the bank', () => {
    const branch = { ...QUOTE, requesterBic: `${BANK}XXX` as Bic };
    expect(movementsOf(branch, true, dayOf)).toEqual(movementsOf(QUOTE, true, dayOf));
  });

  test('a lapse takes all of it back on the day that it was counted on, and counts on the day of its end', () => {
    const quote = sampleQuote({ issuedAt: T0, validUntil: T0 + 86_400_000 });
    const after = summed([...movementsOf(quote, true, dayOf), ...lapsedMovements(quote, dayOf)]);
    expect(after).toEqual([
      { scope: 'bank', name: BANK, day: '2026-01-16', measure: 'lapsedQuotes', currency: '', delta: 1n },
    ]);
  });

  test.each([
    [false, null, []],
    [false, T0, [`1 bank ${BANK} 2026-01-15 abortedPayments  1`]],
    [true, null, ['settled']],
  ])('the end of its payment: settled %s, aborted at %s', (isSettled, abortedAt, rest) => {
    const after = summed([
      ...movementsOf(QUOTE, false, dayOf),
      ...endedMovements({ quote: QUOTE, isSettled, abortedAt }, dayOf),
    ]);
    if (!isSettled) return expect(after.map((one) => `${keyOf(one)} ${one.delta}`)).toEqual(rest);
    const ofWallet = after.filter(({ scope }) => scope === 'wallet').map(({ measure, delta }) => [measure, delta]);
    expect(ofWallet).toEqual([
      ['promised', 1350n],
      ['settled', 1350n],
    ]);
  });

  test('counters of open quotes come first, the others follow by name', () => {
    const keys = summed([...movementsOf(QUOTE, true, dayOf)].reverse()).map(keyOf);
    expect(keys).toEqual([...keys].sort());
    expect(keys.map((key) => key.includes('openQuotes'))).toEqual([true, true, false, false, false, false, false]);
  });
});

describe('limits', () => {
  const day = { day: '2026-01-15', currency: 'KZT' };
  const never = { day: '' };
  const provider = { scope: 'provider', name: PROVIDER } as const;
  test.each<[string, Limit[], Counter[], string, boolean?]>([
    ['none', [], [], 'fits'],
    ['open quotes, the last one', [limit('openQuotes', 3n)], [counter('openQuotes', 2n, never)], 'fits'],
    [
      'open quotes, one too many',
      [limit('openQuotes', 3n)],
      [counter('openQuotes', 3n, never)],
      'OPEN_QUOTES_LIMIT: openQuotes of the bank',
    ],
    ['open quotes do not bound payments', [limit('openQuotes', 0n)], [], 'fits', false],
    ['no open quotes', [limit('openQuotes', 0n)], [], 'OPEN_QUOTES_LIMIT: openQuotes of the bank'],
    [
      'open quotes of the provider',
      [ofProvider('openQuotes', 1n)],
      [counter('openQuotes', 1n, { ...provider, ...never })],
      `OPEN_QUOTES_LIMIT: provider ${PROVIDER}`,
    ],
    ['a payment, exactly', [limit('paymentAmount', 1_000_00n)], [], 'fits'],
    ['a payment, more', [limit('paymentAmount', 999_99n)], [], 'PAYMENT_LIMIT: paymentAmount of the bank'],
    ['a payment, in another currency', [limit('paymentAmount', 1n, { currency: 'CNY' })], [], 'fits'],
    ['a payment of the provider, exactly', [ofProvider('paymentAmount', 13_50n)], [], 'fits'],
    [
      'a payment of the provider, more',
      [ofProvider('paymentAmount', 13_49n)],
      [],
      `PAYMENT_LIMIT: provider ${PROVIDER}`,
    ],
    ['a day, exactly', [limit('dayAmount', 1_500_00n)], [counter('dayAmount', 500_00n, day)], 'fits'],
    [
      'a day, more',
      [limit('dayAmount', 1_499_99n)],
      [counter('dayAmount', 500_00n, day)],
      'DAY_LIMIT: dayAmount of the bank',
      false,
    ],
    [
      'yesterday',
      [limit('dayAmount', 1_000_00n)],
      [counter('dayAmount', 500_00n, { ...day, day: '2026-01-14' })],
      'fits',
    ],
    ['a day of the provider', [ofProvider('dayAmount', 13_49n)], [], `DAY_LIMIT: provider ${PROVIDER}`],
    ['a short position, exactly', [ofProvider('netPosition', 13_50n)], [], 'fits'],
    ['a short position, beyond', [ofProvider('netPosition', 13_49n)], [], `POSITION_LIMIT: provider ${PROVIDER}`],
    [
      'a long position, beyond',
      [ofProvider('netPosition', 1_000_00n, { currency: 'KZT' })],
      [counter('netPosition', 1n, { ...provider, day: '', currency: 'KZT' })],
      `POSITION_LIMIT: provider ${PROVIDER}`,
    ],
    [
      'a position beyond its limit that comes back',
      [ofProvider('netPosition', 10n)],
      [counter('netPosition', 5_000_00n, { ...provider, day: '', currency: 'CNY' })],
      'fits',
    ],
    ['lapses, one left', [limit('lapsedQuotes', 3n)], [counter('lapsedQuotes', 2n)], 'fits'],
    [
      'lapses, none left',
      [limit('lapsedQuotes', 3n)],
      [counter('lapsedQuotes', 3n)],
      'CONDUCT_LIMIT: lapsedQuotes of the bank',
    ],
    ['lapses do not bound payments', [limit('lapsedQuotes', 3n)], [counter('lapsedQuotes', 3n)], 'fits', false],
    [
      'aborts bound payments too',
      [limit('abortedPayments', 2n)],
      [counter('abortedPayments', 2n)],
      'CONDUCT_LIMIT: abortedPayments of the bank',
      false,
    ],
    [
      'an own limit stands instead of that for all',
      [limit('paymentAmount', 1n), limit('paymentAmount', 10n ** 9n, { bic: BANK })],
      [],
      'fits',
    ],
    [
      'also where it is the stricter one',
      [limit('paymentAmount', 1n, { bic: BANK }), limit('paymentAmount', 10n ** 9n)],
      [],
      'PAYMENT_LIMIT: paymentAmount of the bank',
    ],
    [
      'somebody else’s',
      [limit('openQuotes', 0n, { bic: OTHER_BANK }), ofProvider('openQuotes', 0n, { bic: OTHER_PROVIDER })],
      [],
      'fits',
    ],
  ])('%s', (_, limits, stand, outcome, isOpen = true) => {
    expect(verdict(roomOf(limits, stand), QUOTE, isOpen)).toBe(outcome);
  });

  test.each<[bigint | null, bigint, string]>([
    [13_50n, 0n, 'fits'],
    [13_49n, 0n, `LIQUIDITY_INSUFFICIENT: provider ${PROVIDER}`],
    [20_00n, 6_50n, 'fits'],
    [20_00n, 6_51n, `LIQUIDITY_INSUFFICIENT: provider ${PROVIDER}`],
    [0n, 0n, `LIQUIDITY_INSUFFICIENT: provider ${PROVIDER}`],
    [null, 0n, `LIQUIDITY_INSUFFICIENT: provider ${PROVIDER}`],
  ])('a wallet that covers %s and has promised %s', (covered, promised, outcome) => {
    const stand = counter('promised', promised, { scope: 'wallet', name: 'CN/cn-provider', day: '', currency: 'CNY' });
    expect(verdict(roomOf([], [stand], covered))).toBe(outcome);
    expect(verdict(roomOf([], [stand], covered), QUOTE, false)).toBe(outcome);
  });

  test('steps of one offer that take from one wallet count together', () => {
    const room = roomOf([], [], 20_00n);
    const charges = chargesOf(room, [QUOTE, QUOTE], true);
    expect(charges.ok && misfit(room.counters, charges.value.flat())?.code).toBe('LIQUIDITY_INSUFFICIENT');
    expect(charges.ok && misfit(room.counters, charges.value[0]!)).toBeNull();
  });

  test('offers one after the other: what does not fit takes nothing', () => {
    const charge = (delta: bigint): Charge => ({
      ...counter('promised', 0n),
      ...{ delta, most: 10n, why: { code: 'LIQUIDITY_INSUFFICIENT' } },
    });
    const counters = new Map<string, bigint>();
    const outcomes = countWhatFits(counters, [[charge(6n)], [charge(3n), charge(2n)], [charge(4n)], [charge(1n)]]);
    expect(outcomes.map((why) => why === null)).toEqual([true, false, true, false]);
    expect([...counters.values()]).toEqual([10n]);
    count(counters, [charge(-10n)]);
    expect([...counters.values()]).toEqual([0n]);
  });

  test.each<[Partial<Limit> & Pick<Limit, 'measure'>, string]>([
    [{ measure: 'openQuotes' }, 'ok'],
    [{ measure: 'openQuotes', currency: 'KZT' }, 'openQuotes is a count'],
    [{ measure: 'dayAmount', currency: 'KZT' }, 'ok'],
    [{ measure: 'dayAmount' }, 'dayAmount is an amount of a currency'],
    [{ measure: 'netPosition', currency: 'KZT' }, 'netPosition is no limit of a bank'],
    [{ measure: 'netPosition', currency: 'KZT', scope: 'provider' }, 'ok'],
    [{ measure: 'lapsedQuotes', scope: 'provider' }, 'lapsedQuotes is no limit of a provider'],
    [{ measure: 'abortedPayments', scope: 'provider' }, 'abortedPayments is no limit of a provider'],
  ])('%o: %s', (changes, outcome) => {
    const checked = checkLimit({ scope: 'bank', bic: null, currency: null, most: 1n, ...changes });
    expect(checked.ok ? 'ok' : checked.error.detail).toBe(outcome);
  });
});
