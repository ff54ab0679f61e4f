import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTransaction, transactionIdOfToken } from '../../src/ledger/canonical.js';
import { creditMarkOf } from '../../src/ledger/hold-detail.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { entryKey } from '../../src/ledger/model.js';
import type { LedgerStore, StatementCursor } from '../../src/ledger/store.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import {
  type TreeDirection,
  type TreeNode,
  type TreePage,
  type TreeScope,
  type TreeToken,
  WHOLE_TREE,
} from '../../src/ledger/tree.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { testDatabase } from '../support/postgres.js';
import { anyCommand, SETUP } from './domestic/families.js';
import { onBothStores } from './domestic/support.js';
import { BANK, bic, codes, done, issue, manualClock, open, openLedger, transfer, w } from './support.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const makerOf = (token: TreeToken): string => hex(transactionIdOfToken(token.tokenId));
const idOf = ({ transaction }: TreeNode): string => hex(transaction.transactionId);
const sum = (tokens: readonly TreeToken[]): bigint =>
  tokens.reduce((total, { amountMinor }) => total + amountMinor, 0n);
const madeBy = (node: TreeNode): TreeToken[] => node.tokens.filter((token) => makerOf(token) === idOf(node));
const spentBy = (node: TreeNode): TreeToken[] => node.tokens.filter((token) => makerOf(token) !== idOf(node));
const isAfter = (a: StatementCursor, b: StatementCursor): boolean =>
  a.blockSequence > b.blockSequence || (a.blockSequence === b.blockSequence && a.position > b.position);

/** What of a tree two stores must answer alike. */
const told = (nodes: readonly TreeNode[]) =>
  nodes.map(({ blockSequence, position, time, transaction, tokens }) => ({
    ...{ blockSequence, position, time, id: hex(transaction.transactionId), kind: transaction.kind },
    tokens: tokens.map((token) => ({
      ...token,
      tokenId: hex(token.tokenId),
      spentBy: token.spentBy && hex(token.spentBy),
    })),
  }));

interface Walked {
  readonly nodes: TreeNode[];
  readonly pages: number;
  readonly truncated: boolean;
}

/** All pages of a token's tree. */
async function walk(
  store: LedgerStore,
  tokenId: Uint8Array,
  direction: TreeDirection,
  {
    limit = 100,
    frontierMax = 100,
    scope = WHOLE_TREE,
  }: { limit?: number; frontierMax?: number; scope?: TreeScope } = {},
): Promise<Walked> {
  const token = (await store.token(tokenId))!;
  const start = direction === 'back' ? token.madeBy : token.spentIn;
  const nodes: TreeNode[] = [];
  let [pages, truncated] = [0, false];
  for (let frontier = start ? [start] : []; frontier.length > 0; ) {
    const page: TreePage = await store.walkTree({ direction, frontier, scope, limit, frontierMax });
    expect(page.nodes.length).toBeLessThanOrEqual(limit);
    expect(page.frontier.length).toBeLessThanOrEqual(frontierMax);
    nodes.push(...page.nodes);
    frontier = [...page.frontier];
    truncated ||= page.truncated;
    pages += 1;
  }
  return { nodes, pages, truncated };
}

async function topicTree(store: LedgerStore, topic: string, scope: TreeScope, limit: number): Promise<TreeNode[]> {
  const nodes: TreeNode[] = [];
  for (let after: StatementCursor | null = null; ; ) {
    const page = await store.topicTree(topic, scope, after, limit);
    nodes.push(...page);
    if (page.length < limit) return nodes;
    after = page.at(-1)!;
  }
}

/** Every token that the blocks of a ledger made. */
async function everyToken(store: LedgerStore): Promise<Uint8Array[]> {
  const tokens: Uint8Array[] = [];
  const { sequence } = await store.head();
  for (let at = 1n; at <= sequence; at += 1n)
    for (const { body } of await store.blockTransactions(at))
      tokens.push(...decodeTransaction(body).outputs.map(({ tokenId }) => tokenId));
  return tokens;
}

const kinds = (nodes: readonly TreeNode[]): string[] =>
  nodes.map(({ transaction: { kind, reference } }) => `${kind} ${reference}`);

