import { describe, expect, test } from 'vitest';
import { linesOf, withLines } from '../../src/iso20022/lines.js';
import { fixtureText } from './support/messages.js';

const xml = fixtureText('pacs.008.001.08/with-header.xml');
const batch = fixtureText('pacs.008.001.08/batch-of-three.xml');
const BODY = '/Document/FIToFICstmrCdtTrf';
const lineWith = (text: string, part: string, from = 0): number =>
  text.split('\n').findIndex((line, i) => i >= from && line.includes(part)) + 1;

describe('the line of an XPath', () => {
  test.each([
    ['an element', `${BODY}/GrpHdr/NbOfTxs`, '<NbOfTxs>'],
    ['with a position', `${BODY}/CdtTrfTxInf[1]/PmtId/UETR`, '<UETR>'],
    ['an attribute', `${BODY}/CdtTrfTxInf[1]/IntrBkSttlmAmt/@Ccy`, '<IntrBkSttlmAmt'],
    ['of the header', '/AppHdr/MsgDefIdr', '<MsgDefIdr>'],
    ['what is not there', `${BODY}/GrpHdr/CtrlSum`, '<GrpHdr>'],
    ['a position that is not there', `${BODY}/CdtTrfTxInf[9]/PmtId`, '<FIToFICstmrCdtTrf>'],
  ])('%s', (_name, path, part) => {
    expect(linesOf(Buffer.from(xml), [path])).toEqual([lineWith(xml, part)]);
  });

  test('of many paths at once, in a document without envelope', () => {
    const paths = [3, 1, 2].map((position) => `${BODY}/CdtTrfTxInf[${position}]`);
    const lines = batch.split('\n').flatMap((line, i) => (line.includes('<CdtTrfTxInf>') ? [i + 1] : []));
    expect(lines).toHaveLength(3);
    expect(linesOf(Buffer.from(batch), paths)).toEqual([lines[2], lines[0], lines[1]]);
  });

  test('is not known of a part that is not there, or of what is no message', () => {
    expect(linesOf(Buffer.from(batch), ['/AppHdr/Fr'])).toEqual([null]);
    expect(linesOf(Buffer.from('<a'), ['/Document'])).toEqual([null]);
    expect(linesOf(Buffer.from('\u0000'), ['/Document'])).toEqual([null]);
  });

  test('stands beside a finding', () => {
    expect(withLines(Buffer.from(xml), [])).toEqual([]);
    expect(withLines(Buffer.from(xml), [{ path: '/AppHdr', id: 7 }])).toEqual([{ path: '/AppHdr', id: 7, line: 3 }]);
  });
});
