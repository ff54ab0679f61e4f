import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { seeded } from '../../fuzz/random.js';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage, ISO_NAMESPACE } from '../../src/iso20022/catalogue/catalogue.js';
import type { SimpleTypeRow } from '../../src/iso20022/catalogue/notation.js';
import { readPlain } from '../../src/iso20022/codec/codec.js';
import { resolveText } from '../../src/iso20022/codec/text.js';
import { compilePattern, compileValueCheck } from '../../src/iso20022/codec/values.js';
import { BATCH_LIMITS, passGate } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { writeDocument, writeEnvelope } from '../../src/iso20022/writer.js';
import { compileXsd, parseXml } from '../../src/iso20022/xml-engine.js';
import { arbitraryMessage, randomRoot, simpleValue } from './support/arbitrary.js';
import { damage } from './support/byte-mutants.js';
import { fixtureNames, fixtureText } from './support/messages.js';
import { mutate } from './support/mutants.js';
import { hasOfficial, notRun, sampleBytes, samples } from './support/official.js';

const engine = createMessageReader({ limits: BATCH_LIMITS, codec: false });

type Outcome = 'read' | 'declined' | 'accepted what the engine refuses' | 'read another tree';

/** What the codec does with `bytes`, held against the schema engine and the parser. */
const outcomeOf = (bytes: Buffer): Outcome => {
  const plain = passGate(bytes, BATCH_LIMITS).ok ? readPlain(bytes) : null;
  if (plain === null) return 'declined';
  const judged = engine.read(bytes);
  if (!judged.ok) return 'accepted what the engine refuses';
  const { header, document } = judged.value;
  // As text, so that the order of the keys counts.
  return JSON.stringify(plain) === JSON.stringify({ header, document }) ? 'read' : 'read another tree';
};

const isSound = (outcome: Outcome): boolean => outcome === 'read' || outcome === 'declined';

/** Of `inputs` those that show the codec wrong, and how many it read. */
const survey = (inputs: Iterable<Buffer>): { readonly wrong: readonly string[]; readonly read: number } => {
  const wrong: string[] = [];
  let read = 0;
  for (const bytes of inputs) {
    const outcome = outcomeOf(bytes);
    if (outcome === 'read') read += 1;
    if (!isSound(outcome)) wrong.push(`${outcome}: ${bytes.toString('latin1')}`);
  }
  return { wrong, read };
};

const DOCUMENTS = CATALOGUE_MESSAGE_IDS.filter((id) => !id.startsWith('head.'));
const HEADERS = CATALOGUE_MESSAGE_IDS.filter((id) => id.startsWith('head.'));

const prefixed = (xml: string, prefix: string): string =>
  xml.replace(/<(\/?)(?=[A-Za-z])/g, `<$1${prefix}:`).replace('xmlns=', `xmlns:${prefix}=`);
const indented = (xml: string, space: string): string => xml.replaceAll('><', `>${space}<`);

const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const hinted = (xml: string): string => xml.replace('>', `${XSI} xsi:schemaLocation="urn:x x.xsd">`);

/** The ways in which banks dress one document. */
const DRESSES: readonly ((document: string, header: string) => string)[] = [
  (document) => document,
  (document) =>
    `\ufeff<?xml version="1.0" encoding="utf-8" standalone='yes'?>\n${indented(hinted(document), '\r\n\t ')}\n`,
  (document) => `<!-- c -->${indented(prefixed(document, 'doc'), '<!-- a - b -->')}<!---->`,
  (document, header) => `<Envelope>${header}${document}</Envelope>`,
  (document, header) =>
    `<e:B xmlns:e="urn:e"${XSI} xsi:schemaLocation="urn:e e.xsd" a='1'>\n<e:n>x > y &amp; &#65;</e:n><o/>\n<e:w xmlns="Wrap">${prefixed(header, 'h')} ${prefixed(document, 'd')}</e:w></e:B>`,
];

const dressed = (id: string, seed: number): string[] => {
  const random = seeded(seed);
  const document = writeDocument(id, randomRoot(id, random));
  const head = HEADERS[random(HEADERS.length)]!;
  const header = writeDocument(head, randomRoot(head, random));
  return DRESSES.map((dress) => dress(document, header));
};

