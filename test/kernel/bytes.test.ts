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
    expect(bytes.toString('hex')).toBe('000000026162' + '0000000137' + '0000000130' + '0000000131' + '0000000178');
  });

  it('reads back any value', () => {
    const value = fc.record({
      text: fc.string({ unit: 'grapheme' }),
      bytes: fc.uint8Array({ maxLength: 40 }),
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
    ['a cut length', ab.subarray(0, 3), (r) => r.bytes()],
    ['cut content', ab.subarray(0, 5), (r) => r.bytes()],
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
