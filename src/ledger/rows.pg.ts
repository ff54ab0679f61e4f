import type { QueryResultRow } from 'pg';
import type { ErrorCode } from '../kernel/errors.js';
import type { Bic, WalletId } from '../kernel/ids.js';
import { decodeTransactionHead, tokenIdOf } from './canonical.js';
import type { CommittedBlock, LedgerHead, LedgerTransaction, Token, WalletRow } from './model.js';
import type { ConditionKind, Hold, HoldState, LegCharge, MarkPlace, WalletKind, WalletStatus } from './types.js';

/** Rows of the ledger's tables as the domain sees them. PostgreSQL gives bigint as text and bytea as Buffer. */
const wallet = (text: string | null): WalletId | null => text as WalletId | null;

export const toHead = (row: QueryResultRow): LedgerHead => ({
  sequence: BigInt(row.sequence),
  hash: row.hash,
  epoch: BigInt(row.epoch),
  issuedMinor: BigInt(row.issued_minor),
  redeemedMinor: BigInt(row.redeemed_minor),
});

export const toWallet = (row: QueryResultRow): WalletRow => ({
  walletId: row.wallet_id as WalletId,
  kind: row.kind as WalletKind,
  ownerBic: row.owner_bic as Bic,
  status: row.status as WalletStatus,
  availableMinor: BigInt(row.available_minor),
  heldMinor: BigInt(row.held_minor),
  markedMinor: BigInt(row.marked_minor),
  tokenCount: row.token_count,
});

/** A free token, or a held one where the query adds the `condition_ref` of its hold. */
export const toToken = (row: QueryResultRow): Token => ({
  tokenId: row.token_id,
  walletId: row.wallet_id as WalletId,
  amountMinor: BigInt(row.amount_minor),
  markId: row.mark_id,
  markLevel: row.mark_level,
  conditionRef: row.condition_ref ?? null,
  madeIn: BigInt(row.made_in),
  madeAt: row.made_at,
});

/** All that {@link toTransaction} reads. */
export const TRANSACTION_COLUMNS = 'transaction_id, block_sequence, position, posted, body';

/** What a row has no column for is in the bytes of its transaction. */
export const toTransaction = (row: QueryResultRow): LedgerTransaction => ({
  transactionId: row.transaction_id,
  blockSequence: BigInt(row.block_sequence),
  position: row.position,
  ...decodeTransactionHead(row.body),
  posted: row.posted,
  body: row.body,
});

export const toBlock = (row: QueryResultRow): CommittedBlock => ({
  header: {
    sequence: BigInt(row.sequence),
    previousHash: row.previous_hash,
    merkleRoot: row.merkle_root,
    time: Number(row.block_time),
    transactionCount: row.transaction_count,
    epoch: BigInt(row.epoch),
  },
  hash: row.hash,
  signature: row.signature,
  confirmation: row.confirmation,
});

const NOTHING = new Uint8Array(0);

/** What a hold's money is to be under. */
export const toCreditMark = (row: QueryResultRow): MarkPlace | null =>
  row.credit_mark === null ? null : { markId: row.credit_mark, markLevel: row.credit_mark_level };

/** What of a hold's money is not for its payee. */
export const toCharge = (row: QueryResultRow): LegCharge | null =>
  row.charge_wallet === null
    ? null
    : { walletId: row.charge_wallet as WalletId, amountMinor: BigInt(row.charge_minor) };

export const toHold = (row: QueryResultRow): Hold => ({
  conditionRef: row.condition_ref,
  conditionKind: row.condition_kind as ConditionKind,
  conditionHash: row.condition_hash,
  holdId: row.hold_id,
  debitWallet: wallet(row.debit_wallet),
  creditWallet: wallet(row.credit_wallet),
  amountMinor: BigInt(row.amount_minor),
  markId: row.mark_id,
  creditMark: toCreditMark(row),
  charge: toCharge(row),
  state: row.state as HoldState,
  heldAt: Number(row.held_at),
  lapseAt: Number(row.lapse_at),
  data: row.data ?? NOTHING,
  evidence: row.evidence ?? NOTHING,
  reason: row.reason as ErrorCode | null,
  endedAt: row.ended_at === null ? null : Number(row.ended_at),
  blockSequence: BigInt(row.ended_in ?? row.placed_in),
  // What is held is the first output of the transaction that placed the hold.
  tokenIds: row.token_at === null ? [] : [tokenIdOf(row.placed_by, 0)],
});
