import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Randomness } from '../../kernel/clock.js';
import type { Bic, LedgerCode } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import type { Signer } from '../../kernel/signature.js';
import { type OtkelConfig, providersOf } from '../config.js';
import { readKeyFile } from '../identity/key-file.js';
import type { Keyring } from '../otkel.js';
import { type DataFolder, readPrivateFile, writePrivateFile } from '../platform/data-folder.js';

const ACCOUNT_KEY_BYTES = 32;

/** The keys in a data folder. Secrets of account registers are made at first use; key files must be there. */
export async function readKeyring(config: OtkelConfig, folder: DataFolder, random: Randomness): Promise<Keyring> {
  const signers = new Map<string, Signer>();
  const secrets = new Map<LedgerCode, Uint8Array>();
  const read = async (name: string) => {
    signers.set(name, (await readKeyFile(join(folder.keys, `${name}.json`))).signer);
  };
  for (const { code } of config.jurisdictions) {
    await read(`ledger-${code.toLowerCase()}`);
    await read(`cosigner-${code.toLowerCase()}`);
    await read(`confirmer-${code.toLowerCase()}`);
    secrets.set(code, secretOf(folder, `account-register-${code.toLowerCase()}.key`, random));
  }
  const signer = (name: string): Signer => {
    const found = signers.get(name);
    invariant(found, `key ${name} was read`);
    return found;
  };
  return {
    ledger: (code) => signer(`ledger-${code.toLowerCase()}`),
    coSigner: (code) => signer(`cosigner-${code.toLowerCase()}`),
    confirmer: (code) => signer(`confirmer-${code.toLowerCase()}`),
    accountKey: (code) => {
      const secret = secrets.get(code);
      invariant(secret, `the register of ${code} has a secret`);
      return secret;
    },
    provider: await readProviders(config, folder),
  };
}

/** The keys of the corridors' FX providers: `provider-<bic>`, and `provider` for one without a file of its own. */
export async function readProviders(config: OtkelConfig, folder: DataFolder): Promise<Keyring['provider']> {
  const signers = new Map<Bic, Signer>();
  for (const provider of providersOf(config)) {
    const own = join(folder.keys, `provider-${provider.toLowerCase()}.json`);
    const path = existsSync(own) ? own : join(folder.keys, 'provider.json');
    signers.set(provider, (await readKeyFile(path)).signer);
  }
  return (bic) => {
    const found = signers.get(bic);
    invariant(found, `the key of provider ${bic} was read`);
    return found;
  };
}

/** A secret of 32 bytes in a file of its own, made at first use. */
export function secretOf(folder: DataFolder, name: string, random: Randomness): Uint8Array {
  const known = readPrivateFile(folder.keys, name);
  if (known) return Buffer.from(known, 'hex');
  const secret = random.bytes(ACCOUNT_KEY_BYTES);
  writePrivateFile(folder.keys, name, Buffer.from(secret).toString('hex'));
  return secret;
}
