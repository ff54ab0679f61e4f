import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCanonical } from '../../src/iso20022/canonical-decoder.js';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { writeEnvelope } from '../../src/iso20022/writer.js';
import { arbitraryMessage } from './support/arbitrary.js';

const SAMPLES = new URL('../../../shared/iso20022/samples/', import.meta.url);
const parser = createMessageReader({ limits: BATCH_LIMITS });
const second = createMessageReader({ limits: BATCH_LIMITS, decode: decodeCanonical });

describe('the second decoder reads as fast-xml-parser does', () => {
  const documents = CATALOGUE_MESSAGE_IDS.filter((id) => !id.startsWith('head.'));
  it.each(documents)('any %s', (id) => {
    fc.assert(
      fc.property(arbitraryMessage(id), (root) => {
        const bytes = writeEnvelope(null, id, root);
        const read = second.read(bytes);
        expect(read).toEqual(parser.read(bytes));
        expect(read.ok).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it.runIf(existsSync(SAMPLES))('every sample', () => {
    const names = readdirSync(SAMPLES).filter((name) => name.endsWith('.xml'));
    let readCount = 0;
    for (const name of names) {
      const bytes = readFileSync(new URL(name, SAMPLES));
      const read = second.read(bytes);
      expect(read, name).toEqual(parser.read(bytes));
      if (read.ok) readCount += 1;
    }
    expect(readCount).toBeGreaterThan(50);
  });
});

describe('decodeCanonical', () => {
  it.each<[string, string, unknown]>([
    ['text', '<a>x &amp; y</a>', 'x &amp; y'],
    ['nothing', '<a></a>', ''],
    ['a greater-than sign in an attribute', '<a b="1>2">t</a>', { '@b': '1>2', '#': 't' }],
    ['two attributes', '<a b="1" c="=">t</a>', { '@b': '1', '@c': '=', '#': 't' }],
    ['namespace declarations and prefixes', '<p:a xmlns:p="urn:x" p:b="1"><p:c>t</p:c></p:a>', { '@b': '1', c: 't' }],
    ['white space between children', '<a>\n <b>1</b>\n <b>2</b>\n</a>', { b: ['1', '2'] }],
  ])('%s', (_name, text, expected) => {
    expect(decodeCanonical(text)).toEqual(expected);
  });

  it.each(['<a>', '<a>x', '<a', '<a></a><b></b>', ''])('is no XML parser: %j breaks an invariant', (text) => {
    expect(() => decodeCanonical(text)).toThrow('invariant broken');
  });

  it('reads a long text in time that grows with its length', () => {
    const rows = '<b>1</b>'.repeat(100_000);
    expect((decodeCanonical(`<a>${rows}</a>`) as { b: unknown[] }).b).toHaveLength(100_000);
  });
});
