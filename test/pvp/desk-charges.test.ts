/** Quotes with charges: by corridor and bank, for who bears them, and what payments without a quote are made. */
import { describe, expect, test } from 'vitest';
import type { Bic, WalletId } from '../../src/kernel/ids.js';
import type { Tariff } from '../../src/pvp/charge.js';
import { createDesk, type DeskRoute } from '../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import {
  BANK,
  countingUuids,
  KZT_CNY,
  OTHER_BANK,
  OTHER_PROVIDER,
  providerSigner,
  settableClock,
  VIA_USD,
} from './desk-fixture.js';

const WALLET = 'kz-fee' as WalletId;
const TARIFF: Tariff = {
  ...{ corridor: 'KZ-CN', bank: null, walletId: WALLET, fixed: '0', proportionalBps: '100', least: null, most: null },
};

async function deskWith(tariffs: readonly Tariff[], routes: readonly DeskRoute[] = [[KZT_CNY]]) {
  const store = createMemoryDeskStore(
    () => [],
    () => [],
    () => tariffs,
  );
  const quoteSigner = () => createLocalQuoteSigner(providerSigner);
  const desk = createDesk({ store, quoteSigner, clock: settableClock(), random: countingUuids(), routes });
  for (const pair of new Set(routes.flat())) await desk.setRate(pair, '0.0135', 'desk-1');
  return desk;
}

const request = {
  requesterBic: BANK,
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  fixedSide: 'source',
  amountMinor: 1_000_000n,
} as const;
const payment = {
  ...{ requesterBic: BANK, sourceCurrency: 'KZT', targetCurrency: 'CNY' },
  ...{ settlementAmountMinor: 1_000_000n, exchangeRate: null },
};
const shown = (offer: Awaited<ReturnType<Awaited<ReturnType<typeof deskWith>>['quote']>>) =>
  offer.ok
    ? [offer.value.sourceAmountMinor, offer.value.targetAmountMinor, offer.value.charge?.amountMinor ?? 0n]
    : offer.error.code;

describe('a firm quote', () => {
  test.each([
    ['has its charge in a source amount', {}, [1_000_000n, 13_365n, 10_000n]],
    ['or on top', { chargeBearer: 'debtor' }, [1_010_000n, 13_500n, 10_000n]],
    [
      'on top of what an exact target amount costs',
      { fixedSide: 'target', amountMinor: 13_500n },
      [1_010_000n, 13_500n, 10_000n],
    ],
    [
      'and not above what an amount can be',
      { amountMinor: 999_999_999_999_999_999n, chargeBearer: 'debtor' },
      'AMOUNT_TOO_LARGE',
    ],
  ] as const)('%s', async (_, changes, expected) => {
    const desk = await deskWith([TARIFF]);
    expect(shown(await desk.quote({ ...request, ...changes }))).toEqual(expected);
  });

  test('is of its own corridor’s and bank’s tariff', async () => {
    const own = { ...TARIFF, bank: OTHER_BANK, proportionalBps: '0', fixed: '1.00' };
    const desk = await deskWith([{ ...TARIFF, corridor: 'CN-KZ' }, own]);
    expect(shown(await desk.quote(request))).toEqual([1_000_000n, 13_500n, 0n]);
    expect(shown(await desk.quote({ ...request, requesterBic: `${OTHER_BANK}XXX` as Bic }))).toEqual([
      ...[1_000_000n, 13_499n, 100n],
    ]);
  });

  test('of several steps is charged by the first, once', async () => {
    const desk = await deskWith([TARIFF], [VIA_USD]);
    const offer = await desk.quote(request);
    expect(offer.ok && offer.value.quotes.map(({ quote }) => [quote.sourceAmountMinor, quote.charge])).toMatchObject([
      [990_000n, { amountMinor: 10_000n, bearer: 'creditor', walletId: WALLET }],
      [expect.any(BigInt), undefined],
    ]);
    expect(offer.ok && offer.value).toMatchObject({ sourceAmountMinor: 1_000_000n, charge: { amountMinor: 10_000n } });
  });

  test('of the better provider stays so, and the other one’s amount has the charge too', async () => {
    const other = { ...KZT_CNY, providerBic: OTHER_PROVIDER, sourceProviderWallet: 'kz-other' as WalletId };
    const desk = await deskWith([TARIFF], [[KZT_CNY], [other]]);
    await desk.setRate(other, '0.0134', 'desk-1');
    const offer = await desk.quote({ ...request, fixedSide: 'target', amountMinor: 13_500n });
    expect(offer.ok && offer.value.sourceAmountMinor).toBe(1_010_000n);
    // 135.00 ÷ 0.0134 = 10,074.63, and a hundredth of that.
    expect(offer.ok && offer.value.quotes[0]?.contest).toMatchObject([
      { reason: 'WORSE', sourceAmountMinor: '1017538' },
    ]);
  });
});

describe('a payment without a quote', () => {
  test.each([
    ['gives its amount, charge and all', {}, [1_000_000n, 13_365n, 10_000n]],
    [
      'whose payer bears the charge has its instructed amount converted',
      { settlementAmountMinor: 1_010_000n, chargeBearer: 'debtor', instructedMinor: 1_000_000n },
      [1_010_000n, 13_500n, 10_000n],
    ],
    ['says what that is', { chargeBearer: 'debtor', instructedMinor: null }, 'CHARGE_AMOUNT'],
    ['of marked money is charged nothing', { isMarked: true }, [1_000_000n, 13_500n, 0n]],
  ] as const)('%s', async (_, changes, expected) => {
    const desk = await deskWith([TARIFF]);
    expect(shown(await desk.quoteForPayment({ ...payment, ...changes }))).toEqual(expected);
  });
});

test('tariffs are read with the rates, for the banks that ask', async () => {
  const asked: unknown[] = [];
  const memory = createMemoryDeskStore();
  const store = {
    ...memory,
    market: (...args: Parameters<typeof memory.market>) => {
      asked.push(args[2]?.banks);
      return memory.market(...args);
    },
  };
  const quoteSigner = () => createLocalQuoteSigner(providerSigner);
  const parts = { store, quoteSigner, clock: settableClock(), random: countingUuids(), routes: [[KZT_CNY]] };
  const desk = createDesk(parts);
  await desk.quoteForPayments([payment, payment, { ...payment, requesterBic: OTHER_BANK }]);
  expect(asked).toEqual([[BANK, OTHER_BANK]]);
});
