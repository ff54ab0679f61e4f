/**
 * A set of token ids in 20 bytes each: 16 of the transaction's id, which is a SHA-256, and the index of the output. It is
 * made of many small tables that grow one by one, so that no addition waits for all of them.
 */
export interface TokenSet {
  has(tokenId: Uint8Array): boolean;
  add(tokenId: Uint8Array): void;
  /** False where it was not in the set. */
  delete(tokenId: Uint8Array): boolean;
}

export function createTokenSet(): TokenSet {
  const tables: TokenSet[] = [];
  const tableOf = (tokenId: Uint8Array): TokenSet => {
    const at = tokenId[0]!;
    tables[at] ??= createTable();
    return tables[at];
  };
  return {
    has: (tokenId) => tableOf(tokenId).has(tokenId),
    add: (tokenId) => tableOf(tokenId).add(tokenId),
    delete: (tokenId) => tableOf(tokenId).delete(tokenId),
  };
}

const WORDS = 5;
const SLOTS_LEAST = 16;
const INDEX_AT = 32;

const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** Open addressing: an id stands in the first free slot from its own on, and what follows moves up when one goes. */
function createTable(): TokenSet {
  let slots = SLOTS_LEAST;
  /** A slot's last word is the output's index plus one; 0: it is free. */
  let words = new Uint32Array(slots * WORDS);
  let count = 0;
  const sought = new Uint32Array(WORDS);

  const seek = (tokenId: Uint8Array): void => {
    for (let i = 0; i < WORDS - 1; i += 1) sought[i] = word(tokenId, i * 4);
    sought[WORDS - 1] = word(tokenId, INDEX_AT) + 1;
  };
  /** The slot that an id would stand in if all were free. */
  const own = (from: Uint32Array, at: number): number =>
    (from[at + 1]! + Math.imul(from[at + WORDS - 1]!, 0x9e3779b1)) & (slots - 1);
  /** Where the sought id stands, or the free slot that it would get. */
  const place = (): number => {
    for (let slot = own(sought, 0); ; slot = (slot + 1) & (slots - 1)) {
      const at = slot * WORDS;
      if (words[at + WORDS - 1] === 0) return slot;
      let i = 0;
      while (i < WORDS && words[at + i] === sought[i]) i += 1;
      if (i === WORDS) return slot;
    }
  };
  /** Writes the sought id; a typed array's own `set` costs more than five words do. */
  const write = (slot: number): void => {
    for (let i = 0, at = slot * WORDS; i < WORDS; i += 1) words[at + i] = sought[i]!;
  };
  const isFree = (slot: number): boolean => words[slot * WORDS + WORDS - 1] === 0;
  const put = (from: Uint32Array, at: number): void => {
    for (let i = 0; i < WORDS; i += 1) sought[i] = from[at + i]!;
    write(place());
  };
  const grow = (): void => {
    const before = words;
    slots *= 2;
    words = new Uint32Array(slots * WORDS);
    for (let at = 0; at < before.length; at += WORDS) if (before[at + WORDS - 1] !== 0) put(before, at);
  };
  /** Moves up what the free slot keeps from standing nearer to its own one. */
  const close = (gap: number): void => {
    let free = gap;
    for (let slot = (gap + 1) & (slots - 1); !isFree(slot); slot = (slot + 1) & (slots - 1)) {
      const distance = (slot - own(words, slot * WORDS)) & (slots - 1);
      if (distance < ((slot - free) & (slots - 1))) continue;
      words.copyWithin(free * WORDS, slot * WORDS, slot * WORDS + WORDS);
      free = slot;
    }
    words[free * WORDS + WORDS - 1] = 0;
  };

  return {
    has(tokenId) {
      seek(tokenId);
      return !isFree(place());
    },
    add(tokenId) {
      if (count * 4 >= slots * 3) grow();
      seek(tokenId);
      const slot = place();
      if (!isFree(slot)) return;
      write(slot);
      count += 1;
    },
    delete(tokenId) {
      seek(tokenId);
      const slot = place();
      if (isFree(slot)) return false;
      close(slot);
      count -= 1;
      return true;
    },
  };
}
