import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readOwnKeys } from '../../src/gateway/cli/own-keys.js';
import { feeWalletOf } from '../../src/gateway/config.js';
import { writeDemoApart } from '../../src/gateway/demo-apart.js';
import { coSignerKeyId, keyInUse, keyRegister, readInstallation } from '../../src/gateway/installation.js';
import { systemRandomness } from '../../src/gateway/platform/runtime.js';
import type { LedgerCode } from '../../src/kernel/ids.js';

const KZ = 'KZ' as LedgerCode;
let out: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'otkel-apart-'));
  await writeDemoApart(out, 8_080, systemRandomness);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const text = (): string => readFileSync(join(out, 'kz', 'config.json'), 'utf8');
type Json = Record<string, unknown> & {
  jurisdictions: (Record<string, unknown> & { transportKeys: Record<string, unknown>[] })[];
  gateways: Record<string, unknown>[];
  corridors: unknown[];
};
const changed = (edit: (config: Json) => void): string => {
  const config = JSON.parse(text()) as Json;
  edit(config);
  return JSON.stringify(config);
};

describe('the demo written for processes of their own', () => {
  it('gives each party its own private keys and nobody else’s', () => {
    const secrets = Object.fromEntries(
      readdirSync(out).map((name) => [
        name,
        readdirSync(join(out, name, 'keys'))
          .filter((file) => !file.endsWith('.pub.json'))
          .sort(),
      ]),
    );
    const banks = ['altnkz20', 'dalakz20', 'jadecn20', 'longcn20'].map((bank) => `bank-${bank}.json`);
    const institutions = ['cn', 'kz'].flatMap((code) =>
      ['events-*', 'issuer-*-1', 'issuer-*-2', 'oracle-*', 'tax-*', 'treasury-*'].map(
        (name) => `${name.replace('*', code)}.json`,
      ),
    );
    expect(secrets).toEqual({
      cn: ['confirmer-cn.json', 'cosigner-cn.json', 'ledger-cn.json', 'transport-cn.json'],
      gateway: ['gateway.json', 'provider-silkcn20.json', 'provider.json'],
      kz: ['confirmer-kz.json', 'cosigner-kz.json', 'ledger-kz.json', 'transport-kz.json'],
      users: [...banks, 'desk.json', 'desk-2.json', 'operator.json', 'rate-feed.json', ...institutions].sort(),
    });
  });

  it('is one configuration without a secret', () => {
    expect(text()).not.toContain('secretKey');
    for (const name of ['cn', 'gateway']) expect(readFileSync(join(out, name, 'config.json'), 'utf8')).toBe(text());
  });

  it('keeps keys when it is written again', async () => {
    const before = text();
    await writeDemoApart(out, 8_080, systemRandomness);
    expect(text()).toBe(before);
  });

  it('is read back whole', () => {
    const { config, jurisdictions, gateways, keys, participants, isDemo } = readInstallation(text(), 5);
    expect(config.jurisdictions.map(({ code }) => code)).toEqual(['KZ', 'CN']);
    expect(jurisdictions.map(({ url }) => url)).toEqual(['http://127.0.0.1:8081', 'http://127.0.0.1:8082']);
    expect(gateways.map(({ bic, role }) => [bic, role])).toEqual([['OTKGKZ20', 'gateway']]);
    expect(keys.map(({ keyId, owner, role }) => [keyId, owner, role])).toEqual([
      ['ledger-kz', 'KZ', 'ledger'],
      ['cosigner-kz', 'KZ', 'cosigner'],
      ['confirmer-kz', 'KZ', 'confirmer'],
      ['ledger-cn', 'CN', 'ledger'],
      ['cosigner-cn', 'CN', 'cosigner'],
      ['confirmer-cn', 'CN', 'confirmer'],
    ]);
    expect(participants.map(({ participant }) => participant.role)).toEqual([
      ...['bank', 'bank', 'bank', 'bank', 'operator', 'desk', 'rateFeed', 'provider', 'provider'],
      ...['issuer', 'treasury', 'treasury', 'oracle', 'eventProvider'],
      ...['issuer', 'treasury', 'treasury', 'oracle', 'eventProvider'],
    ]);
    expect(isDemo).toBe(true);
  });
});

