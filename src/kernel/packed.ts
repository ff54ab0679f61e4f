/**
 * Many byte strings as one parameter. An array of them would travel as text, each byte as two hexadecimal digits; one
 * buffer travels as it is, and the server cuts it: `substring($n::bytea FROM starts FOR length)`.
 */
export interface Packed {
  readonly bytes: Buffer;
  /** 1-based position of each, as SQL counts. */
  readonly starts: readonly number[];
  /** Null for one that is absent: cutting with it answers NULL. */
  readonly lengths: readonly (number | null)[];
}

export function packed(items: readonly (Uint8Array | null)[]): Packed {
  const starts: number[] = [];
  let total = 0;
  for (const item of items) {
    starts.push(total + 1);
    total += item?.length ?? 0;
  }
  return {
    bytes: Buffer.concat(
      items.filter((item) => item !== null),
      total,
    ),
    starts,
    lengths: items.map((item) => item?.length ?? null),
  };
}
