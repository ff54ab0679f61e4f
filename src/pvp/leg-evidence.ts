import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import type { Signer } from '../kernel/signature.js';
import type { SignedBlock } from '../ledger/model.js';
import type { HoldProof, TransactionProof } from '../ledger/proof.js';
import type { Hold, Ledger } from '../ledger/types.js';
import { type Attestation, attest, decodeAttestations, encodeAttestations, receiptLeaf } from './attestation.js';
import type { CoSigner } from './co-signer.js';
import { joinPath, splitPath } from './known-trees.js';
import { endedLeaf } from './leg-report.js';

/** What a jurisdiction can prove of its leg of one payment. Everything verifies offline. */
export interface LegEvidence {
  readonly pvpId: Uetr;
  readonly ledger: LedgerCode;
  readonly currency: string;
  /** That funds were held; null when none ever were. */
  readonly receipt: Attestation | null;
  /** Receipts of the other legs that the co-signer was shown. */
  readonly receipts: readonly Attestation[];
  readonly vote: Attestation | null;
  readonly peerVotes: readonly Attestation[];
  readonly applied: Attestation | null;
  /** The hold and its end in the ledger's blocks; null when it has no row. */
  readonly hold: HoldProof | null;
}

/** Answers one item per id, in order. It only reads: an id that was never seen stays so. */
export interface EvidencePort {
  evidence(pvpIds: readonly Uetr[]): Promise<LegEvidence[]>;
}

export interface EvidenceOptions {
  readonly ledger: Pick<Ledger, 'code' | 'currency' | 'holds'>;
  readonly coSigner: CoSigner;
  readonly ledgerSigner: Signer;
  readonly proofs: (pvpIds: readonly Uetr[]) => Promise<ReadonlyMap<string, HoldProof>>;
}

/** Gathers the evidence of a jurisdiction in this process. */
export function createEvidence({ ledger, coSigner, ledgerSigner, proofs }: EvidenceOptions): EvidencePort {
  return {
    async evidence(pvpIds) {
      const [holds, entries, proven] = await Promise.all([
        ledger.holds(pvpIds),
        coSigner.store.entries(pvpIds),
        proofs(pvpIds),
      ]);
      return pvpIds.map((pvpId): LegEvidence => {
        const hold = holds.get(pvpId);
        const entry = entries.get(pvpId);
        const signed = (type: 'receipt' | 'applied', leaf: Uint8Array) => attest(type, [leaf], ledgerSigner)[0]!;
        return {
          pvpId,
          ledger: ledger.code,
          currency: ledger.currency,
          receipt: hold?.debitWallet ? signed('receipt', heldLeaf(ledger.code, hold)) : null,
          receipts: entry?.receipts ?? [],
          vote: entry ? (coSigner.repeat([entry])[0] ?? null) : null,
          peerVotes: entry?.peerVotes ?? [],
          applied: hold && hold.state !== 'HELD' ? signed('applied', endedLeaf(ledger.code, hold)) : null,
          hold: proven.get(pvpId) ?? null,
        };
      });
    },
  };
}

const heldLeaf = (ledger: LedgerCode, { conditionRef, conditionHash, holdId, heldAt }: Hold): Buffer =>
  receiptLeaf({ ledger, pvpId: conditionRef as Uetr, termsHash: conditionHash, holdId, heldAt });

const one = (attestation: Attestation | null): Buffer => encodeAttestations(attestation ? [attestation] : []);

function writeProof(writer: ByteWriter, { block, body, position, path, data, evidence }: TransactionProof): unknown {
  const { header, hash, signature } = block;
  writer.integer(header.sequence).bytes(header.previousHash).bytes(header.merkleRoot).integer(header.time);
  writer.integer(header.transactionCount).integer(header.epoch).bytes(hash).bytes(signature);
  return writer.bytes(body).integer(position).bytes(joinPath(path)).bytes(data).bytes(evidence);
}

function readProof(reader: ByteReader): TransactionProof {
  const header = {
    sequence: reader.bigint(),
    previousHash: reader.bytes(),
    merkleRoot: reader.bytes(),
    time: reader.integer(),
    transactionCount: reader.integer(),
    epoch: reader.bigint(),
  };
  const block: SignedBlock = { header, hash: reader.bytes(), signature: reader.bytes() };
  return {
    block,
    body: reader.bytes(),
    position: reader.integer(),
    path: splitPath(reader.bytes()),
    data: reader.bytes(),
    evidence: reader.bytes(),
  };
}

/** Canonical bytes of a leg's evidence. */
export function encodeLegEvidence(item: LegEvidence): Buffer {
  const writer = new ByteWriter().text(item.pvpId).text(item.ledger).text(item.currency);
  writer.bytes(one(item.receipt)).bytes(encodeAttestations(item.receipts));
  writer.bytes(one(item.vote)).bytes(encodeAttestations(item.peerVotes)).bytes(one(item.applied));
  return writer
    .optional(item.hold, (w, { placed, ended }) => {
      writeProof(w, placed);
      return w.optional(ended, writeProof);
    })
    .finish();
}

/** Reads {@link encodeLegEvidence}; `RangeError` on anything else. Nothing in it is verified. */
export function decodeLegEvidence(bytes: Uint8Array): LegEvidence {
  const reader = new ByteReader(bytes);
  const first = (): Attestation | null => decodeAttestations(reader.bytes())[0] ?? null;
  const item: LegEvidence = {
    pvpId: reader.text() as Uetr,
    ledger: reader.text() as LedgerCode,
    currency: reader.text(),
    receipt: first(),
    receipts: decodeAttestations(reader.bytes()),
    vote: first(),
    peerVotes: decodeAttestations(reader.bytes()),
    applied: first(),
    hold: reader.optional((r) => ({ placed: readProof(r), ended: r.optional(readProof) })),
  };
  reader.end();
  return item;
}
