/**
 * The demo corridor KZ/KZT <-> CN/CNY: who takes part, which wallets and accounts there are, what is issued. All names,
 * BICs (eighth character 0) and accounts are fictional. Written once, on the first start on an empty data folder.
 */
import type { Bic, LedgerCode, WalletId } from '../kernel/ids.js';
import type { SuiteName } from '../kernel/suites.js';
import type { WalletKind } from '../ledger/types.js';
import type { Rate } from '../pvp/conversion.js';
import { flatCard, type RateCard, type RateTier } from '../pvp/rates.js';
import { feeWalletOf, type OtkelConfig, providerWallet, suspenseWallet, walletOfOther } from './config.js';
import type { Participant } from './identity/participants.js';

const bic = (text: string) => text as Bic;
const ledger = (text: string) => text as LedgerCode;

export const DEMO_OPERATOR = bic('OTKOKZ20');
const DEMO_DESK = bic('OTKDKZ20');
const DEMO_RATE_FEED = bic('OTKFKZ20');
export const DEMO_PROVIDER = bic('OTKLKZ20');
/** It trades the same pairs, a little dearer; large amounts a little cheaper. */
export const DEMO_RIVAL = bic('SILKCN20');
/** The central bank, a ledger's issuer; it owns the suspense wallet. */
const CENTRAL_BANKS: Readonly<Record<string, Bic>> = { KZ: bic('KZCBKZ20'), CN: bic('CNCBCN20') };
export const centralBank = (code: LedgerCode): Bic => CENTRAL_BANKS[code] ?? DEMO_OPERATOR;
/** Who runs the gateway, where it is a process of its own. */
export const DEMO_GATEWAY = bic('OTKGKZ20');

export interface DemoBank {
  readonly bic: Bic;
  readonly name: string;
  readonly ledger: LedgerCode;
  readonly pacs008Version: string;
  readonly withHeader: boolean;
  readonly accounts: readonly string[];
}

export const DEMO_BANKS: readonly DemoBank[] = [
  {
    bic: bic('ALTNKZ20'),
    name: 'Altyn Bank (demo)',
    ledger: ledger('KZ'),
    pacs008Version: 'pacs.008.001.08',
    withHeader: false,
    accounts: ['KZ419010001000000001', 'KZ149010001000000002'],
  },
  {
    bic: bic('DALAKZ20'),
    name: 'Dala Bank (demo)',
    ledger: ledger('KZ'),
    pacs008Version: 'pacs.008.001.13',
    withHeader: false,
    accounts: ['KZ249020001000000001', 'KZ949020001000000002'],
  },
  {
    bic: bic('LONGCN20'),
    name: 'Long Bank (demo)',
    ledger: ledger('CN'),
    pacs008Version: 'pacs.008.001.08',
    withHeader: true,
    accounts: ['6222020000000000001', '6222020000000000002'],
  },
  {
    bic: bic('JADECN20'),
    name: 'Jade Bank (demo)',
    ledger: ledger('CN'),
    pacs008Version: 'pacs.008.001.13',
    withHeader: false,
    accounts: ['6228480000000000001', '6228480000000000002'],
  },
];

/** The other institutions of a ledger: who they are, and the names of their keys. An issuer has two officers. */
export interface DemoInstitution {
  readonly bic: Bic;
  readonly name: string;
  readonly role: Participant['role'];
  readonly ledger: LedgerCode;
  readonly keyIds: readonly string[];
}

/** Institutions of one country; their BICs differ by it. */
const domestic = (code: string, issuer: Bic): readonly DemoInstitution[] => {
  const country = code.toLowerCase();
  const one = (prefix: string, name: string, role: Participant['role'], ...keys: string[]): DemoInstitution => ({
    bic: bic(`${prefix}${code}20`),
    name: `${name} ${code} (demo)`,
    role,
    ledger: ledger(code),
    keyIds: keys.map((key) => key.replace('*', country)),
  });
  return [
    { ...one('', 'Central bank', 'issuer', 'issuer-*-1', 'issuer-*-2'), bic: issuer },
    one('TRSY', 'Treasury', 'treasury', 'treasury-*'),
    one('TAXA', 'Tax authority', 'treasury', 'tax-*'),
    one('ORAC', 'Oracle', 'oracle', 'oracle-*'),
    one('EVNT', 'Vehicle registry', 'eventProvider', 'events-*'),
  ];
};
export const DEMO_INSTITUTIONS: readonly DemoInstitution[] = Object.entries(CENTRAL_BANKS).flatMap(([code, issuer]) =>
  domestic(code, issuer),
);

