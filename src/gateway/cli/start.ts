import { parseArgs } from 'node:util';
import { checkConfig } from '../config.js';
import { demoConfig } from '../demo.js';
import { makeDemoKeys, seedDemo } from '../demo-seed.js';
import { openOtkel } from '../otkel.js';
import { databaseRoles } from '../platform/databases.js';
import { systemClock, systemMonotonic, systemRandomness, systemTimers } from '../platform/runtime.js';
import { createReader } from '../readers.js';
import { wholeApp } from './apps.js';
import { type CommandContext, UsageError } from './command.js';
import { readKeyring } from './keyring.js';
import {
  alarmLog,
  checkPort,
  instanceId,
  longRunning,
  openPools,
  PROCESS_VARIABLES,
  type Process,
  portOf,
  serve,
} from './process.js';

const USAGE = `Usage: otkel start

Runs the gateway and both jurisdictions of the demo corridor in one process, until SIGINT or SIGTERM.

  PORT            port, default 8080; 0 takes a free one
${PROCESS_VARIABLES}
  OTKEL_QUOTE_LIFE_SECONDS
                  how long a firm quote may be used, default 600
  DATABASE_URL_GATEWAY, DATABASE_URL_LEDGER_KZ, DATABASE_URL_SIGNER_KZ, …
                  databases of your own instead of the embedded ones`;

type Env = CommandContext['env'];

/** `otkel start`: everything in one process. */
export const start = longRunning(USAGE, async (own, { argv, env }) => {
  parseArgs({ args: [...argv], options: {} });
  const port = portOf(env, 8080);
  await checkPort(env, port);
  const url = await run(own, port);
  return `Otkel is open at ${url}\n\nSend a payment (in another terminal):\n  ${nextCommand(env, url)}\n`;
});

/** What to type next; it finds this copy when it isn't the default one. */
function nextCommand(env: Env, url: string): string {
  const port = new URL(url).port;
  const variables = [
    ...(port === '8080' ? [] : [`PORT=${port}`]),
    ...(env.OTKEL_DATA ? [`OTKEL_DATA='${env.OTKEL_DATA}'`] : []),
  ];
  return [...variables, 'npm run -s otkel -- send'].join(' ');
}

async function run(own: Process, port: number): Promise<string> {
  const { env, folder, log, shutdown } = own;
  const config = checkConfig({ ...demoConfig, quoteLifeMs: quoteLifeMs(env) });
  const pool = await openPools(own, databaseRoles(config.jurisdictions.map(({ code }) => code)));
  await makeDemoKeys(folder.keys, systemRandomness);
  const otkel = await openOtkel({
    config,
    pool,
    keys: await readKeyring(config, folder, systemRandomness),
    reader: createReader(),
    instanceId: instanceId(folder),
    clock: systemClock,
    monotonic: systemMonotonic,
    timers: systemTimers,
    random: systemRandomness,
    alarm: alarmLog(log),
    onFailure: own.onFailure,
    onDoubt: own.onDoubt,
    onFunds: own.onFunds,
  });
  await seedDemo(otkel, folder.keys, systemClock);
  shutdown.onStop('otkel', () => otkel.stop());
  await otkel.start();
  return serve(own, wholeApp(otkel.gateway, otkel.nodes, own), port, () => otkel.gateway.settlement.room(1));
}

function quoteLifeMs(env: Env): number {
  const seconds = env.OTKEL_QUOTE_LIFE_SECONDS;
  if (!seconds) return demoConfig.quoteLifeMs;
  if (!/^[1-9]\d{0,5}$/.test(seconds)) throw new UsageError('OTKEL_QUOTE_LIFE_SECONDS is a whole number, at least 1');
  return Number(seconds) * 1_000;
}
