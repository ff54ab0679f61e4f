import { equalBytes, messageHash } from '../../kernel/hash.js';
import { parseDictionary, serializeBytes } from './structured-fields.js';

/** `Content-Digest` of a body, SHA-256 (RFC 9530). */
export const contentDigest = (body: Uint8Array): string => `sha-256=${serializeBytes(messageHash(body))}`;

/** True when the field holds a `sha-256` digest, and it is that of the body. Other algorithms prove nothing here. */
export function digestMatches(field: string, body: Uint8Array): boolean {
  const digest = parseDictionary(field)?.get('sha-256');
  return digest instanceof Uint8Array && equalBytes(digest, messageHash(body));
}
