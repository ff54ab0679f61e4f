import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../../../src/gateway/cli/command.js';
import { curl } from '../../../src/gateway/cli/curl.js';
import { keygen } from '../../../src/gateway/cli/keygen.js';
import { participant } from '../../../src/gateway/cli/participant.js';
import { start } from '../../../src/gateway/cli/start.js';
import { verifyRequest } from '../../../src/gateway/identity/http-signature.js';
import { readKeyFile, readPublicKeyFile } from '../../../src/gateway/identity/key-file.js';
import { readParticipantRequest } from '../../../src/gateway/identity/participant-request.js';
import { SUITES } from '../../../src/kernel/suites.js';
import { fixedBytes, NOW } from '../identity/fixtures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otkel-cli-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Runs a command against a server that answers `answer` and keeps what it was sent. */
async function run(command: Command, argv: string[], answer = new Response('{"ok":true}'), env = {}) {
  const sent: Sent[] = [];
  let stdout = '';
  let stderr = '';
  let seed = 0;
  const code = await command({
    argv,
    env,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    fetch: async (url, init) => {
      const { method, headers, body } = init as { method: string; headers: Record<string, string>; body?: Buffer };
      sent.push({ url: url as URL, method, headers, body: body ?? Buffer.alloc(0) });
      return answer;
    },
    clock: { now: () => NOW },
    random: {
      bytes: (count) => {
        seed += 1;
        return fixedBytes(seed)(count);
      },
      uuid: () => '00000000-0000-4000-8000-000000000000',
    },
  });
  return { code, stdout, stderr, sent };
}

const makeKey = async (keyId: string, owner = 'ALFAKZK0', suite = 'ed25519'): Promise<string> => {
  await run(keygen, ['--owner', owner, '--out', folder, '--key-id', keyId, '--suite', suite]);
  return join(folder, `${keyId}.json`);
};

async function expectSigned(sent: Sent, keyPath: string): Promise<void> {
  const { suite, publicKey, owner } = await readPublicKeyFile(keyPath);
  const request = { ...sent, path: sent.url.pathname, query: sent.url.search };
  const key = async (keyId: string) => ({ keyId, owner, suite, publicKey, validFrom: 0, validTo: null });
  expect(await verifyRequest(request, key, NOW)).toMatchObject({ ok: true });
}

