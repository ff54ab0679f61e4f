import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/kernel/errors.js';
import { AMOUNT_MINOR_LIMIT } from '../../src/ledger/amount.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import {
  BANK,
  bic,
  codes,
  issue,
  open,
  openLedger,
  place,
  release,
  settle,
  tombstone,
  transfer,
  w,
} from './support.js';

/** Before each row: a 1000 and b 0 open, c closed, d blocked; p-held is held, p-settled and p-released ended. */
const before: LedgerCommand[] = [
  ...['a', 'b', 'c', 'd'].map((id) => open(id)),
  open('s', 'settlement'),
  issue('i1', 'a', 1060n),
  transfer('t1', 'a', 'b', 10n),
  place('p-held', 'a', 'b', 10n),
  place('p-settled', 'a', 'b', 40n),
  place('p-released', 'a', 'b', 30n),
  settle('p-settled'),
  release('p-released'),
  { kind: 'setWalletStatus', walletId: w('c'), status: 'closed' },
  { kind: 'setWalletStatus', walletId: w('d'), status: 'blocked' },
  { kind: 'registerAccount', agentBic: BANK, accountId: 'KZ01', walletId: w('a') },
];
const status = (id: string, to: 'open' | 'blocked' | 'closed'): LedgerCommand => ({
  ...{ kind: 'setWalletStatus', walletId: w(id), status: to },
});
const account = (accountId: string, id: string, agent = BANK): LedgerCommand => ({
  ...{ kind: 'registerAccount', agentBic: agent, accountId, walletId: w(id) },
});
const charged = (id: string, amountMinor: bigint) => ({ charge: { walletId: w(id), amountMinor } });
const rebuild = { heldAt: 1, suspenseWallet: w('b') };
const other = new Uint8Array(32).fill(8);
const consolidate = (id: string, inputCountMax = 10): LedgerCommand => ({
  ...{ kind: 'consolidate', walletId: w(id), inputCountMax },
});

