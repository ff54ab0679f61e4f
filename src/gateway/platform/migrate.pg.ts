import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/** One numbered step of a database's schema. An applied one never changes: a later number corrects it. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/** The database and the code disagree on the schema: nothing was changed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const DUPLICATE_TABLE = '42P07';
const UNIQUE_VIOLATION = '23505';

const TABLE = `CREATE TABLE IF NOT EXISTS schema_migration (
  id integer PRIMARY KEY,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

const migrationHash = (migration: Migration): string =>
  createHash('sha256').update(migration.sql, 'utf8').digest('hex');

/**
 * Brings a database to the newest schema: every migration not yet applied, in order of `id`, each in its own
 * transaction with its row in `schema_migration`. Several processes may call it at once: that table's lock lets one
 * work at a time. Throws {@link MigrationError} when an applied migration's text has changed, when the database
 * holds one that the code doesn't know, or when one is numbered below an applied one; the message names it.
 */
export async function migrate(pool: Pool, migrations: readonly Migration[]): Promise<void> {
  checkNumbers(migrations);
  const client = await pool.connect();
  try {
    await createTable(client);
    while (await applyNext(client, migrations)) {
      // One transaction a step, so that another process may see, and go on from, each of them.
    }
  } finally {
    client.release();
  }
}

function checkNumbers(migrations: readonly Migration[]): void {
  migrations.forEach((migration, i) => {
    const before = migrations[i - 1]?.id ?? 0;
    if (!Number.isInteger(migration.id) || migration.id <= before) {
      throw new MigrationError(`migration ${migration.id} (${migration.name}) does not follow ${before}`);
    }
  });
}

async function createTable(client: PoolClient): Promise<void> {
  try {
    await client.query(TABLE);
  } catch (error) {
    // IF NOT EXISTS still races with another creator; its table serves as well.
    const code = (error as { code?: string }).code;
    if (code !== DUPLICATE_TABLE && code !== UNIQUE_VIOLATION) throw error;
  }
}

/** Applies the first missing migration; false when there is none. */
async function applyNext(client: PoolClient, migrations: readonly Migration[]): Promise<boolean> {
  await client.query('BEGIN');
  try {
    // Rebuilding a large table, or waiting for the process that does, takes longer than a payment may.
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'");
    await client.query('LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE');
    const next = await firstMissing(client, migrations);
    if (next !== undefined) {
      await client.query(next.sql);
      await client.query('INSERT INTO schema_migration (id, name, sha256) VALUES ($1, $2, $3)', [
        next.id,
        next.name,
        migrationHash(next),
      ]);
    }
    await client.query('COMMIT');
    return next !== undefined;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function firstMissing(client: PoolClient, migrations: readonly Migration[]): Promise<Migration | undefined> {
  const { rows } = await client.query<{ id: number; name: string; sha256: string }>(
    'SELECT id, name, sha256 FROM schema_migration ORDER BY id',
  );
  for (const [i, row] of rows.entries()) {
    const known = migrations[i];
    if (known === undefined || known.id > row.id) {
      throw new MigrationError(`the database has migration ${row.id} (${row.name}), which this version doesn't know`);
    }
    if (known.id < row.id) {
      throw new MigrationError(`migration ${known.id} (${known.name}) is missing below the applied ${row.id}`);
    }
    if (migrationHash(known) !== row.sha256) {
      throw new MigrationError(`migration ${row.id} (${row.name}) was changed after it was applied`);
    }
  }
  return migrations[rows.length];
}
