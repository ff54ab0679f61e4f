import { beforeEach, expect, it } from 'vitest';
import { verifySignature } from '../../src/kernel/suites.js';
import { decodeTransaction, encodeTransaction } from '../../src/ledger/canonical.js';
import { verifyConfirmation } from '../../src/ledger/confirmation.js';
import { encodeUse, UNUSED } from '../../src/ledger/domestic/agreement.js';
import type { Entry } from '../../src/ledger/model.js';
import { createOracle, NO_ORACLE, type Oracle, type OracleBlock, OracleRefusedError } from '../../src/ledger/oracle.js';
import type { LedgerStore } from '../../src/ledger/store.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import type { LedgerWriter } from '../../src/ledger/writer.js';
import { agree, mark as markSchool, project } from './domestic/agreements.js';
import { happened, hold, register, registerProvider, state, termsOfSale } from './domestic/event-support.js';
import { onBothStores } from './domestic/support.js';
import {
  bic,
  codes,
  done,
  IDENTITY,
  issue,
  manualClock,
  money,
  NOTARY,
  ORACLE_SIGNER,
  open,
  openLedger,
  transfer,
  w,
} from './support.js';

const terms = termsOfSale();
const MINISTRY = bic('TRSYKZ20');
const registerMark: LedgerCommand = {
  ...{ kind: 'registerMark', by: MINISTRY, markId: 'road', crossBorder: false },
  rule: { by: 'addresses', levels: [[w('seller')]] },
};
const marked = (walletId: string) => ({
  ...{ walletId: w(walletId), amountMinor: 5n, markId: 'road', markLevel: 0, conditionRef: null },
});
const mark = (reference: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'mark', by: MINISTRY, reference, walletId: w('buyer'), markId: 'road', amountMinor },
});

