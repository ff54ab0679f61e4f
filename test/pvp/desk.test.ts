import { describe, expect, test } from 'vitest';
import type { Bic } from '../../src/kernel/ids.js';
import { createSigner } from '../../src/kernel/suites.js';
import { createDesk, type DeskOptions, type DeskPair } from '../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import type { Offer, SignedQuote } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner, type QuoteSigner, verifyQuote } from '../../src/pvp/quote-signature.js';
import {
  BANK,
  CNY_KZT,
  countingUuids,
  JPY_KWD,
  KZT_CNY,
  OTHER_BANK,
  OTHER_PROVIDER,
  PROVIDER,
  providerKey,
  providerSigner,
  quoteId,
  settableClock,
  T0,
  VIA_USD,
} from './desk-fixture.js';

async function deskWith(changes: Partial<DeskOptions> = {}) {
  const store = createMemoryDeskStore();
  const clock = settableClock();
  const local = createLocalQuoteSigner(providerSigner);
  const signed: number[] = [];
  const inserted: number[] = [];
  const quoteSigner: QuoteSigner = {
    sign: (hashes) => {
      signed.push(hashes.length);
      return local.sign(hashes);
    },
  };
  const counting = {
    ...store,
    insertQuotes: (quotes: readonly SignedQuote[]) => {
      inserted.push(quotes.length);
      return store.insertQuotes(quotes);
    },
  };
  const routes = [[KZT_CNY], [CNY_KZT], [JPY_KWD]];
  const desk = createDesk({
    ...{ store: counting, quoteSigner: () => quoteSigner, clock, random: countingUuids(), routes },
    ...changes,
  });
  await desk.setRate(KZT_CNY, '0.0135', 'desk-1');
  await desk.setRate(JPY_KWD, '0.00205', 'desk-1');
  return { desk, store, clock, signed, inserted };
}

const request = {
  requesterBic: BANK,
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  fixedSide: 'source',
  amountMinor: 10_000_00n,
} as const;
const payment = {
  requesterBic: BANK,
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  settlementAmountMinor: 10_000_00n,
  exchangeRate: null,
};
function expectVerifies({ quotes }: Offer): void {
  for (const { quote, bytes, signature } of quotes)
    expect(verifyQuote(bytes, signature, keys, T0)).toEqual({ ok: true, value: quote });
}
const keys = (keyId: string) => (keyId === providerKey.keyId ? providerKey : undefined);

describe('rates', () => {
  test('set and read', async () => {
    const { desk, clock } = await deskWith();
    clock.at = T0 + 5;
    const set = await desk.setRate(KZT_CNY, '0.01360', 'desk-2');
    expect(set).toEqual({
      ok: true,
      value: {
        providerBic: PROVIDER,
        sourceCurrency: 'KZT',
        targetCurrency: 'CNY',
        rate: '0.0136',
        setAt: T0 + 5,
        setBy: 'desk-2',
      },
    });
    expect(await desk.currentRate(KZT_CNY)).toEqual(set);
    expect((await desk.currentRates()).map((rate) => rate.rate)).toEqual(['0.0136', '0.00205']);
  });

  test('refusals', async () => {
    const { desk } = await deskWith();
    const pair = { sourceCurrency: 'KZT', targetCurrency: 'USD' };
    const code = (refused: string) => ({ ok: false, error: { code: refused } });
    expect(await desk.setRate(pair, '1', 'd')).toEqual(code('PAIR_NOT_TRADED'));
    expect(await desk.setRate(KZT_CNY, '0', 'd')).toEqual(code('RATE_INVALID'));
    expect(await desk.currentRate(pair)).toEqual(code('PAIR_NOT_TRADED'));
    expect(await desk.currentRate(CNY_KZT)).toEqual(code('RATE_MISSING'));
  });
});

