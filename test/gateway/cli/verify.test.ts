import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../src/gateway/cli/verify.js';
import { migrationsOf } from '../../../src/gateway/database-migrations.js';
import { createPool, databaseVariable } from '../../../src/gateway/platform/databases.js';
import { startEmbeddedPostgres } from '../../../src/gateway/platform/embedded-postgres.js';
import { migrate } from '../../../src/gateway/platform/migrate.pg.js';
import { runCommand } from '../../support/run-command.js';
import { openStack, type Stack } from '../../support/stack.js';

let stack: Stack;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  stack = await openStack();
  folder = mkdtempSync(join(tmpdir(), 'otkel-verify-'));
  chmodSync(folder, 0o711);
  const urls = [...stack.databases].map(([role, { url }]) => [databaseVariable(role), url]);
  env = { ...Object.fromEntries(urls), OTKEL_DATA: folder };
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (argv: readonly string[], own: Record<string, string> = env, now = 0) =>
  runCommand(verify, ['--keys', stack.keysFolder, ...argv], now, own);

describe('otkel verify', () => {
  it('audits the databases that variables name, and says that nothing is wrong', async () => {
    const { code, stdout } = await run([]);
    expect(stdout).toMatch(/^gateway, ledger-kz.*: \d+ blocks, \d+ payments?, \d+ messages?; nothing is wrong\n$/);
    expect(code).toBe(0);
  });

  it('prints a finding a line, with where it is', async () => {
    const kz = stack.databases.get('ledger-kz')!.pool;
    await kz.query("UPDATE wallet SET available_minor = available_minor + 1 WHERE wallet_id = 'KZ-SUSPENSE'");
    const { DATABASE_URL_LEDGER_KZ: url } = env;
    const text = await run([], { DATABASE_URL_LEDGER_KZ: url! });
    const json = await run(['--json'], { DATABASE_URL_LEDGER_KZ: url! });
    await kz.query("UPDATE wallet SET available_minor = available_minor - 1 WHERE wallet_id = 'KZ-SUSPENSE'");
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/; 1 finding\n$/);
    expect(text.stdout.split('\n')[0]).toBe(
      'WALLET_SUMS ledger-kz wallet KZ-SUSPENSE: its sums are not those of its tokens',
    );
    expect(json.code).toBe(1);
    const [finding, summary] = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(finding).toMatchObject({ code: 'WALLET_SUMS', database: 'ledger-kz', table: 'wallet', key: 'KZ-SUSPENSE' });
    expect(summary).toMatchObject({ databases: ['ledger-kz'], findings: 1 });
  });

  it('bears with what is in flight only when the installation is said to be at work', async () => {
    const gateway = stack.databases.get('gateway')!.pool;
    const heldAt = 1_800_000_000_000;
    await gateway.query(
      `INSERT INTO message VALUES ('ALTNKZ20', 'M', 'pacs.008.001.08', sha256('x'), 'x', 'y', $1, 1)`,
      [heldAt],
    );
    await gateway.query(
      `INSERT INTO payment (sender, msg_id, tx_index, uetr, owns_uetr, state, status, facts, differences, accepted_at)
       VALUES ('ALTNKZ20', 'M', 0, 'u', true, 'PREPARING', 'ACTC', '{}', '[]', $1)`,
      [heldAt],
    );
    const codes = async (argv: string[], now: number) => {
      const { stdout } = await run(['--json', ...argv], { DATABASE_URL_GATEWAY: env.DATABASE_URL_GATEWAY! }, now);
      return stdout.match(/PAYMENT_OPEN/g)?.length ?? 0;
    };
    expect(await codes([], heldAt + 1_000)).toBe(1);
    expect(await codes(['--live'], heldAt + 1_000)).toBe(0);
    expect(await codes(['--live'], heldAt + 61_000)).toBe(1);
    await gateway.query("DELETE FROM payment WHERE msg_id = 'M'");
    await gateway.query("DELETE FROM message WHERE msg_id = 'M'");
  });

  it('says 2 when it could not run', async () => {
    expect((await run([], { OTKEL_DATA: join(folder, 'nothing') })).code).toBe(2);
    expect((await run([], { DATABASE_URL_GATEWAY: 'postgresql://127.0.0.1:1/none' })).code).toBe(2);
    expect((await runCommand(verify, ['--keys', join(folder, 'nothing')], 0, env)).code).toBe(2);
    expect((await run(['--nonsense'])).code).toBe(2);
    expect((await run(['--config', 'x'])).code).toBe(2);
  });

  it('does not call everything unsigned where it was given no keys', async () => {
    const empty = mkdtempSync(join(folder, 'keys-'));
    const { code, stdout, stderr } = await runCommand(verify, ['--keys', empty], 0, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${empty} has no public key of a ledger, co-signer or oracle`);
  });

  it.each([['--live'], ['--config', 'x']])('refuses %s beside --evidence', async (...argv) => {
    const { code, stderr } = await runCommand(verify, ['--evidence', 'x', ...argv], 0, env);
    expect(code).toBe(2);
    expect(stderr).toContain('--evidence checks one document');
  });

  it('audits a data folder while its server runs and when nothing does', { timeout: 120_000 }, async () => {
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
    await server.createDatabases(['signer-kz']);
    const pool = createPool(server.url('signer-kz'), { max: 1 });
    await migrate(pool, migrationsOf('signer-kz'));
    const put = "INSERT INTO signer_equivocation VALUES ('3f1b2c4d-0000-4000-8000-000000000001', '', 1, NULL)";
    await pool.query(put);
    const own = { OTKEL_DATA: folder };
    const running = await run([], own);
    await pool.end();
    await server.stop();
    const alone = await run([], own);
    for (const { code, stdout } of [running, alone]) {
      expect(stdout).toContain('CORRIDOR_FROZEN signer-kz signer_equivocation');
      expect(code).toBe(1);
    }
  });
});