const providers = { provider: DEMO_PROVIDER, others: [{ provider: DEMO_RIVAL }] };
/** A bank hears PDNG rather than AM04 while somebody may still bring the money. */
const queue = { waitMs: 10_000 };

export const demoConfig: OtkelConfig = {
  operator: DEMO_OPERATOR,
  quoteLifeMs: 600_000,
  // Nobody sets rates in the demo unless somebody tries it.
  rateAgeMaxMs: 30 * 86_400_000,
  prepareMs: 4_000,
  voteMs: 8_000,
  jurisdictions: [
    { code: ledger('KZ'), currency: 'KZT', timeZone: 'Asia/Almaty', suite: 'p256', clearingSystem: 'KZDCB' },
    { code: ledger('CN'), currency: 'CNY', timeZone: 'Asia/Shanghai', suite: 'ed25519', clearingSystem: 'CNDCB' },
  ],
  corridors: [
    { source: ledger('KZ'), destination: ledger('CN'), ...providers, queue, amountMaxMinor: '5000000000' },
    { source: ledger('CN'), destination: ledger('KZ'), ...providers, queue, amountMaxMinor: '100000000' },
  ],
};

const oneWay = (sourceCurrency: string, targetCurrency: string, rate: string): RateCard =>
  flatCard({ providerBic: DEMO_PROVIDER, sourceCurrency, targetCurrency }, rate as Rate, 0);
const side = (amountFrom: string, bid: string, ask: string): RateTier => ({
  amountFrom,
  banks: [],
  bid: bid as Rate,
  ask: ask as Rate,
  spreadBps: null,
});
/** What the providers ask at first. */
export const DEMO_CARDS: readonly Omit<RateCard, 'validFrom'>[] = [
  oneWay('KZT', 'CNY', '0.0135'),
  oneWay('CNY', 'KZT', '73.2'),
  {
    providerBic: DEMO_RIVAL,
    unitCurrency: 'CNY',
    quotedCurrency: 'KZT',
    mid: null,
    vehicle: null,
    tiers: [side('0', '73.05', '74.25'), side('500000.00', '73.3', '73.95')],
    amountMax: null,
    validTo: null,
  },
];

/** A key of the demo: file name, owner, suite. Banks and ledgers of one country use one suite. */
export interface DemoKey {
  readonly keyId: string;
  readonly owner: Bic;
  readonly suite: SuiteName;
}
const suiteOf = (code: LedgerCode): SuiteName =>
  demoConfig.jurisdictions.find((jurisdiction) => jurisdiction.code === code)?.suite ?? 'ed25519';

export const DEMO_CALLER_KEYS: readonly DemoKey[] = [
  { keyId: 'operator', owner: DEMO_OPERATOR, suite: 'ed25519' },
  { keyId: 'desk', owner: DEMO_DESK, suite: 'ed25519' },
  { keyId: 'desk-2', owner: DEMO_DESK, suite: 'ed25519' },
  { keyId: 'rate-feed', owner: DEMO_RATE_FEED, suite: 'ed25519' },
  { keyId: 'provider', owner: DEMO_PROVIDER, suite: 'ed25519' },
  { keyId: `provider-${DEMO_RIVAL.toLowerCase()}`, owner: DEMO_RIVAL, suite: 'ed25519' },
  ...DEMO_BANKS.map((bank) => ({
    keyId: `bank-${bank.bic.toLowerCase()}`,
    owner: bank.bic,
    suite: suiteOf(bank.ledger),
  })),
  ...DEMO_INSTITUTIONS.flatMap(({ bic: owner, ledger: code, keyIds }) =>
    keyIds.map((keyId) => ({ keyId, owner, suite: suiteOf(code) })),
  ),
];

