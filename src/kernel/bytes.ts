import { isAscii } from 'node:buffer';
import { invariant } from './result.js';

/**
 * Canonical bytes: every field is a 4-byte big-endian length and its content, in a fixed order, so that two
 * different values never share an encoding. Integers are decimal text. There is one writer and one reader.
 */
export class ByteWriter {
  readonly #parts: (Uint8Array | string)[] = [];
  readonly #lengths: number[] = [];
  #total = 0;

  bytes(value: Uint8Array): this {
    return this.#add(value, value.length);
  }

  text(value: string): this {
    return this.#add(value, Buffer.byteLength(value, 'utf8'));
  }

  integer(value: bigint | number): this {
    invariant(typeof value === 'bigint' || Number.isSafeInteger(value), 'canonical integer is exact');
    return this.text(value.toString());
  }

  /** Absent values are written as zero occurrences, present ones as one. */
  optional<T>(value: T | null | undefined, write: (writer: this, value: T) => unknown): this {
    if (value === null || value === undefined) return this.integer(0);
    this.integer(1);
    write(this, value);
    return this;
  }

  list<T>(values: readonly T[], write: (writer: this, value: T) => unknown): this {
    this.integer(values.length);
    for (const value of values) write(this, value);
    return this;
  }

  finish(): Buffer {
    const out = Buffer.allocUnsafe(this.#total);
    let at = 0;
    this.#parts.forEach((part, i) => {
      at = out.writeUInt32BE(this.#lengths[i]!, at);
      if (typeof part === 'string') at += out.write(part, at, 'utf8');
      else {
        out.set(part, at);
        at += part.length;
      }
    });
    return out;
  }

  #add(part: Uint8Array | string, length: number): this {
    this.#parts.push(part);
    this.#lengths.push(length);
    this.#total += LENGTH_BYTES + length;
    return this;
  }
}

const LENGTH_BYTES = 4;

const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,38})$/;

/** Reads what {@link ByteWriter} wrote; throws `RangeError` on anything else (truncation, excess, loose integers). */
export class ByteReader {
  readonly #source: Buffer;
  #at = 0;

  constructor(source: Uint8Array) {
    this.#source = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  }

  bytes(): Buffer {
    if (this.#at + 4 > this.#source.length) throw new RangeError('canonical bytes end early');
    const length = this.#source.readUInt32BE(this.#at);
    const start = this.#at + 4;
    if (start + length > this.#source.length) throw new RangeError('canonical bytes end early');
    this.#at = start + length;
    return this.#source.subarray(start, this.#at);
  }

  text(): string {
    const raw = this.bytes();
    if (isAscii(raw)) return raw.toString('latin1');
    const text = raw.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(raw)) throw new RangeError('canonical text is not UTF-8');
    return text;
  }

  bigint(): bigint {
    const text = this.text();
    if (!CANONICAL_INTEGER.test(text)) throw new RangeError('canonical integer is malformed');
    return BigInt(text);
  }

  integer(): number {
    const text = this.text();
    if (!CANONICAL_INTEGER.test(text)) throw new RangeError('canonical integer is malformed');
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

  end(): void {
    if (this.#at !== this.#source.length) throw new RangeError('canonical bytes go on after the end');
  }
}
