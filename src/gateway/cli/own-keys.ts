/** The private keys of one party, from its own folder; what others may know of them is in the configuration. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '../../kernel/hash.js';
import type { PublicKeyRecord, Signer } from '../../kernel/signature.js';
import { readKeyFile } from '../identity/key-file.js';
import { keyInUse } from '../installation.js';

/**
 * Signers of the party's keys, the one in use first, then of the others those whose files are there. Throws a readable
 * error when no key is valid now, its file is missing, or a file is not of the key that the configuration names.
 */
export async function readOwnKeys(
  folder: string,
  keys: readonly PublicKeyRecord[],
  now: number,
): Promise<readonly [Signer, ...Signer[]]> {
  const inUse = keyInUse(keys, now);
  if (!inUse) throw new Error(`none of the keys ${keys.map(({ keyId }) => keyId).join(', ')} is valid now`);
  const others = keys.filter((key) => key !== inUse && existsSync(pathOf(folder, key)));
  return [await readOwn(folder, inUse), ...(await Promise.all(others.map((key) => readOwn(folder, key))))];
}

const pathOf = (folder: string, { keyId }: PublicKeyRecord): string => join(folder, `${keyId}.json`);

async function readOwn(folder: string, key: PublicKeyRecord): Promise<Signer> {
  const { signer } = await readKeyFile(pathOf(folder, key));
  const isSame = signer.keyId === key.keyId && signer.suite === key.suite;
  if (!isSame || !equalBytes(signer.publicKey, key.publicKey))
    throw new Error(`${pathOf(folder, key)} is not the key that the configuration names`);
  return signer;
}
