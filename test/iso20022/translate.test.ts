import { describe, expect, test } from 'vitest';
import { readInstructions } from '../../src/iso20022/instruction.js';
import {
  type TranslatedCreditTransfer,
  type TranslationOrder,
  translateCreditTransfer,
} from '../../src/iso20022/translate.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import type { CheckedMessage } from '../../src/iso20022/types.js';
import { checked, fixture, fixtureText, orderOf, QUOTE_ID } from './support/messages.js';

const OLD = 'pacs.008.001.08';
const NEW = 'pacs.008.001.13';
const TX = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]';

function translated(message: CheckedMessage, target: string, change: Partial<TranslationOrder> = {}, index = 0) {
  const result = translateCreditTransfer(message, index, orderOf(target, change));
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail}`);
  return result.value;
}
const transaction = (one: TranslatedCreditTransfer) => child(one.root, 'CdtTrfTxInf');
const rows = (one: TranslatedCreditTransfer, kind: string) =>
  one.differences.filter((row) => row.kind === kind).map(({ from, to }) => (from ?? to ?? '').replace(`${TX}/`, ''));

describe('translation to the destination leg', () => {
  test('amount, date, rate and agents are the destination leg, the rest is kept', () => {
    const source = fixture(`${OLD}/customer-with-quote-mark.xml`);
    const uetr = readInstructions(source)[0]?.uetr as string;
    const one = translated(source, OLD, { uetr });
    const [before, after] = [child(source.document.root, 'CdtTrfTxInf'), transaction(one)];
    expect(child(after, 'IntrBkSttlmAmt')).toEqual({ '#': '19125.00', '@Ccy': 'CNY' });
    expect(text(after, 'XchgRate')).toBe('0.0153');
    expect(text(after, 'InstgAgt', 'FinInstnId', 'BICFI')).toBe('OTKLKZ20');
    expect(text(after, 'InstdAgt', 'FinInstnId', 'BICFI')).toBe('LONGCN20');
    expect(text(after, 'PrvsInstgAgt1', 'FinInstnId', 'BICFI')).toBe('ALTNKZ20');
    for (const name of [
      'PmtId',
      'InstdAmt',
      'ChrgBr',
      'Dbtr',
      'DbtrAcct',
      'DbtrAgt',
      'Cdtr',
      'CdtrAcct',
      'Purp',
      'RmtInf',
    ])
      expect(after?.[name]).toEqual(before?.[name]);
    expect(text(one.root, 'GrpHdr', 'SttlmInf', 'ClrSys', 'Prtry')).toBe('OTKEL-CN');
    expect(rows(one, 'cut')).toEqual([]);
    expect(rows(one, 'moved')).toEqual(['InstgAgt']);
  });

  test.each([OLD, NEW, 'pacs.008.001.02'])('what is asked of the payer’s side stays there (%s)', (target) => {
    const waits = translated(fixture(`${OLD}/waits-for-event.xml`), target);
    expect(Buffer.from(waits.bytes).toString()).not.toContain('EVENT');
    const gone = waits.differences.find(({ from }) => from === `${TX}/InstrForNxtAgt[1]`);
    expect(gone).toMatchObject({
      kind: 'changed',
      before: expect.stringContaining('/EVENT/customs-118-26/'),
      after: null,
    });
    const marked = translated(fixture(`${NEW}/marked-at-both-ends.xml`), target);
    const instructions = children(transaction(marked), 'InstrForNxtAgt').map((one) => text(one, 'InstrInf') ?? '');
    expect(instructions.filter((one) => !one.startsWith('/UETR/'))).toEqual(['/CDTRMARK/import-2026']);
  });

  test('a .13 destination states the agreed rate with the quote', () => {
    const after = transaction(translated(fixture(`${OLD}/customer-kzt-to-cny.xml`), NEW));
    expect(child(after, 'AgrdRate')).toEqual({
      UnitCcy: 'KZT',
      QtdCcy: 'CNY',
      PreAgrdXchgRate: '0.0153',
      QtId: QUOTE_ID,
      FXAgt: { FinInstnId: { BICFI: 'OTKLKZ20' } },
    });
    expect(text(after, 'AddtlDtTm', 'AccptncDtTm')).toBe('2026-11-23T10:15:28+05:00');
  });

  test('a .08 destination of a .13 loses what .08 has no place for, and says so', () => {
    const one = translated(fixture(`${NEW}/customer-with-agreed-rate.xml`), OLD);
    expect(text(transaction(one), 'AccptncDtTm')).toBe('2026-11-23T10:15:28+05:00');
    expect(rows(one, 'cut')).toEqual([
      'AgrdRate/QtnDtTm',
      'AddtlDtTm/XpryDtTm',
      'RmtInf/Strd[1]/RfrdDocInf[1]/RltdDt/Tp',
    ]);
    expect(rows(one, 'moved')).toEqual(
      expect.arrayContaining(['AddtlDtTm/AccptncDtTm', 'RmtInf/Strd[1]/RfrdDocInf[1]/RltdDt/Dt']),
    );
    expect(children(child(transaction(one), 'RmtInf'), 'Strd').at(-1)).toEqual({
      AddtlRmtInf: [`/QUOTE/${QUOTE_ID}`],
    });
  });

  test.each([OLD, NEW])('a renewed quote takes the place of the one that the payer named, in %s', (target) => {
    const past = 'DEADBEEF-8d47-4f26-b9a1-0c6d2e7f9a34';
    const remittance = `<RmtInf><Ustrd>for machines</Ustrd><Strd><AddtlRmtInf>at /QUOTE/${past}.</AddtlRmtInf></Strd></RmtInf>`;
    const source = fixtureText(`${OLD}/customer-kzt-to-cny.xml`).replace(/<RmtInf>[\s\S]*<\/RmtInf>/, remittance);
    const one = translated(checked(source), target);
    expect(children(child(transaction(one), 'RmtInf'), 'Strd')).toEqual([{ AddtlRmtInf: [`at /QUOTE/${QUOTE_ID}.`] }]);
    expect(readInstructions(checked(one.bytes))[0]?.quoteIds).toEqual([QUOTE_ID]);
    expect(rows(one, 'changed')).toContain('RmtInf/Strd[1]/AddtlRmtInf[1]');
  });

  test('earlier agents move down, a fourth is cut, intermediaries are consumed', () => {
    const one = translated(fixture(`${OLD}/full-chain-of-agents.xml`), OLD);
    const names = [1, 2, 3].map((n) => text(transaction(one), `PrvsInstgAgt${n}`, 'FinInstnId', 'BICFI'));
    expect(names).toEqual(['ALTNKZ20', 'DALAKZ20', 'JADECN20']);
    expect(rows(one, 'cut')).toEqual(['PrvsInstgAgt3']);
    expect(one.differences).toContainEqual(
      expect.objectContaining({ kind: 'moved', from: `${TX}/IntrmyAgt1`, to: `${TX}/InstgAgt` }),
    );
    expect(rows(one, 'changed')).toContain('/Document/FIToFICstmrCdtTrf/GrpHdr/SttlmInf/SttlmMtd');
  });

  test('one transaction of a batch goes out alone, its sums follow the amount', () => {
    const one = translated(fixture(`${OLD}/batch-of-three.xml`), OLD, { amountText: '18.36' }, 2);
    expect(text(one.root, 'GrpHdr', 'NbOfTxs')).toBe('1');
    expect(text(one.root, 'GrpHdr', 'CtrlSum')).toBe('18.36');
    expect(child(one.root, 'GrpHdr', 'TtlIntrBkSttlmAmt')).toEqual({ '#': '18.36', '@Ccy': 'CNY' });
    expect(text(one.root, 'GrpHdr', 'PmtTpInf', 'InstrPrty')).toBe('NORM');
    expect(text(transaction(one), 'PmtId', 'EndToEndId')).toBe('INV-LM-2026-000006');
  });

  test('agents and date of the group header are folded into the transaction', () => {
    const xml = fixtureText(`${OLD}/customer-kzt-to-cny.xml`)
      .replace(/ *<Inst[gd]Agt>[\s\S]*?<\/Inst[gd]Agt>\n/g, '')
      .replace(/ *<IntrBkSttlmDt>.*\n/, '')
      .replace('<SttlmInf>', '<IntrBkSttlmDt>2026-11-23</IntrBkSttlmDt><SttlmInf>')
      .replace('</GrpHdr>', '<InstgAgt><FinInstnId><BICFI>DALAKZ20</BICFI></FinInstnId></InstgAgt></GrpHdr>');
    const one = translated(checked(xml), OLD);
    expect(text(transaction(one), 'PrvsInstgAgt1', 'FinInstnId', 'BICFI')).toBe('DALAKZ20');
    expect(text(transaction(one), 'IntrBkSttlmDt')).toBe('2026-11-23');
    expect(child(one.root, 'GrpHdr', 'InstgAgt')).toBeUndefined();
    expect(rows(one, 'moved')).toEqual([
      '/Document/FIToFICstmrCdtTrf/GrpHdr/InstgAgt',
      '/Document/FIToFICstmrCdtTrf/GrpHdr/IntrBkSttlmDt',
    ]);
  });

  test('a header is written anew, and what the old one said is reported', () => {
    const one = translated(fixture(`${OLD}/with-header.xml`), NEW, { withHeader: true });
    const back = checked(one.bytes);
    expect(text(back.header?.root, 'MsgDefIdr')).toBe(NEW);
    expect(text(back.header?.root, 'Fr', 'FIId', 'FinInstnId', 'BICFI')).toBe('OTKLKZ20');
    expect(one.differences.map(({ from }) => from)).toContain('/AppHdr/BizMsgIdr');
    const bare = translated(fixture(`${OLD}/with-header.xml`), OLD);
    expect(checked(bare.bytes).header).toBeNull();
    expect(bare.differences.map(({ from }) => from)).toContain('/AppHdr/CreDt');
  });

  test('InstdAmt is added when the message has none', () => {
    const xml = fixtureText(`${OLD}/customer-kzt-to-cny.xml`).replace(/ *<InstdAmt.*\n/, '');
    const one = translated(checked(xml), OLD);
    expect(child(transaction(one), 'InstdAmt')).toEqual({ '#': '1250000.00', '@Ccy': 'KZT' });
    expect(rows(one, 'added')).toContain('InstdAmt');
  });

  test('a row tells a value of the source, however often its element was moved', () => {
    const one = translated(fixture(`${OLD}/customer-kzt-to-cny.xml`), 'pacs.008.001.02');
    const at = (from: string) => one.differences.filter((row) => row.from === `${TX}/${from}`);
    expect(at('InstgAgt/FinInstnId/BICFI')).toEqual([
      {
        kind: 'moved',
        from: `${TX}/InstgAgt/FinInstnId/BICFI`,
        to: `${TX}/PrvsInstgAgt/FinInstnId/BIC`,
        before: 'ALTNKZ20',
        after: 'ALTNKZ20',
      },
    ]);
    expect(at('InstdAgt/FinInstnId/BICFI')).toEqual([]);
    expect(at('PmtId/UETR').map(({ to }) => to)).toEqual([`${TX}/InstrForNxtAgt[1]/InstrInf`]);
  });

  test('remittance amounts keep their meaning there and back', () => {
    const amounts =
      '<RfrdDocAmt><DuePyblAmt Ccy="CNY">10.00</DuePyblAmt><CdtNoteAmt Ccy="CNY">1.00</CdtNoteAmt>' +
      '<RmtdAmt Ccy="CNY">9.00</RmtdAmt></RfrdDocAmt>';
    const source = checked(
      fixtureText(`${OLD}/customer-kzt-to-cny.xml`).replace('<CdtrRefInf>', `${amounts}<CdtrRefInf>`),
    );
    const there = translated(source, NEW, { quoteId: null });
    const back = translated(checked(there.bytes), OLD, { quoteId: null });
    expect(child(transaction(back), 'RmtInf')).toEqual(child(source.document.root, 'CdtTrfTxInf', 'RmtInf'));
    expect(rows(there, 'cut')).toEqual([]);
  });

  test('a version that does not exist is refused', () => {
    const result = translateCreditTransfer(fixture(`${OLD}/with-header.xml`), 0, orderOf('pacs.008.001.05'));
    expect(result).toMatchObject({ ok: false, error: { code: 'MESSAGE_UNSUPPORTED' } });
  });
});
