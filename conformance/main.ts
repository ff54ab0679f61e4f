/** `npm run conformance`: our schemas and readers against the official schemas, through two unrelated engines. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { CATALOGUE_MESSAGE_IDS, isCatalogueMessageId } from '../src/iso20022/catalogue/catalogue.js';
import { createXercesValidator } from '../src/iso20022/xerces.js';
import { ENGINE_DIFFERENCES, READER_DIFFERENCES } from './known-differences.js';
import { mergeReports, type Report } from './report.js';
import { openOfficial } from './samples.js';
import type { WorkerMessage, WorkerOptions } from './worker.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    mutants: { type: 'string', default: '500000' },
    schema: { type: 'string', multiple: true },
    xerces: { type: 'string', default: '2000' },
    workers: { type: 'string', default: String(availableParallelism()) },
    official: { type: 'string', default: '../shared/iso20022' },
  },
});
const say = (text: string) => process.stderr.write(`${text}\n`);
const fail = (text: string): never => {
  say(text);
  process.exit(2);
};
const wholeNumber = (text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : fail(`no whole number: ${text}`);

const schemas: readonly string[] = values.schema ?? CATALOGUE_MESSAGE_IDS;
for (const id of schemas) if (!isCatalogueMessageId(id)) fail(`the catalogue has no ${id}`);
const perSchema = (total: string): number => Math.ceil(wholeNumber(total) / schemas.length);
const official = openOfficial(values.official);
if (official === null) fail(`not run: ${values.official} is not there`);
const hasXerces = wholeNumber(values.xerces) > 0 && (await createXercesValidator()) !== null;
if (!hasXerces && values.xerces !== '0') say('not run: Xerces (no JDK, or xsd-schema-validator is not installed)');

let finished = 0;
/** Runs a share of the schemas in a thread of its own. */
const runShare = (share: readonly string[]): Promise<Report> =>
  new Promise((resolve, reject) => {
    const workerData: WorkerOptions = {
      folder: values.official,
      schemas: share,
      seed: wholeNumber(values.seed),
      mutants: perSchema(values.mutants),
      xercesMutants: hasXerces ? perSchema(values.xerces) : 0,
    };
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
    worker.on('message', (message: WorkerMessage) => {
      if ('report' in message) resolve(message.report);
      else {
        finished += 1;
        say(`${finished}/${schemas.length} ${message.finished}: ${message.found} disagreements so far in its thread`);
      }
    });
    worker.on('error', reject);
  });

const startedAt = performance.now();
const workers = Math.min(wholeNumber(values.workers), schemas.length);
// In turn, so that every thread has messages of each size.
const shares = Array.from({ length: workers }, (_, i) => schemas.filter((_, at) => at % workers === i));
const { kinds, found, explained, ...counts } = mergeReports(await Promise.all(shares.map(runShare)));
const seconds = Math.round((performance.now() - startedAt) / 1000);

for (const kind of Object.keys(kinds).sort()) {
  const { documents, accepted } = kinds[kind]!;
  say(`${kind}: ${documents} documents, ${accepted} accepted`);
}
const reasons = new Map(ENGINE_DIFFERENCES.map(({ name, reason }) => [name, reason]));
for (const [name, times] of Object.entries(explained))
  say(`known difference ${name}, ${times} documents: ${reasons.get(name) ?? READER_DIFFERENCES[name]}`);
for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`);
const documents = counts.samples + counts.mutants;
const summary = {
  ...counts,
  documents,
  sampleFiles: official?.samples.length,
  explained,
  disagreements: found.length,
  seconds,
};
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