describe('quote', () => {
  test('is firm, stored, and signed by the provider', async () => {
    const { desk, store } = await deskWith();
    const made = await desk.quote(request);
    if (!made.ok) throw new Error(made.error.code);
    const [signed] = made.value.quotes;
    if (!signed) throw new Error('no quote');
    expect(signed.quote).toEqual({
      ...KZT_CNY,
      quoteId: quoteId(1),
      requesterBic: BANK,
      rate: '0.0135',
      fixedSide: 'source',
      sourceAmountMinor: 10_000_00n,
      targetAmountMinor: 135_00n,
      residue: '0',
      issuedAt: T0,
      validUntil: T0 + 600_000,
    });
    expect(await store.findQuote(quoteId(1))).toEqual({
      ...{ signed, boundUetr: null, boundAt: null, isLapsed: false },
    });
    expect(verifyQuote(signed.bytes, signed.signature, keys, T0)).toEqual({ ok: true, value: signed.quote });
    expect(made.value).toMatchObject({ quoteId: quoteId(1), rate: '0.0135', targetAmountMinor: 135_00n });
  });

  test('fixed receive between currencies of 0 and 3 decimals', async () => {
    const { desk } = await deskWith();
    const made = await desk.quote({
      ...request,
      sourceCurrency: 'JPY',
      targetCurrency: 'KWD',
      fixedSide: 'target',
      amountMinor: 1_000n,
    });
    expect(made).toMatchObject({
      ok: true,
      value: {
        quotes: [{ quote: { sourceAmountMinor: 488n, targetAmountMinor: 1_000n, residue: '-0.19512195121951219512' } }],
      },
    });
  });

  test('lives as long as the desk is told', async () => {
    const { desk } = await deskWith({ quoteLifeMs: 5_000 });
    expect(await desk.quote(request)).toMatchObject({ ok: true, value: { validUntil: T0 + 5_000 } });
  });

  test('keeps its rate when the desk sets another', async () => {
    const { desk, store } = await deskWith();
    await desk.quote(request);
    await desk.setRate(KZT_CNY, '0.02', 'desk-1');
    expect((await store.findQuote(quoteId(1)))?.signed.quote.rate).toBe('0.0135');
    expect(await desk.quote(request)).toMatchObject({ value: { rate: '0.02' } });
  });

  test('requests of one moment share one signature and one insertion; each is refused alone', async () => {
    const { desk, signed, inserted } = await deskWith();
    const outcomes = await Promise.all([
      desk.quote(request),
      desk.quote({ ...request, amountMinor: 0n }),
      desk.quote({ ...request, targetCurrency: 'USD' }),
      desk.quote({ ...request, sourceCurrency: 'CNY', targetCurrency: 'KZT' }),
      desk.quote({ ...request, amountMinor: 10n ** 18n }),
      desk.quote({ ...request, fixedSide: 'target', amountMinor: 1_00n }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.targetAmountMinor : outcome.error.code))).toEqual([
      135_00n,
      'AMOUNT_ZERO',
      'PAIR_NOT_TRADED',
      'RATE_MISSING',
      'AMOUNT_TOO_LARGE',
      1_00n,
    ]);
    expect(signed).toEqual([2]);
    expect(inserted).toEqual([2]);
    expect(desk.counts).toMatchObject({ batches: 1, items: 6 });
    for (const outcome of outcomes) {
      if (outcome.ok) expectVerifies(outcome.value);
    }
  });

  test('a batch of refusals signs and stores nothing', async () => {
    const { desk, signed, inserted } = await deskWith();
    await desk.quote({ ...request, amountMinor: 0n });
    await desk.idle();
    expect([signed, inserted]).toEqual([[], []]);
  });

  test('a full queue answers QUEUE_FULL', async () => {
    const { desk } = await deskWith({ queueMax: 1 });
    const outcomes = await Promise.all([desk.quote(request), desk.quote(request)]);
    expect(outcomes[0]?.ok).toBe(true);
    expect(outcomes[1]).toEqual({ ok: false, error: { code: 'QUEUE_FULL' } });
  });

  test('a provider that does not sign leaves no quote, and the desk goes on', async () => {
    let fails = true;
    const local = createLocalQuoteSigner(providerSigner);
    const quoteSigner: QuoteSigner = {
      sign: async (hashes) => {
        if (fails) throw new Error('the provider is away');
        return local.sign(hashes);
      },
    };
    const away: string[] = [];
    const onUnsigned = (provider: Bic, error: unknown) => void away.push(`${provider} ${(error as Error).message}`);
    const { desk, store } = await deskWith({ quoteSigner: () => quoteSigner, onUnsigned });
    const refusal = { code: 'PROVIDER_UNAVAILABLE', detail: `provider ${PROVIDER}` };
    expect(await desk.quote(request)).toEqual({ ok: false, error: refusal });
    expect(await desk.quoteForPayment(payment)).toEqual({ ok: false, error: refusal });
    expect(await store.findQuote(quoteId(1))).toBeNull();
    expect(away).toEqual([`${PROVIDER} the provider is away`, `${PROVIDER} the provider is away`]);
    fails = false;
    expect((await desk.quote(request)).ok).toBe(true);
  });

  test('is shown to its requester only', async () => {
    const { desk } = await deskWith();
    await desk.quote(request);
    expect((await desk.findOffer(quoteId(1), BANK))?.offer.quoteId).toBe(quoteId(1));
    expect(await desk.findOffer(quoteId(1), `${BANK}XXX` as Bic)).not.toBeNull();
    expect(await desk.findOffer(quoteId(1), OTHER_BANK)).toBeNull();
    expect(await desk.findOffer(quoteId(2), BANK)).toBeNull();
  });
});

