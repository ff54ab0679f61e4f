import { describe, expect, test } from 'vitest';
import { seeded } from '../../fuzz/random.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createCachingReader, createMessageReader } from '../../src/iso20022/reader.js';
import type { MessageReader, XmlElement } from '../../src/iso20022/types.js';
import { writeDocument, writeEnvelope } from '../../src/iso20022/writer.js';
import { ERRORS_MAX } from '../../src/iso20022/xml-engine.js';
import { sha256 } from '../../src/kernel/hash.js';
import { randomRoot } from './support/arbitrary.js';

const NS = 'urn:iso:std:iso:20022:tech:xsd:';
const reader = createMessageReader();
const read = (xml: string | Uint8Array, by: MessageReader = reader) =>
  by.read(typeof xml === 'string' ? Buffer.from(xml, 'utf8') : xml);

const admi = (ref: string, document = 'Document', attributes = `xmlns="${NS}admi.002.001.01"`): string =>
  `<${document} ${attributes}><admi.002.001.01><RltdRef><Ref>${ref}</Ref></RltdRef><Rsn><RjctgPtyRsn>X</RjctgPtyRsn></Rsn></admi.002.001.01></${document}>`;
const header = (id = 'M1'): string =>
  `<AppHdr xmlns="${NS}head.001.001.02"><Fr><FIId><FinInstnId><BICFI>AAAAKZ20</BICFI></FinInstnId></FIId></Fr><To><FIId><FinInstnId><BICFI>BBBBCN20</BICFI></FinInstnId></FIId></To><BizMsgIdr>${id}</BizMsgIdr><MsgDefIdr>admi.002.001.01</MsgDefIdr><CreDt>2026-01-01T00:00:00Z</CreDt></AppHdr>`;
const plain = (ref: string): XmlElement => ({ RltdRef: { Ref: ref }, Rsn: { RjctgPtyRsn: 'X' } });

const supplementary = (content: string): string =>
  `<Document xmlns="${NS}pacs.002.001.10" xmlns:o="urn:outer"><FIToFIPmtStsRpt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-01-01T00:00:00</CreDtTm></GrpHdr>${content}</FIToFIPmtStsRpt></Document>`;
const envlp = (content: string): string => `<SplmtryData><Envlp>${content}</Envlp></SplmtryData>`;

describe('the same message in other words', () => {
  const prefixed = (xml: string): string => xml.replace(/<(\/?)(?=[A-Za-z])/g, '<$1n:').replace('xmlns=', 'xmlns:n=');
  test.each([
    ['default namespace', admi('A1')],
    ['prefixes', prefixed(admi('A1'))],
    ['a namespace declared anew inside', admi('A1').replace('<Rsn>', `<Rsn xmlns="${NS}admi.002.001.01">`)],
    ['CDATA', admi('<![CDATA[A]]>1')],
    ['a comment inside text', admi('A<!-- 9 -->1')],
    ['references', admi('&#65;&#x31;')],
    ['white space between elements', admi('A1').replaceAll('><', '>\r\n\t <')],
    ['a mark and a declaration', `\ufeff<?xml version="1.0" encoding="utf-8"?>${admi('A1')}`],
    [
      'a schema location',
      admi('A1').replace(
        '<Rsn>',
        '<Rsn xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x file:///etc/passwd">',
      ),
    ],
  ])('%s', (_, xml) => {
    const answer = read(xml);
    expect(answer.ok ? answer.value : answer.error).toEqual({
      header: null,
      document: { messageId: 'admi.002.001.01', root: plain('A1') },
      rawHash: sha256(Buffer.from(xml)),
    });
  });

  test('text is kept exactly', () => {
    const answer = read(admi(' 00123 1.10 &amp;amp; &lt;&gt;"\' &#13;\n\t'));
    expect(answer.ok && answer.value.document.root).toEqual(plain(' 00123 1.10 &amp; <>"\' \r\n\t'));
  });
});

