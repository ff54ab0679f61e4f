import { describe, expect, test } from 'vitest';
import { BATCH_LIMITS, MESSAGE_LIMITS, passGate } from '../../src/iso20022/gate.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const attributes = (count: number): string => Array.from({ length: count }, (_, i) => ` a${i}="1"`).join('');
const nestedAttributes = (depth: number, each: number): string =>
  `${`<a${attributes(each)}>`.repeat(depth)}${'</a>'.repeat(depth)}`;
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

const refused: [string, Uint8Array, string, string][] = [
  ['a body one byte too long', Buffer.alloc(MESSAGE_LIMITS.bytesMax + 1, 0x20), 'GATE-SIZE', 'BODY_TOO_LARGE'],
  ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('<a/>')]), 'GATE-UTF8', 'NOT_UTF8'],
  ['UTF-16 without a mark', utf16('<a/>'), 'GATE-UTF8', 'NOT_UTF8'],
  ['big-endian UTF-16 without a mark', Buffer.from([0, 0x3c, 0, 0x61]), 'GATE-UTF8', 'NOT_UTF8'],
  ['an overlong slash', Buffer.from([0x3c, 0x61, 0xc0, 0xaf]), 'GATE-UTF8', 'NOT_UTF8'],
  ['a surrogate in UTF-8', Buffer.from([0x3c, 0xed, 0xa0, 0x80]), 'GATE-UTF8', 'NOT_UTF8'],
  ['a cut sequence', Buffer.from([0x3c, 0x61, 0xe4, 0xb8]), 'GATE-UTF8', 'NOT_UTF8'],
  ['Latin-1 bytes', Buffer.from('<a>\u00e9</a>', 'latin1'), 'GATE-UTF8', 'NOT_UTF8'],
  ['a wrong label', bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'), 'GATE-ENCODING', 'NOT_UTF8'],
  ['a wrong label in apostrophes', bytes("<?xml version='1.0' encoding = 'UTF-16'?><a/>"), 'GATE-ENCODING', 'NOT_UTF8'],
  [
    'a wrong label behind 1,100 blanks',
    bytes(`<?xml version="1.0"${' '.repeat(1100)}encoding="ISO-8859-1"?><a>é</a>`),
    'GATE-DECLARATION',
    'NOT_WELL_FORMED',
  ],
  ['XML 1.1', bytes('<?xml version="1.1"?><a/>'), 'GATE-DECLARATION', 'NOT_WELL_FORMED'],
  ['a declaration without a version', bytes('<?xml encoding="UTF-8"?><a/>'), 'GATE-DECLARATION', 'NOT_WELL_FORMED'],
  ['a declaration that does not end', bytes('<?xml version="1.0"'), 'GATE-DECLARATION', 'NOT_WELL_FORMED'],
  ['a control character of C1', bytes('<a>\u0085</a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['the delete character', bytes('<a>\u007f</a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a control character of C1 by reference', bytes('<a>&#150;</a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a reference to a surrogate', bytes('<a>&#xD800;</a>'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference to no character', bytes('<a>&#65535;</a>'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference beyond Unicode', bytes('<a b="&#x110000;"/>'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['a reference that does not end', bytes('<a>&#65 </a>'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['an entity that nothing declares', bytes('<a>&nbsp;</a>'), 'GATE-REFERENCE', 'NOT_WELL_FORMED'],
  ['65 attributes', bytes(`<a${attributes(65)}/>`), 'GATE-ATTRIBUTES', 'TOO_COMPLEX'],
  ['65 attributes of elements in each other', bytes(nestedAttributes(13, 5)), 'GATE-ATTRIBUTES', 'TOO_COMPLEX'],
  ['a name of 129 bytes', bytes(`<${'é'.repeat(64)}a/>`), 'GATE-NAME', 'TOO_COMPLEX'],
  [
    'a namespace whose copies would fill the memory',
    bytes(`<a xmlns:n="urn:${'n'.repeat(200_000)}">${'<n:b/>'.repeat(400)}</a>`),
    'GATE-EXPANSION',
    'TOO_COMPLEX',
  ],
  ['a zero byte', bytes('<a>1234\u0000</a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a control character in a comment', bytes('<a><!-- \u0001 --></a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a control character by reference', bytes('<a>&#x0001;</a>'), 'GATE-CONTROL', 'CHARACTER_FORBIDDEN'],
  ['a bidi override', bytes('<a>\u202e</a>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi isolate', bytes('<a>\u2066</a>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi override by reference', bytes('<a>&#x202E;</a>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi isolate by decimal reference', bytes('<a>&#008297;</a>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a bidi override by reference in an attribute', bytes('<a b="&#8238;"/>'), 'GATE-BIDI', 'CHARACTER_FORBIDDEN'],
  ['a DOCTYPE', bytes('<!DOCTYPE a><a/>'), 'GATE-DOCTYPE', 'DOCTYPE_FORBIDDEN'],
  ['a DOCTYPE after a comment', bytes('<!-- > --><!DOCTYPE a><a/>'), 'GATE-DOCTYPE', 'DOCTYPE_FORBIDDEN'],
  [
    'an entity bomb',
    bytes('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
    'GATE-DOCTYPE',
    'DOCTYPE_FORBIDDEN',
  ],
  [
    'an external entity',
    bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    'GATE-DOCTYPE',
    'DOCTYPE_FORBIDDEN',
  ],
  ['a style sheet', bytes('<?xml-stylesheet href="x"?><a/>'), 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['an instruction inside', bytes('<a><?php x ?></a>'), 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['a second declaration', bytes('<a/><?xml version="1.0"?>'), 'GATE-PI', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
  ['65 levels', bytes(nested(65)), 'GATE-DEPTH', 'TOO_DEEP'],
  ['30,000 levels', bytes(nested(30_000)), 'GATE-DEPTH', 'TOO_DEEP'],
  ['20,001 elements', bytes(`<a>${'<b/>'.repeat(20_000)}</a>`), 'GATE-ELEMENTS', 'TOO_MANY_ELEMENTS'],
];

const passed: [string, Uint8Array][] = [
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('<?xml version="1.0"?><a/>')])],
  ['a declaration in lower case', bytes('<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>')],
  ['a DOCTYPE in a comment', bytes('<a><!-- <!DOCTYPE a> <?x?> --></a>')],
  ['a DOCTYPE in CDATA', bytes('<a><![CDATA[<!DOCTYPE a> <?x?> &#x202E;]]></a>')],
  ['a tag end inside a value', bytes('<a b="/>"><c/></a>')],
  ['64 attributes, and 64 beside them', bytes(`<r><a${attributes(64)}/><a${attributes(64)}/></r>`)],
  ['64 attributes of elements in each other', bytes(nestedAttributes(16, 4))],
  ['a name of 128 bytes', bytes(`<${'é'.repeat(64)}/>`)],
  ['a namespace of 100,000 bytes that few elements use', bytes(`<a xmlns:n="urn:${'n'.repeat(100_000)}"/>`)],
  ['what precedes and follows C1', bytes('<a>~\u00a0\u00bf</a>')],
  ['ampersands in comments and CDATA', bytes('<a><!-- & &x; --><![CDATA[& &x;]]></a>')],
  ['legal references', bytes('<a>&#x20AC;&#9;&#10;&#13;&amp;&lt;&gt;&quot;&apos;&#x1F600;</a>')],
  ['what follows U+202E and U+2069', bytes('<a>\u2029\u202f\u2065\u206a€</a>')],
  ['64 levels', bytes(nested(64))],
  ['64 levels of which many are empty', bytes(`${'<a>'.repeat(63)}${'<b/>'.repeat(100)}${'</a>'.repeat(63)}`)],
  ['20,000 elements', bytes(`<a>${'<b/>'.repeat(19_999)}</a>`)],
  ['comments full of tags', bytes(`<a><!--${'<b>'.repeat(1000)}--></a>`)],
];

describe('the gate', () => {
  test.each(refused)('refuses %s', (_, message, ruleId, code) => {
    const answer = passGate(message);
    expect(answer.ok ? null : answer.error).toMatchObject({ ruleId, code });
  });

  test.each(passed)('lets %s pass', (_, message) => {
    expect(passGate(message)).toMatchObject({ ok: true });
  });

  test('names the line', () => {
    const answer = passGate(bytes('<a>\n\n<?x?></a>'));
    expect(answer.ok ? null : answer.error.line).toBe(3);
  });

  test('has wider limits for a batch', () => {
    expect(passGate(bytes(`<a>${'<b/>'.repeat(499_999)}</a>`), BATCH_LIMITS).ok).toBe(true);
    expect(passGate(bytes(`<a>${'<b/>'.repeat(500_000)}</a>`), BATCH_LIMITS).ok).toBe(false);
    expect(passGate(bytes(nested(100_000)), BATCH_LIMITS).ok).toBe(false);
  });

  test.each([
    ['ampersands', '&'.repeat(8_000_000), 'GATE-REFERENCE'],
    ['one element after another, and no ampersand', `<a>${'<b/>'.repeat(499_000)}</a>`, null],
    ['attributes', `<a${attributes(400_000)}/>`, 'GATE-ATTRIBUTES'],
    ['quotes', '<a b="'.repeat(1_000_000), 'GATE-ATTRIBUTES'],
    ['comments that do not end', '<!--'.repeat(2_000_000), null],
    ['digits', `<a>&#${'1'.repeat(8_000_000)};</a>`, 'GATE-REFERENCE'],
  ])('reads 8 MB of %s once', (_, text, ruleId) => {
    const answer = passGate(bytes(text), BATCH_LIMITS);
    expect(answer.ok ? null : answer.error.ruleId).toBe(ruleId);
  });

  test('reads a view of a larger buffer and nothing beside it', () => {
    const whole = bytes('<?x?><a/>\u202e');
    expect(passGate(new Uint8Array(whole.buffer, whole.byteOffset + 5, 4)).ok).toBe(true);
  });
});
