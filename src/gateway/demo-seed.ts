/** Makes the demo corridor of `demo.ts` real: keys on disk, registers, wallets, liquidity, rates. Repeatable. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Randomness } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';
import { invariant, type Result } from '../kernel/result.js';
import { generateKeyPair } from '../kernel/suites.js';
import type { Ledger, LedgerCommand } from '../ledger/types.js';
import type { Desk } from '../pvp/desk.js';
import {
  centralBank,
  DEMO_CALLER_KEYS,
  DEMO_CARDS,
  type DemoKey,
  demoConfig,
  demoParticipants,
  demoWallets,
} from './demo.js';
import { readPublicKeyFile, writeKeyFiles, writePublicKeyFile } from './identity/key-file.js';
import type { ParticipantRequest } from './identity/participant-request.js';
import type { ParticipantRegister } from './identity/participants.js';
import type { Otkel } from './otkel.js';

/** Keys of a jurisdiction itself: ledger (and notary), co-signer, and the oracle's for blocks. */
export const jurisdictionKeys = (code: LedgerCode): DemoKey[] => {
  const suite = demoConfig.jurisdictions.find((jurisdiction) => jurisdiction.code === code)?.suite;
  invariant(suite, `jurisdiction ${code} is in the demo`);
  return ['ledger', 'cosigner', 'confirmer'].map((role) => ({
    keyId: `${role}-${code.toLowerCase()}`,
    owner: centralBank(code),
    suite,
  }));
};

/** Every key of the demo, where one folder holds all. */
export const makeDemoKeys = (folder: string, random: Randomness): Promise<void> =>
  makeKeys(
    folder,
    [...DEMO_CALLER_KEYS, ...demoConfig.jurisdictions.flatMap(({ code }) => jurisdictionKeys(code))],
    random,
  );

/** Writes the keys that aren't there yet, and the public half where a killed process wrote the other one only. */
export async function makeKeys(folder: string, keys: readonly DemoKey[], random: Randomness): Promise<void> {
  for (const { keyId, owner, suite } of keys) {
    const keyPath = join(folder, `${keyId}.json`);
    if (!existsSync(keyPath)) {
      const pair = generateKeyPair(suite, (count) => random.bytes(count));
      await writeKeyFiles(folder, keyId, owner, pair);
    } else if (!existsSync(join(folder, `${keyId}.pub.json`))) {
      await writePublicKeyFile(folder, await readPublicKeyFile(keyPath));
    }
  }
}

/** The participants with their callers' keys; `path` answers a file that has the public half of a key. */
export async function demoRegistrations(path: (keyId: string) => string, now = 0): Promise<ParticipantRequest[]> {
  const keys = await Promise.all(DEMO_CALLER_KEYS.map(({ keyId }) => readPublicKeyFile(path(keyId))));
  return demoParticipants().map((participant) => ({
    participant,
    keys: keys
      .filter(({ owner }) => owner === participant.bic)
      .map(({ keyId, owner, suite, publicKey }) => ({ keyId, owner, suite, publicKey, validFrom: now, validTo: null })),
  }));
}

/** Enters participants and their keys into a register; those that are there already stay as they are. */
export async function enterParticipants(
  register: ParticipantRegister,
  requests: readonly ParticipantRequest[],
): Promise<void> {
  for (const { participant, keys } of requests) {
    must(await register.addParticipant(participant));
    for (const key of keys) if (!(await register.key(key.keyId))) must(await register.addKey(key));
  }
}

/** Opens the wallets, registers the accounts and issues the liquidity; what is there already stays as it is. */
export async function seedLedger(ledger: Ledger): Promise<void> {
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
  const participants = await demoRegistrations((keyId) => join(keysFolder, `${keyId}.json`), clock.now());
  for (const { ledger, register } of otkel.nodes) {
    await seedLedger(ledger);
    await enterParticipants(register, participants);
  }
  await enterParticipants(otkel.gateway.register, participants);
  await seedRates(otkel.gateway.desk);
}

/** Sets the opening rates of pairs where the desk has none. */
export async function seedRates(desk: Desk): Promise<void> {
  const lacking: (typeof DEMO_CARDS)[number][] = [];
  for (const card of DEMO_CARDS) {
    const current = await desk.currentRate({ sourceCurrency: card.unitCurrency, targetCurrency: card.quotedCurrency });
    if (!current.ok) lacking.push(card);
  }
  if (lacking.length > 0) await desk.setCards(lacking, 'demo');
}

function must<T, E extends { code: string }>(result: Result<T, E>): void {
  invariant(result.ok, result.ok ? '' : result.error.code);
}
