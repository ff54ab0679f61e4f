/**
 * The provider's signature over quotes. A batch of quotes forms one Merkle tree (RFC 9162 section 2.1) whose root is
 * signed once; a quote's own signature is its place in the tree, the path to the root and the signed root, so that it
 * verifies alone and offline.
 */
import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { bicKey } from '../kernel/ids.js';
import { merkleTree } from '../kernel/merkle.js';
import { oncePerObject } from '../kernel/once.js';
import { err, ok, type Result } from '../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord, type Signer } from '../kernel/signature.js';
import { verifySignature } from '../kernel/suites.js';
import type { VerifySignature } from '../ledger/chain.js';
import { createKnownTrees, joinPath, type KnownTrees, splitPath } from './known-trees.js';
import { decodeQuote, type Quote, quoteHash } from './quote.js';

/** Where the provider's key is: in this process only in a demo, else behind the provider's own service. */
export interface QuoteSigner {
  /** One signature per hash, in order; one use of the key for the whole batch. */
  sign(quoteHashes: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
}

/** Finds a public key by its id. */
export type KeyLookup = (keyId: string) => PublicKeyRecord | undefined;

const ROOT_DOMAIN = 'otkel/fx/quote-batch/v1';

const rootMessage = (count: number, root: Uint8Array): Buffer =>
  new ByteWriter().text(ROOT_DOMAIN).integer(count).bytes(root).finish();

/** A {@link QuoteSigner} over a key of this process. */
export function createLocalQuoteSigner(signer: Signer): QuoteSigner {
  return {
    async sign(quoteHashes) {
      if (quoteHashes.length === 0) return [];
      const tree = merkleTree(quoteHashes);
      const rootSignature = signer.sign(rootMessage(quoteHashes.length, tree.root));
      return quoteHashes.map((_, index) =>
        encodeQuoteSignature({
          index,
          count: quoteHashes.length,
          path: tree.path(index),
          keyId: signer.keyId,
          rootSignature,
        }),
      );
    },
  };
}

/** The parts of a quote's signature. */
export interface QuoteSignature {
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
  readonly keyId: string;
  readonly rootSignature: Uint8Array;
}

export const encodeQuoteSignature = (signature: QuoteSignature): Buffer =>
  new ByteWriter()
    .integer(signature.index)
    .integer(signature.count)
    .bytes(joinPath(signature.path))
    .text(signature.keyId)
    .bytes(signature.rootSignature)
    .finish();

/** Reads the parts; throws `RangeError` on anything that {@link encodeQuoteSignature} would not have written. */
export const decodeQuoteSignature = oncePerObject((bytes: Uint8Array): QuoteSignature => {
  const reader = new ByteReader(bytes);
  const signature = {
    index: reader.integer(),
    count: reader.integer(),
    path: splitPath(reader.bytes()),
    keyId: reader.text(),
    rootSignature: reader.bytes(),
  };
  reader.end();
  return signature;
});

/**
 * Whether the signature covers this quote hash and its key is known and valid at `at`. Answers the key, so that the
 * caller can compare its owner with the provider. Errors: `QUOTE_SIGNATURE_INVALID`.
 */
export function verifyQuoteSignature(
  hash: Uint8Array,
  signatureBytes: Uint8Array,
  keyLookup: KeyLookup,
  at: number,
  known: KnownTrees = createKnownTrees(1),
  isSignature: VerifySignature = verifySignature,
): Result<PublicKeyRecord, Refusal> {
  const invalid = (detail: string) => err(refusal('QUOTE_SIGNATURE_INVALID', detail));
  const signature = read(signatureBytes, decodeQuoteSignature);
  if (signature === null) return invalid('the signature is malformed');
  const key = keyLookup(signature.keyId);
  if (!key || !keyIsValidAt(key, at)) return invalid('the key is not registered or not valid now');
  const { index, count, path, rootSignature } = signature;
  const name = `${key.suite}|${latin1(key.publicKey)}|${count}|${latin1(rootSignature)}`;
  const isSigned = (root: Uint8Array): boolean =>
    isSignature(key.suite, key.publicKey, rootMessage(count, root), rootSignature);
  const accepted = known.accepts(name, { leaf: hash, index, count, path }, isSigned);
  return accepted ? ok(key) : invalid('the signature does not verify');
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/**
 * Reads a quote from its canonical bytes and verifies that its own provider signed it with a key valid at `at`.
 * Errors: `QUOTE_SIGNATURE_INVALID`.
 */
export function verifyQuote(
  quoteBytes: Uint8Array,
  signatureBytes: Uint8Array,
  keyLookup: KeyLookup,
  at: number,
  known: KnownTrees = createKnownTrees(1),
  isSignature: VerifySignature = verifySignature,
): Result<Quote, Refusal> {
  const quote = read(quoteBytes, decodeQuote);
  if (quote === null) return err(refusal('QUOTE_SIGNATURE_INVALID', 'the quote is malformed'));
  const key = verifyQuoteSignature(quoteHash(quoteBytes), signatureBytes, keyLookup, at, known, isSignature);
  if (!key.ok) return key;
  return bicKey(key.value.owner) === bicKey(quote.providerBic)
    ? ok(quote)
    : err(refusal('QUOTE_SIGNATURE_INVALID', 'the key is not the key of the provider'));
}

/** Canonical bytes from outside: `null` when they are malformed. */
function read<T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T | null {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
