import { beforeEach, expect, it } from 'vitest';
import { decodeTransaction } from '../../../src/ledger/canonical.js';
import { type MoneyRequest, requestOf } from '../../../src/ledger/domestic/request.js';
import { sweepDue } from '../../../src/ledger/domestic/sweep.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { BANK, bic, codes, done, manualClock, money, open, openLedger, T0, transfer, w } from '../support.js';
import { onBothStores } from './support.js';

const OTHER = bic('BBBBKZ20');
const DAY_MS = 86_400_000;
type Ask = Extract<LedgerCommand, { kind: 'requestMoney' }>;
const ask = (requestId: string, amountMinor: bigint, more: Partial<Ask> = {}): Ask => ({
  ...{ kind: 'requestMoney', by: BANK, requestId, direction: 'issuance', walletId: w('bank'), amountMinor },
  ...{ lifeMs: DAY_MS, ...more },
});
const redeem = (requestId: string, amountMinor: bigint, more: Partial<Ask> = {}): Ask =>
  ask(requestId, amountMinor, { direction: 'redemption', ...more });
const approve = (requestId: string, keyId: string, walletId = 'bank'): LedgerCommand => ({
  ...{ kind: 'approveRequest', requestId, keyId, walletId: w(walletId) },
});
const refuse = (requestId: string, keyId: string, reason = 'no collateral'): LedgerCommand => ({
  ...{ kind: 'refuseRequest', requestId, keyId, reason },
});
const expire = (requestId: string): LedgerCommand => ({ kind: 'expireRequest', requestId });
const status = (walletId: string, to: 'open' | 'blocked' | 'closed'): LedgerCommand => ({
  ...{ kind: 'setWalletStatus', walletId: w(walletId), status: to },
});

