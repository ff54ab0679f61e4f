import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { balanceQuestionsCodec, balancesCodec } from '../../../src/gateway/jurisdiction-http/balance-codec.js';
import {
  accountsCodec,
  type Codec,
  cancelCodec,
  deliverCodec,
  marksCodec,
  PVP_ITEMS_MAX,
  prepareCodec,
  prepareParts,
  queryCodec,
  refusalsCodec,
  reportsCodec,
  walletsCodec,
} from '../../../src/gateway/jurisdiction-http/codec.js';
import { ByteWriter } from '../../../src/kernel/bytes.js';
import { ERRORS, type ErrorCode, type Refusal } from '../../../src/kernel/errors.js';
import type { Bic, Uetr, WalletId } from '../../../src/kernel/ids.js';
import type { Balance, LegMark, Wallet } from '../../../src/ledger/types.js';
import type { Attestation } from '../../../src/pvp/attestation.js';
import type { CancelItem, DeliverItem, LegReport, PrepareItem } from '../../../src/pvp/jurisdiction-port.js';

const bytes = (maxLength = 40) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
const pvpId = fc.uuid({ version: 4 }).map((text) => text as Uetr);
const time = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });

const statement: fc.Arbitrary<Attestation> = fc.record({
  type: fc.constantFrom('receipt', 'vote', 'applied'),
  leaf: bytes(),
  index: fc.nat(),
  count: fc.nat(),
  path: fc.array(hash, { maxLength: 4 }),
  keyId: text,
  signature: bytes(),
});
const statements = fc.array(statement, { maxLength: 3 });
const delivery: fc.Arbitrary<DeliverItem> = fc.record({ pvpId, receipts: statements, votes: statements });
const wallet: fc.Arbitrary<Wallet> = fc.record({
  walletId: fc.constant('KZ-1' as WalletId),
  kind: fc.constantFrom('customer', 'settlement', 'provider', 'treasury', 'issuer', 'suspense', 'residue', 'fee'),
  ownerBic: fc.constant('ALTNKZ20' as Bic),
  status: fc.constantFrom('open', 'blocked', 'closed'),
});
const minor = fc.bigInt({ min: 0n, max: 10n ** 20n });
const balance: fc.Arbitrary<Balance> = fc.record({
  walletId: fc.constant('KZ-1' as WalletId),
  ...{ availableMinor: minor, heldMinor: minor, markedMinor: minor },
});
const prepared: fc.Arbitrary<PrepareItem> = fc.record({
  pvpId,
  termsBytes: bytes(),
  receipts: statements,
  documentBytes: bytes(),
  quotes: fc.array(bytes(), { maxLength: 3 }),
  authorisation: fc.option(fc.record({ record: bytes(), destination: bytes() })),
});
const refusal = fc.record(
  { code: fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[])), detail: text },
  { requiredKeys: ['code'] },
);
const report: fc.Arbitrary<LegReport> = fc.record({
  pvpId,
  termsHash: fc.option(hash),
  state: fc.constantFrom('NONE', 'HELD', 'VOTED', 'SETTLED', 'RELEASED'),
  receipt: fc.option(statement),
  vote: fc.option(statement),
  peerVotes: statements,
  applied: fc.option(statement),
  refusal: fc.option(refusal),
  holdId: fc.option(text),
  decidedAt: fc.option(time),
});

const distinct = <T extends { readonly pvpId: Uetr }>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(item, { maxLength: 4, selector: (one) => one.pvpId });

const markId = fc.constantFrom('road-2027', 'aid');
const mark: fc.Arbitrary<LegMark> = fc.oneof(
  fc.record({ side: fc.constant('debit' as const), markId, markLevel: fc.nat({ max: 99 }) }),
  fc.record({ side: fc.constant('credit' as const), markId }),
);