onBothStores('the tree of a token', (fresh) => {
  it('goes back to where it was issued, newest first, and forward to what became of it', async () => {
    const store = await fresh();
    const ledger = await openLedger(store);
    await codes(ledger, [open('a'), open('b'), open('c'), issue('i1', 'a', 60n), issue('i2', 'a', 50n)]);
    await codes(ledger, [transfer('t1', 'a', 'b', 100n)]);
    const { transactionId } = await done(ledger, transfer('t2', 'b', 'c', 30n));
    await codes(ledger, [transfer('t3', 'c', 'a', 5n), issue('i3', 'c', 1n), transfer('t4', 'c', 'b', 25n)]);
    const paid = decodeTransaction((await store.transaction(transactionId!))!.body).outputs[0]!;

    const back = await walk(store, paid.tokenId, 'back');
    expect(kinds(back.nodes)).toEqual(['transfer t2', 'transfer t1', 'issue i2', 'issue i1']);
    expect(back.nodes[1]!.tokens.map(({ walletId, amountMinor }) => `${walletId} ${amountMinor}`)).toEqual([
      ...['a 60', 'a 50', 'b 100', 'a 10'],
    ]);
    const forward = await walk(store, paid.tokenId, 'forward');
    expect(kinds(forward.nodes)).toEqual(['transfer t3', 'transfer t4']);

    for (const [direction, whole] of [
      ['back', back],
      ['forward', forward],
    ] as const) {
      const single = await walk(store, paid.tokenId, direction, { limit: 1 });
      expect(told(single.nodes)).toEqual(told(whole.nodes));
      expect(single.pages).toBe(whole.nodes.length);
    }
    const token = (await store.token(paid.tokenId))!;
    expect({ ...token, tokenId: hex(token.tokenId), spentBy: hex(token.spentBy!) }).toEqual({
      ...{ tokenId: hex(paid.tokenId), walletId: 'c', amountMinor: 30n, markId: null, markLevel: null, held: false },
      ...{ spentBy: idOf(forward.nodes[0]!), spentIn: { blockSequence: 4n, position: 0 } },
      madeBy: { blockSequence: 3n, position: 0 },
    });
    expect(await store.token(new Uint8Array(36))).toBeNull();
  });

  it('comes once to a transaction that several ways lead to', async () => {
    const store = await fresh();
    const ledger = await openLedger(store);
    await codes(ledger, [open('a'), open('b'), open('c'), issue('i1', 'a', 100n)]);
    // Both outputs of `t1` come together again in `t4`.
    await codes(ledger, [transfer('t1', 'a', 'b', 40n)]);
    await codes(ledger, [transfer('t2', 'b', 'c', 40n), transfer('t3', 'a', 'c', 60n)]);
    const { transactionId } = await done(ledger, transfer('t4', 'c', 'a', 100n));
    const [output] = decodeTransaction((await store.transaction(transactionId!))!.body).outputs;
    const { nodes } = await walk(store, output!.tokenId, 'back');
    expect(kinds(nodes)).toEqual(['transfer t4', 'transfer t3', 'transfer t2', 'transfer t1', 'issue i1']);
    const narrow = await walk(store, output!.tokenId, 'back', { frontierMax: 1 });
    expect(narrow.truncated).toBe(true);
    expect(kinds(narrow.nodes)).toEqual(['transfer t4', 'transfer t3', 'transfer t1', 'issue i1']);
  });

  it('shows an owner its own wallets, and a page begun elsewhere shows it nothing', async () => {
    const store = await fresh();
    const ledger = await openLedger(store);
    const other = bic('BBBBKZ20');
    await codes(ledger, [open('a'), open('b', 'customer', other), open('b2', 'customer', other)]);
    await codes(ledger, [issue('i1', 'a', 100n)]);
    await codes(ledger, [transfer('t1', 'a', 'b', 40n)]);
    const { transactionId } = await done(ledger, transfer('t2', 'b', 'b2', 30n));
    const [output] = decodeTransaction((await store.transaction(transactionId!))!.body).outputs;
    const scope = { ownerBic: other, markId: null };
    const { nodes } = await walk(store, output!.tokenId, 'back', { scope });
    expect(kinds(nodes)).toEqual(['transfer t2', 'transfer t1']);
    expect(new Set(nodes.flatMap(({ tokens }) => tokens.map(({ walletId }) => walletId)))).toEqual(
      new Set([w('b'), w('b2')]),
    );
    const { madeBy: issued } = (await store.token(
      (
        await walk(store, output!.tokenId, 'back')
      ).nodes[2]!.tokens[0]!.tokenId,
    ))!;
    const none = { direction: 'back', frontier: [issued], scope, limit: 10, frontierMax: 10 } as const;
    expect(await store.walkTree(none)).toEqual({ nodes: [], frontier: [], truncated: false });
    const nowhere = { ...none, scope: WHOLE_TREE, frontier: [{ blockSequence: 999n, position: 7 }] };
    expect(await store.walkTree(nowhere)).toEqual({ nodes: [], frontier: [], truncated: false });
  });
});

const MARK_IDS = ['road', 'pact', 'food', 'vat'];
const TOPICS = [...MARK_IDS.map((markId) => entryKey('mark', markId)), entryKey('agreement', 'a1'), 'event:e1'];

/** What a transaction adds to the money there is. */
const suppliedBy = ({ transaction: { kind, amountMinor } }: TreeNode): bigint =>
  kind === 'issue' ? amountMinor : kind === 'redeem' ? -amountMinor : 0n;

function expectBalanced(nodes: readonly TreeNode[]): void {
  for (const node of nodes) expect(sum(madeBy(node))).toBe(sum(spentBy(node)) + suppliedBy(node));
}

