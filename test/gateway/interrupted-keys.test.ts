import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDemoKeys } from '../../src/gateway/demo-seed.js';
import { readKeyFile, readPublicKeyFile, writeKeyFiles } from '../../src/gateway/identity/key-file.js';
import { systemRandomness } from '../../src/gateway/platform/runtime.js';
import { generateKeyPair } from '../../src/kernel/suites.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'otkel-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('keys whose making was killed half-way are completed by the next start', async () => {
  // Half a secret file, as a kill in the middle of a write leaves it.
  writeFileSync(join(folder, 'operator.json.new'), '{"keyId": "oper');
  await makeDemoKeys(folder, systemRandomness);
  const { signer } = await readKeyFile(join(folder, 'operator.json'));
  const publicPath = join(folder, 'operator.pub.json');
  // The secret half alone, as a kill between the two files leaves it.
  rmSync(publicPath);
  await makeDemoKeys(folder, systemRandomness);
  expect((await readPublicKeyFile(publicPath)).publicKey).toEqual(Buffer.from(signer.publicKey));
  expect((await readKeyFile(join(folder, 'operator.json'))).signer.publicKey).toEqual(signer.publicKey);
});

it('a key is never written over another', async () => {
  const path = join(folder, 'ledger-kz.json');
  await makeDemoKeys(folder, systemRandomness);
  const before = readFileSync(path, 'utf8');
  const pair = generateKeyPair('p256', systemRandomness.bytes);
  await expect(writeKeyFiles(folder, 'ledger-kz', 'OTKOKZ20', pair)).rejects.toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe(before);
});
