/** `npm run bench`: settled payments per second and latency over HTTP, beside TPC-B on the same PostgreSQL. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { demoConfig } from '../src/gateway/demo.js';
import { readKeyFile } from '../src/gateway/identity/key-file.js';
import { databaseRoles, databaseVariable } from '../src/gateway/platform/databases.js';
import { startEmbeddedPostgres } from '../src/gateway/platform/embedded-postgres.js';
import { type BankClient, createBankClient, type LoadMessage, loadMessage, statusOf } from './support/client.js';
import { profileByStage } from './support/profile.js';
import {
  childrenOf,
  cpuMicrosOf,
  processesOf,
  type RunningServer,
  startServer,
  temporaryFolder,
} from './support/server.js';
import { tpcB } from './support/tpcb.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    senders: { type: 'string', default: '128' },
    warmup: { type: 'string', default: '6000' },
    profile: { type: 'string', default: '6' },
  },
});
const options = {
  seconds: Number(values.seconds),
  senders: Number(values.senders),
  warmup: Number(values.warmup),
  profileSeconds: Number(values.profile),
};
if (Object.values(options).some((value) => !Number.isInteger(value) || value < 1)) {
  process.stderr.write('options are whole numbers, at least 1\n');
  process.exit(2);
}

const AMOUNT = '100.00';
const WAIT_SECONDS = 30;
const say = (text: string) => process.stderr.write(`${text}\n`);

interface Load {
  readonly settled: number;
  readonly other: number;
  readonly seconds: number;
  /** Milliseconds from post to final pacs.002, ascending. */
  readonly latencies: readonly number[];
}

/** `senders` at once until `isOver`; every message is its own. */
async function load(client: BankClient, senders: number, isOver: (sent: number) => boolean): Promise<Load> {
  const latencies: number[] = [];
  let sent = 0;
  let other = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (!isOver(sent)) {
        const message: LoadMessage = loadMessage(sent, AMOUNT);
        sent += 1;
        const postedAt = performance.now();
        const answer = await client.post(message, WAIT_SECONDS);
        if (statusOf(answer.body) === 'ACCC') latencies.push(performance.now() - postedAt);
        else other += 1;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  return { settled: latencies.length, other, seconds, latencies: latencies.sort((a, b) => a - b) };
}

const forSeconds = (seconds: number) => {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() >= end;
};

const percentile = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));

interface DatabaseUse {
  readonly rows: number;
  readonly bytes: number;
  readonly walBytes: number;
}

/** Rows written, bytes on disk and bytes of log so far, over all databases of the server. */
async function databaseUse(url: string): Promise<DatabaseUse> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ rows: string; bytes: string; wal: string }>(
    `SELECT sum(tup_inserted + tup_updated + tup_deleted)::text AS rows,
            sum(pg_database_size(datname))::text AS bytes,
            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS wal
       FROM pg_stat_database WHERE datname IS NOT NULL`,
  );
  await client.end();
  const [row] = rows;
  return { rows: Number(row?.rows), bytes: Number(row?.bytes), walBytes: Number(row?.wal) };
}

