import { isoTime } from '../../kernel/clock.js';
import { formatMinor } from '../../kernel/money.js';
import type { LedgerTransaction, PocketRow, SignedBlock, TransactionToken, WalletRow } from '../model.js';
import type { StatementEntry } from '../store.js';

/** The JSON forms of the ledger's records: amounts as strings, hashes in hex, times in ISO 8601 UTC. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const amountJson = (minor: bigint, currency: string) => ({
  amount: formatMinor(minor, currency),
  currency,
  minor: minor.toString(),
});

const walletJson = ({ walletId, kind, ownerBic, status }: WalletRow) => ({ walletId, kind, ownerBic, status });

export const balanceJson = (row: WalletRow, currency: string) => ({
  ...walletJson(row),
  available: amountJson(row.availableMinor, currency),
  held: amountJson(row.heldMinor, currency),
  marked: amountJson(row.markedMinor, currency),
});

/** Money under one mark at one level. */
export const pocketJson = ({ markId, markLevel, amountMinor }: PocketRow, currency: string) => ({
  markId,
  markLevel,
  ...amountJson(amountMinor, currency),
});

export const entryJson = (entry: StatementEntry, currency: string) => ({
  time: isoTime(entry.time),
  transactionId: hex(entry.transactionId),
  kind: entry.kind,
  direction: entry.direction,
  counterparty: entry.counterparty,
  ...amountJson(entry.amountMinor, currency),
  reference: entry.reference,
  blockSequence: entry.blockSequence.toString(),
  position: entry.position,
});

export const blockJson = ({ header, hash, signature }: SignedBlock) => ({
  sequence: header.sequence.toString(),
  previousHash: hex(header.previousHash),
  merkleRoot: hex(header.merkleRoot),
  time: isoTime(header.time),
  transactionCount: header.transactionCount,
  epoch: header.epoch.toString(),
  hash: hex(hash),
  signature: hex(signature),
});

export const tokenJson = (token: TransactionToken, currency: string) => ({
  tokenId: hex(token.tokenId),
  walletId: token.walletId,
  ...amountJson(token.amountMinor, currency),
  markId: token.markId,
  markLevel: token.markLevel,
  conditionRef: token.conditionRef,
});

export const transactionJson = (row: LedgerTransaction, currency: string) => ({
  transactionId: hex(row.transactionId),
  blockSequence: row.blockSequence.toString(),
  position: row.position,
  kind: row.kind,
  reference: row.reference,
  debitWallet: row.debitWallet,
  creditWallet: row.creditWallet,
  ...amountJson(row.amountMinor, currency),
});
