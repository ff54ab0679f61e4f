import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import {
  type ResolutionOrder,
  type ReturnOrder,
  reverseResolution,
  reverseReturn,
  reverseStatusReport,
} from '../../src/iso20022/reverse.js';
import { translateCreditTransfer } from '../../src/iso20022/translate.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import type { CheckedMessage, XmlElement } from '../../src/iso20022/types.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { arbitraryMessage } from './support/arbitrary.js';
import { golden } from './support/golden.js';
import { checked, fixture, officialErrors, orderOf, QUOTE_ID, reader } from './support/messages.js';

const SOURCE = fixture('pacs.008.001.08/customer-kzt-to-cny.xml');
const UETR = 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001';

const orderFor = (targetMessageId: string, message: CheckedMessage = SOURCE): ReturnOrder & ResolutionOrder => ({
  leg: { message, index: 0, uetr: UETR },
  targetMessageId,
  withHeader: false,
  msgId: 'OTKL-BACK-0001',
  creDtTm: '2026-11-25T02:06:00.000Z',
  instructingAgent: 'OTKLKZ20',
  instructedAgent: 'ALTNKZ20',
  amountText: '1240000.00',
  currency: 'KZT',
  rate: '64.92146596',
  quoteId: QUOTE_ID,
  providerBic: 'OTKLKZ20',
  settlementDate: '2026-11-25',
  clearingSystem: 'OTKEL-KZ',
  resolvedCase: { id: 'ALTN-CASE-77', creatorBic: 'ALTNKZ20' },
  returned: { amountText: '1240000.00', currency: 'KZT', settlementDate: '2026-11-25' },
});

const REVERSE = {
  'pacs.002': reverseStatusReport,
  'pacs.004': reverseReturn,
  'camt.029': reverseResolution,
} as const;
type Family = keyof typeof REVERSE;
const familyOf = (id: string) => id.slice(0, 8) as Family;
const reverse = (message: CheckedMessage, order: ReturnOrder & ResolutionOrder) =>
  REVERSE[familyOf(message.document.messageId)](message, 0, order);

