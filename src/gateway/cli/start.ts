import { createServer, type Server } from 'node:http';
import type pg from 'pg';
import { type Logger, pino } from 'pino';
import { checkConfig, type OtkelConfig } from '../config.js';
import { migrationsOf } from '../database-migrations.js';
import { demoConfig } from '../demo.js';
import { makeDemoKeys, seedDemo } from '../demo-seed.js';
import { openOtkel } from '../otkel.js';
import { type DataFolder, openDataFolder, readPrivateFile, writePrivateFile } from '../platform/data-folder.js';
import { type DatabaseRole, databaseRoles, openDatabases } from '../platform/databases.js';
import { migrate } from '../platform/migrate.pg.js';
import { createPool } from '../platform/pool.js';
import { systemClock, systemRandomness, systemTimers } from '../platform/runtime.js';
import { createShutdown, exitOnSignals, type Shutdown } from '../platform/shutdown.js';
import { createReader } from '../readers.js';
import { command, UsageError } from './command.js';
import { readKeyring } from './keyring.js';
import { startApp } from './start-app.js';

const USAGE = `Usage: otkel start

Runs the gateway and both jurisdictions of the demo corridor in one process, until SIGINT or SIGTERM.

  PORT            port on 127.0.0.1, default 8080; 0 takes a free one
  OTKEL_DATA      data folder, default .otkel
  OTKEL_QUOTE_LIFE_SECONDS
                  how long a firm quote may be used, default 600
  OTKEL_LOG_LEVEL fatal, error, warn (default), info, debug
  DATABASE_URL_GATEWAY, DATABASE_URL_LEDGER_KZ, DATABASE_URL_SIGNER_KZ, …
                  databases of your own instead of the embedded ones`;

const HOST = '127.0.0.1';
const STOP_EACH_MAX_MS = 20_000;
const POOL_MAX = 8;
const DATABASE_GONE = 3;

type Env = Readonly<Record<string, string | undefined>>;

/** `otkel start`: everything in one process. It goes on until the process is told to stop. */
export const start = command(USAGE, async ({ env, stdout }) => {
  const port = Number(env.PORT || '8080');
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw new UsageError('PORT is not a port number');
  const log = pino({ level: env.OTKEL_LOG_LEVEL || 'warn' }, pino.destination({ dest: 2, sync: false }));
  const shutdown = createShutdown({
    eachMaxMs: STOP_EACH_MAX_MS,
    report: (name, reason) => log.error({ name, reason: String(reason) }, 'did not stop well'),
  });
  exitOnSignals(shutdown);
  try {
    const url = await run(env, port, log, shutdown);
    stdout(`Otkel is open at ${url}\n\nSend a payment (in another terminal):\n  ${nextCommand(env, url)}\n`);
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
  return new Promise<number>(() => undefined);
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

async function run(env: Env, port: number, log: Logger, shutdown: Shutdown): Promise<string> {
  const folder = openDataFolder(env);
  const config = checkConfig({ ...demoConfig, quoteLifeMs: quoteLifeMs(env) });
  const pools = await openPools(env, config, folder, log, shutdown);
  await makeDemoKeys(folder.keys, systemRandomness);
  const otkel = await openOtkel({
    config,
    pool: (role) => poolOf(pools, role),
    keys: await readKeyring(config, folder, systemRandomness),
    reader: createReader(),
    instanceId: instanceId(folder),
    clock: systemClock,
    timers: systemTimers,
    random: systemRandomness,
    alarm: { raise: (alarm) => log[alarm.level === 'page' ? 'error' : 'warn'](alarm, 'alarm') },
    onFailure: (what, error) => log.error({ what, reason: error instanceof Error ? error.message : error }, 'failed'),
  });
  await seedDemo(otkel, folder.keys, systemClock);
  shutdown.onStop('otkel', () => otkel.stop());
  await otkel.start();
  const app = startApp(otkel.gateway, otkel.nodes, log, () => true);
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, app);
  const url = await listen(server, port);
  shutdown.onStop('http', () => close(server));
  return url;
}

function quoteLifeMs(env: Env): number {
  const seconds = env.OTKEL_QUOTE_LIFE_SECONDS;
  if (!seconds) return demoConfig.quoteLifeMs;
  if (!/^[1-9]\d{0,5}$/.test(seconds)) throw new UsageError('OTKEL_QUOTE_LIFE_SECONDS is a whole number, at least 1');
  return Number(seconds) * 1_000;
}

type Pools = ReadonlyMap<DatabaseRole, pg.Pool>;

async function openPools(
  env: Env,
  config: OtkelConfig,
  folder: DataFolder,
  log: Logger,
  shutdown: Shutdown,
): Promise<Pools> {
  const roles = databaseRoles(config.jurisdictions.map(({ code }) => code));
  const databases = await openDatabases(env, roles, { folder: folder.postgres });
  let isStopping = false;
  shutdown.onStop('databases', () => {
    isStopping = true;
    return databases.stop();
  });
  // Without its databases the process is of no use: whoever supervises it starts it again, and it recovers.
  void databases.embedded?.exited.then(async () => {
    if (isStopping) return;
    log.fatal('the embedded database server is gone');
    await shutdown.stop();
    process.exit(DATABASE_GONE);
  });
  const pools = new Map<DatabaseRole, pg.Pool>();
  for (const role of roles) {
    const onConnectionError = (error: Error): void => {
      // A pool has ended before its connections have: what the server says to them when it stops is no news.
      if (!isStopping) log.warn({ role, reason: error.message }, 'database connection lost');
    };
    const pool = createPool(databases.url(role), {
      max: POOL_MAX,
      applicationName: `otkel-${role}`,
      onConnectionError,
    });
    pools.set(role, pool);
    shutdown.onStop(`pool ${role}`, () => pool.end());
    await migrate(pool, migrationsOf(role));
  }
  return pools;
}

const poolOf = (pools: Pools, role: DatabaseRole): pg.Pool => {
  const pool = pools.get(role);
  if (!pool) throw new Error(`no pool for ${role}`);
  return pool;
};

/** The same after a restart, so that a copy takes up its own work at once. */
function instanceId(folder: DataFolder): string {
  const known = readPrivateFile(folder.path, 'instance-id');
  if (known) return known;
  const id = systemRandomness.uuid();
  writePrivateFile(folder.path, 'instance-id', id);
  return id;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is in use: set PORT to another one`) : error);
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(`http://${HOST}:${typeof address === 'object' && address ? address.port : port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
