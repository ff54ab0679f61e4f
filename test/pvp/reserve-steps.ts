import fc from 'fast-check';
import { expect } from 'vitest';
import type { Bic, Uetr, WalletId } from '../../src/kernel/ids.js';
import { createDesk, type DeskPair, type PaymentQuoteRequest, type QuoteRequest } from '../../src/pvp/desk.js';
import type { CounterKey } from '../../src/pvp/limits.js';
import type { Offer } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import {
  BANK,
  countingUuids,
  KZT_CNY,
  OTHER_PROVIDER,
  PROVIDER,
  providerSigner,
  settableClock,
  uetr,
} from './desk-fixture.js';
import type { StoreUnderTest } from './desk-store.contract.js';

export const SECOND: DeskPair = {
  ...KZT_CNY,
  providerBic: OTHER_PROVIDER,
  targetProviderWallet: 'cn-second' as WalletId,
};
export const LIFE_MS = 1_000;
export const DAY = '2026-01-15';
/** The counter of a wallet. */
export const walletKey = (wallet: string, measure: CounterKey['measure']): CounterKey => ({
  ...{ scope: 'wallet', name: `CN/${wallet}`, day: '', measure, currency: 'CNY' },
});

/** A desk whose wallets are here: what the ledger has, and when the desk was last told. */
export async function deskOver(store: StoreUnderTest, wallets: Map<string, bigint>, random = countingUuids()) {
  const clock = settableClock();
  const dayOf = () => DAY;
  let refreshes = 0;
  const amount = async (wallet: string, measure: CounterKey['measure']): Promise<bigint> =>
    (await store.counters([walletKey(wallet, measure)]))[0]?.amount ?? 0n;
  const refresh = async (): Promise<void> => {
    refreshes += 1;
    await store.lapseQuotes(clock.now(), 1_000, dayOf);
    for (const [wallet, balance] of wallets)
      await store.setCovered([
        { ...walletKey(wallet, 'covered'), amount: balance + (await amount(wallet, 'settled')) },
      ]);
  };
  const desk = createDesk({
    ...{ store, clock, random, routes: [[KZT_CNY], [SECOND]], quoteLifeMs: LIFE_MS },
    ...{ quoteSigner: () => createLocalQuoteSigner(providerSigner), counting: { dayOf, refresh } },
  });
  await desk.setRate(KZT_CNY, '0.02', 'd');
  await desk.setRate(SECOND, '0.01', 'd');
  const reserved = async (wallet: string) => (await amount(wallet, 'promised')) - (await amount(wallet, 'settled'));
  return { desk, store, clock, dayOf, refresh, reserved, refreshes: () => refreshes };
}

export const ask = (amountMinor: bigint, requesterBic: Bic = BANK): QuoteRequest => ({
  ...{ requesterBic, sourceCurrency: 'KZT', targetCurrency: 'CNY', fixedSide: 'source', amountMinor },
});
export const payment = (settlementAmountMinor: bigint): PaymentQuoteRequest => ({
  ...{ requesterBic: BANK, sourceCurrency: 'KZT', targetCurrency: 'CNY', settlementAmountMinor, exchangeRate: null },
});
/** One thing that happens: to the n-th of the offers that are open, or that are bound. */
type Step =
  | { readonly do: 'quote' | 'pay'; readonly amount: number }
  | { readonly do: 'bind' | 'settle' | 'reject'; readonly n: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'deposit'; readonly amount: number }
  | { readonly do: 'refresh' };

const amount = fc.integer({ min: 50, max: 30_000 });
const n = fc.nat(20);
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('quote' as const, 'pay' as const), amount }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('bind' as const, 'settle' as const, 'reject' as const), n }),
  },
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: LIFE_MS }) }),
  fc.record({ do: fc.constant('deposit' as const), amount: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ do: fc.constant('refresh' as const) }),
);

/**
 * Plays the steps; after each the open promises are at most what the wallets have, and once everything has ended nothing is
 * promised any more.
 */
export async function play(store: StoreUnderTest, steps: readonly Step[]): Promise<void> {
  const wallets = new Map([
    ['cn-provider', 500n],
    ['cn-second', 300n],
  ]);
  const scene = await deskOver(store, wallets);
  const { desk, clock, dayOf } = scene;
  const open: Offer[] = [];
  const bound: Offer[] = [];
  let payments = 0;
  const nextUetr = (): Uetr => {
    payments += 1;
    return uetr(payments);
  };
  const end = async (offer: Offer, isSettled: boolean): Promise<void> => {
    // The ledger settles before the desk is told.
    const { quote } = offer.quotes[0]!;
    const wallet = quote.targetProviderWallet as string;
    if (isSettled) wallets.set(wallet, wallets.get(wallet)! - quote.targetAmountMinor);
    if (isSettled && quote.targetAmountMinor % 2n === 0n) await scene.refresh();
    await store.endQuotes([{ quote, isSettled, abortedAt: null }], dayOf);
  };
  const act = async (one: Step): Promise<void> => {
    if (one.do === 'quote') {
      const offer = await desk.quote(ask(BigInt(one.amount)));
      if (offer.ok) open.push(offer.value);
    } else if (one.do === 'pay') {
      const [offer] = await desk.quoteForPayments([payment(BigInt(one.amount))]);
      if (!offer?.ok) return;
      expect(await store.insertBoundQuotes(offer.value.quotes, [nextUetr()])).toEqual([null]);
      bound.push(offer.value);
    } else if (one.do === 'bind') {
      const offer = open.splice(one.n % (open.length || 1), 1)[0];
      if (!offer) return;
      const asked = { quoteIds: [offer.quoteId], uetr: nextUetr(), requesterBic: BANK, now: clock.now() };
      const [outcome] = await store.bindQuotes([asked]);
      if (outcome?.ok) bound.push(offer);
    } else if (one.do === 'settle' || one.do === 'reject') {
      const [offer] = bound.splice(one.n % (bound.length || 1), 1);
      if (offer) await end(offer, one.do === 'settle');
    } else if (one.do === 'wait') clock.at += one.ms;
    else if (one.do === 'refresh') await scene.refresh();
    else if (one.do === 'deposit') wallets.set('cn-provider', wallets.get('cn-provider')! + BigInt(one.amount));
  };
  for (const one of steps) {
    await act(one);
    for (const [wallet, balance] of wallets) {
      const reserved = await scene.reserved(wallet);
      expect(reserved).toBeGreaterThanOrEqual(0n);
      expect(reserved).toBeLessThanOrEqual(balance);
    }
  }
  for (const offer of bound) await end(offer, false);
  clock.at += LIFE_MS;
  await scene.refresh();
  for (const [wallet, balance] of wallets) {
    expect(await scene.reserved(wallet)).toBe(0n);
    const key = walletKey(wallet, 'covered');
    const promised = (await store.counters([walletKey(wallet, 'promised')]))[0]?.amount ?? 0n;
    expect((await store.counters([key]))[0]).toMatchObject({ amount: balance + promised });
  }
  const rest = await store.counters(
    ['bank', 'provider'].flatMap((scope) =>
      [BANK, PROVIDER, OTHER_PROVIDER].map(
        (name) => ({ scope, name, day: '', measure: 'openQuotes', currency: '' }) as CounterKey,
      ),
    ),
  );
  expect(rest.every(({ amount: left }) => left === 0n)).toBe(true);
}
