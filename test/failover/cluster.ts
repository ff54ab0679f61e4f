import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { pause } from '../../src/gateway/platform/runtime.js';
import { type ServerUser, serverUser } from '../../src/gateway/platform/server-user.js';

/** PostgreSQL as Debian packages it: the embedded one has no tools for replicas. */
export interface PostgresTools {
  readonly initdb: string;
  readonly postgres: string;
  readonly basebackup: string;
}

const DEBIAN = '/usr/lib/postgresql';
const VERSION_LEAST = 15;
const WAIT_MS = 30_000;

/** The newest version installed; null, with a line that says so, where there is none. */
export function findPostgresTools(check: string): PostgresTools | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  for (const version of versions.filter((found) => found >= VERSION_LEAST).sort((a, b) => b - a)) {
    const [initdb, postgres, basebackup] = ['initdb', 'postgres', 'pg_basebackup'].map((name) =>
      join(DEBIAN, String(version), 'bin', name),
    );
    if (initdb && postgres && basebackup && [initdb, postgres, basebackup].every((path) => existsSync(path)))
      return { initdb, postgres, basebackup };
  }
  console.log(`not run: ${check} (no PostgreSQL of Debian with pg_basebackup in ${DEBIAN})`);
  return null;
}

/** An address that stays while the server behind it changes, and that can go silent. */
export interface Address {
  readonly port: number;
  /** Where new connections go; those that are open stay where they are. */
  target(socketPath: string): void;
  /** Ends all connections and accepts no new ones until it is given a target. */
  cut(): void;
  close(): Promise<void>;
}

async function openAddress(): Promise<Address> {
  let to: string | null = null;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (to === null) {
      client.destroy();
      return;
    }
    const behind = dial(to);
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    to = null;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    target: (socketPath) => {
      to = socketPath;
    },
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Server {
  readonly socketPath: string;
  readonly url: (database: string) => string;
  /** `kill -9`, and no word to anybody. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A server with one asynchronous replica, reached by one address that follows whichever is the primary. */
export interface Cluster {
  /** The servers' own clients: through the address, so that they follow a failover. */
  readonly url: (database: string) => string;
  query(database: string, text: string): Promise<pg.QueryResult>;
  /** Everything written until now is in the replica, and nothing that is written from now on gets there. */
  cutReplica(): Promise<void>;
  /** The replica becomes the primary; the old one is killed, or lives on with whoever is connected to it. */
  failOver(oldPrimary: 'dies' | 'lives'): Promise<void>;
  /** A new replica of whoever is the primary now. */
  addReplica(): Promise<void>;
  close(): Promise<void>;
}

/** `fsync` is off: what dies here are processes, not the machine. Shared memory in the data folder goes with it. */
const SETTINGS = [
  ...['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', 'max_connections=300', 'wal_keep_size=64'],
  ...['dynamic_shared_memory_type=mmap', 'wal_retrieve_retry_interval=50ms'],
];

export async function openCluster(tools: PostgresTools): Promise<Cluster> {
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'otkel-failover-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const [front, replication] = [await openAddress(), await openAddress()];
  const servers: Server[] = [];
  const start = async (name: string): Promise<Server> => {
    const server = await startServer(tools, join(folder, name), user);
    servers.push(server);
    return server;
  };

  await run(
    tools.initdb,
    ['-D', join(folder, '1'), '-U', 'otkel', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    user,
  );
  let primary = await start('1');
  let replica: Server | null = null;
  front.target(primary.socketPath);

  const on = async (server: Server, text: string, database = 'postgres'): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString: server.url(database) });
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  };
  const scalar = async (server: Server, text: string): Promise<unknown> =>
    Object.values((await on(server, text)).rows[0] as object)[0];
  const replicaOf = (): Server => {
    if (!replica) throw new Error('there is a replica');
    return replica;
  };

  return {
    url: (database) => `postgresql://otkel@127.0.0.1:${front.port}/${database}`,
    query: (database, text) => on(primary, text, database),
    async cutReplica() {
      const written = await scalar(primary, 'SELECT pg_current_wal_flush_lsn()::text');
      const follower = replicaOf();
      await until(
        async () => scalar(follower, `SELECT pg_last_wal_replay_lsn() >= '${written}'`),
        'the replica follows',
      );
      replication.cut();
    },
    async failOver(oldPrimary) {
      const next = replicaOf();
      if (oldPrimary === 'dies') {
        await primary.kill();
        front.cut();
      }
      await on(next, 'SELECT pg_promote(true, 30)');
      front.target(next.socketPath);
      [primary, replica] = [next, null];
    },
    async addReplica() {
      const name = String(servers.length + 1);
      const data = join(folder, name);
      replication.target(primary.socketPath);
      const from = `host=127.0.0.1 port=${replication.port} user=otkel`;
      await run(tools.basebackup, ['-d', from, '-D', data, '-R', '-X', 'stream', '-c', 'fast', '-N'], user);
      replica = await start(name);
    },
    async close() {
      await Promise.all([front.close(), replication.close()]);
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const execute = promisify(execFile);
const run = (program: string, args: readonly string[], user: ServerUser | undefined) =>
  execute(program, [...args], { ...user, cwd: '/', env: { LC_ALL: 'C' } });

async function startServer(tools: PostgresTools, data: string, user: ServerUser | undefined): Promise<Server> {
  const run = `${data}-run`;
  mkdirSync(run, { mode: 0o700 });
  if (user) chownSync(run, user.uid, user.gid);
  const settings = [...SETTINGS, 'listen_addresses=', `unix_socket_directories=${run}`, 'port=5432'];
  const args = settings.flatMap((setting) => ['-c', setting]);
  const child: ChildProcess = spawn(tools.postgres, ['-D', data, ...args], {
    ...user,
    ...{ cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let log = '';
  child.stderr?.on('data', (text: Buffer) => {
    log = `${log}${text}`.slice(-4_000);
  });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const url = (database: string) => `postgresql://otkel@/${database}?host=${encodeURIComponent(run)}&port=5432`;
  const answers = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended at once: ${log}`);
    const client = new pg.Client({ connectionString: url('postgres') });
    client.on('error', () => undefined);
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  };
  await until(answers, 'the server answers');
  return {
    socketPath: join(run, '.s.PGSQL.5432'),
    url,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGQUIT');
      await exited;
    },
  };
}

/** Asks again, with a bound, until the answer is true. */
export async function until(test: () => Promise<unknown>, what: string): Promise<void> {
  for (const end = performance.now() + WAIT_MS; performance.now() < end; await pause(5)) {
    if ((await test()) === true) return;
  }
  throw new Error(`waited in vain: ${what}`);
}
