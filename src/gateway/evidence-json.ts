/** The evidence document: bytes in base64, times in milliseconds, sequences in decimal text. */
import { equalBytes, sha256 } from '../kernel/hash.js';
import { type Bic, isBic, isUuidV4, type LedgerCode, type Uetr } from '../kernel/ids.js';
import { isSuite } from '../kernel/suites.js';
import type { HoldProof, TransactionProof } from '../ledger/proof.js';
import type { Attestation, MessageType } from '../pvp/attestation.js';
import type { LegEvidence } from '../pvp/leg-evidence.js';
import type { PvpKeyRecord } from '../pvp/verify.js';
import type { EvidenceBundle } from './evidence.js';
import type { TransactionStatus } from './payment.js';

export const EVIDENCE_FORMAT = 'otkel/evidence/v1';

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const messageJson = (bytes: Uint8Array) => ({ sha256: Buffer.from(sha256(bytes)).toString('hex'), bytes: b64(bytes) });

/** A signed statement as the document has it. */
export const statementJson = ({ type, leaf, index, count, path, keyId, signature }: Attestation) => ({
  type,
  leaf: b64(leaf),
  index,
  count,
  path: path.map(b64),
  keyId,
  signature: b64(signature),
});

const proofJson = ({ block, body, position, path, data, evidence }: TransactionProof) => ({
  block: {
    sequence: block.header.sequence.toString(),
    previousHash: b64(block.header.previousHash),
    merkleRoot: b64(block.header.merkleRoot),
    time: block.header.time,
    transactionCount: block.header.transactionCount,
    epoch: block.header.epoch.toString(),
    hash: b64(block.hash),
    signature: b64(block.signature),
  },
  transaction: b64(body),
  position,
  path: path.map(b64),
  data: b64(data),
  evidence: b64(evidence),
});

const legJson = (leg: LegEvidence) => ({
  ledger: leg.ledger,
  currency: leg.currency,
  receipt: leg.receipt && statementJson(leg.receipt),
  receipts: leg.receipts.map(statementJson),
  vote: leg.vote && statementJson(leg.vote),
  peerVotes: leg.peerVotes.map(statementJson),
  applied: leg.applied && statementJson(leg.applied),
  hold: leg.hold && { placed: proofJson(leg.hold.placed), ended: leg.hold.ended && proofJson(leg.hold.ended) },
});

/** The document of a bundle. */
export const evidenceJson = (bundle: EvidenceBundle) => ({
  format: EVIDENCE_FORMAT,
  uetr: bundle.uetr,
  sender: bundle.sender,
  status: bundle.status,
  messages: {
    source: messageJson(bundle.source),
    onward: bundle.onward && messageJson(bundle.onward),
    report: bundle.report && messageJson(bundle.report),
  },
  authorisation: b64(bundle.authorisation),
  terms: bundle.terms && b64(bundle.terms),
  quotes: bundle.quotes.map(({ bytes, signature }) => ({ bytes: b64(bytes), signature: b64(signature) })),
  legs: bundle.legs.map(legJson),
  keys: [
    ...bundle.keys.jurisdictions,
    ...bundle.keys.participants.map((key) => ({ ...key, role: 'participant' as const })),
  ].map(({ keyId, owner, role, suite, publicKey, validFrom, validTo }) => ({
    keyId,
    owner,
    role,
    suite,
    publicKey: b64(publicKey),
    validFrom,
    validTo,
  })),
});

/** The text is no evidence document; the message says where. */
export class EvidenceFormatError extends Error {
  override readonly name = 'EvidenceFormatError';
}

/** A member of the document, to be read as what it must be. */
interface Node {
  get(name: string): Node;
  text(isGood?: (text: string) => boolean): string;
  integer(): number;
  sequence(): bigint;
  bytes(): Buffer;
  list<T>(read: (node: Node) => T): T[];
  orNull<T>(read: (node: Node) => T): T | null;
}

function nodeOf(value: unknown, path: string): Node {
  const fail = (what: string): never => {
    throw new EvidenceFormatError(`${path} is not ${what}`);
  };
  const text: Node['text'] = (isGood = () => true) =>
    typeof value === 'string' && isGood(value) ? value : fail('a text of its kind');
  const node: Node = {
    get: (name) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? nodeOf((value as Record<string, unknown>)[name], `${path}.${name}`)
        : fail('an object'),
    text,
    integer: () => (typeof value === 'number' && Number.isSafeInteger(value) ? value : fail('a whole number')),
    sequence: () => BigInt(text((digits) => /^\d{1,18}$/.test(digits))),
    bytes: () => {
      const bytes = Buffer.from(text(), 'base64');
      return bytes.toString('base64') === value ? bytes : fail('base64');
    },
    list: (read) =>
      Array.isArray(value) ? value.map((item, i) => read(nodeOf(item, `${path}[${i}]`))) : fail('a list'),
    orNull: (read) => (value === null ? null : read(node)),
  };
  return node;
}

