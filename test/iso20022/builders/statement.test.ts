import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookedEntry } from '../../../src/iso20022/builders/entry.js';
import { buildNotification } from '../../../src/iso20022/builders/notification.js';
import type { NotificationId } from '../../../src/iso20022/builders/releases.js';
import { type AccountStatement, buildAccountReport, buildStatement } from '../../../src/iso20022/builders/statement.js';
import { child, children, text } from '../../../src/iso20022/tree.js';
import type { XmlElement } from '../../../src/iso20022/types.js';
import { writeDocument } from '../../../src/iso20022/writer.js';
import { parseAmount } from '../../../src/kernel/money.js';
import { checked, officialErrors } from '../support/messages.js';
import {
  accounts,
  bics,
  currencies,
  days,
  entriesOf,
  instants,
  maybe,
  minors,
  textUpTo,
  versionsOf,
} from './bounds.js';

const ENTRIES_MAX = 4;
/** So that no balance or total of four entries passes the bound. */
const MINOR_MAX = (10n ** 18n - 1n) / BigInt(ENTRIES_MAX + 1);

const statements: fc.Arbitrary<AccountStatement> = currencies.chain((currency) =>
  fc.record({
    id: textUpTo(64),
    sequenceNumber: maybe(minors(10n ** 18n - 1n)),
    accountId: accounts,
    ownerBic: bics,
    currency: fc.constant(currency),
    from: instants,
    to: instants,
    openingMinor: minors(MINOR_MAX),
    openingDate: days,
    closingDate: days,
    availableMinor: maybe(minors(10n ** 18n - 1n)),
    entries: fc.array(entriesOf(currency, MINOR_MAX), { maxLength: ENTRIES_MAX }),
  }),
);
const orders = fc.record({
  msgId: textUpTo(35),
  creDtTm: instants,
  recipientBic: bics,
  statements: fc.array(statements, { minLength: 1, maxLength: 3 }),
});

const valid = (id: string, root: XmlElement): XmlElement => {
  const document = writeDocument(id, root);
  expect(officialErrors(id, document)).toEqual([]);
  return checked(document).document.root;
};
const minorOf = (stated: XmlElement | undefined, amount: string | undefined, currency: string): bigint => {
  const read = parseAmount(amount ?? '', currency);
  if (!read.ok) throw new Error(read.error);
  return text(stated, 'CdtDbtInd') === 'DBIT' ? -read.value.minor : read.value.minor;
};
const amountIn = (one: XmlElement, currency: string) => minorOf(one, text(one, 'Amt', '#'), currency);

/** The balances of a report by their codes, and their days or times. */
const balancesOf = (report: XmlElement, currency: string) =>
  new Map(
    children(report, 'Bal').map((one) => [
      text(one, 'Tp', 'CdOrPrtry', 'Cd'),
      [amountIn(one, currency), text(one, 'Dt', 'Dt') ?? text(one, 'Dt', 'DtTm')],
    ]),
  );

function agrees(report: XmlElement, of: AccountStatement, closing: readonly [string, string, string]): void {
  const { currency, openingMinor, availableMinor } = of;
  const booked = children(report, 'Ntry').map((one) => amountIn(one, currency));
  const net = booked.reduce((sum, minor) => sum + minor, 0n);
  const [code, available, at] = closing;
  const expected: [string, [bigint, string]][] = [
    ['OPBD', [openingMinor, of.openingDate]],
    [code, [openingMinor + net, at]],
  ];
  if (availableMinor !== null && availableMinor !== undefined) expected.push([available, [availableMinor, at]]);
  expect(balancesOf(report, currency)).toEqual(new Map(expected));
  const total = (name: string) => {
    const one = child(report, 'TxsSummry', name);
    return [Number(text(one, 'NbOfNtries')), minorOf(undefined, text(one, 'Sum'), currency)];
  };
  const size = (minors: bigint[]) => minors.reduce((sum, minor) => sum + (minor < 0n ? -minor : minor), 0n);
  const those = (direction: BookedEntry['direction']) => {
    const entries = children(report, 'Ntry').filter((one) => text(one, 'CdtDbtInd') === direction);
    return [entries.length, size(entries.map((one) => amountIn(one, currency)))];
  };
  expect(total('TtlNtries')).toEqual([of.entries.length, size(booked)]);
  expect(total('TtlCdtNtries')).toEqual(those('CRDT'));
  expect(total('TtlDbtNtries')).toEqual(those('DBIT'));
  const netEntry = child(report, 'TxsSummry', 'TtlNtries', 'TtlNetNtry');
  expect(minorOf(netEntry, text(netEntry, 'Amt'), currency)).toBe(net);
}

const RUNS = { numRuns: 40 };

describe('any account within the bounds', () => {
  test.each(versionsOf('camt.053'))('makes a valid %s whose balances and totals agree with its entries', (id) =>
    fc.assert(
      fc.property(orders, (order) => {
        const read = children(valid(id, buildStatement(order)), 'Stmt');
        for (const [i, one] of order.statements.entries()) agrees(read[i]!, one, ['CLBD', 'CLAV', one.closingDate]);
      }),
      RUNS,
    ),
  );

  test.each(versionsOf('camt.052'))('makes a valid %s whose balances and totals agree with its entries', (id) =>
    fc.assert(
      fc.property(orders, ({ statements: reports, ...heading }) => {
        const read = children(valid(id, buildAccountReport({ ...heading, reports })), 'Rpt');
        for (const [i, one] of reports.entries()) agrees(read[i]!, one, ['ITBD', 'ITAV', one.to]);
      }),
      RUNS,
    ),
  );

  test.each(versionsOf('camt.054'))('makes a valid %s', (id) =>
    fc.assert(
      fc.property(orders, fc.uuid({ version: 4 }), ({ statements, ...heading }, uetr) => {
        const notifications = statements.map((one) => ({
          ...one,
          entries: one.entries.map((entry) => ({ ...entry, msgId: entry.msgId ?? 'M', uetr: entry.uetr ?? uetr })),
        }));
        valid(id, buildNotification({ ...heading, messageId: id as NotificationId, notifications }));
      }),
      RUNS,
    ),
  );
});

describe('a statement is not written', () => {
  const [statement] = fc.sample(statements, { numRuns: 1, seed: 1 });
  const build = (change: Partial<AccountStatement>) => () =>
    buildStatement({
      msgId: 'M',
      creDtTm: '2026-11-23T05:20:03.000Z',
      recipientBic: 'ALTNKZ20',
      statements: [{ ...statement!, currency: 'KZT', entries: [], ...change }],
    });
  const [entry] = fc.sample(entriesOf('CNY', 100n), { numRuns: 1, seed: 1 });

  test.each([
    ['an entry is in another currency', { entries: [entry!] }, 'in the currency of its account'],
    ['a balance has 19 digits', { openingMinor: 10n ** 18n }, 'below 10^18'],
  ])('when %s', (_name, change, message) => {
    expect(build({})).not.toThrow();
    expect(build(change)).toThrow(message);
  });
});
