/** One thread of `npm run conformance`: the schemas that it was given. */
import { parentPort, workerData } from 'node:worker_threads';
import { createXercesValidator } from '../src/iso20022/xerces.js';
import { generateXsd } from '../src/iso20022/xsd.js';
import { invariant } from '../src/kernel/result.js';
import type { Report } from './report.js';
import { runConformance } from './run.js';
import { openOfficial } from './samples.js';

export interface WorkerOptions {
  readonly folder: string;
  readonly schemas: readonly string[];
  readonly seed: number;
  readonly mutants: number;
  readonly xercesMutants: number;
}
export type WorkerMessage = { readonly finished: string; readonly found: number } | { readonly report: Report };

const options = workerData as WorkerOptions;
const port = parentPort;
const official = openOfficial(options.folder);
invariant(port !== null && official !== null, 'a worker has a parent, which looked for the folder');
const post = (message: WorkerMessage): void => port.postMessage(message);
// Every refusal of libxml2 is an exception, and nobody reads where it was thrown.
Error.stackTraceLimit = 0;
const report = await runConformance({
  ...options,
  official,
  ours: generateXsd,
  steps: null,
  xerces: options.xercesMutants > 0 ? await createXercesValidator() : null,
  progress: (finished, { found }) => post({ finished, found: found.length }),
});
post({ report });
