/** Held money of which a part is not for its payee: one hold, one posting, and nothing of it when it is released. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeTransaction } from '../../src/ledger/canonical.js';
import { onSnapshot } from '../../src/ledger/cursor.pg.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import type { LedgerStore } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import type { LedgerWriter } from '../../src/ledger/writer.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { expectAudited, ledgerFindings } from './audited.js';
import {
  codes,
  comparable,
  done,
  held,
  issue,
  manualClock,
  money,
  open,
  openLedger,
  place,
  release,
  settle,
  T0,
  w,
} from './support.js';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
});
const openDatabase = async (): Promise<TestDatabase> => {
  const database = await testDatabase(ledgerMigrations);
  databases.push(database);
  return database;
};

const CHARGE = { walletId: w('fee'), amountMinor: 7n };
const charged = (ref: string, amountMinor = 300n, more = {}) =>
  place(ref, 'a', 'b', amountMinor, { charge: CHARGE, ...more });
const clock = manualClock();
const begin = async (store: LedgerStore): Promise<LedgerWriter> => {
  const ledger = await openLedger(store, { clock });
  const wallets = [open('a'), open('b', 'provider'), open('fee', 'fee'), open('s', 'suspense')];
  await codes(ledger, [...wallets, issue('i1', 'a', 1000n), issue('i2', 's', 1000n)]);
  return ledger;
};
const all = (ledger: LedgerWriter) => Promise.all(['a', 'b', 'fee'].map((id) => money(ledger, id)));

describe.each([
  ['memory', async () => createMemoryStore()],
  ['PostgreSQL', async () => createPgStore((await openDatabase()).pool)],
])('a charge on %s', (_, fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  beforeEach(async () => {
    store = await fresh();
    ledger = await begin(store);
  });

  it('is held with the price, and paid with it in one transaction', async () => {
    const hold = await held(ledger, charged('p'));
    expect(hold).toMatchObject({ amountMinor: 300n, creditWallet: 'b', charge: CHARGE, state: 'HELD' });
    expect(await all(ledger)).toEqual(['700/300', '0/0', '0/0']);
    const again = await openLedger(store, { clock });
    expect(comparable((await again.holds(['p'])).get('p')!)).toEqual(hold);
    const { transactionId } = await done(again, settle('p'));
    expect(await all(again)).toEqual(['700/0', '293/0', '7/0']);
    const posted = await store.transaction(transactionId!);
    expect(decodeTransaction(posted!.body)).toMatchObject({
      ...{ kind: 'settle', debitWallet: 'a', creditWallet: null, amountMinor: 300n, inputs: [{ amountMinor: 300n }] },
      outputs: [
        { walletId: 'b', amountMinor: 293n, conditionRef: null, markId: null },
        { walletId: 'fee', amountMinor: 7n, conditionRef: null, markId: null },
      ],
    });
    expect((await done(again, settle('p'))).transactionId).toBeNull();
    expect(await all(again)).toEqual(['700/0', '293/0', '7/0']);
  });

  it('stands in everybody’s statement as what they gave or got', async () => {
    await done(ledger, charged('p'));
    await done(ledger, settle('p'));
    const newest = async (id: string) => {
      const [{ direction, amountMinor, counterparty } = {}] = await store.statement(w(id), null, 1);
      return { direction, amountMinor, counterparty };
    };
    expect(await newest('a')).toEqual({ direction: 'debit', amountMinor: 300n, counterparty: null });
    expect(await newest('b')).toEqual({ direction: 'credit', amountMinor: 293n, counterparty: 'a' });
    expect(await newest('fee')).toEqual({ direction: 'credit', amountMinor: 7n, counterparty: 'a' });
  });

  it('is given back with the price', async () => {
    await done(ledger, charged('p'));
    const hold = (await done(ledger, release('p'))).hold;
    expect(hold).toMatchObject({ state: 'RELEASED', charge: CHARGE });
    expect(await all(ledger)).toEqual(['1000/0', '0/0', '0/0']);
    expect(await codes(ledger, [settle('p')])).toEqual(['HOLD_STATE']);
  });

  it('needs funds for both', async () => {
    expect(await codes(ledger, [charged('p', 1001n), charged('q', 1000n)])).toEqual(['FUNDS_INSUFFICIENT', 'ok']);
  });

  it('is paid by the suspense wallet too, where a lost hold comes back and its funds are gone', async () => {
    const rebuild = { heldAt: T0, suspenseWallet: w('s') };
    await done(ledger, place('other', 'a', 'b', 800n));
    await done(ledger, charged('p', 300n, { rebuild }));
    await done(ledger, settle('p'));
    expect(await all(ledger)).toEqual(['200/800', '293/0', '7/0']);
    expect(await money(ledger, 's')).toBe('700/0');
  });

  it('keeps its wallet from being closed while it is on its way', async () => {
    const close = { kind: 'setWalletStatus', walletId: w('fee'), status: 'closed' } as const;
    expect(await codes(ledger, [charged('p'), close])).toEqual(['ok', 'WALLET_AWAITED']);
    const again = await openLedger(store, { clock });
    expect(await codes(again, [close])).toEqual(['WALLET_AWAITED']);
    await done(again, release('p'));
    expect(await codes(again, [close])).toEqual(['ok']);
  });
});

describe('the audit', () => {
  it('finds nothing wrong with charges held, paid and given back', async () => {
    const { pool } = await openDatabase();
    const ledger = await begin(createPgStore(pool));
    for (const ref of ['p', 'q', 'r']) await done(ledger, charged(ref));
    await codes(ledger, [settle('p'), release('q')]);
    await expectAudited(pool);
  });

  it.each([
    ['a charge of another amount', "UPDATE hold SET charge_minor = 8 WHERE condition_ref = 'p'"],
    ['a charge for another wallet', "UPDATE hold SET charge_wallet = 's' WHERE condition_ref = 'p'"],
    ['no charge', "UPDATE hold SET charge_minor = NULL, charge_wallet = NULL WHERE condition_ref = 'p'"],
  ])('finds a row that says %s', async (_, sql) => {
    const { pool } = await openDatabase();
    const ledger = await begin(createPgStore(pool));
    await done(ledger, charged('p'));
    await done(ledger, settle('p'));
    await pool.query(sql);
    const findings = await onSnapshot(pool, ledgerFindings);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['HOLD_DIFFERS']));
  });

  it.each([
    ['pays another wallet', { walletId: w('s'), amountMinor: 7n }],
    ['pays another amount', { walletId: w('fee'), amountMinor: 9n }],
    ['pays nothing', null],
  ])('finds a ledger that %s than was held', async (_, charge) => {
    const { pool } = await openDatabase();
    const ledger = await begin(createPgStore(pool));
    await done(ledger, charged('p'));
    // A writer whose hold says something else: what it pays is well formed, signed and conserved.
    const lying = await openLedger(lyingStore(createPgStore(pool), charge), { clock });
    await done(lying, settle('p'));
    const findings = await onSnapshot(pool, ledgerFindings);
    expect(findings.map(({ code }) => code)).toContain('HOLD_DIFFERS');
  });
});

/** A store that reads holds with another charge than they were placed with. */
function lyingStore(store: LedgerStore, charge: typeof CHARGE | null): LedgerStore {
  return {
    ...store,
    loadView: async (request) => {
      const view = await store.loadView(
        charge ? { ...request, walletIds: [...request.walletIds, charge.walletId] } : request,
      );
      return { ...view, holds: new Map([...view.holds].map(([ref, hold]) => [ref, { ...hold, charge }])) };
    },
  };
}
