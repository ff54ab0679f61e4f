/** A gateway of the benchmark's own: its process, databases and data folder, all gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/gateway/cli/main.js', import.meta.url));
/**
 * As in the `start` script: payments in flight fit the young generation, and no helper threads take the other core from
 * the database while it is collected. Each spares a tenth of the CPU.
 */
const NODE_ARGUMENTS = ['--max-semi-space-size=128', '--single-threaded-gc'];
const START_MAX_MS = 180_000;
const STOP_MAX_MS = 60_000;

/** A gateway's process, from its first moment on. */
export interface LaunchedServer {
  readonly pid: number;
  /** Its address, once it takes requests; rejects when it ended before. */
  readonly ready: Promise<string>;
  /** Asks it to stop and waits; answers its exit code, null when it had to be killed. */
  stop(): Promise<number | null>;
  /** SIGKILL for the gateway, and for its database server too where that is embedded. */
  kill(withDatabase: boolean): Promise<void>;
}

export interface RunningServer extends Omit<LaunchedServer, 'ready'> {
  readonly url: string;
}

/** A folder in the system's temporary folder, and how to remove it. */
export function temporaryFolder(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `otkel-${name}-`));
  chmodSync(path, 0o711);
  return {
    path,
    remove: () => {
      const cluster = databaseFolder(path);
      for (const folder of [cluster, path]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface ServerOptions {
  readonly dataFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/** Starts `otkel start` on a free port and resolves when it is ready. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { ready, ...server } = launchServer(options);
  return { ...server, url: await ready };
}

/** Starts `otkel start` on a free port. */
export function launchServer(options: ServerOptions): LaunchedServer {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, ...(options.nodeArguments ?? []), MAIN, 'start'], {
    env: { ...process.env, PORT: '0', OTKEL_DATA: options.dataFolder, OTKEL_LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that everything in it can be killed at once.
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = readyUrl(child, exited);
  // A server that is killed before it is ready has nobody who waits for it.
  ready.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error('the gateway has no process id');
  return {
    pid,
    ready,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => killGroup(pid), STOP_MAX_MS);
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
    kill: async (withDatabase) => {
      // Both at one instant: a gateway that saw its database go would have a moment to react.
      child.kill('SIGKILL');
      if (withDatabase) {
        killDatabase(options.dataFolder);
        killGroup(pid);
      }
      await exited;
    },
  };
}

/** SIGKILL for the embedded server of a data folder, if it runs, and for its children. Linux only; else nothing. */
export function killDatabase(dataFolder: string): void {
  const pidFile = join(databaseFolder(dataFolder), 'data', 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !commandOf(pid).includes(dataFolder)) return;
  for (const one of [pid, ...childrenOf(pid)]) killOne(one);
}

/** Where the embedded server of a data folder keeps its cluster. */
function databaseFolder(dataFolder: string): string {
  const pointer = join(dataFolder, 'postgres', 'location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataFolder, 'postgres');
}

const OWN_PROGRAMS: ReadonlySet<string> = new Set(['node', 'postgres', 'initdb']);

/** The processes of ours that name the data folder, or one above it, in their command line. */
export const processesOf = (folder: string): number[] =>
  process.platform === 'linux'
    ? allProcesses().filter((pid) => {
        const command = commandOf(pid);
        const program = basename(command.split(' ')[0] ?? '');
        return pid !== process.pid && OWN_PROGRAMS.has(program) && command.includes(folder);
      })
    : [];

const allProcesses = (): number[] => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
const commandOf = (pid: number): string => readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

/** The fields of `stat` that follow the command's closing parenthesis: state, then the parent (proc(5)). */
const statOf = (pid: number): string[] => {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

export const childrenOf = (parent: number): number[] =>
  allProcesses().filter((pid) => Number(statOf(pid)[1]) === parent);

const TICK_MICROS = 10_000;

/** CPU time of a process, user and system, all its threads, in microseconds; 0 where there is no `/proc`. */
export const cpuMicrosOf = (pid: number): number => {
  const fields = statOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MICROS;
};

/** SIGKILL; no fault when it has gone already. */
export function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Nobody is there.
  }
}

function killGroup(pid: number): void {
  killOne(-pid);
}

function readyUrl(child: ChildProcess, exited: Promise<number | null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`the gateway is not ready:\n${output}`)), START_MAX_MS);
    const look = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (!url || !/otkel -- send/.test(output)) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void exited.then(() => {
      clearTimeout(timer);
      reject(new Error(`the gateway ended:\n${output}`));
    });
  });
}
