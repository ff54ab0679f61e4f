import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenIdOf } from '../../../src/ledger/canonical.js';
import { ledgerMigrations } from '../../../src/ledger/migrations/index.js';
import { createNotary, type Notary } from '../../../src/ledger/notary.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import { createPgStore } from '../../../src/ledger/store.pg.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { testDatabase } from '../../support/postgres.js';
import { expectAudited } from '../audited.js';
import { codes, IDENTITY, manualClock, NOTARY, openLedger, w } from '../support.js';
import { account } from './agreements.js';
import { anyCommand, applyToModel, SELDOM, SETUP } from './families.js';
import { Model, plain, WALLETS } from './model.js';
import { expectations } from './refusals.js';

const batches = fc.array(fc.array(anyCommand, { minLength: 1, maxLength: 12 }), { minLength: 4, maxLength: 20 });

/** What the ledger has, in the model's words. */
async function pocketsOf(store: LedgerStore): Promise<Map<string, bigint>> {
  const pockets = new Map<string, bigint>();
  for (const { walletId, availableMinor } of await store.wallets(WALLETS.map(w)))
    pockets.set(plain(walletId), availableMinor);
  for (const walletId of WALLETS)
    for (const { markId, markLevel, amountMinor } of await store.pocketsOf(w(walletId), null, 100))
      pockets.set(`${walletId} ${markId} ${markLevel}`, amountMinor);
  return pockets;
}
const filled = (pockets: ReadonlyMap<string, bigint>): string[] =>
  [...pockets]
    .filter(([, minor]) => minor > 0n)
    .map(([pocket, minor]) => `${pocket}: ${minor}`)
    .sort();

/** Kinds of commands that some ledger of these tests accepted; of legs with what is marked of them. */
const accepted = new Set<string>();
const kindOf = (command: LedgerCommand): string =>
  command.kind === 'placeHold' && command.mark ? `placeHold ${command.mark.side}` : command.kind;
/** Refusals that they met, as the plain rules had said. */
const refused = new Set<string>();

type Seen = Parameters<Notary['certify']>[0];

/** Runs the batches beside the model; answers everything that another store must answer too. */
async function run(store: LedgerStore, work: LedgerCommand[][], seen: Seen[] = []): Promise<unknown> {
  const clock = manualClock();
  const ledger = await openLedger(store, {
    clock,
    consolidation: { tokenCountMax: 6, inputCountMax: 4, queuedMax: 8 },
    notary: async (start) => {
      const notary = await createNotary(IDENTITY, NOTARY, start);
      const certify: Notary['certify'] = (block) => {
        seen.push(block);
        return notary.certify(block);
      };
      return { certify };
    },
  });
  const model = new Model();
  const expected = expectations();
  const answers: string[][] = [];
  for (const batch of [SETUP, ...work]) {
    clock.advance(1);
    const codesOfBatch = await codes(ledger, batch);
    answers.push(codesOfBatch);
    if (batch === SETUP) expect(new Set(codesOfBatch)).toEqual(new Set(['ok']));
    for (const [i, command] of batch.entries()) {
      const [code, answer] = [codesOfBatch[i], expected.answer(model, command, clock.now())];
      if (answer !== undefined) expect(`${command.kind} ${code}`).toBe(`${command.kind} ${answer}`);
      if (code !== 'ok') {
        refused.add(`${command.kind} ${code}`);
        continue;
      }
      accepted.add(kindOf(command));
      expected.accepted(model, command, clock.now());
      applyToModel(model, command, clock.now());
    }
    await ledger.idle();
    expect(filled(await pocketsOf(store))).toEqual(filled(model.pockets));
    for (const [agreementId, { max, transferred, withdrawn, held, vat }] of Object.entries(model.agreements)) {
      const left = max - transferred - held - vat;
      const told = `${transferred} ${withdrawn} ${held} ${vat}, ${left} left`;
      expect(await account(store, agreementId)).toBe(told);
    }
    const { heldMinor, unspentMinor } = await store.sums();
    expect(heldMinor).toBe([...model.held.values()].reduce((sum, { left }) => sum + left, 0n));
    expect(unspentMinor).toBe(model.supply);
    expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  }
  const { tokenIds } = await store.unspentTokens(null, 100_000);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return { answers, tokens: tokenIds.map(hex).sort(), hash: hex((await store.head()).hash) };
}

describe('the domestic ledger under random commands of all families', () => {
  it('does what a plain model does, in memory', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        await run(createMemoryStore(), work);
      }),
      { numRuns: 50, examples: [[[[...SELDOM]]]] },
    );
    expect([...accepted]).toEqual(
      expect.arrayContaining([
        ...['withdraw', 'payInvoice', 'refundInvoice', 'expireEvent', 'settleHold', 'unmark'],
        ...['placeHold debit', 'placeHold credit'],
      ]),
    );
    const met = ['spend MARK_FORBIDS', 'spend FUNDS_INSUFFICIENT', 'unmark FUNDS_INSUFFICIENT'];
    met.push('placeHold MARK_FORBIDS', 'placeHold TERMS_CONFLICT', 'settleHold HOLD_UNKNOWN');
    met.push('stateEvent EVENT_STATE', 'expireEvent EVENT_STATE', 'holdForEvent AGREEMENT_EXHAUSTED');
    met.push('payInvoice AGREEMENT_EXHAUSTED', 'refundInvoice FUNDS_INSUFFICIENT');
    expect([...refused]).toEqual(expect.arrayContaining(met));
  }, 240_000);

  it('makes the same blocks and tokens in PostgreSQL, whose tables are what its blocks make them', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        const database = await testDatabase(ledgerMigrations);
        try {
          const inPg = await run(createPgStore(database.pool), work);
          expect(inPg).toEqual(await run(createMemoryStore(), work));
          await expectAudited(database.pool);
        } finally {
          await database.drop();
        }
      }),
      { numRuns: 5 },
    );
  }, 240_000);

  it('shows its notary ids of tokens and hashes, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        const store = createMemoryStore();
        const seen: Seen[] = [];
        await run(store, work, seen);
        const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
        const known = new Set<string>();
        let previousHash = '0'.repeat(64);
        for (const block of seen) {
          const committed = (await store.block(block.header.sequence))!;
          const { merkleRoot, previousHash: named, ...numbers } = block.header;
          const { sequence, time, transactionCount, epoch } = committed.header;
          expect(Object.keys(block).sort()).toEqual(['header', 'transactions']);
          expect(numbers).toEqual({ sequence, time, transactionCount, epoch });
          expect([hex(named), hex(merkleRoot)]).toEqual([previousHash, hex(committed.header.merkleRoot)]);
          previousHash = hex(committed.hash);
          const stored = await store.blockTransactions(sequence);
          block.transactions.forEach(({ transactionId, spent, made, ...more }, i) => {
            expect(more).toEqual({});
            expect(hex(transactionId)).toBe(hex(stored[i]!.transactionId));
            expect(made.map(hex)).toEqual(made.map((_, n) => hex(tokenIdOf(transactionId, n))));
            for (const tokenId of spent) expect(known.has(hex(tokenId))).toBe(true);
            for (const tokenId of made) known.add(hex(tokenId));
          });
        }
      }),
      { numRuns: 10 },
    );
  }, 240_000);
});
