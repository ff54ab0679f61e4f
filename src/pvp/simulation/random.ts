import { sha256 } from '../../kernel/hash.js';
import { uuidFromBytes } from '../../kernel/ids.js';

/** Seeded randomness: the same name answers the same numbers in every run and on every machine. */
export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** A whole number 0 <= x < count. */
  below(count: number): number;
  /** `from` <= x < `to`. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  uuid(): string;
}

/** A stream of its own for each name, so that what one part draws does not move the others. Small fast counter (sfc32). */
export function createRandom(name: string): Random {
  const start = sha256(name);
  let a = start.readInt32LE(0);
  let b = start.readInt32LE(4);
  let c = start.readInt32LE(8);
  let counter = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const next = (): number => word() / 2 ** 32;
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (from, to) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
    uuid: () => {
      const bytes = Buffer.alloc(16);
      for (let at = 0; at < 16; at += 4) bytes.writeUInt32LE(word(), at);
      return uuidFromBytes(bytes);
    },
  };
}
