import type { QueryResultRow } from 'pg';
import type { WalletId } from '../kernel/ids.js';
import { TRANSACTION_COLUMNS, toTransaction } from './rows.pg.js';
import type { StatementCursor } from './store.js';
import type { Rows } from './store.pg.js';
import {
  PLACE_LIMITS,
  type TracedToken,
  type TreeDirection,
  type TreeNode,
  type TreeReads,
  type TreeScope,
  type TreeToken,
} from './tree.js';

/**
 * Trees in PostgreSQL. A transaction's inputs are found by where they were spent, its outputs by their places in the
 * block: from its first one to that of the next transaction. The place of a transaction travels as one number, so that
 * places sort: block and, in the last bits, position.
 */
const POSITION_BITS = Math.log2(PLACE_LIMITS.position);
const POSITION_MASK = PLACE_LIMITS.position - 1;
const place = (block: string, position: string): string => `((${block} << ${POSITION_BITS}) + ${position})`;
const blockOf = (number: string): string => `(${number} >> ${POSITION_BITS})`;
const positionOf = (number: string): string => `(${number} & ${POSITION_MASK})::integer`;
const toPlace = (number: string): StatementCursor => ({
  blockSequence: BigInt(number) >> BigInt(POSITION_BITS),
  position: Number(BigInt(number) & BigInt(POSITION_MASK)),
});
const placeNumber = ({ blockSequence, position }: StatementCursor): bigint =>
  (blockSequence << BigInt(POSITION_BITS)) + BigInt(position);

/** Parameters 1 and 2 are the scope. The owner is asked for wallet by wallet: somebody may own very many. */
const IN_SCOPE = `($2::text IS NULL OR token.mark_id = $2)
  AND ($1::text IS NULL OR $1 = (SELECT owner_bic FROM wallet WHERE wallet.wallet_id = token.wallet_id))`;
const scopeValues = ({ ownerBic, markId }: TreeScope) => [ownerBic, markId];
const MAKER_ID = 'substring(token.token_id FROM 1 FOR 32)';

const SPENT_BY = (block: string, position: string): string =>
  `token.spent_in = ${block} AND token.spent_at = ${position}`;
const MADE_BY = (maker: string): string => `token.made_in = ${maker}.block_sequence
    AND token.made_at >= ${maker}.made_from
    AND token.made_at < coalesce((SELECT next.made_from FROM ledger_transaction next
      WHERE next.block_sequence = ${maker}.block_sequence AND next.position = ${maker}.position + 1), 2147483647)`;

/** The transactions that come before, or after, the one at the head of the frontier. */
const NEIGHBOURS: Readonly<Record<TreeDirection, string>> = {
  back: `SELECT ${place('maker.block_sequence', 'maker.position')} FROM token
    JOIN ledger_transaction maker ON maker.transaction_id = ${MAKER_ID}
    WHERE ${SPENT_BY(blockOf('frontier[1]'), positionOf('frontier[1]'))} AND ${IN_SCOPE}`,
  forward: `SELECT ${place('token.spent_in', 'token.spent_at')} FROM ledger_transaction maker
    JOIN token ON ${MADE_BY('maker')}
    WHERE maker.block_sequence = ${blockOf('frontier[1]')} AND maker.position = ${positionOf('frontier[1]')}
      AND token.spent_in IS NOT NULL AND ${IN_SCOPE}`,
};

/** Tokens of the transaction `tx`: hex id, wallet, amount, mark, level, held, hex id of what spent it. */
const TOKENS = `SELECT json_agg(json_build_array(encode(token.token_id, 'hex'), token.wallet_id,
      token.amount_minor::text, token.mark_id, token.mark_level, token.held, encode(spender.transaction_id, 'hex'))
    ORDER BY token.side, token.made_in, token.made_at) AS tokens
  FROM (
    SELECT 0 AS side, token.* FROM token WHERE ${SPENT_BY('tx.block_sequence', 'tx.position')}
    UNION ALL
    SELECT 1 AS side, token.* FROM token WHERE ${MADE_BY('tx')}
  ) token LEFT JOIN ledger_transaction spender
    ON spender.block_sequence = token.spent_in AND spender.position = token.spent_at
  WHERE ${IN_SCOPE}`;
const NODE = `${TRANSACTION_COLUMNS.split(', ')
  .map((name) => `tx.${name}`)
  .join(', ')}, block.block_time, edges.tokens`;

/**
 * Every step takes the first place of the frontier and puts in those that it leads to; `OFFSET 0` keeps the server from
 * looking for them each time they are named.
 */
