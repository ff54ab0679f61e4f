/** Two jurisdictions and a coordinator without a gateway: payments as the gateway would hand them over. */
import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import type { EmbeddedPostgres } from '../../src/gateway/platform/embedded-postgres.js';
import { migrate } from '../../src/gateway/platform/migrate.pg.js';
import { createPool } from '../../src/gateway/platform/pool.js';
import { systemClock, systemMonotonic, systemRandomness, systemTimers } from '../../src/gateway/platform/runtime.js';
import type { Bic, LedgerCode, Uetr, WalletId } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import type { PublicKeyRecord, Signer } from '../../src/kernel/signature.js';
import { createSigner, generateKeyPair, type SuiteName } from '../../src/kernel/suites.js';
import { createNotary } from '../../src/ledger/notary.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { createLedger, type LedgerWriter } from '../../src/ledger/writer.js';
import { createCoSigner } from '../../src/pvp/co-signer.js';
import { createCoordinator, type Decision, type PvpPayment } from '../../src/pvp/coordinator.js';
import { createDesk, type DeskPair } from '../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import { createJurisdiction, type Jurisdiction } from '../../src/pvp/jurisdiction.js';
import type { LegCheck, PeerPort } from '../../src/pvp/jurisdiction-port.js';
import { createKnownTrees } from '../../src/pvp/known-trees.js';
import type { SignedQuote } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner, verifyQuote } from '../../src/pvp/quote-signature.js';
import { createMemorySignerStore } from '../../src/pvp/signer-store.memory.js';
import { createPgSignerStore } from '../../src/pvp/signer-store.pg.js';
import { DEFAULT_TIMES, deadlines, encodeTerms, PROTOCOL_VERSION } from '../../src/pvp/terms.js';
import { createVerifier, type PvpKeyRecord } from '../../src/pvp/verify.js';

export interface PvpScene {
  /** Quotes, terms and settlement of `count` payments at once. */
  settle(count: number): Promise<Decision[]>;
  /** Stages of the coordinator with their batches and items. */
  readonly stages: () => { stage: string; batches: number; items: number }[];
  /** Everything is over and the books agree. */
  stop(): Promise<void>;
}

const SIDES: readonly { code: LedgerCode; currency: string; suite: SuiteName }[] = [
  { code: 'KZ' as LedgerCode, currency: 'KZT', suite: 'p256' },
  { code: 'CN' as LedgerCode, currency: 'CNY', suite: 'ed25519' },
];
const BANK = 'BENCHKZ2' as Bic;
const PROVIDER = 'BENCHFX2' as Bic;
const AMOUNT_MINOR = 10_000n;
const FUNDS_MINOR = 10n ** 15n;
const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const wallet = (code: LedgerCode, name: string): WalletId => `${code.toLowerCase()}-${name}` as WalletId;

function newKey(keyId: string, suite: SuiteName): Signer {
  return createSigner(keyId, suite, generateKeyPair(suite, random).secretKey);
}

const recordOf = (signer: Signer, owner: string): PublicKeyRecord => ({
  ...{ keyId: signer.keyId, owner, suite: signer.suite, publicKey: signer.publicKey },
  ...{ validFrom: 0, validTo: null },
});

async function fund(ledger: LedgerWriter, code: LedgerCode): Promise<void> {
  const wallets = [
    { name: 'payer', kind: 'customer', ownerBic: BANK },
    { name: 'payee', kind: 'customer', ownerBic: BANK },
    { name: 'provider', kind: 'provider', ownerBic: PROVIDER },
    { name: 'suspense', kind: 'suspense', ownerBic: BANK },
  ] as const;
  for (const { name, ...rest } of wallets) {
    await ledger.submit({ kind: 'openWallet', wallet: { walletId: wallet(code, name), ...rest } });
  }
  for (const name of ['payer', 'provider']) {
    const creditWallet = wallet(code, name);
    await ledger.submit({ kind: 'issue', reference: `issue-${name}`, creditWallet, amountMinor: FUNDS_MINOR });
  }
}

/** The provider's consent is checked as every jurisdiction does; documents are the gateway's subject. */
function quoteCheck(providerKey: PublicKeyRecord): LegCheck {
  const verified = createKnownTrees();
  return {
    check: async (items) =>
      items.map(({ terms, quotes }) => {
        const signature = terms.quotes[0]!.providerSignature;
        const read = verifyQuote(quotes[0]!, signature, () => providerKey, systemClock.now(), verified);
        return read.ok ? ok(true) : read;
      }),
  };
}

interface Stores {
  readonly pool: (role: 'ledger' | 'signer', code: LedgerCode) => Promise<pg.Pool>;
  readonly end: () => Promise<void>;
}

