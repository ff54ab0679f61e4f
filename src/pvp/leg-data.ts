import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { type Attestation, decodeAttestations, encodeAttestations } from './attestation.js';

/**
 * What a ledger keeps for a leg, opaque to it. A hold's `data`: terms and the receipts shown. Its `evidence`: the
 * votes that ended it (a certificate, or a peer's vote against it) and no terms.
 */
export interface LegData {
  readonly termsBytes: Uint8Array;
  readonly attestations: readonly Attestation[];
}

export const encodeLegData = (termsBytes: Uint8Array, attestations: readonly Attestation[]): Buffer =>
  termsBytes.length === 0 && attestations.length === 0
    ? Buffer.alloc(0)
    : new ByteWriter().bytes(termsBytes).bytes(encodeAttestations(attestations)).finish();

/** Reads {@link encodeLegData}; the attestations are read when they are looked at. Throws `RangeError` on other bytes. */
export function decodeLegData(bytes: Uint8Array): LegData {
  if (bytes.length === 0) return { termsBytes: bytes, attestations: [] };
  const reader = new ByteReader(bytes);
  const termsBytes = reader.bytes();
  const list = reader.bytes();
  reader.end();
  return {
    termsBytes,
    get attestations(): readonly Attestation[] {
      return decodeAttestations(list);
    },
  };
}
