import { describe, expect, test } from 'vitest';
import { readSchema } from '../../conformance/schema-model.js';
import { seeded } from '../../fuzz/random.js';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { createLibxml2Validator } from '../../src/iso20022/schema-validator.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { createXercesValidator } from '../../src/iso20022/xerces.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { randomRoot } from './support/arbitrary.js';
import { hasOfficial, notRun, officialXsd } from './support/official.js';

const engine = createLibxml2Validator();

if (!hasOfficial) notRun('our schemas against the official ones');

describe.runIf(hasOfficial)('our schema', () => {
  // On documents they are compared by `npm run conformance`, and in short by test/conformance.
  test.each(CATALOGUE_MESSAGE_IDS)('of %s has the definitions of the official one, one by one', (id) => {
    expect(readSchema(id, Buffer.from(generateXsd(id)))).toEqual(readSchema(id, officialXsd(id)));
  });

  test('with another facet is not taken for the same', () => {
    const id = 'pacs.008.001.08';
    const changed = generateXsd(id).replace('<xs:maxLength value="35"/>', '<xs:maxLength value="34"/>');
    expect(readSchema(id, Buffer.from(changed))).not.toEqual(readSchema(id, officialXsd(id)));
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
