/** The scene of a crash test: one data folder and the gateway on it, killed and started again; gone at the end. */
import { killDatabase, killOne, type LaunchedServer, launchServer, processesOf, temporaryFolder } from './server.js';

export interface Scene {
  readonly folder: string;
  /** Starts the gateway; resolves with its address when it takes requests. */
  start(): Promise<string>;
  /** Starts it, and kills it after this time, ready or not. */
  startAndKill(afterMs: number, withDatabase: boolean): Promise<void>;
  kill(withDatabase: boolean): Promise<void>;
  /** Asks it to stop; rejects when it did not end well. */
  stop(): Promise<void>;
  /** Process ids of what still runs on the folder. */
  leftovers(): number[];
  /** Ends everything and removes the folder, whatever happened; at once, so that it may be called on the way out. */
  abandon(): void;
}

const DATABASE_VARIABLES = ['GATEWAY', 'LEDGER_KZ', 'SIGNER_KZ', 'LEDGER_CN', 'SIGNER_CN'];

export function createScene(): Scene {
  const { path, remove } = temporaryFolder('crash');
  // Databases of one's own can't be killed here: the embedded ones are used whatever the environment says.
  const env = Object.fromEntries(DATABASE_VARIABLES.map((name) => [`DATABASE_URL_${name}`, '']));
  let server: LaunchedServer | undefined;
  const launch = (): LaunchedServer => {
    server = launchServer({ dataFolder: path, env });
    return server;
  };
  const running = (): LaunchedServer => {
    if (!server) throw new Error('the gateway was not started');
    return server;
  };
  return {
    folder: path,
    start: () => launch().ready,
    async startAndKill(afterMs, withDatabase) {
      const started = launch();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await started.kill(withDatabase);
    },
    kill: (withDatabase) => running().kill(withDatabase),
    async stop() {
      const code = await running().stop();
      if (code !== 0) throw new Error(`the gateway stopped with exit code ${code}`);
    },
    leftovers: () => processesOf(path),
    abandon() {
      if (server) void server.kill(true);
      killDatabase(path);
      for (const pid of processesOf(path)) killOne(pid);
      remove();
    },
  };
}