onBothStores('issuance and redemption', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock: ReturnType<typeof manualClock>;

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    await codes(ledger, [open('bank', 'settlement'), open('client'), open('theirs', 'settlement', OTHER)]);
  });
  const requested = async (requestId: string): Promise<MoneyRequest> => {
    const [entry] = await store.entries([{ kind: 'request', entryId: requestId }]);
    return requestOf(entry!);
  };
  /** Each command in a block of its own. */
  const inTurn = async (...commands: LedgerCommand[]): Promise<string[]> => {
    const answers: string[] = [];
    for (const command of commands) answers.push(...(await codes(ledger, [command])));
    return answers;
  };
  const supply = async (sequence: bigint | null = null) => {
    const found = await createLedgerReads(store).supply(sequence);
    return found && `${found.issuedMinor}-${found.redeemedMinor}`;
  };
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('the second of two officers issues, in the block of the approval', async () => {
    expect(await inTurn(ask('r1', 700n), approve('r1', 'officer-1'))).toEqual(['ok', 'ok']);
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['0/0', '0-0']);
    expect((await requested('r1')).decision).toMatchObject({ status: 'requested', approvedBy: ['officer-1'] });
    const { blockSequence, transactionId } = await done(ledger, approve('r1', 'officer-2'));
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['700/0', '700-0']);
    expect((await requested('r1')).decision).toMatchObject({
      ...{ status: 'approved', approvedBy: ['officer-1', 'officer-2'], refusedBy: null },
    });
    const transaction = await store.transaction(transactionId!);
    expect(transaction).toMatchObject({ kind: 'issue', blockSequence, amountMinor: 700n, creditWallet: 'bank' });
    expect(decodeTransaction(transaction!.body).entries).toMatchObject([
      { kind: 'request', entryId: 'r1', open: false },
    ]);
    await agrees();
  });

  it('the same officer twice is one officer', async () => {
    await inTurn(ask('r1', 700n), approve('r1', 'officer-1'));
    expect((await done(ledger, approve('r1', 'officer-1'))).transactionId).toBeNull();
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['0/0', '0-0']);
    expect(await codes(ledger, [approve('r1', 'officer-1'), approve('r1', 'officer-2')])).toEqual(['ok', 'ok']);
    expect(await supply()).toBe('700-0');
  });

  it('two approvals in one block issue once; a third finds it decided', async () => {
    await inTurn(ask('r1', 700n));
    const keys = ['officer-1', 'officer-2', 'officer-3', 'officer-2'];
    expect(
      await codes(
        ledger,
        keys.map((key) => approve('r1', key)),
      ),
    ).toEqual(['ok', 'ok', 'REQUEST_STATE', 'ok']);
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['700/0', '700-0']);
    await agrees();
  });

  it('redemption burns at the second approval, and change stays', async () => {
    await inTurn(ask('r1', 700n), approve('r1', 'a'), approve('r1', 'b'), redeem('r2', 300n), approve('r2', 'a'));
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['700/0', '700-0']);
    const { transactionId } = await done(ledger, approve('r2', 'b'));
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['400/0', '700-300']);
    expect(await store.transaction(transactionId!)).toMatchObject({ kind: 'redeem', debitWallet: 'bank' });
    const [entry] = await store.statement(w('bank'), null, 1);
    expect(entry).toMatchObject({ direction: 'debit', counterparty: null, amountMinor: 300n, reference: 'r2' });
    await agrees();
  });

  it('money that is gone by the second approval is not burnt, and the request waits on', async () => {
    await inTurn(ask('r1', 700n), approve('r1', 'a'), approve('r1', 'b'), redeem('r2', 700n), approve('r2', 'a'));
    await done(ledger, transfer('t1', 'bank', 'client', 1n));
    expect(await codes(ledger, [approve('r2', 'b')])).toEqual(['FUNDS_INSUFFICIENT']);
    expect((await requested('r2')).decision).toMatchObject({ status: 'requested', approvedBy: ['a'] });
    await done(ledger, transfer('t2', 'client', 'bank', 1n));
    expect(await codes(ledger, [approve('r2', 'b')])).toEqual(['ok']);
    expect([await money(ledger, 'bank'), await supply()]).toEqual(['0/0', '700-700']);
    await agrees();
  });

  it('one officer refuses, with a reason; nobody approves it then', async () => {
    await inTurn(ask('r1', 700n), approve('r1', 'a'));
    expect(await inTurn(refuse('r1', 'b'), refuse('r1', 'b'))).toEqual(['ok', 'ok']);
    expect((await requested('r1')).decision).toEqual({
      ...{ status: 'refused', approvedBy: ['a'], refusedBy: 'b', reason: 'no collateral' },
    });
    expect(await inTurn(approve('r1', 'c'), refuse('r1', 'c'), refuse('r1', 'b', 'another'))).toEqual(
      Array(3).fill('REQUEST_STATE'),
    );
    expect(await supply()).toBe('0-0');
    await agrees();
  });

  it('a request expires at its time, by the clock of the ledger', async () => {
    await inTurn(ask('r1', 700n), approve('r1', 'a'), ask('r2', 5n, { lifeMs: DAY_MS + 1 }));
    clock.advance(DAY_MS - 1);
    expect(await inTurn(expire('r1'))).toEqual(['REQUEST_STATE']);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(0);
    clock.advance(1);
    // Nobody noted it yet, and it is over all the same.
    expect(await inTurn(approve('r1', 'b'), refuse('r1', 'b'))).toEqual(['REQUEST_STATE', 'REQUEST_STATE']);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(1);
    expect(await requested('r1')).toMatchObject({ dueAt: T0 + DAY_MS, decision: { status: 'expired' } });
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(0);
    expect(await inTurn(expire('r1'), approve('r2', 'a'), approve('r2', 'b'), expire('r2'))).toEqual([
      ...['ok', 'ok', 'ok', 'REQUEST_STATE'],
    ]);
    expect(await supply()).toBe('5-0');
    await agrees();
  });

  it('the same request again is the first one; another under its id is a conflict', async () => {
    expect(await inTurn(ask('r1', 700n), ask('r1', 700n))).toEqual(['ok', 'ok']);
    const others = [ask('r1', 701n), redeem('r1', 700n), ask('r1', 700n, { by: OTHER, walletId: w('theirs') })];
    expect(await inTurn(...others, ask('r1', 700n, { lifeMs: 1 }))).toEqual(Array(4).fill('IDEMPOTENCY_CONFLICT'));
    await inTurn(approve('r1', 'a'), approve('r1', 'b'));
    expect(await inTurn(ask('r1', 700n))).toEqual(['ok']);
    expect(await supply()).toBe('700-0');
  });

  it.each([
    ['a wallet of another bank', ask('x', 1n, { walletId: w('theirs') }), 'FORBIDDEN'],
    ["a client's wallet", ask('x', 1n, { walletId: w('client') }), 'WALLET_KIND'],
    ['no such wallet', ask('x', 1n, { walletId: w('nobody') }), 'WALLET_UNKNOWN'],
    ['nothing', ask('x', 0n), 'AMOUNT_ZERO'],
    ['more than there may be', ask('x', 10n ** 18n), 'AMOUNT_TOO_LARGE'],
    ['no time at all', ask('x', 1n, { lifeMs: 0 }), 'BAD_REQUEST'],
    ['more than thirty days', ask('x', 1n, { lifeMs: 30 * DAY_MS + 1 }), 'BAD_REQUEST'],
    ['an id with a space', ask('x y', 1n), 'BAD_REQUEST'],
    ['an approval of what was never asked', approve('none', 'a'), 'REQUEST_UNKNOWN'],
    ['a refusal of what was never asked', refuse('none', 'a'), 'REQUEST_UNKNOWN'],
    ['the end of what was never asked', expire('none'), 'REQUEST_UNKNOWN'],
    ['a refusal without a reason', refuse('none', 'a', ''), 'BAD_REQUEST'],
    ['a refusal of 141 characters', refuse('none', 'a', 'x'.repeat(141)), 'BAD_REQUEST'],
  ])('refuses %s', async (_, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.entriesOf('request', null, null, 10)).toEqual([]);
  });

  it('an approval must name the wallet that the request is for', async () => {
    await inTurn(ask('r1', 1n));
    expect(await inTurn(approve('r1', 'a', 'theirs'))).toEqual(['BAD_REQUEST']);
  });

  it('a blocked wallet is neither filled nor emptied', async () => {
    await inTurn(ask('r1', 9n), approve('r1', 'a'), status('bank', 'blocked'));
    expect(await inTurn(approve('r1', 'b'), ask('r2', 9n))).toEqual(['WALLET_BLOCKED', 'WALLET_BLOCKED']);
    await inTurn(status('bank', 'open'), approve('r1', 'b'), redeem('r3', 9n), approve('r3', 'a'));
    await inTurn(status('bank', 'blocked'));
    expect(await inTurn(approve('r3', 'b'))).toEqual(['WALLET_BLOCKED']);
    expect(await supply()).toBe('9-0');
  });

  it('the supply stays below the greatest amount', async () => {
    const most = 10n ** 18n - 1n;
    await inTurn(ask('r1', most), approve('r1', 'a'), approve('r1', 'b'), ask('r2', 1n), approve('r2', 'a'));
    expect(await inTurn(approve('r2', 'b'))).toEqual(['AMOUNT_TOO_LARGE']);
    await inTurn(redeem('r3', 1n), approve('r3', 'a'), approve('r3', 'b'));
    expect(await inTurn(approve('r2', 'b'))).toEqual(['ok']);
    expect(await supply()).toBe(`${10n ** 18n}-1`);
    await agrees();
  });

  it('at every block, what was issued less what was redeemed is what was unspent then', async () => {
    await inTurn(ask('r1', 50n), approve('r1', 'a'), approve('r1', 'b'), transfer('t1', 'bank', 'client', 20n));
    await inTurn(redeem('r2', 30n), ask('r3', 7n), approve('r3', 'a'), approve('r2', 'a'));
    await codes(ledger, [approve('r2', 'b'), approve('r3', 'b'), transfer('t2', 'client', 'bank', 1n)]);
    const unspent = new Map<string, bigint>();
    const { sequence: last } = await store.head();
    const seen: (string | null)[] = [];
    for (let sequence = 1n; sequence <= last; sequence += 1n) {
      for (const { body } of await store.blockTransactions(sequence)) {
        const { inputs, outputs } = decodeTransaction(body);
        for (const { tokenId } of inputs) expect(unspent.delete(Buffer.from(tokenId).toString('hex'))).toBe(true);
        for (const { tokenId, amountMinor } of outputs) unspent.set(Buffer.from(tokenId).toString('hex'), amountMinor);
      }
      const { issuedMinor, redeemedMinor } = (await createLedgerReads(store).supply(sequence))!;
      expect(issuedMinor - redeemedMinor).toBe([...unspent.values()].reduce((sum, minor) => sum + minor, 0n));
      seen.push(await supply(sequence));
    }
    expect(new Set(seen)).toEqual(new Set(['0-0', '50-0', '57-30']));
    expect(await supply(last + 1n)).toBeNull();
    expect(await supply()).toBe('57-30');
    await agrees();
  });

  it('the history of a request is its topic', async () => {
    await inTurn(ask('r1', 7n), approve('r1', 'a'), approve('r1', 'b'));
    const kinds = (await store.topic('request:r1', null, 10)).map(({ transaction }) => transaction.kind);
    expect(kinds).toEqual(['register', 'register', 'issue']);
  });
});
