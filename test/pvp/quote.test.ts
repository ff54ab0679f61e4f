import { describe, expect, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/kernel/bytes.js';
import type { LedgerCode, WalletId } from '../../src/kernel/ids.js';
import type { Rate } from '../../src/pvp/conversion.js';
import {
  checkQuoteAgainstMessage,
  decodeQuote,
  encodeQuote,
  offerOf,
  priceOf,
  providerResidue,
  type Quote,
  quoteHash,
  quoteIdOf,
} from '../../src/pvp/quote.js';
import { BANK, OTHER_BANK, quoteId, sampleQuote, storedSample, T0 } from './desk-fixture.js';

describe('canonical bytes', () => {
  const quote = sampleQuote();

  test('golden vector', () => {
    const bytes = encodeQuote(quote);
    const reader = new ByteReader(bytes);
    const fields = Array.from({ length: 17 }, () => reader.text());
    reader.end();
    expect(fields.join('|')).toBe(
      '1|00000000-0000-4000-8000-000000000001|BANKKZ20|FXPRKZ20|KZT|CNY|0.0135|source|12345|167|KZ|CN|kz-provider|' +
        'cn-provider|-0.3425|1768469400000|1768470000000',
    );
    expect(quoteHash(bytes).toString('hex')).toBe('9d28faf2d18ef461e62911a64b4de6a7516c96c6273c4d7458373794225b7b79');
  });

  test('read back as the same quote', () => {
    expect(decodeQuote(encodeQuote(quote))).toEqual(quote);
  });

  test('a quote that names the next one is of version 2, with its id at the end', () => {
    const onward = sampleQuote({ onwardQuoteId: quoteId(7) });
    const [alone, bytes] = [encodeQuote(quote).toString('latin1'), encodeQuote(onward)];
    expect(bytes.toString('latin1')).toBe(`${alone.replace('1', '2')}$${quoteId(7)}`);
    expect(decodeQuote(bytes)).toEqual(onward);
    expect(decodeQuote(encodeQuote(quote))).not.toHaveProperty('onwardQuoteId');
  });

  test('a quote with a charge is of version 3, one that goes on too of version 4, with the charge at the end', () => {
    const charge = { bearer: 'debtor', amountMinor: 500n, walletId: 'kz-fee' as WalletId } as const;
    const [alone, onward] = [sampleQuote({ charge }), sampleQuote({ charge, onwardQuoteId: quoteId(7) })];
    const bytes = encodeQuote(alone);
    const tail = new ByteWriter().text('debtor').integer(500n).text('kz-fee').finish().toString('latin1');
    expect(bytes.toString('latin1')).toBe(encodeQuote(quote).toString('latin1').replace('1', '3') + tail);
    expect(quoteHash(bytes).toString('hex')).toBe('e3f878918c996a27af7cd25a7e54a0f7c1e2b3c8865bd9757b6c28ef19e9c7ea');
    const before = encodeQuote(sampleQuote({ onwardQuoteId: quoteId(7) })).toString('latin1');
    expect(encodeQuote(onward).toString('latin1')).toBe(before.replace('2', '4') + tail);
    for (const one of [alone, onward]) expect(decodeQuote(encodeQuote(one))).toEqual(one);
    for (const changes of [{ amountMinor: 501n }, { bearer: 'creditor' }, { walletId: 'kz-own' as WalletId }] as const)
      expect(quoteHash(encodeQuote({ ...alone, charge: { ...charge, ...changes } }))).not.toEqual(quoteHash(bytes));
    expect(() => decodeQuote(bytes.subarray(0, -1))).toThrow(RangeError);
  });

  test.each([
    ['quoteId', 'not-a-uuid'],
    ['requesterBic', 'bank'],
    ['providerBic', ''],
    ['sourceCurrency', 'kzt'],
    ['targetCurrency', 'CNYY'],
    ['rate', '0.01350'],
    ['rate', '0'],
    ['fixedSide', 'both'],
    ['sourceAmountMinor', 0n],
    ['targetAmountMinor', -1n],
    ['sourceLedger', 'kz'],
    ['targetLedger', ''],
    ['sourceProviderWallet', 'a b'],
    ['targetProviderWallet', ''],
    ['residue', '1e-3'],
    ['onwardQuoteId', 'not-a-uuid'],
  ])('a malformed %s (%s) is not read', (field, value) => {
    expect(() => decodeQuote(encodeQuote({ ...quote, [field]: value }))).toThrow(RangeError);
  });

  test('truncated, prolonged and other-version bytes are not read', () => {
    const bytes = encodeQuote(quote);
    expect(() => decodeQuote(bytes.subarray(0, -1))).toThrow(RangeError);
    expect(() => decodeQuote(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(RangeError);
    const other = Buffer.from(bytes);
    other.write('5', 1);
    expect(() => decodeQuote(other)).toThrow('another version');
  });

  test('every field changes the hash', () => {
    const changes = {
      quoteId: '00000000-0000-4000-8000-000000000002',
      requesterBic: 'BANKKZ21',
      providerBic: 'FXPRKZ21',
      sourceCurrency: 'USD',
      targetCurrency: 'USD',
      rate: '0.0136',
      fixedSide: 'target',
      sourceAmountMinor: 1n,
      targetAmountMinor: 1n,
      sourceLedger: 'KK',
      targetLedger: 'CC',
      sourceProviderWallet: 'w',
      targetProviderWallet: 'w',
      residue: '0',
      issuedAt: 1,
      validUntil: 1,
    };
    expect(Object.keys(changes).sort()).toEqual(Object.keys(quote).sort());
    const hashes = Object.entries(changes).map(([field, value]) =>
      quoteHash(encodeQuote({ ...quote, [field]: value })).toString('hex'),
    );
    expect(new Set([...hashes, quoteHash(encodeQuote(quote)).toString('hex')]).size).toBe(hashes.length + 1);
  });
});

describe('priceOf and offerOf', () => {
  const first = {
    ...{ quoteId: quoteId(1), targetCurrency: 'USD', rate: '0.00193' as Rate, targetLedger: 'US' as LedgerCode },
    ...{ sourceAmountMinor: 125_000_000n, targetAmountMinor: 241_250n, onwardQuoteId: quoteId(2) },
  };
  const second = {
    ...{ quoteId: quoteId(2), sourceCurrency: 'USD', rate: '7.1167' as Rate, sourceLedger: 'US' as LedgerCode },
    ...{ sourceAmountMinor: 241_250n, targetAmountMinor: 1_716_904n },
  };
  const price = {
    ...{ sourceCurrency: 'KZT', targetCurrency: 'CNY', rate: '0.013735231' },
    ...{ sourceAmountMinor: 125_000_000n, targetAmountMinor: 1_716_904n },
  };

  test('of one quote it is the quote’s own', () => {
    const quote = sampleQuote();
    expect(priceOf([quote])).toBe(quote);
  });

  test('of several: what the first takes, what the last gives, the cross rate, and the life of the shortest', () => {
    expect(priceOf([sampleQuote(first), sampleQuote(second)])).toEqual(price);
    const quotes = [storedSample({ ...first, validUntil: T0 + 900_000 }), storedSample(second)];
    expect(offerOf(quotes)).toEqual({
      ...{ ...price, quoteId: quoteId(1), requesterBic: BANK, fixedSide: 'source', issuedAt: T0, quotes },
      validUntil: T0 + 600_000,
    });
  });

  test('what the payer gives has the charge of the first quote in it', () => {
    const charge = { bearer: 'creditor', amountMinor: 1_000_000n, walletId: 'kz-fee' as WalletId } as const;
    const charged = { ...price, sourceAmountMinor: 126_000_000n, charge };
    expect(priceOf([sampleQuote({ ...first, charge }), sampleQuote(second)])).toEqual(charged);
    expect(offerOf([storedSample({ ...first, charge }), storedSample(second)])).toMatchObject(charged);
    const alone = sampleQuote({ charge });
    expect(priceOf([alone])).toMatchObject({ charge, sourceAmountMinor: alone.sourceAmountMinor + 1_000_000n });
    expect(priceOf([sampleQuote(first), sampleQuote({ ...second, charge })])).toBeNull();
  });

  test.each<[string, Partial<Quote>[]]>([
    ['no quote', []],
    ['the first alone', [first]],
    ['the second named by nobody', [{ ...first, onwardQuoteId: undefined }, second]],
    ['another one named', [{ ...first, onwardQuoteId: quoteId(3) }, second]],
    ['the last names one more', [first, { ...second, onwardQuoteId: quoteId(3) }]],
    ['the second first', [second, first]],
    ['another amount in the middle', [first, { ...second, sourceAmountMinor: 241_251n }]],
    ['another currency in the middle', [first, { ...second, sourceCurrency: 'JPY' }]],
    ['another ledger in the middle', [first, { ...second, sourceLedger: 'JP' as LedgerCode }]],
    ['another requester', [first, { ...second, requesterBic: OTHER_BANK }]],
    ['no cross rate', [{ ...first, rate: '99999999999' as Rate }, second]],
  ])('%s is no offer', (_, changes) => {
    expect(priceOf(changes.map(sampleQuote))).toBeNull();
    expect(offerOf(changes.map(storedSample))).toBeNull();
  });
});

describe('quoteIdOf', () => {
  test.each([
    ['00000000-0000-4000-8000-00000000000A', '00000000-0000-4000-8000-00000000000a'],
    ['00000000-0000-1000-8000-00000000000a', null],
    ['', null],
    ["'; drop table fx_quote", null],
  ])('%s is %s', (text, id) => {
    expect(quoteIdOf(text)).toBe(id);
  });
});

describe('checkQuoteAgainstMessage', () => {
  const quote = sampleQuote({ rate: '0.0135' as Rate });
  const message = {
    ...{ settlementAmountMinor: 123_45n, currency: 'KZT', exchangeRate: null, agreedRate: null, chargeBearer: 'SHAR' },
  };

  test.each([
    ['amount and currency alone', {}],
    ['the rate with other zeros', { exchangeRate: '0.01350', agreedRate: '00.0135' }],
    ['both currencies of the agreed rate', { unitCurrency: 'KZT', quotedCurrency: 'CNY' }],
    ['the target amount as instructed', { instructedAmount: { minor: 1_67n, currency: 'CNY' } }],
    ['an instructed amount with charges', { instructedAmount: { minor: 130_00n, currency: 'KZT' } }],
  ])('accepts %s', (_, changes) => {
    expect(checkQuoteAgainstMessage(quote, { ...message, ...changes })).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['IntrBkSttlmAmt', { settlementAmountMinor: 123_46n }],
    ['the currency of IntrBkSttlmAmt', { currency: 'CNY' }],
    ['XchgRate', { exchangeRate: '0.0136' }],
    ['XchgRate', { exchangeRate: '0' }],
    ['XchgRate', { exchangeRate: '-0.0135' }],
    ['AgrdRate/PreAgrdXchgRate', { agreedRate: '0.0134999999' }],
    ['AgrdRate/UnitCcy', { unitCurrency: 'CNY' }],
    ['AgrdRate/QtdCcy', { quotedCurrency: 'KZT' }],
    ['InstdAmt', { instructedAmount: { minor: 1_68n, currency: 'CNY' } }],
  ])('refuses another %s', (element, changes) => {
    expect(checkQuoteAgainstMessage(quote, { ...message, ...changes })).toEqual({
      ok: false,
      error: { code: 'QUOTE_MISMATCH', detail: `${element} differs from the quote` },
    });
  });
});

describe('providerResidue', () => {
  test.each([
    ['source', '0.25', 'CNY', '0.25'],
    ['source', '-0.25', 'CNY', '-0.25'],
    ['target', '0.25', 'KZT', '-0.25'],
    ['target', '-0.25', 'KZT', '0.25'],
    ['target', '0', 'KZT', '0'],
  ] as const)('fixed %s, residue %s: the provider gains in %s %s', (fixedSide, residue, currency, gain) => {
    expect(providerResidue(sampleQuote({ fixedSide, residue }))).toEqual({ currency, gain });
  });
});