onBothStores('the oracle', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock: ReturnType<typeof manualClock>;
  let asked: OracleBlock[];
  let failure: Error | null;
  let untold: unknown[];

  beforeEach(async () => {
    [store, clock, asked, failure, untold] = [await fresh(), manualClock(), [], null, []];
    const own = createOracle({ ledger: IDENTITY, store, signer: ORACLE_SIGNER, clock });
    const oracle: Oracle = {
      confirm: async (block) => {
        asked.push(block);
        if (failure) throw failure;
        return own.confirm(block);
      },
    };
    ledger = await openLedger(store, { clock, oracle, onUnconfirmed: (error) => untold.push(error) });
    const wallets = ['buyer', 'seller', 'treasury'].map((id) => open(id));
    await codes(ledger, [...wallets, issue('i1', 'buyer', 1_000n)]);
  });
  const lastBlock = async () => {
    const { sequence } = await store.head();
    const bodies = (await store.blockTransactions(sequence)).map(({ body }) => body);
    return { block: (await store.block(sequence))!, bodies };
  };
  const fault = async (keys = [ORACLE_SIGNER]) => {
    const { block, bodies } = await lastBlock();
    return verifyConfirmation(IDENTITY, block, bodies, keys, verifySignature);
  };
  const begin = async () => {
    await done(ledger, registerProvider('land'));
    await codes(ledger, [register(terms), hold(terms)]);
  };

  it('is not asked about ordinary money', async () => {
    await done(ledger, transfer('t1', 'buyer', 'seller', 1n));
    expect([asked, (await lastBlock()).block.confirmation, await fault()]).toEqual([[], null, null]);
  });

  it('signs what rests on it, whatever else is in the block', async () => {
    await begin();
    const account = {
      kind: 'registerAccount',
      agentBic: bic('AAAAKZ20'),
      accountId: 'KZ1',
      walletId: w('buyer'),
    } as const;
    const commands = [account, transfer('t1', 'buyer', 'seller', 1n), state(terms, happened(100n)), mark('m', 1n)];
    expect(await codes(ledger, [...commands, registerMark])).toEqual(['ok', 'ok', 'ok', 'MARK_UNKNOWN', 'ok']);
    expect(asked.at(-1)?.bodies).toHaveLength(2);
    expect(asked.at(-1)?.commands.map(({ kind }) => kind)).not.toContain('registerAccount');
    expect(await fault()).toBeNull();
  });

  it('agrees with the writer on blocks that spend what they make', async () => {
    await begin();
    await done(ledger, registerMark);
    for (let i = 0; i < 20; i += 1) await done(ledger, issue(`small${i}`, 'buyer', 3n));
    const consolidate = { kind: 'consolidate', walletId: w('buyer'), inputCountMax: 10 } as const;
    const spend = { kind: 'spend', reference: 's', debitWallet: w('buyer'), creditWallet: w('seller') } as const;
    const commands = [
      ...[issue('i2', 'buyer', 7n), transfer('t1', 'buyer', 'seller', 907n), mark('m1', 30n), consolidate],
      ...[mark('m2', 20n), { ...spend, markId: 'road', markLevel: 0, amountMinor: 45n }, state(terms, happened(40n))],
    ];
    expect(await codes(ledger, commands)).toEqual(commands.map(() => 'ok'));
    expect([await fault(), untold]).toEqual([null, []]);
  });

  it.each([
    ['is away', new Error('no connection')],
    ['refuses', new OracleRefusedError('transaction 0 differs')],
  ])('stops what rests on it and nothing else where it %s', async (_what, error) => {
    await begin();
    failure = error;
    const commands = [transfer('t1', 'buyer', 'seller', 1n), state(terms, happened(100n)), issue('i2', 'seller', 5n)];
    expect(await codes(ledger, commands)).toEqual(['ok', 'UNAVAILABLE', 'ok']);
    expect([await money(ledger, 'buyer'), await money(ledger, 'seller')]).toEqual(['899/100', '6/0']);
    expect([await fault(), (await lastBlock()).bodies.length, untold]).toEqual([null, 2, [error]]);
    expect(await codes(ledger, [hold(termsOfSale({ eventId: 'x' }))])).toEqual(['EVENT_UNKNOWN']);
    failure = null;
    expect(await codes(ledger, [state(terms, happened(100n))])).toEqual(['ok']);
  });

  it('stops a command that comes through only because another is stopped', async () => {
    await begin();
    failure = new Error('no connection');
    const twice = [state(terms, happened(100n)), state(terms, happened(100n))];
    expect(await codes(ledger, twice)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(await money(ledger, 'buyer')).toBe('900/100');
  });

  it('moves nothing where there is none', async () => {
    const alone = await openLedger(store, { clock, oracle: NO_ORACLE });
    expect(await codes(alone, [registerProvider('land'), issue('i3', 'buyer', 1n)])).toEqual(['UNAVAILABLE', 'ok']);
  });

  it('believes its own clock', async () => {
    const own = createOracle({ ledger: IDENTITY, store, signer: ORACLE_SIGNER, clock });
    const previous = await store.head();
    const block = { previous, commands: [], bodies: [] };
    await expect(own.confirm({ ...block, time: clock.now() + 30_001 })).rejects.toThrow('not now');
    await expect(own.confirm({ ...block, time: clock.now() - 30_001 })).rejects.toThrow('not now');
    await expect(own.confirm({ ...block, time: clock.now() + 30_000 })).rejects.toThrow('nothing');
  });

  it('believes its own reading, not what the writer made of the commands', async () => {
    await begin();
    const own = createOracle({ ledger: IDENTITY, store, signer: ORACLE_SIGNER, clock });
    await done(ledger, registerMark);
    const [marking] = asked.slice(-1);
    await done(ledger, state(terms, happened(100n)));
    const released = asked.at(-1)!;
    const previous = await store.head();
    const again = { ...released, previous };
    const differs = async (block: Partial<OracleBlock>, why: string) =>
      expect(own.confirm({ ...again, ...block })).rejects.toThrow(why);
    // Released once more, of a hold that is over.
    await differs({}, 'other transactions');
    // Something else than was asked for.
    await differs({ commands: [mark('m', 5n)] }, 'differs');
    await differs({ commands: [mark('m', 5n)], bodies: marking!.bodies }, 'differs');
    // What nobody asked for, and what the writer keeps to itself.
    await differs({ commands: [] }, 'other transactions');
    await differs({ commands: [mark('m', 5n)], bodies: [] }, 'nothing');
    // A consolidation that is none: the other's mark goes to it.
    const forged = (to: string) =>
      encodeTransaction(
        IDENTITY,
        {
          ...{
            kind: 'consolidate',
            reference: null,
            debitWallet: w('buyer'),
            creditWallet: w('buyer'),
            amountMinor: 5n,
          },
          ...{ detail: Buffer.alloc(0), entries: [] },
          inputs: [{ ...marked('buyer'), tokenId: new Uint8Array(36), madeIn: 1n, madeAt: 1 }],
          outputs: [marked(to)],
        },
        previous.sequence + 1n,
        0,
      );
    await differs({ commands: [], bodies: [forged('seller')] }, 'does more');
    await expect(own.confirm({ ...again, commands: [], bodies: [forged('buyer')] })).resolves.toHaveLength(64);
    // A block on another one than the store has.
    await differs({ previous: released.previous }, 'does not follow');
  });

  it('finds out when the writer leaves another total of an agreement', async () => {
    const own = createOracle({ ledger: IDENTITY, store, signer: ORACLE_SIGNER, clock });
    const [walletId, receivers] = [w('buyer'), [{ walletId: w('seller'), parts: 1n, agreementId: 'A1' }]];
    const act = termsOfSale({ receivers, markId: 'school', markLevel: 0, expiresAt: clock.now() + 1 });
    const agreed = [registerProvider('land'), project('school'), agree('A1', walletId, 'seller', 500n, 0n)];
    expect(new Set(await codes(ledger, [...agreed, markSchool('m', walletId, 'school', 200n), register(act)]))).toEqual(
      new Set(['ok']),
    );
    failure = new Error('no connection');
    expect(await codes(ledger, [hold(act)])).toEqual(['UNAVAILABLE']);
    const block = asked.at(-1)!;
    const [body] = block.bodies;
    const { blockSequence, position, inputs, ...content } = decodeTransaction(body!);
    const forged = (entries: readonly Entry[]) => {
      const tokens = inputs.map((token) => ({ ...token, madeIn: 0n, madeAt: 0 }));
      return encodeTransaction(IDENTITY, { ...content, inputs: tokens, entries }, blockSequence, position);
    };
    expect(content.entries.map(({ kind }) => kind)).toEqual(['event', 'agreement']);
    expect(forged(content.entries)).toEqual(body);
    const unused = content.entries.map((entry) =>
      entry.kind === 'agreement' ? { ...entry, state: encodeUse(UNUSED) } : entry,
    );
    for (const entries of [unused, content.entries.slice(0, 1)])
      await expect(own.confirm({ ...block, bodies: [forged(entries)] })).rejects.toThrow('differs');
    await expect(own.confirm(block)).resolves.toHaveLength(64);
  });

  it('is told from a confirmation that is missing, needless, of other transactions or by another key', async () => {
    await begin();
    const { block, bodies } = await lastBlock();
    const check = (confirmation: Uint8Array | null, of: readonly Uint8Array[], keys = [ORACLE_SIGNER]) =>
      verifyConfirmation(IDENTITY, { ...block, confirmation }, of, keys, verifySignature);
    expect(check(block.confirmation, bodies)).toBeNull();
    expect(check(null, bodies)).toBe('MISSING');
    expect(check(block.confirmation, [])).toBe('NEEDLESS');
    expect(check(block.confirmation, bodies.slice(1))).toBe('SIGNATURE');
    expect(check(block.confirmation, bodies, [NOTARY])).toBe('SIGNATURE');
    expect(check(block.confirmation, bodies, [])).toBe('SIGNATURE');
  });
});
