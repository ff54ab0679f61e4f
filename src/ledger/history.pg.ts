import type { WalletId } from '../kernel/ids.js';
import { receivedMinor } from './canonical.js';
import { TRANSACTION_COLUMNS, toBlock, toTransaction } from './rows.pg.js';
import type { LedgerStore, LedgerSums } from './store.js';
import type { Rows } from './store.pg.js';
import { walletTopic } from './working.js';

/** Reads of what blocks left behind: statements, blocks, transactions, and sums recomputed from tokens. */
export function historyReads(rows: Rows) {
  return {
    statement: async (walletId, before, limit) => {
      const values = [walletId, before?.blockSequence ?? LAST, before?.position ?? 0, limit];
      return (await rows('ledger-statement', STATEMENT, [...values, walletTopic(walletId)])).map((row) => ({
        blockSequence: BigInt(row.block_sequence),
        position: row.position as number,
        time: Number(row.block_time),
        transactionId: row.transaction_id as Uint8Array,
        kind: row.kind as string,
        direction: row.direction as 'debit' | 'credit',
        counterparty: row.counterparty as WalletId | null,
        amountMinor: row.body === null ? BigInt(row.amount_minor) : receivedMinor(row.body, walletId),
        reference: row.reference as string | null,
      }));
    },
    block: async (sequence) => {
      const [row] = await rows('ledger-block', 'SELECT * FROM block WHERE sequence = $1', [sequence]);
      return row ? toBlock(row) : null;
    },
    supplyAt: async (sequence) => {
      const [row] = await rows('ledger-supply-at', SUPPLY_AT, [sequence]);
      return row ? { issuedMinor: BigInt(row.issued_minor), redeemedMinor: BigInt(row.redeemed_minor) } : null;
    },
    blocks: async (from, limit) => (await rows('ledger-blocks', BLOCKS, [from, limit])).map(toBlock),
    blockTransactions: async (sequence) =>
      (await rows('ledger-block-transactions', BLOCK_TRANSACTIONS, [sequence])).map(toTransaction),
    transaction: async (transactionId) => {
      const [row] = await rows('ledger-transaction', TRANSACTION, [transactionId]);
      return row ? toTransaction(row) : null;
    },
    sums: async (): Promise<LedgerSums> => {
      const [row] = await rows('ledger-sums', SUMS, []);
      return {
        unspentMinor: BigInt(row!.unspent),
        heldMinor: BigInt(row!.held),
        openHoldMinor: BigInt(row!.open_holds),
        walletMinor: BigInt(row!.wallets),
        walletHeldMinor: BigInt(row!.wallets_held),
        walletMismatchCount: Number(row!.mismatches),
        pocketMismatchCount: Number(row!.pocket_mismatches),
      };
    },
  } satisfies Partial<LedgerStore>;
}

const LAST = 9_223_372_036_854_775_807n;
const SUPPLY_AT = 'SELECT issued_minor, redeemed_minor FROM block WHERE sequence = $1';
const BLOCKS = 'SELECT * FROM block WHERE sequence >= $1 ORDER BY sequence LIMIT $2';
const BLOCK_TRANSACTIONS = `SELECT ${TRANSACTION_COLUMNS} FROM ledger_transaction
  WHERE block_sequence = $1 ORDER BY position`;
const TRANSACTION = `SELECT ${TRANSACTION_COLUMNS} FROM ledger_transaction WHERE transaction_id = $1`;

const side = (own: string, other: string, direction: string): string => `
  (SELECT block_sequence, position, transaction_id, kind, reference, amount_minor,
      ${other} AS counterparty, '${direction}' AS direction, NULL::bytea AS body
    FROM ledger_transaction
    WHERE posted AND ${own} = $1 AND (block_sequence, position) < ($2::bigint, $3::integer)
    ORDER BY block_sequence DESC, position DESC LIMIT $4)`;
