import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { createLibxml2Validator } from '../../src/iso20022/schema-validator.js';
import type { XmlElement } from '../../src/iso20022/types.js';
import { writeDocument, writeEnvelope } from '../../src/iso20022/writer.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { arbitraryMessage } from './support/arbitrary.js';
import { hasOfficial, notRun, officialXsd } from './support/official.js';

const reader = createMessageReader();
const engine = createLibxml2Validator();
const status: XmlElement = {
  GrpHdr: { MsgId: 'M1', CreDtTm: '2026-01-02T03:04:05Z' },
  OrgnlGrpInfAndSts: [],
  TxInfAndSts: [{ StsRsnInf: [{ AddtlInf: ['a < b & "c" \r\n\t]]> 😀'] }] }],
};

/** Few a message, some thousand over all messages. */
const RUNS = 14;

describe.each(CATALOGUE_MESSAGE_IDS)('%s', (id) => {
  const isHeader = catalogueMessage(id)!.root === 'AppHdr';

  test('what is written is read back the same', () => {
    const property = fc.property(arbitraryMessage(id), arbitraryMessage('head.001.001.02'), (root, head) => {
      const header = isHeader ? { messageId: id, root } : { messageId: 'head.001.001.02', root: head };
      const bytes = isHeader ? writeEnvelope(header, 'pacs.002.001.10', status) : writeEnvelope(header, id, root);
      const answer = reader.read(bytes);
      if (!answer.ok) throw new Error(JSON.stringify(answer.error.findings));
      expect(answer.value.header).toEqual(header);
      if (isHeader) return;
      expect(answer.value.document).toEqual({ messageId: id, root });
      const bare = reader.read(writeEnvelope(null, id, root));
      expect(bare.ok && bare.value.document).toEqual({ messageId: id, root });
    });
    fc.assert(property, { numRuns: RUNS, seed: 20022, endOnFailure: true });
  });

  test('what is written satisfies our schema and the official one', async () => {
    const schemas = [generateXsd(id)];
    if (hasOfficial) schemas.push(officialXsd(id).toString('utf8'));
    else notRun(`the official schema of ${id}`);
    const property = fc.asyncProperty(arbitraryMessage(id), async (root) => {
      for (const xsd of schemas) expect(await engine.validate(xsd, Buffer.from(writeDocument(id, root)))).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, seed: 1, endOnFailure: true });
  });
});

describe('the writer', () => {
  test('escapes what a parser would change', () => {
    const answer = reader.read(writeEnvelope(null, 'pacs.002.001.10', status));
    expect(answer.ok && answer.value.document.root).toEqual({ ...status, OrgnlGrpInfAndSts: undefined });
  });

  test('writes in the order of the schema whatever the order of the keys', () => {
    const { GrpHdr } = status as { GrpHdr: XmlElement };
    const turned = { TxInfAndSts: [], GrpHdr: { CreDtTm: GrpHdr.CreDtTm, MsgId: GrpHdr.MsgId } };
    expect(writeDocument('pacs.002.001.10', turned)).toBe(
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"><FIToFIPmtStsRpt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-02T03:04:05Z</CreDtTm></GrpHdr></FIToFIPmtStsRpt></Document>',
    );
  });

  test.each([
    ['an unknown element', { GrpHdr: { MsgId: 'M', CreDtTm: 'x', Foo: 'y' } }, 'GrpHdr/Foo'],
    ['an array where one is meant', { GrpHdr: [{ MsgId: 'M' }] }, 'GrpHdr is not a single element'],
    ['one where an array is meant', { TxInfAndSts: {} }, 'TxInfAndSts is not an array'],
    ['text where elements are meant', { GrpHdr: 'M' }, 'GrpHdr is not an element'],
    ['elements where text is meant', { GrpHdr: { MsgId: {} } }, 'MsgId is not text'],
    ['the name of a property of every object', { constructor: 'x' } as unknown as XmlElement, 'constructor'],
  ])('refuses %s', (_, root, message) => {
    expect(() => writeDocument('pacs.002.001.10', root as XmlElement)).toThrow(message);
  });

  test.each([
    ['without its attribute', { '#': '1' }],
    ['without its text', { '@Ccy': 'KZT' }],
    ['with an attribute too many', { '#': '1', '@Ccy': 'KZT', '@Foo': 'x' }],
    ['as plain text', '1'],
  ])('refuses an amount %s', (_, amount) => {
    const root = { GrpHdr: {}, CdtTrfTxInf: [{ IntrBkSttlmAmt: amount }] } as unknown as XmlElement;
    expect(() => writeDocument('pacs.008.001.08', root)).toThrow('IntrBkSttlmAmt');
  });
});
