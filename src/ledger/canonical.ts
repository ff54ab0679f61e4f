import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { sha256 } from '../kernel/hash.js';
import { type Bic, type LedgerCode, uuidFromBytes, type WalletId } from '../kernel/ids.js';
import { merkleLeaf } from '../kernel/merkle.js';
import {
  type BlockHeader,
  ENTRY_KINDS,
  type Entry,
  type EntryKind,
  type LedgerIdentity,
  type Token,
  type TokenDraft,
  type TransactionKind,
  type TransactionToken,
} from './model.js';

/**
 * Canonical bytes and hashes of the ledger: transaction, token id, block header, hold id. Every hash starts with the
 * name of its domain and the ledger, so that bytes of one purpose or ledger never pass for another.
 */
const TRANSACTION_DOMAIN = 'otkel/ledger/transaction/v1';
const BLOCK_DOMAIN = 'otkel/ledger/block/v1';
const HOLD_DOMAIN = 'otkel/ledger/hold/v1';
const TOKEN_COUNT_MAX = 10_000_000;

/** What a transaction states, beside its place: block and position make two otherwise equal transactions different. */
export interface TransactionContent {
  readonly kind: TransactionKind;
  readonly reference: string | null;
  readonly debitWallet: WalletId | null;
  readonly creditWallet: WalletId | null;
  readonly amountMinor: bigint;
  /** Fields of the kind alone, in canonical bytes (long ones by their SHA-256). */
  readonly detail: Uint8Array;
  readonly inputs: readonly Token[];
  readonly outputs: readonly TokenDraft[];
  /** Registry entries as the transaction leaves them. */
  readonly entries: readonly Entry[];
}

const writeToken = (writer: ByteWriter, token: TokenDraft): ByteWriter =>
  writer
    .text(token.walletId)
    .integer(token.amountMinor)
    .optional(token.markId, (w, v) => w.text(v))
    .optional(token.markLevel, (w, v) => w.integer(v))
    .optional(token.conditionRef, (w, v) => w.text(v));

const writeEntry = (writer: ByteWriter, entry: Entry): ByteWriter =>
  writer
    .text(entry.kind)
    .text(entry.entryId)
    .text(entry.ownerBic)
    .bytes(entry.body)
    .bytes(entry.state)
    .integer(entry.open ? 1 : 0)
    .optional(entry.dueAt, (w, v) => w.integer(v));

function readEntry(reader: ByteReader): Entry {
  const kind = reader.text();
  if (!isEntryKind(kind)) throw new RangeError('an unknown kind of entry');
  return {
    kind,
    entryId: reader.text(),
    ownerBic: reader.text() as Bic,
    body: reader.bytes(),
    state: reader.bytes(),
    open: readFlag(reader),
    dueAt: reader.optional((r) => r.integer()),
  };
}
function readFlag(reader: ByteReader): boolean {
  const flag = reader.integer();
  if (flag !== 0 && flag !== 1) throw new RangeError('a flag is 0 or 1');
  return flag === 1;
}
const isEntryKind = (text: string): text is EntryKind => ENTRY_KINDS.some((kind) => kind === text);

const readToken = (reader: ByteReader): TokenDraft => ({
  walletId: reader.text() as WalletId,
  amountMinor: reader.bigint(),
  markId: reader.optional((r) => r.text()),
  markLevel: reader.optional((r) => r.integer()),
  conditionRef: reader.optional((r) => r.text()),
});

export function encodeTransaction(
  ledger: LedgerIdentity,
  content: TransactionContent,
  blockSequence: bigint,
  position: number,
): Buffer {
  return new ByteWriter()
    .text(TRANSACTION_DOMAIN)
    .text(ledger.code)
    .text(ledger.currency)
    .integer(blockSequence)
    .integer(position)
    .text(content.kind)
    .optional(content.reference, (w, v) => w.text(v))
    .optional(content.debitWallet, (w, v) => w.text(v))
    .optional(content.creditWallet, (w, v) => w.text(v))
    .integer(content.amountMinor)
    .bytes(content.detail)
    .list(content.inputs, (w, token) => writeToken(w.bytes(token.tokenId), token))
    .list(content.outputs, writeToken)
    .list(content.entries, writeEntry)
    .finish();
}

/** What a transaction's bytes state of itself, beside its place. */
export type TransactionHead = Pick<
  TransactionContent,
  'kind' | 'reference' | 'debitWallet' | 'creditWallet' | 'amountMinor'
>;

