import type { Pool } from 'pg';
import { createBatcher } from '../../kernel/batcher.js';
import type { NonceStore } from './nonces.js';

/** Nonces of callers, shared by all copies of the gateway. Times are milliseconds. */
export const nonceMigrations: readonly { id: number; name: string; sql: string }[] = [
  {
    id: 1100,
    name: 'nonces of signed requests',
    sql: `
      CREATE TABLE request_nonce (
        key_id text NOT NULL,
        nonce text NOT NULL,
        expires_at bigint NOT NULL,
        PRIMARY KEY (key_id, nonce)
      );
      CREATE INDEX request_nonce_expiry ON request_nonce (expires_at);
    `,
  },
];

interface NonceUse {
  readonly keyId: string;
  readonly nonce: string;
  readonly expiresAt: number;
}

const BATCH_MAX = 500;
const QUEUE_MAX = 20_000;

/** Neither part may hold a space, so the pair has one spelling. */
const pairOf = (keyId: string, nonce: string): string => `${keyId} ${nonce}`;

/**
 * The commit is not waited for (`synchronous_commit = off`, for this one transaction): losing the last nonces in a
 * crash of the server only lets requests of the last minute be repeated, and a repeated request is answered from
 * what is stored, since every command is idempotent by a reference that the signature covers. Rows go in sorted, so
 * that two copies of the gateway can't wait for each other.
 */
const INSERT = `
  WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
  INSERT INTO request_nonce (key_id, nonce, expires_at)
  SELECT given.key_id, given.nonce, given.expires_at
  FROM relaxed, unnest($1::text[], $2::text[], $3::bigint[]) AS given (key_id, nonce, expires_at)
  ORDER BY given.key_id, given.nonce
  ON CONFLICT (key_id, nonce) DO NOTHING
  RETURNING key_id, nonce`;

async function insertBatch(pool: Pool, uses: readonly NonceUse[]): Promise<boolean[]> {
  const inserted = await pool.query<{ key_id: string; nonce: string }>({
    name: 'request_nonce_insert',
    text: INSERT,
    values: [uses.map((use) => use.keyId), uses.map((use) => use.nonce), uses.map((use) => use.expiresAt)],
  });
  const free = new Set(inserted.rows.map((row) => pairOf(row.key_id, row.nonce)));
  // A pair that is twice in one batch was inserted once: the first of the two has it.
  return uses.map((use) => free.delete(pairOf(use.keyId, use.nonce)));
}

/** Nonces in PostgreSQL, one statement per batch. Needs {@link nonceMigrations}. */
export function createPgNonceStore(pool: Pool): NonceStore {
  const batcher = createBatcher((uses: readonly NonceUse[]) => insertBatch(pool, uses), {
    batchMax: BATCH_MAX,
    queueMax: QUEUE_MAX,
  });
  return {
    use: (keyId, nonce, expiresAt) => batcher.submit({ keyId, nonce, expiresAt }),
    prune: async (now, countMax) => {
      const deleted = await pool.query({
        name: 'request_nonce_prune',
        text: `DELETE FROM request_nonce WHERE (key_id, nonce) IN (
                 SELECT key_id, nonce FROM request_nonce WHERE expires_at < $1
                 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        values: [now, countMax],
      });
      return deleted.rowCount ?? 0;
    },
  };
}
