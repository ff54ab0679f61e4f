import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../src/kernel/suites.js';
import { verifyChain } from '../../src/ledger/chain.js';
import { NotaryRefusedError } from '../../src/ledger/notary.js';
import { CommitOutcomeUnknownError, LedgerFencedError, type LedgerStore } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { codes, done, IDENTITY, issue, money, NOTARY, open, openLedger, place, settle, transfer } from './support.js';

const SETUP = [open('a'), open('b'), issue('i1', 'a', 100n)];

/** A store behind an address: a failover makes another one answer there. */
function addressed(first: LedgerStore): { store: LedgerStore; failover(to: LedgerStore): void } {
  let current = first;
  const store = new Proxy(first, { get: (_, name: keyof LedgerStore) => current[name] });
  return {
    store,
    failover: (to) => {
      current = to;
    },
  };
}

const chainFault = async (store: LedgerStore) =>
  verifyChain(IDENTITY, await store.blocks(1n, 100), NOTARY, verifySignature);

/** What a call that must fail fails with. */
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.unreachable('it went through'),
    (error: unknown) => error,
  );

describe('ledger writer', () => {
  it('goes on after a failover that lost blocks, on the chain that is left', async () => {
    const replica = createMemoryStore();
    await codes(await openLedger(replica), SETUP);
    const { store, failover } = addressed(createMemoryStore());
    const ledger = await openLedger(store);
    await codes(ledger, SETUP);
    await done(ledger, transfer('t1', 'a', 'b', 10n));
    await done(ledger, transfer('t2', 'a', 'b', 20n));
    failover(replica);
    expect(await failure(ledger.submit(transfer('t3', 'a', 'b', 40n)))).not.toBeInstanceOf(LedgerFencedError);
    await done(ledger, transfer('t3', 'a', 'b', 40n));
    expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['60/0', '40/0']);
    expect(await chainFault(store)).toBeNull();
  });

  it('goes on when a commit of unknown outcome turns out to be there only after the head was read', async () => {
    const real = createMemoryStore();
    let late: (() => Promise<void>) | null = null;
    let lost = false;
    const store: LedgerStore = {
      ...real,
      commitBlock: async (commit) => {
        if (lost) {
          lost = false;
          late = () => real.commitBlock(commit);
          throw new CommitOutcomeUnknownError('the outcome of the commit is unknown');
        }
        await late?.();
        late = null;
        await real.commitBlock(commit);
      },
    };
    const ledger = await openLedger(store);
    await codes(ledger, SETUP);
    lost = true;
    await expect(ledger.submit(transfer('t1', 'a', 'b', 10n))).rejects.toThrow(CommitOutcomeUnknownError);
    await expect(ledger.submit(transfer('t2', 'a', 'b', 20n))).rejects.toThrow(CommitOutcomeUnknownError);
    await done(ledger, transfer('t2', 'a', 'b', 20n));
    await done(ledger, transfer('t1', 'a', 'b', 10n));
    expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['70/0', '30/0']);
    expect(await chainFault(store)).toBeNull();
  });

  it('does not build on a block of the same number that is another one', async () => {
    const replica = createMemoryStore();
    const other = await openLedger(replica);
    await codes(other, SETUP);
    await done(other, transfer('t9', 'a', 'b', 99n));
    const { store, failover } = addressed(createMemoryStore());
    const ledger = await openLedger(store);
    await codes(ledger, SETUP);
    await done(ledger, transfer('t1', 'a', 'b', 10n));
    failover(replica);
    expect(await failure(ledger.submit(transfer('t2', 'a', 'b', 1n)))).not.toBeInstanceOf(LedgerFencedError);
    await done(ledger, transfer('t2', 'a', 'b', 1n));
    expect(await chainFault(store)).toBeNull();
  });

  it('stays fenced once another writer has opened the store', async () => {
    const store = createMemoryStore();
    const ledger = await openLedger(store);
    await codes(ledger, SETUP);
    await openLedger(store);
    for (const reference of ['t1', 't2']) {
      await expect(ledger.submit(transfer(reference, 'a', 'b', 1n))).rejects.toThrow(LedgerFencedError);
    }
  });

  it('opens no new notary for a refusal on a head that is not in doubt', async () => {
    let opened = 0;
    let refusing = false;
    const ledger = await openLedger(createMemoryStore(), {
      notary: () => {
        opened += 1;
        return {
          certify: async () => {
            if (refusing) throw new NotaryRefusedError('a token is spent twice or was never made');
            return new Uint8Array(64);
          },
        };
      },
    });
    await codes(ledger, SETUP);
    refusing = true;
    await expect(ledger.submit(transfer('t1', 'a', 'b', 1n))).rejects.toThrow(NotaryRefusedError);
    expect(opened).toBe(1);
    await expect(ledger.submit(transfer('t1', 'a', 'b', 1n))).rejects.toThrow(NotaryRefusedError);
    expect([opened, await money(ledger, 'b')]).toEqual([2, '0/0']);
  });

  /** Tells another amount for the held token of these holds, `times` times. */
  function damaged(refs: readonly string[], times = Number.POSITIVE_INFINITY): LedgerStore {
    const real = createMemoryStore();
    let left = times;
    return {
      ...real,
      loadView: async (request) => {
        const view = await real.loadView(request);
        const found = refs.filter((ref) => view.heldTokens.has(ref));
        if (found.length === 0 || left === 0) return view;
        left -= 1;
        for (const ref of found) {
          const tokens = view.heldTokens.get(ref)!.map((token) => ({ ...token, amountMinor: token.amountMinor + 1n }));
          view.heldTokens.set(ref, tokens);
        }
        return view;
      },
    };
  }

  it('refuses what breaks an invariant, alone: everything else in the batch is done', async () => {
    const store = damaged(['h2', 'h5']);
    const holds = ['h1', 'h2', 'h3', 'h4', 'h5'];
    const first = await openLedger(store);
    await codes(first, [...SETUP, ...holds.map((ref) => place(ref, 'a', 'b', 10n))]);
    const told: string[] = [];
    const ledger = await openLedger(store, {
      onBroken: (command) => told.push('conditionRef' in command ? command.conditionRef : command.kind),
    });
    const commands = [transfer('t1', 'a', 'b', 5n), ...holds.map((ref) => settle(ref)), transfer('t2', 'b', 'a', 1n)];
    const bad = 'LEDGER_INCONSISTENT';
    expect(await codes(ledger, commands)).toEqual(['ok', 'ok', bad, 'ok', 'ok', bad, 'ok']);
    expect(told).toEqual(['h2', 'h5']);
    expect([await money(ledger, 'a'), await money(ledger, 'b')]).toEqual(['46/20', '34/0']);
    expect(await codes(ledger, [settle('h2'), transfer('t3', 'a', 'b', 1n)])).toEqual([bad, 'ok']);
    expect(await chainFault(store)).toBeNull();
  });

  it('forms a block again from the store before it refuses anything', async () => {
    const store = damaged(['h1'], 1);
    const first = await openLedger(store);
    await codes(first, [...SETUP, place('h1', 'a', 'b', 10n)]);
    const ledger = await openLedger(store);
    expect(await codes(ledger, [settle('h1'), transfer('t1', 'a', 'b', 5n)])).toEqual(['ok', 'ok']);
  });

  it('refuses nothing when the store fails while a block is formed', async () => {
    const real = createMemoryStore();
    let isDown = false;
    const store: LedgerStore = {
      ...real,
      loadTokens: async (pages) => {
        if (isDown) throw new Error('connection lost');
        return real.loadTokens(pages);
      },
    };
    const first = await openLedger(store);
    await codes(first, SETUP);
    const ledger = await openLedger(store);
    isDown = true;
    await expect(ledger.submit(transfer('t1', 'a', 'b', 5n))).rejects.toThrow('connection lost');
    isDown = false;
    expect(await codes(ledger, [transfer('t1', 'a', 'b', 5n)])).toEqual(['ok']);
  });
});