describe('otkel keygen', () => {
  test.each(SUITES)('writes a key of suite %s that signs', async (suite) => {
    const path = await makeKey('k1', 'ALFAKZK0', suite);
    const { signer, owner } = await readKeyFile(path);
    expect([signer.keyId, signer.suite, owner]).toEqual(['k1', suite, 'ALFAKZK0']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const publicText = await readFile(join(folder, 'k1.pub.json'), 'utf8');
    expect(Object.keys(JSON.parse(publicText))).toEqual(['keyId', 'suite', 'owner', 'publicKey']);
  });

  test('names the key when nobody does, and prints both paths', async () => {
    const { code, stdout } = await run(keygen, ['--owner', 'ALFAKZK0', '--out', folder]);
    const names = ['alfakzk0-01010101.json', 'alfakzk0-01010101.pub.json'];
    expect([code, stdout]).toEqual([0, names.map((name) => `${join(folder, name)}\n`).join('')]);
    expect((await readdir(folder)).sort()).toEqual(names);
  });

  test('never overwrites a key', async () => {
    const before = await readFile(await makeKey('k1'), 'utf8');
    const again = await run(keygen, ['--owner', 'ALFAKZK0', '--out', folder, '--key-id', 'k1']);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
    expect(await readFile(join(folder, 'k1.json'), 'utf8')).toBe(before);
  });
});

describe('otkel curl', () => {
  test('sends a signed GET to a path on this machine', async () => {
    const key = await makeKey('operator');
    const { code, stdout, sent } = await run(curl, ['/v1/inbox?after=3', '--key', key], undefined, { PORT: '9090' });
    expect([code, stdout]).toEqual([0, '{"ok":true}\n']);
    expect([sent[0]!.method, sent[0]!.url.href]).toEqual(['GET', 'http://127.0.0.1:9090/v1/inbox?after=3']);
    await expectSigned(sent[0]!, key);
  });

  test('takes the operator key of the data folder, or OTKEL_KEY', async () => {
    const key = await makeKey('k1');
    expect((await run(curl, ['/x'], undefined, { OTKEL_KEY: key })).code).toBe(0);
    const missing = await run(curl, ['/x'], undefined, { OTKEL_DATA: folder });
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('operator.json can not be read')]);
  });

  test('posts a file as it is, with header fields that are covered', async () => {
    const key = await makeKey('k1', 'ALFAKZK0', 'p256');
    const file = join(folder, 'm.xml');
    await writeFile(file, '<Document>\r\n</Document>');
    const argv = ['-d', `@${file}`, '-H', 'Otkel-Quote-Id: q1', '--key', key, 'http://localhost:1/v1/messages'];
    const { sent } = await run(curl, argv);
    const request = sent[0]!;
    expect([request.method, request.body.toString()]).toEqual(['POST', '<Document>\r\n</Document>']);
    expect(request.headers['content-type']).toBe('application/xml');
    expect(request.headers['signature-input']).toContain('"otkel-quote-id"');
    await expectSigned(request, key);
  });

  test.each([
    ['{"a":1}', [], 'application/json'],
    ['<a/>', [], 'application/xml'],
    ['a', ['-H', 'content-type: text/plain'], 'text/plain'],
  ])('a body %s %j is %s', async (data, more, type) => {
    const key = await makeKey('k1');
    const { sent } = await run(curl, ['-X', 'put', '-d', data, ...more, '--key', key, '/x']);
    expect([sent[0]!.method, sent[0]!.headers['content-type']]).toEqual(['PUT', type]);
  });

  test('-i shows status and header fields; 400 and above fails', async () => {
    const key = await makeKey('k1');
    const answer = new Response('no\n', { status: 404, statusText: 'Not Found', headers: { 'x-a': '1' } });
    const { code, stdout } = await run(curl, ['-i', '--key', key, '/x'], answer);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^HTTP 404 Not Found\n(.+\n)*x-a: 1\n\nno\n$/);
  });
});

describe('otkel participant add', () => {
  test('posts what the gateway reads, signed by the operator', async () => {
    const operator = await makeKey('operator', 'OPERKZK0');
    await makeKey('alfa-1', 'ALFAKZK0', 'p256');
    const argv = ['add', '--bic', 'ALFAKZK0XXX', '--name', 'Alfa', '--role', 'bank', '--with-header'];
    const keys = ['--key', join(folder, 'alfa-1.pub.json'), '--operator-key', operator];
    const { code, sent } = await run(participant, [...argv, ...keys, '--url', 'http://gw:1']);
    const request = sent[0]!;
    expect([code, request.method, request.url.href]).toEqual([0, 'POST', 'http://gw:1/v1/participants']);
    await expectSigned(request, operator);
    expect(readParticipantRequest(JSON.parse(request.body.toString()), NOW)).toMatchObject({
      ok: true,
      value: { participant: { bic: 'ALFAKZK0', withHeader: true }, keys: [{ keyId: 'alfa-1', suite: 'p256' }] },
    });
  });

  test('fails when the gateway refuses', async () => {
    const operator = await makeKey('operator');
    const argv = ['add', '--bic', 'ALFAKZK0', '--name', 'A', '--role', 'bank', '--key', operator];
    const answer = new Response('{"code":"PARTICIPANT_EXISTS"}', { status: 409 });
    const { code, stdout } = await run(participant, [...argv, '--operator-key', operator], answer);
    expect([code, stdout]).toEqual([1, '{"code":"PARTICIPANT_EXISTS"}\n']);
  });

  test("does not register somebody else's key", async () => {
    const operator = await makeKey('operator', 'OPERKZK0');
    const argv = ['add', '--bic', 'ALFAKZK0', '--name', 'A', '--role', 'bank', '--key', operator];
    const { code, stderr, sent } = await run(participant, argv);
    expect([code, sent]).toEqual([2, []]);
    expect(stderr).toMatch(/^key operator belongs to OPERKZK0, not to ALFAKZK0\n/);
  });
});

