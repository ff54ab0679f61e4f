import { describe, expect, test } from 'vitest';
import { fuzz, INPUT_BYTES_MAX } from '../../fuzz/fuzz.js';
import { mutate } from '../../fuzz/mutations.js';
import { judge, type Lanes } from '../../fuzz/oracles.js';
import { seeded } from '../../fuzz/random.js';
import { seedsOf } from '../../fuzz/seeds.js';
import { readPlain } from '../../src/iso20022/codec/codec.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
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

  test('a planted fault is found, told once and made small', () => {
    const told: string[] = [];
    const { finds } = fuzz({
      seeds: seeds.slice(0, 4),
      seed: 1,
      judge: (bytes) => ({ fault: bytes.includes('CDATA') ? 'planted' : null, way: '' }),
      goesOn: (done) => done < 2_000,
      onFind: ({ fault }) => told.push(fault),
    });
    expect(told).toEqual(['planted']);
    expect(finds.map(({ bytes }) => bytes.toString())).toEqual(['CDATA']);
  });
});

describe('the oracles', () => {
  const slow = createMessageReader({ codec: false });
  const good = seeds.find((bytes) => readPlain(bytes) !== null && slow.read(bytes).ok)!;
  const bad = Buffer.from(good.toString().replace('</MsgId>', '</MsgId><Foo/>'));
  const rejection = slow.read(bad);
  const lanes = (change: Partial<Lanes>): Lanes => ({ slow, fast: readPlain, ...change });

  test.each<[string, Buffer, Partial<Lanes>, string | null]>([
    ['nothing of a message that is read', good, {}, null],
    ['nothing of a message that is refused', bad, {}, null],
    [
      'a codec that reads what is refused',
      bad,
      { fast: () => readPlain(good) },
      'the codec reads what is refused as SCHEMA_INVALID',
    ],
    [
      'a codec that reads another tree',
      good,
      { fast: (bytes) => ({ ...readPlain(bytes)!, header: { messageId: 'head.001.001.02', root: {} } }) },
      'the codec reads another tree',
    ],
    [
      'a reader that throws',
      good,
      {
        slow: {
          read: () => {
            throw new Error('x');
          },
        },
      },
      'thrown: x',
    ],
    [
      'a refusal that says nothing',
      bad,
      { slow: { read: () => (rejection.ok ? rejection : { ok: false, error: { ...rejection.error, findings: [] } }) } },
      'SCHEMA_INVALID without a finding',
    ],
    [
      'a message that is refused when it is written anew',
      good,
      { slow: { read: (bytes) => (bytes === good ? slow.read(bytes) : rejection) } },
      'pacs.008.001.08 written anew is refused: SCHEMA_INVALID',
    ],
  ])('see %s', (_, bytes, change, fault) => {
    expect(judge(bytes, lanes(change)).fault).toBe(fault);
  });
});
