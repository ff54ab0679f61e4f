import { beforeEach, expect, it } from 'vitest';
import type { ConvertCommand } from '../../../src/ledger/domestic/conversion.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { BANK, bic, codes, done, issue, money, open, openLedger, w } from '../support.js';
import { onBothStores } from './support.js';

const OTHER = bic('BBBBKZ20');
const convert = (
  reference: string,
  nonCashEntry: string,
  amountMinor: bigint,
  more: Partial<ConvertCommand> = {},
): ConvertCommand => ({
  ...{ kind: 'convert', by: BANK, reference, direction: 'toDigital', bankWallet: w('bank'), clientWallet: w('client') },
  ...{ amountMinor, nonCashEntry, ...more },
});

onBothStores('conversion', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  beforeEach(async () => {
    store = await fresh();
    ledger = await openLedger(store);
    await codes(ledger, [
      open('bank', 'settlement'),
      open('client'),
      open('second'),
      open('theirs', 'customer', OTHER),
    ]);
    await codes(ledger, [open('their-bank', 'settlement', OTHER), issue('i1', 'bank', 100n)]);
  });
  const sums = async () => [await money(ledger, 'bank'), await money(ledger, 'client')];
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('moves digital money between the bank and its client, both ways', async () => {
    await done(ledger, convert('k1', 'books-1', 60n));
    expect(await sums()).toEqual(['40/0', '60/0']);
    const { transactionId } = await done(ledger, convert('k2', 'books-2', 25n, { direction: 'toNonCash' }));
    expect(await sums()).toEqual(['65/0', '35/0']);
    const [{ transaction }] = (await store.topic(`conversion:${BANK}/books-2`, null, 2)) as [
      Awaited<ReturnType<LedgerStore['topic']>>[number],
    ];
    expect(Buffer.from(transaction.transactionId)).toEqual(Buffer.from(transactionId!));
    expect(await createLedgerReads(store).supply(null)).toMatchObject({ issuedMinor: 100n, redeemedMinor: 0n });
    await agrees();
  });

  it('an entry in the books is converted once; each bank has books of its own', async () => {
    await done(ledger, convert('k1', 'books-1', 60n));
    expect(await codes(ledger, [convert('k2', 'books-1', 60n), convert('k3', 'books-1', 1n)])).toEqual([
      ...['ENTRY_EXISTS', 'ENTRY_EXISTS'],
    ]);
    await codes(ledger, [issue('i2', 'their-bank', 5n)]);
    const theirs = { by: OTHER, bankWallet: w('their-bank'), clientWallet: w('theirs') };
    expect(await codes(ledger, [convert('k4', 'books-1', 5n, theirs)])).toEqual(['ok']);
    expect(await sums()).toEqual(['40/0', '60/0']);
    await agrees();
  });

  it('the same again answers the first outcome; anything else under its key is a conflict', async () => {
    const first = await done(ledger, convert('k1', 'books-1', 60n));
    expect(await done(ledger, convert('k1', 'books-1', 60n))).toEqual(first);
    const others = [
      convert('k1', 'books-1', 61n),
      convert('k1', 'books-9', 60n),
      convert('k1', 'books-1', 60n, { direction: 'toNonCash' }),
      convert('k1', 'books-1', 60n, { clientWallet: w('second') }),
    ];
    expect(await codes(ledger, others)).toEqual(Array(4).fill('IDEMPOTENCY_CONFLICT'));
    expect(await sums()).toEqual(['40/0', '60/0']);
  });

  it.each([
    ['more than the bank has', convert('k', 'b', 101n), 'FUNDS_INSUFFICIENT'],
    ['more than the client has', convert('k', 'b', 1n, { direction: 'toNonCash' }), 'FUNDS_INSUFFICIENT'],
    ["another bank's client", convert('k', 'b', 1n, { clientWallet: w('theirs') }), 'FORBIDDEN'],
    ["another bank's own wallet", convert('k', 'b', 1n, { bankWallet: w('their-bank') }), 'FORBIDDEN'],
    ["a client's wallet as the bank's", convert('k', 'b', 1n, { bankWallet: w('second') }), 'WALLET_KIND'],
    ["the bank's own as a client's", convert('k', 'b', 1n, { clientWallet: w('bank') }), 'WALLET_KIND'],
    ['no such client', convert('k', 'b', 1n, { clientWallet: w('nobody') }), 'WALLET_UNKNOWN'],
    ['no such bank wallet', convert('k', 'b', 1n, { bankWallet: w('nobody') }), 'WALLET_UNKNOWN'],
    ['nothing', convert('k', 'b', 0n), 'AMOUNT_ZERO'],
    ['no entry in the books', convert('k', '', 1n), 'BAD_REQUEST'],
    ['an entry of 129 characters', convert('k', 'x'.repeat(129), 1n), 'BAD_REQUEST'],
  ])('refuses %s', async (_, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await sums()).toEqual(['100/0', '0/0']);
    // Nothing was noted: the entry in the books may still be converted.
    if (command.nonCashEntry === 'b') expect(await codes(ledger, [convert('k2', 'b', 1n)])).toEqual(['ok']);
  });

  it.each([
    ['blocked', 'WALLET_BLOCKED'],
    ['closed', 'WALLET_CLOSED'],
  ] as const)('refuses a client whose wallet is %s', async (to, code) => {
    await done(ledger, { kind: 'setWalletStatus', walletId: w('client'), status: to });
    expect(await codes(ledger, [convert('k', 'b', 1n)])).toEqual([code]);
  });
});
