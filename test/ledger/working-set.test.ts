import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { CommitOutcomeUnknownError, LedgerFencedError, type LedgerStore } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import type { WorkingSetLimits } from '../../src/ledger/working-set.js';
import { codes, done, issue, money, open, openLedger, place, release, settle, transfer, w } from './support.js';

const WALLETS = ['a', 'b', 'c'];
const wallet = fc.constantFrom(...WALLETS);
const condition = fc.integer({ min: 1, max: 5 }).map((n) => `p${n}`);
const amount = fc.bigInt({ min: 1n, max: 60n });
const reference = fc.integer({ min: 1, max: 1000 }).map((n) => `r${n}`);
const command: fc.Arbitrary<LedgerCommand> = fc.oneof(
  fc.tuple(reference, wallet, amount).map((args) => issue(...args)),
  fc.tuple(reference, wallet, wallet, amount).map((args) => transfer(...args)),
  fc.tuple(condition, wallet, wallet, amount).map((args) => place(...args)),
  condition.map((ref) => settle(ref)),
  condition.map((ref) => release(ref)),
);
const batches = fc.array(fc.array(command, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 });

/** Answers and sums of wallets; which tokens were spent may differ, the sums must be those of the tokens. */
async function run(work: LedgerCommand[][], workingSet: WorkingSetLimits | undefined): Promise<unknown> {
  const store = createMemoryStore();
  const ledger = await openLedger(store, workingSet ? { workingSet } : {});
  const setUp = [...WALLETS.map((id) => open(id)), ...WALLETS.map((id) => issue(`first-${id}`, id, 500n))];
  const answers = [await codes(ledger, setUp)];
  for (const batch of work) answers.push(await codes(ledger, batch));
  expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const rows = await store.wallets(WALLETS.map(w));
  return { answers, sums: rows.map((row) => `${row.walletId} ${row.availableMinor}/${row.heldMinor}`).sort() };
}

/** A store whose next commit is of unknown outcome. */
function losing(real: LedgerStore, committed: boolean) {
  let lost = false;
  const store: LedgerStore = {
    ...real,
    commitBlock: async (commit) => {
      if (!lost || committed) await real.commitBlock(commit);
      if (lost) throw new CommitOutcomeUnknownError('the outcome of the commit is unknown');
    },
  };
  return {
    store,
    loseNext: () => {
      lost = true;
    },
    heal: () => {
      lost = false;
    },
  };
}

const stateOf = async (ledger: Awaited<ReturnType<typeof openLedger>>, ref: string) =>
  (await ledger.holds([ref])).get(ref)?.state;

describe('what the writer remembers', () => {
  it('changes no decision and no sum, however little it is', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        const scarce = { wallets: 1, holds: 1, pools: 1, poolTokens: 1 };
        expect(await run(work, scarce)).toEqual(await run(work, undefined));
      }),
      { numRuns: 300 },
    );
  });

  it('is not read again from the store', async () => {
    const real = createMemoryStore();
    let loads = 0;
    const store: LedgerStore = {
      ...real,
      loadView: async (request) => {
        loads += 1;
        return real.loadView(request);
      },
    };
    const ledger = await openLedger(store);
    await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await done(ledger, place('p1', 'a', 'b', 10n));
    loads = 0;
    await done(ledger, settle('p1'));
    expect([loads, await money(ledger, 'b')]).toEqual([0, '10/0']);
  });

  it('is not believed once another writer took over', async () => {
    const store = createMemoryStore();
    const first = await openLedger(store);
    await codes(first, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await done(first, place('p1', 'a', 'b', 10n));
    expect(await stateOf(first, 'p1')).toBe('HELD');
    await done(await openLedger(store), settle('p1'));
    expect(await stateOf(first, 'p1')).toBe('SETTLED');
  });

  it.each([
    [true, 'SETTLED'],
    [false, 'HELD'],
  ])('is forgotten after a commit of unknown outcome (committed: %s)', async (committed, state) => {
    const { store, loseNext, heal } = losing(createMemoryStore(), committed);
    const ledger = await openLedger(store);
    await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await done(ledger, place('p1', 'a', 'b', 10n));
    loseNext();
    await expect(ledger.submit(settle('p1'))).rejects.toThrow(CommitOutcomeUnknownError);
    heal();
    expect(await stateOf(ledger, 'p1')).toBe(state);
    await done(ledger, settle('p1'));
    expect(await money(ledger, 'b')).toBe('10/0');
  });

  it('is not believed after a failover that lost the block of a hold', async () => {
    const replica = createMemoryStore();
    const setUp = [open('a'), open('b'), issue('i1', 'a', 100n)];
    await codes(await openLedger(replica), setUp);
    let current = createMemoryStore();
    const store = new Proxy(current, { get: (_, name: keyof LedgerStore) => current[name] });
    const ledger = await openLedger(store);
    await codes(ledger, setUp);
    await done(ledger, place('p1', 'a', 'b', 10n));
    current = replica;
    expect(await stateOf(ledger, 'p1')).toBeUndefined();
    expect((await ledger.wallet(w('a')))?.status).toBe('open');
  });

  it('is not believed after a failover to a chain of the same epoch that is another one', async () => {
    const replica = createMemoryStore();
    const setUp = [open('a'), open('b'), issue('i1', 'a', 100n)];
    const other = await openLedger(replica);
    await codes(other, setUp);
    await done(other, place('p1', 'a', 'b', 10n));
    await done(other, release('p1'));
    let current = createMemoryStore();
    const store = new Proxy(current, { get: (_, name: keyof LedgerStore) => current[name] });
    const ledger = await openLedger(store);
    await codes(ledger, setUp);
    await done(ledger, place('p1', 'a', 'b', 10n));
    current = replica;
    expect(await stateOf(ledger, 'p1')).toBe('RELEASED');
  });

  it('is no answer to a repeated hold whose block a failover lost', async () => {
    const replica = createMemoryStore();
    const setUp = [open('a'), open('b'), issue('i1', 'a', 100n)];
    await codes(await openLedger(replica), setUp);
    let current = createMemoryStore();
    const store = new Proxy(current, { get: (_, name: keyof LedgerStore) => current[name] });
    const ledger = await openLedger(store);
    await codes(ledger, setUp);
    await done(ledger, place('p1', 'a', 'b', 10n));
    current = replica;
    await expect(ledger.submit(place('p1', 'a', 'b', 10n))).rejects.toThrow(CommitOutcomeUnknownError);
    await done(ledger, place('p1', 'a', 'b', 10n));
    expect([await stateOf(ledger, 'p1'), await money(ledger, 'a')]).toEqual(['HELD', '90/10']);
  });

  it('is no answer of a writer that another one replaced', async () => {
    const store = createMemoryStore();
    const first = await openLedger(store);
    await codes(first, [open('a'), open('b'), issue('i1', 'a', 100n)]);
    await done(first, place('p1', 'a', 'b', 10n));
    await done(await openLedger(store), release('p1'));
    for (const command of [place('p1', 'a', 'b', 10n), place('p2', 'a', 'b', 95n)])
      await expect(first.submit(command)).rejects.toThrow(LedgerFencedError);
  });
});