function storesOn(server: EmbeddedPostgres): Stores {
  const pools: pg.Pool[] = [];
  return {
    async pool(role, code) {
      const name = `${role}-${code.toLowerCase()}` as const;
      await server.createDatabases([name]);
      const pool = createPool(server.url(name), { max: 8 });
      await migrate(pool, migrationsOf(name));
      pools.push(pool);
      return pool;
    },
    end: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** Opens the scene over memory, or over databases of this server. */
export async function openPvpScene(server: EmbeddedPostgres | null): Promise<PvpScene> {
  const stores = server && storesOn(server);
  const keys = new Map<string, PvpKeyRecord>();
  const peers = new Map<LedgerCode, PeerPort>();
  const jurisdictions = new Map<LedgerCode, Jurisdiction>();
  const provider = newKey('provider', 'ed25519');
  for (const { code, currency, suite } of SIDES) {
    const ledgerSigner = newKey(`ledger-${code}`, suite);
    const coSignerKey = newKey(`cosigner-${code}`, suite);
    keys.set(ledgerSigner.keyId, { ...recordOf(ledgerSigner, code), role: 'ledger' });
    keys.set(coSignerKey.keyId, { ...recordOf(coSignerKey, code), role: 'cosigner' });
    const identity = { code, currency };
    const ledger = await createLedger({
      ...{ ...identity, clock: systemClock, accountKey: new Uint8Array(32) },
      store: stores ? createPgStore(await stores.pool('ledger', code)) : createMemoryStore(),
      notary: (start) => createNotary(identity, ledgerSigner, start),
    });
    await fund(ledger, code);
    const coSigner = createCoSigner({
      ...{ ledger: code, signers: [coSignerKey], clock: systemClock, clockErrorMs: DEFAULT_TIMES.clockErrorMs },
      store: stores ? createPgSignerStore(await stores.pool('signer', code)) : createMemorySignerStore(),
      clockIsTrusted: () => true,
    });
    const jurisdiction = createJurisdiction({
      ...{ ledger, coSigner, ledgerSigner, peers, clock: systemClock, timers: systemTimers, times: DEFAULT_TIMES },
      monotonic: systemMonotonic,
      verifier: createVerifier({ key: (keyId) => keys.get(keyId) }),
      suspenseWallet: wallet(code, 'suspense'),
      alarm: {
        raise: ({ detail, code: alarm }) => {
          throw new Error(`${alarm}: ${detail}`);
        },
      },
      legCheck: quoteCheck(recordOf(provider, PROVIDER)),
      verifyLedger: async () => undefined,
    });
    await jurisdiction.recover();
    jurisdictions.set(code, jurisdiction);
  }
  return { ...driver(jurisdictions, keys, provider), stop: async () => stores?.end() };
}

function driver(
  jurisdictions: ReadonlyMap<LedgerCode, Jurisdiction>,
  keys: ReadonlyMap<string, PvpKeyRecord>,
  provider: Signer,
): Omit<PvpScene, 'stop'> {
  const nothing = async () => undefined;
  const coordinator = createCoordinator({
    ...{ jurisdictions, clock: systemClock, timers: systemTimers },
    log: { preparing: nothing, decided: nothing, closed: nothing },
    verifier: createVerifier({ key: (keyId) => keys.get(keyId) }),
  });
  const [source, target] = SIDES as [(typeof SIDES)[number], (typeof SIDES)[number]];
  const pair: DeskPair = {
    ...{ providerBic: PROVIDER, sourceCurrency: source.currency, targetCurrency: target.currency },
    ...{ sourceLedger: source.code, targetLedger: target.code },
    sourceProviderWallet: wallet(source.code, 'provider'),
    targetProviderWallet: wallet(target.code, 'provider'),
  };
  const desk = createDesk({
    ...{ store: createMemoryDeskStore(), clock: systemClock, random: systemRandomness, routes: [[pair]] },
    quoteSigner: () => createLocalQuoteSigner(provider),
  });
  const rated = desk.setRate(pair, '0.0145', 'bench');
  return {
    async settle(count) {
      await rated;
      const request = { ...pair, requesterBic: BANK, settlementAmountMinor: AMOUNT_MINOR, exchangeRate: null };
      const offers = await desk.quoteForPayments(Array.from({ length: count }, () => request));
      return Promise.all(
        offers.map((offer) => {
          if (!offer.ok) throw new Error(offer.error.code);
          return coordinator.drive(paymentOf(offer.value.quotes[0]!));
        }),
      );
    },
    stages: () => coordinator.counts().stages,
  };
}

function paymentOf({ quote, bytes, hash, signature }: SignedQuote): PvpPayment {
  const pvpId = randomUUID() as Uetr;
  const terms = {
    ...{ protocolVersion: PROTOCOL_VERSION, pvpId },
    ...{ sourceMessageHash: random(32), destinationMessageHash: random(32) },
    legs: [
      {
        ...{ ledger: quote.sourceLedger, debitWallet: wallet(quote.sourceLedger, 'payer') },
        ...{ creditWallet: quote.sourceProviderWallet, amountMinor: quote.sourceAmountMinor },
        ...{ currency: quote.sourceCurrency, mark: null },
      },
      {
        ...{ ledger: quote.targetLedger, debitWallet: quote.targetProviderWallet },
        ...{ creditWallet: wallet(quote.targetLedger, 'payee'), amountMinor: quote.targetAmountMinor },
        ...{ currency: quote.targetCurrency, mark: null },
      },
    ],
    quotes: [{ quoteId: quote.quoteId, quoteHash: hash, providerSignature: signature }],
    ...deadlines(systemClock.now(), [quote.validUntil]),
    coSignerKeyIds: SIDES.map(({ code }) => `cosigner-${code}`),
  };
  const leg = { documentBytes: new Uint8Array(0), authorisation: null, quotes: [bytes] };
  return { pvpId, terms, termsBytes: encodeTerms(terms), perLeg: [leg, leg] };
}
