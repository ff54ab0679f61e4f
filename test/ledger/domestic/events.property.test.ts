import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EventTerms, holdOfEvent, type Statement, shareOut, stateOf } from '../../../src/ledger/domestic/event.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { codes, issue, manualClock, money, open, openLedger, T0, w } from '../support.js';
import { expire, hold, register, registerProvider, state, termsOfSale } from './event-support.js';
import { onBothStores } from './support.js';

it('shares an amount out to the unit, nobody a whole unit away from the exact share', () => {
  const weights = fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 15n), weights, (amountMinor, parts) => {
      const shares = shareOut(amountMinor, parts);
      const total = parts.reduce((sum, part) => sum + part, 0n);
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(amountMinor);
      shares.forEach((share, i) => {
        const off = share * total - amountMinor * parts[i]!;
        expect(off < total && off > -total).toBe(true);
      });
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  [10n, [1n, 1n, 1n], [4n, 3n, 3n]],
  [11n, [1n, 1n, 1n], [4n, 4n, 3n]],
  [100n, [9n, 1n], [90n, 10n]],
  [1n, [1n, 2n, 2n], [0n, 1n, 0n]],
  [7n, [60n, 30n, 10n], [4n, 2n, 1n]],
])('gives what is left of %s over to the largest remainders, the first named first', (amountMinor, parts, shares) => {
  expect(shareOut(amountMinor, parts)).toEqual(shares);
});

type Step =
  | { readonly do: 'hold' | 'expire' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'state'; readonly said: Statement };

const PROVIDERS = ['land', 'bank', 'tax'];
const LIFE_MS = 100;

const statement: fc.Arbitrary<Statement> = fc
  .record({
    providerId: fc.constantFrom(...PROVIDERS),
    sequence: fc.constantFrom(1, 1, 1, 2, 2, 3),
    kind: fc.constantFrom('happened' as const, 'happened' as const, 'happened' as const, 'refused' as const),
    amountMinor: fc.constantFrom(33n, 33n, 50n, 100n, 101n),
    why: fc.constantFrom('a', 'b'),
  })
  .map(({ why, ...said }) => ({
    ...said,
    ...(said.kind === 'refused' ? { amountMinor: 0n, reason: why } : { reason: null }),
  }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: statement.map((said): Step => ({ do: 'state', said })) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'hold' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'expire' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: LIFE_MS / 2 }).map((ms): Step => ({ do: 'wait', ms })) },
);
const terms: fc.Arbitrary<EventTerms> = fc
  .record({
    mode: fc.constantFrom('single' as const, 'unlimited' as const),
    threshold: fc.integer({ min: 1, max: 3 }),
    parts: fc.tuple(fc.bigInt(1n, 9n), fc.bigInt(1n, 9n)),
  })
  .map(({ mode, threshold, parts }) =>
    termsOfSale({
      ...{ mode, threshold, providerIds: PROVIDERS, expiresAt: T0 + LIFE_MS },
      receivers: ['seller', 'treasury'].map((id, i) => ({ walletId: w(id), parts: parts[i]! })),
    }),
  );

/** The rules once more, as plainly as they can be said: one event, three providers, integers. */
function createModel({ mode, threshold, receivers, expiresAt }: EventTerms) {
  let [phase, left, sequence, buyer] = ['registered', 0, 1, 1_000];
  let wasHeld = false;
  const paid = [0, 0];
  let said: Statement[] = [];
  let decided: Statement[] = [];
  const kept: Statement[] = [];
  const text = (one: Statement) => `${one.providerId} ${one.sequence} ${one.kind} ${one.amountMinor} ${one.reason}`;
  const keep = (one: Statement): string => {
    if (kept.filter(({ providerId }) => providerId === one.providerId).length === 8) return 'EVENT_STATE';
    kept.push(one);
    return 'ok';
  };
  const pay = (amount: number) => {
    const weights = receivers.map(({ parts }) => Number(parts));
    const total = weights[0]! + weights[1]!;
    const first = Math.floor((amount * weights[0]!) / total);
    const isFirstLarger = (amount * weights[0]!) % total >= (amount * weights[1]!) % total;
    const isExact = (amount * weights[0]!) % total === 0;
    const share = isExact || !isFirstLarger ? first : first + 1;
    paid[0]! += share;
    paid[1]! += amount - share;
  };
  const decide = (one: Statement, agreeing: Statement[]) => {
    for (const other of said) if (!agreeing.includes(other)) keep(other);
    [decided, said] = [agreeing, []];
    sequence += 1;
    const amount = Number(one.amountMinor);
    if (one.kind === 'happened') pay(amount);
    left -= amount;
    if (one.kind === 'happened' && mode === 'unlimited' && left > 0) return;
    buyer += left;
    left = 0;
    phase = one.kind === 'refused' ? 'refused' : 'settled';
  };
  const take = (one: Statement, now: number): string => {
    if (phase === 'registered') return 'EVENT_STATE';
    if ([...said, ...decided, ...kept].some((other) => text(other) === text(one))) return 'ok';
    const isOpen = phase === 'held' && now < expiresAt && one.sequence === sequence;
    const isFirst = !said.some(({ providerId }) => providerId === one.providerId);
    if (!isOpen || !isFirst || Number(one.amountMinor) > left) return keep(one);
    said.push(one);
    const agreeing = said.filter((other) => other.kind === one.kind && other.amountMinor === one.amountMinor);
    if (agreeing.length >= threshold) decide(one, agreeing);
    return 'ok';
  };
  return {
    apply(one: Step, now: number): string {
      if (one.do === 'state') return take(one.said, now);
      if (one.do === 'wait') return 'ok';
      const isOver = now >= expiresAt;
      if (one.do === 'hold') {
        if (wasHeld) return 'ok';
        if (isOver) return 'EVENT_EXPIRED';
        [phase, left, buyer, wasHeld] = ['held', 100, buyer - 100, true];
        return 'ok';
      }
      if (phase !== 'registered' && phase !== 'held') return 'ok';
      if (!isOver) return 'EVENT_STATE';
      [phase, buyer, left] = ['expired', buyer + left, 0];
      return 'ok';
    },
    now: () => ({ phase, sequence, kept: kept.length, money: [`${buyer}/${left}`, `${paid[0]}/0`, `${paid[1]}/0`] }),
  };
}

