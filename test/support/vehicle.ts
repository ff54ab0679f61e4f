/**
 * Corridors through vehicle currencies: the demo's ledgers and three more, of currencies with two, no and three decimals,
 * and a second provider. The demo's own provider trades the first step of each.
 */
import { join } from 'node:path';
import { type CorridorConfig, type OtkelConfig, providerWallet, type StepConfig } from '../../src/gateway/config.js';
import { DEMO_PROVIDER, type DemoKey, demoConfig } from '../../src/gateway/demo.js';
import { demoRegistrations, enterParticipants, seedLedger } from '../../src/gateway/demo-seed.js';
import { readPublicKeyFile } from '../../src/gateway/identity/key-file.js';
import type { Participant } from '../../src/gateway/identity/participants.js';
import type { Otkel } from '../../src/gateway/otkel.js';
import type { Clock } from '../../src/kernel/clock.js';
import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { invariant, type Result } from '../../src/kernel/result.js';
import type { Ledger, LedgerCommand } from '../../src/ledger/types.js';
import type { Scene } from './stack.js';

const code = (text: string) => text as LedgerCode;
/** The provider that trades on from a vehicle currency. */
export const SECOND_PROVIDER = 'DOLRUS20' as Bic;
export const secondWallet = (ledger: string) => `${ledger}-FX-${SECOND_PROVIDER}` as WalletId;

const OTHERS = [
  { code: code('US'), currency: 'USD', timeZone: 'America/New_York', suite: 'p256', clearingSystem: 'USDCB' },
  { code: code('JP'), currency: 'JPY', timeZone: 'Asia/Tokyo', suite: 'ed25519', clearingSystem: 'JPDCB' },
  { code: code('KW'), currency: 'KWD', timeZone: 'Asia/Kuwait', suite: 'secp256k1', clearingSystem: 'KWDCB' },
] as const satisfies OtkelConfig['jurisdictions'];

/** From `ledgers[0]` through the next ones to the last; the providers take turns. */
function corridor(...ledgers: readonly string[]): CorridorConfig {
  const steps = ledgers.slice(0, -1).map((from, i): StepConfig & { ledger: LedgerCode } => {
    const to = ledgers[i + 1] ?? '';
    return i % 2 === 0
      ? { ledger: code(from), provider: DEMO_PROVIDER }
      : {
          ...{ ledger: code(from), provider: SECOND_PROVIDER },
          ...{ sourceWallet: secondWallet(from), targetWallet: secondWallet(to) },
        };
  });
  const [first, ...via] = steps;
  invariant(first, 'a corridor has two ledgers');
  const { ledger: source, ...step } = first;
  return { source, destination: code(ledgers.at(-1) ?? ''), ...step, via, amountMaxMinor: '5000000000000' };
}

/** KZT → USD → CNY alone, or with the other corridors. */
export const vehicleConfig = (ledgers: readonly string[] = ['KZ', 'US', 'CN', 'JP', 'KW']): OtkelConfig => ({
  ...demoConfig,
  // A loaded machine must not turn a slow test into AB03.
  ...{ prepareMs: 20_000, voteMs: 40_000 },
  jurisdictions: [...demoConfig.jurisdictions, ...OTHERS].filter((one) => ledgers.includes(one.code)),
  corridors: [
    corridor('KZ', 'US', 'CN'),
    corridor('KZ', 'JP', 'KW'),
    corridor('KZ', 'KW', 'JP'),
    corridor('CN', 'US', 'JP', 'KZ'),
  ].filter(({ source, destination, via = [] }) =>
    [source, destination, ...via.map(({ ledger }) => ledger)].every((one) => ledgers.includes(one)),
  ),
});

export const RATES: Readonly<Record<string, string>> = {
  ...{ 'KZT-USD': '0.00193', 'USD-CNY': '7.1167', 'KZT-JPY': '0.2983', 'JPY-KWD': '0.00205' },
  ...{ 'KZT-KWD': '0.000591', 'KWD-JPY': '487.31', 'CNY-USD': '0.1405', 'USD-JPY': '154.7', 'JPY-KZT': '3.3519' },
};

