/**
 * What a signature of a request covers, as text (RFC 9421, 2): the same for whoever signs and whoever verifies. Nothing
 * of a platform is used here, because browsers sign with it too; digests, signatures and their bytes are the caller's.
 */
import type { SuiteName } from '../../kernel/signature.js';

/** Names of RFC 9421, 6.2.2; the last one is private to this service, as no curve of that name is registered. */
export const SIGNATURE_ALGORITHM: Readonly<Record<SuiteName, string>> = {
  ed25519: 'ed25519',
  p256: 'ecdsa-p256-sha256',
  secp256k1: 'ecdsa-secp256k1-sha256',
};

export const SIGNATURE_LIFE_SECONDS_MAX = 60;

/** Header fields by lower-case name, as Node.js gives them. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request without its body: `path` and `query` undecoded, `query` empty or with its leading `?`. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderFields;
}

/** An inner list of strings with parameters (RFC 8941, 3.1.1). */
export interface InnerList {
  readonly items: readonly string[];
  /** In the order received: the order is part of what is signed. */
  readonly parameters: readonly (readonly [name: string, value: string | number])[];
}

/** Covered components and their values, in the order signed. */
export type Components = readonly (readonly [name: string, value: string])[];

const REQUIRED_DERIVED = ['@method', '@path', '@query'] as const;
const LABEL = 'sig1';
/** What changes the meaning of a request: whoever alters one on the way must break the signature. */
const SIGNED_HEADER = /^(?:otkel-[a-z0-9-]+|idempotency-key)$/;
/** What the value of a component may be made of. */
export const COMPONENT_VALUE = /^[\x20-\x7e\t]*$/;

/** A quoted string; throws `RangeError` for what is not printable ASCII (RFC 8941, 4.1.6). */
function serializeString(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new RangeError('a structured string is printable ASCII');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Canonical form of an inner list with its parameters (RFC 8941, 4.1.1.1). */
export function serializeInnerList(list: InnerList): string {
  const items = list.items.map(serializeString).join(' ');
  const parameters = list.parameters.map(
    ([name, value]) => `;${name}=${typeof value === 'number' ? value.toString() : serializeString(value)}`,
  );
  return `(${items})${parameters.join('')}`;
}

/** A field's combined value (RFC 9421, 2.1), or null when it is absent. */
export function fieldValue(headers: HeaderFields, name: string): string | null {
  const field = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (field === undefined) return null;
  return typeof field === 'string' ? field.trim() : field.map((line) => line.trim()).join(', ');
}

/** The value of a component; null when it is absent or not supported. */
export function componentValue(request: RequestHead, name: string): string | null {
  switch (name) {
    case '@method':
      return request.method;
    case '@path':
      return request.path === '' ? '/' : request.path;
    case '@query':
      return request.query === '' ? '?' : request.query;
    default:
      return name.startsWith('@') ? null : fieldValue(request.headers, name);
  }
}

/** The signature base (RFC 9421, 2.5), printable ASCII and line feeds. */
export function signatureBaseText(components: Components, parameters: InnerList['parameters']): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  const list = serializeInnerList({ items: components.map(([name]) => name), parameters });
  return [...lines, `"@signature-params": ${list}`].join('\n');
}

/** What a request must cover, in the order in which it is signed here. */
export function requiredComponents(headers: HeaderFields, hasBody: boolean): string[] {
  const content = ['content-digest', 'content-type'].filter((name) => hasBody || headers[name] !== undefined);
  const own = Object.keys(headers).filter((name) => SIGNED_HEADER.test(name) && headers[name] !== undefined);
  return [...REQUIRED_DERIVED, ...content, ...own.sort()];
}

/** Whose key signs, when, and for how long. */
export interface Signing {
  readonly keyId: string;
  readonly suite: SuiteName;
  /** Milliseconds; the signature is created at this whole second. */
  readonly now: number;
  /** Never used before with this key: 8 to 64 visible ASCII characters. */
  readonly nonce: string;
  /** 1 to 60. */
  readonly lifeSeconds: number;
}

/** What is to be signed, and the header fields that say so once `signature` is there, in base64. */
export interface ToSign {
  readonly base: string;
  readonly fields: (signature: string) => Record<string, string>;
}

/**
 * Prepares the signature of a request; `contentDigest` is the value of that field, null where there is no body. Throws
 * `RangeError` when a part can't be signed (no content type, characters outside ASCII).
 */
export function prepareSignature(request: RequestHead, contentDigest: string | null, signing: Signing): ToSign {
  const digest: Record<string, string> = contentDigest === null ? {} : { 'content-digest': contentDigest };
  const full = { ...request, headers: { ...request.headers, ...digest } };
  const components = requiredComponents(full.headers, contentDigest !== null).map((name) => {
    const value = componentValue(full, name);
    if (value === null || !COMPONENT_VALUE.test(value)) throw new RangeError(`the component ${name} can not be signed`);
    return [name, value] as const;
  });
  const created = Math.floor(signing.now / 1000);
  const parameters: InnerList['parameters'] = [
    ['created', created],
    ['expires', created + signing.lifeSeconds],
    ['nonce', signing.nonce],
    ['keyid', signing.keyId],
    ['alg', SIGNATURE_ALGORITHM[signing.suite]],
  ];
  const list = serializeInnerList({ items: components.map(([name]) => name), parameters });
  return {
    base: signatureBaseText(components, parameters),
    fields: (signature) => ({
      ...digest,
      'signature-input': `${LABEL}=${list}`,
      signature: `${LABEL}=:${signature}:`,
    }),
  };
}
