import { parseArgs } from 'node:util';
import type { LedgerCode } from '../../kernel/ids.js';
import { openJurisdictionApart } from '../apart.js';
import { enterParticipants, seedLedger } from '../demo-seed.js';
import type { Installation, JurisdictionParty } from '../installation.js';
import { systemClock, systemMonotonic, systemRandomness, systemTimers } from '../platform/runtime.js';
import { createReader } from '../readers.js';
import { jurisdictionApp } from './apps.js';
import { UsageError } from './command.js';
import { INSTALLATION_VARIABLES, readInstallationFile } from './installation-file.js';
import { secretOf } from './keyring.js';
import { readOwnKeys } from './own-keys.js';
import {
  alarmLog,
  checkPort,
  longRunning,
  openPools,
  PROCESS_VARIABLES,
  type Process,
  portOf,
  serve,
} from './process.js';

const USAGE = `Usage: otkel jurisdiction CODE [--config FILE]

Runs one ledger and its co-signer, until SIGINT or SIGTERM. Gateways and the other jurisdictions may come and go.

  PORT            port, default that of its URL in the configuration; 0 takes a free one
${INSTALLATION_VARIABLES}
${PROCESS_VARIABLES}
  DATABASE_URL_LEDGER_<CODE>, DATABASE_URL_SIGNER_<CODE>
                  databases of your own instead of the embedded ones`;

/** `otkel jurisdiction KZ`: what a central bank runs. */
export const jurisdiction = longRunning(USAGE, async (own, { argv, env }) => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { config: { type: 'string' } },
    allowPositionals: true,
  });
  const [code] = positionals;
  if (code === undefined || positionals.length > 1) throw new UsageError('the code of one jurisdiction is needed');
  const installation = readInstallationFile(own, values.config);
  const party = installation.jurisdictions.find(({ config }) => config.code === code);
  if (!party) throw new UsageError(`jurisdiction ${code} is not in the configuration`);
  const port = portOf(env, portOfUrl(party.url));
  await checkPort(env, port);
  const url = await run(own, installation, party, port);
  return `Jurisdiction ${code} is open at ${url}\n`;
});

const portOfUrl = (url: string): number => {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
};

async function run(own: Process, installation: Installation, party: JurisdictionParty, port: number): Promise<string> {
  const { code } = party.config;
  const { jurisdiction: opened, seed } = await open(own, installation, party, code);
  own.shutdown.onStop('jurisdiction', () => opened.stop());
  await seed();
  // Peers that recover at the same time are answered that this one is not ready, rather than not at all.
  const url = await serve(own, jurisdictionApp(opened, own), port);
  await opened.start();
  return url;
}

async function open(own: Process, installation: Installation, party: JurisdictionParty, code: LedgerCode) {
  const { folder, log } = own;
  const name = code.toLowerCase();
  const now = systemClock.now();
  const keysOf = (role: 'ledger' | 'cosigner' | 'confirmer') =>
    installation.keys.filter((key) => key.owner === code && key.role === role);
  const [ledgerSigner] = await readOwnKeys(folder.keys, keysOf('ledger'), now);
  const coSigners = await readOwnKeys(folder.keys, keysOf('cosigner'), now);
  const [confirmer] = await readOwnKeys(folder.keys, keysOf('confirmer'), now);
  const [transport] = await readOwnKeys(folder.keys, party.keys, now);
  const pool = await openPools(own, [`ledger-${name}`, `signer-${name}`]);
  const jurisdiction = await openJurisdictionApart({
    installation,
    code,
    transport,
    ledgerSigner,
    coSigners,
    confirmer,
    ledgerPool: pool(`ledger-${name}`),
    signerPool: pool(`signer-${name}`),
    accountKey: secretOf(folder, `account-register-${name}.key`, systemRandomness),
    reader: createReader(),
    clock: systemClock,
    monotonic: systemMonotonic,
    timers: systemTimers,
    random: systemRandomness,
    alarm: alarmLog(log),
    onFailure: own.onFailure,
  });
  const { ledger, register } = jurisdiction.node;
  return {
    jurisdiction,
    seed: async () => {
      await enterParticipants(register, installation.participants);
      if (installation.isDemo) await seedLedger(ledger);
    },
  };
}