describe('arguments', () => {
  test.each<[string, Command, string[], RegExp]>([
    ['keygen without owner', keygen, ['--out', 'x'], /^--owner and --out are needed/],
    ['keygen with a wrong BIC', keygen, ['--owner', 'alfa', '--out', 'x'], /^--owner alfa is not a BIC/],
    ['keygen, unknown suite', keygen, ['--owner', 'ALFAKZK0', '--out', 'x', '--suite', 'rsa'], /^--suite is one of/],
    ['keygen, path as id', keygen, ['--owner', 'ALFAKZK0', '--out', 'x', '--key-id', '../k'], /^--key-id is/],
    ['keygen, unknown option', keygen, ['--colour'], /^Unknown option '--colour'/],
    ['curl without target', curl, [], /^one URL or path is needed/],
    ['curl with two', curl, ['/a', '/b'], /^one URL or path is needed/],
    ['curl to another scheme', curl, ['file:///etc/passwd'], /is no URL and no path/],
    ['curl with a wrong header', curl, ['-H', 'x', '/a'], /^-H 'x' is not/],
    ['participant without action', participant, [], /^the only action is: add/],
    ['start with an argument', start, ['extra'], /^Unexpected argument 'extra'/],
    ['start, unknown option', start, ['--port'], /^Unknown option '--port'/],
    ['participant without BIC', participant, ['add'], /^--bic, --name, --role and --key are needed/],
  ])('%s: exit code 2 and the usage', async (_name, command, argv, message) => {
    const { code, stdout, stderr } = await run(command, argv, undefined, { OTKEL_DATA: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('Usage: otkel ');
  });

  test('a log level that there is not: exit code 2, and which there are', async () => {
    const { code, stderr } = await run(start, [], undefined, { OTKEL_DATA: folder, OTKEL_LOG_LEVEL: 'loud' });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^OTKEL_LOG_LEVEL is one of fatal, error, warn,/)]);
  });

  test.each([keygen, curl, participant])('--help: exit code 0', async (command) => {
    const { code, stdout } = await run(command, ['--help']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Usage: otkel /)]);
  });
});

describe('key files that are refused', () => {
  test.each<[string, string, RegExp]>([
    ['not JSON', 'x', /is not a JSON object/],
    ['a list', '[]', /keyId and owner are text/],
    ['unknown suite', '{"keyId":"k","owner":"ALFAKZK0","suite":"rsa"}', /suite is unknown/],
    ['no public key', '{"keyId":"k","owner":"ALFAKZK0","suite":"p256"}', /publicKey is not base64url/],
    ['a key off the curve', '{"keyId":"k","owner":"A","suite":"p256","publicKey":"AAAA"}', /not an acceptable p256/],
  ])('%s', async (_name, text, message) => {
    const path = join(folder, 'k.json');
    await writeFile(path, text);
    await expect(readPublicKeyFile(path)).rejects.toThrow(message);
  });

  test('the public half as the whole, and two halves of different keys', async () => {
    await makeKey('k1');
    await expect(readKeyFile(join(folder, 'k1.pub.json'))).rejects.toThrow(/is it the public half/);
    const fields = JSON.parse(await readFile(join(folder, 'k1.json'), 'utf8'));
    const path = join(folder, 'k2.json');
    await writeFile(path, JSON.stringify({ ...fields, secretKey: Buffer.alloc(32, 9).toString('base64url') }));
    await expect(readKeyFile(path)).rejects.toThrow(/do not match/);
    await writeFile(path, JSON.stringify({ ...fields, secretKey: 'AAAA' }));
    await expect(readKeyFile(path)).rejects.toThrow(/is not a ed25519 key/);
  });
});
