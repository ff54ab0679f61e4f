import { parseArgs } from 'node:util';
import { createLocalQuoteSigner } from '../../pvp/quote-signature.js';
import { openGatewayApart } from '../apart.js';
import { enterParticipants, seedRates } from '../demo-seed.js';
import type { Installation } from '../installation.js';
import { systemClock, systemRandomness, systemTimers } from '../platform/runtime.js';
import { createReader } from '../readers.js';
import { gatewayApp } from './apps.js';
import { UsageError } from './command.js';
import { INSTALLATION_VARIABLES, readInstallationFile } from './installation-file.js';
import { readProviders } from './keyring.js';
import { readOwnKeys } from './own-keys.js';
import {
  checkPort,
  instanceId,
  longRunning,
  openPools,
  PROCESS_VARIABLES,
  type Process,
  portOf,
  serve,
} from './process.js';

const USAGE = `Usage: otkel gateway [--config FILE] [--as BIC]

Runs a gateway whose jurisdictions are elsewhere, until SIGINT or SIGTERM. Any number of copies may share one database,
each with a data folder of its own. Jurisdictions may come and go.

  --as BIC        which gateway of the configuration it is; not needed where there is one

  PORT            port, default 8080; 0 takes a free one
${INSTALLATION_VARIABLES}
${PROCESS_VARIABLES}
  DATABASE_URL_GATEWAY
                  a database of your own instead of the embedded one`;

/** `otkel gateway`. */
export const gateway = longRunning(USAGE, async (own, { argv, env }) => {
  const { values } = parseArgs({ args: [...argv], options: { config: { type: 'string' }, as: { type: 'string' } } });
  const installation = readInstallationFile(own, values.config);
  const port = portOf(env, 8080);
  await checkPort(env, port);
  const url = await run(own, installation, values.as, port);
  return `Gateway is open at ${url}\n`;
});

function ownParty({ gateways }: Installation, bic: string | undefined) {
  const [first, second] = bic === undefined ? gateways : gateways.filter((party) => party.bic === bic);
  if (!first) throw new UsageError(bic === undefined ? 'the configuration has no gateway' : `${bic} is no gateway`);
  if (second) throw new UsageError('--as says which of the gateways this is');
  return first;
}

async function run(own: Process, installation: Installation, bic: string | undefined, port: number): Promise<string> {
  const { folder, shutdown } = own;
  const [transport] = await readOwnKeys(folder.keys, ownParty(installation, bic).keys, systemClock.now());
  const providers = await readProviders(installation.config, folder);
  const pool = await openPools(own, ['gateway']);
  const opened = await openGatewayApart({
    installation,
    transport,
    pool: pool('gateway'),
    instanceId: instanceId(folder),
    quoteSigner: (provider) => createLocalQuoteSigner(providers(provider)),
    reader: createReader(),
    clock: systemClock,
    timers: systemTimers,
    random: systemRandomness,
    onFailure: own.onFailure,
    onDoubt: own.onDoubt,
    onFunds: own.onFunds,
  });
  const node = opened.gateway;
  await enterParticipants(node.register, installation.participants);
  if (installation.isDemo) await seedRates(node.desk);
  shutdown.onStop('gateway', () => node.stop());
  await node.start();
  return serve(own, gatewayApp(opened, installation, own), port, () => node.settlement.room(1));
}
