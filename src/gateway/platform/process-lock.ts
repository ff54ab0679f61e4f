import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** A process as it was seen: `startedAt` tells it from a later one that got the same id. Opaque, per machine. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/** The resource is in use; the message names the process. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/** When a process started, or undefined when it isn't there. */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Fields follow the command's closing parenthesis; the 22nd of all is the start, in ticks since boot.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie holds nothing any more; its parent merely hasn't noticed.
      return fields[0] === 'Z' ? undefined : `${bootId()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  if (process.platform === 'win32') return 'running';
  return psField(pid, 'lstart');
}

/** The command line of a running process, or undefined when it can't be seen. */
export function processCommand(pid: number): string | undefined {
  if (process.platform !== 'linux') return process.platform === 'win32' ? undefined : psField(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
}

const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
};

function psField(pid: number, field: string): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock file `path` for this process until the answer is called or the process dies, however it dies. A file
 * left by a dead process is taken over. Throws {@link LockedError} when a living one has it; `what` names the thing.
 */
export function lockFile(path: string, what: string): () => void {
  const own = JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) ?? '' } satisfies Holder);
  for (;;) {
    if (createWhole(path, own)) {
      return () => {
        if (readText(path) === own) rmSync(path, { force: true });
      };
    }
    const seen = readText(path);
    const holder = readHolder(seen);
    if (holder !== undefined && processStart(holder.pid) === holder.startedAt) {
      throw new LockedError(`${what} is in use by process ${holder.pid}`);
    }
    removeStale(path, seen);
  }
}

/** Creates the file with its content in one step, so that no other starter sees it empty; false when it exists. */
function createWhole(path: string, text: string): boolean {
  const part = `${path}.${process.pid}.new`;
  writeFileSync(part, text, { mode: 0o600 });
  try {
    linkSync(part, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Moves the dead one's file aside; if a faster starter's file was caught instead, puts it back. */
function removeStale(path: string, seen: string | undefined): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readText(aside) === seen) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readHolder(text: string | undefined): Holder | undefined {
  try {
    const value = JSON.parse(text ?? '') as Partial<Holder>;
    if (typeof value.pid !== 'number' || typeof value.startedAt !== 'string') return undefined;
    return { pid: value.pid, startedAt: value.startedAt };
  } catch {
    return undefined;
  }
}
