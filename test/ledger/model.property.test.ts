import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import type { LedgerStore } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { testDatabase } from '../support/postgres.js';
import {
  codes,
  hash,
  issue,
  manualClock,
  open,
  openLedger,
  place,
  release,
  settle,
  tombstone,
  transfer,
  w,
} from './support.js';

const WALLETS = ['a', 'b', 'c', 's'];
const wallet = fc.constantFrom(...WALLETS);
const condition = fc.integer({ min: 1, max: 6 }).map((n) => `p${n}`);
const terms = fc.constantFrom(hash(1), hash(1), hash(2));
const amount = fc.bigInt({ min: 0n, max: 60n });
const reference = fc.integer({ min: 1, max: 12 }).map((n) => `r${n}`);
const charge = fc.option(fc.record({ walletId: wallet.map(w), amountMinor: fc.bigInt({ min: 0n, max: 20n }) }), {
  freq: 2,
});
const rebuild = fc.constantFrom(undefined, undefined, { heldAt: 1, suspenseWallet: w('s') });

const command: fc.Arbitrary<LedgerCommand> = fc.oneof(
  fc.tuple(reference, wallet, amount).map((args) => issue(...args)),
  fc.tuple(reference, wallet, wallet, amount).map((args) => transfer(...args)),
  fc
    .tuple(condition, wallet, wallet, amount, terms, rebuild, charge)
    .map(([ref, from, to, minor, conditionHash, again, some]) =>
      place(ref, from, to, minor, { conditionHash, rebuild: again, charge: some }),
    ),
  fc.tuple(condition, terms).map((args) => settle(...args)),
  fc.tuple(condition, terms).map((args) => release(...args)),
  fc.tuple(condition, terms).map((args) => tombstone(...args)),
  wallet.map((id): LedgerCommand => ({ kind: 'consolidate', walletId: w(id), inputCountMax: 3 })),
  fc
    .tuple(wallet, fc.constantFrom('open', 'open', 'blocked'))
    .map(([id, status]): LedgerCommand => ({ kind: 'setWalletStatus', walletId: w(id), status: status as 'open' })),
);
const batches = fc.array(fc.array(command, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 });

/** Runs the batches, checking sums after each; answers everything that another store must answer too. */
async function run(store: LedgerStore, work: LedgerCommand[][]): Promise<unknown> {
  const clock = manualClock();
  const ledger = await openLedger(store, { clock });
  const answers = [
    await codes(
      ledger,
      WALLETS.map((id) => open(id)),
    ),
  ];
  for (const batch of work) {
    clock.advance(1);
    answers.push(await codes(ledger, batch));
    expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  }
  const wallets = await store.wallets(WALLETS.map(w));
  for (const { availableMinor, heldMinor } of wallets) expect(availableMinor >= 0n && heldMinor >= 0n).toBe(true);
  const { tokenIds } = await store.unspentTokens(null, 10_000);
  return {
    answers,
    tokens: tokenIds.map((tokenId) => Buffer.from(tokenId).toString('hex')).sort(),
    hash: Buffer.from((await store.head()).hash).toString('hex'),
    wallets: wallets.sort((x, y) => (x.walletId < y.walletId ? -1 : 1)),
  };
}

describe('ledger under random commands', () => {
  it('keeps its sums exact, in memory', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        await run(createMemoryStore(), work);
      }),
      { numRuns: 200 },
    );
  });

  it('makes the same blocks and tokens in memory and in PostgreSQL', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        const database = await testDatabase(ledgerMigrations);
        try {
          const inPg = await run(createPgStore(database.pool), work);
          expect(inPg).toEqual(await run(createMemoryStore(), work));
        } finally {
          await database.drop();
        }
      }),
      { numRuns: 15 },
    );
  });
});
