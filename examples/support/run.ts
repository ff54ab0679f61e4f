/** Runs an example as a command: on a whole Otkel of its own, gone afterwards, or on one that is there. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchServer, temporaryFolder } from '../../bench/support/server.js';

/** Where an example happens, and where it is told. */
export interface Setting {
  readonly url: string;
  /** Folder with the keys of the demo's participants. */
  readonly keys: string;
  readonly tell: (line: string) => void;
}

export type Example = (setting: Setting) => Promise<void>;

const INTERRUPTED = 130;

/** Runs the example where `module` is what node was started with; an imported example does nothing by itself. */
export async function runAsCommand(module: string, name: string, example: Example): Promise<void> {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(module)) return;
  process.exitCode = await run(name, example);
  // An interrupted example would go on with its story elsewhere.
  if (process.exitCode === INTERRUPTED) process.exit();
}

const usage = (name: string): string => `Usage: npm run example:${name} [-- --url URL --keys FOLDER]

Starts Otkel on an embedded PostgreSQL in a temporary folder, tells the example there, and removes everything.

  --url URL      an Otkel that runs already, with the demo corridor: http://127.0.0.1:8080
  --keys FOLDER  the keys of its participants: .otkel/keys
`;

async function run(name: string, example: Example): Promise<number> {
  const read = readArguments();
  if (typeof read === 'string') {
    process.stderr.write(`${read}\n\n${usage(name)}`);
    return 2;
  }
  if (read === null) {
    process.stdout.write(usage(name));
    return 0;
  }
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const interrupted = new Promise<never>((_, reject) => {
    // It stays: a terminal and npm may both send one, and the second must not break off the cleaning up.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => reject(new InterruptedError(signal)));
  });
  try {
    if (read.url !== undefined && read.keys !== undefined)
      await Promise.race([example({ url: read.url, keys: read.keys, tell }), interrupted]);
    else await onItsOwn((setting) => example({ ...setting, tell }), interrupted);
    return 0;
  } catch (error) {
    if (error instanceof InterruptedError) return INTERRUPTED;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

class InterruptedError extends Error {}

async function onItsOwn(told: (setting: Omit<Setting, 'tell'>) => Promise<void>, interrupted: Promise<never>) {
  const folder = temporaryFolder('example');
  const server = launchServer({ dataFolder: folder.path });
  const ready = server.ready.then((url) => told({ url, keys: `${folder.path}/keys` }));
  try {
    await Promise.race([ready, interrupted]);
  } finally {
    // What an interrupted example was still asking for fails with the server.
    ready.catch(() => undefined);
    await server.stop();
    folder.remove();
  }
}

/** What was asked for; null for help; the fault as a text. */
function readArguments(): { url?: string | undefined; keys?: string | undefined } | string | null {
  try {
    const options = { url: { type: 'string' }, keys: { type: 'string' }, help: { type: 'boolean' } } as const;
    const { help, url, keys } = parseArgs({ options }).values;
    if (help) return null;
    if ((url === undefined) !== (keys === undefined)) return '--url and --keys go together';
    return { url, keys };
  } catch (error) {
    return (error as Error).message;
  }
}