describe('envelopes', () => {
  test.each([
    ['a plain one', `<Envelope>${header()}${admi('A')}</Envelope>`],
    ['one in a namespace that is a relative URI', `<Request xmlns="SWIFT">${header()}${admi('A')}</Request>`],
    [
      'one that declares the prefixes',
      `<e:E xmlns:e="urn:e" xmlns:d="${NS}admi.002.001.01">${header()}${admi('A', 'd:Document', '')
        .replace(/<(\/?)(?=[a-zR])/g, '<$1d:')
        .replaceAll('d:d:', 'd:')}</e:E>`,
    ],
    ['a document before its header, wrapped twice', `<a><n>1</n><b>${admi('A')}${header()}</b></a>`],
    [
      'names that JavaScript reserves',
      `<__proto__><constructor/><prototype>${header()}${admi('A')}</prototype></__proto__>`,
    ],
  ])('accepts %s', (_, xml) => {
    const answer = read(xml);
    expect(answer.ok ? answer.value.document.root : answer.error).toEqual(plain('A'));
    expect(answer.ok && answer.value.header?.root.BizMsgIdr).toBe('M1');
  });

  test.each([
    ['two documents', `<E>${header()}${admi('A')}${admi('B')}</E>`],
    ['two headers', `<E>${header()}${header()}${admi('A')}</E>`],
    ['a second document further down', `<E>${header()}${admi('A')}<x><y>${admi('B')}</y></x></E>`],
    ['no header', `<E>${admi('A')}</E>`],
    ['no document', `<E>${header()}</E>`],
    ['a lone header', header()],
    ['neither', '<html/>'],
    ['header and document apart', `<E><x>${header()}</x><y>${admi('A')}</y></E>`],
    ['a crowd', `<E>${'<x/>'.repeat(100)}${header()}${admi('A')}</E>`],
  ])('refuses %s', (_, xml) => {
    expect(read(xml)).toMatchObject({ ok: false, error: { code: 'ENVELOPE_INVALID' } });
  });
});

