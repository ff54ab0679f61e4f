/**
 * HTTP message signatures of callers (RFC 9421), the profile of this service:
 *
 * - one signature, under one label of the caller's choice;
 * - it covers `@method`, `@path`, `@query`, every `otkel-*` header present, `idempotency-key` if present, and with a body `content-digest` (SHA-256,
 *   RFC 9530) and `content-type`; other header fields may be covered too. The authority is not: proxies rewrite it;
 * - parameters `created`, `expires` (at most 60 s later), `nonce`, `keyid`, and optionally `alg`, no others;
 * - `alg` is `ed25519`, `ecdsa-p256-sha256` or, a private name, `ecdsa-secp256k1-sha256`.
 */
import type { Refusal } from '../../kernel/errors.js';
import { refusal } from '../../kernel/errors.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord, type Signer } from '../../kernel/signature.js';
import { normaliseSignature, verifySignature } from '../../kernel/suites.js';
import { contentDigest, digestMatches } from './content-digest.js';
import {
  COMPONENT_VALUE,
  type Components,
  componentValue,
  fieldValue,
  type InnerList,
  prepareSignature,
  type RequestHead,
  requiredComponents,
  SIGNATURE_ALGORITHM,
  SIGNATURE_LIFE_SECONDS_MAX,
  type Signing,
  signatureBaseText,
} from './signed-text.js';
import { parseDictionary } from './structured-fields.js';

export const CLOCK_SKEW_SECONDS_MAX = 5;

/** A request as it is on the wire. */
export interface RequestParts extends RequestHead {
  readonly body: Uint8Array;
}

/** A signature with everything that it covers: enough to rebuild the signature base without the request. */
export interface SignedParts {
  readonly components: Components;
  readonly parameters: InnerList['parameters'];
  readonly signature: Uint8Array;
}

/** The parameters of a signature, read. Times are milliseconds. */
export interface SignatureParameters {
  readonly keyId: string;
  readonly nonce: string;
  readonly algorithm: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Who signed a request. The nonce is still to be checked by whoever keeps nonces. */
export interface VerifiedRequest extends SignatureParameters {
  readonly owner: string;
  readonly signed: SignedParts;
}

export type KeyLookup = (keyId: string) => Promise<PublicKeyRecord | null>;

const KEY_ID = /^[\x21-\x7e]{1,128}$/;
const NONCE = /^[\x21-\x7e]{8,64}$/;
/** 9999-12-31T23:59:59Z: later times are no times, and stay exact as milliseconds. */
const LAST_SECOND = 253_402_300_799;
const COMPONENT_NAME = /^@?[a-z0-9-]+$/;

/** The signature base (RFC 9421, 2.5) as bytes. */
export const signatureBase = (components: Components, parameters: InnerList['parameters']): Buffer =>
  Buffer.from(signatureBaseText(components, parameters), 'ascii');

export interface SigningRequest extends RequestParts, Pick<Signing, 'now' | 'nonce' | 'lifeSeconds'> {
  readonly signer: Signer;
}

/**
 * The header fields to add to a request so that it is signed: `content-digest` if there is a body, `signature-input`,
 * `signature`. Throws `RangeError` when a part can't be signed (no content type, characters outside ASCII).
 */
export function signRequest(request: SigningRequest): Record<string, string> {
  const { signer, now, nonce, lifeSeconds, body } = request;
  const digest = body.length > 0 ? contentDigest(body) : null;
  const { keyId, suite } = signer;
  const { base, fields } = prepareSignature(request, digest, { keyId, suite, now, nonce, lifeSeconds });
  return fields(Buffer.from(signer.sign(Buffer.from(base, 'ascii'))).toString('base64'));
}

const malformed = (detail: string) => err(refusal('SIGNATURE_MALFORMED', detail));

/** Reads the parameters of this profile; answers what is wrong with them as text. */
export function readParameters(parameters: InnerList['parameters']): SignatureParameters | string {
  const given = new Map(parameters);
  const names = ['created', 'expires', 'nonce', 'keyid', 'alg'];
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) return `the parameter ${unknown} is not known here`;
  if (given.size !== parameters.length) return 'a parameter is given twice';
  const [created, expires, nonce, keyId, algorithm] = names.map((name) => given.get(name));
  if (typeof created !== 'number' || created < 0 || created > LAST_SECOND) return 'created is not a time';
  if (typeof expires !== 'number' || expires <= created || expires > LAST_SECOND)
    return 'expires is not a time after created';
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) return 'nonce is not 8 to 64 visible characters';
  if (typeof keyId !== 'string' || !KEY_ID.test(keyId)) return 'keyid is not 1 to 128 visible characters';
  if (algorithm !== undefined && typeof algorithm !== 'string') return 'alg is not a name';
  return { keyId, nonce, algorithm: algorithm ?? null, createdAt: created * 1000, expiresAt: expires * 1000 };
}