describe('reads as the schema engine and the parser do', () => {
  it.each(DOCUMENTS)('any %s', (id) => {
    let read = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(DRESSES.length - 1), (seed, dress) => {
        const outcome = outcomeOf(Buffer.from(dressed(id, seed)[dress]!));
        if (outcome === 'read') read += 1;
        return isSound(outcome);
      }),
      { numRuns: 20 },
    );
    expect(read).toBeGreaterThan(0);
  });

  it('every message written by this project', () => {
    for (const id of ['pacs.008.001.08', 'pacs.008.001.13', 'pacs.002.001.10', 'pacs.002.001.15']) {
      fc.assert(
        fc.property(arbitraryMessage(id), fc.boolean(), (root, withHeader) => {
          const header = { messageId: 'head.001.001.02', root: randomRoot('head.001.001.02', seeded(9)) };
          const parts = withHeader ? [header, root] : [root];
          const outcome = outcomeOf(Buffer.from(writeEnvelope(withHeader ? header : null, id, root)));
          return outcome === (JSON.stringify(parts).includes('"#any"') ? 'declined' : 'read');
        }),
        { numRuns: 50 },
      );
    }
    for (const folder of ['pacs.008.001.08', 'pacs.008.001.13'])
      for (const name of fixtureNames(folder))
        expect(outcomeOf(Buffer.from(fixtureText(`${folder}/${name}`))), name).toBe('read');
  });

  if (!hasOfficial) notRun('the codec against the sample messages');
  it.runIf(hasOfficial)('the sample messages, nearly all without help', () => {
    const all = samples().map(({ file }) => sampleBytes(file));
    const valid = all.filter((bytes) => engine.read(bytes).ok);
    const { wrong, read } = survey(all);
    expect(wrong).toEqual([]);
    expect(valid.length).toBeGreaterThan(80);
    expect(read / valid.length).toBeGreaterThan(0.98);
  });
});

describe('accepts nothing that the schema engine refuses', () => {
  const random = seeded(2026);
  it.each(DOCUMENTS)('%s one step away from valid', (id) => {
    const document = writeDocument(id, randomRoot(id, random));
    const inputs = Array.from({ length: 40 }, () => Buffer.from(mutate(document, random)));
    expect(survey(inputs).wrong).toEqual([]);
  });

  it.each(DRESSES.map((_, i) => i))('damaged bytes, dress %i', (dress) => {
    const inputs = Array.from({ length: 1000 }, (_, i) => {
      const id = DOCUMENTS[i % DOCUMENTS.length]!;
      return damage(Buffer.from(dressed(id, random(1_000_000))[dress]!), random);
    });
    expect(survey(inputs).wrong).toEqual([]);
  });
});

const facets = ({ base: _base, enumeration, ...rest }: SimpleTypeRow): string =>
  [...Object.entries(rest), ...(enumeration?.split(' ') ?? []).map((code) => ['enumeration', code] as const)]
    .map(([name, value]) => `<xs:${name} value="${value}"/>`)
    .join('');

const engineCheck = (row: SimpleTypeRow): ((value: string) => boolean) => {
  const schema = compileXsd(
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="v"><xs:simpleType><xs:restriction base="xs:${row.base}">${facets(row)}</xs:restriction></xs:simpleType></xs:element></xs:schema>`,
    '',
  );
  return (value) => {
    const text = value.replace(/[&<>\r]/g, (c) => `&#${c.charCodeAt(0)};`);
    const parsed = parseXml(Buffer.from(`<v>${text}</v>`));
    if (!('dispose' in parsed)) throw new Error(`not well-formed: ${value}`);
    const valid = schema.validate(parsed).length === 0;
    parsed.dispose();
    return valid;
  };
};

const around = (...edges: (number | undefined)[]): string[] =>
  edges.flatMap((edge) =>
    edge === undefined || edge > 3000
      ? []
      : [edge - 1, edge, edge + 1].flatMap((count) =>
          ['A', '1', '😀', ' '].map((unit) => unit.repeat(Math.max(0, count))),
        ),
  );