describe('a configuration that can not work is refused in words', () => {
  const first = (config: Json) => config.jurisdictions[0]!;
  const key = (config: Json) => first(config).transportKeys[0]!;
  test.each<[string, (config: Json) => void]>([
    ['the file has the unknown member corridor', (config) => Object.assign(config, { corridor: [] })],
    ['operator is not a BIC', (config) => Object.assign(config, { operator: 7 })],
    ['corridors is not a list', (config) => Object.assign(config, { corridors: {} })],
    ['corridors[0] is not an object', (config) => Object.assign(config, { corridors: [null] })],
    ['jurisdictions is not a list', (config) => Object.assign(config, { jurisdictions: 'KZ' })],
    ['jurisdictions[0] is not an object', (config) => Object.assign(config.jurisdictions, { 0: [] })],
    ['jurisdictions[0].currency is not text', (config) => Object.assign(first(config), { currency: null })],
    ['jurisdictions[0].timeZone Asia/Nowhere is unknown', (c) => Object.assign(first(c), { timeZone: 'Asia/Nowhere' })],
    ['suite rsa is unknown', (config) => Object.assign(first(config), { suite: 'rsa' })],
    ['jurisdictions[0].feeWallet is not text', (config) => Object.assign(first(config), { feeWallet: 7 })],
    ['a b is not the id of a wallet', (config) => Object.assign(first(config), { feeWallet: 'a b' })],
    ['jurisdictions[0].chargeMost is not an object', (config) => Object.assign(first(config), { chargeMost: '1' })],
    [
      'jurisdictions[0].chargeMost.proportionalBps is not text',
      (config) => Object.assign(first(config), { chargeMost: { fixed: '1' } }),
    ],
    [
      'chargeMost of KZ: fixed is no amount of KZT',
      (config) => Object.assign(first(config), { chargeMost: { fixed: '0.001', proportionalBps: '1' } }),
    ],
    ['jurisdictions[0].bic is not a BIC', (config) => Object.assign(first(config), { bic: 'KZ' })],
    ['jurisdictions[0].url is not a URL', (config) => Object.assign(first(config), { url: 'ftp://kz' })],
    ['jurisdictions[0].url is not a URL', (config) => Object.assign(first(config), { url: 'http://kz:1/path' })],
    ['jurisdictions[0].ledgerKeys is empty', (config) => Object.assign(first(config), { ledgerKeys: [] })],
    ['jurisdictions[0].coSignerKeys is not a list', (c) => Object.assign(first(c), { coSignerKeys: undefined })],
    ['has the unknown member secretKey', (config) => Object.assign(key(config), { secretKey: 'x' })],
    ['transportKeys[0].keyId is not', (config) => Object.assign(key(config), { keyId: '../x' })],
    ['transportKeys[0].suite is unknown', (config) => Object.assign(key(config), { suite: 'none' })],
    ['transportKeys[0].publicKey is not an acceptable', (c) => Object.assign(key(c), { publicKey: 'AAAA' })],
    ['validFrom and validTo are milliseconds', (c) => Object.assign(key(c), { validFrom: 9, validTo: 9 })],
    ['key gateway is named twice', (config) => Object.assign(key(config), { keyId: 'gateway' })],
    ['KZCBKZ20 is named twice', (config) => Object.assign(config.gateways[0]!, { bic: 'KZCBKZ20' })],
    ['participants[0]: ', (config) => Object.assign(config, { participants: [{ bic: 'X' }] })],
  ])('%s', (words, edit) => {
    expect(() => readInstallation(changed(edit), 0)).toThrow(words);
  });

  test.each(['', '[]', 'null', '{', '{}'])('%j', (given) => {
    expect(() => readInstallation(given, 0)).toThrow(/^configuration: /);
  });
});

test('where charges go, and how much they may be, is each jurisdiction’s', () => {
  const chargeMost = { fixed: '500.00', proportionalBps: '100' };
  const given = changed((config) => Object.assign(config.jurisdictions[0]!, { feeWallet: 'KZ-CHARGES', chargeMost }));
  const [kz, cn] = readInstallation(given, 0).config.jurisdictions;
  expect(kz).toMatchObject({ feeWallet: 'KZ-CHARGES', chargeMost });
  expect(feeWalletOf(kz!)).toBe('KZ-CHARGES');
  expect(feeWalletOf(cn!)).toBe('CN-FEE');
});

describe('keys in their time', () => {
  const at = (validFrom: number, validTo: number | null) => ({
    keyId: `key-${validFrom}`,
    owner: 'KZ',
    suite: 'ed25519' as const,
    publicKey: Buffer.alloc(32),
    validFrom,
    validTo,
    role: 'cosigner' as const,
  });

  it('the newest valid one is in use', () => {
    const keys = [at(0, 100), at(50, null), at(200, null)];
    expect([10, 60, 150, 250].map((now) => keyInUse(keys, now)?.validFrom)).toEqual([0, 50, 50, 200]);
    expect(keyInUse([at(100, 200)], 200)).toBeNull();
  });

  it('terms name the co-signer’s key in use; without one they can not be formed', () => {
    const keys = [at(0, 100), { ...at(5, null), owner: 'CN' }, { ...at(6, null), role: 'ledger' as const }];
    expect(coSignerKeyId(keys, KZ, 50)).toBe('key-0');
    expect(() => coSignerKeyId(keys, KZ, 100)).toThrow('the co-signer of KZ has a key');
  });

  it('a retired key is still trusted for what it signed', () => {
    expect(keyRegister([at(0, 100), at(50, null)]).key('key-0')?.validTo).toBe(100);
  });

  it('one id can not be of two keys', () => {
    expect(() => keyRegister([at(0, 1), at(0, 2)])).toThrow('of one key');
  });
});

describe('private keys of a party', () => {
  const kz = () => readInstallation(text(), 0).keys.filter(({ keyId }) => keyId === 'cosigner-kz');
  const folder = (name: string): string => join(out, name, 'keys');

  it('are those that the configuration names', async () => {
    expect((await readOwnKeys(folder('kz'), kz(), 1)).map(({ keyId }) => keyId)).toEqual(['cosigner-kz']);
  });

  it('another key under the name is refused', async () => {
    const other = kz().map((key) => ({ ...key, publicKey: Buffer.alloc(33) }));
    await expect(readOwnKeys(folder('kz'), other, 1)).rejects.toThrow('not the key that the configuration names');
  });

  it('one that is not there, or not valid any more, is said', async () => {
    await expect(readOwnKeys(folder('cn'), kz(), 1)).rejects.toThrow('cosigner-kz.json can not be read');
    const retired = kz().map((key) => ({ ...key, validTo: 1 }));
    await expect(readOwnKeys(folder('kz'), retired, 1)).rejects.toThrow('none of the keys cosigner-kz is valid now');
  });
});