describe('bad input', () => {
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  test.each([
    ['a root that does not end', '<Document>', 'NOT_WELL_FORMED'],
    ['two roots', `${admi('A')}${admi('B')}`, 'NOT_WELL_FORMED'],
    ['nothing', '', 'NOT_WELL_FORMED'],
    ['JSON', '{"a":1}', 'NOT_WELL_FORMED'],
    [
      'an attribute twice',
      admi('A', 'Document', `xmlns="${NS}admi.002.001.01" a="1" a="2"`).replace('</Document a>', ''),
      'NOT_WELL_FORMED',
    ],
    ['an unknown entity', admi('&nbsp;'), 'NOT_WELL_FORMED'],
    ['an undeclared prefix', '<x:Document/>', 'NOT_WELL_FORMED'],
    ['a comment that does not end', `${admi('A')}<!-- `, 'NOT_WELL_FORMED'],
    ['a relative namespace', admi('A').replace('<Rsn>', '<Rsn xmlns:r="relative">'), 'NOT_WELL_FORMED'],
    ['a document type', `<!DOCTYPE Document>${admi('A')}`, 'DOCTYPE_FORBIDDEN'],
    ['100,000 levels', deep, 'BODY_TOO_LARGE'],
    ['no namespace', admi('A', 'Document', ''), 'NAMESPACE_UNKNOWN'],
    ['another namespace', admi('A', 'Document', 'xmlns="urn:x"'), 'NAMESPACE_UNKNOWN'],
    ['a version that is not held', admi('A', 'Document', `xmlns="${NS}pacs.008.001.01"`), 'MESSAGE_UNSUPPORTED'],
    ['an id that is none', admi('A', 'Document', `xmlns="${NS}__proto__"`), 'NAMESPACE_UNKNOWN'],
    ['a header as a document', admi('A', 'Document', `xmlns="${NS}head.001.001.02"`), 'SCHEMA_INVALID'],
    ['an element of another namespace', admi('A').replace('<Rsn>', '<Rsn xmlns="urn:x">'), 'SCHEMA_INVALID'],
    [
      'nil',
      admi('A').replace('<Ref>', '<Ref xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">'),
      'SCHEMA_INVALID',
    ],
  ])('%s', (_, xml, code) => {
    const answer = read(xml);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(answer.ok ? [] : answer.error.findings).not.toHaveLength(0);
  });

  test('100,000 levels within the limit of a batch', () => {
    expect(read(deep, createMessageReader({ limits: BATCH_LIMITS }))).toMatchObject({ error: { code: 'TOO_DEEP' } });
  });

  test('every schema error has its line and its path, in header and document', () => {
    const xml = `<E>\n${header('')}\n${admi('').replace('<Rsn>', '\n<Rsn><Foo/>').replace('X', '')}</E>`;
    const answer = read(xml);
    expect(answer.ok ? [] : answer.error.findings.map(({ path, line }) => [path, line])).toEqual([
      ['/E/AppHdr/BizMsgIdr', 2],
      ['/E/Document/admi.002.001.01/RltdRef/Ref', 3],
      ['/E/Document/admi.002.001.01/Rsn/Foo', 4],
    ]);
    expect(answer).toMatchObject({ error: { messageId: 'admi.002.001.01', businessMessageId: null } });
  });

  test('positions count siblings of the same name, and lines go beyond 65,535', () => {
    const one = `<SplmtryData><PlcAndNm>x</PlcAndNm><Envlp/></SplmtryData>`;
    const answer = read(supplementary(`${'\n'.repeat(70_000)}${envlp('<a/>')}${one}`));
    expect(answer.ok ? null : answer.error.findings).toMatchObject([
      { path: '/Document/FIToFIPmtStsRpt/SplmtryData[2]/Envlp', line: 70_001, ruleId: 'XSD' },
    ]);
  });

  test('a message that is wrong throughout is refused with its first 500 errors', () => {
    const group =
      '<GrpHdr><MsgId>x</MsgId><CreDtTm>2026-01-01T00:00:00</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>';
    const xml = `<Document xmlns="${NS}pacs.008.001.08"><FIToFICstmrCdtTrf>${group}${'<CdtTrfTxInf/>'.repeat(15_000)}</FIToFICstmrCdtTrf></Document>`;
    const answer = read(xml);
    const findings = answer.ok ? [] : answer.error.findings;
    expect(findings).toHaveLength(ERRORS_MAX + 1);
    expect(findings[499]?.path).toBe('/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[500]');
    expect(findings[500]).toMatchObject({ path: '/Document', line: null });
  });

  test('a refusal names the message when it can be read', () => {
    const answer = read(`<E>${header('M7')}${admi('A').replace('<Rsn>', '<Rsn><Foo/>')}</E>`);
    expect(answer).toMatchObject({ error: { messageId: 'admi.002.001.01', businessMessageId: 'M7' } });
    const bare = read(supplementary('<Foo/>'));
    expect(bare).toMatchObject({ error: { messageId: 'pacs.002.001.10', businessMessageId: 'M' } });
  });
});

describe('wildcard content', () => {
  const contentOf = (xml: string) => {
    const answer = read(xml);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return (answer.value.document.root.SplmtryData as readonly XmlElement[]).map(
      (data) => (data.Envlp as XmlElement)['#any'],
    );
  };

  test('is kept as canonical text of its own', () => {
    const several = [
      envlp(' <a b=\'1\' xmlns="urn:a"><![CDATA[<]]><!-- c --></a>\n'),
      envlp('<o:x><o:y/></o:x>'),
      envlp(`<Envlp/>`),
      envlp('<q xmlns="">&#x41;</q>'),
    ];
    expect(contentOf(supplementary(several.join('')))).toEqual([
      '<a xmlns="urn:a" b="1">&lt;</a>',
      '<o:x xmlns:o="urn:outer"><o:y></o:y></o:x>',
      `<Envlp xmlns="${NS}pacs.002.001.10"></Envlp>`,
      '<q>A</q>',
    ]);
  });

  test('is not taken for structure', () => {
    const inner = `${admi('B')}`.replace('<Rsn>', '<Rsn xmlns="urn:z"><constructor/><__proto__>');
    expect(() => read(supplementary(envlp(inner)))).not.toThrow();
    expect(contentOf(supplementary(envlp('<__proto__ xmlns="urn:z"><Document/><AppHdr/></__proto__>')))).toEqual([
      '<__proto__ xmlns="urn:z"><Document></Document><AppHdr></AppHdr></__proto__>',
    ]);
  });

  test('costs no more than its size: 3,000 holders', () => {
    expect(contentOf(supplementary(envlp('<a xmlns="urn:a"/>').repeat(3000)))).toHaveLength(3000);
  });
});

