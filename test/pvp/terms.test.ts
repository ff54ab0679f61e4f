import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerCode, QuoteId, Uetr, WalletId } from '../../src/kernel/ids.js';
import type { LegMark } from '../../src/ledger/types.js';
import {
  DEFAULT_TIMES,
  deadlines,
  decodeTerms,
  encodeTerms,
  heldMinorOf,
  type PvpTerms,
  termsHash,
} from '../../src/pvp/terms.js';

const fill = (value: number, count = 32): Buffer => Buffer.alloc(count, value);
const LEDGERS = ['KZ', 'US', 'CN'];
const CURRENCIES = ['KZT', 'USD', 'CNY'];

const NO_MARKS: readonly (LegMark | null)[] = [];
const DEPARTING: LegMark = { side: 'debit', markId: 'mark-1', markLevel: 2 };
const ARRIVING: LegMark = { side: 'credit', markId: 'mark-2' };

function terms(legCount: number, marks = NO_MARKS): PvpTerms {
  const codes = legCount === 2 ? [0, 2] : [0, 1, 2];
  return {
    protocolVersion: 1,
    pvpId: '8a562c67-ca16-48ba-b074-65581be6f011' as Uetr,
    sourceMessageHash: fill(1),
    destinationMessageHash: fill(2),
    legs: codes.map((i, leg) => ({
      ledger: LEDGERS[i] as LedgerCode,
      debitWallet: `${LEDGERS[i]}-debit` as WalletId,
      creditWallet: `${LEDGERS[i]}-credit` as WalletId,
      amountMinor: BigInt(i + 1) * 123_456n,
      currency: CURRENCIES[i]!,
      mark: marks[leg] ?? null,
    })),
    quotes: codes.slice(1).map((i) => ({
      quoteId: `00000000-0000-4000-8000-00000000000${i}` as QuoteId,
      quoteHash: fill(10 + i),
      providerSignature: fill(20 + i, 64),
    })),
    prepareBy: 1_800_000_004_000,
    voteBy: 1_800_000_008_000,
    coSignerKeyIds: codes.map((i) => `${LEDGERS[i]}-cosigner-1`),
  };
}

