/** Makes the demo corridor of `demo.ts` real: keys on disk, registers, wallets, liquidity, rates. Repeatable. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Randomness } from '../kernel/clock.js';
import { invariant, type Result } from '../kernel/result.js';
import { generateKeyPair } from '../kernel/suites.js';
import type { Ledger, LedgerCommand } from '../ledger/types.js';
import type { Desk } from '../pvp/desk.js';
import {
  DEMO_CALLER_KEYS,
  DEMO_OPERATOR,
  DEMO_RATES,
  type DemoKey,
  demoConfig,
  demoParticipants,
  demoWallets,
} from './demo.js';
import { readPublicKeyFile, writeKeyFiles, writePublicKeyFile } from './identity/key-file.js';
import type { ParticipantRegister } from './identity/participants.js';
import type { Otkel } from './otkel.js';

/** Keys of the jurisdictions themselves: ledger (and notary) and co-signer. */
const jurisdictionKeys = (): DemoKey[] =>
  demoConfig.jurisdictions.flatMap(({ code, suite }) =>
    ['ledger', 'cosigner'].map((role) => ({ keyId: `${role}-${code.toLowerCase()}`, owner: DEMO_OPERATOR, suite })),
  );

/** Writes the keys that aren't there yet, and the public half where a killed process wrote the other one only. */
export async function makeDemoKeys(folder: string, random: Randomness): Promise<void> {
  for (const { keyId, owner, suite } of [...DEMO_CALLER_KEYS, ...jurisdictionKeys()]) {
    const keyPath = join(folder, `${keyId}.json`);
    if (!existsSync(keyPath)) {
      const pair = generateKeyPair(suite, (count) => random.bytes(count));
      await writeKeyFiles(folder, keyId, owner, pair);
    } else if (!existsSync(join(folder, `${keyId}.pub.json`))) {
      await writePublicKeyFile(folder, await readPublicKeyFile(keyPath));
    }
  }
}

/** Enters the participants and their callers' keys into a register, as of now where they are new. */
async function seedRegister(register: ParticipantRegister, folder: string, clock: Clock): Promise<void> {
  for (const participant of demoParticipants()) must(await register.addParticipant(participant));
  for (const { keyId } of DEMO_CALLER_KEYS) {
    if (await register.key(keyId)) continue;
    const { suite, owner, publicKey } = await readPublicKeyFile(join(folder, `${keyId}.json`));
    must(await register.addKey({ keyId, owner, suite, publicKey, validFrom: clock.now(), validTo: null }));
  }
}

/** Opens the wallets, registers the accounts and issues the liquidity; what is there already stays as it is. */
async function seedLedger(ledger: Ledger): Promise<void> {
  for (const wallet of demoWallets(ledger.code)) {
    const { walletId, kind, ownerBic, account, issueMinor } = wallet;
    await submit(ledger, { kind: 'openWallet', wallet: { walletId, kind, ownerBic } }, 'WALLET_EXISTS');
    if (account !== null)
      await submit(
        ledger,
        { kind: 'registerAccount', agentBic: ownerBic, accountId: account, walletId },
        'ACCOUNT_TAKEN',
      );
    if (issueMinor > 0n)
      await submit(ledger, {
        kind: 'issue',
        reference: `demo:${walletId}`,
        creditWallet: walletId,
        amountMinor: issueMinor,
      });
  }
}

async function submit(ledger: Ledger, command: LedgerCommand, fine?: string): Promise<void> {
  const result = await ledger.submit(command);
  invariant(result.ok || result.error.code === fine, `${command.kind}: ${result.ok ? '' : result.error.code}`);
}

/** Registers of the ledgers and of the gateway, wallets with their liquidity, and rates. */
export async function seedDemo(otkel: Otkel, keysFolder: string, clock: Clock): Promise<void> {
  for (const { ledger, register } of otkel.nodes) {
    await seedLedger(ledger);
    await seedRegister(register, keysFolder, clock);
  }
  await seedRegister(otkel.gateway.register, keysFolder, clock);
  await seedRates(otkel.gateway.desk);
}

/** Sets the opening rates where the desk has none. */
async function seedRates(desk: Desk): Promise<void> {
  for (const { source, target, rate } of DEMO_RATES) {
    const pair = { sourceCurrency: source, targetCurrency: target };
    if (!(await desk.currentRate(pair)).ok) must(await desk.setRate(pair, rate, 'demo'));
  }
}

function must<T, E extends { code: string }>(result: Result<T, E>): void {
  invariant(result.ok, result.ok ? '' : result.error.code);
}
