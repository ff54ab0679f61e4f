import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../../src/iso20022/catalogue/catalogue.js';
import { BATCH_LIMITS } from '../../../src/iso20022/gate.js';
import { linesOf } from '../../../src/iso20022/lines.js';
import { createMessageReader } from '../../../src/iso20022/reader.js';
import { checkRules, type Violation } from '../../../src/iso20022/rules/check.js';
import { RULE_PROFILES } from '../../../src/iso20022/rules/rule.js';
import type { CheckedMessage } from '../../../src/iso20022/types.js';
import { writeEnvelope } from '../../../src/iso20022/writer.js';
import { arbitraryMessage } from '../support/arbitrary.js';
import { hasOfficial, notRun, sampleBytes, samples } from '../support/official.js';
import { FULL_CONTEXT } from './support.js';

const reader = createMessageReader({ limits: BATCH_LIMITS });
const CONTEXT = { ...FULL_CONTEXT, characters: 'latin' } as const;
const documents = CATALOGUE_MESSAGE_IDS.filter((id) => catalogueMessage(id)!.root === 'Document');
const headers = CATALOGUE_MESSAGE_IDS.filter((id) => catalogueMessage(id)!.root === 'AppHdr');

const rulesOf = (message: CheckedMessage): Violation[] =>
  checkRules(message, { profiles: RULE_PROFILES, context: CONTEXT });

/** Each violation is told of a place that the message has, or that its parent has. */
function expectPlaces(violations: readonly Violation[], bytes: Buffer): void {
  const lines = linesOf(
    bytes,
    violations.map(({ path }) => path),
  );
  expect(lines.every((line) => line !== null && line > 0)).toBe(true);
  for (const { path, index, message } of violations) {
    expect(path).toMatch(/^\/(?:AppHdr|Document)\//);
    if (index !== null) expect(path).toContain(`[${index + 1}]`);
    expect(message).not.toMatch(/undefined|null|NaN/);
  }
}

describe('no rule throws', () => {
  test.each(documents)('on a generated %s', (id) => {
    fc.assert(
      fc.property(arbitraryMessage(id), fc.constantFrom(...headers), fc.nat(), (root, headerId, seed) => {
        const [headerRoot] = fc.sample(arbitraryMessage(headerId), { seed, numRuns: 1 });
        const header = { messageId: headerId, root: headerRoot! };
        const bytes = Buffer.from(writeEnvelope(header, id, root));
        const message = { header, document: { messageId: id, root }, rawHash: Buffer.alloc(32) };
        expectPlaces(rulesOf(message), bytes);
      }),
      { numRuns: 8 },
    );
  });

  test.runIf(hasOfficial)('on any sample message', () => {
    const read = samples().flatMap(({ file }) => {
      const bytes = sampleBytes(file);
      const message = reader.read(bytes);
      return message.ok ? [{ bytes, message: message.value }] : [];
    });
    expect(read.length).toBeGreaterThan(100);
    for (const { bytes, message } of read) expectPlaces(rulesOf(message), bytes);
  });
  if (!hasOfficial) notRun('usage rules of the sample messages');
});
