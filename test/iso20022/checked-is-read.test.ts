/** "What was checked is what is read": the reader's answer against the schema engine's own tree. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../fuzz/random.js';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { readPlain } from '../../src/iso20022/codec/codec.js';
import { BATCH_LIMITS, passGate } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import type { CheckedDocument } from '../../src/iso20022/types.js';
import { randomRoot } from './support/arbitrary.js';
import { disguise } from './support/disguise.js';
import { seenByEngine, seenByReader } from './support/engine-tree.js';
import { FIXTURES } from './support/messages.js';
import { hasOfficial, notRun, sampleBytes, samples } from './support/official.js';

const reader = createMessageReader({ limits: BATCH_LIMITS, codec: false });

/** What the codec reads, or null when it declines. */
const readFast = (bytes: Buffer) => {
  const gate = passGate(bytes, BATCH_LIMITS);
  return gate.ok ? readPlain(gate.value) : null;
};

/** The names of the files whose reading differs from what the engine saw; how many were read, and by the codec too. */
const compareAll = (files: readonly (readonly [string, Buffer])[]) => {
  const differing: string[] = [];
  let readCount = 0;
  let fastCount = 0;
  for (const [name, bytes] of files) {
    const answer = reader.read(bytes);
    const fast = readFast(bytes);
    if (!answer.ok) {
      if (fast !== null) differing.push(`${name}: the codec reads what is refused`);
      continue;
    }
    readCount += 1;
    if (fast !== null) fastCount += 1;
    try {
      const seen = seenByEngine(bytes);
      expect(seenByReader(answer.value)).toEqual(seen);
      if (fast !== null) expect(seenByReader(fast)).toEqual(seen);
    } catch {
      differing.push(name);
    }
  }
  return { readCount, fastCount, differing };
};

const drawn = (id: string, seed: number): { header: CheckedDocument | null; document: CheckedDocument } => {
  const random = seeded(seed);
  const document = { messageId: id, root: randomRoot(id, random) };
  const headers = CATALOGUE_MESSAGE_IDS.filter((one) => one.startsWith('head.'));
  const headerId = headers[random(headers.length)]!;
  const header = random(3) === 0 ? { messageId: headerId, root: randomRoot(headerId, random) } : null;
  return { header, document };
};

describe('what was checked is what is read', () => {
  test('every fixture', () => {
    const files = readdirSync(FIXTURES, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
      .map((entry) => [entry.name, readFileSync(`${entry.parentPath}/${entry.name}`)] as const);
    const { readCount, fastCount, differing } = compareAll(files);
    expect(differing).toEqual([]);
    expect(readCount).toBeGreaterThan(10);
    expect(fastCount).toBeGreaterThan(10);
  });

  if (!hasOfficial) notRun('what was checked is what is read, every sample');
  test.runIf(hasOfficial)('every sample', () => {
    const { readCount, fastCount, differing } = compareAll(samples().map(({ file }) => [file, sampleBytes(file)]));
    expect(differing).toEqual([]);
    expect(readCount).toBeGreaterThan(80);
    expect(fastCount).toBeGreaterThan(40);
  });

  const documents = CATALOGUE_MESSAGE_IDS.filter((id) => !id.startsWith('head.'));
  test.each(documents)('any %s in any lexical form', (id) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { header, document } = drawn(id, seed);
        const bytes = disguise(seeded(seed + 1), header, document);
        const answer = reader.read(bytes);
        if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.findings[0]?.message}\n${bytes}`);
        expect(answer.value.header).toEqual(header);
        expect(answer.value.document).toEqual(document);
        expect(seenByReader(answer.value)).toEqual(seenByEngine(bytes));
        const fast = readFast(bytes);
        if (fast !== null) expect(fast).toEqual({ header, document });
      }),
      { numRuns: 12 },
    );
  });
});
