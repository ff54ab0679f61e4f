/**
 * `npm run bench:pvp`: what the settlement protocol costs per payment, without the gateway around it. Two
 * jurisdictions settle batch after batch, over memory or over PostgreSQL; CPU time, hashes and signatures by who asked
 * for them, JavaScript heap, SQL statements, bytes and log are counted. The last line is JSON.
 */
import crypto from 'node:crypto';
import { Session } from 'node:inspector/promises';
import { syncBuiltinESMExports } from 'node:module';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/gateway/platform/embedded-postgres.js';
import { openPvpScene, type PvpScene } from './support/pvp-scene.js';
import { temporaryFolder } from './support/server.js';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'postgres' },
    batch: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '60' },
    warmup: { type: 'string', default: '40' },
  },
});
const batch = Number(values.batch);
const rounds = Number(values.rounds);
const warmup = Number(values.warmup);
const isUsable = [batch, rounds, warmup].every((value) => Number.isInteger(value) && value > 0);
if (!isUsable || !['memory', 'postgres'].includes(values.store)) {
  process.stderr.write('--store memory|postgres; the other options are whole numbers, at least 1\n');
  process.exit(2);
}
const say = (text: string) => process.stderr.write(`${text}\n`);

type Sums = Map<string, number>;
const add = (sums: Sums, name: string, count: number) => sums.set(name, (sums.get(name) ?? 0) + count);
const perPayment = (sum: number, payments: number) => Number((sum / payments).toFixed(2));
const table = (sums: Sums, payments: number, most = 40): Record<string, number> =>
  Object.fromEntries(
    [...sums]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, sum]) => [name, perPayment(sum, payments)]),
  );

/** Functions that work for whoever called them. */
const SERVANT = /src\/kernel\/|node:internal|bench\/pvp\.js/;

/** The innermost function of the project's own that is nobody's servant. */
function caller(): string {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const line = lines.find((one) => !SERVANT.test(one) && /src\//.test(one)) ?? '?';
  const place = /at (?:async )?(?:(\S+) )?.*src\/(.+?)\.js/.exec(line);
  return `${place?.[2] ?? '?'}:${place?.[1] ?? '?'}`;
}

/** Counts calls while `work` runs; what is counted costs time, so that nothing is timed here. */
async function counted(work: () => Promise<void>): Promise<{ hashes: Sums; keyUses: Sums }> {
  const { hash, sign, verify } = crypto;
  const hashes: Sums = new Map();
  const keyUses: Sums = new Map();
  const limit = Error.stackTraceLimit;
  const counting = <F extends (...given: never[]) => unknown>(sums: Sums, call: F): F =>
    ((...given: never[]) => {
      add(sums, caller(), 1);
      return call(...given);
    }) as F;
  Error.stackTraceLimit = 16;
  Object.assign(crypto, {
    hash: counting(hashes, hash),
    sign: counting(keyUses, sign as never),
    verify: counting(keyUses, verify as never),
  });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(crypto, { hash, sign, verify });
    syncBuiltinESMExports();
    Error.stackTraceLimit = limit;
  }
  return { hashes, keyUses };
}

interface AllocationNode {
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly selfSize: number;
  readonly children: readonly AllocationNode[];
}

/** Bytes of JavaScript heap allocated while `work` runs, garbage included, by file; buffers outside it are not in it. */
async function allocated(work: () => Promise<void>): Promise<Sums> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 8_192,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as never);
  await work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  const sums: Sums = new Map();
  const visit = (node: AllocationNode, owner: string): void => {
    const { url } = node.callFrame;
    const own = /src\/(.+)\.js$/.exec(url)?.[1] ?? (/node_modules\/(pg[^/]*)/.exec(url)?.[1] || null);
    const file = own && !(own.startsWith('kernel/') && owner !== 'other') ? own : owner;
    add(sums, file, node.selfSize);
    for (const child of node.children) visit(child, file);
  };
  visit(profile.head as AllocationNode, 'other');
  return sums;
}

interface SqlUse {
  readonly statements: Sums;
  readonly sentBytes: number;
  readonly readBytes: number;
  readonly walBytes: number;
  readonly rows: Sums;
}

type Sent = { connection: { stream: { bytesWritten: number; bytesRead: number } } };

/** Watches every connection of this process. */
function watchSql(): { statements: Sums; bytes: () => { sent: number; read: number } } {
  const statements: Sums = new Map();
  const clients = new Set<Sent>();
  const query = pg.Client.prototype.query as (this: unknown, ...given: unknown[]) => unknown;
  pg.Client.prototype.query = function watched(this: unknown, ...given: unknown[]) {
    clients.add(this as Sent);
    const [first] = given as [string | { name?: string; text?: string }];
    add(statements, typeof first === 'string' ? first : (first.name ?? first.text ?? '?'), 1);
    return query.apply(this, given);
  } as never;
  const sum = (name: 'bytesWritten' | 'bytesRead') =>
    [...clients].reduce((bytes, client) => bytes + client.connection.stream[name], 0);
  return { statements, bytes: () => ({ sent: sum('bytesWritten'), read: sum('bytesRead') }) };
}