const folder = temporaryFolder('bench');
const postgresFolder = temporaryFolder('bench-db');
const database = await startEmbeddedPostgres({ folder: postgresFolder.path });
let server: RunningServer | undefined;
try {
  const roles = databaseRoles(demoConfig.jurisdictions.map(({ code }) => code));
  await database.createDatabases([...roles, 'tpcb']);
  const env = Object.fromEntries(roles.map((role) => [databaseVariable(role), database.url(role)]));

  const open = async (nodeArguments: readonly string[] = []) => {
    server = await startServer({ dataFolder: folder.path, env, nodeArguments });
    const { signer } = await readKeyFile(join(folder.path, 'keys', 'bank-altnkz20.json'));
    const operator = (await readKeyFile(join(folder.path, 'keys', 'operator.json'))).signer;
    return {
      server,
      bank: createBankClient(server.url, signer, options.senders),
      operator: createBankClient(server.url, operator, 1),
    };
  };

  say('TPC-B before');
  const before = await tpcB(database.url('tpcb'));
  const run = await open();
  say(`warm-up: ${options.warmup} payments`);
  await load(run.bank, options.senders, (sent) => sent >= options.warmup);
  const countsBefore = await counters(run.operator);
  const useBefore = await databaseUse(database.url('gateway'));
  say(`measuring: ${options.senders} senders for ${options.seconds} s`);
  const cpuBefore = cpuMicros(run.server.pid, postgresFolder.path);
  const measured = await load(run.bank, options.senders, forSeconds(options.seconds));
  const cpuAfter = cpuMicros(run.server.pid, postgresFolder.path);
  const countsAfter = await counters(run.operator);
  // Statistics of a session are sent when it is idle for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const useAfter = await databaseUse(database.url('gateway'));
  run.bank.close();
  run.operator.close();
  await run.server.stop();
  say('TPC-B after');
  const after = await tpcB(database.url('tpcb'));

  say(`profile: ${options.profileSeconds} s under the sampling profiler`);
  const profiled = await open(['--cpu-prof', '--cpu-prof-interval', '500', `--cpu-prof-dir=${folder.path}/profile`]);
  await load(profiled.bank, options.senders, (sent) => sent >= options.warmup);
  const shownFrom = performance.now();
  const shown = await load(profiled.bank, options.senders, forSeconds(options.profileSeconds));
  const shownTo = performance.now();
  profiled.bank.close();
  profiled.operator.close();
  await profiled.server.stop();
  server = undefined;
  const profileEnd = performance.now();
  const window = { from: (profileEnd - shownFrom) * 1000, to: (profileEnd - shownTo) * 1000 };

  const paymentsPerSecond = measured.settled / measured.seconds;
  const tpcbPerSecond = (before.perSecond + after.perSecond) / 2;
  const perPayment = (name: keyof DatabaseUse) => Math.round((useAfter[name] - useBefore[name]) / measured.settled);
  const result = {
    paymentsPerSecond: Math.round(paymentsPerSecond),
    p50Ms: percentile(measured.latencies, 0.5),
    p95Ms: percentile(measured.latencies, 0.95),
    p99Ms: percentile(measured.latencies, 0.99),
    tpcbPerSecond: Math.round(tpcbPerSecond),
    ratio: Number((paymentsPerSecond / tpcbPerSecond).toFixed(3)),
    senders: options.senders,
    settled: measured.settled,
    notSettled: measured.other,
    messageBytes: loadMessage(0, AMOUNT).body.length,
    rowsPerPayment: perPayment('rows'),
    bytesPerPayment: perPayment('bytes'),
    walBytesPerPayment: perPayment('walBytes'),
    processMicrosPerPayment: Object.fromEntries(
      Object.entries(cpuAfter).map(([name, micros]) => [
        name,
        Math.round((micros - (cpuBefore[name] ?? 0)) / measured.settled),
      ]),
    ),
    cpuMicrosPerPayment: profileByStage(`${folder.path}/profile`, window, shown.settled),
    batches: batchesOf(countsBefore, countsAfter),
    tpcbSource: before.source,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await server?.kill(false);
  await database.stop();
  folder.remove();
  postgresFolder.remove();
}

/** CPU time used so far by the gateway's process, the database server's processes and this load generator. */
function cpuMicros(gatewayPid: number, databaseFolder: string): Record<string, number> {
  const own = process.cpuUsage();
  const servers = processesOf(databaseFolder);
  const database = [...new Set(servers.flatMap((pid) => [pid, ...childrenOf(pid)]))];
  return {
    gateway: cpuMicrosOf(gatewayPid),
    database: database.reduce((sum, pid) => sum + cpuMicrosOf(pid), 0),
    loadGenerator: own.user + own.system,
  };
}

type Counters = ReadonlyMap<string, number>;

/** Counters of `/metrics`, by name and labels. */
async function counters(operator: BankClient): Promise<Counters> {
  const { body } = await operator.get('/metrics');
  return new Map(
    body
      .split('\n')
      .filter((line) => line.startsWith('otkel_'))
      .map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
  );
}

/** What was counted in the measured time, and items per batch where both are known. */
function batchesOf(from: Counters, to: Counters): Record<string, number> {
  return Object.fromEntries([...to].map(([name, value]) => [name, value - (from.get(name) ?? 0)]));
}
