/** The demo corridor written for processes of their own: a folder for each party, with its private keys alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Randomness } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';
import { centralBank, DEMO_CALLER_KEYS, DEMO_GATEWAY, DEMO_PROVIDER, type DemoKey, demoConfig } from './demo.js';
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

/** Folder names by party, and the keys in each. The provider's desk runs beside the gateway. */
const keysByFolder = (): Readonly<Record<string, readonly DemoKey[]>> => ({
  users: DEMO_CALLER_KEYS.filter(({ owner }) => owner !== DEMO_PROVIDER),
  gateway: [GATEWAY_KEY, ...DEMO_CALLER_KEYS.filter(({ owner }) => owner === DEMO_PROVIDER)],
  ...Object.fromEntries(
    demoConfig.jurisdictions.map(({ code }) => [code.toLowerCase(), [...jurisdictionKeys(code), transportKey(code)]]),
  ),
});

/**
 * Writes the folders; keys that are there stay, the configuration is written anew. `ports`: the gateway's, then the
 * jurisdictions' in their order. Answers the jurisdictions' codes.
 */
export async function writeDemoApart(
  out: string,
  gatewayPort: number,
  random: Randomness,
): Promise<readonly LedgerCode[]> {
  mkdirSync(out, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const folders = keysByFolder();
  const keyFolder = (name: string) => openDataFolder({ OTKEL_DATA: join(out, name) }).keys;
  const places = new Map<string, string>();
  for (const [name, keys] of Object.entries(folders)) {
    await makeKeys(keyFolder(name), keys, random);
    for (const { keyId } of keys) places.set(keyId, join(keyFolder(name), `${keyId}.pub.json`));
  }
  const published = async (...keyIds: readonly string[]) =>
    Promise.all(
      keyIds.map(async (keyId) => {
        const { suite, publicKey } = await readPublicKeyFile(places.get(keyId) ?? keyId);
        return { keyId, suite, publicKey: Buffer.from(publicKey).toString('base64url') };
      }),
    );
  const config = {
    ...demoConfig,
    jurisdictions: await Promise.all(
      demoConfig.jurisdictions.map(async (jurisdiction, i) => {
        const name = jurisdiction.code.toLowerCase();
        return {
          ...jurisdiction,
          bic: centralBank(jurisdiction.code),
          url: `http://127.0.0.1:${gatewayPort + 1 + i}`,
          ledgerKeys: await published(`ledger-${name}`),
          coSignerKeys: await published(`cosigner-${name}`),
          transportKeys: await published(`transport-${name}`),
        };
      }),
    ),
    gateways: [{ bic: DEMO_GATEWAY, transportKeys: await published(GATEWAY_KEY.keyId) }],
    participants: (await demoRegistrations((keyId) => places.get(keyId) ?? keyId)).map(asJson),
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
