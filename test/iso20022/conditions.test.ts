import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { type Conditions, codeWordOf, readConditions } from '../../src/iso20022/conditions.js';
import { readInstructions } from '../../src/iso20022/instruction.js';
import { checkRules } from '../../src/iso20022/rules/check.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../src/iso20022/translation/version-steps.js';
import { CONTEXT, checked, fixtureText } from './support/messages.js';

const NONE: Conditions = { event: null, debtorMark: null, creditorMark: null };
const keep = { rule: 'keep' } as const;
const renew = (text?: string, currency = 'CNY') =>
  ({ rule: 'renew', least: text === undefined ? null : { text, currency } }) as const;

describe('conditions in their form', () => {
  it.each<[string, Partial<Conditions>]>([
    ['/EVENT/customs-1/QUOTE/KEEP', { event: { eventId: 'customs-1', quote: keep } }],
    ['/EVENT/A/QUOTE/RENEW', { event: { eventId: 'A', quote: renew() } }],
    ['/EVENT/a.b:c_d-9/QUOTE/RENEW/MIN/CNY16000.00', { event: { eventId: 'a.b:c_d-9', quote: renew('16000.00') } }],
    ['/EVENT/x/QUOTE/RENEW/MIN/JPY1', { event: { eventId: 'x', quote: renew('1', 'JPY') } }],
    ['/DBTRMARK/road-2026/LEVEL/0', { debtorMark: { markId: 'road-2026', markLevel: 0 } }],
    ['/DBTRMARK/m/LEVEL/31', { debtorMark: { markId: 'm', markLevel: 31 } }],
    ['/CDTRMARK/import', { creditorMark: { markId: 'import' } }],
    ['/UETR/0b7d9c4e-6a1f-4c52-9d3b-8e2f1a5c7d90', {}],
    ['PLEASE PHONE THE BENEFICIARY IN THE EVENT OF DELAY', {}],
    ['/PHONBEN/', {}],
    ['', {}],
  ])('%s', (instruction, conditions) => {
    expect(readConditions([instruction])).toEqual({ conditions: { ...NONE, ...conditions }, fault: null });
  });

  it('may stand together, each in an instruction of its own, among others', () => {
    const given = ['/CDTRMARK/b', 'CALL FIRST', '/EVENT/e/QUOTE/KEEP', '/DBTRMARK/a/LEVEL/2'];
    expect(readConditions(given)).toEqual({
      conditions: {
        event: { eventId: 'e', quote: keep },
        debtorMark: { markId: 'a', markLevel: 2 },
        creditorMark: { markId: 'b' },
      },
      fault: null,
    });
  });
});

describe('conditions that are refused', () => {
  it.each([
    '/EVENT/customs-1',
    '/EVENT/customs-1/',
    '/EVENT//QUOTE/KEEP',
    '/EVENT/-x/QUOTE/KEEP',
    '/EVENT/x/QUOTE/keep',
    '/EVENT/x/QUOTE/KEEP/MIN/CNY1.00',
    '/EVENT/x/QUOTE/RENEW/MIN/1.00',
    '/EVENT/x/QUOTE/RENEW/MIN/CNY1,00',
    '/EVENT/x/QUOTE/RENEW/MIN/CNY-1',
    '/EVENT/x/QUOTE/RENEW/MIN/CNY1.',
    '/EVENT/x/QUOTE/RENEW/MAX/KZT1',
    '/EVENT/x y/QUOTE/KEEP',
    ` /EVENT/x/QUOTE/KEEP`,
    `/EVENT/x/QUOTE/KEEP `,
    '/EVENT/x/QUOTE/KEEP\n',
    '/event/x/QUOTE/KEEP',
    '/ EVENT /x/QUOTE/KEEP',
    'See /EVENT/x/QUOTE/KEEP',
    '/EVENT',
    `/EVENT/${'x'.repeat(65)}/QUOTE/KEEP`,
    '/EVENT/x/QUOTE/KEEP/CDTRMARK/m',
    '/DBTRMARK/m',
    '/DBTRMARK/m/LEVEL/',
    '/DBTRMARK/m/LEVEL/01',
    '/DBTRMARK/m/LEVEL/-1',
    '/DBTRMARK/m/LEVEL/100',
    '/CDTRMARK/',
    '/CDTRMARK/a/b',
    '/CdtrMark/a',
  ])('%j', (instruction) => {
    const { conditions, fault } = readConditions(['CALL FIRST', instruction]);
    expect(conditions).toEqual(NONE);
    expect(fault).toEqual({ at: 2, message: expect.stringContaining('is not in its form') });
  });

  it('a code word that is there twice', () => {
    const { fault } = readConditions(['/CDTRMARK/a', '/CDTRMARK/a']);
    expect(fault).toEqual({ at: 2, message: '/CDTRMARK/ is there twice' });
  });
});

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/);
const amount = fc.stringMatching(/^[A-Z]{3}[0-9]{1,18}(\.[0-9]{1,5})?$/);
const written = fc.oneof(
  id.map((event) => `/EVENT/${event}/QUOTE/KEEP`),
  fc.tuple(id, fc.option(amount)).map(([e, least]) => `/EVENT/${e}/QUOTE/RENEW${least ? `/MIN/${least}` : ''}`),
  fc.tuple(id, fc.integer({ min: 0, max: 99 })).map(([mark, level]) => `/DBTRMARK/${mark}/LEVEL/${level}`),
  id.map((mark) => `/CDTRMARK/${mark}`),
);

