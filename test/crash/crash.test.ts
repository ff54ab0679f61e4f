import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesOf } from '../../bench/support/server.js';

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'otkel-crash-ci-'));
  // As root the database server's user must get through.
  chmodSync(temporary, 0o711);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** The command as `npm run crash-test` runs it, over what `npm run build` made, in a temporary folder of its own. */
function crashTest(...options: string[]) {
  const args = ['dist/bench/crash-test.js', ...options];
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  return { child, output, over: once(child, 'close') as Promise<[number | null]> };
}

describe('a gateway killed under load', () => {
  it('settles every payment on both ledgers or on neither and tells every bank once', {
    timeout: 300_000,
  }, async () => {
    const { output, over } = crashTest('--rounds', '3', '--senders', '8', '--load-ms', '900', '--seed', '20261121');
    const [code] = await over;
    const result: unknown = JSON.parse(output.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(result, output.stderr).toMatchObject({ rounds: 3, split: 0, lost: 0, stuck: 0 });
    expect(code).toBe(0);
    const { payments, settled, rejected } = result as Record<'payments' | 'settled' | 'rejected', number>;
    expect(settled).toBeGreaterThan(0);
    expect(settled + rejected).toBe(payments);
    expect(processesOf(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('leaves no process and no folder when it is interrupted', { timeout: 120_000 }, async () => {
    const { child, output, over } = crashTest('--rounds', '1', '--senders', '4', '--seed', '1');
    await new Promise<void>((resolve) => {
      child.stderr.on('data', () => {
        if (output.stderr.includes('first start: killed')) resolve();
      });
    });
    child.kill('SIGINT');
    const [code] = await over;
    expect(code).toBe(130);
    expect(processesOf(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
