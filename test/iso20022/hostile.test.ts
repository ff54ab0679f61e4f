/** Every odd thing that XML allows or forbids, one row each: refused by a named rule, or read as the schema engine reads it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryUsage } from 'node:process';
import { pathToFileURL } from 'node:url';
import { ParseOption, XmlDocument, xmlCleanupInputProvider, xmlRegisterInputProvider } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_LIMITS, MESSAGE_LIMITS, passGate } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { child, text } from '../../src/iso20022/tree.js';
import { parseXml } from '../../src/iso20022/xml-engine.js';
import { seenByEngine, seenByReader } from './support/engine-tree.js';

const NS = 'urn:iso:std:iso:20022:tech:xsd:';
const ADMI = `${NS}admi.002.001.01`;
const CAMT = `${NS}camt.054.001.08`;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const buffer = (xml: string): Buffer => Buffer.from(xml, 'utf8');

const admi = (ref: string, on = ''): string =>
  `<Document xmlns="${ADMI}"><admi.002.001.01><RltdRef${on}><Ref>${ref}</Ref></RltdRef><Rsn><RjctgPtyRsn>X</RjctgPtyRsn></Rsn></admi.002.001.01></Document>`;
/** A notification of one account; `on` are the attributes of its amount. */
const camt = ({ on = ' Ccy="KZT"', amount = '1.00' } = {}): string =>
  `<Document xmlns="${CAMT}"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-01-01T00:00:00</CreDtTm></GrpHdr><Ntfctn><Id>N</Id><Acct><Id><Othr><Id>A</Id></Othr></Id></Acct><Ntry><Amt${on}>${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BkTxCd/></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;
const WORDS = 'Жібек жолы';
const asReferences = (of: string, write: (code: number) => string): string =>
  [...of].map((one) => write(one.codePointAt(0)!)).join('');

/** Both lanes: the codec in front of libxml2, and libxml2 alone. */
const lanes = [true, false].map((codec) => createMessageReader({ limits: BATCH_LIMITS, codec }));

// biome-ignore format: one row each
const refused: [string, Uint8Array | string, string, string][] = [
  ['UTF-16 with a mark', Buffer.from(`\ufeff${admi('A')}`, 'utf16le'), 'GATE-UTF8', 'NOT_UTF8'],
  ['UTF-16 without a mark', Buffer.from(admi('A'), 'utf16le'), 'GATE-UTF8', 'NOT_UTF8'],
  ['UTF-16 that says so', Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${admi('A')}`, 'utf16le'), 'GATE-UTF8', 'NOT_UTF8'],
  ['big-endian UTF-16', Buffer.from(admi('A'), 'utf16le').swap16(), 'GATE-UTF8', 'NOT_UTF8'],
  ['UTF-32', Buffer.concat([...'<a/>'].map((one) => Buffer.from([one.charCodeAt(0), 0, 0, 0]))), 'GATE-UTF8', 'NOT_UTF8'],
  ['an overlong "<"', Buffer.concat([buffer('<a>'), Buffer.from([0xc0, 0xbc]), buffer('</a>')]), 'GATE-UTF8', 'NOT_UTF8'],
  ['an overlong zero', Buffer.concat([buffer('<a>'), Buffer.from([0xc0, 0x80]), buffer('</a>')]), 'GATE-UTF8', 'NOT_UTF8'],
  ['a surrogate pair in UTF-8', Buffer.concat([buffer('<a>'), Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), buffer('</a>')]), 'GATE-UTF8', 'NOT_UTF8'],
  ['Latin-1 bytes without a label', Buffer.from(admi('é'), 'latin1'), 'GATE-UTF8', 'NOT_UTF8'],
  ['Latin-1 bytes with their label', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${admi('é')}`, 'latin1'), 'GATE-UTF8', 'NOT_UTF8'],
  ['UTF-8 bytes labelled Latin-1', `<?xml version="1.0" encoding="ISO-8859-1"?>${admi('é')}`, 'GATE-ENCODING', 'NOT_UTF8'],
  ['UTF-8 bytes labelled Windows-1251', `<?xml version="1.0" encoding="windows-1251"?>${admi(WORDS)}`, 'GATE-ENCODING', 'NOT_UTF8'],
  ['UTF-8 bytes labelled UTF-16', `<?xml version="1.0" encoding="UTF-16"?>${admi('A')}`, 'GATE-ENCODING', 'NOT_UTF8'],
  ['UTF-7', `<?xml version="1.0" encoding="UTF-7"?>${admi('+AGE-')}`, 'GATE-ENCODING', 'NOT_UTF8'],
  ['a label hidden behind 1,100 blanks', `<?xml version="1.0"${' '.repeat(1100)}encoding="ISO-8859-1"?>${admi('é')}`, 'GATE-DECLARATION', 'NOT_WELL_FORMED'],
  ['a mark after the declaration', `<?xml version="1.0"?>\ufeff${admi('A')}`, 'XML', 'NOT_WELL_FORMED'],
  ['two marks', `\ufeff\ufeff${admi('A')}`, 'XML', 'NOT_WELL_FORMED'],
  ['a blank before the declaration', ` <?xml version="1.0"?>${admi('A')}`, 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['XML 1.1', `<?xml version="1.1"?>${admi('A')}`, 'GATE-DECLARATION', 'NOT_WELL_FORMED'],
  ['a zero', admi('\0'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a zero by reference', admi('&#0;'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['an escape character', admi('\u001b[2J'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a control character of C1', admi('\u009f'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['the next-line character', admi('A\u0085'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a bidi override', admi('\u202eTZK'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi override in CDATA', admi('<![CDATA[\u202eTZK]]>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi override by reference', admi('&#8238;TZK'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a reference to half a surrogate pair', admi('&#xD83D;&#xDE00;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference to U+FFFE', admi('&#xFFFE;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference beyond Unicode', admi('&#x110000;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference that is too large for 64 bits', admi('&#99999999999999999999999999;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference with a capital X', admi('&#X41;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['an entity of HTML', admi('&eacute;'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['U+FFFF', admi('\uffff'), 'XML', 'NOT_WELL_FORMED'],
  ['"]]>" in text', admi(']]>'), 'XML', 'NOT_WELL_FORMED'],
  ['CDATA in CDATA', admi('<![CDATA[a<![CDATA[b]]>c]]>'), 'XML', 'NOT_WELL_FORMED'],
  ['CDATA that does not end', admi('<![CDATA[A'), 'XML', 'NOT_WELL_FORMED'],
  ['CDATA outside the root', `<![CDATA[]]>${admi('A')}`, 'XML', 'NOT_WELL_FORMED'],
  ['two hyphens in a comment', admi('<!-- a -- b -->'), 'XML', 'NOT_WELL_FORMED'],
  ['a comment inside a tag', admi('A', ' <!-- -->'), 'XML', 'NOT_WELL_FORMED'],
  ['"<" in an attribute', camt({ on: ' Ccy="<"' }), 'XML', 'NOT_WELL_FORMED'],
  ['an attribute twice', camt({ on: ' Ccy="KZT" Ccy="CNY"' }), 'XML', 'NOT_WELL_FORMED'],
  ['an attribute twice by namespace', admi('A', ' xmlns:a="urn:x" xmlns:b="urn:x" a:x="1" b:x="2"'), 'XML', 'NOT_WELL_FORMED'],
  ['an attribute without quotes', camt({ on: ' Ccy=KZT' }), 'XML', 'NOT_WELL_FORMED'],
  ['a prefix that nothing declares', admi('A', ' n:x="1"'), 'XML', 'NOT_WELL_FORMED'],
  ['the prefix xmlns declared', admi('A', ' xmlns:xmlns="urn:x"'), 'XML', 'NOT_WELL_FORMED'],
  ['the prefix xml for another namespace', admi('A', ' xmlns:xml="urn:x"'), 'XML', 'NOT_WELL_FORMED'],
  ['a prefix undeclared', admi('A', ' xmlns:n="urn:x"').replace('<Ref>', '<Ref xmlns:n="">'), 'XML', 'NOT_WELL_FORMED'],
  ['a namespace that is relative', admi('A', ' xmlns:n="n"'), 'XML-NAMESPACE', 'NOT_WELL_FORMED'],
  ['the namespace taken away inside', admi('A', ' xmlns=""'), 'XSD', 'SCHEMA_INVALID'],
  ['the same namespace in another case', admi('A').replace(ADMI, ADMI.toUpperCase()), 'NAMESPACE', 'NAMESPACE_UNKNOWN'],
  ['the namespace with a blank behind', admi('A').replace(ADMI, `${ADMI} `), 'XML', 'NOT_WELL_FORMED'],
  ['xml:space', admi('A', ' xml:space="preserve"'), 'XSD', 'SCHEMA_INVALID'],
  ['xml:lang', admi('A', ' xml:lang="kk"'), 'XSD', 'SCHEMA_INVALID'],
  ['xml:base', admi('A', ' xml:base="http://x/"'), 'XSD', 'SCHEMA_INVALID'],
  ['xml:id', admi('A', ' xml:id="a"'), 'XSD', 'SCHEMA_INVALID'],
  ['a second currency in another namespace', camt({ on: ' Ccy="KZT" xmlns:n="urn:n" n:Ccy="CNY"' }), 'XSD', 'SCHEMA_INVALID'],
  ['a currency in the namespace of the message', camt({ on: ` xmlns:n="${CAMT}" n:Ccy="KZT"` }), 'XSD', 'SCHEMA_INVALID'],
  ['blanks around a currency', camt({ on: ' Ccy=" KZT "' }), 'XSD', 'SCHEMA_INVALID'],
  ['a line feed in a currency', camt({ on: ' Ccy="KZT\n"' }), 'XSD', 'SCHEMA_INVALID'],
  ['text between elements', admi('A').replace('<Rsn>', 'x<Rsn>'), 'XSD', 'SCHEMA_INVALID'],
  ['text between elements in CDATA', admi('A').replace('<Rsn>', '<![CDATA[x]]><Rsn>'), 'XSD', 'SCHEMA_INVALID'],
  ['white space between elements by reference', admi('A').replace('<Rsn>', '&#160;<Rsn>'), 'XSD', 'SCHEMA_INVALID'],
  ['a type that is named', admi('A').replace('<Ref>', `<Ref xmlns:i="${XSI}" i:type="Max350Text">`), 'XSD', 'SCHEMA_INVALID'],
  ['nil', admi('').replace('<Ref>', `<Ref xmlns:i="${XSI}" i:nil="1">`), 'XSD', 'SCHEMA_INVALID'],
  ['a style sheet', `<?xml-stylesheet href="http://x/"?>${admi('A')}`, 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['an instruction in an amount', camt({ amount: '1.0<?x?>0' }), 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['an instruction after the root', `${admi('A')}<?x?>`, 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['a document type after a comment', `<!-- --><!DOCTYPE Document>${admi('A')}`, 'GATE-DOCTYPE', 'DOCTYPE_FORBIDDEN'],
  ['a document type inside', admi('<!DOCTYPE a>'), 'GATE-DOCTYPE', 'DOCTYPE_FORBIDDEN'],
  ['a document type in small letters', `<!doctype html>${admi('A')}`, 'GATE-DOCTYPE', 'DOCTYPE_FORBIDDEN'],
  ['100,000 levels', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, 'GATE-DEPTH', 'TOO_DEEP'],
  ['100,000 attributes', admi('A', Array.from({ length: 100_000 }, (_, i) => ` a${i}=""`).join('')), 'GATE-ATTRIBUTES', 'TOO_COMPLEX'],
  ['two roots', `${admi('A')}${admi('A')}`, 'XML', 'NOT_WELL_FORMED'],
  ['text after the root', `${admi('A')}x`, 'XML', 'NOT_WELL_FORMED'],
];

const BLANKS = ' \t\n';
// biome-ignore format: one row each
const read: [string, Uint8Array | string, string][] = [
  ['a byte order mark', `\ufeff${admi('A')}`, 'A'],
  ['a declaration in small letters', `<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n${admi('A')}`, 'A'],
  ['a default namespace', admi('A'), 'A'],
  ['a prefix', admi('A').replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1n:').replace('xmlns=', 'xmlns:n='), 'A'],
  ['the namespace declared anew', admi('A', ` xmlns="${ADMI}" xmlns:n="${ADMI}"`), 'A'],
  ['a part in a prefix', admi('A').replace('<Ref>', `<n:Ref xmlns:n="${ADMI}">`).replace('</Ref>', '</n:Ref>'), 'A'],
  ['the namespace by references', admi('A').replace(ADMI, `&#117;${ADMI.slice(1)}`), 'A'],
  ['CDATA', admi('<![CDATA[A<&>"]]>'), 'A<&>"'],
  ['CDATA among text', admi('A<![CDATA[B]]>C<![CDATA[]]>'), 'ABC'],
  ['CDATA that ends another', admi('<![CDATA[]]]]><![CDATA[>]]>'), ']]>'],
  ['references in CDATA', admi('<![CDATA[&#65;&lt;]]>'), '&#65;&lt;'],
  ['a comment inside text', admi('12<!-- 9 -->34'), '1234'],
  ['a comment at the ends of a text', admi('<!-- -->A<!---->'), 'A'],
  ['Cyrillic', admi(WORDS), WORDS],
  ['Cyrillic by decimal references', admi(asReferences(WORDS, (code) => `&#${code};`)), WORDS],
  ['Cyrillic by hexadecimal references', admi(asReferences(WORDS, (code) => `&#x${code.toString(16)};`)), WORDS],
  ['a character beyond the first plane', admi('😀'), '😀'],
  ['the same by reference', admi('&#128512;&#x1F600;&#x0001f600;'), '😀😀😀'],
  ['the last character', admi('&#x10FFFF;'), '\u{10ffff}'],
  ['a letter and its accent apart', admi('e\u0301'), 'e\u0301'],
  ['the five entities', admi('&lt;&gt;&amp;&apos;&quot;'), '<>&\'"'],
  ['an entity that is escaped', admi('&amp;lt;&amp;#65;'), '&lt;&#65;'],
  ['">" in text', admi('A>B]]&gt;'), 'A>B]]>'],
  ['blanks at the ends', admi(`${BLANKS}A${BLANKS}`), `${BLANKS}A${BLANKS}`],
  ['nothing but blanks', admi('   '), '   '],
  ['CRLF', admi('A\r\nB'), 'A\nB'],
  ['a lone CR', admi('A\rB'), 'A\nB'],
  ['CRLF in CDATA', admi('<![CDATA[A\r\nB]]>'), 'A\nB'],
  ['CR by reference', admi('A&#13;&#xD;\nB'), 'A\r\r\nB'],
  ['a no-break space', admi('\u00a0A&#160;'), '\u00a0A\u00a0'],
  ['a right-to-left name without overrides', admi('שלום'), 'שלום'],
  ['a number as it is written', admi('00123.10'), '00123.10'],
  ['"__proto__"', admi('__proto__'), '__proto__'],
  ['white space between elements', admi('A').replaceAll('><', '>\r\n\t <'), 'A'],
  ['white space by reference between elements', admi('A').replace('<Rsn>', '&#32;&#x9;<Rsn>'), 'A'],
  ['white space in CDATA between elements', admi('A').replace('<Rsn>', '<![CDATA[ ]]><Rsn>'), 'A'],
  ['comments and blanks around the root', `<!-- -->\n${admi('A')}\n<!-- <?x?> <!DOCTYPE> & -->`, 'A'],
  ['a schema location', admi('A', ` xmlns:i="${XSI}" i:schemaLocation="urn:x file:///etc/passwd"`), 'A'],
  ['blanks in tags', admi('A').replace('</Ref>', '</Ref \n>').replace('<Ref>', '<Ref\t>'), 'A'],
];