/** The tree of a mark has the transactions of its topic and no others: those that moved its money, hold some for it or wrote about it. */
async function expectTopics(store: LedgerStore): Promise<void> {
  for (const topic of TOPICS) {
    const tree = await topicTree(store, topic, WHOLE_TREE, 7);
    const entries = await store.topic(topic, null, 10_000);
    expect(tree.map(idOf)).toEqual(entries.map(({ transaction }) => hex(transaction.transactionId)));
    expectBalanced(tree);
  }
  for (const markId of MARK_IDS) {
    const moved = new Set<string>();
    for (let at = 1n; at <= (await store.head()).sequence; at += 1n)
      for (const { transactionId, body } of await store.blockTransactions(at)) {
        const { inputs, outputs, entries, kind, detail } = decodeTransaction(body);
        const awaits = creditMarkOf({ kind, detail })?.markId === markId;
        const isAbout =
          awaits ||
          entries.some((entry) =>
            entry.kind === 'mark' ? entry.entryId === markId : entry.kind === 'agreement' && markId === 'pact',
          );
        if (isAbout || [...inputs, ...outputs].some((token) => token.markId === markId)) moved.add(hex(transactionId));
      }
    const under = await topicTree(store, entryKey('mark', markId), { ownerBic: null, markId }, 50);
    expect(new Set(under.map(idOf))).toEqual(moved);
    for (const { tokens } of under) for (const token of tokens) expect(token.markId).toBe(markId);
  }
}

/** A tree back ends where money was issued, one forward at unspent tokens, and neither goes another way. */
async function expectWalks(store: LedgerStore): Promise<void> {
  const unspent = new Set((await store.unspentTokens(null, 100_000)).tokenIds.map(hex));
  for (const tokenId of await everyToken(store)) {
    const back = await walk(store, tokenId, 'back', { limit: 5, frontierMax: 1_000 });
    const ids = new Set(back.nodes.map(idOf));
    expect(ids.size).toBe(back.nodes.length);
    expect(back.truncated).toBe(false);
    expectBalanced(back.nodes);
    back.nodes.forEach((node, i) => {
      if (i > 0) expect(isAfter(back.nodes[i - 1]!, node)).toBe(true);
      if (spentBy(node).length === 0) expect(node.transaction.kind).toBe('issue');
      for (const token of spentBy(node)) expect(ids).toContain(makerOf(token));
      if (i > 0) expect(madeBy(node).some((token) => token.spentBy && ids.has(hex(token.spentBy)))).toBe(true);
    });
    const forward = await walk(store, tokenId, 'forward', { limit: 5, frontierMax: 1_000 });
    const later = new Set(forward.nodes.map(idOf));
    forward.nodes.forEach((node, i) => {
      if (i > 0) expect(isAfter(node, forward.nodes[i - 1]!)).toBe(true);
      for (const token of madeBy(node))
        if (token.spentBy === null) expect(unspent).toContain(hex(token.tokenId));
        else expect(later).toContain(hex(token.spentBy));
    });
  }
}

const batches = fc.array(fc.array(anyCommand, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 8 });

async function lived(store: LedgerStore, work: readonly LedgerCommand[][]): Promise<LedgerStore> {
  const clock = manualClock();
  const ledger = await openLedger(store, {
    clock,
    consolidation: { tokenCountMax: 6, inputCountMax: 4, queuedMax: 8 },
  });
  for (const batch of [SETUP, ...work]) {
    clock.advance(1);
    await codes(ledger, batch);
    await ledger.idle();
  }
  return store;
}

describe('trees of random histories', () => {
  it('have what the blocks have: all of a topic, every way back to issuance, every way forward to what is unspent', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (work) => {
        const store = await lived(createMemoryStore(), work);
        await expectTopics(store);
        await expectWalks(store);
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  it('are the same in PostgreSQL, in every scope and with any width of the frontier', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 4 }), async (work, frontierMax) => {
        const database = await testDatabase(ledgerMigrations);
        try {
          const [inPg, inMemory] = [createPgStore(database.pool), createMemoryStore()] as const;
          await Promise.all([lived(inPg, work), lived(inMemory, work)]);
          const scopes: TreeScope[] = [
            WHOLE_TREE,
            { ownerBic: BANK, markId: null },
            { ownerBic: null, markId: 'road' },
            { ownerBic: bic('TRSYKZ20'), markId: 'pact' },
          ];
          for (const scope of scopes)
            for (const topic of TOPICS)
              expect(told(await topicTree(inPg, topic, scope, 4))).toEqual(
                told(await topicTree(inMemory, topic, scope, 4)),
              );
          const tokens = await everyToken(inMemory);
          for (const tokenId of tokens.filter((_, i) => i % 11 === 0))
            for (const direction of ['back', 'forward'] as const)
              for (const scope of scopes)
                for (const options of [
                  { scope, limit: 6 },
                  { scope, limit: 3, frontierMax },
                ]) {
                  const [pg, memory] = [
                    await walk(inPg, tokenId, direction, options),
                    await walk(inMemory, tokenId, direction, options),
                  ];
                  expect({ ...pg, nodes: told(pg.nodes) }).toEqual({ ...memory, nodes: told(memory.nodes) });
                }
        } finally {
          await database.drop();
        }
      }),
      { numRuns: 3 },
    );
  }, 60_000);
});