/** The one signature of a request with the values it covers; nothing is verified yet. */
function readSignedParts(request: RequestParts): Result<SignedParts, Refusal> {
  const input = fieldValue(request.headers, 'signature-input');
  const field = fieldValue(request.headers, 'signature');
  if (input === null || field === null) return err(refusal('SIGNATURE_MISSING'));
  const [inputs, signatures] = [parseDictionary(input), parseDictionary(field)];
  if (inputs === null) return malformed('signature-input');
  if (signatures === null) return malformed('signature');
  if (inputs.size !== 1 || signatures.size !== 1) return malformed('more than one signature');
  const [label, list] = [...inputs][0]!;
  const signature = signatures.get(label);
  if (list instanceof Uint8Array) return malformed('signature-input is not a list');
  if (!(signature instanceof Uint8Array)) return malformed('the labels of signature and signature-input differ');
  if (new Set(list.items).size !== list.items.length) return malformed('a component is covered twice');
  const components: [string, string][] = [];
  for (const name of list.items) {
    const value = componentValue(request, name);
    if (value === null || !COMPONENT_NAME.test(name) || !COMPONENT_VALUE.test(value)) {
      return malformed('a covered component is absent or not supported');
    }
    components.push([name, value]);
  }
  return ok({ components, parameters: list.parameters, signature });
}

function checkTimes(parameters: SignatureParameters, now: number): Refusal | null {
  if (parameters.expiresAt - parameters.createdAt > SIGNATURE_LIFE_SECONDS_MAX * 1000) {
    return refusal('SIGNATURE_EXPIRED', `expires is more than ${SIGNATURE_LIFE_SECONDS_MAX} s after created`);
  }
  if (parameters.createdAt > now + CLOCK_SKEW_SECONDS_MAX * 1000) {
    return refusal('SIGNATURE_EXPIRED', 'created is in the future');
  }
  return now < parameters.expiresAt ? null : refusal('SIGNATURE_EXPIRED', 'expires has passed');
}

/** True when `signed` was made with `key` and its `alg`, if any, is that of the key. */
export function signatureIsGood(signed: SignedParts, algorithm: string | null, key: PublicKeyRecord): boolean {
  return (
    (algorithm === null || algorithm === SIGNATURE_ALGORITHM[key.suite]) &&
    verifySignature(key.suite, key.publicKey, signatureBase(signed.components, signed.parameters), signed.signature)
  );
}

/**
 * Checks one request at time `now` (milliseconds) against the key of its `keyid`. Refusals, in order:
 * `SIGNATURE_MISSING`, `SIGNATURE_MALFORMED` (fields, parameters, something not covered), `SIGNATURE_EXPIRED`,
 * `KEY_UNKNOWN`, `SIGNATURE_INVALID`, `DIGEST_MISMATCH`. The body is hashed only for a caller who is known.
 */
export async function verifyRequest(
  request: RequestParts,
  keyLookup: KeyLookup,
  now: number,
): Promise<Result<VerifiedRequest, Refusal>> {
  const read = readSignedParts(request);
  if (!read.ok) return read;
  const covered = new Map(read.value.components);
  const missing = requiredComponents(request.headers, request.body.length > 0).find((name) => !covered.has(name));
  if (missing !== undefined) return malformed(`the component ${missing} is not covered`);
  const parameters = readParameters(read.value.parameters);
  if (typeof parameters === 'string') return malformed(parameters);
  const late = checkTimes(parameters, now);
  if (late !== null) return err(late);
  const key = await keyLookup(parameters.keyId);
  if (key === null || !keyIsValidAt(key, now)) return err(refusal('KEY_UNKNOWN'));
  // Callers sign with libraries of their own, and RFC 9421 lets ECDSA have high s: its B.2.4 does. One form goes on.
  const signed: SignedParts = {
    components: read.value.components,
    parameters: read.value.parameters,
    signature: normaliseSignature(key.suite, read.value.signature),
  };
  if (!signatureIsGood(signed, parameters.algorithm, key)) return err(refusal('SIGNATURE_INVALID'));
  const digest = covered.get('content-digest');
  if (digest !== undefined && !digestMatches(digest, request.body)) return err(refusal('DIGEST_MISMATCH'));
  return ok({ owner: key.owner, signed, ...parameters });
}
