import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/iso20022/', import.meta.url));

/** True where the official schemas and the sample messages are beside the project. */
export const hasOfficial = existsSync(`${folder}xsd`);

export interface Sample {
  readonly file: string;
  readonly messageId: string;
  readonly verdict: string;
  readonly note: string;
}

export const officialXsd = (id: string): Buffer => readFileSync(`${folder}xsd/${id}.xsd`);
export const sampleBytes = (file: string): Buffer => readFileSync(`${folder}samples/${file}`);

/** The rows of the index of sample messages. */
export const samples = (): Sample[] =>
  readFileSync(`${folder}index.tsv`, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([file = '', messageId = '', verdict = '', , , note = '']) => ({ file, messageId, verdict, note }));

/** Says in one line that a check was not run, and why. */
export const notRun = (check: string): void => console.log(`not run: ${check} (../shared/iso20022 is not there)`);
