/** `npm run bench:ledger`: what one leg (hold placed and settled, in blocks of many) costs in memory and in PostgreSQL. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/gateway/platform/embedded-postgres.js';
import { migrate } from '../src/gateway/platform/migrate.pg.js';
import { createPool } from '../src/gateway/platform/pool.js';
import type { Bic, LedgerCode, WalletId } from '../src/kernel/ids.js';
import { invariant } from '../src/kernel/result.js';
import { createSigner } from '../src/kernel/suites.js';
import { ledgerMigrations } from '../src/ledger/migrations/index.js';
import { createNotary } from '../src/ledger/notary.js';
import { createLedgerReads } from '../src/ledger/reads.js';
import type { LedgerStore } from '../src/ledger/store.js';
import { createMemoryStore } from '../src/ledger/store.memory.js';
import { createPgStore } from '../src/ledger/store.pg.js';
import type { LedgerCommand } from '../src/ledger/types.js';
import { createLedger, type LedgerWriter } from '../src/ledger/writer.js';
import { temporaryFolder } from './support/server.js';
import { serverMicros } from './support/server-cpu.js';

const { values } = parseArgs({
  options: {
    legs: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '150' },
    warmup: { type: 'string', default: '100' },
  },
});
const options = { legs: Number(values.legs), rounds: Number(values.rounds), warmup: Number(values.warmup) };
if (Object.values(options).some((value) => !Number.isInteger(value) || value < 1)) {
  process.stderr.write('options are whole numbers, at least 1\n');
  process.exit(2);
}

const IDENTITY = { code: 'KZ' as LedgerCode, currency: 'KZT' };
const NOTARY = createSigner('kz-notary-1', 'ed25519', new Uint8Array(32).fill(7));
const CUSTOMERS = 64;
const AMOUNT_MINOR = 10_000n;
/** Bytes of terms with a receipt, and of a certificate of two votes, as a corridor of two makes them. */
const DATA_LENGTH = 900;
const EVIDENCE_LENGTH = 1100;
const PROVIDER = 'kz-w-provider-1' as WalletId;
const customer = (n: number) => `kz-w-customer-${String(n % CUSTOMERS).padStart(4, '0')}` as WalletId;

const openLedger = (store: LedgerStore): Promise<LedgerWriter> =>
  createLedger({
    ...{ store, ...IDENTITY, clock: { now: Date.now }, accountKey: new Uint8Array(32).fill(9) },
    notary: (start) => createNotary(IDENTITY, NOTARY, start),
  });

/** Submits in one tick, so that the commands share a block. */
async function apply(ledger: LedgerWriter, commands: readonly LedgerCommand[]): Promise<void> {
  const results = await Promise.all(commands.map((command) => ledger.submit(command)));
  for (const result of results) invariant(result.ok, 'every command of the load is carried out');
}

async function seed(ledger: LedgerWriter): Promise<void> {
  const wallets = [PROVIDER, ...Array.from({ length: CUSTOMERS }, (_, n) => customer(n))];
  const ownerBic = 'AAAAKZ20' as Bic;
  await apply(
    ledger,
    wallets.map((walletId) => ({ kind: 'openWallet', wallet: { walletId, kind: 'customer', ownerBic } })),
  );
  await apply(
    ledger,
    wallets.map((walletId) => {
      const amountMinor = AMOUNT_MINOR * 1_000_000n;
      return { kind: 'issue', reference: `demo:${walletId}`, creditWallet: walletId, amountMinor };
    }),
  );
}

type PlaceHold = Extract<LedgerCommand, { kind: 'placeHold' }>;

/** One block of holds, the references read back as the PvP shell reads them, and one block that settles them. */
async function round(ledger: LedgerWriter, legs: number): Promise<void> {
  const holds = Array.from({ length: legs }, (_, n): PlaceHold => {
    const conditionHash = crypto.randomBytes(32);
    const wallets = n % 2 === 0 ? [customer(n), PROVIDER] : [PROVIDER, customer(n)];
    return {
      ...{ kind: 'placeHold', conditionKind: 'pvp', conditionRef: crypto.randomUUID(), conditionHash, mark: null },
      ...{
        debitWallet: wallets[0]!,
        creditWallet: wallets[1]!,
        amountMinor: AMOUNT_MINOR,
        lapseAt: Date.now() + 12_000,
      },
      data: crypto.randomBytes(DATA_LENGTH),
    };
  });
  const refs = holds.map((hold) => hold.conditionRef);
  await ledger.holds(refs);
  await apply(ledger, holds);
  await ledger.holds(refs);
  await apply(
    ledger,
    holds.map(({ conditionRef, conditionHash }) => {
      return { kind: 'settleHold', conditionRef, conditionHash, evidence: crypto.randomBytes(EVIDENCE_LENGTH) };
    }),
  );
}

const median = (given: readonly number[]): number => [...given].sort((a, b) => a - b)[given.length >> 1] ?? 0;
const toTenth = (value: number): number => Math.round(value * 10) / 10;

interface Cost {
  readonly cpuMicros: number;
  readonly cpuMicrosMedian: number;
  readonly allocatedBytes: number;
  readonly sha256Calls: number;
}

