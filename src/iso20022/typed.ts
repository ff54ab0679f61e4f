/** Messages with their types: what TypeScript lets pass has the elements, choices and codes that its schema demands. */
import { type Refusal, refusal } from '../kernel/errors.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { MessageBodies, SimpleTypeName } from './catalogue/message-types.js';
import type { Simple } from './catalogue/type-forms.js';
import type { CheckedDocument, XmlElement } from './types.js';
import { writeDocument } from './writer.js';
import { type CompiledSchema, compileXsd, parseXml } from './xml-engine.js';
import { generateSimpleTypeXsd } from './xsd.js';

export type * from './catalogue/message-types.js';

/** The content of a message (what a `CheckedDocument` has as its root), for example `MessageBody<'pacs.008.001.08'>`. */
export type MessageBody<Id extends keyof MessageBodies> = MessageBodies[Id];

const schemas = new Map<string, CompiledSchema>();

const schemaOf = (name: string): CompiledSchema => {
  const known = schemas.get(name) ?? compileXsd(generateSimpleTypeXsd(name), '');
  schemas.set(name, known);
  return known;
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/**
 * `text` as a value of a simple type, `Max35Text` for example; SCHEMA_INVALID with the first facet it breaks. Judged by
 * the schema engine, as in a message. Throws for a name that the catalogue does not hold.
 */
export const simpleValue = <Name extends SimpleTypeName>(name: Name, text: string): Result<Simple<Name>, Refusal> => {
  const schema = schemaOf(name);
  const parsed = parseXml(Buffer.from(`<v>${text.replace(/[&<>\r]/g, (c) => ESCAPES[c]!)}</v>`, 'utf8'));
  if (!('dispose' in parsed)) return err(refusal('SCHEMA_INVALID', parsed[0]?.message));
  try {
    const [error] = schema.validate(parsed);
    return error === undefined ? ok(text as Simple<Name>) : err(refusal('SCHEMA_INVALID', error.message));
  } finally {
    parsed.dispose();
  }
};

/** The content of a checked document as its type, or null when it is another message. */
export const bodyOf = <Id extends keyof MessageBodies>(document: CheckedDocument, id: Id): MessageBody<Id> | null =>
  // A checked document satisfied the schema that the type was written from.
  document.messageId === id ? (document.root as unknown as MessageBody<Id>) : null;

/** As `writeDocument`, for content of the message's type. */
export const writeMessage = <Id extends keyof MessageBodies>(id: Id, body: MessageBody<Id>): string =>
  writeDocument(id, body as unknown as XmlElement);
