import type { WalletId } from '../kernel/ids.js';
import { decodeTransaction, transactionIdOfToken } from './canonical.js';
import type { CommittedBlock, LedgerTransaction, TopicRow, TransactionToken, WalletRow } from './model.js';
import type { StatementCursor } from './store.js';
import type { TreeNode, TreePage, TreeReads, TreeScope, TreeToken, TreeWalk } from './tree.js';

/** The parts of a store in memory that trees are read from. */
interface State {
  readonly transactions: readonly LedgerTransaction[];
  readonly blocks: readonly CommittedBlock[];
  readonly topics: readonly TopicRow[];
  readonly wallets: ReadonlyMap<WalletId, WalletRow>;
}

const keyOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const byPlace = (a: StatementCursor, b: StatementCursor): number =>
  a.blockSequence === b.blockSequence ? a.position - b.position : a.blockSequence < b.blockSequence ? -1 : 1;
const placeOf = ({ blockSequence, position }: StatementCursor): StatementCursor => ({ blockSequence, position });

/** The tree as the bytes of the transactions alone have it: the model that PostgreSQL is compared with. */
function graphOf({ transactions, blocks, wallets }: State) {
  const all = transactions.map((transaction) => ({ transaction, ...decodeTransaction(transaction.body) }));
  const byId = new Map(transactions.map((transaction) => [keyOf(transaction.transactionId), transaction]));
  const spenders = new Map(
    all.flatMap(({ transaction, inputs }) => inputs.map(({ tokenId }) => [keyOf(tokenId), transaction] as const)),
  );
  const makerOf = ({ tokenId }: Pick<TreeToken, 'tokenId'>) => byId.get(keyOf(transactionIdOfToken(tokenId)))!;
  const spenderOf = ({ tokenId }: Pick<TreeToken, 'tokenId'>) => spenders.get(keyOf(tokenId)) ?? null;
  const edge = (token: TransactionToken): TreeToken => {
    const { tokenId, walletId, amountMinor, markId, markLevel, conditionRef } = token;
    const spentBy = spenderOf(token)?.transactionId ?? null;
    return { tokenId, walletId, amountMinor, markId, markLevel, held: conditionRef !== null, spentBy };
  };
  const byMaking = (a: TreeToken, b: TreeToken): number =>
    byPlace(makerOf(a), makerOf(b)) || Buffer.compare(a.tokenId, b.tokenId);
  return {
    makerOf,
    spenderOf,
    token: (tokenId: Uint8Array): TreeToken | null => {
      const made = all.flatMap(({ outputs }) => outputs);
      const token = made.find((output) => keyOf(output.tokenId) === keyOf(tokenId));
      return token ? edge(token) : null;
    },
    node: (place: StatementCursor, { ownerBic, markId }: TreeScope): TreeNode | null => {
      const found = all.find(({ transaction }) => byPlace(transaction, place) === 0);
      if (!found) return null;
      const { transaction, inputs, outputs } = found;
      const isSeen = (token: TreeToken) =>
        (ownerBic === null || wallets.get(token.walletId)?.ownerBic === ownerBic) &&
        (markId === null || token.markId === markId);
      const tokens = [...inputs.map(edge).sort(byMaking), ...outputs.map(edge)].filter(isSeen);
      const { time } = blocks[Number(transaction.blockSequence) - 1]!.header;
      return { ...placeOf(transaction), time, transaction, tokens };
    },
  };
}

export function treeReads(state: State): TreeReads {
  return {
    token: async (tokenId) => {
      const graph = graphOf(state);
      const token = graph.token(tokenId);
      const spender = token && graph.spenderOf(token);
      return token && { ...token, madeBy: placeOf(graph.makerOf(token)), spentIn: spender && placeOf(spender) };
    },
    walkTree: async (walk) => walked(graphOf(state), walk),
    topicTree: async (topic, scope, after, limit) => {
      const graph = graphOf(state);
      return state.topics
        .filter((row) => row.topic === topic && (after === null || byPlace(row, after) > 0))
        .slice(0, limit)
        .map((row) => graph.node(row, scope)!);
    },
  };
}

function walked(graph: ReturnType<typeof graphOf>, walk: TreeWalk): TreePage {
  const { direction, scope, limit, frontierMax } = walk;
  const isBack = direction === 'back';
  const inOrder = (a: StatementCursor, b: StatementCursor): number => (isBack ? byPlace(b, a) : byPlace(a, b));
  const nodes: TreeNode[] = [];
  let frontier = [...walk.frontier].sort(inOrder);
  let truncated = false;
  for (let steps = 0; steps < limit && frontier.length > 0; steps += 1) {
    const [next, ...rest] = frontier as [StatementCursor, ...StatementCursor[]];
    const node = graph.node(next, scope);
    const own = node && keyOf(node.transaction.transactionId);
    const isMadeHere = (token: TreeToken) => keyOf(transactionIdOfToken(token.tokenId)) === own;
    const tokens = node?.tokens.filter((token) => isMadeHere(token) !== isBack) ?? [];
    const neighbours = tokens.map((token) => (isBack ? graph.makerOf(token) : graph.spenderOf(token)));
    const reached = [...rest, ...neighbours.filter((place) => place !== null)].map(placeOf).sort(inOrder);
    const distinct = reached.filter((place, i) => i === 0 || byPlace(place, reached[i - 1]!) !== 0);
    truncated ||= distinct.length > frontierMax;
    frontier = distinct.slice(0, frontierMax);
    if (node && node.tokens.length > 0) nodes.push(node);
  }
  return { nodes, frontier, truncated };
}