/** Per leg: CPU of all threads of this process, bytes allocated (median round), hashes and who asked for them. */
async function measure(ledger: LedgerWriter): Promise<{ cost: Cost; hashesBy: Record<string, number> }> {
  const { legs, rounds } = options;
  const hashesBy = await countHashes(() => round(ledger, legs), legs);
  const allocated: number[] = [];
  const micros: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const before = process.memoryUsage();
    const cpu = process.cpuUsage();
    await round(ledger, legs);
    const used = process.cpuUsage(cpu);
    const after = process.memoryUsage();
    allocated.push((after.heapUsed + after.external - before.heapUsed - before.external) / legs);
    micros.push((used.user + used.system) / legs);
  }
  const cost = {
    cpuMicros: toTenth(micros.reduce((sum, one) => sum + one, 0) / rounds),
    cpuMicrosMedian: toTenth(median(micros)),
    allocatedBytes: Math.round(median(allocated)),
    sha256Calls: toTenth(Object.values(hashesBy).reduce((sum, one) => sum + one, 0)),
  };
  return { cost, hashesBy };
}

/** Runs with `node:crypto`'s one-shot hash counted by the function that asked for it. */
async function countHashes(run: () => Promise<void>, legs: number): Promise<Record<string, number>> {
  const counts = new Map<string, number>();
  const { hash } = crypto;
  const counted = (...given: Parameters<typeof hash>) => {
    const frames = (new Error().stack ?? '').split('\n').slice(2);
    const caller = frames.find((frame) => !/kernel\/(?:hash|merkle)/.test(frame)) ?? '';
    const name = /at (?:new )?(\S+)/.exec(caller)?.[1] ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return hash(...given);
  };
  crypto.hash = counted as typeof hash;
  syncBuiltinESMExports();
  try {
    await run();
  } finally {
    crypto.hash = hash;
    syncBuiltinESMExports();
  }
  return Object.fromEntries([...counts].map(([name, count]) => [name, Math.round((count / legs) * 100) / 100]));
}

interface Traffic {
  readonly statements: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
}

/** Statements and bytes of a pool so far. */
function watch(pool: pg.Pool): () => Traffic {
  const clients = new Set<pg.PoolClient>();
  let statements = 0;
  pool.on('connect', (client) => {
    clients.add(client);
    const query = client.query.bind(client);
    client.query = ((...given: Parameters<typeof query>) => {
      statements += 1;
      return query(...given);
    }) as typeof client.query;
  });
  return () => {
    const streams = [...clients].map((client) => (client as unknown as { connection: Connection }).connection.stream);
    const sum = (name: 'bytesWritten' | 'bytesRead') => streams.reduce((total, stream) => total + stream[name], 0);
    return { statements, bytesOut: sum('bytesWritten'), bytesIn: sum('bytesRead') };
  };
}

interface Connection {
  readonly stream: { readonly bytesWritten: number; readonly bytesRead: number };
}

const USE = `
  SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::float8 AS rows,
    sum(n_tup_upd)::float8 AS updated, sum(n_tup_hot_upd)::float8 AS hot,
    pg_database_size(current_database())::float8 AS bytes,
    pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal
  FROM pg_stat_user_tables`;

async function onPostgres(): Promise<Record<string, unknown>> {
  const folder = temporaryFolder('bench-ledger');
  const server = await startEmbeddedPostgres({ folder: folder.path });
  try {
    await server.createDatabases(['ledger']);
    const pool = createPool(server.url('ledger'), { max: 4 });
    const traffic = watch(pool);
    const observer = new pg.Client({ connectionString: server.url('ledger') });
    await observer.connect();
    await migrate(pool, ledgerMigrations);
    const store = createPgStore(pool);
    const ledger = await openLedger(store);
    await seed(ledger);
    for (let n = 0; n < options.warmup; n += 1) await round(ledger, options.legs);
    const use = async () => {
      // Statistics of a session are sent when it is idle for a second.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await observer.query('SELECT pg_stat_clear_snapshot()');
      const [row] = (await observer.query<Record<string, number>>(USE)).rows;
      const sessions = await observer.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL');
      return { ...row, micros: serverMicros(sessions.rows.map(({ pid }) => pid)), ...traffic() };
    };
    type Use = Record<string, number>;
    const before = (await use()) as Use;
    const { cost, hashesBy } = await measure(ledger);
    const after = (await use()) as Use;
    const count = (options.rounds + 1) * options.legs;
    const per = (name: string, of = count) => toTenth(((after[name] ?? 0) - (before[name] ?? 0)) / of);
    invariant((await createLedgerReads(store).audit()).agrees, 'the sums of the ledger agree');
    const figures = {
      ...cost,
      serverCpuMicros: per('micros'),
      statementsPerRound: per('statements', options.rounds + 1),
      ...{ bytesOut: per('bytesOut'), bytesIn: per('bytesIn'), rows: per('rows'), updates: per('updated') },
      ...{ hotUpdates: per('hot'), databaseBytes: per('bytes'), walBytes: per('wal') },
      hashesBy,
    };
    await observer.end();
    await pool.end();
    return figures;
  } finally {
    await server.stop();
    folder.remove();
  }
}

async function inMemory(): Promise<Record<string, unknown>> {
  const ledger = await openLedger(createMemoryStore());
  await seed(ledger);
  for (let n = 0; n < options.warmup; n += 1) await round(ledger, options.legs);
  const { cost, hashesBy } = await measure(ledger);
  return { ...cost, hashesBy };
}

const result = { ...options, memory: await inMemory(), postgres: await onPostgres() };
process.stdout.write(`${JSON.stringify(result)}\n`);
