import { describe, expect, test } from 'vitest';
import { fuzz, INPUT_BYTES_MAX } from '../../fuzz/fuzz.js';
import { mutate } from '../../fuzz/mutations.js';
import { seeded } from '../../fuzz/random.js';
import { seedsOf } from '../../fuzz/seeds.js';
import { FIXTURES } from '../iso20022/support/messages.js';

const seeds = seedsOf([`${FIXTURES}pacs.008.001.08`, `${FIXTURES}pacs.008.001.13`], INPUT_BYTES_MAX);

describe('the fuzz target', () => {
  test('300 runs from the fixtures find nothing, and what shows something new is kept', () => {
    const kept: Buffer[] = [];
    const told: Buffer[] = [];
    const { runs, corpus, blocks, finds } = fuzz({
      seeds,
      seed: 1,
      goesOn: (done) => done < 300,
      onInput: (bytes) => told.push(bytes),
      onKept: (bytes) => kept.push(bytes),
    });
    expect(finds).toEqual([]);
    expect([runs, told.length, corpus]).toEqual([300, 300, kept.length]);
    expect(kept.length).toBeGreaterThan(seeds.length);
    expect(blocks).toBeGreaterThan(100);
  });

  test('the same seed makes the same inputs of the same corpus, another seed others', () => {
    const inputs = (seed: number): Buffer[] => {
      const random = seeded(seed);
      return seeds.slice(0, 5).map((message) => mutate(random, message, seeds[0]!, INPUT_BYTES_MAX));
    };
    expect(inputs(1)).toEqual(inputs(1));
    expect(inputs(1)).not.toEqual(inputs(2));
  });

  test('an input never grows beyond its limit', () => {
    const random = seeded(3);
    let message = seeds[0]!;
    for (let i = 0; i < 300; i += 1) {
      message = mutate(random, message, seeds[1]!, 2_000);
      expect(message.length).toBeLessThanOrEqual(2_000);
    }
  });
});
