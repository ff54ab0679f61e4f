import { describe, expect, test } from 'vitest';
import { isCatalogueMessageId } from '../../src/iso20022/catalogue/catalogue.js';
import { passGate } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { createLibxml2Validator } from '../../src/iso20022/schema-validator.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { hasOfficial, notRun, officialXsd, sampleBytes, samples } from './support/official.js';

/** Samples whose answer here is not the verdict about the ISO schema alone, and why. */
const EXPLAINED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'camt.029.001.09--rtp20022--camt029.xml',
      'camt.056.001.08--rtp20022--camt056.refund.xml',
      'pacs.002.001.10--rtp20022--pacs002.ACTC.xml',
      'pacs.002.001.11--coreumfoundation-iso20022-client--pacs002-2.xml',
      'pacs.002.001.11--coreumfoundation-iso20022-client--pacs002-6.xml',
      'pacs.004.001.10--coreumfoundation-iso20022-client--pacs004-1.xml',
      'pacs.004.001.10--coreumfoundation-iso20022-client--pacs004-4.xml',
      'pacs.008.001.08--coreumfoundation-iso20022-client--pacs008-3.xml',
      'pacs.008.001.09--coreumfoundation-iso20022-client--pacs008-6.xml',
      'pacs.009.001.09--coreumfoundation-iso20022-client--pacs009-1.xml',
      'pacs.009.001.09--coreumfoundation-iso20022-client--pacs009-2.xml',
    ].map((file) => [file, 'ENVELOPE_INVALID']), // proprietary, no Document
  ),
  'pacs.008.001.08--coreumfoundation-iso20022-client--pacs008-13.xml': 'valid', // supplementary data of no known schema
  'pacs.008.001.08--aws-guidance--pacs.008.xml': 'NAMESPACE_UNKNOWN', // neither part is in a namespace
};

const rows = hasOfficial ? samples().filter((row) => isCatalogueMessageId(row.messageId)) : [];
if (!hasOfficial) notRun('sample messages');

describe.runIf(hasOfficial)('sample messages', () => {
  const reader = createMessageReader();
  const engine = createLibxml2Validator();

  test('there are samples of what the catalogue holds', () => {
    expect(rows.length).toBeGreaterThan(150);
  });

  test.each(rows.filter((row) => !row.messageId.startsWith('head.')))('$file', ({ file, verdict }) => {
    const answer = reader.read(sampleBytes(file));
    const expected = EXPLAINED[file] ?? (verdict === 'valid' ? 'valid' : 'SCHEMA_INVALID');
    expect(answer.ok ? 'valid' : answer.error.code).toBe(expected);
    if (answer.ok || answer.error.code !== 'SCHEMA_INVALID') return;
    for (const finding of answer.error.findings) {
      expect(finding.line).toBeGreaterThan(0);
      expect(finding.path).toMatch(/^\/\w+(\/.+)?$/);
    }
  });

  test.each(rows.filter((row) => row.messageId.startsWith('head.')))('$file', async ({ file, messageId, verdict }) => {
    const bytes = sampleBytes(file);
    expect(passGate(bytes).ok).toBe(true);
    for (const xsd of [generateXsd(messageId), officialXsd(messageId).toString('utf8')])
      expect((await engine.validate(xsd, bytes)).length === 0).toBe(verdict === 'valid');
  });
});