const TYPES: readonly string[] = ['receipt', 'vote', 'applied'] satisfies MessageType[];
const STATUSES: readonly string[] = ['ACTC', 'PDNG', 'ACSC', 'ACCC', 'RJCT'] satisfies TransactionStatus[];
const isLedger = (text: string): boolean => /^[A-Z]{2,8}$/.test(text);

function readMessage(node: Node): Buffer {
  const bytes = node.get('bytes').bytes();
  const hash = Buffer.from(node.get('sha256').text(), 'hex');
  if (!equalBytes(hash, sha256(bytes))) throw new EvidenceFormatError('a message is not the one whose hash is named');
  return bytes;
}

const readStatement = (node: Node): Attestation => ({
  type: node.get('type').text((text) => TYPES.includes(text)) as MessageType,
  leaf: node.get('leaf').bytes(),
  index: node.get('index').integer(),
  count: node.get('count').integer(),
  path: node.get('path').list((one) => one.bytes()),
  keyId: node.get('keyId').text(),
  signature: node.get('signature').bytes(),
});

function readProof(node: Node): TransactionProof {
  const block = node.get('block');
  const header = {
    sequence: block.get('sequence').sequence(),
    previousHash: block.get('previousHash').bytes(),
    merkleRoot: block.get('merkleRoot').bytes(),
    time: block.get('time').integer(),
    transactionCount: block.get('transactionCount').integer(),
    epoch: block.get('epoch').sequence(),
  };
  return {
    block: { header, hash: block.get('hash').bytes(), signature: block.get('signature').bytes() },
    body: node.get('transaction').bytes(),
    position: node.get('position').integer(),
    path: node.get('path').list((one) => one.bytes()),
    data: node.get('data').bytes(),
    evidence: node.get('evidence').bytes(),
  };
}

const readLeg =
  (pvpId: Uetr) =>
  (node: Node): LegEvidence => ({
    pvpId,
    ledger: node.get('ledger').text(isLedger) as LedgerCode,
    currency: node.get('currency').text(),
    receipt: node.get('receipt').orNull(readStatement),
    receipts: node.get('receipts').list(readStatement),
    vote: node.get('vote').orNull(readStatement),
    peerVotes: node.get('peerVotes').list(readStatement),
    applied: node.get('applied').orNull(readStatement),
    hold: node
      .get('hold')
      .orNull(
        (hold): HoldProof => ({ placed: readProof(hold.get('placed')), ended: hold.get('ended').orNull(readProof) }),
      ),
  });

function readKey(node: Node) {
  return {
    keyId: node.get('keyId').text(),
    owner: node.get('owner').text(),
    role: node.get('role').text(),
    suite: node.get('suite').text(isSuite) as PvpKeyRecord['suite'],
    publicKey: node.get('publicKey').bytes(),
    validFrom: node.get('validFrom').integer(),
    validTo: node.get('validTo').orNull((time) => time.integer()),
  };
}

/** Reads an evidence document; throws {@link EvidenceFormatError}. Nothing in it is verified but the messages' hashes. */
export function readEvidence(text: string): EvidenceBundle {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new EvidenceFormatError('the file is not JSON');
  }
  const root = nodeOf(json, 'evidence');
  root.get('format').text((format) => format === EVIDENCE_FORMAT);
  const uetr = root.get('uetr').text(isUuidV4) as Uetr;
  const messages = root.get('messages');
  const keys = root.get('keys').list(readKey);
  return {
    uetr,
    sender: root.get('sender').text(isBic) as Bic,
    status: root.get('status').text((status) => STATUSES.includes(status)) as TransactionStatus,
    source: readMessage(messages.get('source')),
    onward: messages.get('onward').orNull(readMessage),
    report: messages.get('report').orNull(readMessage),
    authorisation: root.get('authorisation').bytes(),
    terms: root.get('terms').orNull((node) => node.bytes()),
    quotes: root
      .get('quotes')
      .list((node) => ({ bytes: node.get('bytes').bytes(), signature: node.get('signature').bytes() })),
    legs: root.get('legs').list(readLeg(uetr)),
    keys: {
      jurisdictions: keys.flatMap((key) =>
        key.role === 'ledger' || key.role === 'cosigner' ? [{ ...key, role: key.role } satisfies PvpKeyRecord] : [],
      ),
      participants: keys.filter(({ role }) => role === 'participant'),
    },
  };
}
