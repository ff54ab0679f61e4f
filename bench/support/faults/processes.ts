/** The processes of an installation: `otkel gateway`, `otkel jurisdiction KZ` and `CN`, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../src/gateway/cli/main.js', import.meta.url));
const START_MAX_MS = 180_000;
/** A process that ends by itself while it starts (its database isn't there yet, say) is started again, as by a supervisor. */
const STARTS_MAX = 3;
const STOP_MAX_MS = 30_000;
const OUTPUT_KEPT = 8_000;

export interface PartyProcess {
  /** Starts it; resolves with its address when it takes requests. */
  start(): Promise<string>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What it wrote last, all its lives together. */
  output(): string;
}

class EndedError extends Error {}

export function createProcess(args: readonly string[], env: Readonly<Record<string, string>>): PartyProcess {
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let output = '';

  const launch = (): Promise<string> => {
    const started = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, PORT: '0', OTKEL_LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    exited = new Promise((resolve) => started.once('exit', () => resolve()));
    let said = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${args.join(' ')} is not ready:\n${said}`)), START_MAX_MS);
      const look = (chunk: Buffer): void => {
        output = (output + chunk.toString('utf8')).slice(-OUTPUT_KEPT);
        said = (said + chunk.toString('utf8')).slice(-OUTPUT_KEPT);
        const url = /open at (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      };
      started.stdout?.on('data', look);
      started.stderr?.on('data', look);
      // Not `exit`: what it said last may come after that.
      started.once('close', (code, signal) => {
        clearTimeout(timer);
        reject(new EndedError(`${args.join(' ')} ended (${signal ?? code}):\n${said}`));
      });
    });
  };

  const start = async (): Promise<string> => {
    for (let starts = 1; ; starts += 1) {
      try {
        return await launch();
      } catch (error) {
        if (!(error instanceof EndedError) || child?.signalCode || starts === STARTS_MAX) throw error;
      }
    }
  };

  return {
    start,
    async kill() {
      child?.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_MAX_MS);
      await exited;
      clearTimeout(timer);
    },
    output: () => output,
  };
}
