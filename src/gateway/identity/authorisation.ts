/**
 * A payer bank's authorisation as a record of its own: the covered parts of its signed request and the signature.
 * A jurisdiction, which never saw the request, proves from it that the bank signed exactly these body bytes.
 */
import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord } from '../../kernel/signature.js';
import { digestMatches } from './content-digest.js';
import { type KeyLookup, readParameters, type SignedParts, signatureIsGood } from './http-signature.js';

const VERSION = 'otkel-authorisation-1';
const COUNT_MAX = 64;

/** Canonical bytes of a verified request's signature, without the body. */
export function encodeAuthorisation(signed: SignedParts): Buffer {
  return new ByteWriter()
    .text(VERSION)
    .list(signed.components, (writer, [name, value]) => writer.text(name).text(value))
    .list(signed.parameters, (writer, [name, value]) => {
      writer.text(name).text(typeof value === 'number' ? 'integer' : 'string');
      return typeof value === 'number' ? writer.integer(value) : writer.text(value);
    })
    .bytes(signed.signature)
    .finish();
}

function readParameter(reader: ByteReader): [string, string | number] {
  const name = reader.text();
  const kind = reader.text();
  if (kind !== 'integer' && kind !== 'string') throw new RangeError('a parameter is an integer or a string');
  return [name, kind === 'integer' ? reader.integer() : reader.text()];
}

/** Reads what {@link encodeAuthorisation} wrote; null for anything else. */
export function decodeAuthorisation(record: Uint8Array): SignedParts | null {
  try {
    const reader = new ByteReader(record);
    if (reader.text() !== VERSION) return null;
    const components = reader.list((item) => [item.text(), item.text()] as const, COUNT_MAX);
    const parameters = reader.list(readParameter, COUNT_MAX);
    const signature = reader.bytes();
    reader.end();
    return { components, parameters, signature };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What a proved authorisation says. `createdAt` is milliseconds. */
export interface Authorisation {
  readonly keyId: string;
  readonly owner: string;
  readonly createdAt: number;
  /** Signed header fields by name, for example `otkel-quote-id`. */
  readonly headers: ReadonlyMap<string, string>;
}

const COVERED = ['@method', '@path', '@query', 'content-digest', 'content-type'] as const;
const NOT_PRINTABLE = /[^\x20-\x7e]/;

/** A line break in a name or value would let one signature base be read as two different records. */
const isSound = (signed: SignedParts): boolean => {
  const names = signed.components.map(([name]) => name);
  return (
    new Set(names).size === names.length &&
    COVERED.every((name) => names.includes(name)) &&
    names.every((name) => /^@?[a-z0-9-]+$/.test(name)) &&
    !signed.components.some(([, value]) => /[^\x20-\x7e\t]/.test(value)) &&
    !signed.parameters.some(([name, value]) => NOT_PRINTABLE.test(name) || NOT_PRINTABLE.test(value.toString()))
  );
};

const SECOND_MS = 1000;

/** `created` counts whole seconds: a key registered within that second may have signed after it was. */
const keyIsValidInSecond = (key: PublicKeyRecord, second: number): boolean =>
  keyIsValidAt({ ...key, validFrom: key.validFrom - (key.validFrom % SECOND_MS) }, second);

/**
 * Proves that a registered key, valid when the signature was created, signed a request with this method, path and
 * body. `expires` and the nonce are not looked at: they were checked when the request was received. Every failure is
 * `AUTHORISATION_INVALID`. The method and path matter: the same bytes sent elsewhere (for a dry run, say) pay nothing.
 */
export async function verifyAuthorisation(
  record: Uint8Array,
  body: Uint8Array,
  expected: { readonly method: string; readonly path: string },
  keyLookup: KeyLookup,
): Promise<Result<Authorisation, Refusal>> {
  const refuse = (detail: string) => err(refusal('AUTHORISATION_INVALID', detail));
  const signed = decodeAuthorisation(record);
  if (signed === null || !isSound(signed)) return refuse('the record is malformed');
  const covered = new Map(signed.components);
  if (covered.get('@method') !== expected.method || covered.get('@path') !== expected.path) {
    return refuse('the signature is for another route');
  }
  const parameters = readParameters(signed.parameters);
  if (typeof parameters === 'string') return refuse(parameters);
  const key = await keyLookup(parameters.keyId);
  if (key === null || !keyIsValidInSecond(key, parameters.createdAt))
    return refuse('the key was not valid when it signed');
  if (!signatureIsGood(signed, parameters.algorithm, key)) return refuse('the signature does not verify');
  if (!digestMatches(covered.get('content-digest') as string, body)) return refuse('the body is not the signed one');
  const headers = new Map(signed.components.filter(([name]) => !name.startsWith('@')));
  return ok({ keyId: key.keyId, owner: key.owner, createdAt: parameters.createdAt, headers });
}
