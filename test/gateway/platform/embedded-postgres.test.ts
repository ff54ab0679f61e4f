import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databaseRoles, openDatabases } from '../../../src/gateway/platform/databases.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/gateway/platform/embedded-postgres.js';
import { createPool } from '../../../src/gateway/platform/pool.js';
import { LockedError, processStart } from '../../../src/gateway/platform/process-lock.js';

const settings = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' };

/** One row of one column. */
async function ask(url: string, sql: string): Promise<unknown> {
  const pool = createPool(url, { max: 1 });
  try {
    const { rows } = await pool.query({ text: sql, rowMode: 'array' });
    return (rows as unknown[][])[0]?.[0];
  } finally {
    await pool.end();
  }
}

describe('embedded PostgreSQL', () => {
  let base: string;
  let running: EmbeddedPostgres[] = [];
  const start = async (folder: string): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ folder, settings });
    running.push(server);
    return server;
  };
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'otkel-embedded-'));
    // As root the server's user must get through.
    chmodSync(base, 0o711);
  });
  afterEach(async () => {
    for (const server of running) await server.stop();
    running = [];
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('is UTF-8, in C order, durable by default, keeps to its part of the memory and is closed to the network', async () => {
    const server = await startEmbeddedPostgres({ folder: join(base, 'plain') });
    running.push(server);
    const shown = (name: string) => ask(server.url('postgres'), `SHOW ${name}`);
    expect(await shown('server_encoding')).toBe('UTF8');
    expect(await ask(server.url('postgres'), "SELECT min(x) FROM (VALUES ('a'), ('B')) AS t(x)")).toBe('B');
    expect([await shown('fsync'), await shown('synchronous_commit'), await shown('full_page_writes')]).toEqual([
      'on',
      'on',
      'on',
    ]);
    expect(await shown('listen_addresses')).toBe('');
    const kept = await ask(server.url('postgres'), "SELECT pg_size_bytes(current_setting('shared_buffers'))::float8");
    expect(kept).toBeGreaterThanOrEqual(128 * 2 ** 20);
    expect(kept).toBeLessThanOrEqual(Math.max(totalmem() / 4, 128 * 2 ** 20));
    const socket = new URL(server.url('x').replace('@/', '@h/')).searchParams.get('host') ?? '';
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    expect(statSync(join(base, 'plain', 'password')).mode & 0o777).toBe(0o600);
    await expect(ask(server.url('postgres').replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('keeps data over a restart and leaves no process, socket or lock', async () => {
    const folder = join(base, 'again');
    const first = await start(folder);
    await first.createDatabases(['gateway', 'ledger-kz']);
    await first.createDatabases(['gateway']);
    await ask(first.url('ledger-kz'), 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    await first.exited;
    expect(processStart(first.pid)).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['data', 'password', 'postgres.log']);
    const second = await start(folder);
    expect(await ask(second.url('ledger-kz'), 'SELECT n FROM kept')).toBe(7);
  });

  it('refuses a second copy on the same folder and names the first', async () => {
    const folder = join(base, 'twice');
    const first = await start(folder);
    const second = startEmbeddedPostgres({ folder, settings });
    await expect(second).rejects.toBeInstanceOf(LockedError);
    await expect(second).rejects.toThrow(`is in use by process ${process.pid}`);
    expect(await ask(first.url('postgres'), 'SELECT 1')).toBe(1);
  });

  it('runs two copies side by side, also in a folder whose path is too long for a socket', async () => {
    const long = join(base, 'x'.repeat(100), 'y'.repeat(60));
    const [a, b] = [await start(join(base, 'side')), await start(long)];
    await ask(a.url('postgres'), 'CREATE TABLE only_here (n int)');
    expect(await ask(b.url('postgres'), "SELECT to_regclass('only_here')")).toBeNull();
  });

  it('recovers committed work after the server was killed', async () => {
    const folder = join(base, 'killed');
    const server = await start(folder);
    await ask(server.url('postgres'), 'CREATE TABLE kept AS SELECT 8 AS n');
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    const next = await start(folder);
    expect(await ask(next.url('postgres'), 'SELECT n FROM kept')).toBe(8);
  });

  it('takes over from a dead process whose lock, pid file and half-made cluster are still there', async () => {
    const folder = join(base, 'stale');
    mkdirSync(join(folder, 'data.new'), { recursive: true });
    writeFileSync(join(folder, 'data.new', 'PG_VERSION'), '18');
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot' }));
    const first = await start(folder);
    await first.stop();
    // The number in the pid file is alive, but it is not a server of this folder.
    writeFileSync(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n`);
    expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(true);
    const second = await start(folder);
    expect(await ask(second.url('postgres'), 'SELECT 1')).toBe(1);
  });

  it('says what PostgreSQL said when it does not start', async () => {
    const bad = startEmbeddedPostgres({ folder: join(base, 'bad'), settings: { ...settings, work_mem: 'much' } });
    await expect(bad).rejects.toThrow(/invalid value for parameter "work_mem"/);
    const again = await start(join(base, 'bad'));
    expect(await ask(again.url('postgres'), 'SELECT 1')).toBe(1);
  });

  it('opens five databases, each on its own server where one is named', async () => {
    const roles = databaseRoles(['KZ', 'CN']);
    expect(roles).toEqual(['gateway', 'ledger-kz', 'signer-kz', 'ledger-cn', 'signer-cn']);
    const elsewhere = 'postgresql://someone@db.invalid/signer';
    const options = { folder: join(base, 'five'), settings };
    const databases = await openDatabases({ DATABASE_URL_SIGNER_KZ: elsewhere }, roles, options);
    try {
      expect(databases.url('signer-kz')).toBe(elsewhere);
      expect(await ask(databases.url('ledger-cn'), 'SELECT current_database()')).toBe('ledger-cn');
    } finally {
      await databases.stop();
    }
    expect(existsSync(join(base, 'five', 'lock'))).toBe(false);
    const named = await openDatabases({ DATABASE_URL_GATEWAY: elsewhere }, ['gateway'], { folder: join(base, 'none') });
    expect([named.embedded, existsSync(join(base, 'none'))]).toEqual([undefined, false]);
    await expect(openDatabases({ DATABASE_URL_GATEWAY: 'db.invalid' }, ['gateway'], options)).rejects.toThrow(
      /DATABASE_URL_GATEWAY must be a URL/,
    );
  });
});
