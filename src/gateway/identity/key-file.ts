/** Keys on disk: `<keyId>.json` with the secret, readable by its owner only, and `<keyId>.pub.json` without it. */
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes } from '../../kernel/hash.js';
import type { Signer } from '../../kernel/signature.js';
import { createSigner, isPublicKey, isSuite, type KeyPair, type SuiteName } from '../../kernel/suites.js';

/** A public key with its name; `owner` is a BIC. */
export interface PublicKeyFile {
  readonly keyId: string;
  readonly suite: SuiteName;
  readonly owner: string;
  readonly publicKey: Uint8Array;
}

/** The file is not there, or is no key file; the message names it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/**
 * Writes both files into a folder that is there; answers their paths. An existing key is never overwritten:
 * throws {@link KeyFileError}.
 */
export async function writeKeyFiles(
  folder: string,
  keyId: string,
  owner: string,
  keyPair: KeyPair,
): Promise<{ keyPath: string; publicPath: string }> {
  const keyPath = join(folder, `${keyId}.json`);
  const publicPath = join(folder, `${keyId}.pub.json`);
  const shared = { keyId, suite: keyPair.suite, owner };
  const secretFile = { ...shared, secretKey: base64url(keyPair.secretKey), publicKey: base64url(keyPair.publicKey) };
  await writeNew(keyPath, secretFile, 0o600);
  await writePublicKeyFile(folder, { ...shared, publicKey: keyPair.publicKey });
  return { keyPath, publicPath };
}

/** Writes the public half alone, as {@link writeKeyFiles} does: for a key whose writing was broken off between them. */
export async function writePublicKeyFile(folder: string, key: PublicKeyFile): Promise<void> {
  const { keyId, suite, owner, publicKey } = key;
  const content = { keyId, suite, owner, publicKey: base64url(publicKey) };
  await writeNew(join(folder, `${keyId}.pub.json`), content, 0o644);
}

/** Whole, on the disk and never over another file: a killed process leaves a complete key or none. */
async function writeNew(path: string, content: object, mode: number): Promise<void> {
  const part = `${path}.new`;
  try {
    await rm(part, { force: true });
    await writeFile(part, `${JSON.stringify(content, null, 2)}\n`, { mode, flag: 'wx', flush: true });
    await link(part, path);
  } catch (error) {
    throw new KeyFileError(`${path} can not be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}`);
  } finally {
    await rm(part, { force: true });
  }
}

async function readFields(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new KeyFileError(`${path} can not be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}`);
  }
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === 'object' && fields !== null) return fields as Record<string, unknown>;
  } catch {
    // Told below, without the content.
  }
  throw new KeyFileError(`${path} is not a JSON object`);
}

function bytesOf(path: string, fields: Record<string, unknown>, name: string): Buffer {
  const text = fields[name];
  const bytes = Buffer.from(typeof text === 'string' ? text : '', 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== text) {
    throw new KeyFileError(`${path}: ${name} is not base64url`);
  }
  return bytes;
}

function publicFields(path: string, fields: Record<string, unknown>): PublicKeyFile {
  const { keyId, suite, owner } = fields;
  if (typeof keyId !== 'string' || typeof owner !== 'string') {
    throw new KeyFileError(`${path}: keyId and owner are text`);
  }
  if (typeof suite !== 'string' || !isSuite(suite)) throw new KeyFileError(`${path}: suite is unknown`);
  const publicKey = bytesOf(path, fields, 'publicKey');
  if (!isPublicKey(suite, publicKey)) throw new KeyFileError(`${path}: publicKey is not an acceptable ${suite} key`);
  return { keyId, suite, owner, publicKey };
}

/** Reads the public half, from either of the two files. Throws {@link KeyFileError}. */
export const readPublicKeyFile = async (path: string): Promise<PublicKeyFile> =>
  publicFields(path, await readFields(path));

/** Reads a key with its secret and makes the signer. Throws {@link KeyFileError}, also when the halves don't match. */
export async function readKeyFile(path: string): Promise<{ signer: Signer; owner: string }> {
  const fields = await readFields(path);
  const { keyId, suite, owner, publicKey } = publicFields(path, fields);
  if (fields.secretKey === undefined) throw new KeyFileError(`${path} holds no secret key: is it the public half?`);
  let signer: Signer;
  try {
    signer = createSigner(keyId, suite, bytesOf(path, fields, 'secretKey'));
  } catch {
    throw new KeyFileError(`${path}: secretKey is not a ${suite} key`);
  }
  if (!equalBytes(signer.publicKey, publicKey)) throw new KeyFileError(`${path}: the two halves do not match`);
  return { signer, owner };
}
