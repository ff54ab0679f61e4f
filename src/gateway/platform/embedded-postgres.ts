import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { createDatabases } from './create-databases.pg.js';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { makeServerFolder, makeSocketFolder, openPostgresFolder, type PostgresFolder } from './postgres-folder.js';
import { lockFile, processCommand, processStart } from './process-lock.js';
import { pause } from './runtime.js';
import { type ServerUser, serverUser } from './server-user.js';

/** A PostgreSQL server of this process's own. Nobody else's program can reach it: private socket and password. */
export interface EmbeddedPostgres {
  /** Connection string of a database on it. */
  url(database: string): string;
  /** Creates those of the databases that don't exist. */
  createDatabases(names: readonly string[]): Promise<void>;
  /** Process id of the server. */
  readonly pid: number;
  /** Resolves when the server has gone, asked to or not. */
  readonly exited: Promise<void>;
  /** Ends connections and transactions, writes everything out, and returns when the server has gone. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of this server alone; made if absent. */
  readonly folder: string;
  /** Server settings over the defaults below, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

const USER = 'otkel';
const POLL_MS = 20;
/** After a crash the server replays its log before it answers. */
const START_MAX_MS = 180_000;
const STOP_MAX_MS = 30_000;
const ABORT_MAX_MS = 10_000;
const LOG_MAX_BYTES = 8 * 1024 * 1024;

const MEGABYTE = 2 ** 20;
const SHARED_BUFFERS_MEGABYTES = { min: 128, max: 8_192 };

/** A quarter of the memory that this process may use, as PostgreSQL's manual advises (19.4.1). Pages are taken when used. */
function sharedBuffers(): string {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const quarter = Math.floor(memory / 4 / MEGABYTE);
  return `${Math.max(SHARED_BUFFERS_MEGABYTES.min, Math.min(quarter, SHARED_BUFFERS_MEGABYTES.max))}MB`;
}

/** For a machine of 2 cores and 2 GB or more; durability is PostgreSQL's full default. */
const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: sharedBuffers(),
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  wal_buffers: '16MB',
  checkpoint_timeout: '10min',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // The log must not repeat what a statement carried: amounts, names, keys.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const run = promisify(execFile);

/**
 * Starts the server on `folder`, making its cluster first if there is none (UTF-8, C collation). A server that a
 * killed process of ours left on the folder is stopped first; an unclean end is recovered by PostgreSQL. Throws
 * `LockedError` while another process uses the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = serverUser();
  const binaries = await postgresBinaries(user);
  const folder = openPostgresFolder(options.folder, user);
  const unlock = lockFile(folder.lock, `the database in ${options.folder}`);
  try {
    await stopLeftover(folder.data);
    removeUnfinished(folder.data);
    if (!existsSync(folder.data)) await initialise(binaries, folder);
    return await launch(binaries, folder, options.settings ?? {}, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

const UNFINISHED = /^data\.[0-9a-f]+\.new$/;

/** Clusters that a killed process did not finish. Its initdb may still write into one: that one goes another time. */
function removeUnfinished(data: string): void {
  const home = dirname(data);
  for (const name of readdirSync(home)) {
    if (!UNFINISHED.test(name)) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

/**
 * Made under another name and renamed when whole, so that an interrupted first start leaves no half cluster. The name
 * is new each time: the initdb of a killed process outlives it, and two must not write into one folder.
 */
async function initialise(binaries: PostgresBinaries, folder: PostgresFolder): Promise<void> {
  const part = `${folder.data}.${randomBytes(4).toString('hex')}.new`;
  const passwordFile = `${folder.data}.password`;
  makeServerFolder(part, folder.user);
  try {
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, folder.password, { mode: 0o600 });
    if (folder.user !== undefined) chownSync(passwordFile, folder.user.uid, folder.user.gid);
    const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
    await run(binaries.initdb, ['-D', part, '-U', USER, `--pwfile=${passwordFile}`, ...flags], {
      ...folder.user,
      cwd: part,
      env: serverEnvironment(),
    });
    renameSync(part, folder.data);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr ?? String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** PG… variables meant for other servers must not reach this one. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(entries), LC_ALL: 'C' };
}

/** Stops the server that a killed process left running on the folder. */
async function stopLeftover(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const startedAt = Number.isInteger(pid) && pid > 0 ? processStart(pid) : undefined;
  const command = startedAt === undefined ? '' : processCommand(pid);
  if (command !== undefined && !(command.includes('postgres') && command.includes(data))) {
    // The number is nobody's, or is now another program's, which PostgreSQL would take for its own running server. It
    // ignores its parent's number but still checks the shared memory, so that children of a killed server aren't missed.
    writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'));
    return;
  }
  const gone = () => processStart(pid) !== startedAt;
  for (const [signal, waitMs] of stopSteps) {
    signalProcess(pid, signal);
    if (await until(gone, waitMs)) return;
  }
  throw new Error(`the server left running on ${data} (process ${pid}) does not stop`);
}

const stopSteps: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', STOP_MAX_MS],
  ['SIGQUIT', ABORT_MAX_MS],
  ['SIGKILL', ABORT_MAX_MS],
];

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function until(condition: () => boolean, maxMs: number): Promise<boolean> {
  for (const end = performance.now() + maxMs; performance.now() < end; await pause(POLL_MS)) {
    if (condition()) return true;
  }
  return condition();
}

interface Address {
  readonly arguments: readonly string[];
  readonly host: string;
  readonly port: number;
  close(): void;
}

/** A private socket; on Windows, whose Node.js has none, a free port of the loopback address. */
async function chooseAddress(folder: PostgresFolder): Promise<Address> {
  if (process.platform === 'win32') {
    const port = await freePort();
    const flags = ['-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`];
    return { arguments: flags, host: '127.0.0.1', port, close: () => undefined };
  }
  const socket = makeSocketFolder(folder.data, folder.user);
  const flags = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${socket}`, '-c', 'port=5432'];
  const close = () => rmSync(socket, { recursive: true, force: true });
  return { arguments: [...flags, '-c', 'unix_socket_permissions=0700'], host: socket, port: 5432, close };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

async function launch(
  binaries: PostgresBinaries,
  folder: PostgresFolder,
  settings: Readonly<Record<string, string>>,
  unlock: () => void,
): Promise<EmbeddedPostgres> {
  const address = await chooseAddress(folder);
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', folder.data, ...address.arguments, ...flags];
  const url = urlAt(folder, address);
  for (const end = performance.now() + START_MAX_MS; ; await pause(POLL_MS * 10)) {
    const logFrom = logSize(folder.log);
    const server = spawnServer(binaries.postgres, args, folder);
    const failure = await untilReady(server, url('postgres'), end);
    if (failure === undefined) return running(server, folder.user, url, address, unlock);
    const log = readFileSync(folder.log, 'utf8').slice(logFrom).trim();
    // Children of a killed server take a moment to notice that it has gone.
    const orphans = log.includes('pre-existing shared memory block');
    if (!orphans || performance.now() >= end) {
      address.close();
      throw new Error(`the embedded PostgreSQL did not start: ${failure}\n${log.slice(-2000)}`);
    }
  }
}

const urlAt =
  ({ password }: PostgresFolder, { host, port }: Pick<Address, 'host' | 'port'>) =>
  (database: string): string =>
    `postgresql://${USER}:${password}@/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}&port=${port}`;

/**
 * Connection strings of the server that another process runs on `folder`; undefined when none runs. Nothing keeps it
 * from being stopped.
 */
export function runningPostgres(options: EmbeddedPostgresOptions): ((database: string) => string) | undefined {
  const folder = openPostgresFolder(options.folder, serverUser());
  const pidFile = join(folder.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  // Process id, data folder, start, port, socket folder, address.
  const [pid, , , port, socket, host] = readFileSync(pidFile, 'utf8').split('\n');
  if (processStart(Number(pid)) === undefined) return undefined;
  return urlAt(folder, { host: socket || host || '127.0.0.1', port: Number(port) });
}

const logSize = (path: string): number => (existsSync(path) ? readFileSync(path, 'utf8').length : 0);

interface Server {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  hasExited(): boolean;
}

function spawnServer(postgres: string, args: readonly string[], folder: PostgresFolder): Server {
  if (existsSync(folder.log) && statSync(folder.log).size > LOG_MAX_BYTES) renameSync(folder.log, `${folder.log}.1`);
  const log = openSync(folder.log, 'a', 0o600);
  // A session of its own: Ctrl-C at the terminal must reach the gateway, which stops the server when it is done.
  const child = spawn(postgres, args, {
    ...folder.user,
    cwd: folder.data,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  closeSync(log);
  let over = false;
  const exited = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    child.on('exit', end);
    child.on('error', end);
  });
  return { child, exited, hasExited: () => over };
}

/** Undefined when the server answers; else why it doesn't, and it has gone. */
async function untilReady(server: Server, url: string, end: number): Promise<string | undefined> {
  let last = '';
  while (!server.hasExited() && performance.now() < end) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return undefined;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
      await client.end().catch(() => undefined);
    }
    await pause(POLL_MS);
  }
  if (server.hasExited()) return 'it ended at once';
  await stopServer(server);
  return last;
}

async function stopServer(server: Server): Promise<void> {
  for (const [signal, waitMs] of stopSteps) {
    if (server.hasExited()) return;
    server.child.kill(signal);
    if (await until(server.hasExited, waitMs)) return;
  }
  throw new Error(`the embedded PostgreSQL (process ${server.child.pid}) does not stop`);
}

/**
 * A shell that outlives this process by a moment: when the pipe to it closes without a word, this process was killed,
 * and it asks the server to end. It runs as the server's user, so it can reach nobody else's processes.
 */
function watchParent(server: Server, user: ServerUser | undefined): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'read word; test "$word" = done || kill -INT "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'otkel-watch', String(server.child.pid)], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  return () => watcher.stdin.end('done\n');
}

function running(
  server: Server,
  user: ServerUser | undefined,
  url: (database: string) => string,
  address: Address,
  unlock: () => void,
): EmbeddedPostgres {
  const dismiss = watchParent(server, user);
  const exited = server.exited.then(() => {
    dismiss();
    address.close();
    unlock();
  });
  return {
    url,
    pid: server.child.pid ?? 0,
    exited,
    createDatabases: (names) => createDatabases(url('postgres'), names),
    stop: async () => {
      await stopServer(server);
      await exited;
    },
  };
}
