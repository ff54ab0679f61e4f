/**
 * The jurisdiction port as bytes: canonical fields (kernel/bytes), so that a batch has one encoding and anything else is
 * refused. Documents that several payments of a batch share travel once. What a jurisdiction keeps is copied out of the
 * body, so that a small statement never holds on to a large one.
 */
import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { ERRORS, type ErrorCode, type Refusal } from '../../kernel/errors.js';
import { type Bic, isBic, isUuidV4, isWalletId, type Uetr } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import { isLegMark } from '../../ledger/domestic/crossing.js';
import type { MarkQuestion, Wallet, WalletKind, WalletStatus } from '../../ledger/types.js';
import { type Attestation, decodeAttestations, encodeAttestations } from '../../pvp/attestation.js';
import type {
  AccountQuestion,
  CancelItem,
  DeliverItem,
  LegReport,
  PrepareItem,
  QueryItem,
} from '../../pvp/jurisdiction-port.js';
import { decodeLegEvidence, encodeLegEvidence, type LegEvidence } from '../../pvp/leg-evidence.js';
import { LEGS_MAX, readMark, writeMark } from '../../pvp/terms.js';
import { isPayerAuthorisation } from '../leg-check.js';

export const PVP_CONTENT_TYPE = 'application/octet-stream';
/** Longest body of a request and of an answer; one payment of the largest message fits. */
export const PVP_BODY_MAX_BYTES = 16 * 1024 * 1024;
/** Payments, or account questions, in one request. */
export const PVP_ITEMS_MAX = 1_000;

const VERSION = 'otkel/pvp/http/v1';
const HASH_LENGTH = 32;
const ACCOUNT_MAX = 256;
const DETAIL_MAX = 1_000;
const STATEMENTS_MAX = 2 * LEGS_MAX;
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;
const STATES = ['NONE', 'HELD', 'VOTED', 'SETTLED', 'RELEASED'] as const satisfies readonly LegReport['state'][];
// Records, so that a kind or status which the ledger gets one day must come here too.
const WALLET_KINDS = keysOf<WalletKind>({
  customer: true,
  settlement: true,
  provider: true,
  treasury: true,
  issuer: true,
  suspense: true,
  residue: true,
  fee: true,
});
const WALLET_STATUSES = keysOf<WalletStatus>({ open: true, blocked: true, closed: true });

function keysOf<T extends string>(record: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(record) as T[];
}

type Method =
  | ('prepare' | 'deliver' | 'cancel' | 'query' | 'accounts' | 'marks' | 'evidence')
  | ('holdForEvents' | 'eventsOf' | 'returnFromEvents' | 'halts' | 'balancesOf')
  | ('reports' | 'wallets' | 'refusals' | 'proofs' | 'eventReports' | 'balances');

/** How the items of one kind of body are written and read. `decode` throws `RangeError` on anything else. */
export interface Codec<T> {
  encode(items: readonly T[]): Buffer;
  decode(body: Uint8Array): T[];
}

const start = (method: Method): ByteWriter => new ByteWriter().text(VERSION).text(method);

function open(body: Uint8Array, method: Method): ByteReader {
  const reader = new ByteReader(body);
  if (reader.text() !== VERSION || reader.text() !== method) throw new RangeError(`the body is no ${method}`);
  return reader;
}

export function codec<T>(
  method: Method,
  write: (writer: ByteWriter, item: T) => unknown,
  read: (reader: ByteReader) => T,
): Codec<T> {
  return {
    encode: (items) => start(method).list(items, write).finish(),
    decode(body) {
      const reader = open(body, method);
      const items = reader.list(read, PVP_ITEMS_MAX);
      reader.end();
      return items;
    },
  };
}

/** Of payments: one item a payment, so that no item of a batch depends on another. */
function payments<T extends { readonly pvpId: Uetr }>(of: Codec<T>): Codec<T> {
  return {
    encode: of.encode,
    decode(body) {
      const items = of.decode(body);
      if (new Set(items.map(({ pvpId }) => pvpId)).size < items.length)
        throw new RangeError('a payment is there twice');
      return items;
    },
  };
}

const copied = (bytes: Buffer): Buffer => Buffer.from(bytes);

export function readPvpId(reader: ByteReader): Uetr {
  const text = reader.text();
  if (!isUuidV4(text)) throw new RangeError('pvpId is not a UUIDv4');
  return text as Uetr;
}

const writeStatements = (writer: ByteWriter, items: readonly Attestation[]): ByteWriter =>
  writer.bytes(encodeAttestations(items));

/** Each may cost a public-key operation: no more than a payment's legs can say, and contradict, is looked at. */
function readStatements(reader: ByteReader): readonly Attestation[] {
  const statements = decodeAttestations(copied(reader.bytes()));
  if (statements.length > STATEMENTS_MAX) throw new RangeError('there are more statements than legs can make');
  return statements;
}

