/** The demo corridor written for processes of their own: a folder for each party, with its private keys alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Randomness } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';
import { type OtkelConfig, providersOf } from './config.js';
import { centralBank, DEMO_CALLER_KEYS, DEMO_GATEWAY, type DemoKey, demoConfig } from './demo.js';
import { demoRegistrations, jurisdictionKeys, makeKeys } from './demo-seed.js';
import { readPublicKeyFile } from './identity/key-file.js';
import type { ParticipantRequest } from './identity/participant-request.js';
import { openDataFolder } from './platform/data-folder.js';

const GATEWAY_KEY: DemoKey = { keyId: 'gateway', owner: DEMO_GATEWAY, suite: 'ed25519' };
const transportKey = (code: LedgerCode): DemoKey => ({
  keyId: `transport-${code.toLowerCase()}`,
  owner: centralBank(code),
  suite: 'ed25519',
});

/** The keys with which the parties of a configuration sign their requests to each other. */
export const transportKeys = ({ jurisdictions }: OtkelConfig): DemoKey[] => [
  GATEWAY_KEY,
  ...jurisdictions.map(({ code }) => transportKey(code)),
];

const isProviders = ({ owner }: DemoKey): boolean => providersOf(demoConfig).includes(owner);

/** Folder names by party, and the keys in each. The providers' desks run beside the gateway. */
const keysByFolder = (): Readonly<Record<string, readonly DemoKey[]>> => ({
  users: DEMO_CALLER_KEYS.filter((key) => !isProviders(key)),
  gateway: [GATEWAY_KEY, ...DEMO_CALLER_KEYS.filter(isProviders)],
  ...Object.fromEntries(
    demoConfig.jurisdictions.map(({ code }) => [code.toLowerCase(), [...jurisdictionKeys(code), transportKey(code)]]),
  ),
});

/** The file of `readInstallation`, as an object. `path` answers a file that has the public half of a key. */
export async function apartConfiguration(
  config: OtkelConfig,
  url: (code: LedgerCode, index: number) => string,
  path: (keyId: string) => string,
) {
  const published = async (keyId: string) => {
    const { suite, publicKey } = await readPublicKeyFile(path(keyId));
    return [{ keyId, suite, publicKey: Buffer.from(publicKey).toString('base64url') }];
  };
  const jurisdictions = config.jurisdictions.map(async (jurisdiction, i) => {
    const name = jurisdiction.code.toLowerCase();
    return {
      ...jurisdiction,
      bic: centralBank(jurisdiction.code),
      url: url(jurisdiction.code, i),
      ledgerKeys: await published(`ledger-${name}`),
      coSignerKeys: await published(`cosigner-${name}`),
      confirmerKeys: await published(`confirmer-${name}`),
      transportKeys: await published(`transport-${name}`),
    };
  });
  return {
    ...config,
    jurisdictions: await Promise.all(jurisdictions),
    gateways: [{ bic: DEMO_GATEWAY, transportKeys: await published(GATEWAY_KEY.keyId) }],
  };
}

/**
 * Writes the folders; keys that are there stay, the configuration is written anew. The jurisdictions' ports follow the
 * gateway's, in their order. Answers the jurisdictions' codes.
 */
export async function writeDemoApart(
  out: string,
  gatewayPort: number,
  random: Randomness,
): Promise<readonly LedgerCode[]> {
  mkdirSync(out, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const places = new Map<string, string>();
  const folders = keysByFolder();
  for (const [name, keys] of Object.entries(folders)) {
    const folder = openDataFolder({ OTKEL_DATA: join(out, name) }).keys;
    await makeKeys(folder, keys, random);
    for (const { keyId } of keys) places.set(keyId, join(folder, `${keyId}.pub.json`));
  }
  const path = (keyId: string): string => places.get(keyId) ?? keyId;
  const url = (_: LedgerCode, index: number): string => `http://127.0.0.1:${gatewayPort + 1 + index}`;
  const config = {
    ...(await apartConfiguration(demoConfig, url, path)),
    participants: (await demoRegistrations(path)).map(asJson),
    demo: true,
  };
  const text = `${JSON.stringify(config, null, 2)}\n`;
  for (const name of Object.keys(folders)) if (name !== 'users') writeFileSync(join(out, name, 'config.json'), text);
  return demoConfig.jurisdictions.map(({ code }) => code);
}

/** As the configuration, and `POST /v1/participants`, take it. */
const asJson = ({ participant, keys }: ParticipantRequest) => ({
  ...participant,
  keys: keys.map(({ keyId, suite, publicKey }) => ({
    keyId,
    suite,
    publicKey: Buffer.from(publicKey).toString('base64url'),
  })),
});
