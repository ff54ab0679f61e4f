/** Inputs of the builders up to their bounds. */
import fc from 'fast-check';
import type { BookedEntry } from '../../../src/iso20022/builders/entry.js';
import { CATALOGUE_MESSAGE_IDS } from '../../../src/iso20022/catalogue/catalogue.js';
import { formatMinor } from '../../../src/kernel/money.js';

export const versionsOf = (base: string) => CATALOGUE_MESSAGE_IDS.filter((id) => id.startsWith(`${base}.`));

const UNITS = [...'abcXYZ019 .,-/&<>"\'é中Қ', '😀', ']]>'];

/** Text of 1 to `most` characters, often exactly that many. */
export const textUpTo = (most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...UNITS), fc.oneof(fc.integer({ min: 1, max: most }), fc.constant(most)))
    .chain(([unit, length]) =>
      fc
        .array(fc.constantFrom(...UNITS), { minLength: length - 1, maxLength: length - 1 })
        .map((rest) => [...[...rest, unit].join('')].slice(0, length).join('')),
    );

/** Of the form that every version knows: six letters first. */
export const bics = fc.constantFrom('ALTNKZ20', 'LONGCN20', 'OTKLKZ20', 'JADECN20XXX', 'DALAKZ2Z123');
export const currencies = fc.constantFrom('KZT', 'CNY', 'JPY', 'KWD');
export const minors = (max: bigint): fc.Arbitrary<bigint> => fc.oneof(fc.bigInt(0n, max), fc.constant(max));
export const amountOf = (currency: string, max: bigint) =>
  minors(max).map((minor) => ({ text: formatMinor(minor, currency), currency }));
export const days = fc.constantFrom('2026-11-23', '2028-02-29');
export const instants = fc.constantFrom('2026-11-23T05:20:03.000Z', '2026-11-23T10:20:03+05:00');
/** What a message may lack. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** With the shape of an IBAN and without. */
export const accounts = fc.oneof(fc.constantFrom('KZ419010001000000001', '6222020000000000001'), textUpTo(34));

const rates = fc.constantFrom('0.0153', '65.359477124', '1');

const exchanges = fc.tuple(currencies, currencies).chain(([source, target]) =>
  fc.record({
    sourceAmount: amountOf(source, 10n ** 18n - 1n),
    targetAmount: amountOf(target, 10n ** 18n - 1n),
    rate: rates,
    quoteId: maybe(fc.uuid({ version: 4 })),
  }),
);

/** Entries of one account of which each is at most `max` minor units. References may be longer than their place. */
export const entriesOf = (currency: string, max: bigint): fc.Arbitrary<BookedEntry> =>
  fc.record({
    amount: amountOf(currency, max),
    direction: fc.constantFrom('CRDT' as const, 'DBIT' as const),
    bookingDate: days,
    valueDate: days,
    servicerRef: textUpTo(64),
    proprietaryCode: maybe(textUpTo(64)),
    msgId: maybe(textUpTo(35)),
    instrId: maybe(textUpTo(35)),
    endToEndId: maybe(textUpTo(35)),
    txId: maybe(textUpTo(35)),
    uetr: maybe(fc.uuid({ version: 4 })),
    exchange: maybe(exchanges),
    debtorName: maybe(textUpTo(200)),
    debtorAccount: maybe(accounts),
    creditorName: maybe(textUpTo(200)),
    creditorAccount: maybe(accounts),
    debtorAgent: maybe(bics),
    creditorAgent: maybe(bics),
  });
