/** What the long-running commands share: log, data folder, databases, the HTTP server, and an end in good order. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type pg from 'pg';
import { type Logger, pino } from 'pino';
import type { Alarm } from '../../pvp/jurisdiction-port.js';
import { migrationsOf } from '../database-migrations.js';
import { createDrain, type Drain } from '../drain.js';
import type { GatewayNodeOptions } from '../gateway-node.js';
import { type DataFolder, openDataFolder, readPrivateFile, writePrivateFile } from '../platform/data-folder.js';
import { type DatabaseRole, openDatabases } from '../platform/databases.js';
import { migrate } from '../platform/migrate.pg.js';
import { createPool } from '../platform/pool.js';
import { pause, systemRandomness } from '../platform/runtime.js';
import { createShutdown, exitOnSignals, type Shutdown } from '../platform/shutdown.js';
import { type Command, type CommandContext, command, UsageError } from './command.js';

/** Variables of every long-running command, for its usage text. */
export const PROCESS_VARIABLES = `  OTKEL_DATA      data folder, default .otkel
  OTKEL_HOST      address to listen at, default 127.0.0.1
  OTKEL_LOG_LEVEL fatal, error, warn (default), info, debug, trace, silent`;

/** A process while it runs. */
export interface Process {
  readonly env: CommandContext['env'];
  readonly log: Logger;
  readonly shutdown: Shutdown;
  /** Opened, and made where there is none, when it is first asked for. */
  readonly folder: DataFolder;
  readonly drain: Drain;
  readonly onFailure: (what: string, error: unknown) => void;
  readonly onDoubt: GatewayNodeOptions['onDoubt'];
  readonly onFunds: GatewayNodeOptions['onFunds'];
}

const STOP_EACH_MAX_MS = 20_000;
const DRAIN_MAX_MS = 15_000;
const POOL_MAX = 8;
const DATABASE_GONE = 3;

/** A command that goes on until the process is told to stop; `run` answers what to print once it is ready. */
export const longRunning = (usage: string, run: (own: Process, context: CommandContext) => Promise<string>): Command =>
  command(usage, async (context) => {
    const log = pino({ level: logLevelOf(context.env) }, pino.destination({ dest: 2, sync: false }));
    const shutdown = createShutdown({
      eachMaxMs: STOP_EACH_MAX_MS,
      report: (name, reason) => log.error({ name, reason: String(reason) }, 'did not stop well'),
    });
    exitOnSignals(shutdown);
    const onFailure = (what: string, error: unknown): void =>
      log.error({ what, reason: error instanceof Error ? error.message : error }, 'failed');
    try {
      let opened: DataFolder | undefined;
      const own: Process = {
        env: context.env,
        log,
        shutdown,
        drain: createDrain(),
        onFailure,
        onDoubt: doubtLog(log),
        onFunds: fundsLog(log),
        get folder() {
          opened ??= openDataFolder(context.env);
          return opened;
        },
      };
      context.stdout(await run(own, context));
    } catch (error) {
      await shutdown.stop();
      throw error;
    }
    return new Promise<number>(() => undefined);
  });

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function logLevelOf(env: CommandContext['env']): string {
  const level = env.OTKEL_LOG_LEVEL || 'warn';
  if (!LOG_LEVELS.includes(level)) throw new UsageError(`OTKEL_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

/** Alarms as lines of the log. The alarm's level is `alarm` there: `level` is the log's own. */
export const alarmLog = (log: Logger): Alarm => ({
  raise: ({ level, ...alarm }) => log[level === 'page' ? 'error' : 'warn']({ alarm: level, ...alarm }, 'alarm'),
});

/** Payments that enter doubt and leave it, a line each. */
export const doubtLog =
  (log: Logger): GatewayNodeOptions['onDoubt'] =>
  (uetr, waitingFor) =>
    waitingFor ? log.warn({ uetr, waitingFor }, 'payment in doubt') : log.warn({ uetr }, 'payment in doubt has ended');

/** Funds of providers that fall below their marks, and that no longer are, a line each. */
export const fundsLog =
  (log: Logger): GatewayNodeOptions['onFunds'] =>
  ({ isLow, ...funds }) =>
    log.warn(funds, isLow ? 'funds of a provider are low' : 'funds of a provider are no longer low');

/** `PORT`, or the default; 0 takes a free one. */
export function portOf(env: CommandContext['env'], byDefault: number): number {
  const port = Number(env.PORT || byDefault);
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw new UsageError('PORT is not a port number');
  return port;
}

/** Opens and migrates the databases of these roles, at the URLs of the environment or embedded. */
export async function openPools(
  { env, log, shutdown, folder }: Process,
  roles: readonly DatabaseRole[],
): Promise<(role: DatabaseRole) => pg.Pool> {
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
    const options = { max: POOL_MAX, applicationName: `otkel-${role}`, onConnectionError };
    const pool = createPool(databases.url(role), options);
    pools.set(role, pool);
    shutdown.onStop(`pool ${role}`, () => pool.end());
    await migrate(pool, migrationsOf(role));
  }
  return (role) => {
    const pool = pools.get(role);
    if (!pool) throw new Error(`no pool for ${role}`);
    return pool;
  };
}

/** The same after a restart, so that a copy takes up its own work at once. */
export function instanceId(folder: DataFolder): string {
  const known = readPrivateFile(folder.path, 'instance-id');
  if (known) return known;
  const id = systemRandomness.uuid();
  writePrivateFile(folder.path, 'instance-id', id);
  return id;
}

/**
 * Serves until the process stops; answers the URL. The stop begins here: new requests are turned away while those under
 * way, and what `settled` waits for, come to their end, for 15 s at most.
 */
export async function serve(
  { env, shutdown, drain }: Process,
  app: RequestListener,
  port: number,
  settled: () => Promise<void> = async () => {},
): Promise<string> {
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, app);
  const url = await listen(server, hostOf(env), port);
  shutdown.onStop('http', async () => {
    await Promise.race([Promise.all([drain.begin(), settled()]), pause(DRAIN_MAX_MS)]);
    await close(server);
  });
  return url;
}

const hostOf = (env: CommandContext['env']): string => env.OTKEL_HOST || '127.0.0.1';

/** Throws a readable error where nobody could listen at the port now: before anything is made or started for it. */
export async function checkPort(env: CommandContext['env'], port: number): Promise<void> {
  const server = createServer();
  await listen(server, hostOf(env), port);
  await close(server);
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is in use: set PORT to another one`) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(`http://${host}:${typeof address === 'object' && address ? address.port : port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
