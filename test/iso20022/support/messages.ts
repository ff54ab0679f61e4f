import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createMessageReader } from '../../../src/iso20022/reader.js';
import type { RuleContext } from '../../../src/iso20022/rules/rule.js';
import type { TranslationOrder } from '../../../src/iso20022/translate.js';
import type { CheckedMessage } from '../../../src/iso20022/types.js';
import { compileXsd, parseXml, type SchemaError } from '../../../src/iso20022/xml-engine.js';
import { hasOfficial, officialXsd } from './official.js';

export const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
export const reader = createMessageReader();

/** The message in `bytes`, which must pass the reader. */
export function checked(bytes: Uint8Array | string): CheckedMessage {
  const read = reader.read(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  expect(read.ok ? [] : read.error.findings).toEqual([]);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

export const fixtureText = (path: string): string => readFileSync(FIXTURES + path, 'utf8');
export const fixture = (path: string): CheckedMessage => checked(fixtureText(path));
export const fixtureNames = (folder: string): string[] =>
  readdirSync(FIXTURES + folder).filter((name) => name.endsWith('.xml'));

const official = new Map<string, ReturnType<typeof compileXsd>>();

/** What the official schema says against a bare document; nothing where the official schemas are not there. */
export function officialErrors(messageId: string, document: string): readonly SchemaError[] {
  if (!hasOfficial) return [];
  const schema = official.get(messageId) ?? compileXsd(officialXsd(messageId), '');
  official.set(messageId, schema);
  const parsed = parseXml(Buffer.from(document));
  if (!('dispose' in parsed)) return parsed;
  try {
    return schema.validate(parsed);
  } finally {
    parsed.dispose();
  }
}

/** The day of the fixtures, in Almaty. */
export const CONTEXT: RuleContext = {
  sourceCurrency: 'KZT',
  allowedInstructedAgents: ['OTKLKZ20', 'OTKOKZ20'],
  localDate: '2026-11-23',
  now: Date.parse('2026-11-23T10:20:00+05:00'),
};

export const QUOTE_ID = '5b0e3c1a-8d47-4f26-b9a1-0c6d2e7f9a34';

export const orderOf = (targetMessageId: string, change: Partial<TranslationOrder> = {}): TranslationOrder => ({
  targetMessageId,
  withHeader: false,
  msgId: 'OTKL-OUT-0001',
  creDtTm: '2026-11-23T05:20:00.000Z',
  uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001',
  instructingAgent: 'OTKLKZ20',
  instructedAgent: 'LONGCN20',
  sourceInstructingAgent: 'ALTNKZ20',
  amountText: '19125.00',
  currency: 'CNY',
  rate: '0.0153',
  quoteId: QUOTE_ID,
  providerBic: 'OTKLKZ20',
  sourceCurrency: 'KZT',
  settlementDate: '2026-11-23',
  clearingSystem: 'OTKEL-CN',
  ...change,
});