const commandOf = (on: EventTerms, one: Exclude<Step, { do: 'wait' }>): LedgerCommand =>
  one.do === 'state' ? state(on, one.said) : one.do === 'hold' ? hold(on) : expire(on);

async function opened(store: LedgerStore, on: EventTerms) {
  const clock = manualClock();
  const ledger = await openLedger(store, { clock });
  await codes(ledger, [...['buyer', 'seller', 'treasury'].map((id) => open(id)), issue('i', 'buyer', 1_000n)]);
  await codes(ledger, [...PROVIDERS.map((id) => registerProvider(id)), register(on)]);
  return { clock, ledger };
}

const run = async (store: LedgerStore, on: EventTerms, steps: readonly Step[]) => {
  const { ledger, clock } = await opened(store, on);
  const model = createModel(on);
  for (const one of steps) {
    if (one.do === 'wait') clock.advance(one.ms);
    const code = one.do === 'wait' ? 'ok' : (await codes(ledger, [commandOf(on, one)]))[0];
    expect(code).toBe(model.apply(one, clock.now()));
    const [entry] = await store.entries([{ kind: 'event', entryId: on.eventId }]);
    const { phase, sequence, kept } = stateOf(entry!);
    const sums = await Promise.all(['buyer', 'seller', 'treasury'].map((id) => money(ledger, id)));
    expect({ phase, sequence, kept: kept.length, money: sums }).toEqual(model.now());
    const [held] = await store.holds([holdOfEvent(on.eventId)]);
    const ends = { registered: undefined, held: 'HELD', settled: 'SETTLED', refused: 'RELEASED' }[phase as 'held'];
    if (phase !== 'expired') expect(held?.state).toBe(ends);
    // Whatever a provider decided is on record with its signature.
    if (phase === 'settled' || phase === 'refused') expect(held!.evidence.length).toBeGreaterThan(64);
  }
  expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
};

const steps = fc.array(step, { minLength: 1, maxLength: 40 });

it('does with any event what a plain model of it does', async () => {
  await fc.assert(
    fc.asyncProperty(terms, fc.boolean(), steps, async (on, isHeld, all) =>
      run(createMemoryStore(), on, isHeld ? [{ do: 'hold' }, ...all] : all),
    ),
    { numRuns: 60 },
  );
}, 60_000);

/** What is left of the steps when they are asked for together, in one block. */
async function together(store: LedgerStore, on: EventTerms, all: readonly Step[]) {
  const { ledger } = await opened(store, on);
  const commands = all.flatMap((one) => (one.do === 'wait' ? [] : [commandOf(on, one)]));
  const answers = await codes(ledger, [hold(on), ...commands]);
  const [entry] = await store.entries([{ kind: 'event', entryId: on.eventId }]);
  const [held] = await store.holds([holdOfEvent(on.eventId)]);
  const sums = await Promise.all(['buyer', 'seller', 'treasury'].map((id) => money(ledger, id)));
  const topic = (await store.topic('event:sale-1', null, 100)).map(({ transaction }) => transaction.transactionId);
  const unspent = (await store.unspentTokens(null, 100)).tokenIds;
  const agrees = (await createLedgerReads(store).audit()).agrees;
  const hex = (ids: readonly Uint8Array[]) => ids.map((id) => Buffer.from(id).toString('hex'));
  const state = Buffer.from(entry!.state).toString('hex');
  const ends = [held?.state, held?.reason, held?.amountMinor, Buffer.from(held?.evidence ?? []).toString('hex')];
  return { answers, state, ends, sums, topic: hex(topic), unspent: hex(unspent), agrees };
}

onBothStores('an event in one block', (fresh) => {
  it('is to the token what it is in memory', async () => {
    await fc.assert(
      fc.asyncProperty(terms, steps, async (on, all) => {
        const here = await together(await fresh(), on, all);
        expect(here).toEqual(await together(createMemoryStore(), on, all));
        expect(here.agrees).toBe(true);
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});
