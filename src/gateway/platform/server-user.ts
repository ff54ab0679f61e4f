import { execFileSync } from 'node:child_process';
import { lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The account that PostgreSQL's processes run under when the gateway itself is root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY_ID = 65534;

const idOf = (flag: '-u' | '-g'): number => {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return NOBODY_ID;
  }
};

/** `nobody` when this process is root, because PostgreSQL refuses to run as root; else undefined: run as oneself. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The uid that owns the server's files. */
export const serverUid = (user: ServerUser | undefined): number => user?.uid ?? process.getuid?.() ?? 0;

/** Whether every folder from the root down to and including `folder` lets strangers pass through it. */
export function strangersMayEnter(folder: string): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Whether `path` is a real folder, not a link, of this owner, that nobody else may write to. */
export function isFolderOf(path: string, uid: number): boolean {
  const stat = lstatSync(path);
  return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o022) === 0;
}