/** What was read, written as its payer writes it. */
function again({ event, debtorMark, creditorMark }: Conditions): string {
  if (creditorMark) return `/CDTRMARK/${creditorMark.markId}`;
  if (debtorMark) return `/DBTRMARK/${debtorMark.markId}/LEVEL/${debtorMark.markLevel}`;
  const { eventId, quote } = event!;
  const least = quote.rule === 'renew' && quote.least ? `/MIN/${quote.least.currency}${quote.least.text}` : '';
  return `/EVENT/${eventId}/QUOTE/${quote.rule.toUpperCase()}${least}`;
}

test('what is in its form is read whole, and fits its element', () => {
  fc.assert(
    fc.property(written, (instruction) => {
      const { conditions, fault } = readConditions([instruction]);
      expect(fault).toBeNull();
      expect(again(conditions)).toBe(instruction);
      expect(instruction.length).toBeLessThanOrEqual(140);
    }),
  );
});

test('one wrong character is refused, or says exactly what it says: nothing is guessed', () => {
  const spoilt = fc
    .tuple(written, fc.nat(), fc.string({ minLength: 0, maxLength: 2 }))
    .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1));
  fc.assert(
    fc.property(spoilt, (instruction) => {
      const { conditions, fault } = readConditions([instruction]);
      if (codeWordOf(instruction) === null) expect(conditions).toEqual(NONE);
      else if (fault === null) expect(again(conditions)).toBe(instruction);
    }),
    { numRuns: 1_000 },
  );
});

it.each(CREDIT_TRANSFER_VERSIONS)('%s has room for it', (messageId) => {
  const transaction = catalogueMessage(messageId)?.bodyType.elements.get('CdtTrfTxInf')?.type;
  const instruction = transaction?.kind === 'group' ? transaction.elements.get('InstrForNxtAgt')?.type : undefined;
  const text = instruction?.kind === 'group' ? instruction.elements.get('InstrInf')?.type : undefined;
  expect(text?.name).toBe('Max140Text');
});

it.each<[string, Partial<Conditions>]>([
  ['pacs.008.001.08/waits-for-event.xml', { event: { eventId: 'customs-118-26', quote: renew('16000.00') } }],
  [
    'pacs.008.001.13/marked-at-both-ends.xml',
    { debtorMark: { markId: 'road-2026', markLevel: 0 }, creditorMark: { markId: 'import-2026' } },
  ],
])('%s is read, and breaks no rule', (fixture, conditions) => {
  const message = checked(fixtureText(fixture));
  expect(readInstructions(message)[0]?.conditions).toEqual({ ...NONE, ...conditions });
  expect(checkRules(message, { context: CONTEXT }).filter(({ severity }) => severity === 'error')).toEqual([]);
});