export const demoParticipants = (): Participant[] => [
  ...DEMO_BANKS.map(
    (bank): Participant => ({
      bic: bank.bic,
      name: bank.name,
      role: 'bank',
      ledger: bank.ledger,
      profile: 'customer',
      pacs008Version: bank.pacs008Version,
      withHeader: bank.withHeader,
      rules: 'base',
      headerVersion: 'head.001.001.02',
      characters: 'all',
    }),
  ),
  institution(DEMO_OPERATOR, 'Otkel operator (demo)', 'operator'),
  institution(DEMO_DESK, 'FX desk (demo)', 'desk'),
  institution(DEMO_RATE_FEED, 'Rate feed of the desk (demo)', 'rateFeed'),
  institution(DEMO_PROVIDER, 'FX provider (demo)', 'provider'),
  institution(DEMO_RIVAL, 'Silk Road FX (demo)', 'provider'),
  ...DEMO_INSTITUTIONS.map((one) => institution(one.bic, one.name, one.role, one.ledger)),
];

const institution = (
  owner: Bic,
  name: string,
  role: Participant['role'],
  home: LedgerCode | null = null,
): Participant => ({
  bic: owner,
  name,
  role,
  ledger: home,
  profile: 'customer',
  pacs008Version: 'pacs.008.001.08',
  withHeader: false,
  rules: 'base',
  headerVersion: 'head.001.001.02',
  characters: 'all',
});

/** A wallet to open, what to issue into it (minor units), and the accounts that lead to it. */
export interface DemoWallet {
  readonly walletId: WalletId;
  readonly kind: WalletKind;
  readonly ownerBic: Bic;
  readonly issueMinor: bigint;
  readonly account: string | null;
}

const customerWallet = (bank: DemoBank, index: number): WalletId =>
  `${bank.ledger}-${bank.bic}-${index + 1}` as WalletId;

/** The treasury's wallet on a ledger, and the one that taxes are paid to. */
export const treasuryWallet = (code: LedgerCode): WalletId => `${code}-TREASURY` as WalletId;
export const taxWallet = (code: LedgerCode): WalletId => `${code}-TAX` as WalletId;

/** Minor units issued to each customer and to the providers, by ledger. */
const LIQUIDITY: Readonly<Record<string, { customer: bigint; provider: bigint; rival: bigint }>> = {
  KZ: { customer: 1_000_000_000_00n, provider: 50_000_000_000_00n, rival: 5_000_000_000_00n },
  CN: { customer: 20_000_000_00n, provider: 1_000_000_000_00n, rival: 100_000_000_00n },
};

export function demoWallets(code: LedgerCode): DemoWallet[] {
  const liquidity = LIQUIDITY[code] ?? { customer: 0n, provider: 0n, rival: 0n };
  const wallet = (walletId: WalletId, kind: WalletKind, ownerBic: Bic, issueMinor: bigint, account: string | null) => ({
    walletId,
    kind,
    ownerBic,
    issueMinor,
    account,
  });
  return [
    wallet(suspenseWallet(code), 'suspense', centralBank(code), 0n, null),
    wallet(feeWalletOf({ code }), 'fee', DEMO_OPERATOR, 0n, null),
    wallet(providerWallet(code), 'provider', DEMO_PROVIDER, liquidity.provider, null),
    wallet(walletOfOther(code, DEMO_RIVAL), 'provider', DEMO_RIVAL, liquidity.rival, null),
    ...DEMO_BANKS.filter((bank) => bank.ledger === code).flatMap((bank) => [
      wallet(`${code}-${bank.bic}-SETTLEMENT` as WalletId, 'settlement', bank.bic, 0n, null),
      ...bank.accounts.map((account, i) =>
        wallet(customerWallet(bank, i), 'customer', bank.bic, liquidity.customer, account),
      ),
    ]),
    wallet(treasuryWallet(code), 'treasury', bic(`TRSY${code}20`), 0n, null),
    wallet(taxWallet(code), 'treasury', bic(`TAXA${code}20`), 0n, null),
  ];
}
