import { beforeEach, expect, it } from 'vitest';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { BANK, bic, codes, done, issue, manualClock, money, open, openLedger, place, transfer, w } from '../support.js';
import { marked, onBothStores } from './support.js';

const TREASURY = bic('TRSYKZ20');
const registerMark = (markId: string, levels: string[][], by = TREASURY): LedgerCommand => ({
  ...{ kind: 'registerMark', by, markId, crossBorder: false },
  rule: { by: 'addresses', levels: levels.map((wallets) => wallets.map(w)) },
});
const mark = (reference: string, walletId: string, markId: string, amountMinor: bigint, by = TREASURY) =>
  ({ kind: 'mark', by, reference, walletId: w(walletId), markId, amountMinor }) as const;
const unmark = (reference: string, walletId: string, markId: string, markLevel: number, amountMinor: bigint) =>
  ({ kind: 'unmark', by: TREASURY, reference, walletId: w(walletId), markId, markLevel, amountMinor }) as const;
const spend = (reference: string, from: string, to: string, level: number, amountMinor: bigint, markId = 'road') => ({
  ...({ kind: 'spend', reference, debitWallet: w(from), creditWallet: w(to), markId, markLevel: level } as const),
  amountMinor,
});

onBothStores('marks by addresses', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  const clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    ledger = await openLedger(store, { clock });
    const wallets = ['state', 'ministry', 'builder', 'supplier', 'shop'].map((id) => open(id));
    await codes(ledger, [...wallets, issue('i1', 'state', 1_000n)]);
    await done(ledger, registerMark('road', [['ministry'], ['builder', 'supplier']]));
    await done(ledger, mark('m1', 'state', 'road', 600n));
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('binds money to its route and leaves the rest free', async () => {
    expect(await money(ledger, 'state')).toBe('400/0');
    expect(await marked(store, 'state')).toEqual(['road@0 600']);
    await agrees();
  });

  it('moves level by level, and whoever holds money of the last level spends it freely', async () => {
    expect(await codes(ledger, [spend('s1', 'state', 'ministry', 0, 500n)])).toEqual(['ok']);
    expect(await codes(ledger, [spend('s2', 'ministry', 'builder', 1, 300n)])).toEqual(['ok']);
    expect(await codes(ledger, [spend('s3', 'builder', 'shop', 2, 120n)])).toEqual(['ok']);
    expect(await marked(store, 'state')).toEqual(['road@0 100']);
    expect(await marked(store, 'ministry')).toEqual(['road@1 200']);
    expect(await marked(store, 'builder')).toEqual(['road@2 180']);
    expect([await marked(store, 'shop'), await money(ledger, 'shop')]).toEqual([[], '120/0']);
    await agrees();
  });

  it('has no level that a database can not be asked for, and asking for one stops nobody else of the block', async () => {
    for (const level of [100, 2 ** 31]) {
      const leg = place('p', 'state', 'shop', 1n, { mark: { side: 'debit', markId: 'road', markLevel: level } });
      const merged = { walletId: w('state'), mark: { markId: 'road', markLevel: level }, inputCountMax: 8 };
      const asked: LedgerCommand[] = [
        spend('s', 'state', 'shop', level, 1n),
        unmark('u', 'state', 'road', level, 1n),
        leg,
        { kind: 'consolidate', ...merged },
      ];
      const results = await codes(ledger, [...asked, transfer(`t${level}`, 'state', 'shop', 1n)]);
      expect(results).toEqual([...asked.map(() => 'BAD_REQUEST'), 'ok']);
    }
  });

  it('goes through three levels in one block', async () => {
    const commands = [
      spend('s1', 'state', 'ministry', 0, 500n),
      spend('s2', 'ministry', 'builder', 1, 300n),
      spend('s3', 'builder', 'shop', 2, 120n),
    ];
    // What the first makes is not in the view of the second, and yet it can be spent.
    expect(await codes(ledger, commands)).toEqual(['ok', 'ok', 'ok']);
    await agrees();
  });

  it.each([
    ['a wallet off the route', spend('x', 'state', 'shop', 0, 1n), 'MARK_FORBIDS'],
    ['a wallet two levels on', spend('x', 'state', 'builder', 0, 1n), 'MARK_FORBIDS'],
    ['more than there is', spend('x', 'state', 'ministry', 0, 601n), 'FUNDS_INSUFFICIENT'],
    ['money of a level that nobody has', spend('x', 'state', 'builder', 1, 1n), 'FUNDS_INSUFFICIENT'],
    ['itself', spend('x', 'state', 'state', 0, 1n), 'BAD_REQUEST'],
    ['an unknown mark', spend('x', 'state', 'ministry', 0, 1n, 'bridge'), 'MARK_UNKNOWN'],
    ['an unknown wallet', spend('x', 'nobody', 'ministry', 0, 1n), 'WALLET_UNKNOWN'],
    ['marked money as if it were free', transfer('x', 'state', 'shop', 401n), 'FUNDS_INSUFFICIENT'],
    ['a mark by somebody else', mark('x', 'state', 'road', 1n, BANK), 'FORBIDDEN'],
    ['a route without levels', registerMark('y', []), 'BAD_REQUEST'],
    ['a route with an empty level', registerMark('y', [['shop'], []]), 'BAD_REQUEST'],
    ['another route under the id', registerMark('road', [['shop']]), 'ENTRY_EXISTS'],
    ['the same reference for another amount', mark('m1', 'state', 'road', 1n), 'IDEMPOTENCY_CONFLICT'],
  ])('refuses to pay %s, and the money stays where it is', async (_what, command, code) => {
    const before = await store.unspentTokens(null, 100);
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.unspentTokens(null, 100)).toEqual(before);
    expect([await money(ledger, 'state'), await marked(store, 'state')]).toEqual(['400/0', ['road@0 600']]);
  });

  it('answers a repetition with the first outcome', async () => {
    const first = await done(ledger, spend('s1', 'state', 'ministry', 0, 500n));
    const again = await done(ledger, spend('s1', 'state', 'ministry', 0, 500n));
    expect(Buffer.from(again.transactionId!)).toEqual(Buffer.from(first.transactionId!));
    expect(await codes(ledger, [registerMark('road', [['ministry'], ['builder', 'supplier']])])).toEqual(['ok']);
    expect(await marked(store, 'ministry')).toEqual(['road@1 500']);
  });

  it('gives money back its freedom where the initiator unmarks it', async () => {
    await done(ledger, spend('s1', 'state', 'ministry', 0, 500n));
    expect(await codes(ledger, [unmark('u1', 'ministry', 'road', 1, 200n)])).toEqual(['ok']);
    expect([await money(ledger, 'ministry'), await marked(store, 'ministry')]).toEqual(['200/0', ['road@1 300']]);
    await agrees();
  });

  it('tells the initiator of every movement of its money', async () => {
    await done(ledger, spend('s1', 'state', 'ministry', 0, 500n));
    await done(ledger, transfer('t1', 'state', 'shop', 10n));
    const report = await store.topic('mark:road', null, 10);
    const told = report.map(({ transaction: { kind, debitWallet, creditWallet, amountMinor } }) =>
      [kind, debitWallet, creditWallet, amountMinor].join(' '),
    );
    expect(told).toEqual(['register   0', 'mark state state 600', 'spend state ministry 500']);
    const [, second] = report;
    expect(await store.topic('mark:road', second!, 10)).toHaveLength(1);
  });

  it('pays out of many small marked tokens', async () => {
    for (let i = 0; i < 30; i += 1) await done(ledger, mark(`n${i}`, 'state', 'road', 10n));
    expect(await codes(ledger, [spend('s1', 'state', 'ministry', 0, 900n)])).toEqual(['ok']);
    expect(await marked(store, 'state')).toEqual([]);
    await agrees();
  });
});
