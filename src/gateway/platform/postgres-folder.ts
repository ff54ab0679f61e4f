import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { prepareRootState, ROOT_STATE_FOLDER } from './postgres-binaries.js';
import { isFolderOf, type ServerUser, serverUid, strangersMayEnter } from './server-user.js';

/** Where one embedded server keeps its things. */
export interface PostgresFolder {
  /** The cluster's own folder, owned by the server's user; absent until the first start has finished it. */
  readonly data: string;
  readonly log: string;
  readonly lock: string;
  readonly password: string;
  readonly user: ServerUser | undefined;
}

/** Longest path of a UNIX socket on macOS, the shortest among the systems; Linux has 107. */
const SOCKET_PATH_MAX = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * Opens, or lays out, the server's folder. As root the cluster belongs to `nobody`: when that user can't reach
 * `folder` the cluster is kept in {@link ROOT_STATE_FOLDER} under a random name that the file `location` holds.
 */
export function openPostgresFolder(folder: string, user: ServerUser | undefined): PostgresFolder {
  const path = resolve(folder);
  // Root's folders must let the server's user through to its cluster; the files inside stay closed to it.
  mkdirSync(path, { recursive: true, mode: user === undefined ? 0o700 : 0o711 });
  if (user !== undefined) chmodSync(path, 0o711);
  const home = user === undefined || strangersMayEnter(path) ? path : movedHome(path);
  return {
    data: join(home, 'data'),
    log: join(path, 'postgres.log'),
    lock: join(path, 'lock'),
    password: readOrCreatePassword(join(path, 'password'), join(home, 'data')),
    user,
  };
}

function movedHome(path: string): string {
  const pointer = join(path, 'location');
  prepareRootState();
  if (!existsSync(pointer)) {
    if (existsSync(join(path, 'data'))) {
      throw new Error(`${path} has a database that the user nobody can't reach: open its parent folders (chmod o+x)`);
    }
    writeFileSync(pointer, join(ROOT_STATE_FOLDER, `data-${randomBytes(8).toString('hex')}`), { mode: 0o600 });
  }
  const home = readFileSync(pointer, 'utf8').trim();
  if (dirname(home) !== ROOT_STATE_FOLDER) throw new Error(`${pointer} must name a folder in ${ROOT_STATE_FOLDER}`);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  chmodSync(home, 0o711);
  return home;
}

function readOrCreatePassword(path: string, data: string): string {
  if (!existsSync(path)) {
    if (existsSync(data)) throw new Error(`${path} is missing: the database in ${data} can't be opened without it`);
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}

/** Makes an empty folder that only the server's user may enter. */
export function makeServerFolder(path: string, user: ServerUser | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/**
 * A folder for the socket that only the server's user and root may enter: beside the cluster, or, where that path
 * would be too long for a socket, in the system's temporary folder under a name derived from the cluster's path.
 */
export function makeSocketFolder(data: string, user: ServerUser | undefined): string {
  const beside = join(dirname(data), 'run');
  const fits = Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_MAX;
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 16);
  const path = fits ? beside : join(tmpdir(), `otkel-${hash}`);
  if (Buffer.byteLength(join(path, SOCKET_NAME)) > SOCKET_PATH_MAX) throw new Error(`TMPDIR is too long: ${tmpdir()}`);
  if (existsSync(path)) {
    if (!isFolderOf(path, serverUid(user))) throw new Error(`${path} belongs to another user: remove it`);
    rmSync(path, { recursive: true });
  }
  makeServerFolder(path, user);
  return path;
}