const walk = (direction: TreeDirection): string => `
  WITH RECURSIVE walk (step, visited, frontier, truncated) AS (
    SELECT 0, NULL::bigint, $3::bigint[], false
    UNION ALL
    SELECT step + 1, frontier[1], reached.places[1:$5::integer], truncated OR cardinality(reached.places) > $5
    FROM walk CROSS JOIN LATERAL (SELECT ARRAY(
      SELECT unnest(frontier[2:]) AS number UNION ${NEIGHBOURS[direction]}
      ORDER BY number ${direction === 'back' ? 'DESC' : 'ASC'} LIMIT $5 + 1
    ) AS places OFFSET 0) reached
    WHERE step < $4::integer AND cardinality(frontier) > 0
  )
  SELECT ${NODE}, walk.step, walk.truncated,
    CASE WHEN walk.step = (SELECT max(step) FROM walk) THEN walk.frontier END AS frontier
  FROM walk
  LEFT JOIN ledger_transaction tx
    ON tx.block_sequence = ${blockOf('walk.visited')} AND tx.position = ${positionOf('walk.visited')}
  LEFT JOIN block ON block.sequence = tx.block_sequence
  CROSS JOIN LATERAL (${TOKENS}) edges
  WHERE walk.step > 0 ORDER BY walk.step`;
const WALKS: Readonly<Record<TreeDirection, string>> = { back: walk('back'), forward: walk('forward') };

const TOPIC_TREE = `SELECT ${NODE} FROM (
    SELECT block_sequence, position FROM topic
    WHERE topic = $3 AND (block_sequence, position) > ($4::bigint, $5::integer)
    ORDER BY block_sequence, position LIMIT $6
  ) page
  JOIN ledger_transaction tx USING (block_sequence, position)
  JOIN block ON block.sequence = tx.block_sequence
  CROSS JOIN LATERAL (${TOKENS}) edges
  ORDER BY tx.block_sequence, tx.position`;

const TOKEN = `SELECT token.*, maker.position AS made_by, spender.transaction_id AS spender_id
  FROM ledger_transaction maker JOIN token ON token.made_in = maker.block_sequence AND token.token_id = $1
  LEFT JOIN ledger_transaction spender
    ON spender.block_sequence = token.spent_in AND spender.position = token.spent_at
  WHERE maker.transaction_id = substring($1::bytea FROM 1 FOR 32)`;

type TokenJson = readonly [string, string, string, string | null, number | null, boolean, string | null];

const toTreeToken = ([id, walletId, minor, markId, markLevel, held, spentBy]: TokenJson): TreeToken => ({
  tokenId: Buffer.from(id, 'hex'),
  walletId: walletId as WalletId,
  amountMinor: BigInt(minor),
  markId,
  markLevel,
  held,
  spentBy: spentBy === null ? null : Buffer.from(spentBy, 'hex'),
});

function toNode(row: QueryResultRow): TreeNode {
  const transaction = toTransaction(row);
  const { blockSequence, position } = transaction;
  const tokens = ((row.tokens ?? []) as TokenJson[]).map(toTreeToken);
  return { blockSequence, position, time: Number(row.block_time), transaction, tokens };
}

const toTracedToken = (row: QueryResultRow): TracedToken => ({
  tokenId: row.token_id,
  walletId: row.wallet_id as WalletId,
  amountMinor: BigInt(row.amount_minor),
  markId: row.mark_id,
  markLevel: row.mark_level,
  held: row.held,
  spentBy: row.spender_id,
  madeBy: { blockSequence: BigInt(row.made_in), position: row.made_by },
  spentIn: row.spent_in === null ? null : { blockSequence: BigInt(row.spent_in), position: row.spent_at },
});

export function treeReads(rows: Rows): TreeReads {
  return {
    token: async (tokenId) => {
      const [row] = await rows('ledger-tree-token', TOKEN, [tokenId]);
      return row ? toTracedToken(row) : null;
    },
    walkTree: async ({ direction, frontier, scope, limit, frontierMax }) => {
      const values = [...scopeValues(scope), frontier.map(placeNumber), limit, frontierMax];
      const steps = await rows(`ledger-tree-${direction}`, WALKS[direction], values);
      const last = steps.at(-1);
      return {
        nodes: steps.filter((row) => row.tokens !== null).map(toNode),
        frontier: ((last?.frontier ?? []) as string[]).map(toPlace),
        truncated: last?.truncated ?? false,
      };
    },
    topicTree: async (topic, scope, after, limit) => {
      const values = [...scopeValues(scope), topic, after?.blockSequence ?? -1n, after?.position ?? -1, limit];
      return (await rows('ledger-tree-topic', TOPIC_TREE, values)).map(toNode);
    },
  };
}
