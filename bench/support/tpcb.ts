/** TPC-B transactions per second of a PostgreSQL server: pgbench where it is, else the same transaction from here. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const CLIENTS = 16;
const SECONDS = 6;
const SCALE = 10;
const ACCOUNTS = 100_000 * SCALE;
const TELLERS = 10 * SCALE;

export interface TpcB {
  readonly perSecond: number;
  readonly source: string;
}

/** Fills the tables at first use, then runs 16 clients for 6 seconds. */
export async function tpcB(url: string): Promise<TpcB> {
  const hasPgbench = await run('pgbench', ['--version']).then(
    () => true,
    () => false,
  );
  if (!(await isFilled(url))) await (hasPgbench ? run('pgbench', ['-i', '-q', '-s', `${SCALE}`, url]) : fill(url));
  if (!hasPgbench) return { perSecond: await ownTpcB(url), source: `${CLIENTS} clients of node-postgres` };
  const args = ['-n', '-M', 'prepared', '-c', `${CLIENTS}`, '-j', '2', '-T', `${SECONDS}`, url];
  const { stdout } = await run('pgbench', args);
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (!tps) throw new Error(`pgbench said: ${stdout}`);
  return { perSecond: Number(tps), source: `pgbench -M prepared -c ${CLIENTS} -j 2, scale ${SCALE}` };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const isFilled = (url: string): Promise<boolean> =>
  withClient(url, async (client) => {
    const { rows } = await client.query(`SELECT to_regclass('pgbench_history') IS NOT NULL AS filled`);
    return rows[0].filled as boolean;
  });

/** The tables of pgbench at the same scale. */
const fill = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query(`
      CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84)) WITH (fillfactor = 100);
      CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
      INSERT INTO pgbench_branches SELECT g, 0, '' FROM generate_series(1, ${SCALE}) g;
      INSERT INTO pgbench_tellers SELECT g, (g - 1) / 10 + 1, 0, '' FROM generate_series(1, ${TELLERS}) g;
      INSERT INTO pgbench_accounts SELECT g, (g - 1) / 100000 + 1, 0, '' FROM generate_series(1, ${ACCOUNTS}) g;
      VACUUM ANALYZE;`);
  });

const STATEMENTS = [
  'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2',
  'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
  'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2',
  'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2',
  'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)',
];

async function ownTpcB(url: string): Promise<number> {
  const pick = (most: number) => 1 + Math.floor(Math.random() * most);
  const end = performance.now() + SECONDS * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, () =>
      withClient(url, async (client) => {
        while (performance.now() < end) {
          const [aid, tid, bid, delta] = [pick(ACCOUNTS), pick(TELLERS), pick(SCALE), pick(10_000) - 5_000];
          const values = [[delta, aid], [aid], [delta, tid], [delta, bid], [tid, bid, aid, delta]];
          await client.query('BEGIN');
          for (const [i, text] of STATEMENTS.entries())
            await client.query({ name: `tpcb-${i}`, text, values: values[i] ?? [] });
          await client.query('COMMIT');
          done += 1;
        }
      }),
    ),
  );
  return done / SECONDS;
}
