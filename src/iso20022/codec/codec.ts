/**
 * The fast lane of the reader. In one pass over the text of a message it checks well-formedness and schema and builds
 * the tree, by tables compiled from the catalogue. It knows a plain subset of XML: elements in one prefix or in the
 * default namespace, the attributes of their types, white space, comments between elements, the five entities and
 * character references. All else it declines, and so it does with everything that is wrong: libxml2 then judges.
 */
import { type PlainMessage, readSource } from './envelope.js';
import { sourceOf } from './text.js';

/**
 * Reads bytes that passed the gate, which vouches for UTF-8 and depth. Null says nothing about them but that they are
 * not plain; an answer is what the schema engine and the parser would give.
 */
export const readPlain = (bytes: Buffer): PlainMessage | null => readSource(sourceOf(bytes));