export function readOneOf<T extends string>(reader: ByteReader, known: readonly T[]): T {
  const text = reader.text();
  const found = known.find((one) => one === text);
  if (found === undefined) throw new RangeError('a word is unknown');
  return found;
}

function writeDelivery(writer: ByteWriter, { pvpId, receipts, votes }: DeliverItem): ByteWriter {
  writer.text(pvpId);
  return writeStatements(writeStatements(writer, receipts), votes);
}
const readDelivery = (reader: ByteReader): DeliverItem => ({
  pvpId: readPvpId(reader),
  receipts: readStatements(reader),
  votes: readStatements(reader),
});

export const deliverCodec: Codec<DeliverItem> = payments(codec('deliver', writeDelivery, readDelivery));

export const cancelCodec: Codec<CancelItem> = payments(
  codec(
    'cancel',
    (writer, { pvpId }) => writer.text(pvpId),
    (reader) => ({ pvpId: readPvpId(reader) }),
  ),
);

export const queryCodec: Codec<QueryItem> = payments(
  codec(
    'query',
    (writer, item) => writeDelivery(writer, item).optional(item.prepareBy, (w, prepareBy) => w.integer(prepareBy)),
    (reader) => ({ ...readDelivery(reader), prepareBy: reader.optional((r) => r.integer()) }),
  ),
);

export const evidenceIdsCodec: Codec<Uetr> = codec('evidence', (writer, pvpId) => writer.text(pvpId), readPvpId);
export const evidenceCodec: Codec<LegEvidence> = codec(
  'proofs',
  (writer, item) => writer.bytes(encodeLegEvidence(item)),
  (reader) => decodeLegEvidence(copied(reader.bytes())),
);

/** Byte strings by their place in a body; the same object gets the same place. */
function createTable() {
  const places = new Map<Uint8Array, number>();
  return {
    list: () => [...places.keys()],
    place(bytes: unknown): number {
      invariant(bytes instanceof Uint8Array, 'what a leg check is shown are bytes');
      const known = places.get(bytes) ?? places.size;
      places.set(bytes, known);
      return known;
    },
  };
}

const TABLE_MAX = 10 * PVP_ITEMS_MAX;

function writePrepare(writer: ByteWriter, item: PrepareItem, place: (bytes: unknown) => number): void {
  const { pvpId, termsBytes, receipts, documentBytes, authorisation, quotes } = item;
  invariant(authorisation === null || isPayerAuthorisation(authorisation), 'an authorisation is the payer’s, or none');
  writeStatements(writer.text(pvpId).bytes(termsBytes), receipts)
    .integer(place(documentBytes))
    .list(quotes, (w, quote) => w.integer(place(quote)))
    .optional(authorisation, (w, { record, destination }) => w.integer(place(record)).integer(place(destination)));
}

function readPrepare(reader: ByteReader, table: readonly Uint8Array[]): PrepareItem {
  const entry = (from: ByteReader): Uint8Array => {
    const bytes = table[from.integer()];
    if (bytes === undefined) throw new RangeError('a place is outside the table');
    return bytes;
  };
  return {
    pvpId: readPvpId(reader),
    termsBytes: copied(reader.bytes()),
    receipts: readStatements(reader),
    documentBytes: entry(reader),
    quotes: reader.list(entry, LEGS_MAX - 1),
    authorisation: reader.optional((r) => ({ record: entry(r), destination: entry(r) })),
  };
}

export const prepareCodec: Codec<PrepareItem> = payments({
  encode(items) {
    const { list, place } = createTable();
    const written = new ByteWriter().list(items, (writer, item) => writePrepare(writer, item, place)).finish();
    return start('prepare')
      .list(list(), (writer, bytes) => writer.bytes(bytes))
      .bytes(written)
      .finish();
  },
  decode(body) {
    const reader = open(body, 'prepare');
    const table = reader.list((r) => r.bytes(), TABLE_MAX);
    const written = new ByteReader(reader.bytes());
    const items = written.list((r) => readPrepare(r, table), PVP_ITEMS_MAX);
    written.end();
    reader.end();
    return items;
  },
});

/** Roughly the bytes that a payment adds to a body, its documents apart. */
const ITEM_BYTES = 4_096;

/**
 * Cuts a batch so that each part's body is near `bytesMax` at most; a payment that is larger by itself is a part of its
 * own. Payments that share a document stay cheap.
 */
export function prepareParts(items: readonly PrepareItem[], bytesMax: number): PrepareItem[][] {
  const parts: PrepareItem[][] = [];
  let seen = new Set<Uint8Array>();
  let size = 0;
  for (const item of items) {
    const { documentBytes, authorisation } = item;
    const documents = isPayerAuthorisation(authorisation)
      ? [documentBytes, authorisation.destination]
      : [documentBytes];
    const sizeWith = (known: ReadonlySet<Uint8Array>): number =>
      documents.reduce((sum, bytes) => sum + (known.has(bytes) ? 0 : bytes.length), ITEM_BYTES);
    const last = parts.at(-1);
    if (!last || size + sizeWith(seen) > bytesMax || last.length === PVP_ITEMS_MAX) {
      parts.push([]);
      seen = new Set();
      size = 0;
    }
    size += sizeWith(seen);
    for (const bytes of documents) seen.add(bytes);
    parts.at(-1)!.push(item);
  }
  return parts;
}