/** Each kind of body, its codec and whatever it may hold. */
const BODIES: readonly (readonly [string, Codec<unknown>, fc.Arbitrary<readonly unknown[]>])[] = [
  ['prepare', prepareCodec as Codec<unknown>, distinct(prepared)],
  ['deliver', deliverCodec as Codec<unknown>, distinct(delivery)],
  ['cancel', cancelCodec as Codec<unknown>, distinct(fc.record({ pvpId }))],
  [
    'query',
    queryCodec as Codec<unknown>,
    distinct(fc.tuple(delivery, fc.option(time)).map(([item, prepareBy]) => ({ ...item, prepareBy }))),
  ],
  [
    'accounts',
    accountsCodec as Codec<unknown>,
    fc.array(
      fc.record({
        agentBic: fc.constant('ALTNKZ20'),
        accountId: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 34 })),
      }),
    ),
  ],
  [
    'marks',
    marksCodec as Codec<unknown>,
    fc.array(fc.record({ mark, creditWallet: fc.constant('KZ-FX-PROVIDER') }), { maxLength: 4 }),
  ],
  ['balancesOf', balanceQuestionsCodec as Codec<unknown>, fc.array(fc.constant('KZ-FX-PROVIDER'), { maxLength: 4 })],
  ['balances', balancesCodec as Codec<unknown>, fc.array(fc.option(balance), { maxLength: 4 })],
  ['refusals', refusalsCodec as Codec<unknown>, fc.array(fc.option(refusal), { maxLength: 4 })],
  ['reports', reportsCodec as Codec<unknown>, fc.array(report, { maxLength: 4 })],
  ['wallets', walletsCodec as Codec<unknown>, fc.array(fc.option(wallet), { maxLength: 4 })],
];

/** Codes of newer versions are all read as this one. */
const hasUnknownCode = (read: readonly unknown[]): boolean =>
  (read as readonly (Partial<LegReport & Refusal> | null)[]).some(
    (one) => (one?.refusal ?? one)?.code === 'PEER_ABORTED',
  );

/** What a reader of strangers' bytes may do: answer, or throw this one error. */
function decodeOrNull<T>(codec: Codec<T>, body: Uint8Array): T[] | null {
  try {
    return codec.decode(body);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

describe.each(BODIES)('a body of %s', (_, codec, items) => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(items, (given) => {
        expect(codec.decode(codec.encode(given))).toEqual(given);
      }),
    );
  });

  it('changed in any byte, cut or longer is refused, or is the one encoding of something else', () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }), kind: fc.constantFrom('set', 'cut', 'add') });
    fc.assert(
      fc.property(items, change, (given, { at, to, kind }) => {
        const body = codec.encode(given);
        const place = at % body.length;
        const changed =
          kind === 'set'
            ? Buffer.concat([body.subarray(0, place), Buffer.from([to]), body.subarray(place + 1)])
            : kind === 'cut'
              ? body.subarray(0, place)
              : Buffer.concat([body, Buffer.from([to])]);
        const read = decodeOrNull(codec, changed);
        if (kind !== 'set') expect(read).toBeNull();
        // The table of documents may name them in another order or twice: nothing depends on that.
        else if (read && codec !== (prepareCodec as Codec<unknown>) && !hasUnknownCode(read))
          expect(codec.encode(read)).toEqual(changed);
      }),
    );
  });

  it('of any bytes at all is refused', () => {
    fc.assert(
      fc.property(bytes(200), (body) => {
        expect(decodeOrNull(codec, body)).toBeNull();
      }),
    );
  });
});

const ID = '11111111-1111-4111-8111-111111111111' as Uetr;
const OTHER = '22222222-2222-4222-8222-222222222222' as Uetr;
const item = (id: Uetr, documentBytes: Uint8Array): PrepareItem => ({
  pvpId: id,
  termsBytes: Buffer.from('terms'),
  receipts: [],
  documentBytes,
  quotes: [Buffer.from('quote')],
  authorisation: null,
});

test('a payment twice in one body is refused', () => {
  const twice: CancelItem[] = [{ pvpId: ID }, { pvpId: ID }];
  expect(() => cancelCodec.decode(cancelCodec.encode(twice))).toThrow('twice');
});

test('an id that is not a lower-case UUIDv4 is refused', () => {
  for (const bad of ['AAAAAAAA-1111-4111-8111-111111111111', '11111111-1111-1111-8111-111111111111', ''])
    expect(() => cancelCodec.decode(cancelCodec.encode([{ pvpId: bad as Uetr }]))).toThrow('UUIDv4');
});

