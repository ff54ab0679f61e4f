import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createJudge } from '../../conformance/judge.js';
import { openOfficial } from '../../conformance/samples.js';
import { readSchema } from '../../conformance/schema-model.js';
import { judgeUnderXerces } from '../../conformance/xerces.js';
import { createXercesValidator } from '../../src/iso20022/xerces.js';
import { generateXsd } from '../../src/iso20022/xsd.js';
import { hasOfficial, notRun } from '../iso20022/support/official.js';

const ID = 'admi.004.001.02';
const official = openOfficial('../shared/iso20022');
const xerces = await createXercesValidator();
if (!hasOfficial) notRun('many documents in one call of Xerces');
else if (xerces === null) console.log('not run: many documents in one call of Xerces (no JDK or package)');

const event = (...inside: readonly string[]): string =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${ID}"><SysEvtNtfctn>\n<EvtInf>${inside.join('\r\n')}</EvtInf></SysEvtNtfctn></Document>`;
const TIME = '2026-03-01T10:20:30Z';

/** A document, what libxml2 says, and how it comes out: null where the engines agree. */
const ROWS: readonly (readonly [of: string, xml: string, accepted: boolean, outcome: string | null])[] = [
  ['valid', event('<EvtCd>a</EvtCd>'), true, null],
  ['valid, with a declaration', `<?xml version="1.0"?>\n${event('<EvtCd>b</EvtCd>')}`, true, null],
  ['invalid', event('<EvtCd>a b</EvtCd>'), false, null],
  ['not well-formed', `${event('<EvtCd>a</EvtCd>')}</x>`, false, null],
  ['valid, said to be invalid', event('<EvtCd>c</EvtCd>'), false, 'disagreement'],
  ['invalid, said to be valid', event('<EvtCd>a</EvtCd>', '<EvtCd>a</EvtCd>'), true, 'disagreement'],
  [
    'characters above U+FFFF',
    event('<EvtCd>a</EvtCd>', `<EvtParam>${'😀'.repeat(35)}</EvtParam>`),
    true,
    'xerces-counts-utf16',
  ],
  [
    'space before a time',
    event('<EvtCd>a</EvtCd>', `<EvtTm> ${TIME}</EvtTm>`),
    false,
    'libxml2-keeps-space-around-dates',
  ],
  [
    'space in CDATA before a time',
    event('<EvtCd>a</EvtCd>', `<EvtTm><![CDATA[ ${TIME}]]></EvtTm>`),
    false,
    'libxml2-keeps-space-around-dates',
  ],
];

describe.runIf(hasOfficial && xerces !== null)('many documents in one call of Xerces', () => {
  test('each gets its own verdict', async () => {
    const model = readSchema(ID, official!.schema(ID));
    const texts = { official: official!.schema(ID).toString('utf8'), ours: generateXsd(ID) };
    const judge = createJudge(model, texts, '');
    const items = ROWS.map(([of, xml, accepted]) => ({ of, xml, accepted }));
    const found = await judgeUnderXerces(
      { xerces: xerces!, schemaFile: resolve(official!.schemaFile(ID)), judge },
      items,
    );
    const outcomes = new Map(found.map(({ item, explained }) => [item.of, explained ?? 'disagreement']));
    expect(ROWS.map(([of]) => [of, outcomes.get(of) ?? null])).toEqual(ROWS.map(([of, , , outcome]) => [of, outcome]));
  });
});
