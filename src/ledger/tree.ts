import type { Bic } from '../kernel/ids.js';
import type { Token } from './model.js';
import type { StatementCursor, TopicEntry } from './store.js';

/**
 * The tree of money: transactions are its nodes, tokens its edges, each from the transaction that made it to the one that
 * spent it. A token is followed back to where it was issued or forward to what became of it; the tree of a topic (a mark,
 * an agreement) is made of the transactions that concern it.
 */
export interface TreeToken extends Pick<Token, 'tokenId' | 'walletId' | 'amountMinor' | 'markId' | 'markLevel'> {
  readonly held: boolean;
  /** Id of the transaction that spent it; null while it is unspent. The id of the one that made it starts its own. */
  readonly spentBy: Uint8Array | null;
}

/** A transaction with its tokens: those that it spent, then those that it made, each in the order they were made. */
export interface TreeNode extends TopicEntry {
  readonly tokens: readonly TreeToken[];
}

/** A token by its id, and where its tree goes on in either direction. */
export interface TracedToken extends TreeToken {
  readonly madeBy: StatementCursor;
  readonly spentIn: StatementCursor | null;
}

/** Which tokens are seen, and followed: those of one owner's wallets, those under one mark; null for all. */
export interface TreeScope {
  readonly ownerBic: Bic | null;
  readonly markId: string | null;
}

export const WHOLE_TREE: TreeScope = { ownerBic: null, markId: null };

export type TreeDirection = 'back' | 'forward';

/** A walk along tokens, in the order of the chain: from the newest transaction back, or from the oldest forward. */
export interface TreeWalk {
  readonly direction: TreeDirection;
  /** Places of the transactions that come next, of which the first one is the first in the direction. */
  readonly frontier: readonly StatementCursor[];
  readonly scope: TreeScope;
  readonly limit: number;
  /** Most places in a frontier: what bounds the cost of a page, and the length of its cursor. */
  readonly frontierMax: number;
}

/** Places of transactions that a walk can be at: below these. */
export const PLACE_LIMITS = { blockSequence: 2n ** 39n, position: 2 ** 24 } as const;

/** A page of a walk. Every transaction comes once in all of them, however many ways lead to it. */
export interface TreePage {
  readonly nodes: readonly TreeNode[];
  /** Where the next page goes on; empty at the end. */
  readonly frontier: readonly StatementCursor[];
  /** The frontier was wider than that: the way goes on from its nearest part alone. */
  readonly truncated: boolean;
}

/** What a store answers of the tree. Each is one query, whatever the length of the history. */
export interface TreeReads {
  token(tokenId: Uint8Array): Promise<TracedToken | null>;
  walkTree(walk: TreeWalk): Promise<TreePage>;
  /** Transactions of a topic, oldest first, with their tokens in scope. */
  topicTree(topic: string, scope: TreeScope, after: StatementCursor | null, limit: number): Promise<TreeNode[]>;
}
