import { XmlDocument, type XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { officialXsd } from '../../iso20022/support/official.js';

const validators = new Map<string, XsdValidator>();

function validatorOf(messageId: string): XsdValidator {
  const known = validators.get(messageId);
  if (known) return known;
  const schema = XmlDocument.fromBuffer(officialXsd(messageId));
  const validator = XsdValidator.fromDoc(schema);
  schema.dispose();
  validators.set(messageId, validator);
  return validator;
}

/** `Document` and, where there is one, `AppHdr`, alone or inside an envelope. */
const partsOf = (root: XmlElement): XmlElement[] =>
  root.name === 'Document'
    ? [root]
    : (root.find('./*[local-name()="AppHdr" or local-name()="Document"]') as XmlElement[]);

const messageIdOf = (element: XmlElement): string => element.namespaceUri.split(':').at(-1) ?? '';

/** A part of a sent text, judged by the official schema of its own namespace with libxml2 and nothing of ours. */
export interface OfficialVerdict {
  readonly messageId: string;
  readonly faults: readonly string[];
}

export function officialVerdicts(xml: Uint8Array): OfficialVerdict[] {
  const document = XmlDocument.fromBuffer(xml);
  try {
    return partsOf(document.root).map((part) => {
      const messageId = messageIdOf(part);
      return { messageId, faults: faultsOf(validatorOf(messageId), part) };
    });
  } finally {
    document.dispose();
  }
}

function faultsOf(validator: XsdValidator, part: XmlElement): string[] {
  // An element is judged in a document of its own: what stands around it is no part of the message.
  const alone = XmlDocument.fromString(part.toString());
  try {
    validator.validate(alone);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message);
    throw error;
  } finally {
    alone.dispose();
  }
}