/** What paid this wallet among others: its amount is in the transaction's bytes alone. */
const ONE_OF_SEVERAL = `
  (SELECT block_sequence, position, transaction_id, kind, reference, amount_minor,
      debit_wallet AS counterparty, 'credit' AS direction, body
    FROM topic JOIN ledger_transaction USING (block_sequence, position)
    WHERE topic = $5 AND (block_sequence, position) < ($2::bigint, $3::integer)
    ORDER BY block_sequence DESC, position DESC LIMIT $4)`;
const STATEMENT = `
  SELECT entry.*, block.block_time FROM (
    ${side('debit_wallet', 'credit_wallet', 'debit')}
    UNION ALL
    ${side('credit_wallet', 'debit_wallet', 'credit')}
    UNION ALL
    ${ONE_OF_SEVERAL}
  ) entry JOIN block ON block.sequence = entry.block_sequence
  ORDER BY entry.block_sequence DESC, entry.position DESC LIMIT $4`;

/** What each wallet's unspent tokens sum up to. */
const OWN = `
  WITH unspent AS (
    SELECT wallet_id, amount_minor, held, mark_id FROM token WHERE spent_in IS NULL
  ), own AS (
    SELECT wallet_id, sum(amount_minor) AS total,
      coalesce(sum(amount_minor) FILTER (WHERE unspent.held), 0) AS held_sum,
      coalesce(sum(amount_minor) FILTER (WHERE NOT unspent.held AND mark_id IS NULL), 0) AS free,
      count(*) FILTER (WHERE NOT unspent.held AND mark_id IS NULL) AS free_count
    FROM unspent GROUP BY wallet_id
  )`;
const UNEQUAL = `wallet FULL JOIN own USING (wallet_id)
      WHERE wallet.wallet_id IS NULL
        OR available_minor <> coalesce(own.free, 0) OR held_minor <> coalesce(own.held_sum, 0)
        OR token_count <> coalesce(own.free_count, 0)
        OR available_minor + held_minor + marked_minor <> coalesce(own.total, 0)`;

/** Pockets of marked money whose kept sums are not those of their tokens. */
const UNEQUAL_POCKET = `pocket FULL JOIN (
      SELECT wallet_id, mark_id, mark_level, sum(amount_minor) AS total, count(*) AS tokens FROM token
      WHERE spent_in IS NULL AND NOT held AND mark_id IS NOT NULL GROUP BY wallet_id, mark_id, mark_level
    ) inside USING (wallet_id, mark_id, mark_level)
    WHERE coalesce(pocket.amount_minor, 0) <> coalesce(inside.total, 0)
      OR coalesce(pocket.token_count, 0) <> coalesce(inside.tokens, 0)`;

/** Wallets whose kept sums are not those of their tokens. */
export const UNEQUAL_WALLETS = `${OWN} SELECT wallet_id FROM ${UNEQUAL} ORDER BY wallet_id`;

/** Pockets whose kept sums are not those of their tokens. */
export const UNEQUAL_POCKETS = `SELECT wallet_id, mark_id, mark_level FROM ${UNEQUAL_POCKET}
  ORDER BY wallet_id, mark_id, mark_level`;

export const SUMS = `${OWN}
  SELECT
    (SELECT coalesce(sum(amount_minor), 0) FROM unspent) AS unspent,
    (SELECT coalesce(sum(amount_minor), 0) FROM unspent WHERE unspent.held) AS held,
    (SELECT coalesce(sum(amount_minor), 0) FROM hold WHERE state = 'HELD') AS open_holds,
    (SELECT coalesce(sum(available_minor + held_minor + marked_minor), 0) FROM wallet) AS wallets,
    (SELECT coalesce(sum(held_minor), 0) FROM wallet) AS wallets_held,
    (SELECT count(*) FROM ${UNEQUAL}) AS mismatches,
    (SELECT count(*) FROM ${UNEQUAL_POCKET}) AS pocket_mismatches`;
