import { describe, expect, test } from 'vitest';
import { type RunOptions, runConformance } from '../../conformance/run.js';
import { openOfficial } from '../../conformance/samples.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { hasOfficial, notRun } from '../iso20022/support/official.js';

const official = openOfficial('../shared/iso20022');
if (!hasOfficial) notRun('the short run of conformance');

/** One schema of each kind of message, old and new. */
const SCHEMAS = [
  'pacs.008.001.02',
  'pacs.008.001.08',
  'pacs.009.001.13',
  'pacs.004.001.09',
  'pacs.002.001.16',
  'pacs.028.001.03',
  'camt.056.001.08',
  'camt.029.001.09',
  'camt.054.001.08',
  'acmt.024.001.04',
  'admi.002.001.01',
  'head.001.001.01',
  'head.001.001.03',
];

const run = (options: Partial<RunOptions>) =>
  runConformance({
    official: official!,
    schemas: SCHEMAS,
    ours: generateXsd,
    seed: 20022,
    mutants: 200,
    steps: null,
    xerces: null,
    xercesMutants: 0,
    progress: () => {},
    ...options,
  });

describe.runIf(hasOfficial)('conformance, short', () => {
  test('no judge disagrees with another on a sample of the mutants', async () => {
    const report = await run({});
    expect(report.found).toEqual([]);
    expect(report.sameDefinitions).toBe(SCHEMAS.length);
    expect(report.mutants).toBeGreaterThan(150 * SCHEMAS.length);
    for (const pair of ['official-ours', 'official-reader'] as const) {
      expect(report.pairs[pair].accepted).toBeGreaterThan(report.mutants / 4);
      expect(report.pairs[pair].refused).toBeGreaterThan(report.mutants / 4);
    }
    expect(report.pairs['reader-codec'].accepted).toBeGreaterThan(report.mutants / 10);
  });

  test.each([
    ['a longer text', 'edge', '<xs:maxLength value="35"/>', '<xs:maxLength value="36"/>'],
    ['a code less', 'edge', '<xs:enumeration value="DUPL"/>', ''],
    ['a wider pattern', 'edge', '[A-Z]{2,2}"', '[A-Z]{2,3}"'],
    ['an element under another type', 'edge', 'name="BizSvc" type="Max35Text"', 'name="BizSvc" type="Max70Text"'],
    ['an element that may be left out', 'missing', 'name="BizMsgIdr" type', 'name="BizMsgIdr" minOccurs="0" type'],
    ['an element more', 'beyond-max', 'name="MsgDefIdr" type', 'name="MsgDefIdr" maxOccurs="2" type'],
    [
      'an optional element that is required',
      'missing',
      'name="CharSet" type="UnicodeChartsCode" minOccurs="0"',
      'name="CharSet" type="UnicodeChartsCode"',
    ],
  ])('a schema of ours with %s is found out, with the smallest document', async (_, step, from, to) => {
    const ours = (id: string): string => {
      const xsd = generateXsd(id);
      expect(xsd).toContain(from);
      return xsd.replaceAll(from, to);
    };
    const report = await run({ schemas: ['head.001.001.03'], ours, mutants: Number.POSITIVE_INFINITY, steps: [step] });
    expect(report.sameDefinitions).toBe(0);
    const [first] = report.found;
    expect(first?.pair).toBe('official-ours');
    expect(first!.xml.length).toBeLessThan(900);
  });

  test('the valid documents reach every element of every type', async () => {
    const report = await run({ schemas: SCHEMAS.slice(4), steps: ['full'], mutants: Number.POSITIVE_INFINITY });
    expect(report.found).toEqual([]);
    expect(report.elements).toBeGreaterThan(2_000);
    expect(report.elementsReached).toBe(report.elements);
    expect(report.kinds.full).toMatchObject({ refused: 0 });
  });
});
