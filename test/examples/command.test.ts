/** The examples as commands, over what `npm run build` made: on a whole Otkel of their own, of which nothing is left. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { processesOf } from '../../bench/support/server.js';

// Processes start slowly on a machine that does other things.
const LONG = { timeout: 180_000 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'otkel-examples-'));
  // As root the database server's user must get through.
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const example = (name: string, ...argv: string[]) =>
  spawn(process.execPath, [`dist/examples/${name}.js`, ...argv], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function expectNothingLeft(): void {
  expect(readdirSync(folder)).toEqual([]);
  expect(processesOf(folder)).toEqual([]);
}

test('the example tells its story and leaves nothing', LONG, async () => {
  const told = example('vehicle');
  const [stdout, stderr, [code]] = await Promise.all([text(told.stdout), text(told.stderr), once(told, 'close')]);
  expect(stderr).toBe('');
  expect(stdout).toContain('4. A sale that nobody registers in time');
  expect(code).toBe(0);
  expectNothingLeft();
});

test.each(['as it starts', 'as it tells'])('interrupted %s it leaves nothing either', LONG, async (when) => {
  const told = example('budget');
  const ended = once(told, 'close');
  if (when === 'as it tells') await once(told.stdout, 'data');
  else await vi.waitFor(() => expect(readdirSync(folder)).not.toEqual([]), 20_000);
  // As a terminal and npm do.
  for (const _ of ['terminal', 'npm']) told.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expectNothingLeft();
});

test.each([[['--url', 'http://127.0.0.1:1']], [['--bogus']], [['what']]])(
  '%j is refused with the usage',
  async (argv) => {
    const told = example('budget', ...argv);
    const [stderr, [code]] = await Promise.all([text(told.stderr), once(told, 'close')]);
    expect(stderr).toContain('Usage: npm run example:budget');
    expect(code).toBe(2);
  },
);
