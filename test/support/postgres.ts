import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Migration, migrate } from '../../src/gateway/platform/migrate.pg.js';
import { createPool } from '../../src/gateway/platform/pool.js';

/** A database of one test's own, migrated, with a pool as production makes it. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Closes the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';
const OBJECT_IN_USE = '55006';

const templates = new Map<string, Promise<string>>();

/**
 * Makes a database with these migrations applied. The first call of a run for a list of migrations applies them to a
 * template; the others copy it.
 */
export async function testDatabase(migrations: readonly Migration[], poolMax = 8): Promise<TestDatabase> {
  const hash = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);
  const template = templates.get(hash) ?? makeTemplate(hash, migrations);
  templates.set(hash, template);
  const name = `${prefix()}${randomBytes(8).toString('hex')}`;
  const from = await template;
  await admin((client) => createFrom(client, name, from));
  const url = databaseUrl(name);
  const pool = createPool(url, { max: poolMax, applicationName: 'otkel-test' });
  const drop = async (): Promise<void> => {
    await pool.end();
    await admin((client) => client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`));
  };
  return { url, pool, drop };
}

/** Connection string of a database on the run's server. */
function databaseUrl(name: string): string {
  const url = serverUrl();
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  return `${url.slice(0, url.lastIndexOf('/', end - 1))}/${encodeURIComponent(name)}${url.slice(end)}`;
}

/** Drops every database of a run; used at its end on a server that isn't the run's own. */
export async function dropTestDatabases(url: string, namePrefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const like = `${namePrefix.replaceAll('_', '\\_')}%`;
    const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [
      like,
    ]);
    for (const { datname } of found.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

/** Applies the migrations under a private name and renames: another worker may do the same at this moment. */
async function makeTemplate(hash: string, migrations: readonly Migration[]): Promise<string> {
  const name = `${prefix()}t_${hash}`;
  const part = `${prefix()}p_${randomBytes(8).toString('hex')}`;
  const found = await admin((client) => client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]));
  if (found.rows.length > 0) return name;
  await admin((client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(part)} TEMPLATE template0`));
  const pool = createPool(databaseUrl(part), { max: 1 });
  try {
    await migrate(pool, migrations);
  } finally {
    await pool.end();
  }
  await admin((client) => renameOrDrop(client, part, name));
  return name;
}

async function renameOrDrop(client: pg.Client, part: string, name: string): Promise<void> {
  try {
    await whileInUse(() =>
      client.query(`ALTER DATABASE ${pg.escapeIdentifier(part)} RENAME TO ${pg.escapeIdentifier(name)}`),
    );
  } catch (error) {
    // Of two at the same moment the later one is told by the catalogue's index.
    if (![DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(codeOf(error) ?? '')) throw error;
    await client.query(`DROP DATABASE ${pg.escapeIdentifier(part)} WITH (FORCE)`);
  }
}

async function createFrom(client: pg.Client, name: string, template: string): Promise<void> {
  await whileInUse(() =>
    client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`),
  );
}

/** A closed session counts as a user of its database for a moment; the server itself waits 5 s before it says so. */
async function whileInUse(action: () => Promise<unknown>): Promise<void> {
  for (let triesLeft = 5; ; triesLeft -= 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (codeOf(error) !== OBJECT_IN_USE || triesLeft === 0) throw error;
    }
  }
}

async function admin<T>(action: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await action(client);
  } finally {
    await client.end();
  }
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

const fromSetup = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is set by test/support/global-setup.ts: run the tests with vitest`);
  return value;
};
const serverUrl = (): string => fromSetup('OTKEL_TEST_PG');
const prefix = (): string => fromSetup('OTKEL_TEST_PG_PREFIX');
