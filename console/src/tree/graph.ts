/** The tree of money as boxes and links: transactions, the tokens between them, and where the money is now. */
import type { Box, Link } from './layout.js';

/** What is asked of a transaction and of a token; the API's have more. */
export interface Transaction {
  readonly transactionId: string;
}
export interface Edge {
  readonly tokenId: string;
  readonly from: string;
  /** null while it is unspent. */
  readonly to: string | null;
}

/**
 * `transaction`: as the page has it. `token`: money that is unspent, where it is. `beyond`: a transaction that was not read,
 * because another page has it or it is not shown to who asks.
 */
export type Part<N, E> =
  | { readonly kind: 'transaction'; readonly node: N }
  | { readonly kind: 'token'; readonly edge: E }
  | { readonly kind: 'beyond'; readonly transactionId: string };

export interface Graph<N, E> {
  readonly parts: ReadonlyMap<string, Part<N, E>>;
  readonly boxes: readonly Box[];
  readonly links: readonly (Link & { readonly edge: E })[];
  /** Transactions that moved nothing: what was registered. */
  readonly registered: readonly N[];
}

const SIZE: Readonly<Record<Part<unknown, unknown>['kind'], Pick<Box, 'width' | 'height'>>> = {
  transaction: { width: 200, height: 48 },
  token: { width: 176, height: 40 },
  beyond: { width: 84, height: 28 },
};

export const tokenBox = (tokenId: string): string => `token ${tokenId}`;
const beyondBox = (transactionId: string): string => `beyond ${transactionId}`;

/** Of the pages read so far: each transaction and each token once. */
export function graphOf<N extends Transaction, E extends Edge>(nodes: readonly N[], edges: readonly E[]): Graph<N, E> {
  const known = new Set(nodes.map(({ transactionId }) => transactionId));
  const moved = new Set(edges.flatMap(({ from, to }) => (to === null ? [from] : [from, to])));
  const parts = new Map<string, Part<N, E>>();
  const registered: N[] = [];
  for (const node of nodes)
    if (moved.has(node.transactionId)) parts.set(node.transactionId, { kind: 'transaction', node });
    else registered.push(node);
  const boxOf = (transactionId: string): string => {
    if (known.has(transactionId)) return transactionId;
    const id = beyondBox(transactionId);
    parts.set(id, { kind: 'beyond', transactionId });
    return id;
  };
  const links = edges.map((edge) => {
    if (edge.to === null) parts.set(tokenBox(edge.tokenId), { kind: 'token', edge });
    const to = edge.to === null ? tokenBox(edge.tokenId) : boxOf(edge.to);
    return { id: edge.tokenId, from: boxOf(edge.from), to, edge };
  });
  const boxes = [...parts].map(([id, { kind }]) => ({ id, ...SIZE[kind] }));
  return { parts, boxes, links, registered };
}

/** Pages put together: what comes again is what it is by the later one. */
export function joined<T>(before: readonly T[], page: readonly T[], idOf: (item: T) => string): T[] {
  const items = new Map(before.map((item) => [idOf(item), item]));
  for (const item of page) items.set(idOf(item), item);
  return [...items.values()];
}