/** Which place of which ledger a transaction's bytes are for. */
interface TransactionPlace {
  readonly ledger: LedgerIdentity;
  readonly blockSequence: bigint;
  readonly position: number;
}

function readPlace(reader: ByteReader): TransactionPlace {
  if (reader.text() !== TRANSACTION_DOMAIN) throw new RangeError('not a ledger transaction');
  const ledger = { code: reader.text() as LedgerCode, currency: reader.text() };
  return { ledger, blockSequence: reader.bigint(), position: reader.integer() };
}

const readHead = (reader: ByteReader): TransactionHead => ({
  kind: reader.text() as TransactionKind,
  reference: reader.optional((r) => r.text()),
  debitWallet: reader.optional((r) => r.text() as WalletId),
  creditWallet: reader.optional((r) => r.text() as WalletId),
  amountMinor: reader.bigint(),
});

/** Kind, reference, parties and amount of a transaction, read from its bytes; throws on foreign bytes. */
export function decodeTransactionHead(body: Uint8Array): TransactionHead {
  const reader = new ByteReader(body);
  readPlace(reader);
  return readHead(reader);
}

/** A transaction as its bytes have it; the outputs with the ids that follow from them. */
export interface DecodedTransaction extends TransactionHead, TransactionPlace {
  readonly detail: Buffer;
  readonly inputs: TransactionToken[];
  readonly outputs: TransactionToken[];
  readonly entries: Entry[];
}

/** Everything a transaction states, read from the bytes that its id commits to; throws `RangeError` on foreign bytes. */
export function decodeTransaction(body: Uint8Array): DecodedTransaction {
  const transactionId = transactionIdOf(body);
  const reader = new ByteReader(body);
  const place = readPlace(reader);
  const head = readHead(reader);
  const detail = reader.bytes();
  const inputs = reader.list((r) => ({ tokenId: r.bytes(), ...readToken(r) }), TOKEN_COUNT_MAX);
  const outputs = reader
    .list(readToken, TOKEN_COUNT_MAX)
    .map((token, index) => ({ tokenId: tokenIdOf(transactionId, index), ...token }));
  const entries = reader.list(readEntry, TOKEN_COUNT_MAX);
  reader.end();
  return { ...place, ...head, detail, inputs, outputs, entries };
}

/** What came to a wallet free, of a transaction that pays several: minor units. */
export const receivedMinor = (body: Uint8Array, walletId: WalletId): bigint =>
  decodeTransaction(body)
    .outputs.filter((token) => token.walletId === walletId && token.conditionRef === null)
    .reduce((sum, token) => sum + token.amountMinor, 0n);

/** Id of a transaction: the leaf hash of its bytes in the block's Merkle tree (RFC 9162), so that they are hashed once. */
export const transactionIdOf = (body: Uint8Array): Buffer => merkleLeaf(body);

const TRANSACTION_ID_LENGTH = 32;
export const TOKEN_ID_LENGTH = TRANSACTION_ID_LENGTH + 4;

/** Id of the output at `index` of a transaction: the transaction's id and the index. */
export function tokenIdOf(transactionId: Uint8Array, index: number): Uint8Array {
  const tokenId = new Uint8Array(TOKEN_ID_LENGTH);
  tokenId.set(transactionId);
  for (let i = 0; i < 4; i += 1) tokenId[TRANSACTION_ID_LENGTH + i] = index >>> (24 - 8 * i);
  return tokenId;
}

/** Id of the transaction that made a token. */
export const transactionIdOfToken = (tokenId: Uint8Array): Uint8Array => tokenId.subarray(0, TRANSACTION_ID_LENGTH);

/** Hash of a block header: what the next block names and what the notary signs. */
export function headerHash(ledger: LedgerIdentity, header: BlockHeader): Buffer {
  return sha256(
    new ByteWriter()
      .text(BLOCK_DOMAIN)
      .text(ledger.code)
      .text(ledger.currency)
      .integer(header.sequence)
      .bytes(header.previousHash)
      .bytes(header.merkleRoot)
      .integer(header.time)
      .integer(header.transactionCount)
      .integer(header.epoch)
      .finish(),
  );
}

/** The same condition under the same terms has the same hold id, also when the ledger lost the first hold. */
export function holdIdOf(ledger: LedgerIdentity, conditionRef: string, conditionHash: Uint8Array): string {
  const bytes = new ByteWriter().text(HOLD_DOMAIN).text(ledger.code).text(conditionRef).bytes(conditionHash).finish();
  return uuidFromBytes(sha256(bytes));
}
