import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What one copy of Otkel keeps on disk. */
export interface DataFolder {
  readonly path: string;
  /** Private keys, one file each; this process's user alone may enter. */
  readonly keys: string;
  /** The embedded database server's folder. */
  readonly postgres: string;
}

/** Name of a file in a private folder: no separators, no leading dot. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The data folder that `OTKEL_DATA` names; `.otkel` in the working directory by default. */
export const dataFolderPath = (env: Readonly<Record<string, string | undefined>>): string =>
  resolve(env.OTKEL_DATA || '.otkel');

/**
 * Opens, making it if absent, the {@link dataFolderPath}.
 * Nobody else can list it. As root others may pass through it (0711), since the database server runs as `nobody`.
 */
export function openDataFolder(env: Readonly<Record<string, string | undefined>>): DataFolder {
  const path = dataFolderPath(env);
  const keys = join(path, 'keys');
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  mkdirSync(keys, { recursive: true, mode });
  chmodSync(path, mode);
  chmodSync(keys, 0o700);
  return { path, keys, postgres: join(path, 'postgres') };
}

/** Writes a file that only this process's user may read, whole or not at all. */
export function writePrivateFile(folder: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, checkName(name));
  const part = `${path}.new`;
  writeFileSync(part, content, { mode: 0o600, flush: true });
  chmodSync(part, 0o600);
  renameSync(part, path);
}

/** The file's text, or undefined when there is none. Throws when others than its owner may read it. */
export function readPrivateFile(folder: string, name: string): string | undefined {
  const path = join(folder, checkName(name));
  if (!existsSync(path)) return undefined;
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} holds a secret that others may read: chmod 600 it`);
  }
  return readFileSync(path, 'utf8');
}

function checkName(name: string): string {
  if (!FILE_NAME.test(name)) throw new Error(`not a file name: ${name}`);
  return name;
}
