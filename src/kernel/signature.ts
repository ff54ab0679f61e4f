/** Signature suites of co-signers, ledgers, providers and callers. Parameters and encodings: see {@link Signer}. */
export const SUITES = ['ed25519', 'p256', 'secp256k1'] as const;
export type SuiteName = (typeof SUITES)[number];
export const isSuite = (text: string): text is SuiteName => (SUITES as readonly string[]).includes(text);

/** A private key in use: it signs whole messages with its suite. Keys sit behind this port, never in domain code. */
export interface Signer {
  readonly keyId: string;
  readonly suite: SuiteName;
  /** Raw public key: 32 bytes (ed25519) or 33 bytes compressed SEC1 (p256, secp256k1). */
  readonly publicKey: Uint8Array;
  /** Answers 64 bytes: RFC 8032 for ed25519, r || s with low s for the ECDSA suites (SHA-256). */
  sign(message: Uint8Array): Uint8Array;
}

/** A public key of somebody else, as a register keeps it. Times are milliseconds; `validTo` null means open. */
export interface PublicKeyRecord {
  readonly keyId: string;
  readonly owner: string;
  readonly suite: SuiteName;
  readonly publicKey: Uint8Array;
  readonly validFrom: number;
  readonly validTo: number | null;
}

export const keyIsValidAt = (key: PublicKeyRecord, at: number): boolean =>
  key.validFrom <= at && (key.validTo === null || at < key.validTo);
