import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { wholeApp } from '../../src/gateway/cli/apps.js';
import { readKeyring } from '../../src/gateway/cli/keyring.js';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { calendar, type OtkelConfig } from '../../src/gateway/config.js';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { DEMO_CALLER_KEYS, type DemoKey, demoConfig } from '../../src/gateway/demo.js';
import { makeDemoKeys, makeKeys, seedDemo } from '../../src/gateway/demo-seed.js';
import { createDrain } from '../../src/gateway/drain.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { readKeyFile } from '../../src/gateway/identity/key-file.js';
import { type Otkel, type OtkelOptions, openOtkel } from '../../src/gateway/otkel.js';
import { openDataFolder } from '../../src/gateway/platform/data-folder.js';
import { type DatabaseRole, databaseRoles } from '../../src/gateway/platform/databases.js';
import { systemClock, systemMonotonic, systemRandomness, systemTimers } from '../../src/gateway/platform/runtime.js';
import { createReader } from '../../src/gateway/readers.js';
import type { Clock } from '../../src/kernel/clock.js';
import { invariant } from '../../src/kernel/result.js';
import type { Signer } from '../../src/kernel/signature.js';
import { type ApartNodes, openApart } from './apart.js';
import { type TestDatabase, testDatabase } from './postgres.js';
import { expectVerified, type VerifiedOptions } from './verified.js';

export interface SignedSend {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Changes what was signed, to prove that it is noticed. */
  readonly tamper?: (headers: Record<string, string>) => Record<string, string>;
}

/** The whole of Otkel over databases of one test's own, as the demo corridor, and callers that sign. */
export interface Stack {
  readonly app: Express;
  readonly otkel: Otkel;
  /** The nodes and what is between them, in the arrangement `apart`. */
  readonly apart: ApartNodes | null;
  readonly keysFolder: string;
  readonly databases: ReadonlyMap<DatabaseRole, TestDatabase>;
  /** Another process over the same databases and keys, not started: it takes the ledgers from the one before. */
  open(): Promise<Otkel>;
  /** A request signed with a key of the demo (`bank-altnkz20`, `operator`, `desk`, `provider`). */
  send(key: string, method: string, target: string, options?: SignedSend): request.Test;
  signer(key: string): Promise<Signer>;
  /** Today where a ledger is, as `IntrBkSttlmDt` of its banks must say it; in Almaty unless said. */
  today(ledger?: string): string;
  /** Audits what the test leaves, and fails with what is wrong in it; then ends everything. */
  close(): Promise<void>;
}

export interface StackOptions extends VerifiedOptions {
  readonly config?: Partial<OtkelConfig>;
  readonly clock?: Clock;
  /** Default: what the test's project says, `together` or `apart`. */
  readonly arrangement?: 'together' | 'apart';
  readonly scene?: Scene;
  readonly onDoubt?: OtkelOptions['onDoubt'];
  readonly onFunds?: OtkelOptions['onFunds'];
}

/** What a test has instead of the demo corridor's parties, money and rates. The demo's keys are there always. */
export interface Scene {
  readonly keys: readonly DemoKey[];
  seed(otkel: Otkel, keysFolder: string, clock: Clock): Promise<void>;
}

const DEMO: Scene = { keys: [], seed: seedDemo };

export async function openStack(options: StackOptions = {}): Promise<Stack> {
  const config = { ...demoConfig, ...options.config };
  const clock = options.clock ?? systemClock;
  const folder = openDataFolder({ OTKEL_DATA: mkdtempSync(join(tmpdir(), 'otkel-test-')) });
  const roles = databaseRoles(config.jurisdictions.map(({ code }) => code));
  const databases = new Map<DatabaseRole, TestDatabase>();
  for (const role of roles) databases.set(role, await testDatabase(migrationsOf(role)));
  const { keys, seed } = options.scene ?? DEMO;
  await makeDemoKeys(folder.keys, systemRandomness);
  await makeKeys(folder.keys, keys, systemRandomness);
  const signers = new Map<string, Signer>();
  const keyring = await readKeyring(config, folder, systemRandomness);
  const instanceId = systemRandomness.uuid();
  const parts: OtkelOptions = {
    config,
    pool: (role) => {
      const database = databases.get(role);
      invariant(database, `${role} is open`);
      return database.pool;
    },
    keys: keyring,
    reader: createReader(),
    instanceId,
    clock,
    monotonic: options.clock ? { elapsedMs: clock.now } : systemMonotonic,
    timers: systemTimers,
    random: systemRandomness,
    alarm: { raise: () => undefined },
    onFailure: () => undefined,
    onDoubt: options.onDoubt ?? (() => undefined),
    onFunds: options.onFunds ?? (() => undefined),
  };
  const isApart = (options.arrangement ?? process.env.OTKEL_TEST_ARRANGEMENT) === 'apart';
  const apart = isApart ? await openApart(parts, folder.keys) : null;
  const otkel = apart?.otkel ?? (await openOtkel(parts));
  await seed(otkel, folder.keys, clock);
  await otkel.start();
  const own = { log: pino({ level: 'silent' }), drain: createDrain() };
  const app = apart?.app ?? wholeApp(otkel.gateway, otkel.nodes, own);
  const server = app.listen(0, '127.0.0.1');
  for (const { keyId } of [...DEMO_CALLER_KEYS, ...keys])
    signers.set(keyId, (await readKeyFile(join(folder.keys, `${keyId}.json`))).signer);

  const signerOf = (key: string): Signer => {
    const signer = signers.get(key);
    invariant(signer, `${key} is a key of the demo`);
    return signer;
  };
  return {
    app,
    otkel,
    apart,
    keysFolder: folder.keys,
    databases,
    open: () => openOtkel(parts),
    signer: async (key) => signerOf(key),
    today: (ledger) => calendar(ledger === 'CN' ? 'Asia/Shanghai' : 'Asia/Almaty')(clock.now()),
    send(key, method, target, send = {}) {
      const [path = '/', query] = target.split('?');
      const body = Buffer.from(send.body ?? '');
      const given = Object.fromEntries(Object.entries(send.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]));
      const headers = body.length > 0 ? { 'content-type': 'application/xml', ...given } : given;
      const signed = signRequest({
        method,
        path,
        query: query === undefined ? '' : `?${query}`,
        headers,
        body,
        signer: signerOf(key),
        now: clock.now(),
        nonce: systemRandomness.uuid(),
        lifeSeconds: 60,
      });
      const all = send.tamper ? send.tamper({ ...headers, ...signed }) : { ...headers, ...signed };
      const test = request(server)[method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](target).set(all);
      // Supertest would serialise a Buffer with a JSON type; the signed bytes go out as they are.
      return body.length > 0
        ? test.serialize((value: unknown) => value as string).send(body as unknown as string)
        : test;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      try {
        const pools = new Map([...databases].map(([role, { pool }]) => [role, pool]));
        await expectVerified(pools, (await readTrustedKeys(folder.keys)).jurisdictions, options);
      } finally {
        await otkel.stop();
        for (const database of databases.values()) await database.drop();
        rmSync(folder.path, { recursive: true, force: true });
      }
    },
  };
}
