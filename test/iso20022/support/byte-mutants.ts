/** Messages damaged byte by byte, without regard to XML: most are refused, and none may be read as another message. */
import type { Random } from '../../../fuzz/random.js';

const TOKENS = [
  ...['<', '>', '&', '"', "'", '/', '=', ';', ':', '/>', '</', '<!', '<?', ']]>', ']]', '--', '-->', '&#', '&#x'],
  ...['<!---->', '<!-- c -->', '<!-- a -- b -->', '<!-- a --->', '<![CDATA[x]]>', '<?pi x?>', '<!DOCTYPE a>', '<a/>'],
  ...[
    '&amp;',
    '&lt;',
    '&gt;',
    '&apos;',
    '&quot;',
    '&nbsp;',
    '&#65;',
    '&#x41;',
    '&#0;',
    '&#xFFFE;',
    '&#xD800;',
    '&#13;',
  ],
  ...['&#x1F600;', '&#00000000065;', '&#X41;', '&;', ' xmlns=""', ' xmlns="urn:x"', ' xmlns:q="urn:q"', ' a="1"'],
  ...[' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"', ' Ccy="KZT"', " Ccy='KZT'", ' Ccy=""'],
  ...[' ', '\n', '\r', '\r\n', '\t', '\u00a0', '\u0085', '\u2028', '\u3000', '\ufeff', '\ufffd', '\ufffe', '\uffff'],
  ...['é', 'Қ', '中', '😀', '\u{10ffff}', '\u202e', '\u0000', '\u0001', '\u007f', '\u0080'],
  ...[
    '0',
    '00',
    '1',
    '9',
    '-',
    '+',
    '.',
    'Z',
    'T',
    'e',
    '24:00:00',
    ':60',
    '.999999999999',
    '+14:00',
    '-00:00',
    '0000',
  ],
  ...['</Document>', '<Document>', '</AppHdr>', '</Envelope>', '<Envelope>', '<Id>', '</Id>', '<Cd>', 'xml', 'xmlns:'],
];

const RAW: readonly (readonly number[])[] = [
  [0x80],
  [0xff],
  [0xc0, 0x80],
  [0xe0, 0x80, 0x80],
  [0xed, 0xa0, 0x80],
  [0xc3],
  [0xf4, 0x90, 0x80, 0x80],
];
const PIECES = [...TOKENS.map((token) => Buffer.from(token, 'utf8')), ...RAW.map((bytes) => Buffer.from(bytes))];

const splice = (bytes: Buffer, at: number, gone: number, piece: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + gone)]);

type Damage = (bytes: Buffer, at: number, random: Random) => Buffer;

const DAMAGES: readonly Damage[] = [
  (bytes, at, random) => splice(bytes, at, 1, Buffer.from([bytes[at]! ^ (1 << random(8))])),
  (bytes, at, random) => splice(bytes, at, 1, Buffer.from([bytes[at]! ^ (1 << random(8))])),
  (bytes, at, random) => splice(bytes, at, 1, Buffer.from([random(256)])),
  (bytes, at, random) => splice(bytes, at, 1 + random(3), Buffer.alloc(0)),
  (bytes, at, random) => splice(bytes, at, random(60), Buffer.alloc(0)),
  (bytes, at, random) => splice(bytes, at, 0, PIECES[random(PIECES.length)]!),
  (bytes, at, random) => splice(bytes, at, 0, PIECES[random(PIECES.length)]!),
  (bytes, at, random) => splice(bytes, at, 1 + random(4), PIECES[random(PIECES.length)]!),
  (bytes, at, random) => splice(bytes, at, 0, bytes.subarray(at, at + 1 + random(80))),
  (bytes, at, random) => {
    const from = random(bytes.length);
    return splice(bytes, at, random(20), bytes.subarray(from, from + random(80)));
  },
];

const TAG = /<[^>]*>/g;

/** Just behind, or inside, some tag: where damage is most likely to leave a message well-formed. */
const nearTag = (bytes: Buffer, random: Random): number => {
  const tags = [...bytes.toString('latin1').matchAll(TAG)];
  const tag = tags[random(tags.length)];
  return tag === undefined ? 0 : tag.index + (random(2) === 0 ? tag[0].length : random(tag[0].length));
};

/** `bytes` damaged in one place or two. */
export const damage = (bytes: Buffer, random: Random): Buffer => {
  let damaged = bytes;
  for (let times = 1 + (random(4) === 0 ? 1 : 0); times > 0 && damaged.length > 0; times -= 1) {
    const at = Math.min(random(2) === 0 ? random(damaged.length) : nearTag(damaged, random), damaged.length - 1);
    damaged = DAMAGES[random(DAMAGES.length)]!(damaged, at, random);
  }
  return damaged;
};
