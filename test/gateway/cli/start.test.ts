import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { writeDemoApart } from '../../../src/gateway/demo-apart.js';
import { systemRandomness } from '../../../src/gateway/platform/runtime.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'otkel-start-'));
  // As root the database server's user must get through.
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as npm runs it, over what `npm run build` made, with a data folder of its own. */
const otkel = (env: Readonly<Record<string, string>>, ...argv: string[]) =>
  spawn(process.execPath, ['dist/src/gateway/cli/main.js', ...argv], {
    env: { ...process.env, OTKEL_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test.each(['first', 'second'])(
  'the %s start opens, a payment settles, an interrupt ends it without a word',
  async () => {
    const gateway = otkel({ PORT: '0' }, 'start');
    onTestFinished(() => void gateway.kill());
    const ended = once(gateway, 'close');
    const stderr = text(gateway.stderr);
    let port = '';
    for await (const line of createInterface({ input: gateway.stdout })) {
      port = /^Otkel is open at http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1] ?? port;
      if (line.includes('otkel -- send')) break;
    }
    const sender = otkel({ PORT: port }, 'send', '--json');
    const [sent, [sendCode]] = await Promise.all([text(sender.stdout), once(sender, 'close')]);
    expect(JSON.parse(sent)).toMatchObject({ http: 200, status: 'ACCC' });
    expect(sendCode).toBe(0);
    gateway.kill('SIGINT');
    const [code] = await ended;
    expect(await stderr).toBe('');
    expect(code).toBe(0);
  },
);

test.each([['start'], ['gateway'], ['jurisdiction', 'KZ']])(
  '%s says that its port is in use before it makes anything',
  async (...argv) => {
    const apart = join(folder, 'apart');
    await writeDemoApart(apart, 8080, systemRandomness);
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const nothing = join(folder, 'nothing');
    const refused = otkel(
      { PORT: String(port), OTKEL_DATA: nothing, OTKEL_CONFIG: join(apart, 'gateway', 'config.json') },
      ...argv,
    );
    const [stderr, [code]] = await Promise.all([text(refused.stderr), once(refused, 'close')]);
    expect(stderr).toBe(`port ${port} is in use: set PORT to another one\n`);
    expect(code).toBe(1);
    expect(existsSync(nothing)).toBe(false);
  },
);
