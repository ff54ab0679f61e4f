/** Draws a whole number from 0 to `below` - 1. */
export type Random = (below: number) => number;

/** A small seeded generator (mulberry32). */
export const seeded = (seed: number): Random => {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};

export const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;
