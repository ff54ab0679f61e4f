import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Randomness } from '../../kernel/clock.js';
import type { Bic, LedgerCode } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import type { Signer } from '../../kernel/signature.js';
import { type OtkelConfig, stepsOf } from '../config.js';
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
  for (const { provider } of config.corridors.flatMap(stepsOf)) await read(providerKeyName(folder, provider));
  for (const { code } of config.jurisdictions) {
    await read(`ledger-${code.toLowerCase()}`);
    await read(`cosigner-${code.toLowerCase()}`);
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
    accountKey: (code) => {
      const secret = secrets.get(code);
      invariant(secret, `the register of ${code} has a secret`);
      return secret;
    },
    provider: (bic) => signer(providerKeyName(folder, bic)),
  };
}

/** A provider's key is `provider-<bic>`; without such a file it is `provider`, as where there is one provider. */
function providerKeyName(folder: DataFolder, bic: Bic): string {
  const own = `provider-${bic.toLowerCase()}`;
  return existsSync(join(folder.keys, `${own}.json`)) ? own : 'provider';
}

/** A secret of 32 bytes in a file of its own, made at first use. */
export function secretOf(folder: DataFolder, name: string, random: Randomness): Uint8Array {
  const known = readPrivateFile(folder.keys, name);
  if (known) return Buffer.from(known, 'hex');
  const secret = random.bytes(ACCOUNT_KEY_BYTES);
  writePrivateFile(folder.keys, name, Buffer.from(secret).toString('hex'));
  return secret;
}
