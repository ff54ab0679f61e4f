import type { Refusal } from '../kernel/errors.js';
import type { Result } from '../kernel/result.js';

/**
 * A checked message as plain data. An element is
 * - a string, when it has text only;
 * - an object `{ '#': text, '@Ccy': value }`, when its type has attributes (always, present or not);
 * - an object keyed by child element name, otherwise.
 * A child that may occur more than once is always an array; an absent child is absent. A wildcard (`xs:any`) child
 * is kept as canonical XML text under the key `#any`. Every value is the text as the schema engine saw it.
 */
export type XmlNode = string | XmlElement;
export interface XmlElement {
  readonly [name: string]: XmlNode | readonly XmlNode[] | undefined;
}

/** `pacs.008.001.08` */
export type MessageId = string;

export interface CheckedDocument {
  readonly messageId: MessageId;
  /** The one child of `Document` (for example `FIToFICstmrCdtTrf`) or, for head.001, the content of `AppHdr`. */
  readonly root: XmlElement;
}

export interface CheckedMessage {
  readonly header: CheckedDocument | null;
  readonly document: CheckedDocument;
  /** SHA-256 of the raw bytes as received. */
  readonly rawHash: Buffer;
}

/** One finding of the gate, the schema or a usage rule. `line` is 1-based; `path` an XPath such as `/Document/…[1]`. */
export interface Finding {
  readonly ruleId: string;
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}

export interface ReadRefusal extends Refusal {
  readonly findings: readonly Finding[];
  /** What could be read although the message was refused, so that an admi.002 can name it. */
  readonly messageId: MessageId | null;
  readonly businessMessageId: string | null;
}

/** The only judge of bytes: gate, well-formedness, XSD, then reading. Pure: the same bytes give the same answer. */
export interface MessageReader {
  /** `rawHash` is the SHA-256 of the bytes, where the caller has it already. */
  read(bytes: Uint8Array, rawHash?: Buffer): Result<CheckedMessage, ReadRefusal>;
}