/** The currency, the amount and the time of a notification. */
// biome-ignore format: one row each
const typed: [string, string, readonly string[]][] = [
  ['as they are', camt(), ['KZT', '1.00', '2026-01-01T00:00:00']],
  ['a currency in apostrophes', camt({ on: " \n Ccy = 'KZT' " }), ['KZT', '1.00', '2026-01-01T00:00:00']],
  ['a currency by references', camt({ on: ' Ccy="&#75;&#x5A;T"' }), ['KZT', '1.00', '2026-01-01T00:00:00']],
  ['blanks that the schema collapses stay', camt({ amount: ' 1.00\n' }), ['KZT', ' 1.00\n', '2026-01-01T00:00:00']],
  ['an amount in pieces', camt({ amount: '1<!-- 9 -->.<![CDATA[0]]>&#48;' }), ['KZT', '1.00', '2026-01-01T00:00:00']],
  ['an attribute of the schema language', camt({ on: ` Ccy="KZT" xmlns:i="${XSI}" i:type="ActiveOrHistoricCurrencyAndAmount"` }), ['KZT', '1.00', '2026-01-01T00:00:00']],
];

describe.each([
  ['with the codec in front', lanes[0]!],
  ['by libxml2 alone', lanes[1]!],
])('%s', (_, reader) => {
  test.each(refused)('%s is refused', (_name, xml, ruleId, code) => {
    const answer = reader.read(typeof xml === 'string' ? buffer(xml) : xml);
    expect(answer.ok ? answer.value.document.root : [answer.error.findings[0]?.ruleId, answer.error.code]).toEqual([
      ruleId,
      code,
    ]);
  });

  test.each(read)('%s is read', (_name, xml, ref) => {
    const bytes = typeof xml === 'string' ? buffer(xml) : Buffer.from(xml);
    const answer = reader.read(bytes);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    expect(text(answer.value.document.root, 'RltdRef', 'Ref')).toBe(ref);
    expect(seenByReader(answer.value)).toEqual(seenByEngine(bytes));
  });

  test.each(typed)('typed values: %s', (_name, xml, values) => {
    const answer = reader.read(buffer(xml));
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const { root } = answer.value.document;
    const amount = child(root, 'Ntfctn', 'Ntry', 'Amt')!;
    expect([amount['@Ccy'], amount['#'], text(root, 'GrpHdr', 'CreDtTm')]).toEqual(values);
    expect(seenByReader(answer.value)).toEqual(seenByEngine(buffer(xml)));
  });
});

