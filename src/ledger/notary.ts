import { equalBytes } from '../kernel/hash.js';
import { merkleTreeOfHashes } from '../kernel/merkle.js';
import type { Signer } from '../kernel/signature.js';
import { headerHash, tokenIdOf } from './canonical.js';
import type { BlockHeader, LedgerIdentity, NotarialTransaction } from './model.js';
import { createTokenSet, type TokenSet } from './token-set.js';

/** Checks that every token is spent once and signs the block. It never sees parties, amounts or purposes. */
export interface Notary {
  /** The signature over the header's hash. Rejects with {@link NotaryRefusedError} when the block is not in order. */
  certify(block: { header: BlockHeader; transactions: readonly NotarialTransaction[] }): Promise<Uint8Array>;
}

export class NotaryRefusedError extends Error {
  override readonly name = 'NotaryRefusedError';
}

/** Where the notary starts: the last committed block and the ids of all unspent tokens. */
export interface NotaryStart {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
  readonly epoch: bigint;
  /** In pages. */
  readonly unspent: AsyncIterable<readonly Uint8Array[]> | Iterable<readonly Uint8Array[]>;
}

interface LastBlock {
  readonly sequence: bigint;
  readonly previousHash: Uint8Array;
  readonly spent: readonly Uint8Array[];
  readonly made: readonly Uint8Array[];
}

const keyOf = (tokenId: Uint8Array): string =>
  Buffer.from(tokenId.buffer, tokenId.byteOffset, tokenId.byteLength).toString('latin1');
const refuse = (why: string): never => {
  throw new NotaryRefusedError(why);
};

/**
 * A notary that keeps the ids of unspent tokens in memory. The last block may be formed anew on the same predecessor
 * (its first form was never committed); an older epoch is refused, so a fenced writer can't do that.
 */
export async function createNotary(ledger: LedgerIdentity, signer: Signer, start: NotaryStart): Promise<Notary> {
  const unspent = createTokenSet();
  for await (const page of start.unspent) for (const tokenId of page) unspent.add(tokenId);
  let { sequence, hash, epoch } = start;
  let last: LastBlock | null = null;

  const undoLast = (block: LastBlock): void => {
    for (const tokenId of block.made) unspent.delete(tokenId);
    for (const tokenId of block.spent) unspent.add(tokenId);
    sequence = block.sequence - 1n;
    hash = block.previousHash;
    last = null;
  };

  return {
    async certify({ header, transactions }) {
      if (header.epoch < epoch) refuse('the epoch of the block is over');
      if (last && header.sequence === last.sequence && equalBytes(header.previousHash, last.previousHash))
        undoLast(last);
      if (header.sequence !== sequence + 1n) refuse('the sequence has a gap');
      if (!equalBytes(header.previousHash, hash)) refuse('the block does not follow the last one');
      const change = spentOnce(header, transactions, unspent);
      for (const tokenId of change.spent) unspent.delete(tokenId);
      for (const tokenId of change.made) unspent.add(tokenId);
      last = { sequence: header.sequence, previousHash: header.previousHash, ...change };
      ({ sequence, epoch } = header);
      hash = headerHash(ledger, header);
      return signer.sign(hash);
    },
  };
}

/** Net change of a block: tokens it spends of those before it, tokens it leaves. Refuses a second spend. */
function spentOnce(header: BlockHeader, transactions: readonly NotarialTransaction[], unspent: Pick<TokenSet, 'has'>) {
  const ids = transactions.map((transaction) => transaction.transactionId);
  if (ids.length !== header.transactionCount) refuse('the count of transactions differs');
  if (!equalBytes(merkleTreeOfHashes(ids).root, header.merkleRoot)) refuse('the Merkle root differs');
  const spent = new Map<string, Uint8Array>();
  const made = new Map<string, Uint8Array>();
  for (const transaction of transactions) {
    for (const tokenId of transaction.spent) {
      const key = keyOf(tokenId);
      if (made.delete(key)) continue;
      if (spent.has(key) || !unspent.has(tokenId)) refuse('a token is spent twice or was never made');
      spent.set(key, tokenId);
    }
    transaction.made.forEach((tokenId, index) => {
      if (!equalBytes(tokenId, tokenIdOf(transaction.transactionId, index))) refuse('a token id is not its own');
      made.set(keyOf(tokenId), tokenId);
    });
  }
  return { spent: [...spent.values()], made: [...made.values()] };
}
