import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, readInstallation } from '../installation.js';
import { dataFolderPath } from '../platform/data-folder.js';
import { systemClock } from '../platform/runtime.js';
import { UsageError } from './command.js';
import type { Process } from './process.js';

/** Variables of the commands that run apart, for their usage text. */
export const INSTALLATION_VARIABLES = `  OTKEL_CONFIG    configuration file, default config.json in the data folder`;

/** Reads the configuration that `--config`, `OTKEL_CONFIG` or the data folder names. */
export function readInstallationFile({ env }: Process, argument: string | undefined): Installation {
  const path = argument ?? (env.OTKEL_CONFIG || join(dataFolderPath(env), 'config.json'));
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} can not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'})`);
  }
  return readInstallation(text, systemClock.now());
}