function back(path: string, target: string, change: Partial<ReturnOrder & ResolutionOrder> = {}) {
  const result = reverse(fixture(path), { ...orderFor(target), ...change });
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail}`);
  return result.value;
}

/** The same payment, whose debtor's address says what kind of address it is. */
function withAddressType(message: CheckedMessage): CheckedMessage {
  const { document } = message;
  const [transaction] = children(document.root, 'CdtTrfTxInf');
  const debtor = child(transaction, 'Dbtr');
  const PstlAdr = { AdrTp: { Cd: 'ADDR' }, ...child(debtor, 'PstlAdr') };
  const root = { ...document.root, CdtTrfTxInf: [{ ...transaction, Dbtr: { ...debtor, PstlAdr } }] };
  return { ...message, document: { ...document, root } };
}

describe('an answer of the destination side goes back as an answer to the message that the bank sent', () => {
  test.each([
    ['pacs.002.001.15/settled-at-creditor-agent.xml', 'pacs.002.001.10'],
    ['pacs.002.001.15/settled-at-creditor-agent.xml', 'pacs.002.001.16'],
    ['pacs.002.001.15/refused-by-creditor-agent.xml', 'pacs.002.001.10'],
    ['pacs.002.001.15/refused-by-creditor-agent.xml', 'pacs.002.001.08'],
    ['pacs.004.001.13/returned-by-creditor-agent.xml', 'pacs.004.001.09'],
    ['pacs.004.001.13/returned-by-creditor-agent.xml', 'pacs.004.001.15'],
    ['camt.029.001.12/cancellation-accepted.xml', 'camt.029.001.09'],
    ['camt.029.001.12/cancellation-accepted.xml', 'camt.029.001.14'],
    ['camt.029.001.12/cancellation-refused.xml', 'camt.029.001.09'],
  ])('%s as %s', (source, target) => {
    const result = back(source, target);
    const document = writeDocument(target, result.root);
    expect(officialErrors(target, document)).toEqual([]);
    expect(checked(result.bytes).document.root).toEqual(result.root);
    const name = `${source.replace('/', '-').replace('.xml', '')}-back-as-${target}`;
    golden(`${name}.xml`, document);
    golden(`${name}.differences.json`, JSON.stringify(result.differences, null, 2));
  });

  test('the references are those of the source message', () => {
    const { root } = back('pacs.002.001.15/refused-by-creditor-agent.xml', 'pacs.002.001.10');
    const transaction = child(root, 'TxInfAndSts');
    expect(text(root, 'OrgnlGrpInfAndSts', 'OrgnlMsgId')).toBe('ALTN-MSG-20261123-0001');
    expect(text(root, 'OrgnlGrpInfAndSts', 'OrgnlMsgNmId')).toBe('pacs.008.001.08');
    expect(
      ['OrgnlInstrId', 'OrgnlEndToEndId', 'OrgnlTxId', 'OrgnlUETR'].map((name) => text(transaction, name)),
    ).toEqual(['ALTN-000001', 'INV-LM-2026-000001', 'ALTN20261123000001', UETR]);
    expect(text(transaction, 'StsRsnInf', 'Rsn', 'Cd')).toBe('AC04');
    expect(child(transaction, 'OrgnlTxRef', 'IntrBkSttlmAmt')).toEqual({ '#': '1250000.00', '@Ccy': 'KZT' });
    expect(text(transaction, 'OrgnlTxRef', 'Dbtr', 'Pty', 'Nm')).toBe('ТОО «Алтын Дала Құрылыс»');
  });

  test('a return is in the currency of the source leg, with the rate', () => {
    const { root } = back('pacs.004.001.13/returned-by-creditor-agent.xml', 'pacs.004.001.15');
    const transaction = child(root, 'TxInf');
    expect(child(transaction, 'OrgnlIntrBkSttlmAmt')).toEqual({ '#': '1250000.00', '@Ccy': 'KZT' });
    expect(child(transaction, 'RtrdIntrBkSttlmAmt')).toEqual({ '#': '1240000.00', '@Ccy': 'KZT' });
    expect(child(transaction, 'RtrdInstdAmt')).toEqual({ '#': '19100.00', '@Ccy': 'CNY' });
    expect(text(transaction, 'AgrdRate', 'QtId')).toBe(QUOTE_ID);
    expect(text(root, 'GrpHdr', 'SttlmInf', 'ClrSys', 'Prtry')).toBe('OTKEL-KZ');
  });

  test('a resolution closes the case of the bank', () => {
    const { root } = back('camt.029.001.12/cancellation-accepted.xml', 'camt.029.001.14');
    expect(text(root, 'RslvdCase', 'Id')).toBe('ALTN-CASE-77');
    expect(text(root, 'Sts', 'Conf')).toBe('CNCL');
    expect(child(root, 'CxlDtls', 'TxInfAndSts', 'RsltnRltdInf', 'IntrBkSttlmAmt')).toEqual({
      '#': '1240000.00',
      '@Ccy': 'KZT',
    });
  });

  test('with a header of the version that the bank speaks', () => {
    const { bytes } = back('pacs.002.001.15/settled-at-creditor-agent.xml', 'pacs.002.001.10', {
      withHeader: true,
      headerId: 'head.001.001.01',
      creDtTm: '2026-11-25T07:06:00+05:00',
    });
    const { header } = checked(bytes);
    expect(header?.messageId).toBe('head.001.001.01');
    expect(text(header?.root, 'CreDt')).toBe('2026-11-25T02:06:00.000Z');
  });

  test('texts are in the characters that the bank takes', () => {
    const { root, differences } = back('pacs.002.001.15/refused-by-creditor-agent.xml', 'pacs.002.001.10', {
      characters: { set: 'x', han: 'refuse' },
    });
    expect(text(root, 'TxInfAndSts', 'OrgnlTxRef', 'Dbtr', 'Pty', 'Nm')).toBe("TOO 'Altyn Dala Qurylys'");
    expect(differences.some(({ kind }) => kind === 'transliterated')).toBe(true);
  });

  test.each([
    ['pacs.008.001.06', 'pacs.002.001.08', 'ADDR'],
    ['pacs.008.001.07', 'pacs.002.001.09', 'ADDR'],
    ['pacs.008.001.08', 'pacs.002.001.10', { Cd: 'ADDR' }],
  ])('what a %s said of an address is in a %s as it was', (source, target, type) => {
    const sent = translateCreditTransfer(withAddressType(SOURCE), 0, orderOf(source));
    if (!sent.ok) throw new Error(sent.error.detail);
    const leg = { message: checked(sent.value.bytes), index: 0, uetr: UETR };
    const { root } = back('pacs.002.001.15/refused-by-creditor-agent.xml', target, { leg });
    const reference = child(root, 'TxInfAndSts', 'OrgnlTxRef');
    const debtor = child(reference, 'Dbtr', 'Pty') ?? child(reference, 'Dbtr');
    expect(child(debtor, 'PstlAdr')?.AdrTp).toEqual(type);
    expect(child(debtor, 'PstlAdr')?.AdrTp).toEqual(
      child(leg.message.document.root, 'CdtTrfTxInf', 'Dbtr', 'PstlAdr')?.AdrTp,
    );
  });

  test('one of a batch has no status for the group', () => {
    const batch = fixture('pacs.008.001.08/batch-of-three.xml');
    const uetr = text(children(batch.document.root, 'CdtTrfTxInf')[1], 'PmtId', 'UETR') as string;
    const answer = fixture('pacs.002.001.15/settled-at-creditor-agent.xml');
    const root = { ...answer.document.root, TxInfAndSts: [{ OrgnlUETR: uetr, TxSts: 'ACCC' }] };
    const message = { ...answer, document: { ...answer.document, root } };
    const order = { ...orderFor('pacs.002.001.10'), leg: { message: batch, index: 1, uetr } };
    const result = reverseStatusReport(message, 0, order);
    expect(result.ok && text(result.value.root, 'OrgnlGrpInfAndSts', 'GrpSts')).toBeUndefined();
    expect(result.ok && text(result.value.root, 'TxInfAndSts', 'OrgnlEndToEndId')).toBe(
      text(children(batch.document.root, 'CdtTrfTxInf')[1], 'PmtId', 'EndToEndId'),
    );
  });
});

describe('refused', () => {
  const answer = fixture('pacs.002.001.15/settled-at-creditor-agent.xml');
  test.each([
    [
      'another payment',
      'NOT_FOUND',
      answer,
      { ...orderFor('pacs.002.001.10'), leg: { message: SOURCE, index: 0, uetr: QUOTE_ID } },
    ],
    ['another message', 'MESSAGE_UNSUPPORTED', SOURCE, orderFor('pacs.002.001.10')],
    ['a version that is none', 'MESSAGE_UNSUPPORTED', answer, orderFor('pacs.002.001.99')],
    ['a version of another message', 'MESSAGE_UNSUPPORTED', answer, orderFor('pacs.004.001.09')],
  ])('%s: %s', (_, code, message, order) =>
    expect(reverseStatusReport(message, 0, order)).toMatchObject({ ok: false, error: { code } }),
  );
});

const ANSWERS = CATALOGUE_MESSAGE_IDS.filter((id) => Object.hasOwn(REVERSE, familyOf(id)));
const SOURCES = ['02', '06', '07', '08', '12', '14'].map((version) => {
  const result = translateCreditTransfer(SOURCE, 0, orderOf(`pacs.008.001.${version}`));
  if (!result.ok) throw new Error(result.error.detail);
  return checked(result.value.bytes);
});

/** The generated answer, about our payment. */
function aboutOurs(root: XmlElement, id: string): XmlElement | null {
  const ours = (transaction: XmlElement): XmlElement => {
    const { OrgnlUETR: _uetr, OrgnlEndToEndId: _id, ...rest } = transaction;
    return { ...rest, OrgnlEndToEndId: 'INV-LM-2026-000001', ...(id > 'pacs.002.001.09' && { OrgnlUETR: UETR }) };
  };
  if (familyOf(id) === 'camt.029') {
    const [first] = children(root, 'CxlDtls');
    const [transaction] = children(first, 'TxInfAndSts');
    return transaction ? { ...root, CxlDtls: [{ ...first, TxInfAndSts: [ours(transaction)] }] } : null;
  }
  const name = familyOf(id) === 'pacs.002' ? 'TxInfAndSts' : 'TxInf';
  const [transaction] = children(root, name);
  return transaction ? { ...root, [name]: [ours(transaction)] } : null;
}

test.each(ANSWERS)('any valid %s is a valid answer in any version, or refused by name', (id) => {
  const targets = ANSWERS.filter((one) => familyOf(one) === familyOf(id));
  let made = 0;
  fc.assert(
    fc.property(
      arbitraryMessage(id),
      fc.constantFrom(...targets),
      fc.constantFrom(...SOURCES),
      (root, target, source) => {
        const ours = aboutOurs(root, id);
        const read = ours && reader.read(Buffer.from(writeDocument(id, ours)));
        fc.pre(read?.ok === true);
        if (!read?.ok) return;
        const order = orderFor(target, source);
        const result = reverse(read.value, order);
        expect(reverse(read.value, order)).toEqual(result);
        if (!result.ok) {
          expect(['SCREENING_DATA_LOST', 'RULE_BROKEN']).toContain(result.error.code);
          return;
        }
        made += 1;
        checked(result.value.bytes);
        expect(officialErrors(target, writeDocument(target, result.value.root))).toEqual([]);
      },
    ),
    { numRuns: 20, seed: 5, endOnFailure: true },
  );
  expect(made).toBeGreaterThan(5);
});
