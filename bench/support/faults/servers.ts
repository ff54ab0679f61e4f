/** Five database servers, as many as a payment has databases, each behind a proxy; killed and started again. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { demoConfig } from '../../../src/gateway/demo.js';
import { createPool, type DatabaseRole, databaseRoles } from '../../../src/gateway/platform/databases.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/gateway/platform/embedded-postgres.js';
import { childrenOf, killOne } from '../server.js';
import { openPgProxy, type PgProxy } from './pg-proxy.js';
import { addressOf, throughProxy } from './pg-url.js';

export const ROLES: readonly DatabaseRole[] = databaseRoles(demoConfig.jurisdictions.map(({ code }) => code));

/** `kill`: SIGKILL for the server and its children. `immediate`: PostgreSQL's immediate stop, which saves nothing. */
export type ServerEnd = 'kill' | 'immediate';

/** One database on a server of its own. */
export interface DatabaseServer {
  readonly role: DatabaseRole;
  /** As a process is told: by way of the proxy, at the same port for ever. */
  readonly url: string;
  readonly proxy: PgProxy;
  /** Straight to the server, for those who look on. */
  readonly pool: pg.Pool;
  end(how: ServerEnd): Promise<void>;
  start(): Promise<void>;
  close(how: 'stop' | 'abandon'): Promise<void>;
}

/** Small: five of them share a machine. A killed server loses nothing that it gave to the operating system. */
const SETTINGS = { fsync: 'off', max_wal_size: '256MB', min_wal_size: '32MB', shared_buffers: '32MB' };
const LOOK_MAX = 2;

const run = promisify(execFile);

/** Copies folders with their owners: a cluster belongs to the server's user. */
export const copyFolder = async (from: string, to: string): Promise<void> => {
  await run('cp', ['-a', from, to]);
};

export const serverFolder = (home: string, role: DatabaseRole): string => join(home, 'servers', role);

/** Makes the folders of five empty servers in `home`: one cluster is made and copied. */
export async function makeServerFolders(home: string): Promise<void> {
  mkdirSync(join(home, 'servers'), { mode: 0o711 });
  const [first, ...others] = ROLES.map((role) => serverFolder(home, role));
  if (first === undefined) return;
  const server = await startEmbeddedPostgres({ folder: first, settings: SETTINGS });
  await server.createDatabases(ROLES);
  await server.stop();
  for (const folder of others) await copyFolder(first, folder);
}

/** Starts the server of a role in `home`, and its proxy. */
export async function startDatabaseServer(home: string, role: DatabaseRole): Promise<DatabaseServer> {
  const options = { folder: serverFolder(home, role), settings: SETTINGS };
  let server: EmbeddedPostgres = await startEmbeddedPostgres(options);
  const direct = server.url(role);
  const proxy = await openPgProxy(addressOf(direct));
  const pool = createPool(direct, { max: LOOK_MAX, applicationName: 'otkel-look' });
  const end = async (how: ServerEnd): Promise<void> => {
    if (how === 'immediate') process.kill(server.pid, 'SIGQUIT');
    else for (const pid of [server.pid, ...childrenOf(server.pid)]) killOne(pid);
    await server.exited;
  };
  return {
    role,
    url: throughProxy(direct, proxy.port),
    proxy,
    pool,
    end,
    start: async () => {
      server = await startEmbeddedPostgres(options);
    },
    async close(how) {
      await pool.end();
      await proxy.close();
      if (how === 'stop') await server.stop();
      else await end('immediate');
    },
  };
}
