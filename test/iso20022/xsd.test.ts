import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { createLibxml2Validator } from '../../src/iso20022/schema-validator.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { createXercesValidator } from '../../src/iso20022/xerces.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { randomRoot } from './support/arbitrary.js';
import { mutate } from './support/mutants.js';
import { hasOfficial, notRun, officialXsd } from './support/official.js';
import { seeded } from './support/pattern.js';

/** Of each message; one mutant costs two validations. */
const MUTANTS = 60;
const engine = createLibxml2Validator();

if (!hasOfficial) notRun('our schemas against the official ones');

describe.runIf(hasOfficial).each(CATALOGUE_MESSAGE_IDS)('our schema of %s', (id) => {
  test('agrees with the official one on every mutant, error by error', async () => {
    const official = officialXsd(id).toString('utf8');
    const ours = generateXsd(id);
    const random = seeded(7919 * (1 + CATALOGUE_MESSAGE_IDS.indexOf(id)));
    let invalid = 0;
    for (let i = 0; i < MUTANTS; i += 1) {
      const mutant = Buffer.from(mutate(writeDocument(id, randomRoot(id, random)), random));
      const expected = await engine.validate(official, mutant);
      expect(await engine.validate(ours, mutant), mutant.toString('utf8')).toEqual(expected);
      if (expected.length > 0) invalid += 1;
    }
    expect(invalid).toBeGreaterThan(MUTANTS / 4);
    expect(invalid).toBeLessThan(MUTANTS);
  });
});

describe('the catalogue', () => {
  test.each(CATALOGUE_MESSAGE_IDS)('gives one meaning to the name of each wildcard holder of %s', (id) => {
    const { types, anyHolders } = catalogueMessage(id)!;
    for (const type of types.values()) {
      if (type.kind !== 'group') continue;
      for (const use of type.elements.values())
        if (anyHolders.has(use.name)) expect(use.type).toMatchObject({ kind: 'group', hasAny: true });
    }
  });
});

const xerces = await createXercesValidator();
if (xerces === null) console.log('not run: the checks under Xerces (no JDK, or xsd-schema-validator is not installed)');

describe.runIf(xerces !== null)('under Xerces', () => {
  const id = 'pacs.008.001.08';
  const valid = writeDocument(id, randomRoot(id, seeded(3)));
  test.each([
    ['a valid document', valid, true],
    ['a document without its identification', valid.replace(/<MsgId>.*?<\/MsgId>/s, ''), false],
    ['a number of transactions with a letter', valid.replace(/<NbOfTxs>.*?</, '<NbOfTxs>x<'), false],
  ])('%s gets the verdict of libxml2', async (_, xml, isValid) => {
    const bytes = Buffer.from(xml);
    expect((await engine.validate(generateXsd(id), bytes)).length === 0).toBe(isValid);
    expect((await xerces!.validate(generateXsd(id), bytes)).length === 0).toBe(isValid);
  });
});
