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

/**
 * Several columns of byte strings, all of the same length, as one parameter, and for each column its starts and its
 * lengths: `[starts, lengths, starts, lengths, …]`, to be given as parameters of their own.
 */
export function packedColumns(...columns: readonly (readonly (Uint8Array | null)[])[]): {
  readonly bytes: Buffer;
  readonly places: readonly (readonly (number | null)[])[];
} {
  const { bytes, starts, lengths } = packed(columns.flat());
  let from = 0;
  const places = columns.flatMap((column) => {
    const to = from + column.length;
    const place = [starts.slice(from, to), lengths.slice(from, to)];
    from = to;
    return place;
  });
  return { bytes, places };
}
