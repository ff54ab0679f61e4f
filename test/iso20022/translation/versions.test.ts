import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInstructions } from '../../../src/iso20022/instruction.js';
import { translateCreditTransfer } from '../../../src/iso20022/translate.js';
import { type Difference, isLoss } from '../../../src/iso20022/translation/difference.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../../src/iso20022/translation/version-steps.js';
import { children } from '../../../src/iso20022/tree.js';
import type { CheckedMessage, XmlElement, XmlNode } from '../../../src/iso20022/types.js';
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

const TX = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]';

/** Paths of values that differ between source and destination and that no row explains. */
function unexplained(source: CheckedMessage, destination: XmlElement, report: readonly Difference[]): string[] {
  // One of a list and a single element are the same place.
  const plain = (path: string) => path.replaceAll('[1]', '');
  const places = (end: 'from' | 'to') =>
    report.flatMap((row) => (row[end]?.startsWith(TX) ? [plain(row[end].slice(TX.length))] : []));
  const values = (root: XmlElement) =>
    new Map(valuesOf(children(root, 'CdtTrfTxInf')[0] ?? {}).map(([path, value]) => [plain(path), value]));
  const isTold = (path: string, told: readonly string[]) =>
    told.some((place) => path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}[`));
  const [before, after] = [values(source.document.root), values(destination)];
  const [from, to] = [places('from'), places('to')];
  const lost = [...before].filter(([path, value]) => after.get(path) !== value && !isTold(path, from));
  const appeared = [...after].filter(([path, value]) => before.get(path) !== value && !isTold(path, to));
  return [...lost, ...appeared].map(([path]) => path);
}

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
        expect(unexplained(message, first.value.root, first.value.differences)).toEqual([]);
      }),
      { numRuns: 6, seed: 8, endOnFailure: true },
    );
    expect(translated).toBeGreaterThan(0);
  });
});

/** The agents of the route, which every leg moves on, and what each leg states anew. */
const OF_THE_LEG = /^(?:PrvsInstgAgt|InstgAgt|InstdAgt|IntrmyAgt|IntrBkSttlm|XchgRate|AgrdRate)/;

const keptOf = (message: CheckedMessage): XmlElement =>
  Object.fromEntries(
    Object.entries(children(message.document.root, 'CdtTrfTxInf')[0] ?? {}).filter(([name]) => !OF_THE_LEG.test(name)),
  );

/** Texts by path. The year of a tax period is what counts of its date; a decimal and a year are without white space. */
function valuesOf(node: XmlNode | readonly XmlNode[], path = ''): [string, string][] {
  if (typeof node === 'string')
    return [[path, path.endsWith('/Prd/Yr') ? node.trim().replace(/(?<=\d{4})-.*/, '') : node]];
  if (Array.isArray(node)) return node.flatMap((one, at) => valuesOf(one as XmlNode, `${path}[${at + 1}]`));
  return Object.entries(node as XmlElement).flatMap(([name, value]) =>
    value === undefined ? [] : valuesOf(value as XmlNode, `${path}/${name}`),
  );
}

// Each hop names no quote: its mark in remittance would be added on the way back.
const hop = (message: CheckedMessage, to: string) =>
  translateCreditTransfer(message, 0, orderOf(to, { quoteId: null }));

/** What `message` says after it went to `there` and back; null when a discount or tax has a type too long for it. */
function thereAndBack(message: CheckedMessage, there: string): XmlElement | null {
  const out = hop(message, there);
  if (!out.ok) {
    expect(out.error).toMatchObject({
      code: 'SCREENING_DATA_LOST',
      detail: expect.stringMatching(/\/(?:DscntApldAmt|TaxAmt)\[\d+\] in /),
    });
    return null;
  }
  const lost = out.value.differences.filter(isLoss).map(({ from }) => from ?? '');
  expect(lost.filter((path) => !LEG_LOSSES.test(path))).toEqual([]);
  const back = hop(checked(out.value.bytes), message.document.messageId);
  if (!back.ok) throw new Error(`${back.error.code} ${back.error.detail}`);
  return keptOf(checked(back.value.bytes));
}

/** What no next leg gets, whatever its version: the settlement of the group, agents that the route has consumed. */
const LEG_LOSSES = /\/GrpHdr\/(?:BtchBookg|SttlmInf\/)|\/CdtTrfTxInf\[1\]\/(?:PrvsInstgAgt\d?|IntrmyAgt\d)(?:Acct)?$/;

describe('there and back', () => {
  test('.08 -> .13 -> .08 is the same transaction, value by value', () => {
    let compared = 0;
    fc.assert(
      fc.property(messages('pacs.008.001.08'), (message) => {
        const back = thereAndBack(message, 'pacs.008.001.13');
        if (back === null) return;
        compared += 1;
        const source = { ...keptOf(message) };
        source.PmtId = { ...(source.PmtId as XmlElement), UETR: orderOf('').uetr };
        source.InstdAmt ??= children(message.document.root, 'CdtTrfTxInf')[0]?.IntrBkSttlmAmt;
        expect(Object.fromEntries(valuesOf(back))).toEqual(Object.fromEntries(valuesOf(source)));
      }),
      { numRuns: 200, seed: 13, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(160);
  });

  const UPWARD = PAIRS.filter(([from, to]) => from < to);
  test.each(UPWARD)('nothing of a %s is lost through %s', (from, to) => {
    fc.assert(
      fc.property(messages(from), (message) => {
        const back = thereAndBack(message, to);
        if (back === null) return;
        const after = new Map(valuesOf(back));
        const given = valuesOf(keptOf(message)).filter(([path]) => path !== '/PmtId/UETR');
        expect(given.filter(([path, value]) => after.get(path) !== value)).toEqual([]);
      }),
      { numRuns: 8, seed: 21, endOnFailure: true },
    );
  });
});
