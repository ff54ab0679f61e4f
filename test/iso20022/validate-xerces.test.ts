import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SchemaValidator } from '../../src/iso20022/schema-validator.js';
import { validateMessage } from '../../src/iso20022/validate.js';
import { createXercesValidator } from '../../src/iso20022/xerces.js';

const xerces = await createXercesValidator();
if (xerces === null) console.log('not run: validation by Xerces (no JDK, or xsd-schema-validator is not installed)');

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/pacs.008.001.08/${name}`, import.meta.url), 'utf8');
const MESSAGES = [
  fixture('customer-kzt-to-cny.xml'),
  fixture('with-header.xml'),
  fixture('customer-kzt-to-cny.xml').replace('<NbOfTxs>1<', '<NbOfTxs>one<'),
  fixture('with-header.xml').replace('<ChrgBr>SHAR<', '<ChrgBr>NONE<'),
];

test.runIf(xerces !== null)('Xerces gives the same verdicts, also on a message in an envelope', async () => {
  const verdicts = async (engine: SchemaValidator | null) =>
    Promise.all(
      MESSAGES.map(async (text) => (await validateMessage(Buffer.from(text), { profile: 'base', engine })).xsd),
    );
  expect(await verdicts(null)).toEqual(['valid', 'valid', 'invalid', 'invalid']);
  expect(await verdicts(xerces)).toEqual(['valid', 'valid', 'invalid', 'invalid']);
});
