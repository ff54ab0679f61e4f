import { BATCH_LIMITS } from '../iso20022/gate.js';
import { createCachingReader, createMessageReader } from '../iso20022/reader.js';
import type { MessageReader } from '../iso20022/types.js';

/** Messages whose reading is kept for the leg check that follows within seconds. */
const KEPT = { entriesMax: 1024, bytesMax: 32 * 1024 * 1024 };

/**
 * The reader of one process: of what banks post, and of what its leg checks are shown. The payer's leg check asks for
 * the bytes that were posted, and so does not read them twice.
 */
export const createReader = (): MessageReader =>
  createCachingReader(createMessageReader({ limits: BATCH_LIMITS }), KEPT);