describe('a pair that is traded through a vehicle currency', () => {
  const otherSigner = createSigner('fx-provider-2', 'ed25519', Buffer.alloc(32, 8));
  async function vehicleDesk(rates: readonly [string, string] = ['0.00193', '7.1167']) {
    const store = createMemoryDeskStore();
    const signed: string[] = [];
    const signerOf = (provider: Bic): QuoteSigner => ({
      sign: (hashes) => {
        signed.push(`${provider} ${hashes.length}`);
        return createLocalQuoteSigner(provider === PROVIDER ? providerSigner : otherSigner).sign(hashes);
      },
    });
    const desk = createDesk({
      ...{ store, quoteSigner: signerOf, clock: settableClock(), random: countingUuids(), routes: [VIA_USD] },
    });
    for (const [i, pair] of VIA_USD.entries()) await desk.setRate(pair, rates[i]!, 'desk-1');
    return { desk, store, signed };
  }

  test('one offer of two quotes: the first names the second, each is signed by its own provider', async () => {
    const { desk, store, signed } = await vehicleDesk();
    const made = await Promise.all([desk.quote({ ...request, amountMinor: 1_250_000_00n }), desk.quote(request)]);
    const [offer] = made.map((one) => (one.ok ? one.value : null));
    expect(offer).toMatchObject({
      ...{ quoteId: quoteId(1), rate: '0.013735231', sourceAmountMinor: 1_250_000_00n, targetAmountMinor: 17_169_04n },
      quotes: [
        { quote: { ...VIA_USD[0], quoteId: quoteId(1), onwardQuoteId: quoteId(2), targetAmountMinor: 2_412_50n } },
        { quote: { ...VIA_USD[1], quoteId: quoteId(2), sourceAmountMinor: 2_412_50n, residue: '-0.125' } },
      ],
    });
    expect(signed).toEqual([`${PROVIDER} 2`, 'DOLRUS20 2']);
    expect(await desk.findOffer(quoteId(1), BANK)).toEqual({ offer, boundUetr: null });
    expect(await desk.findOffer(quoteId(1), OTHER_BANK)).toBeNull();
    expect((await store.findQuote(quoteId(2)))?.signed.quote).not.toHaveProperty('onwardQuoteId');
  });

  test('fixed receive is computed from the last step back', async () => {
    const { desk } = await vehicleDesk();
    // 1,000.00 ÷ 7.1167 = 140.5145…; 140.51 ÷ 0.00193 = 72,803.1088…
    expect(await desk.quote({ ...request, fixedSide: 'target', amountMinor: 1_000_00n })).toMatchObject({
      ok: true,
      value: {
        ...{ sourceAmountMinor: 72_803_11n, targetAmountMinor: 1_000_00n, fixedSide: 'target' },
        quotes: [{ quote: { targetAmountMinor: 140_51n } }, { quote: { sourceAmountMinor: 140_51n } }],
      },
    });
  });

  test('its current rate is the cross rate; the rates of its steps are set, its own is not', async () => {
    const { desk } = await vehicleDesk();
    expect(await desk.currentRate(KZT_CNY)).toMatchObject({ ok: true, value: { rate: '0.013735231' } });
    expect(await desk.setRate(KZT_CNY, '1', 'desk-1')).toEqual({ ok: false, error: { code: 'PAIR_NOT_TRADED' } });
    const shown = (await desk.currentRates()).map((one) => `${one.sourceCurrency}-${one.targetCurrency} ${one.rate}`);
    expect(shown).toEqual(['KZT-USD 0.00193', 'USD-CNY 7.1167', 'KZT-CNY 0.013735231']);
  });

  test.each<
    [
      string,
      Partial<Parameters<Awaited<ReturnType<typeof vehicleDesk>>['desk']['quoteForPayment']>[0]>,
      [string, string],
    ]
  >([
    ['RATE_WORSE', { exchangeRate: '0.0137352311' }, ['0.00193', '7.1167']],
    ['PAIR_NOT_TRADED', { targetCurrency: 'USD' }, ['0.00193', '7.1167']],
    ['AMOUNT_ZERO', { settlementAmountMinor: 2n }, ['0.00193', '7.1167']],
    ['RATE_MISSING', { settlementAmountMinor: 10n ** 16n }, ['0.0000000001', '0.1']],
    ['AMOUNT_TOO_LARGE', { settlementAmountMinor: 10n ** 17n }, ['100', '0.0001']],
  ])('%s for %o', async (code, changes, rates) => {
    const { desk, signed } = await vehicleDesk(rates);
    expect(await desk.quoteForPayment({ ...payment, ...changes })).toMatchObject({ ok: false, error: { code } });
    expect(signed).toEqual([]);
  });

  test('without a rate for one step there is none for the pair', async () => {
    const desk = createDesk({
      ...{ store: createMemoryDeskStore(), quoteSigner: () => createLocalQuoteSigner(providerSigner) },
      ...{ clock: settableClock(), random: countingUuids(), routes: [VIA_USD] },
    });
    await desk.setRate(VIA_USD[0]!, '0.00193', 'desk-1');
    expect(await desk.currentRate(KZT_CNY)).toEqual({ ok: false, error: { code: 'RATE_MISSING' } });
    expect(await desk.quote(request)).toEqual({ ok: false, error: { code: 'RATE_MISSING' } });
  });
});

