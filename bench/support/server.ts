/** A gateway of the benchmark's own: its process, databases and data folder, all gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/gateway/cli/main.js', import.meta.url));
const START_MAX_MS = 180_000;
const STOP_MAX_MS = 60_000;

export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** Asks it to stop and waits. */
  stop(): Promise<void>;
  /** SIGKILL for the gateway, and for its database server too where that is embedded. */
  kill(withDatabase: boolean): Promise<void>;
}

/** A folder in the system's temporary folder, and how to remove it. */
export function temporaryFolder(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `otkel-${name}-`));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface ServerOptions {
  readonly dataFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/** Starts `otkel start` on a free port and resolves when it is ready. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), MAIN, 'start'], {
    env: { ...process.env, PORT: '0', OTKEL_DATA: options.dataFolder, OTKEL_LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that everything in it can be killed at once.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await readyUrl(child, exited);
  const { pid } = child;
  if (pid === undefined) throw new Error('the gateway has no process id');
  return {
    url,
    pid,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => killGroup(pid), STOP_MAX_MS);
      await exited;
      clearTimeout(timer);
    },
    kill: async (withDatabase) => {
      if (withDatabase) killGroup(pid);
      else child.kill('SIGKILL');
      await exited;
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Everything in the group has gone already.
  }
}

function readyUrl(child: ChildProcess, exited: Promise<void>): Promise<string> {
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