const ODD = [
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '\r',
    'x',
    'A',
    'AAAA\n',
    '\nAAAA',
    'AA AA',
    'É',
    'ſ',
    'K',
    '٣',
    '０',
    '\u2028',
    'A\u2028Z',
    '😀',
  ],
  ...[
    '0',
    '-0',
    '+0',
    '00',
    '-0.0',
    '0.',
    '.0',
    '.',
    '-',
    '+1',
    '-1',
    ' 1',
    '1 ',
    '1e5',
    'NaN',
    'INF',
    '1,0',
    '0x1',
    '--1',
    '1.1.1',
  ],
  ...[
    '9'.repeat(17),
    '9'.repeat(18),
    '9'.repeat(19),
    `0${'9'.repeat(18)}`,
    `${'9'.repeat(13)}.99999`,
    `${'9'.repeat(14)}.99999`,
  ],
  ...[
    '0.12345',
    '0.123456',
    '0.123450',
    '1.00000',
    '1.000000',
    '0.0000000001',
    '0.00000000001',
    `0.${'9'.repeat(17)}`,
    `0.${'9'.repeat(18)}`,
  ],
  ...['true', 'false', 'True', 'TRUE', '1', 'yes', ' true'],
  ...[
    '2026-02-28',
    '2026-02-29',
    '2024-02-29',
    '1900-02-29',
    '2000-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
  ],
  ...[
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '-2026-01-01',
    '26-01-01',
    '2026-1-1',
    '2026-01-01Z',
    '2026-01-01+05:00',
  ],
  ...[
    '2026-01-01+13:59',
    '2026-01-01+14:00',
    '2026-01-01-14:00',
    '2026-01-01+14:01',
    '2026-01-01+5:00',
    '2026-01-01z',
    '2026-01-01+00:60',
  ],
  ...[
    '2026-01-01T00:00:00',
    '2026-01-01T23:59:59Z',
    '2026-01-01T24:00:00',
    '2026-01-01T23:60:00',
    '2026-01-01T23:59:60',
    '2026-01-01t00:00:00',
  ],
  ...[
    '2026-01-01T00:00:00.',
    '2026-01-01T00:00:00.1',
    '2026-01-01T23:59:59.999999999',
    '2026-01-01T23:59:59.99999999999999999999Z',
  ],
  ...[
    '2026-01-01T00:00',
    '2026-01-01 00:00:00',
    '2026-01-01T00:00:00 Z',
    '2026-01-01T00:00:00+05:00Z',
    '2026-01-01T0:00:00',
    '2026-01-01T00:00:00.5-03:30',
  ],
  ...[
    '00:00:00',
    '23:59:59.5Z',
    '24:00:00',
    '12:00',
    '12:00:00+14:00',
    '2026',
    '0000',
    '02026',
    '2026Z',
    '2026-01',
    '2026-13',
    '2026-01Z',
    '--01',
    '--01--',
  ],
  ...[
    'QUJD',
    'QUI=',
    'QQ==',
    'QUJ',
    'QU==',
    'QUJ=',
    'QR==',
    'Q===',
    '====',
    'QU JD',
    ' QUJD',
    'QUJD\n',
    'QUJD=',
    'QQ==QUJD',
    '-_-_',
  ],
  ...[
    'KZT',
    'kzt',
    'KZTA',
    'KZ',
    'AAAAKZ22',
    'AAAAKZ22XXX',
    'AAAAKZ22XX',
    'AAAAKZ2OXXX',
    'KZ12ABC',
    'KZ1',
    '+7-701',
    '+7-',
    '7-701',
    '+1234-1',
  ],
  ...[
    'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001',
    'A3F0C5D2-6B1E-4C7A-9D38-5E2B7F4A0001',
    'a3f0c5d2-6b1e-5c7a-9d38-5e2b7f4a0001',
    'FF'.repeat(32),
    'F'.repeat(63),
  ],
];

const valuesOf = (row: SimpleTypeRow): string[] => {
  const codes = row.enumeration?.split(' ').slice(0, 4) ?? [];
  const random = seeded(7);
  const good = Array.from({ length: 5 }, () => simpleValue(random, { kind: 'simple', name: '', facets: row }));
  return [
    ...ODD,
    ...around(row.length, row.minLength, row.maxLength),
    ...codes.flatMap((code) => [code, `${code} `, ` ${code}`, code.toLowerCase(), `${code}X`, code.slice(1)]),
    ...good.flatMap((value) => [value, `${value}\n`, ` ${value}`, value.slice(1), `${value}${value}`]),
  ];
};