describe('canonical terms', () => {
  it('have the golden bytes and hashes', async () => {
    const vectors = [terms(2), terms(2, [DEPARTING, ARRIVING]), terms(3), { ...terms(2), eventId: 'customs-1' }].map(
      (item) => ({
        terms: JSON.parse(
          JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? value.toString() : plain(value))),
        ),
        bytes: encodeTerms(item).toString('hex'),
        termsHash: termsHash(encodeTerms(item)).toString('hex'),
      }),
    );
    await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot('../../fixtures/vectors/pvp-terms.json');
  });

  it('read back as they were written', () => {
    for (const item of [terms(2), terms(2, [DEPARTING, ARRIVING]), terms(3, [DEPARTING, null, ARRIVING])]) {
      expect(decodeTerms(encodeTerms(item))).toEqual({ ok: true, value: item });
    }
  });

  it('change their hash with any byte, and other bytes never read as the same terms', () => {
    const bytes = encodeTerms(terms(2));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const other = Buffer.from(bytes);
        other[at] = other[at]! ^ flip;
        const read = decodeTerms(other);
        expect(termsHash(other).equals(termsHash(bytes))).toBe(false);
        if (read.ok) expect(encodeTerms(read.value).equals(other)).toBe(true);
      }),
    );
  });

  const CHARGE = { walletId: 'KZ-FEE' as WalletId, amountMinor: 500n };
  const charged = { ...terms(2), protocolVersion: 2, charge: CHARGE };

  it('with a charge are of version 2, and have golden bytes of their own', async () => {
    const others = [charged, { ...terms(3), protocolVersion: 2, charge: CHARGE, eventId: 'customs-1' }];
    for (const item of others) expect(decodeTerms(encodeTerms(item))).toEqual({ ok: true, value: item });
    const vectors = others.map((item) => [
      encodeTerms(item).toString('hex'),
      termsHash(encodeTerms(item)).toString('hex'),
    ]);
    await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/vectors/pvp-terms-charged.json',
    );
    const [first, second] = charged.legs;
    expect(heldMinorOf(charged, first!)).toBe(first!.amountMinor + 500n);
    expect(heldMinorOf(charged, second!)).toBe(second!.amountMinor);
  });

  it.each<[string, Partial<PvpTerms>]>([
    ['not canonical', { protocolVersion: 1, charge: CHARGE }],
    ['not canonical', { protocolVersion: 2 }],
    ['charge', { protocolVersion: 2, charge: { ...CHARGE, amountMinor: 0n } }],
    ['charge', { protocolVersion: 2, charge: { ...CHARGE, amountMinor: 10n ** 18n } }],
    ['charge', { protocolVersion: 2, charge: { ...CHARGE, walletId: 'KZ-debit' as WalletId } }],
    ['charge', { protocolVersion: 2, charge: { ...CHARGE, walletId: 'KZ-credit' as WalletId } }],
    ['charge', { protocolVersion: 2, charge: { ...CHARGE, walletId: 'a b' as WalletId } }],
    ['charge', { protocolVersion: 2, charge: CHARGE, legs: terms(2, [DEPARTING, null]).legs }],
  ])('are refused for %s: %o', (detail, change) => {
    const refused = { ok: false, error: { code: 'TERMS_INVALID', detail } };
    expect(decodeTerms(encodeTerms({ ...terms(2), ...change }))).toEqual(refused);
  });

  const broken: [string, Partial<PvpTerms>][] = [
    ['protocolVersion', { protocolVersion: 3 }],
    ['pvpId', { pvpId: 'X' as Uetr }],
    ['sourceMessageHash', { sourceMessageHash: fill(1, 31) }],
    ['destinationMessageHash', { destinationMessageHash: fill(1, 0) }],
    ['legs', { legs: terms(2).legs.slice(0, 1) }],
    ['legs.ledger', { legs: [terms(2).legs[0]!, terms(2).legs[0]!] }],
    ['legs.ledger', { legs: [{ ...terms(2).legs[0]!, ledger: 'kz' as LedgerCode }, terms(2).legs[1]!] }],
    ['legs.amountMinor', { legs: [{ ...terms(2).legs[0]!, amountMinor: 0n }, terms(2).legs[1]!] }],
    ['legs.currency', { legs: [{ ...terms(2).legs[0]!, currency: 'XXY' }, terms(2).legs[1]!] }],
    ['legs.debitWallet', { legs: [{ ...terms(2).legs[0]!, debitWallet: '' as WalletId }, terms(2).legs[1]!] }],
    [
      'legs.creditWallet',
      { legs: [{ ...terms(2).legs[0]!, creditWallet: 'KZ-debit' as WalletId }, terms(2).legs[1]!] },
    ],
    ['legs.mark', { legs: terms(2, [null, DEPARTING]).legs }],
    ['legs.mark', { legs: terms(2, [ARRIVING, null]).legs }],
    ['legs.mark', { legs: terms(2, [{ ...DEPARTING, markLevel: -1 }, null]).legs }],
    ['legs.mark', { legs: terms(2, [null, { ...ARRIVING, markId: 'a b' }]).legs }],
    ['quotes', { quotes: [] }],
    ['quotes.quoteId', { quotes: [{ ...terms(2).quotes[0]!, quoteId: 'q' as QuoteId }] }],
    ['quotes.quoteHash', { quotes: [{ ...terms(2).quotes[0]!, quoteHash: fill(1, 8) }] }],
    ['prepareBy', { prepareBy: 1_800_000_009_000 }],
    ['eventId', { eventId: 'a b' }],
    ['coSignerKeyIds', { coSignerKeyIds: ['a'] }],
    ['coSignerKeyIds', { coSignerKeyIds: ['a', 'b c'] }],
  ];
  it.each(broken)('are refused for %s', (field, change) => {
    const refused = { ok: false, error: { code: 'TERMS_INVALID', detail: field } };
    expect(decodeTerms(encodeTerms({ ...terms(2), ...change }))).toEqual(refused);
  });

  it('are refused when bytes are cut or added', () => {
    const bytes = encodeTerms(terms(2));
    for (const other of [bytes.subarray(0, -1), Buffer.concat([bytes, fill(0, 1)]), Buffer.alloc(0)]) {
      expect(decodeTerms(other)).toMatchObject({ ok: false, error: { code: 'TERMS_INVALID' } });
    }
  });
});

describe('deadlines', () => {
  it('are 4 s and 8 s, and end a second before the earliest quote', () => {
    expect(deadlines(1_000, [600_000])).toEqual({ prepareBy: 5_000, voteBy: 9_000 });
    expect(deadlines(1_000, [600_000, 8_000])).toEqual({ prepareBy: 5_000, voteBy: 7_000 });
    expect(deadlines(1_000, [4_000])).toEqual({ prepareBy: 3_000, voteBy: 3_000 });
    expect(DEFAULT_TIMES).toMatchObject({ lapseMs: 4_000, clockErrorMs: 500 });
  });
});

const plain = (value: unknown): unknown => {
  const isBuffer = typeof value === 'object' && value !== null && (value as { type?: string }).type === 'Buffer';
  return isBuffer ? Buffer.from((value as { data: number[] }).data).toString('hex') : value;
};
