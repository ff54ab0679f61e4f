import type { ByteReader, ByteWriter } from '../../kernel/bytes.js';

/**
 * Fields that came to canonical bytes of a kind later. They stand behind the others, under the name of their version, and
 * only where they say something: what does not need them keeps the bytes, hashes and signatures that it always had.
 */
const VERSION = 'v2';

/** Opens the added fields, which the caller writes next. */
export const beginAddition = (writer: ByteWriter): ByteWriter => writer.text(VERSION);

/** Reads the added fields; `absent` where there are none. Throws `RangeError` on fields of another version. */
export function readAddition<T>(reader: ByteReader, read: (reader: ByteReader) => T, absent: T): T {
  if (reader.isAtEnd()) return absent;
  if (reader.text() !== VERSION) throw new RangeError('canonical bytes of an unknown version');
  return read(reader);
}
