import type { ClientBase, Pool, QueryResultRow } from 'pg';

/** Rows that a server-side cursor answers at once. */
const PAGE = 500;

/**
 * The rows of a query, page by page, inside the transaction of the client: the server keeps the rest, so that a table of
 * any size takes the memory of a page. `name` is an identifier of its own within the transaction.
 */
export async function* cursorPages<R extends QueryResultRow>(
  client: ClientBase,
  name: string,
  query: string,
): AsyncGenerator<R[]> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`);
  for (;;) {
    const { rows } = await client.query<R>(`FETCH ${PAGE} FROM ${name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) break;
  }
  await client.query(`CLOSE ${name}`);
}

/** Runs `read` on one consistent state of a database, which nobody can change through this connection. */
export async function onSnapshot<T>(pool: Pool, read: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // An audit takes as long as it takes, and its connection waits while those of other databases catch up.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    // The state is that of the first statement which reads.
    await client.query('SELECT count(*) FROM pg_class');
    return await read(client);
  } finally {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    client.release(broken);
  }
}