test('a body of 100 MB is refused by its size alone', () => {
  const body = Buffer.alloc(100 * 1024 * 1024, 0x3c);
  for (const limits of [MESSAGE_LIMITS, BATCH_LIMITS])
    expect(passGate(body, limits)).toMatchObject({ error: { ruleId: 'GATE-SIZE', line: null } });
});

describe('entities', () => {
  const laughs = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('');
  const bombs: [string, string][] = [
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY e0 "ha">${laughs}]><a>&e30;</a>`],
    ['a billion laughs in an attribute', `<!DOCTYPE a [<!ENTITY e0 "ha">${laughs}]><a b="&e30;"/>`],
    ['a quadratic one', `<!DOCTYPE a [<!ENTITY e "${'x'.repeat(100_000)}">]><a>${'&e;'.repeat(60_000)}</a>`],
    ['one that holds itself', '<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>'],
    ['a parameter bomb', `<!DOCTYPE a [<!ENTITY % p "<!ENTITY e 'x'>">${'%p;'.repeat(10_000)}]><a>&e;</a>`],
  ];
  test.each(bombs)('%s is refused, and behind a gate left open the parser does not expand it', (_, bomb) => {
    expect(passGate(buffer(bomb), BATCH_LIMITS)).toMatchObject({ error: { ruleId: 'GATE-DOCTYPE' } });
    const before = memoryUsage().external;
    const parsed = parseXml(buffer(bomb));
    if ('dispose' in parsed) parsed.dispose();
    expect(memoryUsage().external - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('nothing is fetched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otkel-xxe-'));
  const file = join(folder, 'secret.txt');
  const secret = 'S3CR3T';
  let connections = 0;
  const server = createServer((_, response) => response.end(secret));
  server.on('connection', () => {
    connections += 1;
  });
  const asked: string[] = [];
  let http = '';
  beforeAll(async () => {
    writeFileSync(file, secret);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;
    // libxml2 asks its providers for whatever it wants to open: files and addresses alike.
    const nothing = { read: () => -1, close: () => true, open: () => undefined };
    xmlRegisterInputProvider({ ...nothing, match: (name) => asked.push(name) < 0 });
  });
  afterAll(async () => {
    xmlCleanupInputProvider();
    rmSync(folder, { recursive: true });
    await new Promise((done) => server.close(done));
  });

  const places: [string, () => string][] = [
    ['a file', () => pathToFileURL(file).href],
    ['a path', () => file],
    ['an address', () => http],
  ];
  const forms: [string, string, (place: string) => string][] = [
    ['an external entity', 'GATE-DOCTYPE', (at) => `<!DOCTYPE a [<!ENTITY x SYSTEM "${at}">]>${admi('&x;')}`],
    [
      'an external entity in an attribute',
      'GATE-DOCTYPE',
      (at) => `<!DOCTYPE a [<!ENTITY x SYSTEM "${at}">]><a b="&x;"/>`,
    ],
    ['an external document type', 'GATE-DOCTYPE', (at) => `<!DOCTYPE Document SYSTEM "${at}">${admi('A')}`],
    ['a public document type', 'GATE-DOCTYPE', (at) => `<!DOCTYPE Document PUBLIC "-//x//y" "${at}">${admi('A')}`],
    ['a parameter entity', 'GATE-DOCTYPE', (at) => `<!DOCTYPE a [<!ENTITY % p SYSTEM "${at}"> %p;]>${admi('A')}`],
    ['a style sheet', 'GATE-PI', (at) => `<?xml-stylesheet type="text/xsl" href="${at}"?>${admi('A')}`],
    ['a catalogue', 'GATE-PI', (at) => `<?oasis-xml-catalog catalog="${at}"?>${admi('A')}`],
    [
      'an inclusion',
      'XSD',
      (at) => admi(`<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${at}" parse="text"/>`),
    ],
    ['a schema location', '', (at) => admi('A', ` xmlns:i="${XSI}" i:schemaLocation="${ADMI} ${at}"`)],
    [
      'a schema location without a namespace',
      '',
      (at) => admi('A', ` xmlns:i="${XSI}" i:noNamespaceSchemaLocation="${at}"`),
    ],
  ];
  const cases = forms.flatMap(([form, rule, write]) =>
    places.map(([place, at]) => [form, place, rule, () => buffer(write(at()))] as const),
  );

  test.each(cases)('%s of %s', (_form, _place, rule, write) => {
    const bytes = write();
    asked.length = 0;
    for (const reader of lanes) {
      const answer = reader.read(bytes);
      expect(answer.ok ? '' : answer.error.findings[0]?.ruleId).toBe(rule);
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
    // Behind a gate left open.
    const parsed = parseXml(bytes);
    if ('dispose' in parsed) {
      expect(parsed.root.content).not.toContain(secret);
      parsed.dispose();
    }
    expect(asked).toEqual([]);
    expect(connections).toBe(0);
  });

  test('the watch would see it: with loading switched on the engine asks for file and address', () => {
    asked.length = 0;
    for (const at of [file, http]) {
      const bytes = buffer(`<!DOCTYPE a [<!ENTITY x SYSTEM "${at}">]><a>&x;</a>`);
      try {
        XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NOENT }).dispose();
      } catch {
        // That the entity can not be had is an error of its own.
      }
    }
    expect(asked).toEqual([file, http]);
  });
});
