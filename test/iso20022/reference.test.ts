import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { describeMessage, type ElementReference, referenceText } from '../../src/iso20022/reference.js';

const at = (element: ElementReference, ...path: readonly string[]): ElementReference => {
  const [name, ...rest] = path;
  if (name === undefined) return element;
  const child = element.children.find((one) => one.name === name);
  if (!child) throw new Error(`${element.name} has no ${name}`);
  return at(child, ...rest);
};

describe('the reference of a message', () => {
  const pacs008 = describeMessage('pacs.008.001.13')!;
  const transaction = at(pacs008.root, 'FIToFICstmrCdtTrf', 'CdtTrfTxInf');

  test('names it', () => {
    expect([pacs008.title, pacs008.namespace]).toEqual([
      'FI To FI Customer Credit Transfer V13',
      'urn:iso:std:iso:20022:tech:xsd:pacs.008.001.13',
    ]);
  });

  test('says how often an element may be there, and what its value may be', () => {
    expect(transaction).toMatchObject({ occurs: '1..n', content: 'sequence', value: null });
    expect(at(transaction, 'PmtId', 'EndToEndId')).toMatchObject({
      occurs: '1..1',
      type: 'Max35Text',
      value: { base: 'string', facets: ['1 to 35 characters'], codes: [] },
    });
    expect(at(transaction, 'ChrgBr').value?.codes).toEqual(['DEBT', 'CRED', 'SHAR', 'SLEV']);
    expect(at(transaction, 'RmtInf', 'Ustrd').occurs).toBe('0..n');
    expect(at(transaction, 'DbtrAcct', 'Id')).toMatchObject({ content: 'choice' });
    expect(at(transaction, 'PmtId', 'UETR').value?.facets[0]).toMatch(/^pattern \[a-f0-9\]\{8\}-/);
  });

  test('says what attributes an amount has', () => {
    expect(at(transaction, 'IntrBkSttlmAmt')).toMatchObject({
      value: { base: 'decimal', facets: ['at most 18 digits', 'at most 5 decimals', '≥ 0'] },
      attributes: [{ name: 'Ccy', required: true, value: { facets: ['pattern [A-Z]{3,3}'] } }],
    });
  });

  test('says where any element may stand', () => {
    const envelope = at(pacs008.root, 'FIToFICstmrCdtTrf', 'SplmtryData', 'Envlp');
    expect(envelope).toMatchObject({ content: 'any', children: [{ name: '(any element)', type: 'namespace ##any' }] });
  });

  test('as text, to any depth', () => {
    expect(referenceText(describeMessage('admi.002.001.01')!)).toBe(
      [
        'admi.002.001.01  admi.002.001.01',
        'urn:iso:std:iso:20022:tech:xsd:admi.002.001.01',
        '',
        'Document [1..1] Document',
        '  admi.002.001.01 [1..1] admi.002.001.01',
        '    RltdRef [1..1] MessageReference',
        '      Ref [1..1] Max35Text: string, 1 to 35 characters',
        '    Rsn [1..1] RejectionReason2',
        '      RjctgPtyRsn [1..1] Max35Text: string, 1 to 35 characters',
        '      RjctnDtTm [0..1] ISODateTime: dateTime',
        '      ErrLctn [0..1] Max350Text: string, 1 to 350 characters',
        '      RsnDesc [0..1] Max350Text: string, 1 to 350 characters',
        '      AddtlData [0..1] Max20000Text: string, 1 to 20000 characters',
        '',
      ].join('\n'),
    );
    expect(referenceText(pacs008, 2).trimEnd().split('\n').slice(3)).toEqual([
      'Document [1..1] Document',
      '  FIToFICstmrCdtTrf [1..1] FIToFICustomerCreditTransferV13',
      '    GrpHdr [1..1] GroupHeader131',
      '    CdtTrfTxInf [1..n] CreditTransferTransaction70',
      '    SplmtryData [0..n] SupplementaryData1',
    ]);
  });

  test.each(CATALOGUE_MESSAGE_IDS)('%s: every type of the catalogue is somewhere in it', (id) => {
    const types = new Set<string>();
    const walk = (element: ElementReference): void => {
      types.add(element.type);
      for (const attribute of element.attributes) types.add(attribute.type);
      element.children.forEach(walk);
    };
    walk(describeMessage(id)!.root);
    const named = [...catalogueMessage(id)!.types.values()].filter(({ name }) => !name.endsWith('_SimpleType'));
    expect(named.map(({ name }) => name).filter((name) => !types.has(name))).toEqual([]);
  });

  test('there is none of what the catalogue does not hold', () => {
    expect(describeMessage('pacs.008.001.01')).toBeUndefined();
    expect(describeMessage('constructor')).toBeUndefined();
  });
});
