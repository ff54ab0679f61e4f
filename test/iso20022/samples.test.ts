import { describe, expect, test } from 'vitest';
import { readInstructions } from '../../src/iso20022/instruction.js';
import { intermediaryContradicts } from '../../src/iso20022/rules/agents.js';
import { checkRules } from '../../src/iso20022/rules/base.js';
import { translateCreditTransfer } from '../../src/iso20022/translate.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { retargetSample, type SampleChanges } from '../support/retarget-sample.js';
import { CONTEXT, checked, officialErrors, orderOf } from './support/messages.js';
import { hasOfficial, notRun, sampleBytes, samples } from './support/official.js';

const CHANGES: SampleChanges = {
  msgId: 'ALTN-SAMPLE-1',
  uetr: '0b2c7d1e-95f4-4a38-8c61-7e3d20f9b500',
  instructingAgent: 'ALTNKZ20',
  instructedAgent: 'OTKLKZ20',
  debtorAgent: 'ALTNKZ20',
  creditorAgent: 'LONGCN20',
  debtorAccount: 'KZ419010001000000001',
  creditorAccount: '6222020000000000001',
  currency: 'KZT',
  date: '2026-11-23',
  amountMax: '1000000.00',
};

/** Why a real message is refused although it was addressed to this corridor. Nothing else may be refused. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  // Cover payments: SttlmMtd is COVE.
  'pacs.008.001.08--ballerina-mt2mx--p-2-3-1-a-mt103-pacs-008-A-D.xml': ['settlement.method'],
  'pacs.008.001.08--ballerina-mt2mx--p-2-3-1-b-mt103-pacs-008-A-D.xml': ['settlement.method'],
  // PrvsInstgAgt1 has the LEI AAAAAAAAAA8888888811, whose check digits do not hold.
  'pacs.008.001.08--prowide-iso20022--MxSwiftMessageTest-e5.xml': ['party.lei'],
  'pacs.008.001.08--prowide-iso20022--MxSwiftMessageTest-e6.xml': ['party.lei'],
};

const acceptable = (): string[] =>
  samples()
    .filter(({ messageId, verdict }) => /^pacs\.008\.001\.(08|13)$/.test(messageId) && verdict === 'valid')
    .map(({ file }) => file);

describe('real pacs.008 messages, retargeted to the demo corridor', () => {
  if (!hasOfficial) {
    test('need the sample messages', () => notRun('real pacs.008 messages through the usage rules'));
    return;
  }
  const counts = { accepted: 0, refused: 0, translated: 0 };
  test.each(acceptable())('%s', (file) => {
    const message = checked(retargetSample(sampleBytes(file).toString('utf8'), CHANGES));
    const instructions = readInstructions(message);
    const reasons = checkRules(message, instructions, CONTEXT).map(({ ruleId }) => ruleId);
    expect(reasons).toEqual(REFUSED[file] ?? []);
    expect(instructions.some((one) => intermediaryContradicts(one, CONTEXT.allowedInstructedAgents))).toBe(false);
    counts[reasons.length === 0 ? 'accepted' : 'refused'] += 1;
    for (const target of ['pacs.008.001.08', 'pacs.008.001.13']) {
      for (const { index, uetr } of instructions) {
        const order = orderOf(target, { uetr, withHeader: message.header !== null });
        const translated = translateCreditTransfer(message, index, order);
        if (!translated.ok) throw new Error(translated.error.detail);
        const back = readInstructions(checked(translated.value.bytes));
        expect(back.map((one) => [one.uetr, one.settlementAmount.text])).toEqual([[uetr, '19125.00']]);
        expect(officialErrors(target, writeDocument(target, translated.value.root))).toEqual([]);
        counts.translated += 1;
      }
    }
  });

  test('every refusal names a sample that is there', () => {
    expect(Object.keys(REFUSED).filter((file) => !acceptable().includes(file))).toEqual([]);
    expect(counts.refused).toBe(Object.keys(REFUSED).length);
    console.log(
      `real pacs.008: ${counts.accepted} accepted, ${counts.refused} refused, ${counts.translated} translated`,
    );
  });
});
