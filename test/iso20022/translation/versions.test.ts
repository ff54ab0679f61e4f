import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInstructions } from '../../../src/iso20022/instruction.js';
import { translateCreditTransfer } from '../../../src/iso20022/translate.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../../src/iso20022/translation/version-steps.js';
import { child } from '../../../src/iso20022/tree.js';
import type { CheckedMessage } from '../../../src/iso20022/types.js';
import { writeDocument } from '../../../src/iso20022/writer.js';
import { arbitraryMessage } from '../support/arbitrary.js';
import { checked, officialErrors, orderOf, reader } from '../support/messages.js';

const PAIRS = CREDIT_TRANSFER_VERSIONS.flatMap((from) => CREDIT_TRANSFER_VERSIONS.map((to) => [from, to] as const));

/** A valid message of the version, or nothing for one that the gate refuses. */
const messages = (id: string): fc.Arbitrary<CheckedMessage> =>
  arbitraryMessage(id)
    .map((root) => reader.read(Buffer.from(writeDocument(id, root))))
    .filter((read) => read.ok)
    .map((read) => {
      if (!read.ok) throw new Error('filtered');
      return read.value;
    });

describe('between any two versions', () => {
  test.each(PAIRS)('any valid %s is a valid %s, the same each time, or refused by name', (from, to) => {
    let translated = 0;
    fc.assert(
      fc.property(messages(from), (message) => {
        const first = translateCreditTransfer(message, 0, orderOf(to));
        expect(translateCreditTransfer(message, 0, orderOf(to))).toEqual(first);
        if (!first.ok) {
          expect(['SCREENING_DATA_LOST', 'RULE_BROKEN']).toContain(first.error.code);
          expect(from).not.toBe(to);
          return;
        }
        translated += 1;
        const back = checked(first.value.bytes);
        expect(officialErrors(to, writeDocument(to, first.value.root))).toEqual([]);
        const [instruction] = readInstructions(back);
        expect(instruction).toMatchObject({ uetr: orderOf(to).uetr, uetrGiven: true, quoteId: orderOf(to).quoteId });
        expect(instruction?.instructingAgent).toBe('OTKLKZ20');
        const reported = first.value.differences.map((row) => row.from).join('\n');
        const after = child(first.value.root, 'CdtTrfTxInf') ?? {};
        for (const name of Object.keys(child(message.document.root, 'CdtTrfTxInf') ?? {}))
          expect(name in after || reported.includes(`/${name}`) ? '' : name).toBe('');
      }),
      { numRuns: 12, seed: 8, endOnFailure: true },
    );
    expect(translated).toBeGreaterThan(0);
  });
});
