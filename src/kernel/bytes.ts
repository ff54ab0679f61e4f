import { invariant } from './result.js';

/** A length below this is one byte; else this byte and four more. */
const LONG = 0xff;
const LONG_LENGTH_BYTES = 5;
const ASCII_MAX = 0x7f;
/** Up to this length a loop over the characters costs less than a call of the encoder. */
const SHORT_TEXT = 64;
const SPARE_BYTES = 4096;
const SPARE_BYTES_MAX = 65_536;
const SPARE_COUNT_MAX = 8;
const NOTHING = Buffer.alloc(0);
/** Buffers that finished writers gave back. */
const spare: Buffer[] = [];

/**
 * Canonical bytes: every field is its length and its content, in a fixed order, so that two different values never
 * share an encoding. A length below 255 is one byte, any other 0xff and four bytes, big-endian. Integers are decimal text. There is one writer and one reader.
 */
export class ByteWriter {
  /** Lent from {@link spare} until {@link finish}, so that a writer within a writer has bytes of its own. */
  #out: Buffer = spare.pop() ?? Buffer.allocUnsafeSlow(SPARE_BYTES);
  #at = 0;

  bytes(value: Uint8Array): this {
    this.#length(value.length);
    this.#out.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  text(value: string): this {
    const { length } = value;
    if (length > SHORT_TEXT) return this.#longText(value);
    this.#length(length);
    const out = this.#out;
    const from = this.#at;
    for (let i = 0; i < length; i += 1) {
      const code = value.charCodeAt(i);
      if (code > ASCII_MAX) {
        this.#at = from - 1;
        return this.#longText(value);
      }
      out[from + i] = code;
    }
    this.#at = from + length;
    return this;
  }

  integer(value: bigint | number): this {
    invariant(typeof value === 'bigint' || Number.isSafeInteger(value), 'canonical integer is exact');
    return this.text(value.toString());
  }

  /** Absent values are written as zero occurrences, present ones as one. */
  optional<T>(value: T | null | undefined, write: (writer: this, value: T) => unknown): this {
    if (value === null || value === undefined) return this.text('0');
    this.text('1');
    write(this, value);
    return this;
  }

  list<T>(values: readonly T[], write: (writer: this, value: T) => unknown): this {
    this.integer(values.length);
    for (const value of values) write(this, value);
    return this;
  }

  /** The bytes, once: the writer is used up. */
  finish(): Buffer {
    const out = this.#out;
    const bytes = Buffer.allocUnsafe(this.#at);
    out.copy(bytes, 0, 0, this.#at);
    this.#out = NOTHING;
    if (out.length <= SPARE_BYTES_MAX && spare.length < SPARE_COUNT_MAX) spare.push(out);
    return bytes;
  }

  #longText(value: string): this {
    const length = Buffer.byteLength(value, 'utf8');
    this.#length(length);
    this.#at += this.#out.write(value, this.#at, 'utf8');
    return this;
  }

  /** Writes a field's length and makes room for the field. */
  #length(length: number): void {
    if (this.#at + LONG_LENGTH_BYTES + length > this.#out.length) this.#grow(LONG_LENGTH_BYTES + length);
    const out = this.#out;
    if (length < LONG) {
      out[this.#at++] = length;
      return;
    }
    out[this.#at++] = LONG;
    this.#at = out.writeUInt32BE(length, this.#at);
  }

  #grow(more: number): void {
    invariant(this.#out !== NOTHING, 'a finished writer is not written to');
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#out.length * 2, this.#at + more));
    this.#out.copy(wider, 0, 0, this.#at);
    this.#out = wider;
  }
}

const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,38})$/;

/** Reads what {@link ByteWriter} wrote; throws `RangeError` on anything else (truncation, excess, loose integers). */
export class ByteReader {
  readonly #source: Buffer;
  #at = 0;

  constructor(source: Uint8Array) {
    this.#source = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  }

  bytes(): Buffer {
    const { start, end } = this.#field();
    return this.#source.subarray(start, end);
  }

  text(): string {
    const { start, end } = this.#field();
    const source = this.#source;
    for (let i = start; i < end; i += 1) if (source[i]! > ASCII_MAX) return this.#utf8(start, end);
    return source.toString('latin1', start, end);
  }

  bigint(): bigint {
    return BigInt(this.#integerText());
  }

  integer(): number {
    const text = this.#integerText();
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError('canonical integer is too large');
    return value;
  }

  optional<T>(read: (reader: this) => T): T | null {
    const count = this.integer();
    if (count !== 0 && count !== 1) throw new RangeError('canonical option is neither 0 nor 1');
    return count === 1 ? read(this) : null;
  }

  list<T>(read: (reader: this) => T, maxCount = 100_000): T[] {
    const count = this.integer();
    if (count < 0 || count > maxCount) throw new RangeError('canonical list is too long');
    return Array.from({ length: count }, () => read(this));
  }

  /** Whether everything is read. */
  isAtEnd(): boolean {
    return this.#at === this.#source.length;
  }

  end(): void {
    if (!this.isAtEnd()) throw new RangeError('canonical bytes go on after the end');
  }

  #field(): { start: number; end: number } {
    const source = this.#source;
    let start = this.#at + 1;
    if (start > source.length) throw new RangeError('canonical bytes end early');
    let length = source[this.#at]!;
    if (length === LONG) {
      if (start + 4 > source.length) throw new RangeError('canonical bytes end early');
      length = source.readUInt32BE(start);
      if (length < LONG) throw new RangeError('canonical length is not the shortest');
      start += 4;
    }
    const end = start + length;
    if (end > source.length) throw new RangeError('canonical bytes end early');
    this.#at = end;
    return { start, end };
  }

  #integerText(): string {
    const text = this.text();
    if (!CANONICAL_INTEGER.test(text)) throw new RangeError('canonical integer is malformed');
    return text;
  }

  #utf8(start: number, end: number): string {
    const raw = this.#source.subarray(start, end);
    const text = raw.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(raw)) throw new RangeError('canonical text is not UTF-8');
    return text;
  }
}
