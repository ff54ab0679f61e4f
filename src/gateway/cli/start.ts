import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type pg from 'pg';
import { type Logger, pino } from 'pino';
import { BATCH_LIMITS } from '../../iso20022/gate.js';
import { createCachingReader, createMessageReader } from '../../iso20022/reader.js';
import type { LedgerCode } from '../../kernel/ids.js';
import { ledgerMigrations } from '../../ledger/migrations/index.js';
import type { PeerPort } from '../../pvp/jurisdiction-port.js';
import { deskMigrations } from '../../pvp/migrations/desk.js';
import { signerMigrations } from '../../pvp/migrations/index.js';
import { createLocalQuoteSigner } from '../../pvp/quote-signature.js';
import { DEFAULT_TIMES, type PvpTimes } from '../../pvp/terms.js';
import { createVerifier, type PvpKeyRecord } from '../../pvp/verify.js';
import { checkConfig, type OtkelConfig } from '../config.js';
import { demoConfig } from '../demo.js';
import { makeDemoKeys, seedLedger, seedRates, seedRegister } from '../demo-seed.js';
import { type GatewayNode, openGateway } from '../gateway-node.js';
import { readKeyFile } from '../identity/key-file.js';
import { nonceMigrations } from '../identity/nonces.pg.js';
import { participantMigrations } from '../identity/participants.pg.js';
import { type JurisdictionNode, openJurisdiction } from '../jurisdiction-node.js';
import { gatewayMigrations } from '../migrations/index.js';
import { type DataFolder, openDataFolder, readPrivateFile, writePrivateFile } from '../platform/data-folder.js';
import { type DatabaseRole, databaseRoles, openDatabases } from '../platform/databases.js';
import { type Migration, migrate } from '../platform/migrate.pg.js';
import { createPool } from '../platform/pool.js';
import { systemClock, systemRandomness, systemTimers } from '../platform/runtime.js';
import { createShutdown, exitOnSignals, type Shutdown } from '../platform/shutdown.js';
import { command, UsageError } from './command.js';
import { startApp } from './start-app.js';

const USAGE = `Usage: otkel start

Runs the gateway and both jurisdictions of the demo corridor in one process, until SIGINT or SIGTERM.

  PORT            port on 127.0.0.1, default 8080; 0 takes a free one
  OTKEL_DATA      data folder, default .otkel
  OTKEL_LOG_LEVEL fatal, error, warn, info (default), debug
  DATABASE_URL_GATEWAY, DATABASE_URL_LEDGER_KZ, DATABASE_URL_SIGNER_KZ, …
                  databases of your own instead of the embedded ones`;

const HOST = '127.0.0.1';
const STOP_EACH_MAX_MS = 20_000;
const POOL_MAX = 8;
const READER_CACHE = 4_096;

/** `otkel start`: everything in one process. Resolves only when the process is told to stop. */
export const start = command(USAGE, async ({ env, stdout }) => {
  const port = Number(env.PORT ?? '8080');
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw new UsageError('PORT is not a port number');
  const log = pino({ level: env.OTKEL_LOG_LEVEL ?? 'info' }, pino.destination({ dest: 2, sync: true }));
  const shutdown = createShutdown({
    eachMaxMs: STOP_EACH_MAX_MS,
    report: (name, reason) => log.error({ name, reason: String(reason) }, 'did not stop well'),
  });
  exitOnSignals(shutdown);
  try {
    const url = await run(env, port, log, shutdown);
    const dataHint = env.OTKEL_DATA ? `OTKEL_DATA=${env.OTKEL_DATA} ` : '';
    const portHint = url.endsWith(':8080') ? '' : `PORT=${new URL(url).port} `;
    stdout(`Otkel is open at ${url}\nSend a payment: ${portHint}${dataHint}npm run -s otkel -- send\n`);
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
  return new Promise<number>(() => undefined);
});

type Log = Logger;
type Env = Readonly<Record<string, string | undefined>>;

async function run(env: Env, port: number, log: Log, shutdown: Shutdown): Promise<string> {
  const folder = openDataFolder(env);
  const config = checkConfig(demoConfig);
  const pools = await openPools(env, config, folder, log, shutdown);
  await makeDemoKeys(folder.keys, systemRandomness);
  const nodes = await openJurisdictions(config, folder, pools, log);
  for (const node of nodes) {
    await seedLedger(node.ledger);
    await seedRegister(node.register, folder.keys, systemClock);
  }
  const gateway = await gatewayOf(config, folder, pools, nodes, log);
  await seedRegister(gateway.register, folder.keys, systemClock);
  await seedRates(gateway.desk);
  for (const node of nodes) {
    await node.jurisdiction.start();
    shutdown.onStop(`jurisdiction ${node.config.code}`, async () => {
      await node.jurisdiction.stop();
      await node.ledger.idle();
    });
  }
  let isOpen = false;
  const app = startApp(gateway, nodes, log, () => isOpen);
  await gateway.start();
  shutdown.onStop('gateway', () => gateway.stop());
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, app);
  const url = await listen(server, port);
  shutdown.onStop('http', () => close(server));
  isOpen = true;
  return url;
}

type Pools = ReadonlyMap<DatabaseRole, pg.Pool>;

const MIGRATIONS: Readonly<Record<'gateway' | 'ledger' | 'signer', readonly Migration[]>> = {
  gateway: [...gatewayMigrations, ...participantMigrations, ...nonceMigrations, ...deskMigrations],
  ledger: [...ledgerMigrations, ...participantMigrations],
  signer: signerMigrations,
};

