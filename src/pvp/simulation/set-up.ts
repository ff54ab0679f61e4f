import type { LedgerCode, WalletId } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import { createNotary } from '../../ledger/notary.js';
import { createOracle } from '../../ledger/oracle.js';
import type { LedgerCommand } from '../../ledger/types.js';
import { createLedger } from '../../ledger/writer.js';
import type { Disk } from './disk.js';
import { domesticSetUp, identityOf, TREASURY_BIC, TREASURY_FUNDS, treasuryWallet } from './domestic.js';
import { createSimulatedSigner } from './keys.js';
import { oracleKeyId } from './oracle-machine.js';
import { BANK_BIC, customerWallet, providerWallet, suspenseWallet } from './orders.js';
import { CUSTOMERS } from './plan.js';
import type { Random } from './random.js';
import { createLedgerImage, type Step } from './stores.js';

/** What a ledger has before anything happens. */
export interface SetUp {
  readonly history: readonly Step[];
  /** Money issued to each wallet, minor units. */
  readonly balances: ReadonlyMap<WalletId, bigint>;
}

/** The virtual clocks' start, milliseconds since 1970. */
export const STARTS_AT = 1_800_000_000_000;
/** Money of each customer, minor units; the provider's and the suspense wallet's. */
const FUNDS = [1_000_000n, 1_000_000n, 1_000_000n, 200_000n, 60_000n, 500n];
const PROVIDER_FUNDS = [5_000_000n, 5_000_000n, 150_000n];
const SUSPENSE_FUNDS = 1_000_000_000n;

/** Every world begins with one of few set-ups, to the last byte. */
const known = new Map<string, Promise<SetUp>>();

/** The wallets of a ledger opened and funded, and its domestic side registered. */
export function setUpOf(code: LedgerCode, random: Random): Promise<SetUp> {
  const providerFunds = random.pick(PROVIDER_FUNDS);
  const name = `${code} ${providerFunds}`;
  const setUp = known.get(name) ?? makeSetUp(code, providerFunds);
  known.set(name, setUp);
  return setUp;
}

const atOnce: Disk = {
  trouble: { slow: 1, full: false, down: false, unknownRate: 0 },
  read: (_life, _what, operation) => operation(),
  write: (_life, _what, operation) => operation(),
};

async function makeSetUp(code: LedgerCode, providerFunds: bigint): Promise<SetUp> {
  const image = createLedgerImage(() => undefined);
  const identity = identityOf(code);
  const clock = { now: () => STARTS_AT };
  const store = image.client({ isOver: false }, atOnce, false);
  const ledger = await createLedger({
    store,
    clock,
    ...identity,
    accountKey: new Uint8Array(32),
    notary: (start) => createNotary(identity, createSimulatedSigner(`${code}-ledger`), start),
    oracle: createOracle({ ledger: identity, store, clock, signer: createSimulatedSigner(oracleKeyId(code)) }),
  });
  const wallets = [
    ...FUNDS.slice(0, CUSTOMERS).map((money, i) => ({
      walletId: customerWallet(code, i),
      kind: 'customer' as const,
      money,
    })),
    { walletId: providerWallet(code, 'in'), kind: 'provider' as const, money: 1n },
    // A provider owns one provider's wallet a ledger; what it pays with is an ordinary one.
    { walletId: providerWallet(code, 'out'), kind: 'customer' as const, money: providerFunds },
    { walletId: suspenseWallet(code), kind: 'suspense' as const, money: SUSPENSE_FUNDS },
    { walletId: treasuryWallet(code), kind: 'treasury' as const, money: TREASURY_FUNDS },
  ];
  const opened = wallets.flatMap(({ walletId, kind, money }): LedgerCommand[] => [
    { kind: 'openWallet', wallet: { walletId, kind, ownerBic: kind === 'treasury' ? TREASURY_BIC : BANK_BIC } },
    { kind: 'issue', reference: `issue-${walletId}`, creditWallet: walletId, amountMinor: money },
  ]);
  const commands = [...opened, ...domesticSetUp(code)].map((command) => ledger.submit(command));
  const refused = (await Promise.all(commands)).filter((result) => !result.ok);
  invariant(refused.length === 0, 'the wallets are opened and funded, and what is marked is marked');
  await ledger.idle();
  return { history: image.history(), balances: new Map(wallets.map(({ walletId, money }) => [walletId, money])) };
}