describe('values', () => {
  const types = CATALOGUE_MESSAGE_IDS.flatMap((id) => [...catalogueMessage(id)!.types.values()]);
  const facetRows = types.flatMap((type) => (type.kind === 'simple' ? [type.facets] : []));
  const rows = [...new Map(facetRows.map((row) => [JSON.stringify(row), row])).values()];

  it(`of every simple type (${rows.length}), on both sides of each facet`, () => {
    const wrong: string[] = [];
    let accepted = 0;
    for (const row of rows) {
      const check = compileValueCheck(row);
      const judge = engineCheck(row);
      for (const value of valuesOf(row)) {
        if (!check(value, [...value].length)) continue;
        accepted += 1;
        if (!judge(value)) wrong.push(`${JSON.stringify(row)} ${JSON.stringify(value)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(rows.length * 5);
  });

  it('the plain values of every type are taken', () => {
    const random = seeded(8);
    for (const row of rows)
      for (let i = 0; i < 20; i += 1) {
        const value = simpleValue(random, { kind: 'simple', name: '', facets: row });
        expect(compileValueCheck(row)(value, [...value].length), `${JSON.stringify(row)} ${value}`).toBe(true);
      }
  });

  it.each<SimpleTypeRow>([
    { base: 'string', totalDigits: 3 },
    { base: 'string', pattern: '\\i\\c*' },
    { base: 'decimal', fractionDigits: 2 },
    { base: 'decimal', totalDigits: 4, maxInclusive: '10' },
    { base: 'decimal', totalDigits: 4, minInclusive: '5' },
    { base: 'gMonth' },
    { base: 'dateTime', enumeration: '2026-01-01T00:00:00' },
  ])('a type with facets that are not known here is declined: %j', (row) => {
    for (const value of ODD) expect(compileValueCheck(row)(value, [...value].length)).toBe(false);
  });

  it.each(['[^A]', '[a-z-[aeiou]]', '\\d', '\\p{L}', 'a|b', 'a{,3}', '^a', 'a$', '[a', 'a??', '\\.'])(
    'a pattern that may mean another thing is not translated: %s',
    (pattern) => {
      expect(compilePattern(pattern)).toBeUndefined();
    },
  );
});

const admi = (content: string, attributes = ''): string =>
  `<Document xmlns="${ISO_NAMESPACE}admi.002.001.01"${attributes}><admi.002.001.01><RltdRef><Ref>A</Ref></RltdRef><Rsn><RjctgPtyRsn>X</RjctgPtyRsn>${content}</Rsn></admi.002.001.01></Document>`;
const text = (value: string): string => admi(`<RsnDesc>${value}</RsnDesc>`);
const header = writeDocument('head.001.001.02', randomRoot('head.001.001.02', seeded(4)));
const amount = (tag: string, closing = 'IntrBkSttlmAmt'): string =>
  fixtureText('pacs.008.001.08/customer-kzt-to-cny.xml').replace(
    /<IntrBkSttlmAmt .*<\/IntrBkSttlmAmt>/,
    `${tag}</${closing}>`,
  );

describe('edges', () => {
  test.each<[string, string]>([
    ['text', text('a')],
    ['white space kept', text(' a \n\t')],
    ['line ends normalised', text('a\r\nb\rc')],
    ['references', text('&amp;&lt;&gt;&quot;&apos;&#65;&#x42;&#xa;&#13;&#x1F600;&amp;#65;')],
    ['350 characters beyond the first plane', text('😀'.repeat(350))],
    ['350 references', text('&#x1F600;'.repeat(350))],
    [']] and > apart', text(']] >')],
    [']]&gt;', text(']]&gt;')],
    ['a quote', text('"\'')],
    ['a mark inside', text('\ufeff')],
    ['the last allowed character of the first plane', text('\ufffd\ue000\ud7ff')],
    ['an element in two tags', admi('<RsnDesc\n>a</RsnDesc>')],
    ['comments between elements', admi('<!-- <x> & --><RsnDesc>a</RsnDesc>')],
    ['a declared prefix that nothing uses', admi('', ' xmlns:x="urn:x"')],
    ['a schema location', admi('', `${XSI} xsi:schemaLocation="${ISO_NAMESPACE}admi.002.001.01 file:///C:/admi.xsd"`)],
    ['a mark', `\ufeff${admi('')}`],
    ['an envelope in a relative namespace', `<Request xmlns="Envelope">${header}${admi('')}</Request>`],
    ['an envelope with text and references', `<E>a &amp; b<n>&#13;&lt;</n>${header}${admi('')}</E>`],
    ['an attribute in apostrophes', amount("<IntrBkSttlmAmt  Ccy='KZT' >1")],
  ])('reads %s', (_, xml) => {
    expect(outcomeOf(Buffer.from(xml))).toBe('read');
  });

  test.each<[string, string]>([
    ['a bare ampersand', text('a & b')],
    ['an unknown entity', text('&nbsp;')],
    ['a reference without semicolon', text('&amp')],
    ['an upper-case hexadecimal mark', text('&#X41;')],
    ['a reference to no character', text('&#xFFFF;')],
    ['a reference to half a pair', text('&#xD83D;&#xDE00;')],
    ['a reference beyond Unicode', text('&#x110000;')],
    [']]>', text('a]]>b')],
    ['U+FFFE', text('\ufffe')],
    ['U+FFFF in a comment', admi('<!--\uffff-->')],
    ['a comment with two dashes', admi('<!-- a -- b -->')],
    ['a comment that ends in three', admi('<!-- a --->')],
    ['a comment that two dashes end', admi('<!-- a --x<RsnDesc>a</RsnDesc>')],
    ['an end tag of another name as long', admi('<RsnDesc>a</RsnDesk>')],
    ['an end tag of another group', admi('').replace('</Rsn>', '</Rsx>')],
    ['content that ends too early', admi('').replace('<RjctgPtyRsn>X</RjctgPtyRsn>', '')],
    ['an empty element that may not be', admi('').replace(/<Rsn>.*<\/Rsn>/, '<Rsn/>')],
    ['351 characters', text('a'.repeat(351))],
    ['351 references', text('&#65;'.repeat(351))],
    ['text beside elements', admi('x')],
    ['an attribute that its type does not have', admi('<RsnDesc a="1">a</RsnDesc>')],
    ['a namespace that changes inside', admi('<RsnDesc xmlns="urn:x">a</RsnDesc>')],
    ['no namespace inside', admi('<RsnDesc xmlns="">a</RsnDesc>')],
    ['another prefix', admi('<x:RsnDesc>a</x:RsnDesc>', ' xmlns:x="urn:x"')],
    [
      'an element without the prefix of its document',
      prefixed(admi(''), 'p').replace('<p:Rsn>', '<Rsn>').replace('</p:Rsn>', '</Rsn>'),
    ],
    [
      'an element of another prefix as long',
      prefixed(admi('', ' xmlns:q="urn:q"'), 'p').replace('<p:Rsn>', '<q:Rsn>').replace('</p:Rsn>', '</q:Rsn>'),
    ],
    ['a prefix that is not declared', admi('<x:RsnDesc>a</x:RsnDesc>')],
    ['a relative namespace', admi('', ' xmlns:x="relative"')],
    ['a prefix bound to nothing', admi('', ' xmlns:x=""')],
    ['the prefix xmlns', admi('', ' xmlns:xmlns="urn:x"')],
    ['the namespace of xml', admi('', ' xmlns:x="http://www.w3.org/XML/1998/namespace"')],
    ['the namespace twice', admi('', ' xmlns="urn:x"')],
    ['a prefix twice', admi('', ' xmlns:x="urn:x" xmlns:x="urn:y"')],
    ['a schema location in a prefix that is not declared', admi('', ' xsi:schemaLocation="a b"')],
    ['another attribute of xsi', admi('', `${XSI} xsi:nil="true"`)],
    ['an end tag of another name', admi('<RsnDesc>a</RsnDes>')],
    ['a name that goes on', admi('<RsnDescr>a</RsnDescr>')],
    ['an element inside text', text('a<b/>')],
    ['two roots', `${admi('')}${admi('')}`],
    ['text behind the root', `${admi('')}x`],
    ['text before the root', `x${admi('')}`],
    ['a mark twice', `\ufeff\ufeff${admi('')}`],
    ['a declaration behind white space', ` <?xml version="1.0"?>${admi('')}`],
    ['a declaration in capitals', `<?XML version="1.0"?>${admi('')}`],
    ['a declaration without version', `<?xml encoding="UTF-8"?>${admi('')}`],
    ['a declaration in the wrong order', `<?xml encoding="UTF-8" version="1.0"?>${admi('')}`],
    ['nothing', ''],
    ['half a document', admi('').slice(0, -12)],
    ['no attribute', amount('<IntrBkSttlmAmt>1')],
    ['the attribute twice', amount('<IntrBkSttlmAmt Ccy="KZT" Ccy="KZT">1')],
    ['two attributes not parted', amount('<IntrBkSttlmAmt Ccy="KZT"Ccy="KZT">1')],
    ['< in an attribute', amount('<IntrBkSttlmAmt Ccy="K<T">1')],
    ['an empty attribute', amount('<IntrBkSttlmAmt Ccy="">1')],
    ['an attribute without quotes', amount('<IntrBkSttlmAmt Ccy=KZT>1')],
    ['an attribute in a namespace', amount('<IntrBkSttlmAmt xmlns:q="urn:q" q:Ccy="KZT">1')],
    ['an amount of no digits', amount('<IntrBkSttlmAmt Ccy="KZT">')],
    ['a negative amount', amount('<IntrBkSttlmAmt Ccy="KZT">-1')],
    ['a header alone', header],
    ['a document and no header in an envelope', `<E>${admi('')}</E>`],
    ['two documents', `<E>${header}${admi('')}${admi('')}</E>`],
    ['two headers', `<E>${header}${header}${admi('')}</E>`],
    ['header and document apart', `<E><a>${header}</a>${admi('')}</E>`],
    ['a crowd', `<E>${'<x/>'.repeat(62)}${header}${admi('')}</E>`],
    ['a header as document', header.replaceAll('AppHdr', 'Document')],
    ['an attribute of the envelope twice', `<E a="1" a="2">${header}${admi('')}</E>`],
    ['an envelope with a bare ampersand', `<E>a & b${header}${admi('')}</E>`],
    ['an envelope with ]]>', `<E>]]>${header}${admi('')}</E>`],
    ['an envelope with U+FFFE', `<E>\ufffe${header}${admi('')}</E>`],
    ['an envelope with U+FFFE in an attribute', `<E a="\ufffe">${header}${admi('')}</E>`],
    ['an envelope with a relative namespace in a document', `<E>${header}${admi('', ' xmlns:x="E"')}</E>`],
    [
      'an envelope whose header has no namespace of its own',
      `<E xmlns="urn:e">${header.replace(/ xmlns="[^"]*"/, '')}${admi('')}</E>`,
    ],
    ['an envelope of another name at its end', `<E>${header}${admi('')}</F>`],
    ['an envelope in a prefix that is not declared', `<e:E>${header}${admi('')}</e:E>`],
    ['xsi:schemaLocation without xsi', `<E xsi:schemaLocation="a b">${header}${admi('')}</E>`],
    ['a prefix of the envelope out of its scope', `<E><a xmlns:x="urn:x"/><x:b/>${header}${admi('')}</E>`],
  ])('does not take %s', (_, xml) => {
    expect(outcomeOf(Buffer.from(xml))).toBe('declined');
    expect(engine.read(Buffer.from(xml)).ok).toBe(false);
  });

  // The gate refuses these references too, so that only here the codec's own refusal shows.
  test.each([
    '&',
    'a & b',
    '&amp',
    '&nbsp;',
    '&#;',
    '&#x;',
    '&#0;',
    '&#11;',
    '&#xFFFE;',
    '&#xD800;',
    '&#1114112;',
    '&#X41;',
  ])('does not resolve %s', (raw) => {
    expect(resolveText(raw)).toBeNull();
  });

  test.each<[string, readonly number[]]>([
    ['a byte that begins nothing', [0xff]],
    ['half a character', [0xc3]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a pair', [0xed, 0xa0, 0x80]],
  ])('does not take %s', (_, raw) => {
    const [before = '', after = ''] = text('@').split('@');
    expect(outcomeOf(Buffer.concat([Buffer.from(before), Buffer.from(raw), Buffer.from(after)]))).toBe('declined');
  });

  test('valid documents that it leaves to the engine', () => {
    for (const xml of [
      text('<![CDATA[a]]>'),
      text('a<!-- c -->b'),
      admi('<RsnDesc>a</RsnDesc >'),
      admi('', `${XSI} xsi:noNamespaceSchemaLocation="a"`),
      admi(`<RsnDesc${XSI} xsi:schemaLocation="urn:x file:///etc/passwd">a</RsnDesc>`),
      amount('<IntrBkSttlmAmt Ccy="KZT">+1'),
      amount('<IntrBkSttlmAmt Ccy="KZT"> 1 '),
      admi('&#32;'),
    ]) {
      expect(outcomeOf(Buffer.from(xml)), xml).toBe('declined');
      expect(engine.read(Buffer.from(xml)).ok, xml).toBe(true);
    }
  });
});
