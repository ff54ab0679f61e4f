import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/gateway/platform/embedded-postgres.js';
import { createPool } from '../../../src/gateway/platform/pool.js';
import { processStart } from '../../../src/gateway/platform/process-lock.js';

const settings = { shared_buffers: '16MB', max_connections: '20' };

/** A process that starts a server, commits a row, and says its server's process id. Runs what `npm run build` made. */
function holder(folder: string): ChildProcess {
  const module = (name: string) => pathToFileURL(join('dist/src/gateway/platform', name)).href;
  const script = `
    import { startEmbeddedPostgres } from '${module('embedded-postgres.js')}';
    import { createPool } from '${module('pool.js')}';
    const server = await startEmbeddedPostgres(${JSON.stringify({ folder, settings })});
    const pool = createPool(server.url('postgres'), { max: 1 });
    await pool.query('CREATE TABLE IF NOT EXISTS kept (n int)');
    await pool.query('INSERT INTO kept VALUES (1)');
    console.log(server.pid);
    setInterval(() => undefined, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'otkel-killed-'));
  // As root the server's user must get through.
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const firstLine = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error('the process ended without a word: run npm run build first');
};

it('a killed process leaves committed rows, and its server neither blocks the next nor outlives it', async () => {
  for (const kill of ['process', 'process and server'] as const) {
    const child = holder(folder);
    const serverPid = Number(await firstLine(child));
    const over = once(child, 'exit');
    child.kill('SIGKILL');
    if (kill === 'process and server') process.kill(serverPid, 'SIGKILL');
    await over;
    const next = await startEmbeddedPostgres({ folder, settings });
    expect(processStart(serverPid)).toBeUndefined();
    const pool = createPool(next.url('postgres'), { max: 1 });
    const { rows } = await pool.query('SELECT count(*) FROM kept');
    expect(rows).toEqual([{ count: kill === 'process' ? 1n : 2n }]);
    await pool.end();
    await next.stop();
  }
});

it('a process killed while it makes the cluster leaves a folder that the next start makes good', async () => {
  const fresh = join(folder, 'killed-first-start');
  const unfinished = () => (existsSync(fresh) ? readdirSync(fresh).filter((name) => name.endsWith('.new')) : []);
  const child = holder(fresh);
  const over = once(child, 'exit');
  // initdb is at work when its first files are there; it outlives the process and goes on writing.
  await vi.waitFor(() => expect(unfinished().flatMap((name) => readdirSync(join(fresh, name)))).not.toEqual([]), {
    timeout: 60_000,
    interval: 5,
  });
  child.kill('SIGKILL');
  await over;
  const next = await startEmbeddedPostgres({ folder: fresh, settings });
  await next.createDatabases(['made']);
  await next.stop();
  const again = await startEmbeddedPostgres({ folder: fresh, settings });
  await again.stop();
  expect(unfinished()).toEqual([]);
});
