import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../src/kernel/bytes.js';

const written = (write: (writer: ByteWriter) => unknown) => {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
};

describe('canonical bytes', () => {
  it('has a fixed encoding', () => {
    const bytes = written((w) =>
      w
        .text('ab')
        .integer(7n)
        .optional(null, () => undefined)
        .list(['x'], (l, v) => l.text(v)),
    );
    expect(bytes.toString('hex')).toBe('026162' + '0137' + '0130' + '0131' + '0178');
  });

  it('writes a length of 255 and more in five bytes', () => {
    const lengths = [254, 255, 300].map((length) => written((w) => w.text('x'.repeat(length))));
    expect(lengths.map((bytes) => bytes.toString('hex').slice(0, 10))).toEqual([
      'fe78787878',
      'ff000000ff',
      'ff0000012c',
    ]);
  });

  it('reads back any value', () => {
    const value = fc.record({
      text: fc.string({ unit: 'grapheme' }),
      bytes: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 260 })),
      big: fc.bigInt(-(10n ** 30n), 10n ** 30n),
      option: fc.option(fc.string()),
      list: fc.array(fc.nat(), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(value, (v) => {
        const reader = new ByteReader(
          written((w) =>
            w
              .text(v.text)
              .bytes(v.bytes)
              .integer(v.big)
              .optional(v.option, (o, s) => o.text(s))
              .list(v.list, (l, n) => l.integer(n)),
          ),
        );
        expect(reader.text()).toBe(Buffer.from(v.text, 'utf8').toString('utf8'));
        expect([...reader.bytes()]).toEqual([...v.bytes]);
        expect(reader.bigint()).toBe(v.big);
        expect(reader.optional((r) => r.text())).toBe(v.option);
        expect(reader.list((r) => r.integer())).toEqual(v.list);
        reader.end();
      }),
    );
  });

  const ab = written((w) => w.text('ab'));
  it.each<[string, Buffer, (reader: ByteReader) => unknown]>([
    ['no length', ab.subarray(0, 0), (r) => r.bytes()],
    ['a cut long length', Buffer.from('ff000001', 'hex'), (r) => r.bytes()],
    ['a long length that is a short one', Buffer.from(`ff000000fe${'00'.repeat(254)}`, 'hex'), (r) => r.bytes()],
    ['cut content', ab.subarray(0, 2), (r) => r.bytes()],
    ['bytes after the end', ab, (r) => r.end()],
    ['an integer with a leading zero', written((w) => w.text('007')), (r) => r.bigint()],
    ['minus zero', written((w) => w.text('-0')), (r) => r.bigint()],
    ['an unsafe integer', written((w) => w.text('9007199254740993')), (r) => r.integer()],
    ['text that is not UTF-8', written((w) => w.bytes(Uint8Array.of(0xc0, 0xaf))), (r) => r.text()],
    ['an option of two', written((w) => w.integer(2)), (r) => r.optional((x) => x.text())],
    ['an over-long list', written((w) => w.integer(200_000)), (r) => r.list((x) => x.text())],
    ['a negative list', written((w) => w.integer(-1)), (r) => r.list((x) => x.text())],
  ])('refuses %s', (_name, bytes, read) => {
    expect(() => read(new ByteReader(bytes))).toThrow(RangeError);
  });
});
