/** What a database did and how large its relations are, as the server counts it. */
import type { Pool } from 'pg';
import { serverMicros } from './server-cpu.js';

export interface DatabaseUse {
  /** Pages found in the server's memory, and those that were not. */
  readonly hit: number;
  readonly read: number;
  /** Bytes of the server's log so far, of all databases. */
  readonly wal: number;
  /** CPU milliseconds of the database's sessions, in steps of 10. */
  readonly cpuMs: number;
}

const USE = `SELECT blks_hit::float8 AS hit, blks_read::float8 AS read,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal
  FROM pg_stat_database WHERE datname = current_database()`;

const SESSIONS = 'SELECT pid FROM pg_stat_activity WHERE datname = current_database()';

export async function databaseUse(pool: Pool): Promise<DatabaseUse> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await client.query<Omit<DatabaseUse, 'cpuMs'>>(USE);
    const sessions = await client.query<{ pid: number }>(SESSIONS);
    return { ...rows[0]!, cpuMs: serverMicros(sessions.rows.map(({ pid }) => pid)) / 1_000 };
  } finally {
    client.release();
  }
}

const SIZES = `SELECT relname AS name, relkind = 'i' AS index, reltuples::float8 AS rows,
    pg_relation_size(oid)::float8 / 1048576 AS megabytes
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') ORDER BY pg_relation_size(oid) DESC`;

/** Tables and indexes, the largest first. */
export async function relationSizes(pool: Pool): Promise<Record<string, { rows: number; megabytes: number }>> {
  const { rows } = await pool.query<{ name: string; rows: number; megabytes: number }>(SIZES);
  return Object.fromEntries(
    rows.map(({ name, rows: count, megabytes }) => [name, { rows: count, megabytes: Math.round(megabytes) }]),
  );
}

/** Where blocks don't read what is old: they write at the end. */
const GROW_AT_END = ['ledger_transaction', 'ledger_transaction_pkey', 'hold', 'token_spent', 'block', 'block_pkey'];

/** Reads tables and indexes into the server's memory, as they are there when it has run for a while. */
export async function warm(pool: Pool): Promise<void> {
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_prewarm');
  await pool.query(
    `SELECT pg_prewarm(oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
      AND relname <> ALL ($1)`,
    [GROW_AT_END],
  );
}
