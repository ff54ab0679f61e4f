import { beforeEach, expect, it } from 'vitest';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { bic, codes, done, issue, open, openLedger, w } from '../support.js';
import { marked, onBothStores } from './support.js';

const BY = bic('TRSYKZ20');
const COUNT_MAX = 5;
const mark = (n: number): LedgerCommand => ({
  ...{ kind: 'mark', by: BY, reference: `m${n}`, walletId: w('state'), markId: 'road', amountMinor: 10n },
});
const spend = (reference: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'spend', reference, debitWallet: w('state'), creditWallet: w('builder'), markId: 'road', markLevel: 0 },
  amountMinor,
});
const merge = (markLevel: number): LedgerCommand => ({
  ...{ kind: 'consolidate', walletId: w('state'), mark: { markId: 'road', markLevel }, inputCountMax: 100 },
});

onBothStores('small marked tokens', (fresh) => {
  let store: LedgerStore;

  beforeEach(async () => {
    store = await fresh();
  });

  const opened = async (consolidation: { tokenCountMax: number } | null): Promise<LedgerWriter> => {
    const policy = consolidation && { ...consolidation, inputCountMax: 100, queuedMax: 4 };
    const ledger = await openLedger(store, { consolidation: policy });
    await codes(ledger, [open('state'), open('builder'), issue('i1', 'state', 1_000n)]);
    const rule = { by: 'addresses', levels: [[w('builder')]] } as const;
    await done(ledger, { kind: 'registerMark', by: BY, markId: 'road', crossBorder: false, rule });
    return ledger;
  };
  const tokens = async (): Promise<string[]> => {
    const rows = await store.pocketsOf(w('state'), null, 10);
    return rows.map(({ markLevel, amountMinor, tokenCount }) => `${markLevel}: ${amountMinor} in ${tokenCount}`);
  };

  it('are merged into one of the same mark and level, and nothing else changes', async () => {
    const ledger = await opened(null);
    for (let n = 0; n < 12; n += 1) await done(ledger, mark(n));
    expect(await tokens()).toEqual(['0: 120 in 12']);
    const before = await ledger.balance(w('state'));
    expect(await codes(ledger, [merge(0)])).toEqual(['ok']);
    expect(await tokens()).toEqual(['0: 120 in 1']);
    expect(await ledger.balance(w('state'))).toEqual(before);
    expect(await codes(ledger, [merge(1), spend('s1', 120n)])).toEqual(['ok', 'ok']);
    expect(await marked(store, 'builder')).toEqual(['road@1 120']);
  });

  it('are merged in the background where only payments come in', async () => {
    const ledger = await opened({ tokenCountMax: COUNT_MAX });
    for (let n = 0; n < 40; n += 1) {
      await done(ledger, mark(n));
      await ledger.idle();
      const [{ tokenCount } = { tokenCount: 0 }] = await store.pocketsOf(w('state'), null, 1);
      expect(tokenCount).toBeLessThanOrEqual(COUNT_MAX + 1);
    }
    expect(await codes(ledger, [spend('s1', 400n)])).toEqual(['ok']);
  });

  it('of before a restart are merged once money is spent from among them', async () => {
    const before = await opened(null);
    for (let n = 0; n < 12; n += 1) await done(before, mark(n));
    const ledger = await opened({ tokenCountMax: COUNT_MAX });
    await done(ledger, spend('s1', 10n));
    await ledger.idle();
    expect(await tokens()).toEqual(['0: 110 in 1']);
  });

  it.each([
    [
      'an unprintable mark',
      { kind: 'consolidate', walletId: w('state'), mark: { markId: ' ', markLevel: 0 }, inputCountMax: 2 },
    ],
    [
      'a level below the first',
      { kind: 'consolidate', walletId: w('state'), mark: { markId: 'road', markLevel: -1 }, inputCountMax: 2 },
    ],
  ] as const)('are not merged under %s', async (_what, command) => {
    expect(await codes(await opened(null), [command])).toEqual(['BAD_REQUEST']);
  });
});