/** A bank at the end of a corridor, beside those of the demo. */
export const BANKS = [
  { bic: 'NIPPJP20' as Bic, ledger: code('JP'), account: '0001234567', walletId: 'JP-NIPPJP20-1' as WalletId },
  { bic: 'GULFKW20' as Bic, ledger: code('KW'), account: 'KW0001234567', walletId: 'KW-GULFKW20-1' as WalletId },
] as const;

/** Minor units that each provider has on each ledger besides what the demo gives: one million USD, CNY or KZT. */
const PROVIDER_MINOR = 100_000_000n;

const participant = (bic: Bic, changes: Partial<Participant>): Participant => ({
  ...{ bic, name: `${bic} (test)`, role: 'bank', ledger: null, profile: 'customer', rules: 'base', characters: 'all' },
  ...{ pacs008Version: 'pacs.008.001.08', withHeader: false, headerVersion: 'head.001.001.02' },
  ...changes,
});

const CALLERS: readonly (DemoKey & { readonly as: Participant })[] = [
  {
    ...{ keyId: `provider-${SECOND_PROVIDER.toLowerCase()}`, owner: SECOND_PROVIDER, suite: 'p256' },
    as: participant(SECOND_PROVIDER, { role: 'provider' }),
  },
  ...BANKS.map(({ bic, ledger }) => ({
    ...{ keyId: `bank-${bic.toLowerCase()}`, owner: bic, suite: 'ed25519' as const },
    as: participant(bic, { ledger }),
  })),
];

/** The key that a bank or the second provider calls with. */
export const callerKey = (bic: Bic): string => {
  const found = CALLERS.find(({ owner }) => owner === bic);
  invariant(found, `${bic} has a key`);
  return found.keyId;
};

const submit = async (ledger: Ledger, command: LedgerCommand): Promise<void> => must(await ledger.submit(command));

async function seedWallets(ledger: Ledger): Promise<void> {
  await seedLedger(ledger);
  const own = { walletId: secondWallet(ledger.code), kind: 'provider', ownerBic: SECOND_PROVIDER } as const;
  await submit(ledger, { kind: 'openWallet', wallet: own });
  for (const creditWallet of [providerWallet(ledger.code), own.walletId])
    await submit(ledger, {
      ...{ kind: 'issue', reference: `test:${creditWallet}`, creditWallet, amountMinor: PROVIDER_MINOR },
    });
  for (const { bic, account, walletId } of BANKS.filter((bank) => bank.ledger === ledger.code)) {
    await submit(ledger, { kind: 'openWallet', wallet: { walletId, kind: 'customer', ownerBic: bic } });
    await submit(ledger, { kind: 'registerAccount', agentBic: bic, accountId: account, walletId });
  }
}

async function seed({ nodes, gateway }: Otkel, keysFolder: string, clock: Clock): Promise<void> {
  const path = (keyId: string) => join(keysFolder, `${keyId}.json`);
  const own = CALLERS.map(async ({ keyId, as }) => {
    const { suite, owner, publicKey } = await readPublicKeyFile(path(keyId));
    return { participant: as, keys: [{ keyId, suite, owner, publicKey, validFrom: clock.now(), validTo: null }] };
  });
  const all = [...(await demoRegistrations(path, clock.now())), ...(await Promise.all(own))];
  for (const { ledger, register } of nodes) {
    await seedWallets(ledger);
    await enterParticipants(register, all);
  }
  await enterParticipants(gateway.register, all);
  const currencies = new Set(nodes.map(({ config }) => config.currency));
  for (const [pair, rate] of Object.entries(RATES)) {
    const [sourceCurrency = '', targetCurrency = ''] = pair.split('-');
    if (!currencies.has(sourceCurrency) || !currencies.has(targetCurrency)) continue;
    const set = await gateway.desk.setRate({ sourceCurrency, targetCurrency }, rate, 'test');
    invariant(set.ok || set.error.code === 'PAIR_NOT_TRADED', pair);
  }
}

export const vehicleScene: Scene = {
  keys: [
    ...CALLERS,
    ...OTHERS.flatMap(({ code: ledger, suite }) =>
      ['ledger', 'cosigner', 'confirmer'].map((role) => ({
        ...{ keyId: `${role}-${ledger.toLowerCase()}`, owner: DEMO_PROVIDER, suite },
      })),
    ),
  ],
  seed,
};

function must<T, E extends { code: string }>(result: Result<T, E>): void {
  invariant(result.ok, result.ok ? '' : result.error.code);
}