const rows: readonly (readonly [what: string, command: LedgerCommand, code: ErrorCode | 'ok'])[] = [
  ['openWallet: id malformed', open('a b'), 'BAD_REQUEST'],
  ['openWallet: owner malformed', open('x', 'customer', bic('kz')), 'BAD_REQUEST'],
  ['openWallet: same again', open('a'), 'ok'],
  ['openWallet: same id, other kind', open('a', 'treasury'), 'WALLET_EXISTS'],
  ['openWallet: second settlement wallet', open('s2', 'settlement', bic('AAAAKZ20XXX')), 'WALLET_EXISTS'],
  ['setWalletStatus: id malformed', status('a b', 'open'), 'BAD_REQUEST'],
  ['setWalletStatus: unknown', status('x', 'open'), 'WALLET_UNKNOWN'],
  ['setWalletStatus: closed stays closed', status('c', 'open'), 'WALLET_CLOSED'],
  ['setWalletStatus: not empty', status('a', 'closed'), 'WALLET_NOT_EMPTY'],
  ['setWalletStatus: blocked is not closed', status('d', 'closed'), 'WALLET_BLOCKED'],
  ['setWalletStatus: unblocked', status('d', 'open'), 'ok'],
  ['registerAccount: agent malformed', account('KZ02', 'a', bic('kz')), 'BAD_REQUEST'],
  ['registerAccount: empty account', account('', 'a'), 'BAD_REQUEST'],
  ['registerAccount: wallet unknown', account('KZ02', 'x'), 'WALLET_UNKNOWN'],
  ['registerAccount: taken', account('KZ01', 'b'), 'ACCOUNT_TAKEN'],
  ['registerAccount: same again', account('KZ01', 'a', bic('AAAAKZ20XXX')), 'ok'],
  ['issue: reference malformed', issue('i\u00002', 'a', 1n), 'BAD_REQUEST'],
  ['issue: zero', issue('i2', 'a', 0n), 'AMOUNT_ZERO'],
  ['issue: negative', issue('i2', 'a', -1n), 'BAD_REQUEST'],
  ['issue: above the limit', issue('i2', 'a', AMOUNT_MINOR_LIMIT), 'AMOUNT_TOO_LARGE'],
  ['issue: supply above the limit', issue('i2', 'a', AMOUNT_MINOR_LIMIT - 1n), 'AMOUNT_TOO_LARGE'],
  ['issue: unknown', issue('i2', 'x', 1n), 'WALLET_UNKNOWN'],
  ['issue: closed', issue('i2', 'c', 1n), 'WALLET_CLOSED'],
  ['issue: blocked', issue('i2', 'd', 1n), 'WALLET_BLOCKED'],
  ['issue: reference of a transfer', issue('t1', 'b', 10n), 'IDEMPOTENCY_CONFLICT'],
  ['issue: same again', issue('i1', 'a', 1060n), 'ok'],
  ['transfer: to itself', transfer('t2', 'a', 'a', 1n), 'BAD_REQUEST'],
  ['transfer: zero', transfer('t2', 'a', 'b', 0n), 'AMOUNT_ZERO'],
  ['transfer: payer unknown', transfer('t2', 'x', 'b', 1n), 'WALLET_UNKNOWN'],
  ['transfer: payer blocked', transfer('t2', 'd', 'b', 1n), 'WALLET_BLOCKED'],
  ['transfer: payee closed', transfer('t2', 'a', 'c', 1n), 'WALLET_CLOSED'],
  ['transfer: payee blocked', transfer('t2', 'a', 'd', 1n), 'WALLET_BLOCKED'],
  ['transfer: held money', transfer('t2', 'a', 'b', 1001n), 'FUNDS_INSUFFICIENT'],
  ['transfer: all that is free', transfer('t2', 'a', 'b', 1000n), 'ok'],
  ['transfer: same again', transfer('t1', 'a', 'b', 10n), 'ok'],
  ['transfer: same reference, other amount', transfer('t1', 'a', 'b', 11n), 'IDEMPOTENCY_CONFLICT'],
  ['transfer: same reference, other payee', transfer('t1', 'a', 's', 10n), 'IDEMPOTENCY_CONFLICT'],
  ['consolidate: one at a time', consolidate('a', 1), 'BAD_REQUEST'],
  ['consolidate: unknown', consolidate('x'), 'WALLET_UNKNOWN'],
  ['consolidate: nothing to merge', consolidate('s'), 'ok'],
  ['consolidate: two tokens', consolidate('b'), 'ok'],
  ['placeHold: hash of no 32 bytes', place('p', 'a', 'b', 1n, { conditionHash: new Uint8Array(31) }), 'BAD_REQUEST'],
  ['placeHold: charge', place('p', 'a', 'b', 10n, charged('s', 1n)), 'ok'],
  ['placeHold: charge of nothing', place('p', 'a', 'b', 10n, charged('s', 0n)), 'BAD_REQUEST'],
  ['placeHold: charge of all', place('p', 'a', 'b', 10n, charged('s', 10n)), 'BAD_REQUEST'],
  ['placeHold: charge for the payer', place('p', 'a', 'b', 10n, charged('a', 1n)), 'BAD_REQUEST'],
  ['placeHold: charge for the payee', place('p', 'a', 'b', 10n, charged('b', 1n)), 'BAD_REQUEST'],
  ['placeHold: charge for no wallet id', place('p', 'a', 'b', 10n, charged('a b', 1n)), 'BAD_REQUEST'],
  ['placeHold: charge for nobody', place('p', 'a', 'b', 10n, charged('x', 1n)), 'WALLET_UNKNOWN'],
  ['placeHold: charge for a closed wallet', place('p', 'a', 'b', 10n, charged('c', 1n)), 'WALLET_CLOSED'],
  [
    'placeHold: charge of marked money',
    place('p', 'a', 'b', 10n, { ...charged('s', 1n), mark: { side: 'debit', markId: 'm', markLevel: 0 } }),
    'BAD_REQUEST',
  ],
  ['placeHold: zero', place('p', 'a', 'b', 0n), 'AMOUNT_ZERO'],
  ['placeHold: to itself', place('p', 'a', 'a', 1n), 'BAD_REQUEST'],
  ['placeHold: payer unknown', place('p', 'x', 'b', 1n), 'WALLET_UNKNOWN'],
  ['placeHold: payee unknown', place('p', 'a', 'x', 1n), 'WALLET_UNKNOWN'],
  ['placeHold: payer blocked', place('p', 'd', 'b', 1n), 'WALLET_BLOCKED'],
  ['placeHold: payee closed', place('p', 'a', 'c', 1n), 'WALLET_CLOSED'],
  ['placeHold: funds', place('p', 'a', 'b', 1001n), 'FUNDS_INSUFFICIENT'],
  [
    'placeHold: mark unknown',
    place('p', 'a', 'b', 1n, { mark: { side: 'debit', markId: 'm1', markLevel: 0 } }),
    'MARK_UNKNOWN',
  ],
  [
    'placeHold: level of no mark',
    place('p', 'a', 'b', 1n, { mark: { side: 'debit', markId: 'm1', markLevel: -1 } }),
    'BAD_REQUEST',
  ],
  ['placeHold: other terms', place('p-held', 'a', 'b', 1n, { conditionHash: other }), 'TERMS_CONFLICT'],
  [
    'placeHold: rebuild with no suspense wallet',
    place('p', 'a', 's', 1001n, { rebuild: { ...rebuild, suspenseWallet: w('x') } }),
    'WALLET_UNKNOWN',
  ],
  ['placeHold: rebuild, funds gone everywhere', place('p', 'a', 's', 1001n, { rebuild }), 'FUNDS_INSUFFICIENT'],
  ['placeHold: rebuild of a closed payee', place('p', 'a', 'c', 1000n, { rebuild }), 'ok'],
  ['settleHold: unknown', settle('p'), 'HOLD_UNKNOWN'],
  ['settleHold: other terms', settle('p-held', other), 'TERMS_CONFLICT'],
  ['settleHold: released', settle('p-released'), 'HOLD_STATE'],
  ['settleHold: again', settle('p-settled'), 'ok'],
  ['releaseHold: unknown', release('p'), 'HOLD_UNKNOWN'],
  ['releaseHold: other terms', release('p-held', other), 'TERMS_CONFLICT'],
  ['releaseHold: settled', release('p-settled'), 'HOLD_STATE'],
  ['releaseHold: again', release('p-released'), 'ok'],
  ['tombstoneHold: reference malformed', tombstone(''), 'BAD_REQUEST'],
  ['tombstoneHold: of an open hold', tombstone('p-held'), 'ok'],
];

describe('ledger commands', () => {
  it.each(rows)('%s', async (_what, command, code) => {
    const store = createMemoryStore();
    const ledger = await openLedger(store);
    expect(await codes(ledger, before)).toEqual(before.map(() => 'ok'));
    const head = await store.head();
    expect(await codes(ledger, [command])).toEqual([code]);
    if (code !== 'ok') expect(await store.head()).toEqual(head);
    expect(await store.sums()).toMatchObject({ walletMismatchCount: 0 });
  });

  it('answers QUEUE_FULL when too much waits', async () => {
    const ledger = await openLedger(createMemoryStore(), { queueMax: 2 });
    expect(await codes(ledger, [open('a'), open('b'), open('c')])).toEqual(['ok', 'ok', 'QUEUE_FULL']);
  });
});