describe('keeping', () => {
  const long = (ref: string, more = 0): Buffer => Buffer.from(admi(ref) + ' '.repeat(64 * 1024 + more));
  const counted = () => {
    const asked: number[] = [];
    const counting: MessageReader = {
      read: (bytes) => {
        asked.push(bytes.length);
        return reader.read(bytes);
      },
    };
    return { asked, counting };
  };

  test('a caching reader asks once for the same bytes of a long message and forgets the eldest', () => {
    const { asked, counting } = counted();
    const caching = createCachingReader(counting, { entriesMax: 2, bytesMax: 1_000_000 });
    const first = read(long('A'), caching);
    expect(read(long('A'), caching)).toBe(first);
    read(long('B'), caching);
    read(long('A'), caching);
    expect(asked).toHaveLength(2);
    read(long('C'), caching);
    read(long('A'), caching);
    expect(asked).toHaveLength(3);
    read(long('B'), caching);
    expect(asked).toHaveLength(4);
  });

  test('a caching reader gives the answer for a short message a second time, and keeps it no longer', () => {
    const { asked, counting } = counted();
    const caching = createCachingReader(counting, { entriesMax: 2, bytesMax: 1_000_000 });
    const first = read(admi('A'), caching);
    expect(read(admi('A'), caching)).toBe(first);
    expect(asked).toHaveLength(1);
    read(admi('A'), caching);
    expect(asked).toHaveLength(2);
    for (const ref of ['B', 'C']) read(admi(ref), caching);
    read(admi('A'), caching);
    expect(asked).toHaveLength(5);
  });

  test('a caching reader keeps no more bytes than it may, however few messages they are', () => {
    const { asked, counting } = counted();
    const [small, large, tooLarge] = [long('A'), long('B', 1_000), long('C', 100_000)];
    const caching = createCachingReader(counting, { entriesMax: 100, bytesMax: large.length + small.length - 1 });
    for (const bytes of [small, small, large, large, small, tooLarge, tooLarge]) caching.read(bytes);
    expect(asked).toEqual([small, large, small, tooLarge, tooLarge].map(({ length }) => length));
    expect(caching.read(tooLarge).ok).toBe(true);
  });

  test('a caching reader gives the hash that it looked up, and it is that of the bytes', () => {
    const bytes = Buffer.from(admi('A'));
    for (const codec of [true, false]) {
      const caching = createCachingReader(createMessageReader({ codec }), { entriesMax: 1, bytesMax: 10_000 });
      expect(caching.read(bytes)).toMatchObject({ value: { rawHash: sha256(bytes) } });
    }
  });

  test('6,000 messages, valid and not, leave no memory behind in the engine', async () => {
    const { diag } = await import('libxml2-wasm');
    const engine = createMessageReader({ codec: false });
    const root = randomRoot('pacs.002.001.15', seeded(5));
    const head = { messageId: 'head.001.001.02', root: randomRoot('head.001.001.02', seeded(6)) };
    const good = writeEnvelope(head, 'pacs.002.001.15', root);
    const inputs = [
      good,
      writeEnvelope(null, 'pacs.002.001.15', root),
      Buffer.from(admi('')),
      Buffer.from('<a>'),
      Buffer.from('<a/>'),
      Buffer.from(supplementary(envlp('<a/>'))),
    ];
    expect(engine.read(good).ok).toBe(true);
    for (const bytes of inputs) engine.read(bytes);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    diag.configure({ enabled: true });
    for (let i = 0; i < 6_000; i += 1) engine.read(inputs[i % inputs.length]!);
    expect(diag.report()).toEqual({});
    diag.configure({ enabled: false });
    const after = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    expect(after - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('the written document is what is read', () => {
    expect(read(writeDocument('admi.002.001.01', plain('Z')))).toMatchObject({
      value: { document: { root: plain('Z') } },
    });
  });
});
