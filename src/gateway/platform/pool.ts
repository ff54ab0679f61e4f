import pg from 'pg';
import { ArrayWritingClient } from './array-parameters.js';

/** What a pool may take of its server. Times in milliseconds; 0 switches a limit off. */
export interface PoolOptions {
  /** Most connections at once. */
  readonly max: number;
  readonly applicationName?: string;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Told of connections that broke; the pool has already dropped them. */
  readonly onConnectionError?: (error: Error) => void;
}

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const TEXT_ARRAY = 1009;

const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY as number as never) as (text: string) => (string | null)[];
const parseInt8Array = (text: string): (bigint | null)[] =>
  parseTextArray(text).map((item) => (item === null ? null : BigInt(item)));

/** int8 is money and sequence numbers: exact, never a float. A date has no time zone: it stays text. */
function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary') {
    if (oid === INT8) return BigInt;
    if (oid === INT8_ARRAY) return parseInt8Array;
    if (oid === DATE) return String;
  }
  return pg.types.getTypeParser(oid, format as 'text');
}

/**
 * A connection pool with bounded waits. `int8` is read as bigint, `numeric` (also `sum(int8)`) and `date` as text,
 * `bytea` as Buffer, `timestamptz` as Date. A broken connection never ends the process: the query in flight rejects,
 * idle ones are reported to `onConnectionError`.
 */
export function createPool(url: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    Client: ArrayWritingClient,
    connectionString: url,
    max: options.max,
    application_name: options.applicationName ?? 'otkel',
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  const report = (error: Error): void => options.onConnectionError?.(error);
  pool.on('error', report);
  // The pool listens to idle clients only: one that breaks between two queries of a transaction would be unhandled.
  pool.on('connect', (client) => {
    client.on('error', report);
  });
  return pool;
}
