import { decodeCanonical } from '../iso20022/canonical-decoder.js';
import { BATCH_LIMITS } from '../iso20022/gate.js';
import { createCachingReader, createMessageReader } from '../iso20022/reader.js';
import type { MessageReader } from '../iso20022/types.js';

/** Messages whose reading is kept for the leg check that follows within seconds. */
const KEPT = { entriesMax: 512, bytesMax: 16 * 1024 * 1024 };

/**
 * The two readers of one process. What a bank posts is read with fast-xml-parser, and the payer's leg check uses that
 * reading while it is kept. Other documents of leg checks, which the gateway wrote itself, are read by the second
 * decoder: a slip of one of them shows as a refused leg, not as a wrong posting.
 */
export function createReaders(): { readonly reader: MessageReader; readonly legReader: MessageReader } {
  const reader = createCachingReader(createMessageReader({ limits: BATCH_LIMITS }), KEPT);
  const second = createCachingReader(createMessageReader({ limits: BATCH_LIMITS, decode: decodeCanonical }), KEPT);
  return { reader, legReader: { read: (bytes) => reader.known(bytes) ?? second.read(bytes) } };
}
