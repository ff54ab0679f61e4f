import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseNames } from './create-databases.pg.js';
import type { DatabaseRole } from './databases.js';
import { runningPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { LockedError } from './process-lock.js';

/** Databases that are there already, for somebody who only reads them. */
export interface PresentDatabases {
  readonly urls: ReadonlyMap<DatabaseRole, string>;
  /** Stops what was started for it. Close the pools first. */
  close(): Promise<void>;
}

const VARIABLE = /^DATABASE_URL_(GATEWAY|(?:LEDGER|SIGNER)_[A-Z]{2,8})$/;
const NAME = /^(?:gateway|(?:ledger|signer)-[a-z]{2,8})$/;

/**
 * Those that `DATABASE_URL_…` name; without any such variable those of the embedded server on `folder`, which is started
 * so that nobody can write, or is running already. Throws when there is none.
 */
export async function presentDatabases(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<PresentDatabases> {
  const named = Object.entries(env).flatMap(([name, url]): [DatabaseRole, string][] => {
    const [, role] = VARIABLE.exec(name) ?? [];
    return role && url ? [[role.toLowerCase().replace('_', '-') as DatabaseRole, url]] : [];
  });
  if (named.length > 0) return { urls: new Map(named), close: async () => undefined };
  if (!existsSync(join(folder, 'password'))) throw new Error(`there is no database in ${folder}`);
  const server = await readOnlyServer(folder);
  try {
    const names = (await databaseNames(server.url('postgres'))).filter((name) => NAME.test(name));
    return { urls: new Map(names.map((name) => [name as DatabaseRole, server.url(name)])), close: server.close };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function readOnlyServer(folder: string): Promise<{ url(database: string): string; close(): Promise<void> }> {
  try {
    const server = await startEmbeddedPostgres({ folder, settings: { default_transaction_read_only: 'on' } });
    return { url: server.url, close: () => server.stop() };
  } catch (error) {
    const url = error instanceof LockedError ? runningPostgres({ folder }) : undefined;
    if (url === undefined) throw error;
    return { url, close: async () => undefined };
  }
}
