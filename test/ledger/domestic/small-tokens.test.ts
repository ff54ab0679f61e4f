import { beforeEach, expect, it } from 'vitest';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { bic, codes, done, issue, money, open, openLedger, transfer, w } from '../support.js';
import { onBothStores } from './support.js';

const BY = bic('TRSYKZ20');
const TOKENS = 1_500;
const MARKED_TOKENS = 400;
const POLICY = { tokenCountMax: 20, inputCountMax: 50, queuedMax: 2 };
/** A payment reads the largest tokens of a wallet it has not met, and no more. */
const FIRST_READ = 8;

const numbered = <T>(count: number, one: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => one(n));
const marked = (n: number): LedgerCommand => ({
  ...{ kind: 'mark', by: BY, reference: `m${n}`, walletId: w('state'), markId: 'road', amountMinor: 10n },
});
const spend = (reference: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'spend', reference, debitWallet: w('state'), creditWallet: w('builder'), markId: 'road', markLevel: 0 },
  amountMinor,
});

onBothStores('very many small tokens', (fresh) => {
  let store: LedgerStore;

  beforeEach(async () => {
    store = await fresh();
    const ledger = await openLedger(store);
    await codes(ledger, [open('state'), open('builder'), open('many'), open('payee'), issue('i', 'state', 10_000n)]);
    const rule = { by: 'addresses', levels: [[w('builder')]] } as const;
    await done(ledger, { kind: 'registerMark', by: BY, markId: 'road', crossBorder: false, rule, arrivals: [] });
    await codes(
      ledger,
      numbered(TOKENS, (n) => issue(`s${n}`, 'many', 10n)),
    );
    await codes(ledger, numbered(MARKED_TOKENS, marked));
  });

  const tokens = async () => {
    const [wallet] = await store.wallets([w('many')]);
    const [pocket] = await store.pocketsOf(w('state'), null, 1);
    return [wallet!.tokenCount, pocket!.tokenCount];
  };

  it('are not all read by a payment, of ordinary money or of marked', async () => {
    const ledger = await openLedger(store);
    expect(await codes(ledger, [transfer('t', 'many', 'payee', 15n)])).toEqual(['ok']);
    expect(ledger.counts.tokensLoaded).toBeLessThanOrEqual(FIRST_READ);
    expect(await codes(ledger, [spend('p', 15n)])).toEqual(['ok']);
    expect(ledger.counts.tokensLoaded).toBeLessThanOrEqual(2 * FIRST_READ);
    expect(await tokens()).toEqual([TOKENS - 1, MARKED_TOKENS - 1]);
  });

  it('pay all at once', async () => {
    const ledger = await openLedger(store);
    const all = [transfer('t', 'many', 'payee', 10n * BigInt(TOKENS)), spend('p', 10n * BigInt(MARKED_TOKENS))];
    expect(await codes(ledger, all)).toEqual(['ok', 'ok']);
    expect(await money(ledger, 'many')).toBe('0/0');
  });

  it('become few in the background, while they pay', async () => {
    const ledger = await openLedger(store, { consolidation: POLICY });
    let isIdle = false;
    const pay = async (n: number): Promise<void> => {
      expect(await codes(ledger, [transfer(`t${n}`, 'many', 'payee', 15n), spend(`p${n}`, 15n)])).toEqual(['ok', 'ok']);
    };
    await pay(0);
    const idle = ledger.idle().then(() => {
      isIdle = true;
    });
    let paid = 1;
    for (; !isIdle && paid < 100; paid += 1) await pay(paid);
    await idle;
    const [ordinary, pocket] = await tokens();
    expect(ordinary).toBeLessThanOrEqual(POLICY.tokenCountMax);
    expect(pocket).toBeLessThanOrEqual(POLICY.tokenCountMax);
    expect(await money(ledger, 'many')).toBe(`${10 * TOKENS - 15 * paid}/0`);
  });

  it('of many wallets become few one after another, also where nobody pays again', async () => {
    const names = numbered(12, (n) => `w${n}`);
    const ledger: LedgerWriter = await openLedger(store, { consolidation: { ...POLICY, queuedMax: 1 } });
    await codes(
      ledger,
      names.map((name) => open(name)),
    );
    await codes(
      ledger,
      names.flatMap((name) => numbered(30, (n) => issue(`${name}-${n}`, name, 1n))),
    );
    await ledger.idle();
    const counts = (await store.wallets(names.map(w))).map(({ tokenCount }) => tokenCount);
    expect(Math.max(...counts)).toBeLessThanOrEqual(POLICY.tokenCountMax);
  });
});
