/** Writers of one ledger, in every order of their statements. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WalletId } from '../../src/kernel/ids.js';
import { verifySignature } from '../../src/kernel/suites.js';
import { verifyChain } from '../../src/ledger/chain.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { CommitOutcomeUnknownError, LedgerFencedError } from '../../src/ledger/store.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import type { CommandResult } from '../../src/ledger/types.js';
import { BANK, IDENTITY, NOTARY, openLedger, place } from '../ledger/support.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { expectVerified } from '../support/verified.js';
import { everyOrder } from './stepper.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(ledgerMigrations, 12);
});
afterAll(async () => {
  const key = { ...NOTARY, owner: IDENTITY.code, role: 'ledger', validFrom: 0, validTo: null } as const;
  // A hold is left open, and its terms are made up.
  const allowed = ['HOLD_OPEN', 'HOLD_TERMS', 'HOLD_UNREADABLE'];
  try {
    await expectVerified(new Map([['ledger-kz', database.pool]]), [key], { allowed });
  } finally {
    await database.drop();
  }
});

const id = (name: string) => name as WalletId;
const FUNDED = 100n;
let run = 0;
/** Wallets of one schedule: the payer has money for one payment of it all. */
async function fundedPair(): Promise<{ payer: WalletId; payee: WalletId }> {
  run += 1;
  const [payer, payee] = [id(`payer-${run}`), id(`payee-${run}`)];
  const ledger = await openLedger(createPgStore(database.pool));
  for (const walletId of [payer, payee])
    await ledger.submit({ kind: 'openWallet', wallet: { walletId, kind: 'customer', ownerBic: BANK } });
  await ledger.submit({ kind: 'issue', reference: `issue-${run}`, creditWallet: payer, amountMinor: FUNDED });
  return { payer, payee };
}
const transfer = (reference: string, { payer, payee }: { payer: WalletId; payee: WalletId }) =>
  ({ kind: 'transfer', reference, debitWallet: payer, creditWallet: payee, amountMinor: FUNDED }) as const;

async function expectWhole(): Promise<void> {
  const store = createPgStore(database.pool);
  expect(verifyChain(IDENTITY, await store.blocks(1n, 10_000), NOTARY, verifySignature)).toBeNull();
  const [sums, head] = [await store.sums(), await store.head()];
  expect(sums.unspentMinor).toBe(head.issuedMinor - head.redeemedMinor);
  expect(sums.heldMinor).toBe(sums.openHoldMinor);
  expect(sums.walletMismatchCount).toBe(0);
}
const isOverError = (error: unknown): boolean =>
  error instanceof LedgerFencedError || error instanceof CommitOutcomeUnknownError;

describe('two writers of one ledger', () => {
  let wallets: { payer: WalletId; payee: WalletId };
  beforeEach(async () => {
    wallets = await fundedPair();
  });

  it('an old and a new one spend the same money: one does, and the old one is fenced', async () => {
    const { schedules } = await everyOrder<CommandResult>(database.pool, 1, async () => {
      wallets = await fundedPair();
      const { payer, payee } = wallets;
      return {
        sessions: [
          async (pool) => {
            const old = await openLedger(createPgStore(pool));
            return old.submit(transfer(`old-${run}`, wallets));
          },
          async (pool) => (await openLedger(createPgStore(pool))).submit(transfer(`new-${run}`, wallets)),
        ],
        async check(outcomes) {
          for (const outcome of outcomes) {
            if (outcome.status === 'rejected') expect(isOverError(outcome.reason)).toBe(true);
            else if (!outcome.value.ok) expect(outcome.value.error.code).toBe('FUNDS_INSUFFICIENT');
          }
          const done = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok);
          expect(done.length).toBeLessThanOrEqual(1);
          const [from, to] = await createPgStore(database.pool).wallets([payer, payee]);
          const paid = [from, to].find((row) => row!.walletId === payee)!.availableMinor;
          expect(paid).toBe(done.length > 0 ? FUNDED : 0n);
          await expectWhole();
        },
      };
    });
    expect(schedules).toBeGreaterThan(10);
  });

  it('the same reference through two writers is done once', async () => {
    await everyOrder<CommandResult>(database.pool, 1, async () => {
      wallets = await fundedPair();
      const { payee } = wallets;
      const reference = `same-${run}`;
      return {
        sessions: [1, 2].map(
          () => async (pool) => (await openLedger(createPgStore(pool))).submit(transfer(reference, wallets)),
        ),
        async check(outcomes) {
          for (const outcome of outcomes)
            if (outcome.status === 'rejected') expect(isOverError(outcome.reason)).toBe(true);
          const [to] = await createPgStore(database.pool).wallets([payee]);
          const done = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok);
          expect(to!.availableMinor).toBe(done.length > 0 ? FUNDED : 0n);
          await expectWhole();
        },
      };
    });
  });

  it('three that start at once have three epochs, or are told of another one', async () => {
    await everyOrder<bigint>(database.pool, 1, () => ({
      sessions: [1, 2, 3].map(() => async (pool) => (await createPgStore(pool).open(IDENTITY, 0n)).epoch),
      async check(outcomes) {
        const epochs: bigint[] = [];
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') epochs.push(outcome.value);
          else expect(outcome.reason).toBeInstanceOf(LedgerFencedError);
        }
        expect(epochs.length).toBeGreaterThan(0);
        expect(epochs).toContain((await createPgStore(database.pool).head()).epoch);
      },
    }));
  });
});

describe('two payments with funds for one', () => {
  it('in one block: one is held, the other is refused, and an ordinary debit finds nothing', async () => {
    const wallets = await fundedPair();
    const ledger = await openLedger(createPgStore(database.pool));
    const hold = (reference: string) => place(reference, wallets.payer, wallets.payee, FUNDED);
    const results = await Promise.all([
      ledger.submit(hold('payment-1')),
      ledger.submit(hold('payment-2')),
      ledger.submit(transfer('ordinary', wallets)),
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual([
      'ok',
      'FUNDS_INSUFFICIENT',
      'FUNDS_INSUFFICIENT',
    ]);
    await expectWhole();
  });
});