async function openPools(
  env: Env,
  config: OtkelConfig,
  folder: DataFolder,
  log: Log,
  shutdown: Shutdown,
): Promise<Pools> {
  const roles = databaseRoles(config.jurisdictions.map(({ code }) => code));
  const databases = await openDatabases(env, roles, { folder: folder.postgres });
  shutdown.onStop('databases', () => databases.stop());
  const pools = new Map<DatabaseRole, pg.Pool>();
  for (const role of roles) {
    const onConnectionError = (error: Error) => log.warn({ role, reason: error.message }, 'database connection lost');
    const pool = createPool(databases.url(role), {
      max: POOL_MAX,
      applicationName: `otkel-${role}`,
      onConnectionError,
    });
    pools.set(role, pool);
    shutdown.onStop(`pool ${role}`, () => pool.end());
    await migrate(pool, MIGRATIONS[role.split('-')[0] as keyof typeof MIGRATIONS]);
  }
  return pools;
}

const poolOf = (pools: Pools, role: DatabaseRole): pg.Pool => {
  const pool = pools.get(role);
  if (!pool) throw new Error(`no pool for ${role}`);
  return pool;
};

const timesOf = (config: OtkelConfig): PvpTimes => ({
  ...DEFAULT_TIMES,
  prepareMs: config.prepareMs,
  voteMs: config.voteMs,
});

const reader = createCachingReader(createMessageReader({ limits: BATCH_LIMITS }), READER_CACHE);

async function openJurisdictions(
  config: OtkelConfig,
  folder: DataFolder,
  pools: Pools,
  log: Log,
): Promise<JurisdictionNode[]> {
  const keys = await trustedKeys(config, folder);
  const peers = new Map<LedgerCode, PeerPort>();
  const nodes: JurisdictionNode[] = [];
  for (const jurisdiction of config.jurisdictions) {
    const code = jurisdiction.code.toLowerCase();
    const node = await openJurisdiction({
      config: jurisdiction,
      ledgerPool: poolOf(pools, `ledger-${code}`),
      signerPool: poolOf(pools, `signer-${code}`),
      ledgerSigner: (await readKeyFile(join(folder.keys, `ledger-${code}.json`))).signer,
      coSigner: (await readKeyFile(join(folder.keys, `cosigner-${code}.json`))).signer,
      accountKey: secretOf(folder, `account-register-${code}.key`),
      keys: { key: (keyId) => keys.get(keyId) },
      peers,
      reader,
      times: timesOf(config),
      clock: systemClock,
      timers: systemTimers,
      alarm: { raise: (alarm) => log[alarm.level === 'page' ? 'error' : 'warn'](alarm, 'alarm') },
    });
    peers.set(jurisdiction.code, node.jurisdiction);
    nodes.push(node);
  }
  return nodes;
}

/** Keys of ledgers and co-signers that everybody trusts, by key id. */
async function trustedKeys(config: OtkelConfig, folder: DataFolder): Promise<Map<string, PvpKeyRecord>> {
  const keys = new Map<string, PvpKeyRecord>();
  for (const { code } of config.jurisdictions) {
    for (const role of ['ledger', 'cosigner'] as const) {
      const { signer } = await readKeyFile(join(folder.keys, `${role}-${code.toLowerCase()}.json`));
      const { keyId, suite, publicKey } = signer;
      keys.set(keyId, { keyId, owner: code, suite, publicKey, role, validFrom: 0, validTo: null });
    }
  }
  return keys;
}

/** A secret of 32 bytes kept in the keys folder, made at first use. */
function secretOf(folder: DataFolder, name: string): Uint8Array {
  const known = readPrivateFile(folder.keys, name);
  if (known) return Buffer.from(known, 'hex');
  const secret = randomBytes(32);
  writePrivateFile(folder.keys, name, secret.toString('hex'));
  return secret;
}

async function gatewayOf(
  config: OtkelConfig,
  folder: DataFolder,
  pools: Pools,
  nodes: readonly JurisdictionNode[],
  log: Log,
): Promise<GatewayNode> {
  const keys = await trustedKeys(config, folder);
  const { signer } = await readKeyFile(join(folder.keys, 'provider.json'));
  return openGateway({
    config,
    pool: poolOf(pools, 'gateway'),
    instanceId: instanceId(folder),
    jurisdictions: new Map(nodes.map((node) => [node.config.code, node.jurisdiction])),
    coSignerKeyId: (code) => `cosigner-${code.toLowerCase()}`,
    quoteSigner: createLocalQuoteSigner(signer),
    verifier: createVerifier({ key: (keyId) => keys.get(keyId) }),
    reader,
    times: timesOf(config),
    clock: systemClock,
    timers: systemTimers,
    random: systemRandomness,
    onFailure: (what, error) => log.error({ what, reason: error instanceof Error ? error.message : error }, 'failed'),
  });
}

/** The same after a restart, so that a copy takes up its own work at once. */
function instanceId(folder: DataFolder): string {
  const known = readPrivateFile(folder.path, 'instance-id');
  if (known) return known;
  const id = systemRandomness.uuid();
  writePrivateFile(folder.path, 'instance-id', id);
  return id;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is in use: set PORT to another one`) : error);
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(`http://${HOST}:${typeof address === 'object' && address ? address.port : port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
