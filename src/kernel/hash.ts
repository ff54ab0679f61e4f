import { createHmac, hash } from 'node:crypto';
import { oncePerObject } from './once.js';

/** SHA-256 over the parts in order (FIPS 180-4); strings are UTF-8. Answers 32 bytes. */
export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const [only] = parts;
  // One-shot hashing costs half of a hash object, and answering text less than answering a buffer.
  const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts.map(asBytes));
  const digest = Buffer.allocUnsafe(SHA256_BYTES);
  digest.write(hash('sha256', whole, 'binary'), 0, SHA256_BYTES, 'latin1');
  return digest;
}

const SHA256_BYTES = 32;

/**
 * SHA-256 of a whole message. For bytes that nobody changes any more: several parties of a process look at the same
 * buffer, and its hash is remembered for as long as the buffer lives.
 */
export const messageHash: (message: Uint8Array) => Buffer = oncePerObject((message: Uint8Array) => sha256(message));

const asBytes = (part: string | Uint8Array): Uint8Array => (typeof part === 'string' ? Buffer.from(part) : part);

/** HMAC-SHA-256 (RFC 2104). Answers 32 bytes. */
export const hmacSha256 = (key: Uint8Array, ...parts: (string | Uint8Array)[]): Buffer => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a, b) === 0;
