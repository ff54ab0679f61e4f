import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/kernel/hash.js';
import { merkleTreeOfHashes } from '../../src/kernel/merkle.js';
import { verifySignature } from '../../src/kernel/suites.js';
import { headerHash, tokenIdOf } from '../../src/ledger/canonical.js';
import { NO_HASH } from '../../src/ledger/chain.js';
import type { BlockHeader, NotarialTransaction } from '../../src/ledger/model.js';
import { createNotary, NotaryRefusedError } from '../../src/ledger/notary.js';
import { IDENTITY, NOTARY, T0 } from './support.js';

const OLD = tokenIdOf(sha256('a transaction from before'), 0);
const start = { sequence: 0n, hash: NO_HASH, epoch: 1n, unspent: [[OLD]] };

const transaction = (name: string, spent: Uint8Array[], count = 1): NotarialTransaction => {
  const transactionId = sha256(name);
  return { transactionId, spent, made: Array.from({ length: count }, (_, i) => tokenIdOf(transactionId, i)) };
};
const block = (transactions: NotarialTransaction[], change: Partial<BlockHeader> = {}) => {
  const merkleRoot = merkleTreeOfHashes(transactions.map((row) => row.transactionId)).root;
  const header = { sequence: 1n, previousHash: NO_HASH, merkleRoot, time: T0, epoch: 1n };
  return { header: { ...header, transactionCount: transactions.length, ...change }, transactions };
};

describe('notary', () => {
  it('signs a block whose tokens are spent once, chained within it too', async () => {
    const first = transaction('one', [OLD]);
    const good = block([first, transaction('two', [first.made[0]!])]);
    const signature = await (await createNotary(IDENTITY, NOTARY, start)).certify(good);
    expect(verifySignature(NOTARY.suite, NOTARY.publicKey, headerHash(IDENTITY, good.header), signature)).toBe(true);
  });

  const first = transaction('one', [OLD]);
  it.each([
    ['a token spent twice', block([first, transaction('two', [OLD])])],
    ['a token never made', block([transaction('one', [sha256('nothing')])])],
    ['a foreign token id', block([{ ...first, made: [sha256('mine')] }])],
    ['a gap', block([first], { sequence: 2n })],
    ['another predecessor', block([first], { previousHash: sha256('x') })],
    ['another root', block([first], { merkleRoot: sha256('x') })],
    ['another count', block([first], { transactionCount: 2 })],
    ['an older epoch', block([first], { epoch: 0n })],
  ])('refuses %s', async (_what, bad) => {
    const notary = await createNotary(IDENTITY, NOTARY, start);
    await expect(notary.certify(bad)).rejects.toThrow(NotaryRefusedError);
    await expect(notary.certify(block([first]))).resolves.toHaveLength(64);
  });

  it('lets an uncommitted block be formed anew, and nothing older', async () => {
    const notary = await createNotary(IDENTITY, NOTARY, start);
    await notary.certify(block([first]));
    const again = block([transaction('other', [OLD])]);
    await notary.certify(again);
    const next = { sequence: 2n, previousHash: headerHash(IDENTITY, again.header) };
    await expect(notary.certify(block([transaction('third', [OLD])], next))).rejects.toThrow(NotaryRefusedError);
    await notary.certify(block([transaction('third', [...again.transactions[0]!.made])], next));
    await expect(notary.certify(block([first]))).rejects.toThrow(NotaryRefusedError);
  });
});