describe('several providers', () => {
  const SECOND: DeskPair = { ...KZT_CNY, providerBic: OTHER_PROVIDER };
  const rivals = async (changes: Partial<DeskOptions> = {}) => {
    const store = createMemoryDeskStore();
    const clock = settableClock();
    let readings = 0;
    const market: typeof store.market = (...given) => {
      readings += 1;
      return store.market(...given);
    };
    const signed: string[] = [];
    const quoteSigner = (provider: Bic): QuoteSigner => ({
      sign: (hashes) => {
        signed.push(`${provider} ${hashes.length}`);
        return createLocalQuoteSigner(providerSigner).sign(hashes);
      },
    });
    const routes = [[KZT_CNY], [SECOND]];
    const desk = createDesk({
      store: { ...store, market },
      quoteSigner,
      clock,
      random: countingUuids(),
      routes,
      ...changes,
    });
    await desk.setRate(KZT_CNY, '0.0135', 'd');
    await desk.setRate(SECOND, '0.0136', 'd');
    return { desk, clock, signed, readings: () => readings };
  };
  const lostOf = (offer: Offer) => offer.quotes[0]?.contest?.map(({ providers, reason }) => [...providers, reason]);

  test('a provider that does not sign loses to the next best, and the record says so', async () => {
    const asked: Bic[] = [];
    const quoteSigner = (provider: Bic): QuoteSigner => ({
      sign: async (hashes) => {
        asked.push(provider);
        if (provider === OTHER_PROVIDER) throw new Error('away');
        return createLocalQuoteSigner(providerSigner).sign(hashes);
      },
    });
    const { desk } = await rivals({ quoteSigner });
    const made = await Promise.all([desk.quote(request), desk.quote(request)]);
    for (const one of made) {
      expect(one).toMatchObject({ ok: true, value: { rate: '0.0135' } });
      if (one.ok) expect(lostOf(one.value)).toEqual([[OTHER_PROVIDER, 'PROVIDER_UNAVAILABLE']]);
    }
    expect(asked).toEqual([OTHER_PROVIDER, PROVIDER]);
  });

  test('a batch is one reading and one signature of each winner; losers are kept', async () => {
    const { desk, signed, readings } = await rivals();
    const made = await desk.quoteForPayments([payment, payment, { ...payment, exchangeRate: '0.0137' }]);
    expect(made.map((one) => (one.ok ? one.value.rate : one.error.code))).toEqual(['0.0136', '0.0136', 'RATE_WORSE']);
    expect([readings(), signed]).toEqual([1, [`${OTHER_PROVIDER} 2`]]);
    expect(made.flatMap((one) => (one.ok ? [lostOf(one.value)] : []))).toEqual([
      [[PROVIDER, 'WORSE']],
      [[PROVIDER, 'WORSE']],
    ]);
  });

  test('a pair has its own quote life and age of rates', async () => {
    const rules = new Map([['KZT-CNY', { quoteLifeMs: 1_000, rateAgeMaxMs: 5_000 }]]);
    const { desk, clock } = await rivals({ rules });
    clock.at = T0 + 5_000;
    expect(await desk.quote(request)).toMatchObject({ ok: true, value: { validUntil: T0 + 6_000 } });
    clock.at = T0 + 5_001;
    expect(await desk.quote(request)).toEqual({ ok: false, error: { code: 'RATE_STALE' } });
    await desk.setRate(KZT_CNY, '0.0130', 'd');
    const made = await desk.quote(request);
    expect(made.ok && [made.value.rate, lostOf(made.value)]).toEqual(['0.013', [[OTHER_PROVIDER, 'RATE_STALE']]]);
  });

  test('shown is the best of them', async () => {
    const { desk } = await rivals();
    expect(await desk.currentRates()).toMatchObject([{ rate: '0.0136', providerBic: OTHER_PROVIDER }]);
    expect(await desk.currentRate(KZT_CNY)).toMatchObject({ value: { rate: '0.0136' } });
  });
});