/** A code that is not known here comes from a newer version: it refuses its own payment, and no other of the batch. */
export function readErrorCode(reader: ByteReader): ErrorCode {
  const text = reader.text();
  if (!CODE.test(text)) throw new RangeError('an error code is malformed');
  return Object.hasOwn(ERRORS, text) ? (text as ErrorCode) : 'PEER_ABORTED';
}

export function readRefusal(reader: ByteReader): Refusal {
  const code = readErrorCode(reader);
  const detail = reader.optional((r) => r.text());
  if (detail !== null && detail.length > DETAIL_MAX) throw new RangeError('a detail is too long');
  return detail === null ? { code } : { code, detail };
}

function readHash(reader: ByteReader): Buffer {
  const bytes = reader.bytes();
  if (bytes.length !== 0 && bytes.length !== HASH_LENGTH) throw new RangeError('a hash is not of 32 bytes');
  return copied(bytes);
}

const single = (item: Attestation | null): Attestation[] => (item === null ? [] : [item]);

function readSingle(reader: ByteReader): Attestation | null {
  const [first, second] = readStatements(reader);
  if (second !== undefined) throw new RangeError('one statement is expected');
  return first ?? null;
}

function writeReport(writer: ByteWriter, report: LegReport): void {
  const { pvpId, termsHash, state, receipt, vote, peerVotes, applied } = report;
  writer
    .text(pvpId)
    .text(state)
    .optional(termsHash, (w, hash) => w.bytes(hash));
  for (const statements of [single(receipt), single(vote), peerVotes, single(applied)])
    writeStatements(writer, statements);
  writer
    .optional(report.refusal, (w, { code, detail }) => w.text(code).optional(detail, (inner, text) => inner.text(text)))
    .optional(report.holdId, (w, holdId) => w.text(holdId))
    .optional(report.decidedAt, (w, decidedAt) => w.integer(decidedAt));
}

const readReport = (reader: ByteReader): LegReport => ({
  pvpId: readPvpId(reader),
  state: readOneOf(reader, STATES),
  termsHash: reader.optional(readHash),
  receipt: readSingle(reader),
  vote: readSingle(reader),
  peerVotes: readStatements(reader),
  applied: readSingle(reader),
  refusal: reader.optional(readRefusal),
  holdId: reader.optional((r) => r.text()),
  decidedAt: reader.optional((r) => r.integer()),
});

export const reportsCodec: Codec<LegReport> = codec('reports', writeReport, readReport);

function readBic(reader: ByteReader): Bic {
  const text = reader.text();
  if (!isBic(text)) throw new RangeError('a BIC is malformed');
  return text;
}

function readAccountId(reader: ByteReader): string {
  const text = reader.text();
  if (text.length === 0 || text.length > ACCOUNT_MAX) throw new RangeError('an account id has 1 to 256 characters');
  return text;
}

export const accountsCodec: Codec<AccountQuestion> = codec(
  'accounts',
  (writer, { agentBic, accountId }) => writer.text(agentBic).optional(accountId, (w, id) => w.text(id)),
  (reader) => ({ agentBic: readBic(reader), accountId: reader.optional(readAccountId) }),
);

export const marksCodec: Codec<MarkQuestion> = codec(
  'marks',
  (writer, { mark, creditWallet }) => {
    writeMark(writer, mark);
    writer.text(creditWallet);
  },
  (reader) => {
    const question = { mark: readMark(reader), creditWallet: reader.text() };
    const { mark, creditWallet } = question;
    if (!isLegMark(mark) || !isWalletId(creditWallet)) throw new RangeError('a question about a mark is malformed');
    return { mark, creditWallet };
  },
);

export const refusalsCodec: Codec<Refusal | null> = codec<Refusal | null>(
  'refusals',
  (writer, found) =>
    writer.optional(found, (w, { code, detail }) => w.text(code).optional(detail, (i, d) => i.text(d))),
  (reader) => reader.optional(readRefusal),
);

function readWallet(reader: ByteReader): Wallet {
  const walletId = reader.text();
  if (!isWalletId(walletId)) throw new RangeError('a wallet id is malformed');
  const kind = readOneOf(reader, WALLET_KINDS);
  return { walletId, kind, ownerBic: readBic(reader), status: readOneOf(reader, WALLET_STATUSES) };
}

export const walletsCodec: Codec<Wallet | null> = codec<Wallet | null>(
  'wallets',
  (writer, found) =>
    writer.optional(found, (w, { walletId, kind, ownerBic, status }) =>
      w.text(walletId).text(kind).text(ownerBic).text(status),
    ),
  (reader) => reader.optional(readWallet),
);
