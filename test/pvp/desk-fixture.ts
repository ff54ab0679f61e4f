import type { Clock } from '../../src/kernel/clock.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../../src/kernel/ids.js';
import { uuidFromBytes } from '../../src/kernel/ids.js';
import type { PublicKeyRecord } from '../../src/kernel/signature.js';
import { createSigner } from '../../src/kernel/suites.js';
import type { Rate } from '../../src/pvp/conversion.js';
import type { DeskPair } from '../../src/pvp/desk.js';
import { encodeQuote, type Quote, quoteHash, type SignedQuote } from '../../src/pvp/quote.js';

export const PROVIDER = 'FXPRKZ20' as Bic;
export const OTHER_PROVIDER = 'DOLRUS20' as Bic;
export const BANK = 'BANKKZ20' as Bic;
export const OTHER_BANK = 'OTHRKZ20' as Bic;
export const T0 = Date.UTC(2026, 0, 15, 9, 30);

export const uuid = (n: number): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(n, 12);
  return uuidFromBytes(bytes);
};
export const quoteId = (n: number): QuoteId => uuid(n) as QuoteId;
export const uetr = (n: number): Uetr => uuid(1_000_000 + n) as Uetr;

export const settableClock = (at = T0): Clock & { at: number } => ({
  at,
  now() {
    return this.at;
  },
});

export const countingUuids = () => {
  let n = 0;
  return {
    uuid: () => {
      n += 1;
      return uuid(n);
    },
  };
};

export const providerSigner = createSigner('fx-provider-1', 'ed25519', Buffer.alloc(32, 7));
export const providerKey: PublicKeyRecord = {
  keyId: providerSigner.keyId,
  owner: PROVIDER,
  suite: providerSigner.suite,
  publicKey: providerSigner.publicKey,
  validFrom: T0 - 1000,
  validTo: T0 + 86_400_000,
};

export const KZT_CNY: DeskPair = {
  providerBic: PROVIDER,
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  sourceLedger: 'KZ' as LedgerCode,
  targetLedger: 'CN' as LedgerCode,
  sourceProviderWallet: 'kz-provider' as WalletId,
  targetProviderWallet: 'cn-provider' as WalletId,
};
export const CNY_KZT: DeskPair = {
  providerBic: PROVIDER,
  sourceCurrency: 'CNY',
  targetCurrency: 'KZT',
  sourceLedger: 'CN' as LedgerCode,
  targetLedger: 'KZ' as LedgerCode,
  sourceProviderWallet: 'cn-provider' as WalletId,
  targetProviderWallet: 'kz-provider' as WalletId,
};
export const JPY_KWD: DeskPair = {
  providerBic: PROVIDER,
  sourceCurrency: 'JPY',
  targetCurrency: 'KWD',
  sourceLedger: 'JP' as LedgerCode,
  targetLedger: 'KW' as LedgerCode,
  sourceProviderWallet: 'jp-provider' as WalletId,
  targetProviderWallet: 'kw-provider' as WalletId,
};

/** KZT → USD → CNY, each step by a provider of its own. */
export const VIA_USD: readonly DeskPair[] = [
  {
    ...KZT_CNY,
    targetCurrency: 'USD',
    targetLedger: 'US' as LedgerCode,
    targetProviderWallet: 'us-provider' as WalletId,
  },
  {
    ...{ ...KZT_CNY, providerBic: OTHER_PROVIDER, sourceCurrency: 'USD', sourceLedger: 'US' as LedgerCode },
    ...{ sourceProviderWallet: 'us-other' as WalletId, targetProviderWallet: 'cn-other' as WalletId },
  },
];

export const sampleQuote = (changes: Partial<Quote> = {}): Quote => ({
  quoteId: quoteId(1),
  requesterBic: BANK,
  providerBic: PROVIDER,
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  rate: '0.0135' as Rate,
  fixedSide: 'source',
  sourceAmountMinor: 123_45n,
  targetAmountMinor: 1_67n,
  sourceLedger: 'KZ' as LedgerCode,
  targetLedger: 'CN' as LedgerCode,
  sourceProviderWallet: 'kz-provider' as WalletId,
  targetProviderWallet: 'cn-provider' as WalletId,
  residue: '-0.3425',
  issuedAt: T0,
  validUntil: T0 + 600_000,
  ...changes,
});

/** A quote with bytes and hash; the signature is any bytes, which a store keeps and doesn't judge. */
export function storedSample(changes: Partial<Quote> = {}): SignedQuote {
  const quote = sampleQuote(changes);
  const bytes = encodeQuote(quote);
  return { quote, bytes, hash: quoteHash(bytes), signature: Buffer.from(`signature of ${quote.quoteId}`) };
}