describe('quoteForPayment', () => {
  test.each([
    ['no rate', null],
    ['the current rate', '0.0135000'],
    ['a lower rate, worse for the payer than the current one', '0.0134999999'],
  ])('takes the current rate when the message has %s', async (_, exchangeRate) => {
    const { desk, store } = await deskWith();
    const made = await desk.quoteForPayment({ ...payment, exchangeRate });
    expect(made).toMatchObject({
      ok: true,
      value: {
        ...{ rate: '0.0135', fixedSide: 'source', sourceAmountMinor: 10_000_00n, targetAmountMinor: 135_00n },
      },
    });
    if (made.ok) expectVerifies(made.value);
    // The acceptance of the payment stores it, bound.
    expect(await store.findQuote(quoteId(1))).toBeNull();
  });

  test.each([
    ['RATE_WORSE', { exchangeRate: '0.0135000001' }],
    ['RULE_BROKEN', { exchangeRate: '0' }],
    ['RULE_BROKEN', { exchangeRate: '-1' }],
    ['PAIR_NOT_TRADED', { targetCurrency: 'USD' }],
    ['RATE_MISSING', { sourceCurrency: 'CNY', targetCurrency: 'KZT' }],
    ['AMOUNT_ZERO', { settlementAmountMinor: 1n }],
  ])('%s for %o', async (code, changes) => {
    const { desk } = await deskWith();
    expect(await desk.quoteForPayment({ ...payment, ...changes })).toMatchObject({ ok: false, error: { code } });
  });

  test('many payments: one signature, one outcome each', async () => {
    const { desk, signed } = await deskWith();
    const outcomes = await desk.quoteForPayments([
      payment,
      { ...payment, exchangeRate: '1' },
      { ...payment, settlementAmountMinor: 1_000_00n },
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.sourceAmountMinor : outcome.error.code))).toEqual([
      10_000_00n,
      'RATE_WORSE',
      1_000_00n,
    ]);
    expect(signed).toEqual([2]);
    expect(await desk.quoteForPayments([])).toEqual([]);
  });
});