test('more items than a body may hold are refused', () => {
  const many = Array.from({ length: PVP_ITEMS_MAX + 1 }, () => ({ agentBic: 'ALTNKZ20' as Bic, accountId: null }));
  expect(() => accountsCodec.decode(accountsCodec.encode(many))).toThrow(RangeError);
});

test('a body of one kind is not one of another', () => {
  expect(() => cancelCodec.decode(deliverCodec.encode([]))).toThrow('no cancel');
  const other = new ByteWriter()
    .text('otkel/pvp/http/v2')
    .text('cancel')
    .list([], () => {})
    .finish();
  expect(() => cancelCodec.decode(other)).toThrow('no cancel');
});

test('a refusal of a newer version is read, and so is everything else in its batch', () => {
  const told: LegReport = {
    ...{ pvpId: ID, state: 'RELEASED', termsHash: null, receipt: null, vote: null, peerVotes: [], applied: null },
    ...{ refusal: { code: 'FUNDS_INSUFFICIENT', detail: 'd' }, holdId: null, decidedAt: 1 },
  };
  const newer = { ...told, pvpId: OTHER, refusal: { code: 'MOON_IN_THE_WRONG_PLACE' as ErrorCode } };
  const read = reportsCodec.decode(reportsCodec.encode([told, newer]));
  expect(read).toEqual([told, { ...newer, refusal: { code: 'PEER_ABORTED' } }]);
  const malformed = { ...newer, refusal: { code: 'no code' as ErrorCode } };
  expect(() => reportsCodec.decode(reportsCodec.encode([malformed]))).toThrow('malformed');
});

test('more statements about a payment than its legs can make are refused before any is verified', () => {
  const leaf = Buffer.alloc(100);
  const one: Attestation = { type: 'vote', leaf, index: 0, count: 1, path: [], keyId: 'k', signature: leaf };
  const votes = (count: number) => [{ pvpId: ID, receipts: [], votes: Array.from({ length: count }, () => one) }];
  expect(deliverCodec.decode(deliverCodec.encode(votes(16)))[0]?.votes).toHaveLength(16);
  expect(() => deliverCodec.decode(deliverCodec.encode(votes(17)))).toThrow('more statements');
});

test('a document that two payments share travels once, and is one object again', () => {
  const shared = Buffer.alloc(10_000, 'x');
  const body = prepareCodec.encode([item(ID, shared), item(OTHER, shared)]);
  expect(body.length).toBeLessThan(11_000);
  const [first, second] = prepareCodec.decode(body);
  expect(first?.documentBytes).toEqual(shared);
  expect(first?.documentBytes).toBe(second?.documentBytes);
});

test('what a jurisdiction keeps is not a part of the body', () => {
  const body = prepareCodec.encode([item(ID, Buffer.alloc(10_000, 'x'))]);
  const [read] = prepareCodec.decode(body);
  expect(read?.termsBytes.buffer).not.toBe(body.buffer);
});

describe('a batch is cut in parts', () => {
  const uuid = (n: number): Uetr => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}` as Uetr;
  const lengths = (items: readonly PrepareItem[], most: number) => prepareParts(items, most).map((part) => part.length);

  test('by the size of its documents; one that is too large alone is a part', () => {
    const items = [10_000, 10_000, 90_000, 10_000].map((size, i) => item(uuid(i), Buffer.alloc(size)));
    expect(lengths(items, 40_000)).toEqual([2, 1, 1]);
    expect(prepareParts(items, 40_000).flat()).toEqual(items);
  });

  test('a shared document counts once', () => {
    const shared = Buffer.alloc(30_000);
    const items = Array.from({ length: 20 }, (_, i) => item(uuid(i), shared));
    expect(lengths(items, 120_000)).toEqual([20]);
  });

  test('by the number of payments', () => {
    const shared = Buffer.alloc(1);
    const items = Array.from({ length: PVP_ITEMS_MAX + 1 }, (_, i) => item(uuid(i), shared));
    expect(lengths(items, Number.POSITIVE_INFINITY)).toEqual([PVP_ITEMS_MAX, 1]);
  });

  test('an empty batch has none', () => {
    expect(prepareParts([], 1)).toEqual([]);
  });
});