const ROWS = `SELECT current_database() || '.' || relname AS name, n_tup_ins + n_tup_upd + n_tup_del AS rows,
  n_tup_hot_upd AS hot, n_tup_upd AS updated FROM pg_stat_user_tables`;

async function onServer<T>(server: EmbeddedPostgres, name: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: server.url(name) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const DATABASES = ['ledger-kz', 'ledger-cn', 'signer-kz', 'signer-cn'];

async function serverUse(server: EmbeddedPostgres): Promise<{ wal: number; rows: Sums }> {
  const rows: Sums = new Map();
  // Statistics of a session are sent when it is idle for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  for (const name of DATABASES) {
    const found = await onServer(server, name, (client) => client.query<{ name: string; rows: string }>(ROWS));
    for (const row of found.rows) add(rows, row.name, Number(row.rows));
  }
  const wal = await onServer(server, 'postgres', (client) =>
    client.query<{ wal: string }>(`SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text AS wal`),
  );
  return { wal: Number(wal.rows[0]!.wal), rows };
}

/** Average bytes of each column that takes more than a few, by table. */
async function columnBytes(server: EmbeddedPostgres): Promise<Record<string, number>> {
  const sizes: Sums = new Map();
  for (const name of DATABASES.filter((one) => one.endsWith('kz'))) {
    await onServer(server, name, async (client) => {
      const columns = await client.query<{ t: string; c: string }>(
        `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'`,
      );
      for (const { t, c } of columns.rows) {
        const { rows } = await client.query<{ size: string | null }>(
          `SELECT avg(pg_column_size(${c}))::text AS size FROM ${t}`,
        );
        const size = Number(rows[0]?.size ?? 0);
        if (size >= 30) sizes.set(`${name}.${t}.${c}`, size);
      }
    });
  }
  return table(sizes, 1);
}

async function sqlUse(server: EmbeddedPostgres | null, work: () => Promise<void>): Promise<SqlUse | null> {
  if (!server) {
    await work();
    return null;
  }
  const before = await serverUse(server);
  const bytesBefore = sql.bytes();
  const statementsBefore = new Map(sql.statements);
  await work();
  const bytes = sql.bytes();
  const statements = new Map(
    [...sql.statements].map(([name, count]) => [name, count - (statementsBefore.get(name) ?? 0)]),
  );
  const after = await serverUse(server);
  return {
    statements: new Map([...statements].filter(([, count]) => count > 0)),
    sentBytes: bytes.sent - bytesBefore.sent,
    readBytes: bytes.read - bytesBefore.read,
    walBytes: after.wal - before.wal,
    rows: new Map([...after.rows].map(([name, count]) => [name, count - (before.rows.get(name) ?? 0)])),
  };
}

const many = (scene: PvpScene, count: number) => async () => {
  for (let round = 0; round < count; round += 1) {
    const decisions = await scene.settle(batch);
    const failed = decisions.find(({ decision }) => decision !== 'COMMIT');
    if (failed) throw new Error(`not settled: ${JSON.stringify(failed.refusal)}`);
  }
};

const sql = watchSql();
const folder = temporaryFolder('bench-pvp');
const server = values.store === 'postgres' ? await startEmbeddedPostgres({ folder: folder.path }) : null;
try {
  const scene = await openPvpScene(server);
  say(`warm-up: ${warmup} batches of ${batch}`);
  await many(scene, warmup)();
  say(`measuring: ${rounds} batches of ${batch}`);
  const payments = rounds * batch;
  let cpu = process.cpuUsage();
  let elapsedMs = 0;
  const use = await sqlUse(server, async () => {
    const startedAt = performance.now();
    cpu = process.cpuUsage();
    await many(scene, rounds)();
    cpu = process.cpuUsage(cpu);
    elapsedMs = performance.now() - startedAt;
  });
  const few = Math.max(4, Math.floor(rounds / 10));
  const { hashes, keyUses } = await counted(many(scene, few));
  const heap = await allocated(many(scene, few));
  const total = (sums: Sums) => [...sums.values()].reduce((sum, one) => sum + one, 0);
  const details = {
    hashesBy: table(hashes, few * batch),
    keyUsesPerBatchBy: table(keyUses, few),
    heapBytesBy: table(heap, few * batch, 24),
    ...(use && { statementsPerBatch: table(use.statements, rounds, 60), rowsBy: table(use.rows, payments) }),
    ...(server && { columnBytes: await columnBytes(server) }),
  };
  say(JSON.stringify(details, null, 1));
  const result = {
    store: values.store,
    ...{ batch, rounds },
    paymentsPerSecond: Math.round((payments * 1000) / elapsedMs),
    cpuMicros: Math.round((cpu.user + cpu.system) / payments),
    userMicros: Math.round(cpu.user / payments),
    heapBytes: Math.round(total(heap) / (few * batch)),
    hashes: perPayment(total(hashes), few * batch),
    keyUsesPerBatch: perPayment(total(keyUses), few),
    ...(use && {
      statementsPerBatch: perPayment(total(use.statements), rounds),
      rows: perPayment(total(use.rows), payments),
      sentBytes: Math.round(use.sentBytes / payments),
      readBytes: Math.round(use.readBytes / payments),
      walBytes: Math.round(use.walBytes / payments),
    }),
  };
  await scene.stop();
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await server?.stop();
  folder.remove();
}
